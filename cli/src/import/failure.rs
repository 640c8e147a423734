//! Why a request of a capture got no response: the browser's words, and what the case format calls the failure.

use crossorigin::browser::Reason;

/// Reasons that are failures of the user agent, with their names in the case format.
const FAILURES: [(&str, &str); 6] = [
    ("ContentSecurityPolicy", "content-security-policy"),
    ("MixedContent", "mixed-content"),
    ("BadPort", "bad-port"),
    ("OpaqueResponseBlocking", "opaque-response-blocking"),
    ("Timeout", "timeout"),
    ("Canceled", "canceled"),
];

/// Chromium's words in messages of DevTools, which are not those of its console.
const BLOCKED_REASONS: [(&str, &str); 2] =
    [("csp", "content-security-policy"), ("mixed-content", "mixed-content")];

/// The name of the failure in the case format; `None` if the browser's words name no failure that it has.
pub(super) fn failure_of(text: &str) -> Option<&'static str> {
    if let Some((_, failure)) = BLOCKED_REASONS.iter().find(|(reason, _)| *reason == text) {
        return Some(failure);
    }
    let [(_, named)] = Reason::named_in_console(text).try_into().ok()?;
    FAILURES.iter().find(|(reason, _)| *reason == named).map(|(_, failure)| *failure)
}
