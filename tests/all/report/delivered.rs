//! What a script gets.

use crossorigin::{
    browser::{FetchCall, Initiator},
    http::Response,
    oracle::{Script, ServerResponse},
};

use super::{get, oracle, response, verdict};

#[test]
fn a_delivered_response_reads_so() {
    let transcript = get([
        response(302, &[("location", b"/moved"), ("access-control-allow-origin", b"*")]),
        response(
            200,
            &[
                ("access-control-allow-origin", b"https://app.example"),
                ("vary", b"Origin"),
                ("timing-allow-origin", b""),
                ("content-type", b"application/json"),
                ("etag", b"\"7\""),
                ("access-control-expose-headers", b"etag, no no"),
            ],
        ),
    ]);
    assert_eq!(
        transcript.to_string(),
        r#"A page at https://app.example makes a request: GET https://api.example/items#7 (mode "cors", credentials "same-origin").
   - This is a cross-origin request, so CORS applies; it needs no preflight. [main fetch 12]
   - The request is sent without cookies and HTTP authentication. [HTTP-network-or-cache fetch 8.3]

1. Request, without cookies
   > GET https://api.example/items
   > Origin: https://app.example

2. Response: 302 Found
   < Location: /moved
   < Access-Control-Allow-Origin: *
   - The CORS check passes: Access-Control-Allow-Origin is `*`, which is accepted unless the credentials mode is "include". [CORS check 3]
   - The response redirects to https://api.example/moved#7 with status 302. [HTTP-redirect fetch 3]
   - This is a cross-origin request, so CORS applies; it needs no preflight. [main fetch 12]
   - The request is sent without cookies and HTTP authentication. [HTTP-network-or-cache fetch 8.3]

3. Request after redirect 1, without cookies
   > GET https://api.example/moved
   > Origin: https://app.example

4. Response: 200 OK
   < Access-Control-Allow-Origin: https://app.example
   < Vary: Origin
   < Timing-Allow-Origin:
   < Content-Type: application/json
   < Access-Control-Expose-Headers: etag, no no
   < (other headers: ETag)
   - The CORS check passes: Access-Control-Allow-Origin equals the request's Origin. [CORS check 5]

DELIVERED: a response of type "cors" [main fetch 14]. Visible to scripts:
   Status:   200 OK
   URL:      https://api.example/moved (redirected)
   Headers:  Content-Type: application/json
   Body:     readable
   Timing:   details hidden [TAO check 8]
   Warning:  Access-Control-Expose-Headers cannot be parsed, so it exposes no header: `no no` is not a valid header name.
             Fix: List header names in Access-Control-Expose-Headers, separated by commas.
"#
    );
}

#[test]
fn an_opaque_response_shows_nothing() {
    let mut oracle = oracle();
    let request = oracle.page().request(Initiator::Element, "https://cdn.example/photo.jpg").build().unwrap();
    let mut server = |_: &_| Response::builder().header("X-Secret", "7").body(()).unwrap();
    let printed = oracle.fetch(request, &mut server).to_string();
    assert!(
        printed.ends_with(
            r#"
DELIVERED: a response of type "opaque" [main fetch 14]. Visible to scripts:
   Status:   0 (hidden)
   URL:      none
   Headers:  none
   Body:     not readable
   Timing:   details hidden [TAO check 8]
"#
        ),
        "{printed}"
    );
}

/// What is printed of a response that is delivered, from the page's own server.
fn own(call: impl FnOnce(FetchCall<'_>) -> FetchCall<'_>, responses: Vec<ServerResponse>) -> String {
    let mut oracle = oracle();
    let request = call(oracle.page().fetch("/here")).build().unwrap();
    let printed = oracle.fetch(request, &mut responses.into_iter().collect::<Script>()).to_string();
    printed.split_once("Visible to scripts:\n").unwrap().1.to_owned()
}

#[test]
fn what_scripts_see_is_told_line_by_line() {
    let plain = own(|call| call, vec![response(200, &[("www-authenticate", b"x"), ("x-a", b"y")])]);
    assert_eq!(
        plain,
        "   Status:   200 OK
   URL:      https://app.example/here
   Headers:  WWW-Authenticate: x
             X-A: y
   Body:     readable
   Timing:   details visible
"
    );
    let redirected = own(|call| call, vec![response(302, &[("location", b"/there")]), response(299, &[])]);
    assert_eq!(
        redirected,
        "   Status:   299
   URL:      https://app.example/there (redirected)
   Headers:  none
   Body:     readable
   Timing:   details visible
"
    );
    let no_body = own(|call| call.method("HEAD"), vec![response(204, &[])]);
    assert!(no_body.contains("\n   Body:     none\n"), "{no_body}");
}

/// The opening says what the engine's initiator makes: fonts of WebKit are not CORS requests.
#[test]
fn the_opening_has_the_mode_of_the_engines_initiator() {
    let opening = |profile: &str| {
        let case = format!(
            r#"{{"id": "c", "page": "https://app.example", "profile": "{profile}",
                "steps": [{{"request": {{"api": "font", "url": "https://cdn.example/f"}},
                            "responses": [{{"headers": [["access-control-allow-origin", "*"]]}}]}}]}}"#
        );
        verdict(&case).to_string().lines().next().unwrap().to_owned()
    };
    let request = "A page at https://app.example makes a request: GET https://cdn.example/f";
    assert_eq!(opening("chromium"), format!("{request} (mode \"cors\", credentials \"same-origin\")."));
    assert_eq!(opening("webkit"), format!("{request} (mode \"no-cors\", credentials \"include\")."));
}

/// What is printed in full and in short for a fetch of a page at `https://app.example`.
fn both(profile: &str, request: &str, responses: &str) -> [String; 2] {
    let case = format!(
        r#"{{"id":"c","page":"https://app.example","profile":"{profile}","steps":[{{"request":{request},"responses":{responses}}}]}}"#
    );
    let verdict = verdict(&case);
    [verdict.to_string(), format!("{verdict:#}")]
}

#[test]
fn a_response_that_no_script_reads_says_so() {
    let beacon =
        r#"{"api":"beacon","url":"https://api.example/log","body":"bytes","body_type":"application/json"}"#;
    let form = r#"{"api":"form","method":"POST","url":"https://api.example/f"}"#;
    let socket = r#"{"api":"web-socket","url":"wss://api.example/"}"#;
    let redirected = r#"[{"status":302,"headers":[["location","https://other.example/"]]},{"status":200}]"#;
    let shared = r#"[{"status":200,"headers":[["access-control-allow-origin","https://app.example"],
                     ["access-control-allow-credentials","true"]]}]"#
        .replace('\n', "");
    for (profile, request, responses, expected) in [
        ("standard", form, redirected, "\"basic\" [main fetch 14]. The browser makes a document of it.\n"),
        ("standard", beacon, shared.as_str(), "The server has the request, and nobody reads the response.\n"),
        ("standard", socket, r#"[{"status":101}]"#, "Scripts see only whether the connection opens.\n"),
    ] {
        for printed in both(profile, request, responses) {
            assert!(printed.contains(expected) && !printed.contains("Visible to scripts"), "{printed}");
        }
    }
    for (profile, request, responses, expected) in [
        (
            "standard",
            form,
            r#"[{"network_error":true}]"#,
            "see nothing: the browser shows an error in place of",
        ),
        (
            "standard",
            beacon,
            r#"[{"status":200}]"#,
            "see nothing; the server has the request, and nobody reads",
        ),
        ("chromium", beacon, r#"[{"status":403}]"#, "see nothing; the request was not sent."),
        ("standard", socket, r#"[{"network_error":true}]"#, "see only that the connection failed."),
    ] {
        let [printed, _] = both(profile, request, responses);
        assert!(printed.contains(&format!("   Scripts:  {expected}")), "{printed}");
    }
}

/// By the standard, a beacon needs no preflight, whatever its type. No engine follows.
#[test]
fn a_beacon_without_a_preflight_says_that_engines_send_one() {
    let note = "   - Browsers differ: all of them send a preflight for a beacon";
    let beacon = |body_type: &str| {
        format!(
            r#"{{"api":"beacon","url":"https://api.example/log","body":"bytes","body_type":"{body_type}"}}"#
        )
    };
    for (profile, body_type, is_noted) in [
        ("standard", "application/json", true),
        ("standard", "text/plain", false),
        ("chromium", "application/json", false),
        ("firefox", "application/json", false),
        ("webkit", "application/json", false),
    ] {
        for printed in both(profile, &beacon(body_type), r#"[{"status":200}]"#) {
            assert_eq!(printed.contains(note), is_noted, "{profile}, {body_type}: {printed}");
        }
    }
}
