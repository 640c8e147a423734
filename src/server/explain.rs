//! How a decision is explained: for people, logs and tests. Unlike `decide`, it may be slow.

use std::sync::Arc;

use http::{
    HeaderMap, HeaderName, Method, Uri,
    header::{ACCESS_CONTROL_REQUEST_METHOD, ORIGIN},
};

use super::{
    decide::{check_method, decide},
    decision::{Decision, RequestClass},
    explanation::{Explanation, MatchedRule, NearMiss, RequestedHeader, Suggestion},
    guard::HostGuard,
    headers::{
        Lines, MAX_REQUEST_HEADERS_NAMES, RequestOrigin, is_access_control, request_origin, requested_names,
    },
    origin_rules::OriginDecision,
    pattern::OriginPattern,
    refusal::PolicyRefusal,
    rules::Rules,
};
use crate::{
    byte_string::Escaped, method::normalize_method, origin::SerializedOrigin,
    request_header::is_forbidden_request_header,
};

pub(crate) fn explain(
    rules: &Arc<Rules>,
    method: &Method,
    headers: &HeaderMap,
    decided: Option<OriginDecision>,
) -> Explanation {
    let decision = decide(rules, method, headers, decided).into_owned();
    let preflight = decision.class() == RequestClass::Preflight;
    let origin = request_origin(headers);
    let refused_origin = match (decision.refusal(), origin, decided) {
        (Some(PolicyRefusal::OriginNotAllowed), RequestOrigin::Origin(origin), None) => Some(origin),
        _ => None,
    };
    let mut explanation = Explanation {
        refused_by_guard: false,
        rule: rule(rules, origin, decided),
        refusals: refusals(rules, method, headers, &decision),
        near_misses: refused_origin.map_or_else(Vec::new, |origin| near_misses(rules, &origin)),
        method: method.clone(),
        origins: texts(headers, &ORIGIN),
        requested_method: texts(headers, &ACCESS_CONTROL_REQUEST_METHOD)
            .into_iter()
            .next()
            .filter(|_| preflight),
        requested_headers: if preflight { requested_headers(rules, headers) } else { Vec::new() },
        suggestions: Vec::new(),
        decision,
    };
    explanation.suggestions = explanation.find_suggestions(&rules.methods.items);
    explanation
}

/// All reasons to refuse, in the order in which they are checked. The decision has only the first.
fn refusals(
    rules: &Rules,
    method: &Method,
    headers: &HeaderMap,
    decision: &Decision<'_>,
) -> Vec<PolicyRefusal> {
    let mut refusals = Vec::from_iter(decision.refusal());
    if decision.class() == RequestClass::Preflight {
        refusals.extend(check_method(rules, Lines::requested_method(method, headers)).err());
        refusals.extend(rules.headers.check(headers).err());
        refusals.dedup();
    }
    refusals
}

/// The first rule that allows the origin, in the order of the configuration.
fn rule(rules: &Rules, origin: RequestOrigin<'_>, decided: Option<OriginDecision>) -> Option<MatchedRule> {
    let settings = &rules.settings;
    if decided.is_some() && !settings.caller_decides_origins {
        return None;
    }
    match (decided, origin) {
        (None, _) if rules.shares_with_all() => Some(MatchedRule::AnyOrigin),
        (Some(OriginDecision::NotAllowed), _) => None,
        (_, RequestOrigin::Null) => {
            (settings.dangerous.null_origin || rules.shares_with_all()).then_some(MatchedRule::NullOrigin)
        }
        (Some(OriginDecision::Allowed), RequestOrigin::Origin(_)) => Some(MatchedRule::Caller),
        (None, RequestOrigin::Origin(origin)) => {
            let pattern = rules.patterns.iter().find(|pattern| pattern.matches(&origin));
            let predicate = || settings.predicates.position(&origin);
            match pattern {
                _ if rules.any_origin => Some(MatchedRule::AnyOrigin),
                Some(pattern) => Some(MatchedRule::Pattern(pattern.clone())),
                None => predicate().map(MatchedRule::Predicate),
            }
        }
        _ => None,
    }
}

fn near_misses(rules: &Rules, origin: &SerializedOrigin<'_>) -> Vec<NearMiss> {
    rules.patterns.iter().filter_map(|pattern| near_miss(pattern, origin)).collect()
}

/// Returns the near miss if the origin and the pattern differ in exactly one thing.
fn near_miss(pattern: &OriginPattern, origin: &SerializedOrigin<'_>) -> Option<NearMiss> {
    let scheme = pattern.scheme() == origin.scheme();
    let port = pattern.port().matches(origin.port());
    let is_below = origin.host().strip_suffix(pattern.host()).is_some_and(|labels| labels.ends_with('.'));
    let is_itself = origin.host() == pattern.host();
    let host = if pattern.matches_subdomains() { is_below } else { is_itself };
    // A pattern for any host says something about its own scheme only.
    let miss = match (scheme, host || pattern.matches_any_host(), port) {
        (false, _, _) if pattern.matches_any_host() => return None,
        (false, true, true) => NearMiss::Scheme,
        (true, true, false) => NearMiss::Port,
        (true, false, true) if is_itself => NearMiss::DomainItself,
        (true, false, true) if is_below => NearMiss::Subdomain,
        _ => return None,
    };
    Some(miss(pattern.clone()))
}

fn requested_headers(rules: &Rules, headers: &HeaderMap) -> Vec<RequestedHeader> {
    requested_names(headers)
        .take(MAX_REQUEST_HEADERS_NAMES)
        .enumerate()
        .filter(|(_, name)| !name.is_empty())
        .map(|(position, name)| RequestedHeader {
            name: escaped(name),
            refusal: rules.headers.check_name(name, position).err(),
            needs_name: rules.headers.needs_name(name),
        })
        .collect()
}

fn texts(headers: &HeaderMap, name: &HeaderName) -> Vec<String> {
    headers.get_all(name).into_iter().map(|value| escaped(value.as_bytes())).collect()
}

/// Bytes outside printable ASCII escaped. Apostrophes are not, because names and methods with one go into
/// suggestions.
fn escaped(bytes: &[u8]) -> String {
    Escaped { bytes, shown: bytes.len() }.to_string()
}

impl Explanation {
    /// Explains the decision with a guard, as [`Decision::guarded`] makes it. If the guard refuses the request,
    /// its reason and its suggestion come first.
    ///
    /// ```
    /// use crossorigin::http::Request;
    /// use crossorigin::server::{HostGuard, Policy};
    ///
    /// let policy = Policy::builder().allow_origin("https://app.example").build()?;
    /// let request = Request::get("/").header("host", "evil.example:3000").body(()).unwrap();
    /// let explanation = policy.explain(request.method(), request.headers());
    /// assert_eq!(
    ///     explanation.guarded(&HostGuard::loopback(), request.uri(), request.headers()).to_string(),
    ///     "GET is not a CORS request, because it has no Origin header. The guard refuses it (HostNotAllowed).\n\
    ///      - The guard does not list the host that the request is meant for.\n\
    ///      - To change this, list the host of evil.example:3000 in the guard, if this server has that name.\n\
    ///      - The response is 403 Forbidden, and the handler does not run.",
    /// );
    /// # Ok::<(), crossorigin::server::PolicyErrors>(())
    /// ```
    #[must_use]
    pub fn guarded(mut self, guard: &HostGuard, uri: &Uri, headers: &HeaderMap) -> Self {
        self.decision = self.decision.guarded(guard, uri, headers);
        if let Err((refusal, host)) = guard.check_with_host(uri, headers) {
            let suggestion = match refusal {
                PolicyRefusal::HostNotAllowed => Suggestion::ListHost(escaped(host)),
                PolicyRefusal::NullOrigin => Suggestion::AllowNullOrigin,
                _ => Suggestion::FixTheClient,
            };
            self.refused_by_guard = true;
            if self.refusals.is_empty() {
                // What an `OPTIONS` request needs to be a preflight does not matter.
                self.suggestions.clear();
            }
            self.refusals.retain(|other| *other != refusal);
            self.refusals.insert(0, refusal);
            self.suggestions.retain(|other| *other != suggestion);
            self.suggestions.insert(0, suggestion);
        }
        self
    }

    fn find_suggestions(&self, allowed_methods: &[Method]) -> Vec<Suggestion> {
        if self.refusals.is_empty() {
            return self.suggestion_for_options().into_iter().collect();
        }
        let mut suggestions = Vec::new();
        let found = self.refusals.iter().flat_map(|refusal| self.suggestions_for(*refusal, allowed_methods));
        for suggestion in found {
            if !suggestions.contains(&suggestion) {
                suggestions.push(suggestion);
            }
        }
        suggestions
    }

    fn suggestions_for(&self, refusal: PolicyRefusal, allowed_methods: &[Method]) -> Vec<Suggestion> {
        vec![match refusal {
            PolicyRefusal::OriginNotAllowed => {
                Suggestion::AllowOrigin(self.origins.first().cloned().unwrap_or_default())
            }
            PolicyRefusal::NullOrigin => Suggestion::AllowNullOrigin,
            PolicyRefusal::OriginNotDecided => Suggestion::DecideOrigin,
            PolicyRefusal::UnexpectedOriginDecision => Suggestion::LetCallerDecide,
            PolicyRefusal::MethodNotAllowed => self.suggestion_for_method(allowed_methods),
            PolicyRefusal::HeaderNotAllowed { .. } | PolicyRefusal::InvalidRequestHeader { .. } => {
                return self.suggestions_for_headers();
            }
            PolicyRefusal::RequestHeadersTooLong | PolicyRefusal::TooManyRequestHeaders => {
                Suggestion::AskForFewerHeaders
            }
            PolicyRefusal::ForbiddenMethod
            | PolicyRefusal::HostMissing
            | PolicyRefusal::HostNotAllowed
            | PolicyRefusal::InvalidMethod
            | PolicyRefusal::InvalidOrigin(_)
            | PolicyRefusal::SeveralHosts
            | PolicyRefusal::SeveralOrigins => Suggestion::FixTheClient,
        }]
    }

    fn suggestion_for_method(&self, allowed_methods: &[Method]) -> Suggestion {
        let asked = self.requested_method.clone().unwrap_or_default();
        // A browser sends `PUT` if a page says `put`, and a policy lists `PUT`. No policy can list `put`.
        let is_normalized = normalize_method(asked.as_bytes()).is_ok_and(|method| method.as_str() == asked);
        match self.differently_cased_method(allowed_methods) {
            _ if !is_normalized => Suggestion::FixTheClient,
            Some(listed) => Suggestion::SendMethodAs(listed),
            None => Suggestion::AllowMethod(asked),
        }
    }

    fn suggestions_for_headers(&self) -> Vec<Suggestion> {
        let refused = self.requested_headers.iter().filter(|header| header.refusal.is_some());
        let (possible, impossible): (Vec<_>, Vec<_>) =
            refused.map(|header| header.name.to_ascii_lowercase()).partition(|name| can_be_allowed(name));
        let allow = (!possible.is_empty()).then_some(Suggestion::AllowHeaders(possible));
        let fix = (!impossible.is_empty()).then_some(Suggestion::FixTheClient);
        allow.into_iter().chain(fix).collect()
    }

    /// The listed method that differs from the requested one in case only: browsers normalize `put`, but not
    /// `patch`.
    fn differently_cased_method(&self, allowed: &[Method]) -> Option<String> {
        let asked = self.requested_method.as_deref()?;
        allowed.iter().map(Method::as_str).find(|item| item.eq_ignore_ascii_case(asked)).map(str::to_owned)
    }

    /// What an `OPTIONS` request that is not a preflight needs to be one.
    fn suggestion_for_options(&self) -> Option<Suggestion> {
        match (&self.method, self.decision.class()) {
            (&Method::OPTIONS, RequestClass::NotCors) => Some(Suggestion::SendOrigin),
            (&Method::OPTIONS, RequestClass::Cors) => Some(Suggestion::SendRequestMethod),
            _ => None,
        }
    }
}

/// Returns whether a policy can list the header. Browsers never ask for another one.
fn can_be_allowed(name: &str) -> bool {
    let parsed = HeaderName::from_bytes(name.as_bytes());
    parsed.is_ok_and(|name| !is_forbidden_request_header(&name, b"") && !is_access_control(name.as_str()))
}
