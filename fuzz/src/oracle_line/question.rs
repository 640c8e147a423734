//! Questions to a policy, compared with the reference, which computes the responses from the settings.

use crossorigin::http::Method;
use serde_json::Value;

use super::{header_map, items, settings, text};
use crate::reference::{browser, response};

pub(super) fn check(question: &Value, verdict: &Value) {
    assert_eq!(verdict.get("answers").is_none(), verdict.get("errors").is_some());
    if verdict.get("errors").is_some() {
        return;
    }
    let (requests, responses) = (items(&question["ask"]), items(&verdict["answers"]));
    assert_eq!(requests.len(), responses.len());
    for (request, response) in requests.iter().zip(responses) {
        check_request(&question["policy"], request, response);
    }
}

fn check_request(policy: &Value, described: &Value, reported: &Value) {
    let is_refused = reported["verdict"] == "refuse";
    assert_eq!(reported.get("reason").is_some(), is_refused, "{reported}");
    assert_eq!(reported.get("message").is_some(), is_refused, "{reported}");
    assert_eq!(reported["calls_handler"], reported["kind"] != "preflight");
    let method =
        Method::from_bytes(text(described, "method", "GET").as_bytes()).expect("the question is valid");
    let (Some(settings), Some(headers)) = (settings(policy), header_map(&described["headers"])) else {
        return;
    };
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
    assert_eq!(reported["verdict"], verdict, "{described}");
    assert_eq!(reported["calls_handler"], expected.status.is_none());
    let handler = described["handler"]["status"].as_u64().unwrap_or(200);
    assert_eq!(reported["status"], expected.status.map_or(handler, u64::from));
    let Some(response) = header_map(&reported["headers"]) else { return };
    if !(settings.development && is_refused) {
        assert_eq!(response::protocol_headers(&response), expected.headers, "{described}");
    }
    let vary = response.get("vary").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let named: Vec<_> = vary.split(',').map(|name| name.trim().to_ascii_lowercase()).collect();
    assert!(
        named.contains(&"*".to_owned())
            || expected.vary.iter().all(|name| named.contains(&(*name).to_owned()))
    );
}
