//! Header names as people know them.

use std::fmt;

use http::header::HeaderName;

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
