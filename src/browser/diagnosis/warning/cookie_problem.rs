//! Why browsers do not keep a cookie.

use std::fmt;

/// Why browsers do not keep a cookie of a response. Prints as the end of a sentence that begins with "because".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CookieProblem {
    /// The request does not include credentials.
    NotIncluded,
    /// The page is on another site, and the cookie has no `SameSite=None`.
    NotForOtherSites,
    /// The cookie has `SameSite=None` without `Secure`.
    NotSecure,
}

impl fmt::Display for CookieProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotIncluded => "the request does not include credentials",
            Self::NotForOtherSites => {
                "the page is on another site, and the cookie is not set with `SameSite=None`"
            }
            Self::NotSecure => "`SameSite=None` needs `Secure`",
        })
    }
}
