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
//! assert_eq!(response.headers()["vary"], "origin, access-control-request-method, access-control-request-headers");
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
//!   response, or the request has no `Origin`. Two requests that agree in the method and in these headers get
//!   the same CORS headers and the same action.
//!   - A response depends on `origin`, except with a policy that allows any origin without credentials: it
//!     sends `*` in every response, except in that to a refused preflight.
//!   - A response to `OPTIONS` also depends on `access-control-request-method`, which makes the request a
//!     preflight. If it is one, the response depends on `origin` with every policy.
//!   - The response to a preflight depends on `access-control-request-headers` if the policy has looked at it.
//!     It does so after it has allowed the origin and the method, and not at all if the response lists `*`.
//! - **The whole list.** If a preflight is accepted, the response lists everything that is allowed, whatever
//!   the preflight asks for, so that one preflight fills the browser's cache. Only in place of `*` with
//!   credentials it echoes the requested method or names.
//! - **`authorization`.** A policy that [allows any header](PolicyBuilder::allow_any_header) without
//!   credentials responds with `*`. By the standard, `*` does not cover `authorization`, and a browser that
//!   follows it refuses and names the header in its console. Today's browsers let `*` cover it. List
//!   `authorization` beside `*`, which is right in every browser; without it, the policy has a
//!   [warning](PolicyWarningKind::AuthorizationNotCovered). With credentials, the response has the requested
//!   names in place of `*`.
//! - **The server's own name** is not checked by a policy. A server on the local machine or inside of a network
//!   also needs a [`HostGuard`], because in DNS rebinding the attacker's page is same-origin with it.
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
mod config_path;
mod decide;
mod decision;
mod edits;
mod error;
mod explain;
mod explanation;
mod guard;
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
    config_path::ConfigPath,
    decision::{Action, Decision, RequestClass, Verdict},
    edits::Edit,
    error::{PolicyError, PolicyErrorKind, PolicyErrors},
    explanation::{Explanation, MatchedRule, NearMiss, Suggestion},
    guard::{GuardError, HostGuard},
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
