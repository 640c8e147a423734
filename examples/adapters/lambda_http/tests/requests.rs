//! The service responds as `decide` and `apply` say. The runtime, which calls it, runs only in AWS Lambda.

use crossorigin_adapter_requests::{check, policy, request, route};
use crossorigin_lambda_http_adapter::with_policy;
use lambda_http::{Body, Error, Request, Response, Service, http::StatusCode, service_fn};

async fn handler(request: Request) -> Result<Response<Body>, Error> {
    Ok(route(&request).map(|()| Body::Empty))
}

#[tokio::main(flavor = "current_thread")]
async fn respond(request: Request) -> Response<Body> {
    with_policy(service_fn(handler), policy()).call(request).await.unwrap()
}

#[test]
fn responses_are_those_of_decide_and_apply() {
    let send = |message: &[u8]| {
        let response = respond(request(message).map(|()| Body::Empty));
        response.map(|body| body.to_vec())
    };
    check(send, &[]);
}

/// As the gateway sends it: in this format it puts several lines into one, so two origins are an invalid one.
#[test]
fn events_of_a_gateway_become_requests() {
    let event = |origin: &str| {
        format!(
            r#"{{"version": "2.0", "routeKey": "$default", "rawPath": "/item", "rawQueryString": "",
                "headers": {{"origin": "{origin}", "host": "api.example"}}, "isBase64Encoded": false,
                "requestContext": {{"accountId": "1", "apiId": "a", "domainName": "api.example",
                    "domainPrefix": "api", "http": {{"method": "GET", "path": "/item", "protocol": "HTTP/1.1",
                        "sourceIp": "192.0.2.1", "userAgent": "a"}},
                    "requestId": "r", "routeKey": "$default", "stage": "$default", "time": "t", "timeEpoch": 1}}}}"#
        )
    };
    let shared = |origin| {
        let request = lambda_http::request::from_str(&event(origin)).unwrap();
        let response = respond(request);
        assert_eq!(response.status(), StatusCode::OK);
        response.headers().get("access-control-allow-origin").cloned()
    };
    assert_eq!(shared("https://app.example").unwrap(), "https://app.example");
    assert_eq!(shared("https://app.example,https://evil.example"), None);
}
