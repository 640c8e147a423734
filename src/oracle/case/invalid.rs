//! What is wrong with a case or a question.

/// The error for an invalid case or question: what is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {message}")]
pub struct InvalidCase {
    at: String,
    message: String,
}

impl InvalidCase {
    pub(super) fn new(at: impl Into<String>, message: impl ToString) -> Self {
        Self { at: at.into(), message: message.to_string() }
    }

    /// The same error inside of a field or an element.
    pub(super) fn inside(mut self, outer: impl std::fmt::Display) -> Self {
        self.at = format!("{outer}.{}", self.at);
        self
    }

    /// The path of the invalid field, such as `steps[0].request.method`.
    #[must_use]
    pub fn at(&self) -> &str {
        &self.at
    }

    /// What is wrong with the field.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}
