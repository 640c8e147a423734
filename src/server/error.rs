//! What is wrong with a configuration: all of it at once, with where it stands and how to mend it.

use std::{error::Error, fmt};

use super::pattern::{OriginPattern, PatternError};
use crate::method::InvalidMethod;

/// How many characters of a text that was found are shown. More of a wrong text helps nobody to find it.
const SHOWN_CHARS: usize = 300;

/// The path of what is in no field.
pub(crate) const WHOLE: &str = "policy";

/// Where in a configuration something stands. Prints as a path: `origins[1]`, `dangerous.null_origin`.
///
/// What was given to the builder has the same paths: `origins[1]` is the second origin, in the order of the
/// calls.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConfigPath {
    field: String,
    index: Option<usize>,
}

impl ConfigPath {
    pub(crate) fn of_field(name: &str) -> Self {
        Self { field: name.to_owned(), index: None }
    }

    pub(crate) fn element(list: &str, index: usize) -> Self {
        Self { field: list.to_owned(), index: Some(index) }
    }

    /// The field, with those that it is in: `origins`, `dangerous.null_origin`; `policy` for the whole.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// Which element it is, if the field is a list, counted from 0.
    #[must_use]
    pub fn index(&self) -> Option<usize> {
        self.index
    }
}

/// Everything that is wrong with a configuration: one error or more.
///
/// ```
/// use crossorigin::server::{PolicyErrorKind, Policy};
///
/// let errors = Policy::builder()
///     .allow_origins(["https://app.example/", "https://*.example.com"])
///     .allow_method("CONNECT")
///     .build()
///     .unwrap_err();
/// let paths: Vec<_> = errors.iter().map(|error| error.path.to_string()).collect();
/// assert_eq!(paths, ["methods[0]", "origins[0]"]);
/// assert_eq!(errors.iter().last().and_then(|error| error.suggestion()), Some("https://app.example".to_owned()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyErrors(Vec<PolicyError>);

/// One thing that is wrong with a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyError {
    /// Where it stands.
    pub path: ConfigPath,
    /// What was found there, if it is a text or a number.
    pub seen: Option<String>,
    /// What is wrong with it.
    pub kind: PolicyErrorKind,
}

/// What is wrong with one place of a configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyErrorKind {
    /// Any origin, and credentials. Browsers refuse the answer `*` to a request with credentials.
    #[error(
        "any origin cannot be allowed with credentials: every site could act as the user; list the origins, or \
         leave the credentials out"
    )]
    AnyOriginWithCredentials,
    /// The field stands there twice.
    #[error("the field stands there twice")]
    DuplicateField,
    /// Every response header exposed, and credentials. Browsers take `*` for the name of a header then.
    #[error("`*` does not expose any header to a request with credentials; list the headers")]
    ExposeAnyWithCredentials,
    /// `CONNECT`, `TRACE` or `TRACK`.
    #[error("no page can send this method: it is forbidden")]
    ForbiddenMethod,
    /// A forbidden request-header: only the user agent sets it.
    #[error("no page can set this header: it is forbidden, and never asked for in a preflight")]
    ForbiddenRequestHeader,
    /// `Set-Cookie` or `Set-Cookie2`.
    #[error("no page can read this header, exposed or not")]
    ForbiddenResponseHeader,
    /// An origin that is neither `https` nor on this machine, and credentials.
    #[error(
        "with credentials, whoever controls the network on the way can act as the user: use `https`, or call \
         `dangerously_allow_insecure_origins` (in a file: `dangerous.insecure_origins`)"
    )]
    InsecureOriginWithCredentials,
    /// The name of a header is empty or holds a byte that no token has.
    #[error("this is not the name of a header")]
    InvalidHeaderName,
    /// The method is empty or holds a byte that no token has.
    #[error("this is not a method")]
    InvalidMethod(#[source] InvalidMethod),
    /// The text is not an origin pattern.
    #[error(transparent)]
    InvalidOrigin(PatternError),
    /// Nothing is allowed at all.
    #[error("no origin is allowed, so the policy would share nothing with anybody")]
    NoOrigin,
    /// `null` as an origin.
    #[error(
        "`null` is what every sandboxed frame and local file sends, so anybody can be `null`; if that is meant, leave \
         it out and call `dangerously_allow_null_origin` (in a file: `dangerous.null_origin`)"
    )]
    NullOrigin,
    /// A number where it cannot be.
    #[error("the number must be {0}")]
    OutOfRange(&'static str),
    /// All subdomains of a public suffix, such as `https://*.github.io`, and credentials.
    #[error(
        "anybody can register a name under `{suffix}`: with credentials, list the origins, or call \
         `dangerously_allow_public_suffixes` (in a file: `dangerous.public_suffixes`)"
    )]
    PublicSuffixWithCredentials {
        /// The public suffix.
        suffix: String,
    },
    /// A header that only answers to preflights have, exposed.
    #[error("only the answer to a preflight has this header, and no page gets to see that answer")]
    PreflightHeaderExposed,
    /// A header of requests, exposed as if it were one of responses.
    #[error("this is a header of requests, so there is nothing to expose")]
    RequestHeaderExposed,
    /// A header with which servers answer, allowed as if it were one of requests.
    #[error("this is a header of the CORS protocol itself, which pages do not send")]
    ResponseHeaderAllowed,
    /// More than one origin, as in `https://a.example, https://b.example`.
    #[error("these are several origins; each has to be an element of its own")]
    SeveralOrigins,
    /// A predicate that lets in `https://nobody.invalid`, which nobody can be, and credentials.
    #[error(
        "`allow_origins_if` lets in `https://nobody.invalid`, so any site could act as the user: let in what you know, \
         leave the credentials out, or call `dangerously_reflect_any_origin_with_credentials`"
    )]
    StrangersWithCredentials,
    /// A status that no preflight can be answered with.
    #[error("the status must be {0}")]
    Status(&'static str),
    /// A field that is not known.
    #[error("there is no such field; there are: {}", .known.join(", "))]
    UnknownField {
        /// The fields that there are.
        known: Vec<&'static str>,
    },
    /// A value of another type.
    #[error("this must be {expected}, and is {found}")]
    WrongType {
        /// What would have been right.
        expected: &'static str,
        /// What was found.
        found: &'static str,
    },
}

impl PolicyErrorKind {
    /// The name of the variant, or of the error inside where there is one (`DefaultPort`): a short word for
    /// programs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::InvalidOrigin(error) => error.name(),
            other => other.variant_name(),
        }
    }
}

variant_names! {
    fn variant_name of PolicyErrorKind {
        AnyOriginWithCredentials,
        DuplicateField,
        ExposeAnyWithCredentials,
        ForbiddenMethod,
        ForbiddenRequestHeader,
        ForbiddenResponseHeader,
        InsecureOriginWithCredentials,
        InvalidHeaderName,
        InvalidMethod,
        InvalidOrigin,
        NoOrigin,
        NullOrigin,
        OutOfRange,
        PublicSuffixWithCredentials,
        PreflightHeaderExposed,
        RequestHeaderExposed,
        ResponseHeaderAllowed,
        SeveralOrigins,
        StrangersWithCredentials,
        Status,
        UnknownField,
        WrongType,
    }
}

impl PolicyError {
    pub(crate) fn new(path: ConfigPath, kind: PolicyErrorKind) -> Self {
        Self { path, seen: None, kind }
    }

    pub(crate) fn with_seen(path: ConfigPath, seen: impl fmt::Display, kind: PolicyErrorKind) -> Self {
        Self { path, seen: Some(seen.to_string()), kind }
    }

    /// What was meant, most likely, where that can be told: `https://app.example` for `https://app.example/`.
    #[must_use]
    pub fn suggestion(&self) -> Option<String> {
        let seen = self.seen.as_deref()?;
        match self.kind {
            PolicyErrorKind::InvalidOrigin(_) => suggest_origin(seen),
            _ => None,
        }
    }
}

/// Tries the usual repairs, one on top of the other, until the text is a pattern.
fn suggest_origin(seen: &str) -> Option<String> {
    let mut text = seen.trim().to_ascii_lowercase();
    if !text.contains("://") {
        text.insert_str(0, if is_this_machine(&text) { "http://" } else { "https://" });
    }
    let (scheme, rest) = text.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = match (scheme, authority.rsplit_once(':')) {
        ("https", Some((host, "443"))) | ("http", Some((host, "80"))) => host,
        _ => authority,
    };
    let suggestion = format!("{scheme}://{}", host.trim_end_matches('.'));
    OriginPattern::parse(&suggestion).ok().map(|_| suggestion)
}

/// Returns whether it is a loopback host, with or without a port. Development servers speak plain `http`.
fn is_this_machine(authority: &str) -> bool {
    let hosts = ["localhost", "127.0.0.1", "[::1]"];
    let mut after = hosts.into_iter().filter_map(|host| authority.strip_prefix(host));
    after.any(|after| after.is_empty() || after.starts_with([':', '/']))
}

/// Where it stands, what was found, what is wrong with it, and what was meant.
impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        match self.seen.as_deref().map(|seen| (seen, seen.char_indices().nth(SHOWN_CHARS))) {
            None => {}
            Some((seen, None)) => write!(f, " ({seen:?})")?,
            Some((seen, Some((end, _)))) => {
                let (shown, _) = seen.split_at(end);
                write!(f, " ({shown:?}…, {} bytes)", seen.len())?;
            }
        }
        write!(f, ": {}", with_sources(&self.kind))?;
        match self.suggestion() {
            Some(suggestion) => write!(f, "; is `{suggestion}` meant?"),
            None => Ok(()),
        }
    }
}

/// The text of an error, and those of the errors that led to it: an error alone says what no other one does.
pub(crate) fn with_sources(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(": ");
        text.push_str(&error.to_string());
        source = error.source();
    }
    text
}

impl PolicyErrors {
    /// `Err` if there are any; sorted by where they stand.
    pub(crate) fn check(mut errors: Vec<PolicyError>) -> Result<(), Self> {
        errors.sort_by(|one, other| one.path.cmp(&other.path));
        if errors.is_empty() { Ok(()) } else { Err(Self(errors)) }
    }

    /// The errors, sorted by their paths.
    pub fn iter(&self) -> std::slice::Iter<'_, PolicyError> {
        self.0.iter()
    }
}

impl IntoIterator for PolicyErrors {
    type Item = PolicyError;
    type IntoIter = std::vec::IntoIter<PolicyError>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a PolicyErrors {
    type Item = &'a PolicyError;
    type IntoIter = std::slice::Iter<'a, PolicyError>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// One error a line.
impl fmt::Display for PolicyErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            error.fmt(f)?;
        }
        Ok(())
    }
}

impl Error for PolicyErrors {}

impl fmt::Display for ConfigPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.field)?;
        self.index.map_or(Ok(()), |index| write!(f, "[{index}]"))
    }
}
