//! Statuses: the four sets that the standard names, and the redirects after which a request's method is
//! `GET`.

use http::{Method, StatusCode};

/// Returns whether the status is 200 to 299: an [ok status](https://fetch.spec.whatwg.org/#ok-status).
pub(crate) fn is_ok_status(status: StatusCode) -> bool {
    status.is_success()
}

/// Returns whether the status is 301, 302, 303, 307 or 308: a [redirect
/// status](https://fetch.spec.whatwg.org/#redirect-status).
pub(crate) fn is_redirect_status(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Returns whether the status is 101, 103, 204, 205 or 304: a [null body
/// status](https://fetch.spec.whatwg.org/#null-body-status).
pub(crate) fn is_null_body_status(status: StatusCode) -> bool {
    matches!(status.as_u16(), 101 | 103 | 204 | 205 | 304)
}

/// Returns whether the status is 206 or 416: a [range status](https://fetch.spec.whatwg.org/#range-status).
pub(crate) fn is_range_status(status: StatusCode) -> bool {
    matches!(status.as_u16(), 206 | 416)
}

/// Returns whether a redirect changes a request's method to `GET`: 301 or 302 after `POST`, 303 after
/// anything except `GET` and `HEAD` ([HTTP-redirect
/// fetch](https://fetch.spec.whatwg.org/#concept-http-redirect-fetch)).
pub(crate) fn becomes_get(status: StatusCode, method: &Method) -> bool {
    // HTTP-redirect fetch, step 12.
    match status {
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => *method == Method::POST,
        StatusCode::SEE_OTHER => *method != Method::GET && *method != Method::HEAD,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use http::StatusCode;

    use super::{is_null_body_status, is_ok_status, is_range_status, is_redirect_status};

    #[track_caller]
    fn assert_set(is_member: fn(StatusCode) -> bool, members: &[u16]) {
        let found: Vec<u16> =
            (100..=999).filter(|code| is_member(StatusCode::from_u16(*code).unwrap())).collect();
        assert_eq!(found, members);
    }

    #[test]
    fn the_named_sets_hold_these_statuses_and_no_others() {
        assert_set(is_ok_status, &(200..300).collect::<Vec<_>>());
        assert_set(is_redirect_status, &[301, 302, 303, 307, 308]);
        assert_set(is_null_body_status, &[101, 103, 204, 205, 304]);
        assert_set(is_range_status, &[206, 416]);
    }
}
