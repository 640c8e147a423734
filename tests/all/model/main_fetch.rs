//! Main fetch, scheme fetch, response filtering.

use super::{
    Browser, Request,
    abnf::{Extracted, extract_tokens},
    headers::{append, byte_lowercase, contains, is_byte_case_insensitive_match},
    origin::{is_same_origin, origin_of},
    referrer::{Referrer, determine_request_s_referrer},
    request_header::cors_unsafe_request_header_names,
    types::Response,
};

impl Browser {
    /// Fetch: set `Accept`, run main fetch, and return the response.
    pub(crate) fn fetch(&mut self, mut request: Request) -> Response {
        // 4. Populate request from client: it comes with its origin. 12. If request's header list does not
        // contain `Accept`:
        if !contains(&request.header_list, "Accept") {
            // 12.1. Let value be `*/*`. 12.2 and 12.3, which give elements another, are the embedder's.
            // 12.4. Append (`Accept`, value) to request's header list.
            append(&mut request.header_list, "Accept", b"*/*");
        }
        // 17. Run main fetch.
        self.main_fetch(&mut request, false)
    }

    pub(crate) fn main_fetch(&mut self, request: &mut Request, recursive: bool) -> Response {
        // 3 to 7 and 10 are the embedder's. 8. If request's referrer policy is the empty string, then set
        // it to its policy container's.
        if request.referrer_policy.is_empty() {
            request.referrer_policy =
                request.client.as_ref().map_or("strict-origin-when-cross-origin", |it| it.referrer_policy);
        }
        // 9. If request's referrer is not "no-referrer", then set request's referrer to the result of invoking determine
        // request's referrer.
        if request.referrer != Referrer::NoReferrer {
            let determined = determine_request_s_referrer(request);
            request.referrer = determined.map_or(Referrer::NoReferrer, Referrer::Url);
        }
        // 12. Set response to the result of running the steps corresponding to the first matching statement.
        let mut response = self.main_fetch_12(request);
        // 13. If recursive is true, then return response.
        if recursive {
            return response;
        }
        // 14. If response is not a network error and response is not a filtered response, then:
        if !response.is_network_error() && !response.is_filtered() {
            // 14.1. If request's response tainting is "cors", then:
            if request.response_tainting == "cors" {
                // 14.1.1. Let headerNames be the result of extracting `Access-Control-Expose-Headers`.
                let header_names = extract_tokens("Access-Control-Expose-Headers", &response.header_list);
                match header_names {
                    // 14.1.2. If request's credentials mode is not "include" and headerNames contains `*`,
                    // then set response's CORS-exposed header-name list to all unique header names in its
                    // header list.
                    Extracted::Values(names)
                        if request.credentials_mode != "include" && names.contains(&b"*".to_vec()) =>
                    {
                        let all = response.header_list.iter().map(|header| header.0.clone()).collect();
                        response.cors_exposed_header_name_list = all;
                    }
                    // 14.1.3. Otherwise, if headerNames is non-null, then set it to headerNames. (The
                    // standard says "or failure", and means "nor": a failure is no list.)
                    Extracted::Values(names) => response.cors_exposed_header_name_list = names,
                    Extracted::Null | Extracted::Failure => {}
                }
            }
            // 14.2. Set response to a filtered response, depending on request's response tainting.
            response = match request.response_tainting {
                "basic" => basic_filtered_response(response),
                "cors" => cors_filtered_response(response),
                "opaque" => opaque_filtered_response(response),
                other => panic!("no response tainting: {other}"),
            };
        }
        // 15. Let internalResponse be response, if it is a network error; otherwise response's internal
        // response.
        let Some(internal_response) = &mut response.internal_response else { return response };
        // 16. If internalResponse's URL list is empty, then set it to a clone of request's URL list.
        if internal_response.url_list.is_empty() {
            internal_response.url_list.clone_from(&request.url_list);
        }
        // 17, 18 and 20 are the embedder's. 19. If request's timing allow failed flag is unset, then set
        // internalResponse's timing allow passed flag.
        if !request.timing_allow_failed_flag {
            internal_response.timing_allow_passed_flag = true;
        }
        // 21. A partial response to a request without a range.
        if response.kind == "opaque"
            && (internal_response.status == 206 || internal_response.status == 416)
            && internal_response.range_requested_flag
            && !contains(&request.header_list, "Range")
        {
            return Response::network_error("main fetch 21");
        }
        // 22. If request's method is `HEAD` or `CONNECT`, or internalResponse's status is a null body status,
        // set internalResponse's body to null.
        if request.method == b"HEAD"
            || request.method == b"CONNECT"
            || [101, 103, 204, 205, 304].contains(&internal_response.status)
        {
            internal_response.body_is_null = true;
        }
        // 23. Integrity is the embedder's. 24. Hand response over.
        response
    }

    fn main_fetch_12(&mut self, request: &mut Request) -> Response {
        let scheme = request.current_url().scheme().to_owned();
        // request's current URL's origin is same origin with request's origin, and response tainting is
        // "basic"
        if (is_same_origin(&origin_of(request.current_url()), &request.origin)
            && request.response_tainting == "basic")
            // request's current URL's scheme is "data"
            || scheme == "data"
            // request's mode is "navigate", "websocket" or "webtransport"
            || ["navigate", "websocket", "webtransport"].contains(&request.mode)
        {
            // 12.1. Set request's response tainting to "basic".
            request.response_tainting = "basic";
            // 12.2. Return the result of running override fetch given "scheme-fetch".
            return self.scheme_fetch(request);
        }
        // request's mode is "same-origin": return a network error.
        if request.mode == "same-origin" {
            return Response::network_error("main fetch 12");
        }
        // request's mode is "no-cors"
        if request.mode == "no-cors" {
            // 12.1. If request's redirect mode is not "follow", then return a network error.
            if request.redirect_mode != "follow" {
                return Response::network_error("main fetch 12.1");
            }
            // 12.2. Set request's response tainting to "opaque".
            request.response_tainting = "opaque";
            // 12.3. Return the result of running override fetch given "scheme-fetch".
            return self.scheme_fetch(request);
        }
        // request's current URL's scheme is not an HTTP(S) scheme: return a network error.
        if scheme != "http" && scheme != "https" {
            return Response::network_error("main fetch 12");
        }
        // request's use-CORS-preflight flag is set
        if request.use_cors_preflight_flag
            // request's unsafe-request flag is set and either request's method is not a CORS-safelisted
            // method or CORS-unsafe request-header names with request's header list is not empty
            || (request.unsafe_request_flag
                && (!is_cors_safelisted_method(&request.method)
                    || !cors_unsafe_request_header_names(&request.header_list).is_empty()))
        {
            // 12.1. Set request's response tainting to "cors".
            request.response_tainting = "cors";
            // 12.2. Let corsWithPreflightResponse be the result of running override fetch given "http-fetch"
            // and true.
            let cors_with_preflight_response = self.http_fetch(request, true);
            // 12.3. If corsWithPreflightResponse is a network error, then clear cache entries using request.
            if cors_with_preflight_response.is_network_error() {
                self.clear_cache_entries(request);
            }
            // 12.4. Return corsWithPreflightResponse.
            return cors_with_preflight_response;
        }
        // Otherwise: 12.1. Set request's response tainting to "cors".
        request.response_tainting = "cors";
        // 12.2. Return the result of running override fetch given "http-fetch".
        self.http_fetch(request, false)
    }

    fn scheme_fetch(&mut self, request: &mut Request) -> Response {
        // 3. Switch on request's current URL's scheme:
        match request.current_url().scheme() {
            "about" => {
                // If the path is "blank", then return a new response. (What is in it is made by the
                // embedder.)
                if request.current_url().path() == "blank" {
                    return Response::new();
                }
            }
            // Return a new response. (As above.)
            "data" => return Response::new(),
            // The embedder must respond to these itself. Here nobody does.
            "blob" | "file" => return Response::network_error("scheme fetch 3"),
            // HTTP(S) scheme: return the result of running HTTP fetch. (A WebSocket's own schemes stand for
            // them.)
            "http" | "https" => return self.http_fetch(request, false),
            "ws" | "wss" if request.mode == "websocket" => return self.http_fetch(request, false),
            _ => {}
        }
        // 4. Return a network error.
        Response::network_error("scheme fetch 4")
    }
}

/// A CORS-safelisted method.
pub(crate) fn is_cors_safelisted_method(method: &[u8]) -> bool {
    method == b"GET" || method == b"HEAD" || method == b"POST"
}

/// A forbidden response-header name.
fn is_forbidden_response_header_name(name: &[u8]) -> bool {
    let name = byte_lowercase(name);
    name == b"set-cookie" || name == b"set-cookie2"
}

/// A CORS-safelisted response-header name, given a list of header names.
pub(crate) fn is_cors_safelisted_response_header_name(name: &[u8], list: &[Vec<u8>]) -> bool {
    for safelisted in [
        "Cache-Control",
        "Content-Language",
        "Content-Length",
        "Content-Type",
        "Expires",
        "Last-Modified",
        "Pragma",
    ] {
        if is_byte_case_insensitive_match(name, safelisted.as_bytes()) {
            return true;
        }
    }
    // Any item in list that is not a forbidden response-header name.
    list.iter()
        .any(|item| is_byte_case_insensitive_match(name, item) && !is_forbidden_response_header_name(item))
}

/// A basic filtered response: its header list excludes forbidden response-header names.
fn basic_filtered_response(internal_response: Response) -> Response {
    let mut filtered = internal_response.clone();
    filtered.kind = "basic";
    filtered.header_list.retain(|header| !is_forbidden_response_header_name(&header.0));
    filtered.internal_response = Some(Box::new(internal_response));
    filtered
}

/// A CORS filtered response: its header list excludes what is not a CORS-safelisted response-header name,
/// given internal response's CORS-exposed header-name list.
fn cors_filtered_response(internal_response: Response) -> Response {
    let mut filtered = internal_response.clone();
    filtered.kind = "cors";
    let list = &internal_response.cors_exposed_header_name_list;
    filtered.header_list.retain(|header| is_cors_safelisted_response_header_name(&header.0, list));
    filtered.internal_response = Some(Box::new(internal_response));
    filtered
}

/// An opaque filtered response: URL list is empty, status is 0, header list is empty, body is null.
fn opaque_filtered_response(internal_response: Response) -> Response {
    let mut filtered = Response { kind: "opaque", status: 0, body_is_null: true, ..Response::new() };
    filtered.internal_response = Some(Box::new(internal_response));
    filtered
}

/// An opaque-redirect filtered response: status is 0, header list is empty, body is null.
pub(crate) fn opaque_redirect_filtered_response(internal_response: Response) -> Response {
    let mut filtered = opaque_filtered_response(internal_response.clone());
    filtered.kind = "opaqueredirect";
    filtered.url_list = internal_response.url_list;
    filtered
}
