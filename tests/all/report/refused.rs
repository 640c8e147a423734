//! What a script does not get, why, and what would help.

use crossorigin::{
    browser::{CredentialsMode, Failure, Mode, Page, Profile, UserAgent},
    http::Response,
    oracle::{Oracle, Script, ServerResponse},
    origin::{OpaqueOrigin, Origin},
};

use super::{get, oracle, put, response, verdict};

#[test]
fn a_blocked_preflight_reads_so() {
    let transcript = put([response(
        404,
        &[
            ("access-control-allow-origin", b"*"),
            ("access-control-allow-methods", b"*"),
            ("date", b"Thu, 01 Jan 1970 00:00:00 GMT"),
        ],
    )]);
    assert_eq!(
        transcript.to_string(),
        r#"A page at https://app.example makes a request: PUT https://api.example/items/7 (mode "cors", credentials "include").
   - This is a cross-origin request, so CORS applies, and it requires a preflight: the method PUT is not GET, HEAD or POST; the header `content-type` is not CORS-safelisted, because its type `application/json` is not one of application/x-www-form-urlencoded, multipart/form-data, text/plain. [main fetch 12]

1. Preflight, without cookies
   > OPTIONS https://api.example/items/7
   > Accept: */*
   > Access-Control-Request-Method: PUT
   > Access-Control-Request-Headers: content-type
   > Origin: https://app.example

2. Response: 404 Not Found
   < Access-Control-Allow-Origin: *
   < Access-Control-Allow-Methods: *
   < (other headers: Date)

BLOCKED at the preflight: Access-Control-Allow-Origin is `*`, which is not accepted for a request with credentials.
   Step:     CORS check 4, https://fetch.spec.whatwg.org/commit-snapshots/586cd2a44c2a865b37c166dc0740f3fb8bb220d6/#concept-cors-check
   Known as: kPreflightWildcardOriginNotAllowed (Chromium), CORSNotSupportingCredentials (Firefox)
   Chromium: must not be the wildcard '*' when the request's credentials mode is 'include'
   Firefox:  Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’
   Safari:   Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true
   Also:     The response to the preflight has status 404; it must have a status from 200 to 299.
   Scripts:  see only that the fetch failed.
   Fix:      Status 404 says that no route accepts OPTIONS requests at this URL: respond to the preflight with a status from 200 to 299, `Access-Control-Allow-Origin: https://app.example`, `Access-Control-Allow-Credentials: true`, `Access-Control-Allow-Methods: PUT` and `Access-Control-Allow-Headers: content-type` (replace the existing headers).
             status 204 (any from 200 to 299)
             Access-Control-Allow-Origin: https://app.example
             Access-Control-Allow-Credentials: true
             Access-Control-Allow-Methods: PUT
             Access-Control-Allow-Headers: content-type
"#
    );
}

/// A redirect has two servers. The fix says which of them has to change, with the line once.
#[test]
fn after_a_redirect_the_fix_names_the_server() {
    let onward =
        response(302, &[("location", b"https://cdn.example/"), ("access-control-allow-origin", b"*")]);
    let transcript = get([onward, response(200, &[])]);
    let printed = transcript.to_string();
    assert!(printed.contains("\nBLOCKED at the response: "), "{printed}");
    let fix = "\n   Fix:      On https://cdn.example: Respond with `Access-Control-Allow-Origin: *`.\n";
    assert!(printed.ends_with(fix), "{printed}");
    let short = format!("{:#}", get([response(200, &[])]));
    assert!(
        short.matches("\n   Fix: ").count() == 1 && !short.contains("see only that the fetch failed"),
        "{short}"
    );
    let several = put([response(404, &[])]);
    let [long, short] = [several.to_string(), format!("{several:#}")];
    let line = "\n             Access-Control-Allow-Methods: PUT\n";
    assert!(long.contains(line) && !short.contains(line), "{short}");
}

#[test]
fn a_request_that_may_not_connect_was_not_sent() {
    let case = r#"{"id": "c", "page": "https://app.example", "page_ip": "203.0.113.10", "profile": "chromium",
        "steps": [{"request": {"url": "https://b.example/"}, "responses": [{"ip": "192.168.0.1"}]}]}"#;
    let printed = verdict(case).to_string();
    assert!(printed.contains(" before the request was sent: "), "{printed}");
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
    assert!(printed.contains("\n2. No response\n"), "{printed}");
    assert!(printed.contains("\nFAILED: the request received no response from the network.\n"));
}

#[test]
fn a_failure_of_the_user_agent_says_whether_a_rule_blocked() {
    for (failure, response, end) in [
        (Failure::Timeout, "No response in time", "FAILED: the response did not arrive in time."),
        (Failure::UnsendableRequest, "Not sent", "FAILED: the user agent's HTTP client cannot send"),
        (Failure::Canceled, "Canceled before a response", "FAILED: the fetch was canceled."),
        (Failure::CorsDisabled, "Blocked by the user agent", "BLOCKED at the response: "),
    ] {
        let printed = get([ServerResponse::Failure(failure)]).to_string();
        assert!(printed.contains(&format!("\n2. {response}\n")), "{printed}");
        assert!(printed.contains(&format!("\n{end}")), "{printed}");
    }
}

/// Main fetch makes these checks in step 7. Neither the request nor its preflight goes out.
#[test]
fn what_main_fetch_blocks_is_not_sent() {
    for (failure, clause) in [
        (Failure::MixedContent, "the page was loaded over https"),
        (Failure::ContentSecurityPolicy, "the page's Content Security Policy"),
        (Failure::IntegrityPolicy, "the page's Integrity-Policy"),
        (Failure::BadPort, "the URL's port is a bad port"),
    ] {
        let end = format!("\nBLOCKED before the request was sent: {clause}");
        for printed in [get([failure.into()]), put([failure.into()])] {
            let printed = printed.to_string();
            assert!(printed.contains(&end) && !printed.contains("\n1. "), "{printed}");
        }
        let onward = response(302, &[("access-control-allow-origin", b"*"), ("location", b"/2")]);
        let printed = get([onward, failure.into()]).to_string();
        assert!(printed.contains(&end), "{printed}");
        assert!(printed.contains("\n2. Response") && !printed.contains("\n3. "), "{printed}");
    }
}

#[test]
fn what_is_refused_after_a_redirect_was_not_refused_before_anything_was_sent() {
    let mut oracle = oracle();
    let request = oracle.page().fetch("/here").mode(Mode::SameOrigin).build().unwrap();
    let mut script: Script = [response(302, &[("location", b"https://api.example/")])].into_iter().collect();
    let printed = oracle.fetch(request, &mut script).to_string();
    assert!(printed.contains("\nBLOCKED before the next request: the request has mode"), "{printed}");
}

/// WebKit makes the preflight for where a response redirects before it refuses that response.
#[test]
fn what_is_refused_after_the_next_preflight_says_so() {
    let mut oracle = Oracle::with_user_agent(oracle().page().clone(), UserAgent::new(Profile::webkit()));
    let request = oracle.page().fetch("/here").method("PUT").build().unwrap();
    let app: (_, &[u8]) = ("access-control-allow-origin", b"https://app.example");
    let permission = || {
        let lines: [(&str, &[u8]); 2] =
            [("access-control-allow-credentials", b"true"), ("access-control-allow-methods", b"PUT")];
        response(204, &[&[app], &lines[..]].concat())
    };
    let onward = |location: &'static [u8]| response(307, &[app, ("location", location)]);
    let responses = [onward(b"https://api.example/1"), permission(), onward(b"/2"), permission()];
    let printed = oracle.fetch(request, &mut Script::from_iter(responses)).to_string();
    for text in [
        "\n   - This check fails, but this browser still follows the redirect, and stops only before it sends the next actual request. [CORS check 8]\n",
        " [CORS check 8]\n   - The response redirects to https://api.example/2 with status 307.",
        "\n7. Preflight after redirect 2, without cookies\n",
        "\nBLOCKED at message 6: ",
        "\n   Fix:      On https://api.example: Respond with `Access-Control-Allow-Credentials: true`.\n",
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
   Fix:      Respond with `Access-Control-Allow-Origin: null` and `Access-Control-Allow-Credentials: true`.
             Access-Control-Allow-Origin: null
             Access-Control-Allow-Credentials: true
   Caution:  Any site can send `Origin: null`, so this header lets every site read the response.
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
REFUSED by fetch(): the URL includes a user name or password, which fetch() does not accept. Nothing was sent.
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
    assert_eq!(case("all"), format!("In the profiles standard, chromium, firefox, webkit:\n\n{one}"));
}

/// `*` covers `Authorization` in all engines, but not by the standard; each engine's cache has another limit.
#[test]
fn profiles_with_the_same_report_are_printed_together() {
    let case = |max_age: &str| {
        let headers = format!(
            r#"[["access-control-allow-origin", "*"], ["access-control-allow-headers", "*"], ["access-control-max-age", "{max_age}"]]"#
        );
        verdict(&format!(
            r#"{{"id": "c", "page": "https://app.example", "profile": "all",
                "steps": [{{"request": {{"url": "https://api.example/", "headers": [["authorization", "x"]]}},
                            "responses": [{{"headers": {headers}}}, {{"headers": {headers}}}]}}]}}"#
        ))
    };
    let headings = |printed: String| {
        let headings = printed.lines().filter(|line| line.starts_with("In the profile")).map(str::to_owned);
        headings.collect::<Vec<_>>()
    };
    let together = ["In the profile standard:", "In the profiles chromium, firefox, webkit:"];
    assert_eq!(headings(case("5").to_string()), together);
    assert_eq!(headings(format!("{:#}", case("5"))), together);
    let apart = ["standard", "chromium", "firefox", "webkit"].map(|name| format!("In the profile {name}:"));
    assert_eq!(headings(case("100000").to_string()), apart);
}

#[test]
fn a_case_in_all_profiles_says_where_they_differ_from_the_standard() {
    let first = r#"{"request": {"url": "https://api.example/first"},
                    "responses": [{"headers": [["access-control-allow-origin", "*"]]}]}"#;
    let second = r#"{"request": {"url": "https://api.example/", "headers": [["authorization", "x"]]},
                     "responses": [{"headers": [["access-control-allow-origin", "*"], ["access-control-allow-headers", "*"]]},
                                   {"headers": [["access-control-allow-origin", "*"]]}]}"#;
    let printed = |steps: &str| {
        let case =
            format!(r#"{{"id": "c", "page": "https://app.example", "profile": "all", "steps": [{steps}]}}"#);
        verdict(&case).to_string()
    };
    let differs = |place: &str| {
        format!(
            "Differs from the standard {place}: sends GET https://api.example/ with authorization: x, origin: \
             https://app.example; the standard sends no such request.\n"
        )
    };
    let one = printed(second);
    assert_eq!(one.matches("Differs from the standard").count(), 1, "{one}");
    assert!(one.ends_with(&differs("at request 2")), "{one}");
    let two = printed(&format!("{first}, {second}"));
    assert!(two.ends_with(&differs("in step 2, at request 2")), "{two}");
    let same = printed(first);
    assert!(!same.contains("Differs"), "{same}");
}

#[test]
fn the_end_of_a_list_of_responses_is_no_failure_of_the_network() {
    let printed = put([]).to_string();
    assert!(
        printed.ends_with(
            "
2. No response in the list

FAILED: the list of responses has no response left for this request.
   Fix:      Add a response to the list: in a case, to `responses`.
"
        ),
        "{printed}"
    );
    let one_step = r#"{"id": "c", "page": "https://app.example", "steps": [{"request": {"url": "https://api.example/"}}]}"#;
    let printed = verdict(one_step).to_string();
    assert!(
        printed.contains("\nFAILED: the list of responses has no response left for this request.\n"),
        "{printed}"
    );
}

#[test]
fn warnings_are_printed_although_a_list_of_responses_has_ended() {
    let both: [(&str, &[u8]); 3] = [
        ("access-control-allow-origin", b"*"),
        ("access-control-allow-credentials", b"true"),
        ("location", b"/2"),
    ];
    let printed = get([response(302, &both)]).to_string();
    let (_, end) = printed
        .split_once("\nFAILED: the list of responses has no response left for this request.\n")
        .unwrap();
    assert!(end.starts_with("   Warning:  "), "{printed}");
    assert!(
        end.ends_with("\n   Fix:      Add a response to the list: in a case, to `responses`.\n"),
        "{printed}"
    );
}

/// WebKit refuses credentials of a fetch with credentials mode "same-origin": the report says why.
#[test]
fn a_check_as_if_credentials_were_included_is_explained() {
    let fetch = |profile, mode| {
        let mut oracle = Oracle::with_user_agent(oracle().page().clone(), UserAgent::new(profile));
        let request = oracle.page().fetch("/here").credentials(mode).build().unwrap();
        let star: (_, &[u8]) = ("access-control-allow-origin", b"*");
        let onward = |location: &'static [u8]| response(302, &[star, ("location", location)]);
        let responses = [onward(b"https://api.example/"), onward(b"/2"), response(200, &[star])];
        oracle.fetch(request, &mut Script::from_iter(responses)).to_string()
    };
    let explanation = "\n   - By the standard, one check is enough; this browser checks again, as if the credentials mode were \"include\", because the request began at the page's own origin. [CORS check 3]\n";
    let printed = fetch(Profile::webkit(), CredentialsMode::SameOrigin);
    assert!(printed.contains(explanation), "{printed}");
    for (profile, mode) in [
        (Profile::webkit(), CredentialsMode::Include),
        (Profile::webkit(), CredentialsMode::Omit),
        (Profile::standard(), CredentialsMode::SameOrigin),
    ] {
        assert!(!fetch(profile, mode).contains(explanation));
    }
}

/// Texts that the transcripts above do not have.
#[test]
fn other_ends_read_so() {
    let allow = |value: &'static [u8]| ("access-control-allow-origin", value);
    let app = allow(b"https://app.example");
    let delivered = get([response(204, &[app, ("timing-allow-origin", b"*")])]).to_string();
    for line in ["Body:     none", "Timing:   details visible"] {
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
    let other = || get([response(200, &[allow(b"https://b.test")])]);
    for (transcript, line) in [
        (
            put([response(204, &permission), Failure::Canceled.into()]),
            "3. Request, with cookies (if any), with its body",
        ),
        (get([Failure::Canceled.into()]), "2. Canceled before a response"),
        (other(), "BLOCKED at the response: Access"),
        (other(), "Fix:      Respond with `Access-Control-Allow-Origin: https://app.example` (replace the"),
        (get([response(302, &[app, ("location", b"https://[")])]), "BLOCKED at the redirect: The"),
        (of_page("https://app.example", Mode::SameOrigin), "BLOCKED before anything was sent: The"),
        (of_page("about:srcdoc", Mode::Cors), "A page with an opaque origin (null) makes a request: GET"),
    ] {
        let printed = transcript.to_string();
        assert!(printed.to_lowercase().contains(&line.to_lowercase()), "{printed}");
    }
}
