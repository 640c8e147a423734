//! Headers append, step 4, for a header that a page set more than once.

use http::{
    HeaderName,
    header::{
        AUTHORIZATION, CONTENT_DISPOSITION, CONTENT_TYPE, FROM, IF_MODIFIED_SINCE, IF_UNMODIFIED_SINCE,
        LOCATION, MAX_FORWARDS, STRICT_TRANSPORT_SECURITY, USER_AGENT,
    },
};

use super::Engine;
use crate::{
    browser::{modes::Body, state::CurrentRequest},
    header_list::HeaderList,
};

/// The headers that keep only the last value.
const LAST_COUNTS: [HeaderName; 9] = [
    AUTHORIZATION,
    CONTENT_DISPOSITION,
    CONTENT_TYPE,
    FROM,
    IF_MODIFIED_SINCE,
    IF_UNMODIFIED_SINCE,
    LOCATION,
    MAX_FORWARDS,
    USER_AGENT,
];

impl Engine {
    /// The author's header lines, as they are sent.
    pub(crate) fn header_lines_to_send(&self, request: &CurrentRequest) -> HeaderList {
        if !self.rules.request_headers.repeated_lines_are_merged {
            return request.headers.clone();
        }
        // Firefox sets the first `Content-Type` together with the body, until a redirect.
        let first_type_counts = request.redirect_count() == 0 && request.body != Body::None;
        let lines = request.headers.iter().map(|(name, value)| (name.clone(), value));
        HeaderList::folding(lines, |name, merged, value| merge(name, merged, value, first_type_counts))
    }
}

/// Merges another value of a header into those before it.
fn merge(name: &HeaderName, merged: &mut Vec<u8>, value: &[u8], first_type_counts: bool) {
    if first_type_counts && *name == CONTENT_TYPE {
        return;
    }
    if value.is_empty() || LAST_COUNTS.contains(name) {
        merged.clear();
    } else if *name == STRICT_TRANSPORT_SECURITY {
        return;
    } else if !merged.is_empty() {
        merged.extend_from_slice(b", ");
    }
    merged.extend_from_slice(value);
}
