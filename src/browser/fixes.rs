//! Finds the fixes for a refusal. The header lines that a response needs come from running the checks again.
//!
//! Each file has the fixes for one cause. `preflight.rs` and `response.rs` put them in order, the best first.

mod avoidable;
mod content_security_policy;
mod cors_lines;
mod credentials;
mod elements;
mod lists;
mod not_application;
mod opaque_origin;
mod origin_mistake;
mod page_mistake;
mod preflight;
mod ranked;
mod redirect;
mod refused_response;
mod request_change;
mod resource_policy;
mod response;
mod third_party;
mod two_writers;

pub(crate) use self::content_security_policy::directive;
#[cfg(feature = "oracle")]
pub(crate) use self::not_application::may_be_refusal_of_origin;
use self::refused_response::RefusedResponse;
use crate::browser::{
    diagnosis::{Fix, Phase, Reason, Refused},
    fetch::Fetch,
};

/// The fixes for a refusal in which a fetch ended, best first.
pub(crate) fn fixes(fetch: &Fetch, refused: &Refused) -> Vec<Fix> {
    let reason = &refused.reason;
    let Some(received) = &refused.response else {
        return match refused.phase {
            Phase::Redirect => redirect::fixes_of_blocked(fetch, reason),
            _ => elements::unsent(fetch, reason),
        };
    };
    let is_preflight = refused.phase == Phase::Preflight;
    let response = RefusedResponse { fetch, reason, received, is_preflight };
    match is_preflight {
        true => preflight::fixes(&response),
        false => response::fixes(&response),
    }
}

/// The fixes for a response that the embedder refuses, best first. `directive` is the one of a Content Security Policy
/// that decides about the request.
pub(crate) fn fixes_after_response(reason: &Reason, directive: Option<&str>) -> Vec<Fix> {
    match reason {
        Reason::ContentSecurityPolicy => vec![content_security_policy::fix(directive)],
        _ => Fix::of_reason(reason),
    }
}
