//! The browser side of the crate with its server side, compared with real browsers.

use std::collections::BTreeMap;

use crossorigin::{
    browser::{OutgoingRequest, Page, Profile, ResponseHead, UserAgent},
    oracle::{Oracle, PolicyServer, Server, ServerResponse},
};
use serde_json::{Value, json};

use super::{
    case::Case,
    compare::compare,
    corpus::{Observed, RecordedCase, Sent, cases},
    deviations::{Found, check, deviations},
};

/// With the standard's profile, every step has the intended outcome.
#[test]
fn the_oracle_does_what_policies_intend() {
    for recorded in cases() {
        let verdict = verdict(&recorded.case, Profile::standard());
        let intents = recorded.line["intent"].as_array().unwrap();
        for (step, intent) in verdict["steps"].as_array().unwrap().iter().zip(intents) {
            assert_eq!(step["outcome"], intent["outcome"], "{}: {step}", recorded.id);
            let requests = step["requests"].as_array().unwrap().iter();
            let preflights = requests.filter(|request| request["kind"] == "preflight").count();
            assert_eq!(preflights as u64, intent["preflights"].as_u64().unwrap(), "{}: {step}", recorded.id);
        }
    }
}

/// With the profile of an engine, the oracle does what that engine did.
#[test]
fn the_oracle_does_what_browsers_did() {
    let mut found = Found::new();
    for recorded in cases() {
        for observed in &recorded.observed {
            let verdict = verdict(&recorded.case, Profile::named(observed.engine).unwrap());
            if let Some(first) = compare(&observation(recorded, observed), &verdict).first() {
                found.insert((observed.engine, &recorded.id), first.to_string());
            }
        }
    }
    check(&deviations().profile, &found);
}

/// Plays the case, and returns what could be observed in a browser.
fn verdict(case: &Case, profile: Profile) -> Value {
    let mut servers: BTreeMap<_, _> = case
        .servers
        .iter()
        .map(|(url, server)| {
            let head = ResponseHead { status: server.status, headers: (&server.headers).into() };
            (url.clone(), PolicyServer::new(server.policy.clone(), move |_: &OutgoingRequest| head.clone()))
        })
        .collect();
    let mut server = |request: &OutgoingRequest| -> ServerResponse {
        servers.get_mut(request.url.as_str()).unwrap().respond(request)
    };
    // The page is not used, because the requests have their own origins.
    let page = Page::new("https://unused.test/").unwrap();
    let mut oracle = Oracle::with_user_agent(page, UserAgent::new(profile));
    let steps = case.requests.iter().map(|request| {
        let mut step = serde_json::to_value(oracle.fetch(request.clone(), &mut server)).unwrap();
        for request in step["requests"].as_array_mut().unwrap() {
            request["headers"]
                .as_array_mut()
                .unwrap()
                .retain(|line| is_of_the_protocol(line[0].as_str().unwrap()));
        }
        step
    });
    json!({"steps": steps.collect::<Vec<_>>()})
}

fn is_of_the_protocol(name: &str) -> bool {
    name == "origin" || name.starts_with("access-control-request-")
}

/// The recorded observation, with the requests in the form of a verdict.
fn observation(recorded: &RecordedCase, observed: &Observed) -> Value {
    let page = recorded.line["page"].as_str().unwrap();
    let steps = observed.steps.iter().zip(&observed.sent).map(|(step, sent)| {
        let mut step = step.clone();
        let mut is_page_s_host = page != "null";
        let requests = sent.iter().map(|sent| {
            // Browsers have rules of their own for cookies of other hosts.
            is_page_s_host &= host(&sent.url) == host(page);
            request(sent, is_page_s_host)
        });
        step["requests"] = requests.collect();
        step
    });
    json!({"steps": steps.collect::<Vec<_>>()})
}

fn request(sent: &Sent, shows_credentials: bool) -> Value {
    let lines = sent.headers.iter().filter(|(name, _)| is_of_the_protocol(name.as_str()));
    let lines: BTreeMap<_, _> = lines.map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
    let has_body = sent.headers.get("content-length").is_some_and(|length| length != "0");
    let mut request = json!({
        "kind": if sent.is_preflight() { "preflight" } else { "actual" },
        "method": sent.method.as_str(),
        "url": sent.url,
        "headers": lines.into_iter().collect::<Vec<_>>(),
        "body": if has_body { "bytes" } else { "none" },
    });
    if shows_credentials {
        request["credentials"] = sent.has_cookie().into();
    }
    request
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap();
    authority.rsplit_once(':').map_or(authority, |(host, _)| host)
}
