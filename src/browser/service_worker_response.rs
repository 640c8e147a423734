//! The response of a page's service worker.

use std::fmt;

use http::HeaderName;
use url::Url;

use crate::browser::{
    response_head::{ResponseHead, ResponseType},
    url_credentials::PrivateUrls,
};

/// What the page's service worker answered to a request.
///
/// The service worker itself is the embedder's; whether this response may be used, and what is visible of it, is not.
#[derive(Clone)]
#[non_exhaustive]
pub struct ServiceWorkerResponse {
    /// The response's type; `Default` if a script made it.
    pub kind: ResponseType,
    /// The head of the internal response.
    pub head: ResponseHead,
    /// The response's URL list; empty if a script made it. A script sees the last of them as the response's URL, and the
    /// request's where there is none; a relative `Location` is relative to it, and fails where there is none.
    pub url_list: Vec<Url>,
    /// The internal response's
    /// [CORS-exposed header-name list](https://fetch.spec.whatwg.org/#concept-response-cors-exposed-header-name-list),
    /// which says what is visible of type `Cors`: it was made when the service worker fetched the response, whose
    /// credentials mode then need not be that of this request. Where [`UserAgent::fetch`](crate::browser::UserAgent::fetch) delivered the response to the
    /// service worker, they are the names of its [`Response::headers`](crate::browser::Response::headers).
    pub cors_exposed_header_names: Vec<HeaderName>,
    /// The internal response's [range-requested flag](https://fetch.spec.whatwg.org/#concept-response-range-requested-flag).
    pub range_requested: bool,
    /// The internal response's request-includes-credentials.
    pub request_includes_credentials: bool,
}

/// Shows no user name and no password of a URL.
impl fmt::Debug for ServiceWorkerResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            kind,
            head,
            url_list,
            cors_exposed_header_names,
            range_requested,
            request_includes_credentials,
        } = self;
        f.debug_struct("ServiceWorkerResponse")
            .field("kind", kind)
            .field("head", head)
            .field("url_list", &PrivateUrls(url_list.clone()))
            .field("cors_exposed_header_names", cors_exposed_header_names)
            .field("range_requested", range_requested)
            .field("request_includes_credentials", request_includes_credentials)
            .finish()
    }
}

impl ServiceWorkerResponse {
    /// A response of that type without a URL of its own, and without exposed headers. Set the other fields as needed.
    #[must_use]
    pub fn new(kind: ResponseType, head: ResponseHead) -> Self {
        Self {
            kind,
            head,
            url_list: Vec::new(),
            cors_exposed_header_names: Vec::new(),
            range_requested: false,
            request_includes_credentials: false,
        }
    }
}
