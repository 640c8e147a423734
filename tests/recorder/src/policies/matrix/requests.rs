//! Allowed methods and headers, with requests that are allowed and requests that nearly are.

use serde_json::{Value, json};

use super::one;
use crate::{
    cases::draft::{Fetch, fetch, get, there},
    origins::A,
    policies::draft::{PolicyDraft, behind},
};

const METHODS: [&str; 16] = [
    "GET", "HEAD", "POST", "PUT", "put", "DELETE", "delete", "PATCH", "patch", "Patch", "OPTIONS", "LOCK",
    "lock", "QUERY", "PUTS", "*",
];

pub fn methods() -> Vec<PolicyDraft> {
    let policies = [
        json!({}),
        json!({"methods": ["PUT"]}),
        json!({"methods": ["put", "delete"]}),
        json!({"methods": ["PATCH"]}),
        json!({"methods": ["patch"]}),
        json!({"methods": ["GET", "POST", "OPTIONS"]}),
        json!({"methods": ["LOCK", "Patch", "QUERY"]}),
        json!({"methods": "*"}),
        json!({"methods": "*", "credentials": true}),
        json!({"methods": ["PUT", "PATCH", "LOCK"], "credentials": true}),
        json!({"methods": ["PUT", "lock"], "development": true}),
        json!({"development": true}),
    ];
    let mut drafts = Vec::new();
    for policy in policies {
        for method in METHODS {
            let credentials = if policy["credentials"] == true { "include" } else { "same-origin" };
            drafts.push(of(&policy, &fetch(method, there()).credentials(credentials)));
        }
        for request in [
            fetch("PUT", there()).xhr(),
            fetch("patch", there()).xhr(),
            fetch("POST", there()).xhr().text().set("upload_listener", true),
            fetch("PUT", there()).xhr().text().set("upload_listener", true),
        ] {
            drafts.push(of(&policy, &request));
        }
    }
    drafts
}

pub fn headers() -> Vec<PolicyDraft> {
    let many: Vec<_> = (0..12).map(|number| format!("x-h{number}")).collect();
    let policies = [
        json!({}),
        json!({"headers": ["x-a"]}),
        json!({"headers": ["X-A", "x-b", "Content-Type"]}),
        json!({"headers": ["authorization"]}),
        json!({"headers": ["Authorization", "x-a", "content-type"], "credentials": true}),
        json!({"headers": "*"}),
        json!({"headers": ["*", "authorization"]}),
        json!({"headers": ["*", "x-a"]}),
        json!({"headers": "*", "credentials": true}),
        json!({"headers": ["if-match", "range", "x-requested-with", "accept"]}),
        json!({"headers": many}),
        json!({"headers": ["x-b"], "development": true}),
        json!({"headers": "*", "development": true}),
    ];
    let mut drafts = Vec::new();
    for policy in policies {
        for request in requests() {
            drafts.push(of(&policy, &request));
        }
        if policy["credentials"] == true {
            for request in requests() {
                drafts.push(of(&policy, &request.include()));
            }
        }
    }
    drafts
}

fn requests() -> Vec<Fetch> {
    let long = "x".repeat(129);
    let set = |headers: &[(&str, &str)]| get(there()).headers(headers);
    let many: Vec<_> = (0..12).rev().map(|number| format!("X-H{number}")).collect();
    vec![
        set(&[("x-a", "1")]),
        set(&[("X-A", "1")]),
        set(&[("x-b", "1"), ("X-A", "2")]),
        set(&[("x-ab", "1")]),
        set(&[("authorization", "Bearer 1")]),
        set(&[("Authorization", "Basic MTox"), ("x-a", "1")]),
        set(&[("if-match", "\"1\""), ("x-requested-with", "XMLHttpRequest")]),
        set(&[("range", "bytes=0-1")]),
        set(&[("range", "bytes=0-1,3-4")]),
        set(&[("accept", "text/plain")]),
        set(&[("accept", &long)]),
        set(&[("*", "1")]),
        many.iter().fold(get(there()), |request, name| request.header(name, "1")),
        fetch("POST", there()).text(),
        fetch("POST", there()).body().header("content-type", "application/json"),
        fetch("POST", there()).body().set("body_type", "application/json"),
        fetch("POST", there()).xhr().body().header("Content-Type", "application/json").header("X-B", "1"),
    ]
}

/// A request of the only allowed page.
fn of(settings: &Value, fetch: &Fetch) -> PolicyDraft {
    let mut policy = json!({"origins": [A]});
    for (field, value) in settings.as_object().into_iter().flatten() {
        policy[field] = value.clone();
    }
    one(fetch.method(), A, fetch, &behind(&policy))
}
