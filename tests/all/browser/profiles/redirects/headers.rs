//! The headers and the preflights of redirected requests.

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
    // Once the fetch is in CORS, everything returns, also on the way back to the page's own origin.
    let back = fetches([described(Mode::Cors)]).at(A, pf(), [redirect(303, B)]);
    let back = back.at(B, pf(), [shared(redirect(302, "https://a.test/2"))]);
    back.at("https://a.test/2", pf(), [shared(ok())]).check(
        rule("redirect.headers", Profile::webkit()),
        "POST@A type auth cookies, GET@A, GET@null, cors",
        "POST@A type auth cookies, GET@A, GET@null type, cors",
    );
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
    // Firefox does not start again. Neither does WebKit if the request begins at another origin.
    let same_origin = with(described(Mode::NoCors), |request| request.headers.delete(&AUTHORIZATION));
    let b2 = "https://b.test/2";
    let away = fetches([same_origin.clone()]).at(A, pf(), [redirect(303, B)]);
    away.at(B, pf(), [redirect(307, b2)]).at(b2, pf(), [ok()]).check(
        rule("redirect.headers", Profile::firefox()),
        "POST@A type cookies, GET, GET, opaque",
        "POST@A type cookies, GET, GET type, opaque",
    );
    let at_b = with(same_origin, |request| request.url = B.parse().unwrap());
    let away = fetches([at_b]).at(B, pf(), [redirect(303, C)]).at(C, pf(), [redirect(307, b2)]);
    away.at(b2, pf(), [ok()]).check(
        rule("redirect.headers", Profile::webkit()),
        "POST@A type, GET, GET, opaque",
        "POST@A type, GET, GET type, opaque",
    );
    // On the way from the page's own origin into CORS, everything returns.
    let a2 = "https://a.test/2";
    let into = fetches([described(Mode::Cors)]).at(A, pf(), [redirect(303, a2)]);
    into.at(a2, pf(), [redirect(302, B)]).at(B, permission(), [shared(ok())]).check(
        rule("redirect.headers", Profile::webkit()),
        &format!("{first}GET@A, cors"),
        &format!("{first}GET@A type, cors"),
    );
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
    // In an engine in which removed headers return, hints do not.
    let mut returning = profile.clone();
    rule("redirect.headers", Profile::firefox())(&mut returning);
    let initial = with_header(Request::new(&page(A), Method::GET, A.parse().unwrap()), "dpr", "2");
    let initial = with(initial, |request| request.unsafe_request = false);
    let mut oracle = Oracle::with_user_agent(page(A), UserAgent::new(returning));
    assert_eq!(left(&oracle.fetch(initial, &mut story(A, B, a2).routes)), 1);
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
