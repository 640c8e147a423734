//! Allowed origins, with pages that are allowed and pages that nearly are.

use serde_json::{Value, json};

use super::one;
use crate::{
    cases::draft::{fetch, get, there},
    origins::{A, B, C, C_BY_ADDRESS, D, DEEP_SUBDOMAIN, E, NULL, SUBDOMAIN},
    policies::draft::{PolicyDraft, Server, behind},
};

const PAGES: [&str; 9] = [A, B, C, C_BY_ADDRESS, D, E, SUBDOMAIN, DEEP_SUBDOMAIN, NULL];

pub fn drafts() -> Vec<PolicyDraft> {
    let mut drafts = Vec::new();
    for (about, server) in servers() {
        for page in PAGES {
            let read = get(there());
            let write = fetch("PUT", there()).header("x-a", "1").body();
            drafts.push(one(&format!("{about}, GET"), page, &read, &server));
            drafts.push(one(&format!("{about}, PUT with a header"), page, &write, &server));
        }
    }
    drafts
}

fn servers() -> Vec<(String, Server)> {
    let lists: [&[&str]; 18] = [
        &[A],
        &[A, C, E],
        &[D],
        &[E],
        &[B],
        &["http://127.0.0.1:9009"],
        &["https://127.0.0.1:9001", "https://127.0.0.1:*", "https://localhost:9003"],
        &["http://127.0.0.1:*"],
        &["http://[::1]:*"],
        &["http://localhost:*"],
        &["http://*.localhost:9003"],
        &["http://*.localhost:*"],
        &["http://*.localhost"],
        &["http://localhost:9003", "http://*.localhost:9003"],
        &["https://*.localhost:9003", "http://app.localhost:9004"],
        &[SUBDOMAIN],
        &[DEEP_SUBDOMAIN, D],
        &["*"],
    ];
    let mut servers: Vec<_> = lists
        .iter()
        .map(|origins| {
            (format!("allows {}", origins.join(", ")), behind(&policy(json!({"origins": origins}))))
        })
        .collect();
    for (about, configuration) in [
        ("only null", json!({"origins": [], "dangerous": {"null_origin": true}})),
        ("null and one more", json!({"origins": [A], "dangerous": {"null_origin": true}})),
        (
            "any with credentials",
            json!({"origins": "*", "credentials": true,
            "dangerous": {"any_origin_with_credentials": true}}),
        ),
        (
            "any and null with credentials",
            json!({"origins": "*", "credentials": true,
            "dangerous": {"any_origin_with_credentials": true, "null_origin": true}}),
        ),
        (
            "subdomains with credentials",
            json!({"origins": ["http://*.localhost:9003"], "credentials": true,
            "dangerous": {"public_suffixes": true}}),
        ),
        (
            "one that is far away, with credentials",
            json!({"origins": ["http://app.example", A],
            "credentials": true, "dangerous": {"insecure_origins": true}}),
        ),
    ] {
        servers.push((about.to_owned(), behind(&policy(configuration))));
    }
    let predicated = || behind(&policy(json!({"origins": ["http://app.example"]})));
    let by_address = [A, B, C_BY_ADDRESS, D];
    servers.push(("a predicate: IPv4".to_owned(), predicated().predicate("ipv4", &by_address)));
    let by_port = [C, C_BY_ADDRESS, D, E, SUBDOMAIN, DEEP_SUBDOMAIN];
    servers.push(("a predicate: ports".to_owned(), predicated().predicate("ports-from-9003", &by_port)));
    servers
}

/// A policy that allows the methods and headers of the requests.
fn policy(mut configuration: Value) -> Value {
    configuration["methods"] = json!(["PUT"]);
    configuration["headers"] = json!(["x-a"]);
    configuration["expose"] = json!(["etag"]);
    configuration
}
