//! The fixes for a response that `Cross-Origin-Resource-Policy` keeps from the page.

use http::HeaderName;

use super::{elements, refused_response::RefusedResponse, response};
use crate::browser::{
    diagnosis::{Fix, Reason, RequestChange, Side},
    embedder_policy::EmbedderPolicy,
};

/// The fixes, best first.
pub(super) fn fixes(refused: &RefusedResponse<'_>) -> Vec<Fix> {
    let mut fixes = response::of_server(refused);
    fixes.extend(elements::with_attribute(refused));
    fixes.extend(credentialless(refused));
    fixes
}

/// The header with the narrowest value that works.
pub(super) fn line(refused: &RefusedResponse<'_>) -> (HeaderName, Option<String>) {
    let value = match refused.fetch.same_site_suffices(refused.received) {
        true => "same-site",
        false => "cross-origin",
    };
    (HeaderName::from_static("cross-origin-resource-policy"), Some(value.to_owned()))
}

/// The fix of a page whose own embedder policy asks for the header.
fn credentialless(refused: &RefusedResponse<'_>) -> Option<Fix> {
    // The policy `credentialless` asks for the header if credentials are included.
    let asks =
        *refused.reason == Reason::CorpDefaultedByCoep && !refused.received.request_includes_credentials;
    asks.then(|| {
        Fix::new(
            Side::Page,
            "Serve the page with `Cross-Origin-Embedder-Policy: credentialless`, which asks for no header and \
             sends no cookies.",
        )
        .with_change(RequestChange {
            embedder_policy: Some(EmbedderPolicy::Credentialless),
            ..RequestChange::default()
        })
    })
}
