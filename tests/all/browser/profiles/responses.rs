//! Credentials, `Origin` outside CORS, and the reading of responses.

use crossorigin::{origin::TupleOrigin, site::Sites};

use super::*;

/// Nothing is asked for and nothing is hidden; what goes out stays the same.
#[test]
fn without_cors_everything_is_sent_and_readable() {
    let off = |profile: &mut Profile| *profile = profile.clone().with_enforced_cors(false);
    let included =
        |method| with(request(method, B), |request| request.credentials = CredentialsMode::Include);
    let story = fetches([request("PUT", B), included("GET"), with_header(request("GET", B), "x-a", "1")]);
    story.at(B, pf(), [ok()]).check(
        off,
        "?PUT@A, AllowOriginMissing | GET@A cookies, AllowOriginMissing | ?GET+x-a@A, AllowOriginMissing",
        "PUT@A, basic | GET@A cookies, basic | GET@A, basic",
    );
    let no_cors = with(request("GET", B), |request| request.mode = Mode::NoCors);
    fetches([no_cors.clone()]).at(B, pf(), [ok()]).check(off, "GET, opaque", "GET, basic");
    // Other rules stay.
    let corp = ok().with("cross-origin-resource-policy", "same-origin");
    fetches([no_cors]).at(B, pf(), [corp]).check(off, "GET, CorpSameOrigin", "GET, CorpSameOrigin");
    let same_origin = with(request("GET", B), |request| request.mode = Mode::SameOrigin);
    fetches([same_origin]).check(off, "ModeSameOrigin", "ModeSameOrigin");
    // A redirect taints the origin as ever.
    let away = fetches([request("PUT", B)]).at(B, permission(), [redirect(307, C).allow_origin(A)]);
    away.at(C, pf(), [ok()]).check(
        off,
        "?PUT@A, PUT@A, ?PUT@null, AllowOriginMissing",
        "PUT@A, PUT@null, basic",
    );
    let redirected = fetches([request("GET", B)]).at(B, pf(), [redirect(302, "https://u:p@c.test/")]);
    redirected.check(off, "GET@A, AllowOriginMissing", "GET@A, LocationIncludesCredentials");
}

#[test]
fn without_cors_all_headers_are_visible_and_the_trace_says_why() {
    let profile = Profile::firefox().with_enforced_cors(false);
    assert_eq!(profile.name(), "custom");
    let mut user_agent = UserAgent::new(profile).with_trace();
    let put = with_header(request("PUT", B), "x-a", "1");
    let Step::Send(exchange) = user_agent.fetch(put, Timestamp::ZERO) else { panic!() };
    let head = ok().with("x-b", "1").with("set-cookie", "a=1").head();
    let Step::Done(Ok(response)) = exchange.receive(head, &mut user_agent, Timestamp::ZERO) else { panic!() };
    let names: Vec<_> = response.headers().iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["x-b"]);
    assert!(response.body_readable() && !response.taints_canvas() && user_agent.cache().is_empty());
    let findings: Vec<_> = response.trace().iter().map(|entry| entry.finding.name()).collect();
    assert_eq!(findings, ["CorsNotEnforced", "Credentials", "TimingHidden", "Delivered"]);
    // A fix names no header of a check that is not run.
    let post = with(request("POST", B), |request| request.body = Body::Stream);
    let Step::Send(exchange) = user_agent.fetch(post, Timestamp::ZERO) else { panic!() };
    let head = redirect(307, "/2").head();
    let Step::Done(Err(error)) = exchange.receive(head, &mut user_agent, Timestamp::ZERO) else { panic!() };
    assert_eq!((error.reason().name(), error.fixes()[0].lines().len()), ("BodyNotReplayable", 0));
}

#[test]
fn credentials_along_redirects_differ() {
    let public = |response: ScriptedResponse| response.allow_origin("*");
    let away = fetches([request("GET", A)]).at(A, pf(), [redirect(302, B)]);
    let away = away.at(B, pf(), [public(redirect(302, C))]).at(C, pf(), [public(ok())]);
    away.check(
        rule("redirect.same_origin_checked_as_include", Profile::webkit()),
        "GET cookies, GET@A, GET@null, cors",
        "GET cookies, GET@A, AllowOriginWildcardWithCredentials",
    );
    // A `Location` counts even if it cannot be followed. Without one there is no redirect.
    let changed = &rule("redirect.same_origin_checked_as_include", Profile::webkit());
    let nowhere =
        |response| fetches([request("GET", A)]).at(A, pf(), [redirect(302, B)]).at(B, pf(), [response]);
    nowhere(public(redirect(302, "http://["))).check(
        changed,
        "GET cookies, GET@A, LocationInvalid",
        "GET cookies, GET@A, AllowOriginWildcardWithCredentials",
    );
    let delivered = "GET cookies, GET@A, cors";
    nowhere(public(ok().status(302))).check(changed, delivered, delivered);
    // The preflight for the target of the redirect comes first, and its response is cached.
    let b2 = "https://b.test/2";
    let put = fetches([request("PUT", A), request("PUT", b2)]).at(A, pf(), [redirect(307, B)]);
    let put = |next| {
        let refused = put.clone().at(B, permission(), [public(redirect(307, b2))]);
        refused.at(b2, next, [shared(ok())])
    };
    let changed = |profile: &mut Profile| {
        rule("redirect.same_origin_checked_as_include", Profile::webkit())(profile);
        rule("cache.network_error_clears", Profile::chromium())(profile);
    };
    let before = "PUT@A cookies, ?PUT@A, PUT@A, ?PUT@A, ";
    put(permission()).check(
        changed,
        &format!("{before}PUT@A, cors | PUT@A, cors"),
        &format!("{before}AllowOriginWildcardWithCredentials | PUT@A, cors"),
    );
    put(pf()).check(
        changed,
        &format!("{before}AllowOriginMissing | ?PUT@A, AllowOriginMissing"),
        &format!("{before}AllowOriginMissing | ?PUT@A, AllowOriginMissing"),
    );
    // The error belongs to the response that redirects.
    let mut profile = Profile::standard();
    changed(&mut profile);
    let mut oracle = Oracle::with_user_agent(page(A), UserAgent::new(profile));
    let transcript = oracle.fetch(request("PUT", A), &mut put(permission()).routes);
    let error = transcript.outcome().as_ref().unwrap_err();
    assert_eq!((error.hop(), error.url().as_str(), error.phase()), (1, "https://b.test/", Phase::Actual));
    let no_cors = with(request("GET", A), |request| request.mode = Mode::NoCors);
    let away = fetches([no_cors]).at(A, pf(), [redirect(302, B)]).at(B, pf(), [ok()]);
    away.check(
        rule("redirect.same_origin_follows_no_cors", Profile::webkit()),
        "GET cookies, GET, opaque",
        "GET cookies, GET cookies, opaque",
    );
    // A request whose first URL has another origin carries no credentials in any browser.
    let elsewhere = with(request("GET", B), |request| request.mode = Mode::NoCors);
    let elsewhere = fetches([elsewhere]).at(B, pf(), [ok()]);
    elsewhere.check(
        rule("redirect.same_origin_follows_no_cors", Profile::webkit()),
        "GET, opaque",
        "GET, opaque",
    );
    let credentialless = with(request("GET", B), |request| {
        request.mode = Mode::NoCors;
        request.credentials = CredentialsMode::Include;
        request.embedder_policy = EmbedderPolicy::Credentialless;
    });
    fetches([credentialless]).at(B, pf(), [ok()]).check(
        rule("response.supports_credentialless", Profile::webkit()),
        "GET, opaque",
        "GET cookies, opaque",
    );
}

#[test]
fn origins_outside_cors_differ() {
    let post = |url| with(request("POST", url), |request| request.mode = Mode::NoCors);
    let hidden = with(post(B), |request| request.referrer_policy = ReferrerPolicy::NoReferrer);
    fetches([hidden]).at(B, pf(), [ok()]).check(
        rule("origin.follows_referrer_policy", Profile::chromium()),
        "POST@null, opaque",
        "POST@A, opaque",
    );
    let hidden = |url| with(post(url), |request| request.referrer_policy = ReferrerPolicy::NoReferrer);
    let changed = &rule("origin.redirects_apply_referrer_policy", Profile::webkit());
    let (a2, b2) = ("https://a.test/2", "https://b.test/2");
    let away = fetches([hidden(A)]).at(A, pf(), [redirect(307, a2)]).at(a2, pf(), [redirect(307, B)]);
    away.at(B, pf(), [redirect(307, b2)]).at(b2, pf(), [ok()]).check(
        changed,
        "POST@null cookies, POST@null cookies, POST@null, POST@null, opaque",
        "POST@null cookies, POST@null cookies, POST@A, POST@A, opaque",
    );
    // The policy of a response comes too late.
    for (before, after, by_standard, with_the_rule) in [
        (ReferrerPolicy::Origin, "no-referrer", "POST@A, POST@null, opaque", "POST@A, POST@A, opaque"),
        (ReferrerPolicy::NoReferrer, "origin", "POST@null, POST@A, opaque", "POST@null, POST@null, opaque"),
    ] {
        let initial = with(post(B), |request| request.referrer_policy = before);
        let within = fetches([initial]).at(B, pf(), [redirect(307, b2).with("referrer-policy", after)]);
        within.at(b2, pf(), [ok()]).check(changed, by_standard, with_the_rule);
    }
    // A tainted origin is `null` anyway.
    let tainted = fetches([hidden(B)]).at(B, pf(), [redirect(307, C)]).at(C, pf(), [ok()]);
    tainted.check(changed, "POST@null, POST@null, opaque", "POST@null, POST@null, opaque");
    fetches([post(A)]).at(A, pf(), [redirect(307, B)]).at(B, pf(), [ok()]).check(
        rule("origin.every_crossing_taints_in", Profile::chromium()),
        "POST@A cookies, POST@A, opaque",
        "POST@A cookies, POST@null, opaque",
    );
    let stays = &rule("origin.kept_when_method_becomes_get", Profile::webkit());
    let within = fetches([post(B)]).at(B, pf(), [redirect(303, "/y")]);
    within.check(stays, "POST@A, GET, opaque", "POST@A, GET@A, opaque");
    let navigation = with(post(B), |request| request.mode = Mode::Navigate);
    fetches([navigation]).at(B, pf(), [redirect(303, "/y")]).check(
        stays,
        "POST@A cookies, GET cookies, basic",
        "POST@A cookies, GET cookies, basic",
    );
    let beyond = fetches([post(B)]).at(B, pf(), [redirect(303, C)]);
    beyond.check(stays, "POST@A, GET, opaque", "POST@A, GET, opaque");

    let by_element = with(request("GET", A), |request| request.unsafe_request = false);
    fetches([by_element, request("GET", A)]).at(A, pf(), [ok()]).check(
        rule("origin.sent_by_crossorigin_elements", Profile::webkit()),
        "GET cookies, basic | GET cookies, basic",
        "GET@A cookies, basic | GET cookies, basic",
    );
    let sandboxed = |credentials| {
        let request = Request::new(&sandboxed(), Method::GET, B.parse().unwrap());
        with(request, |request| (request.mode, request.credentials) = (Mode::NoCors, credentials))
    };
    let both = fetches([sandboxed(CredentialsMode::Include), sandboxed(CredentialsMode::Omit)]);
    both.at(B, pf(), [ok()]).check(
        rule("origin.no_cors_opaque_origin", Profile::chromium()),
        "GET cookies, opaque | GET, opaque",
        "GET@null cookies, opaque | GET, opaque",
    );
    // In frames of several top-level pages, and along redirects.
    let b2 = "https://b.test/2";
    let under = |top: &str| {
        let request = sandboxed(CredentialsMode::Include);
        let top = match top.parse::<TupleOrigin>() {
            Ok(origin) => PartitionKey::of_top_level(&origin.into(), Sites::default()),
            Err(_) => PartitionKey::new(top),
        };
        let story = fetches([with(request, |request| request.partition = Some(top))]);
        let story = story.at(B, pf(), [redirect(307, b2)]).at(b2, pf(), [redirect(307, C)]);
        story.at(C, pf(), [ok()])
    };
    let all = rule("origin.no_cors_opaque_origin", Profile::chromium());
    let first = rule("origin.no_cors_opaque_origin", Profile::firefox());
    let never = "GET cookies, GET cookies, GET cookies, opaque";
    let always = "GET@null cookies, GET@null cookies, GET@null cookies, opaque";
    for top in ["https://x.b.test:8443", "http://b.test", "top"] {
        under(top).check(&all, never, always);
        let until = "GET@null cookies, GET@null cookies, GET cookies, opaque";
        under(top).check(&first, never, until);
    }
    under(C).check(&all, never, never);
    under(C).check(&first, never, never);
    let rewritten = with(sandboxed(CredentialsMode::Include), |request| request.method = Method::POST);
    let rewritten = fetches([rewritten]).at(B, pf(), [redirect(303, b2)]).at(b2, pf(), [ok()]);
    let once = "POST@null cookies, GET cookies, opaque";
    rewritten.check(&all, once, once);
    rewritten.check(&first, once, "POST@null cookies, GET@null cookies, opaque");

    let changed = &rule("redirect.skip_invalid_referrer_policy_tokens", Profile::chromium());
    for (policies, by_standard, alone) in [
        ("no-referrer, f@o", "A", "null"),
        ("f@o, no-referrer", "A", "null"),
        ("no-referrer x", "A", "A"),
        ("f@o", "A", "A"),
        ("no-referrer, foo", "null", "null"),
    ] {
        let hides = redirect(307, "/y").with("referrer-policy", policies);
        let within = fetches([post(B)]).at(B, pf(), [hides]).at("https://b.test/y", pf(), [ok()]);
        let expected = |origin| format!("POST@A, POST@{origin}, opaque");
        within.check(changed, &expected(by_standard), &expected(alone));
    }
}

#[test]
fn reading_of_responses_differs() {
    let include = with(request("GET", B), |request| request.credentials = CredentialsMode::Include);
    let empty_line = shared(ok()).allow_credentials("");
    fetches([include]).at(B, pf(), [empty_line]).check(
        rule("response.empty_lines", Profile::firefox()),
        "GET@A cookies, AllowCredentialsNotTrue",
        "GET@A cookies, cors",
    );
    // Firefox refuses two lines that are both spelled `Access-Control-Allow-Origin`. In lower case it skips the
    // empty line.
    let spelled = |lower_case| {
        move |profile: &mut Profile| {
            *profile = profile.clone().with_lower_case_header_names(lower_case);
        }
    };
    for origins in [[A, ""], ["", A]] {
        let lines = || origins.iter().fold(ok(), |ok, origin| ok.with("access-control-allow-origin", origin));
        let get = fetches([request("GET", B)]).at(B, pf(), [lines()]);
        get.check(
            rule("response.empty_lines", Profile::firefox()),
            "GET@A, AllowOriginMultiple",
            "GET@A, AllowOriginMultiple",
        );
        let lower_case = rule("response.empty_lines", Profile::firefox().with_lower_case_header_names(true));
        get.check(lower_case, "GET@A, AllowOriginMultiple", "GET@A, cors");
        // Without a CORS check, the empty line is skipped in every spelling.
        let to_own = fetches([request("GET", A)]).at(A, pf(), [lines()]);
        let transcript = |profile: Profile| {
            let mut story = to_own.clone();
            let mut oracle = Oracle::with_user_agent(page(A), UserAgent::new(profile));
            oracle.fetch(story.fetches.remove(0), &mut story.routes).into_outcome().unwrap()
        };
        let visible = |profile| {
            transcript(profile).headers().lines(&"access-control-allow-origin".parse().unwrap()).count()
        };
        assert_eq!((visible(Profile::standard()), visible(Profile::firefox())), (2, 1));
        get.check(spelled(true), "GET@A, AllowOriginMultiple", "GET@A, AllowOriginMultiple");
    }
    let no_cors = |page: &str, url: &str| {
        let request = Request::new(&crate::browser::support::page(page), Method::GET, url.parse().unwrap());
        with(request, |request| request.mode = Mode::NoCors)
    };
    let same_site = |page: &str, url: &str| {
        let response = ok().with("cross-origin-resource-policy", "same-site");
        fetches([no_cors(page, url)]).at(url, pf(), [response])
    };
    let changed = &rule("response.addresses_are_sites", Profile::chromium());
    same_site("http://127.0.0.1:1/", "http://127.0.0.1:2/").check(
        changed,
        "GET, opaque",
        "GET, CorpSameSite",
    );
    same_site("http://x.b.test/", "http://y.b.test:2/").check(changed, "GET, opaque", "GET, opaque");

    let changed = &rule("response.hosts_without_registrable_domain_are_same_site", Profile::chromium());
    let (allowed, blocked) = ("GET, opaque", "GET, CorpSameSite");
    same_site("http://one/", "http://other/").check(changed, blocked, allowed);
    same_site("http://one/", "https://other/").check(changed, blocked, blocked);
    same_site("http://one/", "http://127.0.0.1/").check(changed, blocked, blocked);
    same_site("http://127.0.0.1/", "http://one/").check(changed, blocked, blocked);
    same_site("http://one/", "http://x.test/").check(changed, blocked, blocked);
    let by_frame = |url: &str| {
        let request = with(no_cors(A, url), |request| request.origin = sandboxed().origin().clone());
        let response = ok().with("cross-origin-resource-policy", "same-site");
        fetches([request]).at(url, pf(), [response])
    };
    by_frame("http://one/").check(changed, blocked, allowed);
    by_frame("https://one/").check(changed, blocked, blocked);
    by_frame("http://127.0.0.1/").check(changed, blocked, blocked);
    by_frame("http://x.test/").check(changed, blocked, blocked);

    let required = with(no_cors(A, B), |request| request.embedder_policy = EmbedderPolicy::RequireCorp);
    let changed = &rule("response.unknown_resource_policy_is_none", Profile::firefox());
    let unknown = ok().with("cross-origin-resource-policy", "none");
    fetches([required.clone()]).at(B, pf(), [unknown]).check(
        changed,
        "GET, CorpDefaultedByCoep",
        "GET, opaque",
    );
    for absent in [ok(), ok().with("cross-origin-resource-policy", "")] {
        fetches([required.clone()]).at(B, pf(), [absent]).check(
            changed,
            "GET, CorpDefaultedByCoep",
            "GET, CorpDefaultedByCoep",
        );
    }

    // The stories do not show timing.
    let chain = fetches([no_cors(A, B)]);
    let chain = chain.at(B, pf(), [redirect(302, C).with("timing-allow-origin", A)]);
    let chain = chain.at(C, pf(), [ok().with("timing-allow-origin", A)]);
    for (is_tainted, allowed) in [(true, false), (false, true)] {
        let mut profile = Profile::standard();
        if !is_tainted {
            rule("response.timing_is_tainted_in_no_cors", Profile::webkit())(&mut profile);
        }
        let mut oracle = Oracle::with_user_agent(page(A), UserAgent::new(profile));
        let transcript = oracle.fetch(chain.fetches[0].clone(), &mut chain.routes.clone());
        assert_eq!(transcript.outcome().as_ref().unwrap().timing_allowed(), allowed);
    }
    let html = "text/html";
    for (status, content_type, with_the_rule) in [
        (200, html, true),
        (204, html, true),
        (206, html, false),
        (300, html, false),
        (307, html, false),
        (404, html, false),
        (404, "text/javascript1.5; charset=utf-8", true),
        (206, "TEXT/CSS", true),
        (206, "image/png", false),
    ] {
        for (mode, withheld) in [(Mode::NoCors, !with_the_rule), (Mode::Cors, false)] {
            let initial = with(request("GET", B), |request| request.mode = mode);
            let response = shared(ok().status(status))
                .with("timing-allow-origin", "*")
                .with("content-type", content_type);
            let story = fetches([initial]).at(B, pf(), [response]);
            for (needs_ok, allowed) in [(false, true), (true, !withheld)] {
                let mut profile = Profile::standard();
                if needs_ok {
                    rule("response.opaque_timing_needs_ok_status", Profile::firefox())(&mut profile);
                }
                let mut oracle = Oracle::with_user_agent(page(A), UserAgent::new(profile));
                let transcript = oracle.fetch(story.fetches[0].clone(), &mut story.routes.clone());
                assert_eq!(
                    transcript.outcome().as_ref().unwrap().timing_allowed(),
                    allowed,
                    "{status} {content_type}"
                );
            }
        }
    }
}
