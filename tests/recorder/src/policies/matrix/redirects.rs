//! Redirects from one server to another, each behind its own policy.

use serde_json::{Value, json};

use crate::{
    cases::draft::{Fetch, at, fetch, get, there},
    origins::{A, B, D},
    policies::draft::{PolicyDraft, behind},
};

pub fn drafts() -> Vec<PolicyDraft> {
    let mut drafts = Vec::new();
    let target = |origin| at(origin, "elsewhere");
    for second in seconds() {
        for origin in [A, B, D] {
            for request in requests() {
                drafts.push(detour(A, &request, &allowing(json!([A])), 307, &target(origin), &second));
            }
        }
        for request in requests() {
            drafts.push(detour(B, &request, &allowing(json!([A])), 307, &target(D), &second));
        }
        drafts.push(detour(D, &get(there()), &allowing(json!([A])), 302, &target(D), &second));
    }
    for status in [301, 302, 303, 307, 308] {
        for request in [fetch("POST", there()).text(), fetch("PUT", there()).text(), fetch("DELETE", there())]
        {
            for origin in [B, D] {
                let any = allowing(json!("*"));
                drafts.push(detour(A, &request, &any, status, &target(origin), &any));
            }
        }
    }
    drafts
}

fn requests() -> [Fetch; 6] {
    [
        get(there()),
        get(there()).include(),
        get(there()).header("x-a", "1"),
        get(there()).header("authorization", "Bearer 1"),
        fetch("POST", there()).text(),
        fetch("PUT", there()),
    ]
}

fn seconds() -> [Value; 4] {
    let mut null = allowing(json!([]));
    null["dangerous"] = json!({"null_origin": true});
    let mut everybody = allowing(json!([A, B]));
    everybody["credentials"] = true.into();
    everybody["dangerous"] = json!({"null_origin": true});
    [allowing(json!([A, B])), null, allowing(json!("*")), everybody]
}

fn allowing(origins: Value) -> Value {
    json!({"origins": origins, "methods": ["PUT", "DELETE"], "headers": ["authorization", "x-a"], "expose": ["etag"]})
}

fn detour(
    page: &str,
    request: &Fetch,
    first: &Value,
    status: u16,
    target: &str,
    second: &Value,
) -> PolicyDraft {
    let about = format!("{} {status} to {target}, which lets in {}", request.method(), second["origins"]);
    PolicyDraft::new(about.replace("/~/elsewhere", ""), page)
        .fetch(request)
        .server(request.url(), &behind(first).redirect(status, target))
        .server(target, &behind(second))
}
