//! A response that a service worker gave: HTTP fetch, step 3.

use crate::browser::fetch_state::{Fetch, ResponseTainting};
use crate::browser::response::Received;
use crate::browser::url_credentials::PrivateUrls;
use crate::browser::{
    Mode, Phase, Reason, RedirectMode, Request, ResponseHead, ResponseType, Step, UserAgent,
};
use crate::status::is_range_status;
use http::HeaderName;
use http::header::RANGE;
use std::fmt;
use url::Url;

/// What the page's service worker answered to a request.
///
/// The service worker itself is the embedder's; whether this response may be used, and what is visible of it, is not.
#[derive(Clone)]
#[non_exhaustive]
pub struct ServiceWorkerResponse {
    /// The response's type; `Default` if a script made it.
    pub kind: ResponseType,
    /// The head of the internal response.
    pub head: ResponseHead,
    /// The response's URL list; empty if a script made it. A script sees the last of them as the response's URL, and the
    /// request's where there is none; a relative `Location` is relative to it, and fails where there is none.
    pub url_list: Vec<Url>,
    /// The internal response's
    /// [CORS-exposed header-name list](https://fetch.spec.whatwg.org/#concept-response-cors-exposed-header-name-list),
    /// which says what is visible of type `Cors`: it was made when the service worker fetched the response, whose
    /// credentials mode then need not be that of this request. Where [`UserAgent::fetch`] delivered the response to the
    /// service worker, they are the names of its [`Response::headers`](crate::browser::Response::headers).
    pub cors_exposed_header_names: Vec<HeaderName>,
    /// The internal response's [range-requested flag](https://fetch.spec.whatwg.org/#concept-response-range-requested-flag).
    pub range_requested: bool,
    /// The internal response's request-includes-credentials.
    pub request_includes_credentials: bool,
}

/// Shows no user name and no password of a URL.
impl fmt::Debug for ServiceWorkerResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            kind,
            head,
            url_list,
            cors_exposed_header_names,
            range_requested,
            request_includes_credentials,
        } = self;
        f.debug_struct("ServiceWorkerResponse")
            .field("kind", kind)
            .field("head", head)
            .field("url_list", &PrivateUrls(url_list.clone()))
            .field("cors_exposed_header_names", cors_exposed_header_names)
            .field("range_requested", range_requested)
            .field("request_includes_credentials", request_includes_credentials)
            .finish()
    }
}

impl ServiceWorkerResponse {
    /// A response of that type without a URL of its own, and without exposed headers. Set the other fields as needed.
    #[must_use]
    pub fn new(kind: ResponseType, head: ResponseHead) -> Self {
        Self {
            kind,
            head,
            url_list: Vec::new(),
            cors_exposed_header_names: Vec::new(),
            range_requested: false,
            request_includes_credentials: false,
        }
    }
}

impl UserAgent {
    /// Starts to fetch a request whose page has a service worker that answered it. A service worker that does not answer
    /// leaves the request to [`UserAgent::fetch`].
    ///
    /// If the response is a redirect, the request that follows it goes to the network here, although the standard has the
    /// service worker asked once more.
    ///
    /// ```
    /// use crossorigin::browser::{Page, ResponseType, ServiceWorkerResponse, Step, UserAgent};
    /// use crossorigin::http::Response;
    /// let request = Page::new("https://app.example/")?.fetch("https://app.example/feed").build()?;
    /// // The service worker made up a response: `new Response(…)`.
    /// let response = ServiceWorkerResponse::new(ResponseType::Default, Response::new(()).into());
    /// let Step::Done(Ok(response)) = UserAgent::default().fetch_from_service_worker(request, response) else { panic!() };
    /// assert_eq!(response.response_type(), ResponseType::Basic);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fetch_from_service_worker(&mut self, request: Request, response: ServiceWorkerResponse) -> Step {
        // Step 3: the service worker comes first. Step 3.5: it gave a response.
        let fetch = Box::new(Fetch::new(request, self));
        fetch.main_fetch(self, |fetch, _, user_agent| fetch.receive_service_worker(response, user_agent))
    }
}

impl Fetch {
    fn receive_service_worker(
        mut self: Box<Self>,
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
        let ServiceWorkerResponse { range_requested, request_includes_credentials, .. } = response;
        // Main fetch, step 14 filters what a script made; all else is filtered already.
        let response = Received {
            head: response.head,
            filtered: (kind != ResponseType::Default).then_some(kind),
            url_list: Some(PrivateUrls(response.url_list)),
            cors_exposed_header_names: response.cors_exposed_header_names,
        };
        // Step 5: the cross-origin resource policy check, if response tainting or type is "opaque".
        if (self.tainting == ResponseTainting::Opaque || kind == ResponseType::Opaque)
            && let Err(reason) =
                self.check_resource_policy(&response, request_includes_credentials, user_agent)
        {
            return self.refuse_answer(user_agent, Phase::Actual, reason, &response);
        }
        // Main fetch, step 21: a partial response that no range was asked for.
        let delivered_opaque = kind == ResponseType::Opaque
            || kind == ResponseType::Default && self.tainting == ResponseTainting::Opaque;
        let status = response.head.status;
        if delivered_opaque
            && is_range_status(status)
            && range_requested
            && !self.request.headers.contains(&RANGE)
        {
            return self.fail(user_agent, Phase::Actual, Reason::OpaquePartialResponse { status });
        }
        // Steps 6 and 7: a redirect is a redirect, whoever gave it.
        self.after_checks(response, user_agent)
    }
}
