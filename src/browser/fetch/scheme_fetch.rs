//! [Scheme fetch](https://fetch.spec.whatwg.org/#concept-scheme-fetch). `blob:` and `file:` are the embedder's.

use http::StatusCode;

use super::{Fetch, Progress, Source};
use crate::{
    browser::{
        diagnosis::{Phase, Reason, Refused},
        modes::Mode,
        preflight_cache::PreflightCache,
        response_head::ResponseHead,
    },
    header_list::HeaderList,
};

impl Fetch {
    /// Steps 3 and 4.
    pub(super) fn scheme_fetch(&mut self, source: Source, cache: &mut PreflightCache) -> Progress {
        let url = self.request.current_url();
        // Step 3: switch on the scheme.
        match url.scheme() {
            "http" | "https" => self.http_fetch(false, source, cache),
            // A WebSocket's handshake is an HTTP request; its URL keeps its own scheme here.
            "ws" | "wss" if self.request.mode == Mode::WebSocket => self.http_fetch(false, source, cache),
            "data" => self.deliver_local(),
            "about" if url.path() == "blank" => self.deliver_local(),
            // Step 4: a network error.
            scheme => {
                let reason = Reason::SchemeNotFetchable { scheme: scheme.to_owned() };
                Err(Refused::without_response(Phase::Initial, reason))
            }
        }
    }

    /// No network: the embedder makes headers and body from the URL.
    fn deliver_local(&mut self) -> Progress {
        self.deliver(ResponseHead { status: StatusCode::OK, headers: HeaderList::new() }.into())
    }
}
