//! The facts about the request of an exchange that an embedder needs beside what it sends.

use url::Url;

use super::Exchange;
#[cfg(all(feature = "oracle", feature = "serde"))]
use crate::browser::outgoing_request::OutgoingRequest;
use crate::{
    browser::{initiators::Initiator, state::RedirectTaint, url_credentials::without_credentials},
    origin::Origin,
};

/// Facts about the request that do not go over the network. A preflight has those of the page's request.
impl Exchange {
    /// The API or the element that made the request; `None` if [`Request::new`](crate::browser::Request::new) made it.
    #[must_use]
    pub fn initiator(&self) -> Option<Initiator> {
        self.fetch.request.initiator
    }

    /// The origin of the request, which is the page's. A redirect does not change it, but may make the
    /// `Origin` header `null`: see [`redirect_taint`](Self::redirect_taint).
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.fetch.request.origin
    }

    /// The request's [URL list](https://fetch.spec.whatwg.org/#concept-request-url-list), without user names
    /// and passwords: each URL that redirected, and last the URL of the request.
    #[must_use]
    pub fn url_list(&self) -> Vec<Url> {
        self.fetch.request.url_list.iter().cloned().map(without_credentials).collect()
    }

    /// Returns whether the HTTP cache may give this request a response to the other one, as far as credentials matter.
    #[cfg(all(feature = "oracle", feature = "serde"))]
    pub(crate) fn shares_http_cache_with(&self, other: &OutgoingRequest) -> bool {
        self.fetch.engine.shares_http_cache(&self.request, other)
    }

    /// Returns whether the HTTP cache stores a response that the CORS check refuses.
    #[cfg(all(feature = "oracle", feature = "serde"))]
    pub(crate) fn stores_refused_responses(&self) -> bool {
        self.fetch.engine.stores_refused_responses()
    }

    /// The request's redirect-taint. Cookies with `SameSite` depend on it, for instance.
    ///
    /// ```
    /// use crossorigin::browser::{Initiator, Page, RedirectTaint, Step, Timestamp, UserAgent};
    /// use crossorigin::http::Response;
    /// let mut user_agent = UserAgent::default();
    /// let request = Page::new("https://app.example.test/")?.request(Initiator::Element, "https://cdn.example.test/a.png").build()?;
    /// let Step::Send(exchange) = user_agent.fetch(request, Timestamp::ZERO) else { panic!() };
    /// assert_eq!(exchange.redirect_taint(), RedirectTaint::SameOrigin);
    ///
    /// let redirect = Response::builder().status(302).header("Location", "https://img.example.test/a.png");
    /// let step = exchange.receive(&redirect.body(())?, &mut user_agent, Timestamp::ZERO);
    /// let Step::Redirect(redirect) = step else { panic!("{step:?}") };
    /// let Step::Send(exchange) = redirect.follow(&mut user_agent, Timestamp::ZERO) else { panic!() };
    /// assert_eq!(exchange.redirect_taint(), RedirectTaint::SameSite);
    /// assert_eq!(exchange.url_list()[0].host_str(), Some("cdn.example.test"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn redirect_taint(&self) -> RedirectTaint {
        self.fetch.request.redirect_taint(self.fetch.sites)
    }
}
