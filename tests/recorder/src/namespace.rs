//! Nothing of this may reach the network, and nothing of it may stay: the program starts itself once more where there is
//! nothing but loopback, where no process outlives it, and where all that is temporary lies in memory.

use std::{
    env, io,
    path::Path,
    process::{Command, ExitCode},
};

use crate::temporary::Directory;

/// Set inside.
const INSIDE: &str = "CROSSORIGIN_BROWSERS_INSIDE";

/// For everything temporary: a directory that every system has, and that only processes inside see full.
const TEMPORARY: &str = "/mnt";

/// Brings loopback up, then becomes the command.
const SETUP: &str = r#"ip link set lo up && mount -t tmpfs tmpfs "$0" && exec "$@""#;

/// Runs the program again in namespaces of its own, and says how it ended; `None` if this is that run. However this process
/// ends, the other one ends too, and with it all that is in there.
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

/// A new directory for something temporary.
pub fn directory(name: &str) -> io::Result<Directory> {
    Directory::new(Path::new(TEMPORARY), name)
}

fn is_root() -> io::Result<bool> {
    let output = Command::new("id").arg("-u").output()?;
    Ok(output.stdout.trim_ascii() == b"0")
}
