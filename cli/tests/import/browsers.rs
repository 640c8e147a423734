//! What browsers tell: events of DevTools, and messages of consoles.

use crossorigin_cli::import::{FetchOutcome, Format, Options, read_as};
use serde_json::{Value, json};

use super::{URL, assumptions, import, json, one, options, reason};

#[test]
fn events_of_devtools_are_read() {
    let page = "https://app.example/";
    let sent = |id: &str, method: &str, kind: &str| {
        json!({"method": "Network.requestWillBeSent", "params": {
            "requestId": id, "documentURL": page, "type": kind,
            "request": {"method": method, "url": URL, "headers": {}}}})
    };
    let sent_headers = |id: &str, headers: Value| json!({"method": "Network.requestWillBeSentExtraInfo", "params": {"requestId": id, "headers": headers}});
    let received = |id: &str, status: u16, headers: Value| {
        json!({"method": "Network.responseReceivedExtraInfo",
               "params": {"requestId": id, "statusCode": status, "headers": headers}})
    };
    let origin = json!({"Origin": "https://app.example", "Sec-Fetch-Mode": "cors"});
    let mut asking = origin.clone();
    asking["Access-Control-Request-Method"] = json!("DELETE");
    let events = [
        sent("1", "DELETE", "Fetch"),
        sent("2", "OPTIONS", "Preflight"),
        sent_headers("2", asking),
        received("2", 204, json!({"Access-Control-Allow-Origin": "*\n*"})),
        json!({"method": "Network.loadingFailed", "params": {"requestId": "1", "errorText": "net::ERR_FAILED",
               "corsErrorStatus": {"corsError": "PreflightMultipleAllowOriginValues", "failedParameter": "*, *"}}}),
        sent("3", "GET", "XHR"),
        sent_headers("3", origin),
        received("3", 200, json!({"access-control-allow-origin": "*"})),
        json!({"method": "Network.loadingFinished", "params": {"requestId": "3"}}),
        json!({"method": "Network.dataReceived", "params": {"requestId": "3"}}),
    ];
    let issue = json!({"code": "CorsIssue", "details": {"corsIssueDetails": {
        "corsErrorStatus": {"corsError": "HeaderDisallowedByPreflightResponse", "failedParameter": "x-a"},
        "isWarning": false, "initiatorOrigin": "https://app.example", "request": {"url": "https://other.example/"}}}});
    let mut messages: Vec<_> = events.to_vec();
    messages.push(json!({"method": "Audits.issueAdded", "params": {"issue": issue}}));
    let as_lines: String = messages.iter().map(|it| json!({"message": it}).to_string() + "\n").collect();
    for text in [json!(messages).to_string(), as_lines] {
        let import = import(&text, &Options::default());
        let found: Vec<_> = import.findings.iter().map(reason).collect();
        assert_eq!(found, ["AllowOriginMultiple", "none", "HeaderNotAllowed"]);
        assert!(import.findings.iter().all(|it| !it.is_disagreement()), "{import:#?}");
    }
}

/// Chromium has no raw messages of a redirect that did not go over the network.
#[test]
fn raw_messages_of_devtools_belong_to_their_redirects() {
    let sent = |url: &str, redirect: Value| {
        let mut event = json!({"method": "Network.requestWillBeSent", "params": {"requestId": "1", "type": "Fetch",
            "documentURL": "https://app.example/", "request": {"method": "GET", "url": url, "headers": {
                "Origin": "https://app.example"}}}});
        if !redirect.is_null() {
            event["params"]["redirectHasExtraInfo"] = json!(false);
            event["params"]["redirectResponse"] = redirect;
        }
        event
    };
    let redirect = json!({"status": 307, "headers": {"Location": "https://api.example/b", "Access-Control-Allow-Origin": "*"}});
    let events = [
        sent("https://api.example/a", Value::Null),
        sent("https://api.example/b", redirect),
        json!({"method": "Network.responseReceivedExtraInfo", "params": {"requestId": "1", "statusCode": 200,
            "headers": {"Access-Control-Allow-Origin": "https://app.example"}}}),
    ];
    let finding = one(&json!(events).to_string(), &Options::default());
    assert_eq!(finding.outcome(), FetchOutcome::Delivered, "{finding}");
}

/// Browsers print several messages about one request.
#[test]
fn consequences_of_a_refusal_are_not_findings() {
    let chromium = "app.js:1 Access to fetch at 'https://api.example/x' from origin 'https://app.example' has been blocked by CORS \
                    policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.\n\
                    app.js:1  GET https://api.example/x net::ERR_FAILED 200 (OK)\n\
                    Uncaught (in promise) TypeError: Failed to fetch\n";
    let firefox = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at \
                   https://api.example/x. (Reason: CORS header 'Access-Control-Allow-Origin' missing). Status code: 200.\n\
                   Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at \
                   https://api.example/x. (Reason: CORS request did not succeed). Status code: (null).\n";
    let webkit = "[Error] Origin https://app.example is not allowed by Access-Control-Allow-Origin. Status code: 200\n\
                  [Error] Fetch API cannot load https://api.example/x due to access control checks.\n\
                  [Error] Failed to load resource: Origin https://app.example is not allowed by \
                  Access-Control-Allow-Origin. Status code: 200 (x, line 0)\n";
    for text in [chromium, firefox, webkit] {
        let import = read_as(Format::Console, text, &options("https://app.example")).unwrap();
        assert_eq!(reason(&import.findings[0]), "AllowOriginMissing");
        assert_eq!(json(&import.findings[0])["url"], "https://api.example/x");
        assert_eq!(import.findings.len(), 1, "{import:#?}");
    }
}

/// Every text of the page about consoles is read, and stands for its reason.
#[test]
fn messages_of_consoles_are_read() {
    // What a case cannot show: a URL that the engine does not fetch, and a stream as the body.
    let without_case = ["SchemeNotFetchable", "BodyNotReplayable"];
    // Texts that several reasons share, and stand for the first.
    let shared = ["due to access control checks", "net::ERR_FAILED", "ERR_FAILED"];
    let page = include_str!("../../../docs/console.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `"));
    // Engines differ in which of the two they name.
    let of_header = ["HeaderNotAllowed", "AuthorizationNeedsExplicitListing"];
    let mut count = 0;
    for row in rows.clone() {
        let (expected, cells) = row.split_once("`: ").unwrap();
        let cells: Vec<_> = cells.trim_end_matches(" |").split(" | ").collect();
        for (engine, cell) in ["chromium", "firefox", "webkit"].iter().zip(&cells[1..]) {
            let Some(text) = cell.rsplit('`').nth(1).filter(|_| !without_case.contains(&expected)) else {
                continue;
            };
            if shared.contains(&text) || !text.contains([' ', '.', '_']) {
                continue;
            }
            let cell_of_text = format!("`{text}`");
            let mut reasons: Vec<_> = rows.clone().filter(|row| row.contains(&cell_of_text)).collect();
            reasons.iter_mut().for_each(|row| *row = row.split_once('`').unwrap().0);
            if of_header.contains(&expected) {
                reasons.extend(of_header);
            }
            let text = text.replace('…', "‘a b’");
            let text = if text.starts_with("ERR_") { format!("net::{text}") } else { text };
            let message = match *engine {
                "chromium" if text.contains("ERR_") => format!("GET https://api.example/ {text} 200 (OK)"),
                "chromium" => format!(
                    "Access to fetch at 'https://api.example/' from origin 'https://app.example' has been blocked by CORS policy: {text}."
                ),
                "firefox" => format!(
                    "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at \
                     https://api.example/. (Reason: {text}). Status code: {}.",
                    if text.contains("did not succeed") { 403 } else { 200 }
                ),
                _ => format!(
                    "[Error] {text}\n[Error] Fetch API cannot load https://api.example/ due to access control checks."
                ),
            };
            let import = read_as(Format::Console, &message, &options("https://app.example"))
                .unwrap_or_else(|error| panic!("{expected}: {message}: {error}"));
            assert_eq!(import.findings.len(), 1, "{message}");
            let finding = &import.findings[0];
            let failures = ["Network", "PreflightNetworkError", "Canceled", "Timeout"];
            let is_refusal = !failures.contains(&expected);
            assert!(!is_refusal || finding.outcome() == FetchOutcome::Blocked, "{expected}: {finding}");
            assert!(reasons.contains(&reason(finding).as_str()), "{reasons:?}, {message}: {finding}");
            assert!(!finding.is_disagreement(), "{expected}: {finding}");
            count += 1;
        }
    }
    assert!(count > 50, "{count}");
}

#[test]
fn messages_about_credentials_name_the_value() {
    let at = "Access to fetch at 'https://api.example/b' from origin 'https://app.example' has been blocked by CORS policy: ";
    for before in ["", "Response to preflight request doesn't pass access control check: "] {
        for (value, expected) in [("", "AllowCredentialsMissing"), ("false", "AllowCredentialsNotTrue")] {
            let message = format!(
                "{at}{before}The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}' which \
                 must be 'true' when the request's credentials mode is 'include'."
            );
            let finding = one(&message, &Options::default());
            assert_eq!(reason(&finding), expected);
            let text = finding.to_string();
            assert!(text.contains("Access-Control-Allow-Credentials: true"), "{text}");
            assert!(!text.contains("does not say which rule"), "{text}");
        }
    }
}

/// What was assumed about the page and the status has no fix.
#[test]
fn preflights_of_messages_have_no_fix_for_what_is_assumed() {
    let at = "Access to fetch at 'https://api.example/b' from origin 'https://app.example' has been blocked by CORS policy: \
              Response to preflight request doesn't pass access control check: ";
    for text in [
        "It does not have HTTP ok status.",
        "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        "Redirect is not allowed for a preflight request.",
    ] {
        let finding = one(&format!("{at}{text}"), &Options::default());
        let printed = finding.to_string();
        assert!(!printed.contains("upload") && !printed.contains("in the page"), "{printed}");
        assert!(!printed.contains("no route accepts"), "{printed}");
        let causes = ["401 or 403", "404 or 405", "from 500 on", "`curl -v`"];
        assert_eq!(
            causes.iter().all(|it| assumptions(&finding).contains(it)),
            text.contains("status"),
            "{printed}"
        );
    }
}

const FONT: &str = "downloadable font: download failed (font-family: \"Inter\" style:normal weight:400 stretch:100 src index:0): bad URI \
                    or cross-site access not allowed source: https://cdn.example/inter.woff2 style.css:1:1";

/// Firefox prints it in addition to the reason, before or after it.
#[test]
fn a_font_that_firefox_did_not_load_is_a_finding() {
    let reason_of_font = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at \
                          https://cdn.example/inter.woff2. (Reason: CORS request did not succeed). Status code: (null).";
    let page = options("https://app.example");
    for (text, expected, is_assumed) in [
        (FONT.to_owned(), "AllowOriginMissing", true),
        (format!("{FONT}\n{reason_of_font}"), "Network", false),
        (format!("{reason_of_font}\n{FONT}"), "Network", false),
    ] {
        let finding = one(&text, &page);
        let case = &json(&finding)["case"];
        let request = json!({"api": "font", "url": "https://cdn.example/inter.woff2"});
        assert_eq!((&case["profile"], &case["steps"][0]["request"]), (&json!("firefox"), &request));
        assert_eq!(reason(&finding), expected);
        assert_eq!(
            assumptions(&finding).contains("if there is no font at this URL"),
            is_assumed,
            "{finding}"
        );
    }
}

/// The message lists the schemes that are supported, and not the one that is not.
#[test]
fn a_scheme_that_a_message_does_not_name_is_unknown() {
    let supported = "Cross origin requests are only supported for protocol schemes: http, data, chrome, chrome-extension, https.";
    let blocked = |url: &str, origin: &str| {
        format!(
            "Access to fetch at '{url}' from origin '{origin}' has been blocked by CORS policy: {supported}"
        )
    };
    for (message, url, fix) in [
        (supported.to_owned(), "unknown://server.example/", "Use an http or https URL"),
        (
            blocked("localhost:8080/a", "http://localhost:3000"),
            "localhost:8080/a",
            "Write `http://` or `https://` before",
        ),
        (blocked("file:///a.js", "null"), "file:///a.js", "Serve the page and its files over http"),
        (
            format!("Failed to load file:///a.mp3: {supported}"),
            "file:///a.mp3",
            "Serve the page and its files over http",
        ),
    ] {
        let finding = one(&message, &Options::default());
        assert_eq!(json(&finding)["url"], url);
        assert_eq!(reason(&finding), "SchemeNotHttp");
        let text = finding.to_string();
        assert!(text.contains(fix) && !text.contains("ftp"), "{text}");
        assert_eq!(text.contains("The scheme of the URL is unknown"), message == supported, "{text}");
    }
}

/// A made-up origin in a fix would be copied to a server.
#[test]
fn the_fix_for_an_unknown_page_names_no_origin() {
    let at = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at";
    for url in ["https://api.example/x", "http://api.example/x", "http://localhost:8080/x"] {
        let message = format!(
            "{at} {url}. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200."
        );
        let finding = one(&message, &Options::default());
        let data = json(&finding);
        assert_eq!(data["page"], "<the page's origin>");
        assert_eq!(
            data["verdict"]["steps"][0]["fixes"][0]["lines"][0],
            "Access-Control-Allow-Origin: <the page's origin>"
        );
        let (full, short, title) = (finding.to_string(), format!("{finding:#}"), finding.title());
        for text in [&full, &short] {
            assert!(
                text.contains("Respond with `Access-Control-Allow-Origin: <the page's origin>`"),
                "{text}"
            );
            assert!(!text.contains("Warning"), "{text}");
        }
        let verdict = data["verdict"].to_string();
        assert!([full, short, title, verdict].iter().all(|text| !text.contains("unknown-page")), "{data}");
    }
}
