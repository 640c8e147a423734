//! Requests and responses as short texts, for readable tables.
//!
//! A request is `GET | O: https://a.test | x-a: b`, and a response `handler | ACAO: https://a.test | Vary:
//! origin, M` or `204 | …`. A response has all headers, including those of the handler. Repeated headers are
//! combined with `, `.

use std::collections::BTreeMap;

use crossorigin::{
    http::{HeaderMap, HeaderName, HeaderValue, Method},
    server::{Action, Decision, Policy},
};

/// Short names for CORS headers.
const SHORT: [(&str, &str); 12] = [
    ("O", "origin"),
    ("M", "access-control-request-method"),
    ("H", "access-control-request-headers"),
    ("PN", "access-control-request-private-network"),
    ("ACAO", "access-control-allow-origin"),
    ("ACAC", "access-control-allow-credentials"),
    ("ACAM", "access-control-allow-methods"),
    ("ACAH", "access-control-allow-headers"),
    ("ACMA", "access-control-max-age"),
    ("ACEH", "access-control-expose-headers"),
    ("ACAPN", "access-control-allow-private-network"),
    ("Vary", "vary"),
];

/// A method and headers.
pub(crate) fn request(text: &str) -> (Method, HeaderMap) {
    let (method, headers) = text.split_once(" | ").unwrap_or((text, ""));
    (method.parse().unwrap(), self::headers(headers))
}

/// Headers in order, with repeated names.
pub(crate) fn headers(text: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for line in text.split(" | ").filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ").unwrap_or((line.trim_end_matches(':'), ""));
        headers.append(long(name), HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    headers
}

fn long(name: &str) -> HeaderName {
    let long = SHORT.iter().find(|(short, _)| *short == name).map_or(name, |(_, long)| long);
    long.parse().unwrap()
}

/// The response to a request. The handler sets these headers.
pub(crate) fn response(policy: &Policy, request: &str, handler: &str) -> String {
    let (method, headers) = self::request(request);
    applied(&policy.decide(&method, &headers), handler)
}

/// The response after a decision was applied to it.
pub(crate) fn applied(decision: &Decision, handler: &str) -> String {
    let (first, mut response) = match decision.action() {
        Action::CallHandler => ("handler".to_owned(), headers(handler)),
        Action::Respond(status) => (status.as_u16().to_string(), HeaderMap::new()),
    };
    decision.apply(&mut response);
    printed(&first, &response)
}

/// A response with sorted headers and short names.
pub(crate) fn printed(first: &str, headers: &HeaderMap) -> String {
    let mut lines = BTreeMap::<_, Vec<_>>::new();
    for (name, value) in headers {
        let name = SHORT.iter().find(|(_, long)| long == name).map_or(name.as_str(), |(short, _)| short);
        let value = value.as_bytes().escape_ascii().to_string();
        lines.entry(name).or_default().push(if name == "Vary" { short_members(&value) } else { value });
    }
    let mut text = first.to_owned();
    for (name, values) in lines {
        text += &format!(" | {name}: {}", values.join(", "));
    }
    text
}

/// The value of `Vary` with short names for the headers of preflights.
fn short_members(value: &str) -> String {
    let of_preflights = SHORT.iter().filter(|(_, long)| long.starts_with("access-control-request-"));
    of_preflights.fold(value.to_owned(), |value, (short, long)| value.replace(long, short))
}

/// The response with its headers sorted.
pub(crate) fn in_order(response: &str) -> String {
    let (first, rest) = response.split_once(" | ").unwrap_or((response, ""));
    printed(first, &headers(rest))
}
