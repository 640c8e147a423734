//! The table of reasons: the step that refuses, and the names that engines have.

use super::Reason;
use crate::standard::Algorithm;

/// A row of the table.
pub(super) struct Entry {
    pub(super) algorithm: Algorithm,
    pub(super) number: &'static str,
    pub(super) chromium: Option<&'static str>,
    pub(super) firefox: Option<&'static str>,
}

/// Writes the table: a variant, the step that refuses, and the engines' names for it, or `-` if an engine has none.
macro_rules! table {
    ($($variant:ident: $algorithm:ident $number:literal, chromium $chromium:tt, firefox $firefox:tt;)+) => {
        variant_names! {
            /// The variant's name, as verdicts have it.
            pub fn name of Reason { $($variant),+ }
        }

        impl Reason {
            pub(super) fn entry(&self) -> Entry {
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
    StreamBodyNotSupported: RequestConstructor "39",
        chromium -, firefox -;
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
    ContentSecurityPolicy: MainFetch "7",
        chromium "ERR_BLOCKED_BY_CSP", firefox -;
    MixedContent: MainFetch "7",
        chromium "kMixedContent", firefox "BlockMixedActiveContent";
    BadPort: MainFetch "7",
        chromium "ERR_UNSAFE_PORT", firefox -;
    Nosniff: MainFetch "20",
        chromium "kContentType", firefox "MimeTypeMismatch2";
    MimeType: MainFetch "20",
        chromium -, firefox "BlockScriptWithWrongMimeType2";
    Integrity: MainFetch "23",
        chromium -, firefox -;
    OpaqueResponseBlocking: HttpFetch "4.3",
        chromium "ERR_BLOCKED_BY_ORB", firefox -;
    Timeout: HttpFetch "4.3",
        chromium "ERR_TIMED_OUT", firefox -;
    UnsendableRequest: HttpFetch "4.3",
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
