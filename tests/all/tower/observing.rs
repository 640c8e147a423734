//! The hook that sees every decision, and names that the layer adds to `Vary`.

use std::sync::{Arc, Mutex};

use crossorigin::{
    http::{HeaderName, HeaderValue, Request, Response},
    server::{OriginDecision, Policy},
    tower::{CorsLayer, RequestHead},
};

use super::{Body, call, fine, policy, preflight, request, values};

#[test]
fn the_hook_sees_every_decision_once_and_before_the_handler() {
    let log = Arc::new(Mutex::new(Vec::new()));
    let lines = Arc::clone(&log);
    let layer = CorsLayer::new(policy()).on_decision(move |head, decision| {
        let refusal = decision.refusal();
        let header = refusal.and_then(|refusal| refusal.header_name(head.headers)).unwrap_or_default();
        lines.lock().unwrap().push(format!(
            "{} {} {} {} {}",
            head.method,
            head.uri,
            decision.verdict().name(),
            refusal.map_or("-", |refusal| refusal.name()),
            header.escape_ascii(),
        ));
    });
    let handler = |request: Request<Body>| {
        log.lock().unwrap().push("handler".to_owned());
        fine(request)
    };
    let mut with_names = preflight("https://app.example", "PUT");
    let names = HeaderValue::from_bytes(b"x-token, ,x-\xff").unwrap();
    with_names.headers_mut().insert("access-control-request-headers", names);
    for request in [
        request("GET", &[]),
        request("GET", &[("origin", "https://app.example")]),
        request("POST", &[("origin", "https://other.example")]),
        preflight("https://app.example", "PUT"),
        preflight("https://app.example", "PATCH"),
        with_names,
    ] {
        call(&layer, request, handler);
    }
    let expected = [
        "GET /items/7 not-applicable - ",
        "handler",
        "GET /items/7 share - ",
        "handler",
        "POST /items/7 refuse OriginNotAllowed ",
        "handler",
        "OPTIONS /items/7 share - ",
        "OPTIONS /items/7 refuse MethodNotAllowed ",
        "OPTIONS /items/7 refuse InvalidRequestHeader x-\\xff",
    ];
    assert_eq!(*log.lock().unwrap(), expected);
    assert!(format!("{layer:?}").contains("hook: Some(Hook)"), "{layer:?}");
}

#[test]
fn the_hook_sees_what_outer_layers_have_found() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let layer = CorsLayer::new(Policy::builder().caller_decides_origins().build().unwrap()).on_decision({
        let seen = Arc::clone(&seen);
        move |head, decision| {
            let decided = head.extensions.get::<OriginDecision>().copied();
            seen.lock().unwrap().push((decided, decision.refusal().map(|refusal| refusal.name())));
        }
    });
    for decided in [None, Some(OriginDecision::Allowed)] {
        let mut request = request("GET", &[("origin", "https://app.example")]);
        if let Some(decided) = decided {
            request.extensions_mut().insert(decided);
        }
        call(&layer, request, fine);
    }
    let expected = [(None, Some("OriginNotDecided")), (Some(OriginDecision::Allowed), None)];
    assert_eq!(*seen.lock().unwrap(), expected);
}

fn by_tenant() -> CorsLayer<impl Fn(RequestHead<'_>) -> Policy + Clone> {
    let any = Policy::builder().allow_any_origin().build().unwrap();
    CorsLayer::new(
        move |head: RequestHead<'_>| {
            if head.headers.contains_key("x-tenant") { any.clone() } else { policy() }
        },
    )
}

#[test]
fn the_headers_that_choose_the_policy_are_in_every_vary() {
    let names = || ["x-tenant", "x-plan"].map(HeaderName::from_static);
    let layer = by_tenant().vary_on(names());
    let vary = |request, lines: &[&str]| {
        let response = call(&layer, request, |_| {
            let response =
                lines.iter().fold(Response::builder(), |response, line| response.header("vary", *line));
            response.body(Body::default()).unwrap()
        });
        values(&response, "vary").join(" | ")
    };
    let get = || request("GET", &[("origin", "https://app.example")]);
    assert_eq!(vary(get(), &[]), "origin | x-tenant, x-plan");
    assert_eq!(vary(get(), &["X-Tenant"]), "X-Tenant | origin | x-plan");
    assert_eq!(vary(get(), &["accept, x-plan", "x-tenant"]), "accept, x-plan | x-tenant | origin");
    assert_eq!(vary(get(), &["*"]), "*");
    assert_eq!(vary(request("GET", &[("x-tenant", "a")]), &[]), "x-tenant, x-plan");
    assert_eq!(vary(request("GET", &[]), &[]), "origin | x-tenant, x-plan");
    for preflight in [preflight("https://app.example", "PUT"), preflight("https://other.example", "PUT")] {
        assert!(vary(preflight, &[]).ends_with(" | x-tenant, x-plan"));
    }
    let rejecting = by_tenant().vary_on(names()).reject_refused();
    let refused = request("POST", &[("host", "api.example"), ("origin", "https://other.example")]);
    assert_eq!(values(&call(&rejecting, refused, fine), "vary"), ["origin", "x-tenant, x-plan"]);
}

#[test]
fn names_add_up_and_none_are_none() {
    let name = HeaderName::from_static;
    let get = || request("GET", &[]);
    let layer = by_tenant().vary_on([name("x-a")]).vary_on([name("x-b"), name("x-a")]);
    assert_eq!(values(&call(&layer, get(), fine), "vary"), ["origin", "x-a, x-b"]);
    assert_eq!(values(&call(&by_tenant().vary_on([]), get(), fine), "vary"), ["origin"]);
    // A layer that is overridden adds nothing, because the response does not depend on its policy.
    let default = by_tenant().vary_on([name("x-a")]).overridable();
    assert_eq!(values(&call(&default, get(), fine), "vary"), ["origin", "x-a"]);
    let inner = ::tower::Layer::layer(
        &CorsLayer::new(policy()),
        ::tower::service_fn(async |request| Ok::<_, std::convert::Infallible>(fine(request))),
    );
    let service = ::tower::Layer::layer(&default, inner);
    let response = pollster::block_on(::tower::ServiceExt::oneshot(service, get())).unwrap();
    assert_eq!(values(&response, "vary"), ["origin"]);
}

#[test]
fn a_response_with_no_room_for_the_names_shares_nothing() {
    let any = Policy::builder().allow_any_origin().build().unwrap();
    let layer = CorsLayer::new(any).vary_on([HeaderName::from_static("x-tenant")]);
    for (names, shared) in [(24_574, 1), (24_575, 0)] {
        let response = call(&layer, request("GET", &[]), |_| {
            let mut response = Response::new(Body::default());
            for number in 0..names {
                let name = HeaderName::try_from(format!("x-{number}")).unwrap();
                response.headers_mut().try_append(name, HeaderValue::from_static("")).unwrap();
            }
            response
        });
        assert_eq!(values(&response, "access-control-allow-origin").len(), shared, "{names}");
        assert_eq!(values(&response, "vary").len(), shared, "{names}");
    }
}
