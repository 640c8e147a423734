//! What responses and outgoing requests say for the embedder alone: bodies, canvases, and responses that a
//! service worker passes on, and the embedder's own refusals.

use crossorigin::{
    browser::{
        Body, CredentialsMode, CrossOriginAttribute, Failure, Initiator, Mode, Phase, RedirectMode, Request,
        RequestKind, ServiceWorkerResponse, Step, Timestamp, UserAgent,
    },
    http::{Response, header::ACCEPT},
};

use super::support::{A, B, Browser, C, Opaque, OpaqueRedirect, exchange, ok, page, pf, redirect};

#[test]
fn a_body_is_taken_only_for_a_request_that_sends_it() {
    let mut user_agent = UserAgent::default();
    let request = exchange("POST", B).body(Body::Stream).request();
    let mut step = user_agent.fetch(request, Timestamp::ZERO);
    let mut stream = Some("the stream");
    let mut sent = Vec::new();
    let responses = [
        pf().allow_origin(A),
        redirect(303, "/done").allow_origin(A),
        // The stream forces a preflight after the redirect, too.
        pf().allow_origin(A),
        ok().allow_origin(A),
    ]
    .map(|response| response.head());
    for head in responses {
        step = match step {
            Step::Send(exchange) => {
                let outgoing = exchange.request().to_http_with(|| stream.take().unwrap()).unwrap();
                sent.push((exchange.request().kind, outgoing.into_body()));
                exchange.receive(head, &mut user_agent, Timestamp::ZERO)
            }
            step => panic!("{step:?}"),
        };
        if let Step::Redirect(redirect) = step {
            step = redirect.follow(&mut user_agent, Timestamp::ZERO);
        }
    }
    assert!(matches!(step, Step::Done(Ok(_))));
    let (preflight, actual) = (RequestKind::Preflight, RequestKind::Actual);
    assert_eq!(sent, [(preflight, ""), (actual, "the stream"), (preflight, ""), (actual, "")]);
}

#[test]
fn a_body_survives_a_request_that_cannot_be_converted() {
    let mut request = exchange("POST", "https://a.test/x").body(Body::Stream).request();
    request.headers.append(ACCEPT, b"\x7F").unwrap();
    let Step::Send(exchange) = UserAgent::default().fetch(request, Timestamp::ZERO) else { panic!() };
    let mut stream = Some("the stream");
    assert!(exchange.request().to_http_with(|| stream.take().unwrap()).is_err());
    assert_eq!(stream, Some("the stream"));
}

#[test]
fn what_scripts_cannot_read_taints_a_canvas() {
    let element =
        |crossorigin| page(A).request(Initiator::Element, B).crossorigin(crossorigin).build().unwrap();
    let response = |request: Request| {
        let mut user_agent = UserAgent::default();
        let Step::Send(exchange) = user_agent.fetch(request, Timestamp::ZERO) else { panic!() };
        let head = ok().allow_origin("*").head();
        let Step::Done(outcome) = exchange.receive(head, &mut user_agent, Timestamp::ZERO) else { panic!() };
        *outcome.unwrap()
    };
    assert!(response(element(None)).taints_canvas());
    assert!(!response(element(Some(CrossOriginAttribute::Anonymous))).taints_canvas());
    assert!(!response(exchange("GET", "https://a.test/x").mode(Mode::NoCors).request()).taints_canvas());
    // The redirect leads from the page's own origin to another.
    let hop = exchange("GET", "https://a.test/x").mode(Mode::NoCors).responses([redirect(302, B), ok()]);
    assert!(hop.delivered(Opaque).response().taints_canvas());
    let manual = exchange("GET", B).redirect(RedirectMode::Manual);
    let manual = manual.responses([redirect(302, "/x").allow_origin(A)]).delivered(OpaqueRedirect);
    assert!(manual.response().taints_canvas());
}

#[test]
fn a_response_says_whether_its_request_had_credentials() {
    let said = |credentials, url: &str| {
        let call = exchange("GET", url).mode(Mode::NoCors);
        let mut request = call.request();
        request.credentials = credentials;
        let mut user_agent = UserAgent::default();
        let Step::Send(exchange) = user_agent.fetch(request, Timestamp::ZERO) else { panic!() };
        let sent = exchange.request().credentials;
        let step = exchange.receive(Response::new(()), &mut user_agent, Timestamp::ZERO);
        let Step::Done(Ok(response)) = step else { panic!() };
        assert_eq!(response.request_includes_credentials(), sent);
        sent
    };
    assert!(said(CredentialsMode::Include, B));
    assert!(said(CredentialsMode::SameOrigin, "https://a.test/x"));
    assert!(!said(CredentialsMode::SameOrigin, B));
    assert!(!said(CredentialsMode::Omit, "https://a.test/x"));
    // A service worker passes the response of another fetch on, with what that fetch said.
    for includes in [true, false] {
        let mut passed_on = ServiceWorkerResponse::new(Opaque, ok().head());
        passed_on.request_includes_credentials = includes;
        let request = exchange("GET", B).mode(Mode::NoCors).request();
        let step = UserAgent::default().fetch_from_service_worker(request, passed_on);
        let Step::Done(Ok(response)) = step else { panic!() };
        assert_eq!(response.request_includes_credentials(), includes);
    }
}

#[test]
fn a_refusal_before_the_fetch_sends_nothing_and_changes_no_cache() {
    let mut browser = Browser::standard();
    let permission = pf().allow_origin(A).allow_methods("PUT").max_age("600");
    browser.run(&exchange("PUT", B), [permission, ok().allow_origin(A)]);
    let request = exchange("PUT", B).header("Cookie", "a=1").request();
    let user_agent = browser.oracle().user_agent();
    let Step::Done(Err(error)) = user_agent.refuse(request, Failure::ContentSecurityPolicy) else { panic!() };
    assert_eq!(
        (error.reason().name(), error.phase(), error.hop()),
        ("ContentSecurityPolicy", Phase::Initial, 0)
    );
    assert_eq!(
        (error.step().to_string().as_str(), error.url().as_str()),
        ("main fetch 7", "https://b.test/")
    );
    assert_eq!(error.warnings()[0].name(), "ForbiddenRequestHeader");
    assert_eq!(browser.cached().len(), 1);
}

#[test]
fn a_refusal_after_the_response_has_the_trace_and_the_warnings_of_the_fetch() {
    let mut user_agent = UserAgent::default().with_trace();
    let request = exchange("GET", B).header("Cookie", "a=1").request();
    let Step::Send(exchange) = user_agent.fetch(request, Timestamp::ZERO) else { panic!() };
    let head = redirect(302, "https://b.test/2").allow_origin(A).head();
    let Step::Redirect(redirect) = exchange.receive(head, &mut user_agent, Timestamp::ZERO) else { panic!() };
    let Step::Send(exchange) = redirect.follow(&mut user_agent, Timestamp::ZERO) else { panic!() };
    let head = ok().allow_origin(A).head();
    let Step::Done(Ok(response)) = exchange.receive(head, &mut user_agent, Timestamp::ZERO) else { panic!() };
    let (trace, warnings) = (response.trace().to_vec(), response.warnings().to_vec());
    let error = response.into_error(Failure::MixedContent);
    assert_eq!((error.trace(), error.warnings()), (&trace[..], &warnings[..]));
    assert_eq!((error.hop(), error.url().as_str()), (1, "https://b.test/2"));
    assert_eq!((error.phase(), error.other_reasons()), (Phase::Actual, &[][..]));
    assert_eq!(error.to_string().rsplit_once(" [").unwrap().1, "main fetch 20]");
    assert!(!error.fixes().is_empty());
}

#[test]
fn no_refusal_shows_the_password_of_a_url() {
    let request = || page(A).xml_http_request("GET", "https://user:secret@a.test/").send().unwrap();
    let mut user_agent = UserAgent::default();
    let Step::Send(exchange) = user_agent.fetch(request(), Timestamp::ZERO) else { panic!() };
    let Step::Done(Ok(response)) = exchange.receive(ok().head(), &mut user_agent, Timestamp::ZERO) else {
        panic!()
    };
    assert!(!format!("{response:?}").contains("secret"));
    let Step::Done(Err(before)) = user_agent.refuse(request(), Failure::BadPort) else { panic!() };
    for error in [before, response.into_error(Failure::Integrity)] {
        assert!(!format!("{error:?} {error}").contains("secret"));
    }
}

/// One loop drives every fetch: what cannot be sent is a failure like any other.
#[test]
fn a_request_that_cannot_be_converted_is_a_failure_of_the_fetch() {
    let mut user_agent = UserAgent::default();
    let request = exchange("GET", B).header("X-A", b"\x7F").request();
    let Step::Send(exchange) = user_agent.fetch(request, Timestamp::ZERO) else { panic!() };
    // The preflight lists the name of the header and not its value.
    assert!(exchange.request().to_http().is_ok());
    let permission = pf().allow_origin(A).allow_headers("x-a").head();
    let Step::Send(exchange) = exchange.receive(permission, &mut user_agent, Timestamp::ZERO) else {
        panic!()
    };
    let failure = Failure::from(exchange.request().to_http().unwrap_err());
    let Step::Done(Err(error)) = exchange.fail(&mut user_agent, failure) else { panic!() };
    assert_eq!(error.reason().name(), "UnsendableRequest");
}

/// Each failure is a reason with fixes, wherever the embedder says it.
#[test]
fn every_failure_can_be_said_at_every_point() {
    for (failure, name) in [
        (Failure::Network, "Network"),
        (Failure::Canceled, "Canceled"),
        (Failure::Timeout, "Timeout"),
        (Failure::UnsendableRequest, "UnsendableRequest"),
        (Failure::ContentSecurityPolicy, "ContentSecurityPolicy"),
        (Failure::IntegrityPolicy, "IntegrityPolicy"),
        (Failure::MixedContent, "MixedContent"),
        (Failure::BadPort, "BadPort"),
        (Failure::Nosniff, "Nosniff"),
        (Failure::MimeType, "MimeType"),
        (Failure::Integrity, "Integrity"),
        (Failure::OpaqueResponseBlocking, "OpaqueResponseBlocking"),
        (Failure::CorsDisabled, "CorsDisabledByEmbedder"),
        (Failure::OriginHeaderUnavailable, "OriginHeaderUnavailable"),
    ] {
        let mut user_agent = UserAgent::default();
        let user_agent = &mut user_agent;
        let send = |user_agent: &mut UserAgent, method| match user_agent
            .fetch(exchange(method, B).request(), Timestamp::ZERO)
        {
            Step::Send(exchange) => exchange,
            step => panic!("{step:?}"),
        };
        let preflight = send(user_agent, "PUT").fail(user_agent, failure);
        let actual = send(user_agent, "GET").fail(user_agent, failure);
        let head = redirect(302, C).allow_origin(A).head();
        let Step::Redirect(redirect) = send(user_agent, "GET").receive(head, user_agent, Timestamp::ZERO)
        else {
            panic!()
        };
        let redirected = redirect.block(user_agent, failure);
        let before = user_agent.refuse(exchange("GET", B).request(), failure);
        let head = ok().allow_origin(A).head();
        let Step::Done(Ok(response)) = send(user_agent, "GET").receive(head, user_agent, Timestamp::ZERO)
        else {
            panic!()
        };
        let after = Step::Done(Err(response.into_error(failure)));
        let expected = match failure {
            Failure::Network => ["PreflightNetworkError", name, "RedirectBlocked", name, name],
            _ => [name; 5],
        };
        let phases = [Phase::Preflight, Phase::Actual, Phase::Redirect, Phase::Initial, Phase::Actual];
        let ends = [preflight, actual, redirected, before, after];
        for ((end, name), phase) in ends.into_iter().zip(expected).zip(phases) {
            let Step::Done(Err(error)) = end else { panic!("{end:?}") };
            assert_eq!((error.reason().name(), error.phase()), (name, phase), "{failure:?}");
            assert!(!error.fixes().is_empty());
        }
    }
}
