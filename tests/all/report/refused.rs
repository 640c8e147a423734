//! What a script does not get, why, and what would help.

use crossorigin::{
    browser::{CredentialsMode, Failure, Mode, Page, Profile, UserAgent},
    http::Response,
    oracle::{Oracle, Script, ServerResponse},
    origin::{OpaqueOrigin, Origin},
};

use super::{answer, get, oracle, put, verdict};

#[test]
fn a_blocked_preflight_reads_so() {
    let transcript = put([answer(
        404,
        &[
            ("access-control-allow-origin", b"*"),
            ("access-control-allow-methods", b"*"),
            ("date", b"Thu, 01 Jan 1970 00:00:00 GMT"),
        ],
    )]);
    assert_eq!(
        transcript.to_string(),
        r#"A page of origin https://app.example asks for PUT https://api.example/items/7 with mode "cors" and credentials mode "include".
   - Another origin is involved, so CORS applies, and a preflight must permit this: the method PUT is not GET, HEAD or POST; the header `content-type` is not safelisted, because its type `application/json` is none of application/x-www-form-urlencoded, multipart/form-data, text/plain. [main fetch 12]

1. Preflight, without cookies
   > OPTIONS https://api.example/items/7
   > Accept: */*
   > Access-Control-Request-Method: PUT
   > Access-Control-Request-Headers: content-type
   > Origin: https://app.example

2. Answer
   < 404 Not Found
   < Access-Control-Allow-Origin: *
   < Access-Control-Allow-Methods: *
   < (also Date)

BLOCKED at the preflight: Access-Control-Allow-Origin is `*`, which does not count when the credentials mode is "include".
   Step:     CORS check 4, https://fetch.spec.whatwg.org/commit-snapshots/586cd2a44c2a865b37c166dc0740f3fb8bb220d6/#concept-cors-check
   Chromium: calls it kPreflightWildcardOriginNotAllowed
   Firefox:  calls it CORSNotSupportingCredentials
   Also:     The preflight was answered with status 404, but it must be from 200 to 299.
   Scripts:  learn no more than that it failed.
   Fix:      the answer to the preflight would pass with these lines, in place of its own of the same names:
             status 204 (any from 200 to 299)
             Access-Control-Allow-Origin: https://app.example
             Access-Control-Allow-Credentials: true
             Access-Control-Allow-Methods: *, PUT
             Access-Control-Allow-Headers: content-type
"#
    );
}

#[test]
fn what_is_refused_before_anything_was_sent_says_so() {
    let mut oracle = oracle();
    let call = oracle.page().fetch("https://api.example/").mode(Mode::SameOrigin);
    let request = call.build().unwrap();
    let printed = oracle.fetch(request, &mut Script::default()).to_string();
    assert!(printed.contains("\nBLOCKED before anything was sent: the request has mode"), "{printed}");
}

#[test]
fn a_failure_of_the_network_is_no_blocking() {
    let printed = get([ServerResponse::Failure(Failure::Network)]).to_string();
    assert!(printed.contains("\n2. No answer\n"), "{printed}");
    assert!(printed.contains("\nFAILED: the request got no answer from the network.\n"));
}

#[test]
fn what_is_refused_after_a_redirect_was_not_refused_before_anything_was_sent() {
    let mut oracle = oracle();
    let request = oracle.page().fetch("/here").mode(Mode::SameOrigin).build().unwrap();
    let mut script: Script = [answer(302, &[("location", b"https://api.example/")])].into_iter().collect();
    let printed = oracle.fetch(request, &mut script).to_string();
    assert!(printed.contains("\nBLOCKED before the next request: the request has mode"), "{printed}");
}

/// WebKit makes the preflight for where an answer redirects before it refuses that answer.
#[test]
fn what_is_refused_after_the_next_preflight_says_so() {
    let mut oracle = Oracle::with_user_agent(oracle().page().clone(), UserAgent::new(Profile::webkit()));
    let request = oracle.page().fetch("/here").method("PUT").build().unwrap();
    let app: (_, &[u8]) = ("access-control-allow-origin", b"https://app.example");
    let permission = || {
        let lines: [(&str, &[u8]); 2] =
            [("access-control-allow-credentials", b"true"), ("access-control-allow-methods", b"PUT")];
        answer(204, &[&[app], &lines[..]].concat())
    };
    let onward = |location: &'static [u8]| answer(307, &[app, ("location", location)]);
    let answers = [onward(b"https://api.example/1"), permission(), onward(b"/2"), permission()];
    let printed = oracle.fetch(request, &mut Script::from_iter(answers)).to_string();
    for text in [
        "\n   - The answer is refused, but this browser finds that out only when the next request would go out. [CORS check 8]\n",
        " [CORS check 8]\n   - The status 307 redirects to https://api.example/2.",
        "\n7. Preflight after redirect 2, without cookies\n",
        "\nBLOCKED at the answer that redirected last: ",
        "\n   Fix:      the answer would pass with this line:\n             Access-Control-Allow-Credentials: true\n",
    ] {
        assert!(printed.contains(text), "{printed}");
    }
}

#[test]
fn sharing_with_null_and_credentials_is_cautioned_against() {
    let page =
        Page::with_origin("file:///home/me/index.html".parse().unwrap(), Origin::Opaque(OpaqueOrigin(0)));
    let mut oracle = Oracle::new(page);
    let call = oracle.page().fetch("https://api.example/").credentials(CredentialsMode::Include);
    let request = call.build().unwrap();
    let printed = oracle.fetch(request, &mut |_: &_| Response::new(())).to_string();
    assert!(
        printed.ends_with(
            "
   Fix:      the answer would pass with these lines:
             Access-Control-Allow-Origin: null
             Access-Control-Allow-Credentials: true
   Caution:  Any site can send `Origin: null`, so this header shares the response with every site.
"
        ),
        "{printed}"
    );
}

#[test]
fn a_refusal_reads_so() {
    let verdict = verdict(
        r#"{"id": "c", "page": "https://app.example", "steps": [{"request": {"url": "https://user:pass@api.example/"}}]}"#,
    );
    assert_eq!(
        verdict.to_string(),
        "\
REFUSED by fetch(): the URL includes a user name or password, which fetch() refuses. Nothing was sent.
   Step:     new Request() 5.3, https://fetch.spec.whatwg.org/commit-snapshots/586cd2a44c2a865b37c166dc0740f3fb8bb220d6/#dom-request
   Fix:      Send the user name and password in an Authorization header instead of the URL; no response header helps.
"
    );
}

#[test]
fn the_steps_of_a_case_follow_each_other() {
    let case = |profile: &str| {
        verdict(&format!(
            r#"{{"id": "c", "page": "https://app.example", "profile": "{profile}",
                "steps": [{{"request": {{"url": "/", "method": "TRACE"}}}}, {{"request": {{"url": "/", "method": "TRACE"}}}}]}}"#
        ))
        .to_string()
    };
    let one = case("webkit");
    assert!(one.starts_with("REFUSED by fetch(): "), "{one}");
    assert_eq!(one.matches("\n\nREFUSED by fetch(): ").count(), 1, "{one}");
    let all = case("all");
    assert!(
        all.starts_with(&format!("In the profile standard:\n\n{one}\nIn the profile chromium:\n\n{one}\n")),
        "{all}"
    );
    assert!(all.ends_with(&format!("\nIn the profile webkit:\n\n{one}")), "{all}");
}

/// Words that the transcripts above do not have, each in what it stands in.
#[test]
fn other_ends_read_so() {
    let allow = |value: &'static [u8]| ("access-control-allow-origin", value);
    let app = allow(b"https://app.example");
    let delivered = get([answer(204, &[app, ("timing-allow-origin", b"*")])]).to_string();
    for line in ["Body:     there is none", "Timing:   in detail"] {
        assert!(delivered.contains(line), "{delivered}");
    }
    let permission: [(&str, &[u8]); 4] = [
        app,
        ("access-control-allow-credentials", b"true"),
        ("access-control-allow-methods", b"PUT"),
        ("access-control-allow-headers", b"content-type"),
    ];
    let of_page = |url: &str, mode| {
        let opaque = || Page::with_origin(url.parse().unwrap(), Origin::Opaque(OpaqueOrigin(0)));
        let mut oracle = Oracle::new(Page::new(url).unwrap_or_else(|_| opaque()));
        let request = oracle.page().fetch("https://api.example/").mode(mode).build().unwrap();
        oracle.fetch(request, &mut Script::default())
    };
    let other = || get([answer(200, &[allow(b"https://b.test")])]);
    for (transcript, line) in [
        (
            put([answer(204, &permission), Failure::Canceled.into()]),
            "3. Request, with cookies, with its body",
        ),
        (get([Failure::Canceled.into()]), "2. Canceled before an answer"),
        (other(), "BLOCKED at the answer: Access"),
        (other(), "Fix:      The answer would pass with this line in place of its own:"),
        (get([answer(302, &[app, ("location", b"https://[")])]), "BLOCKED at the redirect: The"),
        (of_page("https://app.example", Mode::SameOrigin), "BLOCKED before anything was sent: The"),
        (of_page("about:srcdoc", Mode::Cors), "A page of opaque origin (null) asks for"),
    ] {
        let printed = transcript.to_string();
        assert!(printed.to_lowercase().contains(&line.to_lowercase()), "{printed}");
    }
}
