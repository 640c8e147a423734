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

impl Reason {
    /// The step of the standard that refused.
    #[must_use]
    pub fn step(&self) -> StandardStep {
        let Entry { algorithm, number, .. } = self.entry();
        StandardStep::new(
            algorithm,
            match self {
                // The schemes that scheme fetch knows, and that are the embedder's.
                Self::SchemeNotFetchable { scheme } if matches!(scheme.as_str(), "blob" | "file") => "3",
                Self::LocationIncludesCredentials { tainted: true, .. } => "10",
                _ => number,
            },
        )
    }

    /// What Chromium calls it: a value of `CorsError`, of `BlockedByResponseReason`, or a network error code; `None` if it has
    /// no name of its own. [`NetworkError::chromium`](crate::browser::NetworkError::chromium) knows the names for responses to
    /// preflights.
    #[must_use]
    pub fn chromium(&self) -> Option<&'static str> {
        self.entry().chromium
    }

    /// The key of Firefox's console message (`security.properties`), `None` if it has none of its own.
    #[must_use]
    pub fn firefox(&self) -> Option<&'static str> {
        self.entry().firefox
    }
}

/// What is said about a variant of [`Reason`] whatever its data are.
struct Entry {
    algorithm: Algorithm,
    number: &'static str,
    chromium: Option<&'static str>,
    firefox: Option<&'static str>,
}

/// Writes the table: a variant, the step that refuses, and what the engines call it, `-` for no name of its own.
macro_rules! table {
    ($($variant:ident: $algorithm:ident $number:literal, chromium $chromium:tt, firefox $firefox:tt;)+) => {
        variant_names! {
            /// The variant's name, as it stands in verdicts.
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
