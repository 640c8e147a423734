use crossorigin::{
    http::Method,
    method::{InvalidMethod, is_cors_safelisted_method, is_forbidden_method, normalize_method},
};

#[test]
fn three_methods_are_safelisted_in_upper_case_only() {
    for method in ["GET", "HEAD", "POST"] {
        assert!(is_cors_safelisted_method(&method.parse().unwrap()), "{method}");
    }
    for method in ["get", "Head", "post", "PUT", "OPTIONS", "PATCH", "DELETE", "CHICKEN", "GETS", "QUERY"] {
        assert!(!is_cors_safelisted_method(&method.parse().unwrap()), "{method}");
    }
}

#[test]
fn three_methods_are_forbidden_in_any_case() {
    for method in ["CONNECT", "connect", "TRACE", "tRaCe", "TRACK", "track"] {
        assert!(is_forbidden_method(method.as_bytes()), "{method}");
    }
    for method in ["", "GET", "TRACES", "TRAC", " TRACE", "TRACE ", "\"TRACE\"", "CONNEC\u{17F}"] {
        assert!(!is_forbidden_method(method.as_bytes()), "{method}");
    }
}

#[test]
fn six_methods_are_upper_cased_and_no_others() {
    for (given, normalized) in [
        ("delete", "DELETE"),
        ("gEt", "GET"),
        ("head", "HEAD"),
        ("OPTIONS", "OPTIONS"),
        ("pOST", "POST"),
        ("put", "PUT"),
        ("patch", "patch"),
        ("PATCH", "PATCH"),
        ("Query", "Query"),
        ("trace", "trace"),
        ("eGg", "eGg"),
        ("a-method-that-is-longer-than-most", "a-method-that-is-longer-than-most"),
    ] {
        assert_eq!(normalize_method(given.as_bytes()).unwrap().as_str(), normalized);
    }
}

#[test]
fn a_method_is_a_token() {
    for byte in 0..=u8::MAX {
        let token = byte.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".as_bytes().contains(&byte);
        let method = normalize_method(&[b'x', byte]);
        if token {
            assert_eq!(method.unwrap().as_str().as_bytes(), [b'x', byte]);
        } else {
            assert_eq!(method, Err(InvalidMethod::Byte { byte, index: 1 }));
        }
    }
    assert_eq!(normalize_method(b""), Err(InvalidMethod::Empty));
    assert_eq!(normalize_method(b" GET"), Err(InvalidMethod::Byte { byte: b' ', index: 0 }));
    assert_eq!(normalize_method(&vec![b'A'; 1000]).map(|it| it.as_str().len()), Ok(1000));
}

#[test]
fn messages_name_the_invalid_byte() {
    let message = |method: &[u8]| normalize_method(method).unwrap_err().to_string();
    assert_eq!(message(b"GE:T"), "`:` at byte 2 is not allowed in a method");
    assert_eq!(message(b"G T"), "a space at byte 1 is not allowed in a method");
    assert_eq!(message(b""), "the method is empty");
    assert_eq!(normalize_method(b"get"), Ok(Method::GET));
}
