//! A request's [referrer](https://fetch.spec.whatwg.org/#concept-request-referrer), and the URLs of its
//! client.

use std::{fmt, sync::Arc};

use url::Url;

use crate::browser::url_credentials::{PrivateUrl, without_credentials};

/// A request's [referrer](https://fetch.spec.whatwg.org/#concept-request-referrer): the URL from which
/// [`OutgoingRequest::referrer`](crate::browser::OutgoingRequest::referrer) is made.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Referrer {
    /// `"client"`: the URL of the page.
    #[default]
    Client,
    /// `"no-referrer"`: no URL.
    NoReferrer,
    /// This URL, for instance that of a style sheet whose image is requested.
    Url(Url),
}

/// Shows no user name and no password.
impl fmt::Debug for Referrer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Client => f.write_str("Client"),
            Self::NoReferrer => f.write_str("NoReferrer"),
            Self::Url(url) => f.debug_tuple("Url").field(&without_credentials(url.clone()).as_str()).finish(),
        }
    }
}

/// What a referrer is made from if it is "client".
#[derive(Debug, Clone)]
pub(crate) struct ClientUrls {
    /// The page's base URL.
    pub(crate) base: Arc<PrivateUrl>,
    /// The document's URL, if it is not the base URL.
    pub(crate) document: Option<Arc<PrivateUrl>>,
    pub(crate) has_opaque_origin: bool,
}

impl ClientUrls {
    /// The document's URL, or a worker's creation URL.
    pub(crate) fn document(&self) -> &Url {
        self.document.as_ref().unwrap_or(&self.base)
    }
}
