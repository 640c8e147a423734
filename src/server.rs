//! The server side: a [`Policy`] turns a request head into the CORS headers of its response.
//!
//! ```text
//!   request head ───► Policy::decide ───► Decision
//!                                            │ action()
//!                    CallHandler             │             Respond(204 or 403)
//!                        ┌───────────────────┴───────────────────┐
//!                        ▼                                       ▼
//!                  your handler                         an empty response
//!                        └───────────────────┬───────────────────┘
//!                                            ▼
//!                       Decision::apply ───► the headers of the response
//! ```
//!
//! ```
//! use crossorigin::http::{Method, Request, Response, StatusCode};
//! use crossorigin::server::{Action, Policy, PolicyErrors};
//!
//! fn serve(policy: &Policy, request: &Request<()>) -> Response<String> {
//!     let decision = policy.decide(request.method(), request.headers());
//!     let mut response = match decision.action() {
//!         Action::CallHandler => handler(request),
//!         Action::Respond(status) => {
//!             let mut response = Response::new(String::new());
//!             *response.status_mut() = status;
//!             response
//!         }
//!     };
//!     decision.apply(response.headers_mut()); // to error responses too: pages cannot read them otherwise
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
//! [`build`](PolicyBuilder::build) validates the whole policy, and an invalid one is never constructed:
//! [`PolicyErrors`] lists every error and its location. With the feature `tower`, a [layer](crate::tower)
//! does what `serve` does here.
//!
//! Servers with header types of their own, such as actix-web and Rocket, use [`request_headers`] and
//! [`Decision::edits`].
//!
//! [What servers need](crate::_documentation::server_needs) has the most common questions: subdomains, apps
//! and extensions, errors, caches, credentials, configuration.
//!
//! # What a policy decides, and why
//! - **Preflights.** A preflight is `OPTIONS` with `Origin` and `Access-Control-Request-Method`. The policy
//!   decides the whole response: 204, or 403 without revealing the policy. Every other `OPTIONS` belongs to the
//!   application.
//! - **Refused requests.** A refused request that is not a preflight still reaches the handler, because CORS
//!   is not access control: it decides what pages may read. To respond with 403 instead,
//!   check that [`Decision::refusal`] is `Some` and that [`may_be_same_origin`] returns `false`: browsers
//!   send `Origin` with requests of the server's own pages too.
//! - **The handler's headers.** The response never contradicts the decision. [`Decision::apply`] removes or
//!   replaces every `Access-Control-*` header that the handler has set.
//! - **`Vary`** names the request headers that the response depends on, even if no page may read the
//!   response, or the request has no `Origin`.
//!   - If a preflight is accepted, the response lists everything that is allowed, whatever the preflight asks
//!     for. So one response can serve all preflights of that origin: the browser refuses what the list does
//!     not have. The response depends on the requested names only if the policy calls
//!     [`allow_any_header`](PolicyBuilder::allow_any_header). It depends on the requested method only if the
//!     policy calls [`allow_any_method`](PolicyBuilder::allow_any_method) and allows credentials.
//!   - If a preflight is refused, `Vary` names what was checked until the refusal: the origin, then the
//!     method, then the names.
//!   - A policy that allows any origin without credentials sends `*` in every response, except in that to a
//!     refused preflight, and leaves `origin` out of `Vary`.
//!   - One gap: a cache of `OPTIONS` responses may use an accepted preflight's response for a preflight that
//!     the policy would refuse because of its method. The browser then refuses, because the method is not
//!     listed. Exception, in the standard and in no engine: if the policy lists no methods, the missing
//!     `Access-Control-Allow-Methods` allows every method to an `XMLHttpRequest` with a listener for upload
//!     progress, and to a `fetch()` that sends a stream.
//! - **`authorization`.** By the standard, `*` as the allowed headers does not cover `authorization`. In
//!   browsers it does, without credentials. So that all clients are treated alike, a policy that allows any
//!   header without credentials refuses a preflight that asks for `authorization`, unless the policy also
//!   lists this name. With credentials, the response has the requested names in place of `*`. One gap: if
//!   WebKit has cached the `*` of an earlier preflight, it sends `authorization` without another preflight.
//! - **`Origin`** is parsed strictly before any pattern sees it. Several `Origin` headers are refused, and so
//!   is `null`, unless the policy [allows it](PolicyBuilder::dangerously_allow_null_origin). A policy that
//!   allows any origin without credentials does not look at the header.
//!
//! # Costs and limits
//! [`Policy::decide`] reads the request head once. It builds a new value in one case only: a policy allows
//! any header with credentials, and the preflight lists its header names on several lines or with empty
//! elements. All other echoed values are not copied: they share the request's bytes, and the crate `http` may
//! allocate a small counter for that. Nothing else is allocated. The time to find an origin does not grow
//! with the number of origins.
//!
//! [`MAX_REQUEST_HEADERS_BYTES`] and [`MAX_REQUEST_HEADERS_NAMES`] limit what a preflight may ask for.

mod allowed_names;
mod builder;
#[cfg(feature = "serde")]
mod config;
mod decide;
mod decision;
mod edits;
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
mod swappable;
mod validate;
#[cfg(feature = "serde")]
mod value;
mod vary;
mod warning;

#[cfg(feature = "serde")]
pub use self::config::{NotSerializable, PolicyConfig};
#[cfg(feature = "tower")]
pub(crate) use self::decision::add_to_vary;
#[cfg(feature = "oracle")]
pub(crate) use self::error::with_sources;
pub use self::{
    builder::PolicyBuilder,
    decision::{Action, Decision, RequestClass, Verdict},
    edits::Edit,
    error::{ConfigPath, PolicyError, PolicyErrorKind, PolicyErrors},
    explanation::{Explanation, MatchedRule, NearMiss, Suggestion},
    headers::{
        MAX_REQUEST_HEADERS_BYTES, MAX_REQUEST_HEADERS_NAMES, RequestOrigin, request_headers, request_origin,
    },
    origin_rules::OriginDecision,
    pattern::{OriginPattern, PatternError, PortPattern},
    policy::Policy,
    refusal::PolicyRefusal,
    same_origin::may_be_same_origin,
    swappable::SwappablePolicy,
    vary::VaryMembers,
    warning::{PolicyWarning, PolicyWarningKind},
};
