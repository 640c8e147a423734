//! The browser side: what a browser does with a request and with the responses to it.
//!
//! A fetch has one thing outstanding at a time: it is a machine whose states are types. Each transition consumes a state and
//! gives the next [`Step`].
//!
//! ```text
//!     Page ─── fetch(), xml_http_request(), element() ───> Request   (or a Refusal: nothing is sent)
//!                                                             │
//!                                      UserAgent::fetch(request, now)
//!                                                             │
//!       ┌───────────────────────────> Step <──────────────────┘
//!       │                              │
//!       │            ┌─────────────────┼──────────────────┐
//!       │            v                 v                  v
//!       │     Send(Exchange)   Redirect(Redirect)   Done(Outcome)
//!       │            │                 │                  ├── Ok(Response): what a script may see of it
//!       │      receive, fail     follow, block            └── Err(NetworkError): reason, step, fix
//!       │            │                 │
//!       └────────────┴─────────────────┘
//! ```
//!
//! After a preflight comes the actual request, or the end. After an actual request comes a redirect, or the end. After a
//! redirect comes whatever main fetch says for the new URL: another preflight, a request, the end. The loop that drives
//! it is on the [front page](crate#a-client).
//!
//! # A whole exchange
//!
//! ```
//! use crossorigin::browser::{Body, BodyToSend, Page, Profile, RequestKind, ResponseType, Step, Timestamp, UserAgent};
//! use crossorigin::http::{HeaderName, Response};
//!
//! // One user agent for all fetches: it has the preflight cache. Keeping a trace is for explanations, and costs a little.
//! let mut user_agent = UserAgent::new(Profile::standard()).with_trace();
//! // Time is whatever you say it is, as long as it never goes back.
//! let now = Timestamp::from_secs(1_000);
//!
//! // A page calls `fetch()`. The body is not given, only its kind: these are bytes that can be sent again after a redirect,
//! // unlike a stream.
//! let page = Page::new("https://app.example/shop/")?;
//! let put = |url| {
//!     let call = page.fetch(url).method("PUT").header("Content-Type", "application/json");
//!     call.body(Body::Replayable, None).build()
//! };
//! let step = user_agent.fetch(put("https://api.example/items/7")?, now);
//!
//! // Another origin, and neither method nor header is safelisted: a preflight goes first. This is the whole of it, except
//! // what every HTTP client adds (`Host` and so on). It has no body, and no cookies.
//! let Step::Send(exchange) = step else { panic!("{step:?}") };
//! let preflight = exchange.request();
//! assert_eq!(preflight.kind, RequestKind::Preflight);
//! assert_eq!(preflight.body, BodyToSend::None);
//! assert!(!preflight.credentials);
//! let head = preflight.to_http()?; // an http::Request, for the client that you have
//! assert_eq!(head.method(), "OPTIONS");
//! assert_eq!(head.headers()["origin"], "https://app.example");
//! assert_eq!(head.headers()["access-control-request-method"], "PUT");
//! assert_eq!(head.headers()["access-control-request-headers"], "content-type");
//!
//! // The server permits both, for ten minutes. Only the head of a response matters here; the body of a response to a
//! // preflight is to be thrown away.
//! let response = Response::builder()
//!     .status(204)
//!     .header("Access-Control-Allow-Origin", "https://app.example")
//!     .header("Access-Control-Allow-Methods", "PUT")
//!     .header("Access-Control-Allow-Headers", "Content-Type")
//!     .header("Access-Control-Max-Age", "600")
//!     .body(())?;
//! let step = exchange.receive(&response, &mut user_agent, now);
//!
//! // So the actual request goes out, now with its body.
//! let Step::Send(exchange) = step else { panic!("{step:?}") };
//! assert_eq!(exchange.request().kind, RequestKind::Actual);
//! assert_eq!(exchange.request().body, BodyToSend::AsGiven);
//! assert_eq!(exchange.request().to_http()?.headers()["origin"], "https://app.example");
//!
//! // The response to it must share itself once more: the preflight allowed the request, and not to read the response.
//! let response = Response::builder()
//!     .header("Access-Control-Allow-Origin", "https://app.example")
//!     .header("Access-Control-Expose-Headers", "ETag")
//!     .header("ETag", "\"8\"")
//!     .header("Server", "hidden")
//!     .body(())?;
//! let Step::Done(outcome) = exchange.receive(&response, &mut user_agent, now) else { panic!() };
//!
//! // What a script sees: type "cors", and of the headers those that are safelisted or exposed. The body is yours to hand
//! // over; `body_readable` says whether the script may have it.
//! let response = outcome?;
//! assert_eq!(response.response_type(), ResponseType::Cors);
//! assert!(response.headers().contains(&HeaderName::from_static("etag")));
//! assert!(!response.headers().contains(&HeaderName::from_static("server")));
//! assert!(response.body_readable());
//!
//! // The trace: each decision, and the step of the standard that took it.
//! assert_eq!(
//!     response.trace().iter().map(|decision| decision.step.to_string()).collect::<Vec<_>>(),
//!     [
//!         "main fetch 12",                   // another origin: CORS applies, with a preflight
//!         "CORS check 5",                    // of the response to the preflight
//!         "CORS-preflight fetch 7",          // its status
//!         "CORS-preflight fetch 7.5",        // the method
//!         "CORS-preflight fetch 7.7",        // the headers
//!         "CORS-preflight fetch 7.10",       // kept for 600 s
//!         "HTTP-network-or-cache fetch 8.3", // no cookies to another origin
//!         "CORS check 5",                    // of the response itself
//!         "TAO check 8",                     // its timing is not shared
//!         "main fetch 14",                   // delivered
//!     ]
//! );
//!
//! // The cache now has two entries, of a method and of a header name, for this origin and exactly this URL. A second
//! // fetch of it within ten minutes needs no preflight; one after that does, and so does another URL.
//! assert_eq!(user_agent.cache().entries(now).count(), 2);
//! let kind = |step| match step {
//!     Step::Send(exchange) => Some(exchange.request().kind),
//!     Step::Redirect(_) | Step::Done(_) => None,
//! };
//! let (soon, late) = (Timestamp::from_secs(1_599), Timestamp::from_secs(1_600));
//! assert_eq!(kind(user_agent.fetch(put("https://api.example/items/7")?, soon)), Some(RequestKind::Actual));
//! assert_eq!(kind(user_agent.fetch(put("https://api.example/items/7")?, late)), Some(RequestKind::Preflight));
//! assert_eq!(kind(user_agent.fetch(put("https://api.example/items/8")?, soon)), Some(RequestKind::Preflight));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What stays with you
//!
//! - **The network.** An HTTP client that follows no redirects by itself, takes every status for a response and not for an
//!   error, and sends `OPTIONS`. Below [`Exchange::receive`] are the HTTP cache and its revalidation (a 304 of your own
//!   goes no further), authentication and its retries.
//! - **Bodies.** They never come in. [`OutgoingRequest::body`] says whether the request's body goes out, after a redirect
//!   once more from its start. Throw away the bodies of responses to preflights, and of redirects that are followed.
//! - **Cookies and all credentials.** [`OutgoingRequest::credentials`] says whether they go with a request, and whether
//!   the cookies of its response are kept.
//! - **The clock.** [`Timestamp`] is an argument wherever the cache is asked.
//! - **Cancelling.** Drop a state at any time. [`Exchange::fail`] with [`Failure::Canceled`] ends it in a network error
//!   instead, which has its effects on the cache.
//! - **Redirects** of which you know better: [`Redirect::upgrade_to_https`] for HSTS, [`Redirect::block`] for policies.
//! - **Everything else a browser is**: [the table of steps](crate::_documentation::coverage) names it.
//!
//! States are `Send + Sync + 'static` and own what they need. They borrow the user agent only while they move on, so any
//! number of fetches may interleave, and a state may wait in a struct or across an `await`.
//!
//! # What does not compile
//!
//! To answer an exchange twice: see [`Exchange`]. Neither it nor [`Redirect`] nor [`Step`] can be cloned. To follow a redirect
//! twice, or to block it after all:
//!
//! ```compile_fail,E0382
//! # use crossorigin::browser::{Failure, Redirect, Timestamp, UserAgent};
//! fn follow_and_block(redirect: Redirect, user_agent: &mut UserAgent) {
//!     let _ = redirect.follow(user_agent, Timestamp::ZERO);
//!     let _ = redirect.block(user_agent, Failure::Canceled); // already moved
//! }
//! ```
//!
//! To go back to an earlier step:
//!
//! ```compile_fail,E0382
//! # use crossorigin::browser::{Failure, Step, UserAgent};
//! fn go_back(step: Step, user_agent: &mut UserAgent) -> Step {
//!     if let Step::Send(exchange) = step {
//!         let _ = exchange.fail(user_agent, Failure::Network);
//!     }
//!     step // its exchange is gone
//! }
//! ```
//!
//! To respond if nothing was sent, or to follow what is not a redirect:
//!
//! ```compile_fail,E0599
//! # use crossorigin::browser::{Outcome, ResponseHead, Step, Timestamp, UserAgent};
//! fn respond_to_the_end(outcome: Outcome, head: ResponseHead, user_agent: &mut UserAgent) -> Step {
//!     outcome.receive(head, user_agent, Timestamp::ZERO) // no such method
//! }
//! ```
//!
//! ```compile_fail,E0599
//! # use crossorigin::browser::{Exchange, Step, Timestamp, UserAgent};
//! fn follow_before_there_is_a_response(exchange: Exchange, user_agent: &mut UserAgent) -> Step {
//!     exchange.follow(user_agent, Timestamp::ZERO) // no such method
//! }
//! ```
//!
//! To change a request that goes out, for instance to pass off a preflight as the actual request:
//!
//! ```compile_fail,E0594
//! # use crossorigin::browser::{Exchange, RequestKind};
//! fn relabel(exchange: Exchange) {
//!     exchange.request().kind = RequestKind::Actual; // behind a shared reference
//! }
//! ```
//!
//! To make a request without a page:
//!
//! ```compile_fail,E0061
//! # use crossorigin::browser::Request;
//! # use crossorigin::http::Method;
//! # fn without_page(url: url::Url) -> Request {
//! Request::new(Method::GET, url) // the page is missing
//! # }
//! ```
//!
//! To change a call of `fetch()` after it made its request:
//!
//! ```compile_fail,E0382
//! # use crossorigin::browser::Page;
//! # fn change_late(page: &Page) {
//! let call = page.fetch("https://api.example/");
//! let request = call.build();
//! let call = call.header("Accept", "*/*"); // already moved
//! # }
//! ```
//!
//! To write into the cache what no preflight allowed:
//!
//! ```compile_fail,E0624
//! # use crossorigin::browser::PreflightCache;
//! fn permit(cache: &mut PreflightCache) {
//!     cache.store(); // private
//! }
//! ```
//!
//! To make up a response, or a network error, that no fetch ended in:
//!
//! ```compile_fail,E0451
//! # use crossorigin::browser::Response;
//! fn readable(opaque: Response) -> Response {
//!     Response { delivered: todo!(), ..opaque } // private fields
//! }
//! ```

mod diagnosis;
mod embedder_policy;
mod engines;
mod fetch;
mod fixes;
mod initiator;
mod max_age;
mod modes;
mod outgoing_request;
mod page;
mod preflight_cache;
mod profile;
mod referrer_policy;
mod request;
mod response;
mod response_head;
mod service_worker_response;
mod state;
mod step;
mod timestamp;
mod url_credentials;
mod url_origin;
mod user_agent;

pub use diagnosis::{
    AllowedBy, Finding, Fix, Phase, PreflightCause, Reason, Refusal, RefusalReason, Side, TraceEntry, Warning,
};
pub use embedder_policy::EmbedderPolicy;
pub use fetch::MAX_REDIRECTS;
pub use initiator::{CrossOriginAttribute, Element, FetchCall, XmlHttpRequest};
pub use max_age::MaxAge;
pub use modes::{Body, CredentialsMode, Initiator, Mode, RedirectMode};
pub use outgoing_request::{BodyToSend, OutgoingRequest, RequestKind, ToHttpError};
pub use page::{InvalidPage, Page, PartitionKey};
pub use preflight_cache::{CacheEntry, CacheLimits, CachedPermission, PreflightCache};
pub use profile::Profile;
pub use referrer_policy::ReferrerPolicy;
pub use request::Request;
pub use response::{NetworkError, Response};
pub use response_head::{ResponseHead, ResponseType};
pub use service_worker_response::ServiceWorkerResponse;
pub use step::{Exchange, Failure, Outcome, Redirect, Step};
pub use timestamp::Timestamp;
pub use url_credentials::UrlCredentials;
pub use user_agent::UserAgent;
#[cfg(feature = "oracle")]
pub(crate) use {
    diagnosis::CanonicalName,
    url_credentials::{shown_value, without_credentials},
    url_origin::without_fragment,
};
