//! Fetch Metadata, with what it needs of Secure Contexts.

use url::Url;

use super::{
    Origin, Request,
    headers::is_byte_case_insensitive_match,
    origin::{is_same_origin, is_same_site, origin_of},
};

/// Append the Fetch metadata headers for a request.
pub(crate) fn append_the_fetch_metadata_headers(request: &mut Request) {
    // 1. If r's url is not a potentially trustworthy URL, return. (It means the current URL.)
    if !is_url_potentially_trustworthy(request.current_url()) {
        return;
    }
    // 2. Set the `Sec-Fetch-Dest` header for r. (2.3. The empty string becomes "empty".)
    let destination = if request.destination.is_empty() { "empty" } else { request.destination };
    set(request, "Sec-Fetch-Dest", destination);
    // 3. Set the `Sec-Fetch-Mode` header for r.
    set(request, "Sec-Fetch-Mode", request.mode);
    // 4. Set the `Sec-Fetch-Site` header for r.
    set_sec_fetch_site(request);
    // 5. Set the `Sec-Fetch-User` header for r: 5.2. If r is not a navigation request, or if r's user-activation is
    // false, return.
    if is_navigation_request(request) && request.user_involvement != "none" {
        set(request, "Sec-Fetch-User", "?1");
    }
}

/// Set the `Sec-Fetch-Site` header.
fn set_sec_fetch_site(request: &mut Request) {
    // 3. Set header's value to `same-origin`.
    let mut header = "same-origin";
    // 4. If r is a navigation request that was explicitly caused by a user's interaction with the user agent, then set
    // header's value to `none`.
    if is_navigation_request(request) && request.user_involvement == "browser UI" {
        header = "none";
    }
    // 5. If header's value is not `none`, then for each url in r's url list:
    if header != "none" {
        for url in &request.url_list {
            // 5.1. If url is same origin with r's origin, continue.
            if is_same_origin(&origin_of(url), &request.origin) {
                continue;
            }
            // 5.2. Set header's value to `cross-site`.
            header = "cross-site";
            // 5.3. If r's origin is not same site with url's origin, then break.
            if !is_same_site(&request.origin, &origin_of(url)) {
                break;
            }
            // 5.4. Set header's value to `same-site`.
            header = "same-site";
        }
    }
    // 6. Set a structured field value.
    set(request, "Sec-Fetch-Site", header);
}

/// A navigation request.
fn is_navigation_request(request: &Request) -> bool {
    ["document", "embed", "frame", "iframe", "object"].contains(&request.destination)
}

/// Set a header in a header list.
fn set(request: &mut Request, name: &str, value: &str) {
    request.header_list.retain(|header| !is_byte_case_insensitive_match(&header.0, name.as_bytes()));
    request.header_list.push((name.as_bytes().to_vec(), value.as_bytes().to_vec()));
}

/// Is url potentially trustworthy?
pub(crate) fn is_url_potentially_trustworthy(url: &Url) -> bool {
    // 1. If url is "about:blank" or "about:srcdoc", return "Potentially Trustworthy".
    if url.as_str() == "about:blank" || url.as_str() == "about:srcdoc" {
        return true;
    }
    // 2. If url's scheme is "data", return "Potentially Trustworthy".
    if url.scheme() == "data" {
        return true;
    }
    // 3. Return the result of executing Is origin potentially trustworthy? on url's origin.
    is_origin_potentially_trustworthy(&origin_of(url))
}

/// Is origin potentially trustworthy? (No URL with the scheme "file" goes out.)
fn is_origin_potentially_trustworthy(origin: &Origin) -> bool {
    // 1. If origin is an opaque origin, return "Not Trustworthy".
    let Origin::Tuple(scheme, host, _) = origin else { return false };
    // 3. If origin's scheme is either "https" or "wss", return "Potentially Trustworthy".
    if scheme == "https" || scheme == "wss" {
        return true;
    }
    // 4. If origin's host matches 127.0.0.0/8 or ::1/128, return "Potentially Trustworthy".
    let is_number = |label: &str| !label.is_empty() && label.chars().all(|it| it.is_ascii_digit());
    let labels: Vec<_> = host.split('.').collect();
    if host == "[::1]" || (labels.len() == 4 && labels[0] == "127" && labels.iter().all(|it| is_number(it))) {
        return true;
    }
    // 5. If origin's host is "localhost" or "localhost.", or ends with ".localhost" or ".localhost.", return "Potentially
    // Trustworthy".
    if host == "localhost"
        || host == "localhost."
        || host.ends_with(".localhost")
        || host.ends_with(".localhost.")
    {
        return true;
    }
    // 9. Return "Not Trustworthy".
    false
}
