//! The states of a fetch, gathered.

use crate::browser::{Exchange, NetworkError, Redirect, Response};

/// What a fetch ended in.
///
/// The error is boxed, since it explains itself at length.
pub type Outcome = Result<Box<Response>, Box<NetworkError>>;

/// What has to happen next. There is always one thing, and only one.
#[derive(Debug, Clone)]
#[must_use = "a fetch goes on only when its step is taken"]
pub enum Step {
    /// Send a request, and say what came back.
    Send(Exchange),
    /// A redirect wants to be followed.
    Redirect(Redirect),
    /// The fetch is over.
    Done(Outcome),
}
