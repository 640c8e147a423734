//! Whether a request may come from a page of the server itself. The input is the head of a request as text.

use crossorigin::{
    http::{HeaderMap, Uri},
    server::may_be_same_origin,
};

use crate::head::Head;

pub fn check(bytes: &[u8]) {
    let Head { uri, headers, .. } = Head::read(bytes);
    assert_eq!(may_be_same_origin(&uri, &headers), expected(&uri, &headers), "{uri} {headers:?}");
}

fn expected(uri: &Uri, headers: &HeaderMap) -> bool {
    match only(headers, "sec-fetch-site").as_deref() {
        Some(b"same-origin") => return true,
        Some(b"same-site" | b"cross-site") => return false,
        _ => {}
    }
    let Some(origin) = only(headers, "origin") else { return false };
    if origin == b"null" {
        return true;
    }
    let target = uri.authority().map(|authority| authority.as_str().as_bytes().to_vec());
    let Some(own) = target.or_else(|| only(headers, "host")) else { return false };
    let (Ok(origin), Ok(own)) = (String::from_utf8(origin), String::from_utf8(own)) else { return false };
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    let default = match scheme {
        "http" | "ws" => 80,
        "https" | "wss" => 443,
        "ftp" => 21,
        _ => u32::MAX,
    };
    let is_default =
        |port: &str| port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u32>() == Ok(default);
    let parts = own.rsplit_once(':').filter(|(_, port)| is_default(port));
    let own = parts.map_or(&*own, |(host, _)| host);
    !authority.is_empty() && own.eq_ignore_ascii_case(authority)
}

/// The value of the header, if there is exactly one.
fn only(headers: &HeaderMap, name: &str) -> Option<Vec<u8>> {
    let lines: Vec<_> = headers.get_all(name).iter().collect();
    match lines.as_slice() {
        [line] => Some(line.as_bytes().to_vec()),
        _ => None,
    }
}
