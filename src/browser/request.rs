//! A [request](https://fetch.spec.whatwg.org/#concept-request) before it is fetched.

use std::fmt;

use http::Method;
use url::Url;

use crate::{
    ByteString,
    browser::{
        address_space::AddressSpace,
        destination::Destination,
        diagnosis::Warning,
        embedder_policy::EmbedderPolicy,
        initiators::Initiator,
        modes::{Body, CacheMode, CredentialsMode, Mode, RedirectMode, UserInvolvement},
        page::Page,
        partition_key::PartitionKey,
        permission::ClientNetwork,
        referrer::{ClientUrls, Referrer},
        referrer_policy::ReferrerPolicy,
        url_credentials::PrivateUrl,
    },
    header_list::HeaderList,
    origin::Origin,
};

/// The `Content-Type` that only a body of `URLSearchParams` implies.
pub(crate) const FORM_CONTENT_TYPE: &[u8] = b"application/x-www-form-urlencoded;charset=UTF-8";

/// How an initiator constructed a request, for engines that construct it differently: see
/// `engines/construction.rs`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Construction {
    /// The initiator; `None` for a request that [`Request::new`] made.
    pub(crate) initiator: Option<Initiator>,
    /// The type of the body that was given to the initiator, even if the request has no body or another type.
    pub(crate) body_type: Option<ByteString>,
    /// Whether the body given to an `XMLHttpRequest` implied the `Content-Type`, because the page set none.
    pub(crate) body_implied_type: bool,
    /// The `Content-Type` as the page set it, if `send()` may change its charset.
    pub(crate) author_type_of_text: Option<ByteString>,
}

/// A [request](https://fetch.spec.whatwg.org/#concept-request) of a page, before a
/// [`UserAgent`](crate::browser::UserAgent) fetches it.
///
/// The methods [`fetch`](crate::browser::Page::fetch),
/// [`xml_http_request`](crate::browser::Page::xml_http_request) and
/// [`request`](crate::browser::Page::request) of a [`Page`] make the requests that a browser makes, and
/// return the errors that a browser throws. [`Request::new`] checks nothing. It is for requests that nothing
/// else makes.
///
/// The fields are the standard's, and may be changed until the fetch starts.
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
    /// The method as it is sent. Initiators normalize it (`put` becomes `PUT`); a fetch does not.
    pub method: Method,
    /// The URL, including its fragment.
    pub url: Url,
    /// The header list of the author. It never contains the headers that the protocol adds, such as `Origin`.
    ///
    /// Add the user agent's own `Accept-Language`, and an `Accept` other than `*/*`, if they shall count
    /// towards the
    /// [limit on the length of all safelisted values](crate::request_header::CORS_SAFELISTED_TOTAL_LIMIT).
    pub headers: HeaderList,
    /// The origin of the page.
    pub origin: Origin,
    /// The mode.
    pub mode: Mode,
    /// The credentials mode.
    pub credentials: CredentialsMode,
    /// The redirect mode.
    pub redirect: RedirectMode,
    /// The cache mode.
    pub cache: CacheMode,
    /// What the response is for.
    pub destination: Destination,
    /// The user's part in a navigation.
    pub user_involvement: UserInvolvement,
    /// The kind of body. The bytes stay with the embedder.
    pub body: Body,
    /// The referrer. Requests of style sheets and of imported modules have the URL of the style sheet or of the
    /// module.
    pub referrer: Referrer,
    /// The referrer policy. In place of the empty string, it is the page's policy.
    pub referrer_policy: ReferrerPolicy,
    /// The embedder policy of the page (of its client's policy container).
    pub embedder_policy: EmbedderPolicy,
    /// The [unsafe-request flag](https://fetch.spec.whatwg.org/#unsafe-request-flag). If it is set, an unsafe
    /// method or an unsafe header needs a preflight. Scripts set it, elements do not.
    pub unsafe_request: bool,
    /// The [use-CORS-preflight flag](https://fetch.spec.whatwg.org/#use-cors-preflight-flag). If it is set, a
    /// CORS request needs a preflight whatever its method and headers are. Upload listeners and stream bodies
    /// set it.
    pub use_cors_preflight: bool,
    /// The network partition key of the page.
    pub partition: Option<PartitionKey>,
    /// The address space in which the page expects the server: `targetAddressSpace` of `fetch()`. Only
    /// [`Profile::chromium`](crate::browser::Profile::chromium) compares it, and only if the page has an
    /// [address](crate::browser::Page::with_address).
    pub target_address_space: Option<AddressSpace>,
    /// The warnings of the initiator, such as headers that it dropped.
    pub warnings: Vec<Warning>,
    /// What local network access asks about the page.
    pub(crate) network: ClientNetwork,
    /// The URLs of the page.
    pub(crate) client: ClientUrls,
    /// How an initiator constructed the request.
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
            .field("cache", &self.cache)
            .field("destination", &self.destination)
            .field("user_involvement", &self.user_involvement)
            .field("body", &self.body)
            .field("referrer", &self.referrer)
            .field("referrer_policy", &self.referrer_policy)
            .field("embedder_policy", &self.embedder_policy)
            .field("unsafe_request", &self.unsafe_request)
            .field("use_cors_preflight", &self.use_cors_preflight)
            .field("partition", &self.partition)
            .field("target_address_space", &self.target_address_space)
            .field("warnings", &self.warnings)
            .finish_non_exhaustive()
    }
}

impl Request {
    /// Creates a request of a page, without any check. Change its fields as needed.
    ///
    /// It has mode "cors", credentials mode "same-origin", redirect mode "follow", the unsafe-request flag,
    /// and no body. Origin, network partition key and policies are the page's. The method is not normalized.
    #[must_use]
    pub fn new(page: &Page, method: Method, url: Url) -> Self {
        Self {
            method,
            url,
            headers: HeaderList::new(),
            // Fetch, step 4: populate request from client.
            origin: page.origin().clone(),
            mode: Mode::default(),
            credentials: CredentialsMode::default(),
            redirect: RedirectMode::default(),
            cache: CacheMode::default(),
            destination: Destination::default(),
            user_involvement: UserInvolvement::default(),
            body: Body::default(),
            referrer: Referrer::default(),
            // Main fetch, step 8: the page's referrer policy replaces the empty string.
            referrer_policy: page.referrer_policy(),
            embedder_policy: page.embedder_policy(),
            unsafe_request: true,
            use_cors_preflight: false,
            // Determine the network partition key of a request, step 2: that of its client.
            partition: page.partition().cloned(),
            target_address_space: None,
            warnings: Vec::new(),
            network: page.network(),
            client: page.client_urls(),
            construction: Construction::default(),
        }
    }
}
