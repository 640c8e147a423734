//! The verdict on a case: each of its steps, in each of its profiles.

use std::fmt;

use super::{comparison::group_by_report, refusal::Refused};
use crate::{
    browser::Refusal,
    oracle::{case::CaseVerdict, transcript::Transcript},
};

impl fmt::Display for CaseVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let brief = f.alternate();
        let reports = self.runs().map(|(profile, steps)| {
            let steps = Steps(steps);
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

/// The steps of a case in one profile, in their order.
struct Steps<'a>(&'a [Result<Transcript, Refusal>]);

impl fmt::Display for Steps<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            f.write_str(if index > 0 { "\n" } else { "" })?;
            match step {
                Ok(transcript) => transcript.fmt(f)?,
                Err(refusal) => Refused(refusal).fmt(f)?,
            }
        }
        Ok(())
    }
}
