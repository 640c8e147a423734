//! A [`CorsLayer`] puts a [`Policy`](crate::server::Policy) in front of a tower service that takes
//! `http::Request`: axum, hyper, tonic.
//!
//! ```text
//!   request ───► CorsLayer ── all other requests ───► inner service
//!                    │                                      │
//!                    │ preflights                           │ response
//!                    ▼                                      ▼
//!             empty response                  headers of the decision are set
//!                    └──────────────────┬───────────────────┘
//!                                       ▼
//!                                  the client
//! ```
//!
//! ```
//! use std::convert::Infallible;
//!
//! use crossorigin::{http::{Request, Response, StatusCode}, server::Policy, tower::CorsLayer};
//! use tower::{ServiceBuilder, ServiceExt as _, service_fn};
//!
//! let policy = Policy::builder()
//!     .allow_origin("https://app.example")
//!     .allow_method("PUT")
//!     .allow_header("content-type")
//!     .build()?;
//!
//! let service = ServiceBuilder::new().layer(CorsLayer::new(policy)).service(service_fn(
//!     async |_: Request<String>| Ok::<_, Infallible>(Response::new("hello".to_owned())),
//! ));
//!
//! let preflight = Request::options("/items/7")
//!     .header("origin", "https://app.example")
//!     .header("access-control-request-method", "PUT")
//!     .body(String::new())?;
//! let response = pollster::block_on(service.oneshot(preflight))?;
//! assert_eq!(response.status(), StatusCode::NO_CONTENT);
//! assert_eq!(response.headers()["access-control-allow-origin"], "https://app.example");
//! assert_eq!(response.headers()["access-control-allow-methods"], "PUT");
//! assert_eq!(response.body(), ""); // the handler was not called
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! By default, the layer calls [`Policy::decide`](crate::server::Policy::decide) and
//! [`Decision::apply`](crate::server::Decision::apply), and nothing else: [`server`](crate::server) says what
//! a policy decides and why. The layer itself responds to preflights, with an empty body, and the inner
//! service does not see them. All other requests reach the inner service, and the layer adds the CORS headers
//! to all its responses, also to error responses. Bodies, readiness and errors pass unchanged.
//!
//! Two settings respond to requests with 403 before the inner service:
//! [`reject_refused`](CorsLayer::reject_refused) to those that the policy refuses, and
//! [`guard`](CorsLayer::guard) to those for another host. Servers on the local machine and inside of networks
//! need both, because a policy does not stop DNS rebinding.
//!
//! [Coming from tower-http](crate::_documentation::migration::tower_http) translates the settings of its
//! `CorsLayer`.
//!
//! # Where to put the layer
//! An outer layer wraps an inner one and sees requests first. In axum, the layer that is added last is the
//! outermost: `.layer(authentication).layer(cors)`. In a `ServiceBuilder`, the first is the outermost:
//! `.layer(cors).layer(authentication)`.
//!
//! - **Outside of authentication**, because browsers send preflights without credentials.
//! - **Outside of layers that respond themselves**, such as timeouts and rate limits, because a page cannot
//!   read an error response without the headers.
//! - Layers that turn an `Err` of the inner service into a response go inside. An `Err` is not a response, so
//!   it gets no headers.
//! - One policy decides about each response. If several `CorsLayer`s wrap a service, the outermost wins,
//!   unless it is [overridable](CorsLayer::overridable): a default for routes without a layer of their own.
//!
//! In **axum**, `OPTIONS` must reach the layer even if a route has no handler for it:
//!
//! | axum's method | do preflights reach the layer? |
//! |---|---|
//! | [`Router::layer`] | yes: it wraps the routes added before it, and the fallback |
//! | `Router::route_layer` | yes: it wraps the routes and their 405 responses, but not the fallback |
//! | [`MethodRouter::layer`] | yes, for its path |
//! | `MethodRouter::route_layer`, `Handler::layer` | **no**: axum responds to preflights with 405 |
//!
//! - Call `fallback` and `method_not_allowed_fallback` **before** `layer`. A fallback that is added later is
//!   outside of the layer, so its responses have no headers. A `method_not_allowed_fallback` that is added
//!   later responds even to preflights, with 405.
//! - With `Router::route_layer`, the 404 of an unknown path has no headers. A page with a typing error in its
//!   URL then gets a CORS error and not a 404. An overridable layer around everything gives it headers.
//! - `Router::layer` also wraps the fallback: if you merge two routers that each have a `Router::layer`, the
//!   last router's policy applies to all unknown paths. Use `Router::route_layer`, with one overridable layer
//!   around the merged router.
//!
//! # Bodies
//! The layer makes empty responses, so the type of the response bodies must implement [`Default`]. axum's
//! `Body` does, and so does `http_body_util::Full`. Some layers have a body of their own that does not, for
//! example `RequestBodyLimitLayer` of tower-http. In a `ServiceBuilder`, put a layer between them that makes
//! one type of all bodies (`.map_response_body(axum::body::Body::new)` of tower-http). In axum, add each with
//! a `Router::layer` of its own, which does the same.
//!
//! # More than one policy
//! A layer takes any [`PolicySource`]: a [`Policy`](crate::server::Policy), a
//! [`SwappablePolicy`](crate::server::SwappablePolicy) that can be replaced while the server runs, or a
//! function from the head of a request to a policy. If request headers choose the policy,
//! [`CorsLayer::vary_on`] names them in every response.
//!
//! If something must be awaited, an outer layer does it, and puts the result into the extensions of the
//! request. For a decision about one origin, that is an [`OriginDecision`](crate::server::OriginDecision): see
//! [`CorsLayer::new`]. It can also be a whole policy, for example that of a tenant:
//!
//! ```
//! # use std::convert::Infallible;
//! # use crossorigin::http::{Request, Response};
//! # use tower::{Layer as _, ServiceExt as _, service_fn};
//! use crossorigin::{server::Policy, tower::{CorsLayer, RequestHead}};
//!
//! # async fn policy_of(host: &str) -> Option<Policy> {
//! #     let app = format!("https://app.{host}");
//! #     Policy::builder().allow_origin(app).build().ok().filter(|_| host == "tenant.example")
//! # }
//! # let handler = service_fn(async |_: Request<()>| Ok::<_, Infallible>(Response::new(())));
//! let nobody = Policy::builder().allow_no_origin().build()?;
//! let cors = CorsLayer::new(move |head: RequestHead<'_>| {
//!     head.extensions.get::<Policy>().cloned().unwrap_or_else(|| nobody.clone())
//! });
//! let inner = cors.layer(handler);
//! let service = service_fn(async |mut request: Request<()>| {
//!     let host = request.headers().get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
//!     let found = policy_of(host).await; // a look-up in a database, with a cache
//!     if let Some(policy) = found {
//!         request.extensions_mut().insert(policy);
//!     }
//!     inner.clone().oneshot(request).await
//! });
//!
//! let request = Request::get("/").header("host", "tenant.example").header("origin", "https://app.tenant.example");
//! let response = pollster::block_on(service.oneshot(request.body(())?))?;
//! assert_eq!(response.headers()["access-control-allow-origin"], "https://app.tenant.example");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Why was a request refused?
//! [`CorsLayer::on_decision`] calls a function with the head of each request and the decision about it: for
//! logs and metrics.
//!
//! With [`CorsLayer::expose_verdict`], the [`Verdict`](crate::server::Verdict) (what the policy decided) is
//! in the extensions of each request with an `Origin` header, for the inner service, and in the extensions of
//! the response, for outer layers. Verdicts about preflights are found only in the response.
//!
//! ```
//! # use std::convert::Infallible;
//! # use crossorigin::{http::{Request, Response}, server::Policy, tower::CorsLayer};
//! # use tower::{Layer as _, ServiceExt as _, service_fn};
//! use crossorigin::server::{PolicyRefusal, Verdict};
//!
//! # let handler = service_fn(async |_: Request<()>| Ok::<_, Infallible>(Response::new(())));
//! # let policy = Policy::builder().allow_origin("https://app.example").build()?;
//! # let request = Request::get("/").header("origin", "https://other.example").body(())?;
//! let service = CorsLayer::new(policy).expose_verdict().layer(handler);
//! let response = pollster::block_on(service.oneshot(request))?;
//! assert_eq!(response.extensions().get(), Some(&Verdict::Refuse(PolicyRefusal::OriginNotAllowed)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`Router::layer`]: https://docs.rs/axum/0.8/axum/struct.Router.html#method.layer
//! [`MethodRouter::layer`]: https://docs.rs/axum/0.8/axum/routing/method_routing/struct.MethodRouter.html#method.layer

mod future;
mod hook;
mod layer;
mod service;
mod source;

pub use self::{
    future::ResponseFuture,
    layer::CorsLayer,
    service::CorsService,
    source::{PolicySource, RequestHead},
};
