//! `bunner_cors_rs`: strings in, a list of strings out. Its documentation inserts them into a response like
//! this.

use bunner_cors_rs::{
    AllowedHeaders, AllowedMethods, Cors, CorsDecision, CorsOptions, ExposedHeaders, Headers, Origin,
    OriginMatcher, RequestContext,
};
use crossorigin_benches::server::{EXPOSED, HEADERS, MAX_AGE, METHODS};
use http::{
    HeaderMap, HeaderName, HeaderValue, Request,
    header::{ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN},
};

pub fn responder(origins: &[String], domains: &[String]) -> impl Fn(&Request<()>) -> HeaderMap + use<> {
    let listed = origins.iter().map(|origin| OriginMatcher::Exact(origin.clone()));
    let patterns = domains.iter().map(|domain| {
        let domain = domain.replace('.', r"\.");
        OriginMatcher::pattern_str(&format!(r"^https://([a-z0-9-]+\.)+{domain}$")).unwrap()
    });
    let options = CorsOptions::new()
        .origin(Origin::list(listed.chain(patterns)))
        .credentials(true)
        // It also needs the methods of actual requests, unlike the other crates.
        .methods(AllowedMethods::list(METHODS.into_iter().chain(["GET", "HEAD", "POST"])))
        .allowed_headers(AllowedHeaders::list(HEADERS))
        .exposed_headers(ExposedHeaders::list(EXPOSED))
        .max_age(MAX_AGE.as_secs());
    let cors = Cors::new(options).unwrap();
    move |request| {
        let headers = request.headers();
        let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let context = RequestContext {
            method: request.method().as_str(),
            origin: text(ORIGIN),
            access_control_request_method: text(ACCESS_CONTROL_REQUEST_METHOD),
            access_control_request_headers: text(ACCESS_CONTROL_REQUEST_HEADERS),
            access_control_request_private_network: false,
        };
        let mut response = HeaderMap::new();
        match cors.check(&context).unwrap() {
            CorsDecision::PreflightAccepted { headers } | CorsDecision::SimpleAccepted { headers } => {
                put(&mut response, headers);
            }
            CorsDecision::PreflightRejected(rejection) => put(&mut response, rejection.headers),
            CorsDecision::SimpleRejected(rejection) => put(&mut response, rejection.headers),
            CorsDecision::NotApplicable => {}
        }
        response
    }
}

fn put(response: &mut HeaderMap, headers: Headers) {
    for (name, value) in headers {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        response.insert(name, HeaderValue::from_str(&value).unwrap());
    }
}
