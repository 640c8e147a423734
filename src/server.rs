//! The server side: from a checked policy to the headers of a response.
//!
//! A [`Policy`] says what is shared with whom. It is checked as a whole when it is built, and a wrong one does not
//! come into being: [`PolicyErrors`] has everything that is wrong, with where it stands. For each request it
//! makes a [`Decision`], and the decision is applied to the response:
//!
//! ```
//! use crossorigin::http::{Method, Request, Response, StatusCode};
//! use crossorigin::server::{Action, Policy, PolicyErrors};
//!
//! fn serve(policy: &Policy, request: &Request<()>) -> Response<String> {
//!     let decision = policy.decide(request.method(), request.headers());
//!     let mut response = match decision.action() {
//!         Action::CallHandler => handler(request),          // errors too: they need the headers as well
//!         Action::Respond(status) => {
//!             let mut response = Response::new(String::new());
//!             *response.status_mut() = status;
//!             response
//!         }
//!     };
//!     decision.apply(response.headers_mut());
//!     response
//! }
//! # fn handler(_: &Request<()>) -> Response<String> { Response::new("hello".to_owned()) }
//!
//! let policy = Policy::builder()
//!     .allow_origins(["https://app.example", "https://*.staging.example", "http://localhost:*"])
//!     .allow_methods(["PUT", "DELETE"])
//!     .allow_headers(["content-type", "authorization"])
//!     .build()?;
//!
//! let preflight = Request::options("/items/7")
//!     .header("origin", "https://app.example")
//!     .header("access-control-request-method", "PUT")
//!     .body(())
//!     .unwrap();
//! let response = serve(&policy, &preflight);
//! assert_eq!(response.status(), StatusCode::NO_CONTENT);
//! assert_eq!(response.headers()["access-control-allow-origin"], "https://app.example");
//! assert_eq!(response.headers()["access-control-allow-methods"], "PUT, DELETE");
//! assert_eq!(response.headers()["vary"], "origin");
//! # Ok::<(), PolicyErrors>(())
//! ```
//!
//! [A page of questions](crate::_documentation::server_needs) answers what people ask of a server most: subdomains, apps
//! and extensions, errors, caches, credentials, configuration.
//!
//! # What is decided, and why
//! - **A preflight** is `OPTIONS` with `Origin` and `Access-Control-Request-Method`. It is answered here: 204, or 403
//!   without a word about the policy. Any other `OPTIONS` belongs to the application.
//! - **A refused request that is no preflight** reaches the handler: CORS is not access control. Whoever wants to
//!   answer 403 finds the reason in [`Decision::verdict`], and asks [`may_be_same_origin`] first: browsers send `Origin`
//!   with requests of the server's own pages too.
//! - **The response never says something else.** `Access-Control-*` headers that the handler set are removed or
//!   replaced.
//! - **`Vary`** names the request headers that the answer depends on, also where nothing is shared and where there is no
//!   `Origin`. An accepting answer to a preflight lists all that is allowed, whatever was asked for, so it serves every
//!   preflight of the origin: a browser that asks for more does not find it, and refuses as the policy would. It depends
//!   on what was asked for where any header is allowed, or any method with credentials; a refusal depends on everything
//!   that was looked at. Policies that share with any origin, without credentials, send `*` on every response but a
//!   refused preflight, and no `origin` in `Vary`. (One thing `Vary` does not cover: a policy that lists no methods sends
//!   no list of them, and by the text of the standard, though in no engine, that permits what a page asks for while it
//!   watches an upload. A cache of answers to `OPTIONS` could hand it such an answer where the policy would refuse.)
//! - **`*` as headers does not cover `authorization`**, and a preflight that asks for it is refused, since engines would
//!   take the `*` for it. One way is left: WebKit, once it has a `*` in its cache because of another header, asks no more.
//! - **`Origin`** is parsed strictly before any pattern sees it. Several are refused, and so is `null`.
//!
//! # Bounds
//! Deciding reads what it needs of the request once and allocates nothing, but for repeating what was asked for in
//! several lines where the policy allows anything with credentials. (What is repeated from the request shares its bytes.
//! A value that was not read from a connection, but copied from a text, allocates the count of those who share them when
//! it is repeated for the first time.) Finding an origin does not take longer with more of them listed.
//! [`MAX_REQUEST_HEADERS_BYTES`] and [`MAX_REQUEST_HEADERS_NAMES`] bound what a preflight may ask for.

mod allowed_names;
mod builder;
#[cfg(feature = "serde")]
mod config;
mod decide;
mod decision;
mod error;
mod explain;
mod explanation;
mod headers;
mod origin_index;
mod origin_rules;
mod pattern;
mod policy;
mod punycode;
mod refusal;
mod rules;
mod same_origin;
#[cfg(feature = "serde")]
mod serialize;
mod settings;
mod validate;
#[cfg(feature = "serde")]
mod value;
mod vary;
mod warning;

#[cfg(feature = "serde")]
pub use self::config::{NotSerializable, PolicyConfig};
pub use self::{
    builder::PolicyBuilder,
    decision::{Action, Decision, RequestClass, Verdict},
    error::{ConfigPath, PolicyError, PolicyErrorKind, PolicyErrors},
    explanation::{Explanation, MatchedRule, NearMiss, Suggestion},
    headers::{MAX_REQUEST_HEADERS_BYTES, MAX_REQUEST_HEADERS_NAMES, RequestOrigin, request_origin},
    origin_rules::OriginDecision,
    pattern::{OriginPattern, PatternError, PortPattern},
    policy::Policy,
    refusal::PolicyRefusal,
    same_origin::may_be_same_origin,
    vary::VaryMembers,
    warning::{PolicyWarning, PolicyWarningKind},
};
