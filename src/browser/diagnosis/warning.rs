//! Warnings: non-fatal surprises.

use std::time::Duration;

use http::{HeaderName, Method};

use crate::{ByteString, browser::max_age::Seconds};

/// Something that did not end the fetch, or is not what ended it, but that somebody will wonder about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Warning {
    /// A header that scripts must not set; browsers drop it without an error.
    #[error("request header `{name}` is a forbidden request-header: browsers drop it silently")]
    ForbiddenRequestHeader {
        /// The header's name.
        name: HeaderName,
    },
    /// A header that a request with mode "no-cors" must not have; browsers drop it without an error.
    #[error(
        "request header `{name}` is dropped: mode \"no-cors\" keeps only headers that are no-CORS-safelisted"
    )]
    NoCorsHeaderDropped {
        /// The header's name.
        name: HeaderName,
    },
    /// `*` in `Access-Control-Allow-Headers` covered `Authorization`, as browsers have it and the standard does not.
    #[error(
        "`authorization` is allowed only because this browser lets `*` cover it; the standard wants it listed"
    )]
    AuthorizationCoveredByWildcard,
    /// `Access-Control-Expose-Headers` cannot be parsed, so nothing in it counts.
    #[error("Access-Control-Expose-Headers is ignored as a whole: `{token}` is not a header name")]
    ExposeHeadersInvalid {
        /// The offending element.
        token: ByteString,
    },
    /// `Access-Control-Max-Age` is no number of seconds.
    #[error("Access-Control-Max-Age `{got}` is not a number of seconds and counts as absent")]
    MaxAgeInvalid {
        /// The header's value, lines combined.
        got: ByteString,
    },
    /// `Access-Control-Max-Age` is a negative number, or none at all, and the profile caches nothing then.
    #[error("Access-Control-Max-Age `{got}` is not a number of seconds, so this browser caches nothing")]
    MaxAgeNotCached {
        /// The header's value.
        got: ByteString,
    },
    /// `Access-Control-Max-Age` is more than the user agent takes.
    #[error(
        "Access-Control-Max-Age is {}, but this browser caches permissions for at most {}",
        Seconds(Duration::from_secs(*.seconds)),
        Seconds(Duration::from_secs(*.limit))
    )]
    MaxAgeClamped {
        /// What the server said.
        seconds: u64,
        /// The imposed limit.
        limit: u64,
    },
    /// `Access-Control-Allow-Methods` has the method in another case.
    #[error(
        "methods are case-sensitive: the request's method is `{method}`, Access-Control-Allow-Methods has `{listed}`"
    )]
    MethodCaseMismatch {
        /// The request's method.
        method: Method,
        /// What the list has instead.
        listed: ByteString,
    },
    /// `Access-Control-Allow-Origin` would be right but for a slash at its end.
    #[error("Access-Control-Allow-Origin is `{got}`: an origin has no slash at its end")]
    AllowOriginTrailingSlash {
        /// The value.
        got: ByteString,
    },
    /// `Access-Control-Allow-Credentials` beside `Access-Control-Allow-Origin: *`.
    #[error("Access-Control-Allow-Credentials does nothing beside `Access-Control-Allow-Origin: *`")]
    AllowCredentialsIgnored,
    /// A `*` that does not count because the credentials mode is "include".
    #[error("the `*` in `{header}` does not count when the credentials mode is \"include\"")]
    WildcardIgnoredWithCredentials {
        /// The header it stands in.
        header: HeaderName,
    },
}

variant_names! {
    /// The variant's name, as it stands in verdicts.
    pub fn name of Warning {
        ForbiddenRequestHeader,
        NoCorsHeaderDropped,
        AuthorizationCoveredByWildcard,
        ExposeHeadersInvalid,
        MaxAgeInvalid,
        MaxAgeNotCached,
        MaxAgeClamped,
        MethodCaseMismatch,
        AllowOriginTrailingSlash,
        AllowCredentialsIgnored,
        WildcardIgnoredWithCredentials,
    }
}
