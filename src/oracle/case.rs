//! Cases, questions and verdicts: the oracle as data, for programs in any language.
//!
//! [`PolicyConfig`]: crate::server::PolicyConfig
//! [command]: crate#in-the-repository
//! [initiators]: mod@crate::_documentation::initiators
//!
//! A [`Case`] is a page and its fetches, one after another, with the responses of the server. Its [`CaseVerdict`] has the
//! result of each fetch in the browser ([`server::Verdict`](crate::server::Verdict) is what a policy decided). A [`Question`]
//! is a policy and requests to it. Its [`PolicyResponses`] have the response to each request. All four are data of `serde`.
//! The command `crossorigin ask` reads cases and questions as JSON, one object a line, and writes verdicts and responses.
//!
//! ```
//! use crossorigin::oracle::case::Case;
//!
//! let case: Case = serde_json::from_str(r#"{
//!     "id": "put", "page": "https://app.example",
//!     "steps": [{"request": {"method": "PUT", "url": "https://api.example/items/7"},
//!                "responses": [{"status": 204, "headers": [["access-control-allow-origin", "*"]]}]}]}"#)?;
//! let verdict = case.play()?;
//! println!("{verdict}"); // for people
//! let data = serde_json::to_value(&verdict)?; // for programs
//! assert_eq!(data["steps"][0]["reason"], "MethodNotAllowed");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
#![doc = include_str!("../../docs/cases.md")]

mod cache;
mod evidence;
mod invalid;
mod keyword;
mod latin1;
mod network;
mod question;
mod request;
mod response;
mod script;
mod server;
mod verdict;

use std::{collections::BTreeMap, net::IpAddr, time::Duration};

use serde::{Deserialize, de::IgnoredAny};
use url::Url;

pub(super) use self::verdict::first_difference;
pub use self::{
    invalid::InvalidCase,
    question::{PolicyResponses, Question},
    verdict::CaseVerdict,
};
use self::{
    network::CasePermissions,
    request::CaseRequest,
    response::{CaseResponse, CaseRoute},
    script::CaseScript,
    server::CaseServer,
    verdict::{Run, StepResult},
};
use super::{http_cache::HttpCache, run::Oracle, server::Server};
use crate::{
    browser::{InvalidPage, Page, PartitionKey, Profile, RequestKind, Timestamp, UserAgent},
    origin::{OpaqueOrigin, Origin},
    site::Sites,
};

/// The name that a case has in place of a profile if it is played in all profiles.
const ALL_PROFILES: &str = "all";

/// A page and its fetches, one after another, with one preflight cache.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    id: String,
    /// The page's URL, or the serialization of its origin. `null` is an opaque origin.
    page: String,
    /// The serialization of the page's origin, if it is not that of its URL.
    #[serde(default)]
    origin: Option<String>,
    /// The URL of the page's document, if it is not the page's URL: `about:blank` or `about:srcdoc`.
    #[serde(default)]
    document: Option<String>,
    /// Whether the page is a secure context, if its URL does not decide that.
    #[serde(default)]
    secure_context: Option<bool>,
    /// The address that the page came from. Without it, no address is checked.
    #[serde(default)]
    page_ip: Option<IpAddr>,
    /// The permissions of local network access. If the profile has none, they have no effect, and a warning says so.
    #[serde(default)]
    permissions: CasePermissions,
    #[serde(default = "standard")]
    profile: String,
    /// Whether the verdict has all decisions.
    #[serde(default)]
    explain: bool,
    steps: Vec<CaseStep>,
    /// The responses for all steps, instead of their `responses`.
    #[serde(default)]
    routes: Option<BTreeMap<String, CaseRoute>>,
    /// How the servers spell the names of headers.
    #[serde(default)]
    header_names: HeaderNames,
    /// The server for all steps, instead of their `responses`.
    #[serde(default)]
    server: Option<CaseServer>,

    // Notes for people. Nothing depends on them. All other unknown fields are errors.
    #[serde(default, rename = "about")]
    _about: IgnoredAny,
    #[serde(default, rename = "area")]
    _area: IgnoredAny,
    #[serde(default, rename = "source")]
    _source: IgnoredAny,
    #[serde(default, rename = "helped")]
    _helped: IgnoredAny,
    #[serde(default, rename = "needs")]
    _needs: IgnoredAny,
    #[serde(default, rename = "observed")]
    _observed: IgnoredAny,
}

/// How servers spell the names of headers. What `responses` and `routes` say is not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum HeaderNames {
    /// As in `Access-Control-Allow-Origin`.
    #[default]
    Canonical,
    LowerCase,
}

/// One fetch of a case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseStep {
    /// Seconds since an epoch, never earlier than the previous step.
    #[serde(default)]
    at: f64,
    /// The network partition key: the origin of the top-level page, or any other text. If absent, that of the
    /// page.
    #[serde(default)]
    partition: Option<String>,
    /// The page of this step, such as a frame or a worker. If absent, that of the case.
    #[serde(default)]
    page: Option<String>,
    /// The origin of the step's page, as for a case.
    #[serde(default)]
    origin: Option<String>,
    /// The document of the step's page, as for a case.
    #[serde(default)]
    document: Option<String>,
    /// The step whose responses the browser's HTTP cache has stored.
    #[serde(default)]
    from_cache_of: Option<usize>,
    /// The step whose responses a cache between browser and server has stored, such as that of a CDN.
    #[serde(default)]
    from_shared_cache_of: Option<usize>,
    request: CaseRequest,
    /// The responses, in the order in which requests go out.
    #[serde(default)]
    responses: Vec<CaseResponse>,
    /// The expected result: a note like those of the case.
    #[serde(default, rename = "expect")]
    _expect: IgnoredAny,
}

/// The profile that somebody means who writes the name of a browser, or a profile's name in other case.
fn profile_of_browser(name: &str) -> Option<&'static str> {
    match name.to_ascii_lowercase().as_str() {
        "safari" => Some("webkit"),
        "chrome" | "edge" | "opera" | "brave" | "blink" => Some("chromium"),
        "gecko" | "mozilla" => Some("firefox"),
        "all" => Some(ALL_PROFILES),
        other => Profile::named(other).map(|profile| profile.name()),
    }
}

/// The key of a step: of the site of an origin, or of a text that is not an origin.
fn partition_key(text: &str) -> PartitionKey {
    match Page::new(text) {
        Ok(top_level) => PartitionKey::of_top_level(top_level.origin(), Sites::default()),
        Err(_) => PartitionKey::new(text),
    }
}

fn standard() -> String {
    Profile::standard().name().to_owned()
}

impl Case {
    /// The name of the case. Its verdict has the same name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Plays the case in the profile that it names, or in all of [`Profile::all`] if it says `all`.
    ///
    /// Each step is fetched in turn, in one user agent.
    ///
    /// # Errors
    /// The case is invalid.
    pub fn play(&self) -> Result<CaseVerdict, InvalidCase> {
        if self.profile == ALL_PROFILES {
            // The lists of responses are written for the requests of the first profile, the standard.
            let mut runs: Vec<Run> = Vec::new();
            for profile in Profile::all() {
                let meant = runs.first().map(|(_, steps)| kinds_of_requests(steps)).unwrap_or_default();
                runs.push(self.run(profile, &meant)?);
            }
            return Ok(CaseVerdict::of_all(self, runs));
        }
        let profile = Profile::named(&self.profile).ok_or_else(|| {
            let names = Profile::all().map(|profile| profile.name()).join(", ");
            let given = &self.profile;
            let hint = profile_of_browser(given);
            let hint = hint.map_or(String::new(), |profile| format!("; did you mean `{profile}`?"));
            let message = format!("unknown profile `{given}`, expected one of: {names}, all{hint}");
            InvalidCase::new("profile", message)
        })?;
        self.play_with(profile)
    }

    /// Plays the case in the given profile, instead of the profile that it names.
    ///
    /// # Errors
    /// As for [`play`](Self::play).
    pub fn play_with(&self, profile: Profile) -> Result<CaseVerdict, InvalidCase> {
        Ok(CaseVerdict::of_one(self, self.run(profile, &[])?))
    }

    /// Plays all steps. `meant` has the kinds of the requests for which the responses of each step were written, if they are
    /// known.
    fn run(&self, profile: Profile, meant: &[Vec<RequestKind>]) -> Result<Run, InvalidCase> {
        let name = profile.name();
        let profile = match self.header_names {
            HeaderNames::Canonical => profile,
            HeaderNames::LowerCase => profile.with_lower_case_header_names(true),
        };
        self.check_addresses()?;
        let mut server = self.server()?;
        let mut oracle = Oracle::with_user_agent(self.page()?, UserAgent::new(profile));
        let mut results: Vec<StepResult> = Vec::new();
        for (index, step) in self.steps.iter().enumerate() {
            let meant = meant.get(index).map_or(&[][..], Vec::as_slice);
            let inside = |invalid: InvalidCase| invalid.inside(format!("steps[{index}]"));
            let at = step.at().map_err(inside)?;
            let cache = self.cache_of(step, at, &results).map_err(inside)?;
            let result = step.play(&mut oracle, self, server.as_deref_mut(), cache.as_ref(), meant);
            results.push(result.map_err(inside)?);
        }
        Ok((name, results))
    }

    /// The server of all steps, if the case has one.
    fn server(&self) -> Result<Option<Box<dyn Server>>, InvalidCase> {
        Ok(match (&self.routes, &self.server) {
            (Some(_), Some(_)) => {
                return Err(InvalidCase::new("server", "a case cannot have both `routes` and `server`"));
            }
            (Some(routes), None) => Some(Box::new(CaseRoute::all(routes)?)),
            (None, Some(server)) => {
                Some(Box::new(server.build().map_err(|invalid| invalid.inside("server"))?))
            }
            (None, None) => None,
        })
    }

    fn page(&self) -> Result<Page, InvalidCase> {
        Ok(self.in_network(page(&self.page, self.origin.as_deref(), self.document.as_deref())?))
    }
}

/// The page of a case or of a step. All opaque origins of a case are the same.
fn page(written: &str, origin: Option<&str>, document: Option<&str>) -> Result<Page, InvalidCase> {
    let url = if written == "null" { "about:srcdoc" } else { written };
    let parse = |url: &str| Url::parse(url).map_err(|error| InvalidCase::new("page", error));
    let page = match origin {
        Some(origin) => Page::with_origin(parse(url)?, origin_named(origin)?),
        None => match Page::new(url) {
            Err(InvalidPage::OpaqueOrigin) => Page::with_origin(parse(url)?, OPAQUE),
            Err(error @ InvalidPage::Url(_)) => {
                return Err(InvalidCase::new("page", format!("`{url}` is not a URL: {error}")));
            }
            page => page.map_err(|error| InvalidCase::new("page", error))?,
        },
    };
    Ok(match document {
        Some(document) => {
            page.with_document_url(Url::parse(document).map_err(|error| InvalidCase::new("document", error))?)
        }
        None => page,
    })
}

/// The opaque origin of a case.
const OPAQUE: Origin = Origin::Opaque(OpaqueOrigin(0));

fn origin_named(serialization: &str) -> Result<Origin, InvalidCase> {
    match serialization {
        "null" => Ok(OPAQUE),
        other => {
            let origin = other.parse().map_err(|error| InvalidCase::new("origin", error))?;
            Ok(Origin::Tuple(origin))
        }
    }
}

/// The kinds of the requests of each step, in order.
fn kinds_of_requests(steps: &[StepResult]) -> Vec<Vec<RequestKind>> {
    let kinds = |step: &StepResult| match step {
        Ok(transcript) => transcript.requests().map(|request| request.kind).collect(),
        Err(_) => Vec::new(),
    };
    steps.iter().map(kinds).collect()
}

impl CaseStep {
    /// The page of this step, if it has one of its own.
    fn own_page(&self) -> Result<Option<Page>, InvalidCase> {
        let (origin, document) = (self.origin.as_deref(), self.document.as_deref());
        match &self.page {
            Some(url) => page(url, origin, document).map(Some),
            None if origin.is_some() => Err(InvalidCase::new("origin", "it needs a `page`")),
            None if document.is_some() => Err(InvalidCase::new("document", "it needs a `page`")),
            None => Ok(None),
        }
    }

    fn at(&self) -> Result<Timestamp, InvalidCase> {
        let at = Duration::try_from_secs_f64(self.at).map_err(|error| InvalidCase::new("at", error))?;
        Ok(Timestamp::from_duration(at))
    }

    fn play(
        &self,
        oracle: &mut Oracle,
        case: &Case,
        server: Option<&mut (dyn Server + 'static)>,
        cache: Option<&HttpCache<'_>>,
        meant: &[RequestKind],
    ) -> Result<StepResult, InvalidCase> {
        let at = self.at()?;
        if at < oracle.now() {
            return Err(InvalidCase::new("at", "the time is earlier than that of the previous step"));
        }
        oracle.advance(at.since(oracle.now()));
        if server.is_some() && !self.responses.is_empty() {
            return Err(InvalidCase::new(
                "responses",
                "a step cannot have responses if the case has `routes` or `server`",
            ));
        }
        let own_page = self.own_page()?.map(|page| case.in_network(page));
        let page = own_page.as_ref().unwrap_or(oracle.page());
        let built = self.request.build(page).map_err(|invalid| invalid.inside("request"))?;
        let mut request = match built {
            Ok(request) => request,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Some(partition) = &self.partition {
            request.partition = Some(partition_key(partition));
        }
        if let Some(server) = server {
            return Ok(Ok(match cache {
                Some(cache) => oracle.fetch_with_cache(request, server, cache),
                None => oracle.fetch(request, server),
            }));
        }
        if let Some(cache) = cache {
            let mut script = CaseScript::new(&self.responses, 0, meant)?;
            return Ok(Ok(oracle.fetch_with_cache(request, &mut script, cache)));
        }
        let in_first = |invalid: InvalidCase| invalid.inside("responses[0]");
        let worker = self.responses.first().map(CaseResponse::to_service_worker_response);
        Ok(Ok(match worker.transpose().map_err(in_first)?.flatten() {
            Some(response) => {
                let mut script = CaseScript::new(&self.responses, 1, meant)?;
                oracle.fetch_from_service_worker(request, response, &mut script)
            }
            None => oracle.fetch(request, &mut CaseScript::new(&self.responses, 0, meant)?),
        }))
    }
}
