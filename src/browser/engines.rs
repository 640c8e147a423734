//! What Chromium, Firefox and WebKit do differently from the standard. No other module knows these
//! differences.
//!
//! - Each engine has a file that says what it does: [`chromium`], [`firefox`], [`webkit`]. A preset is a set
//!   of [`Rules`].
//! - Each algorithm has a file that acts on the rules. A method of [`Engine`] belongs to one step of an
//!   algorithm in `fetch/`. It takes the request's state and other values, and returns a value. With the
//!   standard's rules, it does what the standard says.
//!
//! An [`Engine`] belongs to one fetch, from its first step to its last. Its [`Memory`] holds the state that
//! only the rules need, so the fetch itself has only the standard's state.

mod charsets;
mod chromium;
mod construction;
mod cors_check;
mod cors_preflight_fetch;
mod fetch_metadata;
mod firefox;
mod initiators;
mod local_network;
mod location;
mod main_fetch;
mod network_or_cache;
mod opaque_response_blocking;
mod origin_header;
mod preflight_cache;
mod redirect_fetch;
mod referrer;
mod repeated_lines;
mod resource_policy;
mod rules;
mod safelist;
mod service_worker;
mod unsafe_names;
mod webkit;

pub(crate) use chromium::CHROMIUM;
pub(crate) use firefox::FIREFOX;
use http::{HeaderName, Method};
#[cfg(feature = "oracle")]
pub(crate) use initiators::change_initiator_settings;
pub(crate) use local_network::AddressAccess;
pub(crate) use location::LocationLines;
pub use opaque_response_blocking::OpaqueResponseVerdict;
pub(crate) use preflight_cache::CacheOrigin;
pub(crate) use redirect_fetch::CredentialsInLocation;
pub(crate) use rules::OpaqueResponses;
pub(crate) use rules::Rules;
pub(crate) use webkit::WEBKIT;

use crate::{
    browser::{
        diagnosis::{Reason, Refused},
        initiators::Initiator,
        preflight_cache::PreflightCache,
        referrer::Referrer,
        referrer_policy::ReferrerPolicy,
        state::CurrentRequest,
    },
    header_list::HeaderList,
    request_header::{is_cors_non_wildcard_request_header_name, is_request_body_header_name},
};

/// The rules of one fetch, and the state that they need.
#[derive(Debug, Clone)]
pub(crate) struct Engine {
    rules: Rules,
    memory: Memory,
}

/// State that only the differences of engines need.
#[derive(Debug, Clone, Default)]
struct Memory {
    /// The initiator of the request; `None` if [`Request::new`](super::request::Request::new) made it.
    initiator: Option<Initiator>,
    /// Whether the body given to an `XMLHttpRequest` implied the `Content-Type`.
    body_implied_type: bool,
    /// Method and headers as the page set them, if the rules need them.
    original: Option<Box<OriginalRequest>>,
    /// The headers that the last redirect removed.
    removed: RemovedHeaders,
    /// Firefox: the next preflight must list `content-type` although the body was dropped.
    lists_dropped_type: bool,
    /// Whether a redirect turned the request into a `GET`.
    method_became_get: bool,
    /// The referrer policy before any redirect.
    first_referrer_policy: ReferrerPolicy,
    /// WebKit: the referrer of the first request, which preflights after a redirect have.
    first_referrer: Option<Referrer>,
    /// Whether the last actual request was sent with `Origin`, and only redirects within one origin have
    /// followed.
    sent_origin: bool,
    /// The reason for which the engine refuses to make the request.
    refusal: Option<Reason>,
    /// Cache entries that serve only this fetch. They are never in the cache of the user agent.
    own_cache: Option<Box<PreflightCache>>,
    /// WebKit: the refusal that ends the fetch in place of the next actual request.
    postponed: Option<Box<PostponedRefusal>>,
}

/// Method and headers as the page set them.
#[derive(Debug, Clone)]
struct OriginalRequest {
    method: Method,
    headers: HeaderList,
}

/// The refusal of a redirect that takes effect after the preflight for the location.
#[derive(Debug, Clone)]
pub(crate) struct PostponedRefusal {
    pub(crate) refused: Refused,
    /// The request when the response was refused.
    pub(crate) request: CurrentRequest,
}

/// The kinds of headers that a redirect removes: HTTP-redirect fetch, steps 12.2 and 13.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct RemovedHeaders {
    /// Whether it removes the request-body-header names.
    pub(crate) of_body: bool,
    /// Whether it removes the CORS non-wildcard request-header names.
    pub(crate) authorization: bool,
}

impl RemovedHeaders {
    /// Returns whether a header with this name is removed.
    pub(crate) fn includes(self, name: &HeaderName) -> bool {
        self.of_body && is_request_body_header_name(name)
            || self.authorization && is_cors_non_wildcard_request_header_name(name)
    }
}

impl Engine {
    /// Postpones a refusal until the next actual request would go out.
    pub(crate) fn postpone(&mut self, refused: Refused, request: CurrentRequest) {
        self.memory.postponed = Some(Box::new(PostponedRefusal { refused, request }));
    }

    /// Takes the postponed refusal, if there is one.
    pub(crate) fn take_postponed(&mut self) -> Option<Box<PostponedRefusal>> {
        self.memory.postponed.take()
    }
}
