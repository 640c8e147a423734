//! `cors-core`: bytes in, bytes out. The caller inserts them into a response. It searches origins in order,
//! checks neither the method nor the headers, and sends no `Vary` with refusals.

use bytes::Bytes;
use cors_core::{AllowHeaders, AllowOrigin, Cors};
use crossorigin_benches::server::{EXPOSED, HEADERS, MAX_AGE, METHODS};
use http::{
    HeaderMap, HeaderName, HeaderValue, Request,
    header::{ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN},
};

pub fn responder(origins: &[String], domains: &[String]) -> impl Fn(&Request<()>) -> HeaderMap + use<> {
    let allow_origin = match domains {
        [] => AllowOrigin::exact(origins),
        domains => AllowOrigin::ExactOrSuffix {
            flat_list: flat(origins.iter().cloned()),
            flat_suffixes: flat(domains.iter().map(|domain| format!(".{domain}"))),
        },
    };
    let cors = Cors::builder()
        .allow_origin(allow_origin)
        .allow_credentials(true)
        .allow_methods(METHODS)
        .allow_headers(AllowHeaders::list(HEADERS))
        .expose_headers(EXPOSED)
        .max_age(MAX_AGE)
        .build()
        .unwrap();
    move |request| {
        let headers = request.headers();
        let value = |name| headers.get(name).map(HeaderValue::as_bytes);
        let decision = cors.evaluate(
            request.method().as_str().as_bytes(),
            value(ORIGIN),
            value(ACCESS_CONTROL_REQUEST_METHOD),
            value(ACCESS_CONTROL_REQUEST_HEADERS),
            false,
        );
        let mut response = HeaderMap::new();
        for (name, value) in decision.headers().into_iter().flatten() {
            let name = HeaderName::from_bytes(name).unwrap();
            response.insert(name, HeaderValue::from_maybe_shared(value.clone()).unwrap());
        }
        response
    }
}

/// A list in the form that it stores.
fn flat(items: impl Iterator<Item = String>) -> Bytes {
    items.map(|item| item + "\0").collect::<String>().into()
}
