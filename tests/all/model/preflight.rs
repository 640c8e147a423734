//! CORS-preflight fetch.

use super::{
    Body, Browser, Bytes, Kind, Request,
    abnf::{Extracted, extract_delta_seconds, extract_tokens},
    checks::cors_check,
    headers::{append, is_byte_case_insensitive_match},
    main_fetch::is_cors_safelisted_method,
    request_header::cors_unsafe_request_header_names,
    types::Response,
};

impl Browser {
    pub(crate) fn cors_preflight_fetch(&mut self, request: &Request) -> Response {
        // 1. Let preflight be a new request with these members of request, mode "cors", and response tainting
        // "cors".
        let mut preflight = Request {
            destination: request.destination,
            user_involvement: "none",
            method: b"OPTIONS".to_vec(),
            url_list: request.url_list.clone(),
            origin: request.origin.clone(),
            referrer: request.referrer.clone(),
            referrer_policy: request.referrer_policy,
            mode: "cors",
            response_tainting: "cors",
            // What a new request has unless stated otherwise.
            header_list: Vec::new(),
            body: Body::Null,
            client: None,
            credentials_mode: "same-origin",
            redirect_mode: "follow",
            unsafe_request_flag: false,
            use_cors_preflight_flag: false,
            redirect_count: 0,
            timing_allow_failed_flag: false,
        };
        // 2. Append (`Accept`, `*/*`).
        append(&mut preflight.header_list, "Accept", b"*/*");
        // 3. Append (`Access-Control-Request-Method`, request's method).
        append(&mut preflight.header_list, "Access-Control-Request-Method", &request.method);
        // 4. Let headers be the CORS-unsafe request-header names with request's header list.
        let headers = cors_unsafe_request_header_names(&request.header_list);
        // 5. If headers is not empty, then:
        if !headers.is_empty() {
            // 5.1. Let value be the items in headers separated from each other by `,`.
            let value = headers.join(&b',');
            // 5.2. Append (`Access-Control-Request-Headers`, value).
            append(&mut preflight.header_list, "Access-Control-Request-Headers", &value);
        }
        // 6. Let response be the result of running HTTP-network-or-cache fetch.
        let response = self.http_network_or_cache_fetch(&preflight, Kind::Preflight);
        if response.is_network_error() {
            return response;
        }
        // 7. If a CORS check for request and response returns success and response's status is an ok status,
        // then:
        match cors_check(request, &response.header_list) {
            Ok(()) if (200..=299).contains(&response.status) => self.preflight_passed(request, response),
            // 8. Otherwise, return a network error. (What failed is the check, if it did, or else the status. But browsers
            // look at no header of a redirect.)
            Err(failed_step) if !matches!(response.status, 301 | 302 | 303 | 307 | 308) => {
                Response::network_error(failed_step)
            }
            _ => Response::network_error("CORS-preflight fetch 8"),
        }
    }

    /// Steps 7.1 to 7.16.
    fn preflight_passed(&mut self, request: &Request, response: Response) -> Response {
        // 7.1. Let methods be the result of extracting `Access-Control-Allow-Methods`.
        let methods = extract_tokens("Access-Control-Allow-Methods", &response.header_list);
        // 7.2. Let headerNames be the result of extracting `Access-Control-Allow-Headers`.
        let header_names = extract_tokens("Access-Control-Allow-Headers", &response.header_list);
        // 7.3. If either methods or headerNames is failure, return a network error.
        if methods == Extracted::Failure || header_names == Extracted::Failure {
            return Response::network_error("CORS-preflight fetch 7.3");
        }
        let methods = match methods {
            Extracted::Values(methods) => methods,
            // 7.4. If methods is null and request's use-CORS-preflight flag is set, then set methods to a new
            // list containing request's method.
            _ if request.use_cors_preflight_flag => vec![request.method.clone()],
            // Null has no items.
            _ => Vec::new(),
        };
        let header_names = if let Extracted::Values(names) = header_names { names } else { Vec::new() };
        let wildcard: Bytes = b"*".to_vec();
        let is_include = request.credentials_mode == "include";
        // 7.5. If request's method is not in methods, request's method is not a CORS-safelisted method, and
        // request's credentials mode is "include" or methods does not contain `*`, then return a network
        // error.
        if !methods.contains(&request.method)
            && !is_cors_safelisted_method(&request.method)
            && (is_include || !methods.contains(&wildcard))
        {
            return Response::network_error("CORS-preflight fetch 7.5");
        }
        let is_listed =
            |name: &[u8]| header_names.iter().any(|item| is_byte_case_insensitive_match(item, name));
        // 7.6. If one of request's header list's names is a CORS non-wildcard request-header name and is not
        // a byte-case-insensitive match for an item in headerNames, then return a network error.
        for (name, _) in &request.header_list {
            if is_cors_non_wildcard_request_header_name(name) && !is_listed(name) {
                return Response::network_error("CORS-preflight fetch 7.6");
            }
        }
        // 7.7. For each unsafeName: if it is not a match for an item in headerNames and request's credentials
        // mode is "include" or headerNames does not contain `*`, return a network error.
        for unsafe_name in cors_unsafe_request_header_names(&request.header_list) {
            if !is_listed(&unsafe_name) && (is_include || !header_names.contains(&wildcard)) {
                return Response::network_error("CORS-preflight fetch 7.7");
            }
        }
        // 7.8. Let max-age be the result of extracting `Access-Control-Max-Age`. 7.9. If max-age is failure
        // or null, then set max-age to 5. 7.10. There is no imposed limit.
        let max_age = match extract_delta_seconds("Access-Control-Max-Age", &response.header_list) {
            Extracted::Values(values) => values[0],
            Extracted::Null | Extracted::Failure => 5,
        };
        // 7.12. For each method in methods for which there is a method cache entry match using request, set
        // matching entry's max-age to max-age.
        for method in &methods {
            if self.method_cache_entry_match(method, request) {
                self.set_max_age_of_matching_methods(method, request, max_age);
            }
        }
        // 7.13. For each method in methods for which there is no method cache entry match using request,
        // create a new cache entry with request, max-age, method, and null.
        for method in &methods {
            if !self.method_cache_entry_match(method, request) {
                self.create_a_new_cache_entry(request, max_age, Some(method.clone()), None);
            }
        }
        // 7.14. For each headerName for which there is a header-name cache entry match, set matching entry's
        // max-age.
        for header_name in &header_names {
            if self.header_name_cache_entry_match(header_name, request) {
                self.set_max_age_of_matching_header_names(header_name, request, max_age);
            }
        }
        // 7.15. For each headerName for which there is no header-name cache entry match, create a new cache
        // entry with request, max-age, null, and headerName.
        for header_name in &header_names {
            if !self.header_name_cache_entry_match(header_name, request) {
                self.create_a_new_cache_entry(request, max_age, None, Some(header_name.clone()));
            }
        }
        // 7.16. Return response.
        response
    }
}

/// A CORS non-wildcard request-header name.
pub(crate) fn is_cors_non_wildcard_request_header_name(name: &[u8]) -> bool {
    is_byte_case_insensitive_match(name, b"Authorization")
}
