//! DNS rebinding in three browsers, recorded by `tests/recorder`: the requests that a server received from its
//! own page, and from a page of an attacker who has made the name of that page lead to the server.

use std::collections::BTreeSet;

use crossorigin::{
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri},
    server::{Action, HostGuard, Policy, PolicyRefusal, may_be_same_origin},
};
use serde::Deserialize;

const RECORDED: &str = include_str!("../../cases/guard.jsonl");
const ATTACKER: &str = "http://attacker.localhost:9010";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recorded {
    engine: String,
    #[serde(rename = "version")]
    _version: String,
    page: String,
    guarded: bool,
    /// What the page saw of each request.
    seen: Vec<Seen>,
    requests: Vec<Sent>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Seen {
    status: u16,
    body: String,
}

#[derive(Debug, Deserialize)]
struct Sent {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
}

fn recorded() -> Vec<Recorded> {
    RECORDED.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Without a guard, the attacker's page reads everything. With a guard, it reads nothing but 403. The server's
/// own page always reads.
#[test]
fn browsers_let_the_attacker_read_only_without_a_guard() {
    let mut played = BTreeSet::new();
    for it in recorded() {
        let reads = !(it.guarded && it.page == ATTACKER);
        let expected = match reads {
            true => Seen { status: 200, body: "secret".to_owned() },
            false => Seen { status: 403, body: String::new() },
        };
        assert_eq!(it.seen.len(), 3);
        assert!(it.seen.iter().all(|seen| *seen == expected), "{it:?}");
        played.insert((it.engine, it.page, it.guarded));
    }
    assert_eq!(played.len(), 3 * 2 * 2, "{played:?}");
}

/// The requests get the recorded responses again. Everything except the guard takes the attacker's page for the
/// server's own.
#[test]
fn recorded_requests_pass_or_not_as_recorded() {
    let guard = HostGuard::new(["localhost", "127.0.0.1", "[::1]"]).unwrap();
    let policy = Policy::builder().allow_origin("https://inspector.example").build().unwrap();
    for it in recorded() {
        let methods: Vec<_> = it.requests.iter().map(|sent| sent.method.as_str()).collect();
        assert_eq!(methods, ["GET", "POST", "PUT"], "no preflight is sent");
        for sent in &it.requests {
            let lines = sent.headers.iter().map(|(name, value)| {
                (name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap())
            });
            let (headers, uri): (HeaderMap, Uri) = (lines.collect(), sent.target.parse().unwrap());
            let method = sent.method.parse().unwrap();
            let decision = policy.decide(&method, &headers);
            assert!(decision.refusal().is_none() || may_be_same_origin(&uri, &headers), "{it:?}");
            assert_eq!(decision.action(), Action::CallHandler);
            let guarded = decision.guarded(&guard, &uri, &headers);
            if it.page == ATTACKER {
                assert_eq!(guarded.refusal(), Some(PolicyRefusal::HostNotAllowed));
                assert_eq!(guarded.action(), Action::Respond(StatusCode::FORBIDDEN));
            } else {
                assert_eq!(guarded.action(), Action::CallHandler, "{it:?}");
            }
        }
    }
}
