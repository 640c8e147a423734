use url::Url;

use crate::browser::url_credentials::{PrivateUrl, PrivateUrls};

/// A request's [URL list](https://fetch.spec.whatwg.org/#concept-request-url-list), which is never empty.
#[derive(Debug, Clone)]
pub(crate) struct UrlList {
    earlier: Vec<PrivateUrl>,
    current: PrivateUrl,
}

impl UrlList {
    pub(crate) fn new(url: Url) -> Self {
        Self { earlier: Vec::new(), current: PrivateUrl(url) }
    }

    pub(crate) fn first(&self) -> &Url {
        self.earlier.first().unwrap_or(&self.current)
    }

    pub(crate) fn current(&self) -> &Url {
        &self.current
    }

    pub(crate) fn append(&mut self, url: Url) {
        self.earlier.push(std::mem::replace(&mut self.current, PrivateUrl(url)));
    }

    pub(crate) fn redirects(&self) -> usize {
        self.earlier.len()
    }

    /// All URLs, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Url> {
        self.earlier.iter().chain(std::iter::once(&self.current)).map(|url| &url.0)
    }

    /// Each redirect: the URL that redirected, and the URL that it led to.
    pub(crate) fn steps(&self) -> impl Iterator<Item = (&Url, &Url)> {
        let targets = self.earlier.iter().skip(1).chain(std::iter::once(&self.current));
        self.earlier.iter().zip(targets).map(|(from, to)| (&from.0, &to.0))
    }

    pub(crate) fn into_urls(self) -> PrivateUrls {
        let urls = self.earlier.into_iter().chain(std::iter::once(self.current));
        PrivateUrls(urls.map(|url| url.0).collect())
    }
}
