//! The preflight cache.

use crossorigin::oracle::ServerResponse;

use super::*;

/// Fetches of B, one after another. The preflights get these responses in turn.
fn sequence(
    permissions: impl IntoIterator<Item = ScriptedResponse>,
    responses: Vec<ScriptedResponse>,
    methods: &[&str],
) -> Story {
    let permissions = permissions.into_iter().map(ScriptedResponse::into_response).collect();
    let mut story = fetches(methods.iter().map(|method| request(method, B)));
    story.routes.insert(
        &B.parse().unwrap(),
        permissions,
        responses.into_iter().map(ScriptedResponse::into_response).collect(),
    );
    story
}

#[test]
fn the_preflight_of_a_canceled_fetch_differs() {
    let allow = || pf().allow_origin(A).allow_methods("PUT").max_age("60");
    let mut story = fetches([request("PUT", B), request("PUT", B)]);
    let preflights = vec![ServerResponse::Canceled(allow().head()), allow().into_response()];
    story.routes.insert(&B.parse().unwrap(), preflights, vec![shared(ok()).into_response()]);
    let canceled_twice = "?PUT@A, Canceled | ?PUT@A, PUT@A, cors";
    let outlives = rule("preflight.outlives_fetch", Profile::chromium());
    story.check(&outlives, canceled_twice, canceled_twice);
    story.check(
        |profile| {
            outlives(profile);
            rule("cache.network_error_clears", Profile::chromium())(profile);
        },
        canceled_twice,
        "?PUT@A, Canceled | PUT@A, cors",
    );
}

#[test]
fn stored_entries_differ() {
    let lists = |methods: &str| pf().allow_origin(A).allow_methods(methods).max_age("60");
    let put = "?PUT@A, PUT@A, cors";
    sequence([lists("PUT"), lists("PATCH")], vec![shared(ok())], &["PUT", "PATCH", "PUT"]).check(
        rule("cache.insufficient_is_removed", Profile::chromium()),
        &format!("{put} | ?PATCH@A, PATCH@A, cors | PUT@A, cors"),
        &format!("{put} | ?PATCH@A, PATCH@A, cors | ?PUT@A, MethodNotAllowed"),
    );
    sequence([lists("PUT"), pf()], vec![shared(ok())], &["PATCH", "PUT"]).check(
        |profile| {
            rule("cache.keeps_refused", Profile::webkit())(profile);
            rule("cache.network_error_clears", Profile::chromium())(profile);
        },
        "?PATCH@A, MethodNotAllowed | ?PUT@A, AllowOriginMissing",
        "?PATCH@A, MethodNotAllowed | PUT@A, cors",
    );
    // An unreadable list is not cached, whether it lists methods or headers.
    for (methods, headers, reason) in
        [("PUT", "x b", "AllowHeadersInvalid"), ("PUT x", "x-a", "AllowMethodsInvalid")]
    {
        let refused = pf().allow_origin(A).allow_methods(methods).allow_headers(headers).max_age("60");
        let expected = format!("?PUT@A, {reason} | ?PUT@A, AllowOriginMissing");
        let keeping = |profile: &mut Profile| {
            rule("cache.keeps_refused", Profile::webkit())(profile);
            rule("cache.network_error_clears", Profile::chromium())(profile);
        };
        sequence([refused.clone(), pf()], vec![shared(ok())], &["PUT", "PUT"])
            .check(keeping, &expected, &expected);
        let mut story = sequence([refused, pf()], vec![shared(ok())], &["PUT", "GET"]);
        story.fetches[1] = with_header(request("GET", B), "x-a", "1");
        let expected = format!("?PUT@A, {reason} | ?GET+x-a@A, AllowOriginMissing");
        story.check(keeping, &expected, &expected);
    }
    let forced = |method| with(request(method, B), |request| request.use_cors_preflight = true);
    let story = fetches([forced("GET"), forced("POST"), forced("HEAD")]);
    let story = story.at(B, pf().allow_origin(A).allow_methods("PUT").max_age("60"), [shared(ok())]);
    let each = "?GET@A, GET@A, cors | ?POST@A, POST@A, cors | ?HEAD@A, HEAD@A, cors";
    story.check(
        rule("cache.safelisted_methods", Profile::chromium()),
        each,
        "?GET@A, GET@A, cors | POST@A, cors | HEAD@A, cors",
    );
    story.check(
        rule("cache.safelisted_methods", Profile::firefox()),
        each,
        "?GET@A, GET@A, cors | POST@A, cors | ?HEAD@A, HEAD@A, cors",
    );
    // Safelisted methods are cached beyond the lifetime of the listed ones, even if nothing is listed, but
    // not if nothing may be cached.
    let for_good = &rule("cache.safelisted_methods", Profile::firefox());
    let (again, once) = ("?GET@A, GET@A, cors | ?GET@A, GET@A, cors", "?GET@A, GET@A, cors | GET@A, cors");
    let story = |listed, max_age| {
        let permission = pf().allow_origin(A).allow_methods(listed).max_age(max_age);
        fetches([forced("GET"), forced("GET")]).at(B, permission, [shared(ok())])
    };
    story("PUT", "1").check(for_good, again, once);
    story("", "60").check(for_good, again, once);
    story("GET", "1").check(for_good, again, once);
    story("PUT", "0").check(for_good, again, again);
    let head = || with_header(request("HEAD", B), "x-a", "1");
    to_b([head(), head()]).check(
        rule("cache.head_is_safelisted", Profile::firefox()),
        "?HEAD+x-a@A, HEAD@A, cors | HEAD@A, cors",
        "?HEAD+x-a@A, HEAD@A, cors | ?HEAD+x-a@A, HEAD@A, cors",
    );
    // GET needs no entry. A method that is not safelisted needs one, although the header has one.
    let by = |method| with_header(request(method, B), "x-a", "1");
    let allowed = pf().allow_origin(A).allow_headers("x-a").max_age("60");
    let cached = "?GET+x-a@A, GET@A, cors | GET@A, cors | ?QUERY+x-a@A, MethodNotAllowed";
    fetches([by("GET"), by("GET"), by("QUERY")]).at(B, allowed.clone(), [shared(ok())]).check(
        rule("cache.head_is_safelisted", Profile::firefox()),
        cached,
        cached,
    );
    // A method that an upload listener forces needs an entry, and so does each name.
    let listening = with(by("GET"), |request| request.use_cors_preflight = true);
    let preflighted = "?GET+x-a@A, GET@A, cors | ?GET+x-a@A, GET@A, cors";
    let forced = fetches([by("GET"), listening]).at(B, allowed, [shared(ok())]);
    forced.check(rule("cache.head_is_safelisted", Profile::firefox()), preflighted, preflighted);
    let second = "?GET+x-a@A, GET@A, cors | ?GET+x-a,x-b@A, HeaderNotAllowed";
    for names in [["x-a", "x-b"], ["x-b", "x-a"]] {
        let both = names.iter().fold(request("GET", B), |request, name| with_header(request, name, "1"));
        let story = to_b([by("GET"), both]);
        story.check(rule("cache.head_is_safelisted", Profile::firefox()), second, second);
    }
    let twice = format!("{put} | {put}");
    let once = format!("{put} | PUT@A, cors");
    for (length, expected) in [(1_023, &once), (1_024, &twice)] {
        let url = format!("{B}/{}", "x".repeat(length - B.len() - 1));
        let story = fetches([request("PUT", &url), request("PUT", &url)]);
        let story = story.at(&url, permission(), [shared(ok())]);
        story.check(rule("cache.url_length_limit", Profile::chromium()), &once, expected);
    }
    let page = page(A);
    let by_fetch = || page.fetch(B).header("if-none-match", "x").build().unwrap();
    let by_xhr = || page.xml_http_request("GET", B).header("if-none-match", "x").send().unwrap();
    let served = "?GET+if-none-match@A, GET@A, cors | GET@A, cors";
    let preflighted = "?GET+if-none-match@A, GET@A, cors | ?GET+if-none-match@A, GET@A, cors";
    for (conditional, expected) in [([by_fetch(), by_fetch()], preflighted), ([by_xhr(), by_xhr()], served)] {
        let story = fetches(conditional).at(B, permission().allow_headers("if-none-match"), [shared(ok())]);
        story.check(rule("cache.conditional_requests", Profile::chromium()), served, preflighted);
        story.check(rule("cache.conditional_requests", Profile::firefox()), served, expected);
    }
    for (mode, in_chromium, in_firefox) in [
        (CacheMode::Default, false, false),
        (CacheMode::NoStore, true, true),
        (CacheMode::Reload, true, true),
        (CacheMode::NoCache, true, false),
        (CacheMode::ForceCache, false, false),
    ] {
        let put = || page.fetch(B).method("PUT").cache(mode).build().unwrap();
        let cached = "?PUT@A, PUT@A, cors | PUT@A, cors";
        let asked = "?PUT@A, PUT@A, cors | ?PUT@A, PUT@A, cors";
        let expected = |bypasses| if bypasses { asked } else { cached };
        let story = to_b([put(), put()]);
        story.check(rule("cache.cache_modes", Profile::chromium()), cached, expected(in_chromium));
        story.check(rule("cache.cache_modes", Profile::firefox()), cached, expected(in_firefox));
    }
    // An entry that is not looked up is not found to be insufficient.
    let by_fetch = || page.fetch(B).method("PUT").header("if-match", "x").build().unwrap();
    let story = fetches([request("PUT", B), by_fetch(), request("PUT", B)]);
    let removed = "?PUT@A, PUT@A, cors | ?PUT+if-match@A, HeaderNotAllowed | ?PUT@A, PUT@A, cors";
    let kept = "?PUT@A, PUT@A, cors | ?PUT+if-match@A, HeaderNotAllowed | PUT@A, cors";
    for (engine, expected) in [(Profile::standard(), removed), (Profile::chromium(), kept)] {
        story.clone().at(B, permission(), [shared(ok())]).check(
            |profile| {
                rule("cache.insufficient_is_removed", Profile::chromium())(profile);
                rule("cache.network_error_clears", Profile::chromium())(profile);
                rule("cache.conditional_requests", engine)(profile);
            },
            removed,
            expected,
        );
    }
    let put_null = || Request::new(&sandboxed(), Method::PUT, B.parse().unwrap());
    to_b([put_null(), put_null()]).check(
        rule("cache.opaque_origins", Profile::chromium()),
        "?PUT@null, PUT@null, cors | PUT@null, cors",
        "?PUT@null, PUT@null, cors | ?PUT@null, PUT@null, cors",
    );
    // The redirect of the PUT from B to C taints the origin. At the second fetch, there are entries for both
    // URLs.
    let chain = redirected(request("PUT", B), 307);
    let chain = Story { fetches: vec![request("PUT", B), request("PUT", B)], ..chain };
    let first = "?PUT@A, PUT@A, ?PUT@null, PUT@null, cors";
    chain.check(
        rule("cache.key_origin", Profile::chromium()),
        &format!("{first} | PUT@A, PUT@null, cors"),
        &format!("{first} | PUT@A, ?PUT@null, PUT@null, cors"),
    );
    chain.check(
        rule("cache.key_origin", Profile::webkit()),
        &format!("{first} | PUT@A, PUT@null, cors"),
        &format!("{first} | PUT@A, ?PUT@null, PUT@null, cors"),
    );
}

/// An entry for one fetch only is found if a redirect leads that fetch back to its URL.
#[test]
fn use_of_entries_within_one_fetch_differs() {
    let around = |initial: fn() -> Request, first: ScriptedResponse| {
        let story = fetches([initial(), initial()]).at(B, permission(), [first, shared(redirect(307, C))]);
        story.at(C, permission(), [shared(redirect(307, C)), shared(ok())])
    };
    let by_frame = || Request::new(&sandboxed(), Method::PUT, B.parse().unwrap());
    let again =
        fetches([by_frame(), by_frame()]).at(B, permission(), [shared(redirect(307, B)), shared(ok())]);
    again.check(
        rule("cache.opaque_origins", Profile::chromium()),
        "?PUT@null, PUT@null, PUT@null, cors | PUT@null, cors",
        "?PUT@null, PUT@null, PUT@null, cors | ?PUT@null, PUT@null, cors",
    );
    let tainted = around(|| request("PUT", B), shared(redirect(307, C)));
    for (engine, found) in [
        (Profile::chromium(), "?PUT@A, PUT@A, ?PUT@null, PUT@null, ?PUT@null, PUT@null, cors"),
        (Profile::webkit(), "?PUT@A, PUT@A, ?PUT@null, PUT@null, PUT@null, cors"),
    ] {
        tainted.check(
            rule("cache.key_origin", engine),
            "?PUT@A, PUT@A, ?PUT@null, PUT@null, PUT@null, cors | PUT@A, PUT@null, cors",
            &format!("{found} | PUT@A, ?PUT@null, PUT@null, cors"),
        );
    }
    // An entry for a tainted opaque origin is not even used by its own fetch.
    let tainted = around(by_frame, shared(redirect(307, C)));
    tainted.check(
        |profile| {
            rule("cache.opaque_origins", Profile::chromium())(profile);
            rule("cache.key_origin", Profile::chromium())(profile);
        },
        "?PUT@null, PUT@null, ?PUT@null, PUT@null, PUT@null, cors | PUT@null, PUT@null, cors",
        "?PUT@null, PUT@null, ?PUT@null, PUT@null, ?PUT@null, PUT@null, cors | ?PUT@null, PUT@null, ?PUT@null, PUT@null, cors",
    );
}

#[test]
fn lifetimes_of_entries_differ() {
    let max_age = |value: &str| pf().allow_origin(A).allow_methods("PUT").max_age(value);
    let once = "?PUT@A, PUT@A, cors | PUT@A, cors";
    let twice = "?PUT@A, PUT@A, cors | ?PUT@A, PUT@A, cors";
    let signed_syntax = rule("cache.max_age_syntax", Profile::chromium());
    let digits_syntax = rule("cache.max_age_syntax", Profile::firefox());
    let story = |value| sequence([max_age(value)], vec![shared(ok())], &["PUT", "PUT"]);
    for (value, signed, digits) in [
        ("-1", twice, twice),
        ("-0", twice, twice),
        ("abc", once, twice),
        ("+600", once, twice),
        ("", once, once),
    ] {
        story(value).check(&signed_syntax, once, signed);
        story(value).check(&digits_syntax, once, digits);
    }
    // Seven fetches, one per second.
    let methods = ["PUT"; 7];
    let long = |value| sequence([max_age(value)], vec![shared(ok())], &methods);
    let kept = format!("?PUT@A, PUT@A, cors{}", " | PUT@A, cors".repeat(6));
    let five =
        format!("?PUT@A, PUT@A, cors{} | ?PUT@A, PUT@A, cors | PUT@A, cors", " | PUT@A, cors".repeat(4));
    long("+600").check(&signed_syntax, &five, &kept);
    long("99999999999999999999").check(&signed_syntax, &kept, &five);

    let update = |second: &str| {
        let both = max_age(second).allow_headers("x-a");
        let mut story = sequence([max_age("60"), both], vec![shared(ok())], &["PUT"; 6]);
        story.fetches[1] = with_header(request("PUT", B), "x-a", "1");
        story
    };
    let start = "?PUT@A, PUT@A, cors | ?PUT+x-a@A, PUT@A, cors";
    let rest = |left: usize| {
        let fetches = (0..4).map(|index| if index == left { "?PUT@A, PUT@A, cors" } else { "PUT@A, cors" });
        format!("{start} | {}", fetches.collect::<Vec<_>>().join(" | "))
    };
    update("3").check(rule("cache.max_age_starts_again", Profile::firefox()), &rest(1), &rest(2));
    let ended = format!("{start}{}", " | ?PUT@A, PUT@A, cors".repeat(4));
    update("0").check(rule("cache.zero_ends_entries", Profile::firefox()), &ended, &rest(9));
}

#[test]
fn matching_of_entries_differs() {
    let by = |credentials, method| with(request(method, B), |request| request.credentials = credentials);
    let (omit, include) = (CredentialsMode::Omit, CredentialsMode::Include);
    let put = "?PUT@A, PUT@A cookies, cors";
    to_b([by(include, "PUT"), by(omit, "PUT")]).check(
        rule("cache.credentials_serve_all", Profile::firefox()),
        &format!("{put} | PUT@A, cors"),
        &format!("{put} | ?PUT@A, PUT@A, cors"),
    );
    let starred = || permission().allow_methods("*").allow_headers("*");
    let story = |requests: Vec<Request>| fetches(requests).at(B, starred(), [shared(ok())]);
    let served = format!("{put} | FOO@A, cors");
    let preflighted = format!("{put} | ?FOO@A, FOO@A, cors");
    let from_include = || story(vec![by(include, "PUT"), by(omit, "FOO")]);
    let wildcard = |engine| rule("cache.wildcard", engine);
    from_include().check(wildcard(Profile::webkit()), &served, &served);
    from_include().check(wildcard(Profile::chromium()), &served, &preflighted);
    from_include().check(wildcard(Profile::firefox()), &served, &preflighted);
    let from_omit = || story(vec![by(omit, "FOO"), by(omit, "BAR")]);
    let served = "?FOO@A, FOO@A, cors | BAR@A, cors";
    from_omit().check(wildcard(Profile::chromium()), served, served);
    from_omit().check(wildcard(Profile::firefox()), served, "?FOO@A, FOO@A, cors | ?BAR@A, BAR@A, cors");
    let with_auth = with_header(request("GET", B), "authorization", "x");
    let star = pf().allow_origin(A).allow_headers("*").max_age("60");
    let story = fetches([with_header(request("GET", B), "x-b", "1"), with_auth]).at(B, star, [shared(ok())]);
    story.check(
        rule("cache.authorization_wildcard", Profile::webkit()),
        "?GET+x-b@A, GET@A, cors | ?GET+authorization@A, AuthorizationNeedsExplicitListing",
        "?GET+x-b@A, GET@A, cors | GET@A auth, cors",
    );
}

#[test]
fn removal_of_entries_after_errors_differs() {
    let permission = || pf().allow_origin(A).allow_methods("PUT").max_age("60");
    let refused = vec![shared(ok()), ok(), shared(ok())];
    let simple = sequence([permission()], refused, &["PUT", "GET", "PUT"]);
    simple.check(
        rule("cache.only_preflighted_clear", Profile::firefox()),
        "?PUT@A, PUT@A, cors | GET@A, AllowOriginMissing | PUT@A, cors",
        "?PUT@A, PUT@A, cors | GET@A, AllowOriginMissing | ?PUT@A, PUT@A, cors",
    );
    // Outside CORS, an error removes nothing.
    let blocked = vec![shared(ok()), ok().with("cross-origin-resource-policy", "same-origin"), shared(ok())];
    let mut story = sequence([permission()], blocked, &["PUT", "GET", "PUT"]);
    story.fetches[1].mode = Mode::NoCors;
    let kept = "?PUT@A, PUT@A, cors | GET, CorpSameOrigin | PUT@A, cors";
    story.check(rule("cache.only_preflighted_clear", Profile::firefox()), kept, kept);
    let responses = vec![shared(ok()), shared(redirect(302, "/y")), shared(ok())];
    let mut story = sequence([permission()], responses, &["PUT", "PUT", "PUT"]);
    story.fetches[1].redirect = RedirectMode::Error;
    story.check(
        rule("cache.redirect_mode_error_clears", Profile::firefox()),
        "?PUT@A, PUT@A, cors | PUT@A, RedirectModeError | ?PUT@A, PUT@A, cors",
        "?PUT@A, PUT@A, cors | PUT@A, RedirectModeError | PUT@A, cors",
    );
}
