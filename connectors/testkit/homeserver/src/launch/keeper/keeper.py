# Runs one Synapse and ends with it. Orders come on standard input: "stop" asks it to end, "kill" ends it at once.
# When the input closes without an order, whoever wanted the server is gone: it is killed and its folder removed.
import os, shutil, signal, subprocess, sys, threading

folder, *command = sys.argv[1:]
signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole terminal; only the tests decide here
log = open(os.path.join(folder, "output.log"), "ab")
child = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
os.write(1, b"%d\n" % child.pid)
orphaned = threading.Event()


def obey():
    while order := os.read(0, 64):
        if b"kill" in order:
            child.kill()
        elif b"stop" in order:
            child.terminate()
    if child.poll() is None:
        orphaned.set()
        child.kill()


threading.Thread(target=obey, daemon=True).start()
child.wait()
if orphaned.is_set():
    shutil.rmtree(folder, ignore_errors=True)
os._exit(0)
