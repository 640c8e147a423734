//! Warnings: non-fatal surprises.

mod cookie_problem;
mod fixes;

use std::time::Duration;

use http::{HeaderName, Method, StatusCode};

pub use self::cookie_problem::CookieProblem;
use super::fix::CanonicalName;
use crate::{
    ByteString,
    browser::{address_space::AddressSpace, max_age::Seconds},
};

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
    /// Found by the oracle: `Access-Control-Allow-Origin` names one origin, a cache may keep the response, and `Vary` does not name
    /// `Origin`.
    #[error(
        "Access-Control-Allow-Origin names one origin and a cache may keep the response, but Vary does not name \
         Origin: the cache may give the response to a page of another origin"
    )]
    VaryOriginMissing {
        /// The value of `Vary`, lines combined; empty if it is absent.
        vary: ByteString,
    },
    /// Found by the oracle: a cache between browser and server seems to have kept the response for another request.
    #[error(
        "the response seems to come from a cache between the browser and the server ({sign}), which kept it for {}",
        other_request(.got.as_ref())
    )]
    ResponseForOtherOrigin {
        /// The value of `Access-Control-Allow-Origin`; `None` for a response to a request without an `Origin` header.
        got: Option<ByteString>,
        /// The header that shows it.
        sign: HeaderName,
    },
    /// Found by the oracle: scripts cannot see response headers that they usually need.
    #[error(
        "scripts cannot see {}, because Access-Control-Expose-Headers does not list {}",
        listed(.names),
        if .names.len() == 1 { "it" } else { "them" }
    )]
    ResponseHeaderHidden {
        /// The names of the headers.
        names: Vec<HeaderName>,
        /// The names that are exposed.
        exposed: Vec<String>,
    },
    /// Found by the oracle: something else than the application's CORS code seems to have made the response.
    #[error("the response {}", not_from_application(*.status, *.is_html, *.after_preflight))]
    ResponseNotFromApplication {
        /// The status of the response.
        status: StatusCode,
        /// The type of the response is `text/html`.
        is_html: bool,
        /// The response to the preflight had the headers.
        after_preflight: bool,
    },
    /// Found by the oracle: browsers do not send the request, because it is mixed content.
    #[error("the page was loaded over https, so browsers do not send a request to `{url}` (mixed content){}", upgrade(*.is_upgraded))]
    MixedContent {
        /// The URL, without user name and password.
        url: String,
        /// Browsers request the `https` URL instead.
        is_upgraded: bool,
    },
    /// Found by the oracle: the page is public, and the server is on this computer or in the local network.
    #[error(
        "`{host}` is on this computer or in the local network: Chromium and Firefox ask the user before a public page may \
         reach it"
    )]
    LocalNetwork {
        /// The host of the URL.
        host: String,
    },
    /// The page is public and the server is not, but the profile has no local network access. The page's
    /// permissions have no effect.
    #[error(
        "the page is public and reaches the `{space}` address space, whatever its permissions are, because this \
         browser has no local network access; Chromium and Firefox ask the user first"
    )]
    LocalNetworkUnchecked {
        /// The address space of the server.
        space: AddressSpace,
    },
    /// Found by the oracle: browsers keep the opaque response from the element that loads it.
    #[error(
        "Chromium or Firefox keeps the opaque response from the element (opaque-response blocking): it has status {} and {}",
        .status.as_u16(),
        type_of(.content_type.as_ref())
    )]
    OpaqueResponseBlocked {
        /// The status of the response.
        status: StatusCode,
        /// The value of `Content-Type`, lines combined.
        content_type: Option<ByteString>,
    },
    /// Found by the oracle: the request includes credentials, and the server seems to miss a cookie.
    #[error(
        "the response has status {}, although credentials are included: browsers send cookies to another site only if they \
         were set with `SameSite=None; Secure`, and Safari and Firefox keep back cookies of other sites",
        .status.as_u16()
    )]
    CookieNotSent {
        /// The status: 401 or 403.
        status: StatusCode,
    },
    /// Found by the oracle: browsers do not keep a cookie.
    #[error("browsers do not keep the cookie `{name}`, because {why}")]
    CookieNotKept {
        /// The cookie's name.
        name: ByteString,
        /// The reason.
        why: CookieProblem,
    },
    /// Found by the oracle: an HTTP cache had stored the refused response for another request.
    #[error("an HTTP cache had stored this response for {}", other_request(.got.as_ref()))]
    StoredResponseRefused {
        /// The value of `Access-Control-Allow-Origin`; `None` for a response to a request without an `Origin` header.
        got: Option<ByteString>,
    },
    /// Found by the oracle: the preload of a font that no `@font-face` uses.
    #[error(
        "`@font-face` loads fonts with CORS and without credentials, and this preload is not like that: browsers load the font \
         twice"
    )]
    FontPreloadNotUsed,
    /// Found by the oracle: the server refused the handshake of a WebSocket.
    #[error(
        "the server refused the WebSocket with status {}; CORS does not apply to WebSockets, but a server may check the \
         Origin by itself",
        .status.as_u16()
    )]
    WebSocketRefused {
        /// The status: 400, 401, 403 or 404.
        status: StatusCode,
        /// The origin of the request.
        origin: String,
    },
}

fn other_request(allow_origin: Option<&ByteString>) -> String {
    match allow_origin {
        Some(got) => format!("a page of another origin, `{got}`"),
        None => "a request without an Origin header".to_owned(),
    }
}

/// Names in backticks: "`a`, `b` and `c`".
fn listed(names: &[HeaderName]) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("`{}`", CanonicalName(name))).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

fn not_from_application(status: StatusCode, is_html: bool, after_preflight: bool) -> String {
    let mut text = format!("has status {}", status.as_u16());
    if is_html {
        text += " and the type text/html";
    }
    if after_preflight {
        text += ", and the response to the preflight had the headers";
    }
    text += match is_made_elsewhere(status, is_html) {
        true => {
            ", so it was probably not made by the code that sends the CORS headers, but by an error handler, a gateway or a proxy"
        }
        false => ", so the code that sends the CORS headers did not run for this response",
    };
    text
}

/// Returns whether another program than the application probably made the response.
fn is_made_elsewhere(status: StatusCode, is_html: bool) -> bool {
    status.is_client_error() || status.is_server_error() || is_html
}

fn upgrade(is_upgraded: bool) -> &'static str {
    if is_upgraded { "; they request the https URL instead" } else { "" }
}

fn type_of(content_type: Option<&ByteString>) -> String {
    content_type.map_or("no Content-Type".to_owned(), |value| format!("the type `{value}`"))
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
        VaryOriginMissing,
        ResponseForOtherOrigin,
        ResponseHeaderHidden,
        ResponseNotFromApplication,
        MixedContent,
        LocalNetwork,
        LocalNetworkUnchecked,
        OpaqueResponseBlocked,
        CookieNotSent,
        CookieNotKept,
        StoredResponseRefused,
        FontPreloadNotUsed,
        WebSocketRefused,
    }
}
