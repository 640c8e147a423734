//! Converts what a page and the servers saw to an observation, which has the terms of a verdict as far as a
//! browser shows them.

use std::collections::{BTreeMap, HashMap};

use crossorigin::{http::HeaderName, request_header::is_forbidden_request_header};
use serde_json::{Map, Value, json};

use crate::{
    origins::{NULL, host_of, origin_of},
    own_page,
    player::{CompletedCase, Entry},
};

/// The observation of a case; an error if it is incomplete.
pub fn observe(
    case: &Value,
    completed: &CompletedCase,
    own_headers: &HashMap<String, String>,
) -> Result<Value, String> {
    let steps = case["steps"].as_array().into_iter().flatten().enumerate();
    let steps: Result<Vec<_>, _> = steps
        .map(|(index, step)| {
            let result = &completed.result["steps"][index];
            let log: Vec<_> = completed.log.iter().filter(|entry| entry.step == index).collect();
            let mut observation = outcome(result).map_err(|problem| format!("step {index}: {problem}"))?;
            let authored = authored(&step["request"]);
            let page = origin_of(case["page"].as_str().unwrap_or_default());
            let seen = |(number, entry): (usize, &&Entry)| {
                let observable = shows_credentials(page, &log[..=number]);
                let mut seen = sent_request(entry, &authored, own_headers, observable);
                if own_page::is_needed(case) {
                    own_page::observe(&mut seen, &entry.request);
                }
                seen
            };
            observation.insert("requests".to_owned(), log.iter().enumerate().map(seen).collect());
            Ok::<_, String>(Value::Object(observation))
        })
        .collect();
    Ok(json!({"steps": steps?}))
}

/// What the script saw. The headers are sorted and combined, without those that only frame the message.
fn outcome(result: &Value) -> Result<Map<String, Value>, String> {
    let mut seen = result.as_object().cloned().ok_or("it was not played")?;
    if seen.get("outcome").is_some_and(|outcome| outcome == "hangs") {
        return Err("it hangs".to_owned());
    }
    if seen.get("timing_allowed").is_some_and(Value::is_null) {
        return Err("its timing was not found".to_owned());
    }
    if let Some(headers) = seen.get_mut("headers") {
        let lines = headers.as_array().into_iter().flatten().map(|line| (text(&line[0]), text(&line[1])));
        let visible = combined(lines.filter(|(name, _)| !name.eq_ignore_ascii_case("connection")));
        *headers = pairs(visible);
    }
    Ok(seen)
}

/// The headers that the author of a request set, with lowercase names and combined values.
fn authored(request: &Value) -> BTreeMap<String, String> {
    let lines = request["headers"].as_array().into_iter().flatten();
    let mut headers = combined(lines.map(|line| (text(&line[0]), text(&line[1]))));
    if request["api"] == "event-source" {
        headers.insert("accept".to_owned(), "text/event-stream".to_owned());
    }
    if let Some(body_type) = request["body_type"].as_str() {
        headers.entry("content-type".to_owned()).or_insert_with(|| body_type.to_owned());
    }
    headers
}

/// Returns whether cookies show that credentials were sent. They do as long as all hops have the host of the
/// page, because browsers have rules of their own for third-party cookies.
fn shows_credentials(page: &str, log: &[&Entry]) -> bool {
    page != NULL && log.iter().all(|entry| host_of(origin_of(&entry.url)) == host_of(page))
}

fn sent_request(
    entry: &Entry,
    authored: &BTreeMap<String, String>,
    own: &HashMap<String, String>,
    credentials: bool,
) -> Value {
    let request = &entry.request;
    let preflight = request.is_preflight();
    let lines = request.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let mut headers = combined(lines);
    headers.retain(|name, value| match name.as_str() {
        "origin" | "access-control-request-method" | "access-control-request-headers" => true,
        "accept" if preflight => true,
        _ => authored.get(name).is_some_and(|author| is_the_authors(name, value, author, own)),
    });
    let mut seen = json!({
        "kind": if preflight { "preflight" } else { "actual" },
        "method": request.method,
        "url": entry.url,
        "headers": pairs(headers),
    });
    if credentials {
        let cookies = request.header("cookie").unwrap_or_default();
        seen["credentials"] = cookies.split("; ").any(|cookie| cookie == "crossorigin=1").into();
    }
    seen["body"] = if request.body.is_empty() { "none" } else { "bytes" }.into();
    seen
}

/// Returns whether a sent header is the author's, and not the browser's own.
fn is_the_authors(name: &str, value: &str, author: &str, own: &HashMap<String, String>) -> bool {
    // The value does not matter, because no browser by itself sends a name that is forbidden with some values
    // only.
    let forbidden =
        HeaderName::from_bytes(name.as_bytes()).is_ok_and(|name| is_forbidden_request_header(&name, b""));
    value == author || (!forbidden && own.get(name).is_none_or(|own| own != value))
}

fn combined<'a>(lines: impl Iterator<Item = (&'a str, &'a str)>) -> BTreeMap<String, String> {
    let mut headers: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in lines {
        headers
            .entry(name.to_ascii_lowercase())
            .and_modify(|values| *values = format!("{values}, {value}"))
            .or_insert_with(|| value.to_owned());
    }
    headers
}

fn pairs(headers: BTreeMap<String, String>) -> Value {
    headers.into_iter().map(|(name, value)| json!([name, value])).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Request;

    fn entry(step: usize, method: &str, url: &str, headers: &[(&str, &str)]) -> Entry {
        let headers = headers.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
        let request =
            Request { method: method.to_owned(), target: String::new(), headers, ..Request::default() };
        Entry { step, url: url.to_owned(), request }
    }

    fn case(headers: Value) -> Value {
        json!({"page": "http://127.0.0.1:9001", "steps": [{"request": {"url": "http://127.0.0.1:9002/c/x", "headers": headers}}]})
    }

    fn seen(case: &Value, result: Value, log: Vec<Entry>) -> Value {
        let own = HashMap::from([("accept".to_owned(), "*/*".to_owned())]);
        observe(case, &CompletedCase { result: json!({"steps": [result]}), log }, &own).unwrap()["steps"][0]
            .clone()
    }

    #[test]
    fn a_browsers_own_headers_are_not_the_authors() {
        let case = case(json!([["Accept", "text/html"], ["X-A", "1"], ["cookie", "x"]]));
        for (accept, headers) in [
            ("*/*", json!([["origin", "o"], ["x-a", "1, 2"]])),
            ("text/html", json!([["accept", "text/html"], ["origin", "o"], ["x-a", "1, 2"]])),
        ] {
            let lines = [
                ("accept", accept),
                ("x-a", "1"),
                ("x-a", "2"),
                ("cookie", "crossorigin=1"),
                ("origin", "o"),
                ("host", "h"),
            ];
            let log = vec![entry(0, "GET", "http://127.0.0.1:9002/c/x", &lines)];
            assert_eq!(seen(&case, json!({"outcome": "error"}), log)["requests"][0]["headers"], headers);
        }
    }

    #[test]
    fn remaining_lines_that_override_the_method_are_the_authors() {
        let name = "x-http-method";
        let case = case(json!([[name, "PUT"], [name, "TRACE"]]));
        let log = vec![entry(0, "GET", "http://127.0.0.1:9002/c/x", &[(name, "PUT")])];
        let headers = seen(&case, json!({"outcome": "error"}), log)["requests"][0]["headers"].clone();
        assert_eq!(headers, json!([[name, "PUT"]]));
    }

    #[test]
    fn credentials_are_observed_until_the_first_other_host() {
        let cookie = [("cookie", "a=b; crossorigin=1")];
        let log = vec![
            entry(0, "GET", "http://127.0.0.1:9002/c/x", &cookie),
            entry(0, "GET", "http://127.0.0.1:9001/c/x", &[]),
            entry(0, "GET", "http://localhost:9003/c/x", &[]),
            entry(0, "GET", "http://127.0.0.1:9001/c/x", &cookie),
        ];
        let seen = seen(&case(json!([])), json!({"outcome": "error"}), log);
        let credentials: Vec<_> =
            (0..4).map(|number| seen["requests"][number]["credentials"].as_bool()).collect();
        assert_eq!(credentials, [Some(true), Some(false), None, None]);
    }

    #[test]
    fn headers_that_frame_the_message_are_not_visible() {
        let result = json!({"outcome": "ok", "headers": [["X-B", "2"], ["Connection", "close"], ["x-a", "1"], ["x-b", "3"]]});
        let seen = seen(&case(json!([])), result, vec![]);
        assert_eq!(seen["headers"], json!([["x-a", "1"], ["x-b", "2, 3"]]));
    }

    #[test]
    fn a_step_that_hangs_or_was_not_played_is_not_an_observation() {
        let observed =
            |result| observe(&case(json!([])), &CompletedCase { result, log: vec![] }, &HashMap::new());
        assert!(observed(json!({"steps": [{"outcome": "hangs"}]})).is_err());
        assert!(observed(json!({"steps": [{"outcome": "ok", "timing_allowed": null}]})).is_err());
        assert!(observed(json!({"steps": [{"outcome": "ok", "timing_allowed": false}]})).is_ok());
        assert!(observed(json!({"steps": []})).is_err());
    }
}
