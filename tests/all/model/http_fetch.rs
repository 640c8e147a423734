//! HTTP fetch.

use super::{
    Browser, Kind, Request,
    checks::{cors_check, cross_origin_resource_policy_check, tao_check},
    main_fetch::{is_cors_safelisted_method, opaque_redirect_filtered_response},
    request_header::cors_unsafe_request_header_names,
    types::{Response, is_redirect_status},
};

impl Browser {
    pub(crate) fn http_fetch(&mut self, request: &mut Request, make_cors_preflight: bool) -> Response {
        // 3. There is no service worker. 4. If response is null, then:
        // 4.1. If makeCORSPreflight is true and one of these conditions is true:
        if make_cors_preflight && self.a_preflight_is_needed(request) {
            // 4.1.1. Let preflightResponse be the result of running CORS-preflight fetch given request.
            let preflight_response = self.cors_preflight_fetch(request);
            // 4.1.2. If preflightResponse is a network error, then return preflightResponse.
            if preflight_response.is_network_error() {
                return preflight_response;
            }
        }
        // 4.3. Set response to the result of running HTTP-network-or-cache fetch.
        let mut response = self.http_network_or_cache_fetch(request, Kind::Actual);
        // A network error passes through all that follows as a network error.
        if response.is_network_error() {
            return response;
        }
        // 4.4. If request's response tainting is "cors" and a CORS check returns failure, then return a
        // network error.
        if request.response_tainting == "cors" {
            if let Err(failed_step) = cors_check(request, &response.header_list) {
                return Response::network_error(failed_step);
            }
        }
        // 4.5. If the TAO check returns failure, then set request's timing allow failed flag.
        if !tao_check(request, &response) {
            request.timing_allow_failed_flag = true;
        }
        // 5. If request's response tainting is "opaque", and the cross-origin resource policy check returns
        // blocked, then return a network error.
        if request.response_tainting == "opaque" {
            if let Err(failed_step) = cross_origin_resource_policy_check(request, &response) {
                return Response::network_error(failed_step);
            }
        }
        // 6. If internalResponse's status is a redirect status:
        if is_redirect_status(response.status) {
            // 6.3. Switch on request's redirect mode:
            match request.redirect_mode {
                // 6.3.1. Set response to a network error.
                "error" => response = Response::network_error("HTTP fetch 6.3.1"),
                "manual" => {
                    // 6.3.1. If request's mode is "navigate", then HTML decides how it goes on.
                    if request.mode != "navigate" {
                        // 6.3.2. Otherwise, set response to an opaque-redirect filtered response.
                        response = opaque_redirect_filtered_response(response);
                    }
                }
                // 6.3.2. Set response to the result of running HTTP-redirect fetch.
                "follow" => response = self.http_redirect_fetch(request, response),
                other => panic!("no redirect mode: {other}"),
            }
        }
        // 7. Return response.
        response
    }

    /// Step 4.1: one of these conditions is true.
    fn a_preflight_is_needed(&mut self, request: &Request) -> bool {
        // There is no method cache entry match for request's method using request, and either request's
        // method is not a CORS-safelisted method or request's use-CORS-preflight flag is set.
        if !self.method_cache_entry_match(&request.method, request)
            && (!is_cors_safelisted_method(&request.method) || request.use_cors_preflight_flag)
        {
            return true;
        }
        // There is at least one item in the CORS-unsafe request-header names for which there is no
        // header-name cache entry match using request.
        for name in cors_unsafe_request_header_names(&request.header_list) {
            if !self.header_name_cache_entry_match(&name, request) {
                return true;
            }
        }
        false
    }
}
