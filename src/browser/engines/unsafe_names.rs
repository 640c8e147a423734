//! [CORS-unsafe request-header names](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names), as
//! engines find them.
//!
//! An unsafe name is one that needs a preflight.

use std::{borrow::Cow, collections::HashMap};

use http::{HeaderName, Method, header::CONTENT_TYPE};

use super::{
    Engine,
    rules::{PreflightHeaders, RequestHeaderRules},
};
use crate::{
    browser::{
        diagnosis::PreflightCause,
        state::{CurrentRequest, with_default_accept},
    },
    header_list::HeaderList,
    method::is_cors_safelisted_method,
    request_header::{CORS_SAFELISTED_TOTAL_LIMIT, for_each_unsafe_name, sorted_names},
};

impl RequestHeaderRules {
    /// The header lines that the safelist checks.
    fn lines_for_safelist<'a>(&self, headers: &'a HeaderList) -> Cow<'a, HeaderList> {
        match self.checks_combined_values {
            true => Cow::Owned(headers.sort_and_combine()),
            false => Cow::Borrowed(headers),
        }
    }

    /// The unsafe names: in lower case, each once, sorted.
    pub(crate) fn cors_unsafe_request_header_names(&self, headers: &HeaderList) -> Vec<HeaderName> {
        let is_safelisted =
            |name: &HeaderName, value: &[u8]| self.is_cors_safelisted_request_header(name, value);
        let headers = self.lines_for_safelist(headers);
        let mut names = Vec::new();
        for_each_unsafe_name(&headers, is_safelisted, self.total_limit, |name| names.push(name));
        sorted_names(names)
    }

    /// Calls `found` for each unsafe name: unsorted, possibly repeated, without allocating by the standard's
    /// rules.
    pub(super) fn for_each_unsafe_name(&self, headers: &HeaderList, found: impl FnMut(&HeaderName)) {
        let is_safelisted =
            |name: &HeaderName, value: &[u8]| self.is_cors_safelisted_request_header(name, value);
        for_each_unsafe_name(&self.lines_for_safelist(headers), is_safelisted, self.total_limit, found);
    }
}

impl Engine {
    /// The header list that decides about the preflight: the request's, or the page's before any redirect.
    pub(super) fn preflight_headers<'a>(&'a self, request: &'a CurrentRequest) -> &'a HeaderList {
        match &self.memory.original {
            Some(original) if self.rules.preflight.headers != PreflightHeaders::Remaining => {
                &original.headers
            }
            _ => &request.headers,
        }
    }

    /// Those headers plus the default `Accept`, if it matters for the limit of 1,024 bytes.
    fn headers_for_safelist<'a>(&'a self, request: &'a CurrentRequest) -> Cow<'a, HeaderList> {
        with_default_accept(self.preflight_headers(request))
    }

    /// Main fetch, step 12: returns whether a header is unsafe.
    pub(crate) fn has_unsafe_header(&self, request: &CurrentRequest) -> bool {
        let mut has_unsafe = false;
        let rules = &self.rules.request_headers;
        rules.for_each_unsafe_name(&self.headers_for_safelist(request), |_| has_unsafe = true);
        has_unsafe
    }

    /// Calls `found` for each unsafe name that the preflight lists: unsorted, possibly repeated, without
    /// allocating by the standard's rules.
    pub(crate) fn for_each_unsafe_name(&self, request: &CurrentRequest, mut found: impl FnMut(&HeaderName)) {
        self.rules.request_headers.for_each_unsafe_name(&self.headers_for_safelist(request), |name| {
            if self.is_listed(name) {
                found(name);
            }
        });
        if self.memory.lists_dropped_type {
            found(&CONTENT_TYPE);
        }
    }

    /// The unsafe names that the preflight lists: in lower case, each once, sorted.
    pub(crate) fn cors_unsafe_request_header_names(&self, request: &CurrentRequest) -> Vec<HeaderName> {
        let headers = self.headers_for_safelist(request);
        let mut names = self.rules.request_headers.cors_unsafe_request_header_names(&headers);
        names.retain(|name| self.is_listed(name));
        if self.memory.lists_dropped_type {
            // There is no other unsafe name: see `drop_type_of_body`.
            names.push(CONTENT_TYPE);
        }
        names
    }

    /// Returns whether the preflight lists an unsafe name.
    fn is_listed(&self, name: &HeaderName) -> bool {
        self.rules.preflight.headers != PreflightHeaders::OriginalWithoutLastRemoved
            || !self.memory.removed.includes(name)
    }

    /// CORS-preflight fetch, steps 5.1 and 5.2: the names as `Access-Control-Request-Headers` lists them.
    pub(crate) fn joined_names(&self, request: &CurrentRequest, names: &[HeaderName]) -> String {
        if !self.rules.preflight.repeats_names {
            return names.iter().map(HeaderName::as_str).collect::<Vec<_>>().join(",");
        }
        // The number of unsafe lines of each name, counted in one pass over the headers.
        let mut lines = HashMap::<_, usize>::new();
        for (name, value) in self.preflight_headers(request) {
            if !self.rules.request_headers.is_cors_safelisted_request_header(name, value) {
                let count = lines.entry(name).or_default();
                *count = count.saturating_add(1);
            }
        }
        let times = |name: &HeaderName| lines.get(name).copied().unwrap_or(1);
        let names = names.iter().flat_map(|name| std::iter::repeat_n(name.as_str(), times(name)));
        names.collect::<Vec<_>>().join(",")
    }

    /// The cause of a preflight, for the trace.
    pub(crate) fn preflight_cause(
        &self,
        request: &CurrentRequest,
        ran_with_preflight: bool,
    ) -> PreflightCause {
        let method = &request.method;
        let rules = &self.rules.request_headers;
        let mut headers = Vec::new();
        let mut safelist_value_size = 0_usize;
        for (name, value) in rules.lines_for_safelist(&self.headers_for_safelist(request)).iter() {
            match rules.cors_safelisted_request_header(name, value) {
                Ok(()) => safelist_value_size = safelist_value_size.saturating_add(value.len()),
                Err(why) => headers.push((name.clone(), why)),
            }
        }
        PreflightCause {
            forced: request.use_cors_preflight,
            repeated: self.repeats_preflight(request, ran_with_preflight),
            method: (!is_cors_safelisted_method(method)).then(|| Method::clone(method)),
            headers,
            too_long_together: rules.total_limit && safelist_value_size > CORS_SAFELISTED_TOTAL_LIMIT,
        }
    }
}
