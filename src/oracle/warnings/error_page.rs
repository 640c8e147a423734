//! Something else than the application made the refused response.

use http::StatusCode;

use super::Exchanged;
use crate::{
    browser::{Phase, Reason, Warning, may_be_refusal_of_origin},
    mime_type::is_html,
    oracle::transcript::Transcript,
};

pub(super) fn find(transcript: &Transcript, exchanges: &[Exchanged<'_>]) -> Vec<Warning> {
    let Err(error) = transcript.outcome() else { return Vec::new() };
    let (Reason::AllowOriginMissing, Some(response)) = (error.reason(), error.response()) else {
        return Vec::new();
    };
    if transcript.is_refused_by_policy() {
        return Vec::new();
    }
    let status = response.status;
    let is_html = is_html(&response.headers);
    let after_preflight = error.phase() == Phase::Actual
        && exchanges.iter().any(|exchange| !exchange.is_actual() && exchange.request.hop == error.hop());
    let is_likely = match error.phase() {
        // Authentication and routers refuse preflights, too: the fixes say so.
        Phase::Preflight => status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED,
        _ if after_preflight => true,
        // An HTML page alone is not a sign: many applications make pages.
        _ => (status.is_client_error() || status.is_server_error()) && !may_be_refusal_of_origin(response),
    };
    let warning = Warning::ResponseNotFromApplication { status, is_html, after_preflight };
    is_likely.then_some(warning).into_iter().collect()
}
