//! Why a fetch ended in a network error: the product of this crate.

use http::{HeaderName, Method, StatusCode};

use crate::{
    ByteString,
    browser::response_head::ResponseType,
    standard::{Algorithm, StandardStep},
};

/// Why a fetch ended in a [network error](https://fetch.spec.whatwg.org/#concept-network-error).
///
/// `Display` is one sentence for a web developer. [`Reason::step`] says which step of the standard refused,
/// [`Reason::chromium`] and [`Reason::firefox`] have the names that these browsers use.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    // Main fetch.
    /// Mode "same-origin" and a cross-origin URL.
    #[error("the request has mode \"same-origin\", but its URL is cross-origin")]
    ModeSameOrigin,
    /// Mode "no-cors", a cross-origin URL, and a redirect mode other than "follow".
    #[error(
        "the request has mode \"no-cors\" and a cross-origin URL, so its redirect mode must be \"follow\""
    )]
    NoCorsRedirectModeNotFollow,
    /// A cross-origin URL whose scheme is neither `http` nor `https`.
    #[error(
        "the URL's scheme is `{scheme}`, but cross-origin requests are supported only for http and https"
    )]
    SchemeNotHttp {
        /// The URL's scheme.
        scheme: String,
    },
    /// A URL that is not fetched over HTTP, such as `blob:` or `file:`, and that the embedder did not load itself.
    #[error("the user agent cannot fetch this `{scheme}:` URL")]
    SchemeNotFetchable {
        /// The URL's scheme.
        scheme: String,
    },

    // CORS check, of responses to preflights and to actual requests.
    /// No `Access-Control-Allow-Origin`.
    #[error("the response has no Access-Control-Allow-Origin header")]
    AllowOriginMissing,
    /// Several values in `Access-Control-Allow-Origin`, in one line or in many.
    #[error(
        "Access-Control-Allow-Origin contains multiple values, `{got}`, but only one is allowed; the \
         request's Origin is `{expected}`"
    )]
    AllowOriginMultiple {
        /// The origin that the request sent.
        expected: String,
        /// The combined value.
        got: ByteString,
    },
    /// `Access-Control-Allow-Origin` is neither `*`, `null`, nor the serialization of an origin.
    #[error(
        "Access-Control-Allow-Origin is `{got}`, which is not a valid origin; the request's Origin is \
         `{expected}`"
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
    #[error("Access-Control-Allow-Origin is `*`, which is not accepted for a request with credentials")]
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
        "the response has no Access-Control-Allow-Credentials header; it must be `true` for a request \
         with credentials"
    )]
    AllowCredentialsMissing,
    /// `Access-Control-Allow-Credentials` is not exactly `true` for a request with credentials.
    #[error(
        "Access-Control-Allow-Credentials is `{got}`, but it must be `true` for a request with credentials"
    )]
    AllowCredentialsNotTrue {
        /// The combined value.
        got: ByteString,
    },

    // CORS-preflight fetch.
    /// The network gave no response to the preflight.
    #[error("the preflight received no response from the network")]
    PreflightNetworkError,
    /// The response to the preflight is a redirect. Redirects of preflights are never followed.
    #[error(
        "the response to the preflight is a redirect ({}); browsers do not follow redirects of preflights",
        .status.as_u16()
    )]
    PreflightRedirect {
        /// The redirect status.
        status: StatusCode,
        /// The `Location` header, if any.
        location: Option<ByteString>,
    },
    /// The preflight's status is not in the range 200 to 299.
    #[error(
        "the response to the preflight has status {}; it must have a status from 200 to 299",
        .status.as_u16()
    )]
    PreflightStatus {
        /// The status.
        status: StatusCode,
    },
    /// `Access-Control-Allow-Methods` is not a list of methods. This refuses every method.
    #[error("Access-Control-Allow-Methods cannot be parsed: `{token}` is not a valid method")]
    AllowMethodsInvalid {
        /// The offending element.
        token: ByteString,
    },
    /// `Access-Control-Allow-Headers` is not a list of header names. This refuses every header.
    #[error("Access-Control-Allow-Headers cannot be parsed: `{token}` is not a valid header name")]
    AllowHeadersInvalid {
        /// The offending element.
        token: ByteString,
    },
    /// The method is neither CORS-safelisted nor in `Access-Control-Allow-Methods`.
    #[error(
        "method {method} is not allowed by Access-Control-Allow-Methods in the response to the preflight{}",
        wildcard_note(*.wildcard_ignored)
    )]
    MethodNotAllowed {
        /// The request's method.
        method: Method,
        /// The header has a `*`, which is not a wildcard for a request with credentials.
        wildcard_ignored: bool,
    },
    /// A CORS-unsafe request-header name is not in `Access-Control-Allow-Headers`.
    #[error(
        "request header `{name}` is not allowed by Access-Control-Allow-Headers in the response to the \
         preflight{}",
        wildcard_note(*.wildcard_ignored)
    )]
    HeaderNotAllowed {
        /// The first name, in sorted order, that is not allowed.
        name: HeaderName,
        /// The header has a `*`, which is not a wildcard for a request with credentials.
        wildcard_ignored: bool,
    },
    /// `Authorization` is not listed by name. By the standard, `*` does not cover it.
    #[error(
        "request header `authorization` must be listed by name in Access-Control-Allow-Headers{}",
        authorization_note(*.wildcard_ignored)
    )]
    AuthorizationNeedsExplicitListing {
        /// The header has a `*`, which by the standard does not cover `Authorization`, but does in today's browsers. False if the
        /// credentials mode is "include", because `*` is not a wildcard then.
        wildcard_ignored: bool,
    },

    // HTTP fetch and HTTP-redirect fetch.
    /// A redirect with redirect mode "error".
    #[error("the response is a redirect ({}), but the redirect mode is \"error\"", .status.as_u16())]
    RedirectModeError {
        /// The redirect status.
        status: StatusCode,
    },
    /// The 21st redirect.
    #[error("the request was redirected more than 20 times")]
    TooManyRedirects,
    /// `Location` is not a URL.
    #[error("the redirect's Location header is `{location}`, which is not a valid URL")]
    LocationInvalid {
        /// The header's value.
        location: ByteString,
    },
    /// The redirect has several `Location` headers.
    #[error("the redirect has more than one Location header")]
    LocationMultiple,
    /// `Location` is a URL whose scheme is neither `http` nor `https`.
    #[error("the redirect leads to a `{scheme}:` URL, but it must lead to an http or https URL")]
    LocationSchemeNotHttp {
        /// The scheme.
        scheme: String,
    },
    /// `Location` includes a user name or a password, which this redirect must not have.
    #[error("the redirect's Location header includes a user name or password, which is not allowed")]
    LocationIncludesCredentials {
        /// The URL in `Location`, without them.
        without_credentials: String,
        /// Whether the redirect is refused for the request's response tainting, and not for the origin of its target.
        tainted: bool,
    },
    /// A redirect other than 303 after a stream was sent, which cannot be sent again.
    #[error(
        "the request's body is a stream, which cannot be sent again after a redirect ({})",
        .status.as_u16()
    )]
    BodyNotReplayable {
        /// The redirect status.
        status: StatusCode,
    },

    // The other checks.
    /// `Cross-Origin-Resource-Policy: same-origin`.
    #[error("the response has `Cross-Origin-Resource-Policy: same-origin`, but the page has another origin")]
    CorpSameOrigin,
    /// `Cross-Origin-Resource-Policy: same-site`.
    #[error(
        "the response has `Cross-Origin-Resource-Policy: same-site`, but the page is on another site, or \
         it was not loaded over https and the response was"
    )]
    CorpSameSite,
    /// No valid `Cross-Origin-Resource-Policy`, although the page's embedder policy requires one.
    #[error(
        "the response has no valid Cross-Origin-Resource-Policy header, but the page's \
         Cross-Origin-Embedder-Policy requires one"
    )]
    CorpDefaultedByCoep,
    /// A service worker gave an opaque response to a range request, and this request is not one.
    #[error(
        "the response belongs to a range request (status {}), but this request has no Range header",
        .status.as_u16()
    )]
    OpaquePartialResponse {
        /// 206 or 416.
        status: StatusCode,
    },
    /// A service worker gave a response of a type that this request does not accept.
    #[error(
        "the service worker gave a response of type \"{}\", which this request does not accept",
        .kind.as_str()
    )]
    ServiceWorkerResponseTypeNotAllowed {
        /// The response's type.
        kind: ResponseType,
    },
    /// A service worker gave a response that was redirected, and the redirect mode is not "follow".
    #[error("the service worker gave a redirected response, but the redirect mode is not \"follow\"")]
    ServiceWorkerResponseRedirected,

    // What the embedder decides.
    /// The network gave no response.
    #[error("the request received no response from the network")]
    Network,
    /// The fetch was canceled.
    #[error("the fetch was canceled")]
    Canceled,
    /// The embedder blocked a redirect.
    #[error("the user agent blocked the redirect")]
    RedirectBlocked,
    /// The embedder allows no CORS requests.
    #[error("CORS is disabled in the user agent")]
    CorsDisabledByEmbedder,
    /// The embedder could not add the `Origin` header.
    #[error("the Origin header cannot be added to the request")]
    OriginHeaderUnavailable,
    /// The embedder, or its user, does not let the page access the local network.
    #[error("the page has no permission to access the local network")]
    LocalNetworkDenied,
    /// The server is in another address space than the page said.
    #[error("the server is not in the request's target address space")]
    AddressSpaceMismatch,
}

fn wildcard_note(wildcard_ignored: bool) -> &'static str {
    if wildcard_ignored { "; `*` is not a wildcard for a request with credentials" } else { "" }
}

fn authorization_note(wildcard_ignored: bool) -> &'static str {
    if wildcard_ignored {
        "; by the standard `*` does not cover it, although browsers accept that today"
    } else {
        ""
    }
}

impl Reason {
    /// The step of the standard that refused.
    #[must_use]
    pub fn step(&self) -> StandardStep {
        let Entry { algorithm, number, .. } = self.entry();
        StandardStep::new(
            algorithm,
            match self {
                // Scheme fetch knows these schemes, and the embedder loads them.
                Self::SchemeNotFetchable { scheme } if matches!(scheme.as_str(), "blob" | "file") => "3",
                Self::LocationIncludesCredentials { tainted: true, .. } => "10",
                _ => number,
            },
        )
    }

    /// Chromium's name for it: a value of `CorsError`, of `BlockedByResponseReason`, or a network error code. `None` if
    /// Chromium has no name for it. [`NetworkError::chromium`](crate::browser::NetworkError::chromium) knows the names for
    /// responses to preflights.
    #[must_use]
    pub fn chromium(&self) -> Option<&'static str> {
        self.entry().chromium
    }

    /// The key of Firefox's console message (`security.properties`). `None` if Firefox has no message for it.
    #[must_use]
    pub fn firefox(&self) -> Option<&'static str> {
        self.entry().firefox
    }
}

/// What the table at the end of this file has about a variant of [`Reason`].
struct Entry {
    algorithm: Algorithm,
    number: &'static str,
    chromium: Option<&'static str>,
    firefox: Option<&'static str>,
}

/// Writes the table: a variant, the step that refuses, and the engines' names for it, or `-` if an engine has none.
macro_rules! table {
    ($($variant:ident: $algorithm:ident $number:literal, chromium $chromium:tt, firefox $firefox:tt;)+) => {
        variant_names! {
            /// The variant's name, as verdicts have it.
            pub fn name of Reason { $($variant),+ }
        }

        impl Reason {
            fn entry(&self) -> Entry {
                match self {
                    $(Self::$variant { .. } => Entry {
                        algorithm: Algorithm::$algorithm,
                        number: $number,
                        chromium: table!(@ $chromium),
                        firefox: table!(@ $firefox),
                    },)+
                }
            }
        }
    };
    (@ -) => { None };
    (@ $name:literal) => { Some($name) };
}

table! {
    ModeSameOrigin: MainFetch "12",
        chromium "kDisallowedByMode", firefox -;
    NoCorsRedirectModeNotFollow: MainFetch "12.1",
        chromium "NoCorsRedirectModeNotFollow", firefox -;
    SchemeNotHttp: MainFetch "12",
        chromium "kCorsDisabledScheme", firefox "CORSRequestNotHttp";
    SchemeNotFetchable: SchemeFetch "4",
        chromium "ERR_UNKNOWN_URL_SCHEME", firefox -;
    AllowOriginMissing: CorsCheck "2",
        chromium "kMissingAllowOriginHeader", firefox "CORSMissingAllowOrigin2";
    AllowOriginMultiple: CorsCheck "4",
        chromium "kMultipleAllowOriginValues", firefox "CORSMultipleAllowOriginNotAllowed";
    AllowOriginInvalid: CorsCheck "4",
        chromium "kInvalidAllowOriginValue", firefox "CORSAllowOriginNotMatchingOrigin";
    AllowOriginMismatch: CorsCheck "4",
        chromium "kAllowOriginMismatch", firefox "CORSAllowOriginNotMatchingOrigin";
    AllowOriginWildcardWithCredentials: CorsCheck "4",
        chromium "kWildcardOriginNotAllowed", firefox "CORSNotSupportingCredentials";
    AllowOriginNullButOriginNotNull: CorsCheck "4",
        chromium "kAllowOriginMismatch", firefox "CORSAllowOriginNotMatchingOrigin";
    AllowCredentialsMissing: CorsCheck "8",
        chromium "kInvalidAllowCredentials", firefox "CORSMissingAllowCredentials";
    AllowCredentialsNotTrue: CorsCheck "8",
        chromium "kInvalidAllowCredentials", firefox "CORSMissingAllowCredentials";
    PreflightNetworkError: CorsPreflightFetch "8",
        chromium "kInvalidResponse", firefox "CORSPreflightDidNotSucceed3";
    PreflightRedirect: CorsPreflightFetch "8",
        chromium "kPreflightDisallowedRedirect", firefox "CORSExternalRedirectNotAllowed";
    PreflightStatus: CorsPreflightFetch "8",
        chromium "kPreflightInvalidStatus", firefox "CORSPreflightDidNotSucceed3";
    AllowMethodsInvalid: CorsPreflightFetch "7.3",
        chromium "kInvalidAllowMethodsPreflightResponse", firefox "CORSInvalidAllowMethod";
    AllowHeadersInvalid: CorsPreflightFetch "7.3",
        chromium "kInvalidAllowHeadersPreflightResponse", firefox "CORSInvalidAllowHeader";
    MethodNotAllowed: CorsPreflightFetch "7.5",
        chromium "kMethodDisallowedByPreflightResponse", firefox "CORSMethodNotFound";
    HeaderNotAllowed: CorsPreflightFetch "7.7",
        chromium "kHeaderDisallowedByPreflightResponse", firefox "CORSMissingAllowHeaderFromPreflight2";
    AuthorizationNeedsExplicitListing: CorsPreflightFetch "7.6",
        chromium "kHeaderDisallowedByPreflightResponse", firefox "CORSMissingAllowHeaderFromPreflight2";
    RedirectModeError: HttpFetch "6.3.1",
        chromium "ERR_FAILED", firefox -;
    TooManyRedirects: HttpRedirectFetch "7",
        chromium "ERR_TOO_MANY_REDIRECTS", firefox -;
    LocationInvalid: HttpRedirectFetch "5",
        chromium "ERR_INVALID_REDIRECT", firefox -;
    LocationMultiple: HttpRedirectFetch "5",
        chromium "ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION", firefox -;
    LocationSchemeNotHttp: HttpRedirectFetch "6",
        chromium "ERR_UNSAFE_REDIRECT", firefox -;
    LocationIncludesCredentials: HttpRedirectFetch "9",
        chromium "kRedirectContainsCredentials", firefox "CORSExternalRedirectNotAllowed";
    BodyNotReplayable: HttpRedirectFetch "11",
        chromium "ERR_INVALID_ARGUMENT", firefox -;
    CorpSameOrigin: ResourcePolicyInternalCheck "5",
        chromium "kCorpNotSameOrigin", firefox -;
    CorpSameSite: ResourcePolicyInternalCheck "5",
        chromium "kCorpNotSameSite", firefox -;
    CorpDefaultedByCoep: ResourcePolicyInternalCheck "5",
        chromium "kCorpNotSameOriginAfterDefaultedToSameOriginByCoep", firefox -;
    OpaquePartialResponse: MainFetch "21",
        chromium -, firefox -;
    ServiceWorkerResponseTypeNotAllowed: HttpFetch "3.5.7",
        chromium -, firefox -;
    ServiceWorkerResponseRedirected: HttpFetch "3.5.7",
        chromium -, firefox -;
    Network: HttpFetch "4.3",
        chromium "ERR_FAILED", firefox "CORSDidNotSucceed2";
    Canceled: HttpNetworkOrCacheFetch "9",
        chromium "ERR_ABORTED", firefox -;
    RedirectBlocked: HttpRedirectFetch "22",
        chromium -, firefox -;
    CorsDisabledByEmbedder: HttpFetch "4.3",
        chromium -, firefox "CORSDisabled";
    OriginHeaderUnavailable: HttpNetworkOrCacheFetch "8.12",
        chromium -, firefox "CORSOriginHeaderNotAdded";
    LocalNetworkDenied: HttpFetch "4.3",
        chromium "kLocalNetworkAccessPermissionDenied", firefox -;
    AddressSpaceMismatch: HttpFetch "4.3",
        chromium "kInvalidLocalNetworkAccess", firefox -;
}
