//! Initiators: how a page makes requests, and the errors that it gets before anything is sent.

mod element;
mod fetch_call;
mod xml_http_request;

pub use element::{CrossOriginAttribute, Element};
pub use fetch_call::FetchCall;
use http::HeaderName;
pub use xml_http_request::XmlHttpRequest;

use crate::{
    ByteString,
    browser::{diagnosis::RefusalReason, page::Page},
    bytes::trim_whitespace,
};

impl Page {
    /// [`fetch()`](https://fetch.spec.whatwg.org/#fetch-method): describe the call, then build the request.
    pub fn fetch(&self, url: &str) -> FetchCall<'_> {
        FetchCall::new(self, url)
    }

    /// [`XMLHttpRequest`](https://xhr.spec.whatwg.org/): `open(method, url)` and what follows, up to `send()`.
    pub fn xml_http_request(&self, method: impl AsRef<[u8]>, url: &str) -> XmlHttpRequest<'_> {
        XmlHttpRequest::new(self, method.as_ref(), url)
    }

    /// An element that loads a URL, such as `<img>`, with or without a `crossorigin` attribute.
    pub fn element(&self, url: &str) -> Element<'_> {
        Element::new(self, url)
    }
}

/// A header as an author gives it: any bytes, checked when the request is built.
type AuthorHeader = (Vec<u8>, Vec<u8>);

/// What `fetch()` and `XMLHttpRequest` check of a header: that the name is a
/// [header name](https://fetch.spec.whatwg.org/#header-name) and the normalized value is a
/// [header value](https://fetch.spec.whatwg.org/#header-value).
fn checked_header((name, value): &AuthorHeader) -> Result<(HeaderName, &[u8]), RefusalReason> {
    // Validate a header, step 1: a name that is one, a value that is one. setRequestHeader(), step 4: the same.
    let parsed = HeaderName::from_bytes(name)
        .map_err(|_| RefusalReason::HeaderNameInvalid { name: ByteString::from(name) })?;
    // Headers append, step 1: normalize. setRequestHeader(), step 3: the same.
    let value = trim_whitespace(value);
    if value.iter().any(|byte| matches!(byte, b'\0' | b'\r' | b'\n')) {
        let value = ByteString::from(value);
        return Err(RefusalReason::HeaderValueInvalid { name: parsed, value });
    }
    Ok((parsed, value))
}
