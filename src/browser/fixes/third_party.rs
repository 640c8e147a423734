//! The fix for a server of somebody else, which does not support CORS at all.

use super::refused_response::RefusedResponse;
use crate::browser::{
    diagnosis::{Fix, Side},
    initiators::Initiator,
};

/// Lets the page's own server make the request.
pub(super) fn fix(refused: &RefusedResponse<'_>) -> Option<Fix> {
    let supports_cors =
        refused.head().headers.iter().any(|(name, _)| name.as_str().starts_with("access-control-"));
    let is_script = matches!(refused.initiator(), Some(Initiator::Fetch | Initiator::XmlHttpRequest));
    let is_plain = refused.status().is_success()
        && refused.request().origin.as_tuple().is_some()
        && refused.request().redirect_count() == 0
        && !refused.fetch.makes_preflight();
    (is_plain && is_script && !supports_cors && refused.is_cross_site()).then(|| {
        Fix::new(
            Side::Page,
            "If the server is not yours, let a server of your own request this URL, and request that server in \
             the page.",
        )
    })
}
