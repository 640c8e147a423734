//! Elements:
//! [create a potential-CORS request](https://html.spec.whatwg.org/multipage/urls-and-fetching.html#create-a-potential-cors-request).

use http::Method;

use crate::browser::{
    diagnosis::{Refusal, RefusalReason},
    modes::{CredentialsMode, Initiator, Mode},
    page::Page,
    request::Request,
    url_credentials::GivenUrl,
};

/// The state of an element's `crossorigin` attribute, a
/// [CORS settings attribute](https://html.spec.whatwg.org/multipage/urls-and-fetching.html#cors-settings-attributes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CrossOriginAttribute {
    /// The state Anonymous: `crossorigin`, `crossorigin=anonymous`, or an unknown value.
    Anonymous,
    /// The state Use Credentials: `crossorigin=use-credentials`.
    UseCredentials,
}

/// An element that loads a URL, such as `<img>`, `<script>`, `<video>` or `<link>`.
///
/// [`build`](Self::build) makes a `GET` request: without a `crossorigin` attribute it has mode "no-cors" and
/// credentials mode "include", otherwise mode "cors".
///
/// ```
/// use crossorigin::browser::{CrossOriginAttribute, Mode, Page};
/// let page = Page::new("https://app.example/")?;
/// let image = page.element("https://cdn.example/photo.jpg").build()?;
/// assert_eq!(image.mode, Mode::NoCors);
/// let image = page.element("photo.jpg").crossorigin(Some(CrossOriginAttribute::Anonymous)).build()?;
/// assert_eq!(image.mode, Mode::Cors);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "an element makes a request only when it is built"]
pub struct Element<'a> {
    page: &'a Page,
    url: GivenUrl,
    crossorigin: Option<CrossOriginAttribute>,
}

impl<'a> Element<'a> {
    pub(crate) fn new(page: &'a Page, url: &str) -> Self {
        Self { page, url: GivenUrl(url.to_owned()), crossorigin: None }
    }

    /// Sets the `crossorigin` attribute. It is absent by default.
    pub fn crossorigin(mut self, attribute: Option<CrossOriginAttribute>) -> Self {
        self.crossorigin = attribute;
        self
    }

    /// Makes the request
    /// ([create a potential-CORS request](https://html.spec.whatwg.org/multipage/urls-and-fetching.html#create-a-potential-cors-request)).
    ///
    /// # Errors
    /// If the URL does not parse. The element of a page loads nothing then.
    pub fn build(self) -> Result<Request, Refusal> {
        let url = self.page.url().join(&self.url.0).map_err(|_| {
            Refusal::new(Initiator::Element, RefusalReason::UrlInvalid { url: self.url.shown() })
        })?;
        // Step 5: a new request.
        let mut request = Request::new(self.page, Method::GET, url);
        request.construction.initiator = Some(Initiator::Element);
        // Only scripts set the unsafe-request flag.
        request.unsafe_request = false;
        // Step 1: mode "no-cors" without the attribute, otherwise "cors".
        request.mode = if self.crossorigin.is_some() { Mode::Cors } else { Mode::NoCors };
        // Steps 3 and 4: credentials mode "same-origin" for the state Anonymous, otherwise "include".
        request.credentials = match self.crossorigin {
            Some(CrossOriginAttribute::Anonymous) => CredentialsMode::SameOrigin,
            Some(CrossOriginAttribute::UseCredentials) | None => CredentialsMode::Include,
        };
        Ok(request)
    }
}
