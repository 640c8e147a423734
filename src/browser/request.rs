//! A [request](https://fetch.spec.whatwg.org/#concept-request): what a page asks for, before anything is decided.

use std::fmt;

use http::Method;
use url::Url;

use crate::{
    ByteString,
    browser::{
        diagnosis::Warning,
        embedder_policy::EmbedderPolicy,
        modes::{Body, CredentialsMode, Initiator, Mode, RedirectMode},
        page::{Page, PartitionKey},
        referrer_policy::ReferrerPolicy,
        url_credentials::PrivateUrl,
    },
    header_list::HeaderList,
    origin::Origin,
};

/// The type that only `URLSearchParams` bring.
pub(crate) const FORM_CONTENT_TYPE: &[u8] = b"application/x-www-form-urlencoded;charset=UTF-8";

/// How an initiator made a request, for engines that do some of its steps differently: see `engines/construction.rs`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Construction {
    /// The initiator; `None` for a request that was made by hand.
    pub(crate) initiator: Option<Initiator>,
    /// The type of the body that the initiator was given, whatever became of body and type.
    pub(crate) body_type: Option<ByteString>,
    /// Whether the `Content-Type` is one that the body brought to an `XMLHttpRequest`.
    pub(crate) has_type_of_body: bool,
    /// The `Content-Type` as the page set it, if `send()` may change its charset.
    pub(crate) author_type_of_text: Option<ByteString>,
}

/// A [request](https://fetch.spec.whatwg.org/#concept-request), ready to be fetched by a
/// [`UserAgent`](crate::browser::UserAgent).
///
/// Make one with a method of a [`Page`]: [`fetch`](crate::browser::Page::fetch),
/// [`xml_http_request`](crate::browser::Page::xml_http_request), [`element`](crate::browser::Page::element) refuse what
/// they refuse in a browser; [`Request::new`] takes it exactly as described, with the unsafe-request flag set.
///
/// ```
/// use crossorigin::browser::{Mode, Page, Request};
/// use crossorigin::http::Method;
/// let page = Page::new("https://app.example/")?;
/// let mut request = Request::new(&page, Method::PUT, "https://api.example/items/7".parse()?);
/// request.mode = Mode::Cors;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Request {
    /// The method, as it goes out: initiators normalize it, this field is not normalised again.
    pub method: Method,
    /// The URL, fragment included.
    pub url: Url,
    /// The author's header list. What the protocol adds (`Origin` and the like) is never in it. The user agent's own
    /// `Accept-Language`, and an `Accept` other than `*/*`, belong here if they are to count where the safelisted values are
    /// [nearly too long](crate::request_header::CORS_SAFELISTED_TOTAL_LIMIT) together.
    pub headers: HeaderList,
    /// The origin of the page.
    pub origin: Origin,
    /// The mode.
    pub mode: Mode,
    /// The credentials mode.
    pub credentials: CredentialsMode,
    /// The redirect mode.
    pub redirect: RedirectMode,
    /// What kind of body there is.
    pub body: Body,
    /// The referrer policy, never the empty string: the page's stands in for it.
    pub referrer_policy: ReferrerPolicy,
    /// The embedder policy of the page, its client's policy container.
    pub embedder_policy: EmbedderPolicy,
    /// The [unsafe-request flag](https://fetch.spec.whatwg.org/#unsafe-request-flag): the request may be one that needs
    /// a preflight. Set for scripts, unset for elements.
    pub unsafe_request: bool,
    /// The [use-CORS-preflight flag](https://fetch.spec.whatwg.org/#use-cors-preflight-flag): a preflight whatever the
    /// method and the headers are. Set for upload listeners and stream bodies.
    pub use_cors_preflight: bool,
    /// The network partition key of its client.
    pub partition: Option<PartitionKey>,
    /// What its initiator noticed.
    pub warnings: Vec<Warning>,
    /// How an initiator made it.
    pub(crate) construction: Construction,
}

/// Shows no user name and no password of the URL.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &PrivateUrl(self.url.clone()))
            .field("headers", &self.headers)
            .field("origin", &self.origin)
            .field("mode", &self.mode)
            .field("credentials", &self.credentials)
            .field("redirect", &self.redirect)
            .field("body", &self.body)
            .field("referrer_policy", &self.referrer_policy)
            .field("embedder_policy", &self.embedder_policy)
            .field("unsafe_request", &self.unsafe_request)
            .field("use_cors_preflight", &self.use_cors_preflight)
            .field("partition", &self.partition)
            .field("warnings", &self.warnings)
            .finish_non_exhaustive()
    }
}

impl Request {
    /// A request of a page, exactly as described, with the unsafe-request flag set, mode "cors",
    /// credentials mode "same-origin", redirect mode "follow", and no body. Change the fields as needed.
    #[must_use]
    pub fn new(page: &Page, method: Method, url: Url) -> Self {
        Self {
            method,
            url,
            headers: HeaderList::new(),
            // Fetch, step 4: populate it from its client.
            origin: page.origin().clone(),
            mode: Mode::default(),
            credentials: CredentialsMode::default(),
            redirect: RedirectMode::default(),
            body: Body::default(),
            // Main fetch, step 8: the page's referrer policy stands in for the empty string.
            referrer_policy: page.referrer_policy(),
            embedder_policy: page.embedder_policy(),
            unsafe_request: true,
            use_cors_preflight: false,
            // Determine the network partition key of a request, step 2: that of its client.
            partition: page.partition().cloned(),
            warnings: Vec::new(),
            construction: Construction::default(),
        }
    }
}
