//! The explanation of a decision, as data and as text.

use std::fmt;

use http::Method;

use super::{
    decision::{Action, Decision, RequestClass, Verdict},
    error::with_sources,
    pattern::OriginPattern,
    refusal::PolicyRefusal,
};

/// A decision with everything that led to it. Prints as a short text for people.
///
/// The text also has what the request asked for. Bytes outside printable ASCII are escaped in it.
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
    /// The decision of [`Policy::decide`](super::Policy::decide) about the same request.
    pub decision: Decision<'static>,
    /// All reasons to refuse, in the order in which they are checked: the origin, the requested method, the
    /// requested headers. [`Decision::refusal`] has only the first.
    pub refusals: Vec<PolicyRefusal>,
    /// The method of the request.
    pub(crate) method: Method,
    /// The `Origin` headers, with bytes outside printable ASCII escaped.
    pub(crate) origins: Vec<String>,
    /// The rule that allows the origin. `None` if no rule does.
    pub rule: Option<MatchedRule>,
    /// The patterns that nearly match the refused origin. Empty if the origin is allowed.
    pub near_misses: Vec<NearMiss>,
    /// The method that the preflight asks for.
    pub(crate) requested_method: Option<String>,
    /// The headers that the preflight asks for, in order and without empty elements: at most
    /// `MAX_REQUEST_HEADERS_NAMES`.
    pub(crate) requested_headers: Vec<RequestedHeader>,
    /// The changes after which a refused request would be accepted: all of them together. For an `OPTIONS`
    /// request that is not a preflight, the change that makes it one.
    pub suggestions: Vec<Suggestion>,
}

/// The rule of a policy that allows an origin.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MatchedRule {
    /// Any origin is allowed.
    AnyOrigin,
    /// The caller of [`Policy::decide_with`](super::Policy::decide_with) allows the origin.
    Caller,
    /// The policy allows `null`.
    NullOrigin,
    /// This pattern matches the origin.
    Pattern(OriginPattern),
    /// The predicate with this index allows the origin: 0 for that of the first call of
    /// [`allow_origins_if`](super::PolicyBuilder::allow_origins_if).
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

/// A header that a preflight asks for, and whether it is allowed.
#[derive(Debug, Clone)]
pub(crate) struct RequestedHeader {
    /// Its name as sent, with bytes outside printable ASCII escaped.
    pub(crate) name: String,
    /// Why it is not allowed. `None` if it is allowed.
    pub(crate) refusal: Option<PolicyRefusal>,
}

/// A pattern that nearly matches a refused origin, by the one thing in which the origin differs.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NearMiss {
    /// The pattern matches the subdomains of a domain, and the origin is the domain itself.
    DomainItself(OriginPattern),
    /// Only the port differs.
    Port(OriginPattern),
    /// Only the scheme differs.
    Scheme(OriginPattern),
    /// The pattern matches a host, and the origin is a subdomain of it.
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

/// A proposed change of the policy, of the page or of another client.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Suggestion {
    /// Allow these request headers in the policy. The names are in lower case.
    AllowHeaders(Vec<String>),
    /// Allow this method in the policy.
    AllowMethod(String),
    /// Give the page an origin of its own. The alternative, to allow `null` in the policy, is dangerous.
    AllowNullOrigin,
    /// Allow this origin in the policy.
    AllowOrigin(String),
    /// Ask for fewer headers at once, in the client.
    AskForFewerHeaders,
    /// Send what browsers send, in the client. No policy allows this request.
    FixTheClient,
    /// Write the method like this in the page, for example `PATCH`. Browsers do not change its case.
    SendMethodAs(String),
    /// Send an `Origin` header, if the request is meant to be a preflight.
    SendOrigin,
    /// Send an `Access-Control-Request-Method` header, if the request is meant to be a preflight.
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
        write!(f, "{} is {}", self.method, self.request())?;
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
        for suggestion in &self.suggestions {
            write!(f, "\n- to change that: {suggestion}")?;
        }
        write!(f, "\n- {}", self.consequence())
    }
}

impl Explanation {
    fn request(&self) -> String {
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

/// Writes the suggestion as an imperative: `allow the method PUT`.
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
