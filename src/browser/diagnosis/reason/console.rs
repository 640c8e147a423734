//! What browsers print in their consoles.

use super::{Reason, table};

impl Reason {
    /// A fragment of the text that a browser prints in its console. `…` stands for a gap in the text. `profile` is the name of a
    /// profile: `chromium`, `firefox` or `webkit`. `None` if no specific text of the browser is known.
    ///
    /// [The page about consoles](crate::_documentation::console) has all texts, and what browsers print before and after them.
    ///
    /// ```
    /// use crossorigin::browser::Reason;
    /// let text = Reason::AllowOriginMissing.console_text("firefox");
    /// assert_eq!(text, Some("CORS header ‘Access-Control-Allow-Origin’ missing"));
    /// ```
    #[must_use]
    pub fn console_text(&self, profile: &str) -> Option<&'static str> {
        let entry = self.entry();
        match profile {
            "chromium" => entry.chromium.text,
            "firefox" => entry.firefox.text,
            "webkit" => entry.webkit,
            _ => None,
        }
    }

    /// The reasons for which browsers print a message in their consoles: the name of each, after the name of the profile of the
    /// browser that prints it. Several reasons can share a text. Empty for any other message.
    ///
    /// The message may also be a name in a browser's source code, such as `kMissingAllowOriginHeader`. If several texts are in the
    /// message, the longest counts.
    ///
    /// ```
    /// use crossorigin::browser::Reason;
    /// let message = "(Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200.";
    /// assert_eq!(Reason::named_in_console(message), [("firefox", "AllowOriginMissing")]);
    /// ```
    #[must_use]
    pub fn named_in_console(message: &str) -> Vec<(&'static str, &'static str)> {
        let mut found = Vec::new();
        let mut longest = 1;
        for (reason, entry) in table::ROWS {
            for (profile, text) in entry.texts() {
                // A gap says nothing.
                let length = text.chars().filter(|character| *character != '…').count();
                if length < longest || !has_fragment(message, text) {
                    continue;
                }
                if length > longest {
                    longest = length;
                    found.clear();
                }
                found.push((profile, *reason));
            }
        }
        found
    }
}

/// Returns whether a message has a fragment of a console's text, in which `…` is a gap. Older versions of Firefox have other quotes.
fn has_fragment(message: &str, fragment: &str) -> bool {
    let mut rest = message;
    fragment.split(['…', '‘', '’']).all(|part| {
        let found = rest.split_once(part.trim());
        rest = found.map_or(rest, |(_, after)| after);
        found.is_some()
    })
}
