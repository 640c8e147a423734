//! One fetch in all profiles, and how it is told.

use crossorigin::{
    browser::Page,
    http::Response,
    oracle::{Comparison, FirstDifference, Oracle},
};
use serde_json::Value;

use crate::case_format::evaluate;

fn star(_: &crossorigin::browser::OutgoingRequest) -> Response<()> {
    let response = Response::builder().header("Access-Control-Allow-Origin", "*");
    response.header("Access-Control-Allow-Headers", "*").body(()).unwrap()
}

fn fetched_with(header: &str) -> Comparison {
    let page = Page::new("https://app.test/").unwrap();
    let request = page.fetch("https://api.test/").header(header, "x").build().unwrap();
    Comparison::new(&page, &request, || star)
}

#[test]
fn where_all_agree_nothing_differs() {
    let comparison = fetched_with("X-A");
    assert!(comparison.same_outcome());
    for name in ["standard", "chromium", "firefox", "webkit"] {
        assert_eq!(comparison.first_difference(name), None);
    }
    assert_eq!(comparison.first_difference("netscape"), None);
    assert_eq!(
        comparison.to_string(),
        "standard, chromium, firefox, webkit\n   DELIVERED: a response of type \"cors\", status 200.\n"
    );
}

#[test]
fn where_browsers_differ_it_says_so() {
    let comparison = fetched_with("Authorization");
    assert!(!comparison.same_outcome());
    assert_eq!(comparison.first_difference("standard"), None);
    assert_eq!(comparison.first_difference("firefox"), Some(FirstDifference::Request(1)));
    let report = comparison.to_string();
    let lines: Vec<_> = report.lines().collect();
    assert_eq!(lines.len(), 5, "{report}");
    assert_eq!(lines[0], "standard");
    assert!(lines[1].starts_with("   BLOCKED: "), "{report}");
    assert!(lines[1].ends_with("[CORS-preflight fetch 7.6]"), "{report}");
    assert_eq!(lines[2], "chromium, firefox, webkit");
    assert_eq!(lines[3], "   DELIVERED: a response of type \"cors\", status 200.");
    assert_eq!(
        lines[4],
        "   Differs from the standard at request 2: sends GET https://api.test/ with authorization: x, origin: \
         https://app.test; the standard sends no such request."
    );
}

/// Cookies make a difference, and an opaque response has no status.
#[test]
fn cookies_and_opaque_responses_are_told() {
    use crossorigin::browser::Mode;
    let page = Page::new("https://app.test/").unwrap();
    let request = page.fetch("/").mode(Mode::NoCors).build().unwrap();
    let comparison = Comparison::new(&page, &request, || {
        |request: &crossorigin::browser::OutgoingRequest| {
            let response = Response::builder();
            match request.url.host_str() {
                Some("app.test") => {
                    response.status(302).header("Location", "https://api.test/").body(()).unwrap()
                }
                _ => response.body(()).unwrap(),
            }
        }
    });
    let told = comparison.to_string();
    assert!(told.contains("webkit\n   DELIVERED: a response of type \"opaque\", status hidden.\n"), "{told}");
    assert!(
        told.contains(
            ": sends GET https://api.test/, with cookies (if any); the standard sends GET https://api.test/.\n"
        ),
        "{told}"
    );
}

/// A difference at the end only: the requests are the same, one browser lets the script read.
#[test]
fn the_end_can_differ_alone() {
    let page = Page::new("https://app.test/").unwrap();
    let request = page.fetch("https://api.test/");
    let request = request.credentials(crossorigin::browser::CredentialsMode::Include).build().unwrap();
    let comparison = Comparison::new(&page, &request, || {
        |_: &_| {
            let response = Response::builder().header("Access-Control-Allow-Origin", "https://app.test");
            let response = response.header("Access-Control-Allow-Credentials", "true");
            response.header("Access-Control-Allow-Credentials", "").body(()).unwrap()
        }
    });
    assert_eq!(comparison.first_difference("firefox"), Some(FirstDifference::Outcome));
    assert_eq!(comparison.first_difference("chromium"), None);
    let told = comparison.to_string();
    assert!(told.contains(
            "firefox\n   DELIVERED: a response of type \"cors\", status 200.\n   Differs from the standard at the outcome: sends the same requests, but scripts see something else.\n"
        ), "{told}");
}

/// One thing that a script sees of a response is enough.
#[test]
fn all_that_a_script_sees_is_compared() {
    let told = |line: Option<(&str, &str)>| {
        let mut oracle = Oracle::new(Page::new("https://app.test/").unwrap());
        let request = oracle.page().fetch("https://api.test/").build().unwrap();
        oracle.fetch(request, &mut |_: &_| {
            let response = Response::builder().header("Access-Control-Allow-Origin", "*");
            line.into_iter()
                .fold(response, |response, (name, value)| response.header(name, value))
                .body(())
                .unwrap()
        })
    };
    assert_eq!(told(None).first_difference(&told(None)), None);
    for line in [("Content-Language", "en"), ("Timing-Allow-Origin", "*")] {
        assert_eq!(
            told(Some(line)).first_difference(&told(None)),
            Some(FirstDifference::Outcome),
            "{line:?}"
        );
    }
    // What is hidden from scripts is not.
    assert_eq!(told(Some(("X-A", "1"))).first_difference(&told(None)), None);
}

#[test]
fn a_case_is_played_in_all_profiles() {
    let case = r#"{"id": "c", "page": "https://app.test", "profile": "all", "steps": [
        {"request": {"url": "https://api.test/"}, "responses": [{"headers": [["access-control-allow-origin", "*"]]}]},
        {"request": {"url": "https://api.test/", "headers": [["user-agent", "x"]]},
         "responses": [{"headers": [["access-control-allow-origin", "*"]]}]}]}"#;
    let verdicts: Value = serde_json::from_str(&evaluate(case).unwrap()).unwrap();
    assert_eq!(verdicts["id"], "c");
    for name in ["standard", "chromium", "firefox", "webkit"] {
        assert_eq!(verdicts["profiles"][name]["steps"][0]["outcome"], "cors");
        assert_eq!(verdicts["profiles"][name]["id"], "c");
    }
    // The list is written for the requests of the standard, which has a preflight here. Chromium has none.
    let chromium = &verdicts["profiles"]["chromium"]["steps"][1];
    assert_eq!(chromium["reason"], "ScriptedForOtherRequest");
    assert_eq!(
        chromium["message"],
        "the next response in the list is meant for a preflight, but this request is not"
    );
    assert_eq!(verdicts["profiles"]["firefox"]["steps"][1]["reason"], "HeaderNotAllowed");
    // WebKit is refused as well, and yet differs from the standard: its preflight names the header.
    let parts = verdicts["differences"].as_array().unwrap();
    let parts: Vec<_> =
        parts.iter().map(|part| (part["profile"].as_str().unwrap(), part["at"].as_str().unwrap())).collect();
    assert_eq!(parts, [("chromium", "steps[1].requests[0]"), ("webkit", "steps[1].requests[0]")]);

    assert!(evaluate(&case.replace("all", "every")).is_err());

    // With responses for each URL, all browsers get the responses that they would get.
    let response = r#"[{"headers": [["access-control-allow-origin", "*"]]}]"#;
    let routes = format!(r#"{{"https://api.test/": {{"preflight": {response}, "actual": {response}}}}}"#);
    let case = format!(
        r#"{{"id": "c", "page": "https://app.test", "profile": "all", "routes": {routes}, "steps":
            [{{"request": {{"url": "https://api.test/", "headers": [["user-agent", "x"]]}}}}]}}"#
    );
    let verdicts: Value = serde_json::from_str(&evaluate(&case).unwrap()).unwrap();
    assert_eq!(verdicts["profiles"]["chromium"]["steps"][0]["outcome"], "cors");
}
