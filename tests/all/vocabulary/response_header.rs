use crossorigin::response_header::{
    is_cors_safelisted_response_header_name, is_forbidden_response_header_name,
};

use super::name;

const ALWAYS: [&str; 7] = [
    "Cache-Control",
    "Content-Language",
    "Content-Length",
    "Content-Type",
    "Expires",
    "Last-Modified",
    "Pragma",
];

#[test]
fn seven_names_are_always_exposed() {
    for exposed in ALWAYS {
        assert!(is_cors_safelisted_response_header_name(&name(exposed), &[] as &[&str]), "{exposed}");
    }
    for hidden in ["Accept", "ETag", "Date", "Server", "Vary", "Set-Cookie", "Content-Encoding", "X-A"] {
        assert!(!is_cors_safelisted_response_header_name(&name(hidden), &[] as &[&str]), "{hidden}");
    }
}

#[test]
fn listed_names_are_exposed_in_any_case_but_never_cookies() {
    let listed = ["BB-8", "set-cookie", "Set-Cookie2", "*"];
    assert!(is_cors_safelisted_response_header_name(&name("bb-8"), &listed));
    assert!(is_cors_safelisted_response_header_name(&name("*"), &listed));
    assert!(!is_cors_safelisted_response_header_name(&name("x-a"), &listed));
    assert!(!is_cors_safelisted_response_header_name(&name("set-cookie"), &listed));
    assert!(!is_cors_safelisted_response_header_name(&name("set-cookie2"), &listed));
}

#[test]
fn two_names_are_forbidden() {
    assert!(is_forbidden_response_header_name(&name("Set-Cookie")));
    assert!(is_forbidden_response_header_name(&name("set-cookie2")));
    assert!(!is_forbidden_response_header_name(&name("set-cookie3")));
    assert!(!is_forbidden_response_header_name(&name("cookie")));
}
