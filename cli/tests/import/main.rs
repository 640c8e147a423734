//! Captures: every format, from the text to the finding.
#![cfg(feature = "import")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that panics has failed, which is what it is for"
)]

mod blocked;
mod browsers;
mod curl;
mod har;
mod hostile;

use crossorigin_cli::import::{Finding, Import, Options, read};
use serde_json::Value;

pub(crate) const URL: &str = "https://api.example/items";

pub(crate) fn options(page: &str) -> Options {
    Options { page: Some(page.to_owned()), ..Options::default() }
}

#[track_caller]
pub(crate) fn import(text: &str, options: &Options) -> Import {
    read(text, options).unwrap().expect("a known format")
}

/// The only finding.
#[track_caller]
pub(crate) fn one(text: &str, options: &Options) -> Finding {
    let mut import = import(text, options);
    assert_eq!(import.findings.len(), 1, "{import:#?}");
    import.findings.remove(0)
}

#[track_caller]
pub(crate) fn json(finding: &Finding) -> Value {
    serde_json::to_value(finding).unwrap()
}

pub(crate) fn reason(finding: &Finding) -> String {
    json(finding)["verdict"]["steps"][0]["reason"].as_str().unwrap_or("none").to_owned()
}

pub(crate) fn assumptions(finding: &Finding) -> String {
    json(finding)["assumptions"].to_string()
}
