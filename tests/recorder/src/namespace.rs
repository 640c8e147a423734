//! Isolation: the program must not reach the network and must leave nothing behind. It starts itself again in
//! namespaces that have only loopback, that end all processes with it, and that keep temporary files in
//! memory.

use std::{
    env, io,
    path::Path,
    process::{Command, ExitCode},
};

use crate::temporary::Directory;

/// A variable that is set inside the namespaces.
const INSIDE: &str = "CROSSORIGIN_BROWSERS_INSIDE";

/// The directory for temporary files. Every system has it, and only processes inside see the files.
const TEMPORARY: &str = "/mnt";

/// Brings loopback up, and then runs the command.
const SETUP: &str = r#"ip link set lo up && mount -t tmpfs tmpfs "$0" && exec "$@""#;

/// Runs the program again in its own namespaces, and returns its exit code; `None` inside the namespaces. If
/// this process ends in any way, the other one and all its processes end too.
pub fn enter() -> io::Result<Option<ExitCode>> {
    if env::var_os(INSIDE).is_some() {
        return Ok(None);
    }
    let mut unshare = Command::new("setpriv");
    unshare.args(["--pdeathsig", "KILL", "unshare"]);
    if !is_root()? {
        unshare.arg("--map-root-user");
    }
    unshare.args(["--net", "--pid", "--fork", "--kill-child", "--mount-proc"]);
    unshare.args(["sh", "-c", SETUP, TEMPORARY]).arg(env::current_exe()?).args(env::args_os().skip(1));
    let status = unshare
        .env(INSIDE, "1")
        .status()
        .map_err(|error| io::Error::new(error.kind(), format!("setpriv: {error}")))?;
    Ok(Some(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }))
}

/// A new temporary directory.
pub fn directory(name: &str) -> io::Result<Directory> {
    Directory::new(Path::new(TEMPORARY), name)
}

fn is_root() -> io::Result<bool> {
    let output = Command::new("id").arg("-u").output()?;
    Ok(output.stdout.trim_ascii() == b"0")
}
