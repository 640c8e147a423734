//! Questions to a policy, against the reference that reads the responses off the settings.

use crossorigin::http::Method;
use serde_json::Value;

use super::{header_map, items, settings, text};
use crate::reference::{browser, response};

pub(super) fn check(question: &Value, verdict: &Value) {
    assert_eq!(verdict.get("answers").is_none(), verdict.get("errors").is_some());
    if verdict.get("errors").is_some() {
        return;
    }
    let (asked, responses) = (items(&question["ask"]), items(&verdict["answers"]));
    assert_eq!(asked.len(), responses.len());
    for (asked, response) in asked.iter().zip(responses) {
        check_response(&question["policy"], asked, response);
    }
}

fn check_response(policy: &Value, asked: &Value, response: &Value) {
    let is_refused = response["verdict"] == "refuse";
    assert_eq!(response.get("reason").is_some(), is_refused, "{response}");
    assert_eq!(response.get("message").is_some(), is_refused, "{response}");
    assert_eq!(response["calls_handler"], response["kind"] != "preflight");
    let method = Method::from_bytes(text(asked, "method", "GET").as_bytes()).expect("the question is valid");
    let (Some(settings), Some(headers)) = (settings(policy), header_map(&asked["headers"])) else { return };
    let request = (method, headers);
    if !browser::is_browser_request(&request) {
        return;
    }
    let expected = response::expected(&settings, &request.0, &request.1);
    let verdict = match expected.shared {
        None => "not-applicable",
        Some(true) => "share",
        Some(false) => "refuse",
    };
    assert_eq!(response["verdict"], verdict, "{asked}");
    assert_eq!(response["calls_handler"], expected.status.is_none());
    let handler = asked["handler"]["status"].as_u64().unwrap_or(200);
    assert_eq!(response["status"], expected.status.map_or(handler, u64::from));
    let Some(response) = header_map(&response["headers"]) else { return };
    if !(settings.development && is_refused) {
        assert_eq!(response::protocol_headers(&response), expected.headers, "{asked}");
    }
    let vary = response.get("vary").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let named: Vec<_> = vary.split(',').map(|name| name.trim().to_ascii_lowercase()).collect();
    assert!(
        named.contains(&"*".to_owned())
            || expected.vary.iter().all(|name| named.contains(&(*name).to_owned()))
    );
}
