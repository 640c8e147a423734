//! Credentials, `Origin` outside CORS, and what answers say.

use super::*;

#[test]
fn credentials_on_the_way_differ() {
    let public = |answer: ScriptedResponse| answer.allow_origin("*");
    let away = fetches([request("GET", A)]).at(A, pf(), [redirect(302, B)]);
    let away = away.at(B, pf(), [public(redirect(302, C))]).at(C, pf(), [public(ok())]);
    away.parts(
        |profile| profile.redirect.same_origin_checked_as_include = true,
        "GET cookies, GET@A, GET@null, cors",
        "GET cookies, GET@A, AllowOriginWildcardWithCredentials",
    );
    // A location counts even if it cannot be followed; without one there is no redirect.
    let rule = |profile: &mut Profile| profile.redirect.same_origin_checked_as_include = true;
    let nowhere = |answer| fetches([request("GET", A)]).at(A, pf(), [redirect(302, B)]).at(B, pf(), [answer]);
    nowhere(public(redirect(302, "http://["))).parts(
        rule,
        "GET cookies, GET@A, LocationInvalid",
        "GET cookies, GET@A, AllowOriginWildcardWithCredentials",
    );
    let delivered = "GET cookies, GET@A, cors";
    nowhere(public(ok().status(302))).parts(rule, delivered, delivered);
    // The preflight for where the redirect leads comes first, and what it permits is kept.
    let b2 = "https://b.test/2";
    let put = fetches([request("PUT", A), request("PUT", b2)]).at(A, pf(), [redirect(307, B)]);
    let put = |next| {
        let refused = put.clone().at(B, permission(), [public(redirect(307, b2))]);
        refused.at(b2, next, [shared(ok())])
    };
    let rule = |profile: &mut Profile| {
        profile.redirect.same_origin_checked_as_include = true;
        profile.cache.network_error_clears = NetworkErrorClears::Nothing;
    };
    let before = "PUT@A cookies, ?PUT@A, PUT@A, ?PUT@A, ";
    put(permission()).parts(
        rule,
        &format!("{before}PUT@A, cors | PUT@A, cors"),
        &format!("{before}AllowOriginWildcardWithCredentials | PUT@A, cors"),
    );
    put(pf()).parts(
        rule,
        &format!("{before}AllowOriginMissing | ?PUT@A, AllowOriginMissing"),
        &format!("{before}AllowOriginMissing | ?PUT@A, AllowOriginMissing"),
    );
    // The error is that of the answer which redirects.
    let mut profile = Profile::standard();
    rule(&mut profile);
    let mut oracle = Oracle::with_user_agent(page(A), UserAgent::new(profile));
    let transcript = oracle.fetch(request("PUT", A), &mut put(permission()).routes);
    let error = transcript.outcome().as_ref().unwrap_err();
    assert_eq!((error.hop(), error.url().as_str(), error.phase()), (1, "https://b.test/", Phase::Actual));
    let no_cors = with(request("GET", A), |request| request.mode = Mode::NoCors);
    let away = fetches([no_cors]).at(A, pf(), [redirect(302, B)]).at(B, pf(), [ok()]);
    away.parts(
        |profile| profile.redirect.same_origin_follows_no_cors = true,
        "GET cookies, GET, opaque",
        "GET cookies, GET cookies, opaque",
    );
    let credentialless = with(request("GET", B), |request| {
        request.mode = Mode::NoCors;
        request.credentials = CredentialsMode::Include;
        request.embedder_policy = EmbedderPolicy::Credentialless;
    });
    fetches([credentialless]).at(B, pf(), [ok()]).parts(
        |profile| profile.response.knows_credentialless = false,
        "GET, opaque",
        "GET cookies, opaque",
    );
}

#[test]
fn origins_outside_cors_differ() {
    let post = |url| with(request("POST", url), |request| request.mode = Mode::NoCors);
    let hidden = with(post(B), |request| request.referrer_policy = ReferrerPolicy::NoReferrer);
    fetches([hidden]).at(B, pf(), [ok()]).parts(
        |profile| profile.origin.follows_referrer_policy = false,
        "POST@null, opaque",
        "POST@A, opaque",
    );
    let hidden = |url| with(post(url), |request| request.referrer_policy = ReferrerPolicy::NoReferrer);
    let rule = |profile: &mut Profile| profile.origin.redirects_apply_referrer_policy = false;
    let (a2, b2) = ("https://a.test/2", "https://b.test/2");
    let away = fetches([hidden(A)]).at(A, pf(), [redirect(307, a2)]).at(a2, pf(), [redirect(307, B)]);
    away.at(B, pf(), [redirect(307, b2)]).at(b2, pf(), [ok()]).parts(
        rule,
        "POST@null cookies, POST@null cookies, POST@null, POST@null, opaque",
        "POST@null cookies, POST@null cookies, POST@A, POST@A, opaque",
    );
    // What an answer says of the policy comes too late.
    for (before, after, by_the_text, with_the_rule) in [
        (ReferrerPolicy::Origin, "no-referrer", "POST@A, POST@null, opaque", "POST@A, POST@A, opaque"),
        (ReferrerPolicy::NoReferrer, "origin", "POST@null, POST@A, opaque", "POST@null, POST@null, opaque"),
    ] {
        let asked = with(post(B), |request| request.referrer_policy = before);
        let within = fetches([asked]).at(B, pf(), [redirect(307, b2).with("referrer-policy", after)]);
        within.at(b2, pf(), [ok()]).parts(rule, by_the_text, with_the_rule);
    }
    // Once the origin is tainted, it is `null` anyway.
    let tainted = fetches([hidden(B)]).at(B, pf(), [redirect(307, C)]).at(C, pf(), [ok()]);
    tainted.parts(rule, "POST@null, POST@null, opaque", "POST@null, POST@null, opaque");
    fetches([post(A)]).at(A, pf(), [redirect(307, B)]).at(B, pf(), [ok()]).parts(
        |profile| profile.origin.every_crossing_taints = true,
        "POST@A cookies, POST@A, opaque",
        "POST@A cookies, POST@null, opaque",
    );
    let stays = |profile: &mut Profile| profile.origin.stays_on_get = true;
    let within = fetches([post(B)]).at(B, pf(), [redirect(303, "/y")]);
    within.parts(stays, "POST@A, GET, opaque", "POST@A, GET@A, opaque");
    let beyond = fetches([post(B)]).at(B, pf(), [redirect(303, C)]);
    beyond.parts(stays, "POST@A, GET, opaque", "POST@A, GET, opaque");

    let by_element = with(request("GET", A), |request| request.unsafe_request = false);
    fetches([by_element, request("GET", A)]).at(A, pf(), [ok()]).parts(
        |profile| profile.origin.elements_say_it = true,
        "GET cookies, basic | GET cookies, basic",
        "GET@A cookies, basic | GET cookies, basic",
    );
    let sandboxed = |credentials| {
        let request = Request::new(&sandboxed(), Method::GET, B.parse().unwrap());
        with(request, |request| (request.mode, request.credentials) = (Mode::NoCors, credentials))
    };
    let both = fetches([sandboxed(CredentialsMode::Include), sandboxed(CredentialsMode::Omit)]);
    both.at(B, pf(), [ok()]).parts(
        |profile| profile.origin.opaque_says_null = OpaqueSaysNull::UntilRewritten,
        "GET cookies, opaque | GET, opaque",
        "GET@null cookies, opaque | GET, opaque",
    );
    // Under a page at the top, and along redirects.
    let b2 = "https://b.test/2";
    let under = |top: &str| {
        let request = sandboxed(CredentialsMode::Include);
        let story = fetches([with(request, |request| request.partition = Some(PartitionKey::new(top)))]);
        let story = story.at(B, pf(), [redirect(307, b2)]).at(b2, pf(), [redirect(307, C)]);
        story.at(C, pf(), [ok()])
    };
    let rule = |rule| move |profile: &mut Profile| profile.origin.opaque_says_null = rule;
    let (all, first) = (OpaqueSaysNull::UntilRewritten, OpaqueSaysNull::UntilCrossing);
    let never = "GET cookies, GET cookies, GET cookies, opaque";
    let always = "GET@null cookies, GET@null cookies, GET@null cookies, opaque";
    for top in ["https://x.b.test:8443", "http://b.test", "top"] {
        under(top).parts(rule(all), never, always);
        let until = "GET@null cookies, GET@null cookies, GET cookies, opaque";
        under(top).parts(rule(first), never, until);
    }
    under(C).parts(rule(all), never, never);
    under(C).parts(rule(first), never, never);
    let rewritten = with(sandboxed(CredentialsMode::Include), |request| request.method = Method::POST);
    let rewritten = fetches([rewritten]).at(B, pf(), [redirect(303, b2)]).at(b2, pf(), [ok()]);
    let once = "POST@null cookies, GET cookies, opaque";
    rewritten.parts(rule(all), once, once);
    rewritten.parts(rule(first), once, "POST@null cookies, GET@null cookies, opaque");

    let rule = |profile: &mut Profile| profile.redirect.policies_stand_alone = true;
    for (policies, by_the_text, alone) in [
        ("no-referrer, f@o", "A", "null"),
        ("f@o, no-referrer", "A", "null"),
        ("no-referrer x", "A", "A"),
        ("f@o", "A", "A"),
        ("no-referrer, foo", "null", "null"),
    ] {
        let hides = redirect(307, "/y").with("referrer-policy", policies);
        let within = fetches([post(B)]).at(B, pf(), [hides]).at("https://b.test/y", pf(), [ok()]);
        let told = |origin| format!("POST@A, POST@{origin}, opaque");
        within.parts(rule, &told(by_the_text), &told(alone));
    }
}

#[test]
fn answers_are_read_differently() {
    let include = with(request("GET", B), |request| request.credentials = CredentialsMode::Include);
    let empty_line = shared(ok()).allow_credentials("");
    fetches([include]).at(B, pf(), [empty_line]).parts(
        |profile| profile.response.empty_lines_count = false,
        "GET@A cookies, AllowCredentialsNotTrue",
        "GET@A cookies, cors",
    );
    let no_cors = |page: &str, url: &str| {
        let request = Request::new(&crate::browser::support::page(page), Method::GET, url.parse().unwrap());
        with(request, |request| request.mode = Mode::NoCors)
    };
    let same_site = |page: &str, url: &str| {
        let answer = ok().with("cross-origin-resource-policy", "same-site");
        fetches([no_cors(page, url)]).at(url, pf(), [answer])
    };
    let rule = |profile: &mut Profile| profile.response.addresses_are_sites = false;
    same_site("http://127.0.0.1:1/", "http://127.0.0.1:2/").parts(rule, "GET, opaque", "GET, CorpSameSite");
    same_site("http://x.b.test/", "http://y.b.test:2/").parts(rule, "GET, opaque", "GET, opaque");

    let rule = |profile: &mut Profile| profile.response.bare_names_are_one_site = true;
    let (allowed, blocked) = ("GET, opaque", "GET, CorpSameSite");
    same_site("http://one/", "http://other/").parts(rule, blocked, allowed);
    same_site("http://one/", "https://other/").parts(rule, blocked, blocked);
    same_site("http://one/", "http://127.0.0.1/").parts(rule, blocked, blocked);
    same_site("http://127.0.0.1/", "http://one/").parts(rule, blocked, blocked);
    same_site("http://one/", "http://x.test/").parts(rule, blocked, blocked);
    let by_frame = |url: &str| {
        let request = with(no_cors(A, url), |request| request.origin = sandboxed().origin().clone());
        let answer = ok().with("cross-origin-resource-policy", "same-site");
        fetches([request]).at(url, pf(), [answer])
    };
    by_frame("http://one/").parts(rule, blocked, allowed);
    by_frame("https://one/").parts(rule, blocked, blocked);
    by_frame("http://127.0.0.1/").parts(rule, blocked, blocked);
    by_frame("http://x.test/").parts(rule, blocked, blocked);

    let required = with(no_cors(A, B), |request| request.embedder_policy = EmbedderPolicy::RequireCorp);
    let rule = |profile: &mut Profile| profile.response.unknown_resource_policy_is_none = false;
    let unknown = ok().with("cross-origin-resource-policy", "none");
    fetches([required.clone()]).at(B, pf(), [unknown]).parts(rule, "GET, CorpDefaultedByCoep", "GET, opaque");
    for absent in [ok(), ok().with("cross-origin-resource-policy", "")] {
        fetches([required.clone()]).at(B, pf(), [absent]).parts(
            rule,
            "GET, CorpDefaultedByCoep",
            "GET, CorpDefaultedByCoep",
        );
    }

    // Timing, which the stories do not tell.
    let chain = fetches([no_cors(A, B)]);
    let chain = chain.at(B, pf(), [redirect(302, C).with("timing-allow-origin", A)]);
    let chain = chain.at(C, pf(), [ok().with("timing-allow-origin", A)]);
    for (is_tainted, allowed) in [(true, false), (false, true)] {
        let mut profile = Profile::standard();
        profile.response.timing_is_tainted_in_no_cors = is_tainted;
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
            let asked = with(request("GET", B), |request| request.mode = mode);
            let answer = shared(ok().status(status))
                .with("timing-allow-origin", "*")
                .with("content-type", content_type);
            let story = fetches([asked]).at(B, pf(), [answer]);
            for (needs_ok, allowed) in [(false, true), (true, !withheld)] {
                let mut profile = Profile::standard();
                profile.response.opaque_timing_needs_ok_status = needs_ok;
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
