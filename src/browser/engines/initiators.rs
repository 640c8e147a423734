//! What initiators set, as engines do it.

use super::{Engine, rules::InitiatorRules};
use crate::{
    browser::{
        destination::Destination,
        initiators::Initiator,
        modes::{CredentialsMode, Mode, RedirectMode},
        referrer::{ClientUrls, Referrer},
        referrer_policy::ReferrerPolicy,
        request::Request,
        state::CurrentRequest,
        url_origin::tuple_origin_of,
    },
    origin::{Origin, TupleOrigin},
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
pub(crate) fn change_initiator_settings(request: &mut Request, rules: &InitiatorRules) {
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
        // The images of another style sheet have the policy of that style sheet, and its URL as the referrer.
        Some(Initiator::CssImage)
            if rules.css_images_have_the_default_policy && request.referrer == Referrer::Client =>
        {
            request.referrer_policy = ReferrerPolicy::default();
        }
        Some(Initiator::WebSocket) if rules.web_sockets_of_data_workers_have_the_page_origin => {
            if let Some(origin) = page_of_data_worker(&request.client) {
                request.origin = Origin::Tuple(origin);
            }
        }
        Some(Initiator::Beacon) if rules.beacons_are_unsafe => request.unsafe_request = true,
        _ => {}
    }
}

/// The origin of the page that made a worker at a `data:` URL; `None` for every other client.
///
/// The base URL of such a client is that of the page, as [`Page::with_document_url`] says. A frame at a `data:` URL has its own base
/// URL, or that of its `<base>`, which says nothing about an origin.
///
/// [`Page::with_document_url`]: crate::browser::Page::with_document_url
fn page_of_data_worker(client: &ClientUrls) -> Option<TupleOrigin> {
    let document = client.document();
    let is_worker = document.scheme() == "data" && !is_document(document.path());
    is_worker.then(|| tuple_origin_of(&client.base)).flatten()
}

/// Returns whether the path of a `data:` URL has the type of a document in which there can be a `<base>`: HTML or XML.
fn is_document(path: &str) -> bool {
    let essence = path.split([',', ';']).next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "text/html" || essence.ends_with("/xml") || essence.ends_with("+xml")
}
