//! The evidence in a verdict: the refused response, consoles, decisions, and what a policy said.

use crossorigin::{
    browser::{OutgoingRequest, Page},
    http::{HeaderMap, Response},
    oracle::{Event, Oracle, Transcript, case::Case},
    server::{Policy, Verdict},
};
use serde_json::{Value, json};

use crate::{case_format::evaluate, cases::CASES};

/// The verdict on the steps of a case.
fn steps(case: Value) -> Value {
    let verdict: Value = serde_json::from_str(&evaluate(&case.to_string()).unwrap()).unwrap();
    verdict["steps"].clone()
}

/// The verdict on one fetch of a page at `https://app.test`.
fn verdict(request: Value, responses: Value) -> Value {
    let step = json!({"request": request, "responses": responses});
    steps(json!({"id": "c", "page": "https://app.test", "steps": [step]}))[0].clone()
}

#[test]
fn a_refused_response_is_shown_without_secrets() {
    let request = json!({"url": "https://api.test/"});
    let headers = json!([
        ["content-type", "text/html"],
        ["set-cookie", "sid=s3cret; Path=/; SameSite=Lax"],
        ["location", "https://us_er:s3cret@b.test/?access_token=s3cret&a=1"],
    ]);
    let refused = verdict(request, json!([{"status": 502, "headers": headers}]));
    let shown = json!([
        ["content-type", "text/html"],
        ["set-cookie", "sid=***; Path=/; SameSite=Lax"],
        ["location", "https://***@b.test/?access_token=***&a=***"],
    ]);
    assert_eq!(refused["response"], json!({"status": 502, "headers": shown}));
    assert!(!refused.to_string().contains("s3cret") && !refused.to_string().contains("us_er"));
}

#[test]
fn a_refused_response_is_cut_where_nobody_reads_on() {
    let long = "x".repeat(1_025);
    let lines: Vec<_> = (0..101).map(|number| (format!("x-{number}"), long.clone())).collect();
    let refused = verdict(json!({"url": "https://api.test/"}), json!([{"headers": lines}]));
    let shown = refused["response"]["headers"].as_array().unwrap();
    assert_eq!(shown.len(), 100);
    assert_eq!(shown[99], json!(["x-99", format!("{}...", "x".repeat(1_024))]));
    let fits = "x".repeat(1_024);
    let refused = verdict(json!({"url": "https://api.test/"}), json!([{"headers": [["x-a", fits]]}]));
    assert_eq!(refused["response"]["headers"], json!([["x-a", fits]]));
}

/// In each recorded case, an engine is there if it has a name or a text for the error.
#[test]
fn consoles_have_all_that_is_known() {
    let mut engines = 0;
    for line in CASES.lines() {
        let verdict = serde_json::from_str::<Case>(line).unwrap().play().unwrap();
        let shown = serde_json::to_value(&verdict).unwrap();
        for (index, step) in verdict.runs().flat_map(|(_, steps)| steps).enumerate() {
            let Some(Err(error)) = step.as_ref().ok().map(|transcript| transcript.outcome()) else {
                continue;
            };
            let mut expected = json!({});
            for (engine, name) in [
                ("chromium", error.chromium().map(String::from)),
                ("firefox", error.reason().firefox().map(String::from)),
                ("webkit", None),
            ] {
                let text = error.reason().console_text(engine);
                let said = [("name", name.as_deref()), ("text", text)].into_iter();
                let said = said.filter_map(|(field, value)| Some((field.to_owned(), json!(value?))));
                let said: serde_json::Map<_, _> = said.collect();
                if !said.is_empty() {
                    expected[engine] = said.into();
                    engines += 1;
                }
            }
            let expected = if expected == json!({}) { Value::Null } else { expected };
            assert_eq!(shown["steps"][index]["console"], expected, "{line}");
        }
    }
    assert!(engines > 0);
}

#[test]
fn consoles_are_named_as_far_as_they_are_known() {
    let get = || json!({"url": "https://api.test/"});
    let missing = verdict(get(), json!([{}]));
    assert_eq!(
        missing["console"],
        json!({
            "chromium": {
                "name": "kMissingAllowOriginHeader",
                "text": "No 'Access-Control-Allow-Origin' header is present on the requested resource",
            },
            "firefox": {
                "name": "CORSMissingAllowOrigin2",
                "text": "CORS header ‘Access-Control-Allow-Origin’ missing",
            },
            "webkit": {"text": "is not allowed by Access-Control-Allow-Origin"},
        })
    );
    // The redirect of a preflight is named first, by all of them.
    let login = json!([{"status": 302, "headers": [["location", "/login"]]}]);
    let redirected = verdict(json!({"url": "https://api.test/", "method": "PUT"}), login);
    assert_eq!(redirected["reason"], "PreflightRedirect");
    assert_eq!(redirected["also"], json!(["AllowOriginMissing"]));
    assert_eq!(redirected["console"]["chromium"]["name"], "kPreflightDisallowedRedirect");
    // No browser says anything about a list that has ended, and a delivered response has nothing to say.
    assert_eq!(verdict(get(), json!([]))["console"], Value::Null);
    let delivered = json!([{"headers": [["access-control-allow-origin", "*"]]}]);
    assert_eq!(verdict(get(), delivered)["console"], Value::Null);
}

#[test]
fn decisions_are_there_if_the_case_asks_for_them() {
    let case = |explain: Value| {
        let onward = json!({"status": 302, "headers": [["access-control-allow-origin", "*"], ["location", "https://c.test/"]]});
        let last = json!({"headers": [["access-control-allow-origin", "https://app.test"]]});
        let step = json!({"request": {"url": "https://api.test/"}, "responses": [onward, last]});
        steps(json!({"id": "c", "page": "https://app.test", "explain": explain, "steps": [step]}))[0].clone()
    };
    assert_eq!(case(json!(false))["decisions"], Value::Null);
    let explained = case(json!(true));
    // Where `null` comes from is one of the decisions.
    let decisions = explained["decisions"].as_array().unwrap();
    assert_eq!(decisions[0]["hop"], 0);
    assert!(
        decisions.iter().any(|decision| decision["text"].as_str().unwrap().contains("`null`")),
        "{decisions:?}"
    );
    assert_eq!(explained["reason"], "AllowOriginMismatch");
}

#[test]
fn a_policy_says_why_beside_each_request() {
    let request = json!({"url": "https://api.test/1", "method": "PUT", "headers": [["x-other", "1"]]});
    let policy = json!({"origins": ["https://app.test"], "methods": ["PUT"]});
    let case = json!({"id": "c", "page": "https://app.test", "server": {"policy": policy}, "steps": [{"request": request}]});
    let refused = &steps(case)[0];
    assert_eq!(refused["reason"], "AllowOriginMissing");
    assert_eq!(
        refused["requests"][0]["policy"],
        json!({
            "verdict": "refuse",
            "reason": "HeaderNotAllowed",
            "name": "x-other",
            "message": "the policy does not allow header 1 of Access-Control-Request-Headers",
            "changes": ["allow the header x-other"],
        })
    );
    // The policy writes the headers, so its own suggestion is all that the server needs.
    assert_eq!(
        refused["fixes"],
        json!([{"side": "server", "text": "In the server's policy, allow the header x-other."}])
    );
    // A request that the policy allows.
    let case = json!({"id": "c", "page": "https://app.test", "server": {"policy": {"origins": "*"}},
                      "steps": [{"request": {"url": "https://api.test/"}}]});
    assert_eq!(steps(case)[0]["requests"][0]["policy"], json!({"verdict": "share"}));
    // Scripted responses have no policy.
    assert_eq!(
        verdict(json!({"url": "https://api.test/"}), json!([{}]))["requests"][0]["policy"],
        Value::Null
    );
}

/// A real application, which leaves the verdict of its policy in the extensions of the response, as the layer does if it is set to.
fn refused_by_application(method: &str, names: &[&str], policy: &Policy) -> Transcript {
    let mut oracle = Oracle::new(Page::new("https://app.test/").unwrap());
    let call = oracle.page().fetch("https://api.test/").method(method);
    let call = names.iter().fold(call, |call, name| call.header(name, "1"));
    oracle.fetch(call.build().unwrap(), &mut |request: &OutgoingRequest| {
        let headers = HeaderMap::try_from(&request.headers).unwrap();
        let decision = policy.decide(&request.method, &headers);
        let mut response = Response::builder().status(403).body(()).unwrap();
        decision.apply(response.headers_mut());
        response.extensions_mut().insert(decision.verdict());
        response
    })
}

#[test]
fn the_verdict_of_a_real_application_is_reported() {
    let policy = Policy::builder().allow_origin("https://app.test").allow_method("PUT").build().unwrap();
    let transcript = refused_by_application("PUT", &["x-a", "x-b"], &policy);
    let report = transcript.events().iter().find_map(|event| match event {
        Event::Judged(report) => Some(report),
        _ => None,
    });
    let report = report.unwrap();
    assert!(matches!(report.verdict, Verdict::Refuse(_)));
    let said = "the server's policy refuses this request (HeaderNotAllowed): the policy does not allow header 1 of \
                Access-Control-Request-Headers: `x-a`; to change this, allow the header x-a";
    assert_eq!(report.to_string(), said);
    assert!(
        transcript.to_string().contains("   - The server's policy refuses this request (HeaderNotAllowed)")
    );
    let verdict = serde_json::to_value(&transcript).unwrap();
    assert_eq!(verdict["requests"][0]["policy"]["name"], "x-a");
}

/// Nothing between the browser and the application made such a response, whatever its status.
#[test]
fn a_refusal_of_the_application_itself_is_fixed_in_its_policy() {
    let policy = || Policy::builder().allow_origin("https://other.test");
    let headers = || policy().allow_origin("https://app.test");
    for (method, policy, change) in [
        ("GET", policy(), "allow the origin https://app.test"),
        ("PUT", policy(), "allow the origin https://app.test"),
        ("PUT", headers(), "allow the method PUT"),
        ("GET", headers(), "allow the header x-a"),
    ] {
        let names = if change.contains("header") { &["x-a"][..] } else { &[] };
        let transcript = refused_by_application(method, names, &policy.build().unwrap());
        let verdict = serde_json::to_value(&transcript).unwrap();
        let expected = json!({"side": "server", "text": format!("In the server's policy, {change}.")});
        assert_eq!(verdict["fixes"][0], expected, "{verdict}");
        let fixes = verdict["fixes"].as_array().unwrap();
        assert!(fixes[1..].iter().all(|fix| fix["side"] == "page"), "{verdict}");
        assert_eq!(verdict["warnings"], Value::Null, "{verdict}");
    }
}

#[test]
fn responses_that_are_not_for_these_requests_say_so() {
    let put = || json!({"url": "https://api.test/", "method": "PUT"});
    let allowed = |to: Value| json!({"to": to, "headers": [["access-control-allow-origin", "*"], ["access-control-allow-methods", "PUT"]]});
    // The list has no response to the actual request.
    let ended = verdict(put(), json!([allowed(json!("preflight"))]));
    assert_eq!(ended["reason"], "NoScriptedResponse");
    assert_eq!(ended["requests"][1]["kind"], "actual");
    assert_eq!(verdict(put(), json!([]))["reason"], "NoScriptedResponse");
    // The network did fail.
    let failed = verdict(put(), json!([allowed(json!("preflight")), {"network_error": true}]));
    assert_eq!(failed["reason"], "Network");
    // The first response is meant for the actual request.
    let other = verdict(put(), json!([allowed(json!("actual"))]));
    assert_eq!(other["reason"], "ScriptedForOtherRequest");
    assert_eq!(
        other["message"],
        "the next response in the list is meant for an actual request, but this request is not"
    );
    let right = verdict(put(), json!([allowed(json!("preflight")), allowed(json!("actual"))]));
    assert_eq!(right["outcome"], "cors");
}

/// Firefox sends one preflight more after the redirect. The list was written for the standard, and its third response is not for
/// this preflight.
#[test]
fn in_all_profiles_a_list_is_for_the_requests_of_the_standard() {
    let star = json!(["access-control-allow-origin", "*"]);
    let responses = json!([
        {"status": 204, "headers": [["access-control-allow-origin", "https://app.test"], ["access-control-allow-headers", "authorization"]]},
        {"status": 302, "headers": [["access-control-allow-origin", "https://app.test"], ["location", "https://other.test/k"]]},
        {"headers": [star]},
    ]);
    let request = json!({"url": "https://api.test/", "headers": [["authorization", "x"]]});
    let case = json!({"id": "c", "page": "https://app.test", "profile": "all",
                      "steps": [{"request": request, "responses": responses}]});
    let verdict: Value = serde_json::from_str(&evaluate(&case.to_string()).unwrap()).unwrap();
    assert_eq!(verdict["profiles"]["standard"]["steps"][0]["outcome"], "cors");
    assert_eq!(verdict["profiles"]["firefox"]["steps"][0]["reason"], "ScriptedForOtherRequest");
}
