//! What responses and outgoing requests say for the embedder alone: bodies, canvases, and responses that a
//! service worker passes on.

use crossorigin::{
    browser::{
        Body, CredentialsMode, CrossOriginAttribute, Mode, RedirectMode, Request, RequestKind,
        ServiceWorkerResponse, Step, Timestamp, UserAgent,
    },
    http::{Response, header::ACCEPT},
};

use super::support::{A, B, Opaque, OpaqueRedirect, exchange, ok, page, pf, redirect};

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
    let element = |crossorigin| page(A).element(B).crossorigin(crossorigin).build().unwrap();
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
