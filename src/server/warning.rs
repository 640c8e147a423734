//! What is strange about a configuration, but does no harm to refuse it for.

use std::fmt;

use super::error::ConfigPath;

/// Something about a configuration that is allowed, and most likely not what was meant.
///
/// ```
/// use std::time::Duration;
/// use crossorigin::server::Policy;
///
/// let policy = Policy::builder()
///     .allow_origins(["https://*.example.com", "https://app.example.com"])
///     .max_age(Duration::from_secs(1_728_000))
///     .build()?;
/// let warnings: Vec<_> = policy.warnings().iter().map(|warning| warning.path.to_string()).collect();
/// assert_eq!(warnings, ["max_age", "origins[1]"]);
/// # Ok::<(), crossorigin::server::PolicyErrors>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyWarning {
    /// Where it stands.
    pub path: ConfigPath,
    /// What is strange about it.
    pub kind: PolicyWarningKind,
}

/// What is strange about one place of a configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyWarningKind {
    /// Any request-header but `authorization`, without credentials.
    #[error(
        "by the standard `*` does not cover `authorization`, so a preflight that asks for it is refused; list it \
         beside `*` if pages may send it"
    )]
    AuthorizationNotCovered,
    /// An IP address, and credentials: addresses change hands.
    #[error("credentials are shared with whoever holds this address, today and later")]
    CredentialsForAddress,
    /// Refused preflights are answered for development.
    #[error("the development switch is on: refused preflights are answered as if they were not")]
    Development,
    /// Another element covers this one, and it is left out.
    #[error("`{by}` covers it already")]
    Covered {
        /// The other element.
        by: String,
    },
    /// More than any browser keeps an answer.
    #[error("browsers keep the answer to a preflight for a day at most, most of them for less")]
    MaxAgeAboveEveryCap,
    /// A method in a case that a page which means the usual one sends differently.
    #[error("methods are case-sensitive, and this one is not `{usual}`, which is probably meant")]
    MethodCase {
        /// The method in upper case.
        usual: String,
    },
    /// A dangerous switch that changes nothing in this policy.
    #[error("this allows nothing that the policy would not allow without it")]
    NeedlessDanger,
    /// Private network access was given up.
    #[error(
        "browsers have replaced private network access by a permission prompt; the header does nothing there"
    )]
    PrivateNetworkIsLegacy,
    /// Private network access from anywhere.
    #[error("any site that a visitor opens may reach into the private network")]
    PrivateNetworkForAnyOrigin,
    /// All subdomains of a public suffix, without credentials.
    #[error("anybody can register a name under `{suffix}`")]
    PublicSuffix {
        /// The public suffix.
        suffix: String,
    },
    /// `GET`, `HEAD` and `POST` are always allowed.
    #[error("this method is always allowed and need not be listed")]
    SafelistedMethod,
    /// The header is always visible.
    #[error("pages see this header anyway; it need not be listed")]
    SafelistedResponseHeader,
    /// No page of this scheme runs in a browser.
    #[error("no page has the scheme `{scheme}`, so no browser will ever send this origin")]
    SchemeOfNoPage {
        /// The scheme.
        scheme: String,
    },
}

variant_names! {
    /// The name of the variant: a short word for programs.
    pub fn name of PolicyWarningKind {
        AuthorizationNotCovered,
        CredentialsForAddress,
        Development,
        Covered,
        MaxAgeAboveEveryCap,
        MethodCase,
        NeedlessDanger,
        PrivateNetworkIsLegacy,
        PrivateNetworkForAnyOrigin,
        PublicSuffix,
        SafelistedMethod,
        SafelistedResponseHeader,
        SchemeOfNoPage,
    }
}

impl fmt::Display for PolicyWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.kind)
    }
}
