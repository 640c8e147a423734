//! Responses: as they come in, and as a script sees them.

use crate::browser::Cure;
use crate::browser::trace::{Decision, Trace};
use crate::browser::url_credentials::PrivateUrls;
use crate::browser::url_origin::without_fragment;
use crate::browser::{Phase, Reason, Warning};
use crate::header_list::HeaderList;
use crate::standard::{Algorithm, StandardStep};
use http::{HeaderName, StatusCode};
use std::borrow::Cow;
use std::fmt;
use url::Url;

/// The head of an answer: all that decisions need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseHead {
    /// The status.
    pub status: StatusCode,
    /// The header lines, in order.
    pub headers: HeaderList,
}

impl<B> From<&http::Response<B>> for ResponseHead {
    fn from(response: &http::Response<B>) -> Self {
        Self { status: response.status(), headers: response.headers().into() }
    }
}

impl<B> From<http::Response<B>> for ResponseHead {
    fn from(response: http::Response<B>) -> Self {
        Self::from(&response)
    }
}

/// A response on its way through HTTP fetch, from the network or from a service worker.
#[derive(Debug)]
pub(crate) struct Received {
    /// The head of the internal response.
    pub(crate) head: ResponseHead,
    /// Its type, if it is a filtered response already.
    pub(crate) filtered: Option<ResponseType>,
    /// Its URL list; `None` for that of the request, which is what HTTP-network-or-cache fetch sets it to.
    pub(crate) url_list: Option<PrivateUrls>,
    /// Its CORS-exposed header-name list, which counts if it is a CORS filtered response already.
    pub(crate) cors_exposed_header_names: Vec<HeaderName>,
}

impl From<ResponseHead> for Received {
    /// A response from the network.
    fn from(head: ResponseHead) -> Self {
        Self { head, filtered: None, url_list: None, cors_exposed_header_names: Vec::new() }
    }
}

impl Received {
    /// Its URL, `None` if it has none, for a request at that URL.
    pub(crate) fn url<'a>(&'a self, current_url: &'a Url) -> Option<&'a Url> {
        match &self.url_list {
            Some(urls) => urls.0.last(),
            None => Some(current_url),
        }
    }
}

/// The [type](https://fetch.spec.whatwg.org/#concept-response-type) of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResponseType {
    /// `"basic"`: of the page's own origin; all but cookies is visible.
    Basic,
    /// `"cors"`: of another origin that shares it.
    Cors,
    /// `"default"`: made by a script of a service worker, and not filtered yet.
    Default,
    /// `"error"`: a network error.
    Error,
    /// `"opaque"`: of another origin, requested without CORS; nothing is visible.
    Opaque,
    /// `"opaqueredirect"`: a redirect that was not followed; nothing is visible.
    OpaqueRedirect,
}

impl ResponseType {
    /// The standard's name of the type.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Cors => "cors",
            Self::Default => "default",
            Self::Error => "error",
            Self::Opaque => "opaque",
            Self::OpaqueRedirect => "opaqueredirect",
        }
    }
}

/// A [filtered response](https://fetch.spec.whatwg.org/#concept-filtered-response): what a script may see, and beside
/// it the internal response, for the embedder.
#[derive(Debug, Clone)]
pub struct Response {
    pub(crate) kind: ResponseType,
    pub(crate) head: ResponseHead,
    pub(crate) visible_headers: HeaderList,
    pub(crate) url_list: PrivateUrls,
    pub(crate) null_body: bool,
    pub(crate) timing_allowed: bool,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) trace: Trace,
}

impl Response {
    /// The type: basic, cors, opaque or opaqueredirect.
    #[must_use]
    pub fn response_type(&self) -> ResponseType {
        self.kind
    }

    fn shows_nothing(&self) -> bool {
        matches!(self.kind, ResponseType::Opaque | ResponseType::OpaqueRedirect)
    }

    /// The status that a script sees; `None` stands for 0, which opaque responses have.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        (!self.shows_nothing()).then_some(self.head.status)
    }

    /// The URL that a script sees, without its fragment; `None` for opaque responses.
    #[must_use]
    pub fn url(&self) -> Option<Url> {
        self.url_list.0.last().filter(|_| self.kind != ResponseType::Opaque).map(without_fragment)
    }

    /// Whether a script sees that there was a redirect.
    #[must_use]
    pub fn redirected(&self) -> bool {
        self.url_list.0.len() > 1 && self.kind != ResponseType::Opaque
    }

    /// The headers that a script sees.
    #[must_use]
    pub fn headers(&self) -> &HeaderList {
        &self.visible_headers
    }

    /// Whether there is a body that a script may read. The bytes are the embedder's; where this is false, they must not
    /// reach the script.
    #[must_use]
    pub fn body_readable(&self) -> bool {
        !self.shows_nothing() && !self.null_body
    }

    /// Whether a script may read the timing of this response.
    #[must_use]
    pub fn timing_allowed(&self) -> bool {
        self.timing_allowed
    }

    /// The [internal response](https://fetch.spec.whatwg.org/#concept-internal-response), for the embedder: to feed an
    /// image decoder, say. Never for scripts.
    #[must_use]
    pub fn internal(&self) -> &ResponseHead {
        &self.head
    }

    /// Every URL that was requested, for the embedder.
    #[must_use]
    pub fn url_list(&self) -> &[Url] {
        &self.url_list.0
    }

    /// What did not fail but will puzzle somebody.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// The decisions in their order, if the user agent keeps a trace.
    #[must_use]
    pub fn decisions(&self) -> &[Decision] {
        self.trace.decisions()
    }
}

/// A [network error](https://fetch.spec.whatwg.org/#concept-network-error): all that a script learns is that there is
/// one. A person learns more.
#[derive(Debug, Clone)]
pub struct NetworkError {
    pub(crate) phase: Phase,
    pub(crate) reason: Reason,
    pub(crate) also: Vec<Reason>,
    pub(crate) cure: Cure,
    pub(crate) hop: usize,
    pub(crate) url: Url,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) trace: Trace,
}

impl NetworkError {
    /// Why.
    #[must_use]
    pub fn reason(&self) -> &Reason {
        &self.reason
    }

    /// What would have refused as well: the status of a preflight beside its CORS check, since browsers differ in which
    /// of the two they name, and what is wrong with a redirect that another check refused first.
    #[must_use]
    pub fn also(&self) -> &[Reason] {
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

    /// What the server would have to send instead.
    #[must_use]
    pub fn cure(&self) -> &Cure {
        &self.cure
    }

    /// What will puzzle somebody beside the reason.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// The decisions in their order, if the user agent keeps a trace.
    #[must_use]
    pub fn decisions(&self) -> &[Decision] {
        self.trace.decisions()
    }
}

impl fmt::Display for NetworkError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({}): {} [{}]", self.url, self.phase, self.reason, self.step())
    }
}

impl std::error::Error for NetworkError {}
