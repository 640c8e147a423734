//! The layer and its settings.

use std::borrow::Cow;

use http::StatusCode;
use tower_layer::Layer;

use super::{
    service::CorsService,
    source::{PolicySource, RequestHead},
};
use crate::server::{Action, Decision, OriginDecision, Policy, RequestClass, Verdict, may_be_same_origin};

/// A [`tower_layer::Layer`] that puts a policy in front of a service. The [module](super) says where to put
/// it.
#[doc(alias = "cors")]
#[doc(alias = "middleware")]
#[derive(Debug, Clone)]
#[must_use = "a layer does nothing until it is put around a service"]
pub struct CorsLayer<P = Policy> {
    source: P,
    rejects_refused: bool,
    exposes_verdict: bool,
}

impl<P: PolicySource> CorsLayer<P> {
    /// Creates a layer with a policy, or with another [`PolicySource`].
    ///
    /// If the policy has [`caller_decides_origins`](crate::server::PolicyBuilder::caller_decides_origins),
    /// the layer takes an [`OriginDecision`] from the extensions of the request, and passes it to
    /// [`Policy::decide_with`]. An outer layer puts it there, after awaiting whatever it needs. Without an
    /// [`OriginDecision`], the policy decides alone. The layer ignores an [`OriginDecision`] if the policy
    /// does not have that setting.
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
    ///     let decided = match request_origin(request.headers()) {
    ///         RequestOrigin::Origin(origin) if is_tenant(origin.as_str()).await => OriginDecision::Allowed,
    ///         _ => OriginDecision::NotAllowed,
    ///     };
    ///     request.extensions_mut().insert(decided);
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

    /// Responds with 403 to refused requests, except same-origin ones, and does not call the inner service
    /// for them.
    ///
    /// Without this, the inner service runs for a refused request, and only the page does not get to read the
    /// response.
    ///
    /// Browsers send `Origin` with same-origin requests too, except with `GET` and `HEAD`, and a policy need
    /// not list the server's own origin. [`may_be_same_origin`] recognizes such requests. It has limits: for
    /// example, `Origin: null` passes if `Sec-Fetch-Site` is missing.
    ///
    /// **This alone does not protect against request forgery.** A `GET` request of a page that does not ask
    /// to read the response has no `Origin` header, and is not refused.
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

    /// Puts the [`Verdict`] on each request with an `Origin` header into the extensions of request and
    /// response.
    ///
    /// The inner service finds it in the request. Outer layers find it in the response, that to a preflight
    /// included.
    ///
    /// It is off by default because extensions must be allocated, which takes as long as everything else that
    /// the layer does.
    ///
    /// [`Verdict`]: crate::server::Verdict
    pub fn expose_verdict(mut self) -> Self {
        self.exposes_verdict = true;
        self
    }

    /// The verdict, if it must be put into extensions.
    pub(super) fn exposed_verdict(&self, decision: &Decision<'_>) -> Option<Verdict> {
        let inserted = self.exposes_verdict && decision.class() != RequestClass::NotCors;
        inserted.then(|| decision.verdict())
    }

    pub(super) fn policy(&self, head: RequestHead<'_>) -> Cow<'_, Policy> {
        self.source.policy(head)
    }

    /// What to do with a request: what the decision says, except that [`Self::reject_refused`] applies.
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

/// Decides about a request. What an outer layer decided about its origin counts only if the policy asks for
/// that.
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
