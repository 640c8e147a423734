//! Random methods and headers. They come from small pools, so that requests and policies often name the same
//! ones.

use std::ops::Range;

use crossorigin::{
    header_list::HeaderList,
    http::{HeaderName, Method},
    method::is_forbidden_method,
};
use proptest::{
    collection,
    prelude::{Strategy, prop_oneof},
    sample::select,
};

/// Methods that pages use, in the case in which they are sent.
pub(super) const METHODS: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "patch", "OPTIONS"];

/// Header lines on both sides of each rule of the safelist.
const LINES: [(&str, &str); 18] = [
    ("accept", "text/html"),
    ("accept", "text/html;q=\"1:2\""),
    ("accept-language", "en"),
    ("accept-language", "en_GB"),
    ("content-language", "de"),
    ("content-type", "text/plain;charset=utf-8"),
    ("content-type", "multipart/form-data"),
    ("content-type", "application/json"),
    ("content-type", "text"),
    ("range", "bytes=0-99"),
    ("range", "bytes=-99"),
    ("authorization", "Bearer token"),
    ("if-match", "\"1\""),
    ("x-a", "1"),
    ("X-A", "2"),
    ("x-b", ""),
    ("x-requested-with", "XMLHttpRequest"),
    ("*", "1"),
];

/// Methods that a page can send, so no forbidden one.
pub(crate) fn method() -> impl Strategy<Value = Method> + Clone {
    let token = text(b"ACERTX*-", 1..6).prop_filter_map("forbidden to pages", |text| {
        let method = Method::from_bytes(text.as_bytes()).ok()?;
        (!is_forbidden_method(text.as_bytes())).then_some(method)
    });
    let known =
        select(&METHODS[..]).prop_filter_map("a method", |text| Method::from_bytes(text.as_bytes()).ok());
    prop_oneof![12 => known, 1 => token]
}

/// Request-headers that a page can set, safelisted or not. Some are safelisted only until all values together
/// exceed the limit of 1,024 bytes.
pub(crate) fn request_headers() -> impl Strategy<Value = HeaderList> + Clone {
    collection::vec(line(), 0..4).prop_map(|lines| {
        let mut headers = HeaderList::new();
        for (name, value) in lines {
            // Every line of the pools is valid.
            if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
                headers.append(name, value).unwrap();
            }
        }
        headers
    })
}

/// A name and a value.
pub(super) fn line() -> impl Strategy<Value = (String, String)> + Clone {
    let listed = select(&LINES[..]).prop_map(|(name, value)| (name.to_owned(), value.to_owned()));
    // At the limit of 128 bytes for one value, so that nine of them exceed the limit of 1,024 bytes for all.
    let long = (select(&["accept", "accept-language"][..]), 126_usize..130)
        .prop_map(|(name, length)| (name.to_owned(), "a".repeat(length)));
    let own = (text(b"abz", 1..3), text(b"aZ09 \t,;=:\"()/*~", 0..8))
        .prop_map(|(name, value)| (format!("x-{name}"), value));
    prop_oneof![12 => listed, 1 => long, 1 => own]
}

fn text(letters: &'static [u8], length: Range<usize>) -> impl Strategy<Value = String> + Clone {
    collection::vec(select(letters).prop_map(char::from), length).prop_map(String::from_iter)
}
