//! Pages: URL, origin and policies of the client of a request.

use std::sync::Arc;

use url::Url;

use crate::{
    browser::{
        address_space::{Address, AddressSpace},
        embedder_policy::EmbedderPolicy,
        partition_key::PartitionKey,
        permission::{ClientNetwork, Permission, Permissions},
        referrer::ClientUrls,
        referrer_policy::ReferrerPolicy,
        trustworthy::is_potentially_trustworthy_url,
        url_credentials::PrivateUrl,
        url_origin::tuple_origin_of,
    },
    origin::Origin,
    site::Sites,
};

/// A page, frame or worker, whose methods make requests.
///
/// It has the properties of an
/// [environment settings object](https://html.spec.whatwg.org/multipage/webappapis.html#environment-settings-object)
/// that matter for CORS: URL, origin, network partition key, referrer policy and embedder policy.
///
/// ```
/// use crossorigin::browser::Page;
/// use crossorigin::origin::{OpaqueOrigin, Origin};
/// let page = Page::new("https://app.example/shop/")?;
/// assert_eq!(page.origin().to_string(), "https://app.example");
///
/// // The origin of a file is opaque. Each page has its own.
/// let from_disk = Page::with_origin("file:///home/me/test.html".parse()?, Origin::Opaque(OpaqueOrigin(1)));
/// assert_eq!(from_disk.origin().to_string(), "null");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Page {
    url: Arc<PrivateUrl>,
    /// The document's URL, if it is not the base URL.
    document_url: Option<Arc<PrivateUrl>>,
    origin: Origin,
    partition: Option<PartitionKey>,
    referrer_policy: ReferrerPolicy,
    embedder_policy: EmbedderPolicy,
    address: Option<Address>,
    /// Whether it is a secure context; `None` if the URL decides.
    is_secure_context: Option<bool>,
    permissions: Permissions,
}

/// The reason why [`Page::new`] cannot make a page from a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidPage {
    /// The string is not an absolute URL.
    #[error(transparent)]
    Url(#[from] url::ParseError),
    /// The URL's origin is opaque, so the URL does not identify the origin: use [`Page::with_origin`].
    #[error("the URL's origin is opaque; use Page::with_origin to say which opaque origin the page has")]
    OpaqueOrigin,
}

impl Page {
    /// Creates a page from its absolute URL, with the URL's origin.
    ///
    /// The origin of a `blob:` URL is the origin of the URL in it. URLs of apps and of browsers' extensions, such
    /// as `tauri://localhost/` and `moz-extension://…/`, have tuple origins, too: the schemes `tauri`,
    /// `capacitor`, `ionic`, `chrome-extension`, `moz-extension` and `safari-web-extension`. For an app scheme of
    /// your own, use [`Page::with_origin`] with a tuple origin. The network partition key is that
    /// of the origin's site, as for the top-level page of a tab.
    ///
    /// # Errors
    /// If `url` is not an absolute URL, or if its origin is opaque (`file:`, `data:`, `about:`, unknown
    /// schemes): use [`Page::with_origin`], which takes the opaque origin.
    pub fn new(url: &str) -> Result<Self, InvalidPage> {
        Url::parse(url)?.try_into()
    }

    /// Creates a page from a base URL and an origin that may differ from the URL's.
    ///
    /// A sandboxed frame has a URL and an opaque origin. A page with a `<base>` element has the base URL of
    /// the element. A page at `about:blank` or `about:srcdoc` has the origin and the base URL of the page
    /// that made it.
    ///
    /// Two opaque origins are the same if they have the same number: give each page its own number. The
    /// network partition key is [that of a top-level page](PartitionKey::of_top_level) with this origin. For a
    /// frame, set the key of its top-level page [with `with_partition`](Self::with_partition).
    #[must_use]
    pub fn with_origin(url: Url, origin: Origin) -> Self {
        // Determine the network partition key, steps 1 to 3: the top-level origin. Here it is the page's.
        let partition = Some(PartitionKey::of_top_level(&origin, Sites::default()));
        Self {
            url: Arc::new(PrivateUrl(url)),
            document_url: None,
            origin,
            partition,
            referrer_policy: ReferrerPolicy::default(),
            embedder_policy: EmbedderPolicy::default(),
            address: None,
            is_secure_context: None,
            permissions: Permissions::default(),
        }
    }

    /// Sets the network partition key; `None` is the null key.
    #[must_use]
    pub fn with_partition(mut self, partition: Option<PartitionKey>) -> Self {
        self.partition = partition;
        self
    }

    /// Sets the URL of the document, if it differs from the base URL. The referrers of the page's requests are
    /// made from it.
    ///
    /// A document with a `<base>` element has a URL of its own. The URL of a frame without one is `about:blank`,
    /// which is no referrer, or `about:srcdoc`. The referrer of a document at `about:srcdoc` is made from the
    /// base URL, which is that of the document around it.
    ///
    /// A worker at a `data:` URL has this document URL and an opaque origin. Its base URL is then that of the
    /// page that made it: in Firefox and WebKit, the WebSockets of such a worker have the page's origin. A frame
    /// with HTML or XML at a `data:` URL keeps its opaque origin, also if a `<base>` changes its base URL.
    ///
    /// ```
    /// use crossorigin::browser::{Page, Step, Timestamp, UserAgent};
    /// let page = Page::new("https://app.example/shop/")?;
    /// let referrer = |page: &Page| {
    ///     let request = page.fetch("/x").build().unwrap();
    ///     match UserAgent::default().fetch(request, Timestamp::ZERO) {
    ///         Step::Send(exchange) => exchange.request().referrer.as_ref().map(ToString::to_string),
    ///         step => panic!("{step:?}"),
    ///     }
    /// };
    /// assert_eq!(referrer(&page).unwrap(), "https://app.example/shop/");
    /// assert_eq!(referrer(&page.with_document_url("about:blank".parse()?)), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_document_url(mut self, url: Url) -> Self {
        self.document_url = Some(Arc::new(PrivateUrl(url)));
        self
    }

    /// Sets the referrer policy, which requests without their own policy use.
    #[must_use]
    pub fn with_referrer_policy(mut self, policy: ReferrerPolicy) -> Self {
        self.referrer_policy = policy;
        self
    }

    /// Sets the embedder policy.
    #[must_use]
    pub fn with_embedder_policy(mut self, policy: EmbedderPolicy) -> Self {
        self.embedder_policy = policy;
        self
    }

    /// Sets the address that the page came from, so that
    /// [local network access](https://wicg.github.io/local-network-access/) is checked for its requests: for each of
    /// them, [`Exchange::connected`](crate::browser::Exchange::connected) must take the address of the connection.
    ///
    /// A worker has the address of its script. A page at `about:srcdoc` or a `blob:` URL has the address of the page
    /// that made it, and a file has [`AddressSpace::Loopback`]. Without an address, nothing is checked.
    #[must_use]
    pub fn with_address(mut self, address: impl Into<Address>) -> Self {
        self.address = Some(address.into());
        self
    }

    /// Sets whether the page is a
    /// [secure context](https://html.spec.whatwg.org/multipage/webappapis.html#secure-contexts).
    ///
    /// If this is not set, it is one if its URL is potentially trustworthy. A frame is a secure context only if the
    /// page around it is one, too.
    #[must_use]
    pub fn with_secure_context(mut self, is_secure: bool) -> Self {
        self.is_secure_context = Some(is_secure);
        self
    }

    /// Sets the state of the permission for an address space: `loopback-network` for [`AddressSpace::Loopback`],
    /// `local-network` for [`AddressSpace::Local`]. It is [`Permission::Prompt`] by default. Public addresses need no
    /// permission.
    ///
    /// ```
    /// use crossorigin::browser::{AddressSpace, Connected, Page, Permission, Profile, Step, Timestamp, UserAgent};
    /// let page = Page::new("https://app.example/")?.with_address(AddressSpace::Public);
    /// let page = page.with_permission(AddressSpace::Local, Permission::Denied);
    /// let mut user_agent = UserAgent::new(Profile::chromium());
    /// let request = page.fetch("https://nas.example/").build()?;
    /// let Step::Send(exchange) = user_agent.fetch(request, Timestamp::ZERO) else { panic!() };
    /// let Connected::Done(Err(error)) = exchange.connected(AddressSpace::Local, &mut user_agent) else { panic!() };
    /// assert_eq!(error.chromium().unwrap(), "kLocalNetworkAccessPermissionDenied");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_permission(mut self, space: AddressSpace, permission: Permission) -> Self {
        self.permissions.set(space, permission);
        self
    }

    /// The page's [API base URL](https://html.spec.whatwg.org/multipage/webappapis.html#api-base-url),
    /// against which relative URLs are resolved.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The page's origin.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The URLs that referrers are made from.
    pub(crate) fn client_urls(&self) -> ClientUrls {
        ClientUrls {
            base: Arc::clone(&self.url),
            document: self.document_url.clone(),
            has_opaque_origin: self.origin.as_tuple().is_none(),
        }
    }

    /// What local network access asks about the page.
    pub(crate) fn network(&self) -> ClientNetwork {
        let url = self.document_url.as_ref().unwrap_or(&self.url);
        let is_secure = self.is_secure_context.unwrap_or_else(|| is_potentially_trustworthy_url(url));
        ClientNetwork { address: self.address, is_secure_context: is_secure, permissions: self.permissions }
    }

    /// The page's network partition key.
    pub(crate) fn partition(&self) -> Option<&PartitionKey> {
        self.partition.as_ref()
    }

    /// The page's referrer policy, for requests without their own.
    pub(crate) fn referrer_policy(&self) -> ReferrerPolicy {
        self.referrer_policy
    }

    /// The page's embedder policy.
    pub(crate) fn embedder_policy(&self) -> EmbedderPolicy {
        self.embedder_policy
    }
}

/// Creates a page as [`Page::new`] does, from a URL that is parsed already.
impl TryFrom<Url> for Page {
    type Error = InvalidPage;

    fn try_from(url: Url) -> Result<Self, InvalidPage> {
        let origin = tuple_origin_of(&url).ok_or(InvalidPage::OpaqueOrigin)?;
        Ok(Self::with_origin(url, Origin::Tuple(origin)))
    }
}
