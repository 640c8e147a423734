//! What an explanation says, and how it reads.

use std::fmt;

use http::Method;

use super::{
    decision::{Action, Decision, RequestClass, Verdict},
    error::with_sources,
    pattern::OriginPattern,
    refusal::PolicyRefusal,
};

/// A decision, and everything that led to it. Prints as a short text, which has what the request asked for too.
///
/// ```
/// use crossorigin::{http::{HeaderMap, HeaderValue, Method, header::ORIGIN}};
/// use crossorigin::server::{NearMiss, Policy, Suggestion};
///
/// let policy = Policy::builder().allow_origin("https://*.example.com").build()?;
/// let mut request = HeaderMap::new();
/// request.insert(ORIGIN, HeaderValue::from_static("https://example.com"));
///
/// let explanation = policy.explain(&Method::GET, &request);
/// let NearMiss::DomainItself(pattern) = &explanation.near_misses[0] else { panic!() };
/// assert_eq!(pattern.to_string(), "https://*.example.com");
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
pub struct Explanation {
    /// What [`Policy::decide`](super::Policy::decide) says.
    pub decision: Decision<'static>,
    /// Everything that is refused, in the order in which it is looked at: the origin, the method that a preflight asks
    /// for, the headers. The decision has the first.
    pub refusals: Vec<PolicyRefusal>,
    /// The method of the request.
    pub(crate) method: Method,
    /// The `Origin` headers, bytes beyond ASCII escaped.
    pub(crate) origins: Vec<String>,
    /// Which rule let the origin in.
    pub rule: Option<MatchedRule>,
    /// Patterns that nearly match an origin which is not allowed.
    pub near_misses: Vec<NearMiss>,
    /// The method that a preflight asks for.
    pub(crate) requested_method: Option<String>,
    /// The headers that a preflight asks for, in order, without empty elements; as many as are looked at.
    pub(crate) requested_headers: Vec<RequestedHeader>,
    /// What would make a refused request be accepted: all of it together.
    pub suggestions: Vec<Suggestion>,
}

/// The rule that let an origin in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MatchedRule {
    /// Any origin is allowed.
    AnyOrigin,
    /// The caller said so, see [`Policy::decide_with`](super::Policy::decide_with).
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
#[derive(Debug, Clone)]
pub(crate) struct RequestedHeader {
    /// Its name as sent, bytes beyond ASCII escaped.
    pub(crate) name: String,
    /// Why it is not allowed, if it is not.
    pub(crate) refusal: Option<PolicyRefusal>,
}

/// A pattern that nearly matches an origin, by the one thing in which the origin differs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NearMiss {
    /// The pattern lets in the subdomains; the origin is the domain itself.
    DomainItself(OriginPattern),
    /// The port.
    Port(OriginPattern),
    /// The scheme.
    Scheme(OriginPattern),
    /// The pattern lets in the host; the origin is below it.
    Subdomain(OriginPattern),
}

variant_names! {
    /// The name of the variant: a short word for programs.
    #[doc(hidden)]
    pub fn name of NearMiss {
        DomainItself,
        Port,
        Scheme,
        Subdomain,
    }
}

/// What would have to change for a request to be treated as its sender hopes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Suggestion {
    /// The policy would have to allow these headers.
    AllowHeaders(Vec<String>),
    /// The policy would have to allow this method.
    AllowMethod(String),
    /// The policy would have to allow `null`, which is dangerous.
    AllowNullOrigin,
    /// The policy would have to allow this origin.
    AllowOrigin(String),
    /// The client would have to ask for less at once.
    AskForFewerHeaders,
    /// The client would have to send what browsers send; no policy allows this.
    FixTheClient,
    /// The page would have to write the method so.
    SendMethodAs(String),
    /// To be a preflight, the request would need an `Origin` header.
    SendOrigin,
    /// To be a preflight, the request would need an `Access-Control-Request-Method` header.
    SendRequestMethod,
}

variant_names! {
    /// The name of the variant: a short word for programs.
    #[doc(hidden)]
    pub fn name of Suggestion {
        AllowHeaders,
        AllowMethod,
        AllowNullOrigin,
        AllowOrigin,
        AskForFewerHeaders,
        FixTheClient,
        SendMethodAs,
        SendOrigin,
        SendRequestMethod,
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}", self.method, self.what())?;
        match self.decision.verdict() {
            Verdict::NotApplicable => f.write_str(": nobody asks.")?,
            Verdict::Share => f.write_str(": allowed.")?,
            Verdict::Refuse(refusal) => write!(f, ": refused ({}).", refusal.name())?,
        }
        for refusal in &self.refusals {
            write!(f, "\n- {}", with_sources(refusal))?;
        }
        if let Some(rule) = &self.rule {
            write!(f, "\n- the origin is allowed: {rule}")?;
        }
        for near_miss in &self.near_misses {
            write!(f, "\n- {near_miss}")?;
        }
        if let Some(method) = &self.requested_method {
            write!(f, "\n- it asks for the method {method}")?;
        }
        for header in &self.requested_headers {
            let allowed = if header.refusal.is_none() { "allowed" } else { "not allowed" };
            write!(f, "\n- it asks for the header {}: {allowed}", header.name)?;
        }
        for change in &self.suggestions {
            write!(f, "\n- to change that: {change}")?;
        }
        write!(f, "\n- {}", self.consequence())
    }
}

impl Explanation {
    fn what(&self) -> String {
        match self.decision.class() {
            RequestClass::NotCors => "no CORS request".to_owned(),
            RequestClass::Cors => format!("a CORS request from {}", self.origins.join(" and ")),
            RequestClass::Preflight => format!("a CORS preflight from {}", self.origins.join(" and ")),
        }
    }

    fn consequence(&self) -> String {
        match (self.decision.action(), self.decision.verdict()) {
            (Action::CallHandler, Verdict::Refuse(_)) => {
                "the handler runs, and the page cannot read the response".to_owned()
            }
            (Action::CallHandler, Verdict::Share) => {
                "the handler runs, and the page can read the response".to_owned()
            }
            (Action::CallHandler, Verdict::NotApplicable) => "the handler runs".to_owned(),
            (Action::Respond(status), Verdict::Refuse(_)) => {
                format!("the answer is {status}, and the browser does not send the request")
            }
            (Action::Respond(status), _) => {
                format!("the answer is {status}, and the browser sends the request")
            }
        }
    }
}

impl fmt::Display for MatchedRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AnyOrigin => f.write_str("any is"),
            Self::Caller => f.write_str("the caller says so"),
            Self::NullOrigin => f.write_str("`null` is"),
            Self::Pattern(pattern) => write!(f, "{pattern} matches"),
            Self::Predicate(index) => write!(f, "predicate {index} says so"),
        }
    }
}

impl fmt::Display for NearMiss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (pattern, difference) = match self {
            Self::DomainItself(pattern) => (pattern, "a domain is not one of its own subdomains"),
            Self::Port(pattern) => (pattern, "the port differs"),
            Self::Scheme(pattern) => (pattern, "the scheme differs"),
            Self::Subdomain(pattern) => (pattern, "subdomains are origins of their own"),
        };
        write!(f, "{pattern} nearly matches: {difference}")
    }
}

/// A request to somebody: `allow the method PUT`.
impl fmt::Display for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AllowHeaders(names) => write!(f, "allow the headers {}", names.join(", ")),
            Self::AllowMethod(method) => write!(f, "allow the method {method}"),
            Self::AllowNullOrigin => {
                f.write_str("give the page an origin of its own; allowing `null` is dangerous")
            }
            Self::AllowOrigin(origin) => write!(f, "allow the origin {origin}"),
            Self::AskForFewerHeaders => f.write_str("ask for fewer headers at once"),
            Self::FixTheClient => f.write_str("send what browsers send; no policy allows this"),
            Self::SendMethodAs(method) => {
                write!(f, "write the method as {method} in the page; browsers do not change its case")
            }
            Self::SendOrigin => f.write_str("send an Origin header, if this is meant to be a preflight"),
            Self::SendRequestMethod => f.write_str(
                "send an Access-Control-Request-Method header, if this is meant to be a preflight",
            ),
        }
    }
}
