//! What initiators set, as engines do it.

use super::{Engine, rules::InitiatorRules};
use crate::browser::{
    destination::Destination,
    initiators::Initiator,
    modes::{CredentialsMode, Mode, RedirectMode},
    request::Request,
    state::CurrentRequest,
};

impl Engine {
    /// Main fetch, step 12: returns whether the redirect mode of a request with mode "no-cors" is refused.
    pub(crate) fn refuses_no_cors_redirect_mode(&self, request: &CurrentRequest) -> bool {
        let is_sent =
            self.rules.initiators.csp_reports_are_sent && self.memory.initiator == Some(Initiator::CspReport);
        request.redirect != RedirectMode::Follow && !is_sent
    }
}

/// Changes what the initiator has set to what the engine's initiator sets.
pub(super) fn change_initiator_settings(request: &mut Request, rules: &InitiatorRules) {
    match request.construction.initiator {
        Some(Initiator::Font) if rules.fonts_are_no_cors => {
            request.mode = Mode::NoCors;
            request.credentials = CredentialsMode::Include;
        }
        Some(Initiator::Track) if rules.tracks_are_no_cors && request.mode == Mode::SameOrigin => {
            request.mode = Mode::NoCors;
        }
        Some(Initiator::Preload)
            if rules.font_preloads_are_anonymous && request.destination == Destination::Font =>
        {
            request.mode = Mode::Cors;
            request.credentials = CredentialsMode::SameOrigin;
        }
        Some(Initiator::ImportScripts) if rules.imported_scripts_include_credentials => {
            request.credentials = CredentialsMode::Include;
        }
        Some(Initiator::Beacon) if rules.beacons_are_unsafe => request.unsafe_request = true,
        _ => {}
    }
}
