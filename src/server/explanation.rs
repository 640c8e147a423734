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
///     "GET is a CORS request from https://example.com. The policy refuses it (OriginNotAllowed).\n\
///      - The policy does not allow the origin.\n\
///      - The pattern https://*.example.com almost matches, but it matches only subdomains.\n\
///      - To change this, allow the origin https://example.com.\n\
///      - The handler runs, and the page cannot read the response.",
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
    /// Whether a guard refuses the request.
    pub(crate) refused_by_guard: bool,
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
    /// Whether it is allowed only by a `*` that does not cover it by the standard.
    pub(crate) needs_name: bool,
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
    /// Decide about the origin in the server, with [`Policy::decide_with`](super::Policy::decide_with) or in
    /// front of the layer.
    DecideOrigin,
    /// List this host in the guard, if the server really has this name. The text is as in the request, with its
    /// port.
    ListHost(String),
    /// Send what browsers send, in the client. No policy allows this request.
    FixTheClient,
    /// Build the policy with
    /// [`caller_decides_origins`](super::PolicyBuilder::caller_decides_origins).
    LetCallerDecide,
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
        DecideOrigin,
        FixTheClient,
        LetCallerDecide,
        ListHost,
        SendMethodAs,
        SendOrigin,
        SendRequestMethod,
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}.", self.method, self.what())?;
        match self.decision.verdict() {
            Verdict::NotApplicable => {}
            Verdict::Share => f.write_str(" The policy allows it.")?,
            Verdict::Refuse(refusal) => {
                let who = if self.refused_by_guard { "guard" } else { "policy" };
                write!(f, " The {who} refuses it ({}).", refusal.name())?;
            }
        }
        for refusal in self.refusals.iter().filter(|refusal| !self.is_told_by_name(refusal)) {
            write!(f, "\n- {}", sentence(&with_sources(refusal)))?;
        }
        if let Some(rule) = &self.rule {
            write!(f, "\n- The origin is allowed: {rule}.")?;
        }
        for near_miss in &self.near_misses {
            write!(f, "\n- {}", sentence(&near_miss.to_string()))?;
        }
        if let Some(method) = &self.requested_method {
            write!(f, "\n- The preflight asks for the method {method}{}.", self.about_method())?;
        }
        for header in &self.requested_headers {
            write!(f, "\n- The preflight asks for the header {}, {}.", header.name, header.about())?;
        }
        for suggestion in &self.suggestions {
            write!(f, "\n- To change this, {suggestion}.")?;
        }
        write!(f, "\n- {}", self.consequence())
    }
}

impl Explanation {
    fn what(&self) -> String {
        match self.decision.class() {
            RequestClass::NotCors => "not a CORS request, because it has no Origin header".to_owned(),
            RequestClass::Cors => format!("a CORS request from {}", self.origins.join(" and ")),
            RequestClass::Preflight => format!("a CORS preflight from {}", self.origins.join(" and ")),
        }
    }

    /// Returns whether a line about the requested method or a requested header says it, with the name.
    fn is_told_by_name(&self, refusal: &PolicyRefusal) -> bool {
        matches!(refusal, PolicyRefusal::MethodNotAllowed | PolicyRefusal::ForbiddenMethod)
            || self.requested_headers.iter().any(|header| header.refusal.as_ref() == Some(refusal))
    }

    fn about_method(&self) -> &'static str {
        let has = |refusal| self.refusals.contains(&refusal);
        if has(PolicyRefusal::InvalidMethod) {
            ""
        } else if has(PolicyRefusal::ForbiddenMethod) {
            ", which pages cannot send"
        } else if has(PolicyRefusal::MethodNotAllowed) {
            ", which the policy does not allow"
        } else {
            ", which the policy allows"
        }
    }

    fn consequence(&self) -> String {
        match (self.decision.action(), self.decision.verdict()) {
            (Action::CallHandler, Verdict::Refuse(_)) => {
                "The handler runs, and the page cannot read the response.".to_owned()
            }
            (Action::CallHandler, Verdict::Share) => {
                "The handler runs, and the page can read the response.".to_owned()
            }
            (Action::CallHandler, Verdict::NotApplicable) => "The handler runs.".to_owned(),
            (Action::Respond(status), Verdict::Refuse(_))
                if self.decision.class() != RequestClass::Preflight =>
            {
                format!("The response is {status}, and the handler does not run.")
            }
            (Action::Respond(status), Verdict::Refuse(_)) => {
                format!("The response is {status}, and the browser does not send the actual request.")
            }
            (Action::Respond(status), _) => {
                format!("The response is {status}, and the browser sends the actual request.")
            }
        }
    }
}

impl RequestedHeader {
    fn about(&self) -> &'static str {
        match self.refusal {
            None if self.needs_name => {
                "which the policy allows by a `*` that does not cover it by the standard"
            }
            None => "which the policy allows",
            Some(PolicyRefusal::InvalidRequestHeader { .. }) => "which is not a valid header name",
            Some(_) => "which the policy does not allow",
        }
    }
}

/// A message as a sentence: it begins in upper case and ends with a full stop.
fn sentence(message: &str) -> String {
    let mut sentence = format!("{message}.");
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    sentence
}

/// Continues the sentence "the origin is allowed: …".
impl fmt::Display for MatchedRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AnyOrigin => f.write_str("the policy allows any origin"),
            Self::Caller => f.write_str("the caller allows it"),
            Self::NullOrigin => f.write_str("the policy allows `null`"),
            Self::Pattern(pattern) => write!(f, "the pattern {pattern} matches it"),
            Self::Predicate(index) => write!(f, "predicate {index} accepts it"),
        }
    }
}

impl fmt::Display for NearMiss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (pattern, difference) = match self {
            Self::DomainItself(pattern) => (pattern, "it matches only subdomains"),
            Self::Port(pattern) => (pattern, "the port differs"),
            Self::Scheme(pattern) => (pattern, "the scheme differs"),
            Self::Subdomain(pattern) => (pattern, "it does not match subdomains"),
        };
        write!(f, "the pattern {pattern} almost matches, but {difference}")
    }
}

/// An instruction: `allow the method PUT`.
impl fmt::Display for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AllowHeaders(names) => {
                let plural = if names.len() == 1 { "" } else { "s" };
                write!(f, "allow the header{plural} {}", names.join(", "))
            }
            Self::AllowMethod(method) => write!(f, "allow the method {method}"),
            Self::AllowNullOrigin => f.write_str(
                "load the page from an https URL and outside of a sandboxed frame; allowing `null` is \
                 dangerous, because any site can send it",
            ),
            Self::AllowOrigin(origin) => write!(f, "allow the origin {origin}"),
            Self::AskForFewerHeaders => f.write_str("send fewer headers in one request"),
            Self::DecideOrigin => f.write_str("decide about the origin before the policy does"),
            Self::LetCallerDecide => f.write_str(
                "build the policy with `caller_decides_origins`, or leave the origin to the policy",
            ),
            Self::ListHost(host) => {
                write!(f, "list the host of {host} in the guard, if this server has that name")
            }
            Self::FixTheClient => f.write_str("send what browsers send; no policy allows this request"),
            Self::SendMethodAs(method) => {
                write!(f, "write the method as {method} in the page, because browsers do not change its case")
            }
            Self::SendOrigin => f.write_str("add an Origin header if the request is meant to be a preflight"),
            Self::SendRequestMethod => f.write_str(
                "add an Access-Control-Request-Method header if the request is meant to be a preflight",
            ),
        }
    }
}
