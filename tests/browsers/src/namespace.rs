//! Nothing of this may reach the network, and nothing of it may stay: the program becomes itself once more where there is
//! nothing but loopback, where no process outlives it, and where all that is temporary lies in memory.

use crate::temporary::Directory;
use std::env;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// Set inside.
const INSIDE: &str = "CROSSORIGIN_BROWSERS_INSIDE";

/// For everything temporary: a directory that every system has, and that only processes inside see full.
const TEMPORARY: &str = "/mnt";

/// Brings loopback up, then becomes the command.
const SETUP: &str = r#"ip link set lo up && mount -t tmpfs tmpfs "$0" && exec "$@""#;

/// Becomes the program in namespaces of its own, unless it is there already.
pub fn enter() -> io::Result<()> {
    if env::var_os(INSIDE).is_some() {
        return Ok(());
    }
    let mut unshare = Command::new("unshare");
    if !is_root()? {
        unshare.arg("--map-root-user");
    }
    unshare.args(["--net", "--pid", "--fork", "--kill-child", "--mount-proc"]);
    unshare.args(["sh", "-c", SETUP, TEMPORARY]).arg(env::current_exe()?).args(env::args_os().skip(1));
    let error = unshare.env(INSIDE, "1").exec();
    Err(io::Error::new(error.kind(), format!("unshare: {error}")))
}

/// A new directory for something temporary.
pub fn directory(name: &str) -> io::Result<Directory> {
    Directory::new(Path::new(TEMPORARY), name)
}

fn is_root() -> io::Result<bool> {
    let output = Command::new("id").arg("-u").output()?;
    Ok(output.stdout.trim_ascii() == b"0")
}
