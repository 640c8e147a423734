//! Preflights that the page can avoid: headers that libraries add, a type without a body, upload listeners.

use http::{
    HeaderName, Method,
    header::{CONTENT_TYPE, USER_AGENT},
};

use super::{ranked::Ranked, refused_response::RefusedResponse};
use crate::browser::{
    diagnosis::{Fix, RequestChange, Side, enumerated},
    modes::Body,
};

/// Headers that libraries for tracing add to requests.
const TRACING: [&str; 13] = [
    "b3",
    "baggage",
    "elastic-apm-traceparent",
    "newrelic",
    "request-context",
    "request-id",
    "sentry-trace",
    "traceparent",
    "tracestate",
    "uber-trace-id",
    "x-amzn-trace-id",
    "x-cloud-trace-context",
    "x-request-id",
];

/// How the names of further tracing headers start.
const TRACING_PREFIXES: [&str; 2] = ["x-b3-", "x-datadog-"];

/// Headers that libraries add to requests, and that few servers need.
const OF_LIBRARIES: [&str; 6] =
    ["cache-control", "expires", "if-modified-since", "pragma", "user-agent", "x-requested-with"];

/// Ranks the fixes with which no preflight is needed, or the same one passes.
pub(super) fn rank(refused: &RefusedResponse<'_>, caught_by_router: bool, ranked: &mut Ranked) {
    ranked.add(true, type_without_body(refused));
    ranked.add(refused.is_cross_site(), tracing(refused));
    ranked.add(caught_by_router, upload_listener(refused));
    ranked.add(false, of_libraries(refused));
    ranked.add(false, text_in_place_of_json(refused).filter(|_| caught_by_router));
}

fn type_without_body(refused: &RefusedResponse<'_>) -> Option<Fix> {
    if !matches!(refused.request().method, Method::GET | Method::HEAD) {
        return None;
    }
    without(refused, vec![CONTENT_TYPE], |_| {
        "Leave out the header Content-Type in the page: a request without a body has no type.".to_owned()
    })
}

/// Few servers look at the type of JSON, and a text needs no preflight.
fn text_in_place_of_json(refused: &RefusedResponse<'_>) -> Option<Fix> {
    let request = refused.request();
    let content_type = request.headers.get(&CONTENT_TYPE)?;
    let is_json = content_type.to_ascii_lowercase().starts_with(b"application/json");
    let change = RequestChange { content_type: Some("text/plain;charset=UTF-8"), ..RequestChange::default() };
    let helps = is_json && request.body != Body::None && refused.passes_preflight_after(&change);
    helps.then(|| {
        Fix::new(
            Side::Page,
            "Send the JSON as `text/plain` in the page, if the server parses it without looking at the type: the \
             request needs no preflight then.",
        )
        .with_change(change)
    })
}

fn tracing(refused: &RefusedResponse<'_>) -> Option<Fix> {
    let names = names(refused, |name| {
        TRACING.contains(&name) || TRACING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
    });
    without(refused, names, |names| {
        format!(
            "Let the page's library for tracing send {names} only to your own servers, which must allow such \
             headers."
        )
    })
}

fn of_libraries(refused: &RefusedResponse<'_>) -> Option<Fix> {
    let names = names(refused, |name| OF_LIBRARIES.contains(&name));
    let is_agent = names.contains(&USER_AGENT);
    without(refused, names, |names| match is_agent {
        true => format!("Do not send {names} in the page, unless the server needs it; a library may add it."),
        false => format!(
            "Do not send {names} in the page, unless the server needs it; a library may add it, and the \
             option `cache` of fetch() serves for caching."
        ),
    })
}

fn upload_listener(refused: &RefusedResponse<'_>) -> Option<Fix> {
    let change = RequestChange { without_upload_listener: true, ..RequestChange::default() };
    let helps = refused.request().body != Body::Stream && refused.passes_preflight_after(&change);
    helps.then(|| {
        Fix::new(
            Side::Page,
            "Do not listen to the progress of the upload in the page: only because of the listener, the request \
             needs a preflight.",
        )
        .with_change(change)
    })
}

/// The names of the request's headers that the predicate selects, sorted.
fn names(refused: &RefusedResponse<'_>, is_selected: impl Fn(&str) -> bool) -> Vec<HeaderName> {
    let headers = refused.request().headers.iter();
    let mut names: Vec<_> =
        headers.map(|(name, _)| name).filter(|name| is_selected(name.as_str())).cloned().collect();
    names.sort_by(|one, other| one.as_str().cmp(other.as_str()));
    names.dedup();
    names
}

/// The fix that removes these headers, if the request passes then. A header that the request does not have is no help.
fn without(
    refused: &RefusedResponse<'_>,
    names: Vec<HeaderName>,
    text: impl FnOnce(&str) -> String,
) -> Option<Fix> {
    let shown: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    let change = RequestChange::without_headers(names);
    let helps = refused.passes_preflight_after(&change);
    helps.then(|| Fix::new(Side::Page, text(&enumerated(&shown))).with_change(change))
}
