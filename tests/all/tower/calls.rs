use ::tower::{Layer as _, ServiceExt as _, service_fn};
use crossorigin::{
    http::{HeaderName, HeaderValue, Response, StatusCode},
    server::{Policy, PolicyRefusal, Verdict},
    tower::CorsLayer,
};

use super::{Body, call, fine, never_called, policy, preflight, request, values, verdict};

#[test]
fn preflights_do_not_reach_the_handler() {
    let layer = CorsLayer::new(policy());

    let accepted = call(&layer, preflight("https://app.example", "PUT"), never_called);
    assert_eq!((accepted.status(), accepted.body()), (StatusCode::NO_CONTENT, &Body::default()));
    assert_eq!(values(&accepted, "access-control-allow-origin"), ["https://app.example"]);
    assert_eq!(values(&accepted, "access-control-allow-credentials"), ["true"]);
    assert_eq!(values(&accepted, "access-control-allow-methods"), ["PUT"]);
    assert_eq!(values(&accepted, "access-control-allow-headers"), ["x-token"]);

    let refused = call(&layer, preflight("https://app.example", "DELETE"), never_called);
    assert_eq!((refused.status(), refused.body()), (StatusCode::FORBIDDEN, &Body::default()));
    assert_eq!(refused.headers().keys().collect::<Vec<_>>(), ["vary"]);
}

#[test]
fn preflight_statuses_are_those_of_the_policy() {
    let policy = policy()
        .to_builder()
        .preflight_status(StatusCode::OK)
        .refusal_status(StatusCode::NOT_FOUND)
        .build()
        .unwrap();
    let layer = CorsLayer::new(policy);
    let status = |origin| call(&layer, preflight(origin, "PUT"), never_called).status();
    assert_eq!(status("https://app.example"), StatusCode::OK);
    assert_eq!(status("https://other.example"), StatusCode::NOT_FOUND);
}

#[test]
fn other_options_requests_belong_to_the_handler() {
    let layer = CorsLayer::new(policy());
    for headers in
        [&[][..], &[("origin", "https://app.example")], &[("access-control-request-method", "PUT")]]
    {
        let response = call(&layer, request("OPTIONS", headers), |_| {
            Response::builder().header("allow", "GET, PUT").body(Body::default()).unwrap()
        });
        assert_eq!((response.status(), values(&response, "allow")), (StatusCode::OK, vec!["GET, PUT"]));
    }
}

#[test]
fn responses_have_exactly_the_headers_of_the_policy() {
    let layer = CorsLayer::new(policy());
    let handler = |_| {
        Response::builder()
            .header("access-control-allow-origin", "https://handler.example")
            .header("access-control-allow-credentials", "true")
            .header("access-control-allow-methods", "TRACE")
            .body(Body::default())
            .unwrap()
    };
    let shared = call(&layer, request("GET", &[("origin", "https://app.example")]), handler);
    assert_eq!(values(&shared, "access-control-allow-origin"), ["https://app.example"]);
    assert_eq!(values(&shared, "access-control-allow-credentials"), ["true"]);
    assert!(values(&shared, "access-control-allow-methods").is_empty());

    let refused = call(&layer, request("GET", &[("origin", "https://other.example")]), handler);
    assert_eq!(refused.status(), StatusCode::OK);
    assert_eq!(refused.headers().keys().collect::<Vec<_>>(), ["vary"]);
}

#[test]
fn errors_get_their_headers_too() {
    let layer = CorsLayer::new(policy());
    for status in [400, 401, 404, 405, 500, 503, 101, 204, 304] {
        let response = call(&layer, request("GET", &[("origin", "https://app.example")]), |_| {
            Response::builder().status(status).body(Body::default()).unwrap()
        });
        assert_eq!(response.status(), status);
        assert_eq!(values(&response, "access-control-allow-origin"), ["https://app.example"], "{status}");
    }
}

#[test]
fn a_response_with_no_room_for_the_headers_shares_nothing() {
    let layer = CorsLayer::new(policy());
    for (names, origins) in [(24_573, 1), (24_574, 0), (24_575, 0), (24_576, 0)] {
        let response = call(&layer, request("GET", &[("origin", "https://app.example")]), |_| {
            let mut response = Response::new(Body::default());
            for number in 0..names {
                let name = HeaderName::try_from(format!("x-{number}")).unwrap();
                response.headers_mut().try_append(name, HeaderValue::from_static("")).unwrap();
            }
            response
        });
        assert_eq!(values(&response, "access-control-allow-origin").len(), origins, "{names}");
        assert_eq!(values(&response, "access-control-allow-credentials").len(), origins, "{names}");
    }
}

#[test]
fn vary_is_merged_and_never_repeated() {
    let layer = CorsLayer::new(policy());
    let vary = |lines: &[&str]| {
        let response = call(&layer, request("GET", &[]), |_| {
            let handler =
                lines.iter().fold(Response::builder(), |response, line| response.header("vary", *line));
            handler.body(Body::default()).unwrap()
        });
        values(&response, "vary").join(" | ")
    };
    assert_eq!(vary(&[]), "origin");
    assert_eq!(vary(&["Accept-Encoding"]), "Accept-Encoding | origin");
    assert_eq!(vary(&["Accept-Encoding", "Origin"]), "Accept-Encoding | Origin");
    assert_eq!(vary(&["*"]), "*");
}

#[test]
fn two_layers_have_the_effect_of_one() {
    let layer = CorsLayer::new(policy()).expose_verdict();
    let requests = || {
        [
            preflight("https://app.example", "PUT"),
            preflight("https://other.example", "PUT"),
            request("GET", &[("origin", "https://app.example")]),
            request("GET", &[("origin", "https://other.example")]),
            request("GET", &[]),
        ]
    };
    for (request, same_request) in requests().into_iter().zip(requests()) {
        let handler = || service_fn(async |request| Ok::<_, std::convert::Infallible>(fine(request)));
        let once = pollster::block_on(layer.layer(handler()).oneshot(request)).unwrap();
        let twice = pollster::block_on(layer.layer(layer.layer(handler())).oneshot(same_request)).unwrap();
        assert_eq!((once.status(), once.headers()), (twice.status(), twice.headers()));
        assert_eq!((once.body(), verdict(&once)), (twice.body(), verdict(&twice)));
    }
}

#[test]
fn the_verdict_is_in_both_extensions_if_the_layer_exposes_it() {
    let layer = CorsLayer::new(policy()).expose_verdict();
    let refused = Verdict::Refuse(PolicyRefusal::OriginNotAllowed);
    for (origin, expected) in [("https://app.example", Verdict::Share), ("https://other.example", refused)] {
        let response = call(&layer, request("GET", &[("origin", origin)]), |request| {
            assert_eq!(request.extensions().get(), Some(&expected));
            fine(request)
        });
        assert_eq!(verdict(&response), Some(expected));
        assert_eq!(verdict(&call(&layer, preflight(origin, "PUT"), never_called)), Some(expected));
    }
    // There is no verdict if the request has no origin, or if the layer does not expose it.
    let without = CorsLayer::new(policy());
    let from_page = || request("GET", &[("origin", "https://app.example")]);
    for (layer, request) in [(&layer, request("GET", &[])), (&without, from_page())] {
        let response = call(layer, request, |request| {
            assert!(request.extensions().is_empty());
            fine(request)
        });
        assert!(response.extensions().is_empty());
    }
}

#[test]
fn any_origin_gives_one_response_for_everybody() {
    let layer = CorsLayer::new(Policy::builder().allow_any_origin().build().unwrap());
    for headers in [&[][..], &[("origin", "https://app.example")], &[("origin", "null")]] {
        let response = call(&layer, request("GET", headers), fine);
        assert_eq!(values(&response, "access-control-allow-origin"), ["*"]);
        assert_eq!(response.headers().len(), 1);
    }
}
