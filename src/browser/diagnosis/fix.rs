//! What to do about a refusal.

mod canonical_name;
mod local_network;
mod of_reason;
mod request_change;

use std::{borrow::Cow, fmt};

use http::{StatusCode, header::HeaderName};

pub(crate) use self::{canonical_name::CanonicalName, request_change::RequestChange};
use crate::browser::{outgoing_request::RequestKind, response_head::ResponseHead};

/// A request with credentials and an opaque origin needs `null`.
const NULL_CAUTION: &str =
    "Any site can send `Origin: null`, so this header lets every site read the response.";

/// Who can make a [`Fix`] happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Side {
    /// The server, whose response or redirect was refused.
    Server,
    /// The page, which makes the request.
    Page,
    /// The user, who grants permissions and sets preferences.
    User,
    /// Something between the page and the application, such as a gateway, a proxy or an error handler. It
    /// made or changed the response.
    Between,
}

impl Side {
    /// The side's name, as verdicts write it: `server`, `page`, `user` or `between`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Page => "page",
            Self::User => "user",
            Self::Between => "between",
        }
    }
}

/// What to do about a refusal: a text for people and, if a response must change, the lines that it needs.
///
/// `Display` writes the text, and the caution after it if there is one.
///
/// ```
/// use crossorigin::browser::{Page, Side, Step, Timestamp, UserAgent};
/// use crossorigin::http::Response;
/// let mut user_agent = UserAgent::default();
/// let request = Page::new("https://app.example/")?.fetch("https://api.example/").build()?;
/// let Step::Send(exchange) = user_agent.fetch(request, Timestamp::ZERO) else { panic!() };
/// let step = exchange.receive(Response::new(()), &mut user_agent, Timestamp::ZERO);
/// let Step::Done(Err(error)) = step else { panic!("{step:?}") };
/// let fix = &error.fixes()[0];
/// assert_eq!(fix.side(), Side::Server);
/// assert_eq!(fix.text(), "Respond with `Access-Control-Allow-Origin: https://app.example`.");
/// assert_eq!(fix.lines(), ["Access-Control-Allow-Origin: https://app.example"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    side: Side,
    text: Cow<'static, str>,
    status: Option<StatusCode>,
    headers: Vec<(HeaderName, Option<String>)>,
    change: Option<Box<RequestChange>>,
    caution: Option<&'static str>,
}

impl Fix {
    /// A fix that changes no header of the response.
    pub(crate) fn new(side: Side, text: impl Into<Cow<'static, str>>) -> Self {
        let (status, headers, change, caution) = (None, Vec::new(), None, None);
        Self { side, text: text.into(), status, headers, change, caution }
    }

    /// A change of the refused response by the server. `lead` says why, and ends in a colon or a full stop.
    pub(crate) fn of_response(lead: &str, refused: &ResponseHead, change: ResponseChange) -> Self {
        let clause = change.clause(refused);
        let text = match lead.is_empty() {
            true => format!("R{}", clause.strip_prefix('r').unwrap_or(&clause)),
            false => format!("{lead} {clause}"),
        };
        let says_null = change.headers.iter().any(|(_, value)| value.as_deref() == Some("null"));
        Self {
            status: change.status,
            headers: change.headers,
            caution: says_null.then_some(NULL_CAUTION),
            ..Self::new(Side::Server, text)
        }
    }

    pub(crate) fn with_side(self, side: Side) -> Self {
        Self { side, ..self }
    }

    /// A header that the server must send in place of all lines of its name. `lead` says for what, and ends in a colon.
    pub(crate) fn of_header(lead: &str, name: HeaderName, value: &str) -> Self {
        let line = format!("`{}: {value}`", CanonicalName(&name));
        let text = match lead.is_empty() {
            true => format!("Respond with {line}."),
            false => format!("{lead} respond with {line}."),
        };
        Self { headers: vec![(name, Some(value.to_owned()))], ..Self::new(Side::Server, text) }
    }

    /// Says how the fix changes the page's request.
    pub(crate) fn with_change(self, change: RequestChange) -> Self {
        Self { change: Some(Box::new(change)), ..self }
    }

    /// Adds a caution, unless the fix has one.
    pub(crate) fn with_caution(self, caution: Option<&'static str>) -> Self {
        Self { caution: self.caution.or(caution), ..self }
    }

    pub(crate) fn change(&self) -> Option<&RequestChange> {
        self.change.as_deref()
    }

    /// Who can do it.
    #[must_use]
    pub fn side(&self) -> Side {
        self.side
    }

    /// One sentence or two that say what to do, with the values.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The status that the response must have, if its status is refused: 204. Every status from 200 to 299
    /// passes.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// The header lines that the response must have, each in place of all lines of its name. The response
    /// must not have a header whose value is `None`.
    #[must_use]
    pub fn headers(&self) -> &[(HeaderName, Option<String>)] {
        &self.headers
    }

    /// One sentence about a risk of the fix, if it has one.
    #[must_use]
    pub fn caution(&self) -> Option<&str> {
        self.caution
    }

    /// The changes of the response as lines: the status, and the headers as they go over the wire. Empty if
    /// the response need not change.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let status = self.status.map(|status| format!("status {} (any from 200 to 299)", status.as_u16()));
        let headers = self.headers.iter().map(|(name, value)| match value {
            Some(value) => format!("{}: {value}", CanonicalName(name)),
            None => format!("(no {})", CanonicalName(name)),
        });
        status.into_iter().chain(headers).collect()
    }

    /// Changes a response as the fix says. Returns whether the fix changes the response.
    ///
    /// A response that was refused passes the same checks then. A fix of the page's side that also changes
    /// the response needs [both changes](Self::apply_to_request).
    ///
    /// ```
    /// use crossorigin::browser::{Page, ResponseHead, Step, Timestamp, UserAgent};
    /// # use crossorigin::http::Response;
    /// # let page = Page::new("https://app.example/")?;
    /// # let mut user_agent = UserAgent::default();
    /// # let mut play = |response: &ResponseHead| {
    /// #     let request = page.fetch("https://api.example/").build().unwrap();
    /// #     let Step::Send(exchange) = user_agent.fetch(request, Timestamp::ZERO) else { panic!() };
    /// #     let step = exchange.receive(response.clone(), &mut user_agent, Timestamp::ZERO);
    /// #     let Step::Done(outcome) = step else { panic!() };
    /// #     outcome
    /// # };
    /// let mut response = ResponseHead::from(Response::new(()));
    /// let error = play(&response).unwrap_err();
    /// assert!(error.fixes()[0].apply_to_response(&mut response));
    /// assert!(play(&response).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply_to_response(&self, response: &mut ResponseHead) -> bool {
        if let Some(status) = self.status {
            response.status = status;
        }
        for (name, value) in &self.headers {
            response.headers.delete(name);
            if let Some(value) = value {
                response.headers.push_valid(name.clone(), value.as_str());
            }
        }
        self.status.is_some() || !self.headers.is_empty()
    }
}

impl fmt::Display for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        match self.caution {
            Some(caution) => write!(f, " {caution}"),
            None => Ok(()),
        }
    }
}

/// A change of a refused response: its status, and the lines of headers that replace others of their names.
pub(crate) struct ResponseChange {
    pub(crate) kind: RequestKind,
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: Vec<(HeaderName, Option<String>)>,
}

impl ResponseChange {
    pub(crate) fn is_empty(&self) -> bool {
        self.status.is_none() && self.headers.is_empty()
    }

    /// A clause such as "respond to the preflight with a status from 200 to 299 and
    /// `Access-Control-Allow-Methods: PUT`."
    fn clause(&self, refused: &ResponseHead) -> String {
        let mut with: Vec<_> =
            self.status.map(|_| "a status from 200 to 299".to_owned()).into_iter().collect();
        let (mut without, mut replaced) = (Vec::new(), Vec::new());
        for (name, value) in &self.headers {
            match value {
                Some(value) => {
                    with.push(format!("`{}: {value}`", CanonicalName(name)));
                    replaced.push(name);
                }
                None => without.push(format!("the {} header", CanonicalName(name))),
            }
        }
        let mut text = match self.kind {
            RequestKind::Preflight => "respond to the preflight",
            RequestKind::Actual => "respond",
        }
        .to_owned();
        for (preposition, things) in [(" with ", with), (" without ", without)] {
            if !things.is_empty() {
                text = text + preposition + &enumerated(&things);
            }
        }
        text += match refused.headers.iter().filter(|(name, _)| replaced.contains(name)).count() {
            0 => "",
            1 => " (replace the existing header)",
            _ => " (replace the existing headers)",
        };
        text + "."
    }
}

/// Things as a sentence has them: `a, b and c`.
pub(crate) fn enumerated(things: &[String]) -> String {
    match things.split_last() {
        Some((last, rest)) if !rest.is_empty() => rest.join(", ") + " and " + last,
        _ => things.concat(),
    }
}
