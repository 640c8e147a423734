//! How a fix changes a page's request.

use http::{HeaderName, Method, header::CONTENT_TYPE};
use url::Url;

use crate::{
    browser::{
        embedder_policy::EmbedderPolicy,
        modes::{Body, CredentialsMode, Mode, RedirectMode},
    },
    header_list::HeaderList,
};

/// What a fix of the page's side changes. What is `None`, empty or false stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct RequestChange {
    pub(crate) url: Option<Url>,
    pub(crate) method: Option<Method>,
    pub(crate) without_headers: Vec<HeaderName>,
    pub(crate) content_type: Option<&'static str>,
    pub(crate) mode: Option<Mode>,
    pub(crate) credentials: Option<CredentialsMode>,
    pub(crate) redirect: Option<RedirectMode>,
    pub(crate) embedder_policy: Option<EmbedderPolicy>,
    pub(crate) body: Option<Body>,
    pub(crate) without_upload_listener: bool,
}

impl RequestChange {
    pub(crate) fn of_mode(mode: Mode) -> Self {
        Self { mode: Some(mode), ..Self::default() }
    }

    /// A request with the attribute `crossorigin`, or an equivalent setting of a script.
    pub(crate) fn anonymous() -> Self {
        Self { credentials: Some(CredentialsMode::SameOrigin), ..Self::of_mode(Mode::Cors) }
    }

    pub(crate) fn of_redirect(redirect: RedirectMode) -> Self {
        Self { redirect: Some(redirect), ..Self::default() }
    }

    pub(crate) fn of_body(body: Body) -> Self {
        Self { body: Some(body), ..Self::default() }
    }

    pub(crate) fn without_headers(names: Vec<HeaderName>) -> Self {
        Self { without_headers: names, ..Self::default() }
    }

    pub(crate) fn change_method_and_headers(&self, method: &mut Method, headers: &mut HeaderList) {
        if let Some(changed) = &self.method {
            method.clone_from(changed);
        }
        for name in &self.without_headers {
            headers.delete(name);
        }
        if let Some(content_type) = self.content_type {
            headers.delete(&CONTENT_TYPE);
            headers.push_valid(CONTENT_TYPE, content_type);
        }
    }
}
