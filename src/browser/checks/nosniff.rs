//! [Should response to request be blocked due to nosniff?](https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff?)

use super::is_script_like;
use crate::{
    browser::destination::Destination,
    header_list::HeaderList,
    mime_type::{determine_nosniff, extract_essence, is_javascript},
};

/// Returns whether a response
/// [should be blocked due to nosniff](https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff?):
/// it has `X-Content-Type-Options: nosniff`, and a script does not have a JavaScript MIME type, or a style
/// sheet does not have `text/css`.
///
/// `headers` is the header list of the [internal response](crate::browser::Response::internal).
///
/// ```
/// use crossorigin::browser::{Destination, checks::should_be_blocked_due_to_nosniff};
/// use crossorigin::{header_list::HeaderList, http::header};
/// let mut headers = HeaderList::new();
/// headers.append(header::CONTENT_TYPE, "text/plain")?;
/// assert!(!should_be_blocked_due_to_nosniff(&headers, Destination::Script));
/// headers.append(header::X_CONTENT_TYPE_OPTIONS, "nosniff")?;
/// assert!(should_be_blocked_due_to_nosniff(&headers, Destination::Script));
/// assert!(!should_be_blocked_due_to_nosniff(&headers, Destination::Image));
/// # Ok::<(), crossorigin::header_list::InvalidHeaderValue>(())
/// ```
#[must_use]
pub fn should_be_blocked_due_to_nosniff(headers: &HeaderList, destination: Destination) -> bool {
    // Step 1: determine nosniff.
    if !determine_nosniff(headers) {
        return false;
    }
    // Step 2: extract a MIME type.
    let essence = extract_essence(headers);
    // Step 4: a script-like destination needs a JavaScript MIME type.
    if is_script_like(destination) {
        return !essence.is_some_and(|essence| is_javascript(&essence));
    }
    // Step 5: a style sheet needs `text/css`. Step 6: all others are allowed.
    destination == Destination::Style && essence.as_deref() != Some("text/css")
}
