//! Main fetch, steps 14 to 22: filters the response, so that a script sees what it may see.

use std::cmp::Ordering;

use http::{Method, header::ACCESS_CONTROL_EXPOSE_HEADERS};

use super::{Fetch, Next, Progress};
use crate::{
    ByteString,
    browser::{
        diagnosis::{Finding, Warning},
        response_head::{Received, ResponseHead, ResponseType},
        secrets::PrivateHeaders,
        url_credentials::PrivateUrls,
    },
    header_list::HeaderList,
    header_values::{Extracted, extract_tokens},
    response_header::{is_cors_safelisted_response_header_name, is_forbidden_response_header_name},
    standard::Algorithm::MainFetch,
    status::is_null_body_status,
};

/// A response that is delivered: the filtered response and the internal response.
#[derive(Debug, Clone)]
pub(crate) struct Delivered {
    pub(crate) kind: ResponseType,
    /// The head of the internal response.
    pub(crate) head: ResponseHead,
    pub(crate) visible_headers: PrivateHeaders,
    pub(crate) url_list: PrivateUrls,
    pub(crate) null_body: bool,
    pub(crate) timing_allowed: bool,
    pub(crate) request_includes_credentials: bool,
}

impl Fetch {
    /// Ends the fetch in this response.
    pub(super) fn deliver(&mut self, response: Received) -> Progress {
        let Received { head, filtered, url_list, cors_exposed_header_names, request_includes_credentials } =
            response;
        // Step 14: if the response is not a filtered response, filter it by response tainting.
        let kind = filtered.unwrap_or(self.engine.type_by_tainting(self.request.tainting));
        // Step 14.2: create a basic filtered response, a CORS filtered response, an opaque filtered response,
        // or an opaque-redirect filtered response.
        let visible_headers = match kind {
            ResponseType::Cors if filtered.is_some() => {
                cors_filtered(&head.headers, cors_exposed_header_names.iter().map(AsRef::as_ref).collect())
            }
            ResponseType::Cors => self.expose_and_filter(&head.headers),
            ResponseType::Opaque | ResponseType::OpaqueRedirect | ResponseType::Error => HeaderList::new(),
            ResponseType::Basic | ResponseType::Default => {
                head.headers.filtered(|name| !is_forbidden_response_header_name(name))
            }
        };
        let visible_headers = PrivateHeaders(visible_headers);
        // Step 16: the response's URL list is the request's if it is empty.
        let url_list = match url_list {
            Some(urls) if !urls.0.is_empty() => urls,
            _ => self.request.url_list.clone().into_urls(),
        };
        // Step 19: set the timing allow passed flag if the timing allow failed flag is unset.
        let is_withheld = kind == ResponseType::Opaque && self.engine.withholds_timing(&head);
        let timing_allowed = !self.request.timing_allow_failed && !is_withheld;
        // Step 22: the body is null if the method is HEAD or CONNECT, or if the status is a null body status.
        let method = &self.request.method;
        let null_body =
            *method == Method::HEAD || *method == Method::CONNECT || is_null_body_status(head.status);
        self.note((MainFetch, "14"), |_| Finding::Delivered(kind));
        Ok(Next::Deliver(Delivered {
            kind,
            head,
            visible_headers,
            url_list,
            null_body,
            timing_allowed,
            request_includes_credentials,
        }))
    }

    /// Step 14.1, and the header list of the CORS filtered response.
    fn expose_and_filter(&mut self, headers: &HeaderList) -> HeaderList {
        // Step 14.1: response tainting is "cors". Step 14.1.1: extract `Access-Control-Expose-Headers`.
        let exposed = extract_tokens(headers, &ACCESS_CONTROL_EXPOSE_HEADERS);
        let with_credentials = self.request.includes_credentials_mode();
        match exposed {
            // Step 14.1.2: without credentials, `*` exposes every name.
            Extracted::List(names) if !with_credentials && names.contains(&b"*".as_slice()) => {
                headers.filtered(|name| !is_forbidden_response_header_name(name))
            }
            // Step 14.1.3: otherwise, the list exposes its names. `*` is a name like any other.
            Extracted::List(names) => {
                if names.contains(&b"*".as_slice()) {
                    self.warn(Warning::WildcardIgnoredWithCredentials {
                        header: ACCESS_CONTROL_EXPOSE_HEADERS,
                    });
                }
                cors_filtered(headers, names)
            }
            // Step 14.1.3 would use failure as a list. A list that failed to parse is ignored: see `Profile`.
            Extracted::Invalid(token) => {
                self.warn(Warning::ExposeHeadersInvalid { token: ByteString::from(token) });
                cors_filtered(headers, Vec::new())
            }
            Extracted::Absent | Extracted::Empty => cors_filtered(headers, Vec::new()),
        }
    }
}

/// The header list of a
/// [CORS filtered response](https://fetch.spec.whatwg.org/#concept-filtered-response-cors), given the
/// CORS-exposed header-name list.
fn cors_filtered(headers: &HeaderList, mut exposed: Vec<&[u8]>) -> HeaderList {
    // The names are sorted, so the work does not grow with the product of both lengths.
    exposed.sort_unstable_by(|left, right| compare_names(left, right));
    headers.filtered(|name| {
        let position = exposed.binary_search_by(|item| compare_names(item, name.as_str().as_bytes()));
        let listed = position.ok().and_then(|index| exposed.get(index));
        is_cors_safelisted_response_header_name(name, listed.map_or(&[], std::slice::from_ref))
    })
}

fn compare_names(left: &[u8], right: &[u8]) -> Ordering {
    left.iter().map(u8::to_ascii_lowercase).cmp(right.iter().map(u8::to_ascii_lowercase))
}
