//! `tower-http`: it searches a list in order, and wildcards are a predicate. It checks neither the method nor
//! the headers.

use crossorigin_benches::server::{EXPOSED, HEADERS, MAX_AGE, METHODS};
use http::{HeaderName, HeaderValue, Method};
use tower_http::cors::{AllowOrigin, CorsLayer};

use super::is_below;

pub fn layer(origins: &[String], domains: &[String]) -> CorsLayer {
    let listed: Vec<HeaderValue> = origins.iter().map(|origin| origin.parse().unwrap()).collect();
    let origins = match domains {
        [] => AllowOrigin::list(listed),
        domains => {
            let domains = domains.to_vec();
            AllowOrigin::predicate(move |origin, _| {
                listed.contains(origin) || is_below(origin.as_bytes(), &domains)
            })
        }
    };
    CorsLayer::new()
        .allow_origin(origins)
        .allow_credentials(true)
        .allow_methods(METHODS.map(|method| method.parse::<Method>().unwrap()))
        .allow_headers(HEADERS.map(HeaderName::from_static))
        .expose_headers(EXPOSED.map(HeaderName::from_static))
        .max_age(MAX_AGE)
}
