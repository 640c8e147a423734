//! What goes over the wire. The router is called in this process, without a socket.

use axum::{
    body::Body,
    http::{Request, Response, StatusCode},
};
use crossorigin_axum_example::app;
use tower::ServiceExt as _;

const FRONT_END: &str = "https://app.example";

async fn call(method: &str, path: &str, headers: &[(&str, &str)]) -> Response<Body> {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::empty()).unwrap();
    app(FRONT_END).unwrap().oneshot(request).await.unwrap()
}

fn header<'a>(response: &'a Response<Body>, name: &str) -> Option<&'a str> {
    response.headers().get(name).map(|value| value.to_str().unwrap())
}

#[tokio::test]
async fn anybody_reads_the_catalogue() {
    for headers in [&[][..], &[("origin", "https://anybody.example")], &[("origin", "null")]] {
        let response = call("GET", "/catalogue", headers).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(header(&response, "access-control-allow-origin"), Some("*"));
        assert_eq!(header(&response, "access-control-expose-headers"), Some("x-total-count"));
        assert_eq!(header(&response, "vary"), None);
    }
}

#[tokio::test]
async fn preflights_need_neither_a_handler_nor_a_session() {
    let preflight = [
        ("origin", FRONT_END),
        ("access-control-request-method", "PUT"),
        ("access-control-request-headers", "content-type"),
    ];
    let response = call("OPTIONS", "/account", &preflight).await;
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    assert_eq!(header(&response, "access-control-allow-methods"), Some("PUT"));

    let catalogue = [("origin", FRONT_END), ("access-control-request-method", "DELETE")];
    assert_eq!(call("OPTIONS", "/catalogue", &catalogue).await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn other_options_requests_are_those_of_axum() {
    assert_eq!(call("OPTIONS", "/catalogue", &[]).await.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn errors_can_be_read_too() {
    let unauthorized = call("GET", "/account", &[("origin", FRONT_END)]).await;
    assert_eq!(unauthorized.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(header(&unauthorized, "access-control-allow-origin"), Some(FRONT_END));

    let session = [("origin", FRONT_END), ("cookie", "session=ada")];
    let not_allowed = call("DELETE", "/account", &session).await;
    assert_eq!(not_allowed.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(header(&not_allowed, "access-control-allow-origin"), Some(FRONT_END));
}

#[tokio::test]
async fn what_does_not_exist_has_no_policy() {
    let missing = call("GET", "/missing", &[("origin", FRONT_END)]).await;
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    assert!(missing.headers().keys().all(|name| name == "content-length"));
}

#[test]
fn a_front_end_that_would_leak_cookies_is_refused() {
    for front_end in ["http://app.example", "https://app.example/", "*", "null"] {
        assert!(app(front_end).is_err(), "{front_end}");
    }
}

#[tokio::test]
async fn other_origins_do_not_reach_the_account() {
    let attack = [("origin", "https://evil.example"), ("host", "api.example"), ("cookie", "session=ada")];
    assert_eq!(call("PUT", "/account", &attack).await.status(), StatusCode::FORBIDDEN);
    assert_eq!(call("GET", "/account", &attack).await.status(), StatusCode::FORBIDDEN);

    // Not listed, but the page is served by this very host.
    let own = [("origin", "https://api.example"), ("host", "api.example"), ("cookie", "session=ada")];
    assert_eq!(call("GET", "/account", &own).await.status(), StatusCode::OK);
}
