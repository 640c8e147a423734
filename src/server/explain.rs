//! The talkative twin of a decision: for people, logs and tests.

use http::{
    HeaderMap, HeaderName, Method,
    header::{ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, ORIGIN},
};

use crate::{
    byte_string::Escaped, method::normalize_method, origin::SerializedOrigin,
    request_header::is_forbidden_request_header,
};

use super::{
    allowed_names::{MAX_REQUEST_HEADERS_NAMES, requested_names},
    change::{NearMiss, Suggestion},
    decide::{RequestedMethod, check_method, decide},
    decision::{Decision, RequestClass, Verdict},
    names::is_access_control,
    origin_rules::{OriginAnswer, RequestOrigin, request_origin},
    pattern::OriginPattern,
    policy::{Compiled, Policy},
    refusal::PolicyRefusal,
};

/// A decision, and everything that led to it. Prints as a short text.
///
/// ```
/// use crossorigin::{http::{HeaderMap, HeaderValue, Method, header::ORIGIN}};
/// use crossorigin::server::{Suggestion, Difference, NearMiss, Policy};
///
/// let policy = Policy::builder().allow_origin("https://*.example.com").build()?;
/// let mut request = HeaderMap::new();
/// request.insert(ORIGIN, HeaderValue::from_static("https://example.com"));
///
/// let explanation = policy.explain(&Method::GET, &request);
/// let NearMiss { pattern, difference, .. } = &explanation.near_misses[0];
/// assert_eq!((pattern.to_string().as_str(), *difference), ("https://*.example.com", Difference::DomainItself));
/// assert_eq!(explanation.suggestions, [Suggestion::AllowOrigin("https://example.com".to_owned())]);
/// assert_eq!(
///     explanation.to_string(),
///     "GET is a CORS request from https://example.com: refused (OriginNotAllowed).\n\
///      - the policy does not allow the origin\n\
///      - https://*.example.com nearly matches: a domain is not one of its own subdomains\n\
///      - to change that: allow the origin https://example.com\n\
///      - the handler runs, and the page cannot read the response",
/// );
/// # Ok::<(), crossorigin::server::PolicyErrors>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Explanation {
    /// What [`Policy::decide`] says.
    pub decision: Decision<'static>,
    /// Everything that is refused, in the order in which it is looked at: the origin, the method that a preflight asks
    /// for, the headers. The decision has the first.
    pub refusals: Vec<PolicyRefusal>,
    /// The method of the request.
    pub method: Method,
    /// The `Origin` headers, bytes beyond ASCII escaped.
    pub origins: Vec<String>,
    /// Which rule let the origin in.
    pub rule: Option<MatchedRule>,
    /// Patterns that nearly match an origin which is not allowed.
    pub near_misses: Vec<NearMiss>,
    /// The method that a preflight asks for.
    pub requested_method: Option<String>,
    /// The headers that a preflight asks for, in order, without empty elements; as many as are looked at.
    pub requested_headers: Vec<RequestedHeader>,
    /// What would make a refused request be accepted: all of it together.
    pub suggestions: Vec<Suggestion>,
}

/// The rule that let an origin in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MatchedRule {
    /// Any origin is allowed.
    AnyOrigin,
    /// The caller said so, see [`Policy::decide_with`].
    Caller,
    /// `null` is allowed.
    NullOrigin,
    /// This pattern matches.
    Pattern(OriginPattern),
    /// This predicate says so, counted from 0.
    Predicate(usize),
}

variant_names! {
    /// The name of the variant: a short word for programs.
    #[doc(hidden)]
    pub fn name of MatchedRule {
        AnyOrigin,
        Caller,
        NullOrigin,
        Pattern,
        Predicate,
    }
}

/// A header that a preflight asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestedHeader {
    /// Its name as sent, bytes beyond ASCII escaped.
    pub name: String,
    /// Why it is not allowed, if it is not.
    pub refusal: Option<PolicyRefusal>,
}

pub(crate) fn explain(
    policy: &Policy,
    method: &Method,
    headers: &HeaderMap,
    answer: Option<OriginAnswer>,
) -> Explanation {
    let decision = decide(policy, method, headers, answer).into_owned();
    let compiled = policy.compiled();
    let preflight = decision.class() == RequestClass::Preflight;
    let origin = request_origin(headers);
    let refused_origin = match (decision.refusal(), origin, answer) {
        (Some(PolicyRefusal::OriginNotAllowed), RequestOrigin::Origin(origin), None) => Some(origin),
        _ => None,
    };
    let mut explanation = Explanation {
        rule: rule(compiled, origin, answer),
        refusals: refusals(compiled, method, headers, &decision),
        near_misses: refused_origin.map_or_else(Vec::new, |origin| near_misses(compiled, &origin)),
        method: method.clone(),
        origins: texts(headers, &ORIGIN),
        requested_method: texts(headers, &ACCESS_CONTROL_REQUEST_METHOD)
            .into_iter()
            .next()
            .filter(|_| preflight),
        requested_headers: if preflight { requested_headers(compiled, headers) } else { Vec::new() },
        suggestions: Vec::new(),
        decision,
    };
    explanation.suggestions = explanation.find_suggestions(&compiled.settings.methods.items);
    explanation
}

/// Everything that is refused, in the order in which it is looked at, and not only the first.
fn refusals(
    policy: &Compiled,
    method: &Method,
    headers: &HeaderMap,
    decision: &Decision<'_>,
) -> Vec<PolicyRefusal> {
    let mut refusals = Vec::from_iter(decision.refusal());
    if decision.class() == RequestClass::Preflight {
        refusals.extend(check_method(policy, RequestedMethod::of(method, headers)).err());
        refusals.extend(policy.headers.check(headers).err());
        refusals.dedup();
    }
    refusals
}

/// Looks through all rules one by one, in the order of the configuration.
fn rule(policy: &Compiled, origin: RequestOrigin<'_>, answer: Option<OriginAnswer>) -> Option<MatchedRule> {
    let settings = &policy.settings;
    match (answer, origin) {
        (None, _) if settings.shares_with_all() => Some(MatchedRule::AnyOrigin),
        (Some(OriginAnswer::NotAllowed), _) => None,
        (_, RequestOrigin::Null) => {
            (settings.dangers.null_origin || settings.shares_with_all()).then_some(MatchedRule::NullOrigin)
        }
        (Some(OriginAnswer::Allowed), RequestOrigin::Origin(_)) => Some(MatchedRule::Caller),
        (None, RequestOrigin::Origin(origin)) => {
            let pattern = settings.origins.items.iter().find(|pattern| pattern.matches(&origin));
            let predicate = || settings.predicates.iter().position(|predicate| predicate(&origin));
            match pattern {
                _ if settings.origins.any => Some(MatchedRule::AnyOrigin),
                Some(pattern) => Some(MatchedRule::Pattern(pattern.clone())),
                None => predicate().map(MatchedRule::Predicate),
            }
        }
        _ => None,
    }
}

fn near_misses(policy: &Compiled, origin: &SerializedOrigin<'_>) -> Vec<NearMiss> {
    policy.settings.origins.items.iter().filter_map(|pattern| NearMiss::find(pattern, origin)).collect()
}

fn requested_headers(policy: &Compiled, headers: &HeaderMap) -> Vec<RequestedHeader> {
    requested_names(&headers.get_all(ACCESS_CONTROL_REQUEST_HEADERS))
        .take(MAX_REQUEST_HEADERS_NAMES)
        .enumerate()
        .filter(|(_, name)| !name.is_empty())
        .map(|(position, name)| RequestedHeader {
            name: shown(name),
            refusal: policy.headers.check_name(name, position).err(),
        })
        .collect()
}

fn texts(headers: &HeaderMap, name: &HeaderName) -> Vec<String> {
    headers.get_all(name).into_iter().map(|value| shown(value.as_bytes())).collect()
}

/// Names and methods stay what they are, with an apostrophe too: they go into what is to be changed.
fn shown(bytes: &[u8]) -> String {
    Escaped { bytes, shown: bytes.len() }.to_string()
}

impl Explanation {
    fn find_suggestions(&self, allowed_methods: &[Method]) -> Vec<Suggestion> {
        if self.refusals.is_empty() {
            return self.missing_for_a_preflight().into_iter().collect();
        }
        let mut changes = Vec::new();
        let found = self.refusals.iter().flat_map(|refusal| self.suggestions_for(*refusal, allowed_methods));
        for change in found {
            if !changes.contains(&change) {
                changes.push(change);
            }
        }
        changes
    }

    fn suggestions_for(&self, refusal: PolicyRefusal, allowed_methods: &[Method]) -> Vec<Suggestion> {
        vec![match refusal {
            PolicyRefusal::OriginNotAllowed => {
                Suggestion::AllowOrigin(self.origins.first().cloned().unwrap_or_default())
            }
            PolicyRefusal::NullOrigin => Suggestion::AllowNullOrigin,
            PolicyRefusal::MethodNotAllowed => self.suggestion_for_method(allowed_methods),
            PolicyRefusal::HeaderNotAllowed { .. }
            | PolicyRefusal::AuthorizationNotListed { .. }
            | PolicyRefusal::InvalidRequestHeader { .. } => return self.suggestions_for_headers(),
            PolicyRefusal::RequestHeadersTooLong | PolicyRefusal::TooManyRequestHeaders => {
                Suggestion::AskForFewerHeaders
            }
            PolicyRefusal::ForbiddenMethod
            | PolicyRefusal::InvalidMethod
            | PolicyRefusal::InvalidOrigin(_)
            | PolicyRefusal::SeveralOrigins => Suggestion::FixTheClient,
        }]
    }

    fn suggestion_for_method(&self, allowed_methods: &[Method]) -> Suggestion {
        let asked = self.requested_method.clone().unwrap_or_default();
        // Browsers write `PUT` where a page wrote `put`, and a policy does.
        let is_written_so = normalize_method(asked.as_bytes()).is_ok_and(|method| method.as_str() == asked);
        match self.differently_cased_method(allowed_methods) {
            _ if !is_written_so => Suggestion::FixTheClient,
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

    /// The page wrote `patch`, the policy says `PATCH`: browsers do not change the case of this one.
    fn differently_cased_method(&self, allowed: &[Method]) -> Option<String> {
        let asked = self.requested_method.as_deref()?;
        allowed.iter().map(Method::as_str).find(|item| item.eq_ignore_ascii_case(asked)).map(str::to_owned)
    }

    /// `OPTIONS` that somebody may take for a preflight.
    fn missing_for_a_preflight(&self) -> Option<Suggestion> {
        match (&self.method, self.decision.class()) {
            (&Method::OPTIONS, RequestClass::NotCors) => Some(Suggestion::SendOrigin),
            (&Method::OPTIONS, RequestClass::Cors) => Some(Suggestion::SendRequestMethod),
            _ => None,
        }
    }

    /// Is the page allowed to do what it asks for?
    #[must_use]
    pub fn is_shared(&self) -> bool {
        self.decision.verdict() == Verdict::Share
    }
}

/// Can a policy list the header? Browsers ask for no other.
fn can_be_allowed(name: &str) -> bool {
    let parsed = HeaderName::from_bytes(name.as_bytes());
    parsed.is_ok_and(|name| !is_forbidden_request_header(&name, b"") && !is_access_control(name.as_str()))
}
