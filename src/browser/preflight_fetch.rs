//! [CORS-preflight fetch](https://fetch.spec.whatwg.org/#cors-preflight-fetch): asking the server first.

use crate::ByteString;
use crate::browser::cors_check::Passed;
use crate::browser::fetch_state::Fetch;
use crate::browser::trace::{AllowedBy, Finding};
use crate::browser::url_credentials::{hide_credentials, without_credentials};
use crate::browser::{
    BodyToSend, Exchange, MaxAge, OutgoingRequest, Profile, Reason, RequestKind, ResponseHead,
    SafelistedMethods, Step, Timestamp, UserAgent, Warning,
};
use crate::header_list::HeaderList;
use crate::header_values::{Extracted, extract_delta_seconds, extract_tokens};
use crate::method::is_cors_safelisted_method;
use crate::request_header::is_cors_non_wildcard_request_header_name;
use crate::standard::Algorithm::{CorsCheck, CorsPreflightFetch};
use crate::status::{is_ok_status, is_redirect_status};
use http::header::{
    ACCEPT, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, AUTHORIZATION, LOCATION, ORIGIN,
    USER_AGENT,
};
use http::{HeaderName, Method};
use std::collections::HashMap;
use std::time::Duration;

impl Fetch {
    /// Steps 1 to 6: make the preflight and send it. It is a request of its own with credentials mode "same-origin" and
    /// response tainting "cors", so it never carries credentials.
    pub(crate) fn cors_preflight_fetch(self: Box<Self>, user_agent: &UserAgent) -> Step {
        let profile = user_agent.profile();
        // Step 1: a request with method OPTIONS and the request's URL list and origin.
        let mut headers = HeaderList::new();
        // Step 2: append `Accept`.
        headers.push_valid(ACCEPT, "*/*");
        // Step 3: append `Access-Control-Request-Method`.
        headers.push_valid(ACCESS_CONTROL_REQUEST_METHOD, self.request.method.as_str());
        // Step 4: the CORS-unsafe request-header names. Step 5: if there are any. Steps 5.1 and 5.2: append them, joined
        // without a space.
        let names = self.cors_unsafe_request_header_names(profile);
        if !names.is_empty() {
            headers.push_valid(ACCESS_CONTROL_REQUEST_HEADERS, self.joined(&names, profile));
        }
        if profile.preflight.has_user_agent {
            for value in self.headers_to_permit(profile).lines(&USER_AGENT) {
                headers.push_valid(USER_AGENT, value);
            }
        }
        // Step 6: run HTTP-network-or-cache fetch, which appends `Origin`, as tainting is "cors".
        headers.push_valid(ORIGIN, self.asked_of_preflight(profile).origin);
        Step::Send(Exchange::new(
            OutgoingRequest {
                kind: RequestKind::Preflight,
                method: Method::OPTIONS,
                url: without_credentials(self.current_url().clone()),
                headers,
                credentials: false,
                body: BodyToSend::None,
                hop: self.hop(),
                referrer_policy: self.request.referrer_policy,
                partition: if profile.preflight.is_partitioned {
                    self.request.partition.clone()
                } else {
                    None
                },
            },
            self,
        ))
    }

    /// Steps 5.1 and 5.2: the names as the preflight lists them.
    fn joined(&self, names: &[HeaderName], profile: &Profile) -> String {
        if profile.preflight.names_once {
            return names.iter().map(HeaderName::as_str).collect::<Vec<_>>().join(",");
        }
        // Unsafe lines by name, counted in one walk over the headers.
        let mut lines = HashMap::<_, usize>::new();
        for (name, value) in self.headers_to_permit(profile) {
            if profile.request_headers.cors_safelisted_request_header(name, value).is_err() {
                let count = lines.entry(name).or_default();
                *count = count.saturating_add(1);
            }
        }
        let times = |name: &HeaderName| lines.get(name).copied().unwrap_or(1);
        let names = names.iter().flat_map(|name| std::iter::repeat_n(name.as_str(), times(name)));
        names.collect::<Vec<_>>().join(",")
    }

    /// Steps 7 and 8: the preflight's answer is here. If it permits, the actual request follows.
    pub(crate) fn receive_preflight(
        mut self: Box<Self>,
        response: &ResponseHead,
        user_agent: &mut UserAgent,
        now: Timestamp,
    ) -> Step {
        // Step 7: a CORS check for the request itself, whose credentials mode counts, and an ok status.
        let checked = self.check_preflight(user_agent.profile(), response);
        let status = check_status(response);
        self.warn_about_cors_headers(response);
        match (checked, status) {
            (Ok(passed), Ok(())) => {
                let Passed { by_wildcard, with_credentials } = passed;
                self.note((CorsCheck, passed.step()), |_| Finding::CorsCheckPassed {
                    by_wildcard,
                    with_credentials,
                });
                self.note((CorsPreflightFetch, "7"), |_| Finding::PreflightStatusOk(response.status));
            }
            // Step 8: otherwise, a network error. (HTTP fetch, step 4.1.2: that is returned.) The check is named first, as in
            // the text; the status beside it.
            (Err(reason), status) => {
                let also = status.err().into_iter().collect();
                return self.refuse_preflight(user_agent, reason, also, response);
            }
            (Ok(_), Err(reason)) => return self.refuse_preflight(user_agent, reason, Vec::new(), response),
        }
        // Steps 7.1 and 7.2: extract both lists.
        let lists = Lists::extract(response);
        if let Err(reason) = self.validate(user_agent.profile(), &lists) {
            self.warn_about_lists(&lists);
            let can_be_read = !lists.methods.is_invalid() && !lists.header_names.is_invalid();
            if can_be_read && user_agent.profile().cache.keeps_refused {
                self.store(&lists, response, user_agent, now);
            }
            return self.refuse_preflight(user_agent, reason, Vec::new(), response);
        }
        self.store(&lists, response, user_agent, now);
        // Step 7.16: return; HTTP fetch 4.3 goes on with the actual request.
        self.go_on(user_agent)
    }

    /// Steps 7.3 to 7.7.
    fn validate(&mut self, profile: &Profile, lists: &Lists<'_>) -> Result<(), Reason> {
        // Step 7.3: a list that failed to parse.
        if let Extracted::Invalid(token) = lists.methods {
            return Err(Reason::AllowMethodsInvalid { token: ByteString::from(token) });
        }
        if let Extracted::Invalid(token) = lists.header_names {
            return Err(Reason::AllowHeadersInvalid { token: ByteString::from(token) });
        }
        // Steps 7.4 and 7.5: the method.
        let by = allows_method(self, profile, lists)?;
        self.note((CorsPreflightFetch, "7.5"), |fetch| Finding::MethodAllowed {
            method: fetch.request.method.clone(),
            by,
        });
        // Step 7.6: `Authorization` must be listed by name.
        let with_credentials = self.includes_credentials_mode();
        let lists_authorization = lists.header_names.contains_name(AUTHORIZATION.as_str().as_bytes());
        if self.request.headers.contains(&AUTHORIZATION) && !lists_authorization {
            if !(profile.preflight.authorization_wildcard && lists.header_wildcard() && !with_credentials) {
                let wildcard_ignored = lists.header_wildcard() && !with_credentials;
                return Err(Reason::AuthorizationNeedsExplicitListing { wildcard_ignored });
            }
            self.warn(Warning::AuthorizationCoveredByWildcard);
        }
        // Step 7.7: every CORS-unsafe request-header name.
        if let Some(name) = not_allowed(self, profile, lists).into_iter().next() {
            return Err(Reason::HeaderNotAllowed { name, wildcard_ignored: lists.header_wildcard() });
        }
        self.note((CorsPreflightFetch, "7.7"), |fetch| Finding::HeadersAllowed {
            names: fetch.cors_unsafe_request_header_names(profile),
        });
        Ok(())
    }

    /// Steps 7.8 to 7.15.
    fn store(
        &mut self,
        lists: &Lists<'_>,
        response: &ResponseHead,
        user_agent: &mut UserAgent,
        now: Timestamp,
    ) {
        // Step 7.8: extract max-age. Step 7.9: 5 where that fails. Step 7.10: the imposed limit.
        let extracted = extract_delta_seconds(&response.headers, &ACCESS_CONTROL_MAX_AGE);
        let max_age = MaxAge::new(&extracted, user_agent.profile());
        self.warnings.extend(max_age.warning(&extracted));
        self.note((CorsPreflightFetch, "7.10"), |_| Finding::PreflightStored(max_age));
        // Step 7.4 once more: a forced preflight without a list is remembered for the request's method.
        let method = self.request.method.clone();
        let own_method = [method.as_str().as_bytes()];
        let by_force = allows_by_force(self, user_agent.profile(), lists);
        let mut methods = if by_force { own_method.to_vec() } else { lists.methods.items().to_vec() };
        let safelisted = user_agent.profile().cache.safelisted_methods;
        if safelisted == SafelistedMethods::Kept {
            methods.extend([&b"GET"[..], b"HEAD", b"POST"]);
        }
        // Steps 7.12 to 7.15: update or create cache entries.
        let max_age = max_age.seconds().unwrap_or(Duration::ZERO);
        user_agent.store_preflight(self, (&methods, lists.header_names.items()), max_age, now);
        if safelisted == SafelistedMethods::KeptForGood && !max_age.is_zero() {
            user_agent.store_preflight(self, (&[b"GET", b"POST"], &[]), Duration::MAX, now);
        }
    }

    fn warn_about_lists(&mut self, lists: &Lists<'_>) {
        let method = &self.request.method;
        if !is_cors_safelisted_method(method) && !lists.methods.contains_bytes(method.as_str().as_bytes()) {
            let mut items = lists.methods.items().iter();
            let listed = items.find(|item| item.eq_ignore_ascii_case(method.as_str().as_bytes()));
            if let Some(listed) = listed {
                let (method, listed) = (method.clone(), ByteString::from(*listed));
                self.warn(Warning::MethodCaseMismatch { method, listed });
            }
        }
        if self.includes_credentials_mode() {
            if lists.method_wildcard() {
                self.warn(Warning::WildcardIgnoredWithCredentials { header: ACCESS_CONTROL_ALLOW_METHODS });
            }
            if lists.header_wildcard() {
                self.warn(Warning::WildcardIgnoredWithCredentials { header: ACCESS_CONTROL_ALLOW_HEADERS });
            }
        }
    }
}

/// An ok status; a redirect is told apart, since nobody expects that preflights do not follow it.
fn check_status(response: &ResponseHead) -> Result<(), Reason> {
    // Step 7: the second condition.
    let status = response.status;
    if is_ok_status(status) {
        Ok(())
    } else if is_redirect_status(status) {
        let location =
            response.headers.get(&LOCATION).map(|location| ByteString::from(&hide_credentials(&location)));
        Err(Reason::PreflightRedirect { status, location })
    } else {
        Err(Reason::PreflightStatus { status })
    }
}

/// The lists of a preflight's answer.
pub(crate) struct Lists<'a> {
    pub(crate) methods: Extracted<'a>,
    pub(crate) header_names: Extracted<'a>,
}

impl<'a> Lists<'a> {
    pub(crate) fn extract(response: &'a ResponseHead) -> Self {
        Self {
            methods: extract_tokens(&response.headers, &ACCESS_CONTROL_ALLOW_METHODS),
            header_names: extract_tokens(&response.headers, &ACCESS_CONTROL_ALLOW_HEADERS),
        }
    }

    fn method_wildcard(&self) -> bool {
        self.methods.contains_bytes(b"*")
    }

    fn header_wildcard(&self) -> bool {
        self.header_names.contains_bytes(b"*")
    }
}

/// Steps 7.4 and 7.5: by which rule the method is allowed, if any.
pub(crate) fn allows_method(
    fetch: &Fetch,
    profile: &Profile,
    lists: &Lists<'_>,
) -> Result<AllowedBy, Reason> {
    let method = &fetch.request.method;
    // Step 7.4: without a list, a forced preflight allows the request's own method.
    if allows_by_force(fetch, profile, lists) {
        return Ok(AllowedBy::ForcedPreflight);
    }
    // Step 7.5: in the list, safelisted, or covered by `*` without credentials.
    let wildcard = lists.method_wildcard();
    if lists.methods.contains_bytes(method.as_str().as_bytes()) {
        Ok(AllowedBy::Name)
    } else if is_cors_safelisted_method(method) {
        Ok(AllowedBy::Safelist)
    } else if wildcard && !fetch.includes_credentials_mode() {
        Ok(AllowedBy::Wildcard)
    } else {
        Err(Reason::MethodNotAllowed { method: method.clone(), wildcard_ignored: wildcard })
    }
}

fn allows_by_force(fetch: &Fetch, profile: &Profile, lists: &Lists<'_>) -> bool {
    let absent = matches!(lists.methods, Extracted::Absent);
    absent && fetch.request.use_cors_preflight && profile.preflight.forced_allows_method
}

/// Steps 7.6 and 7.7: the names of the request's headers that are not allowed, sorted.
///
/// Each listed name is looked up among the request's, which are sorted, so the work does not grow with the product of
/// the two lists.
pub(crate) fn not_allowed(fetch: &Fetch, profile: &Profile, lists: &Lists<'_>) -> Vec<HeaderName> {
    // Step 7.7: for each of the CORS-unsafe request-header names.
    let names = fetch.cors_unsafe_request_header_names(profile);
    let mut listed = vec![false; names.len()];
    for item in lists.header_names.items() {
        let item = item.to_ascii_lowercase();
        if let Ok(index) = names.binary_search_by(|name| name.as_str().as_bytes().cmp(&item)) {
            listed.get_mut(index).into_iter().for_each(|listed| *listed = true);
        }
    }
    let covered_by_wildcard = lists.header_wildcard() && !fetch.includes_credentials_mode();
    let is_covered = |name: &HeaderName| {
        covered_by_wildcard
            && (profile.preflight.authorization_wildcard || !is_cors_non_wildcard_request_header_name(name))
    };
    let names = names.into_iter().zip(listed);
    names.filter(|(name, listed)| !listed && !is_covered(name)).map(|(name, _)| name).collect()
}
