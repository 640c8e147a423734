//! WebKit: the small browser in the library package of WebKitGTK. It needs a display.

use std::{
    fs,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::Process;

/// The package that contains the browser.
pub(super) const PACKAGE: &str = "libwebkit2gtk-4.1-0";

pub(super) fn program() -> Option<PathBuf> {
    let mut places = Vec::new();
    for directory in ["/usr/lib", "/usr/libexec"] {
        places.push(PathBuf::from(directory));
        places.extend(fs::read_dir(directory).into_iter().flatten().flatten().map(|entry| entry.path()));
    }
    places.into_iter().map(|place| place.join("webkit2gtk-4.1/MiniBrowser")).find(|path| path.exists())
}

/// Starts a display, and returns its name.
pub(super) fn display(directory: &Path) -> io::Result<(String, Process)> {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp"]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(fs::File::create(directory.join("xvfb"))?);
    let mut xvfb = Process::spawn(&mut command)?;
    let mut number = String::new();
    if let Some(output) = xvfb.child.stdout.take() {
        BufReader::new(output).read_line(&mut number)?;
    }
    match number.trim() {
        "" => Err(io::Error::other("Xvfb: no display")),
        number => Ok((format!(":{number}"), xvfb)),
    }
}

pub(super) fn command(profile: &Path, display: &str, url: &str) -> io::Result<Command> {
    let program = program().ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "MiniBrowser"))?;
    let mut command = Command::new(program);
    command.args(["--private", url]).env("DISPLAY", display);
    for home in ["HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"] {
        command.env(home, profile);
    }
    command.envs([
        ("GDK_BACKEND", "x11"),
        ("LIBGL_ALWAYS_SOFTWARE", "1"),
        ("WEBKIT_DISABLE_COMPOSITING_MODE", "1"),
        ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
        ("GIO_USE_PROXY_RESOLVER", "dummy"),
        ("GSETTINGS_BACKEND", "memory"),
        ("DBUS_SESSION_BUS_ADDRESS", "disabled:"),
    ]);
    Ok(command)
}
