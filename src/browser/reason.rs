//! Why a fetch ended in a network error: the product of this crate.

use crate::ByteString;
use crate::browser::ResponseType;
use crate::standard::{Algorithm, StandardStep};
use http::{HeaderName, Method, StatusCode};

/// Why a fetch ended in a [network error](https://fetch.spec.whatwg.org/#concept-network-error).
///
/// `Display` is one sentence for a web developer. [`Reason::step`] says which step of the standard refused,
/// [`Reason::chromium`] and [`Reason::firefox`] what those browsers call it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    // Main fetch.
    /// Mode "same-origin" and a URL of another origin.
    #[error("the request has mode \"same-origin\", but the URL is of another origin")]
    ModeSameOrigin,
    /// Mode "no-cors", a URL of another origin, and a redirect mode other than "follow".
    #[error("a request with mode \"no-cors\" to another origin must have redirect mode \"follow\"")]
    NoCorsRedirectModeNotFollow,
    /// A URL of another origin whose scheme is neither `http` nor `https`.
    #[error("the URL's scheme is `{scheme}`; the CORS protocol exists for http and https only")]
    SchemeNotHttp {
        /// The URL's scheme.
        scheme: String,
    },
    /// A URL that is not fetched over HTTP, such as `blob:` or `file:`, and which the embedder did not answer itself.
    #[error("the user agent cannot fetch this `{scheme}:` URL")]
    SchemeNotFetchable {
        /// The URL's scheme.
        scheme: String,
    },

    // CORS check, of the preflight's answer and of every other one.
    /// No `Access-Control-Allow-Origin`.
    #[error("the answer has no Access-Control-Allow-Origin header")]
    AllowOriginMissing,
    /// Several values in `Access-Control-Allow-Origin`, in one line or in many.
    #[error(
        "Access-Control-Allow-Origin is `{got}`, but only one value is allowed, and it must be `{expected}`"
    )]
    AllowOriginMultiple {
        /// The origin that the request sent.
        expected: String,
        /// The combined value.
        got: ByteString,
    },
    /// `Access-Control-Allow-Origin` is neither `*`, `null`, nor the serialization of an origin.
    #[error(
        "Access-Control-Allow-Origin is `{got}`, which is not an origin; it must be exactly `{expected}`"
    )]
    AllowOriginInvalid {
        /// The origin that the request sent.
        expected: String,
        /// The value.
        got: ByteString,
    },
    /// `Access-Control-Allow-Origin` names another origin.
    #[error("Access-Control-Allow-Origin is `{got}`, but the request's Origin is `{expected}`")]
    AllowOriginMismatch {
        /// The origin that the request sent.
        expected: String,
        /// The value.
        got: ByteString,
    },
    /// `Access-Control-Allow-Origin: *` for a request with credentials.
    #[error(
        "Access-Control-Allow-Origin is `*`, which does not count when the credentials mode is \"include\""
    )]
    AllowOriginWildcardWithCredentials {
        /// The origin that the request sent.
        expected: String,
    },
    /// `Access-Control-Allow-Origin: null` for a request whose origin is not `null`.
    #[error("Access-Control-Allow-Origin is `null`, but the request's Origin is `{expected}`")]
    AllowOriginNullButOriginNotNull {
        /// The origin that the request sent.
        expected: String,
    },
    /// No `Access-Control-Allow-Credentials` for a request with credentials.
    #[error(
        "the credentials mode is \"include\", but the answer has no Access-Control-Allow-Credentials header"
    )]
    AllowCredentialsMissing,
    /// `Access-Control-Allow-Credentials` is not exactly `true` for a request with credentials.
    #[error(
        "the credentials mode is \"include\", but Access-Control-Allow-Credentials is `{got}` and not `true`"
    )]
    AllowCredentialsNotTrue {
        /// The combined value.
        got: ByteString,
    },

    // CORS-preflight fetch.
    /// The preflight got no answer.
    #[error("the preflight got no answer from the network")]
    PreflightNetworkError,
    /// The preflight was answered with a redirect, which is never followed.
    #[error("the preflight was answered with the redirect {}, and preflights do not follow redirects", .status.as_u16())]
    PreflightRedirect {
        /// The redirect status.
        status: StatusCode,
        /// The `Location` header, if any.
        location: Option<ByteString>,
    },
    /// The preflight's status is not in the range 200 to 299.
    #[error("the preflight was answered with status {}, but it must be from 200 to 299", .status.as_u16())]
    PreflightStatus {
        /// The status.
        status: StatusCode,
    },
    /// `Access-Control-Allow-Methods` is not a list of methods; this refuses whatever the method is.
    #[error("Access-Control-Allow-Methods cannot be parsed: `{token}` is not a method")]
    AllowMethodsInvalid {
        /// The offending element.
        token: ByteString,
    },
    /// `Access-Control-Allow-Headers` is not a list of header names; this refuses whatever the headers are.
    #[error("Access-Control-Allow-Headers cannot be parsed: `{token}` is not a header name")]
    AllowHeadersInvalid {
        /// The offending element.
        token: ByteString,
    },
    /// The method is neither CORS-safelisted nor in `Access-Control-Allow-Methods`.
    #[error(
        "method {method} is not in Access-Control-Allow-Methods{}",
        wildcard_note(*.wildcard_ignored)
    )]
    MethodNotAllowed {
        /// The request's method.
        method: Method,
        /// There is a `*`, which does not count with credentials.
        wildcard_ignored: bool,
    },
    /// A CORS-unsafe request-header name is not in `Access-Control-Allow-Headers`.
    #[error(
        "request header `{name}` is not in Access-Control-Allow-Headers{}",
        wildcard_note(*.wildcard_ignored)
    )]
    HeaderNotAllowed {
        /// The first name, in sorted order, that is not allowed.
        name: HeaderName,
        /// There is a `*`, which does not count with credentials.
        wildcard_ignored: bool,
    },
    /// `Authorization` is not listed by name; by the standard `*` does not cover it.
    #[error(
        "request header `authorization` must be listed by name in Access-Control-Allow-Headers{}",
        if *.wildcard_ignored { ": by the standard `*` does not cover it, though today's browsers let it" } else { "" }
    )]
    AuthorizationNeedsExplicitListing {
        /// There is a `*`, which does not count for `Authorization` by the standard, but would in today's browsers: the
        /// credentials mode is not "include", which makes it no wildcard anywhere.
        wildcard_ignored: bool,
    },

    // HTTP fetch and HTTP-redirect fetch.
    /// A redirect with redirect mode "error".
    #[error("the answer is the redirect {}, and the redirect mode is \"error\"", .status.as_u16())]
    RedirectModeError {
        /// The redirect status.
        status: StatusCode,
    },
    /// The 21st redirect.
    #[error("this is the 21st redirect, and 20 is the limit")]
    TooManyRedirects,
    /// `Location` is no URL.
    #[error("the redirect's Location `{location}` is not a URL")]
    LocationInvalid {
        /// The header's value.
        location: ByteString,
    },
    /// There are two `Location` headers.
    #[error("the redirect has more than one Location header")]
    LocationMultiple,
    /// `Location` leads away from HTTP.
    #[error("the redirect leads to a `{scheme}:` URL, but it must be http or https")]
    LocationSchemeNotHttp {
        /// The scheme.
        scheme: String,
    },
    /// `Location` includes a user name or a password where another origin is involved.
    #[error("the redirect's Location includes a user name or password, which CORS forbids")]
    LocationIncludesCredentials {
        /// Where it would have led, without them.
        without_credentials: String,
        /// Whether it is the response tainting that refuses, and not that the target is of another origin.
        tainted: bool,
    },
    /// A redirect other than 303 after a stream was sent, which cannot be sent again.
    #[error("the body was a stream, which cannot be sent again after the redirect {}", .status.as_u16())]
    BodyNotReplayable {
        /// The redirect status.
        status: StatusCode,
    },

    // The other checks.
    /// `Cross-Origin-Resource-Policy: same-origin`.
    #[error("the answer has Cross-Origin-Resource-Policy: same-origin, and the page is of another origin")]
    CorpSameOrigin,
    /// `Cross-Origin-Resource-Policy: same-site`.
    #[error(
        "the answer has Cross-Origin-Resource-Policy: same-site, and the page is of another site or less secure"
    )]
    CorpSameSite,
    /// No usable `Cross-Origin-Resource-Policy`, and the page's embedder policy asks for one.
    #[error(
        "the answer has no valid Cross-Origin-Resource-Policy header, and the page's Cross-Origin-Embedder-Policy wants one"
    )]
    CorpDefaultedByCoep,
    /// A partial answer, kept by a service worker, to a request that asked for no range.
    #[error("the answer is a part of a resource (status {}), but the request did not ask for a range", .status.as_u16())]
    OpaquePartialResponse {
        /// 206 or 416.
        status: StatusCode,
    },
    /// A service worker gave a response of a type that this request must not see.
    #[error("the service worker answered with a response of type \"{}\", which this request does not take", .kind.as_str())]
    ServiceWorkerResponseTypeNotAllowed {
        /// The response's type.
        kind: ResponseType,
    },
    /// A service worker gave a response that was redirected, and the redirect mode is not "follow".
    #[error(
        "the service worker answered with a redirected response, but the redirect mode is not \"follow\""
    )]
    ServiceWorkerResponseRedirected,

    // What the embedder decides.
    /// The network gave no answer.
    #[error("the request got no answer from the network")]
    Network,
    /// The fetch was canceled.
    #[error("the fetch was canceled")]
    Canceled,
    /// The embedder stopped a redirect.
    #[error("the user agent does not follow this redirect")]
    RedirectBlocked,
    /// The embedder allows no CORS requests.
    #[error("CORS is switched off in this user agent")]
    CorsDisabledByEmbedder,
    /// The embedder could not add the `Origin` header.
    #[error("the Origin header could not be added to the request")]
    OriginHeaderUnavailable,
    /// The embedder, or its user, does not let the page reach the local network.
    #[error("the page may not reach the local network")]
    LocalNetworkDenied,
    /// The connection led to another address space than the page said.
    #[error("the connection led to an address space other than the announced one")]
    AddressSpaceMismatch,
}

fn wildcard_note(wildcard_ignored: bool) -> &'static str {
    if wildcard_ignored {
        ": the `*` in it does not count when the credentials mode is \"include\""
    } else {
        ""
    }
}

variant_names! {
    /// The variant's name, as it stands in verdicts.
    pub fn name of Reason {
        ModeSameOrigin,
        NoCorsRedirectModeNotFollow,
        SchemeNotHttp,
        SchemeNotFetchable,
        AllowOriginMissing,
        AllowOriginMultiple,
        AllowOriginInvalid,
        AllowOriginMismatch,
        AllowOriginWildcardWithCredentials,
        AllowOriginNullButOriginNotNull,
        AllowCredentialsMissing,
        AllowCredentialsNotTrue,
        PreflightNetworkError,
        PreflightRedirect,
        PreflightStatus,
        AllowMethodsInvalid,
        AllowHeadersInvalid,
        MethodNotAllowed,
        HeaderNotAllowed,
        AuthorizationNeedsExplicitListing,
        RedirectModeError,
        TooManyRedirects,
        LocationInvalid,
        LocationMultiple,
        LocationSchemeNotHttp,
        LocationIncludesCredentials,
        BodyNotReplayable,
        CorpSameOrigin,
        CorpSameSite,
        CorpDefaultedByCoep,
        OpaquePartialResponse,
        ServiceWorkerResponseTypeNotAllowed,
        ServiceWorkerResponseRedirected,
        Network,
        Canceled,
        RedirectBlocked,
        CorsDisabledByEmbedder,
        OriginHeaderUnavailable,
        LocalNetworkDenied,
        AddressSpaceMismatch,
    }
}

impl Reason {
    /// The step of the standard that refused.
    #[must_use]
    pub fn step(&self) -> StandardStep {
        let (algorithm, number, _, _) = self.entry();
        StandardStep::new(algorithm, number)
    }

    /// What Chromium calls it: a value of `CorsError`, of `BlockedByResponseReason`, or a network error code. `None`
    /// where it has no name of its own. [`NetworkError::chromium`](crate::browser::NetworkError::chromium) knows the names
    /// that it gives to faults in the answer to a preflight.
    #[must_use]
    pub fn chromium(&self) -> Option<&'static str> {
        self.entry().2
    }

    /// The key of Firefox's console message (`security.properties`), `None` where it has none of its own.
    #[must_use]
    pub fn firefox(&self) -> Option<&'static str> {
        self.entry().3
    }

    /// Algorithm, step, Chromium's name, Firefox's name: one row for each reason.
    #[rustfmt::skip]
    fn entry(&self) -> (Algorithm, &'static str, Option<&'static str>, Option<&'static str>) {
        use Algorithm::{CorsCheck, CorsPreflightFetch, HttpFetch, HttpNetworkOrCacheFetch, HttpRedirectFetch, MainFetch, ResourcePolicyInternalCheck, SchemeFetch};
        match self {
            Self::ModeSameOrigin => (MainFetch, "12", Some("kDisallowedByMode"), None),
            Self::NoCorsRedirectModeNotFollow => (MainFetch, "12.1", Some("NoCorsRedirectModeNotFollow"), None),
            Self::SchemeNotHttp { .. } => (MainFetch, "12", Some("kCorsDisabledScheme"), Some("CORSRequestNotHttp")),
            Self::SchemeNotFetchable { scheme } if matches!(scheme.as_str(), "blob" | "file") => (SchemeFetch, "3", Some("ERR_UNKNOWN_URL_SCHEME"), None),
            Self::SchemeNotFetchable { .. } => (SchemeFetch, "4", Some("ERR_UNKNOWN_URL_SCHEME"), None),
            Self::AllowOriginMissing => (CorsCheck, "2", Some("kMissingAllowOriginHeader"), Some("CORSMissingAllowOrigin2")),
            Self::AllowOriginMultiple { .. } => (CorsCheck, "4", Some("kMultipleAllowOriginValues"), Some("CORSMultipleAllowOriginNotAllowed")),
            Self::AllowOriginInvalid { .. } => (CorsCheck, "4", Some("kInvalidAllowOriginValue"), Some("CORSAllowOriginNotMatchingOrigin")),
            Self::AllowOriginMismatch { .. } => (CorsCheck, "4", Some("kAllowOriginMismatch"), Some("CORSAllowOriginNotMatchingOrigin")),
            Self::AllowOriginWildcardWithCredentials { .. } => (CorsCheck, "4", Some("kWildcardOriginNotAllowed"), Some("CORSNotSupportingCredentials")),
            Self::AllowOriginNullButOriginNotNull { .. } => (CorsCheck, "4", Some("kAllowOriginMismatch"), Some("CORSAllowOriginNotMatchingOrigin")),
            Self::AllowCredentialsMissing => (CorsCheck, "8", Some("kInvalidAllowCredentials"), Some("CORSMissingAllowCredentials")),
            Self::AllowCredentialsNotTrue { .. } => (CorsCheck, "8", Some("kInvalidAllowCredentials"), Some("CORSMissingAllowCredentials")),
            Self::PreflightNetworkError => (CorsPreflightFetch, "8", Some("kInvalidResponse"), Some("CORSPreflightDidNotSucceed3")),
            Self::PreflightRedirect { .. } => (CorsPreflightFetch, "8", Some("kPreflightDisallowedRedirect"), Some("CORSExternalRedirectNotAllowed")),
            Self::PreflightStatus { .. } => (CorsPreflightFetch, "8", Some("kPreflightInvalidStatus"), Some("CORSPreflightDidNotSucceed3")),
            Self::AllowMethodsInvalid { .. } => (CorsPreflightFetch, "7.3", Some("kInvalidAllowMethodsPreflightResponse"), Some("CORSInvalidAllowMethod")),
            Self::AllowHeadersInvalid { .. } => (CorsPreflightFetch, "7.3", Some("kInvalidAllowHeadersPreflightResponse"), Some("CORSInvalidAllowHeader")),
            Self::MethodNotAllowed { .. } => (CorsPreflightFetch, "7.5", Some("kMethodDisallowedByPreflightResponse"), Some("CORSMethodNotFound")),
            Self::HeaderNotAllowed { .. } => (CorsPreflightFetch, "7.7", Some("kHeaderDisallowedByPreflightResponse"), Some("CORSMissingAllowHeaderFromPreflight2")),
            Self::AuthorizationNeedsExplicitListing { .. } => (CorsPreflightFetch, "7.6", Some("kHeaderDisallowedByPreflightResponse"), Some("CORSMissingAllowHeaderFromPreflight2")),
            Self::RedirectModeError { .. } => (HttpFetch, "6.3.1", Some("ERR_FAILED"), None),
            Self::TooManyRedirects => (HttpRedirectFetch, "7", Some("ERR_TOO_MANY_REDIRECTS"), None),
            Self::LocationInvalid { .. } => (HttpRedirectFetch, "5", Some("ERR_INVALID_REDIRECT"), None),
            Self::LocationMultiple => (HttpRedirectFetch, "5", Some("ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION"), None),
            Self::LocationSchemeNotHttp { .. } => (HttpRedirectFetch, "6", Some("ERR_UNSAFE_REDIRECT"), None),
            Self::LocationIncludesCredentials { tainted: false, .. } => (HttpRedirectFetch, "9", Some("kRedirectContainsCredentials"), Some("CORSExternalRedirectNotAllowed")),
            Self::LocationIncludesCredentials { tainted: true, .. } => (HttpRedirectFetch, "10", Some("kRedirectContainsCredentials"), Some("CORSExternalRedirectNotAllowed")),
            Self::BodyNotReplayable { .. } => (HttpRedirectFetch, "11", Some("ERR_INVALID_ARGUMENT"), None),
            Self::CorpSameOrigin => (ResourcePolicyInternalCheck, "5", Some("kCorpNotSameOrigin"), None),
            Self::CorpSameSite => (ResourcePolicyInternalCheck, "5", Some("kCorpNotSameSite"), None),
            Self::CorpDefaultedByCoep => (ResourcePolicyInternalCheck, "5", Some("kCorpNotSameOriginAfterDefaultedToSameOriginByCoep"), None),
            Self::OpaquePartialResponse { .. } => (MainFetch, "21", None, None),
            Self::ServiceWorkerResponseTypeNotAllowed { .. } => (HttpFetch, "3.5.7", None, None),
            Self::ServiceWorkerResponseRedirected => (HttpFetch, "3.5.7", None, None),
            Self::Network => (HttpFetch, "4.3", Some("ERR_FAILED"), Some("CORSDidNotSucceed2")),
            Self::Canceled => (HttpNetworkOrCacheFetch, "9", Some("ERR_ABORTED"), None),
            Self::RedirectBlocked => (HttpRedirectFetch, "22", None, None),
            Self::CorsDisabledByEmbedder => (HttpFetch, "4.3", None, Some("CORSDisabled")),
            Self::OriginHeaderUnavailable => (HttpNetworkOrCacheFetch, "8.12", None, Some("CORSOriginHeaderNotAdded")),
            Self::LocalNetworkDenied => (HttpFetch, "4.3", Some("kLocalNetworkAccessPermissionDenied"), None),
            Self::AddressSpaceMismatch => (HttpFetch, "4.3", Some("kInvalidLocalNetworkAccess"), None),
        }
    }
}
