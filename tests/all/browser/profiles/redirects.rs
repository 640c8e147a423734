//! Redirects.

use super::*;
use crate::browser::support::{Browser, Cors, exchange};

#[test]
fn preflights_after_redirects_differ() {
    redirected(request("PUT", B), 307).check(
        rule("preflight.sends_page_origin", Profile::firefox()),
        "?PUT@A, PUT@A, ?PUT@null, PUT@null, cors",
        "?PUT@A, PUT@A, ?PUT@A, PUT@null, cors",
    );
    // Back at the page's own origin, nothing is checked.
    let back = fetches([request("PUT", B)]).at(B, permission(), [shared(redirect(307, A))]);
    back.at(A, pf().allow_methods("PUT"), [shared(ok())]).check(
        rule("preflight.sends_page_origin", Profile::firefox()),
        "?PUT@A, PUT@A, ?PUT@null, AllowOriginMissing",
        "?PUT@A, PUT@A, ?PUT@A, PUT@null, cors",
    );
    redirected(request("PUT", B), 303).check(
        rule("preflight.repeat_after_redirect", Profile::webkit()),
        "?PUT@A, PUT@A, GET@null, cors",
        "?PUT@A, PUT@A, ?GET@null, GET@null, cors",
    );
    // Without a redirect, nothing is repeated.
    let with_name = || with_header(request("GET", B), "x-a", "1");
    let story = fetches([with_name(), with_name()]).at(B, permission(), [shared(ok())]);
    let once = "?GET+x-a@A, GET@A, cors | GET@A, cors";
    story.check(rule("preflight.repeat_after_redirect", Profile::webkit()), once, once);
    let with_auth = || with_header(request("GET", B), "authorization", "x");
    let plain = "?GET+authorization@A, GET@A auth, GET@null, cors";
    redirected(with_auth(), 302).check(
        rule("preflight.headers", Profile::webkit()),
        plain,
        "?GET+authorization@A, GET@A auth, ?GET+authorization@null, GET@null, cors",
    );
    redirected(with_auth(), 302).check(
        rule("preflight.headers", Profile::firefox()),
        plain,
        "?GET+authorization@A, GET@A auth, ?GET@null, GET@null, cors",
    );
}

/// In Firefox, a header that a redirect removed makes a preflight necessary, but a cached method is enough to
/// skip it.
#[test]
fn a_cached_method_is_enough_after_a_redirect_removed_all_unsafe_headers() {
    let mut browser = Browser::with(rule("preflight.headers", Profile::firefox()));
    let get = exchange("GET", B).header("Authorization", "x");
    let permission = |origin| pf().allow_origin(origin).allow_methods("GET").max_age("600");
    let onward = || redirect(302, C).allow_origin(A);
    let last = || ok().allow_origin("null");
    let first = permission(A).allow_headers("authorization");
    browser.run(&get, [first, onward(), permission("null"), last()]).delivered(Cors);
    browser.run(&get, [onward(), last()]).delivered(Cors);
}

#[test]
fn headers_after_redirects_differ() {
    let (b2, b3) = ("https://b.test/2", "https://b.test/3");
    let json = with_header(request("POST", B), "content-type", "application/json");
    let json = with_header(with(json, |request| request.body = Body::Replayable), "authorization", "x");
    let chain = |status, second| {
        let story = fetches([json.clone()]).at(B, permission(), [shared(redirect(status, b2))]);
        story.at(b2, permission(), [shared(redirect(second, b3))]).at(b3, permission(), [shared(ok())])
    };
    let first = "?POST+authorization,content-type@A, POST@A type auth, ?GET+authorization@A, GET@A auth, ";
    let left = format!("{first}?GET+authorization@A, GET@A auth, cors");
    let returned = format!("{first}?GET+authorization,content-type@A, GET@A type auth, cors");
    for engine in [Profile::firefox(), Profile::webkit()] {
        chain(303, 307).check(rule("redirect.headers", engine), &left, &returned);
    }
    // In Firefox, each redirect that would change the POST to GET removes the headers of the body.
    chain(303, 303).check(rule("redirect.headers", Profile::firefox()), &left, &left);

    // `Authorization` was removed at the first redirect, from A to B.
    let auth = with_header(request("GET", A), "authorization", "x");
    let away =
        fetches([auth]).at(A, pf(), [redirect(302, B)]).at(B, permission(), [shared(redirect(302, b2))]);
    let away = away.at(b2, permission(), [shared(ok())]);
    let gone = "GET auth cookies, GET@A, GET@A, cors";
    away.check(
        rule("redirect.headers", Profile::firefox()),
        gone,
        "GET auth cookies, GET@A, ?GET+authorization@A, GET@A auth, cors",
    );
    away.check(rule("redirect.headers", Profile::webkit()), gone, gone);

    // Outside CORS only the type returns, and only if the status keeps methods.
    let described = |mode| {
        let post =
            with(request("POST", A), |request| (request.body, request.mode) = (Body::Replayable, mode));
        with_header(with_header(post, "content-type", "text/plain"), "authorization", "x")
    };
    let own = |mode, second| {
        let (a2, a3) = ("https://a.test/2", "https://a.test/3");
        let story = fetches([described(mode)]).at(A, pf(), [redirect(303, a2)]);
        story.at(a2, pf(), [redirect(second, a3)]).at(a3, pf(), [ok()])
    };
    let first = "POST@A type auth cookies, GET auth cookies, ";
    for mode in [Mode::Cors, Mode::NoCors, Mode::SameOrigin] {
        for (second, last) in [
            (301, "GET auth cookies, basic"),
            (303, "GET auth cookies, basic"),
            (307, "GET type auth cookies, basic"),
            (308, "GET type auth cookies, basic"),
        ] {
            own(mode, second).check(
                rule("redirect.headers", Profile::webkit()),
                &format!("{first}GET auth cookies, basic"),
                &format!("{first}{last}"),
            );
        }
    }
    // If credentials are no longer sent, the request starts again with the headers that it has then.
    let away = |credentials| {
        let post = with(described(Mode::NoCors), |request| request.credentials = credentials);
        let story = fetches([post]).at(A, pf(), [redirect(303, B)]);
        story.at(B, pf(), [redirect(307, "https://b.test/2")]).at("https://b.test/2", pf(), [ok()])
    };
    for (credentials, sent, last) in [
        (CredentialsMode::SameOrigin, ("POST@A type auth cookies", "GET"), "GET, opaque"),
        (CredentialsMode::Omit, ("POST@A type auth", "GET"), "GET type, opaque"),
        (CredentialsMode::Include, ("POST@A type auth cookies", "GET cookies"), "GET type cookies, opaque"),
    ] {
        let start = format!("{}, {}, ", sent.0, sent.1);
        away(credentials).check(
            rule("redirect.headers", Profile::webkit()),
            &format!("{start}{}, opaque", sent.1),
            &format!("{start}{last}"),
        );
    }
    // On the way from the page's own origin into CORS, everything returns.
    let a2 = "https://a.test/2";
    let into = fetches([described(Mode::Cors)]).at(A, pf(), [redirect(303, a2)]);
    into.at(a2, pf(), [redirect(302, B)]).at(B, permission(), [shared(ok())]).check(
        rule("redirect.headers", Profile::webkit()),
        &format!("{first}GET@A, cors"),
        &format!("{first}GET@A type, cors"),
    );
}

/// If an `XMLHttpRequest` has a type implied by its body, the type is removed with the body.
#[test]
fn types_of_removed_bodies_differ() {
    let (b2, b3) = ("https://b.test/2", "https://b.test/3");
    let page = page(A);
    let upload = |url, kind: &str| {
        page.xml_http_request("POST", url).body(Body::Replayable, Some(kind)).send().unwrap()
    };
    let chain = |request: Request, statuses: [u16; 2]| {
        let url = request.url.clone();
        let story = fetches([request]).at(url.as_str(), permission(), [shared(redirect(statuses[0], b2))]);
        let story = story.at(b2, permission(), [shared(redirect(statuses[1], b3))]);
        story.at(b3, permission(), [shared(ok())])
    };
    let engine = |is_a_header: bool| {
        move |profile: &mut Profile| {
            rule("preflight.repeat_after_redirect", Profile::webkit())(profile);
            rule("preflight.headers", Profile::firefox())(profile);
            rule("redirect.headers", Profile::firefox())(profile);
            if !is_a_header {
                rule("redirect.body_type_is_a_header", Profile::firefox())(profile);
            }
        }
    };
    let first = "?POST+content-type@A, POST@A type, ";
    let json = || upload(B, "application/json");
    let left = format!("{first}GET@A, GET@A, cors");
    let returns = format!("{first}?GET@A, GET@A, ?GET+content-type@A, GET@A type, cors");
    chain(json(), [302, 307]).check(engine(true), &left, &returns);
    let lost = format!("{first}?GET+content-type@A, GET@A, ?GET+content-type@A, GET@A, cors");
    chain(json(), [302, 307]).check(engine(false), &left, &lost);
    // If the preflight has another cause, it does not list the type.
    let forced = || with(json(), |request| request.use_cors_preflight = true);
    let left = format!("{first}?GET@A, GET@A, ?GET@A, GET@A, cors");
    chain(forced(), [302, 307]).check(engine(false), &left, &left);
    let named = || with_header(json(), "x-a", "1");
    let first = "?POST+content-type,x-a@A, POST@A type, ";
    let left = format!("{first}?GET+x-a@A, GET@A, ?GET+x-a@A, GET@A, cors");
    chain(named(), [302, 307]).check(engine(false), &left, &left);
    // Types that need no preflight, and requests without one.
    let left = "POST@A type, GET@A, GET@A, cors";
    chain(upload(B, "text/plain"), [302, 307]).check(engine(false), left, left);
    let left = "POST@A type cookies, GET@A, GET@A, cors";
    chain(upload(A, "application/json"), [302, 307]).check(engine(false), left, left);
    // If the body is kept, the type is kept.
    let kept = "?POST+content-type@A, POST@A type, ".repeat(3) + "cors";
    chain(json(), [307, 308]).check(engine(false), &kept, &kept);
}

#[test]
fn locations_differ() {
    let to = |location: &str| fetches([request("GET", B)]).at(B, pf(), [shared(redirect(302, location))]);
    let around = format!("{}TooManyRedirects", "GET@A, ".repeat(21));
    to("").check(rule("redirect.empty_location", Profile::chromium()), &around, "GET@A, cors");
    to("").check(rule("redirect.empty_location", Profile::webkit()), &around, "GET@A, LocationInvalid");
    let twice = |first: &str, second: &str| {
        let redirect = shared(redirect(302, first)).with("location", second);
        fetches([request("GET", B)]).at(B, pf(), [redirect]).at("https://b.test/y", pf(), [shared(ok())])
    };
    twice("/y", "/y").check(
        rule("redirect.repeated_location", Profile::firefox()),
        "GET@A, LocationMultiple",
        "GET@A, GET@A, cors",
    );
    twice("/y", "/z").check(
        rule("redirect.repeated_location", Profile::firefox()),
        "GET@A, LocationMultiple",
        "GET@A, LocationMultiple",
    );
    let combined = twice("/y", "/z").at("https://b.test/y,%20/z", pf(), [shared(ok())]);
    combined.check(
        rule("redirect.repeated_location", Profile::webkit()),
        "GET@A, LocationMultiple",
        "GET@A, GET@A, cors",
    );
    let own = fetches([request("GET", A)]).at(A, pf(), [redirect(302, "https://u:p@a.test/y")]);
    own.check(
        rule("redirect.location_credentials", Profile::chromium()),
        "GET cookies, GET cookies, basic",
        "GET cookies, LocationIncludesCredentials",
    );
    // An `XMLHttpRequest` follows the standard.
    let page = page(A);
    let by_xhr = fetches([page.xml_http_request("GET", A).send().unwrap()]);
    by_xhr.at(A, pf(), [redirect(302, "https://u:p@a.test/y")]).at("https://a.test/y", pf(), [ok()]).check(
        |profile| {
            rule("redirect.location_credentials", Profile::chromium())(profile);
        },
        "GET cookies, GET cookies, basic",
        "GET cookies, GET cookies, basic",
    );
    let late = |profile: &mut Profile| {
        rule("redirect.location_credentials", Profile::webkit())(profile);
    };
    let with_user = "https://u:p@b.test/";
    let away = |method, preflight| {
        let story = fetches([request(method, A)]).at(A, pf(), [redirect(307, with_user)]);
        story.at(B, preflight, [shared(ok())])
    };
    let refused = "LocationIncludesCredentials";
    away("PUT", permission()).check(
        late,
        &format!("PUT@A cookies, {refused}"),
        &format!("PUT@A cookies, ?PUT@A, {refused}"),
    );
    away("PUT", pf()).check(
        late,
        &format!("PUT@A cookies, {refused}"),
        "PUT@A cookies, ?PUT@A, AllowOriginMissing",
    );
    let simple = format!("GET cookies, {refused}");
    away("GET", pf()).check(late, &simple, &simple);
    // Once the fetch has visited another origin, it is refused at once. On the page's own origin it is
    // allowed.
    let onward =
        fetches([request("PUT", B)]).at(B, permission(), [shared(redirect(307, "https://u:p@c.test/"))]);
    let at_once = format!("?PUT@A, PUT@A, {refused}");
    onward.at(C, permission(), [shared(ok())]).check(late, &at_once, &at_once);
    let delivered = "GET cookies, GET cookies, basic";
    own.at("https://a.test/y", pf(), [ok()]).check(late, delivered, delivered);
}

#[test]
fn redirect_modes_differ() {
    let mode = |mode| with(request("GET", B), |request| request.redirect = mode);
    let nowhere = fetches([mode(RedirectMode::Error)]).at(B, pf(), [shared(ok().status(302))]);
    let lenient = rule("redirect.error_without_location", Profile::chromium());
    nowhere.check(&lenient, "GET@A, RedirectModeError", "GET@A, cors");
    // If the response is refused, only the standard reports the redirect as another reason.
    for (is_error, also) in [(true, &["RedirectModeError"][..]), (false, &[])] {
        let mut profile = Profile::standard();
        if !is_error {
            lenient(&mut profile);
        }
        let mut routes = fetches([]).at(B, pf(), [ok().status(302)]).routes;
        let mut oracle = Oracle::with_user_agent(page(A), UserAgent::new(profile));
        let transcript = oracle.fetch(mode(RedirectMode::Error), &mut routes);
        let error = transcript.outcome().as_ref().unwrap_err();
        assert_eq!(error.reason().name(), "AllowOriginMissing");
        assert_eq!(error.other_reasons().iter().map(|reason| reason.name()).collect::<Vec<_>>(), also);
    }
    let empty = fetches([mode(RedirectMode::Error)]).at(B, pf(), [shared(redirect(302, ""))]);
    empty.check(&lenient, "GET@A, RedirectModeError", "GET@A, RedirectModeError");
    let rule_of_webkit = |profile: &mut Profile| {
        rule("redirect.error_without_location", Profile::chromium())(profile);
        rule("redirect.empty_location", Profile::webkit())(profile);
    };
    empty.check(rule_of_webkit, "GET@A, RedirectModeError", "GET@A, cors");
    for location in ["http://[", "/y"] {
        let led = fetches([mode(RedirectMode::Error)]).at(B, pf(), [shared(redirect(302, location))]);
        led.check(rule_of_webkit, "GET@A, RedirectModeError", "GET@A, RedirectModeError");
    }
    let somewhere = fetches([mode(RedirectMode::Error)]).at(B, pf(), [shared(redirect(302, "/y"))]);
    somewhere.check(&lenient, "GET@A, RedirectModeError", "GET@A, RedirectModeError");

    let changed = &rule("redirect.manual_reads_location", Profile::chromium());
    let invalid = fetches([mode(RedirectMode::Manual)]).at(B, pf(), [shared(redirect(302, "http://["))]);
    invalid.check(changed, "GET@A, opaqueredirect", "GET@A, LocationInvalid");
    let valid = fetches([mode(RedirectMode::Manual)]).at(B, pf(), [shared(redirect(302, "/y"))]);
    valid.check(changed, "GET@A, opaqueredirect", "GET@A, opaqueredirect");
}

/// A response with unequal `Location` lines is a network error, whatever its status.
#[test]
fn unequal_locations_differ() {
    let changed = &rule("redirect.repeated_location", Profile::firefox());
    let refused = "GET@A, LocationMultiple";
    let story = |status, second: &str| {
        let response = shared(ok().status(status)).with("location", "/y").with("location", second);
        fetches([request("GET", B)]).at(B, pf(), [response])
    };
    story(200, "/z").check(changed, "GET@A, cors", refused);
    story(404, "/y ").check(changed, "GET@A, cors", "GET@A, cors");
    story(302, "").check(changed, refused, refused);
    let manual = Story {
        fetches: vec![with(request("GET", B), |request| request.redirect = RedirectMode::Manual)],
        ..story(302, "/z")
    };
    manual.check(changed, "GET@A, opaqueredirect", refused);
    let preflight = permission().with("location", "/y").with("location", "/z");
    let put = fetches([request("PUT", B)]).at(B, preflight, [shared(ok())]);
    put.check(changed, "?PUT@A, PUT@A, cors", "?PUT@A, LocationMultiple");
    // An empty line counts here, even if empty lines do not count otherwise.
    let without_empty = |profile: &mut Profile| {
        changed(profile);
        rule("response.empty_lines", Profile::firefox())(profile);
    };
    story(302, "").check(without_empty, refused, refused);

    let mut profile = Profile::standard();
    changed(&mut profile);
    for (initial, phase) in [(request("GET", B), Phase::Actual), (request("PUT", B), Phase::Preflight)] {
        let twice = || permission().with("location", "/y").with("location", "/z");
        let mut routes = fetches([]).at(B, twice(), [twice()]).routes;
        let mut oracle = Oracle::with_user_agent(page(A), UserAgent::new(profile.clone()));
        let transcript = oracle.fetch(initial, &mut routes);
        let error = transcript.outcome().as_ref().unwrap_err();
        assert_eq!(error.phase(), phase);
        assert_eq!(error.fixes()[0].text(), "Send one Location header.");
    }
}

#[test]
fn client_hints_differ() {
    let changed = &rule("redirect.client_hints_stay", Profile::chromium());
    let hint = |url, value| with_header(request("GET", url), "dpr", value);
    let permission = || permission().allow_headers("dpr");
    let (b2, a2) = ("https://b.test/2", "https://a.test/2");
    // A cross-origin URL, even if it has the same origin as the URL before.
    let within = fetches([hint(B, "x")]).at(B, permission(), [shared(redirect(302, b2))]);
    within.at(b2, permission(), [shared(ok())]).check(
        changed,
        "?GET+dpr@A, GET@A, ?GET+dpr@A, GET@A, cors",
        "?GET+dpr@A, GET@A, GET@A, cors",
    );
    // Back at the page's own origin the hint is gone, unless the fetch never left it.
    let left = |transcript: &crossorigin::oracle::Transcript| {
        transcript.requests().filter(|out| out.headers.contains(&"dpr".parse().unwrap())).count()
    };
    let story = |first: &str, second: &str, third: &str| {
        let story = fetches([]).at(first, permission(), [shared(redirect(302, second))]);
        story.at(second, permission(), [shared(redirect(302, third))]).at(third, permission(), [shared(ok())])
    };
    let mut profile = Profile::standard();
    changed(&mut profile);
    for (first, second, third, page, sent) in [
        (A, a2, "https://a.test/3", page(A), 3),
        (A, B, a2, page(A), 1),
        (B, a2, "https://a.test/3", page(A), 3),
        (A, a2, "https://a.test/3", sandboxed(), 1),
    ] {
        let initial = Request::new(&page, Method::GET, first.parse().unwrap());
        let mut routes = story(first, second, third).routes;
        let mut oracle = Oracle::with_user_agent(page, UserAgent::new(profile.clone()));
        let initial = with(with_header(initial, "dpr", "2"), |request| request.unsafe_request = false);
        assert_eq!(left(&oracle.fetch(initial, &mut routes)), sent, "{first} {second} {third}");
    }
    // Other headers are kept, and so are hints that all origins get.
    for name in ["save-data", "x-a"] {
        let initial = with_header(request("GET", A), name, "on");
        let mut routes = fetches([]).at(A, pf(), [redirect(302, B)]).routes;
        routes.insert(
            &B.parse().unwrap(),
            vec![self::permission().allow_headers(name).into_response()],
            vec![shared(ok()).into_response()],
        );
        let mut oracle = Oracle::with_user_agent(page(A), UserAgent::new(profile.clone()));
        let transcript = oracle.fetch(initial, &mut routes);
        assert!(transcript.requests().last().unwrap().headers.contains(&name.parse().unwrap()), "{name}");
    }
}

#[test]
fn redirects_to_data_differ() {
    let changed = &rule("redirect.elements_follow_data", Profile::webkit());
    let page = page(A);
    let to =
        |initial: Request, location: &str| fetches([initial]).at(B, pf(), [shared(redirect(302, location))]);
    let element = |attribute| page.request(Initiator::Element, B).crossorigin(attribute).build().unwrap();
    let refused = "GET cookies, LocationSchemeNotHttp";
    to(element(None), "data:,x").check(changed, refused, "GET cookies, basic");
    to(element(None), "about:blank").check(changed, refused, refused);
    let by = |initiator| page.request(initiator, B).build().unwrap();
    to(by(Initiator::Image), "data:,x").check(changed, refused, "GET cookies, basic");
    let imported = "GET, LocationSchemeNotHttp";
    to(by(Initiator::ImportScripts), "data:,x").check(changed, imported, imported);
    let refused = "GET@A, LocationSchemeNotHttp";
    to(element(Some(CrossOriginAttribute::Anonymous)), "data:,x").check(changed, refused, refused);
    let by_script = page.fetch(B).mode(Mode::NoCors).build().unwrap();
    to(by_script, "data:,x").check(changed, "GET, LocationSchemeNotHttp", "GET, LocationSchemeNotHttp");
}

/// Firefox lists the type of a removed body again only if an earlier preflight listed it.
#[test]
fn a_removed_type_is_listed_only_if_an_earlier_preflight_listed_it() {
    let page = page(A);
    let upload = |method, url, kind: &str| {
        page.xml_http_request(method, url).body(Body::Replayable, Some(kind)).send().unwrap()
    };
    let safe = redirected(upload("PUT", B, "text/plain"), 303);
    assert_eq!(safe.play(Profile::firefox()), "?PUT@A, PUT@A type, ?GET@A, GET@null, cors");
    let own = fetches([upload("POST", A, "application/json")]).at(A, pf(), [redirect(303, B)]);
    let own = own.at(B, permission(), [shared(redirect(302, C))]).at(C, permission(), [shared(ok())]);
    assert_eq!(own.play(Profile::firefox()), "POST@A type cookies, GET@A, GET@null, cors");
}

/// A cached `GET` does not cover the type that Firefox lists again.
#[test]
fn a_removed_type_needs_its_own_cache_entry() {
    let page = page(A);
    let json = page.xml_http_request("POST", B).body(Body::Replayable, Some("application/json"));
    let requests = [with_header(request("GET", C), "x-a", "1"), json.send().unwrap()];
    let permission_of_c = pf().allow_origin("{origin}").allow_headers("x-a").max_age("60");
    let story = fetches(requests).at(B, permission(), [shared(redirect(303, C))]);
    let first = "?GET+x-a@A, GET@A, cors | ?POST+content-type@A, POST@A type, ";
    story.at(C, permission_of_c, [shared(ok())]).check(
        |profile| *profile = Profile::firefox(),
        &format!("{first}GET@null, cors"),
        &format!("{first}?GET+content-type@A, HeaderNotAllowed"),
    );
}

/// WebKit's second check applies to redirects only.
#[test]
fn a_response_with_a_location_is_not_a_redirect() {
    let last = ok().allow_origin("*").with("location", "/y");
    let away = fetches([request("GET", A)]).at(A, pf(), [redirect(302, B)]).at(B, pf(), [last]);
    let delivered = "GET cookies, GET@A, cors";
    away.check(rule("redirect.same_origin_checked_as_include", Profile::webkit()), delivered, delivered);
}

/// WebKit delays the refusal of a user name in a `Location` only outside CORS.
#[test]
fn a_user_name_in_a_location_is_refused_at_once_in_cors() {
    let put =
        fetches([request("PUT", B)]).at(B, permission(), [shared(redirect(307, "https://u:p@c.test/"))]);
    let refused = "?PUT@A, PUT@A, LocationIncludesCredentials";
    put.at(C, permission(), [shared(ok())]).check(
        rule("redirect.location_credentials", Profile::webkit()),
        refused,
        refused,
    );
}

/// Chromium sends `Origin: null` with a GET, and after redirects, only in mode "no-cors".
#[test]
fn frames_and_redirects_do_not_change_the_origin_of_navigations() {
    let frame = |page: &Page, method: &str| {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        with(Request::new(page, method, A.parse().unwrap()), |request| {
            (request.mode, request.credentials) = (Mode::Navigate, CredentialsMode::Include);
        })
    };
    let to_b = |request| fetches([request]).at(A, pf(), [redirect(307, B)]).at(B, pf(), [ok()]);
    let opaque = "GET cookies, GET cookies, basic";
    to_b(frame(&sandboxed(), "GET")).check(
        rule("origin.no_cors_opaque_origin", Profile::chromium()),
        opaque,
        opaque,
    );
    let post = "POST@A cookies, POST@A cookies, basic";
    to_b(frame(&page(A), "POST")).check(
        rule("origin.every_crossing_taints", Profile::chromium()),
        post,
        post,
    );
}

/// The type of a beacon does not return at the second redirect in Firefox, as that of an `XMLHttpRequest`.
#[test]
fn the_type_of_a_beacon_does_not_return() {
    let beacon =
        page(A).request(Initiator::Beacon, B).body(Body::Replayable, Some("text/plain")).build().unwrap();
    let story = fetches([beacon])
        .at(B, permission(), [redirect(301, C)])
        .at(C, permission(), [redirect(307, "/y")])
        .at("https://c.test/y", permission(), [ok()]);
    let returns = rule("redirect.headers", Profile::firefox());
    let without_type = "POST@A type cookies, GET cookies, GET cookies, opaque";
    story.check(&returns, without_type, "POST@A type cookies, GET cookies, GET type cookies, opaque");
    let both = |profile: &mut Profile| {
        returns(profile);
        rule("redirect.body_type_is_a_header", Profile::firefox())(profile);
    };
    story.check(both, without_type, without_type);
}

#[test]
fn beacons_lose_credentials_at_redirects() {
    let beacon =
        |body_type| page(A).request(Initiator::Beacon, B).body(Body::Replayable, body_type).build().unwrap();
    let with_preflight = with(beacon(Some("application/json")), |request| request.unsafe_request = true);
    let changed = &rule("redirect.cors_beacons_keep_credentials", Profile::webkit());
    let sent = "?POST+content-type@A, POST@A type cookies, ?POST+content-type@null, POST@null type";
    redirected(with_preflight.clone(), 307).check(
        changed,
        &format!("{sent} cookies, cors"),
        &format!("{sent}, cors"),
    );
    // A redirect within the origin, and a beacon in mode "no-cors", keep them.
    let within = fetches([with_preflight]).at(B, permission(), [shared(redirect(307, "/y"))]).at(
        "https://b.test/y",
        permission(),
        [shared(ok())],
    );
    let twice = "?POST+content-type@A, POST@A type cookies, ";
    let within_origin = format!("{twice}{twice}cors");
    within.check(changed, &within_origin, &within_origin);
    let no_cors = "POST@A type cookies, POST@null type cookies, opaque";
    redirected(beacon(Some("text/plain")), 307).check(changed, no_cors, no_cors);
}
