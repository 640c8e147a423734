//! HAR files that the recorder wrote while browsers played cases of the corpus: the finding about each fetch is what the page
//! saw.
#![cfg(feature = "import")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that panics has failed, which is what it is for"
)]

use std::{collections::BTreeMap, fs, path::Path};

use crossorigin_cli::import::{FetchOutcome, Options, read};
use serde_json::Value;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases/captures");

/// The case of a URL: the first segment of its path.
fn case_of(url: &str) -> &str {
    url.split('/').nth(3).unwrap()
}

#[test]
fn findings_are_what_pages_saw() {
    let (mut exchanges, mut fetches, mut undecided) = (0, 0, 0);
    let mut differences = Vec::new();
    for engine in ["chromium", "firefox", "webkit"] {
        let path = Path::new(FOLDER).join(format!("{engine}.har"));
        let text = fs::read_to_string(path).unwrap();
        let har: Value = serde_json::from_str(&text).unwrap();
        exchanges += har["log"]["entries"].as_array().unwrap().len();
        let import = read(&text, &Options::default()).unwrap().unwrap();
        fetches += import.findings.len();
        let mut found = BTreeMap::new();
        for finding in &import.findings {
            let data = serde_json::to_value(finding).unwrap();
            let case = case_of(data["url"].as_str().unwrap()).to_owned();
            let reason = data["verdict"]["steps"][0]["reason"].clone();
            let problem = data.get("disagreement").map(Value::to_string);
            let before = found.insert(case.clone(), (finding.outcome(), reason, problem));
            if before.is_some() {
                differences.push(format!("{engine} {case}: several fetches"));
            }
        }
        for (case, outcome) in har["log"]["_outcomes"].as_object().unwrap() {
            let outcome = outcome.as_str().unwrap_or_default();
            let is_delivered = !["error", "refused"].contains(&outcome);
            let problem = match found.get(case) {
                // A page that sends nothing is not in a capture. Neither are requests on which CORS does not decide.
                None => continue,
                // WebKit's inspector does not show preflights.
                Some((FetchOutcome::Undecided, ..)) if engine == "webkit" && !is_delivered => {
                    undecided += 1;
                    continue;
                }
                Some((FetchOutcome::Delivered, _, None)) if is_delivered => continue,
                Some((FetchOutcome::Blocked | FetchOutcome::Failed, _, None)) if !is_delivered => continue,
                Some(found) => format!("{found:?}"),
            };
            differences.push(format!("{engine} {case}: page {outcome}, {problem}"));
        }
    }
    assert!(differences.is_empty(), "{} of {fetches}:\n{differences:#?}", differences.len());
    assert!(exchanges >= 300 && fetches >= 200 && undecided < 40, "{exchanges} {fetches} {undecided}");
}

/// Small files as other tools write them: browsers' own exports, a proxy, a test driver.
#[test]
fn files_of_other_tools_are_read() {
    use FetchOutcome::{Blocked, Delivered, Failed};
    for (tool, expected, others) in [
        ("edge", &[("1", Blocked, "AllowOriginMissing")][..], 1),
        ("firefox", &[("2", Blocked, "PreflightStatus"), ("3", Blocked, "AllowOriginMismatch")], 0),
        ("mitmproxy", &[("1", Blocked, "AllowOriginWildcardWithCredentials"), ("2", Delivered, "null")], 0),
        ("playwright", &[("1", Failed, "Network"), ("2", Delivered, "null")], 0),
    ] {
        let text = fs::read_to_string(Path::new(FOLDER).join(format!("tools/{tool}.har"))).unwrap();
        let import = read(&text, &Options::default()).unwrap().unwrap();
        let found: Vec<_> = import
            .findings
            .iter()
            .map(|finding| {
                let data = serde_json::to_value(finding).unwrap();
                let reason = data["verdict"]["steps"][0]["reason"].to_string().replace('"', "");
                (finding.id().to_owned(), finding.outcome(), reason)
            })
            .collect();
        let found: Vec<_> =
            found.iter().map(|(id, outcome, reason)| (id.as_str(), *outcome, reason.as_str())).collect();
        assert_eq!(found, expected, "{tool}");
        assert_eq!(import.others, others, "{tool}");
        assert!(import.findings.iter().all(|finding| !finding.is_disagreement()), "{tool}: {import:#?}");
    }
}
