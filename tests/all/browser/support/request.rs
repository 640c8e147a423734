//! The request of a page.

use crossorigin::browser::{
    Body, CredentialsMode, Mode, Page, Profile, RedirectMode, ReferrerPolicy, Request,
};

use super::{A, Browser, Run, ScriptedResponse};

/// A call of `fetch()` by the page at [`A`]. Only differences from the defaults are stated.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    page: Page,
    profile: Profile,
    method: Vec<u8>,
    url: String,
    headers: Vec<(String, Vec<u8>)>,
    mode: Mode,
    credentials: CredentialsMode,
    redirect: RedirectMode,
    body: Body,
    referrer_policy: Option<ReferrerPolicy>,
    unsafe_request: bool,
    use_cors_preflight: bool,
}

pub(crate) fn page(url: &str) -> Page {
    Page::new(url).unwrap()
}

pub(crate) fn exchange(method: &str, url: &str) -> Call {
    Call {
        page: page(A),
        profile: Profile::standard(),
        method: method.as_bytes().to_vec(),
        url: url.to_owned(),
        headers: Vec::new(),
        mode: Mode::default(),
        credentials: CredentialsMode::default(),
        redirect: RedirectMode::default(),
        body: Body::default(),
        referrer_policy: None,
        unsafe_request: true,
        use_cors_preflight: false,
    }
}

impl Call {
    pub(crate) fn by(self, page: Page) -> Self {
        Self { page, ..self }
    }

    /// Uses a browser that differs from the standard in one rule.
    pub(crate) fn in_browser_with(mut self, change: impl FnOnce(&mut Profile)) -> Self {
        change(&mut self.profile);
        self
    }

    pub(crate) fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    /// Adds the same header line several times.
    pub(crate) fn lines(mut self, count: usize, name: &str, value: impl AsRef<[u8]>) -> Self {
        for _ in 0..count {
            self = self.header(name, value.as_ref());
        }
        self
    }

    pub(crate) fn include(self) -> Self {
        Self { credentials: CredentialsMode::Include, ..self }
    }

    pub(crate) fn omit(self) -> Self {
        Self { credentials: CredentialsMode::Omit, ..self }
    }

    pub(crate) fn mode(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }

    pub(crate) fn redirect(self, redirect: RedirectMode) -> Self {
        Self { redirect, ..self }
    }

    pub(crate) fn body(self, body: Body) -> Self {
        Self { body, ..self }
    }

    pub(crate) fn referrer_policy(self, policy: ReferrerPolicy) -> Self {
        Self { referrer_policy: Some(policy), ..self }
    }

    /// Without the unsafe-request flag, as elements make requests.
    pub(crate) fn by_element(self) -> Self {
        Self { unsafe_request: false, ..self }
    }

    /// With the use-CORS-preflight flag, as `XMLHttpRequest` with an upload listener sets it.
    pub(crate) fn forced_preflight(self) -> Self {
        Self { use_cors_preflight: true, ..self }
    }

    #[track_caller]
    pub(crate) fn request(&self) -> Request {
        // Scripts cannot request the other modes, so these are set afterwards.
        let scripted = matches!(self.mode, Mode::Cors | Mode::NoCors | Mode::SameOrigin);
        let mut call = self
            .page
            .fetch(&self.url)
            .method(&self.method)
            .mode(if scripted { self.mode } else { Mode::Cors })
            .credentials(self.credentials)
            .redirect(self.redirect)
            .body(self.body, None);
        for (name, value) in &self.headers {
            call = call.header(name, value);
        }
        if let Some(policy) = self.referrer_policy {
            call = call.referrer_policy(policy);
        }
        let mut request = call.build().unwrap();
        request.mode = self.mode;
        request.unsafe_request = self.unsafe_request;
        request.use_cors_preflight |= self.use_cors_preflight;
        request
    }

    /// Runs the exchange in a fresh browser.
    #[track_caller]
    pub(crate) fn responses(&self, responses: impl IntoIterator<Item = ScriptedResponse>) -> Run {
        Browser::with(|profile| profile.clone_from(&self.profile)).run(self, responses)
    }
}
