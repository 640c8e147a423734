//! A line of the oracle program and its result: the form of the result, and each verdict compared with
//! another evaluation of the line.

mod case;
#[path = "../../cli/src/invalid_line.rs"]
mod invalid_line;
#[path = "../../cli/src/line.rs"]
mod line;
mod question;

use crossorigin::{
    http::{HeaderMap, HeaderName, HeaderValue},
    oracle::case::Case,
};
use serde_json::Value;

use crate::reference::settings::PolicySettings;

/// The bytes that a verdict may have in addition to parts of the case.
const BASE: usize = 10_000;

pub fn check(bytes: &[u8]) {
    let (valid, output) = output_of(bytes);
    assert!(!output.contains(['\n', '\r']), "the result is one line");
    let verdict: Value = serde_json::from_str(&output).expect("it is JSON");
    assert!(verdict.get("id").is_some());
    assert_eq!(valid, verdict.get("invalid").is_none());
    assert_eq!(output_of(bytes), (valid, output.clone()), "equal lines give equal results");
    assert!(output.len() <= bound(bytes, &verdict), "{} bytes for {}", output.len(), bytes.len());
    if let Ok(case) = serde_json::from_slice::<Case>(bytes) {
        check_text(&case, valid);
    }
    let Ok(line) = serde_json::from_slice::<Value>(bytes) else { return };
    if valid && line.get("ask").is_some() {
        question::check(&line, &verdict);
    } else if valid {
        case::check(&line, &verdict);
    }
}

fn output_of(bytes: &[u8]) -> (bool, String) {
    let mut output = Vec::new();
    let valid = line::process(bytes, &mut output).expect("there is memory to write to");
    (valid, String::from_utf8(output).expect("it is text"))
}

/// A fetch sends at most 42 requests. Each may repeat the case with a few additional letters per byte, and so
/// may each response of a policy.
fn bound(bytes: &[u8], verdict: &Value) -> usize {
    let steps = verdict["steps"].as_array().map_or(0, Vec::len);
    let responses = verdict["answers"].as_array().map_or(0, Vec::len);
    let requests = 42 * steps + responses + 1;
    requests * (BASE + 12 * bytes.len())
}

/// Every case has a report as text.
fn check_text(case: &Case, is_valid: bool) {
    let verdict = case.play();
    assert_eq!(verdict.is_ok(), is_valid);
    if let Ok(verdict) = verdict {
        let steps: usize = verdict.runs().map(|(_, steps)| steps.len()).sum();
        assert!(steps == 0 || !verdict.to_string().is_empty());
    }
}

/// A string of a case or verdict.
fn text<'a>(value: &'a Value, field: &str, default: &'a str) -> &'a str {
    value[field].as_str().unwrap_or(default)
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Pairs of name and value, in which each character is one byte. `None` if a header map cannot hold them.
fn header_map(pairs: &Value) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    for pair in items(pairs) {
        let name = HeaderName::try_from(pair[0].as_str()?).ok()?;
        let value: Vec<_> = pair[1].as_str()?.chars().map(|letter| letter as u8).collect();
        headers.append(name, HeaderValue::from_bytes(value.trim_ascii()).ok()?);
    }
    Some(headers)
}

/// The settings of a valid policy.
fn settings(policy: &Value) -> Option<PolicySettings> {
    let list = |field: &str| match &policy[field] {
        Value::String(text) => vec![text.clone()],
        list => items(list).iter().filter_map(|item| Some(item.as_str()?.to_owned())).collect(),
    };
    let flag = |value: &Value| value.as_bool().unwrap_or_default();
    let status = |field: &str, default| policy[field].as_u64().map_or(Some(default), |it| it.try_into().ok());
    Some(PolicySettings {
        origins: list("origins"),
        null_origin: flag(&policy["dangerous"]["null_origin"]),
        credentials: flag(&policy["credentials"]),
        methods: list("methods"),
        headers: list("headers"),
        expose: list("expose"),
        max_age: policy["max_age"].as_u64(),
        preflight_status: status("preflight_status", 204)?,
        refusal_status: status("refusal_status", 403)?,
        private_network: flag(&policy["private_network"]),
        development: flag(&policy["development"]),
    })
}
