//! [Scheme fetch](https://fetch.spec.whatwg.org/#concept-scheme-fetch). The embedder makes the responses to
//! local URLs.

use http::Method;

use super::{Fetch, Next, Progress, Source};
use crate::browser::{
    diagnosis::{Phase, Reason, Refused},
    modes::Mode,
    preflight_cache::PreflightCache,
    response_head::{Received, ResponseHead},
    url_origin::is_served_by_embedder,
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
            // The embedder makes the response to a local URL. "about": only the path "blank" can be fetched.
            "about" if url.path() == "blank" => Ok(Next::Local),
            // "blob", step 2: only the method GET can be used.
            "blob" if self.request.method == Method::GET => Ok(Next::Local),
            "data" | "file" => Ok(Next::Local),
            // No scheme of the standard. The embedder has the files of apps.
            _ if is_served_by_embedder(url, &self.request.origin) => Ok(Next::Local),
            // Step 4: return a network error.
            scheme => {
                let reason = Reason::SchemeNotFetchable { scheme: scheme.to_owned() };
                Err(Refused::without_response(Phase::Initial, reason))
            }
        }
    }

    /// Step 3, "about", "blob", "data" and "file": takes the response that the embedder made.
    pub(crate) fn receive_local(&mut self, head: ResponseHead) -> Progress {
        // The request-includes-credentials of a response is initially true.
        self.deliver(Received::from_network(head, true))
    }
}
