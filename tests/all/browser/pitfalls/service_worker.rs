//! Pitfalls of responses from service workers.

use crossorigin::browser::{
    EmbedderPolicy, Mode, Outcome, Profile, RedirectMode, ResponseType, ServiceWorkerResponse, Step,
    UserAgent,
};

use crate::browser::support::{
    A, B, Basic, Call, Cors, Opaque, OpaqueRedirect, ScriptedResponse, exchange, ok, redirect,
};

const STEP: &str = "HTTP fetch 3.5.7";

/// The outcome of a request to which a service worker responds.
#[track_caller]
fn fetch_with_worker(call: &Call, response: ServiceWorkerResponse) -> Outcome {
    let mut user_agent = UserAgent::new(Profile::standard());
    let step = user_agent.fetch_from_service_worker(call.request(), response);
    let Step::Done(outcome) = step else { panic!("{step:?}") };
    outcome
}

fn worker(kind: ResponseType, response: &ScriptedResponse) -> ServiceWorkerResponse {
    ServiceWorkerResponse::new(kind, response.head())
}

#[track_caller]
fn delivered(call: &Call, response: ServiceWorkerResponse, kind: ResponseType) {
    assert_eq!(fetch_with_worker(call, response).unwrap().response_type(), kind);
}

#[track_caller]
fn refused(call: &Call, response: ServiceWorkerResponse, name: &str, step: &str) {
    let error = fetch_with_worker(call, response).unwrap_err();
    assert_eq!((error.reason().name(), error.step().to_string().as_str()), (name, step));
}

#[test]
fn a_partial_response_needs_a_range_request() {
    let no_cors = exchange("GET", B).mode(Mode::NoCors);
    for status in [206, 416] {
        let part = |range_requested| {
            let mut response = worker(Opaque, &ok().status(status));
            response.range_requested = range_requested;
            response
        };
        refused(&no_cors, part(true), "OpaquePartialResponse", "main fetch 21");
        delivered(&no_cors, part(false), Opaque);
        // A range request gets it. (Scripts cannot make one in mode "no-cors", but media elements can.)
        let mut request = no_cors.request();
        request.headers.append("range".parse().unwrap(), "bytes=0-").unwrap();
        let mut user_agent = UserAgent::new(Profile::standard());
        let step = user_agent.fetch_from_service_worker(request, part(true));
        assert!(matches!(step, Step::Done(Ok(_))));
    }
    let part_of = |kind| {
        let mut response = worker(kind, &ok().status(206));
        response.range_requested = true;
        response
    };
    // A complete response is not partial, whatever its request was.
    let mut whole = worker(Opaque, &ok());
    whole.range_requested = true;
    delivered(&no_cors, whole, Opaque);
    // A script-made response becomes opaque by the tainting of the request.
    refused(&no_cors, part_of(ResponseType::Default), "OpaquePartialResponse", "main fetch 21");
    // A page that may read the response may know its status.
    delivered(&exchange("GET", B), part_of(Cors), Cors);
    delivered(&exchange("GET", B), part_of(ResponseType::Default), Cors);
    delivered(&no_cors, part_of(Cors), Cors);
}

/// Engines deliver a script-made response as it is, whatever the mode, and without looking at its headers.
#[test]
fn a_script_made_response_is_basic_in_engines() {
    let made = ok().with("x-made", "1");
    let types = |call: &Call, profile: Profile| {
        let response = worker(ResponseType::Default, &made);
        match UserAgent::new(profile).fetch_from_service_worker(call.request(), response) {
            Step::Done(Ok(response)) => (response.response_type(), response.headers().len()),
            step => panic!("{step:?}"),
        }
    };
    for (mode, by_standard) in [(Mode::Cors, Cors), (Mode::NoCors, Opaque)] {
        let exchange = exchange("GET", B).mode(mode);
        assert_eq!(types(&exchange, Profile::standard()), (by_standard, 0));
        for engine in [Profile::chromium(), Profile::firefox(), Profile::webkit()] {
            assert_eq!(types(&exchange, engine), (Basic, 1));
        }
    }
    // Responses that the service worker fetched keep their type.
    let fetched = worker(Cors, &made);
    let request = exchange("GET", B).request();
    let Step::Done(Ok(response)) =
        UserAgent::new(Profile::chromium()).fetch_from_service_worker(request, fetched)
    else {
        panic!("it was not delivered");
    };
    assert_eq!(response.response_type(), Cors);
}

/// The resource policy of a script-made response applies to a request in mode "no-cors".
#[test]
fn a_script_made_response_is_checked_against_its_resource_policy() {
    let no_cors = exchange("GET", B).mode(Mode::NoCors);
    let policy = ok().with("cross-origin-resource-policy", "same-origin");
    let step = "cross-origin resource policy internal check 5";
    refused(&no_cors, worker(ResponseType::Default, &policy), "CorpSameOrigin", step);
    delivered(&no_cors, worker(ResponseType::Default, &ok()), Opaque);
}

/// A credentialless page gets no opaque response with credentials from a service worker, unless the resource
/// policy of the response allows it. A browser that does not support the policy delivers it.
#[test]
fn a_credentialless_page_gets_no_opaque_response_with_credentials() {
    let mut request = exchange("GET", B).mode(Mode::NoCors).request();
    request.embedder_policy = EmbedderPolicy::Credentialless;
    let ends = |profile, with_credentials, response: &ScriptedResponse| {
        let mut response = worker(Opaque, response);
        response.url_list = vec![B.parse().unwrap()];
        response.request_includes_credentials = with_credentials;
        match UserAgent::new(profile).fetch_from_service_worker(request.clone(), response) {
            Step::Done(outcome) => {
                outcome.map_err(|error| error.reason().name()).map(|it| it.response_type())
            }
            step => panic!("{step:?}"),
        }
    };
    let mut unknowing = Profile::standard();
    unknowing = unknowing.with_credentialless(false);
    assert_eq!(ends(Profile::standard(), true, &ok()), Err("CorpDefaultedByCoep"));
    assert_eq!(ends(Profile::standard(), false, &ok()), Ok(Opaque));
    assert_eq!(ends(unknowing, true, &ok()), Ok(Opaque));
    let shared = ok().with("cross-origin-resource-policy", "cross-origin");
    assert_eq!(ends(Profile::standard(), true, &shared), Ok(Opaque));
}

/// A response includes credentials unless a fetch says otherwise, and so does one that nobody says anything about.
#[test]
fn a_response_counts_as_one_with_credentials_by_default() {
    let mut request = exchange("GET", B).mode(Mode::NoCors).request();
    request.embedder_policy = EmbedderPolicy::Credentialless;
    let response = worker(Opaque, &ok());
    let step = UserAgent::default().fetch_from_service_worker(request, response);
    let Step::Done(Err(error)) = step else { panic!("{step:?}") };
    assert_eq!(error.reason().name(), "CorpDefaultedByCoep");
}

#[test]
fn some_response_types_are_refused() {
    let name = "ServiceWorkerResponseTypeNotAllowed";
    let cors = exchange("GET", B);
    let same_origin = exchange("GET", "https://a.test/x").mode(Mode::SameOrigin);
    let no_cors = exchange("GET", B).mode(Mode::NoCors);
    refused(&same_origin, worker(Cors, &ok()), name, STEP);
    delivered(&same_origin, worker(Basic, &ok()), Basic);
    refused(&same_origin, worker(Opaque, &ok()), name, STEP);
    refused(&cors, worker(Opaque, &ok()), name, STEP);
    delivered(&no_cors, worker(Opaque, &ok()), Opaque);
    refused(&cors, worker(OpaqueRedirect, &redirect(302, B)), name, STEP);
    let manual = cors.clone().redirect(RedirectMode::Manual);
    delivered(&manual, worker(OpaqueRedirect, &redirect(302, B)), OpaqueRedirect);
    for call in [&cors, &same_origin, &no_cors, &manual] {
        refused(call, worker(ResponseType::Error, &ok()), name, STEP);
    }
    // A script-made response is filtered by the tainting of the request, without a CORS check.
    delivered(&cors, worker(ResponseType::Default, &ok()), Cors);
    delivered(&no_cors, worker(ResponseType::Default, &ok()), Opaque);
    delivered(&same_origin, worker(ResponseType::Default, &ok()), Basic);
}

#[test]
fn a_redirected_response_needs_redirect_mode_follow() {
    let redirected = |urls: &[&str]| {
        let mut response = worker(Cors, &ok());
        response.url_list = urls.iter().map(|url| url.parse().unwrap()).collect();
        response
    };
    for mode in [RedirectMode::Error, RedirectMode::Manual] {
        let call = exchange("GET", B).redirect(mode);
        refused(&call, redirected(&[B, A]), "ServiceWorkerResponseRedirected", STEP);
        delivered(&call, redirected(&[B]), Cors);
    }
    delivered(&exchange("GET", B), redirected(&[B, A]), Cors);
}

#[test]
fn an_opaque_redirect_without_location_stays_opaque() {
    // HTTP-redirect fetch 4 returns the given response, which is filtered already.
    let same_origin_image = exchange("GET", "https://a.test/x").mode(Mode::NoCors);
    let response = worker(Opaque, &ok().status(302).with("x-secret", "1"));
    delivered(&same_origin_image, response, Opaque);
}

#[test]
fn the_resource_policy_of_an_opaque_response_counts() {
    // The tainting is "basic", because the URL has the page's origin, but the type is opaque.
    let image = exchange("GET", "https://a.test/x").mode(Mode::NoCors);
    let mut response = worker(Opaque, &ok().with("cross-origin-resource-policy", "same-origin"));
    response.url_list = vec![B.parse().unwrap()];
    refused(&image, response, "CorpSameOrigin", "cross-origin resource policy internal check 5");
}

#[test]
fn a_redirect_of_a_service_worker_is_followed() {
    let mut user_agent = UserAgent::new(Profile::standard());
    let response = worker(ResponseType::Default, &redirect(302, B));
    let request = exchange("GET", "https://a.test/x").request();
    let step = user_agent.fetch_from_service_worker(request, response);
    let Step::Redirect(redirect) = step else { panic!("{step:?}") };
    assert_eq!(redirect.location().as_str(), "https://b.test/");
}

#[test]
fn visible_headers_of_a_cors_response_are_those_of_the_service_workers_fetch() {
    let head = ok().expose_headers("*").with("x-a", "1").with("pragma", "x").with("set-cookie", "a=b");
    let visible = |call: &Call, exposed: &[&str]| {
        let mut response = worker(Cors, &head);
        response.cors_exposed_header_names = exposed.iter().map(|name| name.parse().unwrap()).collect();
        let response = fetch_with_worker(call, response).unwrap();
        assert!(response.warnings().is_empty());
        response.headers().iter().map(|(name, _)| name.to_string()).collect::<Vec<_>>()
    };
    let (get, include) = (exchange("GET", B), exchange("GET", B).include());
    // The service worker fetched without credentials, so `*` exposed all headers. The credentials of this
    // request do not matter.
    assert_eq!(visible(&include, &["x-a", "set-cookie"]), ["x-a", "pragma"]);
    // The service worker fetched with credentials, so `*` exposed nothing. This request has none, which does
    // not matter.
    assert_eq!(visible(&get, &[]), ["pragma"]);
    // A script-made response was not filtered before, so this request decides.
    let made = fetch_with_worker(&get, worker(ResponseType::Default, &head)).unwrap();
    assert_eq!(made.headers().len(), 3);
    let made = fetch_with_worker(&include, worker(ResponseType::Default, &head)).unwrap();
    assert_eq!(made.headers().len(), 1);
}

#[test]
fn a_response_keeps_the_url_it_came_from() {
    let urls = |urls: &[&str]| {
        let mut response = worker(Cors, &ok());
        response.url_list = urls.iter().map(|url| url.parse().unwrap()).collect();
        let response = fetch_with_worker(&exchange("GET", "https://a.test/x"), response).unwrap();
        (response.url().unwrap().to_string(), response.redirected())
    };
    assert_eq!(urls(&["https://b.test/y#f"]), ("https://b.test/y".to_owned(), false));
    assert_eq!(urls(&["https://b.test/y", "https://c.test/z"]), ("https://c.test/z".to_owned(), true));
    // Main fetch 16: a response without a URL gets that of the request.
    assert_eq!(urls(&[]), ("https://a.test/x".to_owned(), false));
}

#[test]
fn a_relative_location_is_relative_to_the_response() {
    let redirected = |urls: &[&str], location: &str| {
        let mut response = worker(ResponseType::Default, &redirect(302, location));
        response.url_list = urls.iter().map(|url| url.parse().unwrap()).collect();
        let request = exchange("GET", "https://a.test/x#f").request();
        match UserAgent::default().fetch_from_service_worker(request, response) {
            Step::Redirect(redirect) => Ok(redirect.location().to_string()),
            Step::Done(outcome) => Err(outcome.unwrap_err()),
            step @ (Step::Send(_) | Step::Local(_)) => panic!("{step:?}"),
        }
    };
    assert_eq!(redirected(&["https://b.test/1/"], "y").unwrap(), "https://b.test/1/y#f");
    // `new Response()` has no URL, so its Location cannot be relative.
    assert_eq!(redirected(&[], "https://c.test/y").unwrap(), "https://c.test/y#f");
    for location in ["y", "/y", ""] {
        let error = redirected(&[], location).unwrap_err();
        assert_eq!(
            (error.reason().name(), error.step().to_string().as_str()),
            ("LocationInvalid", "HTTP-redirect fetch 5")
        );
    }
}

#[test]
fn the_trace_has_no_decisions_about_sending() {
    let mut user_agent = UserAgent::default().with_trace();
    let request = exchange("PUT", B).request();
    let step = user_agent.fetch_from_service_worker(request, worker(ResponseType::Default, &ok()));
    let Step::Done(Ok(response)) = step else { panic!("{step:?}") };
    let steps: Vec<_> = response.trace().iter().map(|decision| decision.step.to_string()).collect();
    assert_eq!(steps, ["main fetch 12", "main fetch 14"]);
    // Without a trace, no decisions are recorded.
    let untraced = fetch_with_worker(&exchange("PUT", B), worker(ResponseType::Default, &ok())).unwrap();
    assert!(untraced.trace().is_empty());
}

/// Chromium rejects network responses with unequal `Location` lines, and does not follow those of a service
/// worker either.
#[test]
fn a_redirect_with_two_locations_is_not_followed() {
    let both = redirect(302, "/y").with("location", "/z");
    for profile in [Profile::standard(), Profile::chromium(), Profile::firefox()] {
        let mut user_agent = UserAgent::new(profile);
        let step = user_agent.fetch_from_service_worker(exchange("GET", A).request(), worker(Basic, &both));
        let Step::Done(Err(error)) = step else { panic!("{step:?}") };
        assert_eq!(error.reason().name(), "LocationMultiple");
    }
}
