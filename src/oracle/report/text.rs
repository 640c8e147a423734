//! Texts from outside: nothing reaches a terminal raw or without end.

use std::fmt::{self, Write};

use crate::{browser::Reason, standard::StandardStep};

/// How many characters of one text are shown. Sentences are far shorter. Lists of names from outside may be
/// longer.
const SHOWN_CHARS: usize = 2_000;

/// A text in which characters that do not print are escaped. What comes after [`SHOWN_CHARS`] is only
/// counted.
pub(super) fn shown(text: impl fmt::Display) -> String {
    let mut shown = Shown::default();
    write!(shown, "{text}").expect("writing to a string does not fail");
    if shown.chars > SHOWN_CHARS {
        shown.text.push_str(&format!("… ({} characters)", shown.chars));
    }
    shown.text
}

/// One of this crate's messages, which begin in lower case and have no full stop, as a whole sentence.
pub(super) fn sentence(message: impl fmt::Display) -> String {
    let mut sentence = clause(message);
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    sentence
}

/// One of this crate's messages as the end of a sentence, behind a colon.
pub(super) fn clause(message: impl fmt::Display) -> String {
    let mut clause = shown(message);
    if !clause.ends_with('.') {
        clause.push('.');
    }
    clause
}

/// Returns whether a rule refused something. A request that the network failed, that could not be sent, or
/// that was canceled, is not blocked.
pub(super) fn is_refusal(reason: &Reason) -> bool {
    !is_about_script(reason)
        && !matches!(
            reason,
            Reason::Network
                | Reason::PreflightNetworkError
                | Reason::Canceled
                | Reason::Timeout
                | Reason::UnsendableRequest
        )
}

/// Returns whether nothing failed, except that the scripted responses are not those for these requests.
pub(super) fn is_about_script(reason: &Reason) -> bool {
    matches!(reason, Reason::NoScriptedResponse | Reason::ScriptedForOtherRequest { .. })
}

/// As wide as a label, for further lines of a labelled text.
pub(super) const BELOW_LABEL: &str = "             ";

pub(super) fn labelled(label: &str) -> String {
    format!("   {:<10}", format!("{label}:"))
}

pub(super) fn write_labelled(
    f: &mut fmt::Formatter<'_>,
    label: &str,
    text: impl fmt::Display,
) -> fmt::Result {
    writeln!(f, "{}{}", labelled(label), shown(text))
}

pub(super) fn write_sentence(
    f: &mut fmt::Formatter<'_>,
    label: &str,
    message: impl fmt::Display,
) -> fmt::Result {
    writeln!(f, "{}{}", labelled(label), sentence(message))
}

/// Ends a headline with the step that decided: in brackets in the short form, and otherwise below it, with
/// its link.
pub(super) fn write_step(f: &mut fmt::Formatter<'_>, step: StandardStep) -> fmt::Result {
    if f.alternate() {
        return writeln!(f, " [{step}]");
    }
    writeln!(f)?;
    write_labelled(f, "Step", format_args!("{step}, {}", step.link()))
}

#[derive(Default)]
struct Shown {
    text: String,
    chars: usize,
}

impl Write for Shown {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            self.chars = self.chars.saturating_add(1);
            match character {
                _ if self.chars > SHOWN_CHARS => {}
                // These print. `escape_debug` escapes them for string literals.
                '"' | '\'' | '\\' => self.text.push(character),
                _ => self.text.extend(character.escape_debug()),
            }
        }
        Ok(())
    }
}
