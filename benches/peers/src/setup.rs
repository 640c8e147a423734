//! One scenario, and the contenders that respond to it.

use std::{
    cell::Cell,
    convert::Infallible,
    future::{Ready, ready},
    hint::black_box,
    pin::pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use crossorigin::{server::Policy, tower::CorsLayer};
use crossorigin_benches::{
    floor::Floor,
    server::{self, Scenario, respond},
};
use http::{HeaderMap, Request, Response, header::ACCESS_CONTROL_ALLOW_ORIGIN};
use tower_layer::Layer as _;
use tower_service::Service;

use crate::{
    measure::Contender,
    peers::{actix, bunner, core, tower},
};

pub const OURS: &str = "decide, apply";
pub const LAYER: &str = "our layer";
pub const TOWER: &str = "tower-http";
pub const ACTIX: &str = "actix-cors";
pub const CORE: &str = "cors-core";
pub const BUNNER: &str = "bunner_cors_rs";
pub const FLOOR: &str = "floor";
pub const LAYER_FLOOR: &str = "floor of a layer";
pub const NO_OP: &str = "no-op service";
pub const CLONE: &str = "clone of the headers";
pub const HANDLER: &str = "handler alone";

/// What the policy allows, and the incoming request.
pub struct Setup {
    pub scenario: Scenario,
    pub origins: Vec<String>,
    pub domains: Vec<String>,
    pub policy: Policy,
    pub request: Request<()>,
}

impl Setup {
    /// A policy with this many origins, optionally with a tenth as many patterns for subdomains. In that
    /// case, one of the patterns matches the origin of an allowed request.
    pub fn new(scenario: Scenario, count: usize, wildcards: bool) -> Self {
        let origins = server::origins(count);
        let domains = if wildcards { server::wildcard_domains(&origins) } else { Vec::new() };
        let allowed = match wildcards {
            true => server::under_wildcard(&domains),
            false => server::middle(&origins).to_owned(),
        };
        let policy = server::policy(&origins, &domains);
        Self { scenario, policy, request: scenario.request(&allowed), origins, domains }
    }

    /// All contenders. Each is checked to decide correctly about the origin.
    pub fn contenders(&self) -> Vec<Contender<'_>> {
        let origin = self.request.headers().get("origin").map_or(&b""[..], |value| value.as_bytes());
        let floor = Floor::new(origin, &respond(&self.policy, &self.request));
        let layer_floor = Floor::new(origin, &respond(&self.policy, &self.request));
        let no_op = NoOp::default();
        let mut contenders = vec![
            self.borrowing(OURS, |request| respond(&self.policy, request)),
            self.layered(LAYER, &no_op, CorsLayer::new(self.policy.clone()).layer(no_op.clone())),
            self.layered(TOWER, &no_op, tower::layer(&self.origins, &self.domains).layer(no_op.clone())),
            actix::contender(self),
            self.borrowing(CORE, core::responder(&self.origins, &self.domains)),
            Contender::new(FLOOR, move || {
                let mut response = HeaderMap::new();
                floor.put_into(&mut response);
                response
            }),
            self.consuming(LAYER_FLOOR, &no_op, move |service, request| {
                let mut response = match self.scenario.is_preflight() {
                    false => now(service.call(request)).unwrap(),
                    // No layer passes a preflight on.
                    true => {
                        drop(request);
                        Response::new(())
                    }
                };
                layer_floor.put_into(response.headers_mut());
                response
            }),
            self.consuming(NO_OP, &no_op, |service, request| now(service.call(request)).unwrap()),
            Contender::new(CLONE, || black_box(&self.request).headers().clone()),
        ];
        // It compiles a regular expression for each wildcard, and more of them would take longer than all
        // measurements.
        if self.domains.len() <= 100 {
            contenders.push(self.borrowing(BUNNER, bunner::responder(&self.origins, &self.domains)));
        }
        contenders
    }

    /// The layers around a handler whose responses already have headers.
    pub fn around_filled(&self, headers: &HeaderMap) -> Vec<Contender<'_>> {
        let no_op = NoOp::default();
        let handler = FillHeaders { inner: no_op.clone(), headers: headers.clone() };
        let mut alone = handler.clone();
        vec![
            self.layered(LAYER, &no_op, CorsLayer::new(self.policy.clone()).layer(handler.clone())),
            self.layered(TOWER, &no_op, tower::layer(&self.origins, &self.domains).layer(handler)),
            self.consuming(HANDLER, &no_op, move |_, request| now(alone.call(request)).unwrap()),
        ]
    }

    fn borrowing<'a>(
        &'a self,
        name: &'static str,
        job: impl Fn(&Request<()>) -> HeaderMap + 'a,
    ) -> Contender<'a> {
        let response = job(&self.request);
        self.check(name, response.get(ACCESS_CONTROL_ALLOW_ORIGIN).map(|value| value.as_bytes()));
        Contender::new(name, move || job(black_box(&self.request)))
    }

    /// Dropping the response is part of the job. The request is dropped after the clock has stopped, if it
    /// reached the service.
    fn consuming<'a>(
        &'a self,
        name: &'static str,
        service: &NoOp,
        mut job: impl FnMut(&mut NoOp, Request<()>) -> Response<()> + 'a,
    ) -> Contender<'a> {
        let mut service = service.clone();
        Contender::consuming(
            name,
            || self.request.clone(),
            move |request| {
                black_box(job(&mut service, request));
                service.request.take()
            },
        )
    }

    fn layered<'a, S>(&'a self, name: &'static str, inner: &NoOp, mut service: S) -> Contender<'a>
    where
        S: Service<Request<()>, Response = Response<()>, Error = Infallible> + 'a,
    {
        let mut call = move |request| {
            let _ = service.poll_ready(&mut Context::from_waker(Waker::noop()));
            now(service.call(request)).unwrap()
        };
        let response = call(self.request.clone());
        self.check(name, response.headers().get(ACCESS_CONTROL_ALLOW_ORIGIN).map(|value| value.as_bytes()));
        self.consuming(name, inner, move |_, request| call(request))
    }

    /// Asserts that the contender allows the origin exactly if it should. Not all contenders check methods
    /// and headers.
    pub fn check(&self, name: &str, allow_origin: Option<&[u8]>) {
        let origin = self.request.headers().get("origin").map(|value| value.as_bytes());
        match self.scenario {
            Scenario::ActualAllowed | Scenario::PreflightAllowed => {
                assert_eq!(allow_origin, origin, "{name}: {}", self.scenario.name());
            }
            Scenario::ActualRefused | Scenario::PreflightRefusedByOrigin | Scenario::NoOrigin => {
                assert_eq!(allow_origin, None, "{name}: {}", self.scenario.name());
            }
            Scenario::PreflightRefusedByMethod | Scenario::PreflightRefusedByHeader => {}
        }
    }
}

/// A service that is always ready and responds at once. It stores the request, because dropping it is not
/// part of the job.
#[derive(Clone, Default)]
struct NoOp {
    request: Rc<Cell<Option<Request<()>>>>,
}

impl Service<Request<()>> for NoOp {
    type Response = Response<()>;
    type Error = Infallible;
    type Future = Ready<Result<Response<()>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<()>) -> Self::Future {
        self.request.set(Some(request));
        ready(Ok(Response::new(())))
    }
}

/// A service whose responses are not empty.
#[derive(Clone)]
struct FillHeaders {
    inner: NoOp,
    headers: HeaderMap,
}

impl Service<Request<()>> for FillHeaders {
    type Response = Response<()>;
    type Error = Infallible;
    type Future = Ready<Result<Response<()>, Infallible>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<()>) -> Self::Future {
        let mut response = now(self.inner.call(request)).unwrap();
        *response.headers_mut() = self.headers.clone();
        ready(Ok(response))
    }
}

/// The output of a future that is ready at once.
pub fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("no future here waits"),
    }
}
