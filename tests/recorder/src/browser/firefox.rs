//! Firefox.

use std::{fs, io, path::Path, process::Command};

use super::Setup;

pub(super) const PROGRAM: &str = "firefox-esr";

/// Keeps the browser from its own services, from prompts and from speculative connections. No preference
/// affects CORS.
const PREFERENCES: &str = r#"
user_pref("app.normandy.enabled", false);
user_pref("app.update.enabled", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.region.network.url", "");
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("browser.search.update", false);
user_pref("browser.sessionstore.resume_from_crash", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("extensions.update.enabled", false);
user_pref("network.auth.subresource-http-auth-allow", 0);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("network.dns.disabled", true);
user_pref("network.http.speculative-parallel-limit", 0);
user_pref("network.prefetch-next", false);
user_pref("network.proxy.type", 0);
user_pref("services.settings.server", "");
user_pref("toolkit.telemetry.enabled", false);
"#;

/// Firefox cannot be told that a page over http is a secure context, only that it may have service workers.
const SERVICE_WORKERS_OVER_HTTP: &str = "user_pref(\"dom.serviceWorkers.testing.enabled\", true);\n";

pub(super) fn command(profile: &Path, url: &str, setup: &Setup) -> io::Result<Command> {
    let permissions = profile.join("permissions");
    let lines = setup.permissions.iter().map(|(name, state)| {
        let number = if state == "granted" { 1 } else { 2 };
        format!("origin\t{name}\t{number}\t{}\n", setup.origin)
    });
    fs::write(&permissions, lines.collect::<String>())?;
    let mut preferences = PREFERENCES.to_owned();
    preferences +=
        &format!("user_pref(\"permissions.manager.defaultsUrl\", \"file://{}\");\n", permissions.display());
    if setup.is_secure {
        preferences += SERVICE_WORKERS_OVER_HTTP;
    }
    fs::write(profile.join("user.js"), preferences)?;
    let mut command = Command::new(PROGRAM);
    command.args(["--headless", "--no-remote", "--profile"]).arg(profile).arg(url);
    command.env("HOME", profile).env("MOZ_HEADLESS", "1");
    Ok(command)
}
