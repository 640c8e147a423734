//! HTTP fetch, step 3: handles the response of a service worker.

use http::header::RANGE;

use super::{Fetch, Progress};
use crate::{
    browser::{
        diagnosis::{Phase, Reason, Refused},
        modes::{Mode, RedirectMode},
        response_head::{Received, ResponseType},
        service_worker_response::ServiceWorkerResponse,
        state::ResponseTainting,
        url_credentials::PrivateUrls,
    },
    status::is_range_status,
};

impl Fetch {
    pub(super) fn receive_service_worker(&mut self, response: ServiceWorkerResponse) -> Progress {
        let refuse = |reason| Err(Refused::without_response(Phase::Actual, reason));
        let request = &self.request;
        let kind = response.kind;
        // Step 3.5.7: a response type that this request must not have, or a redirect although the redirect
        // mode is not "follow".
        let type_refused = kind == ResponseType::Error
            || request.mode == Mode::SameOrigin && kind == ResponseType::Cors
            || request.mode != Mode::NoCors && kind == ResponseType::Opaque
            || request.redirect != RedirectMode::Manual && kind == ResponseType::OpaqueRedirect;
        if type_refused {
            return refuse(Reason::ServiceWorkerResponseTypeNotAllowed { kind });
        }
        if request.redirect != RedirectMode::Follow && response.url_list.len() > 1 {
            return refuse(Reason::ServiceWorkerResponseRedirected);
        }
        let range_requested = response.range_requested;
        // Main fetch, step 14, filters a response that a script made. All other responses are already
        // filtered responses.
        let filtered = self.engine.type_from_service_worker(kind);
        let response = Received {
            head: response.head,
            filtered,
            url_list: Some(PrivateUrls(response.url_list)),
            cors_exposed_header_names: response.cors_exposed_header_names,
            request_includes_credentials: response.request_includes_credentials,
        };
        // Step 5: the cross-origin resource policy check.
        self.check_opaque(&response, kind == ResponseType::Opaque)?;
        let tainting = self.request.tainting;
        // Main fetch, step 21: an opaque partial response to a request without `Range`.
        let delivered_opaque = filtered == Some(ResponseType::Opaque)
            || filtered.is_none() && tainting == ResponseTainting::Opaque;
        let status = response.head.status;
        if delivered_opaque
            && is_range_status(status)
            && range_requested
            && !self.request.headers.contains(&RANGE)
        {
            return refuse(Reason::OpaquePartialResponse { status });
        }
        // Steps 6 and 7: the response may be a redirect.
        self.after_checks(response)
    }
}
