//! Warnings, each with its best fix.

use std::fmt;

use http::header::{ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS};

use super::text::{BELOW_LABEL, shown, write_labelled, write_sentence};
use crate::browser::{Fix, NetworkError, Phase, Reason, Side, Warning};

/// How many warnings are shown.
const SHOWN_WARNINGS: usize = 16;

/// Writes warnings beside these fixes. No fix is written twice.
pub(super) fn write_warnings<'a>(
    f: &mut fmt::Formatter<'_>,
    warnings: impl Iterator<Item = &'a Warning> + Clone,
    fixes: &[Fix],
) -> fmt::Result {
    for warning in warnings.clone().take(SHOWN_WARNINGS) {
        write_sentence(f, "Warning", warning)?;
        let best = warning.fixes().into_iter().next();
        let is_new = |fix: &Fix| fixes.iter().all(|other| other.text() != fix.text());
        // The short form has only what is the matter.
        if let Some(fix) = best.filter(|fix| !f.alternate() && is_new(fix)) {
            writeln!(f, "{BELOW_LABEL}Fix: {}", shown(fix.text()))?;
        }
    }
    match warnings.count().saturating_sub(SHOWN_WARNINGS) {
        0 => Ok(()),
        more => write_labelled(f, "Warning", format_args!("There are {more} more.")),
    }
}

/// Returns whether the error, or one of its fixes that are shown, says what the warning says.
pub(super) fn is_said(warning: &Warning, error: &NetworkError, fixes: &[Fix]) -> bool {
    let has_side = |side| fixes.iter().any(|fix| fix.side() == side);
    match (warning, error.reason()) {
        (Warning::ResponseNotFromApplication { .. }, _) => {
            has_side(Side::Between) || error.phase() == Phase::Preflight
        }
        (Warning::MethodCaseMismatch { .. }, Reason::MethodNotAllowed { .. }) => has_side(Side::Page),
        (Warning::AllowOriginTrailingSlash { .. }, Reason::AllowOriginInvalid { .. })
        | (Warning::AllowCredentialsIgnored, Reason::AllowOriginWildcardWithCredentials { .. }) => true,
        (
            Warning::WildcardIgnoredWithCredentials { header },
            Reason::MethodNotAllowed { wildcard_ignored: true, .. },
        ) => *header == ACCESS_CONTROL_ALLOW_METHODS,
        (
            Warning::WildcardIgnoredWithCredentials { header },
            Reason::HeaderNotAllowed { wildcard_ignored: true, .. },
        ) => *header == ACCESS_CONTROL_ALLOW_HEADERS,
        _ => false,
    }
}
