//! Python's `icalendar`, in a virtual environment under Cargo's target folder, installed once by whichever test comes first.
//!
//! Without python3, or a network to install from, the tests say that they skip; they fail when `VIGIE_REQUIRE_ALL=1`.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What is installed: wheels of these versions and nothing else.
const PACKAGES: [&str; 4] =
    ["icalendar==7.3.0", "python-dateutil==4.0.0", "typing_extensions==4.16.0", "tzdata==2026.6"];

/// What reads the files.
const PROGRAM: &str = include_str!("read.py");

/// What Python makes of calendar files: one JSON object an event. None where it isn't there.
pub(super) fn events(files: &[&Path]) -> Option<Vec<serde_json::Value>> {
    let python = match installed() {
        Ok(python) => python,
        Err(missing) => {
            assert!(std::env::var_os("VIGIE_REQUIRE_ALL").is_none(), "{missing}");
            eprintln!("skipped: {missing}");
            return None;
        }
    };
    let read = Command::new(python).args(["-c", PROGRAM]).args(files).stdin(Stdio::null()).output();
    let read = read.expect("an installed Python runs");
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    let lines = String::from_utf8(read.stdout).expect("JSON");
    Some(lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect())
}

fn installed() -> Result<PathBuf, String> {
    let folder = target().join("calendars");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let lock = File::create(folder.join("lock")).map_err(|error| error.to_string())?;
    lock.lock().map_err(|error| error.to_string())?;
    let (environment, marker) = (folder.join("environment"), folder.join("environment/installed"));
    let python = environment.join("bin/python");
    if fs::read_to_string(&marker).is_ok_and(|found| found == PACKAGES.join("\n")) && python.exists() {
        return Ok(python);
    }
    // It isn't there at a first time.
    let _ = fs::remove_dir_all(&environment);
    said(Command::new("python3").args(["-m", "venv"]).arg(&environment))
        .map_err(|why| format!("python3 with venv is missing (on Debian: python3-venv): {why}"))?;
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"]);
    said(pip.args(PACKAGES)).map_err(|why| format!("Python's icalendar could not be installed: {why}"))?;
    fs::write(&marker, PACKAGES.join("\n")).map_err(|error| error.to_string())?;
    Ok(python)
}

/// Cargo's target folder: the one that this program was built into.
fn target() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    let marked = program.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file());
    marked.map_or_else(std::env::temp_dir, Path::to_owned)
}

/// Runs a program to its end; what it said last, when it fails.
fn said(command: &mut Command) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
    let error = String::from_utf8_lossy(&output.stderr);
    if output.status.success() { Ok(()) } else { Err(error.lines().last().unwrap_or("no reason").to_owned()) }
}
