//! A cache between browser and server gave a response that it had kept for another request.

use http::{
    HeaderName,
    header::{ACCESS_CONTROL_ALLOW_ORIGIN, AGE, CACHE_CONTROL},
};

use super::Exchanged;
use crate::{
    ByteString,
    browser::{Reason, Warning},
    header_list::HeaderList,
    oracle::{
        http_caching::{CacheControl, varies_on_origin},
        transcript::Transcript,
    },
};

/// The headers with which caches say that they had the response.
const HIT_HEADERS: [HeaderName; 4] = [
    HeaderName::from_static("cf-cache-status"),
    HeaderName::from_static("x-cache"),
    HeaderName::from_static("x-cache-status"),
    HeaderName::from_static("x-proxy-cache"),
];

pub(super) fn find(transcript: &Transcript, exchanges: &[Exchanged<'_>]) -> Vec<Warning> {
    let Err(error) = transcript.outcome() else { return Vec::new() };
    let Some(exchange) = exchanges.last().filter(|exchange| exchange.is_actual() && !exchange.from_cache)
    else {
        return Vec::new();
    };
    let headers = &exchange.response.headers;
    let sign = match error.reason() {
        // The copy may be public without any sign that a cache had it.
        Reason::AllowOriginMismatch { .. } => sign_of_cache(headers).or_else(|| sign_of_permission(headers)),
        Reason::AllowOriginMissing if !varies_on_origin(headers) => sign_of_cache(headers),
        _ => None,
    };
    let got = headers.get(&ACCESS_CONTROL_ALLOW_ORIGIN).map(|got| ByteString::from(&got));
    sign.map(|sign| Warning::ResponseForOtherOrigin { got, sign }).into_iter().collect()
}

/// The header that shows that the response was stored.
fn sign_of_cache(headers: &HeaderList) -> Option<HeaderName> {
    let is_hit = |name: &HeaderName| {
        let value = headers.get(name).unwrap_or_default().to_ascii_lowercase();
        value.windows(3).any(|word| word == b"hit")
            || value.starts_with(b"stale")
            || value.starts_with(b"revalidated")
    };
    let hit = HIT_HEADERS.into_iter().find(is_hit);
    hit.or_else(|| headers.contains(&AGE).then_some(AGE))
}

/// The header with which the server lets every cache keep the response.
fn sign_of_permission(headers: &HeaderList) -> Option<HeaderName> {
    let is_kept = CacheControl::of(headers).is_public && !varies_on_origin(headers);
    is_kept.then_some(CACHE_CONTROL)
}
