//! [CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch), and the question whether a
//! request needs it: main fetch, step 12, and HTTP fetch, step 4.1.

use std::time::Duration;

use http::{
    Method,
    header::{CONTENT_TYPE, USER_AGENT},
};

use super::{Engine, rules::MaxAgeSyntax};
use crate::{
    browser::{
        max_age::{DEFAULT_MAX_AGE, MaxAge},
        partition_key::PartitionKey,
        state::CurrentRequest,
        url_origin::origin_is_same_as_url,
    },
    header_list::HeaderList,
    header_values::DeltaSeconds,
};

impl Engine {
    /// Returns whether a preflight goes on after its fetch was canceled.
    pub(crate) fn preflight_outlives_fetch(&self) -> bool {
        self.rules.preflight.outlives_fetch
    }

    /// Main fetch, step 12, and HTTP fetch, step 4.1: returns whether the use-CORS-preflight flag is set, or
    /// counts as set.
    pub(crate) fn use_cors_preflight(&self, request: &CurrentRequest, ran_with_preflight: bool) -> bool {
        request.use_cors_preflight || self.repeats_preflight(request, ran_with_preflight)
    }

    /// Returns whether this redirect needs a preflight only because the request had one before.
    pub(super) fn repeats_preflight(&self, request: &CurrentRequest, ran_with_preflight: bool) -> bool {
        ran_with_preflight && self.rules.preflight.repeat_after_redirect && request.redirect_count() > 0
    }

    /// Steps 1 to 5: appends headers that a preflight of the standard does not have.
    pub(crate) fn append_preflight_headers(&self, request: &CurrentRequest, headers: &mut HeaderList) {
        if self.rules.preflight.has_user_agent {
            for value in self.preflight_headers(request).lines(&USER_AGENT) {
                headers.push_valid(USER_AGENT, value);
            }
        }
    }

    /// Steps 6 and 7: the origin that a preflight sends, and that its CORS check compares with.
    pub(crate) fn preflight_origin<'a>(&self, request: &'a CurrentRequest) -> &'a str {
        match self.rules.preflight.sends_page_origin {
            true => request.origin.serialize(),
            false => request.serialized_origin(),
        }
    }

    /// Step 7: returns whether the response to a preflight is not checked, because the URL is of the page's
    /// own origin.
    pub(crate) fn skips_cors_check_of_preflight(&self, request: &CurrentRequest) -> bool {
        self.rules.preflight.sends_page_origin
            && origin_is_same_as_url(&request.origin, request.current_url())
    }

    /// Step 1: the network partition key of the preflight's connection. By the standard it is null, because
    /// the preflight's client is null.
    pub(crate) fn preflight_partition(&self, request: &CurrentRequest) -> Option<PartitionKey> {
        self.rules.preflight.is_partitioned.then(|| request.partition.clone()).flatten()
    }

    /// Step 7.4: returns whether a forced preflight allows the request's method, if the response lists no
    /// methods.
    pub(crate) fn forced_preflight_allows_method(&self) -> bool {
        self.rules.preflight.forced_allows_method
    }

    /// Step 7.6: returns whether `*` allows `Authorization`.
    pub(crate) fn wildcard_allows_authorization(&self) -> bool {
        self.rules.preflight.authorization_wildcard
    }

    /// Steps 7.8 to 7.10: the max-age that follows from the extracted `Access-Control-Max-Age`.
    pub(crate) fn max_age(&self, extracted: &DeltaSeconds<'_>) -> MaxAge {
        let limit = self.rules.cache.max_age_limit.unwrap_or(Duration::MAX);
        let seconds = match (self.rules.cache.max_age_syntax, extracted) {
            (MaxAgeSyntax::DeltaSeconds | MaxAgeSyntax::DigitsOrNothing, DeltaSeconds::Seconds(seconds)) => {
                Some(*seconds)
            }
            (MaxAgeSyntax::DigitsOrNothing, DeltaSeconds::Invalid(value)) if !value.is_empty() => {
                return MaxAge::NotCached;
            }
            (MaxAgeSyntax::SignedInteger, DeltaSeconds::Seconds(seconds)) => {
                i64::try_from(*seconds).is_ok().then_some(*seconds)
            }
            (MaxAgeSyntax::SignedInteger, DeltaSeconds::Invalid(value)) => match signed(value) {
                Some(..0) => return MaxAge::NotCached,
                number => number.map(i64::unsigned_abs),
            },
            (_, DeltaSeconds::Absent | DeltaSeconds::Invalid(_)) => None,
        };
        match seconds {
            // Step 7.10: the imposed limit.
            Some(seconds) if Duration::from_secs(seconds) > limit => MaxAge::Limited(limit),
            Some(seconds) => MaxAge::Given(Duration::from_secs(seconds)),
            None if DEFAULT_MAX_AGE > limit => MaxAge::Limited(limit),
            // Step 7.9: max-age is failure or null, so it becomes 5.
            None => MaxAge::Default,
        }
    }

    /// Firefox: a redirect has dropped the body of an `XMLHttpRequest`, and the `Content-Type` that the body
    /// implied is dropped for good.
    pub(super) fn drop_type_of_body(&mut self, request: &CurrentRequest, ran_with_preflight: bool) {
        if !self.memory.body_implied_type || self.rules.redirect.body_type_is_a_header {
            return;
        }
        let Some(original) = &mut self.memory.original else { return };
        let mut was_unsafe = false;
        let rules = &self.rules.request_headers;
        rules.for_each_unsafe_name(&original.headers, |name| was_unsafe |= *name == CONTENT_TYPE);
        original.headers.delete(&CONTENT_TYPE);
        self.memory.body_implied_type = false;
        // If the next preflight has no other reason, it lists the type once more.
        let has_other_reason = request.use_cors_preflight || self.has_unsafe_header(request);
        self.memory.lists_dropped_type = was_unsafe && ran_with_preflight && !has_other_reason;
    }

    /// HTTP fetch, step 4.1: returns whether a method needs no entry in the cache.
    pub(crate) fn method_needs_no_entry(&self, method: &Method) -> bool {
        crate::method::is_cors_safelisted_method(method)
            && (self.rules.cache.head_is_safelisted || method != Method::HEAD)
    }
}

/// Parses a number with or without a sign.
fn signed(value: &[u8]) -> Option<i64> {
    std::str::from_utf8(value).ok()?.parse().ok()
}
