//! Network partition keys.

use std::{fmt, sync::Arc};

use crate::{
    origin::{OpaqueOrigin, Origin},
    site::{Site, Sites},
};

/// A [network partition key](https://fetch.spec.whatwg.org/#network-partition-key): the top-level site to
/// which requests and cache entries belong.
///
/// Requests with equal keys share cache entries. [`of_top_level`](Self::of_top_level) makes the key that the
/// standard describes; [`Page::new`](crate::browser::Page::new) uses it. [`new`](Self::new) makes a key for
/// an embedder with partitions of its own. It never equals the key of a site.
///
/// The profiles of Chromium and Firefox ask the key for the site of the top-level page. That decides whether a
/// page with an opaque origin, such as a sandboxed frame, sends `Origin: null` with requests that have mode
/// "no-cors" and credentials mode "include". If the key is not the key of a site, these profiles treat every
/// URL as one of that site.
///
/// ```
/// use crossorigin::browser::{Page, PartitionKey};
/// use crossorigin::site::Sites;
/// let top = Page::new("https://app.example.test:8443/")?;
/// let key = PartitionKey::of_top_level(top.origin(), Sites::default());
/// assert_eq!(key.as_str(), "https://example.test");
/// // A frame of another site belongs to the partition of the top-level page.
/// let frame = Page::new("https://ads.test/")?.with_partition(Some(key.clone()));
/// assert_ne!(key, PartitionKey::new("https://example.test"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartitionKey(Key);

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Key {
    /// The site of the top-level page.
    Site(Site),
    /// The site of a top-level page with an opaque origin, which is that origin.
    Opaque(OpaqueOrigin, Arc<str>),
    /// A key of the embedder.
    Text(Arc<str>),
}

impl PartitionKey {
    /// Creates a key of the embedder's own. Equal strings are equal keys.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Key::Text(text.into()))
    }

    /// Creates the key of a top-level page with this origin
    /// ([determine the network partition key](https://fetch.spec.whatwg.org/#determine-the-network-partition-key)).
    #[must_use]
    pub fn of_top_level(origin: &Origin, sites: Sites) -> Self {
        // Step 4: obtain a site. The site of an opaque origin is that origin. Steps 5 and 6: the second key is null.
        Self(match origin {
            Origin::Tuple(tuple) => Key::Site(sites.site_of(tuple)),
            Origin::Opaque(opaque) => Key::Opaque(*opaque, format!("opaque origin {}", opaque.0).into()),
        })
    }

    /// The key as a string: the site, such as `https://example.test`, or the string that was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Key::Site(site) => site.as_str(),
            Key::Opaque(_, text) | Key::Text(text) => text,
        }
    }

    /// The top-level site, if the key is the key of a site.
    pub(crate) fn site(&self) -> Option<&Site> {
        match &self.0 {
            Key::Site(site) => Some(site),
            Key::Opaque(..) | Key::Text(_) => None,
        }
    }
}

impl fmt::Display for PartitionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
