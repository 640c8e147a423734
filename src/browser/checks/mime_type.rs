//! [Should response to request be blocked due to its MIME type?](https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?)

use super::is_script_like;
use crate::{browser::destination::Destination, header_list::HeaderList, mime_type::extract_essence};

/// Returns whether a response
/// [should be blocked due to its MIME type](https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?):
/// a script has the type of an image, audio, video or CSV.
///
/// `headers` is the header list of the [internal response](crate::browser::Response::internal).
///
/// ```
/// use crossorigin::browser::{Destination, checks::should_be_blocked_due_to_its_mime_type};
/// use crossorigin::{header_list::HeaderList, http::header::CONTENT_TYPE};
/// let mut headers = HeaderList::new();
/// headers.append(CONTENT_TYPE, "image/gif")?;
/// assert!(should_be_blocked_due_to_its_mime_type(&headers, Destination::Script));
/// assert!(!should_be_blocked_due_to_its_mime_type(&headers, Destination::Image));
/// # Ok::<(), crossorigin::header_list::InvalidHeaderValue>(())
/// ```
#[must_use]
pub fn should_be_blocked_due_to_its_mime_type(headers: &HeaderList, destination: Destination) -> bool {
    // Step 1: extract a MIME type. Step 2: failure is allowed.
    let Some(essence) = extract_essence(headers) else { return false };
    // Step 4: a script-like destination, and one of these types. Step 5: all others are allowed.
    is_script_like(destination)
        && (["audio/", "image/", "video/"].iter().any(|kind| essence.starts_with(kind))
            || essence == "text/csv")
}
