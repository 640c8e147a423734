//! Request constructors, and the errors that they return before anything is sent.

mod fetch_call;
mod request_builder;
mod xml_http_request;

pub use fetch_call::FetchCall;
use http::HeaderName;
pub use request_builder::RequestBuilder;
pub use xml_http_request::XmlHttpRequest;

use crate::{
    ByteString,
    browser::{diagnosis::RefusalReason, initiators::Initiator, page::Page, request::Request},
    bytes::trim_whitespace,
};

impl Page {
    /// Describes a call of [`fetch()`](https://fetch.spec.whatwg.org/#fetch-method).
    ///
    /// `url` is a `&str`, which may be relative to the page, or a `&Url`. [`FetchCall::build`] makes the request.
    pub fn fetch(&self, url: impl AsRef<str>) -> FetchCall<'_> {
        FetchCall::new(self, url.as_ref())
    }

    /// Describes a call of [`fetch()`](https://fetch.spec.whatwg.org/#fetch-method) with a `Request`, such as
    /// one that a script made with `new Request()`, or the request that a service worker got.
    ///
    /// Without further options, the call makes the same request again. If one is set, the constructor of
    /// `Request` removes what the new request must not have: see [`FetchCall::build`].
    pub fn fetch_request(&self, request: &Request) -> FetchCall<'_> {
        FetchCall::with_request(self, request)
    }

    /// Describes an [`XMLHttpRequest`](https://xhr.spec.whatwg.org/), beginning with `open(method, url)`.
    ///
    /// `url` is that of [`fetch`](Self::fetch). [`XmlHttpRequest::send`] makes the request.
    pub fn xml_http_request(&self, method: impl AsRef<[u8]>, url: impl AsRef<str>) -> XmlHttpRequest<'_> {
        XmlHttpRequest::new(self, method.as_ref(), url.as_ref())
    }

    /// Describes a request of any initiator, such as an image, a font, a beacon or a WebSocket.
    ///
    /// `url` is that of [`fetch`](Self::fetch). [`RequestBuilder::build`] makes the request.
    pub fn request(&self, initiator: Initiator, url: impl AsRef<str>) -> RequestBuilder<'_> {
        RequestBuilder::new(self, initiator, url.as_ref())
    }
}

/// The name and the value of a header as an author gives them: any bytes, which are checked when the request
/// is built.
type AuthorHeader = (Vec<u8>, Vec<u8>);

/// Normalizes and validates a header for `fetch()` and `XMLHttpRequest`: the name must be a
/// [header name](https://fetch.spec.whatwg.org/#header-name), and the normalized value must be a
/// [header value](https://fetch.spec.whatwg.org/#header-value).
fn checked_header((name, value): &AuthorHeader) -> Result<(HeaderName, &[u8]), RefusalReason> {
    // Validate a header, step 1: the name is a header name, the value is a header value. setRequestHeader(),
    // step 4: the same.
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
