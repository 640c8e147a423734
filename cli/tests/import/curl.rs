//! What people have in a terminal: outputs of curl, messages as text, commands and calls that were copied.

use crossorigin_cli::import::{FetchOutcome, InvalidCapture, Options, read};
use serde_json::json;

use super::{URL, assumptions, import, json, one, options, reason};

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
fn the_times_of_curl_are_skipped() {
    let timed: String = VERBOSE
        .lines()
        .map(|line| match line.starts_with(['*', '>', '<']) {
            true => format!("12:34:56.123456 {line}\r\n"),
            false => format!("{line}\r\n"),
        })
        .collect();
    let finding = one(&timed, &Options::default());
    assert_eq!(json(&finding), json(&one(VERBOSE, &Options::default())));
    assert_eq!(json(&finding)["url"], URL);
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
    assert!(assumptions(&finding).contains("http or https: https is taken."), "{finding}");
    let local = both.replace("Host: api.example", "Host: localhost:8080");
    assert!(assumptions(&one(&local, &Options::default())).contains("http or https: http is taken, because"));
    let local_preflight = both.replacen("Host: api.example", "Host: localhost:8080", 1);
    let mixed = read(&local_preflight, &Options::default()).unwrap().unwrap();
    assert!(
        assumptions(&mixed.findings[0]).contains("https is taken, and http for this machine."),
        "{mixed:?}"
    );
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
        // What the server must allow is known before it has responded.
        let needed = "Respond to the preflight with `Access-Control-Allow-Origin: https://app.example`";
        let data = json(&finding);
        assert!(data["needed"].as_str().unwrap().starts_with(needed), "{data}");
        assert!(finding.to_string().contains(&format!("   Needed:   {needed}")), "{finding}");
        let mut request = json(&finding)["case"]["steps"][0]["request"].clone();
        for header in request["headers"].as_array_mut().unwrap() {
            header[0] = json!(header[0].as_str().unwrap().to_ascii_lowercase());
        }
        assert_eq!(request, wanted, "{text}");
    }
}

#[test]
fn user_information_of_commands_is_not_printed() {
    for slashes in ["", "/", "//", "///", "\\\\"] {
        let command = format!("curl 'https:{slashes}u:SEKRIT@a.test/' -H 'Origin: https://app.example'");
        let import = read(&command, &Options::default()).unwrap().unwrap();
        for finding in &import.findings {
            assert!(
                !format!("{} {finding} {}", finding.title(), json(finding)).contains("SEKRIT"),
                "{finding}"
            );
        }
    }
}

/// Engines send a preflight for a beacon whose type needs one. Without such a type, no rule refuses.
#[test]
fn calls_of_send_beacon_are_read_beside_those_of_fetch() {
    let page = options("https://app.example");
    let typed = "navigator.sendBeacon('https://api.example/log', new Blob([JSON.stringify({a: ','})], {type: 'application/json'}));";
    let finding = one(typed, &page);
    assert_eq!(finding.outcome(), FetchOutcome::Undecided);
    let case = &json(&finding)["case"];
    assert_eq!(case["profile"], "chromium");
    let request = json!({
        "api": "beacon", "url": "https://api.example/log", "body": "bytes", "body_type": "application/json",
    });
    assert_eq!(case["steps"][0]["request"], request);
    assert!(finding.to_string().contains("the preflight, OPTIONS https://api.example/log"), "{finding}");
    for body in [
        "",
        ", 'text'",
        ", JSON.stringify({a: 1})",
        ", new URLSearchParams({a: 1})",
        ", new FormData(form)",
        ", data",
    ] {
        let both = format!(
            "fetch('https://api.example/a'); window.navigator.sendBeacon(`https://api.example/log`{body})"
        );
        let import = import(&both, &page);
        assert_eq!((import.findings.len(), import.others), (1, 1), "{body}");
        assert_eq!(json(&import.findings[0])["url"], "https://api.example/a");
    }
}

/// The errors of curl without a connection, and the reason of the finding.
const NO_CONNECTION: [(&str, &str); 4] = [
    (
        "  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0*   Trying 127.0.0.1:1...\n\
         * connect to 127.0.0.1 port 1 failed: Connection refused\n\
         * Failed to connect to localhost port 1 after 0 ms: Couldn't connect to server\n* Closing connection 0\n\
         curl: (7) Failed to connect to localhost port 1 after 0 ms: Couldn't connect to server\n",
        "Network",
    ),
    ("* Could not resolve host: api.invalid\ncurl: (6) Could not resolve host: api.invalid\n", "Network"),
    ("curl: (28) Failed to connect to api.example port 80 after 1000 ms: Timeout was reached\r\n", "Timeout"),
    (
        "*   Trying 192.0.2.1:443...\n* SSL certificate problem: self-signed certificate\n\
         curl: (60) SSL certificate problem: self-signed certificate\nMore details here: https://curl.se/docs/sslcerts.html\n",
        "Network",
    ),
];

#[test]
fn without_a_connection_the_cause_is_not_cors() {
    for (output, expected) in NO_CONNECTION {
        let last = output.lines().find(|line| line.starts_with("curl: (")).unwrap();
        let error = read(output, &Options::default()).unwrap_err();
        let text = error.to_string();
        assert!(matches!(error, InvalidCapture::NoConnection { .. }), "{error:?}");
        assert!(text.contains(last) && text.contains("CORS is not the cause"), "{text}");

        let known = Options { url: Some(URL.to_owned()), ..options("https://app.example") };
        let command = format!("$ curl -v {URL} \\\n  -H 'Origin: https://app.example'\n{output}");
        for finding in [one(output, &known), one(&command, &Options::default())] {
            assert_eq!((reason(&finding).as_str(), finding.outcome()), (expected, FetchOutcome::Failed));
            assert_eq!(json(&finding)["url"], URL);
            assert!(finding.to_string().contains(&format!("Reported: {last}\n")), "{finding}");
            assert!(!finding.to_string().contains("has no Origin header"), "{finding}");
        }
        // The preflight would not reach the server either.
        let put = one(&command.replace("-v", "-v -X PUT"), &Options::default());
        assert_eq!(put.outcome(), FetchOutcome::Failed, "{put}");
    }
    let case = r#"{"id": "* Failed to connect to", "page": "https://app.example"}"#;
    assert!(read(case, &Options::default()).unwrap().is_none());
    // `-s` prints no error after the events.
    let silent = "* Failed to connect to localhost port 1 after 0 ms: Couldn't connect to server\n* Closing connection 0\n";
    assert!(matches!(read(silent, &Options::default()), Err(InvalidCapture::NoConnection { .. })));
}
