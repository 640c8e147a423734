//! Captures: every format, from the text to the finding.
#![cfg(feature = "import")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that panics has failed, which is what it is for"
)]

use crossorigin_cli::import::{
    FetchOutcome, Finding, Format, Import, InvalidCapture, Options, read, read_as,
};
use serde_json::{Value, json};

fn options(page: &str) -> Options {
    Options { page: Some(page.to_owned()), ..Options::default() }
}

#[track_caller]
fn import(text: &str, options: &Options) -> Import {
    read(text, options).unwrap().expect("a known format")
}

/// The only finding.
#[track_caller]
fn one(text: &str, options: &Options) -> Finding {
    let mut import = import(text, options);
    assert_eq!(import.findings.len(), 1, "{import:#?}");
    import.findings.remove(0)
}

#[track_caller]
fn json(finding: &Finding) -> Value {
    serde_json::to_value(finding).unwrap()
}

fn reason(finding: &Finding) -> String {
    json(finding)["verdict"]["steps"][0]["reason"].as_str().unwrap_or("none").to_owned()
}

fn assumptions(finding: &Finding) -> String {
    json(finding)["assumptions"].to_string()
}

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
const URL: &str = "https://api.example/items";

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
        "https://me:pass1word@api.example/items?api_key=s3cret&page=2",
        &[("cookie", "id=s3cret"), ("authorization", "Bearer s3cret"), ("x-csrf-token", "s3cret")],
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
    ] {
        let error = read(text, &Options::default()).unwrap_err().to_string();
        assert!(error.contains(expected) && !error.contains("s3cret"), "{error}");
    }
}

const VERBOSE: &str = "\
  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\r
                                 Dload  Upload   Total   Spent    Left  Speed\r
  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0* Host api.example:443 was resolved.
*   Trying 192.0.2.1:443...
* ALPN: curl offers h2,http/1.1
* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384
* [HTTP/2] [1] OPENED stream for https://api.example/items
> GET /items HTTP/2\r
> Host: api.example\r
> User-Agent: curl/8.5.0\r
> Accept: */*\r
> Origin: https://app.example\r
> \r
* Request completely sent off
< HTTP/2 200 \r
< content-type: text/html\r
< access-control-allow-origin: https://other.example\r
< \r
{ [5 bytes data]
> this is the body HTTP/1.1
* Connection #0 to host api.example left intact
";

#[test]
fn the_output_of_curl_is_read() {
    let finding = one(VERBOSE, &Options::default());
    assert_eq!(
        (reason(&finding), json(&finding)["url"].clone()),
        ("AllowOriginMismatch".to_owned(), json!(URL))
    );
    // Without what the page would not send.
    assert_eq!(json(&finding)["case"]["steps"][0]["request"]["headers"], json!([]));
    let other = one(VERBOSE, &options("https://b.example"));
    assert!(assumptions(&other).contains("The request has the Origin https://app.example."), "{other}");

    let by_proxy = VERBOSE.replace(
        "> GET /items",
        "> CONNECT api.example:443 HTTP/1.1\r\n> Host: api.example:443\r\n>\r\n\
         < HTTP/1.1 200 Connection established\r\n<\r\n> GET /items",
    );
    assert_eq!(reason(&one(&by_proxy, &Options::default())), "AllowOriginMismatch");
    let without_ends = VERBOSE.replace("> \r\n", "").replace("< \r\n", "");
    assert_eq!(reason(&one(&without_ends, &Options::default())), "AllowOriginMismatch");

    let redirected = "> GET /a HTTP/1.1\n> Host: localhost:1\n> Origin: null\n>\n< HTTP/1.1 301 Moved\n< Location: /b\n\
                      < access-control-allow-origin: *\n<\n* Issue another request to this URL: 'http://localhost:1/b'\n\
                      > GET /b HTTP/1.1\n> Host: localhost:1\n> Origin: null\n>\n< HTTP/1.1 200 OK\n<\n";
    let finding = one(redirected, &options("http://localhost"));
    assert_eq!(json(&finding)["verdict"]["steps"][0]["requests"][1]["url"], "http://localhost:1/b");
    assert_eq!(reason(&finding), "AllowOriginMissing");

    let refused = "*   Trying 127.0.0.1:9...\n> GET / HTTP/1.1\n> Host: 127.0.0.1:9\n> Origin: http://a.test\n>\n\
                   curl: (52) Empty reply from server\n";
    assert_eq!(one(refused, &Options::default()).outcome(), FetchOutcome::Failed);
    assert!(matches!(
        read("> GET / HTTP/1.1\n> Host: a.test\n\n", &Options::default()),
        Err(InvalidCapture::NoPage)
    ));
}

#[test]
fn a_preflight_made_with_curl_is_one() {
    let preflight = VERBOSE.replace("GET /items", "OPTIONS /items").replace(
        "> Accept: */*",
        "> Access-Control-Request-Method: DELETE\r\n> Access-Control-Request-Headers: X-A",
    );
    let finding = one(&preflight, &Options::default());
    assert_eq!(reason(&finding), "AllowOriginMismatch");
    assert_eq!(json(&finding)["method"], "DELETE");
    let allowed = preflight.replace(
        "other.example",
        "app.example\r\n< access-control-allow-methods: DELETE\r\n< access-control-allow-headers: x-a",
    );
    let finding = one(&allowed, &Options::default());
    assert_eq!(finding.outcome(), FetchOutcome::Undecided);
    assert!(
        finding
            .to_string()
            .starts_with("UNDECIDED: the capture has no response to the actual request, DELETE "),
        "{finding}"
    );
}

#[test]
fn a_missing_preflight_is_asked_for() {
    let put = VERBOSE.replace("GET /items", "PUT /items");
    let finding = one(&put, &Options::default());
    assert_eq!(finding.outcome(), FetchOutcome::Undecided);
    assert_eq!(
        json(&finding)["next"],
        "curl -v -X OPTIONS https://api.example/items -H 'access-control-request-method: PUT' \
         -H 'origin: https://app.example' 2>&1 | crossorigin explain --page https://app.example -"
    );
}

#[test]
fn messages_as_text_are_read() {
    let response =
        "HTTP/1.1 100 Continue\n\nHTTP/2 200\nAccess-Control-Allow-Origin: https://a.test\n\nthe body\n";
    let known = Options { url: Some(URL.to_owned()), ..options("https://a.test") };
    assert_eq!(one(response, &known).outcome(), FetchOutcome::Delivered);
    assert!(matches!(read(response, &options("https://a.test")), Err(InvalidCapture::NoUrl)));
    assert!(matches!(read(response, &Options { page: None, ..known.clone() }), Err(InvalidCapture::NoPage)));
    // The response to a challenge is not the last one.
    let twice = format!("HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Digest\n\n{response}");
    assert_eq!(one(&twice, &known).outcome(), FetchOutcome::Delivered);
    let redirected =
        "HTTP/1.1 302 Found\nLocation: /b\nAccess-Control-Allow-Origin: *\n\nHTTP/1.1 200 OK\n\n";
    assert_eq!(
        json(&one(redirected, &known))["verdict"]["steps"][0]["requests"][1]["url"],
        "https://api.example/b"
    );

    let both = "OPTIONS /items HTTP/1.1\nHost: api.example\nOrigin: https://a.test\nAccess-Control-Request-Method: PUT\n\n\
                HTTP/1.1 405 Method Not Allowed\nAccess-Control-Allow-Origin: *\n\n\
                PUT /items HTTP/1.1\nHost: api.example\nOrigin: https://a.test\nContent-Length: 2\n\nhi\n";
    let finding = one(both, &Options::default());
    assert_eq!((reason(&finding), json(&finding)["url"].clone()), ("PreflightStatus".to_owned(), json!(URL)));
    assert!(assumptions(&finding).contains("https, except for this machine"), "{finding}");
}

#[test]
fn requests_that_were_copied_are_read() {
    let page = options("https://app.example");
    let wanted = json!({
        "api": "fetch", "method": "PUT", "url": URL, "mode": "cors", "credentials": "include", "body": "bytes",
        "headers": [["content-type", "application/json"], ["x-a", "1"]],
    });
    for text in [
        r#"fetch("https://api.example/items", {
  "headers": {"accept": "*/*", "content-type": "application/json", "x-a": "1", "sec-fetch-mode": "cors"},
  "referrer": "https://app.example/", "body": "{\"a\": \")\"}", "method": "PUT", "mode": "cors", "credentials": "include"
});"#,
        "await fetch('https://api.example/items', {method: `PUT`, body: JSON.stringify({a: [1, ')']}),\n credentials: 'include', \
         headers: [['content-type', 'application/json'], ['x-a', '1'],]}).then((it) => it.json())",
        "curl 'https://api.example/items' \\\n  -X 'PUT' \\\n  -H 'content-type: application/json' \\\n  -H 'x-a: 1' \\\n  \
         -b 'id=1' \\\n  --data-raw $'it\\'s'",
        "curl ^\"https://api.example/items^\" ^\n -X PUT -H ^\"content-type: application/json^\" ^\n -H ^\"x-a: 1^\" -b ^\"id=1^\" --data-raw ^\"^{^}^\"",
        "$ curl -XPUT --json '{}' -H x-a:1 --cookie id=1 -o out -s https://api.example/items",
    ] {
        let finding = one(text, &page);
        assert_eq!(finding.outcome(), FetchOutcome::Undecided);
        let mut request = json(&finding)["case"]["steps"][0]["request"].clone();
        for header in request["headers"].as_array_mut().unwrap() {
            header[0] = json!(header[0].as_str().unwrap().to_ascii_lowercase());
        }
        assert_eq!(request, wanted, "{text}");
    }
}

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
    let page = include_str!("../../docs/console.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `"));
    let mut count = 0;
    for row in rows {
        let (expected, cells) = row.split_once("`: ").unwrap();
        let cells: Vec<_> = cells.trim_end_matches(" |").split(" | ").collect();
        for (engine, cell) in ["chromium", "firefox", "webkit"].iter().zip(&cells[1..]) {
            let Some(text) = cell.rsplit('`').nth(1).filter(|_| !without_case.contains(&expected)) else {
                continue;
            };
            if shared.contains(&text) || !text.contains([' ', '.', '_']) {
                continue;
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
            let has_response = !["Network", "PreflightNetworkError"].contains(&expected);
            assert!(!has_response || finding.outcome() == FetchOutcome::Blocked, "{expected}: {finding}");
            assert!(!finding.is_disagreement(), "{expected}: {finding}");
            count += 1;
        }
    }
    assert!(count > 50, "{count}");
}
