//! Methods: which ones need a preflight, which ones are forbidden, and how a page's spelling is normalized.
//!
//! ```
//! use crossorigin::method::{is_cors_safelisted_method, normalize_method};
//!
//! let method = normalize_method(b"post")?;
//! assert_eq!(method.as_str(), "POST");
//! assert!(is_cors_safelisted_method(&method)); // no preflight
//! # Ok::<(), crossorigin::method::InvalidMethod>(())
//! ```

use http::Method;

use crate::bytes::{DisplayByte, is_token_byte};

/// The reason why bytes are not a method, which is a
/// [token](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2) of HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidMethod {
    /// There are no bytes.
    #[error("the method is empty")]
    Empty,
    /// There is a byte that no token has.
    #[error("{} at byte {index} is not allowed in a method", DisplayByte(*.byte))]
    Byte {
        /// The invalid byte.
        byte: u8,
        /// The index of the byte, from 0.
        index: usize,
    },
}

/// Returns whether the method is `GET`, `HEAD` or `POST`: a
/// [CORS-safelisted method](https://fetch.spec.whatwg.org/#cors-safelisted-method).
///
/// A cross-origin request with any other method needs a preflight. Methods are case-sensitive, so `get` is
/// not safelisted. Pages cannot send it, because browsers [normalize](normalize_method) it to `GET`.
///
/// ```
/// use crossorigin::{http::Method, method::is_cors_safelisted_method};
///
/// assert!(is_cors_safelisted_method(&Method::POST));
/// assert!(!is_cors_safelisted_method(&Method::PUT)); // needs a preflight
/// ```
#[doc(alias = "simple")]
#[must_use]
pub fn is_cors_safelisted_method(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::POST)
}

/// Returns whether the method is `CONNECT`, `TRACE` or `TRACK` in any case: a
/// [forbidden method](https://fetch.spec.whatwg.org/#forbidden-method).
///
/// Pages cannot send a forbidden method. The parameter is bytes because the rule also applies to the values
/// of method override headers.
#[must_use]
pub fn is_forbidden_method(method: &[u8]) -> bool {
    ["CONNECT", "TRACE", "TRACK"].iter().any(|name| method.eq_ignore_ascii_case(name.as_bytes()))
}

/// [Normalizes](https://fetch.spec.whatwg.org/#concept-method-normalize) a method that a page wrote:
/// `DELETE`, `GET`, `HEAD`, `OPTIONS`, `POST` and `PUT` become upper case. Every other method keeps its case.
///
/// ```
/// use crossorigin::{http::Method, method::{InvalidMethod, normalize_method}};
///
/// assert_eq!(normalize_method(b"put"), Ok(Method::PUT));
/// assert_eq!(normalize_method(b"patch")?.as_str(), "patch"); // not `PATCH`: servers refuse it
/// assert_eq!(normalize_method(b"GE T"), Err(InvalidMethod::Byte { byte: b' ', index: 2 }));
/// # Ok::<(), InvalidMethod>(())
/// ```
///
/// # Errors
/// The bytes are not a token.
pub fn normalize_method(method: &[u8]) -> Result<Method, InvalidMethod> {
    const NORMALIZED: [Method; 6] =
        [Method::DELETE, Method::GET, Method::HEAD, Method::OPTIONS, Method::POST, Method::PUT];

    match NORMALIZED.into_iter().find(|name| method.eq_ignore_ascii_case(name.as_str().as_bytes())) {
        Some(normalized) => Ok(normalized),
        None => Method::from_bytes(method).map_err(|_| invalid_method(method)),
    }
}

fn invalid_method(method: &[u8]) -> InvalidMethod {
    match method.iter().copied().enumerate().find(|(_, byte)| !is_token_byte(*byte)) {
        Some((index, byte)) => InvalidMethod::Byte { byte, index },
        None => InvalidMethod::Empty,
    }
}
