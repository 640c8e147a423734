//! What is wrong with a case or a question.

/// An invalid case or question: what is wrong, and where.
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

    /// The same error with its place inside of something.
    pub(super) fn inside(mut self, outer: impl std::fmt::Display) -> Self {
        self.at = format!("{outer}.{}", self.at);
        self
    }

    /// The place in the case, such as `steps[0].request.method`.
    #[must_use]
    pub fn at(&self) -> &str {
        &self.at
    }

    /// What is wrong there.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}
