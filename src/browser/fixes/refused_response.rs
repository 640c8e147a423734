//! A refused response, and what is known about its fetch.

use http::{HeaderName, StatusCode};
use url::Url;

use crate::{
    browser::{
        diagnosis::{Reason, RequestChange},
        fetch::Fetch,
        initiators::Initiator,
        response_head::{Received, ResponseHead},
        state::CurrentRequest,
        url_credentials::without_credentials,
    },
    mime_type::is_html,
    standard::Algorithm,
};

/// A refused response, its reason, and the fetch that it ended.
#[derive(Clone, Copy)]
pub(super) struct RefusedResponse<'a> {
    pub(super) fetch: &'a Fetch,
    pub(super) reason: &'a Reason,
    pub(super) received: &'a Received,
    pub(super) is_preflight: bool,
}

impl<'a> RefusedResponse<'a> {
    pub(super) fn request(&self) -> &'a CurrentRequest {
        &self.fetch.request
    }

    pub(super) fn initiator(&self) -> Option<Initiator> {
        self.request().initiator
    }

    pub(super) fn head(&self) -> &'a ResponseHead {
        &self.received.head
    }

    pub(super) fn status(&self) -> StatusCode {
        self.head().status
    }

    /// Returns whether the CORS check refused the response.
    pub(super) fn is_of_cors_check(&self) -> bool {
        self.reason.step().algorithm() == Algorithm::CorsCheck
    }

    /// Returns whether the response has a header whose value contains the text, in any case.
    pub(super) fn has_header_with(&self, name: &HeaderName, text: &str) -> bool {
        let text = text.as_bytes();
        let mut lines = self.head().headers.lines(name);
        lines.any(|line| line.windows(text.len()).any(|part| part.eq_ignore_ascii_case(text)))
    }

    pub(super) fn is_html(&self) -> bool {
        is_html(&self.head().headers)
    }

    /// Returns whether the page and the server are on different sites.
    pub(super) fn is_cross_site(&self) -> bool {
        let (origin, url) = (&self.request().origin, self.request().current_url());
        !self.fetch.engine.are_schemelessly_same_site(origin, url, self.fetch.sites)
    }

    /// Returns whether the preflight would allow the request with this change, or would not be needed.
    pub(super) fn passes_preflight_after(&self, change: &RequestChange) -> bool {
        let changed = self.fetch.changed(change);
        !changed.makes_preflight() || super::preflight::needed_change(&changed, self.head()).is_empty()
    }
}

/// The URL for a message: without user name and password. A query is left out if it is not that of `known`.
pub(super) fn shown(url: &Url, known: &Url) -> String {
    let mut url = without_credentials(url.clone());
    url.set_fragment(None);
    match url.query() {
        Some(query) if known.query() != Some(query) => {
            url.set_query(None);
            format!("`{url}?…`")
        }
        _ => format!("`{url}`"),
    }
}
