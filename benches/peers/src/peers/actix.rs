//! `actix-cors`, around a service of `actix-web` that responds at once. Requests and responses have types of
//! that framework, which creates them.

use std::hint::black_box;

use actix_cors::Cors;
use actix_web::{
    HttpResponse,
    dev::{Service, ServiceRequest, Transform, fn_service},
    http::Method,
    test::TestRequest,
};
use crossorigin_benches::server::{EXPOSED, HEADERS, MAX_AGE, METHODS};

use super::is_below;
use crate::{
    measure::Contender,
    setup::{ACTIX, Setup, now},
};

pub fn contender(setup: &Setup) -> Contender<'_> {
    let mut cors = Cors::default()
        .supports_credentials()
        .allowed_methods(METHODS.map(|method| method.parse::<Method>().unwrap()))
        .allowed_headers(HEADERS)
        .expose_headers(EXPOSED)
        .max_age(MAX_AGE.as_secs() as usize);
    for origin in &setup.origins {
        cors = cors.allowed_origin(origin);
    }
    if !setup.domains.is_empty() {
        let domains = setup.domains.clone();
        cors = cors.allowed_origin_fn(move |origin, _| is_below(origin.as_bytes(), &domains));
    }
    let no_op = fn_service(async |request: ServiceRequest| {
        Ok::<_, actix_web::Error>(request.into_response(HttpResponse::Ok().finish()))
    });
    let service = now(cors.new_transform(no_op)).unwrap();
    let call = move |request| now(service.call(request));
    if let Ok(response) = call(request(setup)) {
        let allow_origin = response.headers().get("access-control-allow-origin");
        setup.check(ACTIX, allow_origin.map(|value| value.as_bytes()));
    }
    Contender::consuming(ACTIX, || request(setup), move |request| call(black_box(request)))
}

/// The request in the types of `actix-web`, which uses another version of `http`.
fn request(setup: &Setup) -> ServiceRequest {
    let request = &setup.request;
    let method: Method = request.method().as_str().parse().unwrap();
    let headers = request.headers().iter();
    let empty = TestRequest::with_uri("/items/7?page=2").method(method);
    headers
        .fold(empty, |request, (name, value)| request.append_header((name.as_str(), value.as_bytes())))
        .to_srv_request()
}
