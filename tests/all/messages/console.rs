//! The rows of `docs/console.md`.

use std::{fs, path::Path};

use crossorigin::browser::Reason;

use crate::browser::reasons;

/// Each reason has a row with an example of its message, and the names and texts of the browsers for it.
#[test]
fn the_page_about_consoles_has_the_messages_and_the_names() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/console.md");
    let page = fs::read_to_string(&path).unwrap();
    let errors = reasons::produced();
    let mut names = Vec::new();
    let lines = page.lines().map(|line| {
        let Some((name, _)) = line.strip_prefix("| `").and_then(|line| line.split_once('`')) else {
            return format!("{line}\n");
        };
        names.push(name);
        let mut reasons = errors.iter().map(|error| error.reason());
        let reason = reasons.find(|reason| reason.name() == name).unwrap();
        let chromium = cell(reason.chromium(), reason.console_text("chromium"));
        let firefox = cell(reason.firefox(), reason.console_text("firefox"));
        let safari = cell(None, reason.console_text("webkit"));
        format!("| `{name}`: {reason} |{chromium}|{firefox}|{safari}|\n")
    });
    let written: String = lines.collect();
    assert_eq!(names, Reason::NAMES);
    if std::env::var_os("CROSSORIGIN_BLESS").is_some() {
        fs::write(&path, &written).unwrap();
    } else {
        assert_eq!(page, written, "CROSSORIGIN_BLESS=1 writes the file anew");
    }
}

/// The cell of a browser: its name for the reason, then its text.
fn cell(name: Option<&str>, text: Option<&str>) -> String {
    let parts: Vec<_> = name.into_iter().chain(text).map(|part| format!("`{part}`")).collect();
    if parts.is_empty() { " ".to_owned() } else { format!(" {} ", parts.join(": ")) }
}
