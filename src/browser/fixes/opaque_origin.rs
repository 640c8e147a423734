//! The fix for a page whose own origin is opaque, and therefore `null`.

use super::refused_response::RefusedResponse;
use crate::browser::diagnosis::{Fix, Side};

const SANDBOX_CAUTION: &str =
    "A frame of the page's own origin can remove its sandbox, if it also has `allow-scripts`.";

/// Gives the page an origin that a server can allow.
pub(super) fn fix(refused: &RefusedResponse<'_>) -> Option<Fix> {
    let request = refused.request();
    if request.origin.as_tuple().is_some() || !refused.is_of_cors_check() {
        return None;
    }
    let page = |text: String| Fix::new(Side::Page, text);
    Some(match request.client.document().scheme() {
        "file" => page(
            "Serve the page over http, for example with a web server on this computer: the origin of a page from \
             a `file:` URL is `null`."
                .to_owned(),
        ),
        "data" => page("Give the page an http or https URL: the origin of a `data:` URL is `null`.".to_owned()),
        "about" | "blob" | "http" | "https" => page(
            "Give the frame its origin with `allow-same-origin` in its attribute `sandbox`: the origin of a \
             sandboxed frame is `null`."
                .to_owned(),
        )
        .with_caution(Some(SANDBOX_CAUTION)),
        scheme => page(format!(
            "Serve the page over http, or give its scheme `{scheme}` an origin in the app: the page's origin is \
             `null`."
        )),
    })
}
