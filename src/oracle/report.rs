//! A transcript, printed for people.
//!
//! The messages are numbered, requests marked with `>` and answers with `<`. The decisions stand below the message that
//! they are about, each with its step of the standard in brackets. The outcome comes last, and on refusal the cure.

mod comparison;
mod message;
mod outcome;
mod paper;

use crate::browser::without_credentials;
use crate::browser::{Decision, Finding, Refusal, Request};
use crate::oracle::{Comparison, Event, Transcript};
use crate::origin::Origin;
use comparison::write_comparison;
use message::{write_answer, write_failure, write_request};
use outcome::{write_outcome, write_refusal};
use paper::{Margin, Paper, Style, Text};
use std::fmt;

/// How a [`Transcript`] or a [`Refusal`] is printed: to a width, with or without colour.
///
/// Lines are broken at spaces, never inside a word, so a word longer than the width stands out. Colours are ANSI escape
/// sequences, and repeat what the words say.
///
/// Messages may be hostile, a terminal must not suffer from it: whatever is not printable is escaped, long values are
/// shortened and say how long they were, and long lists are cut and say how many more there were.
///
/// ```
/// use crossorigin::browser::Page;
/// use crossorigin::http::Response;
/// use crossorigin::oracle::{Oracle, Report};
///
/// let mut oracle = Oracle::new(Page::new("https://app.example/")?);
/// let request = oracle.page().fetch("https://api.example/").build()?;
/// let transcript = oracle.fetch(request, &mut |_: &_| Response::new(()));
/// let narrow = Report { width: 60, colour: false };
/// assert!(transcript.display(narrow).to_string().contains("
/// BLOCKED at the answer: the answer has no
///    Access-Control-Allow-Origin header."));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Report {
    /// Columns to wrap to; 100 by default.
    pub width: usize,
    /// Whether to use ANSI colours; not by default.
    pub colour: bool,
}

impl Default for Report {
    fn default() -> Self {
        Self { width: 100, colour: false }
    }
}

impl Report {
    /// What a door refused, to be printed.
    ///
    /// ```
    /// use crossorigin::browser::Page;
    /// use crossorigin::oracle::Report;
    ///
    /// let page = Page::new("https://app.example/")?;
    /// let refusal = page.fetch("https://api.example/").method("TRACE").build().unwrap_err();
    /// assert!(Report::default().refusal(&refusal).to_string().starts_with("REFUSED by fetch(): "));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn refusal(self, refusal: &Refusal) -> impl fmt::Display {
        Printed(move |paper: &mut Paper<'_, '_>| write_refusal(paper, refusal), self)
    }

    /// A paragraph of your own, wrapped, escaped and bounded like all the rest, with a line end.
    ///
    /// ```
    /// use crossorigin::oracle::Report;
    /// let report = Report { width: 10, colour: false };
    /// assert_eq!(report.paragraph("One, two, \x1b[31mthree.").to_string(), "One, two,\n\\u{1b}[31mthree.\n");
    /// ```
    #[must_use]
    pub fn paragraph(self, text: &str) -> impl fmt::Display {
        Printed(move |paper: &mut Paper<'_, '_>| paper.write(Margin::NONE, &Text::new().plain(text)), self)
    }

    pub(super) fn comparison(self, comparison: &Comparison) -> impl fmt::Display {
        Printed(move |paper: &mut Paper<'_, '_>| write_comparison(paper, comparison), self)
    }

    pub(super) fn transcript(self, transcript: &Transcript) -> impl fmt::Display {
        Printed(move |paper: &mut Paper<'_, '_>| write_transcript(paper, transcript), self)
    }
}

/// Something that can be written on paper, with the paper's kind.
struct Printed<F>(F, Report);

impl<F> fmt::Display for Printed<F>
where
    F: Fn(&mut Paper<'_, '_>) -> fmt::Result,
{
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.0)(&mut Paper::new(self.1, formatter))
    }
}

fn write_transcript(paper: &mut Paper<'_, '_>, transcript: &Transcript) -> fmt::Result {
    write_opening(paper, transcript.request())?;
    let mut number = 0_usize;
    for event in transcript.events() {
        if !matches!(event, Event::Decided(_)) {
            number = number.saturating_add(1);
            paper.empty_line()?;
        }
        match event {
            Event::Decided(decision) => write_decision(paper, decision)?,
            Event::Sent(request) => write_request(paper, number, request)?,
            Event::Received(head) => write_answer(paper, number, head)?,
            Event::Failed(failure) => write_failure(paper, number, *failure)?,
        }
    }
    paper.empty_line()?;
    write_outcome(paper, transcript)
}

/// Who asks for what.
fn write_opening(paper: &mut Paper<'_, '_>, request: &Request) -> fmt::Result {
    let text = Text::new()
        .plain(format_args!("A page of {} asks for", Asking(&request.origin)))
        .styled(Style::Method, &request.method)
        .plain(format_args!(
            "{} with mode \"{}\" and credentials mode \"{}\".",
            without_credentials(request.url.clone()),
            request.mode.as_str(),
            request.credentials.as_str()
        ));
    paper.write(Margin { first: "", rest: "   " }, &text)
}

/// An origin, and that it is opaque: `null` alone could be taken for a mistake.
struct Asking<'a>(&'a Origin);

impl fmt::Display for Asking<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Origin::Tuple(tuple) => write!(formatter, "origin {}", tuple.as_str()),
            Origin::Opaque(_) => formatter.write_str("opaque origin (null)"),
        }
    }
}

fn write_decision(paper: &mut Paper<'_, '_>, decision: &Decision) -> fmt::Result {
    // These two belong to the outcome, which says them in its own words.
    if matches!(decision.finding, Finding::Delivered(_) | Finding::TimingHidden) {
        return Ok(());
    }
    let text = Text::new().sentence(&decision.finding).step(decision.step);
    paper.write(Margin { first: "   - ", rest: "     " }, &text)
}
