//! The browser side: a state machine that says what a browser does with a request and its responses.
//!
//! ```text
//!     Page ─── fetch(), xml_http_request(), request() ───> Request   (or a Refusal: nothing is sent)
//!                                                             │
//!                                      UserAgent::fetch(request, now)
//!                                                             │
//!       ┌───────────────────────────> Step <──────────────────┘
//!       │                              │
//!       │            ┌─────────────────┼───────────────────┬──────────────────┐
//!       │            v                 v                   v                  v
//!       │     Send(Exchange)   Redirect(Redirect)   Local(LocalFetch)   Done(Outcome)
//!       │            │                 │                   │                  ├── Ok(Response)
//!       │      receive, fail     follow, block       respond, fail            └── Err(NetworkError)
//!       │            │                 │                   │
//!       └────────────┴─────────────────┴───────────────────┘
//! ```
//!
//! `build` returns a [`Refusal`] if the browser refuses the page's call, for instance because of an invalid
//! URL. This loop is a complete client, except that it drops the bodies of responses. `send` stands for your
//! HTTP client:
//!
//! ```
//! use crossorigin::browser::{Failure, Page, Profile, Step, Timestamp, UserAgent};
//! # use crossorigin::http::{Request, Response};
//! # fn send(_: Request<()>) -> std::io::Result<Response<Vec<u8>>> { Ok(Response::default()) }
//! # fn now() -> Timestamp { Timestamp::ZERO }
//!
//! let mut user_agent = UserAgent::new(Profile::standard());
//! let page = Page::new("https://app.example/")?;
//! let request = page.fetch("https://api.example/items").build()?;
//!
//! let mut step = user_agent.fetch(request, now());
//! let outcome = loop {
//!     step = match step {
//!         Step::Send(exchange) => match send(exchange.request().to_http()?) {
//!             Ok(response) => exchange.receive(&response, &mut user_agent, now()),
//!             Err(_) => exchange.fail(&mut user_agent, Failure::Network),
//!         },
//!         Step::Redirect(redirect) => redirect.follow(&mut user_agent, now()),
//!         Step::Local(local) => local.fail(&mut user_agent, Failure::Network), // or respond
//!         Step::Done(outcome) => break outcome,
//!     };
//! };
//! # let error = outcome.unwrap_err();
//! # assert_eq!(error.reason().name(), "AllowOriginMissing");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A fetch waits for at most one thing at a time, so it is modelled as a state machine whose states are
//! types: each transition consumes a state and returns the next [`Step`]. After a preflight comes the actual
//! request or the end. After an actual request comes a redirect or the end. After a redirect, main fetch runs
//! for the new URL: the next step is another preflight, an actual request or the end. A URL such as `data:` is
//! a [`LocalFetch`], after which comes the end.
//!
//! States are `Send + Sync + 'static` and own what they need. They borrow the user agent only during a
//! transition. Therefore any number of fetches may interleave, and a state may wait in a struct or across an
//! `await`.
//!
//! # What you get for each request
//!
//! | from | what |
//! |---|---|
//! | [`OutgoingRequest::to_http`] | the request's head with all headers that a page determines: the author's, `Origin`, `Referer`, `Sec-Fetch-*` |
//! | [`OutgoingRequest`] | mode, destination, cache mode, credentials, body, referrer, fetch metadata, partition |
//! | [`Exchange`] | what does not go over the network: initiator, origin, URL list, redirect-taint |
//!
//! For `SameSite` cookies, see [`Exchange::redirect_taint`]. For the sites of origins, see
//! [`Sites`](crate::site::Sites). Set [`Request::user_involvement`] for navigations: `Sec-Fetch-User` needs it.
//!
//! # What stays with you
//!
//! - **The network.** You need an HTTP client that follows no redirects by itself, reports every status as a
//!   response and not as an error, and can send `OPTIONS`. Authentication and its retries are yours, too.
//! - **Local URLs.** You make the responses to `data:`, `blob:` and `file:` URLs and to `about:blank`:
//!   [`LocalFetch`] says which.
//! - **The HTTP cache.** It is part of your client: pass to [`Exchange::receive`] what comes out of the
//!   cache. If your cache asked whether its copy is still valid and the server responded with 304, pass in
//!   that copy, refreshed.
//! - **Bodies.** The library never sees them. [`OutgoingRequest::body`] says whether the request's body is
//!   sent; after a redirect it is sent again from its start. Discard the bodies of responses to preflights,
//!   and of redirects that are followed.
//! - **Cookies and all other credentials.** [`OutgoingRequest::credentials`] says whether they are sent with
//!   a request, and whether cookies from its response are stored.
//! - **The clock.** Every method that reads the preflight cache takes a [`Timestamp`].
//! - **HSTS and other upgrades to HTTPS.** Change [`Request::url`] before the fetch starts, and call
//!   [`Redirect::upgrade_to_https`] at a redirect ([main fetch](crate::standard::Algorithm::MainFetch), step
//!   10).
//! - **Other checks of a request**: Content Security Policy, Integrity Policy, mixed content, bad ports. Make
//!   them before the fetch, and again at each redirect: see [your own refusals](#your-own-refusals).
//! - **Addresses and permissions**, for local network access: see [below](#local-network-access).
//! - **Other checks of a response**: MIME type and `nosniff`, integrity, opaque-response blocking. The module
//!   [`checks`] has those that need nothing but a URL or headers.
//! - **Everything else a browser does**: [the table of steps](crate::_documentation::coverage) names it.
//!
//! # Your own refusals
//!
//! [`Failure`] has the reasons for which an embedder ends a fetch. The result is always a [`NetworkError`] of
//! that fetch, with its trace, its warnings, a [`Reason`] and fixes.
//!
//! | when | how | for example |
//! |---|---|---|
//! | before the fetch | [`UserAgent::refuse`], in place of [`UserAgent::fetch`] | [`Failure::MixedContent`], [`Failure::BadPort`] |
//! | at a request | [`Exchange::fail`], in place of [`Exchange::receive`] | [`Failure::Timeout`] |
//! | at a redirect | [`Redirect::block`], in place of [`Redirect::follow`] | [`Failure::ContentSecurityPolicy`] |
//! | at a local URL | [`LocalFetch::fail`], in place of [`LocalFetch::respond`] | [`Failure::Network`] |
//! | after the response | [`Response::into_error`] | [`Failure::Nosniff`], [`Failure::Integrity`] |
//!
//! # Local network access
//!
//! Chromium and Firefox ask the user before a page on the internet reaches a device on the local network, or an
//! app on this device. Fetch has no [local network access](https://wicg.github.io/local-network-access/), which is
//! a draft. The profiles do what the engines do, if you say where the page and each server are:
//!
//! 1. Give the page its address: [`Page::with_address`]. Without it, nothing is checked. Give it the state of its
//!    permissions, too: [`Page::with_permission`].
//! 2. When there is a connection for a request, and before anything is sent, give its address:
//!    [`Exchange::connected`]. Then the request may be sent, or the user has to be asked, or the fetch is over. If
//!    this call is missing, the fetch ends with [`Reason::AddressMissing`].
//!
//! The check of mixed content is yours. Chromium makes an exception from it: a page over https may reach an http
//! URL if its host is a local IP address or a name under `.local`, or if [`Request::target_address_space`] is
//! [`AddressSpace::Local`].
//!
//! By the draft, a request to a local IP address or to a name under `.local` passes without any permission, because
//! its target address space is set and matches. No engine does that, and neither does a profile.
//!
//! # Cancelling
//!
//! By the standard, a fetch that a page aborts ends in a network error. Therefore, if a page calls `abort()` of
//! an `AbortController`, call [`Exchange::fail`] or [`Redirect::block`] with [`Failure::Canceled`]. Dropping
//! the state ends the fetch, too, without an [`Outcome`]. They have different effects on the preflight cache:
//!
//! - `fail(Canceled)` and `block(Canceled)` do what every network error does. By the standard, this removes
//!   the preflight cache's entries for the current URL if the request needs a preflight, even if none was
//!   sent because a permission was cached ([main fetch](crate::standard::Algorithm::MainFetch), step 12.3).
//!   [`Profile::firefox`] removes them also after a CORS request that needs no preflight.
//!   [`Profile::chromium`] and [`Profile::webkit`] keep them.
//! - Chromium waits for the response to a preflight even after `abort()`, and caches it. To do the same, wait
//!   for it and call [`Exchange::receive_canceled`] in place of `fail`, with [`Profile::chromium`].
//! - Dropping an [`Exchange`] or a [`Redirect`] leaves the cache as it is. This is what happens to a fetch in
//!   asynchronous code if its future is dropped.
//!
//! # Intercepting requests
//!
//! An [`Exchange`] may wait as long as you like, for instance while a developer looks at it. Then
//!
//! - send [`Exchange::request`], and pass the response of the server to [`Exchange::receive`];
//! - or respond yourself: pass any [`ResponseHead`] to [`Exchange::receive`]. It is checked like a response
//!   of the server;
//! - or end the fetch: [`Exchange::fail`].
//!
//! A request that goes out cannot be changed: the library checks the response against the request that it
//! made. To change the URL, the method or a header, drop the exchange, change a copy of the [`Request`], and
//! start another fetch.
//!
//! # A walk through a fetch
//!
//! ```
//! use crossorigin::browser::{Body, BodyToSend, Page, Profile, RequestKind, ResponseType};
//! use crossorigin::browser::{Step, Timestamp, UserAgent};
//! use crossorigin::http::{HeaderName, Response};
//!
//! // One user agent serves all fetches: it holds the preflight cache. A trace explains a fetch, and costs a
//! // little.
//! let mut user_agent = UserAgent::new(Profile::standard()).with_trace();
//! // Any clock will do. If it goes backwards, cached permissions may last too long.
//! let now = Timestamp::from_secs(1_000);
//!
//! // A page calls `fetch()`. Only the kind of the body is given: these are bytes, which can be sent again
//! // after a redirect, unlike a stream.
//! let page = Page::new("https://app.example/shop/")?;
//! let put = |url| {
//!     let call = page.fetch(url).method("PUT").header("Content-Type", "application/json");
//!     call.body(Body::Replayable, None).build()
//! };
//! let step = user_agent.fetch(put("https://api.example/items/7")?, now);
//!
//! // The request is cross-origin, and neither its method nor its header is safelisted: a preflight goes
//! // first. This is the complete request, apart from what every HTTP client adds (`Host` and so on). It has
//! // no body and no cookies.
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
//! // The server allows both for ten minutes. Only the head of a response matters here. Discard the body of a
//! // response to a preflight.
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
//! // The response must allow the origin, too: the preflight allowed sending, not reading.
//! let response = Response::builder()
//!     .header("Access-Control-Allow-Origin", "https://app.example")
//!     .header("Access-Control-Expose-Headers", "ETag")
//!     .header("ETag", "\"8\"")
//!     .header("Server", "hidden")
//!     .body(())?;
//! let Step::Done(outcome) = exchange.receive(&response, &mut user_agent, now) else { panic!() };
//!
//! // A script sees type "cors", and the headers that are safelisted or exposed. You hand over the body, if
//! // `body_readable` allows it.
//! let response = outcome?;
//! assert_eq!(response.response_type(), ResponseType::Cors);
//! assert!(response.headers().contains(&HeaderName::from_static("etag")));
//! assert!(!response.headers().contains(&HeaderName::from_static("server")));
//! assert!(response.body_readable());
//!
//! // The trace lists each decision with the step of the standard that took it.
//! assert_eq!(
//!     response.trace().iter().map(|decision| decision.step.to_string()).collect::<Vec<_>>(),
//!     [
//!         "main fetch 12",                   // the request is cross-origin, and needs a preflight
//!         "CORS check 5",                    // of the response to the preflight
//!         "CORS-preflight fetch 7",          // its status
//!         "CORS-preflight fetch 7.5",        // the method
//!         "CORS-preflight fetch 7.7",        // the headers
//!         "CORS-preflight fetch 7.8",        // the max-age: cached for 600 s
//!         "HTTP-network-or-cache fetch 8.3", // no cookies to another origin
//!         "CORS check 5",                    // of the response to the actual request
//!         "TAO check 8",                     // its timing is not shared
//!         "main fetch 14",                   // delivered
//!     ]
//! );
//!
//! // The cache now has two entries, for the method and for the header name. They serve this origin and
//! // exactly this URL: a second fetch of it within ten minutes needs no preflight; a later fetch needs one,
//! // and so does another URL.
//! assert_eq!(user_agent.cache().entries(now).count(), 2);
//! let mut kind = |url, now| match user_agent.fetch(put(url).unwrap(), now) {
//!     Step::Send(exchange) => Some(exchange.request().kind),
//!     Step::Redirect(_) | Step::Local(_) | Step::Done(_) => None,
//! };
//! let (soon, late) = (Timestamp::from_secs(1_599), Timestamp::from_secs(1_600));
//! assert_eq!(kind("https://api.example/items/7", soon), Some(RequestKind::Actual));
//! assert_eq!(kind("https://api.example/items/7", late), Some(RequestKind::Preflight));
//! assert_eq!(kind("https://api.example/items/8", soon), Some(RequestKind::Preflight));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What does not compile
//!
//! These mistakes are compile errors.
//!
//! Receiving two responses for one exchange: see [`Exchange`]. [`Exchange`], [`Redirect`] and [`Step`] cannot
//! be cloned.
//!
//! Following a redirect twice, or blocking it afterwards:
//!
//! ```compile_fail,E0382
//! # use crossorigin::browser::{Failure, Redirect, Timestamp, UserAgent};
//! fn follow_and_block(redirect: Redirect, user_agent: &mut UserAgent) {
//!     let _ = redirect.follow(user_agent, Timestamp::ZERO);
//!     let _ = redirect.block(user_agent, Failure::Canceled); // already moved
//! }
//! ```
//!
//! Going back to an earlier step:
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
//! Receiving a response although nothing was sent:
//!
//! ```compile_fail,E0599
//! # use crossorigin::browser::{Outcome, ResponseHead, Step, Timestamp, UserAgent};
//! fn receive_after_the_end(outcome: Outcome, head: ResponseHead, user_agent: &mut UserAgent) -> Step {
//!     outcome.receive(head, user_agent, Timestamp::ZERO) // no such method
//! }
//! ```
//!
//! Following something other than a redirect:
//!
//! ```compile_fail,E0599
//! # use crossorigin::browser::{Exchange, Step, Timestamp, UserAgent};
//! fn follow_before_there_is_a_response(exchange: Exchange, user_agent: &mut UserAgent) -> Step {
//!     exchange.follow(user_agent, Timestamp::ZERO) // no such method
//! }
//! ```
//!
//! Changing a request that goes out, for instance to send a preflight as if it were the actual request:
//!
//! ```compile_fail,E0594
//! # use crossorigin::browser::{Exchange, RequestKind};
//! fn relabel(exchange: Exchange) {
//!     exchange.request().kind = RequestKind::Actual; // behind a shared reference
//! }
//! ```
//!
//! Making a request without a page:
//!
//! ```compile_fail,E0061
//! # use crossorigin::browser::Request;
//! # use crossorigin::http::Method;
//! # fn without_page(url: url::Url) -> Request {
//! Request::new(Method::GET, url) // the page is missing
//! # }
//! ```
//!
//! Changing a call of `fetch()` after it made its request:
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
//! Adding a cache entry that no preflight allowed:
//!
//! ```compile_fail,E0624
//! # use crossorigin::browser::PreflightCache;
//! fn permit(cache: &mut PreflightCache) {
//!     cache.store(); // private
//! }
//! ```
//!
//! Constructing a response or a network error by hand, without a fetch:
//!
//! ```compile_fail,E0451
//! # use crossorigin::browser::Response;
//! fn readable(opaque: Response) -> Response {
//!     Response { delivered: todo!(), ..opaque } // private fields
//! }
//! ```

mod address_space;
pub mod checks;
mod crossorigin_attribute;
mod destination;
mod diagnosis;
mod embedder_policy;
mod engines;
mod failure;
mod fetch;
mod fetch_metadata;
mod fixes;
mod initiator;
mod initiators;
mod keywords;
mod max_age;
mod modes;
mod outgoing_request;
mod page;
mod partition_key;
mod permission;
mod preflight_cache;
mod profile;
mod referrer;
mod referrer_policy;
mod request;
mod response;
mod response_head;
mod secrets;
mod service_worker_response;
mod state;
mod step;
mod timestamp;
mod trustworthy;
mod url_credentials;
mod url_origin;
mod user_agent;

pub use address_space::{Address, AddressSpace};
pub use crossorigin_attribute::CrossOriginAttribute;
pub use destination::Destination;
pub use diagnosis::{
    AllowedBy, CookieProblem, Exception, Finding, Fix, Phase, PreflightCause, Reason, Refusal, RefusalReason,
    Side, TraceEntry, Warning,
};
pub use embedder_policy::EmbedderPolicy;
pub use engines::OpaqueResponseVerdict;
pub use failure::Failure;
pub use fetch::MAX_REDIRECTS;
pub use fetch_metadata::{FetchMetadata, FetchSite};
pub use initiator::{FetchCall, RequestBuilder, XmlHttpRequest};
pub use initiators::Initiator;
#[cfg(all(feature = "oracle", feature = "serde"))]
pub(crate) use keywords::Keyword;
pub use keywords::UnknownName;
pub use max_age::MaxAge;
pub use modes::{Body, CacheMode, CredentialsMode, Mode, RedirectMode, UserInvolvement};
pub use outgoing_request::{BodyToSend, OutgoingRequest, RequestKind, ToHttpError};
pub use page::{InvalidPage, Page};
pub use partition_key::PartitionKey;
pub use permission::Permission;
pub use preflight_cache::{CacheEntry, CacheLimits, CachedPermission, PreflightCache};
pub use profile::Profile;
pub use referrer::Referrer;
pub use referrer_policy::ReferrerPolicy;
pub use request::Request;
pub use response::{NetworkError, Response};
pub use response_head::{ResponseHead, ResponseType};
pub use service_worker_response::ServiceWorkerResponse;
pub use state::RedirectTaint;
pub use step::{Connected, Exchange, LocalFetch, Outcome, PermissionPrompt, Redirect, Step};
pub use timestamp::Timestamp;
pub use url_credentials::UrlCredentials;
pub use user_agent::UserAgent;
#[cfg(feature = "oracle")]
pub(crate) use {
    diagnosis::CanonicalName, fixes::may_be_refusal_of_origin, secrets::shown_value,
    url_credentials::without_credentials, url_origin::without_fragment,
};
