//! A page and a user agent, and how a fetch runs between them and a server.

use std::time::Duration;

use super::{
    server::{Server, ServerResponse},
    transcript::{Event, Transcript},
};
use crate::browser::{
    Exchange, OutgoingRequest, Page, Profile, Request, Step, Timestamp, TraceEntry, UserAgent,
};

/// A page and its user agent, with a clock that moves only when told. See the [module](super).
#[derive(Debug, Clone)]
pub struct Oracle {
    page: Page,
    user_agent: UserAgent,
    now: Timestamp,
}

impl Oracle {
    /// A page in a user agent that follows the standard.
    #[must_use]
    pub fn new(page: Page) -> Self {
        Self::with_user_agent(page, UserAgent::new(Profile::standard()))
    }

    /// A page in a user agent of your choice, which keeps a trace from now on.
    #[must_use]
    pub fn with_user_agent(page: Page, user_agent: UserAgent) -> Self {
        Self { page, user_agent: user_agent.with_trace(), now: Timestamp::ZERO }
    }

    /// The page, which makes the requests.
    #[must_use]
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// The user agent, to look into its cache.
    #[must_use]
    pub fn user_agent(&self) -> &UserAgent {
        &self.user_agent
    }

    /// The user agent, to clear its cache.
    pub fn user_agent_mut(&mut self) -> &mut UserAgent {
        &mut self.user_agent
    }

    /// The time on the clock; [`Timestamp::ZERO`] at the beginning.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Moves the clock on.
    pub fn advance(&mut self, duration: Duration) {
        self.now = self.now.later_by(duration);
    }

    /// Fetches a request from a server, to its end. All redirects are followed.
    pub fn fetch(&mut self, request: Request, server: &mut (impl Server + ?Sized)) -> Transcript {
        let mut run = Run::start(self, request);
        loop {
            run = match run {
                Run::Waiting(waiting) => {
                    let response = server.respond(waiting.exchange.request());
                    waiting.receive(self, response)
                }
                Run::Finished(transcript) => return transcript,
            };
        }
    }

    /// Fetches a request from a server that responds asynchronously.
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
                Run::Waiting(waiting) => {
                    let response = server(waiting.exchange.request().clone()).await.into();
                    waiting.receive(self, response)
                }
                Run::Finished(transcript) => return transcript,
            };
        }
    }
}

/// A fetch on its way through the oracle.
enum Run {
    Waiting(Waiting),
    Finished(Transcript),
}

/// A request is out.
struct Waiting {
    exchange: Exchange,
    log: Log,
}

/// What has happened so far.
struct Log {
    request: Request,
    events: Vec<Event>,
    /// How many decisions of the fetch are among them.
    noted: usize,
}

impl Run {
    fn start(oracle: &mut Oracle, request: Request) -> Self {
        let log = Log { request: request.clone(), events: Vec::new(), noted: 0 };
        let step = oracle.user_agent.fetch(request, oracle.now);
        Self::proceed(oracle, step, log)
    }

    fn proceed(oracle: &mut Oracle, mut step: Step, mut log: Log) -> Self {
        loop {
            match step {
                Step::Send(exchange) => {
                    log.note(exchange.trace());
                    log.events.push(Event::Sent(exchange.request().clone()));
                    return Self::Waiting(Waiting { exchange, log });
                }
                Step::Redirect(redirect) => {
                    log.note(redirect.trace());
                    step = redirect.follow(&mut oracle.user_agent, oracle.now);
                }
                Step::Done(outcome) => {
                    log.note(match &outcome {
                        Ok(response) => response.trace(),
                        Err(error) => error.trace(),
                    });
                    return Self::Finished(Transcript { request: log.request, events: log.events, outcome });
                }
            }
        }
    }
}

impl Waiting {
    fn receive(self, oracle: &mut Oracle, response: ServerResponse) -> Run {
        let Self { exchange, mut log } = self;
        let step = match response {
            ServerResponse::Response(head) => {
                log.events.push(Event::Received(head.clone()));
                exchange.receive(head, &mut oracle.user_agent, oracle.now)
            }
            ServerResponse::Failure(failure) => {
                log.events.push(Event::Failed(failure));
                exchange.fail(&mut oracle.user_agent, failure)
            }
        };
        Run::proceed(oracle, step, log)
    }
}

impl Log {
    fn note(&mut self, decisions: &[TraceEntry]) {
        self.events.extend(decisions.iter().skip(self.noted).cloned().map(Event::Decided));
        self.noted = decisions.len();
    }
}
