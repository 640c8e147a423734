//! Cases and verdicts: the oracle as data, for programs in any language.
//!
//! A [`Case`] is a page and what it fetches, one fetch after another, with the answers of the server. [`Case::play`]
//! plays it; a [`Verdict`] says what came of it. Both are plain data for `serde`; one JSON object a line is how the
//! `oracle` example reads and writes them.
//!
//! ```
//! use crossorigin::oracle::case::{Case, Verdict};
//! let case: Case = serde_json::from_str(r#"{
//!     "id": "put", "page": "https://app.example",
//!     "steps": [{"request": {"method": "PUT", "url": "https://api.example/items/7"},
//!                "responses": [{"status": 204, "headers": [["access-control-allow-origin", "*"]]}]}]}"#)?;
//! let verdict = Verdict::new(&case.id, &case.play()?);
//! assert_eq!(verdict.steps[0].reason, Some("MethodNotAllowed"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod latin1;
mod question;
mod request;
mod server;
mod verdict;
mod verdicts;

pub use answer::{CaseAnswer, CaseRoute};
pub use latin1::Latin1;
pub use question::{Answers, AskedRequest, PolicyAnswer, Question};
pub use request::CaseRequest;
pub use server::CaseServer;
pub use verdict::{SentRequest, StepVerdict, Verdict, VerdictWarning};
pub use verdicts::{VerdictParting, Verdicts};

use crate::browser::{Page, PartitionKey, Profile, Refusal, Timestamp, UserAgent};
use crate::oracle::{Oracle, Script, Server, Transcript};
use crate::origin::{OpaqueOrigin, Origin};
use answer::to_answers;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;
use std::time::Duration;
use url::Url;

/// A page and the fetches it makes, one after another, with one preflight cache.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Case {
    /// What the verdict is known by.
    pub id: String,
    /// The page: its URL, or the serialization of its origin; `null` is an opaque one.
    pub page: String,
    /// The profile of the user agent; `standard` if absent. [`ALL_PROFILES`] stands for every one, and is not for
    /// [`play`](Self::play).
    #[serde(default = "standard")]
    pub profile: String,
    /// The fetches.
    pub steps: Vec<CaseStep>,
    /// A server with answers for each URL, for all steps, instead of their `responses`.
    #[serde(default)]
    pub routes: Option<BTreeMap<String, CaseRoute>>,
    /// A policy in front of a handler, for all steps, instead of their `responses`.
    #[serde(default)]
    pub server: Option<CaseServer>,
    #[serde(default, rename = "about")]
    _about: IgnoredAny,
    #[serde(default, rename = "area")]
    _area: IgnoredAny,
    #[serde(default, rename = "source")]
    _source: IgnoredAny,
    #[serde(default, rename = "needs")]
    _needs: IgnoredAny,
    #[serde(default, rename = "observed")]
    _observed: IgnoredAny,
}

/// One fetch of a case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CaseStep {
    /// When, in seconds since an epoch; never earlier than the step before.
    #[serde(default)]
    pub at: f64,
    /// The network partition key; that of a page alone in its tab if absent.
    #[serde(default)]
    pub partition: Option<String>,
    /// What is fetched.
    pub request: CaseRequest,
    /// The answers, in the order in which requests go out.
    #[serde(default)]
    pub responses: Vec<CaseAnswer>,
    #[serde(default, rename = "expect")]
    _expect: IgnoredAny,
}

/// What a case has for its profile if it is to be played in all: see [`Case::play_in_all`].
pub const ALL_PROFILES: &str = "all";

/// What came of one step.
#[derive(Debug, Clone)]
pub enum Played {
    /// It was fetched.
    Fetched(Box<Transcript>),
    /// A door refused it.
    Refused(Refusal),
}

/// A case that is none: what is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {message}")]
pub struct InvalidCase {
    /// Where, such as `steps[0].request.method`.
    pub at: String,
    /// What is wrong.
    pub message: String,
}

impl InvalidCase {
    fn new(at: impl Into<String>, message: impl ToString) -> Self {
        Self { at: at.into(), message: message.to_string() }
    }

    /// The same, inside of something.
    fn inside(mut self, outer: impl std::fmt::Display) -> Self {
        self.at = format!("{outer}.{}", self.at);
        self
    }
}

fn standard() -> String {
    Profile::standard().name.to_owned()
}

impl Case {
    /// Plays the case: each step in turn, in one user agent.
    ///
    /// # Errors
    /// If something in the case is not what it should be; nothing is played then.
    pub fn play(&self) -> Result<Vec<Played>, InvalidCase> {
        self.play_with(self.profile()?)
    }

    /// Plays the case in a user agent of that profile, whatever profile the case has.
    ///
    /// # Errors
    /// As for [`play`](Self::play).
    pub fn play_with(&self, profile: Profile) -> Result<Vec<Played>, InvalidCase> {
        let mut server = self.server()?;
        let mut oracle = Oracle::with_user_agent(self.page()?, UserAgent::new(profile));
        let steps = self.steps.iter().enumerate().map(|(index, step)| {
            step.play(&mut oracle, server.as_deref_mut())
                .map_err(|invalid| invalid.inside(format!("steps[{index}]")))
        });
        steps.collect()
    }

    /// Plays the case in each of [`Profile::all`], whatever profile the case has; [`Verdicts`] says where they part.
    ///
    /// # Errors
    /// As for [`play`](Self::play).
    pub fn play_in_all(&self) -> Result<Vec<(&'static str, Vec<Played>)>, InvalidCase> {
        Profile::all().into_iter().map(|profile| Ok((profile.name, self.play_with(profile)?))).collect()
    }

    /// The server of all steps, if they have one.
    fn server(&self) -> Result<Option<Box<dyn Server>>, InvalidCase> {
        Ok(match (&self.routes, &self.server) {
            (Some(_), Some(_)) => return Err(InvalidCase::new("server", "the case has `routes` already")),
            (Some(routes), None) => Some(Box::new(CaseRoute::all(routes)?)),
            (None, Some(server)) => {
                Some(Box::new(server.build().map_err(|invalid| invalid.inside("server"))?))
            }
            (None, None) => None,
        })
    }

    fn page(&self) -> Result<Page, InvalidCase> {
        if self.page == "null" {
            let url = Url::parse("about:srcdoc").map_err(|error| InvalidCase::new("page", error))?;
            return Ok(Page::with_origin(url, Origin::Opaque(OpaqueOrigin(0))));
        }
        Page::new(&self.page).map_err(|error| InvalidCase::new("page", error))
    }

    fn profile(&self) -> Result<Profile, InvalidCase> {
        Profile::named(&self.profile).ok_or_else(|| {
            let names = Profile::all().map(|profile| profile.name).join(", ");
            InvalidCase::new("profile", format!("`{}` is not a profile: {names}", self.profile))
        })
    }
}

impl CaseStep {
    fn play(
        &self,
        oracle: &mut Oracle,
        server: Option<&mut (dyn Server + 'static)>,
    ) -> Result<Played, InvalidCase> {
        let at = Duration::try_from_secs_f64(self.at).map_err(|error| InvalidCase::new("at", error))?;
        let at = Timestamp::from_duration(at);
        if at < oracle.now() {
            return Err(InvalidCase::new("at", "time goes back"));
        }
        oracle.advance(at.since(oracle.now()));
        if server.is_some() && !self.responses.is_empty() {
            return Err(InvalidCase::new(
                "responses",
                "the case has `routes` or `server`, which answers instead",
            ));
        }
        let built = self.request.build(oracle.page()).map_err(|invalid| invalid.inside("request"))?;
        let mut request = match built {
            Ok(request) => request,
            Err(refusal) => return Ok(Played::Refused(refusal)),
        };
        if let Some(partition) = &self.partition {
            request.partition = Some(PartitionKey::new(partition));
        }
        let transcript = match server {
            Some(server) => oracle.fetch(request, server),
            None => oracle.fetch(request, &mut to_answers::<Script>("responses", &self.responses)?),
        };
        Ok(Played::Fetched(transcript.into()))
    }
}
