//! What Chromium, Firefox and WebKit do differently from the standard, and nowhere else.
//!
//! - One file an engine says what it does: [`chromium`], [`firefox`], [`webkit`]. A preset is a set of [`Rules`].
//! - One file an algorithm acts on the rules: each method of [`Engine`] stands for one step of an algorithm in `fetch/`, takes
//!   the request's state and other values, gives a value, and does what the standard says if the rules are the standard's.
//!
//! An [`Engine`] belongs to one fetch, from its first step to its last. What the rules have to remember between steps is in its
//! [`Memory`], so that the standard's state stays the standard's.

mod charsets;
mod chromium;
mod construction;
mod cors_check;
mod cors_preflight_fetch;
mod firefox;
mod location;
mod network_or_cache;
mod opaque_response_blocking;
mod origin_header;
mod preflight_cache;
mod redirect_fetch;
mod repeated_lines;
mod resource_policy;
mod rules;
mod safelist;
mod unsafe_names;
mod webkit;

pub(crate) use chromium::CHROMIUM;
pub(crate) use firefox::FIREFOX;
use http::{HeaderName, Method};
pub(crate) use location::LocationLines;
pub(crate) use preflight_cache::CacheOrigin;
pub(crate) use redirect_fetch::CredentialsInLocation;
pub(crate) use rules::Rules;
pub(crate) use webkit::WEBKIT;

use crate::{
    browser::{
        diagnosis::Refused, modes::Initiator, preflight_cache::PreflightCache,
        referrer_policy::ReferrerPolicy, state::CurrentRequest,
    },
    header_list::HeaderList,
    request_header::{is_cors_non_wildcard_request_header_name, is_request_body_header_name},
};

/// The rules of one fetch, and what they have to remember.
#[derive(Debug, Clone)]
pub(crate) struct Engine {
    rules: Rules,
    memory: Memory,
}

/// State that only engines' differences need.
#[derive(Debug, Clone, Default)]
struct Memory {
    /// What started the request.
    initiator: Option<Initiator>,
    /// Whether the `Content-Type` is one that the body brought to an `XMLHttpRequest`.
    has_type_of_body: bool,
    /// Method and headers as the page set them, if the rules look back at them.
    original: Option<Box<OriginalRequest>>,
    /// The headers that the last redirect removed.
    removed: RemovedHeaders,
    /// Firefox: the next preflight must list `content-type` although the body was dropped.
    asks_for_lost_type: bool,
    /// Whether a redirect made the request a `GET`.
    became_get: bool,
    /// The referrer policy before any redirect.
    first_referrer_policy: ReferrerPolicy,
    /// Whether an `Origin` outside CORS has gone out, and only redirects within one origin have followed.
    origin_went_out: bool,
    /// What preflights allowed for this fetch alone. It never enters the cache of a user agent.
    own_permissions: Option<Box<PreflightCache>>,
    /// WebKit: how the fetch ends instead of the next actual request.
    postponed: Option<Box<PostponedRefusal>>,
}

/// Method and headers as the page set them.
#[derive(Debug, Clone)]
struct OriginalRequest {
    method: Method,
    headers: HeaderList,
}

/// A response that was refused, although the preflight for where it redirects to goes out first.
#[derive(Debug, Clone)]
pub(crate) struct PostponedRefusal {
    pub(crate) refused: Refused,
    /// The request when the response was refused.
    pub(crate) request: CurrentRequest,
}

/// Which headers a redirect removes: HTTP-redirect fetch, steps 12.2 and 13.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct RemovedHeaders {
    /// The request-body-header names.
    pub(crate) of_body: bool,
    /// The CORS non-wildcard request-header names.
    pub(crate) authorization: bool,
}

impl RemovedHeaders {
    /// Returns whether a header of that name is removed.
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

    /// The refusal that was postponed, if there is one.
    pub(crate) fn take_postponed(&mut self) -> Option<Box<PostponedRefusal>> {
        self.memory.postponed.take()
    }
}
