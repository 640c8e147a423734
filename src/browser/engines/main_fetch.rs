//! [Main fetch](https://fetch.spec.whatwg.org/#concept-main-fetch), as engines run it: whether the CORS
//! protocol is enforced.

use super::Engine;
use crate::browser::{diagnosis::Finding, response_head::ResponseType, state::ResponseTainting};

impl Engine {
    /// Step 12, and HTTP fetch, step 4.4: returns whether CORS-preflights are made and CORS checks are run.
    pub(crate) fn enforces_cors(&self) -> bool {
        self.rules.cors_is_enforced
    }

    /// Step 12: what the trace says of a request to another origin.
    pub(crate) fn finding_across_origins(&self, enforced: impl FnOnce() -> Finding) -> Finding {
        if self.enforces_cors() { enforced() } else { Finding::CorsNotEnforced }
    }

    /// Step 14: the type of a response that is not a filtered response, by response tainting.
    pub(crate) fn type_by_tainting(&self, tainting: ResponseTainting) -> ResponseType {
        match tainting {
            _ if !self.enforces_cors() => ResponseType::Basic,
            ResponseTainting::Basic => ResponseType::Basic,
            ResponseTainting::Cors => ResponseType::Cors,
            ResponseTainting::Opaque => ResponseType::Opaque,
        }
    }
}
