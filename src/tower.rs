//! A policy in front of a service: a layer for everything that takes `http` requests, such as axum, hyper and tonic.
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
//! The layer does what [`decide`](crate::server::Policy::decide) and [`apply`](crate::server::Decision::apply) do,
//! nothing else: read [`server`](crate::server) for what is decided and why. Preflights are answered here, with an
//! empty body, and the inner service does not see them. All other requests reach it, and its responses get their
//! headers, whatever their status; bodies pass untouched, and so do its readiness and its errors.
//!
//! [Coming from tower-http](crate::_documentation::migration_from_tower_http) translates the settings of its `CorsLayer`.
//!
//! # Where it belongs
//! **Outside of authentication**, since browsers send preflights without credentials. **Outside of everything that
//! answers itself**, such as time limits and rate limits: a page cannot read an error without the headers. An
//! `Err` of the inner service is no response, and nothing can be put on it; layers that make responses of errors go
//! inside.
//!
//! In **axum**, `OPTIONS` has to reach the layer also where a route has no handler for it. It does with
//! [`Router::layer`], which wraps the routes that are there by then and what answers where there is none, and with
//! `Router::route_layer`, which wraps the routes alone, 405 included. So does [`MethodRouter::layer`], around one
//! path. It does *not* with `MethodRouter::route_layer` and `Handler::layer`: there, axum answers preflights with 405.
//!
//! For routers with policies of their own, `Router::route_layer` is the one to choose: where routers with
//! `Router::layer` are merged, the policy of the last one stands before all paths that do not exist. One policy for
//! each response: if there are layers around layers, the outermost decides what it says.
//!
//! # More than one policy
//! Whatever implements [`PolicySource`] can stand behind the layer: a [`Policy`](crate::server::Policy); a
//! [`SwappablePolicy`], which can be replaced while the server runs; a function from the head of a request to a policy.
//! An origin that has to be looked up elsewhere, in a database for example, is decided by a layer further out, see
//! [`CorsLayer::new`].
//!
//! # Why was it refused?
//! With [`CorsLayer::expose_verdict`], the inner service finds a [`Verdict`](crate::server::Verdict) in the extensions
//! of each request that has an `Origin` header, and the layers outside find it in the extensions of the response,
//! preflights included: there is the place to log it.
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
mod layer;
mod service;
mod source;

pub use self::{
    future::ResponseFuture,
    layer::CorsLayer,
    service::CorsService,
    source::{PolicySource, RequestHead, SwappablePolicy},
};
