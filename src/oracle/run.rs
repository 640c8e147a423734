//! The oracle, and how it runs a fetch.

use std::time::Duration;

#[cfg(feature = "serde")]
use super::http_cache::{HttpCache, Lookup, conditional, refreshed};
use super::{
    server::{Server, ServerResponse},
    transcript::{Event, Transcript},
};
#[cfg(feature = "serde")]
use crate::browser::ServiceWorkerResponse;
use crate::browser::{
    Address, Connected, Exchange, Failure, LocalFetch, OutgoingRequest, Page, Profile, Request, Step,
    Timestamp, TraceEntry, UserAgent,
};

/// A page and its user agent, with a clock that moves only when [`advance`](Self::advance) moves it.
///
/// See the [module](super) for an example. The preflight cache stays between fetches.
#[derive(Debug, Clone)]
pub struct Oracle {
    page: Page,
    user_agent: UserAgent,
    now: Timestamp,
}

impl Oracle {
    /// Creates an oracle with a page and a user agent that follows the standard.
    #[must_use]
    pub fn new(page: Page) -> Self {
        Self::with_user_agent(page, UserAgent::new(Profile::standard()))
    }

    /// Creates an oracle with a page and a user agent, for example one with another
    /// [`Profile`]. The user agent keeps a trace from now on.
    #[must_use]
    pub fn with_user_agent(page: Page, user_agent: UserAgent) -> Self {
        Self { page, user_agent: user_agent.with_trace(), now: Timestamp::ZERO }
    }

    /// The page. Its methods create the requests for [`fetch`](Self::fetch).
    #[must_use]
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// The user agent, for example to look into its preflight cache.
    #[must_use]
    pub fn user_agent(&self) -> &UserAgent {
        &self.user_agent
    }

    /// The user agent, for example to clear its preflight cache.
    pub fn user_agent_mut(&mut self) -> &mut UserAgent {
        &mut self.user_agent
    }

    /// The time on the clock. It begins with [`Timestamp::ZERO`].
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Moves the clock forward, for example to let cache entries expire.
    pub fn advance(&mut self, duration: Duration) {
        self.now = self.now.later_by(duration);
    }

    /// Runs a fetch to its end, and follows all redirects.
    ///
    /// The server responds to every request of the fetch: preflights, the actual request, and those after
    /// redirects, whatever their host.
    pub fn fetch(&mut self, request: Request, server: &mut (impl Server + ?Sized)) -> Transcript {
        let run = Run::start(self, request);
        self.run(run, server)
    }

    /// Runs a fetch to its end, to which the page's service worker responds. The server responds to the
    /// requests after redirects.
    #[cfg(feature = "serde")]
    pub(super) fn fetch_from_service_worker(
        &mut self,
        request: Request,
        response: ServiceWorkerResponse,
        server: &mut impl Server,
    ) -> Transcript {
        let log = Log::new(self.user_agent.request_of_initiator(&request));
        let step = self.user_agent.fetch_from_service_worker(request, response);
        let run = Run::proceed(self, step, log);
        self.run(run, server)
    }

    /// Runs a fetch to its end, some of whose responses come from an HTTP cache.
    #[cfg(feature = "serde")]
    pub(super) fn fetch_with_cache(
        &mut self,
        request: Request,
        server: &mut (impl Server + ?Sized),
        cache: &HttpCache<'_>,
    ) -> Transcript {
        let mut run = Run::start(self, request);
        loop {
            run = match run {
                Run::Connecting(connecting) => {
                    let address = match cache.look_up(&connecting.exchange) {
                        Lookup::Fresh { address, .. } => address,
                        Lookup::Stale(_) | Lookup::Miss => server.address(connecting.exchange.request()),
                    };
                    connecting.connect(self, address)
                }
                Run::Waiting(waiting) => waiting.receive_with_cache(self, server, cache),
                Run::Finished(transcript) => return *transcript,
            };
        }
    }

    fn run(&mut self, mut run: Run, server: &mut (impl Server + ?Sized)) -> Transcript {
        loop {
            run = match run {
                Run::Connecting(connecting) => {
                    let address = server.address(connecting.exchange.request());
                    connecting.connect(self, address)
                }
                Run::Waiting(waiting) => {
                    let response = server.respond(waiting.exchange.request());
                    waiting.receive(self, response)
                }
                Run::Finished(transcript) => return *transcript,
            };
        }
    }

    /// Runs a fetch to its end, with an asynchronous server: for example your application's service, without
    /// a network.
    ///
    /// Such a server has no address: the closure is called when a request goes out, and addresses are checked
    /// before that. For a page with an [address](Page::with_address), use [`fetch`](Self::fetch), and let its
    /// [`Server`] wait for your service, for example with `block_on` of your runtime.
    ///
    /// ```
    /// # use crossorigin::browser::{OutgoingRequest, Page};
    /// # use crossorigin::http::Response;
    /// # use crossorigin::oracle::Oracle;
    /// # async fn call_my_application(_: OutgoingRequest) -> Response<()> { Response::new(()) }
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let mut oracle = Oracle::new(Page::new("https://app.example/")?);
    /// let request = oracle.page().fetch("https://api.example/").build()?;
    /// let transcript = oracle.fetch_async(request, async |outgoing| call_my_application(outgoing).await).await;
    /// assert!(transcript.outcome().is_err());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn fetch_async<R: Into<ServerResponse>>(
        &mut self,
        request: Request,
        mut server: impl AsyncFnMut(OutgoingRequest) -> R,
    ) -> Transcript {
        let mut run = Run::start(self, request);
        loop {
            run = match run {
                Run::Connecting(connecting) => connecting.connect(self, None),
                Run::Waiting(waiting) => {
                    let response = server(waiting.exchange.request().clone()).await.into();
                    waiting.receive(self, response)
                }
                Run::Finished(transcript) => return *transcript,
            };
        }
    }
}

/// The state of a fetch.
enum Run {
    Connecting(Box<Waiting>),
    Waiting(Box<Waiting>),
    Finished(Box<Transcript>),
}

/// A fetch that waits for a connection to the server, or for the server's response.
struct Waiting {
    exchange: Exchange,
    log: Log,
}

/// The messages and decisions of a fetch so far.
struct Log {
    request: Request,
    events: Vec<Event>,
    /// How many decisions of the fetch's trace are among the events.
    logged: usize,
    /// The address of each request that went out, if the server has one.
    addresses: Vec<Option<Address>>,
}

impl Run {
    fn start(oracle: &mut Oracle, request: Request) -> Self {
        let log = Log::new(oracle.user_agent.request_of_initiator(&request));
        let step = oracle.user_agent.fetch(request, oracle.now);
        Self::proceed(oracle, step, log)
    }

    fn proceed(oracle: &mut Oracle, mut step: Step, mut log: Log) -> Self {
        loop {
            match step {
                Step::Send(exchange) => {
                    log.add_decisions(exchange.trace());
                    return Self::Connecting(Box::new(Waiting { exchange, log }));
                }
                Step::Redirect(redirect) => {
                    log.add_decisions(redirect.trace());
                    step = redirect.follow(&mut oracle.user_agent, oracle.now);
                }
                Step::Local(local) => {
                    log.add_decisions(local.trace());
                    step = respond_locally(local, &mut oracle.user_agent);
                }
                Step::Done(outcome) => {
                    log.add_decisions(match &outcome {
                        Ok(response) => response.trace(),
                        Err(error) => error.trace(),
                    });
                    let transcript = Transcript {
                        request: log.request,
                        profile: oracle.user_agent.profile().clone(),
                        events: log.events,
                        addresses: log.addresses,
                        outcome,
                    };
                    return Self::Finished(Box::new(transcript));
                }
            }
        }
    }
}

/// Responds to `data:` URLs and `about:blank` with an empty head. Other local URLs have no response here.
fn respond_locally(local: LocalFetch, user_agent: &mut UserAgent) -> Step {
    match local.url().scheme() {
        "data" | "about" => local.respond(http::Response::new(()), user_agent),
        _ => local.fail(user_agent, Failure::Network),
    }
}

impl Waiting {
    /// Connects to the server. Nobody responds to prompts.
    fn connect(self, oracle: &mut Oracle, address: Option<Address>) -> Run {
        let Self { exchange, mut log } = self;
        let exchange = match address {
            None => exchange,
            Some(address) => match exchange.connected(address, &mut oracle.user_agent) {
                Connected::Send(exchange) => exchange,
                Connected::Ask(prompt) => {
                    let outcome = prompt.deny(&mut oracle.user_agent);
                    return Run::proceed(oracle, Step::Done(outcome), log);
                }
                Connected::Done(outcome) => return Run::proceed(oracle, Step::Done(outcome), log),
            },
        };
        log.add_decisions(exchange.trace());
        log.add_request(exchange.request().clone(), address);
        Run::Waiting(Box::new(Self { exchange, log }))
    }

    fn receive(self, oracle: &mut Oracle, response: ServerResponse) -> Run {
        let Self { exchange, mut log } = self;
        let step = match response {
            ServerResponse::Response(head) => {
                log.events.push(Event::Received(head.clone()));
                exchange.receive(head, &mut oracle.user_agent, oracle.now)
            }
            ServerResponse::Judged(head, report) => {
                log.events.push(Event::Judged(report.about(exchange.request())));
                log.events.push(Event::Received(head.clone()));
                exchange.receive(head, &mut oracle.user_agent, oracle.now)
            }
            ServerResponse::Failure(failure) => {
                match failure.is_before_sending() {
                    // The request does not go out.
                    true => drop(log.remove_request()),
                    false => log.events.push(Event::Failed(failure)),
                }
                exchange.fail(&mut oracle.user_agent, failure)
            }
            ServerResponse::Canceled(head) => {
                log.events.push(Event::Failed(Failure::Canceled));
                exchange.receive_canceled(head, &mut oracle.user_agent, oracle.now)
            }
        };
        Run::proceed(oracle, step, log)
    }
}

#[cfg(feature = "serde")]
impl Waiting {
    /// Receives the response of the cache, if it has one, or else that of the server.
    fn receive_with_cache(
        mut self,
        oracle: &mut Oracle,
        server: &mut (impl Server + ?Sized),
        cache: &HttpCache<'_>,
    ) -> Run {
        match cache.look_up(&self.exchange) {
            Lookup::Miss => {
                let response = server.respond(self.exchange.request());
                self.receive(oracle, response)
            }
            Lookup::Fresh { head, .. } if cache.is_shared() => {
                self.log.events.push(Event::FromCache);
                self.receive(oracle, head.into())
            }
            Lookup::Fresh { head, .. } => {
                // The request does not go out.
                self.log.remove_request();
                self.log.events.push(Event::FromCache);
                self.receive(oracle, head.into())
            }
            Lookup::Stale(stored) => {
                let request = conditional(self.exchange.request(), &stored);
                let address = self.log.remove_request();
                self.log.add_request(request.clone(), address);
                let response = server.respond(&request);
                match &response {
                    ServerResponse::Response(head) | ServerResponse::Judged(head, _) => {
                        let Some(refreshed) = refreshed(&stored, head) else {
                            return self.receive(oracle, response);
                        };
                        self.log.events.push(Event::Received(head.clone()));
                        self.log.events.push(Event::FromCache);
                        self.receive(oracle, refreshed.into())
                    }
                    _ => self.receive(oracle, response),
                }
            }
        }
    }
}

impl Log {
    fn new(request: Request) -> Self {
        Self { request, events: Vec::new(), logged: 0, addresses: Vec::new() }
    }

    fn add_request(&mut self, request: OutgoingRequest, address: Option<Address>) {
        self.events.push(Event::Sent(request));
        self.addresses.push(address);
    }

    /// Removes the last event, which is a request.
    fn remove_request(&mut self) -> Option<Address> {
        self.events.pop();
        self.addresses.pop().flatten()
    }

    fn add_decisions(&mut self, decisions: &[TraceEntry]) {
        self.events.extend(decisions.iter().skip(self.logged).cloned().map(Event::Decided));
        self.logged = decisions.len();
    }
}
