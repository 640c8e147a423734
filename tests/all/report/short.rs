//! The short form, `{:#}`: it leaves out what repeats, and no message and no decision.

use super::{get, put, response, verdict};

#[test]
fn a_delivered_response_reads_so_in_short() {
    let transcript = get([
        response(302, &[("location", b"/moved"), ("access-control-allow-origin", b"*")]),
        response(
            200,
            &[
                ("access-control-allow-origin", b"https://app.example"),
                ("content-type", b"application/json"),
                ("etag", b"\"7\""),
                ("access-control-expose-headers", b"etag"),
            ],
        ),
    ]);
    assert_eq!(
        format!("{transcript:#}"),
        r#"A page at https://app.example makes a request: GET https://api.example/items#7 (mode "cors", credentials "same-origin").
   - This is a cross-origin request, so CORS applies; it needs no preflight. [main fetch 12]
1. Request, without cookies
   > GET https://api.example/items
   > Origin: https://app.example
2. Response: 302 Found
   < Location: /moved
   < Access-Control-Allow-Origin: *
   - The CORS check passes: Access-Control-Allow-Origin is `*`, which is accepted unless the credentials mode is "include". [CORS check 3]
   - The response redirects to https://api.example/moved#7 with status 302. [HTTP-redirect fetch 3]
   - This is a cross-origin request, so CORS applies; it needs no preflight. [main fetch 12]
3. Request after redirect 1, without cookies
   > GET https://api.example/moved
   > Origin: https://app.example
4. Response: 200 OK
   < Access-Control-Allow-Origin: https://app.example
   < Content-Type: application/json
   < Access-Control-Expose-Headers: etag
   - The CORS check passes: Access-Control-Allow-Origin equals the request's Origin. [CORS check 5]
DELIVERED: a response of type "cors" [main fetch 14]. Visible to scripts: status 200 OK, URL https://api.example/moved (redirected), Content-Type: application/json, ETag: "7", body readable, timing details hidden [TAO check 8].
"#
    );
}

#[test]
fn other_ends_read_so_in_short() {
    let app: (_, &[u8]) = ("access-control-allow-origin", b"https://app.example");
    let no_body = get([response(204, &[app, ("timing-allow-origin", b"*")])]);
    let opaque = r#"{"id": "c", "page": "https://app.example", "steps": [{"request": {"api": "element", "url": "https://cdn.example/"}, "responses": [{}]}]}"#;
    let refused = r#"{"id": "c", "page": "https://app.example", "steps": [{"request": {"url": "/", "method": "TRACE"}}]}"#;
    for (printed, expected) in [
        (
            format!("{no_body:#}"),
            "Visible to scripts: status 204 No Content, no headers, body none, timing details visible.\n",
        ),
        (
            format!("{:#}", verdict(opaque)),
            "Visible to scripts: status 0 (hidden), no URL, no headers, body not readable, timing details hidden [TAO check 8].\n",
        ),
        (format!("{:#}", verdict(refused)), " Nothing was sent. [new Request() 25.2]\n   Fix:  "),
        (
            format!("{:#}", get([response(200, &[])])),
            " Access-Control-Allow-Origin header. [CORS check 2]\n   Known as: ",
        ),
    ] {
        assert!(printed.contains(expected), "{printed}");
    }
}

#[test]
fn every_message_and_decision_of_a_recorded_case_is_in_the_short_form() {
    let is_left_out = |line: &str| {
        line.starts_with("   < (other headers: ") || line.ends_with(" [HTTP-network-or-cache fetch 8.3]")
    };
    for line in crate::cases::CASES.lines().step_by(10) {
        let verdict = verdict(line);
        let short = format!("{verdict:#}");
        let mut rest = short.lines();
        for line in verdict.to_string().lines() {
            let begins = ["   > ", "   < ", "   - "].iter().any(|mark| line.starts_with(mark));
            let is_heading = line.starts_with(|first: char| first.is_ascii_digit());
            if (begins || is_heading) && !is_left_out(line) {
                assert!(rest.any(|short| short == line), "{line}\n{short}");
            }
        }
    }
}

#[test]
fn many_headers_are_cut_in_short() {
    let names: Vec<_> = (0..40).map(|number| format!("x-{number:02}")).collect();
    let mut lines: Vec<_> = names.iter().map(|name| (name.as_str(), &b"1"[..])).collect();
    lines.extend([("access-control-allow-origin", &b"*"[..]), ("access-control-expose-headers", b"*")]);
    let printed = format!("{:#}", get([response(200, &lines)]));
    assert!(printed.contains(", X-31: 1, 10 more header lines, body readable, "), "{printed}");
    assert!(!format!("{:#}", put([])).contains("\n\n"));
}
