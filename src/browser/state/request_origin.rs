//! [Serializing a request origin](https://fetch.spec.whatwg.org/#serializing-a-request-origin).

use super::CurrentRequest;

impl CurrentRequest {
    /// The request's origin, serialized: the value of its `Origin` header, if it has this header.
    pub(crate) fn serialized_origin(&self) -> &str {
        // Step 2: a redirect-taint other than "same-origin" makes it `null`. Step 3: otherwise, the origin
        // itself.
        if self.is_redirect_tainted() { "null" } else { self.origin.serialize() }
    }
}
