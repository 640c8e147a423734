//! Warnings: legal settings that are probably mistakes.

use std::fmt;

use super::config_path::ConfigPath;

/// A setting of a policy that is legal and probably a mistake.
///
/// [`Policy::warnings`](super::Policy::warnings) returns them. A server should log them when it starts. The name
/// by which [`Policy::deny_warnings`](super::Policy::deny_warnings) accepts a warning is that of its kind:
/// `warning.kind.name()`.
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
/// assert_eq!(policy.warnings()[1].kind.name(), "Covered");
/// # Ok::<(), crossorigin::server::PolicyErrors>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyWarning {
    /// The path of the setting.
    pub path: ConfigPath,
    /// Why the setting is probably a mistake.
    pub kind: PolicyWarningKind,
}

/// Why a setting is probably a mistake.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyWarningKind {
    /// Any request header is allowed without credentials, and `authorization` is not listed. By the standard
    /// `*` does not cover it. Today's browsers let `*` cover it; one that follows the standard refuses.
    #[error(
        "by the standard `*` does not cover `authorization`, although today's browsers let it; list it too, \
         so that pages can send it in every browser"
    )]
    AuthorizationNotCovered,
    /// An IP address is allowed with credentials. Addresses can change hands.
    #[error(
        "responses with credentials are shared with the pages of every server that has this address, now or later"
    )]
    CredentialsForAddress,
    /// The [development](super::PolicyBuilder::development) switch is on.
    #[error(
        "this is not for production: if the policy refuses a method or a header, the response to the \
         preflight lists what the policy allows"
    )]
    Development,
    /// Another element of the list covers this one, which is dropped.
    #[error("`{by}` already covers this")]
    Covered {
        /// The element that covers this one.
        by: String,
    },
    /// The max-age is above one day. No browser caches a preflight's response for longer.
    #[error("no browser caches a preflight for more than a day, and most browsers cache it for less")]
    MaxAgeAboveEveryCap,
    /// The method is not in upper case. Methods are case-sensitive, and a page that sends the usual one is
    /// refused.
    #[error("methods are case-sensitive; did you mean `{usual}`?")]
    MethodCase {
        /// The method in upper case.
        usual: String,
    },
    /// A `*` is part of the name of a method or header, where it has no special meaning.
    #[error(
        "`*` has no special meaning inside a name, so the policy means exactly this name; list each name, or \
         `*` alone for any"
    )]
    NameWithWildcard,
    /// A dangerous switch is on that changes nothing in this policy.
    #[error("this has no effect, because the policy allows nothing more with it")]
    NeedlessDanger,
    /// Private network access is allowed, which browsers have given up.
    #[error(
        "browsers have replaced private network access with a permission prompt, so the header has no \
         effect in them"
    )]
    PrivateNetworkIsLegacy,
    /// Private network access is allowed from any origin.
    #[error("any site that a user visits can send requests into the private network")]
    PrivateNetworkForAnyOrigin,
    /// All subdomains of a public suffix are allowed, without credentials. Anyone can register such a name.
    #[error("anyone can register a name under `{suffix}`")]
    PublicSuffix {
        /// The public suffix, such as `github.io`.
        suffix: String,
    },
    /// The method is `GET`, `HEAD` or `POST`, which are always allowed.
    #[error("this method is always allowed, so it need not be listed")]
    SafelistedMethod,
    /// Pages can always read the exposed header.
    #[error("pages can always read this header, so it need not be listed")]
    SafelistedResponseHeader,
    /// No page in a browser has this scheme.
    #[error("no page has the scheme `{scheme}`, so no browser sends this origin")]
    SchemeOfNoPage {
        /// The scheme, such as `ws`.
        scheme: String,
    },
}

variant_names! {
    /// The name of the variant, such as `MethodCase`, for programs and logs.
    pub fn name of PolicyWarningKind {
        AuthorizationNotCovered,
        CredentialsForAddress,
        Development,
        Covered,
        MaxAgeAboveEveryCap,
        MethodCase,
        NameWithWildcard,
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
