//! What was recorded still holds: what policies answer, and what that makes browsers do.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use crossorigin::server::may_be_same_origin;
use serde_json::Value;

use super::{
    corpus::{RecordedCase, Seen, cases},
    deviations::{Found, check, deviations},
    intent::intent,
    serve,
};

/// Every request that a browser really sent is answered as it was answered then, to the byte.
#[test]
fn every_recorded_request_gets_the_recorded_answer() {
    let mut count = 0;
    for recorded in cases() {
        for sent in recorded.seen.iter().flat_map(|seen| seen.sent.iter().flatten()) {
            let server = &recorded.case.servers[&sent.url];
            let answer = serve::answer(server, &sent.method, &sent.headers);
            assert_eq!(answer, sent.answer, "{}: {} {:#?}", recorded.id, sent.method, sent.headers);
            count += 1;
        }
    }
    assert!(count > 6000, "only {count} requests");
}

/// Where the settings let a page read an answer, all engines let it, and where they do not, none does; it sees the
/// headers that they expose, is asked for as many preflights, and its cookies go where they say.
#[test]
fn browsers_do_what_policies_intend() {
    let mut found = Found::new();
    for recorded in cases() {
        let intents = intent(&recorded.case);
        assert_eq!(intents, recorded.line["intent"], "{}: what is meant has changed", recorded.id);
        for seen in &recorded.seen {
            for (number, intent) in intents.as_array().unwrap().iter().enumerate() {
                let differences = differences(recorded, seen, number, intent);
                if !differences.is_empty() {
                    found.insert((seen.engine, &recorded.id), differences.join(" "));
                }
            }
        }
    }
    check(&deviations().intent, &found);
}

/// In what a step went otherwise than it was meant.
fn differences(recorded: &RecordedCase, seen: &Seen, number: usize, intent: &Value) -> Vec<&'static str> {
    let (step, sent) = (&seen.steps[number], &seen.sent[number]);
    let mut differences = Vec::new();
    // A script that asked by `XMLHttpRequest` is not told the type of a response.
    let delivered = !matches!(step["outcome"].as_str(), Some("error" | "refused" | "hangs"));
    let as_meant = match step["outcome"].as_str() {
        Some("ok") => intent["outcome"] != "error",
        _ => step["outcome"] == intent["outcome"],
    };
    if !as_meant {
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

/// The visible headers that handlers have set, and not the policy.
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

/// The two tests above say something: browsers are let in and turned away, for every reason that they can give.
#[test]
fn every_verdict_is_reached() {
    let (mut verdicts, mut ends) = (BTreeMap::new(), BTreeMap::new());
    for recorded in cases() {
        for seen in &recorded.seen {
            for sent in seen.sent.iter().flatten() {
                let decision = recorded.case.servers[&sent.url].policy.decide(&sent.method, &sent.headers);
                let refusal = decision.refusal().map(|refusal| refusal.name());
                *verdicts.entry(format!("{:?} {refusal:?}", decision.class())).or_insert(0) += 1;
            }
            for step in &seen.steps {
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
        "Preflight Some(\"AuthorizationNotListed\")",
        "Preflight Some(\"HeaderNotAllowed\")",
        "Preflight Some(\"MethodNotAllowed\")",
        "Preflight Some(\"NullOrigin\")",
        "Preflight Some(\"OriginNotAllowed\")",
    ];
    assert_eq!(reached, expected, "{verdicts:?}");
    let ends: Vec<_> = ends.keys().map(String::as_str).collect();
    assert_eq!(ends, ["\"basic\"", "\"cors\"", "\"error\"", "\"ok\""]);
}

/// The first test can fail: a policy that says one thing otherwise is noticed wherever it says it.
#[test]
fn another_policy_is_noticed() {
    for recorded in cases().iter().filter(|recorded| recorded.id.starts_with("statuses-")) {
        for sent in recorded.seen.iter().flat_map(|seen| seen.sent.iter().flatten()) {
            let mut server = recorded.case.servers[&sent.url].clone();
            server.policy = server.policy.to_builder().max_age(Duration::from_secs(7)).build().unwrap();
            let shared = sent.answer.contains("\naccess-control-allow-origin: ");
            let changes = serve::answer(&server, &sent.method, &sent.headers) != sent.answer;
            assert_eq!(changes, sent.is_preflight() && shared, "{}: {}", recorded.id, sent.answer);
        }
    }
}

/// A server that forbids what its policy refuses does not lock its own pages out, and lets no other in by that.
#[test]
fn recorded_requests_of_a_page_to_its_own_server_are_known() {
    for recorded in cases().iter().filter(|recorded| !recorded.id.starts_with("redirects-")) {
        let page = recorded.line["page"].as_str().unwrap();
        for seen in &recorded.seen {
            for sent in seen.sent.iter().flatten() {
                let own = sent.url.starts_with(&format!("{page}/"));
                let told = may_be_same_origin(&sent.target.parse().unwrap(), &sent.headers);
                assert_eq!(told, own, "{} {}: {:?}", recorded.id, seen.engine, sent.headers);
            }
        }
    }
}
