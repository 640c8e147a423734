//! States of a fetch, and the transitions between them.

mod connection;
mod facts;
mod local;

pub use connection::{Connected, PermissionPrompt};
use http::StatusCode;
pub use local::LocalFetch;
use url::Url;

use crate::browser::{
    diagnosis::{Phase, Reason, Refused, TraceEntry},
    failure::Failure,
    fetch::{Fetch, FollowableRedirect, Next, Progress, Source},
    outgoing_request::{OutgoingRequest, RequestKind},
    preflight_cache::PreflightCache,
    request::Request,
    response::{NetworkError, Response},
    response_head::ResponseHead,
    service_worker_response::ServiceWorkerResponse,
    state::ResponseTainting,
    timestamp::Timestamp,
    url_credentials::{UrlCredentials, without_credentials},
    user_agent::UserAgent,
};

/// The end of a fetch: a response as a script sees it, or a network error.
///
/// Both are boxed, because they are large.
pub type Outcome = Result<Box<Response>, Box<NetworkError>>;

/// The state of a fetch, which says what has to happen next.
///
/// The [front page of the module](crate::browser) shows the states and a loop that drives them. A step cannot
/// be cloned: a request goes out once, and a redirect is followed once.
#[derive(Debug)]
#[must_use = "a fetch goes on only when its step is taken"]
pub enum Step {
    /// A request has to be sent, and its response passed to [`Exchange::receive`].
    Send(Exchange),
    /// A redirect is waiting to be followed.
    Redirect(Redirect),
    /// The URL is local, such as a `data:` URL. Its response has to be passed to [`LocalFetch::respond`].
    Local(LocalFetch),
    /// The fetch is over.
    Done(Outcome),
}

impl Step {
    fn new(mut fetch: Box<Fetch>, progress: Progress, cache: &mut PreflightCache) -> Self {
        match progress {
            Ok(Next::Send(request)) => Self::Send(Exchange { request, fetch, has_address: false }),
            Ok(Next::Redirect(redirect)) => Self::Redirect(Redirect { redirect, fetch }),
            Ok(Next::Local) => Self::Local(LocalFetch::new(fetch)),
            Ok(Next::Deliver(delivered)) => Self::Done(Ok(Box::new(Response::new(delivered, *fetch)))),
            Ok(Next::Refuse(postponed)) => {
                // Main fetch, step 12.3, for the current URL of the fetch.
                fetch.clear_cache_entries_after(&postponed.refused.reason, cache);
                // The error describes the request whose response was refused.
                fetch.request = postponed.request;
                Self::Done(Err(Box::new(NetworkError::new(postponed.refused, *fetch))))
            }
            Err(refused) => Self::Done(refuse(fetch, *refused, cache)),
        }
    }
}

/// The end of a fetch in a network error.
fn refuse(mut fetch: Box<Fetch>, refused: Refused, cache: &mut PreflightCache) -> Outcome {
    // Main fetch, step 12.3.
    fetch.clear_cache_entries_after(&refused.reason, cache);
    Err(Box::new(NetworkError::new(refused, *fetch)))
}

impl UserAgent {
    /// Starts to [fetch](https://fetch.spec.whatwg.org/#concept-fetch) a request.
    ///
    /// The fetch follows the profile of this user agent to its end. `now` is the time at which the preflight
    /// cache is read. A request that the standard refuses at once ends in [`Step::Done`] with a network
    /// error.
    pub fn fetch(&mut self, request: Request, now: Timestamp) -> Step {
        self.start(request, Source::Network(now))
    }

    /// Starts to fetch a request to which the page's service worker responded
    /// ([HTTP fetch](crate::standard::Algorithm::HttpFetch), step 3).
    ///
    /// If the service worker does not respond, call [`UserAgent::fetch`]. If the response is a redirect, the
    /// request that follows it goes to the network. The standard would ask the service worker again.
    ///
    /// ```
    /// use crossorigin::browser::{Page, ResponseType, ServiceWorkerResponse, Step, UserAgent};
    /// use crossorigin::http::Response;
    /// let request = Page::new("https://app.example/")?.fetch("https://app.example/feed").build()?;
    /// // The service worker made a response: `new Response(…)`.
    /// let response = ServiceWorkerResponse::new(ResponseType::Default, Response::new(()).into());
    /// let step = UserAgent::default().fetch_from_service_worker(request, response);
    /// let Step::Done(Ok(response)) = step else { panic!("{step:?}") };
    /// assert_eq!(response.response_type(), ResponseType::Basic);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fetch_from_service_worker(&mut self, request: Request, response: ServiceWorkerResponse) -> Step {
        self.start(request, Source::ServiceWorker(Box::new(response)))
    }

    /// Ends a fetch before it begins, because a check of the embedder refuses the request
    /// ([main fetch](crate::standard::Algorithm::MainFetch), step 7). Returns [`Step::Done`] with the network
    /// error.
    ///
    /// The preflight cache does not change.
    ///
    /// ```
    /// use crossorigin::browser::{Failure, Page, Step, UserAgent};
    /// let request = Page::new("https://app.example/")?.fetch("http://api.example/").build()?;
    /// // The page is a secure context, so this is mixed content.
    /// let step = UserAgent::default().refuse(request, Failure::MixedContent);
    /// let Step::Done(Err(error)) = step else { panic!("{step:?}") };
    /// assert_eq!(error.reason().name(), "MixedContent");
    /// assert_eq!(error.step().to_string(), "main fetch 7");
    /// assert_eq!(error.fixes()[0].text(), "Use an https or wss URL in the page; no response header helps.");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn refuse(&self, request: Request, failure: Failure) -> Step {
        let refused = Refused::without_response(Phase::Initial, failure.reason());
        Step::Done(Err(Box::new(NetworkError::new(*refused, self.begin(request)))))
    }

    fn start(&mut self, request: Request, source: Source) -> Step {
        let mut fetch = Box::new(self.begin(request));
        // Fetch, step 17: run main fetch.
        let progress = fetch.main_fetch(source, self.cache_mut());
        Step::new(fetch, progress, self.cache_mut())
    }
}

/// A request that has to be sent, or that was sent and waits for its response.
///
/// Send [`request`](Self::request), then call [`receive`](Self::receive) with the head of the response, or
/// [`fail`](Self::fail) if no response comes. Both consume the exchange, and it cannot be cloned, so it
/// receives one response at most. Dropping it ends the fetch without an [`Outcome`]: see
/// [cancelling](crate::browser#cancelling).
///
/// ```compile_fail,E0382
/// # use crossorigin::browser::{Exchange, ResponseHead, Timestamp, UserAgent};
/// fn receive_twice(exchange: Exchange, head: ResponseHead, user_agent: &mut UserAgent) {
///     let _ = exchange.receive(head.clone(), user_agent, Timestamp::ZERO);
///     let _ = exchange.receive(head, user_agent, Timestamp::ZERO); // already moved
/// }
/// ```
#[derive(Debug)]
#[must_use = "a fetch goes on only when its exchange receives a response or fails"]
pub struct Exchange {
    request: OutgoingRequest,
    fetch: Box<Fetch>,
    /// Whether the address of the connection was given, and passed the check.
    has_address: bool,
}

impl Exchange {
    /// The request that has to be sent.
    #[must_use]
    pub fn request(&self) -> &OutgoingRequest {
        &self.request
    }

    /// Returns whether the user may be asked for a name and a password if the status of the response is 401.
    ///
    /// If so, send the request again with them before calling [`receive`](Self::receive), which takes the
    /// last response. The result is false for every request to which CORS applies, and for every request
    /// without credentials
    /// ([HTTP-network-or-cache fetch](crate::standard::Algorithm::HttpNetworkOrCacheFetch), step 15).
    ///
    /// ```
    /// use crossorigin::browser::{CredentialsMode, Page, Step, Timestamp, UserAgent};
    /// let page = Page::new("https://app.example/")?;
    /// let may_ask = |request| match UserAgent::default().fetch(request, Timestamp::ZERO) {
    ///     Step::Send(exchange) => exchange.may_ask_user(),
    ///     step => panic!("{step:?}"),
    /// };
    /// assert!(may_ask(page.fetch("/account").build()?));
    /// let elsewhere = page.fetch("https://api.example/").credentials(CredentialsMode::Include);
    /// assert!(!may_ask(elsewhere.build()?)); // although it is sent with credentials
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn may_ask_user(&self) -> bool {
        // HTTP-network-or-cache fetch, step 15: response tainting is not "cors", and credentials are
        // included.
        self.fetch.request.tainting != ResponseTainting::Cors && self.request.credentials
    }

    /// The user name and password of the request's URL, to be used before the user is asked.
    ///
    /// Use them if the status of the response is 401
    /// ([HTTP-network-or-cache fetch](crate::standard::Algorithm::HttpNetworkOrCacheFetch), steps 8.21.2.3
    /// and 15.4). The result is `None` if [`may_ask_user`](Self::may_ask_user) is false, and for a URL that
    /// has neither.
    ///
    /// ```
    /// use crossorigin::browser::{Page, Step, Timestamp, UserAgent};
    /// let page = Page::new("https://app.example/")?;
    /// let request = page.xml_http_request("GET", "https://user:secret@app.example/account").send()?;
    /// let Step::Send(exchange) = UserAgent::default().fetch(request, Timestamp::ZERO) else { panic!() };
    /// assert_eq!(exchange.request().url.as_str(), "https://app.example/account");
    /// let credentials = exchange.url_credentials().unwrap();
    /// assert_eq!((credentials.username, credentials.password), ("user", "secret"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn url_credentials(&self) -> Option<UrlCredentials<'_>> {
        // HTTP-network-or-cache fetch, steps 8.21.2.3 and 15.4: in an authentication fetch, the URL's
        // credentials become an `Authorization` header.
        UrlCredentials::of(self.fetch.request.current_url()).filter(|_| self.may_ask_user())
    }

    /// The decisions so far, in order; empty unless the user agent keeps a [trace](UserAgent::with_trace).
    #[must_use]
    pub fn trace(&self) -> &[TraceEntry] {
        self.fetch.trace.entries()
    }

    /// Takes the head of the response, and returns the next step.
    ///
    /// Pass in the response that HTTP-network-or-cache fetch returns. Revalidation (a 304 that the embedder
    /// caused), authentication and retries come before, and belong to the embedder. An `http::Response` and a
    /// reference to one convert into a [`ResponseHead`]. `now` is the time at which the response of a
    /// preflight is stored in the cache.
    ///
    /// The fetch keeps the profile of the user agent in which it began. It uses only the cache of
    /// `user_agent`. If the page has an address, [`connected`](Self::connected) must come before.
    pub fn receive(
        self,
        response: impl Into<ResponseHead>,
        user_agent: &mut UserAgent,
        now: Timestamp,
    ) -> Step {
        let cache = user_agent.cache_mut();
        if let Some(refused) = self.missing_address() {
            return Step::Done(refuse(self.fetch, *refused, cache));
        }
        let Self { request, mut fetch, .. } = self;
        let progress = fetch.receive(&request, response.into(), cache, now);
        Step::new(fetch, progress, cache)
    }

    /// Ends the fetch as canceled, although the response came in after that.
    ///
    /// Chromium waits for a preflight whose fetch was canceled, and caches its response. With
    /// [`Profile::chromium`](crate::browser::Profile::chromium), this method does so. In all other cases, it
    /// does what [`fail`](Self::fail) does with [`Failure::Canceled`], and does not look at the response.
    pub fn receive_canceled(
        self,
        response: impl Into<ResponseHead>,
        user_agent: &mut UserAgent,
        now: Timestamp,
    ) -> Step {
        let is_missing = self.missing_address().is_some();
        let Self { request, mut fetch, has_address } = self;
        if request.kind == RequestKind::Preflight && fetch.engine.preflight_outlives_fetch() && !is_missing {
            // Whether the response allows the request no longer matters. If it does, it has been cached.
            let _progress = fetch.receive(&request, response.into(), user_agent.cache_mut(), now);
        }
        Self { request, fetch, has_address }.fail(user_agent, Failure::Canceled)
    }

    /// Ends the fetch in a network error, because there is no response.
    ///
    /// Like every network error, this may remove entries from the preflight cache
    /// ([main fetch](crate::standard::Algorithm::MainFetch), step 12.3).
    pub fn fail(self, user_agent: &mut UserAgent, failure: Failure) -> Step {
        let reason = match (self.request.kind, failure) {
            (RequestKind::Preflight, Failure::Network) => Reason::PreflightNetworkError,
            (_, failure) => failure.reason(),
        };
        let refused = Refused::without_response(self.phase(), reason);
        Step::Done(refuse(self.fetch, *refused, user_agent.cache_mut()))
    }
}

/// A redirect that passed every check, and waits for the embedder to follow it or to block it.
///
/// Discard the body of the response that redirects. Dropping this value ends the fetch without an
/// [`Outcome`]: see [cancelling](crate::browser#cancelling).
///
/// ```
/// use crossorigin::browser::{Failure, Redirect, Step, Timestamp, UserAgent};
///
/// /// Follows redirects to HTTPS only.
/// fn next_step(redirect: Redirect, user_agent: &mut UserAgent, now: Timestamp) -> Step {
///     match redirect.location().scheme() {
///         "https" => redirect.follow(user_agent, now),
///         _ => redirect.block(user_agent, Failure::Network),
///     }
/// }
/// ```
#[derive(Debug)]
#[must_use = "a redirect goes on only when it is followed"]
pub struct Redirect {
    redirect: FollowableRedirect,
    fetch: Box<Fetch>,
}

impl Redirect {
    /// The URL to which the redirect leads, without user name and password.
    #[must_use]
    pub fn location(&self) -> Url {
        without_credentials(self.redirect.location.0.clone())
    }

    /// The status of the response that redirects.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.redirect.status
    }

    /// The decisions so far, in order; empty unless the user agent keeps a [trace](UserAgent::with_trace).
    #[must_use]
    pub fn trace(&self) -> &[TraceEntry] {
        self.fetch.trace.entries()
    }

    /// Replaces the scheme `http` of the location by `https`.
    ///
    /// Call it if the location's host is known by HSTS ([main fetch](crate::standard::Algorithm::MainFetch),
    /// step 10). A location with another scheme stays as it is. For the first URL of a fetch, change
    /// [`Request::url`] before the fetch starts.
    pub fn upgrade_to_https(mut self) -> Self {
        // Main fetch, step 10. The embedder checks its other conditions.
        let location = &mut self.redirect.location.0;
        if location.scheme() == "http" {
            location.set_scheme("https").expect("`http` and `https` are both special schemes");
        }
        self
    }

    /// Follows the redirect ([HTTP-redirect fetch](crate::standard::Algorithm::HttpRedirectFetch), steps 18
    /// to 22), and returns the next step.
    ///
    /// `now` is the time at which the preflight cache is read for the new URL.
    pub fn follow(self, user_agent: &mut UserAgent, now: Timestamp) -> Step {
        let Self { redirect, mut fetch } = self;
        let cache = user_agent.cache_mut();
        let progress = fetch.follow(redirect, cache, now);
        Step::new(fetch, progress, cache)
    }

    /// Ends the fetch in a network error, because the redirect must not be followed. The error's
    /// [URL](NetworkError::url) is the location.
    ///
    /// Like every network error, this may remove entries from the preflight cache
    /// ([main fetch](crate::standard::Algorithm::MainFetch), step 12.3). [`Failure::Network`] gives
    /// [`Reason::RedirectBlocked`].
    pub fn block(self, user_agent: &mut UserAgent, failure: Failure) -> Step {
        let reason = match failure {
            Failure::Network => Reason::RedirectBlocked,
            other => other.reason(),
        };
        let Self { redirect, mut fetch } = self;
        // HTTP-redirect fetch, step 18: append the location URL to the URL list. Step 22, main fetch, fails.
        fetch.request.url_list.append(redirect.location.0);
        Step::new(fetch, Err(Refused::without_response(Phase::Redirect, reason)), user_agent.cache_mut())
    }
}
