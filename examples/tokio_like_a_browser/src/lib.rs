//! An asynchronous HTTP client that behaves like a browser: the engine decides, `reqwest` sends. Many fetches
//! share one user agent and its preflight cache. Bodies are streams, cookies are kept, and fetches can be
//! canceled.

pub mod server;

use std::{
    error::Error,
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use crossorigin::browser::{
    Failure, NetworkError, OutgoingRequest, Profile, Request, Response, Step, Timestamp, UserAgent,
};
use reqwest::{Body, redirect::Policy};

/// A client with a preflight cache and a cookie jar. Its clones share both.
#[derive(Clone)]
pub struct Client {
    // `UserAgent` is `Clone` too, but its clones do not share the cache: share it behind a lock.
    user_agent: Arc<Mutex<UserAgent>>,
    with_cookies: reqwest::Client,
    without_cookies: reqwest::Client,
    started: Instant,
}

/// What a page gets: a response, and its body if the page may read it.
#[derive(Debug)]
pub struct Fetched {
    /// What scripts see of the response.
    pub response: Box<Response>,
    /// The response of the HTTP client. Read its body with [`bytes`](reqwest::Response::bytes) or as a stream.
    pub body: Option<reqwest::Response>,
}

impl Client {
    /// Creates a client that decides as a profile does.
    ///
    /// # Errors
    /// If the HTTP client cannot be made.
    pub fn new(profile: Profile) -> reqwest::Result<Self> {
        // The engine follows redirects and must see each one.
        let client = || reqwest::Client::builder().redirect(Policy::none()).no_proxy();
        Ok(Self {
            user_agent: Arc::new(Mutex::new(UserAgent::new(profile))),
            with_cookies: client().cookie_store(true).build()?,
            without_cookies: client().build()?,
            started: Instant::now(),
        })
    }

    /// Fetches a request of a page. `body` returns its body each time it is sent: twice if a redirect repeats
    /// the request, which happens only to bodies that can be sent again.
    ///
    /// When `canceled` is ready, the fetch ends in a network error. If nobody waits any more, for instance
    /// because the future of this call is dropped, nothing else happens: the preflight cache stays as it is.
    ///
    /// # Errors
    /// If the fetch ends in a network error. It has the reason, and what helps.
    pub async fn fetch(
        &self,
        request: Request,
        mut body: impl FnMut() -> Body,
        canceled: impl Future<Output = ()>,
    ) -> Result<Fetched, Box<NetworkError>> {
        let mut canceled = pin!(canceled);
        let mut last = None;
        // Written as `match self.user_agent().fetch(…) { … }`, the guard would live until the end of the `match`,
        // and the next lock would wait for it forever.
        let mut step = self.user_agent().fetch(request, self.now());
        loop {
            step = match step {
                Step::Send(exchange) => {
                    let sent = tokio::select! {
                        sent = self.send(exchange.request(), &mut body) => sent.map_err(|_| Failure::Network),
                        () = &mut canceled => Err(Failure::Canceled),
                    };
                    match sent {
                        Ok(response) => {
                            let head = (response.status(), response.headers().clone());
                            last = Some(response);
                            exchange.receive(head, &mut self.user_agent(), self.now())
                        }
                        Err(failure) => exchange.fail(&mut self.user_agent(), failure),
                    }
                }
                Step::Local(local) => local.fail(&mut self.user_agent(), Failure::Network),
                Step::Redirect(redirect) => redirect.follow(&mut self.user_agent(), self.now()),
                Step::Done(outcome) => {
                    let response = outcome?;
                    let body = last.filter(|_| response.body_readable());
                    return Ok(Fetched { response, body });
                }
            };
        }
    }

    /// Sends one request: a preflight, or the request of the page.
    async fn send(
        &self,
        request: &OutgoingRequest,
        body: &mut impl FnMut() -> Body,
    ) -> Result<reqwest::Response, Box<dyn Error + Send + Sync>> {
        let client = if request.credentials { &self.with_cookies } else { &self.without_cookies };
        let to_send = request.to_http_with(body)?;
        Ok(client.execute(to_send.try_into()?).await?)
    }

    /// The user agent, for one transition: never hold it over an `await`.
    fn user_agent(&self) -> MutexGuard<'_, UserAgent> {
        self.user_agent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_duration(self.started.elapsed())
    }
}
