//! Why a fetch ended in a network error: the product of this crate.

mod console;
mod table;

use http::{HeaderName, Method, StatusCode};

use self::table::Entry;
use crate::{
    ByteString,
    browser::{
        address_space::AddressSpace, outgoing_request::RequestKind, permission::Permission,
        response_head::ResponseType,
    },
    standard::StandardStep,
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
    /// The body is a stream, and the engine does not send streams.
    #[error("the request's body is a stream, which this user agent does not send")]
    StreamBodyNotSupported,
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
         the response was loaded over https and the page was not"
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
    /// The page's Content Security Policy does not allow the URL.
    #[error("the page's Content Security Policy does not allow this URL")]
    ContentSecurityPolicy,
    /// The page's Integrity Policy requires integrity metadata, and the request has none.
    #[error("the page's Integrity-Policy header requires integrity metadata, and the request has none")]
    IntegrityPolicy,
    /// Mixed content: the page was loaded securely, and the URL is not secure.
    #[error("the page was loaded over https, but this URL is not secure (mixed content)")]
    MixedContent,
    /// The URL has a port that browsers block.
    #[error("the URL's port is a bad port, to which browsers send no request")]
    BadPort,
    /// `X-Content-Type-Options: nosniff`, and a MIME type that does not fit the request's destination.
    #[error(
        "the response has `X-Content-Type-Options: nosniff`, but its MIME type does not fit the request's \
         destination"
    )]
    Nosniff,
    /// A MIME type that a script must not have.
    #[error("the response to a request for a script has the MIME type of an image, audio, video or CSV")]
    MimeType,
    /// The response does not match the request's integrity metadata.
    #[error("the response does not match the hashes in the request's integrity metadata")]
    Integrity,
    /// Opaque-response blocking: the response to a request in mode "no-cors" must not reach the page.
    #[error(
        "opaque-response blocking keeps the response from the page, because it does not look like an \
         image, script, style sheet, audio or video"
    )]
    OpaqueResponseBlocking,
    /// The response took too long.
    #[error("the response did not arrive in time")]
    Timeout,
    /// The HTTP client of the embedder cannot send the request.
    #[error("the user agent's HTTP client cannot send this request")]
    UnsendableRequest,
    /// The embedder allows no CORS requests.
    #[error("the user agent is set to refuse all CORS requests")]
    CorsDisabledByEmbedder,
    /// The embedder could not add the `Origin` header.
    #[error("the Origin header cannot be added to the request")]
    OriginHeaderUnavailable,
    /// Whoever simulates the network has no response for this request.
    #[error("the list of responses has no response left for this request")]
    NoScriptedResponse,
    /// Whoever simulates the network has a response that is meant for a request of another kind.
    #[error("the next response in the list is meant for {}, but this request is not", kind(*.meant))]
    ScriptedForOtherRequest {
        /// The kind of request that the response is meant for.
        meant: RequestKind,
    },

    // Local network access.
    /// The page does not have the permission for the address space of the server.
    #[error(
        "the server is in the `{space}` address space, for which the page needs the permission `{}`; {}",
        .space.permission_name().unwrap_or_default(), denial(*.permission)
    )]
    LocalNetworkDenied {
        /// The address space of the server.
        space: AddressSpace,
        /// The state of the permission. [`Permission::Prompt`]: the user was asked, and did not grant it.
        permission: Permission,
    },
    /// The page is not a secure context, so it cannot get the permission for the address space of the server.
    #[error("the server is in the `{space}` address space, and the page is not a secure context")]
    LocalNetworkInsecureContext {
        /// The address space of the server.
        space: AddressSpace,
    },
    /// The server is in another address space than the page said.
    #[error(
        "the request has the target address space `{target}`, but the server is in the `{space}` address space"
    )]
    AddressSpaceMismatch {
        /// The address space that the page named.
        target: AddressSpace,
        /// The address space of the server.
        space: AddressSpace,
    },
    /// The embedder gave the address of the page, but not that of the connection.
    #[error("the address of the page is known, but the address of the server is not")]
    AddressMissing,
}

fn denial(permission: Permission) -> &'static str {
    match permission {
        Permission::Prompt => "the user was asked, and did not grant it",
        Permission::NotAllowed => "the element of the frame does not allow it",
        Permission::NoDocument => "a worker without a document cannot ask the user",
        Permission::Denied | Permission::Granted => "it is denied",
    }
}

fn kind(kind: RequestKind) -> &'static str {
    match kind {
        RequestKind::Preflight => "a preflight",
        RequestKind::Actual => "an actual request",
    }
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
                Self::SchemeNotFetchable { scheme }
                    if matches!(scheme.as_str(), "blob" | "data" | "file") =>
                {
                    "3"
                }
                Self::LocationIncludesCredentials { tainted: true, .. } => "10",
                Self::LocalNetworkDenied { permission: Permission::NoDocument, .. } => "5.8",
                Self::LocalNetworkDenied { permission: Permission::NotAllowed, .. } => "5.9",
                Self::LocalNetworkDenied { permission: Permission::Prompt, .. } => "5.13.2",
                _ => number,
            },
        )
    }

    /// Chromium's name for it: a value of `CorsError`, of `BlockedByResponseReason` or of `ResourceRequestBlockedReason`, or a
    /// network error code. `None` if
    /// Chromium has no name for it. [`NetworkError::chromium`](crate::browser::NetworkError::chromium) knows the names for
    /// responses to preflights.
    #[must_use]
    pub fn chromium(&self) -> Option<&'static str> {
        self.entry().chromium.name
    }

    /// The key of Firefox's console message (`security.properties`, `necko.properties`). `None` if Firefox has no message for it.
    #[must_use]
    pub fn firefox(&self) -> Option<&'static str> {
        self.entry().firefox.name
    }
}
