//! A line of the oracle program.

use crossorigin::oracle::case::Case;
use serde_json::Value;

#[path = "../../cli/src/line.rs"]
mod line;

/// What a verdict may have beside what it repeats of the case.
const BASE: usize = 10_000;

pub fn law(bytes: &[u8]) {
    let (valid, output) = answer(bytes);
    assert!(!output.contains(['\n', '\r']), "one line gives one line");
    let value: Value = serde_json::from_str(&output).expect("it is JSON");
    let Value::Object(table) = &value else { panic!("{value} is no object") };
    assert!(table.contains_key("id"));
    assert_eq!(valid, !table.contains_key("invalid"));
    assert_eq!(answer(bytes), (valid, output.clone()), "the same line, the same answer");
    assert!(output.len() <= bound(bytes, &value), "{} bytes for {}", output.len(), bytes.len());
    if let Ok(case) = serde_json::from_slice::<Case>(bytes) {
        of_a_case(&case, table.contains_key("invalid"));
    }
}

fn answer(bytes: &[u8]) -> (bool, String) {
    let mut output = Vec::new();
    let valid = line::answer(bytes, &mut output).expect("there is memory to write to");
    (valid, String::from_utf8(output).expect("it is text"))
}

/// A fetch sends 42 requests at most, and each may repeat what the case says, with a few more letters for each of its
/// bytes; an answer to a question does the same.
fn bound(bytes: &[u8], verdict: &Value) -> usize {
    let steps = verdict["steps"].as_array().map_or(0, Vec::len);
    let answers = verdict["answers"].as_array().map_or(0, Vec::len);
    let requests = 42 * steps + answers + 1;
    requests * (BASE + 12 * bytes.len())
}

/// What is written for people can be written of everything.
fn of_a_case(case: &Case, is_invalid: bool) {
    let verdict = case.play();
    assert_eq!(verdict.is_err(), is_invalid);
    if let Ok(verdict) = verdict {
        let steps: usize = verdict.runs().map(|(_, steps)| steps.len()).sum();
        assert!(steps == 0 || !verdict.to_string().is_empty());
    }
}
