//! Methods: which are safelisted, which are forbidden, and how a page's spelling is normalized.

use http::Method;

use crate::bytes::{Shown, is_token_byte};

/// Why bytes are not a method: a method is a `token` of HTTP, one or more `tchar`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidMethod {
    /// No bytes.
    #[error("a method has at least one character")]
    Empty,
    /// A byte that no token has.
    #[error("{} at byte {index} cannot be part of a method", Shown(*.byte))]
    Byte {
        /// The byte.
        byte: u8,
        /// Its index, from 0.
        index: usize,
    },
}

/// Returns whether the method is `GET`, `HEAD` or `POST`: a
/// [CORS-safelisted method](https://fetch.spec.whatwg.org/#cors-safelisted-method).
///
/// Methods are case-sensitive: `get` is not one. Pages never send it, see [`normalize_method`].
///
/// ```
/// use crossorigin::{http::Method, method::is_cors_safelisted_method};
///
/// assert!(is_cors_safelisted_method(&Method::POST));
/// assert!(!is_cors_safelisted_method(&Method::PUT)); // needs a preflight
/// ```
#[must_use]
pub fn is_cors_safelisted_method(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::POST)
}

/// Returns whether the method is `CONNECT`, `TRACE` or `TRACK` in any case: a
/// [forbidden method](https://fetch.spec.whatwg.org/#forbidden-method).
///
/// It takes bytes because the same rule applies to the values of method override headers.
#[must_use]
pub fn is_forbidden_method(method: &[u8]) -> bool {
    ["CONNECT", "TRACE", "TRACK"].iter().any(|name| method.eq_ignore_ascii_case(name.as_bytes()))
}

/// [Normalizes](https://fetch.spec.whatwg.org/#concept-method-normalize) a method as a page wrote it: six names become
/// upper case, every other method keeps its case.
///
/// ```
/// use crossorigin::{http::Method, method::{InvalidMethod, normalize_method}};
///
/// assert_eq!(normalize_method(b"put"), Ok(Method::PUT));
/// assert_eq!(normalize_method(b"patch")?.as_str(), "patch"); // not `PATCH`, and servers will mind
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
        None => Method::from_bytes(method).map_err(|_| invalid(method)),
    }
}

fn invalid(method: &[u8]) -> InvalidMethod {
    match method.iter().copied().enumerate().find(|(_, byte)| !is_token_byte(*byte)) {
        Some((index, byte)) => InvalidMethod::Byte { byte, index },
        None => InvalidMethod::Empty,
    }
}
