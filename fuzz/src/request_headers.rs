//! Request headers: each line of the input is one header, and its first byte chooses the name.

use crossorigin::{
    header_list::HeaderList,
    http::HeaderName,
    request_header::{
        CORS_SAFELISTED_VALUE_LIMIT, NotSafelisted, cors_safelisted_request_header,
        cors_unsafe_request_header_names, is_cors_safelisted_request_header, is_forbidden_request_header,
        is_no_cors_safelisted_request_header,
    },
};

use crate::{
    header_values::normalized,
    model::{Headers, headers, mime_type, request_header as model},
};

/// The last three bits of a byte choose the name, so that letters choose all of them.
const NAMES: [&str; 8] = [
    "accept",
    "accept-language",
    "content-language",
    "content-type",
    "range",
    "x-http-method-override",
    "authorization",
    "x-a",
];

pub fn check(bytes: &[u8]) {
    let (mut list, mut lines) = (HeaderList::new(), Headers::new());
    for line in bytes.split(|byte| *byte == b'\n') {
        let Some((choice, value)) = line.split_first() else { continue };
        let name = NAMES[usize::from(choice % 8)];
        let key = HeaderName::from_static(name);
        of_a_header(&key, value);
        if list.append(key, value).is_ok() {
            lines.push((name.into(), normalized(value).to_vec()));
        }
    }
    of_the_list(&list, &lines);
    of_the_limit(&list, &lines);
}

/// A safelisted value has at most 128 bytes, and all safelisted values together have at most 1,024. The list
/// is filled up to that total, and to one byte less and more.
fn of_the_limit(list: &HeaderList, lines: &Headers) {
    let safelisted =
        lines.iter().filter(|(name, value)| model::is_cors_safelisted_request_header(name, value));
    let length: usize = safelisted.map(|(_, value)| value.len()).sum();
    for sum in [1_023, 1_024, 1_025] {
        let (mut list, mut lines) = (list.clone(), lines.clone());
        let mut missing = sum - length.min(sum);
        while missing > 0 {
            let value = vec![b'a'; missing.min(CORS_SAFELISTED_VALUE_LIMIT)];
            missing -= value.len();
            list.append(HeaderName::from_static("accept"), &value).expect("letters are a value");
            lines.push((b"accept".to_vec(), value));
        }
        of_the_list(&list, &lines);
    }
}

fn of_a_header(name: &HeaderName, value: &[u8]) {
    let key = name.as_str().as_bytes();
    let expected = model::is_cors_safelisted_request_header(key, value);
    assert_eq!(is_cors_safelisted_request_header(name, value), expected, "{name}: {}", value.escape_ascii());
    let judged = cors_safelisted_request_header(name, value);
    assert_eq!(judged.is_ok(), expected);
    if let Err(reason) = judged {
        of_a_reason(&reason, value);
    }
    let is_of_four =
        ["accept", "accept-language", "content-language", "content-type"].contains(&name.as_str());
    assert_eq!(is_no_cors_safelisted_request_header(name, value), is_of_four && expected);
    let is_forbidden =
        |method: &String| ["CONNECT", "TRACE", "TRACK"].contains(&&*method.to_ascii_uppercase());
    let overrides = name.as_str() == "x-http-method-override"
        && headers::get_decode_and_split_value(value).iter().any(is_forbidden);
    assert_eq!(is_forbidden_request_header(name, value), overrides);
}

fn of_a_reason(reason: &NotSafelisted, value: &[u8]) {
    let mime_type = mime_type::parse_a_mime_type(&headers::isomorphic_decode(value));
    let essence = mime_type.map(|mime_type| mime_type.essence());
    assert!(!reason.to_string().is_empty());
    match reason {
        NotSafelisted::LanguageByte { byte, index } | NotSafelisted::UnsafeByte { byte, index } => {
            assert_eq!(value.get(*index), Some(byte));
        }
        NotSafelisted::MimeEssence { essence: seen } => assert_eq!(Some(seen), essence.as_ref()),
        NotSafelisted::MimeTypeInvalid => assert_eq!(essence, None),
        NotSafelisted::ValueTooLong { length } => {
            assert_eq!(*length, value.len());
            assert!(value.len() > CORS_SAFELISTED_VALUE_LIMIT);
        }
        _ => {}
    }
}

fn of_the_list(list: &HeaderList, lines: &Headers) {
    let names = cors_unsafe_request_header_names(list);
    let bytes: Vec<_> = names.iter().map(|name| name.as_str().as_bytes().to_vec()).collect();
    assert_eq!(bytes, model::cors_unsafe_request_header_names(lines));
    let mut reversed = HeaderList::new();
    for (name, value) in list.iter().collect::<Vec<_>>().into_iter().rev() {
        reversed.append(name.clone(), value).expect("it is a valid value");
    }
    assert_eq!(cors_unsafe_request_header_names(&reversed), names, "the order of the lines does not matter");
}
