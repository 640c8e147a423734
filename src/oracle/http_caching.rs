//! What a response says to HTTP caches: `Cache-Control`, `Vary` and validators, as far as CORS depends on them.

use http::header::{AGE, CACHE_CONTROL, EXPIRES, HeaderName, LAST_MODIFIED, VARY};

use crate::header_list::HeaderList;

/// The directives of `Cache-Control` that matter here.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CacheControl {
    pub(super) no_store: bool,
    pub(super) no_cache: bool,
    pub(super) is_public: bool,
    pub(super) is_private: bool,
    max_age: Option<u64>,
    s_maxage: Option<u64>,
}

impl CacheControl {
    pub(super) fn of(headers: &HeaderList) -> Self {
        let mut found = Self::default();
        for directive in elements(headers, &CACHE_CONTROL) {
            let (name, value) = directive.split_once('=').unwrap_or((&directive, ""));
            let seconds = || value.trim_matches('"').parse().ok();
            match name {
                "no-store" => found.no_store = true,
                "no-cache" => found.no_cache = true,
                "public" => found.is_public = true,
                "private" => found.is_private = true,
                "max-age" => found.max_age = seconds(),
                "s-maxage" => found.s_maxage = seconds(),
                _ => {}
            }
        }
        found
    }

    /// For how many seconds a cache may use a response without asking the server, if the response says it.
    pub(super) fn lifetime(self, is_shared: bool) -> Option<u64> {
        match (self.no_cache, self.s_maxage) {
            (true, _) => Some(0),
            (false, Some(seconds)) if is_shared => Some(seconds),
            _ => self.max_age,
        }
    }
}

/// Returns whether a cache may use the response again without asking the server.
pub(super) fn may_be_used_again(headers: &HeaderList) -> bool {
    let control = CacheControl::of(headers);
    if control.no_store {
        return false;
    }
    match control.lifetime(true) {
        Some(seconds) => seconds > 0,
        // Without a lifetime, caches guess one from the time of the last change.
        None => {
            control.is_public
                || is_in_future(headers)
                || headers.contains(&LAST_MODIFIED)
                || headers.contains(&AGE)
        }
    }
}

/// Returns whether `Expires` looks like a date. Servers say that a response has expired with `0` or `-1`.
fn is_in_future(headers: &HeaderList) -> bool {
    headers.get(&EXPIRES).is_some_and(|value| value.len() > 2)
}

/// The members of `Vary`, in lower case.
pub(super) fn vary(headers: &HeaderList) -> Vec<String> {
    elements(headers, &VARY)
}

/// Returns whether `Vary` names `Origin`, or is `*`.
pub(super) fn varies_on_origin(headers: &HeaderList) -> bool {
    vary(headers).iter().any(|member| member == "origin" || member == "*")
}

/// The elements of a list without quoted strings, in lower case.
fn elements(headers: &HeaderList, name: &HeaderName) -> Vec<String> {
    let value = headers.get(name).unwrap_or_default();
    let elements = value.split(|byte| *byte == b',').map(|element| element.trim_ascii());
    let elements = elements.filter(|element| !element.is_empty());
    elements.map(|element| String::from_utf8_lossy(element).to_ascii_lowercase()).collect()
}
