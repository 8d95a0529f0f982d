//! Synapse in a virtual environment under Cargo's target folder, installed once by whichever test comes first.
//!
//! Everything is pinned: Synapse by [`VERSION`], what it needs by `constraints.txt`. Only wheels are taken, so no
//! compiler is needed. A lock on a file keeps two test programs from installing at once; a marker, written last, says
//! that an installation is whole and which Python it belongs to.

use std::{
    env, fs,
    fs::File,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::error::{Missing, StartError};

/// The Synapse that is installed.
const VERSION: &str = "1.163.2";

/// The version of each package with which that Synapse was tried.
const CONSTRAINTS: &str = include_str!("install/constraints.txt");

/// The Python of an environment in which Synapse is installed; installs it first when it isn't.
pub(crate) fn installed() -> Result<PathBuf, StartError> {
    let python = python()?;
    let folder = target().join("homeserver");
    fs::create_dir_all(&folder).map_err(StartError::system("making", &folder))?;
    let lock = folder.join("lock");
    let held = File::create(&lock).map_err(StartError::system("opening", &lock))?;
    held.lock().map_err(StartError::system("locking", &lock))?;

    let environment = folder.join("environment");
    let marker = environment.join("installed");
    let whole = format!("{VERSION}\n{python}\n{CONSTRAINTS}");
    let installed = environment.join("bin/python");
    if fs::read_to_string(&marker).is_ok_and(|found| found == whole) && installed.exists() {
        return Ok(installed);
    }
    install(&folder, &environment)?;
    fs::write(&marker, whole).map_err(StartError::system("writing", &marker))?;
    Ok(installed)
}

fn install(folder: &Path, environment: &Path) -> Result<(), StartError> {
    if environment.exists() {
        fs::remove_dir_all(environment).map_err(StartError::system("removing", environment))?;
    }
    let constraints = folder.join("constraints.txt");
    fs::write(&constraints, CONSTRAINTS).map_err(StartError::system("writing", &constraints))?;
    said(Command::new("python3").args(["-m", "venv"]).arg(environment)).map_err(|_| Missing::Venv)?;
    let mut pip = Command::new(environment.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:"]);
    pip.arg("--constraint").arg(&constraints).arg(format!("matrix-synapse=={VERSION}"));
    said(&mut pip).map_err(|reason| Missing::Synapse(last_line(&reason)))?;
    Ok(())
}

/// Which Python there is: its path and version.
fn python() -> Result<String, Missing> {
    let asked = "import sys; print(sys.executable, sys.version.split()[0]); sys.exit(sys.version_info < (3, 10))";
    let answer = Command::new("python3").args(["-c", asked]).stdin(Stdio::null()).output();
    let answer = answer.map_err(|_| Missing::Python)?;
    let found = String::from_utf8_lossy(&answer.stdout).trim().to_owned();
    match answer.status.code() {
        Some(0) => Ok(found),
        _ if found.is_empty() => Err(Missing::Python),
        _ => Err(Missing::OldPython { found }),
    }
}

/// Cargo's target folder: the one that this program was built into.
fn target() -> PathBuf {
    let program = env::current_exe().unwrap_or_default();
    let marked = program.ancestors().find(|folder| folder.join("CACHEDIR.TAG").is_file());
    // target/debug/deps/program, when Cargo left no mark.
    let counted = program.ancestors().nth(3).filter(|folder| folder.parent().is_some());
    marked.or(counted).map_or_else(env::temp_dir, Path::to_owned)
}

/// Runs a program to its end; what it said on standard error, when it fails.
fn said(command: &mut Command) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| error.to_string())?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

fn last_line(text: &str) -> String {
    text.lines().rfind(|line| line.contains("ERROR")).or(text.lines().last()).unwrap_or("it gave no reason").to_owned()
}
