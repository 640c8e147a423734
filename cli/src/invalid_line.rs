//! Where and why a line is neither a case nor a question, in the terms of JSON instead of those of Rust.

// Programs that include this file include that one, too.
#[path = "suggestion.rs"]
mod suggestion;

use std::fmt;

use crossorigin::oracle::case::InvalidCase;
use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};
use serde_json::error::Category;

pub(crate) use self::suggestion::nearest;

/// An invalid line. `Display` prints where and why: `steps[0].request.mode: unknown value …`.
#[derive(Debug)]
pub(crate) struct InvalidLine {
    /// The path of the value; empty for the whole line.
    at: String,
    message: String,
    /// Counted in bytes, from 1.
    column: Option<usize>,
}

impl InvalidLine {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { at: String::new(), message: message.into(), column: None }
    }

    /// Parses a line that was found to be invalid once more, slowly, to find where.
    pub(crate) fn find<T: DeserializeOwned>(line: &[u8]) -> Self {
        let mut deserializer = serde_json::Deserializer::from_slice(line);
        let Err(error) = serde_path_to_error::deserialize::<_, T>(&mut deserializer) else {
            return Self::new("something follows the JSON object");
        };
        let mut at = error.path().to_string();
        let error = error.into_inner();
        let message = without_position(&error);
        let is_json = serde_json::from_slice::<IgnoredAny>(line).is_ok();
        let message = match error.classify() {
            Category::Eof => "the line ends inside of a JSON object, which must be on one line".to_owned(),
            Category::Syntax if !is_json => format!("not valid JSON: {message}"),
            // Valid JSON, but of another type than what must be there.
            Category::Syntax if message == "trailing characters" => "the list is too long".to_owned(),
            Category::Syntax => "expected a string".to_owned(),
            Category::Data | Category::Io => in_terms_of_json(&message),
        };
        // The column says where; the path may be incomplete.
        if !is_json || at == "." {
            at.clear();
        }
        Self { at, message, column: (error.line() == 1).then_some(error.column()) }
    }

    /// The column, if it is known.
    pub(crate) fn column(&self) -> Option<usize> {
        self.column
    }
}

impl From<InvalidCase> for InvalidLine {
    fn from(invalid: InvalidCase) -> Self {
        Self { at: invalid.at().to_owned(), message: invalid.message().to_owned(), column: None }
    }
}

impl fmt::Display for InvalidLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.at.is_empty() {
            write!(f, "{}: ", self.at)?;
        }
        f.write_str(&self.message)
    }
}

/// Returns whether a line asks a policy something: a field that no case has is enough, because others may be misspelt.
pub(crate) fn is_question(line: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Fields {
        ask: Option<IgnoredAny>,
        policy: Option<IgnoredAny>,
    }
    serde_json::from_slice(line).is_ok_and(|Fields { ask, policy }| ask.is_some() || policy.is_some())
}

/// The message without the line and the column that `serde_json` adds.
fn without_position(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    message.strip_suffix(&position).unwrap_or(&message).to_owned()
}

/// A message of `serde`, in which types are those of JSON.
fn in_terms_of_json(message: &str) -> String {
    // The last one: what comes before it may quote the line.
    let Some((found, expected)) = message.rsplit_once(", expected ") else { return message.to_owned() };
    if let Some(name) = found.strip_prefix("unknown field ") {
        return unknown_field(name, expected);
    }
    if found.starts_with("invalid length ") && expected.starts_with("struct ") {
        return "expected an object, but this is a list".to_owned();
    }
    let expected = match expected {
        "a sequence" => "a list",
        "a map" => "an object",
        "a tuple of size 2" => "a list of a name and a value",
        "u16" => "a whole number from 0 to 65535",
        "f64" => "a number",
        _ if expected.starts_with("struct ") => "an object",
        _ => expected,
    };
    if let Some(name) = found.strip_prefix("unknown variant ") {
        return format!("unknown value {name}, expected {expected}");
    }
    if let Some(length) = found.strip_prefix("invalid length ") {
        return format!("expected {expected}, but this is a list of length {length}");
    }
    let found = found.strip_prefix("invalid type: ").or_else(|| found.strip_prefix("invalid value: "));
    match found {
        Some("sequence") => format!("expected {expected}, but this is a list"),
        Some("map") => format!("expected {expected}, but this is an object"),
        Some(found) => {
            format!("expected {expected}, but this is the {}", found.replacen("floating point", "number", 1))
        }
        None => message.to_owned(),
    }
}

/// The message for an unknown field, with the field that is probably meant.
fn unknown_field(name: &str, expected: &str) -> String {
    let known: Vec<_> = expected.split('`').skip(1).step_by(2).collect();
    let hint = nearest(name.trim_matches('`'), &known);
    let hint = hint.map_or(String::new(), |field| format!("; did you mean `{field}`?"));
    format!("unknown field {name}, expected {expected}{hint}")
}
