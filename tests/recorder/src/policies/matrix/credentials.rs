//! Whether requests may have credentials.

use serde_json::json;

use super::one;
use crate::{
    cases::draft::{Fetch, fetch, get, there},
    origins::{A, B, C_BY_ADDRESS, NULL},
    policies::draft::{PolicyDraft, behind},
};

pub fn drafts() -> Vec<PolicyDraft> {
    let policies = [
        json!({"origins": [A], "methods": ["PUT"], "headers": ["authorization", "x-a"]}),
        json!({"origins": [A], "methods": ["PUT"], "headers": ["authorization", "x-a"], "credentials": true}),
        json!({"origins": "*", "methods": "*", "headers": ["*", "authorization"]}),
        json!({"origins": "*", "methods": "*", "headers": "*", "credentials": true,
            "dangerous": {"any_origin_with_credentials": true}}),
        json!({"origins": [], "methods": "*", "headers": "*", "credentials": true, "dangerous": {"null_origin": true}}),
        json!({"origins": ["http://127.0.0.1:*"], "methods": ["PUT", "DELETE"], "headers": ["x-a"], "credentials": true}),
    ];
    let mut drafts = Vec::new();
    for policy in &policies {
        for page in [A, B, C_BY_ADDRESS, NULL] {
            for (credentials, request) in requests() {
                let about = format!("{} with {credentials}", request.method());
                drafts.push(one(&about, page, &request, &behind(policy)));
            }
        }
    }
    drafts
}

fn requests() -> Vec<(&'static str, Fetch)> {
    let mut requests = Vec::new();
    for credentials in ["omit", "same-origin", "include"] {
        requests.push((credentials, get(there()).credentials(credentials)));
        requests.push((credentials, fetch("PUT", there()).header("x-a", "1").credentials(credentials)));
    }
    let include = "include";
    requests.push((include, get(there()).xhr().include()));
    requests.push((include, get(there()).header("authorization", "Bearer 1").include()));
    requests
}
