//! `docs/cases.md` lists all fields that are read, and no others.

use std::{collections::BTreeSet, fs, path::Path};

use crossorigin::oracle::case::{Case, Question};

/// The texts between backticks.
fn quoted(text: &str) -> BTreeSet<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The fields that serde expects in place of `zz`.
fn expected_fields(message: &str) -> BTreeSet<String> {
    let (_, expected) = message.split_once("unknown field `zz`, expected ").expect(message);
    quoted(expected)
}

#[test]
fn the_page_of_cases_lists_all_fields() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cases.md")).unwrap();
    let listed = |heading: &str| {
        let section =
            page.split("\n## ").find(|section| section.starts_with(&format!("{heading}\n"))).unwrap();
        let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
        let cells = rows.map(|row| quoted(&format!("`{}", row.split(" | ").next().unwrap())));
        cells.flatten().collect::<BTreeSet<_>>()
    };
    let case = |text: &str| serde_json::from_str::<Case>(text).unwrap_err().to_string();
    let question = |text: &str| serde_json::from_str::<Question>(text).unwrap_err().to_string();
    for (heading, message) in [
        ("A case", case(r#"{"zz": 0}"#)),
        ("Permissions", case(r#"{"permissions": {"zz": 0}}"#)),
        ("A step", case(r#"{"steps": [{"zz": 0}]}"#)),
        ("A request", case(r#"{"steps": [{"request": {"zz": 0}}]}"#)),
        ("A response", case(r#"{"steps": [{"responses": [{"zz": 0}]}]}"#)),
        ("A route", case(r#"{"routes": {"https://a.test/": {"zz": 0}}}"#)),
        ("A server", case(r#"{"server": {"zz": 0}}"#)),
        ("A question", question(r#"{"zz": 0}"#)),
        ("An asked request", question(r#"{"ask": [{"zz": 0}]}"#)),
    ] {
        assert_eq!(listed(heading), expected_fields(&message), "{heading}");
    }
}
