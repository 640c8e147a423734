//! The oracle: a page, a user agent and a server in one process. Ask it what a browser would do, and why.
//!
//! The server is a closure, a [`Script`] of answers, [`Routes`], or a [policy in front of one](PolicyServer). The clock stands still until it is
//! [moved](Oracle::advance). The answer is a [`Transcript`]: every message, every decision, and on refusal the cure.
//!
//! ```
//! use crossorigin::browser::Page;
//! use crossorigin::http::Response;
//! use crossorigin::oracle::Oracle;
//!
//! let mut oracle = Oracle::new(Page::new("https://app.example/")?);
//! let request = oracle.page().fetch("https://api.example/items/7").method("PUT").build()?;
//! let transcript = oracle.fetch(request, &mut |_: &_| {
//!     Response::builder().header("Access-Control-Allow-Origin", "https://app.example").body(()).unwrap()
//! });
//! let error = transcript.outcome().as_ref().unwrap_err();
//! assert_eq!(error.step().to_string(), "CORS-preflight fetch 7.5");
//! assert_eq!(error.cure().lines(), ["Access-Control-Allow-Methods: PUT"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Does it work in the other browsers, too? A [`Comparison`] has the same fetch in all profiles, and says where they part.

#[cfg(feature = "serde")]
pub mod case;
mod comparison;
mod policy_server;
mod report;
mod routes;
mod server;
mod transcript;

pub use comparison::{Comparison, Parting};
pub use policy_server::PolicyServer;
pub use report::Report;
pub use routes::Routes;
pub use server::{Answer, Script, Server};
pub use transcript::{Event, Transcript};

use crate::browser::{
    Decision, Exchange, OutgoingRequest, Page, Profile, Request, Step, Timestamp, UserAgent,
};
use std::time::Duration;

/// A page and its user agent, with a clock that moves only when told. See the [module](self).
#[derive(Debug, Clone)]
pub struct Oracle {
    page: Page,
    user_agent: UserAgent,
    now: Timestamp,
}

impl Oracle {
    /// A page in a user agent that follows the text of the standard.
    #[must_use]
    pub fn new(page: Page) -> Self {
        Self::with_user_agent(page, UserAgent::new(Profile::standard()))
    }

    /// A page in a user agent of your choice, which will keep a trace.
    #[must_use]
    pub fn with_user_agent(page: Page, user_agent: UserAgent) -> Self {
        Self { page, user_agent: user_agent.keeping_trace(), now: Timestamp::ZERO }
    }

    /// The page, whose doors make the requests.
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

    /// What the clock says.
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
                    let answer = server.answer(waiting.exchange.request());
                    waiting.answer(self, answer)
                }
                Run::Finished(transcript) => return transcript,
            };
        }
    }

    /// Fetches a request from a server that answers asynchronously.
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
    pub async fn fetch_async<A: Into<Answer>>(
        &mut self,
        request: Request,
        mut server: impl AsyncFnMut(OutgoingRequest) -> A,
    ) -> Transcript {
        let mut run = Run::start(self, request);
        loop {
            run = match run {
                Run::Waiting(waiting) => {
                    let answer = server(waiting.exchange.request().clone()).await.into();
                    waiting.answer(self, answer)
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
    asked: Request,
    events: Vec<Event>,
    /// How many decisions of the fetch are among them.
    noted: usize,
}

impl Run {
    fn start(oracle: &mut Oracle, request: Request) -> Self {
        let log = Log { asked: request.clone(), events: Vec::new(), noted: 0 };
        let step = oracle.user_agent.fetch(request, oracle.now);
        Self::proceed(oracle, step, log)
    }

    fn proceed(oracle: &mut Oracle, mut step: Step, mut log: Log) -> Self {
        loop {
            match step {
                Step::Send(exchange) => {
                    log.note(exchange.decisions());
                    log.events.push(Event::Sent(exchange.request().clone()));
                    return Self::Waiting(Waiting { exchange, log });
                }
                Step::Redirect(redirect) => {
                    log.note(redirect.decisions());
                    step = redirect.follow(&mut oracle.user_agent, oracle.now);
                }
                Step::Done(outcome) => {
                    log.note(match &outcome {
                        Ok(response) => response.decisions(),
                        Err(error) => error.decisions(),
                    });
                    return Self::Finished(Transcript { request: log.asked, events: log.events, outcome });
                }
            }
        }
    }
}

impl Waiting {
    fn answer(self, oracle: &mut Oracle, answer: Answer) -> Run {
        let Self { exchange, mut log } = self;
        let step = match answer {
            Answer::Response(head) => {
                log.events.push(Event::Received(head.clone()));
                exchange.receive(head, &mut oracle.user_agent, oracle.now)
            }
            Answer::Failure(failure) => {
                log.events.push(Event::Failed(failure));
                exchange.fail(&mut oracle.user_agent, failure)
            }
        };
        Run::proceed(oracle, step, log)
    }
}

impl Log {
    fn note(&mut self, decisions: &[Decision]) {
        self.events.extend(decisions.iter().skip(self.noted).cloned().map(Event::Decided));
        self.noted = decisions.len();
    }
}
