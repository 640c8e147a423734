//! What goes out of headers that a page set more than once, where not all of it does.

use super::{RepeatedLines, RequestHeaderRules};
use crate::header_list::HeaderList;
use http::HeaderName;
use http::header::{
    AUTHORIZATION, CONTENT_DISPOSITION, CONTENT_TYPE, FROM, IF_MODIFIED_SINCE, IF_UNMODIFIED_SINCE, LOCATION,
    MAX_FORWARDS, STRICT_TRANSPORT_SECURITY, USER_AGENT,
};

/// Headers of which the last value replaces the others.
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

impl RequestHeaderRules {
    /// The lines of an author's header list that go out; `type_of_body` says whether `Content-Type` goes with a body, and
    /// not with what a redirect made of it.
    pub(crate) fn lines_to_send(&self, headers: &HeaderList, type_of_body: bool) -> HeaderList {
        match self.repeated_lines {
            RepeatedLines::AllGoOut => headers.clone(),
            RepeatedLines::Merged => HeaderList::folding(
                headers.iter().map(|(name, value)| (name.clone(), value)),
                |name, merged, value| merge(name, merged, value, type_of_body),
            ),
        }
    }
}

fn merge(name: &HeaderName, merged: &mut Vec<u8>, value: &[u8], type_of_body: bool) {
    if type_of_body && *name == CONTENT_TYPE {
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
