//! The verdict on a case: each of its steps, in each of its profiles.

use std::fmt;

use super::{
    comparison::{DifferenceFromStandard, group_by_report},
    refusal::Refused,
};
use crate::{
    browser::Refusal,
    oracle::{
        case::{CaseVerdict, first_difference},
        transcript::Transcript,
    },
};

impl fmt::Display for CaseVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let brief = f.alternate();
        let (_, standard) = self.runs().next().unwrap_or_default();
        let reports = self.runs().map(|(profile, steps)| {
            let steps = Steps { standard, steps };
            (profile, if brief { format!("{steps:#}") } else { format!("{steps}") })
        });
        let mut gap = "";
        for (profiles, report) in group_by_report(reports) {
            match profiles.as_slice() {
                _ if !self.is_of_all_profiles() => {}
                [profile] => writeln!(f, "{gap}In the profile {profile}:\n")?,
                profiles => writeln!(f, "{gap}In the profiles {}:\n", profiles.join(", "))?,
            }
            f.write_str(&report)?;
            gap = "\n";
        }
        Ok(())
    }
}

/// The steps of a case in one profile, in their order, and where they first differ from the standard.
struct Steps<'a> {
    standard: &'a [Result<Transcript, Refusal>],
    steps: &'a [Result<Transcript, Refusal>],
}

impl fmt::Display for Steps<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.steps.iter().enumerate() {
            f.write_str(if index > 0 { "\n" } else { "" })?;
            match step {
                Ok(transcript) => transcript.fmt(f)?,
                Err(refusal) => Refused(refusal).fmt(f)?,
            }
        }
        let Some((index, difference)) = first_difference(self.standard, self.steps) else { return Ok(()) };
        let (Some(Ok(standard)), Some(Ok(other))) = (self.standard.get(index), self.steps.get(index)) else {
            return Ok(());
        };
        let step = (self.steps.len() > 1).then_some(index.saturating_add(1));
        write!(f, "\n{}", DifferenceFromStandard { step, difference, standard, other })
    }
}
