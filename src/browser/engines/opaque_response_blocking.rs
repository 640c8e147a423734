//! Opaque response blocking, which is not in the standard.

use http::{StatusCode, header::CONTENT_TYPE};

use super::Engine;
use crate::{browser::response_head::ResponseHead, mime_type::Essence, status::is_ok_status};

/// The types whose timing is never hidden:
/// [JavaScript MIME types](https://mimesniff.spec.whatwg.org/#javascript-mime-type), style sheets and SVG
/// images.
const SAFELIST: [(&str, &str); 18] = [
    ("application", "ecmascript"),
    ("application", "javascript"),
    ("application", "x-ecmascript"),
    ("application", "x-javascript"),
    ("image", "svg+xml"),
    ("text", "css"),
    ("text", "ecmascript"),
    ("text", "javascript"),
    ("text", "javascript1.0"),
    ("text", "javascript1.1"),
    ("text", "javascript1.2"),
    ("text", "javascript1.3"),
    ("text", "javascript1.4"),
    ("text", "javascript1.5"),
    ("text", "jscript"),
    ("text", "livescript"),
    ("text", "x-ecmascript"),
    ("text", "x-javascript"),
];

impl Engine {
    /// Main fetch, step 19: returns whether the timing of an opaque response is hidden because of its status.
    pub(crate) fn withholds_timing(&self, response: &ResponseHead) -> bool {
        let is_partial = response.status == StatusCode::PARTIAL_CONTENT;
        self.rules.response.opaque_timing_needs_ok_status
            && (is_partial || !is_ok_status(response.status))
            && !is_safelisted(response)
    }
}

fn is_safelisted(response: &ResponseHead) -> bool {
    let content_type = response.headers.get(&CONTENT_TYPE).unwrap_or_default();
    let essence = Essence::parse(&content_type);
    essence.is_some_and(|essence| SAFELIST.iter().any(|(kind, subtype)| essence.is(kind, subtype)))
}
