//! Fetch metadata: the `Sec-Fetch-*` headers of a request.

use http::HeaderName;

use crate::browser::{destination::Destination, keywords::keywords, modes::Mode};

/// The [fetch metadata headers](https://w3c.github.io/webappsec-fetch-metadata/#framework) of a request that
/// goes out. They tell the server how a page uses the response.
///
/// The headers for `Storage-Access` are not among them.
///
/// ```
/// use crossorigin::browser::{Destination, FetchSite, Initiator, Page, Step, Timestamp, UserAgent};
/// let page = Page::new("https://app.example.test/")?;
/// let mut image = page.request(Initiator::Element, "https://cdn.example.test/photo.jpg").build()?;
/// image.destination = Destination::Image;
/// let step = UserAgent::default().fetch(image, Timestamp::ZERO);
/// let Step::Send(exchange) = step else { panic!("{step:?}") };
///
/// let metadata = exchange.request().fetch_metadata.unwrap();
/// assert_eq!(metadata.site, FetchSite::SameSite);
/// let lines: Vec<_> = metadata.lines().map(|(name, value)| format!("{name}: {value}")).collect();
/// assert_eq!(lines, ["sec-fetch-dest: image", "sec-fetch-mode: no-cors", "sec-fetch-site: same-site"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FetchMetadata {
    /// `Sec-Fetch-Dest`; the empty destination is sent as `empty`.
    pub destination: Destination,
    /// `Sec-Fetch-Mode`.
    pub mode: Mode,
    /// `Sec-Fetch-Site`.
    pub site: FetchSite,
    /// Whether `Sec-Fetch-User: ?1` is sent.
    pub user: bool,
    /// Whether `Sec-Fetch-Dest` is `websocket`, which is not a destination.
    pub(crate) names_web_socket: bool,
}

impl FetchMetadata {
    /// The header lines. `Sec-Fetch-User` is among them only if it is sent.
    pub fn lines(&self) -> impl Iterator<Item = (HeaderName, &'static str)> + use<> {
        let destination = match self.destination {
            _ if self.names_web_socket => "websocket",
            Destination::Empty => "empty",
            destination => destination.as_str(),
        };
        let lines = [
            ("sec-fetch-dest", destination),
            ("sec-fetch-mode", self.mode.as_str()),
            ("sec-fetch-site", self.site.as_str()),
        ];
        let user = self.user.then_some(("sec-fetch-user", "?1"));
        lines.into_iter().chain(user).map(|(name, value)| (HeaderName::from_static(name), value))
    }
}

/// The value of [`Sec-Fetch-Site`](https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-site-header):
/// how the page's origin and all URLs of the request are related.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FetchSite {
    /// `same-origin`: all URLs are of the page's origin.
    SameOrigin,
    /// `same-site`: all URLs are of the page's site.
    SameSite,
    /// `cross-site`: a URL is of another site, or the page's origin is opaque.
    CrossSite,
    /// `none`: the user caused the navigation, for instance in the address bar, and no page did.
    None,
}

keywords! {
    /// The value of the header, such as `same-site`.
    FetchSite, "a value of Sec-Fetch-Site", compared by str::eq:
    SameOrigin = "same-origin",
    SameSite = "same-site",
    CrossSite = "cross-site",
    None = "none",
}
