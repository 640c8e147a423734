//! The recorded facts of web-platform-tests, each with the expected outcome.

use serde_json::Value;

use crate::case_format::evaluate;

pub(crate) const CASES: &str = include_str!("../cases/wpt.jsonl");

#[test]
fn every_recorded_case_holds() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in CASES.lines() {
        count += 1;
        let case: Value = serde_json::from_str(line).unwrap();
        let verdict: Value = serde_json::from_str(&evaluate(line).unwrap()).unwrap();
        wrong.extend(
            compare(&case, &verdict).into_iter().map(|mismatch| format!("{}: {mismatch}", case["id"])),
        );
    }
    assert_eq!(count, 1056);
    assert!(wrong.is_empty(), "{} mismatches:\n{}", wrong.len(), wrong.join("\n"));
}

/// Returns how a verdict differs from what a case expects.
pub(crate) fn compare(case: &Value, verdict: &Value) -> Vec<String> {
    let steps = case["steps"].as_array().unwrap();
    let verdicts = verdict["steps"].as_array().unwrap();
    assert_eq!(steps.len(), verdicts.len());
    steps.iter().zip(verdicts).flat_map(|(step, got)| compare_step(&step["expect"], got)).collect()
}

fn compare_step(want: &Value, got: &Value) -> Vec<String> {
    let mut mismatches = Vec::new();
    let mut check = |holds: bool, what: String| {
        if !holds {
            mismatches.push(what);
        }
    };
    let outcome = got["outcome"].as_str().unwrap();
    let delivered = !matches!(outcome, "error" | "refused");
    match want["outcome"].as_str() {
        None => {}
        Some("ok") => check(delivered, format!("outcome {outcome} ({}), expected a response", got["reason"])),
        Some("error") => check(!delivered, format!("outcome {outcome}, expected an error")),
        Some(expected) => check(outcome == expected, format!("outcome {outcome}, expected {expected}")),
    }
    if delivered {
        for field in ["status", "timing_allowed"] {
            let holds = want[field].is_null() || want[field] == got[field];
            check(holds, format!("{field} is {}, expected {}", got[field], want[field]));
        }
        for (name, value) in fields(&want["visible_headers"]) {
            let visible = header(got, name);
            check(visible == *value, format!("visible {name} is {visible}, expected {value}"));
        }
    }
    if let Some(expected) = want["requests"].as_array() {
        let sent = got["requests"].as_array().unwrap();
        if sent.len() == expected.len() {
            expected.iter().zip(sent).for_each(|(want, got)| compare_request(want, got, &mut check));
        } else {
            check(false, format!("{} requests, expected {}", sent.len(), expected.len()));
        }
    }
    mismatches
}

fn compare_request(want: &Value, got: &Value, check: &mut impl FnMut(bool, String)) {
    check(want["method"] == got["method"], format!("method {}, expected {}", got["method"], want["method"]));
    if let Some(url) = want["url"].as_str() {
        let holds = without_fragment(url) == without_fragment(got["url"].as_str().unwrap());
        check(holds, format!("URL {}, expected {url}", got["url"]));
    }
    for (name, value) in fields(&want["headers"]) {
        let sent = header(got, name);
        check(sent == *value, format!("sent {name} is {sent}, expected {value}"));
    }
    for (name, value) in fields(&want["headers_not"]) {
        check(header(got, name) != *value, format!("sent {name} must not be {value}"));
    }
}

fn fields(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().into_iter().flatten()
}

/// The value of a header in a verdict, or null if it is absent.
fn header(of: &Value, name: &str) -> Value {
    let mut lines = of["headers"].as_array().into_iter().flatten();
    let line = lines.find(|line| line[0] == name.to_ascii_lowercase().as_str());
    line.map_or(Value::Null, |line| line[1].clone())
}

fn without_fragment(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}
