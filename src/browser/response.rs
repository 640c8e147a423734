//! What a fetch ends in: a response as a script sees it, or a network error.

use std::{borrow::Cow, fmt};

use http::StatusCode;
use url::Url;

use crate::{
    browser::{
        diagnosis::{Fix, Phase, Reason, Refused, Trace, TraceEntry, Warning},
        fetch::{Delivered, Fetch},
        fixes,
        response_head::{ResponseHead, ResponseType},
        url_credentials::without_credentials,
        url_origin::without_fragment,
    },
    header_list::HeaderList,
    standard::{Algorithm, StandardStep},
};

/// A [filtered response](https://fetch.spec.whatwg.org/#concept-filtered-response): what a script may see, and beside
/// it the internal response, for the embedder.
#[derive(Debug, Clone)]
pub struct Response {
    delivered: Delivered,
    warnings: Vec<Warning>,
    trace: Trace,
}

impl Response {
    pub(crate) fn new(delivered: Delivered, fetch: Fetch) -> Self {
        Self { delivered, warnings: fetch.warnings, trace: fetch.trace }
    }

    /// The type: basic, cors, opaque or opaqueredirect.
    #[must_use]
    pub fn response_type(&self) -> ResponseType {
        self.delivered.kind
    }

    fn shows_nothing(&self) -> bool {
        matches!(self.delivered.kind, ResponseType::Opaque | ResponseType::OpaqueRedirect)
    }

    /// The status that a script sees; `None` stands for 0, which opaque responses have.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        (!self.shows_nothing()).then_some(self.delivered.head.status)
    }

    /// The URL that a script sees, without its fragment; `None` for opaque responses.
    #[must_use]
    pub fn url(&self) -> Option<Url> {
        self.delivered
            .url_list
            .0
            .last()
            .filter(|_| self.delivered.kind != ResponseType::Opaque)
            .map(without_fragment)
    }

    /// Whether a script sees that there was a redirect.
    #[must_use]
    pub fn redirected(&self) -> bool {
        self.delivered.url_list.0.len() > 1 && self.delivered.kind != ResponseType::Opaque
    }

    /// The headers that a script sees.
    #[must_use]
    pub fn headers(&self) -> &HeaderList {
        &self.delivered.visible_headers.0
    }

    /// Whether there is a body that a script may read. The bytes are the embedder's; where this is false, they must not
    /// reach the script.
    #[must_use]
    pub fn body_readable(&self) -> bool {
        !self.shows_nothing() && !self.delivered.null_body
    }

    /// Whether a script may read the timing of this response.
    #[must_use]
    pub fn timing_allowed(&self) -> bool {
        self.delivered.timing_allowed
    }

    /// The [internal response](https://fetch.spec.whatwg.org/#concept-internal-response), for the embedder: to feed an
    /// image decoder, say. Never for scripts.
    #[must_use]
    pub fn internal(&self) -> &ResponseHead {
        &self.delivered.head
    }

    /// Every URL that was requested, for the embedder.
    #[must_use]
    pub fn url_list(&self) -> &[Url] {
        &self.delivered.url_list.0
    }

    /// Warnings: non-fatal surprises.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// The decisions in their order, if the user agent keeps a trace.
    #[must_use]
    pub fn trace(&self) -> &[TraceEntry] {
        self.trace.entries()
    }
}

/// A [network error](https://fetch.spec.whatwg.org/#concept-network-error): scripts see only that it
/// failed; this type explains why.
#[derive(Debug, Clone)]
pub struct NetworkError {
    phase: Phase,
    reason: Reason,
    also: Vec<Reason>,
    fixes: Vec<Fix>,
    hop: usize,
    url: Url,
    warnings: Vec<Warning>,
    trace: Trace,
}

impl NetworkError {
    pub(crate) fn new(refused: Refused, fetch: Fetch) -> Self {
        let fixes = fixes::fixes(&fetch, &refused);
        debug_assert!(!fixes.is_empty(), "{:?} has a fix", refused.reason);
        let Refused { phase, reason, also, .. } = refused;
        Self {
            phase,
            reason,
            also,
            fixes,
            hop: fetch.request.redirect_count(),
            url: without_credentials(fetch.request.current_url().clone()),
            warnings: fetch.warnings,
            trace: fetch.trace,
        }
    }

    /// Why.
    #[must_use]
    pub fn reason(&self) -> &Reason {
        &self.reason
    }

    /// What would have refused as well: the status of a preflight beside its CORS check, since browsers differ in which
    /// of the two they name, and what is wrong with a redirect that another check refused first.
    #[must_use]
    pub fn other_reasons(&self) -> &[Reason] {
        &self.also
    }

    /// The step of the standard that refused.
    #[must_use]
    pub fn step(&self) -> StandardStep {
        self.reason.step()
    }

    /// What Chromium calls it: [`Reason::chromium`], with `Preflight` after the `k` of the six names that a CORS check
    /// gives where it is the answer to a preflight that fails it.
    #[must_use]
    pub fn chromium(&self) -> Option<Cow<'static, str>> {
        let name = self.reason.chromium()?;
        let failed_check = self.step().algorithm() == Algorithm::CorsCheck;
        Some(match name.strip_prefix('k') {
            Some(rest) if failed_check && self.phase == Phase::Preflight => {
                format!("kPreflight{rest}").into()
            }
            _ => name.into(),
        })
    }

    /// When.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// How many redirects had been followed.
    #[must_use]
    pub fn hop(&self) -> usize {
        self.hop
    }

    /// The URL that was being fetched, without user name and password.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// What to do about the refusal: at least one fix, the best first.
    #[must_use]
    pub fn fixes(&self) -> &[Fix] {
        &self.fixes
    }

    /// Warnings beside the reason.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// The decisions in their order, if the user agent keeps a trace.
    #[must_use]
    pub fn trace(&self) -> &[TraceEntry] {
        self.trace.entries()
    }
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {} [{}]", self.url, self.phase, self.reason, self.step())
    }
}

impl std::error::Error for NetworkError {}
