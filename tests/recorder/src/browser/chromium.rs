//! Chromium.

use std::{path::Path, process::Command};

pub(super) const PROGRAM: &str = "chromium";

/// `--no-sandbox` is for root. The rules for host names keep the browser from its own services, of which
/// there are many. `EXCLUDE [::1]` would make `[::1]` unreachable.
pub(super) const FLAGS: [&str; 16] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-domain-reliability",
    "--metrics-recording-only",
    "--no-pings",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE 127.0.0.2, EXCLUDE ::1, EXCLUDE localhost, EXCLUDE *.localhost",
];

pub(super) fn command(profile: &Path, url: &str) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(FLAGS).arg(format!("--user-data-dir={}", profile.display())).arg(url);
    command.env("HOME", profile);
    command
}
