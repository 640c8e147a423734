//! The request of a step, and its initiator.

use http::{HeaderName, Method};
use serde::Deserialize;
use url::Url;

use super::{invalid::InvalidCase, latin1::Latin1};
use crate::{
    browser::{
        Body, CredentialsMode, CrossOriginAttribute, EmbedderPolicy, Mode, Page, RedirectMode,
        ReferrerPolicy, Refusal, Request,
    },
    header_list::HeaderList,
};

/// The request of a step. Absent fields have the defaults of `fetch()`: GET, mode "cors", credentials mode "same-origin",
/// redirect mode "follow", no headers, no body.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseRequest {
    #[serde(default)]
    api: Api,
    #[serde(default = "get")]
    method: Latin1,
    url: String,
    #[serde(default)]
    headers: Vec<(Latin1, Latin1)>,
    #[serde(default, with = "ModeName")]
    mode: Mode,
    #[serde(default, with = "CredentialsName")]
    credentials: CredentialsMode,
    #[serde(default, with = "RedirectName")]
    redirect: RedirectMode,
    #[serde(default, with = "BodyName")]
    body: Body,
    #[serde(default)]
    body_type: Option<String>,
    #[serde(default)]
    upload_listener: bool,
    #[serde(default)]
    referrer_policy: String,
    #[serde(default)]
    crossorigin: Option<AttributeName>,
    #[serde(default, with = "EmbedderPolicyName")]
    embedder_policy: EmbedderPolicy,
}

/// What initiates the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Api {
    #[default]
    Fetch,
    Xhr,
    Element,
    Raw,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum AttributeName {
    Anonymous,
    UseCredentials,
}

#[derive(Deserialize)]
#[serde(remote = "Mode", rename_all = "kebab-case")]
enum ModeName {
    Cors,
    NoCors,
    SameOrigin,
    Navigate,
    #[serde(rename = "websocket")]
    WebSocket,
    #[serde(rename = "webtransport")]
    WebTransport,
}

#[derive(Deserialize)]
#[serde(remote = "CredentialsMode", rename_all = "kebab-case")]
enum CredentialsName {
    Omit,
    SameOrigin,
    Include,
}

#[derive(Deserialize)]
#[serde(remote = "RedirectMode", rename_all = "kebab-case")]
enum RedirectName {
    Follow,
    Error,
    Manual,
}

#[derive(Deserialize)]
#[serde(remote = "Body", rename_all = "kebab-case")]
enum BodyName {
    None,
    #[serde(rename = "bytes")]
    Replayable,
    Stream,
}

#[derive(Deserialize)]
#[serde(remote = "EmbedderPolicy", rename_all = "kebab-case")]
enum EmbedderPolicyName {
    UnsafeNone,
    Credentialless,
    RequireCorp,
}

fn get() -> Latin1 {
    Latin1(b"GET".to_vec())
}

impl CaseRequest {
    /// Builds the request. The inner error is the refusal of its initiator.
    pub(super) fn build(&self, page: &Page) -> Result<Result<Request, Refusal>, InvalidCase> {
        let referrer_policy = self.referrer_policy()?;
        let built = match self.api {
            Api::Fetch => self.fetch(page),
            Api::Xhr => self.xml_http_request(page)?,
            Api::Element => self.element(page)?,
            Api::Raw => Ok(self.raw(page)?),
        };
        Ok(built.map(|mut request| {
            request.referrer_policy = referrer_policy.unwrap_or(request.referrer_policy);
            request.embedder_policy = self.embedder_policy;
            request
        }))
    }

    fn referrer_policy(&self) -> Result<Option<ReferrerPolicy>, InvalidCase> {
        if self.referrer_policy.is_empty() {
            return Ok(None);
        }
        let policy = ReferrerPolicy::named(&self.referrer_policy);
        policy.map(Some).ok_or_else(|| {
            InvalidCase::new(
                "referrer_policy",
                format!("`{}` is not a referrer policy", self.referrer_policy),
            )
        })
    }

    fn fetch(&self, page: &Page) -> Result<Request, Refusal> {
        let call = page.fetch(&self.url).method(&self.method).mode(self.mode).credentials(self.credentials);
        let call = call.redirect(self.redirect).body(self.body, self.body_type.as_deref());
        self.headers.iter().fold(call, |call, (name, value)| call.header(name, value)).build()
    }

    fn xml_http_request(&self, page: &Page) -> Result<Result<Request, Refusal>, InvalidCase> {
        only(
            "xhr",
            [("mode", self.mode == Mode::Cors), ("redirect", self.redirect == RedirectMode::Follow)],
        )?;
        let xhr = page.xml_http_request(&self.method, &self.url).upload_listener(self.upload_listener);
        let xhr = xhr.with_credentials(self.credentials == CredentialsMode::Include);
        let xhr = xhr.body(self.body, self.body_type.as_deref());
        Ok(self.headers.iter().fold(xhr, |xhr, (name, value)| xhr.header(name, value)).send())
    }

    fn element(&self, page: &Page) -> Result<Result<Request, Refusal>, InvalidCase> {
        only(
            "element",
            [
                ("method", self.method.0 == b"GET"),
                ("headers", self.headers.is_empty()),
                ("body", self.body == Body::None),
            ],
        )?;
        let attribute = self.crossorigin.map(|attribute| match attribute {
            AttributeName::Anonymous => CrossOriginAttribute::Anonymous,
            AttributeName::UseCredentials => CrossOriginAttribute::UseCredentials,
        });
        Ok(page.element(&self.url).crossorigin(attribute).build())
    }

    fn raw(&self, page: &Page) -> Result<Request, InvalidCase> {
        let method = Method::from_bytes(&self.method.0).map_err(|error| InvalidCase::new("method", error))?;
        // A relative URL is resolved against the page's URL.
        let url = Url::options().base_url(Some(page.url())).parse(&self.url);
        let mut request = Request::new(page, method, url.map_err(|error| InvalidCase::new("url", error))?);
        request.mode = self.mode;
        request.credentials = self.credentials;
        request.redirect = self.redirect;
        request.body = self.body;
        request.use_cors_preflight = self.upload_listener;
        request.headers = self.header_list()?;
        Ok(request)
    }

    fn header_list(&self) -> Result<HeaderList, InvalidCase> {
        let mut headers = HeaderList::new();
        for (index, (name, value)) in self.headers.iter().enumerate() {
            let at = || format!("headers[{index}]");
            let name = HeaderName::from_bytes(&name.0).map_err(|error| InvalidCase::new(at(), error))?;
            headers.append(name, value).map_err(|error| InvalidCase::new(at(), error))?;
        }
        Ok(headers)
    }
}

/// Checks that the fields which the api determines are absent, or have the value that it gives them.
fn only<const N: usize>(api: &str, fields: [(&str, bool); N]) -> Result<(), InvalidCase> {
    match fields.into_iter().find(|(_, is_default)| !is_default) {
        Some((field, _)) => {
            Err(InvalidCase::new(field, format!("a page cannot choose this with the api `{api}`")))
        }
        None => Ok(()),
    }
}
