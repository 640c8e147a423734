//! Responses: exposed headers, statuses, and how long preflights are cached.

use serde_json::{Value, json};

use super::one;
use crate::{
    cases::draft::{Fetch, fetch, get, there},
    origins::{A, B, C_BY_ADDRESS, D, NULL},
    policies::draft::{PolicyDraft, Server, behind},
};

pub fn exposure() -> Vec<PolicyDraft> {
    let policies = [
        json!({"origins": [A]}),
        json!({"origins": [A], "expose": ["etag"]}),
        json!({"origins": [A], "expose": ["ETag", "X-A", "x-c"]}),
        json!({"origins": [A], "expose": ["content-type", "cache-control", "x-b"]}),
        json!({"origins": [A], "expose": ["access-control-allow-origin", "vary", "access-control-expose-headers"]}),
        json!({"origins": [A], "expose": "*"}),
        json!({"origins": [A], "expose": ["*", "x-a"]}),
        json!({"origins": [A], "expose": ["etag", "x-a"], "credentials": true}),
        json!({"origins": "*"}),
        json!({"origins": "*", "expose": ["x-b"]}),
        json!({"origins": "*", "expose": "*"}),
        json!({"origins": "*", "expose": ["x-b"], "credentials": true,
            "dangerous": {"any_origin_with_credentials": true}}),
    ];
    let mut drafts = Vec::new();
    for policy in &policies {
        for (page, request) in [
            (A, get(there())),
            (A, get(there()).include()),
            (A, get(there()).xhr()),
            (B, get(there())),
            (B, fetch("PUT", there())),
        ] {
            drafts.push(of("exposure", page, &request, &with_more_headers(policy)));
        }
        drafts.push(of("what the handler says too", A, &get(there()), &with_cors_headers(policy)));
        drafts.push(of("what the handler says too", B, &get(there()), &with_cors_headers(policy)));
        let cookies = with_more_headers(policy).header("set-cookie", "seen=1; path=/nowhere");
        drafts.push(of("a cookie", A, &get(there()), &cookies));
    }
    drafts
}

/// A handler with more headers.
fn with_more_headers(policy: &Value) -> Server {
    behind(policy).header("content-type", "text/plain").header("x-b", "b")
}

/// A handler that sets CORS headers itself.
fn with_cors_headers(policy: &Value) -> Server {
    with_more_headers(policy)
        .header("access-control-allow-origin", "http://nobody.example")
        .header("access-control-allow-origin", "*")
        .header("access-control-allow-credentials", "false")
        .header("access-control-expose-headers", "x-b")
        .header("access-control-unheard-of", "1")
        .header("vary", "accept-encoding")
        .header("vary", "Origin")
}

pub fn statuses() -> Vec<PolicyDraft> {
    let mut drafts = Vec::new();
    let lists = json!({"origins": [A], "methods": ["PUT"], "headers": ["x-a"], "expose": ["etag"]});
    let with = |members: Value| {
        let mut policy = lists.clone();
        for (field, value) in members.as_object().into_iter().flatten() {
            policy[field] = value.clone();
        }
        policy
    };
    for policy in [
        with(json!({"preflight_status": 200})),
        with(json!({"preflight_status": 202})),
        with(json!({"preflight_status": 299})),
        with(json!({"refusal_status": 200})),
        with(json!({"refusal_status": 204})),
        with(json!({"refusal_status": 400})),
        with(json!({"refusal_status": 404})),
        with(json!({"refusal_status": 500})),
        with(json!({"development": true})),
        with(json!({"development": true, "credentials": true})),
        with(json!({"development": true, "refusal_status": 200, "preflight_status": 200})),
        with(json!({"private_network": true})),
        with(json!({"private_network": true, "credentials": true, "preflight_status": 200})),
        json!({"origins": "*", "methods": "*", "headers": "*", "development": true}),
        json!({"origins": [A], "methods": "*", "headers": "*", "credentials": true, "development": true}),
    ] {
        for (page, request) in [
            (A, fetch("PUT", there()).header("x-a", "1")),
            (A, fetch("DELETE", there()).header("x-a", "1")),
            (A, fetch("PUT", there()).header("x-b", "1")),
            (A, fetch("PATCH", there()).header("authorization", "Bearer 1").include()),
            (A, fetch("POST", there()).xhr().text().set("upload_listener", true)),
            (D, fetch("PUT", there()).header("x-a", "1")),
            (NULL, fetch("PUT", there()).header("x-a", "1")),
        ] {
            drafts.push(of("statuses and switches", page, &request, &behind(&policy)));
        }
    }
    for status in [201, 204, 206, 400, 401, 403, 404, 418, 500, 503] {
        let server = behind(&lists).status(status);
        for (page, request) in [
            (A, get(there())),
            (A, fetch("PUT", there()).header("x-a", "1")),
            (B, get(there())),
            (D, get(there())),
        ] {
            drafts.push(of(&format!("a handler with {status}"), page, &request, &server));
        }
    }
    drafts
}

pub fn max_age() -> Vec<PolicyDraft> {
    let mut drafts = Vec::new();
    for age in [None, Some(0), Some(1), Some(60), Some(600), Some(86_400), Some(1_000_000)] {
        for lists in [
            json!({"origins": [A], "methods": ["PUT"], "headers": ["x-a"]}),
            json!({"origins": [A], "methods": ["PUT", "DELETE"], "headers": ["x-a", "x-b"], "credentials": true}),
            json!({"origins": "*", "methods": ["PUT"], "headers": ["x-a"]}),
            json!({"origins": [A], "methods": "*", "headers": "*", "credentials": true}),
        ] {
            let mut policy = lists.clone();
            if let Some(age) = age {
                policy["max_age"] = age.into();
            }
            let put = fetch("PUT", there()).header("x-a", "1");
            let put = if policy["credentials"] == true { put.include() } else { put };
            let delete = fetch("DELETE", there());
            for (page, request) in [(A, put.clone()), (A, delete), (C_BY_ADDRESS, put)] {
                let draft = of("the same twice", page, &request, &behind(&policy));
                drafts.push(draft.fetch(&request));
            }
        }
    }
    drafts
}

fn of(about: &str, page: &str, fetch: &Fetch, server: &Server) -> PolicyDraft {
    one(&format!("{about}: {}", fetch.method()), page, fetch, server)
}
