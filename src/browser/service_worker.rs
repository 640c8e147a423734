//! A response that a service worker gave: HTTP fetch, step 3.

use crate::browser::fetch_state::{Fetch, ResponseTainting};
use crate::browser::resource_policy::ResourcePolicyCheck;
use crate::browser::{
    Mode, Phase, Reason, RedirectMode, Request, ResponseHead, ResponseType, Step, Timestamp, UserAgent,
};
use crate::status::is_range_status;
use http::header::RANGE;
use url::Url;

/// What the page's service worker answered to a request.
///
/// The service worker itself is the embedder's; whether this response may be used, and what is visible of it, is not.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ServiceWorkerResponse {
    /// The response's type; `Default` if a script made it.
    pub kind: ResponseType,
    /// The head of the internal response.
    pub head: ResponseHead,
    /// The response's URL list; empty if a script made it.
    pub url_list: Vec<Url>,
    /// The internal response's [range-requested flag](https://fetch.spec.whatwg.org/#concept-response-range-requested-flag).
    pub range_requested: bool,
    /// The internal response's request-includes-credentials.
    pub request_includes_credentials: bool,
}

impl ServiceWorkerResponse {
    /// A response of that type without a URL of its own. Set the other fields as needed.
    #[must_use]
    pub fn new(kind: ResponseType, head: ResponseHead) -> Self {
        Self { kind, head, url_list: Vec::new(), range_requested: false, request_includes_credentials: false }
    }
}

impl UserAgent {
    /// Starts to fetch a request whose page has a service worker that answered it. A service worker that does not answer
    /// leaves the request to [`UserAgent::fetch`].
    pub fn fetch_from_service_worker(
        &mut self,
        request: Request,
        response: ServiceWorkerResponse,
        now: Timestamp,
    ) -> Step {
        // Step 3: the service worker comes first. Step 3.5: it gave a response.
        let probe = Box::new(Fetch::new(request, self.keeps_trace()));
        match probe.main_fetch(self, now) {
            // Main fetch chose the tainting, and what it would send is not sent.
            Step::Send(exchange) => exchange.into_fetch().receive_service_worker(response, self),
            other => other,
        }
    }
}

impl Fetch {
    fn receive_service_worker(
        self: Box<Self>,
        response: ServiceWorkerResponse,
        user_agent: &mut UserAgent,
    ) -> Step {
        let request = &self.request;
        let kind = response.kind;
        // Step 3.5.7: a type that this request must not see, or a redirect that it must not follow.
        let type_refused = kind == ResponseType::Error
            || request.mode == Mode::SameOrigin && kind == ResponseType::Cors
            || request.mode != Mode::NoCors && kind == ResponseType::Opaque
            || request.redirect != RedirectMode::Manual && kind == ResponseType::OpaqueRedirect;
        if type_refused {
            let reason = Reason::ServiceWorkerResponseTypeNotAllowed { kind };
            return self.fail(user_agent, Phase::Actual, reason);
        }
        if request.redirect != RedirectMode::Follow && response.url_list.len() > 1 {
            return self.fail(user_agent, Phase::Actual, Reason::ServiceWorkerResponseRedirected);
        }
        // Step 5: the cross-origin resource policy check, if response tainting or type is "opaque".
        if self.tainting == ResponseTainting::Opaque || kind == ResponseType::Opaque {
            let check = ResourcePolicyCheck {
                origin: &request.origin,
                embedder_policy: request.embedder_policy,
                url: response.url_list.last().unwrap_or(self.current_url()),
                headers: &response.head.headers,
                request_includes_credentials: response.request_includes_credentials,
                sites: user_agent.sites(),
            };
            if let Err(reason) = check.run() {
                return self.refuse_answer(user_agent, Phase::Actual, reason, &response.head);
            }
        }
        // Main fetch, step 21: a partial response that no range was asked for.
        let delivered_opaque = kind == ResponseType::Opaque
            || kind == ResponseType::Default && self.tainting == ResponseTainting::Opaque;
        let status = response.head.status;
        if delivered_opaque
            && is_range_status(status)
            && response.range_requested
            && !request.headers.contains(&RANGE)
        {
            return self.fail(user_agent, Phase::Actual, Reason::OpaquePartialResponse { status });
        }
        // Steps 6 and 7: a redirect is a redirect, whoever gave it; main fetch 14 filters what a script made.
        self.after_checks(response.head, (kind != ResponseType::Default).then_some(kind), user_agent)
    }
}
