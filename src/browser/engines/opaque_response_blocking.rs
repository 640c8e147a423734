//! [Opaque-response blocking](https://github.com/annevk/orb), which is not in the standard.

use http::{
    StatusCode,
    header::{CONTENT_RANGE, CONTENT_TYPE},
};

use super::{Engine, rules::OpaqueResponses};
use crate::{
    browser::response_head::{ResponseHead, ResponseType},
    header_list::HeaderList,
    mime_type::{Essence, determine_nosniff, extract_essence, is_javascript},
    status::is_ok_status,
};

/// The draft's opaque-blocklisted-never-sniffed MIME types, in order.
const NEVER_SNIFFED: [&str; 39] = [
    "application/dash+xml",
    "application/gzip",
    "application/msexcel",
    "application/mspowerpoint",
    "application/msword",
    "application/msword-template",
    "application/pdf",
    "application/vnd.apple.mpegurl",
    "application/vnd.ces-quickpoint",
    "application/vnd.ces-quicksheet",
    "application/vnd.ces-quickword",
    "application/vnd.ms-excel",
    "application/vnd.ms-excel.sheet.macroenabled.12",
    "application/vnd.ms-powerpoint",
    "application/vnd.ms-powerpoint.presentation.macroenabled.12",
    "application/vnd.ms-word",
    "application/vnd.ms-word.document.12",
    "application/vnd.ms-word.document.macroenabled.12",
    "application/vnd.msword",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.presentationml.template",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
    "application/vnd.presentation-openxml",
    "application/vnd.presentation-openxmlm",
    "application/vnd.spreadsheet-openxml",
    "application/vnd.wordprocessing-openxml",
    "application/x-gzip",
    "application/x-protobuf",
    "application/x-protobuffer",
    "application/zip",
    "audio/mpegurl",
    "multipart/byteranges",
    "multipart/signed",
    "text/csv",
    "text/event-stream",
    "text/vtt",
];

/// What opaque-response blocking says of a response before its body is read. See
/// [`Response::opaque_response_blocking`](crate::browser::Response::opaque_response_blocking).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OpaqueResponseVerdict {
    /// The page gets the response.
    Allowed,
    /// The page does not get the response.
    Blocked,
    /// The first bytes of the body decide, or the whole body.
    NeedsBody,
}

impl OpaqueResponses {
    /// The verdict about a response from its type, status and headers.
    pub(crate) fn verdict(
        self,
        kind: ResponseType,
        response: &ResponseHead,
        is_known_media: bool,
    ) -> OpaqueResponseVerdict {
        if self == Self::NeverBlocked || kind != ResponseType::Opaque {
            return OpaqueResponseVerdict::Allowed;
        }
        let is_partial = response.status == StatusCode::PARTIAL_CONTENT;
        // Steps 1 and 2: extract a MIME type, and determine nosniff.
        let nosniff = determine_nosniff(&response.headers);
        // Step 3: the MIME type is not failure.
        if let Some(essence) = extract_essence(&response.headers) {
            // Step 3.1: an opaque-safelisted MIME type.
            if is_allowed_type(self, &essence, nosniff) {
                return OpaqueResponseVerdict::Allowed;
            }
            // Step 3.2: an opaque-blocklisted-never-sniffed MIME type. Step 3.3: an opaque-blocklisted MIME
            // type and the status 206. Step 3.4: such a type or `text/plain`, and nosniff.
            let is_blocklisted = is_blocklisted(&essence);
            if is_never_sniffed(self, &essence)
                || is_blocklisted && is_partial && self == Self::ScriptTypesAllowed
                || (is_blocklisted || essence == "text/plain") && nosniff
            {
                return OpaqueResponseVerdict::Blocked;
            }
        }
        // Steps 4 and 5: the requests of a media element after its first.
        let start = if is_partial { first_byte_position(&response.headers) } else { None };
        match self {
            Self::ScriptTypesAllowed if is_known_media => OpaqueResponseVerdict::Allowed,
            Self::ScriptTypesAllowed if is_partial && start != Some(0) => OpaqueResponseVerdict::Blocked,
            Self::MediaTypesAllowed if start.is_some_and(|start| start > 0) => {
                if is_known_media {
                    OpaqueResponseVerdict::Allowed
                } else {
                    OpaqueResponseVerdict::Blocked
                }
            }
            // Step 6: wait for the first 1,024 bytes.
            _ => OpaqueResponseVerdict::NeedsBody,
        }
    }
}

/// Step 3.1, with what engines let through beside the draft.
fn is_allowed_type(rule: OpaqueResponses, essence: &str, nosniff: bool) -> bool {
    const PLAYLISTS: [&str; 3] = ["application/dash+xml", "application/vnd.apple.mpegurl", "text/vtt"];
    let is_allowed_by_all = matches!(essence, "text/css" | "image/svg+xml") || PLAYLISTS.contains(&essence);
    is_allowed_by_all
        || match rule {
            OpaqueResponses::NeverBlocked => true,
            OpaqueResponses::MediaTypesAllowed => {
                essence.starts_with("audio/") || essence.starts_with("video/") || essence == "application/ogg"
            }
            OpaqueResponses::ScriptTypesAllowed => {
                is_javascript(essence) || essence == "audio/mpegurl" || essence == "text/plain" && nosniff
            }
        }
}

fn is_never_sniffed(rule: OpaqueResponses, essence: &str) -> bool {
    NEVER_SNIFFED.binary_search(&essence).is_ok()
        && (rule != OpaqueResponses::MediaTypesAllowed || essence != "application/x-protobuffer")
}

/// Returns whether this is an opaque-blocklisted MIME type: of HTML, JSON or XML.
fn is_blocklisted(essence: &str) -> bool {
    matches!(essence, "text/html" | "application/json" | "text/json" | "application/xml" | "text/xml")
        || essence.ends_with("+json")
        || essence.ends_with("+xml")
}

/// The first byte position in a valid `Content-Range`, such as `bytes 0-1023/4096`.
fn first_byte_position(headers: &HeaderList) -> Option<u64> {
    let value = headers.get(&CONTENT_RANGE)?;
    let (range, complete) = str::from_utf8(&value).ok()?.strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let number = |text: &str| -> Option<u64> {
        text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
    };
    let (first, last) = (number(first)?, number(last)?);
    let is_within = complete == "*" || last < number(complete)?;
    (first <= last && is_within).then_some(first)
}

impl Engine {
    /// The rule of opaque-response blocking.
    pub(crate) fn opaque_responses(&self) -> OpaqueResponses {
        self.rules.response.opaque_responses
    }

    /// Main fetch, step 19: returns whether the timing of an opaque response is hidden because of its status.
    pub(crate) fn withholds_timing(&self, response: &ResponseHead) -> bool {
        let is_partial = response.status == StatusCode::PARTIAL_CONTENT;
        self.rules.response.opaque_timing_needs_ok_status
            && (is_partial || !is_ok_status(response.status))
            && !is_safelisted(response)
    }
}

/// The draft's opaque-safelisted MIME types: those of scripts, style sheets and SVG images.
fn is_safelisted(response: &ResponseHead) -> bool {
    let content_type = response.headers.get(&CONTENT_TYPE).unwrap_or_default();
    Essence::parse(&content_type).is_some_and(|essence| {
        let essence = essence.to_string();
        matches!(&*essence, "text/css" | "image/svg+xml") || is_javascript(&essence)
    })
}
