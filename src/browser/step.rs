//! The states of a fetch, and the transitions between them.

use http::StatusCode;
use url::Url;

use crate::browser::{
    diagnosis::{Phase, Reason, Refused, TraceEntry},
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

/// What a fetch ended in.
///
/// The error is boxed because it explains itself at length.
pub type Outcome = Result<Box<Response>, Box<NetworkError>>;

/// What has to happen next. There is always one thing, and only one.
///
/// A step cannot be cloned: a request goes out once, and a redirect is followed once.
#[derive(Debug)]
#[must_use = "a fetch goes on only when its step is taken"]
pub enum Step {
    /// Send a request, and say what came back.
    Send(Exchange),
    /// A redirect may be followed.
    Redirect(Redirect),
    /// The fetch is over.
    Done(Outcome),
}

impl Step {
    fn new(mut fetch: Box<Fetch>, progress: Progress, cache: &mut PreflightCache) -> Self {
        match progress {
            Ok(Next::Send(request)) => Self::Send(Exchange { request, fetch }),
            Ok(Next::Redirect(redirect)) => Self::Redirect(Redirect { redirect, fetch }),
            Ok(Next::Deliver(delivered)) => Self::Done(Ok(Box::new(Response::new(delivered, *fetch)))),
            Ok(Next::Refuse(postponed)) => {
                // Main fetch, step 12.3, for the URL at which the fetch is now.
                fetch.clear_cache_entries_after(&postponed.refused.reason, cache);
                // The error is about the request as it was.
                fetch.request = postponed.request;
                Self::Done(Err(Box::new(NetworkError::new(postponed.refused, *fetch))))
            }
            Err(refused) => {
                // Main fetch, step 12.3.
                fetch.clear_cache_entries_after(&refused.reason, cache);
                Self::Done(Err(Box::new(NetworkError::new(*refused, *fetch))))
            }
        }
    }
}

impl UserAgent {
    /// Starts to fetch a request.
    pub fn fetch(&mut self, request: Request, now: Timestamp) -> Step {
        self.start(request, Source::Network(now))
    }

    /// Starts to fetch a request that the page's service worker responded to. A service worker that does not respond leaves
    /// the request to [`UserAgent::fetch`].
    ///
    /// If the response is a redirect, the request that follows it goes to the network here, although the standard has the
    /// service worker asked once more.
    ///
    /// ```
    /// use crossorigin::browser::{Page, ResponseType, ServiceWorkerResponse, Step, UserAgent};
    /// use crossorigin::http::Response;
    /// let request = Page::new("https://app.example/")?.fetch("https://app.example/feed").build()?;
    /// // The service worker made up a response: `new Response(…)`.
    /// let response = ServiceWorkerResponse::new(ResponseType::Default, Response::new(()).into());
    /// let Step::Done(Ok(response)) = UserAgent::default().fetch_from_service_worker(request, response) else { panic!() };
    /// assert_eq!(response.response_type(), ResponseType::Basic);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fetch_from_service_worker(&mut self, request: Request, response: ServiceWorkerResponse) -> Step {
        self.start(request, Source::ServiceWorker(Box::new(response)))
    }

    fn start(&mut self, request: Request, source: Source) -> Step {
        let mut fetch = Box::new(self.begin(request));
        // Fetch, step 17: run main fetch.
        let progress = fetch.main_fetch(source, self.cache_mut());
        Step::new(fetch, progress, self.cache_mut())
    }
}

/// Why there is no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Failure {
    /// The network failed: no connection, no TLS, no response.
    #[default]
    Network,
    /// Somebody canceled.
    Canceled,
    /// The embedder allows no CORS requests.
    CorsDisabled,
    /// The embedder could not add the `Origin` header.
    OriginHeaderUnavailable,
    /// The page may not reach the local network.
    LocalNetworkDenied,
    /// The connection led to another address space than announced.
    AddressSpaceMismatch,
}

impl Failure {
    fn reason(self) -> Reason {
        match self {
            Self::Network => Reason::Network,
            Self::Canceled => Reason::Canceled,
            Self::CorsDisabled => Reason::CorsDisabledByEmbedder,
            Self::OriginHeaderUnavailable => Reason::OriginHeaderUnavailable,
            Self::LocalNetworkDenied => Reason::LocalNetworkDenied,
            Self::AddressSpaceMismatch => Reason::AddressSpaceMismatch,
        }
    }
}

/// A request on its way: send it, then say what came back. Dropping it cancels the fetch.
///
/// It can be answered once: each transition consumes it, and it cannot be cloned.
///
/// ```compile_fail,E0382
/// # use crossorigin::browser::{Exchange, ResponseHead, Timestamp, UserAgent};
/// fn receive_twice(exchange: Exchange, head: ResponseHead, user_agent: &mut UserAgent) {
///     let _ = exchange.receive(head.clone(), user_agent, Timestamp::ZERO);
///     let _ = exchange.receive(head, user_agent, Timestamp::ZERO); // already moved
/// }
/// ```
#[derive(Debug)]
#[must_use = "a fetch goes on only when its exchange is answered"]
pub struct Exchange {
    request: OutgoingRequest,
    fetch: Box<Fetch>,
}

impl Exchange {
    /// What has to be sent.
    #[must_use]
    pub fn request(&self) -> &OutgoingRequest {
        &self.request
    }

    /// Whether the user may be asked for a name and a password if the status of the answer is 401, and the request sent
    /// again with them: before [`receive`](Self::receive), which is given the last answer. Never where CORS applies.
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
    /// assert!(!may_ask(elsewhere.build()?)); // although it goes with credentials
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn may_ask_user(&self) -> bool {
        // HTTP-network-or-cache fetch, step 15: response tainting is not "cors", and credentials are included.
        self.fetch.request.tainting != ResponseTainting::Cors && self.request.credentials
    }

    /// The user name and password of the request's URL, for the case in which they take the place of asking the user: where
    /// [`may_ask_user`](Self::may_ask_user) is true and the status of the response is 401. `None` in every other case, and
    /// for a URL that has neither.
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
        // HTTP-network-or-cache fetch, steps 8.21.2.3 and 15.4: in an authentication fetch, the URL's credentials become an
        // `Authorization` header.
        UrlCredentials::of(self.fetch.request.current_url()).filter(|_| self.may_ask_user())
    }

    /// The decisions so far, if the user agent keeps a trace.
    #[must_use]
    pub fn trace(&self) -> &[TraceEntry] {
        self.fetch.trace.entries()
    }

    /// The head of the response is here: what HTTP-network-or-cache fetch returns, after revalidation (a 304 of the user
    /// agent's own), authentication and retries, which are the embedder's.
    ///
    /// The fetch goes on by the rules of the user agent that it began in. Of the user agent that is passed, it uses the cache
    /// only.
    pub fn receive(
        self,
        response: impl Into<ResponseHead>,
        user_agent: &mut UserAgent,
        now: Timestamp,
    ) -> Step {
        let Self { request, mut fetch } = self;
        let cache = user_agent.cache_mut();
        let progress = fetch.receive(&request, response.into(), cache, now);
        Step::new(fetch, progress, cache)
    }

    /// There is no response.
    pub fn fail(self, user_agent: &mut UserAgent, failure: Failure) -> Step {
        let (phase, reason) = match (self.request.kind, failure) {
            (RequestKind::Preflight, Failure::Network) => (Phase::Preflight, Reason::PreflightNetworkError),
            (RequestKind::Preflight, failure) => (Phase::Preflight, failure.reason()),
            (RequestKind::Actual, failure) => (Phase::Actual, failure.reason()),
        };
        Step::new(self.fetch, Err(Refused::without_response(phase, reason)), user_agent.cache_mut())
    }
}

/// A redirect that may be followed: the embedder's turn to follow it, change it, or stop it.
///
/// The body of the redirect's own response is to be thrown away. Dropping this value cancels the fetch.
#[derive(Debug)]
#[must_use = "a redirect goes on only when it is followed"]
pub struct Redirect {
    redirect: FollowableRedirect,
    fetch: Box<Fetch>,
}

impl Redirect {
    /// Where the redirect leads, without user name and password.
    #[must_use]
    pub fn location(&self) -> Url {
        without_credentials(self.redirect.location.0.clone())
    }

    /// The redirect's status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.redirect.status
    }

    /// The decisions so far, if the user agent keeps a trace.
    #[must_use]
    pub fn trace(&self) -> &[TraceEntry] {
        self.fetch.trace.entries()
    }

    /// Makes an `http:` location an `https:` one, as main fetch does in step 10 for a host that the embedder knows by
    /// HSTS. Other locations stay as they are.
    pub fn upgrade_to_https(mut self) -> Self {
        // Main fetch, step 10, whose other conditions the embedder has looked at.
        let location = &mut self.redirect.location.0;
        if location.scheme() == "http" {
            location.set_scheme("https").expect("`http` and `https` are special schemes both");
        }
        self
    }

    /// Follow it: HTTP-redirect fetch, steps 18 to 22.
    pub fn follow(self, user_agent: &mut UserAgent, now: Timestamp) -> Step {
        let Self { redirect, mut fetch } = self;
        let cache = user_agent.cache_mut();
        let progress = fetch.follow(redirect, cache, now);
        Step::new(fetch, progress, cache)
    }

    /// Do not follow it: the fetch ends in a network error.
    pub fn block(self, user_agent: &mut UserAgent, failure: Failure) -> Step {
        let reason = match failure {
            Failure::Network => Reason::RedirectBlocked,
            other => other.reason(),
        };
        Step::new(self.fetch, Err(Refused::without_response(Phase::Redirect, reason)), user_agent.cache_mut())
    }
}
