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

/// How other words begin: those of DevTools, which are not those of a console, and of curl without a connection.
const OTHER_WORDS: [(&str, &str); 7] = [
    ("csp", "content-security-policy"),
    ("mixed-content", "mixed-content"),
    ("curl: (6)", "network"),
    ("curl: (7)", "network"),
    ("curl: (28)", "timeout"),
    ("curl: (35)", "network"),
    ("curl: (60)", "network"),
];

/// The name of the failure in the case format; `None` if the browser's words name no failure that it has.
pub(super) fn failure_of(text: &str) -> Option<&'static str> {
    if let Some((_, failure)) = OTHER_WORDS.iter().find(|(words, _)| text.starts_with(words)) {
        return Some(failure);
    }
    let [(_, named)] = Reason::named_in_console(text).try_into().ok()?;
    FAILURES.iter().find(|(reason, _)| *reason == named).map(|(_, failure)| *failure)
}
