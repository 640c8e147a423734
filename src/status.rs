//! Statuses: the four sets of them which the standard gives a name.
//!
//! ```
//! use crossorigin::{http::StatusCode, status};
//!
//! assert!(status::is_ok_status(StatusCode::NO_CONTENT)); // a preflight may be answered with any 2xx
//! assert!(!status::is_redirect_status(StatusCode::NOT_MODIFIED)); // 304 leads nowhere
//! ```

use http::StatusCode;

/// 200 to 299: an [ok status](https://fetch.spec.whatwg.org/#ok-status).
#[must_use]
pub fn is_ok_status(status: StatusCode) -> bool {
    status.is_success()
}

/// 301, 302, 303, 307 or 308: a [redirect status](https://fetch.spec.whatwg.org/#redirect-status).
#[must_use]
pub fn is_redirect_status(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// 101, 103, 204, 205 or 304: a [null body status](https://fetch.spec.whatwg.org/#null-body-status).
#[must_use]
pub fn is_null_body_status(status: StatusCode) -> bool {
    matches!(status.as_u16(), 101 | 103 | 204 | 205 | 304)
}

/// 206 or 416: a [range status](https://fetch.spec.whatwg.org/#range-status).
#[must_use]
pub fn is_range_status(status: StatusCode) -> bool {
    matches!(status.as_u16(), 206 | 416)
}
