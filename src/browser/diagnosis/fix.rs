//! What to do about a refusal.

use std::fmt;

use http::{StatusCode, header::HeaderName};

use super::Reason;

/// What to do about a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fix {
    /// Fixable on the server: the same response with these header lines replacing its own would pass.
    Response {
        /// The status it must have, if its own is refused.
        status: Option<StatusCode>,
        /// The header lines, each replacing all lines of its name; one without a value must not be sent at all.
        headers: Vec<(HeaderName, Option<String>)>,
    },
    /// No header of the server helps. The sentence says what does.
    NotServerSide(&'static str),
}

impl Fix {
    /// The fix for a refusal that no response had a part in, or in which the response does not matter.
    pub(crate) fn of_reason(reason: &Reason) -> Self {
        Self::NotServerSide(match reason {
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
            Reason::Canceled | Reason::RedirectBlocked => {
                "No server can help: the user agent stopped the fetch."
            }
            Reason::CorsDisabledByEmbedder | Reason::OriginHeaderUnavailable => {
                "No server can help: this is how the user agent is configured."
            }
            Reason::LocalNetworkDenied => {
                "No server can help: the user has to allow access to the local network."
            }
            Reason::AddressSpaceMismatch => {
                "No server can help: the page has to announce the right address space."
            }
            // These come with a response, and `fixes` finds the lines that it would need.
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
            | Reason::CorpDefaultedByCoep => "Answer differently.",
        })
    }

    /// The fix as lines for people: header lines as they go over the wire, or the sentence.
    ///
    /// ```
    /// use crossorigin::browser::Fix;
    /// let fix = Fix::NotServerSide("Ask for a URL of the page's own origin.");
    /// assert_eq!(fix.lines(), ["Ask for a URL of the page's own origin."]);
    /// ```
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Response { status, headers } => {
                let status = status.map(|status| format!("status {} (any from 200 to 299)", status.as_u16()));
                let headers = headers.iter().map(|(name, value)| match value {
                    Some(value) => format!("{}: {value}", CanonicalName(name)),
                    None => format!("(no {})", CanonicalName(name)),
                });
                status.into_iter().chain(headers).collect()
            }
            Self::NotServerSide(sentence) => vec![(*sentence).to_owned()],
        }
    }
}

impl fmt::Display for Fix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines().join("\n"))
    }
}

/// A header name as the standard writes it: `Access-Control-Allow-Origin`.
pub(crate) struct CanonicalName<'a>(pub(crate) &'a HeaderName);

impl fmt::Display for CanonicalName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Two that people know, and would take for a mistake.
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
