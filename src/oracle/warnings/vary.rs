//! `Vary` does not name `Origin` although the response depends on it.

use http::{
    Method,
    header::{ACCESS_CONTROL_ALLOW_ORIGIN, ORIGIN, VARY},
};

use super::Exchanged;
use crate::{
    ByteString,
    browser::Warning,
    oracle::http_caching::{may_be_used_again, varies_on_origin},
};

/// A server that sends one origin to everybody needs no `Vary`, but it would let in only this page.
pub(super) fn find(exchanges: &[Exchanged<'_>]) -> Vec<Warning> {
    let missing = exchanges.iter().filter(|exchange| is_missing(exchange));
    missing
        .map(|exchange| {
            let vary = exchange.response.headers.get(&VARY).unwrap_or_default();
            Warning::VaryOriginMissing { vary: ByteString::from(&vary) }
        })
        .collect()
}

fn is_missing(exchange: &Exchanged<'_>) -> bool {
    let (request, headers) = (exchange.request, &exchange.response.headers);
    let origin = request.headers.get(&ORIGIN).filter(|origin| **origin != *b"null");
    origin.is_some()
        && headers.get(&ACCESS_CONTROL_ALLOW_ORIGIN) == origin
        && matches!(request.method, Method::GET | Method::HEAD)
        && may_be_used_again(headers)
        && !varies_on_origin(headers)
}
