//! [Scheme fetch](https://fetch.spec.whatwg.org/#concept-scheme-fetch). The embedder fetches `blob:` and
//! `file:` URLs.

use http::StatusCode;

use super::{Fetch, Progress, Source};
use crate::{
    browser::{
        diagnosis::{Phase, Reason, Refused},
        modes::Mode,
        preflight_cache::PreflightCache,
        response_head::{Received, ResponseHead},
    },
    header_list::HeaderList,
};

impl Fetch {
    /// Runs steps 3 and 4.
    pub(super) fn scheme_fetch(&mut self, source: Source, cache: &mut PreflightCache) -> Progress {
        let url = self.request.current_url();
        // Step 3: switch on the scheme.
        match url.scheme() {
            "http" | "https" => self.http_fetch(false, source, cache),
            // The handshake of a WebSocket is an HTTP request. Here its URL keeps the scheme "ws" or "wss".
            "ws" | "wss" if self.request.mode == Mode::WebSocket => self.http_fetch(false, source, cache),
            "data" => self.deliver_local(),
            "about" if url.path() == "blank" => self.deliver_local(),
            // Step 4: return a network error.
            scheme => {
                let reason = Reason::SchemeNotFetchable { scheme: scheme.to_owned() };
                Err(Refused::without_response(Phase::Initial, reason))
            }
        }
    }

    /// Delivers a response without a request: the embedder makes its headers and its body from the URL.
    fn deliver_local(&mut self) -> Progress {
        let head = ResponseHead { status: StatusCode::OK, headers: HeaderList::new() };
        // The request-includes-credentials of a response is initially true.
        self.deliver(Received::from_network(head, true))
    }
}
