//! Captures in each format: the form of the findings, and each finding compared with its own case.

use crossorigin::oracle::case::Case;
use crossorigin_cli::import::{FetchOutcome, Finding, Format, Options, read, read_as};
use serde::Deserialize;
use serde_json::Value;

/// The bytes that a finding may have in addition to parts of the capture.
const BASE: usize = 20_000;

pub fn har(bytes: &[u8]) {
    check(Format::Har, bytes);
}

pub fn devtools(bytes: &[u8]) {
    check(Format::DevTools, bytes);
}

pub fn fetch_calls(bytes: &[u8]) {
    check(Format::FetchCalls, bytes);
}

pub fn curl_output(bytes: &[u8]) {
    check(Format::CurlOutput, bytes);
}

pub fn curl_commands(bytes: &[u8]) {
    check(Format::CurlCommands, bytes);
}

pub fn raw_http(bytes: &[u8]) {
    check(Format::RawHttp, bytes);
}

pub fn console(bytes: &[u8]) {
    check(Format::Console, bytes);
}

/// The first byte chooses the options, the others are the capture.
fn check(format: Format, bytes: &[u8]) {
    let (choice, text) = bytes.split_first().unwrap_or((&0, bytes));
    let text = String::from_utf8_lossy(text);
    let options = options(*choice);
    let Ok(import) = read_as(format, &text, &options) else { return };
    let again = read_as(format, &text, &options).expect("the same text is read again");
    assert_eq!(import.others, again.others);
    assert_eq!(import.findings.len(), again.findings.len());
    for (finding, again) in import.findings.iter().zip(&again.findings) {
        assert_eq!(json(finding), json(again), "equal captures give equal findings");
        check_finding(finding, text.len());
    }
    // Whatever the format looks like.
    let _ = read(&text, &options);
}

fn options(choice: u8) -> Options {
    let if_set = |bit: u8, text: &str| (choice & bit != 0).then(|| text.to_owned());
    Options {
        page: if_set(1, "https://app.example"),
        url: if_set(2, "https://api.example/"),
        profile: if_set(4, "firefox"),
        show_secrets: choice & 8 != 0,
    }
}

fn check_finding(finding: &Finding, length: usize) {
    let json = json(finding);
    assert!(!json.contains(['\n', '\r']), "one line");
    // A fetch sends at most 42 requests, and each may repeat the capture with a few additional letters per byte.
    let bound = 42 * (BASE + 24 * length);
    assert!(json.len() <= bound, "{} bytes for {length}", json.len());
    for text in [finding.to_string(), format!("{finding:#}")] {
        assert!(!text.is_empty() && text.len() <= bound);
        assert!(!text.contains(|it: char| it != '\n' && it.is_control()), "safe for terminals: {text:?}");
    }
    let data: Value = serde_json::from_str(&json).expect("it is JSON");
    let verdict = Case::deserialize(&data["case"]).expect("a case").play().expect("a valid case");
    // A finding has other words for the origin that stands for that of an unknown page.
    let pages = [&data["case"]["page"], &data["page"]].map(|page| page.as_str().expect("a page"));
    let verdict = serde_json::to_string(&verdict).expect("a verdict is JSON").replace(pages[0], pages[1]);
    let verdict: Value = serde_json::from_str(&verdict).expect("a verdict is JSON");
    let outcome = verdict["steps"][0]["outcome"].as_str().expect("an outcome");
    match finding.outcome() {
        FetchOutcome::Undecided => assert!(data.get("verdict").is_none() && outcome == "error"),
        FetchOutcome::Delivered => assert!(!["error", "refused"].contains(&outcome)),
        _ => assert!(["error", "refused"].contains(&outcome)),
    }
    assert!(
        finding.outcome() == FetchOutcome::Undecided || data["verdict"] == verdict,
        "the verdict is that of the case"
    );
}

fn json(finding: &Finding) -> String {
    serde_json::to_string(finding).expect("a finding is JSON")
}
