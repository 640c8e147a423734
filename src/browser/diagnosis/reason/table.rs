//! The table of reasons: the step that refuses, and the names and texts that engines have.

use super::Reason;
use crate::standard::Algorithm;

/// A row of the table.
pub(super) struct Entry {
    pub(super) algorithm: Algorithm,
    pub(super) number: &'static str,
    pub(super) chromium: Named,
    pub(super) firefox: Named,
    /// WebKit has no names, only texts.
    pub(super) webkit: Option<&'static str>,
}

/// What an engine has for a reason.
pub(super) struct Named {
    /// The name in its source code.
    pub(super) name: Option<&'static str>,
    /// A fragment of the text in its console; `…` stands for a gap.
    pub(super) text: Option<&'static str>,
}

impl Entry {
    /// Names and texts, each with the profile of its browser.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let Self { chromium, firefox, webkit, .. } = self;
        let chromium = [chromium.name, chromium.text].map(|text| ("chromium", text));
        let firefox = [firefox.name, firefox.text].map(|text| ("firefox", text));
        let all = chromium.into_iter().chain(firefox).chain([("webkit", *webkit)]);
        all.filter_map(|(profile, text)| Some((profile, text?)))
    }
}

/// Writes the table: a variant, the step that refuses, and the names and texts that the engines have for it. An engine that does
/// not have one of them has `-`.
macro_rules! table {
    ($(
        $variant:ident: $algorithm:ident $number:literal,
        chromium $chromium:tt $chromium_text:tt,
        firefox $firefox:tt $firefox_text:tt,
        webkit $webkit:tt;
    )+) => {
        variant_names! {
            /// The variant's name, as verdicts have it.
            pub fn name of Reason { $($variant),+ }
        }

        impl Reason {
            pub(super) fn entry(&self) -> Entry {
                match self {
                    $(Self::$variant { .. } => table!(@entry
                        $algorithm $number, $chromium $chromium_text, $firefox $firefox_text, $webkit
                    ),)+
                }
            }
        }

        /// All rows, each with the name of its variant.
        pub(super) static ROWS: &[(&str, Entry)] = &[$((
            stringify!($variant),
            table!(@entry $algorithm $number, $chromium $chromium_text, $firefox $firefox_text, $webkit),
        )),+];
    };
    (@entry $algorithm:ident $number:literal, $chromium:tt $chromium_text:tt, $firefox:tt $firefox_text:tt, $webkit:tt) => {
        Entry {
            algorithm: Algorithm::$algorithm,
            number: $number,
            chromium: Named { name: table!(@ $chromium), text: table!(@ $chromium_text) },
            firefox: Named { name: table!(@ $firefox), text: table!(@ $firefox_text) },
            webkit: table!(@ $webkit),
        }
    };
    (@ -) => { None };
    (@ $name:literal) => { Some($name) };
}

table! {
    ModeSameOrigin: MainFetch "12",
        chromium "kDisallowedByMode" "Request mode is \"same-origin\" but the URL's origin is not same as the request origin",
        firefox - -,
        webkit "Domains, protocols and ports must match";
    NoCorsRedirectModeNotFollow: MainFetch "12.1",
        chromium "NoCorsRedirectModeNotFollow" "Request mode is \"no-cors\" but the redirect mode is not \"follow\"",
        firefox - -,
        webkit -;
    SchemeNotHttp: MainFetch "12",
        chromium "kCorsDisabledScheme" "Cross origin requests are only supported for protocol schemes",
        firefox "CORSRequestNotHttp" "CORS request not http",
        webkit -;
    SchemeNotFetchable: SchemeFetch "4",
        chromium "ERR_UNKNOWN_URL_SCHEME" -,
        firefox - -,
        webkit -;
    AllowOriginMissing: CorsCheck "2",
        chromium "kMissingAllowOriginHeader" "No 'Access-Control-Allow-Origin' header is present on the requested resource",
        firefox "CORSMissingAllowOrigin2" "CORS header ‘Access-Control-Allow-Origin’ missing",
        webkit "is not allowed by Access-Control-Allow-Origin";
    AllowOriginMultiple: CorsCheck "4",
        chromium "kMultipleAllowOriginValues" "contains multiple values … but only one is allowed",
        firefox "CORSMultipleAllowOriginNotAllowed" "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed",
        webkit "Access-Control-Allow-Origin cannot contain more than one origin";
    AllowOriginInvalid: CorsCheck "4",
        chromium "kInvalidAllowOriginValue" "header contains the invalid value",
        firefox "CORSAllowOriginNotMatchingOrigin" "CORS header ‘Access-Control-Allow-Origin’ does not match",
        webkit "is not allowed by Access-Control-Allow-Origin";
    AllowOriginMismatch: CorsCheck "4",
        chromium "kAllowOriginMismatch" "that is not equal to the supplied origin",
        firefox "CORSAllowOriginNotMatchingOrigin" "CORS header ‘Access-Control-Allow-Origin’ does not match",
        webkit "is not allowed by Access-Control-Allow-Origin";
    AllowOriginWildcardWithCredentials: CorsCheck "4",
        chromium "kWildcardOriginNotAllowed" "must not be the wildcard '*' when the request's credentials mode is 'include'",
        firefox "CORSNotSupportingCredentials" "Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’",
        webkit "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true";
    AllowOriginNullButOriginNotNull: CorsCheck "4",
        chromium "kAllowOriginMismatch" "has a value 'null' that is not equal to the supplied origin",
        firefox "CORSAllowOriginNotMatchingOrigin" "CORS header ‘Access-Control-Allow-Origin’ does not match ‘null’",
        webkit "is not allowed by Access-Control-Allow-Origin";
    AllowCredentialsMissing: CorsCheck "8",
        chromium "kInvalidAllowCredentials" "'Access-Control-Allow-Credentials' header in the response is '' which must be 'true'",
        firefox "CORSMissingAllowCredentials" "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’",
        webkit "Access-Control-Allow-Credentials is not \"true\"";
    AllowCredentialsNotTrue: CorsCheck "8",
        chromium "kInvalidAllowCredentials" "'Access-Control-Allow-Credentials' header in the response is … which must be 'true'",
        firefox "CORSMissingAllowCredentials" "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’",
        webkit "Access-Control-Allow-Credentials is not \"true\"";
    PreflightNetworkError: CorsPreflightFetch "8",
        chromium "kInvalidResponse" "net::ERR_FAILED",
        firefox "CORSPreflightDidNotSucceed3" "CORS preflight response did not succeed",
        webkit "due to access control checks";
    PreflightRedirect: CorsPreflightFetch "8",
        chromium "kPreflightDisallowedRedirect" "Redirect is not allowed for a preflight request",
        firefox "CORSExternalRedirectNotAllowed" "CORS request external redirect not allowed",
        webkit "Preflight response is not successful";
    PreflightStatus: CorsPreflightFetch "8",
        chromium "kPreflightInvalidStatus" "It does not have HTTP ok status",
        firefox "CORSPreflightDidNotSucceed3" "CORS preflight response did not succeed",
        webkit "Preflight response is not successful";
    AllowMethodsInvalid: CorsPreflightFetch "7.3",
        chromium "kInvalidAllowMethodsPreflightResponse" "Cannot parse Access-Control-Allow-Methods response header field in preflight response",
        firefox "CORSInvalidAllowMethod" "invalid token … in CORS header ‘Access-Control-Allow-Methods’",
        webkit "Header Access-Control-Allow-Methods has an invalid value";
    AllowHeadersInvalid: CorsPreflightFetch "7.3",
        chromium "kInvalidAllowHeadersPreflightResponse" "Cannot parse Access-Control-Allow-Headers response header field in preflight response",
        firefox "CORSInvalidAllowHeader" "invalid token … in CORS header ‘Access-Control-Allow-Headers’",
        webkit "Header Access-Control-Allow-Headers has an invalid value";
    MethodNotAllowed: CorsPreflightFetch "7.5",
        chromium "kMethodDisallowedByPreflightResponse" "is not allowed by Access-Control-Allow-Methods in preflight response",
        firefox "CORSMethodNotFound" "Did not find method in CORS header ‘Access-Control-Allow-Methods’",
        webkit "is not allowed by Access-Control-Allow-Methods";
    HeaderNotAllowed: CorsPreflightFetch "7.7",
        chromium "kHeaderDisallowedByPreflightResponse" "is not allowed by Access-Control-Allow-Headers in preflight response",
        firefox "CORSMissingAllowHeaderFromPreflight2" "is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response",
        webkit "is not allowed by Access-Control-Allow-Headers";
    AuthorizationNeedsExplicitListing: CorsPreflightFetch "7.6",
        chromium "kHeaderDisallowedByPreflightResponse" "Request header field authorization is not allowed by Access-Control-Allow-Headers",
        firefox "CORSMissingAllowHeaderFromPreflight2" "header ‘authorization’ is not allowed according to header ‘Access-Control-Allow-Headers’",
        webkit "Request header field authorization is not allowed by Access-Control-Allow-Headers";
    RedirectModeError: HttpFetch "6.3.1",
        chromium "ERR_FAILED" -,
        firefox - -,
        webkit "Not allowed to follow a redirection while loading";
    TooManyRedirects: HttpRedirectFetch "7",
        chromium "ERR_TOO_MANY_REDIRECTS" -,
        firefox - -,
        webkit "Load cannot follow more than 20 redirections";
    LocationInvalid: HttpRedirectFetch "5",
        chromium "ERR_INVALID_REDIRECT" -,
        firefox - -,
        webkit -;
    LocationMultiple: HttpRedirectFetch "5",
        chromium "ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION" -,
        firefox - -,
        webkit -;
    LocationSchemeNotHttp: HttpRedirectFetch "6",
        chromium "ERR_UNSAFE_REDIRECT" -,
        firefox - -,
        webkit "not allowed to follow a cross-origin CORS redirection with non CORS scheme";
    LocationIncludesCredentials: HttpRedirectFetch "9",
        chromium "kRedirectContainsCredentials" "contains a username and password, which is disallowed for cross-origin requests",
        firefox "CORSExternalRedirectNotAllowed" "CORS request external redirect not allowed",
        webkit "redirection URL … has credentials";
    StreamBodyNotSupported: RequestConstructor "39",
        chromium - -,
        firefox - -,
        webkit -;
    BodyNotReplayable: HttpRedirectFetch "11",
        chromium "ERR_INVALID_ARGUMENT" -,
        firefox - -,
        webkit -;
    CorpSameOrigin: ResourcePolicyInternalCheck "5",
        chromium "kCorpNotSameOrigin" "net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin",
        firefox - -,
        webkit "violates the resource's Cross-Origin-Resource-Policy response header";
    CorpSameSite: ResourcePolicyInternalCheck "5",
        chromium "kCorpNotSameSite" "net::ERR_BLOCKED_BY_RESPONSE.NotSameSite",
        firefox - -,
        webkit "violates the resource's Cross-Origin-Resource-Policy response header";
    CorpDefaultedByCoep: ResourcePolicyInternalCheck "5",
        chromium "kCorpNotSameOriginAfterDefaultedToSameOriginByCoep" "net::ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep",
        firefox - -,
        webkit "violates the resource's Cross-Origin-Resource-Policy response header";
    OpaquePartialResponse: MainFetch "21",
        chromium - -,
        firefox - -,
        webkit -;
    ServiceWorkerResponseTypeNotAllowed: HttpFetch "3.5.7",
        chromium - -,
        firefox - -,
        webkit -;
    ServiceWorkerResponseRedirected: HttpFetch "3.5.7",
        chromium - -,
        firefox - -,
        webkit -;
    Network: HttpFetch "4.3",
        chromium "ERR_FAILED" -,
        firefox "CORSDidNotSucceed2" "CORS request did not succeed",
        webkit "due to access control checks";
    Canceled: HttpNetworkOrCacheFetch "9",
        chromium "ERR_ABORTED" -,
        firefox - -,
        webkit "due to access control checks";
    RedirectBlocked: HttpRedirectFetch "22",
        chromium - -,
        firefox - -,
        webkit -;
    ContentSecurityPolicy: MainFetch "7",
        chromium "ERR_BLOCKED_BY_CSP" "because it violates the document's Content Security Policy",
        firefox - -,
        webkit -;
    IntegrityPolicy: MainFetch "7",
        chromium - -,
        firefox - -,
        webkit -;
    MixedContent: MainFetch "7",
        chromium "kMixedContent" "but requested an insecure resource",
        firefox "BlockMixedActiveContent" "Blocked loading mixed active content",
        webkit "insecure content from";
    BadPort: MainFetch "7",
        chromium "ERR_UNSAFE_PORT" -,
        firefox - -,
        webkit "Not allowed to use restricted network port";
    Nosniff: MainFetch "20",
        chromium "kContentType" "and strict MIME type checking is enabled",
        firefox "MimeTypeMismatch2" "was blocked due to MIME type … mismatch (X-Content-Type-Options: nosniff)",
        webkit -;
    MimeType: MainFetch "20",
        chromium - -,
        firefox "BlockScriptWithWrongMimeType2" "was blocked because of a disallowed MIME type",
        webkit -;
    Integrity: MainFetch "23",
        chromium - -,
        firefox - -,
        webkit -;
    OpaqueResponseBlocking: HttpFetch "4.3",
        chromium "ERR_BLOCKED_BY_ORB" "net::ERR_BLOCKED_BY_ORB",
        firefox - -,
        webkit -;
    Timeout: HttpFetch "4.3",
        chromium "ERR_TIMED_OUT" -,
        firefox - -,
        webkit -;
    UnsendableRequest: HttpFetch "4.3",
        chromium - -,
        firefox - -,
        webkit -;
    CorsDisabledByEmbedder: HttpFetch "4.3",
        chromium - -,
        firefox "CORSDisabled" "CORS disabled",
        webkit -;
    OriginHeaderUnavailable: HttpNetworkOrCacheFetch "8.12",
        chromium - -,
        firefox "CORSOriginHeaderNotAdded" "CORS header ‘Origin’ cannot be added",
        webkit -;
    NoScriptedResponse: HttpFetch "4.3",
        chromium - -,
        firefox - -,
        webkit -;
    ScriptedForOtherRequest: HttpFetch "4.3",
        chromium - -,
        firefox - -,
        webkit -;
    LocalNetworkDenied: LocalNetworkAccessCheck "5.11",
        chromium "kLocalNetworkAccessPermissionDenied" "Permission was denied for this request to access the … address space",
        firefox "LocalNetworkAccessPermissionRequired" "Local Network Access permission required: top-level site … attempting to access target",
        webkit -;
    LocalNetworkInsecureContext: LocalNetworkAccessCheck "5.2",
        chromium "kInsecureLocalNetwork" "The request client is not a secure context and the resource is in more-private address space",
        firefox - -,
        webkit -;
    AddressSpaceMismatch: LocalNetworkAccessCheck "4.2",
        chromium "kInvalidLocalNetworkAccess" "Request had a target IP address space of … yet the resource is in address space",
        firefox - -,
        webkit -;
    AddressMissing: LocalNetworkAccessCheck "1",
        chromium - -,
        firefox - -,
        webkit -;
}
