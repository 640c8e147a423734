//! Pitfalls of methods and request headers: which requests need a preflight, and what it lists.

use crossorigin::{
    browser::{Body, Finding, Mode, PreflightCause, Profile},
    http::header::CONTENT_TYPE,
};

use crate::browser::support::{A, B, Call, Cors, Run, ScriptedResponse, exchange, ok, page, pf, rule};

/// Asserts that a request with these header lines needs no preflight.
#[track_caller]
fn needs_no_preflight(method: &str, headers: &[(&str, &[u8])]) {
    let mut call = exchange(method, B);
    for (name, value) in headers {
        call = call.header(name, value);
    }
    call.responses([ok().allow_origin(A)]).delivered(Cors);
}

/// Asserts that a request with these header lines needs a preflight that lists these names.
#[track_caller]
fn needs_preflight(method: &str, headers: &[(&str, &[u8])], names: &str) -> Run {
    let mut call = exchange(method, B);
    for (name, value) in headers {
        call = call.header(name, value);
    }
    let responses = [pf().allow_origin(A).allow_methods("*").allow_headers("*"), ok().allow_origin(A)];
    call.responses(responses).delivered(Cors).asks(0, method, Some(names))
}

#[test]
fn patch_keeps_its_case() {
    let patch = exchange("patch", B);
    let refused = patch.responses([pf().allow_origin(A).allow_methods("PATCH")]);
    let refused = refused.refused("MethodNotAllowed", "CORS-preflight fetch 7.5").asks(0, "patch", None);
    assert_eq!(refused.error().warnings()[0].name(), "MethodCaseMismatch");

    patch
        .responses([pf().allow_origin(A).allow_methods("patch"), ok().allow_origin(A)])
        .delivered(Cors)
        .asks(0, "patch", None)
        .sent(&["OPTIONS https://b.test/", "patch https://b.test/"]);
}

#[test]
fn put_is_upper_cased_but_the_allowed_methods_are_not() {
    exchange("put", B)
        .responses([pf().allow_origin(A).allow_methods("put")])
        .refused("MethodNotAllowed", "CORS-preflight fetch 7.5")
        .asks(0, "PUT", None);
}

#[test]
fn a_safelisted_method_needs_no_permission() {
    let post = exchange("POST", B).header("X-A", "1");
    for permission in [
        pf().allow_origin(A).allow_headers("x-a"),
        pf().allow_origin(A).allow_headers("x-a").allow_methods("PUT"),
        pf().allow_origin(A).allow_headers("x-a").allow_methods(""),
    ] {
        post.responses([permission, ok().allow_origin(A)]).delivered(Cors);
    }
}

#[test]
fn head_is_safelisted_in_the_cache_too() {
    let mut browser = crate::browser::support::Browser::standard();
    let head = exchange("HEAD", B).header("X-A", "1");
    let permission = pf().allow_origin(A).allow_headers("x-a").max_age("60");
    browser.run(&head, [permission, ok().allow_origin(A)]).delivered(Cors);
    browser.run(&head, [ok().allow_origin(A)]).delivered(Cors);
}

#[test]
fn the_limit_of_128_bytes_applies_to_each_line() {
    let get = exchange("GET", B).lines(2, "Accept", [b'a'; 100]);
    get.responses([ok().allow_origin(A)]).delivered(Cors);

    // Chromium and WebKit combine the lines first: 202 bytes.
    get.in_browser_with(rule("request_headers.checks_combined_values", Profile::chromium()))
        .responses([pf().allow_origin(A).allow_headers("accept"), ok().allow_origin(A)])
        .delivered(Cors)
        .asks(0, "GET", Some("accept"));
}

#[test]
fn the_limit_of_1024_bytes_applies_to_all_safelisted_lines_together() {
    let of = |lines| exchange("GET", B).lines(lines, "Accept", [b'a'; 128]);
    let permission = pf().allow_origin(A).allow_headers("accept");
    of(8).responses([ok().allow_origin(A)]).delivered(Cors);
    of(9).responses([permission.clone(), ok().allow_origin(A)]).delivered(Cors).asks(
        0,
        "GET",
        Some("accept"),
    );

    // Eight combined lines are one value of 1038 bytes.
    of(8)
        .in_browser_with(rule("request_headers.checks_combined_values", Profile::chromium()))
        .responses([permission, ok().allow_origin(A)])
        .delivered(Cors)
        .asks(0, "GET", Some("accept"));
}

/// If the page sets no `Accept`, Fetch appends `Accept: */*` before main fetch counts the bytes.
#[test]
fn the_limit_of_1024_bytes_counts_the_accept_of_the_user_agent() {
    let of = |last: usize| {
        let lines = exchange("GET", B).lines(7, "Content-Language", [b'a'; 128]);
        lines.header("Content-Language", vec![b'a'; last])
    };
    let permission = pf().allow_origin(A).allow_headers("accept, content-language");
    of(125).responses([ok().allow_origin(A)]).delivered(Cors);
    let preflighted = Some("accept,content-language");
    of(126).responses([permission.clone(), ok().allow_origin(A)]).delivered(Cors).asks(0, "GET", preflighted);
    // Then `accept` needs permission, as the other names do.
    of(126)
        .responses([pf().allow_origin(A).allow_headers("content-language")])
        .refused("HeaderNotAllowed", "CORS-preflight fetch 7.7");

    // An unsafe header changes nothing. If the page sets `Accept`, the default is not counted.
    of(126)
        .header("X-A", vec![b'a'; 128])
        .responses([
            pf().allow_origin(A).allow_headers("x-a, accept, content-language"),
            ok().allow_origin(A),
        ])
        .delivered(Cors)
        .asks(0, "GET", Some("accept,content-language,x-a"));
    of(128).header("Accept", "").responses([ok().allow_origin(A)]).delivered(Cors);
    let too_long = cause(&of(126), permission);
    assert!(too_long.too_long_together && too_long.headers.is_empty());

    // The combined lines of one name are a value that is too long. `Accept` is as short as before.
    of(128)
        .in_browser_with(rule("request_headers.checks_combined_values", Profile::chromium()))
        .responses([pf().allow_origin(A).allow_headers("content-language"), ok().allow_origin(A)])
        .delivered(Cors)
        .asks(0, "GET", Some("content-language"));
}

#[test]
fn unsafe_values_do_not_count_towards_the_1024_bytes() {
    let get = exchange("GET", B).lines(8, "Accept", [b'a'; 128]).header("X-A", [b'a'; 5000]);
    get.responses([pf().allow_origin(A).allow_headers("x-a"), ok().allow_origin(A)]).delivered(Cors).asks(
        0,
        "GET",
        Some("x-a"),
    );

    get.in_browser_with(rule("request_headers.checks_combined_values", Profile::chromium()))
        .responses([pf().allow_origin(A).allow_headers("x-a, accept"), ok().allow_origin(A)])
        .delivered(Cors)
        .asks(0, "GET", Some("accept,x-a"));
}

#[test]
fn a_quoted_charset_has_unsafe_bytes() {
    needs_preflight("POST", &[("Content-Type", br#"text/plain; charset="utf-8""#)], "content-type");
    needs_no_preflight("POST", &[("Content-Type", b"text/plain; charset=utf-8")]);
}

#[test]
fn a_list_of_types_is_not_a_type() {
    needs_preflight("POST", &[("Content-Type", b"text/plain,text/plain")], "content-type");
}

#[test]
fn each_line_of_content_type_is_classified_separately() {
    let (json, plain) = (("Content-Type", &b"application/json"[..]), ("Content-Type", &b"text/plain"[..]));
    needs_preflight("POST", &[json, plain], "content-type");
    needs_preflight("POST", &[plain, json], "content-type");
    needs_no_preflight("POST", &[plain, plain]);
}

#[test]
fn content_type_is_parsed_as_a_mime_type() {
    for value in ["text/plain;", "text/plain;garbage", "TEXT/PLAIN", " text/plain ", "text/plain ;a=b"] {
        needs_no_preflight("POST", &[("Content-Type", value.as_bytes())]);
    }
    for value in ["text /plain", "", "text", "text/", "/plain", "text/html"] {
        needs_preflight("POST", &[("Content-Type", value.as_bytes())], "content-type");
    }
}

#[test]
fn languages_have_fewer_bytes_than_accept() {
    for name in ["accept-language", "content-language"] {
        needs_no_preflight("GET", &[(name, b"en-US,en;q=0.9")]);
        needs_preflight("GET", &[(name, b"en_US")], name);
        // A tab is allowed in `Accept`, but not in the languages.
        needs_preflight("GET", &[(name, b"en\tfr")], name);
    }
}

#[test]
fn accept_may_have_tabs_and_bytes_beyond_ascii() {
    needs_no_preflight("GET", &[("Accept", b"\xE9")]);
    needs_no_preflight("GET", &[("Accept", b"a\tb")]);
    for value in [&b"a:b"[..], b"a\x0Bb", b"a\x1Fb", b"a\x7Fb"] {
        needs_preflight("GET", &[("Accept", value)], "accept");
    }
}

#[test]
fn single_ranges_with_a_start_are_safelisted() {
    for value in ["bytes=0-", "bytes=0-0", "bytes=007-7", "bytes=99999999999999999999999-"] {
        needs_no_preflight("GET", &[("Range", value.as_bytes())]);
    }
}

#[test]
fn other_ranges_are_unsafe() {
    for value in [
        "bytes=-5",
        "bytes=5-4",
        "bytes=-",
        "Bytes=0-",
        "bytes=0-1,2-3",
        "bytes= 0-1",
        "bytes=0-1-2",
        "bytes=+0-1",
        "bytes=0",
    ] {
        needs_preflight("GET", &[("Range", value.as_bytes())], "range");
    }
}

#[test]
fn requested_names_are_sorted_unique_and_without_spaces() {
    let headers: [(&str, &[u8]); 5] =
        [("X-B", b"1"), ("x-a", b"2"), ("X-b", b"3"), ("x_a", b"4"), ("X-1", b"5")];
    needs_preflight("GET", &headers, "x-1,x-a,x-b,x_a");
}

#[test]
fn headers_of_the_transport_need_no_permission() {
    // Content-Length, Cookie, User-Agent and others are added below this crate, which never sees them. The
    // outgoing headers are those of the author and those of the CORS protocol.
    let run = exchange("POST", B)
        .header("Content-Type", "text/plain")
        .body(Body::Replayable)
        .responses([ok().allow_origin(A)])
        .delivered(Cors);
    let names: Vec<_> = run.sent[0].headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["content-type", "origin"]);
}

#[test]
fn without_the_unsafe_request_flag_nothing_needs_a_preflight() {
    exchange("PUT", B)
        .header("X-A", "1")
        .by_element()
        .responses([ok().allow_origin(A)])
        .delivered(Cors)
        .origins(&[Some(A)]);
}

#[test]
fn method_override_headers_are_split_with_regard_to_quotes() {
    let call = exchange("GET", B).header("X-HTTP-Method-Override", "GET, TRACE");
    assert_eq!(call.request().warnings[0].name(), "ForbiddenRequestHeader");
    let run = call.responses([ok().allow_origin(A)]).delivered(Cors);
    assert_eq!(run.sent_header(0, "x-http-method-override"), None);

    let quoted = br#""GET,TRACE""#;
    let run = needs_preflight("GET", &[("X-HTTP-Method-Override", quoted)], "x-http-method-override");
    assert_eq!(run.sent_header(1, "x-http-method-override").unwrap().as_bytes(), quoted);
}

/// The cause of the preflight, from the first decision about it.
fn cause(call: &Call, permission: ScriptedResponse) -> PreflightCause {
    let run = call.responses([permission, ok().allow_origin(A)]);
    let decisions = run.response().trace().iter();
    let mut causes = decisions.filter_map(|decision| match &decision.finding {
        Finding::CorsWithPreflight(cause) => Some(cause.clone()),
        _ => None,
    });
    causes.next().unwrap()
}

#[test]
fn each_cause_of_a_preflight_is_named() {
    let permission = || pf().allow_origin(A).allow_methods("*").allow_headers("*");
    let call = exchange("GET", B).lines(9, "Accept", [b'a'; 128]).header("X-A", "1");
    call.responses([permission(), ok().allow_origin(A)]).asks(0, "GET", Some("accept,x-a"));
    let too_long = cause(&call, permission());
    assert_eq!(too_long.headers.len(), 1);
    assert!(too_long.too_long_together && too_long.method.is_none() && !too_long.forced);

    // 1,024 bytes are not too many, so the method is the only cause.
    let put = exchange("PUT", B).lines(8, "Accept", [b'a'; 128]);
    let by_method = cause(&put, permission());
    assert_eq!(by_method.method.unwrap(), "PUT");
    assert!(!by_method.too_long_together && by_method.headers.is_empty());

    let forced = cause(&exchange("GET", B).forced_preflight(), permission());
    assert!(forced.forced && forced.method.is_none() && forced.headers.is_empty());
}

#[test]
fn web_socket_urls_are_fetchable_by_web_sockets_only() {
    for url in ["ws://b.test/", "wss://b.test/"] {
        exchange("GET", url).mode(Mode::WebSocket).responses([ok()]).origins(&[Some(A)]);
        for mode in [Mode::NoCors, Mode::Navigate, Mode::WebTransport] {
            let run = exchange("GET", url).mode(mode).responses([]);
            run.refused("SchemeNotFetchable", "scheme fetch 4");
        }
    }
}

#[test]
fn xml_http_request_sends_a_body_with_methods_that_have_one() {
    let page = page(A);
    let sent = |method: &str, body: Body| {
        let request = page.xml_http_request(method, B).body(body, Some("application/json")).send().unwrap();
        (request.body, request.headers.contains(&CONTENT_TYPE))
    };
    for method in ["GET", "head"] {
        assert_eq!(sent(method, Body::Replayable), (Body::None, false));
        assert_eq!(sent(method, Body::None), (Body::None, false));
    }
    assert_eq!(sent("POST", Body::Replayable), (Body::Replayable, true));
    // A request without a body has no type.
    assert_eq!(sent("POST", Body::None), (Body::None, false));
}

#[test]
fn about_blank_is_the_only_fetchable_about_url() {
    let navigate = |url: &str| exchange("GET", url).mode(Mode::Navigate).responses([]);
    assert_eq!(navigate("about:blank").response().status().unwrap(), 200);
    for url in ["about:srcdoc", "about:config", "about:blank/"] {
        navigate(url).refused("SchemeNotFetchable", "scheme fetch 4");
    }
}
