//! The function that is called with each decision.

use std::{fmt, sync::Arc};

use super::source::RequestHead;
use crate::server::Decision;

type OnDecision = dyn Fn(RequestHead<'_>, &Decision<'_>) + Send + Sync;

/// A function of the user that sees each decision.
#[derive(Clone)]
pub(super) struct Hook(pub(super) Arc<OnDecision>);

impl fmt::Debug for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hook")
    }
}
