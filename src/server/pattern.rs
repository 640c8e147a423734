//! Origin patterns: one origin, all subdomains of a domain, any port, or the last two together; and any host
//! of an app's scheme.

use std::{fmt, net::Ipv6Addr, str::FromStr};

use super::punycode;
use crate::origin::{HostKind, OriginError, SerializedOrigin, default_port};

/// The maximum length of a pattern's scheme, in bytes. No scheme of a page in a browser is that long.
pub(crate) const MAX_SCHEME_LENGTH: usize = 64;

/// The separator behind the scheme, with the wildcard for one or more labels at the start of the host.
const SUBDOMAINS: &str = "://*.";

/// The separator behind the scheme, with the wildcard for any host.
const ANY_HOST: &str = "://*";

/// The host of a pattern for any host. No origin has this host.
const ANY: &str = "*";

/// The wildcard for any port, at the end.
const ANY_PORT: &str = ":*";

/// Schemes whose pages have an opaque origin. Their `Origin` header is `null`.
const OPAQUE_SCHEMES: [&str; 6] = ["about", "blob", "data", "file", "filesystem", "javascript"];

/// A pattern of allowed origins: one origin, or all subdomains of a domain, or any port, or the last two
/// together; or any host of an app's scheme.
///
/// | pattern | matches | does not match |
/// |---|---|---|
/// | `https://example.com` | that origin | any other scheme, host or port |
/// | `https://*.example.com` | `https://a.example.com`, `https://a.b.example.com` | `https://example.com`, other ports |
/// | `http://localhost:*` | `http://localhost`, `http://localhost:3000` | `http://a.localhost` |
/// | `https://*.example.com:*` | `https://a.example.com`, `https://a.b.example.com:8443` | `https://example.com` |
/// | `capacitor://localhost` | that origin, because any scheme is possible | |
/// | `moz-extension://*` | any host: each installation of an extension has its own | other schemes |
///
/// `*` as the host is possible only for schemes of apps and extensions, and only in a policy without
/// credentials. It is never possible for `http`, `https`, `ftp`, `ws` and `wss`, whose hosts anyone can have.
///
/// There are no globs and no regular expressions, because allow-lists written with them often allow more than
/// they should. A [predicate](super::PolicyBuilder::allow_origins_if) does everything else.
///
/// Scheme, host and port must be written as browsers write them in `Origin`: see [`SerializedOrigin`] for the
/// rules. A pattern has five more rules, because a value that breaks one is most likely a typo:
/// - Valid Punycode follows each `xn--` of a domain.
/// - The last label of a domain does not begin with a digit. (Both hold for `http`, `https`, `ws`, `wss` and
///   `ftp`, whose hosts are domains.)
/// - An IPv4 address is not written as an IPv6 address.
/// - The port is not 0.
/// - The scheme is at most 64 bytes long.
///
/// ```
/// use crossorigin::{origin::SerializedOrigin, server::{OriginPattern, PatternError}};
///
/// let pattern: OriginPattern = "https://*.example.com".parse()?;
/// let matches = |origin: &str| SerializedOrigin::parse(origin.as_bytes()).is_ok_and(|it| pattern.matches(&it));
/// assert!(matches("https://a.b.example.com"));
/// assert!(!matches("https://example.com")); // list the domain itself too if you mean it
/// assert!(!matches("https://notexample.com"));
/// assert!(!matches("https://a.example.com:8443"));
///
/// assert_eq!("https://*".parse::<OriginPattern>(), Err(PatternError::WildcardWithoutDomain));
/// # Ok::<(), PatternError>(())
/// ```
#[doc(alias = "wildcard")]
#[doc(alias = "subdomain")]
#[doc(alias = "glob")]
#[doc(alias = "regex")]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OriginPattern {
    scheme: Box<str>,
    host: Box<str>,
    subdomains: bool,
    port: PortPattern,
}

/// The ports that an [`OriginPattern`] matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PortPattern {
    /// One port. `None` is the default port of the scheme, which origins leave out.
    Exactly(Option<u16>),
    /// Every port, the default port included: `:*`.
    Any,
}

/// An error of [`OriginPattern::parse`]. An `index` counts the bytes of the pattern from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternError {
    /// The host is an IPv4 address in the form of an IPv6 address, as in `http://[::ffff:7f00:1]`.
    #[error("the host is an IPv4 address written as an IPv6 address; write the IPv4 address")]
    Ipv4Mapped,
    /// The last label of the host begins with a digit, as in `https://example.1com`. No top-level domain
    /// does.
    ///
    /// Hosts of custom schemes can, because they are not domains: `moz-extension://0d3b…`.
    #[error("the last label of the host begins with a digit, but the last label of a domain never does")]
    LastLabelBeginsWithDigit,
    /// Pages of this scheme, such as `file`, have an opaque origin and send `Origin: null`.
    #[error(
        "pages with the scheme `{0}` have an opaque origin and send `Origin: null`, so this pattern would \
         never match"
    )]
    OpaqueScheme(&'static str),
    /// The pattern without its wildcards is not a serialized origin.
    #[error(transparent)]
    Origin(#[from] OriginError),
    /// The port is 0, which browsers do not connect to.
    #[error("no page has port 0")]
    PortZero,
    /// A label of the host begins with `xn--`, and the rest is not Punycode for a name with characters beyond
    /// ASCII.
    #[error(
        "the label of the host at byte {index} begins with `xn--`, but the rest of it is not valid Punycode"
    )]
    Punycode {
        /// The index of the label's first byte.
        index: usize,
    },
    /// The scheme is longer than 64 bytes.
    #[error("the scheme has {length} bytes, but at most {MAX_SCHEME_LENGTH} are allowed")]
    SchemeTooLong {
        /// The length of the scheme, in bytes.
        length: usize,
    },
    /// A `*` is neither the whole first label of the host nor the whole port.
    #[error(
        "the `*` at byte {index} is not allowed there; a wildcard is the whole first label of the host, \
         as in `https://*.example.com`, or the whole port, as in `http://localhost:*`; for anything else, \
         use `allow_origins_if`"
    )]
    WildcardMisplaced {
        /// The index of the `*`.
        index: usize,
    },
    /// A `*.` is followed by an IP address, as in `http://*.127.0.0.1`. Addresses have no subdomains.
    #[error("`*.` is not allowed before an IP address, which has no subdomains")]
    WildcardOverAddress,
    /// A `*` is the whole host, as in `https://*`, and the scheme is not that of an app or extension.
    #[error(
        "`*` is not allowed as the whole host, except for schemes of apps and extensions; list the hosts, \
         or use `allow_origins_if`"
    )]
    WildcardWithoutDomain,
}

impl PatternError {
    /// The name of the variant, or of the [`OriginError`] in [`Origin`](Self::Origin), for programs and logs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Origin(error) => error.name(),
            other => other.variant_name(),
        }
    }
}

variant_names! {
    fn variant_name of PatternError {
        Ipv4Mapped,
        LastLabelBeginsWithDigit,
        OpaqueScheme,
        Origin,
        PortZero,
        Punycode,
        SchemeTooLong,
        WildcardMisplaced,
        WildcardOverAddress,
        WildcardWithoutDomain,
    }
}

impl OriginPattern {
    /// Parses a pattern, as [`FromStr`] does.
    ///
    /// # Errors
    /// Returns the first error found.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let (text, any_port) = match text.strip_suffix(ANY_PORT) {
            Some(before) => (before, true),
            None => (text, false),
        };
        let subdomains = text.contains(SUBDOMAINS);
        let any_host = has_any_host(text);
        // A letter replaces the `*`, so that the indexes in errors are right.
        let plain = match any_host {
            true => text.replacen(ANY_HOST, "://w", 1),
            false => text.replacen(SUBDOMAINS, "://w.", 1),
        };
        let origin = SerializedOrigin::parse(plain.as_bytes()).map_err(|error| pattern_error(error, text))?;
        check(&origin)?;
        if any_host && default_port(origin.scheme()).is_some() {
            return Err(PatternError::WildcardWithoutDomain);
        }

        let base = origin.host().strip_prefix("w.").filter(|_| subdomains);
        let host = if any_host { ANY } else { base.unwrap_or(origin.host()) };
        let port = match origin.port() {
            Some(_) if any_port => {
                return Err(PatternError::WildcardMisplaced { index: index_of_any_port(text) });
            }
            _ if any_port => PortPattern::Any,
            port => PortPattern::Exactly(port),
        };
        Ok(Self { scheme: origin.scheme().into(), host: host.into(), subdomains: base.is_some(), port })
    }

    /// Returns whether the pattern matches an origin.
    #[must_use]
    pub fn matches(&self, origin: &SerializedOrigin<'_>) -> bool {
        *origin.scheme() == *self.scheme
            && self.port.matches(origin.port())
            && if self.subdomains {
                // A dot before the domain is enough, because the labels of an origin are never empty.
                let labels = origin.host().strip_suffix(&*self.host);
                labels.is_some_and(|labels| labels.ends_with('.'))
            } else {
                self.matches_any_host() || *origin.host() == *self.host
            }
    }

    /// The other patterns that would match everything that this one matches, the narrowest first.
    pub(crate) fn possible_covers(&self) -> impl Iterator<Item = Self> {
        let domains = std::iter::successors(Some(&*self.host), |host| Some(host.split_once('.')?.1));
        let wider = domains.enumerate().map(move |(above, host)| (host, self.subdomains || above > 0));
        wider
            .chain([(ANY, false)])
            .flat_map(move |(host, subdomains)| {
                [self.port, PortPattern::Any].map(|port| (host, subdomains, port))
            })
            .map(move |(host, subdomains, port)| Self {
                scheme: self.scheme.clone(),
                host: host.into(),
                subdomains,
                port,
            })
            .filter(move |other| other != self)
    }

    /// The scheme, in lower case: `https`.
    #[must_use]
    pub fn scheme(&self) -> &str {
        &self.scheme
    }

    /// The host, without the `*.` of a pattern for subdomains: `example.com`. It is `*` for any host.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Returns whether the pattern matches every host of its scheme.
    pub(crate) fn matches_any_host(&self) -> bool {
        *self.host == *ANY
    }

    /// Returns whether the pattern matches the subdomains of [`host`](Self::host), and not `host` itself.
    #[must_use]
    pub fn matches_subdomains(&self) -> bool {
        self.subdomains
    }

    /// The ports that the pattern matches.
    #[must_use]
    pub fn port(&self) -> PortPattern {
        self.port
    }

    /// Returns whether the pattern is a single origin, without a wildcard.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        !self.subdomains && !self.matches_any_host() && self.port != PortPattern::Any
    }
}

impl PortPattern {
    /// Returns whether the pattern matches a port. `None` is the default port of the scheme.
    #[must_use]
    pub(crate) fn matches(self, port: Option<u16>) -> bool {
        self == Self::Any || self == Self::Exactly(port)
    }
}

impl FromStr for OriginPattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<Self, PatternError> {
        Self::parse(text)
    }
}

/// Writes the pattern as in a configuration. The text parses to an equal pattern.
impl fmt::Display for OriginPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, if self.subdomains { "*." } else { "" }, self.host)?;
        match self.port {
            PortPattern::Any => f.write_str(ANY_PORT),
            PortPattern::Exactly(None) => Ok(()),
            PortPattern::Exactly(Some(port)) => write!(f, ":{port}"),
        }
    }
}

/// Returns whether the whole host is a `*`.
fn has_any_host(text: &str) -> bool {
    text.split_once(ANY_HOST).is_some_and(|(_, rest)| rest.is_empty() || rest.starts_with(':'))
}

/// The index of the `*` of [`ANY_PORT`], behind `text`.
fn index_of_any_port(text: &str) -> usize {
    text.len() + 1
}

/// The error of the pattern `text` for an error of the origin without its wildcards.
fn pattern_error(error: OriginError, text: &str) -> PatternError {
    let host = text.split_once("://").map_or("", |(_, rest)| rest);
    let base = host.strip_prefix("*.");
    match error {
        _ if base == Some("") => PatternError::WildcardWithoutDomain,
        // `http://*.[::1]` and `http://*.127.0.0.1`
        _ if base.is_some_and(|base| base.starts_with('[')) => PatternError::WildcardOverAddress,
        OriginError::Ipv4 if base.is_some() => PatternError::WildcardOverAddress,
        OriginError::SchemeByte { byte: b'*', index }
        | OriginError::HostByte { byte: b'*', index }
        | OriginError::PortByte { byte: b'*', index } => PatternError::WildcardMisplaced { index },
        // For `file://`, the opaque scheme is the better error than the missing host.
        OriginError::HostEmpty | OriginError::Path { .. } => opaque_scheme(text).unwrap_or(error.into()),
        error => error.into(),
    }
}

fn opaque_scheme(text: &str) -> Option<PatternError> {
    let scheme = text.split_once(':')?.0;
    OPAQUE_SCHEMES.into_iter().find(|opaque| *opaque == scheme).map(PatternError::OpaqueScheme)
}

/// Checks the rules that a pattern adds to those of an origin.
fn check(origin: &SerializedOrigin<'_>) -> Result<(), PatternError> {
    if let Some(error) = opaque_scheme(origin.as_str()) {
        return Err(error);
    }
    let length = origin.scheme().len();
    if length > MAX_SCHEME_LENGTH {
        return Err(PatternError::SchemeTooLong { length });
    }
    if origin.port() == Some(0) {
        return Err(PatternError::PortZero);
    }
    match origin.host_kind() {
        HostKind::Ipv4 => Ok(()),
        HostKind::Ipv6 => {
            let address = origin.host().trim_matches(['[', ']']).parse::<Ipv6Addr>();
            match address.ok().and_then(|address| address.to_ipv4_mapped()) {
                Some(_) => Err(PatternError::Ipv4Mapped),
                None => Ok(()),
            }
        }
        // The hosts of other schemes are identifiers, and not domains.
        HostKind::Domain if default_port(origin.scheme()).is_none() => Ok(()),
        HostKind::Domain => check_labels(origin),
    }
}

fn check_labels(origin: &SerializedOrigin<'_>) -> Result<(), PatternError> {
    let mut index = origin.scheme().len() + "://".len();
    for label in origin.host().split('.') {
        if label.strip_prefix("xn--").is_some_and(|rest| !punycode::is_valid(rest)) {
            return Err(PatternError::Punycode { index });
        }
        index += label.len() + 1;
    }
    match origin.host().rsplit('.').next() {
        Some(last) if last.starts_with(|first: char| first.is_ascii_digit()) => {
            Err(PatternError::LastLabelBeginsWithDigit)
        }
        _ => Ok(()),
    }
}
