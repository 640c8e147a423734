//! Responses as they come in, and the types that responses have.

use std::fmt;

use http::{HeaderName, StatusCode};
use url::Url;

use crate::{
    browser::url_credentials::{PrivateHeaders, PrivateUrls},
    header_list::HeaderList,
};

/// The head of a response: all that decisions need.
#[derive(Clone, PartialEq, Eq)]
pub struct ResponseHead {
    /// The status.
    pub status: StatusCode,
    /// The header lines, in order.
    pub headers: HeaderList,
}

/// Shows no user name and no password of a `Location`.
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

/// A response on its way through HTTP fetch, from the network or from a service worker.
#[derive(Clone)]
pub(crate) struct Received {
    /// The head of the internal response.
    pub(crate) head: ResponseHead,
    /// Its type, if it is a filtered response already.
    pub(crate) filtered: Option<ResponseType>,
    /// Its URL list; `None` for that of the request, which is what HTTP-network-or-cache fetch sets it to.
    pub(crate) url_list: Option<PrivateUrls>,
    /// Its CORS-exposed header-name list, which counts if it is a CORS filtered response already.
    pub(crate) cors_exposed_header_names: Vec<HeaderName>,
}

/// Shows no header: a `Location` may have a user name and a password.
impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received").field("status", &self.head.status).finish_non_exhaustive()
    }
}

impl From<ResponseHead> for Received {
    /// A response from the network.
    fn from(head: ResponseHead) -> Self {
        Self { head, filtered: None, url_list: None, cors_exposed_header_names: Vec::new() }
    }
}

impl Received {
    /// Its URL, `None` if it has none, for a request at that URL.
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
    /// `"basic"`: of the page's own origin; all but cookies is visible.
    Basic,
    /// `"cors"`: of another origin that shares it.
    Cors,
    /// `"default"`: made by a script of a service worker, and not filtered yet.
    Default,
    /// `"error"`: a network error.
    Error,
    /// `"opaque"`: of another origin, requested without CORS; nothing is visible.
    Opaque,
    /// `"opaqueredirect"`: a redirect that was not followed; nothing is visible.
    OpaqueRedirect,
}

impl ResponseType {
    /// The standard's name of the type.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Cors => "cors",
            Self::Default => "default",
            Self::Error => "error",
            Self::Opaque => "opaque",
            Self::OpaqueRedirect => "opaqueredirect",
        }
    }
}
