//! Single words: methods, referrer policies, and arbitrary bytes in messages.

use crossorigin::{
    ByteString,
    browser::ReferrerPolicy,
    http::Method,
    method::{InvalidMethod, is_cors_safelisted_method, is_forbidden_method, normalize_method},
};

const NORMALIZED: [&str; 6] = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"];

pub fn check(bytes: &[u8]) {
    of_methods(bytes);
    of_referrer_policies(bytes);
    of_shown_bytes(bytes);
}

fn of_methods(bytes: &[u8]) {
    let upper = bytes.to_ascii_uppercase();
    let is_one_of = |names: &[&str]| names.iter().any(|name| name.as_bytes() == upper);
    assert_eq!(is_forbidden_method(bytes), is_one_of(&["CONNECT", "TRACE", "TRACK"]));
    match normalize_method(bytes) {
        Ok(method) => {
            let expected = if is_one_of(&NORMALIZED) { &upper } else { bytes };
            assert_eq!(method.as_str().as_bytes(), expected);
            assert!(is_token(bytes));
            assert_eq!(normalize_method(expected), Ok(method.clone()), "normalizing is idempotent");
            let safelisted = [Method::GET, Method::HEAD, Method::POST].contains(&method);
            assert_eq!(is_cors_safelisted_method(&method), safelisted);
        }
        Err(InvalidMethod::Empty) => assert!(bytes.is_empty()),
        Err(InvalidMethod::Byte { byte, index }) => {
            assert_eq!(bytes[index], byte);
            assert!(
                !is_token(&[byte]) && (index == 0 || is_token(&bytes[..index])),
                "it is the first invalid byte"
            );
        }
        Err(other) => panic!("{other}"),
    }
}

fn is_token(bytes: &[u8]) -> bool {
    let is_tchar = |byte: &u8| byte.is_ascii_graphic() && !b"\"(),/:;<=>?@[\\]{}".contains(byte);
    !bytes.is_empty() && bytes.iter().all(is_tchar)
}

fn of_referrer_policies(bytes: &[u8]) {
    let Ok(name) = std::str::from_utf8(bytes) else { return };
    if let Ok(policy) = name.parse::<ReferrerPolicy>() {
        assert!(policy.as_str().eq_ignore_ascii_case(name));
    }
}

/// A message that shows arbitrary bytes is one short line of printable characters.
fn of_shown_bytes(bytes: &[u8]) {
    let string = ByteString::from(bytes);
    assert_eq!(string.as_bytes(), bytes);
    let shown = string.to_string();
    assert!(
        shown.len() < 600
            && shown.chars().all(|letter| letter == ' ' || letter == '…' || letter.is_ascii_graphic())
    );
}
