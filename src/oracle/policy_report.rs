//! What a policy said about a request.

use std::fmt;

use http::{
    HeaderMap, HeaderName,
    header::{ACCESS_CONTROL_REQUEST_METHOD, ORIGIN},
};

use crate::{
    browser::{Fix, OutgoingRequest, Side},
    byte_string::Escaped,
    server::{Explanation, PolicyRefusal, Suggestion, Verdict, with_sources},
};

/// What a [`Policy`](crate::server::Policy) of the server said about a request. `Display` is one sentence.
///
/// A [`PolicyServer`](super::PolicyServer) reports all of it. From the response of an application behind the layer of this crate,
/// the oracle takes the [`Verdict`] that the layer leaves in the extensions of the response.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PolicyReport {
    /// The verdict. A refusal has the reason.
    pub verdict: Verdict,
    /// The changes after which a refused request would be accepted, if they are known. A [`Verdict`] alone has only the first thing
    /// that is refused.
    pub suggestions: Vec<Suggestion>,
    /// The header that is refused, if one is.
    refused_header: Option<String>,
}

impl PolicyReport {
    pub(super) fn of_verdict(verdict: Verdict) -> Self {
        Self { verdict, suggestions: Vec::new(), refused_header: None }
    }

    pub(super) fn of_explanation(explanation: Explanation) -> Self {
        let suggestions = explanation.suggestions;
        Self { suggestions, ..Self::of_verdict(explanation.decision.verdict()) }
    }

    /// The same report with the name of the refused header, which a verdict has only by its position.
    pub(super) fn about(mut self, request: &OutgoingRequest) -> Self {
        let headers = HeaderMap::try_from(&request.headers).unwrap_or_default();
        let name = self.refusal().and_then(|refusal| refusal.header_name(&headers));
        self.refused_header = name.map(shown);
        if self.suggestions.is_empty() {
            self.suggestions.extend(self.suggestion(request));
        }
        self
    }

    /// What to change in the policy, as far as the verdict shows it.
    fn suggestion(&self, request: &OutgoingRequest) -> Option<Suggestion> {
        let value = |name: HeaderName| request.headers.get(&name).map(|value| shown(&value));
        match self.refusal()? {
            PolicyRefusal::OriginNotAllowed => value(ORIGIN).map(Suggestion::AllowOrigin),
            PolicyRefusal::MethodNotAllowed => {
                value(ACCESS_CONTROL_REQUEST_METHOD).map(Suggestion::AllowMethod)
            }
            PolicyRefusal::HeaderNotAllowed { .. } => {
                self.refused_header.clone().map(|name| Suggestion::AllowHeaders(vec![name]))
            }
            PolicyRefusal::NullOrigin => Some(Suggestion::AllowNullOrigin),
            _ => None,
        }
    }

    /// The reason why the policy refuses the request, if it does.
    pub(super) fn refusal(&self) -> Option<PolicyRefusal> {
        match self.verdict {
            Verdict::Refuse(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// What to do about a refusal, as the policy suggests it.
    pub(super) fn fixes(&self) -> Vec<Fix> {
        let fixes = self.suggestions.iter().map(|suggestion| match suggestion {
            Suggestion::AllowHeaders(_) | Suggestion::AllowMethod(_) | Suggestion::AllowOrigin(_) => {
                Fix::new(Side::Server, format!("In the server's policy, {suggestion}."))
            }
            _ => Fix::new(Side::Page, format!("In the page, {suggestion}.")),
        });
        fixes.collect()
    }

    #[cfg(feature = "serde")]
    pub(super) fn refused_header(&self) -> Option<&str> {
        self.refused_header.as_deref()
    }
}

/// A text with printable characters only.
fn shown(bytes: &[u8]) -> String {
    Escaped { bytes, shown: bytes.len() }.to_string()
}

impl fmt::Display for PolicyReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(refusal) = self.refusal() else {
            return f.write_str(match self.verdict {
                Verdict::NotApplicable => "the server's policy does not apply to this request",
                _ => "the server's policy allows this request",
            });
        };
        write!(
            f,
            "the server's policy refuses this request ({}): {}",
            refusal.name(),
            with_sources(&refusal)
        )?;
        if let Some(name) = &self.refused_header {
            write!(f, ": `{name}`")?;
        }
        for suggestion in &self.suggestions {
            write!(f, "; to change this, {suggestion}")?;
        }
        Ok(())
    }
}
