use std::fmt;

use crate::origin::SerializedOrigin;

use super::pattern::OriginPattern;

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

/// A pattern that nearly matches an origin.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NearMiss {
    /// The pattern.
    pub pattern: OriginPattern,
    /// In what the origin differs.
    pub difference: Difference,
}

/// The one thing in which an origin differs from a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Difference {
    /// The pattern lets in the subdomains; the origin is the domain itself.
    DomainItself,
    /// The port.
    Port,
    /// The scheme.
    Scheme,
    /// The pattern lets in the host; the origin is below it.
    Subdomain,
}

variant_names! {
    /// The name of the variant: a short word for programs.
    #[doc(hidden)]
    pub fn name of Difference {
        DomainItself,
        Port,
        Scheme,
        Subdomain,
    }
}

impl NearMiss {
    /// Is there exactly one difference?
    pub(crate) fn find(pattern: &OriginPattern, origin: &SerializedOrigin<'_>) -> Option<Self> {
        let scheme = pattern.scheme() == origin.scheme();
        let port = pattern.port().matches(origin.port());
        let is_below = origin.host().strip_suffix(pattern.host()).is_some_and(|labels| labels.ends_with('.'));
        let is_itself = origin.host() == pattern.host();
        let host = if pattern.matches_subdomains() { is_below } else { is_itself };
        let difference = match (scheme, host, port) {
            (false, true, true) => Difference::Scheme,
            (true, true, false) => Difference::Port,
            (true, false, true) if is_itself => Difference::DomainItself,
            (true, false, true) if is_below => Difference::Subdomain,
            _ => return None,
        };
        Some(Self { pattern: pattern.clone(), difference })
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DomainItself => "a domain is not one of its own subdomains",
            Self::Port => "the port differs",
            Self::Scheme => "the scheme differs",
            Self::Subdomain => "subdomains are origins of their own",
        })
    }
}

impl fmt::Display for NearMiss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} nearly matches: {}", self.pattern, self.difference)
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
