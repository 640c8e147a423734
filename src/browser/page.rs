//! A page with its URL, origin and policies: the client of a request.

use std::fmt;
use std::sync::Arc;

use url::Url;

use crate::browser::embedder_policy::EmbedderPolicy;
use crate::browser::referrer_policy::ReferrerPolicy;
use crate::browser::url_credentials::PrivateUrl;
use crate::browser::url_origin::tuple_origin_of;
use crate::origin::{OpaqueOrigin, Origin};

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
/// let page = Page::new("https://app.example/shop/")?;
/// assert_eq!(page.origin().to_string(), "https://app.example");
///
/// let from_disk = Page::new("file:///home/me/test.html")?;
/// assert_eq!(from_disk.origin().to_string(), "null");
/// # Ok::<(), url::ParseError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Page {
    url: PrivateUrl,
    origin: Origin,
    partition: Option<PartitionKey>,
    referrer_policy: ReferrerPolicy,
    embedder_policy: EmbedderPolicy,
}

impl Page {
    /// A page at a URL. Its origin is the URL's, for a `blob:` URL that of the URL in it; where it is opaque (`file:`,
    /// `data:`), it is opaque origin number 0. Pages at `about:blank` and `about:srcdoc` have origin and base URL of the
    /// page that made them: clone that page instead. Its network partition key stands for its origin, as for a page that
    /// stands alone in its tab: an opaque one has a partition to itself.
    ///
    /// # Errors
    /// If `url` is no absolute URL.
    pub fn new(url: &str) -> Result<Self, url::ParseError> {
        let url = Url::parse(url)?;
        let origin = tuple_origin_of(&url).map_or(Origin::Opaque(OpaqueOrigin(0)), Origin::Tuple);
        Ok(Self::with_origin(url, origin))
    }

    /// A page with a base URL and an origin of its own choice: a sandboxed frame has a URL and an opaque origin, a page with
    /// a `<base>` element has another base URL than its own.
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
    #[must_use]
    pub fn partition(&self) -> Option<&PartitionKey> {
        self.partition.as_ref()
    }

    /// The page's referrer policy, which stands in where a request has none.
    #[must_use]
    pub fn referrer_policy(&self) -> ReferrerPolicy {
        self.referrer_policy
    }

    /// The page's embedder policy.
    #[must_use]
    pub fn embedder_policy(&self) -> EmbedderPolicy {
        self.embedder_policy
    }
}
