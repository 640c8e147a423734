//! `actix-cors`, around a service of `actix-web` that answers at once: its requests and responses are of its own types,
//! and made by that framework.

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
    situation::{ACTIX, Setting, now},
};

pub fn contender(setting: &Setting) -> Contender<'_> {
    let mut cors = Cors::default()
        .supports_credentials()
        .allowed_methods(METHODS.map(|method| method.parse::<Method>().unwrap()))
        .allowed_headers(HEADERS)
        .expose_headers(EXPOSED)
        .max_age(MAX_AGE.as_secs() as usize);
    for origin in &setting.origins {
        cors = cors.allowed_origin(origin);
    }
    if !setting.domains.is_empty() {
        let domains = setting.domains.clone();
        cors = cors.allowed_origin_fn(move |origin, _| is_below(origin.as_bytes(), &domains));
    }
    let no_op = fn_service(async |request: ServiceRequest| {
        Ok::<_, actix_web::Error>(request.into_response(HttpResponse::Ok().finish()))
    });
    let service = now(cors.new_transform(no_op)).unwrap();
    let call = move |request| now(service.call(request));
    if let Ok(answer) = call(request(setting)) {
        let allow_origin = answer.headers().get("access-control-allow-origin");
        setting.check(ACTIX, allow_origin.map(|value| value.as_bytes()));
    }
    Contender::consuming(ACTIX, || request(setting), move |request| call(black_box(request)))
}

/// The request in the types of `actix-web`, which are of another version of `http`.
fn request(setting: &Setting) -> ServiceRequest {
    let request = &setting.request;
    let method: Method = request.method().as_str().parse().unwrap();
    let headers = request.headers().iter();
    let empty = TestRequest::with_uri("/items/7?page=2").method(method);
    headers
        .fold(empty, |request, (name, value)| request.append_header((name.as_str(), value.as_bytes())))
        .to_srv_request()
}
