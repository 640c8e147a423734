//! What the server would have to send instead.

use crate::browser::cors_check::{Asked, allows_credentials, cors_check};
use crate::browser::fetch_state::{Fetch, ResponseTainting};
use crate::browser::preflight_fetch::{Lists, allows_method, not_allowed};
use crate::browser::{Profile, Reason, ResponseHead};
use crate::status::is_ok_status;
use http::StatusCode;
use http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, HeaderName, LOCATION,
};
use std::fmt;

/// What would have to change so that the refused answer passes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cure {
    /// The server can mend it: the refused answer, with these lines instead of all its own of the same names, is not
    /// refused again, neither for the same reason nor for another.
    Answer {
        /// The status it must have, if its own is refused.
        status: Option<StatusCode>,
        /// The header lines, each replacing all lines of its name; one without a value must not be sent at all.
        headers: Vec<(HeaderName, Option<String>)>,
    },
    /// No header of the server helps; the sentence says what does.
    Elsewhere(&'static str),
}

impl Cure {
    /// The cure as lines for people: header lines as they go over the wire, or the sentence.
    ///
    /// ```
    /// use crossorigin::browser::Cure;
    /// let cure = Cure::Elsewhere("Ask for a URL of the page's own origin.");
    /// assert_eq!(cure.lines(), ["Ask for a URL of the page's own origin."]);
    /// ```
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Answer { status, headers } => {
                let status = status.map(|status| format!("status {} (any from 200 to 299)", status.as_u16()));
                let headers = headers.iter().map(|(name, value)| match value {
                    Some(value) => format!("{}: {value}", CanonicalName(name)),
                    None => format!("(no {})", CanonicalName(name)),
                });
                status.into_iter().chain(headers).collect()
            }
            Self::Elsewhere(sentence) => vec![(*sentence).to_owned()],
        }
    }
}

impl fmt::Display for Cure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.lines().join("\n"))
    }
}

/// A header name as the standard writes it: `Access-Control-Allow-Origin`.
pub(crate) struct CanonicalName<'a>(pub(crate) &'a HeaderName);

impl fmt::Display for CanonicalName<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Two that people know, and would take for a mistake.
        match self.0.as_str() {
            "etag" => return formatter.write_str("ETag"),
            "www-authenticate" => return formatter.write_str("WWW-Authenticate"),
            _ => {}
        }
        for (index, word) in self.0.as_str().split('-').enumerate() {
            let mut letters = word.chars();
            let first = letters.next().map(|letter| letter.to_ascii_uppercase());
            write!(
                formatter,
                "{}{}{}",
                if index == 0 { "" } else { "-" },
                first.map_or(String::new(), String::from),
                letters.as_str()
            )?;
        }
        Ok(())
    }
}

/// The cure for a refusal that no answer had a part in, or where the answer does not matter.
pub(crate) fn cure_without_answer(reason: &Reason) -> Cure {
    Cure::Elsewhere(match reason {
        Reason::ModeSameOrigin => {
            "No header helps: the page itself forbids other origins. Use mode \"cors\"."
        }
        Reason::NoCorsRedirectModeNotFollow => {
            "No header helps: use redirect mode \"follow\", or mode \"cors\" if the server takes part in CORS."
        }
        Reason::SchemeNotHttp { .. } => "No header helps: use an http or https URL.",
        Reason::SchemeNotFetchable { .. } => {
            "No header helps: the user agent has to answer such a URL itself."
        }
        Reason::PreflightNetworkError => {
            "No header helps before there is an answer: make the server reachable, and let it answer OPTIONS requests."
        }
        Reason::RedirectModeError { .. } => {
            "No header helps: answer without a redirect, or use redirect mode \"follow\"."
        }
        Reason::TooManyRedirects => "No header helps: shorten the chain of redirects; it may be a loop.",
        Reason::LocationInvalid { .. } => "Send a Location that is a URL.",
        Reason::LocationMultiple => "Send one Location header.",
        Reason::LocationSchemeNotHttp { .. } => "Redirect to an http or https URL.",
        Reason::BodyNotReplayable { .. } => {
            "No header helps: answer with 303, or without a redirect, or let the page send bytes instead of a stream."
        }
        Reason::OpaquePartialResponse { .. }
        | Reason::ServiceWorkerResponseTypeNotAllowed { .. }
        | Reason::ServiceWorkerResponseRedirected => {
            "No server can help: the page's own service worker gave the answer."
        }
        Reason::Network => "No header helps before there is an answer: make the server reachable.",
        Reason::Canceled | Reason::RedirectBlocked => "No server can help: the user agent stopped the fetch.",
        Reason::CorsDisabledByEmbedder | Reason::OriginHeaderUnavailable => {
            "No server can help: this is how the user agent is configured."
        }
        Reason::LocalNetworkDenied => {
            "No server can help: the user has to allow access to the local network."
        }
        Reason::AddressSpaceMismatch => {
            "No server can help: the page has to announce the right address space."
        }
        // All others come with an answer, and `cure_of_answer` knows them.
        _ => "Answer differently.",
    })
}

/// The cure for a refused answer to the actual request. `then` is what would refuse it next, or does already, because it
/// is a redirect: where no header helps against that, none helps at all.
pub(crate) fn cure_of_answer(
    fetch: &Fetch,
    profile: &Profile,
    reason: &Reason,
    then: Option<&Reason>,
    response: &ResponseHead,
) -> Cure {
    let mut headers = match reason {
        Reason::CorpSameOrigin | Reason::CorpSameSite | Reason::CorpDefaultedByCoep => {
            let name = HeaderName::from_static("cross-origin-resource-policy");
            vec![(name, Some("cross-origin".to_owned()))]
        }
        _ if fetch.tainting == ResponseTainting::Cors => {
            cors_check_headers(&fetch.asked_of_answer(profile, response), response)
        }
        _ => Vec::new(),
    };
    match then {
        None => {}
        Some(Reason::LocationIncludesCredentials { without_credentials, .. })
            if !fetch.cannot_send_again_after(response.status) =>
        {
            headers.push((LOCATION, Some(without_credentials.clone())));
        }
        Some(Reason::LocationIncludesCredentials { .. }) => {
            return cure_without_answer(&Reason::BodyNotReplayable { status: response.status });
        }
        Some(then) => return cure_without_answer(then),
    }
    if headers.is_empty() { cure_without_answer(reason) } else { Cure::Answer { status: None, headers } }
}

/// The cure for a refused answer to a preflight: all that keeps it from passing, at once.
pub(crate) fn cure_of_preflight(fetch: &Fetch, profile: &Profile, response: &ResponseHead) -> Cure {
    let status = (!is_ok_status(response.status)).then_some(StatusCode::NO_CONTENT);
    let mut headers = match fetch.check_preflight(profile, response) {
        Ok(_) => Vec::new(),
        Err(_) => cors_check_headers(&fetch.asked_of_preflight(profile), response),
    };
    let lists = Lists::extract(response);
    if lists.methods.is_invalid() || allows_method(fetch, profile, &lists).is_err() {
        let value = with_listed(lists.methods.items(), [fetch.request.method.as_str()]);
        headers.push((ACCESS_CONTROL_ALLOW_METHODS, Some(value)));
    }
    let missing = not_allowed(fetch, profile, &lists);
    if lists.header_names.is_invalid() || !missing.is_empty() {
        let value = with_listed(lists.header_names.items(), missing.iter().map(HeaderName::as_str));
        headers.push((ACCESS_CONTROL_ALLOW_HEADERS, (!value.is_empty()).then_some(value)));
    }
    Cure::Answer { status, headers }
}

fn cors_check_headers(asked: &Asked<'_>, response: &ResponseHead) -> Vec<(HeaderName, Option<String>)> {
    let mut headers = Vec::new();
    let Asked { origin, with_credentials } = *asked;
    match cors_check(asked, response) {
        Ok(_) => {}
        Err(Reason::AllowCredentialsMissing | Reason::AllowCredentialsNotTrue { .. }) => {
            headers.push((ACCESS_CONTROL_ALLOW_CREDENTIALS, Some("true".to_owned())));
        }
        Err(_) => {
            // `null` is no one's own origin, so `*` shares no more than `null` would.
            let value = if origin == "null" && !with_credentials { "*" } else { origin };
            headers.push((ACCESS_CONTROL_ALLOW_ORIGIN, Some(value.to_owned())));
            if with_credentials && !allows_credentials(response) {
                headers.push((ACCESS_CONTROL_ALLOW_CREDENTIALS, Some("true".to_owned())));
            }
        }
    }
    headers
}

/// What is listed already, and what is needed beside it.
fn with_listed<'a>(listed: &[&[u8]], needed: impl IntoIterator<Item = &'a str>) -> String {
    let listed = listed.iter().map(|element| String::from_utf8_lossy(element).into_owned());
    listed.chain(needed.into_iter().map(str::to_owned)).collect::<Vec<_>>().join(", ")
}
