//! HTTP fetch, step 3, as engines run it.

use super::Engine;
use crate::browser::response_head::ResponseType;

impl Engine {
    /// Main fetch, step 14: the type of a filtered response that a service worker returned; `None` if
    /// response tainting decides it.
    pub(crate) fn type_from_service_worker(&self, kind: ResponseType) -> Option<ResponseType> {
        match kind {
            ResponseType::Default => {
                self.rules.response.service_worker_responses_are_basic.then_some(ResponseType::Basic)
            }
            filtered => Some(filtered),
        }
    }
}
