//! The standard's algorithms: one file each, under the standard's names, with the standard's steps in the
//! standard's order.
//!
//! No file reads a rule of an engine. At a step where engines differ, the algorithm calls [`Engine`] once.
//! With the standard's rules, that call does what the standard's step says.
//!
//! An algorithm returns the [`Next`] state, or the reason for a network error. `step.rs` wraps it in the
//! states that an embedder holds.

mod cors_check;
mod fetch_metadata;
mod http_fetch;
mod http_network_or_cache_fetch;
mod local_network_access;
mod location_url;
mod main_fetch;
mod origin_header;
mod preflight_cache_entries;
mod preflight_fetch;
mod redirect_fetch;
mod referrer;
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
        diagnosis::{Finding, Phase, Reason, Refused, RequestChange, Trace, Warning},
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

/// The next state of a fetch.
pub(crate) enum Next {
    /// A request goes out.
    Send(OutgoingRequest),
    /// A redirect may be followed.
    Redirect(FollowableRedirect),
    /// A local URL gets its response from the embedder.
    Local,
    /// A response is delivered.
    Deliver(Delivered),
    /// Engines differ: a postponed refusal takes effect.
    Refuse(Box<PostponedRefusal>),
}

/// The result of an algorithm: the next state, or a network error.
pub(crate) type Progress = Result<Next, Box<Refused>>;

/// The source of the response in HTTP fetch.
pub(crate) enum Source {
    /// The network, at this time.
    Network(Timestamp),
    /// The page's service worker.
    ServiceWorker(Box<ServiceWorkerResponse>),
}

/// A fetch in progress.
#[derive(Debug)]
pub(crate) struct Fetch {
    pub(crate) request: CurrentRequest,
    /// The rules of this fetch, from its first step to its last.
    pub(crate) engine: Engine,
    pub(crate) sites: Sites,
    /// Whether main fetch chose HTTP fetch with makeCORSPreflight, for the current URL or for one that
    /// redirected to it. If so, a network error clears cache entries.
    ran_with_preflight: bool,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) trace: Trace,
}

impl Fetch {
    /// Creates a fetch at its first step.
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

    /// The fetch as it would be now if the page's request were changed. The URL and the mode stay as they are.
    pub(crate) fn changed(&self, change: &RequestChange) -> Self {
        let mut request = self.request.clone();
        change.change_method_and_headers(&mut request.method, &mut request.headers);
        request.credentials = change.credentials.unwrap_or(request.credentials);
        request.use_cors_preflight &= !change.without_upload_listener;
        Self {
            request,
            engine: self.engine.changed(change),
            sites: self.sites,
            ran_with_preflight: self.ran_with_preflight,
            warnings: Vec::new(),
            trace: Trace::new(false),
        }
    }

    /// Adds what a step found to the trace, if the fetch keeps one.
    fn note(&mut self, step: (Algorithm, &'static str), finding: impl FnOnce(&Self) -> Finding) {
        let mut trace = std::mem::take(&mut self.trace);
        trace.note(self.request.redirect_count(), step, || finding(self));
        self.trace = trace;
    }

    /// Adds a warning, unless the fetch has the same warning already.
    fn warn(&mut self, warning: Warning) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// A refusal of the response to the actual request. If the response is a redirect, the other reason is
    /// the check of the redirect that would have failed next.
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
