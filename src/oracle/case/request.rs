//! The request of a step, and its initiator.

use http::{HeaderName, Method};
use serde::{
    Deserialize,
    de::{Deserializer, Error},
};
use url::Url;

use super::{invalid::InvalidCase, keyword::keyword, latin1::Latin1};
use crate::{
    browser::{
        Body, CacheMode, CredentialsMode, CrossOriginAttribute, Destination, EmbedderPolicy, Initiator,
        Keyword, Mode, Page, RedirectMode, Referrer, ReferrerPolicy, Refusal, RefusalReason, Request,
    },
    header_list::HeaderList,
};

/// The request of a step. Absent fields have the defaults of the initiator; for `raw` those of `fetch()`: GET,
/// mode "cors", credentials mode "same-origin", redirect mode "follow", no headers, no body.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseRequest {
    #[serde(default, deserialize_with = "api")]
    api: Api,
    #[serde(default)]
    method: Option<Latin1>,
    url: String,
    #[serde(default)]
    headers: Vec<(Latin1, Latin1)>,
    #[serde(default, deserialize_with = "keyword")]
    mode: Option<Mode>,
    #[serde(default, deserialize_with = "keyword")]
    credentials: Option<CredentialsMode>,
    #[serde(default, deserialize_with = "keyword")]
    redirect: Option<RedirectMode>,
    #[serde(default, deserialize_with = "keyword")]
    cache: Option<CacheMode>,
    #[serde(default, deserialize_with = "keyword")]
    destination: Option<Destination>,
    #[serde(default)]
    unsafe_request: Option<bool>,
    #[serde(default, with = "BodyName")]
    body: Body,
    #[serde(default)]
    body_type: Option<String>,
    #[serde(default)]
    upload_listener: bool,
    /// A URL; empty for no referrer.
    #[serde(default)]
    referrer: Option<String>,
    #[serde(default)]
    referrer_policy: String,
    #[serde(default)]
    crossorigin: Option<AttributeName>,
    #[serde(default, deserialize_with = "keyword")]
    embedder_policy: Option<EmbedderPolicy>,
    /// A word that a page may say in `targetAddressSpace`.
    #[serde(default)]
    target_address_space: Option<String>,
}

/// What initiates the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Api {
    Of(Initiator),
    /// The request is exactly as described.
    Raw,
}

impl Default for Api {
    fn default() -> Self {
        Self::Of(Initiator::Fetch)
    }
}

fn api<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Api, D::Error> {
    let name = String::deserialize(deserializer)?;
    if name == "raw" {
        return Ok(Api::Raw);
    }
    let initiator = Initiator::with_name(&name).map(Api::Of);
    initiator.ok_or_else(|| D::Error::custom(unknown_api(&name)))
}

/// The message for an unknown api, in the words of `serde`.
fn unknown_api(name: &str) -> String {
    let names: Vec<String> = Initiator::NAMES.iter().map(|name| format!("`{name}`")).collect();
    format!("unknown variant `{name}`, expected one of {}, `raw`", names.join(", "))
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum AttributeName {
    Anonymous,
    UseCredentials,
}

impl From<AttributeName> for CrossOriginAttribute {
    fn from(name: AttributeName) -> Self {
        match name {
            AttributeName::Anonymous => Self::Anonymous,
            AttributeName::UseCredentials => Self::UseCredentials,
        }
    }
}

#[derive(Deserialize)]
#[serde(remote = "Body", rename_all = "kebab-case")]
enum BodyName {
    None,
    #[serde(rename = "bytes")]
    Replayable,
    Stream,
}

impl CaseRequest {
    /// Builds the request. The inner error is the refusal of its initiator.
    pub(super) fn build(&self, page: &Page) -> Result<Result<Request, Refusal>, InvalidCase> {
        let referrer_policy = self.referrer_policy()?;
        let referrer = self.referrer(page)?;
        let target = self.target_address_space.as_deref().map(str::parse).transpose();
        let target = target.map_err(|error| InvalidCase::new("target_address_space", error))?;
        let built = match self.api {
            Api::Of(Initiator::Fetch) => self.fetch(page)?,
            Api::Of(Initiator::XmlHttpRequest) => self.xml_http_request(page)?,
            Api::Of(initiator) => self.by_initiator(initiator, page)?,
            Api::Raw => Ok(self.raw(page)?),
        };
        Ok(built.map(|mut request| {
            request.referrer = referrer.unwrap_or(request.referrer);
            request.referrer_policy = referrer_policy.unwrap_or(request.referrer_policy);
            request.embedder_policy = self.embedder_policy.unwrap_or_default();
            request.target_address_space = target;
            request
        }))
    }

    /// The referrer, if the case has one. `fetch()` gets it as a script gives it.
    fn referrer(&self, page: &Page) -> Result<Option<Referrer>, InvalidCase> {
        match self.referrer.as_deref() {
            None => Ok(None),
            Some(_) if self.api == Api::Of(Initiator::Fetch) => Ok(None),
            Some("") => Ok(Some(Referrer::NoReferrer)),
            Some(url) => {
                let url = page.url().join(url).map_err(|error| InvalidCase::new("referrer", error))?;
                Ok(Some(Referrer::Url(url)))
            }
        }
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

    /// The method, or `GET` if it is absent.
    fn method(&self) -> &[u8] {
        self.method.as_ref().map_or(b"GET", |method| &method.0)
    }

    fn fetch(&self, page: &Page) -> Result<Result<Request, Refusal>, InvalidCase> {
        self.only_of("fetch", [("crossorigin", self.crossorigin.is_none())])?;
        let call = page.fetch(&self.url).method(self.method()).mode(self.mode.unwrap_or_default());
        let call = call.credentials(self.credentials.unwrap_or_default());
        let call = call.redirect(self.redirect.unwrap_or_default()).cache(self.cache.unwrap_or_default());
        let call = call.body(self.body, self.body_type.as_deref());
        let call = match &self.referrer {
            Some(referrer) => call.referrer(referrer),
            None => call,
        };
        Ok(self.headers.iter().fold(call, |call, (name, value)| call.header(name, value)).build())
    }

    fn xml_http_request(&self, page: &Page) -> Result<Result<Request, Refusal>, InvalidCase> {
        self.only_of(
            "xhr",
            [
                ("mode", self.mode.is_none_or(|mode| mode == Mode::Cors)),
                ("redirect", self.redirect.is_none_or(|redirect| redirect == RedirectMode::Follow)),
                ("cache", self.cache.is_none_or(|cache| cache == CacheMode::Default)),
                ("crossorigin", self.crossorigin.is_none()),
            ],
        )?;
        let xhr = page.xml_http_request(self.method(), &self.url).upload_listener(self.upload_listener);
        let xhr = xhr.with_credentials(self.credentials == Some(CredentialsMode::Include));
        let xhr = xhr.body(self.body, self.body_type.as_deref());
        Ok(self.headers.iter().fold(xhr, |xhr, (name, value)| xhr.header(name, value)).send())
    }

    /// Makes the request of an initiator. Fields that it determines must be absent, or have the value that
    /// the request has.
    fn by_initiator(
        &self,
        initiator: Initiator,
        page: &Page,
    ) -> Result<Result<Request, Refusal>, InvalidCase> {
        let mut builder = page.request(initiator, &self.url).crossorigin(self.crossorigin.map(Into::into));
        let credentials_are_chosen = initiator.chooses_credentials();
        if let Some(credentials) = self.credentials.filter(|_| credentials_are_chosen) {
            builder = builder.credentials(credentials);
        }
        if let Some(method) = &self.method {
            builder = builder.method(method);
        }
        if let Some(destination) = self.destination {
            builder = builder.destination(destination);
        }
        builder = builder.body(self.body, self.body_type.as_deref());
        builder = self.headers.iter().fold(builder, |builder, (name, value)| builder.header(name, value));
        let request = match builder.build() {
            Ok(request) => request,
            Err(refusal) => {
                return match refusal.reason() {
                    RefusalReason::SettingNotAvailable { setting, .. } => {
                        Err(InvalidCase::new(field_of(setting), refusal.reason()))
                    }
                    _ => Ok(Err(refusal)),
                };
            }
        };
        Self::only(
            initiator.name(),
            [
                ("mode", self.mode.is_none_or(|mode| mode == request.mode)),
                (
                    "credentials",
                    self.credentials.is_none_or(|credentials| credentials == request.credentials),
                ),
                ("redirect", self.redirect.is_none_or(|redirect| redirect == request.redirect)),
                ("cache", self.cache.is_none_or(|cache| cache == request.cache)),
                ("unsafe_request", self.unsafe_request.is_none_or(|set| set == request.unsafe_request)),
                ("upload_listener", !self.upload_listener),
            ],
        )?;
        Ok(Ok(request))
    }

    fn raw(&self, page: &Page) -> Result<Request, InvalidCase> {
        let method = Method::from_bytes(self.method()).map_err(|error| InvalidCase::new("method", error))?;
        // A relative URL is resolved against the page's URL.
        let url = Url::options().base_url(Some(page.url())).parse(&self.url);
        let mut request = Request::new(page, method, url.map_err(|error| InvalidCase::new("url", error))?);
        request.mode = self.mode.unwrap_or_default();
        request.credentials = self.credentials.unwrap_or_default();
        request.redirect = self.redirect.unwrap_or_default();
        request.cache = self.cache.unwrap_or_default();
        request.destination = self.destination.unwrap_or_default();
        request.unsafe_request = self.unsafe_request.unwrap_or(true);
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

    /// Checks the fields that the api determines, and those that only other apis have.
    fn only_of<const N: usize>(&self, api: &str, fields: [(&str, bool); N]) -> Result<(), InvalidCase> {
        Self::only(api, fields)?;
        Self::only(
            api,
            [
                ("destination", self.destination.is_none_or(|given| given == Destination::Empty)),
                ("unsafe_request", self.unsafe_request.unwrap_or(true)),
            ],
        )
    }

    /// Checks that the fields which the api determines are absent, or have the value that it gives them.
    fn only<const N: usize>(api: &str, fields: [(&str, bool); N]) -> Result<(), InvalidCase> {
        match fields.into_iter().find(|(_, is_right)| !is_right) {
            Some((field, _)) => {
                Err(InvalidCase::new(field, format!("a page cannot choose this with the api `{api}`")))
            }
            None => Ok(()),
        }
    }
}

/// The field that has a setting of a request.
fn field_of(setting: &str) -> &'static str {
    match setting {
        "crossorigin attribute" => "crossorigin",
        "credentials mode" => "credentials",
        "method" => "method",
        "header" => "headers",
        "body type" => "body_type",
        "destination" => "destination",
        _ => "body",
    }
}
