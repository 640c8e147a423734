//! Local fetches: URLs for which nothing goes over the network.

use url::Url;

use super::Step;
use crate::browser::{
    diagnosis::{Phase, Reason, Refused, TraceEntry},
    failure::Failure,
    fetch::Fetch,
    response_head::ResponseHead,
    url_credentials::without_credentials,
    user_agent::UserAgent,
};

/// A URL for which nothing goes over the network, and whose response the embedder makes.
///
/// These are URLs with the scheme `data`, `blob` or `file`, and `about:blank`
/// ([scheme fetch](crate::standard::Algorithm::SchemeFetch), step 3), and URLs of apps, such as
/// `tauri://localhost/app.js`: see [`Page::new`](crate::browser::Page::new). Call [`respond`](Self::respond) with the
/// head of the response, or [`fail`](Self::fail) if you have none. Keep the body beside it, as for every other
/// response.
///
/// | URL | status | `Content-Type` | body |
/// |---|---|---|---|
/// | `about:blank` | 200 | `text/html;charset=utf-8` | empty |
/// | `data:` | 200 | the MIME type of the URL | the data of the URL |
/// | `blob:` | 200, or 206 for a range | the type of the blob, and `Content-Length` | the bytes of the blob |
/// | `file:`, and apps | as you like | as you like | as you like |
///
/// ```
/// use crossorigin::browser::{Page, ResponseType, Step, Timestamp, UserAgent};
/// use crossorigin::http::{HeaderName, Response};
/// let mut user_agent = UserAgent::default();
/// let request = Page::new("https://app.example/")?.fetch("data:text/plain,hello").build()?;
/// let step = user_agent.fetch(request, Timestamp::ZERO);
/// let Step::Local(local) = step else { panic!("{step:?}") };
/// assert_eq!(local.url().path(), "text/plain,hello");
///
/// let response = Response::builder().header("Content-Type", "text/plain").body("hello")?;
/// let step = local.respond(&response, &mut user_agent);
/// let Step::Done(Ok(delivered)) = step else { panic!("{step:?}") };
/// assert_eq!(delivered.response_type(), ResponseType::Basic);
/// assert!(delivered.headers().contains(&HeaderName::from_static("content-type")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
#[must_use = "a fetch goes on only when its local URL gets a response or fails"]
pub struct LocalFetch {
    url: Url,
    fetch: Box<Fetch>,
}

impl LocalFetch {
    pub(super) fn new(fetch: Box<Fetch>) -> Self {
        Self { url: without_credentials(fetch.request.current_url().clone()), fetch }
    }

    /// The URL, including its fragment, without user name and password.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The decisions so far, in order; empty unless the user agent keeps a [trace](UserAgent::with_trace).
    #[must_use]
    pub fn trace(&self) -> &[TraceEntry] {
        self.fetch.trace.entries()
    }

    /// Takes the head of the response, and returns the end of the fetch.
    pub fn respond(self, response: impl Into<ResponseHead>, user_agent: &mut UserAgent) -> Step {
        let mut fetch = self.fetch;
        let progress = fetch.receive_local(response.into());
        Step::new(fetch, progress, user_agent.cache_mut())
    }

    /// Ends the fetch in a network error, because there is no response.
    ///
    /// [`Failure::Network`] gives [`Reason::SchemeNotFetchable`]: the URL cannot be fetched.
    pub fn fail(self, user_agent: &mut UserAgent, failure: Failure) -> Step {
        let reason = match failure {
            Failure::Network => Reason::SchemeNotFetchable { scheme: self.url().scheme().to_owned() },
            other => other.reason(),
        };
        let refused = Refused::without_response(Phase::Initial, reason);
        Step::new(self.fetch, Err(refused), user_agent.cache_mut())
    }
}
