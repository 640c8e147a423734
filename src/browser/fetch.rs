//! The standard's algorithms, one file each, under the standard's names, with the standard's steps in the standard's order.
//!
//! No file reads a rule of an engine. At a step where engines differ, the algorithm calls [`Engine`] once, and by the
//! standard's rules that call is the standard's step.
//!
//! An algorithm returns what happens [`Next`], or the reason for a network error. The states that an embedder holds are built
//! around that.

mod cors_check;
mod http_fetch;
mod http_network_or_cache_fetch;
mod location_url;
mod main_fetch;
mod origin_header;
mod preflight_cache_entries;
mod preflight_fetch;
mod redirect_fetch;
mod resource_policy;
mod response_filtering;
mod scheme_fetch;
mod service_worker;
mod tao_check;

pub(crate) use cors_check::{CorsCheckInput, allows_credentials, cors_check};
pub(crate) use preflight_fetch::PreflightLists;
pub(crate) use redirect_fetch::FollowableRedirect;
pub use redirect_fetch::MAX_REDIRECTS;
pub(crate) use response_filtering::Delivered;

use crate::{
    browser::{
        diagnosis::{Finding, Phase, Reason, Refused, Trace, Warning},
        engines::{Engine, PostponedRefusal, Rules},
        outgoing_request::OutgoingRequest,
        request::Request,
        response_head::Received,
        service_worker_response::ServiceWorkerResponse,
        state::CurrentRequest,
        timestamp::Timestamp,
    },
    site::Sites,
    standard::Algorithm,
};

/// What has to happen next for a fetch to go on, or to end.
pub(crate) enum Next {
    /// A request goes out.
    Send(OutgoingRequest),
    /// A redirect may be followed.
    Redirect(FollowableRedirect),
    /// A response is delivered.
    Deliver(Delivered),
    /// Engines differ: a refusal that was postponed takes effect.
    Refuse(Box<PostponedRefusal>),
}

/// How an algorithm ends for now.
pub(crate) type Progress = Result<Next, Box<Refused>>;

/// Where HTTP fetch gets the response from.
pub(crate) enum Source {
    /// From the network, now.
    Network(Timestamp),
    /// From the page's service worker.
    ServiceWorker(Box<ServiceWorkerResponse>),
}

/// A fetch in progress.
#[derive(Debug)]
pub(crate) struct Fetch {
    pub(crate) request: CurrentRequest,
    /// The rules of this fetch, from its first step to its last.
    pub(crate) engine: Engine,
    pub(crate) sites: Sites,
    /// A main fetch of this fetch, this one or one that redirected to it, runs with preflight: a network error clears cache
    /// entries.
    ran_with_preflight: bool,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) trace: Trace,
}

impl Fetch {
    /// A fetch that begins.
    pub(crate) fn new(mut request: Request, rules: Rules, sites: Sites, keeps_trace: bool) -> Self {
        let engine = Engine::begin(rules, &mut request);
        let warnings = std::mem::take(&mut request.warnings);
        Self {
            request: CurrentRequest::new(request),
            engine,
            sites,
            ran_with_preflight: false,
            warnings,
            trace: Trace::new(keeps_trace),
        }
    }

    /// Notes what a step found, if a trace is kept.
    fn note(&mut self, step: (Algorithm, &'static str), finding: impl FnOnce(&Self) -> Finding) {
        let mut trace = std::mem::take(&mut self.trace);
        trace.note(self.request.redirect_count(), step, || finding(self));
        self.trace = trace;
    }

    /// Warns, once of each thing.
    fn warn(&mut self, warning: Warning) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// A refusal of the response to the actual request, together with what would have refused its redirect next.
    fn refuse_response(&self, phase: Phase, reason: Reason, response: &Received) -> Box<Refused> {
        let then = self.redirect_refusal(response).filter(|then| *then != reason);
        Box::new(Refused {
            phase,
            reason,
            also: then.into_iter().collect(),
            response: Some(Box::new(response.clone())),
        })
    }
}
