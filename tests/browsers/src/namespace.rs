//! Nothing of this may reach the network: the program starts itself once more where there is nothing but loopback.

use crate::temporary::Directory;
use std::env;
use std::io;
use std::process::{Command, ExitCode};

/// Set inside, to the directory for everything temporary.
const INSIDE: &str = "CROSSORIGIN_BROWSERS_DIRECTORY";

/// Brings loopback up, then becomes the command.
const SETUP: &str = r#"ip link set lo up && exec "$@""#;

/// Runs the program again in namespaces of its own, and says how it ended; `None` if this is that run. A namespace of
/// processes makes sure that no browser survives.
pub fn enter() -> io::Result<Option<ExitCode>> {
    if env::var_os(INSIDE).is_some() {
        return Ok(None);
    }
    let directory = Directory::new(&env::temp_dir(), "crossorigin-browsers")?;
    let mut unshare = Command::new("unshare");
    if !is_root()? {
        unshare.arg("--map-root-user");
    }
    unshare.args(["--net", "--pid", "--fork", "--kill-child", "--mount-proc"]);
    unshare.args(["sh", "-c", SETUP, "sh"]).arg(env::current_exe()?).args(env::args_os().skip(1));
    let status = unshare
        .env(INSIDE, directory.path())
        .status()
        .map_err(|error| io::Error::new(error.kind(), format!("unshare: {error}")))?;
    Ok(Some(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from)))
}

/// A new directory for something temporary, gone at the end at the latest.
pub fn directory(name: &str) -> io::Result<Directory> {
    let root = env::var_os(INSIDE).ok_or_else(|| io::Error::other("outside of the namespace"))?;
    Directory::new(root.as_ref(), name)
}

fn is_root() -> io::Result<bool> {
    let output = Command::new("id").arg("-u").output()?;
    Ok(output.stdout.trim_ascii() == b"0")
}
