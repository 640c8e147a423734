//! The errors of a configuration: all at once, each with its path and a suggestion.

use std::{error::Error, fmt};

use super::{
    config_path::ConfigPath,
    pattern::{OriginPattern, PatternError},
    warning::PolicyWarningKind,
};
use crate::{bytes::is_token, method::InvalidMethod, nearest::nearest};

/// How many characters of a found value a message shows. More would not help to find it.
const SHOWN_CHARS: usize = 300;

/// The description of a boolean.
pub(crate) const FLAG: &str = "true or false";

/// All errors of a configuration, at least one, sorted by path. Prints one error a line.
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
#[derive(Clone, PartialEq, Eq)]
pub struct PolicyErrors(Vec<PolicyError>);

/// One error of a configuration. Prints the path, the found value, the error and the suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyError {
    /// The path of the wrong value.
    pub path: ConfigPath,
    /// The value that was found, if it is a string or a number.
    pub seen: Option<String>,
    /// What is wrong with the value.
    pub kind: PolicyErrorKind,
}

/// What is wrong with one value of a configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyErrorKind {
    /// Any host of a scheme, as in `moz-extension://*`, is allowed with credentials. Every app or extension of
    /// that kind could then act as the user.
    #[error(
        "any host (`*`) cannot be combined with credentials, because every app or extension with this \
         scheme could act as the user; list the origins, or do not allow credentials"
    )]
    AnyHostWithCredentials,
    /// Any origin is allowed with credentials. Every site could then act as the user, and browsers do not
    /// accept `*` in a response to a request with credentials.
    #[error(
        "any origin (`*`) cannot be combined with credentials, because every site could act as the user; \
         list the origins, or do not allow credentials"
    )]
    AnyOriginWithCredentials,
    /// The policy gives a warning that the caller of [`Policy::deny_warnings`](super::Policy::deny_warnings)
    /// does not accept.
    #[error("{0} (change the setting, or accept the warning `{name}` by its name)", name = .0.name())]
    DeniedWarning(PolicyWarningKind),
    /// The field occurs more than once. The name of the builder's method is the same field.
    #[error("the field is given more than once")]
    DuplicateField,
    /// The value is an empty string, as that of a variable which is set to nothing.
    #[error("the value is empty; remove it, or give {expected}")]
    EmptyValue {
        /// A description of the values that the field can have.
        expected: &'static str,
    },
    /// Every response header is exposed with credentials. Browsers take `*` as the name of a header if the
    /// request has credentials.
    #[error("`*` exposes no header to a request with credentials; list the headers")]
    ExposeAnyWithCredentials,
    /// The method is `CONNECT`, `TRACE` or `TRACK`, a [forbidden
    /// method](https://fetch.spec.whatwg.org/#forbidden-method): no page can send it.
    #[error("pages cannot send this method; remove it")]
    ForbiddenMethod,
    /// The header is a [forbidden request-header](https://fetch.spec.whatwg.org/#forbidden-request-header):
    /// only the browser sets it.
    #[error("pages cannot set this header, and no preflight asks for it; remove it")]
    ForbiddenRequestHeader,
    /// The header is `Set-Cookie` or `Set-Cookie2`, a [forbidden response-header
    /// name](https://fetch.spec.whatwg.org/#forbidden-response-header-name): no page can read it.
    #[error("pages cannot read this header, even if it is exposed; remove it")]
    ForbiddenResponseHeader,
    /// An origin that is neither `https` nor on the local machine is allowed with credentials. Whoever
    /// controls the network could then act as the user.
    #[error(
        "with credentials, anyone who controls the network can act as the user; use `https`, or call \
         `dangerously_allow_insecure_origins` (in a file: `dangerous.insecure_origins`)"
    )]
    InsecureOriginWithCredentials,
    /// The name of a header is empty, or has a byte that no
    /// [token](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2) has.
    #[error("this is not a valid header name")]
    InvalidHeaderName,
    /// The method is empty, or has a byte that no
    /// [token](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2) has.
    #[error("this is not a valid method")]
    InvalidMethod(#[source] InvalidMethod),
    /// The value is not an [origin pattern](super::OriginPattern).
    #[error(transparent)]
    InvalidOrigin(PatternError),
    /// No origin is allowed.
    #[error("no origin is allowed, so the policy shares no response; list the allowed origins")]
    NoOrigin,
    /// An origin is `null`, which any site can send.
    #[error(
        "every sandboxed frame and local file sends `null`, so any site can send it; remove it, or call \
         `dangerously_allow_null_origin` in its place (in a file: `dangerous.null_origin`)"
    )]
    NullOrigin,
    /// `off` is given together with something else that allows origins.
    #[error("`off` allows no origin, so nothing beside it can allow one; remove it or the others")]
    OffWithOrigins,
    /// The number is outside its range, which the field describes.
    #[error("the value must be {0}")]
    OutOfRange(&'static str),
    /// All subdomains of a public suffix, such as `https://*.github.io`, are allowed with credentials. Anyone
    /// can register such a name.
    #[error(
        "anyone can register a name under `{suffix}`; with credentials, list the origins, or call \
         `dangerously_allow_public_suffixes` (in a file: `dangerous.public_suffixes`)"
    )]
    PublicSuffixWithCredentials {
        /// The public suffix, such as `github.io`.
        suffix: String,
    },
    /// The exposed header is one that only responses to preflights have. No page can read those.
    #[error(
        "only responses to preflights have this header, and pages cannot read those responses; remove it"
    )]
    PreflightHeaderExposed,
    /// The exposed header is a request header.
    #[error("this is a request header, so there is nothing to expose; remove it")]
    RequestHeaderExposed,
    /// The allowed request header begins with `Access-Control-`. Pages do not send such headers.
    #[error("this is a header of the CORS protocol, which pages have no reason to send; remove it")]
    ResponseHeaderAllowed,
    /// The value has several origins, as in `https://a.example, https://b.example`.
    #[error("these are several origins; write each of them as a separate element")]
    SeveralOrigins,
    /// A predicate allows `https://nobody.invalid`, which nobody can own, with credentials. It most likely
    /// allows any origin.
    #[error(
        "`allow_origins_if` allows `https://nobody.invalid`, so any site could act as the user; allow \
         only origins that you know, do not allow credentials, or call \
         `dangerously_reflect_any_origin_with_credentials`"
    )]
    StrangersWithCredentials,
    /// The status is outside its range, which the field describes.
    #[error("the status must be {0}")]
    Status(&'static str),
    /// The value is in quotes, or begins or ends with one: they belong to another file.
    #[error("the quotes are part of the value; remove them")]
    Quoted,
    /// The value is a regular expression, as other libraries have them.
    #[error(
        "an origin is not a regular expression; list the origins, write `https://*.example.com` for all \
         subdomains, or call `allow_origins_if`"
    )]
    RegularExpression,
    /// The field is unknown.
    #[error("unknown field, expected one of: {}", .known.join(", "))]
    UnknownField {
        /// The names of the known fields.
        known: Vec<&'static str>,
        /// The known name that was most likely meant.
        near: Option<&'static str>,
    },
    /// The caller of [`Policy::deny_warnings`](super::Policy::deny_warnings) accepts a warning that does not
    /// exist.
    #[error("no warning has this name; the names are: {}", PolicyWarningKind::NAMES.join(", "))]
    UnknownWarning,
    /// The value has the wrong type.
    #[error("expected {expected}, found {found}")]
    WrongType {
        /// A description of the right type.
        expected: &'static str,
        /// A description of the type that was found.
        found: &'static str,
    },
}

impl PolicyErrorKind {
    /// The name of the variant, such as `NoOrigin`, for programs and logs. For
    /// [`InvalidOrigin`](Self::InvalidOrigin) and [`DeniedWarning`](Self::DeniedWarning) it is the name of
    /// their error or warning, such as `DefaultPort`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::InvalidOrigin(error) => error.name(),
            Self::DeniedWarning(warning) => warning.name(),
            other => other.variant_name(),
        }
    }
}

variant_names! {
    fn variant_name of PolicyErrorKind {
        AnyHostWithCredentials,
        AnyOriginWithCredentials,
        DeniedWarning,
        DuplicateField,
        EmptyValue,
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
        OffWithOrigins,
        OutOfRange,
        PublicSuffixWithCredentials,
        PreflightHeaderExposed,
        RequestHeaderExposed,
        ResponseHeaderAllowed,
        Quoted,
        RegularExpression,
        SeveralOrigins,
        StrangersWithCredentials,
        Status,
        UnknownField,
        UnknownWarning,
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

    /// What was most likely meant, if there is something: `https://app.example` for `https://app.example/`,
    /// or the name of a field.
    #[must_use]
    pub fn suggestion(&self) -> Option<String> {
        let seen = self.seen.as_deref().unwrap_or_default();
        match self.kind {
            PolicyErrorKind::InvalidOrigin(_) => suggest_origin(seen),
            PolicyErrorKind::InvalidMethod(_) | PolicyErrorKind::InvalidHeaderName => {
                let name = Some(seen.trim()).filter(|name| name.len() <= SHOWN_CHARS);
                name.filter(|name| is_token(name.as_bytes())).map(str::to_owned)
            }
            PolicyErrorKind::Quoted => Some(seen.trim_matches(['"', '\'']).to_owned()),
            PolicyErrorKind::UnknownField { near, .. } => near.map(str::to_owned),
            PolicyErrorKind::UnknownWarning => {
                nearest(seen, PolicyWarningKind::NAMES.iter().map(|name| (*name, (*name).to_owned())))
            }
            PolicyErrorKind::WrongType { expected: FLAG, .. } => suggest_flag(seen),
            _ => None,
        }
    }
}

/// The boolean that people write differently in other configurations.
fn suggest_flag(seen: &str) -> Option<String> {
    let seen = seen.to_ascii_lowercase();
    let is_one_of = |texts: [&str; 4]| texts.contains(&&*seen);
    let flag = is_one_of(["true", "yes", "on", "1"]);
    (flag || is_one_of(["false", "no", "off", "0"])).then(|| flag.to_string())
}

/// Applies the usual corrections, and returns the result if it is a pattern.
fn suggest_origin(seen: &str) -> Option<String> {
    let mut text = seen.trim().to_ascii_lowercase();
    if !text.contains("://") {
        text.insert_str(0, if is_loopback(&text) { "http://" } else { "https://" });
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

/// Returns whether this is a loopback host, with or without a port. Development servers there mostly use
/// `http`.
fn is_loopback(authority: &str) -> bool {
    let hosts = ["localhost", "127.0.0.1", "[::1]"];
    let mut after = hosts.into_iter().filter_map(|host| authority.strip_prefix(host));
    after.any(|after| after.is_empty() || after.starts_with([':', '/']))
}

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
            Some(suggestion) => write!(f, "; did you mean `{suggestion}`?"),
            None => Ok(()),
        }
    }
}

/// The message of an error, followed by the messages of its sources.
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
    /// Returns `Err` if there are errors.
    pub(crate) fn check(mut errors: Vec<PolicyError>) -> Result<(), Self> {
        errors.sort_by(|one, other| one.path.cmp(&other.path));
        if errors.is_empty() { Ok(()) } else { Err(Self(errors)) }
    }

    /// The errors with their paths in a larger configuration.
    pub(crate) fn under(self, table: &ConfigPath) -> Self {
        let under = |error: PolicyError| PolicyError { path: error.path.under(table), ..error };
        Self(self.0.into_iter().map(under).collect())
    }

    /// The errors, sorted by path.
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

/// The lines of `Display`, because `main` and `unwrap` print an error with `Debug`.
impl fmt::Debug for PolicyErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PolicyErrors:")?;
        self.iter().try_for_each(|error| write!(f, "\n  {error}"))
    }
}

impl Error for PolicyErrors {}
