//! HTTP-network-or-cache fetch: the steps about credentials and `Origin`.

use super::{
    Body, Browser, Kind, Origin, Request, Sent,
    fetch_metadata::append_the_fetch_metadata_headers,
    headers::{append, contains},
    origin::{byte_serialize_a_request_origin, is_same_origin, origin_of, redirect_taint},
    referrer::Referrer,
    types::Response,
};

impl Browser {
    pub(crate) fn http_network_or_cache_fetch(&mut self, request: &Request, kind: Kind) -> Response {
        // 8.2.1. Set httpRequest to a clone of request. (8.1 does not clone, and so would append twice on a
        // retry.)
        let mut http_request = request.clone();
        // 8.3. Let includeCredentials be true if one of these is true; otherwise false.
        let mut include_credentials = request.credentials_mode == "include"
            || (request.credentials_mode == "same-origin" && request.response_tainting == "basic");
        // 8.4. If Cross-Origin-Embedder-Policy allows credentials returns false, then set includeCredentials
        // to false.
        if !cross_origin_embedder_policy_allows_credentials(request) {
            include_credentials = false;
        }
        // 8.5 to 8.10 and 8.14 to 8.20 append what every HTTP client appends. 8.11. If httpRequest's referrer is a URL, then
        // append (`Referer`, referrerValue).
        if let Referrer::Url(url) = &http_request.referrer {
            let referrer_value = url.as_str().as_bytes().to_vec();
            append(&mut http_request.header_list, "Referer", &referrer_value);
        }
        // 8.12. Append a request `Origin` header.
        append_a_request_origin_header(&mut http_request);
        // 8.13. Append the Fetch metadata headers for httpRequest.
        append_the_fetch_metadata_headers(&mut http_request);
        // 11.2. Run HTTP-network fetch. (8.21 to 11.1, 11.3 to 11.5 and 15 to 18 are below: caches, cookies,
        // authentication.)
        let sent = Sent {
            kind,
            method: http_request.method.clone(),
            url: http_request.current_url().to_string(),
            headers: http_request.header_list.clone(),
            credentials: include_credentials,
            body: http_request.body != Body::Null,
            hop: http_request.url_list.len() - 1,
            partition: http_request.network_partition_key(),
            redirect_taint: redirect_taint(&http_request),
        };
        // (Not in Fetch.) HTTP-network fetch: run the Local Network Access check with the connection's IP address.
        if let Some(failed_step) = self.local_network_access_check(request) {
            return Response::network_error(failed_step);
        }
        let received = (self.network)(&sent);
        self.sent.push(sent);
        let Some(received) = received else {
            // CORS-preflight fetch 8 makes a network error of it; HTTP fetch 4.3 sets response to it.
            return Response::network_error(match kind {
                Kind::Preflight => "CORS-preflight fetch 8",
                Kind::Actual => "HTTP fetch 4.3",
            });
        };
        self.now += received.seconds;
        let mut response = Response::new();
        response.status = received.status;
        response.header_list = received.headers;
        // 12. Set response's URL list to a clone of httpRequest's URL list.
        response.url_list = http_request.url_list.clone();
        // 13. If httpRequest's header list contains `Range`, then set response's range-requested flag.
        response.range_requested_flag = contains(&http_request.header_list, "Range");
        // 14. Set response's request-includes-credentials to includeCredentials.
        response.request_includes_credentials = include_credentials;
        response
    }
}

/// Check if Cross-Origin-Embedder-Policy allows credentials.
fn cross_origin_embedder_policy_allows_credentials(request: &Request) -> bool {
    // 2. If request's mode is not "no-cors", then return true.
    if request.mode != "no-cors" {
        return true;
    }
    // 3. If request's client is null, then return true.
    let Some(client) = &request.client else { return true };
    // 4. If the embedder policy's value is not "credentialless", then return true.
    if client.embedder_policy != "credentialless" {
        return true;
    }
    // 5. If request's origin is same origin with request's current URL's origin and request's redirect-taint
    // is "same-origin", then return true. (The standard says "is not" and means "is": whatwg/fetch#1958.)
    if is_same_origin(&request.origin, &origin_of(request.current_url()))
        && redirect_taint(request) == "same-origin"
    {
        return true;
    }
    // 6. Return false.
    false
}

/// Append a request `Origin` header.
fn append_a_request_origin_header(request: &mut Request) {
    // 2. Let serializedOrigin be the result of byte-serializing a request origin with request.
    let mut serialized_origin = byte_serialize_a_request_origin(request);
    // 3. If request's response tainting is "cors" or request's mode is "websocket" or "webtransport", then
    // append it.
    if request.response_tainting == "cors" || ["websocket", "webtransport"].contains(&request.mode) {
        append(&mut request.header_list, "Origin", &serialized_origin);
        return;
    }
    // 4. Otherwise, if request's method is neither `GET` nor `HEAD`, then:
    if request.method != b"GET" && request.method != b"HEAD" {
        // 4.1. If request's mode is not "cors", then switch on request's referrer policy:
        if request.mode != "cors" {
            let null = b"null".to_vec();
            match request.referrer_policy {
                "no-referrer" => serialized_origin = null,
                "no-referrer-when-downgrade" | "strict-origin" | "strict-origin-when-cross-origin" => {
                    // If request's origin is a tuple origin, its scheme is "https", and request's current
                    // URL's scheme is not "https", then set serializedOrigin to `null`.
                    if let Origin::Tuple(scheme, ..) = &request.origin {
                        if scheme == "https" && request.current_url().scheme() != "https" {
                            serialized_origin = null;
                        }
                    }
                }
                "same-origin" => {
                    // If request's origin is not same origin with request's current URL's origin, then set it
                    // to `null`.
                    if !is_same_origin(&request.origin, &origin_of(request.current_url())) {
                        serialized_origin = null;
                    }
                }
                // Otherwise, do nothing.
                _ => {}
            }
        }
        // 4.2. Append (`Origin`, serializedOrigin) to request's header list.
        append(&mut request.header_list, "Origin", &serialized_origin);
    }
}
