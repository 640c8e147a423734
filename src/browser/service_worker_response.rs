//! Responses of a page's service worker.

use std::fmt;

use http::HeaderName;
use url::Url;

use crate::browser::{
    response_head::{ResponseHead, ResponseType},
    url_credentials::PrivateUrls,
};

/// The response of a page's service worker, for
/// [`UserAgent::fetch_from_service_worker`](crate::browser::UserAgent::fetch_from_service_worker).
///
/// The embedder runs the service worker. The fetch decides whether the response may be used, and what of it
/// is visible ([HTTP fetch](crate::standard::Algorithm::HttpFetch), step 3).
#[derive(Clone)]
#[non_exhaustive]
pub struct ServiceWorkerResponse {
    /// The response's type; [`ResponseType::Default`] if a script made the response.
    pub kind: ResponseType,
    /// The head of the internal response.
    pub head: ResponseHead,
    /// The response's URL list; empty if a script made the response.
    ///
    /// A page sees the last URL as the response's URL, or the request's URL if the list is empty. The last
    /// URL is also the base URL of a relative `Location`, which is an error if the list is empty.
    pub url_list: Vec<Url>,
    /// The internal response's
    /// [CORS-exposed header-name list](https://fetch.spec.whatwg.org/#concept-response-cors-exposed-header-name-list):
    /// the headers that are visible if the type is [`ResponseType::Cors`].
    ///
    /// It was made when the service worker fetched the response, maybe with another credentials mode than
    /// this request's. If [`UserAgent::fetch`](crate::browser::UserAgent::fetch) delivered the response to
    /// the service worker, use the names of its [`Response::headers`](crate::browser::Response::headers).
    pub cors_exposed_header_names: Vec<HeaderName>,
    /// The internal response's
    /// [range-requested flag](https://fetch.spec.whatwg.org/#concept-response-range-requested-flag).
    pub range_requested: bool,
    /// The internal response's
    /// [request-includes-credentials](https://fetch.spec.whatwg.org/#response-request-includes-credentials),
    /// which is true for a response that a script made.
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
    /// Creates a response with an empty URL list and no exposed headers. Change the other fields as needed.
    #[must_use]
    pub fn new(kind: ResponseType, head: ResponseHead) -> Self {
        Self {
            kind,
            head,
            url_list: Vec::new(),
            cors_exposed_header_names: Vec::new(),
            range_requested: false,
            request_includes_credentials: true,
        }
    }
}
