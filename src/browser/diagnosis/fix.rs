//! What to do about a refusal.

use std::{borrow::Cow, fmt};

use http::{StatusCode, header::HeaderName};

use super::Reason;
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
}

impl Side {
    /// The side's name, as verdicts write it: `server`, `page` or `user`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Page => "page",
            Self::User => "user",
        }
    }
}

/// What to do about a refusal: one sentence and, if a response must change, the lines that it needs.
///
/// `Display` writes the sentence, and the caution after it if there is one.
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
/// assert_eq!(fix.side(), Some(Side::Server));
/// assert_eq!(fix.text(), "Respond with `Access-Control-Allow-Origin: https://app.example`.");
/// assert_eq!(fix.lines(), ["Access-Control-Allow-Origin: https://app.example"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    side: Option<Side>,
    text: Cow<'static, str>,
    status: Option<StatusCode>,
    headers: Vec<(HeaderName, Option<String>)>,
    caution: Option<&'static str>,
}

impl Fix {
    /// Something that the server must do.
    pub(crate) fn on_server(text: &'static str) -> Self {
        Self { side: Some(Side::Server), ..Self::elsewhere(text) }
    }

    /// Something that the server cannot do.
    pub(crate) fn elsewhere(text: &'static str) -> Self {
        Self { side: None, text: Cow::Borrowed(text), status: None, headers: Vec::new(), caution: None }
    }

    /// A change of the refused response; `None` if nothing is to change.
    pub(crate) fn of_response(
        kind: RequestKind,
        refused: &ResponseHead,
        status: Option<StatusCode>,
        headers: Vec<(HeaderName, Option<String>)>,
    ) -> Option<Self> {
        if status.is_none() && headers.is_empty() {
            return None;
        }
        let text = text_of_response(kind, refused, status, &headers).into();
        let says_null = headers.iter().any(|(_, value)| value.as_deref() == Some("null"));
        let caution = says_null.then_some(NULL_CAUTION);
        Some(Self { side: Some(Side::Server), text, status, headers, caution })
    }

    /// The fixes for a refusal without a response, or in which the response does not matter, best first.
    pub(crate) fn of_reason(reason: &Reason) -> Vec<Self> {
        let elsewhere = |text| vec![Self::elsewhere(text)];
        let on_server = |text| vec![Self::on_server(text)];
        match reason {
            Reason::ModeSameOrigin => elsewhere("Use mode \"cors\" in the page; no response header helps."),
            Reason::NoCorsRedirectModeNotFollow => elsewhere(
                "Use redirect mode \"follow\" in the page, or mode \"cors\" if the server supports CORS; \
                 no response header helps.",
            ),
            Reason::SchemeNotHttp { .. } => {
                elsewhere("Use an http or https URL in the page; no response header helps.")
            }
            Reason::SchemeNotFetchable { .. } => elsewhere(
                "Use an http or https URL in the page, or let the user agent load this URL itself; no \
                 response header helps.",
            ),
            Reason::PreflightNetworkError => elsewhere(
                "Make sure that the server can be reached and responds to OPTIONS requests; no response \
                 header helps before it does.",
            ),
            Reason::RedirectModeError { .. } => vec![
                Self::on_server("Respond without a redirect; no response header helps."),
                Self::elsewhere("Use redirect mode \"follow\" in the page."),
            ],
            Reason::TooManyRedirects => {
                on_server("Redirect 20 times at most; check whether the redirects form a loop.")
            }
            Reason::LocationInvalid { .. } => on_server("Send a Location header that is a valid URL."),
            Reason::LocationMultiple => on_server("Send one Location header."),
            Reason::LocationSchemeNotHttp { .. } => on_server("Redirect to an http or https URL."),
            Reason::StreamBodyNotSupported => elsewhere(
                "Send a Blob, an ArrayBuffer or a text instead of a stream in the page; no response header \
                 helps.",
            ),
            Reason::BodyNotReplayable { .. } => vec![
                Self::on_server("Respond with status 303 or without a redirect; no response header helps."),
                Self::elsewhere("Send bytes instead of a stream in the page."),
            ],
            Reason::OpaquePartialResponse { .. } => elsewhere(
                "Let the page's service worker give a complete response to a request without a Range \
                 header; no change on the server helps.",
            ),
            Reason::ServiceWorkerResponseTypeNotAllowed { .. } => elsewhere(
                "Let the page's service worker give a response of a type that this request accepts; no \
                 change on the server helps.",
            ),
            Reason::ServiceWorkerResponseRedirected => elsewhere(
                "Let the page's service worker give a response that was not redirected, or use redirect \
                 mode \"follow\" in the page; no change on the server helps.",
            ),
            Reason::Network => elsewhere(
                "Make sure that the server can be reached; no response header helps before it responds.",
            ),
            Reason::Canceled => elsewhere(
                "Find out what canceled the fetch, such as a script or a navigation; no change on the \
                 server helps.",
            ),
            Reason::RedirectBlocked => {
                elsewhere("Let the user agent follow this redirect; no response header helps.")
            }
            Reason::ContentSecurityPolicy => elsewhere(
                "Allow the URL in the Content-Security-Policy of the page, for example in `connect-src`; no \
                 header of this response helps.",
            ),
            Reason::MixedContent => {
                elsewhere("Use an https or wss URL in the page; no response header helps.")
            }
            Reason::BadPort => {
                on_server("Offer the resource at another port, such as 443; no response header helps.")
            }
            Reason::Nosniff => on_server(
                "Respond with the right Content-Type: `text/javascript` for a script, `text/css` for a style \
                 sheet.",
            ),
            Reason::MimeType => on_server("Respond with `Content-Type: text/javascript`."),
            Reason::Integrity => elsewhere(
                "Update the hash in the page, or offer the file that the hash belongs to; no response header \
                 helps.",
            ),
            Reason::OpaqueResponseBlocking => vec![
                Self::on_server("Respond with the Content-Type that the body has, such as `image/png`."),
                Self::elsewhere("Use mode \"cors\" in the page, and let the server allow it."),
            ],
            Reason::Timeout => elsewhere(
                "Make sure that the server can be reached and responds sooner; no response header helps.",
            ),
            Reason::UnsendableRequest => elsewhere(
                "Remove control characters from the headers in the page, or shorten the URL; no response \
                 header helps.",
            ),
            Reason::CorsDisabledByEmbedder => {
                elsewhere("Enable CORS in the user agent's settings; no response header helps.")
            }
            Reason::OriginHeaderUnavailable => elsewhere(
                "Let the user agent add the Origin header to its requests; no response header helps.",
            ),
            Reason::LocalNetworkDenied => elsewhere(
                "Allow the page to access the local network, in the browser's prompt or settings; no \
                 response header helps.",
            ),
            Reason::AddressSpaceMismatch => elsewhere(
                "Set `targetAddressSpace` in the page to the address space of the server; no response \
                 header helps.",
            ),
            // These have a response, and `fixes` finds the lines that it needs.
            Reason::AllowOriginMissing
            | Reason::AllowOriginMultiple { .. }
            | Reason::AllowOriginInvalid { .. }
            | Reason::AllowOriginMismatch { .. }
            | Reason::AllowOriginWildcardWithCredentials { .. }
            | Reason::AllowOriginNullButOriginNotNull { .. }
            | Reason::AllowCredentialsMissing
            | Reason::AllowCredentialsNotTrue { .. }
            | Reason::PreflightRedirect { .. }
            | Reason::PreflightStatus { .. }
            | Reason::AllowMethodsInvalid { .. }
            | Reason::AllowHeadersInvalid { .. }
            | Reason::MethodNotAllowed { .. }
            | Reason::HeaderNotAllowed { .. }
            | Reason::AuthorizationNeedsExplicitListing { .. }
            | Reason::LocationIncludesCredentials { .. }
            | Reason::CorpSameOrigin
            | Reason::CorpSameSite
            | Reason::CorpDefaultedByCoep => Vec::new(),
        }
    }

    /// Who can do it. `None` if [`Side`] has no name for them yet.
    #[must_use]
    pub fn side(&self) -> Option<Side> {
        self.side
    }

    /// One sentence that says what to do, with the values.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The status that the response must have, if its status is refused: 204. Every status from 200 to 299 passes.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// The header lines that the response must have, each in place of all lines of its name. The response must not have a
    /// header whose value is `None`.
    #[must_use]
    pub fn headers(&self) -> &[(HeaderName, Option<String>)] {
        &self.headers
    }

    /// One sentence about a risk of the fix, if it has one.
    #[must_use]
    pub fn caution(&self) -> Option<&str> {
        self.caution
    }

    /// The changes of the response as lines: the status, and the headers as they go over the wire. Empty if the response
    /// need not change.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let status = self.status.map(|status| format!("status {} (any from 200 to 299)", status.as_u16()));
        let headers = self.headers.iter().map(|(name, value)| match value {
            Some(value) => format!("{}: {value}", CanonicalName(name)),
            None => format!("(no {})", CanonicalName(name)),
        });
        status.into_iter().chain(headers).collect()
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

/// Returns a sentence such as "Respond to the preflight with a status from 200 to 299 and `Access-Control-Allow-Methods: PUT`."
fn text_of_response(
    kind: RequestKind,
    refused: &ResponseHead,
    status: Option<StatusCode>,
    headers: &[(HeaderName, Option<String>)],
) -> String {
    let mut with: Vec<_> = status.map(|_| "a status from 200 to 299".to_owned()).into_iter().collect();
    let (mut without, mut replaced) = (Vec::new(), Vec::new());
    for (name, value) in headers {
        match value {
            Some(value) => {
                with.push(format!("`{}: {value}`", CanonicalName(name)));
                replaced.push(name);
            }
            None => without.push(format!("the {} header", CanonicalName(name))),
        }
    }
    let mut text = match kind {
        RequestKind::Preflight => "Respond to the preflight",
        RequestKind::Actual => "Respond",
    }
    .to_owned();
    for (preposition, things) in [(" with ", with), (" without ", without)] {
        if let Some((last, rest)) = things.split_last() {
            text += preposition;
            if !rest.is_empty() {
                text = text + &rest.join(", ") + " and ";
            }
            text += last;
        }
    }
    text += match refused.headers.iter().filter(|(name, _)| replaced.contains(name)).count() {
        0 => "",
        1 => " (replace the existing header)",
        _ => " (replace the existing headers)",
    };
    text + "."
}

/// A header name as the standard writes it: `Access-Control-Allow-Origin`.
pub(crate) struct CanonicalName<'a>(pub(crate) &'a HeaderName);

impl fmt::Display for CanonicalName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // People know these two, and would take another spelling for a mistake.
        match self.0.as_str() {
            "etag" => return f.write_str("ETag"),
            "www-authenticate" => return f.write_str("WWW-Authenticate"),
            _ => {}
        }
        for (index, word) in self.0.as_str().split('-').enumerate() {
            let mut letters = word.chars();
            let first = letters.next().map(|letter| letter.to_ascii_uppercase());
            write!(
                f,
                "{}{}{}",
                if index == 0 { "" } else { "-" },
                first.map_or(String::new(), String::from),
                letters.as_str()
            )?;
        }
        Ok(())
    }
}
