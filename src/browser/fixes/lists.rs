//! The lists of a response to a preflight, with what they need.

use std::collections::HashSet;

use http::{
    HeaderName,
    header::{ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS},
};

use crate::{
    browser::response_head::ResponseHead, bytes::is_token, method::is_forbidden_method,
    request_header::is_forbidden_request_header,
};

/// The elements that a server meant to list, even if the list cannot be parsed. It has no element twice.
pub(super) struct MeantList {
    items: Vec<String>,
    seen: HashSet<String>,
    /// Whether `*` is listed, and is a wildcard.
    any: bool,
    /// What is the same for elements that are the same: header names have any case.
    key: fn(&str) -> String,
}

impl MeantList {
    /// The allowed methods, without those that no page can send.
    pub(super) fn of_methods(response: &ResponseHead, with_credentials: bool) -> Self {
        let can_be_sent = |method: &str| !is_forbidden_method(method.as_bytes());
        Self::read(response, &ACCESS_CONTROL_ALLOW_METHODS, with_credentials, can_be_sent, str::to_owned)
    }

    /// The allowed headers, without those that no page can send.
    pub(super) fn of_headers(response: &ResponseHead, with_credentials: bool) -> Self {
        let can_be_sent = |name: &str| {
            HeaderName::from_bytes(name.as_bytes()).is_ok_and(|name| !is_mistaken_request_header(&name, b""))
        };
        let key = str::to_ascii_lowercase;
        Self::read(response, &ACCESS_CONTROL_ALLOW_HEADERS, with_credentials, can_be_sent, key)
    }

    fn read(
        response: &ResponseHead,
        name: &HeaderName,
        with_credentials: bool,
        can_be_sent: impl Fn(&str) -> bool,
        key: fn(&str) -> String,
    ) -> Self {
        let mut list = Self { items: Vec::new(), seen: HashSet::new(), any: false, key };
        // Spaces, semicolons and quotes are in no element. Who writes them means a comma, or nothing.
        let is_separator =
            |byte: &u8| matches!(byte, b',' | b';' | b'"' | b'\'') || byte.is_ascii_whitespace();
        let elements = response.headers.lines(name).flat_map(|line| line.split(is_separator));
        for element in elements.filter(|element| is_token(element)) {
            match String::from_utf8_lossy(element) {
                item if item == "*" => list.any |= !with_credentials,
                item if can_be_sent(&item) => list.add(&item),
                _ => {}
            }
        }
        list
    }

    fn add(&mut self, item: &str) {
        if self.seen.insert((self.key)(item)) {
            self.items.push(item.to_owned());
        }
    }

    /// The value of a header that lists what was meant, and then what is needed.
    pub(super) fn with<'a>(mut self, needed: impl IntoIterator<Item = &'a str>) -> String {
        needed.into_iter().for_each(|item| self.add(item));
        if self.any {
            // The wildcard covers everything else.
            self.items.retain(|item| item.eq_ignore_ascii_case("authorization"));
            self.items.insert(0, "*".to_owned());
        }
        self.items.join(", ")
    }
}

/// Returns whether a page has no reason to send this header: it belongs to the CORS protocol, or only the
/// browser sets it.
pub(super) fn is_mistaken_request_header(name: &HeaderName, value: &[u8]) -> bool {
    name.as_str().starts_with("access-control-") || is_forbidden_request_header(name, value)
}
