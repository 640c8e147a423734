//! HTTP-redirect fetch.

use url::Url;

use super::{
    Body, Browser, Request,
    abnf::{Extracted, extract_location, parse_a_referrer_policy},
    headers::delete,
    origin::{is_same_origin, origin_of},
    types::{Response, is_redirect_status},
};

/// The location URL of a response: null, failure, or a URL.
pub(crate) enum LocationUrl {
    Null,
    Failure,
    Url(Url),
}

/// The location URL of a response, given a fragment.
pub(crate) fn location_url(response: &Response, request_fragment: Option<&str>) -> LocationUrl {
    // 1. If response's status is not a redirect status, then return null.
    if !is_redirect_status(response.status) {
        return LocationUrl::Null;
    }
    // 2. Let location be the result of extracting header list values given `Location`.
    let location = match extract_location(&response.header_list) {
        Extracted::Null => return LocationUrl::Null,
        Extracted::Failure => return LocationUrl::Failure,
        Extracted::Values(values) => values[0].clone(),
    };
    // 3. If location is a header value, then set location to the result of parsing location with response's
    // URL. (What bytes beyond ASCII are, the standard does not say. By the web platform tests they are
    // percent-encoded.)
    let encoded = |byte: &u8| match byte.is_ascii() {
        true => char::from(*byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    let response_url = response.url_list.last().unwrap();
    let Ok(mut location) = response_url.join(&location.iter().map(encoded).collect::<String>()) else {
        return LocationUrl::Failure;
    };
    // 4. If location is a URL whose fragment is null, then set location's fragment to requestFragment.
    if location.fragment().is_none() {
        location.set_fragment(request_fragment);
    }
    // 5. Return location.
    LocationUrl::Url(location)
}

/// A URL includes credentials if its username or password is not the empty string.
fn includes_credentials(url: &Url) -> bool {
    !url.username().is_empty() || !url.password().unwrap_or("").is_empty()
}

impl Browser {
    pub(crate) fn http_redirect_fetch(&mut self, request: &mut Request, response: Response) -> Response {
        // 3. Let locationURL be internalResponse's location URL given request's current URL's fragment.
        let location_url = match location_url(&response, request.current_url().fragment()) {
            // 4. If locationURL is null, then return response.
            LocationUrl::Null => return response,
            // 5. If locationURL is failure, then return a network error.
            LocationUrl::Failure => return Response::network_error("HTTP-redirect fetch 5"),
            LocationUrl::Url(url) => url,
        };
        // 6. If locationURL's scheme is not an HTTP(S) scheme, then return a network error.
        if location_url.scheme() != "http" && location_url.scheme() != "https" {
            return Response::network_error("HTTP-redirect fetch 6");
        }
        // 7. If request's redirect count is 20, then return a network error.
        if request.redirect_count == 20 {
            return Response::network_error("HTTP-redirect fetch 7");
        }
        // 8. Increase request's redirect count by 1.
        request.redirect_count += 1;
        // 9. If request's mode is "cors", locationURL includes credentials, and request's origin is not same
        // origin with locationURL's origin, then return a network error.
        if request.mode == "cors"
            && includes_credentials(&location_url)
            && !is_same_origin(&request.origin, &origin_of(&location_url))
        {
            return Response::network_error("HTTP-redirect fetch 9");
        }
        // 10. If request's response tainting is "cors" and locationURL includes credentials, then return a
        // network error.
        if request.response_tainting == "cors" && includes_credentials(&location_url) {
            return Response::network_error("HTTP-redirect fetch 10");
        }
        // 11. If internalResponse's status is not 303, request's body is non-null, and its source is null,
        // then return a network error.
        if response.status != 303 && request.body == Body::WithoutSource {
            return Response::network_error("HTTP-redirect fetch 11");
        }
        // 12. If one of the following is true
        if ((response.status == 301 || response.status == 302) && request.method == b"POST")
            || (response.status == 303 && request.method != b"GET" && request.method != b"HEAD")
        {
            // 12.1. Set request's method to `GET` and request's body to null.
            request.method = b"GET".to_vec();
            request.body = Body::Null;
            // 12.2. For each headerName of request-body-header name, delete headerName from request's header
            // list.
            for header_name in ["Content-Encoding", "Content-Language", "Content-Location", "Content-Type"] {
                delete(&mut request.header_list, header_name);
            }
        }
        // 13. If request's current URL's origin is not same origin with locationURL's origin, then for each
        // headerName of CORS non-wildcard request-header name, delete headerName from request's header list.
        if !is_same_origin(&origin_of(request.current_url()), &origin_of(&location_url)) {
            delete(&mut request.header_list, "Authorization");
        }
        // 14 to 17. Bodies and timing are the embedder's. 18. Append locationURL to request's URL list.
        request.url_list.push(location_url);
        // 19. Invoke set request's referrer policy on redirect: if the header has a policy, it is the
        // request's.
        let policy = parse_a_referrer_policy(&response.header_list);
        if !policy.is_empty() {
            request.referrer_policy = policy;
        }
        // 20. Let recursive be true. 21. "manual" is HTML's. 22. Return the result of running main fetch.
        self.main_fetch(request, true)
    }
}
