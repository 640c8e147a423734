//! [Mixed content](https://w3c.github.io/webappsec-mixed-content/).

use url::{Host, Url};

use crate::{
    browser::{
        destination::Destination,
        trustworthy::{is_potentially_trustworthy_origin, is_potentially_trustworthy_url},
    },
    origin::Origin,
};

/// Returns whether fetching a URL
/// [should be blocked as mixed content](https://w3c.github.io/webappsec-mixed-content/#should-block-fetch):
/// the page was loaded securely, and the URL is not
/// [potentially trustworthy](https://w3c.github.io/webappsec-secure-contexts/#is-url-trustworthy).
///
/// `clients` has the origin of the page and, for a frame, the origins of the pages around it. URLs with the
/// schemes `https` and `wss`, and URLs of this computer such as `http://localhost`, are trustworthy. A
/// navigation of a tab or window is never blocked, and has the destination [`Destination::Document`].
///
/// Chromium: with [local network access](crate::browser::Exchange::connected), it also allows URLs whose host is a
/// local IP address or a name under `.local`, and requests with the target address space `local` or `loopback`. This
/// check does not know them: a client that does as Chromium does must not call it for them.
///
/// After the response, the same check of its URL decides whether the
/// [response is blocked](https://w3c.github.io/webappsec-mixed-content/#should-block-response).
///
/// ```
/// use crossorigin::browser::{Destination, Page, checks::should_be_blocked_as_mixed_content};
/// let page = Page::new("https://app.example/")?;
/// let is_blocked = |url: &str| {
///     should_be_blocked_as_mixed_content([page.origin()], &url.parse().unwrap(), Destination::Empty)
/// };
/// assert!(is_blocked("http://api.example/"));
/// assert!(!is_blocked("https://api.example/"));
/// assert!(!is_blocked("http://localhost:3000/"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn should_be_blocked_as_mixed_content<'a>(
    clients: impl IntoIterator<Item = &'a Origin>,
    url: &Url,
    destination: Destination,
) -> bool {
    // Step 1.1: the client does not prohibit mixed security contexts. Step 1.2: the URL is potentially
    // trustworthy. Step 1.3, the user's settings, is the embedder's. Step 1.4: a top-level navigation. Step 2:
    // all others are blocked.
    prohibits_mixed_security_contexts(clients)
        && !is_potentially_trustworthy_url(url)
        && destination != Destination::Document
}

/// [Upgrades a mixed content request to a potentially trustworthy URL, if appropriate](https://w3c.github.io/webappsec-mixed-content/#upgrade-algorithm):
/// returns the URL with the scheme `https`. `None` if the URL does not change.
///
/// The destinations "image", "audio" and "video" are upgraded. Everything else that is not trustworthy is
/// blocked. The standard upgrades no image of a `srcset` attribute or a `<picture>` element: do not call this
/// function for one. `clients` is that of [`should_be_blocked_as_mixed_content`].
///
/// ```
/// use crossorigin::browser::{Destination, Page, checks::upgrade_mixed_content};
/// let page = Page::new("https://app.example/")?;
/// let upgraded = upgrade_mixed_content(
///     [page.origin()],
///     &"http://cdn.example/photo.jpg".parse()?,
///     Destination::Image,
/// );
/// assert_eq!(upgraded.unwrap().as_str(), "https://cdn.example/photo.jpg");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn upgrade_mixed_content<'a>(
    clients: impl IntoIterator<Item = &'a Origin>,
    url: &Url,
    destination: Destination,
) -> Option<Url> {
    // Step 1.1: the URL is potentially trustworthy. Step 1.2: its host is an IP address. Step 1.3: the client
    // does not prohibit mixed security contexts. Step 1.4: the destination is another one. Step 1.5, the
    // initiator "imageset", is the caller's.
    let stays = is_potentially_trustworthy_url(url)
        || matches!(url.host(), Some(Host::Ipv4(_) | Host::Ipv6(_)))
        || !prohibits_mixed_security_contexts(clients)
        || !matches!(destination, Destination::Image | Destination::Audio | Destination::Video);
    // Step 2: the scheme "http" becomes "https".
    if stays || url.scheme() != "http" {
        return None;
    }
    let mut upgraded = url.clone();
    upgraded.set_scheme("https").expect("`http` and `https` are both special schemes");
    Some(upgraded)
}

/// [Does settings prohibit mixed security contexts?](https://w3c.github.io/webappsec-mixed-content/#categorize-settings-object)
/// Its origin or that of an ancestor is potentially trustworthy.
fn prohibits_mixed_security_contexts<'a>(clients: impl IntoIterator<Item = &'a Origin>) -> bool {
    clients.into_iter().any(|origin| origin.as_tuple().is_some_and(is_potentially_trustworthy_origin))
}
