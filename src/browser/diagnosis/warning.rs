//! Warnings: non-fatal surprises.

use std::time::Duration;

use http::{HeaderName, Method};

use super::fix::CanonicalName;
use crate::{ByteString, browser::max_age::Seconds};

/// Something in a fetch that did not make it fail, but is probably a mistake or surprises people.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Warning {
    /// A header that scripts must not set. Browsers drop it without an error.
    #[error(
        "request header `{name}` is a forbidden request-header: scripts cannot set it, and browsers drop \
         it without an error"
    )]
    ForbiddenRequestHeader {
        /// The header's name.
        name: HeaderName,
    },
    /// A header that a request with mode "no-cors" must not have. Browsers drop it without an error.
    #[error(
        "request header `{name}` is dropped, because mode \"no-cors\" allows only no-CORS-safelisted \
         request-headers"
    )]
    NoCorsHeaderDropped {
        /// The header's name.
        name: HeaderName,
    },
    /// `*` in `Access-Control-Allow-Headers` covered `Authorization`. Browsers accept that, and the standard does not.
    #[error(
        "request header `authorization` is allowed only because this browser accepts `*` for it; by the \
         standard it must be listed by name in Access-Control-Allow-Headers"
    )]
    AuthorizationCoveredByWildcard,
    /// `Access-Control-Expose-Headers` cannot be parsed, so it exposes no header.
    #[error(
        "Access-Control-Expose-Headers cannot be parsed, so it exposes no header: `{token}` is not a \
         valid header name"
    )]
    ExposeHeadersInvalid {
        /// The offending element.
        token: ByteString,
    },
    /// `Access-Control-Max-Age` is not a number of seconds.
    #[error("Access-Control-Max-Age is `{got}`, which is not a number of seconds, so it is ignored")]
    MaxAgeInvalid {
        /// The header's value, lines combined.
        got: ByteString,
    },
    /// `Access-Control-Max-Age` is a negative number or not a number, and the profile caches nothing then.
    #[error(
        "Access-Control-Max-Age is `{got}`, which is not a number of seconds, so this browser does not \
         cache the preflight"
    )]
    MaxAgeNotCached {
        /// The header's value.
        got: ByteString,
    },
    /// `Access-Control-Max-Age` is above the user agent's limit.
    #[error(
        "Access-Control-Max-Age is {}, but this browser caches preflights for at most {}",
        Seconds(Duration::from_secs(*.seconds)),
        Seconds(Duration::from_secs(*.limit))
    )]
    MaxAgeClamped {
        /// The header's value, in seconds.
        seconds: u64,
        /// The limit, in seconds.
        limit: u64,
    },
    /// `Access-Control-Allow-Methods` has the method in another case.
    #[error(
        "the request's method is `{method}`, but Access-Control-Allow-Methods has `{listed}`; methods are \
         case-sensitive"
    )]
    MethodCaseMismatch {
        /// The request's method.
        method: Method,
        /// The method in the list.
        listed: ByteString,
    },
    /// `Access-Control-Allow-Origin` is the request's origin, with a slash at its end.
    #[error("Access-Control-Allow-Origin is `{got}`, but an origin does not end with a slash")]
    AllowOriginTrailingSlash {
        /// The value.
        got: ByteString,
    },
    /// `Access-Control-Allow-Credentials` together with `Access-Control-Allow-Origin: *`.
    #[error("Access-Control-Allow-Credentials has no effect together with `Access-Control-Allow-Origin: *`")]
    AllowCredentialsIgnored,
    /// A `*` that is not a wildcard because the request has credentials.
    #[error("the `*` in {} is not a wildcard for a request with credentials", CanonicalName(.header))]
    WildcardIgnoredWithCredentials {
        /// The header that has the `*`.
        header: HeaderName,
    },
}

variant_names! {
    /// The variant's name, as verdicts have it.
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
