//! [Extract a MIME type](https://fetch.spec.whatwg.org/#concept-header-extract-mime-type), without its
//! parameters.

use http::header::CONTENT_TYPE;

use super::Essence;
use crate::header_list::HeaderList;

/// The essences of the [JavaScript MIME types](https://mimesniff.spec.whatwg.org/#javascript-mime-type).
const JAVASCRIPT: [&str; 16] = [
    "application/ecmascript",
    "application/javascript",
    "application/x-ecmascript",
    "application/x-javascript",
    "text/ecmascript",
    "text/javascript",
    "text/javascript1.0",
    "text/javascript1.1",
    "text/javascript1.2",
    "text/javascript1.3",
    "text/javascript1.4",
    "text/javascript1.5",
    "text/jscript",
    "text/livescript",
    "text/x-ecmascript",
    "text/x-javascript",
];

/// The essence of the MIME type that a header list has, in lower case. `None` is the standard's failure.
pub(crate) fn extract_essence(headers: &HeaderList) -> Option<String> {
    // Step 4: get, decode and split `Content-Type`. Step 5: null is failure.
    let values = headers.get_decode_and_split(&CONTENT_TYPE)?;
    // Step 6.1: parse each value. Step 6.2: skip failures and `*/*`. Step 6.3: the last one counts. Steps 6.4
    // and 6.5 are about the charset.
    let essences = values.iter().rev().filter_map(|value| Essence::parse(value));
    essences.map(|essence| essence.to_string()).find(|essence| essence != "*/*")
}

/// Returns whether a response is an HTML page, by its header list.
pub(crate) fn is_html(headers: &HeaderList) -> bool {
    extract_essence(headers).is_some_and(|essence| essence == "text/html")
}

/// Returns whether an essence in lower case is that of a
/// [JavaScript MIME type](https://mimesniff.spec.whatwg.org/#javascript-mime-type).
pub(crate) fn is_javascript(essence: &str) -> bool {
    JAVASCRIPT.contains(&essence)
}
