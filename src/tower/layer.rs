//! The layer, and what can be set on it.

use std::borrow::Cow;

use http::StatusCode;
use tower_layer::Layer;

use super::{
    service::CorsService,
    source::{PolicySource, RequestHead},
};
use crate::server::{Action, Decision, OriginDecision, Policy, RequestClass, Verdict, may_be_same_origin};

/// Puts a policy in front of a service. See the [module](super).
#[derive(Debug, Clone)]
#[must_use = "a layer does nothing until it is put around a service"]
pub struct CorsLayer<P = Policy> {
    source: P,
    rejects_refused: bool,
    exposes_verdict: bool,
}

impl<P: PolicySource> CorsLayer<P> {
    /// A layer with a policy, or with something that has one for each request.
    ///
    /// A policy that says [`caller_decides_origins`](crate::server::PolicyBuilder::caller_decides_origins) takes an
    /// [`OriginDecision`] from the extensions of the request, as [`Policy::decide_with`] does. A layer
    /// further out puts it there, asynchronous or not. Without one, the policy decides alone; and policies that do
    /// not say so are not overruled.
    ///
    /// ```
    /// # use std::convert::Infallible;
    /// use crossorigin::{http::{Request, Response}, server::{OriginDecision, Policy, RequestOrigin, request_origin}};
    /// use crossorigin::tower::CorsLayer;
    /// use tower::{Layer as _, ServiceExt as _, service_fn};
    ///
    /// # async fn is_tenant(origin: &str) -> bool { origin == "https://tenant.example" }
    /// # let handler = service_fn(async |_: Request<()>| Ok::<_, Infallible>(Response::new(())));
    /// let cors = CorsLayer::new(Policy::builder().caller_decides_origins().build()?).layer(handler);
    /// let service = service_fn(async |mut request: Request<()>| {
    ///     let answer = match request_origin(request.headers()) {
    ///         RequestOrigin::Origin(origin) if is_tenant(origin.as_str()).await => OriginDecision::Allowed,
    ///         _ => OriginDecision::NotAllowed,
    ///     };
    ///     request.extensions_mut().insert(answer);
    ///     cors.clone().oneshot(request).await
    /// });
    ///
    /// let is_shared = |origin| {
    ///     let request = Request::get("/").header("origin", origin).body(()).unwrap();
    ///     let response = pollster::block_on(service.clone().oneshot(request)).unwrap();
    ///     response.headers().contains_key("access-control-allow-origin")
    /// };
    /// assert!(is_shared("https://tenant.example"));
    /// assert!(!is_shared("http://tenant.example"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(source: P) -> Self {
        Self { source, rejects_refused: false, exposes_verdict: false }
    }

    /// Answers 403 to requests that the policy refuses, instead of calling the inner service and keeping its response
    /// from the page: so that they have no effect either. Never to same-origin requests.
    ///
    /// Browsers send `Origin` with same-origin requests too, unless they are `GET` or `HEAD`, and an origin need not
    /// allow itself: [`may_be_same_origin`] tells which those are, and has its limits: `Origin: null` passes where
    /// `Sec-Fetch-Site` is missing.
    ///
    /// This is no protection against request forgery by itself: `GET` requests from pages that do not ask to
    /// read the answer have no `Origin` header.
    ///
    /// ```
    /// # use std::convert::Infallible;
    /// # use crossorigin::{http::{Request, Response, StatusCode}, server::Policy, tower::CorsLayer};
    /// # use tower::{Layer as _, ServiceExt as _, service_fn};
    /// # let handler = service_fn(async |_: Request<()>| Ok::<_, Infallible>(Response::new(())));
    /// let policy = Policy::builder().allow_origin("https://app.example").build()?;
    /// let service = CorsLayer::new(policy).reject_refused().layer(handler);
    /// let status = |origin| {
    ///     let request = Request::post("/").header("host", "api.example").header("origin", origin).body(());
    ///     pollster::block_on(service.clone().oneshot(request.unwrap())).unwrap().status()
    /// };
    /// assert_eq!(status("https://app.example"), StatusCode::OK);
    /// assert_eq!(status("https://other.example"), StatusCode::FORBIDDEN);
    /// assert_eq!(status("https://api.example"), StatusCode::OK); // same-origin, though not listed
    /// # Ok::<(), crossorigin::server::PolicyErrors>(())
    /// ```
    pub fn reject_refused(mut self) -> Self {
        self.rejects_refused = true;
        self
    }

    /// Puts the [`Verdict`](crate::server::Verdict) on each request with an `Origin` header into the extensions of the
    /// request, where the inner service finds it, and of the response, preflights included, where the layers outside
    /// find it.
    ///
    /// Only where it is asked for, since extensions have to be allocated: that takes as long as all the rest that the
    /// layer does.
    pub fn expose_verdict(mut self) -> Self {
        self.exposes_verdict = true;
        self
    }

    /// The verdict, if it is to be put into extensions.
    pub(super) fn exposed_verdict(&self, decision: &Decision<'_>) -> Option<Verdict> {
        let inserted = self.exposes_verdict && decision.class() != RequestClass::NotCors;
        inserted.then(|| decision.verdict())
    }

    pub(super) fn policy(&self, head: RequestHead<'_>) -> Cow<'_, Policy> {
        self.source.policy(head)
    }

    pub(super) fn action(&self, decision: &Decision<'_>, head: RequestHead<'_>) -> Action {
        let action = decision.action();
        let refused = self.rejects_refused && decision.refusal().is_some();
        if action == Action::CallHandler && refused && !may_be_same_origin(head.uri, head.headers) {
            Action::Respond(StatusCode::FORBIDDEN)
        } else {
            action
        }
    }
}

/// The answer about the origin that a layer further out found counts where the policy asks for it.
pub(super) fn decide<'a>(policy: &'a Policy, head: RequestHead<'a>) -> Decision<'a> {
    match head.extensions.get::<OriginDecision>() {
        Some(decided) if policy.settings().caller_decides_origins => {
            policy.decide_with(head.method, head.headers, *decided)
        }
        _ => policy.decide(head.method, head.headers),
    }
}

impl<S, P: Clone> Layer<S> for CorsLayer<P> {
    type Service = CorsService<S, P>;

    fn layer(&self, inner: S) -> Self::Service {
        CorsService::new(inner, self.clone())
    }
}
