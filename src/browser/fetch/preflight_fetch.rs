//! [CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch): asks the server whether it
//! allows the request.

use std::time::Duration;

use http::{
    HeaderName, Method,
    header::{
        ACCEPT, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_MAX_AGE,
        ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, AUTHORIZATION, LOCATION, ORIGIN,
    },
};

use super::{
    Fetch, Progress,
    cors_check::{CorsCheckInput, CorsCheckSuccess, cors_check},
};
use crate::{
    ByteString,
    browser::{
        diagnosis::{AllowedBy, Finding, Phase, Reason, Refused, Warning},
        max_age::MaxAge,
        modes::{CacheMode, Mode},
        outgoing_request::{BodyToSend, OutgoingRequest, RequestKind},
        preflight_cache::PreflightCache,
        response_head::{Received, ResponseHead},
        timestamp::Timestamp,
        url_credentials::{hide_credentials, without_credentials},
    },
    header_list::HeaderList,
    header_values::{DeltaSeconds, Extracted, extract_delta_seconds, extract_tokens},
    method::is_cors_safelisted_method,
    request_header::is_cors_non_wildcard_request_header_name,
    standard::Algorithm::CorsPreflightFetch,
    status::{is_ok_status, is_redirect_status},
};

impl Fetch {
    /// Steps 1 to 6: the preflight. It is a separate request with credentials mode "same-origin" and response
    /// tainting "cors", so it is always sent without credentials.
    pub(super) fn cors_preflight_fetch(&self) -> OutgoingRequest {
        let (engine, request) = (&self.engine, &self.request);
        // Step 1: a request with method OPTIONS and the request's URL list and origin.
        let mut headers = HeaderList::new();
        // Step 2: append `Accept`.
        headers.push_valid(ACCEPT, "*/*");
        // Step 3: append `Access-Control-Request-Method`.
        headers.push_valid(ACCESS_CONTROL_REQUEST_METHOD, request.method.as_str());
        // Step 4: the CORS-unsafe request-header names. Step 5: if they are not empty. Steps 5.1 and 5.2:
        // append them, separated by commas without spaces.
        let names = engine.cors_unsafe_request_header_names(request);
        if !names.is_empty() {
            headers.push_valid(ACCESS_CONTROL_REQUEST_HEADERS, engine.joined_names(request, &names));
        }
        engine.append_preflight_headers(request, &mut headers);
        // Step 6: run HTTP-network-or-cache fetch, which appends `Origin`, because response tainting is
        // "cors".
        headers.push_valid(ORIGIN, engine.preflight_origin(request));
        OutgoingRequest {
            kind: RequestKind::Preflight,
            method: Method::OPTIONS,
            url: without_credentials(request.current_url().clone()),
            headers,
            credentials: false,
            body: BodyToSend::None,
            hop: request.redirect_count(),
            mode: Mode::Cors,
            cache: CacheMode::default(),
            destination: request.destination,
            fetch_metadata: self.fetch_metadata(RequestKind::Preflight),
            referrer: self.referrer(RequestKind::Preflight),
            referrer_policy: request.referrer_policy,
            partition: engine.preflight_partition(request),
        }
    }

    /// Steps 7 and 8: handles the response to the preflight. If it allows the request, the actual request
    /// goes out.
    pub(super) fn receive_preflight(
        &mut self,
        response: ResponseHead,
        cache: &mut PreflightCache,
        now: Timestamp,
    ) -> Progress {
        match self.check_and_store(&response, cache, now) {
            // Step 7.16: return. HTTP fetch, step 4.3: the actual request.
            Ok(()) => self.send_actual(),
            // Step 8: return a network error. (HTTP fetch, step 4.1.2, returns it, too.)
            Err((reason, also)) => Err(Box::new(Refused {
                phase: Phase::Preflight,
                reason,
                also,
                response: Some(Box::new(Received::from_network(response, false))),
            })),
        }
    }

    /// Step 7: checks the response, and stores what it allows.
    ///
    /// # Errors
    /// The reason for the network error, and other reasons that hold as well.
    fn check_and_store(
        &mut self,
        response: &ResponseHead,
        cache: &mut PreflightCache,
        now: Timestamp,
    ) -> Result<(), (Reason, Vec<Reason>)> {
        // Step 7: a CORS check with the request, whose credentials mode counts, and an ok status. If both fail, the
        // other one is another reason.
        let checked = self.check_preflight(response);
        let status = check_status(response);
        self.warn_about_cors_headers(response);
        let success = match (checked, status) {
            (Ok(success), Ok(())) => success,
            // Browsers look at no header of a redirect, and the redirect is why the header is missing.
            (Err(also), Err(redirect @ Reason::PreflightRedirect { .. })) => {
                return Err((redirect, vec![also]));
            }
            (Err(reason), status) => return Err((reason, status.err().into_iter().collect())),
            (Ok(_), Err(reason)) => return Err((reason, Vec::new())),
        };
        self.note_success(success);
        self.note((CorsPreflightFetch, "7"), |_| Finding::PreflightStatusOk(response.status));
        // Steps 7.1 and 7.2: extract methods and headerNames.
        let lists = PreflightLists::extract(response);
        let allowed = self.check_lists(&lists);
        if allowed.is_err() {
            self.warn_about_lists(&lists);
        }
        if allowed.is_ok() || lists.are_valid() && self.engine.caches_lists_that_refuse() {
            self.store(&lists, response, cache, now);
        }
        allowed.map_err(|reason| (reason, Vec::new()))
    }

    /// Step 7, the first condition: the CORS check.
    pub(crate) fn check_preflight(&self, response: &ResponseHead) -> Result<CorsCheckSuccess, Reason> {
        let input = self.preflight_check_input();
        // Engines differ: a preflight to the page's own origin may be exempt.
        if self.engine.skips_cors_check_of_preflight(&self.request) {
            return Ok(CorsCheckSuccess { by_wildcard: false, with_credentials: input.with_credentials });
        }
        cors_check(&input, response)
    }

    /// The input of the CORS check of the response to the preflight.
    pub(crate) fn preflight_check_input(&self) -> CorsCheckInput<'_> {
        CorsCheckInput {
            origin: self.engine.preflight_origin(&self.request),
            with_credentials: self.request.includes_credentials_mode(),
        }
    }

    /// Steps 7.3 to 7.7.
    fn check_lists(&mut self, lists: &PreflightLists<'_>) -> Result<(), Reason> {
        // Step 7.3: methods or headerNames is failure.
        if let Extracted::Invalid(token) = lists.methods {
            return Err(Reason::AllowMethodsInvalid { token: ByteString::from(token) });
        }
        if let Extracted::Invalid(token) = lists.header_names {
            return Err(Reason::AllowHeadersInvalid { token: ByteString::from(token) });
        }
        // Steps 7.4 and 7.5: the method.
        let by = self.allows_method(lists)?;
        self.note((CorsPreflightFetch, "7.5"), |fetch| Finding::MethodAllowed {
            method: fetch.request.method.clone(),
            by,
        });
        // Step 7.6: `Authorization` must be listed by name.
        let with_credentials = self.request.includes_credentials_mode();
        let lists_authorization = lists.header_names.contains_name(AUTHORIZATION.as_str().as_bytes());
        if self.request.headers.contains(&AUTHORIZATION) && !lists_authorization {
            let wildcard_counts = lists.header_wildcard() && !with_credentials;
            if !(wildcard_counts && self.engine.wildcard_allows_authorization()) {
                return Err(Reason::AuthorizationNeedsExplicitListing { wildcard_ignored: wildcard_counts });
            }
            self.warn(Warning::AuthorizationCoveredByWildcard);
        }
        // Step 7.7: every CORS-unsafe request-header name must be listed.
        if let Some(name) = self.names_not_allowed(lists).into_iter().next() {
            return Err(Reason::HeaderNotAllowed { name, wildcard_ignored: lists.header_wildcard() });
        }
        self.note((CorsPreflightFetch, "7.7"), |fetch| Finding::HeadersAllowed {
            names: fetch.engine.cors_unsafe_request_header_names(&fetch.request),
        });
        Ok(())
    }

    /// Steps 7.8 to 7.15.
    fn store(
        &mut self,
        lists: &PreflightLists<'_>,
        response: &ResponseHead,
        cache: &mut PreflightCache,
        now: Timestamp,
    ) {
        // Step 7.8: extract max-age. Step 7.9: 5 if it is failure or null. Step 7.10: the imposed limit.
        let extracted = extract_delta_seconds(&response.headers, &ACCESS_CONTROL_MAX_AGE);
        let max_age = self.engine.max_age(&extracted);
        self.warnings.extend(warning_about(max_age, &extracted));
        let step = match max_age {
            MaxAge::Given(_) | MaxAge::NotCached => "7.8",
            MaxAge::Default => "7.9",
            MaxAge::Limited(_) => "7.10",
        };
        self.note((CorsPreflightFetch, step), |_| Finding::PreflightStored(max_age));
        // Step 7.4: without a list, a forced preflight sets methods to the request's method.
        let method = self.request.method.clone();
        let mut methods = match self.is_allowed_by_force(lists) {
            true => vec![method.as_str().as_bytes()],
            false => lists.methods.items().to_vec(),
        };
        methods.extend(self.engine.additional_cached_methods());
        // Steps 7.12 to 7.15: update or create cache entries.
        let max_age = max_age.seconds().unwrap_or_default();
        self.update_or_create_entries(cache, (&methods, lists.header_names.items()), max_age, now);
        let forever = self.engine.methods_cached_forever();
        if !forever.is_empty() && !max_age.is_zero() {
            self.update_or_create_entries(cache, (forever, &[]), Duration::MAX, now);
        }
    }

    /// Steps 7.4 and 7.5: returns the rule by which the method is allowed.
    pub(crate) fn allows_method(&self, lists: &PreflightLists<'_>) -> Result<AllowedBy, Reason> {
        let method = &self.request.method;
        // Step 7.4: without a list, a forced preflight allows the request's method.
        if self.is_allowed_by_force(lists) {
            return Ok(AllowedBy::ForcedPreflight);
        }
        // Step 7.5: the method must be listed, or safelisted, or covered by `*` without credentials.
        let wildcard = lists.method_wildcard();
        if lists.methods.contains_bytes(method.as_str().as_bytes()) {
            Ok(AllowedBy::Name)
        } else if is_cors_safelisted_method(method) {
            Ok(AllowedBy::Safelist)
        } else if wildcard && !self.request.includes_credentials_mode() {
            Ok(AllowedBy::Wildcard)
        } else {
            Err(Reason::MethodNotAllowed { method: method.clone(), wildcard_ignored: wildcard })
        }
    }

    /// Step 7.4: returns whether methods is null and the use-CORS-preflight flag is set, so that the method
    /// is allowed.
    fn is_allowed_by_force(&self, lists: &PreflightLists<'_>) -> bool {
        let absent = matches!(lists.methods, Extracted::Absent);
        absent && self.request.use_cors_preflight && self.engine.forced_preflight_allows_method()
    }

    /// Steps 7.6 and 7.7: the unsafe names of the request that the response does not allow, sorted.
    ///
    /// Each listed name is looked up in the request's sorted names, so the work does not grow with the
    /// product of both lengths.
    pub(crate) fn names_not_allowed(&self, lists: &PreflightLists<'_>) -> Vec<HeaderName> {
        // Step 7.7: for each of the CORS-unsafe request-header names.
        let names = self.engine.cors_unsafe_request_header_names(&self.request);
        let mut listed = vec![false; names.len()];
        for item in lists.header_names.items() {
            let item = item.to_ascii_lowercase();
            let found = names.binary_search_by(|name| name.as_str().as_bytes().cmp(&item));
            if let Some(listed) = found.ok().and_then(|index| listed.get_mut(index)) {
                *listed = true;
            }
        }
        let wildcard_counts = lists.header_wildcard() && !self.request.includes_credentials_mode();
        let wildcard_is_enough = |name: &HeaderName| {
            !is_cors_non_wildcard_request_header_name(name) || self.engine.wildcard_allows_authorization()
        };
        let names = names.into_iter().zip(listed);
        names
            .filter(|(name, listed)| !(*listed || wildcard_counts && wildcard_is_enough(name)))
            .map(|(name, _)| name)
            .collect()
    }

    fn warn_about_lists(&mut self, lists: &PreflightLists<'_>) {
        let method = &self.request.method;
        if !is_cors_safelisted_method(method) && !lists.methods.contains_bytes(method.as_str().as_bytes()) {
            let mut items = lists.methods.items().iter();
            let listed = items.find(|item| item.eq_ignore_ascii_case(method.as_str().as_bytes()));
            if let Some(listed) = listed {
                let (method, listed) = (method.clone(), ByteString::from(*listed));
                self.warn(Warning::MethodCaseMismatch { method, listed });
            }
        }
        if self.request.includes_credentials_mode() {
            if lists.method_wildcard() {
                self.warn(Warning::WildcardIgnoredWithCredentials { header: ACCESS_CONTROL_ALLOW_METHODS });
            }
            if lists.header_wildcard() {
                self.warn(Warning::WildcardIgnoredWithCredentials { header: ACCESS_CONTROL_ALLOW_HEADERS });
            }
        }
    }
}

/// Step 7, the second condition: an ok status. A redirect has its own reason, because many people expect that
/// preflights follow redirects.
fn check_status(response: &ResponseHead) -> Result<(), Reason> {
    let status = response.status;
    if is_ok_status(status) {
        Ok(())
    } else if is_redirect_status(status) {
        let location = response.headers.get(&LOCATION);
        let location = location.map(|location| ByteString::from(&hide_credentials(&location)));
        Err(Reason::PreflightRedirect { status, location })
    } else {
        Err(Reason::PreflightStatus { status })
    }
}

fn warning_about(max_age: MaxAge, extracted: &DeltaSeconds<'_>) -> Option<Warning> {
    match (max_age, extracted) {
        (MaxAge::NotCached, DeltaSeconds::Invalid(got)) => {
            Some(Warning::MaxAgeNotCached { got: ByteString::from(got) })
        }
        (_, DeltaSeconds::Invalid(got)) => Some(Warning::MaxAgeInvalid { got: ByteString::from(got) }),
        (MaxAge::Limited(limit), DeltaSeconds::Seconds(seconds)) => {
            Some(Warning::MaxAgeClamped { seconds: *seconds, limit: limit.as_secs() })
        }
        _ => None,
    }
}

/// Steps 7.1 and 7.2: methods and headerNames, the allowed methods and the allowed headers of a response to a
/// preflight.
pub(crate) struct PreflightLists<'a> {
    pub(crate) methods: Extracted<'a>,
    pub(crate) header_names: Extracted<'a>,
}

impl<'a> PreflightLists<'a> {
    pub(crate) fn extract(response: &'a ResponseHead) -> Self {
        Self {
            methods: extract_tokens(&response.headers, &ACCESS_CONTROL_ALLOW_METHODS),
            header_names: extract_tokens(&response.headers, &ACCESS_CONTROL_ALLOW_HEADERS),
        }
    }

    fn are_valid(&self) -> bool {
        !self.methods.is_invalid() && !self.header_names.is_invalid()
    }

    fn method_wildcard(&self) -> bool {
        self.methods.contains_bytes(b"*")
    }

    fn header_wildcard(&self) -> bool {
        self.header_names.contains_bytes(b"*")
    }
}
