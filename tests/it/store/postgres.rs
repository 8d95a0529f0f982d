//! A PostgreSQL of our own for as long as the tests run: a throw-away cluster on a private socket.
//!
//! It leaves to the system when it writes to the disk, unless `VIGIE_TEST_FSYNC=on`, which measures ask for.
//!
//! Without PostgreSQL's programs the tests say that they skip it, and fail when `VIGIE_REQUIRE_ALL=1`.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Runs the cluster, says when it is ready, and ends it when nobody holds its input any more: however the tests end, the
/// system closes it. `$1` is the folder, `$2` where the programs are.
const KEEPER: &str = r#"
trap '' INT
end() { "$2/pg_ctl" -D "$1/data" -m immediate -t 30 stop >/dev/null 2>&1; cd /; rm -rf "$1"; }
cd "$1" || exit 1
"$2/initdb" -D "$1/data" -U vigie -A trust -E UTF8 --locale=C --no-sync >"$1/log" 2>&1 &&
"$2/pg_ctl" -D "$1/data" -w -t 60 -l "$1/log" -o "-k '$1' -c listen_addresses='' -c fsync=${VIGIE_TEST_FSYNC:-off}" start >/dev/null 2>&1 || {
    tail -3 "$1/log" >&2
    end "$1" "$2"
    exit 1
}
echo ready
cat >/dev/null
end "$1" "$2"
"#;

/// A running cluster.
struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    _keeper: Child,
    _alive: ChildStdin,
}

static CLUSTER: LazyLock<Option<Cluster>> = LazyLock::new(|| {
    let Some(programs) = programs() else {
        assert!(std::env::var_os("VIGIE_REQUIRE_ALL").is_none(), "PostgreSQL's programs (initdb, pg_ctl) are missing");
        eprintln!("skipped: the store on PostgreSQL, whose programs (initdb, pg_ctl) are not on this machine");
        return None;
    };
    Some(Cluster::start(programs))
});

/// The address of a new, empty database; none where there is no PostgreSQL.
pub(super) fn database() -> Option<String> {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let cluster = CLUSTER.as_ref()?;
    let name = format!("vigie_{}", MADE.fetch_add(1, Ordering::Relaxed));
    let socket = cluster.folder.display();
    let made = Command::new(cluster.programs.join("createdb"))
        .args(["-h", &socket.to_string(), "-U", "vigie", &name])
        .status()
        .expect("createdb runs");
    assert!(made.success(), "the database could not be made");
    Some(format!("postgres:///{name}?host={socket}&user=vigie"))
}

impl Cluster {
    fn start(programs: PathBuf) -> Self {
        let folder = tempfile::Builder::new().prefix("vigie-pg-").tempdir_in("/tmp").expect("a folder").keep();
        // PostgreSQL refuses to run as root.
        let root = output("id", &["-u"]) == "0";
        let mut keeper = if root {
            let user = if output("id", &["-u", "postgres"]).is_empty() { "nobody" } else { "postgres" };
            let owner = output("id", &["-u", user]).parse().expect("the user has a number");
            std::os::unix::fs::chown(&folder, Some(owner), None).expect("the folder is given away");
            let mut command = Command::new("runuser");
            command.args(["-u", user, "--", "sh"]);
            command
        } else {
            Command::new("sh")
        };
        let keeper = keeper.args(["-c", KEEPER, "keeper"]).arg(&folder).arg(&programs);
        let mut keeper =
            keeper.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the keeper of PostgreSQL starts");
        let alive = keeper.stdin.take().expect("a pipe");
        let mut said = String::new();
        BufReader::new(keeper.stdout.take().expect("a pipe")).read_line(&mut said).expect("the keeper says something");
        assert_eq!(said.trim(), "ready", "PostgreSQL did not start");
        Self { folder, programs, _keeper: keeper, _alive: alive }
    }
}

/// Where the programs are.
fn programs() -> Option<PathBuf> {
    let in_path = std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let installed: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    let all = |folder: &Path| ["initdb", "pg_ctl", "createdb"].iter().all(|program| folder.join(program).is_file());
    [in_path, installed].concat().into_iter().find(|folder| all(folder))
}

fn output(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).stderr(Stdio::null()).output().expect("it runs");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
