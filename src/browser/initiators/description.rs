//! The table of initiators in words.

use super::{BodyRule, CredentialsRule, HeaderRule, Initiator, ModeRule, UrlRule};
use crate::{
    browser::modes::{CacheMode, RedirectMode},
    standard::StandardStep,
};

/// For `docs/initiators.md`. The text may change in any version.
#[doc(hidden)]
impl Initiator {
    /// The cells of a row, without the initiator's name: mode, credentials mode, destinations, everything
    /// else, and what a page or the user agent may set.
    #[must_use]
    pub fn description(self) -> [String; 5] {
        let entry = self.entry();
        let mode = match entry.mode {
            ModeRule::Attribute => "\"no-cors\"; with the attribute, \"cors\"".to_owned(),
            ModeRule::AttributeOrSameOrigin => "\"same-origin\"; with the attribute, \"cors\"".to_owned(),
            ModeRule::Module => "\"cors\"; for the script of a worker, \"same-origin\"".to_owned(),
            ModeRule::BodyType => {
                "\"no-cors\"; with a `Content-Type` that is not safelisted, \"cors\"".to_owned()
            }
            ModeRule::Script => "\"cors\" by default".to_owned(),
            ModeRule::Fixed(mode) => format!("\"{mode}\""),
        };
        let credentials = match entry.credentials {
            CredentialsRule::Attribute => {
                "\"include\"; with `anonymous`, \"same-origin\"; with `use-credentials`, \"include\""
                    .to_owned()
            }
            CredentialsRule::AttributeOrSameOrigin => {
                "\"same-origin\"; with `use-credentials`, \"include\"".to_owned()
            }
            CredentialsRule::WithCredentials => {
                "\"same-origin\"; by `withCredentials`, \"include\"".to_owned()
            }
            CredentialsRule::Script => "\"same-origin\" by default".to_owned(),
            CredentialsRule::Fixed(credentials) => format!("\"{credentials}\""),
        };
        let destinations = entry.destinations.iter().map(|destination| format!("\"{destination}\""));
        let destinations = destinations.collect::<Vec<_>>().join(", ");
        [mode, credentials, destinations, self.further(), self.settings()]
    }

    /// The algorithm that makes the request.
    #[must_use]
    pub fn algorithm(self) -> StandardStep {
        StandardStep::new(self.entry().algorithm, "")
    }

    /// What differs from a `GET` request without a body, headers and flags.
    fn further(self) -> String {
        let entry = self.entry();
        let mut all = Vec::new();
        if let [method, others @ ..] = entry.methods {
            match others {
                [] if *method == "GET" => {}
                [] => all.push(format!("method `{method}`")),
                _ => all.push(format!("method `{method}`, or `{}`", others.join("`, `"))),
            }
        }
        all.extend(entry.own_headers.iter().map(|(name, value)| format!("`{name}: {value}`")));
        match entry.body {
            BodyRule::Own => all.push("a body".to_owned()),
            BodyRule::Form => all.push("a form's body with `POST`".to_owned()),
            BodyRule::None | BodyRule::Replayable | BodyRule::Any => {}
        }
        if entry.redirect != RedirectMode::Follow {
            all.push(format!("redirect mode \"{}\"", entry.redirect));
        }
        if entry.cache != CacheMode::Default {
            all.push(format!("cache mode \"{}\"", entry.cache));
        }
        if !entry.has_referrer {
            all.push("no referrer".to_owned());
        }
        match entry.url {
            UrlRule::Any => {}
            UrlRule::Http => all.push("only `http:` and `https:`".to_owned()),
            UrlRule::WebSocket => all.push("`ws:` becomes `http:`, `wss:` becomes `https:`".to_owned()),
            UrlRule::WebTransport => all.push("only `https:`".to_owned()),
        }
        if entry.unsafe_request {
            all.push("unsafe-request flag".to_owned());
        }
        all.join("; ")
    }

    /// The methods of the builder that have an effect.
    fn settings(self) -> String {
        let entry = self.entry();
        let mut all = Vec::new();
        if entry.has_attribute() {
            all.push("`crossorigin`".to_owned());
        }
        if self.chooses_credentials() {
            all.push("`credentials`".to_owned());
        }
        if entry.methods.len() != 1 {
            all.push("`method`".to_owned());
        }
        match entry.headers {
            HeaderRule::Only([]) => {}
            HeaderRule::Only(names) => all.push(format!("`header`: `{}`", names.join("`, `"))),
            HeaderRule::Script => all.push("`header`".to_owned()),
        }
        if matches!(entry.body, BodyRule::Replayable | BodyRule::Form | BodyRule::Any) {
            all.push("`body`".to_owned());
        }
        if entry.destinations.len() > 1 {
            all.push("`destination`".to_owned());
        }
        all.join(", ")
    }
}
