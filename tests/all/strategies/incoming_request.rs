//! Random requests as a server receives them, and the headers of its handler's response.

use crossorigin::http::{
    HeaderMap, HeaderName, HeaderValue, Method,
    header::{ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN},
};
use proptest::{
    collection,
    prelude::{Just, Strategy, any, prop_oneof},
    sample::select,
    strategy::BoxedStrategy,
};

use super::{header::METHODS, near_misses, policy::NAMES, tuple_origin};

/// Requests as a server receives them, from pages, broken clients and attackers: a method, and CORS headers
/// among others.
pub(crate) fn incoming_request() -> impl Strategy<Value = (Method, HeaderMap)> {
    let method = prop_oneof![
        1 => Just(Method::OPTIONS),
        1 => select(&METHODS[..])
            .prop_filter_map("a method", |text| Method::from_bytes(text.as_bytes()).ok()),
    ];
    let origin = prop_oneof![
        6 => tuple_origin().prop_map(|origin| origin.to_string().into_bytes()),
        1 => Just(b"null".to_vec()),
        2 => tuple_origin().prop_flat_map(|origin| near_misses(&origin)),
    ];
    let asked_method = prop_oneof![
        8 => select(&METHODS[..]),
        1 => select(&["", "*", "TRACE", "P UT", "put", "LOCK"][..]),
    ];
    let name = prop_oneof![
        12 => select(&NAMES[..]),
        1 => select(&["", "*", "x a", "X-A", "Authorization", "x-other"][..]),
    ];
    let names = (collection::vec(name, 0..4), select(&[",", ", ", " ,\t", ",,"][..]));
    let others = collection::vec(select(&[("cookie", "a=b"), ("accept", "*/*"), ("x-a", "1")][..]), 0..2);
    let protocol = (
        lines(origin.boxed()),
        lines(asked_method.prop_map(|text| text.as_bytes().to_vec()).boxed()),
        lines(names.prop_map(|(names, comma)| names.join(comma).into_bytes()).boxed()),
        any::<bool>(),
    );
    (method, protocol, others).prop_map(|(method, (origins, methods, names, network), others)| {
        let mut headers = HeaderMap::new();
        append_all(&mut headers, &ORIGIN, &origins);
        append_all(&mut headers, &ACCESS_CONTROL_REQUEST_METHOD, &methods);
        append_all(&mut headers, &ACCESS_CONTROL_REQUEST_HEADERS, &names);
        if network {
            let name = HeaderName::from_static("access-control-request-private-network");
            headers.insert(name, HeaderValue::from_static("true"));
        }
        for (name, value) in others {
            headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        (method, headers)
    })
}

/// The headers of a handler's response. They include CORS headers, right and wrong, single and repeated, and
/// every kind of `Vary`.
pub(crate) fn handler_headers() -> impl Strategy<Value = HeaderMap> + Clone {
    let line = select(
        &[
            ("vary", "accept"),
            ("vary", "Origin"),
            ("vary", "origin, ORIGIN"),
            ("vary", "*"),
            ("vary", "accept,, Accept-Encoding ,"),
            ("access-control-allow-origin", "*"),
            ("access-control-allow-origin", "https://inner.test"),
            ("access-control-allow-origin", "null"),
            ("access-control-allow-credentials", "true"),
            ("access-control-allow-methods", "*"),
            ("access-control-allow-headers", "*"),
            ("access-control-expose-headers", "*"),
            ("access-control-expose-headers", "x-a, x-b, set-cookie"),
            ("access-control-max-age", "9"),
            ("access-control-unheard-of", "x"),
            ("content-type", "text/plain"),
            ("cache-control", "no-store"),
            ("set-cookie", "a=b"),
            ("set-cookie", "c=d"),
            ("etag", "\"1\""),
            ("x-a", "1"),
            ("x-a", "2"),
            ("x-b", "1"),
        ][..],
    );
    collection::vec(line, 0..10).prop_map(|lines| {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        headers
    })
}

/// Mostly one line, sometimes none or several.
fn lines(value: BoxedStrategy<Vec<u8>>) -> impl Strategy<Value = Vec<Vec<u8>>> {
    prop_oneof![
        2 => Just(Vec::new()),
        10 => value.clone().prop_map(|value| vec![value]),
        1 => collection::vec(value, 2..4),
    ]
}

/// Skips what is not a valid header value.
fn append_all(headers: &mut HeaderMap, name: &HeaderName, values: &[Vec<u8>]) {
    for value in values.iter().filter_map(|value| HeaderValue::from_bytes(value).ok()) {
        headers.append(name, value);
    }
}
