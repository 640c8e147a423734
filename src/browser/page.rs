//! A page with its URL, origin and policies: the client of a request.

use std::{fmt, sync::Arc};

use url::Url;

use crate::{
    browser::{
        embedder_policy::EmbedderPolicy, referrer_policy::ReferrerPolicy, url_credentials::PrivateUrl,
        url_origin::tuple_origin_of,
    },
    origin::{OpaqueOrigin, Origin},
};

/// A [network partition key](https://fetch.spec.whatwg.org/#network-partition-key): which top-level site a cache entry
/// belongs to. Any text; equal texts share.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartitionKey(Arc<str>);

impl PartitionKey {
    /// A key of that text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PartitionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A page: an [environment settings object](https://html.spec.whatwg.org/multipage/webappapis.html#environment-settings-object)
/// as far as CORS sees it. Its methods make requests.
///
/// ```
/// use crossorigin::browser::Page;
/// use crossorigin::origin::{OpaqueOrigin, Origin};
/// let page = Page::new("https://app.example/shop/")?;
/// assert_eq!(page.origin().to_string(), "https://app.example");
///
/// // The origin of a file is opaque, and each page has one of its own.
/// let from_disk = Page::with_origin("file:///home/me/test.html".parse()?, Origin::Opaque(OpaqueOrigin(1)));
/// assert_eq!(from_disk.origin().to_string(), "null");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Page {
    url: PrivateUrl,
    origin: Origin,
    partition: Option<PartitionKey>,
    referrer_policy: ReferrerPolicy,
    embedder_policy: EmbedderPolicy,
}

/// Why a URL does not say what page it is: see [`Page::new`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidPage {
    /// It is not an absolute URL.
    #[error(transparent)]
    Url(#[from] url::ParseError),
    /// Its origin is opaque, and each opaque origin is another.
    #[error("the URL's origin is opaque; say which opaque origin it is")]
    OpaqueOrigin,
}

impl Page {
    /// A page at a URL, with the URL's origin; of a `blob:` URL, that of the URL in it. Its network partition key stands for
    /// its origin, as for a page that stands alone in its tab.
    ///
    /// # Errors
    /// If `url` is not an absolute URL, or if its origin is opaque (`file:`, `data:`, `about:`, unknown schemes): use
    /// [`Page::with_origin`], which asks which opaque origin it is.
    pub fn new(url: &str) -> Result<Self, InvalidPage> {
        let url = Url::parse(url)?;
        let origin = tuple_origin_of(&url).ok_or(InvalidPage::OpaqueOrigin)?;
        Ok(Self::with_origin(url, Origin::Tuple(origin)))
    }

    /// A page with a base URL and an origin of its own: a sandboxed frame has a URL and an opaque origin, a page with a
    /// `<base>` element has another base URL than its own, and a page at `about:blank` or `about:srcdoc` has the origin and
    /// the base URL of the page that made it.
    ///
    /// Two opaque origins are the same if they have the same number: give each page its own. An opaque origin has a network
    /// partition to itself.
    #[must_use]
    pub fn with_origin(url: Url, origin: Origin) -> Self {
        // Determine the network partition key, steps 1 to 4: the site of the origin at the top, which if it is opaque is that
        // origin.
        let partition = Some(match &origin {
            Origin::Tuple(tuple) => PartitionKey::new(tuple.as_str()),
            Origin::Opaque(OpaqueOrigin(number)) => PartitionKey::new(&format!("opaque origin {number}")),
        });
        Self {
            url: PrivateUrl(url),
            origin,
            partition,
            referrer_policy: ReferrerPolicy::default(),
            embedder_policy: EmbedderPolicy::default(),
        }
    }

    /// The same page under another network partition key; `None` is the null key.
    #[must_use]
    pub fn with_partition(mut self, partition: Option<PartitionKey>) -> Self {
        self.partition = partition;
        self
    }

    /// The same page with a referrer policy of its own.
    #[must_use]
    pub fn with_referrer_policy(mut self, policy: ReferrerPolicy) -> Self {
        self.referrer_policy = policy;
        self
    }

    /// The same page with an embedder policy.
    #[must_use]
    pub fn with_embedder_policy(mut self, policy: EmbedderPolicy) -> Self {
        self.embedder_policy = policy;
        self
    }

    /// The page's URL, against which relative URLs resolve: its
    /// [API base URL](https://html.spec.whatwg.org/multipage/webappapis.html#api-base-url).
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The page's origin.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The page's network partition key.
    pub(crate) fn partition(&self) -> Option<&PartitionKey> {
        self.partition.as_ref()
    }

    /// The page's referrer policy, which stands in where a request has none.
    pub(crate) fn referrer_policy(&self) -> ReferrerPolicy {
        self.referrer_policy
    }

    /// The page's embedder policy.
    pub(crate) fn embedder_policy(&self) -> EmbedderPolicy {
        self.embedder_policy
    }
}
