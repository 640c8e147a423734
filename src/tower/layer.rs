//! The layer and its settings.

use std::{borrow::Cow, sync::Arc};

use http::{HeaderName, StatusCode};
use tower_layer::Layer;

use super::{
    hook::Hook,
    service::CorsService,
    source::{PolicySource, RequestHead},
};
use crate::server::{
    Action, Decision, HostGuard, OriginDecision, Policy, RequestClass, Verdict, may_be_same_origin,
};

/// A [`tower_layer::Layer`] that puts a policy in front of a service. The [module](super) says where to put
/// it.
#[doc(alias = "cors")]
#[doc(alias = "middleware")]
#[derive(Debug, Clone)]
#[must_use = "a layer does nothing until it is put around a service"]
pub struct CorsLayer<P = Policy> {
    source: P,
    guard: Option<HostGuard>,
    rejects_refused: bool,
    exposes_verdict: bool,
    pub(super) is_overridable: bool,
    pub(super) hook: Option<Hook>,
    /// The request headers that choose the policy. `None` without names, so that cloning costs nothing.
    pub(super) vary_on: Option<Arc<[HeaderName]>>,
}

impl<P: PolicySource> CorsLayer<P> {
    /// Creates a layer with a policy, or with another [`PolicySource`].
    ///
    /// If the policy has [`caller_decides_origins`](crate::server::PolicyBuilder::caller_decides_origins),
    /// the layer takes an [`OriginDecision`] from the extensions of the request, and passes it to
    /// [`Policy::decide_with`]. An outer layer puts it there, after awaiting whatever it needs. If it is
    /// missing, or the policy does not have that setting, the layer refuses the request and its verdict says
    /// so: [`OriginNotDecided`](crate::server::PolicyRefusal::OriginNotDecided),
    /// [`UnexpectedOriginDecision`](crate::server::PolicyRefusal::UnexpectedOriginDecision).
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
        Self {
            source,
            guard: None,
            rejects_refused: false,
            exposes_verdict: false,
            is_overridable: false,
            hook: None,
            vary_on: None,
        }
    }

    /// Responds with 403 to requests for hosts that this server is not, and does not call the inner service for
    /// them. This stops DNS rebinding, which [`HostGuard`] describes.
    ///
    /// A server on the local machine or inside of a network also needs [`reject_refused`](Self::reject_refused),
    /// so that requests of other sites to the right host do not reach the inner service either.
    ///
    /// ```
    /// # use std::convert::Infallible;
    /// # use crossorigin::{http::{Request, Response, StatusCode}, tower::CorsLayer};
    /// # use tower::{Layer as _, ServiceExt as _, service_fn};
    /// use crossorigin::server::{HostGuard, Policy};
    ///
    /// # let handler = service_fn(async |_: Request<()>| Ok::<_, Infallible>(Response::new(())));
    /// let policy = Policy::builder().allow_origin("https://inspector.example").build()?;
    /// let service = CorsLayer::new(policy).guard(HostGuard::loopback()).reject_refused().layer(handler);
    /// let status = |host, origin| {
    ///     let request = Request::post("/").header("host", host).header("origin", origin).body(());
    ///     pollster::block_on(service.clone().oneshot(request.unwrap())).unwrap().status()
    /// };
    /// assert_eq!(status("localhost:3000", "http://localhost:3000"), StatusCode::OK); // its own page
    /// assert_eq!(status("localhost:3000", "https://inspector.example"), StatusCode::OK);
    /// assert_eq!(status("localhost:3000", "https://evil.example"), StatusCode::FORBIDDEN);
    /// assert_eq!(status("evil.example:3000", "http://evil.example:3000"), StatusCode::FORBIDDEN); // the attack
    /// # Ok::<(), crossorigin::server::PolicyErrors>(())
    /// ```
    #[doc(alias = "allowed_hosts")]
    #[doc(alias = "dns rebinding")]
    pub fn guard(mut self, guard: HostGuard) -> Self {
        self.guard = Some(guard);
        self
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
    /// **This alone does not protect a server on the local machine or inside of a network.** In DNS rebinding the
    /// attacker's page is same-origin with the server, and passes. Add a [guard](Self::guard).
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

    /// Puts the [`Verdict`] on each request that has an `Origin` header or is refused into the extensions of
    /// request and response.
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

    /// Calls `hook` with the head of each request and the decision about it, before the inner service runs:
    /// for logs, metrics and attributes of spans.
    ///
    /// The hook costs one call. Nothing is cloned or allocated for it. [`Verdict::name`] and
    /// [`PolicyRefusal::name`](crate::server::PolicyRefusal::name) are labels of metrics, and
    /// [`PolicyRefusal::header_name`](crate::server::PolicyRefusal::header_name) is the name of the header that
    /// the policy refused. If a guard refuses a host, the host is in `uri.authority()` or in the header `Host`.
    /// Escape what comes from the request before you log it.
    ///
    /// [`Verdict::name`]: crate::server::Verdict::name
    ///
    /// ```
    /// # use std::{convert::Infallible, sync::{Arc, Mutex}};
    /// # use crossorigin::{http::{Request, Response}, server::Policy, tower::CorsLayer};
    /// # use tower::{Layer as _, ServiceExt as _, service_fn};
    /// # let handler = service_fn(async |_: Request<()>| Ok::<_, Infallible>(Response::new(())));
    /// # let log = Arc::new(Mutex::new(Vec::new()));
    /// # let lines = Arc::clone(&log);
    /// let policy = Policy::builder().allow_origin("https://app.example").allow_header("x-a").build()?;
    /// let cors = CorsLayer::new(policy).on_decision(move |head, decision| {
    ///     let Some(refusal) = decision.refusal() else { return };
    ///     let header = refusal.header_name(head.headers).unwrap_or_default();
    ///     let line = format!("{} {}: {} {}", head.method, head.uri, refusal.name(), header.escape_ascii());
    ///     lines.lock().unwrap().push(line); // or `tracing::warn!`
    /// });
    ///
    /// let preflight = Request::options("/items/7")
    ///     .header("origin", "https://app.example")
    ///     .header("access-control-request-method", "GET")
    ///     .header("access-control-request-headers", "x-a,x-b")
    ///     .body(())?;
    /// pollster::block_on(cors.layer(handler).oneshot(preflight))?;
    /// assert_eq!(*log.lock().unwrap(), ["OPTIONS /items/7: HeaderNotAllowed x-b"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[doc(alias = "log")]
    #[doc(alias = "tracing")]
    #[doc(alias = "metrics")]
    pub fn on_decision<F>(mut self, hook: F) -> Self
    where
        F: Fn(RequestHead<'_>, &Decision<'_>) + Send + Sync + 'static,
    {
        self.hook = Some(Hook(Arc::new(hook)));
        self
    }

    /// Adds request headers to the `Vary` of every response, also of those to preflights.
    ///
    /// A policy that is chosen by a request header makes the response depend on that header. `Vary` must name
    /// it, or a cache gives one client the response for another.
    ///
    /// ```
    /// # use std::convert::Infallible;
    /// # use tower::{Layer as _, ServiceExt as _, service_fn};
    /// use crossorigin::{http::{HeaderName, Request, Response}, server::Policy};
    /// use crossorigin::tower::{CorsLayer, RequestHead};
    ///
    /// # let handler = service_fn(async |_: Request<()>| Ok::<_, Infallible>(Response::new(())));
    /// let open = Policy::builder().allow_any_origin().build()?;
    /// let closed = Policy::builder().allow_no_origin().build()?;
    /// let cors = CorsLayer::new(move |head: RequestHead<'_>| match head.headers.get("x-tenant") {
    ///     Some(tenant) if tenant == "public" => open.clone(),
    ///     _ => closed.clone(),
    /// })
    /// .vary_on([HeaderName::from_static("x-tenant")]);
    ///
    /// let request = Request::get("/").header("x-tenant", "public").body(())?;
    /// let response = pollster::block_on(cors.layer(handler).oneshot(request))?;
    /// assert_eq!(response.headers()["vary"], "x-tenant");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[doc(alias = "Vary")]
    pub fn vary_on(mut self, names: impl IntoIterator<Item = HeaderName>) -> Self {
        let earlier = self.vary_on.iter().flat_map(|names| names.iter().cloned());
        let names: Vec<_> = earlier.chain(names).collect();
        self.vary_on = Some(names.into());
        self
    }

    /// Lets inner layers override the policy of this one: the default of an application, around routes with
    /// policies of their own.
    ///
    /// If several [`CorsLayer`]s wrap a service, the outermost decides. An overridable layer decides only if
    /// no inner [`CorsLayer`] has decided about the response:
    /// - Preflights reach the inner service too. If no inner layer responds to one, the inner service runs for
    ///   it, and this layer replaces its response.
    /// - [`expose_verdict`](Self::expose_verdict) puts the verdict into the extensions of the response only.
    /// - The hook of [`on_decision`](Self::on_decision) is called for every request, also if an inner layer
    ///   decides later.
    /// - [`reject_refused`](Self::reject_refused) stops what the default policy refuses, even if an inner layer
    ///   would allow it. Set it on the inner layers instead.
    ///
    /// ```
    /// # use std::convert::Infallible;
    /// # use crossorigin::{http::{Request, Response}, server::Policy, tower::CorsLayer};
    /// # use tower::{Layer as _, ServiceExt as _, service_fn};
    /// # let handler = service_fn(async |_: Request<()>| Ok::<_, Infallible>(Response::new(())));
    /// let strict = CorsLayer::new(Policy::builder().allow_origin("https://app.example").build()?).overridable();
    /// let open = CorsLayer::new(Policy::builder().allow_any_origin().build()?);
    ///
    /// let allowed_origin = |response: Response<()>| response.headers().get("access-control-allow-origin").cloned();
    /// let request = || Request::get("/").header("origin", "https://other.example").body(()).unwrap();
    /// let with_override = strict.layer(open.layer(handler.clone()));
    /// assert!(allowed_origin(pollster::block_on(with_override.oneshot(request()))?).is_some());
    /// assert!(allowed_origin(pollster::block_on(strict.layer(handler).oneshot(request()))?).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[doc(alias = "default")]
    #[doc(alias = "override")]
    pub fn overridable(mut self) -> Self {
        self.is_overridable = true;
        self
    }

    /// The verdict, if it must be put into extensions.
    pub(super) fn exposed_verdict(&self, decision: &Decision<'_>) -> Option<Verdict> {
        let matters = decision.class() != RequestClass::NotCors || decision.refusal().is_some();
        (self.exposes_verdict && matters).then(|| decision.verdict())
    }

    pub(super) fn policy(&self, head: RequestHead<'_>) -> Cow<'_, Policy> {
        self.source.policy(head)
    }

    /// Decides about a request, with what an outer layer decided about its origin, and with the guard.
    pub(super) fn decide<'a>(&self, policy: &'a Policy, head: RequestHead<'a>) -> Decision<'a> {
        let decision = match head.extensions.get::<OriginDecision>() {
            Some(decided) => policy.decide_with(head.method, head.headers, *decided),
            None => policy.decide(head.method, head.headers),
        };
        match &self.guard {
            Some(guard) => decision.guarded(guard, head.uri, head.headers),
            None => decision,
        }
    }

    /// Returns whether an inner layer can respond to a preflight in place of this one.
    pub(super) fn is_overridable(&self, decision: &Decision<'_>, head: RequestHead<'_>) -> bool {
        let passes = || self.guard.as_ref().is_none_or(|guard| guard.check(head.uri, head.headers).is_ok());
        self.is_overridable && decision.class() == RequestClass::Preflight && passes()
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

impl<S, P: Clone> Layer<S> for CorsLayer<P> {
    type Service = CorsService<S, P>;

    fn layer(&self, inner: S) -> Self::Service {
        CorsService::new(inner, self.clone())
    }
}
