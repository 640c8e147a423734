//! Replays the recorded cases: policies respond as recorded, and browsers did what the policies intend.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use crossorigin::server::may_be_same_origin;
use serde_json::Value;

use super::{
    corpus::{Observed, RecordedCase, cases},
    deviations::{Found, check, deviations},
    intent::intent,
    serve,
};

/// Every request that a browser sent gets the recorded response, byte for byte.
#[test]
fn every_recorded_request_gets_the_recorded_response() {
    let mut count = 0;
    for recorded in cases() {
        for sent in recorded.observed.iter().flat_map(|observed| observed.sent.iter().flatten()) {
            let server = &recorded.case.servers[&sent.url];
            let response = serve::response(server, &sent.method, &sent.headers);
            assert_eq!(response, sent.response, "{}: {} {:#?}", recorded.id, sent.method, sent.headers);
            count += 1;
        }
    }
    assert!(count > 6000, "only {count} requests");
}

/// All engines let a page read a response exactly if the settings allow it. The page sees the exposed
/// headers, the number of preflights is as intended, and cookies go where the settings say.
#[test]
fn browsers_do_what_policies_intend() {
    let mut found = Found::new();
    for recorded in cases() {
        let intents = intent(&recorded.case);
        assert_eq!(intents, recorded.line["intent"], "{}: the intent has changed", recorded.id);
        for observed in &recorded.observed {
            for (number, intent) in intents.as_array().unwrap().iter().enumerate() {
                let differences = differences(recorded, observed, number, intent);
                if !differences.is_empty() {
                    found.insert((observed.engine, &recorded.id), differences.join(" "));
                }
            }
        }
    }
    check(&deviations().intent, &found);
}

/// The aspects in which a step differs from its intent.
fn differences(
    recorded: &RecordedCase,
    observed: &Observed,
    number: usize,
    intent: &Value,
) -> Vec<&'static str> {
    let (step, sent) = (&observed.steps[number], &observed.sent[number]);
    let mut differences = Vec::new();
    // A script that uses `XMLHttpRequest` cannot see the type of a response.
    let delivered = !matches!(step["outcome"].as_str(), Some("error" | "refused" | "hangs"));
    let as_intended = match step["outcome"].as_str() {
        Some("ok") => intent["outcome"] != "error",
        _ => step["outcome"] == intent["outcome"],
    };
    if !as_intended {
        differences.push("outcome");
    } else if delivered {
        if step["status"] != intent["status"] {
            differences.push("status");
        }
        if names_of_handler(recorded, step) != texts(&intent["headers"]) {
            differences.push("headers");
        }
        let first = sent.iter().find(|sent| !sent.is_preflight());
        if intent["cookies"].is_boolean()
            && first.map(|first| first.has_cookie()) != intent["cookies"].as_bool()
        {
            differences.push("cookies");
        }
    }
    let preflights: Vec<_> = sent.iter().filter(|sent| sent.is_preflight()).collect();
    if preflights.len() as u64 != intent["preflights"].as_u64().unwrap() {
        differences.push("preflights");
    }
    if preflights.iter().any(|sent| sent.has_cookie()) {
        differences.push("cookies");
    }
    differences
}

/// The visible headers that handlers have set, without those of the policy.
fn names_of_handler(recorded: &RecordedCase, step: &Value) -> BTreeSet<String> {
    let handlers = recorded.case.servers.values();
    let names: BTreeSet<_> =
        handlers.flat_map(|server| server.headers.keys().map(ToString::to_string)).collect();
    let lines = step["headers"].as_array().unwrap().iter().map(|line| line[0].as_str().unwrap().to_owned());
    let lines = lines.filter(|name| !name.starts_with("access-control-") && name != "vary");
    lines.filter(|name| names.contains(name)).collect()
}

fn texts(list: &Value) -> BTreeSet<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

/// The recorded cases reach every verdict: requests are shared, and refused for every reason that browsers
/// can cause.
#[test]
fn every_verdict_is_reached() {
    let (mut verdicts, mut ends) = (BTreeMap::new(), BTreeMap::new());
    for recorded in cases() {
        for observed in &recorded.observed {
            for sent in observed.sent.iter().flatten() {
                let decision = recorded.case.servers[&sent.url].policy.decide(&sent.method, &sent.headers);
                let refusal = decision.refusal().map(|refusal| refusal.name());
                *verdicts.entry(format!("{:?} {refusal:?}", decision.class())).or_insert(0) += 1;
            }
            for step in &observed.steps {
                *ends.entry(step["outcome"].to_string()).or_insert(0) += 1;
            }
        }
    }
    let reached: Vec<_> = verdicts.keys().map(String::as_str).collect();
    let expected = [
        "Cors None",
        "Cors Some(\"NullOrigin\")",
        "Cors Some(\"OriginNotAllowed\")",
        "NotCors None",
        "Preflight None",
        "Preflight Some(\"HeaderNotAllowed\")",
        "Preflight Some(\"MethodNotAllowed\")",
        "Preflight Some(\"NullOrigin\")",
        "Preflight Some(\"OriginNotAllowed\")",
    ];
    assert_eq!(reached, expected, "{verdicts:?}");
    let ends: Vec<_> = ends.keys().map(String::as_str).collect();
    assert_eq!(ends, ["\"basic\"", "\"cors\"", "\"error\"", "\"ok\""]);
}

/// Another max-age changes exactly the responses to preflights that are accepted.
#[test]
fn max_age_is_for_accepted_preflights() {
    for recorded in cases().iter().filter(|recorded| recorded.id.starts_with("statuses-")) {
        for sent in recorded.observed.iter().flat_map(|observed| observed.sent.iter().flatten()) {
            let mut server = recorded.case.servers[&sent.url].clone();
            server.policy = server.policy.to_builder().max_age(Duration::from_secs(7)).build().unwrap();
            let shared = sent.response.contains("\naccess-control-allow-origin: ");
            let changes = serve::response(&server, &sent.method, &sent.headers) != sent.response;
            assert_eq!(changes, sent.is_preflight() && shared, "{}: {}", recorded.id, sent.response);
        }
    }
}

/// A server that forbids what its policy refuses recognizes the requests of its own pages, and no others.
#[test]
fn same_origin_requests_are_recognized() {
    for recorded in cases().iter().filter(|recorded| !recorded.id.starts_with("redirects-")) {
        let page = recorded.line["page"].as_str().unwrap();
        for observed in &recorded.observed {
            for sent in observed.sent.iter().flatten() {
                let own = sent.url.starts_with(&format!("{page}/"));
                let told = may_be_same_origin(&sent.target.parse().unwrap(), &sent.headers);
                assert_eq!(told, own, "{} {}: {:?}", recorded.id, observed.engine, sent.headers);
            }
        }
    }
}
