use crossorigin::{
    http::StatusCode,
    status::{is_null_body_status, is_ok_status, is_range_status, is_redirect_status},
};

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
