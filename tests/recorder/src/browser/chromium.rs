//! Chromium.

use std::{fs, io, path::Path, process::Command};

use serde_json::{Value, json};

use super::Setup;

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

pub(super) fn command(profile: &Path, url: &str, setup: &Setup) -> io::Result<Command> {
    let mut command = Command::new(PROGRAM);
    if setup.origin.is_empty() {
        command.args(FLAGS);
    } else {
        // All addresses are reachable.
        command.args(FLAGS.iter().filter(|flag| !flag.starts_with("--host-resolver-rules")));
        if setup.is_secure {
            command.arg(format!("--unsafely-treat-insecure-origin-as-secure={}", setup.origin));
        }
        let directory = profile.join("Default");
        fs::create_dir_all(&directory)?;
        fs::write(directory.join("Preferences"), preferences(setup).to_string())?;
    }
    command.arg(format!("--user-data-dir={}", profile.display())).arg(url);
    command.env("HOME", profile);
    Ok(command)
}

/// The permissions as Chromium's settings have them.
fn preferences(setup: &Setup) -> Value {
    let mut exceptions = json!({});
    for (name, state) in &setup.permissions {
        let setting = if state == "granted" { 1 } else { 2 };
        let mut origins = json!({});
        origins[format!("{},*", setup.origin)] = json!({"setting": setting});
        exceptions[name.replace('-', "_")] = origins;
    }
    json!({"profile": {"content_settings": {"exceptions": exceptions}}})
}
