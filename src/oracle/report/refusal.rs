//! A refusal before any fetch began.

use std::fmt;

use super::text::{clause, write_sentence, write_step};
use crate::browser::Refusal;

/// A refusal in the form of a transcript's outcome.
pub(super) struct Refused<'a>(pub(super) &'a Refusal);

impl fmt::Display for Refused<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let initiator = self.0.initiator().as_str();
        write!(f, "REFUSED by {initiator}: {} Nothing was sent.", clause(self.0.reason()))?;
        write_step(f, self.0.step())?;
        self.0.fixes().iter().try_for_each(|fix| write_sentence(f, "Fix", fix.text()))
    }
}
