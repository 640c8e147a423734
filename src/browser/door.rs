//! The doors: how requests are born, and what each door refuses before any fetch begins.

mod by_profile;
mod element;
mod fetch_call;
mod refusal;
mod xml_http_request;

pub(crate) use by_profile::pass_by_profile;
pub use element::{CrossOriginAttribute, Element};
pub use fetch_call::FetchCall;
pub use refusal::{Door, Refusal, RefusalReason};
pub use xml_http_request::XmlHttpRequest;

use crate::ByteString;
use crate::bytes::trim_whitespace;
use http::HeaderName;

/// A header as an author gives it: any bytes, checked when the request is built.
type AuthorHeader = (Vec<u8>, Vec<u8>);

/// The type that only `URLSearchParams` bring.
const TYPE_OF_FORM: &[u8] = b"application/x-www-form-urlencoded;charset=UTF-8";

/// What both doors for scripts check of a header: that the name is a
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
