//! What an embedder can do beside passing responses: block or change redirects, and await servers.

use std::collections::BTreeSet;

use crossorigin::{
    browser::{
        Destination, Failure, Initiator, Mode, OutgoingRequest, Profile, Redirect, ReferrerPolicy,
        RequestKind, Step, Timestamp, UserAgent,
    },
    oracle::{Oracle, ServerResponse},
};

use super::support::{A, B, C, Call, exchange, ok, page, pf, redirect};

const NOW: Timestamp = Timestamp::ZERO;

/// A PUT to [`B`] that is allowed and redirected to [`C`].
fn redirected(user_agent: &mut UserAgent) -> Redirect {
    let permission = pf().allow_origin(A).allow_methods("PUT").max_age("600").head();
    let response = redirect(307, C).allow_origin(A).head();
    let Step::Send(preflight) = user_agent.fetch(exchange("PUT", B).request(), NOW) else { panic!() };
    let Step::Send(actual) = preflight.receive(permission, user_agent, NOW) else { panic!() };
    let Step::Redirect(redirect) = actual.receive(response, user_agent, NOW) else { panic!() };
    redirect
}

#[test]
fn a_blocked_redirect_fails_with_the_given_reason() {
    let failures = [
        (Failure::Network, "RedirectBlocked", "HTTP-redirect fetch 22"),
        (Failure::Canceled, "Canceled", "HTTP-network-or-cache fetch 9"),
        (Failure::CorsDisabled, "CorsDisabledByEmbedder", "HTTP fetch 4.3"),
        (Failure::OriginHeaderUnavailable, "OriginHeaderUnavailable", "HTTP-network-or-cache fetch 8.12"),
        (Failure::ContentSecurityPolicy, "ContentSecurityPolicy", "main fetch 7"),
        (Failure::IntegrityPolicy, "IntegrityPolicy", "main fetch 7"),
        (Failure::MixedContent, "MixedContent", "main fetch 7"),
        (Failure::BadPort, "BadPort", "main fetch 7"),
    ];
    for (failure, name, step) in failures {
        let mut user_agent = UserAgent::new(Profile::standard());
        let redirect = redirected(&mut user_agent);
        assert_eq!((redirect.status().as_u16(), redirect.location().as_str()), (307, "https://c.test/"));
        assert_eq!(user_agent.cache().len(), 1);
        let Step::Done(Err(error)) = redirect.block(&mut user_agent, failure) else { panic!("{failure:?}") };
        assert_eq!((error.reason().name(), error.step().to_string().as_str()), (name, step));
        // HTTP-redirect fetch, step 18: the location is the current URL by then. The network error clears the cache
        // entries of the current URL, and those of the URL before it stay.
        assert_eq!((error.hop(), error.url().as_str()), (1, "https://c.test/"));
        assert_eq!(user_agent.cache().len(), 1);
    }
}

/// What is wrong with a blocked redirect is its location, so the message and the fix name it.
#[test]
fn a_blocked_redirect_names_its_location() {
    for (location, failure, message, fix) in [
        (
            "http://old.test/p",
            Failure::MixedContent,
            "http://old.test/p (redirect): the page was loaded over https, but this URL is not secure",
            "server: Redirect to an https URL in place of `http://old.test/p`;",
        ),
        (
            "https://c.test:25/",
            Failure::BadPort,
            "https://c.test:25/ (redirect): the URL's port is a bad port",
            "server: Redirect to another port than that of `https://c.test:25/`;",
        ),
        (
            "https://user:secret@b.test/p",
            Failure::Network,
            "https://b.test/p (redirect): ",
            "user: Let the user agent follow the redirect to `https://b.test/p`;",
        ),
        (
            C,
            Failure::ContentSecurityPolicy,
            "https://c.test/ (redirect): the page's Content Security Policy does not allow this URL",
            "page: Allow ",
        ),
    ] {
        let mut user_agent = UserAgent::new(Profile::standard());
        let request = page(A).request(Initiator::Element, B).build().unwrap();
        let Step::Send(exchange) = user_agent.fetch(request, NOW) else { panic!() };
        let step = exchange.receive(redirect(302, location).head(), &mut user_agent, NOW);
        let Step::Redirect(redirect) = step else { panic!("{step:?}") };
        let Step::Done(Err(error)) = redirect.block(&mut user_agent, failure) else { panic!("{failure:?}") };
        assert!(error.to_string().starts_with(message), "{error}");
        let first = &error.fixes()[0];
        assert!(format!("{}: {first}", first.side().name()).starts_with(fix), "{first}");
    }
}

#[test]
fn a_redirect_may_be_upgraded() {
    for (location, upgraded) in
        [("http://c.test/x", "https://c.test/x"), ("https://c.test:8443/", "https://c.test:8443/")]
    {
        let mut user_agent = UserAgent::new(Profile::standard());
        let Step::Send(actual) = user_agent.fetch(exchange("GET", B).request(), NOW) else { panic!() };
        let response = redirect(302, location).allow_origin(A).head();
        let Step::Redirect(redirect) = actual.receive(response, &mut user_agent, NOW) else { panic!() };
        let Step::Send(next) = redirect.upgrade_to_https().follow(&mut user_agent, NOW) else { panic!() };
        assert_eq!(next.request().url.as_str(), upgraded);
    }
}

/// WebKit lets an image be redirected to a `data:` URL, which no upgrade changes.
#[test]
fn a_redirect_that_leads_elsewhere_is_not_upgraded() {
    let mut user_agent = UserAgent::new(Profile::webkit());
    let image = page(A).request(Initiator::Element, B).build().unwrap();
    let Step::Send(actual) = user_agent.fetch(image, NOW) else { panic!() };
    let to_data = redirect(302, "data:,x").head();
    let Step::Redirect(redirect) = actual.receive(to_data, &mut user_agent, NOW) else { panic!() };
    assert_eq!(redirect.upgrade_to_https().location().as_str(), "data:,x");
}

/// An executor for futures that are always ready at once.
#[test]
fn an_async_server_gives_the_transcript_of_a_blocking_one() {
    let response = |request: &OutgoingRequest| -> ServerResponse {
        match (request.kind, request.url.path()) {
            (RequestKind::Preflight, _) => {
                pf().allow_origin("*").allow_methods("PUT").max_age("60").into_response()
            }
            (RequestKind::Actual, "/") => redirect(307, "/2").allow_origin("*").into_response(),
            (RequestKind::Actual, "/2") => ok().allow_origin("*").into_response(),
            (RequestKind::Actual, _) => Failure::Network.into(),
        }
    };
    let mut paths = BTreeSet::new();
    for url in [B, "https://b.test/2", "https://b.test/3", A] {
        let request = exchange("PUT", url).request();
        let [mut waiting, mut direct] = [(); 2].map(|()| Oracle::new(page(A)));
        // The second fetch finds the cache entries of the first.
        for _ in 0..2 {
            let awaited =
                pollster::block_on(waiting.fetch_async(request.clone(), async |out| response(&out)));
            let expected = direct.fetch(request.clone(), &mut |out: &OutgoingRequest| response(out));
            assert_eq!(awaited.events(), expected.events());
            assert_eq!(awaited.outcome().is_ok(), expected.outcome().is_ok());
            assert_eq!(awaited.to_string(), expected.to_string());
            paths.insert((awaited.requests().count(), awaited.outcome().is_ok()));
        }
    }
    // The fetches: with a redirect and two preflights, and without; delivered and failed.
    assert_eq!(paths, [(4, true), (2, true), (1, true), (2, false)].into());
}

/// The `Origin` after a redirect with this `Referrer-Policy`. The page's own policy does not hide it.
fn origin_after(lines: &[&str]) -> String {
    let call = exchange("POST", B).mode(Mode::NoCors).referrer_policy(ReferrerPolicy::UnsafeUrl);
    let response = lines
        .iter()
        .fold(redirect(307, "https://b.test/2"), |response, line| response.with("referrer-policy", line));
    call.responses([response, ok()]).sent_header(1, "origin").unwrap()
}

#[test]
fn a_referrer_policy_is_used_only_if_its_header_parses() {
    for without in [&[][..], &[""], &["unknown"], &["no-referrer, origin"]] {
        assert_eq!(origin_after(without), A, "{without:?}");
    }
    for with in [&["no-referrer"][..], &["unknown, NO-Referrer"], &["origin", ", no-referrer,\tx-y"]] {
        assert_eq!(origin_after(with), "null", "{with:?}");
    }
    // A token with other characters than letters and `-` makes the whole header invalid.
    for failed in
        [&["no-referrer, x_y"][..], &["1, no-referrer"], &["no-referrer", "(x)"], &["no-referrer; q"]]
    {
        assert_eq!(origin_after(failed), A, "{failed:?}");
    }
}

/// HTTP-network-or-cache fetch 15: if CORS applies, a 401 is an ordinary response, with or without
/// credentials.
#[test]
fn the_user_may_be_asked_for_a_password_only_outside_cors() {
    let may_ask = |step: &Step| match step {
        Step::Send(exchange) => exchange.may_ask_user(),
        step => panic!("{step:?}"),
    };
    let started = |call: Call| UserAgent::default().fetch(call.request(), NOW);
    for (call, expected) in [
        (exchange("GET", A), true),
        (exchange("GET", A).omit(), false),
        (exchange("GET", B), false),
        (exchange("GET", B).include(), false),
        // The preflight.
        (exchange("PUT", B).include(), false),
        (exchange("GET", B).include().mode(Mode::NoCors), true),
        (exchange("GET", B).mode(Mode::NoCors), false),
    ] {
        assert_eq!(may_ask(&started(call.clone())), expected, "{call:?}");
    }
    // After a redirect back to the page's own origin, CORS still applies.
    let mut user_agent = UserAgent::default();
    let Step::Send(there) = user_agent.fetch(exchange("GET", B).include().request(), NOW) else { panic!() };
    let back = redirect(302, A).allow_origin(A).allow_credentials("true").head();
    let Step::Redirect(back) = there.receive(back, &mut user_agent, NOW) else { panic!() };
    assert!(!may_ask(&back.follow(&mut user_agent, NOW)));
}

/// The embedder writes `Referer`, so it must know the policies of redirects. Preflights have a policy too.
#[test]
fn each_outgoing_request_has_its_referrer_policy() {
    let mut user_agent = UserAgent::default();
    let by = page(A).with_referrer_policy(ReferrerPolicy::SameOrigin);
    let Step::Send(preflight) = user_agent.fetch(exchange("PUT", B).by(by).request(), NOW) else { panic!() };
    let permission = || pf().allow_origin("*").allow_methods("PUT").head();
    assert_eq!(preflight.request().referrer_policy, ReferrerPolicy::SameOrigin);
    let Step::Send(actual) = preflight.receive(permission(), &mut user_agent, NOW) else { panic!() };
    assert_eq!(actual.request().referrer_policy, ReferrerPolicy::SameOrigin);
    let response = redirect(307, C).allow_origin("*").with("referrer-policy", "no-referrer").head();
    let Step::Redirect(redirect) = actual.receive(response, &mut user_agent, NOW) else { panic!() };
    let Step::Send(preflight) = redirect.follow(&mut user_agent, NOW) else { panic!() };
    assert_eq!(preflight.request().referrer_policy, ReferrerPolicy::NoReferrer);
    let Step::Send(actual) = preflight.receive(permission(), &mut user_agent, NOW) else { panic!() };
    assert_eq!(actual.request().referrer_policy, ReferrerPolicy::NoReferrer);
}

/// A preflight is a request of its own, with mode "cors" and the destination of the page's request.
#[test]
fn outgoing_requests_have_a_mode_and_a_destination() {
    let mut user_agent = UserAgent::default();
    let mut request = exchange("PUT", B).request();
    request.destination = Destination::Report;
    let Step::Send(preflight) = user_agent.fetch(request.clone(), NOW) else { panic!() };
    assert_eq!((preflight.request().mode, preflight.request().destination.as_str()), (Mode::Cors, "report"));
    request.mode = Mode::Navigate;
    let Step::Send(actual) = user_agent.fetch(request, NOW) else { panic!() };
    assert_eq!((actual.request().mode, actual.request().destination.as_str()), (Mode::Navigate, "report"));
}
