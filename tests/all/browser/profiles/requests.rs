//! Which requests need a preflight, and what it lists.

use crossorigin::request_header::NotSafelisted;

use super::*;

#[test]
fn safelists_differ() {
    let get = || request("GET", B);
    let twice = to_b([with_header(with_header(get(), "accept", "a".repeat(100)), "accept", "b".repeat(100))]);
    twice.check(
        rule("request_headers.checks_combined_values", Profile::chromium()),
        "GET@A, cors",
        "?GET+accept@A, HeaderNotAllowed",
    );
    let long = to_b([(0..9).fold(get(), |request, _| with_header(request, "accept", "a".repeat(128)))]);
    long.check(
        rule("request_headers.total_limit", Profile::firefox()),
        "?GET+accept@A, HeaderNotAllowed",
        "GET@A, cors",
    );
    for (hint, value) in
        [("dpr", "1.5"), ("save-data", "On"), ("ect", "4g"), ("intervention", "<x>"), ("rtt", "0")]
    {
        let hint_given = to_b([with_header(get(), hint, value)]);
        let preflighted = format!("?GET+{hint}@A, HeaderNotAllowed");
        hint_given.check(
            rule("request_headers.client_hints", Profile::chromium()),
            &preflighted,
            "GET@A, cors",
        );
    }
    for (hint, value) in [("dpr", "x"), ("width", "-1"), ("save-data", "off"), ("ect", "5g"), ("dpr", "inf")]
    {
        let preflighted = format!("?GET+{hint}@A, HeaderNotAllowed");
        let no_hint = to_b([with_header(get(), hint, value)]);
        no_hint.check(rule("request_headers.client_hints", Profile::chromium()), &preflighted, &preflighted);
    }
    let hint = "?GET+dpr@A, HeaderNotAllowed";
    to_b([with_header(get(), "dpr", "2")]).check(
        rule("request_headers.total_limit", Profile::firefox()),
        hint,
        hint,
    );
    to_b([with_header(get(), "accept", b"\xE9")]).check(
        rule("request_headers.bytes_beyond_ascii_are_unsafe", Profile::firefox()),
        "GET@A, cors",
        "?GET+accept@A, HeaderNotAllowed",
    );
    for value in ["Bytes=0-1", "bytes=+0-1", "bytes=0-+1"] {
        to_b([with_header(get(), "range", value)]).check(
            rule("request_headers.range_is_read_loosely", Profile::webkit()),
            "?GET+range@A, HeaderNotAllowed",
            "GET@A, cors",
        );
        // The other engines read it as the standard does.
        for engine in [Profile::chromium(), Profile::firefox()] {
            let preflighted = "?GET+range@A, HeaderNotAllowed";
            to_b([with_header(get(), "range", value)]).check(
                rule("request_headers.range_limit", engine),
                preflighted,
                preflighted,
            );
        }
    }
    for (value, in_chromium) in [
        ("bytes=9223372036854775806-", "GET@A, cors"),
        ("bytes=0-9223372036854775806", "GET@A, cors"),
        ("bytes=9223372036854775807-", "?GET+range@A, HeaderNotAllowed"),
        ("bytes=0-9223372036854775807", "?GET+range@A, HeaderNotAllowed"),
    ] {
        to_b([with_header(get(), "range", value)]).check(
            rule("request_headers.range_limit", Profile::chromium()),
            "GET@A, cors",
            in_chromium,
        );
    }
    for value in ["bytes=18446744073709551615-", "bytes=0-18446744073709551615"] {
        to_b([with_header(get(), "range", value)]).check(
            rule("request_headers.range_limit", Profile::firefox()),
            "GET@A, cors",
            "GET@A, cors",
        );
    }
    for value in
        ["bytes=18446744073709551616-", "bytes=0-18446744073709551616", "bytes=99999999999999999999-"]
    {
        to_b([with_header(get(), "range", value)]).check(
            rule("request_headers.range_limit", Profile::firefox()),
            "GET@A, cors",
            "?GET+range@A, HeaderNotAllowed",
        );
    }
    to_b([with_header(get(), "user-agent", "x")]).check(
        rule("request_headers.user_agent_is_forbidden", Profile::chromium()),
        "?GET+user-agent@A, HeaderNotAllowed",
        "GET@A, cors",
    );
}

#[test]
fn preflights_differ() {
    let forced =
        |body| with(request("GET", B), |request| (request.use_cors_preflight, request.body) = (true, body));
    let changed = &rule("preflight.forced_without_body", Profile::chromium());
    to_b([forced(Body::None)]).check(changed, "?GET@A, GET@A, cors", "GET@A, cors");
    to_b([forced(Body::Replayable)]).check(changed, "?GET@A, GET@A, cors", "?GET@A, GET@A, cors");

    let agent = with_header(request("PUT", B), "user-agent", "x");
    to_b([agent]).check(
        rule("preflight.has_user_agent", Profile::webkit()),
        "?PUT+user-agent@A, HeaderNotAllowed",
        "?PUT+user-agent@A agent, HeaderNotAllowed",
    );
    // Only a `*` covers `Authorization` there.
    let with_auth = with_header(request("GET", B), "authorization", "x");
    let unlisted = "?GET+authorization@A, AuthorizationNeedsExplicitListing";
    fetches([with_auth]).at(B, pf().allow_origin(A).allow_headers("x-a"), [shared(ok())]).check(
        rule("preflight.authorization_wildcard", Profile::chromium()),
        unlisted,
        unlisted,
    );
    let twice = with_header(with_header(request("GET", B), "x-a", "1"), "x-a", "2");
    to_b([twice]).check(
        rule("preflight.repeats_names", Profile::firefox()),
        "?GET+x-a@A, GET@A, cors",
        "?GET+x-a,x-a@A, GET@A, cors",
    );
    // Only the unsafe lines count.
    let mixed = with_header(with_header(request("GET", B), "accept", "a/b"), "accept", "\"");
    to_b([mixed]).check(
        rule("preflight.repeats_names", Profile::firefox()),
        "?GET+accept@A, HeaderNotAllowed",
        "?GET+accept@A, HeaderNotAllowed",
    );
}

#[test]
fn outgoing_header_lines_differ() {
    // Requests to the page's own origin, before and after a redirect.
    let put = |name: &str, values: &[&str], body| {
        let put = Request::new(&page(A), Method::PUT, A.parse().unwrap());
        let put = with(put, |request| request.body = body);
        values.iter().fold(put, |request, value| with_header(request, name, value))
    };
    let sent = |profile: &Profile, request: Request, name: &str| {
        let routes = fetches([]).at(A, pf(), [redirect(307, "/y")]).at("https://a.test/y", pf(), [ok()]);
        let mut oracle = Oracle::with_user_agent(page(A), UserAgent::new(profile.clone()));
        let transcript = oracle.fetch(request, &mut routes.routes.clone());
        let name = name.parse().unwrap();
        let lines = |out: &OutgoingRequest| {
            let lines = out.headers.lines(&name).map(|line| String::from_utf8_lossy(line).into_owned());
            lines.collect::<Vec<_>>()
        };
        transcript.requests().map(lines).collect::<Vec<_>>()
    };
    let mut merging = Profile::standard();
    rule("request_headers.repeated_lines_are_merged", Profile::firefox())(&mut merging);
    for (name, values, first, redirected) in [
        ("accept", &["1", "2"][..], "1, 2", "1, 2"),
        ("accept", &["", "2"], "2", "2"),
        ("accept", &["1", ""], "", ""),
        ("accept", &["1", "", "3", "4"], "3, 4", "3, 4"),
        ("authorization", &["1", "2", "3"], "3", "3"),
        ("authorization", &["1", ""], "", ""),
        ("content-type", &["1", "2", "3"], "1", "3"),
        ("content-type", &["1", ""], "1", ""),
        ("content-type", &["", "2"], "", "2"),
        ("strict-transport-security", &["1", "2"], "1", "1"),
        ("strict-transport-security", &["1", ""], "", ""),
        ("strict-transport-security", &["", "2"], "", ""),
    ] {
        let with_body = put(name, values, Body::Replayable);
        assert_eq!(
            sent(&Profile::standard(), with_body.clone(), name),
            [values, values],
            "{name}: {values:?}"
        );
        assert_eq!(sent(&merging, with_body, name), [[first], [redirected]], "{name}: {values:?}");
        let without = put(name, values, Body::None);
        assert_eq!(sent(&merging, without, name), [[redirected], [redirected]], "{name}: {values:?}");
    }
    let last_counts = [
        "authorization",
        "content-disposition",
        "content-type",
        "from",
        "if-modified-since",
        "if-unmodified-since",
        "location",
        "max-forwards",
        "user-agent",
    ];
    for name in last_counts {
        assert_eq!(sent(&merging, put(name, &["1", "2"], Body::None), name), [["2"], ["2"]], "{name}");
    }
}

#[test]
fn a_long_client_hint_is_unsafe() {
    let hint = |length| to_b([with_header(request("GET", B), "intervention", "x".repeat(length))]);
    let preflighted = "?GET+intervention@A, HeaderNotAllowed";
    for (length, by_chromium) in [(128, "GET@A, cors"), (129, preflighted)] {
        hint(length).check(
            rule("request_headers.client_hints", Profile::chromium()),
            preflighted,
            by_chromium,
        );
    }
    // The trace says why.
    for (profile, why) in [
        (Profile::standard(), NotSafelisted::Name),
        (Profile::chromium(), NotSafelisted::ValueTooLong { length: 129 }),
    ] {
        let mut oracle = Oracle::with_user_agent(page(A), UserAgent::new(profile));
        let transcript = oracle.fetch(hint(129).fetches.remove(0), &mut hint(129).routes);
        let why = format!("the header `intervention` is not CORS-safelisted, because {why}");
        assert!(transcript.to_string().contains(&why), "{transcript}");
    }
}
