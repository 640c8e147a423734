//! HAR files.

use crossorigin_cli::import::{FetchOutcome, Options, read};
use serde_json::{Value, json};

use super::{URL, assumptions, import, json, one, reason};

/// A HAR file of that tool.
fn har(creator: &str, entries: &[Value]) -> String {
    json!({"log": {"version": "1.2", "creator": {"name": creator, "version": "1"}, "pages": [], "entries": entries}})
        .to_string()
}

fn lines(lines: &[(&str, &str)]) -> Value {
    lines.iter().map(|(name, value)| json!({"name": name, "value": value})).collect()
}

/// A request of a page at `https://app.example`, as Chromium writes it.
fn entry(method: &str, url: &str, request: &[(&str, &str)], status: i64, response: &[(&str, &str)]) -> Value {
    let mut headers =
        vec![("origin", "https://app.example"), ("sec-fetch-mode", "cors"), ("sec-fetch-dest", "empty")];
    headers.extend(request);
    json!({
        "_resourceType": if method == "OPTIONS" { "preflight" } else { "fetch" },
        "request": {"method": method, "url": url, "httpVersion": "h3", "headers": lines(&headers), "bodySize": 0},
        "response": {"status": status, "headers": lines(response), "_error": null, "content": {"text": "x"}},
    })
}

fn failed(mut entry: Value) -> Value {
    entry["response"]["_error"] = json!("net::ERR_FAILED");
    entry
}

const PREFLIGHT: [(&str, &str); 2] =
    [("access-control-request-method", "PUT"), ("access-control-request-headers", "x-a")];
const ALLOWED: [(&str, &str); 3] = [
    ("access-control-allow-origin", "*"),
    ("access-control-allow-methods", "PUT"),
    ("access-control-allow-headers", "x-a"),
];

#[test]
fn a_preflight_belongs_to_the_request_after_it_or_before_it() {
    let preflight = entry("OPTIONS", URL, &PREFLIGHT, 204, &ALLOWED);
    let refused = entry("OPTIONS", URL, &PREFLIGHT, 204, &ALLOWED[..2]);
    let put = entry("PUT", URL, &[("x-a", "1"), ("user-agent", "x")], 200, &ALLOWED[..1]);
    let unsent = failed(entry("PUT", URL, &[("x-a", "1")], 0, &[]));
    let capture =
        har("WebInspector", &[preflight.clone(), put.clone(), put.clone(), preflight, unsent, refused]);
    let import = import(&capture, &Options::default());
    let outcomes: Vec<_> = import.findings.iter().map(|it| (it.id(), it.outcome(), reason(it))).collect();
    let none = || "none".to_owned();
    assert_eq!(
        outcomes,
        [
            ("2", FetchOutcome::Delivered, none()),
            ("3", FetchOutcome::Delivered, none()),
            ("5", FetchOutcome::Blocked, "HeaderNotAllowed".to_owned()),
        ]
    );
    assert!(import.findings.iter().all(|it| !it.is_disagreement()), "{import:#?}");
    assert_eq!(import.others, 0);
}

#[test]
fn a_preflight_that_was_not_captured_had_allowed_the_request_that_was_sent() {
    let put = entry("PUT", URL, &[("x-a", "1")], 200, &ALLOWED[..1]);
    let finding = one(&har("WebInspector", &[put]), &Options::default());
    assert_eq!(finding.outcome(), FetchOutcome::Delivered);
    assert!(assumptions(&finding).contains("an earlier preflight allowed it"), "{finding}");
}

#[test]
fn redirects_are_followed_to_the_requests_that_were_captured() {
    let first =
        entry("GET", URL, &[], 302, &[("access-control-allow-origin", "*"), ("location", "//b.example/x")]);
    let other = entry("GET", "https://b.example/y", &[], 200, &ALLOWED);
    let second = failed(entry("GET", "https://b.example/x", &[], 200, &[]));
    let import = import(&har("WebInspector", &[first, other, second]), &Options::default());
    let [chain, other] = import.findings.as_slice() else { panic!("{import:#?}") };
    assert_eq!(
        (chain.id(), chain.outcome(), reason(chain).as_str()),
        ("1", FetchOutcome::Blocked, "AllowOriginMissing")
    );
    assert_eq!(json(chain)["verdict"]["steps"][0]["requests"][1]["url"], "https://b.example/x");
    assert_eq!((other.id(), other.outcome()), ("2", FetchOutcome::Delivered));
}

#[test]
fn credentials_are_known_assumed_or_follow_from_the_end() {
    let shared = &ALLOWED[..1];
    let with_cookie = failed(entry("GET", URL, &[("Cookie", "a=1")], 200, shared));
    let failed_without = failed(entry("GET", URL, &[], 200, shared));
    let unknown = entry("GET", URL, &[], 200, shared);
    for (creator, entry, outcome, assumption) in [
        ("WebInspector", with_cookie, FetchOutcome::Blocked, "null"),
        ("WebInspector", failed_without, FetchOutcome::Blocked, "Only with credentials the request ends as"),
        (
            "WebInspector",
            unknown.clone(),
            FetchOutcome::Delivered,
            "Blocked if credentials are included: Access-",
        ),
        ("some proxy", unknown, FetchOutcome::Delivered, "Blocked if credentials are included: Access-"),
    ] {
        let finding = one(&har(creator, &[entry]), &Options::default());
        assert_eq!(finding.outcome(), outcome);
        assert!(assumptions(&finding).contains(assumption), "{finding}");
        assert!(!finding.is_disagreement(), "{finding}");
    }
}

#[test]
fn a_browser_and_the_engine_can_disagree() {
    let readable = failed(entry(
        "GET",
        URL,
        &[],
        200,
        &[
            ("access-control-allow-origin", "https://app.example"),
            ("access-control-allow-credentials", "true"),
        ],
    ));
    let finding = one(&har("WebInspector", &[readable]), &Options::default());
    assert!(
        finding
            .to_string()
            .contains("Differs:  The browser reports that the request failed (net::ERR_FAILED)")
    );
    let unreadable = entry("GET", URL, &[], 200, &[]);
    assert!(
        one(&har("WebInspector", std::slice::from_ref(&unreadable)), &Options::default()).is_disagreement()
    );
    // These tools do not write which requests failed.
    assert!(
        !one(&har("some proxy", std::slice::from_ref(&unreadable)), &Options::default()).is_disagreement()
    );
    assert!(!one(&har("Firefox", &[unreadable]), &Options::default()).is_disagreement());
}

#[test]
fn what_is_not_about_cors_is_counted() {
    let mut image = entry("GET", URL, &[], 200, &[]);
    image["request"]["headers"] =
        lines(&[("referer", "https://app.example/"), ("sec-fetch-mode", "no-cors")]);
    let mut refused = image.clone();
    refused["response"]["headers"] = lines(&[("cross-origin-resource-policy", "same-origin")]);
    let own = entry("GET", "https://app.example/data", &[], 200, &[]);
    let socket = entry("GET", "wss://api.example/", &[], 101, &[]);
    let mut worker = entry("GET", URL, &[], 200, &[]);
    worker["response"]["_fetchedViaServiceWorker"] = json!(true);
    let odd = json!({"request": {"method": 5, "url": null}, "response": null});
    let import =
        import(&har("WebInspector", &[image, own, socket, worker, odd, refused]), &Options::default());
    assert_eq!((import.findings.len(), import.others), (1, 5));
    assert_eq!(reason(&import.findings[0]), "CorpSameOrigin");
}

#[test]
fn secrets_do_not_come_out_unless_asked_for() {
    let mut entry = entry(
        "GET",
        "https://me:pass1word@api.example/token/s3cret/items?api_key=s3cret&page=2",
        &[
            ("cookie", "id=s3cret"),
            ("authorization", "Bearer s3cret"),
            ("x-csrf-token", "s3cret"),
            ("x-forwarded-access", "Bearer s3cret"),
            ("x-info", "user=1; session=s3cret"),
        ],
        200,
        &[("set-cookie", "id=s3cret"), ("access-control-allow-origin", "*")],
    );
    entry["response"]["_error"] = json!("failed at https://api.example/?token=s3cret");
    let capture = har("WebInspector", &[entry]);
    let hidden = one(&capture, &Options::default());
    for output in [format!("{hidden}{hidden:#}{}", hidden.title()), json(&hidden).to_string()] {
        assert!(!output.contains("s3cret") && !output.contains("pass1word"), "{output}");
        assert!(output.contains("page=2"), "{output}");
    }
    let shown = one(&capture, &Options { show_secrets: true, ..Options::default() });
    assert!(json(&shown).to_string().contains("s3cret"));
}

/// Tools write the member `log` where they like.
#[test]
fn a_har_file_is_recognized_by_its_member() {
    let log = json!({"creator": {"name": "WebInspector"}, "entries": [entry("GET", URL, &[], 200, &[])]});
    for before in ["", r#""comment":"x","#, r#" "_a" : {"log":[1]} , "#, r#""l\u006f":1,"#] {
        assert_eq!(
            reason(&one(&format!("{{{before}\"log\":{log}}}"), &Options::default())),
            "AllowOriginMissing"
        );
    }
    for other in [r#"{"a":{"log":{}}}"#, r#"["log"]"#, r#"{"a":"log"}"#, r#"{"a"#] {
        assert!(read(other, &Options::default()).unwrap().is_none(), "{other}");
    }
}

#[test]
fn errors_in_a_har_file_do_not_quote_it() {
    for (text, expected) in [
        (r#"{"log": {"entries": "s3cret"}}"#, "this is not a HAR file: see log.entries, line 1, column "),
        (
            r#"{"log": {"entries": [{"request": {"headers": ["s3cret"]}}]}}"#,
            "see log.entries[0].request.headers[0], ",
        ),
        (r#"{"log": {"entries": ["#, "line 1, column 21"),
        (r#"{"log": {}}"#, "line 1, column 10"),
        (r#"{"log": {"entries": []}}"#, "the HAR file has no entries"),
    ] {
        let error = read(text, &Options::default()).unwrap_err().to_string();
        assert!(error.contains(expected) && !error.contains("s3cret"), "{error}");
    }
}

/// An entry without a response has the browser's error.
#[test]
fn errors_without_a_response_are_told_apart() {
    let with_error = |error: &str, mut entry: Value| {
        entry["response"]["_error"] = json!(error);
        har("WebInspector", &[entry])
    };
    for (error, expected, outcome) in [
        ("net::ERR_BLOCKED_BY_CSP", "ContentSecurityPolicy", FetchOutcome::Blocked),
        ("net::ERR_BLOCKED_BY_ORB", "OpaqueResponseBlocking", FetchOutcome::Blocked),
        ("net::ERR_UNSAFE_PORT", "BadPort", FetchOutcome::Blocked),
        ("mixed-content", "MixedContent", FetchOutcome::Blocked),
        ("net::ERR_TIMED_OUT", "Timeout", FetchOutcome::Failed),
        ("net::ERR_ABORTED", "Canceled", FetchOutcome::Failed),
        ("net::ERR_BLOCKED_BY_CLIENT", "Network", FetchOutcome::Failed),
        ("net::ERR_CERT_AUTHORITY_INVALID", "Network", FetchOutcome::Failed),
        ("net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS", "Network", FetchOutcome::Failed),
        ("net::ERR_FAILED", "Network", FetchOutcome::Failed),
    ] {
        let finding = one(&with_error(error, entry("GET", URL, &[], 0, &[])), &Options::default());
        assert_eq!((reason(&finding).as_str(), finding.outcome()), (expected, outcome), "{error}: {finding}");
        assert!(!finding.is_disagreement(), "{error}: {finding}");
        let reported = format!("Reported: {error}\n");
        for text in [finding.to_string(), format!("{finding:#}")] {
            assert_eq!(text.contains(&reported), outcome == FetchOutcome::Failed, "{text}");
        }
        assert_eq!(json(&finding)["browser"]["text"], error);
    }
    // No preflight was sent.
    let blocked = with_error("net::ERR_BLOCKED_BY_CSP", entry("PUT", URL, &[("x-a", "1")], 0, &[]));
    assert_eq!(reason(&one(&blocked, &Options::default())), "ContentSecurityPolicy");
    let unknown = with_error("net::ERR_FAILED", entry("PUT", URL, &[("x-a", "1")], 0, &[]));
    let finding = one(&unknown, &Options::default());
    assert_eq!(finding.outcome(), FetchOutcome::Undecided);
    assert!(finding.to_string().contains("Reported: net::ERR_FAILED\n"), "{finding}");
}
