//! Response headers that scripts usually need, and that they cannot see.

use std::collections::HashSet;

use http::{
    HeaderName, Method, StatusCode,
    header::{
        ACCESS_CONTROL_EXPOSE_HEADERS, AUTHORIZATION, CONTENT_DISPOSITION, CONTENT_RANGE, ETAG, LINK,
        LOCATION, RANGE, RETRY_AFTER,
    },
};

use super::Exchanged;
use crate::{
    browser::{Destination, ResponseType, Warning},
    header_values::extract_tokens,
    oracle::transcript::Transcript,
};

/// How many names a warning has.
const MAX_NAMES: usize = 16;

/// Parts of the names of headers with which APIs tell about pages, limits and sessions.
const TELLING_PARTS: [&str; 7] =
    ["pagination", "ratelimit", "rate-limit", "session-id", "total-count", "total-pages", "upload-offset"];

pub(super) fn find(transcript: &Transcript, exchanges: &[Exchanged<'_>]) -> Vec<Warning> {
    let (Ok(response), Some(exchange)) = (transcript.outcome(), exchanges.last()) else { return Vec::new() };
    // Only scripts read headers, and only of these responses some are hidden.
    let is_read =
        response.response_type() == ResponseType::Cors && exchange.request.destination == Destination::Empty;
    if !is_read {
        return Vec::new();
    }
    let internal = &response.internal().headers;
    let visible: HashSet<_> = response.headers().iter().map(|(name, _)| name).collect();
    let mut names: Vec<HeaderName> = Vec::new();
    for (name, value) in internal {
        if names.len() < MAX_NAMES
            && is_wanted(name, value, exchange)
            && !visible.contains(name)
            && !names.contains(name)
        {
            names.push(name.clone());
        }
    }
    if names.is_empty() {
        return Vec::new();
    }
    let exposed = extract_tokens(internal, &ACCESS_CONTROL_EXPOSE_HEADERS);
    let exposed = exposed.items().iter().map(|item| String::from_utf8_lossy(item).into_owned());
    let exposed = exposed.filter(|item| item != "*").collect();
    vec![Warning::ResponseHeaderHidden { names, exposed }]
}

fn is_wanted(name: &HeaderName, value: &[u8], exchange: &Exchanged<'_>) -> bool {
    let (request, status) = (exchange.request, exchange.response.status);
    match *name {
        CONTENT_DISPOSITION => value.to_ascii_lowercase().windows(8).any(|part| part == b"filename"),
        CONTENT_RANGE => request.headers.contains(&RANGE),
        // Uploads in parts need it; with responses to GET it is only for caches.
        ETAG => !matches!(request.method, Method::GET | Method::HEAD),
        LINK => value.windows(4).any(|part| part == b"rel=") && !is_preload(value),
        LOCATION => matches!(status, StatusCode::CREATED | StatusCode::ACCEPTED),
        RETRY_AFTER | AUTHORIZATION => true,
        _ => {
            let name = name.as_str();
            name.starts_with("x-") && name.ends_with("-token")
                || TELLING_PARTS.iter().any(|part| name.contains(part))
        }
    }
}

/// Links of this kind are for the browser.
fn is_preload(value: &[u8]) -> bool {
    ["preload", "preconnect", "dns-prefetch"]
        .iter()
        .any(|kind| value.windows(kind.len()).any(|part| part.eq_ignore_ascii_case(kind.as_bytes())))
}
