//! The rows of `docs/console.md`.

use std::{fs, path::Path};

use crossorigin::browser::Reason;

use crate::browser::reasons;

/// Each reason has a row with an example of its message, and the names of Chromium and Firefox for it.
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
        let [_, _, chromium, firefox, safari, _] = line.split('|').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        assert_eq!(name_in(chromium), reason.chromium(), "{name}");
        assert_eq!(name_in(firefox), reason.firefox(), "{name}");
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

/// The name at the beginning of a cell, in backticks.
fn name_in(cell: &str) -> Option<&str> {
    Some(cell.strip_prefix(" `")?.split_once('`')?.0)
}
