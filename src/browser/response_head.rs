//! Responses as they are received, and response types.

use std::fmt;

use http::{HeaderMap, HeaderName, StatusCode, response::Parts};
use url::Url;

use crate::{
    browser::{keywords::keywords, secrets::PrivateHeaders, url_credentials::PrivateUrls},
    header_list::HeaderList,
};

/// The head of a response: status and headers, without the body.
///
/// An `http::Response`, a reference to one, its [`Parts`], and a status with a header map convert into it.
///
/// ```
/// use crossorigin::browser::ResponseHead;
/// use crossorigin::http::{HeaderMap, Response, StatusCode};
/// let (parts, body) = Response::new("body").into_parts();
/// assert_eq!(ResponseHead::from(&parts), ResponseHead::from((StatusCode::OK, HeaderMap::new())));
/// # let _ = body;
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ResponseHead {
    /// The status.
    pub status: StatusCode,
    /// The header lines, in the order in which they were received.
    pub headers: HeaderList,
}

/// Shows no secret: no value of a cookie, and no user name and password of a `Location`.
impl fmt::Debug for ResponseHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = PrivateHeaders(self.headers.clone());
        f.debug_struct("ResponseHead").field("status", &self.status).field("headers", &headers).finish()
    }
}

impl<B> From<&http::Response<B>> for ResponseHead {
    fn from(response: &http::Response<B>) -> Self {
        Self { status: response.status(), headers: response.headers().into() }
    }
}

impl<B> From<http::Response<B>> for ResponseHead {
    fn from(response: http::Response<B>) -> Self {
        Self::from(&response)
    }
}

impl From<&Parts> for ResponseHead {
    fn from(parts: &Parts) -> Self {
        Self { status: parts.status, headers: (&parts.headers).into() }
    }
}

impl From<(StatusCode, HeaderMap)> for ResponseHead {
    fn from((status, headers): (StatusCode, HeaderMap)) -> Self {
        Self { status, headers: (&headers).into() }
    }
}

/// A response that HTTP fetch works on, from the network or from a service worker.
#[derive(Clone)]
pub(crate) struct Received {
    /// The head of the internal response.
    pub(crate) head: ResponseHead,
    /// The response's type, if it is already a filtered response.
    pub(crate) filtered: Option<ResponseType>,
    /// The response's URL list; `None` for the request's, to which HTTP-network-or-cache fetch sets it.
    pub(crate) url_list: Option<PrivateUrls>,
    /// The response's CORS-exposed header-name list. It counts if the response is already a CORS filtered
    /// response.
    pub(crate) cors_exposed_header_names: Vec<HeaderName>,
    /// The response's request-includes-credentials.
    pub(crate) request_includes_credentials: bool,
}

/// Shows no header, because a `Location` may have a user name and a password.
impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received").field("status", &self.head.status).finish_non_exhaustive()
    }
}

impl Received {
    /// A response from the network.
    pub(crate) fn from_network(head: ResponseHead, request_includes_credentials: bool) -> Self {
        Self {
            head,
            filtered: None,
            url_list: None,
            cors_exposed_header_names: Vec::new(),
            request_includes_credentials,
        }
    }

    /// The response's URL, given the request's current URL; `None` if a script made the response.
    pub(crate) fn url<'a>(&'a self, current_url: &'a Url) -> Option<&'a Url> {
        match &self.url_list {
            Some(urls) => urls.0.last(),
            None => Some(current_url),
        }
    }
}

/// The [type](https://fetch.spec.whatwg.org/#concept-response-type) of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResponseType {
    /// `"basic"`: a same-origin response. Everything is visible except `Set-Cookie`.
    Basic,
    /// `"cors"`: a cross-origin response that the server shares. Safelisted and exposed headers are visible.
    Cors,
    /// `"default"`: a response that a script of a service worker made, and that is not filtered yet.
    Default,
    /// `"error"`: a network error.
    Error,
    /// `"opaque"`: a cross-origin response to a request in mode "no-cors". Nothing is visible.
    Opaque,
    /// `"opaqueredirect"`: a redirect that was not followed, because the redirect mode is "manual". Nothing
    /// is visible except the URL.
    OpaqueRedirect,
}

keywords! {
    /// The type as scripts see it, such as `opaqueredirect`.
    ResponseType, "a response type", compared by str::eq:
    Basic = "basic",
    Cors = "cors",
    Default = "default",
    Error = "error",
    Opaque = "opaque",
    OpaqueRedirect = "opaqueredirect",
}
