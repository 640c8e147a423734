//! Captures and cases, explained for people, or as JSON for programs.

use std::{
    io::{self, Write},
    path::Path,
};

use crossorigin::oracle::case::{Case, CaseVerdict};
use serde::de::IgnoredAny;

use crate::{
    Failure, Found,
    arguments::Explain,
    complain, input,
    invalid_line::{InvalidLine, is_question},
    lines::{BYTE_ORDER_MARK, Lines},
    shown_path,
    stories::telling,
    terminal::Terminal,
};

/// Explains the captures and the cases in the files, or tells the stories if there is no file.
pub(crate) fn run(explain: &Explain) -> Result<Found, Failure> {
    let mut terminal = Terminal::new(explain.width, explain.colour);
    let mut found = Found::NothingBlocked;
    if explain.files.is_empty() {
        telling::tell(&explain.only, &mut terminal)?;
    } else {
        found = explain_files(explain, &mut terminal)?;
    }
    terminal.finish()?;
    Ok(found)
}

/// The files so far.
pub(crate) struct Progress<'a> {
    pub(crate) explain: &'a Explain,
    pub(crate) terminal: &'a mut Terminal,
    /// The ids that were asked for and not found.
    missing: Vec<String>,
    invalid: usize,
    found: Found,
}

impl<'a> Progress<'a> {
    pub(crate) fn new(explain: &'a Explain, terminal: &'a mut Terminal) -> Self {
        let missing = explain.only.clone();
        Self { explain, terminal, missing, invalid: 0, found: Found::NothingBlocked }
    }

    /// Returns whether this id is to be explained, and remembers that it was found.
    pub(crate) fn wants(&mut self, id: &str) -> bool {
        self.missing.retain(|only| only != id);
        self.explain.only.is_empty() || self.explain.only.iter().any(|only| only == id)
    }

    pub(crate) fn note(&mut self, is_blocked: bool) {
        if is_blocked {
            self.found = Found::Blocked;
        }
    }

    pub(crate) fn finish(self) -> Result<Found, Failure> {
        match self.missing.into_iter().next() {
            Some(only) => Err(Failure::NoSuchCase { only }),
            None if self.invalid > 0 => Err(Failure::InvalidLines { lines: self.invalid }),
            None => Ok(self.found),
        }
    }
}

/// Writes an object on a line of its own.
pub(crate) fn write_json(object: &impl serde::Serialize) -> io::Result<()> {
    let mut output = io::stdout().lock();
    serde_json::to_writer(&mut output, object)?;
    output.write_all(b"\n")
}

fn explain_files(explain: &Explain, terminal: &mut Terminal) -> Result<Found, Failure> {
    let mut progress = Progress::new(explain, terminal);
    for path in &explain.files {
        let bytes = input::read(path)?;
        #[cfg(feature = "import")]
        if crate::capture::explain(path, &bytes, &mut progress)? {
            continue;
        }
        if !may_be_cases(&bytes) {
            return Err(Failure::UnknownFormat { path: path.clone() });
        }
        explain_cases(path, bytes, &mut progress)?;
    }
    progress.finish()
}

/// Returns whether the first line may be a case, even if it is an invalid one. An empty file has a message of its own.
fn may_be_cases(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes).trim_ascii_start();
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    text.is_empty() || line.starts_with(b"{") || serde_json::from_slice::<IgnoredAny>(line).is_ok()
}

/// Explains the cases in a file. An invalid line is reported, and the others are explained all the same.
fn explain_cases(path: &Path, bytes: Vec<u8>, progress: &mut Progress<'_>) -> Result<(), Failure> {
    let mut lines = Lines::of_bytes(path, bytes);
    let mut is_empty = true;
    while let Some((number, line)) = lines.next()? {
        is_empty = false;
        match explain_line(line, progress) {
            Ok(None) => {}
            Ok(Some((case, verdict))) => {
                let mut results = verdict.runs().flat_map(|(_, steps)| steps);
                progress.note(
                    results.any(|step| step.as_ref().is_ok_and(|it| it.outcome().is_err()) || step.is_err()),
                );
                if progress.explain.json {
                    write_json(&verdict)?;
                } else {
                    progress.terminal.title(case.id())?;
                    progress.terminal.report(&verdict)?;
                }
            }
            Err(error) => {
                progress.invalid = progress.invalid.saturating_add(1);
                complain_of_line(path, number, &error);
            }
        }
    }
    if is_empty { Err(Failure::Empty { path: path.to_owned() }) } else { Ok(()) }
}

/// A case and its verdict; `None` if the case is not wanted.
fn explain_line(
    line: &[u8],
    progress: &mut Progress<'_>,
) -> Result<Option<(Case, CaseVerdict)>, InvalidLine> {
    let Ok(case) = serde_json::from_slice::<Case>(line) else {
        return Err(if is_question(line) {
            InvalidLine::new("this is a question to a policy and not a case; use `crossorigin ask`")
        } else {
            InvalidLine::find::<Case>(line)
        });
    };
    if !progress.wants(case.id()) {
        return Ok(None);
    }
    let verdict = case.play()?;
    Ok(Some((case, verdict)))
}

fn complain_of_line(path: &Path, number: usize, error: &InvalidLine) {
    let path = shown_path(path);
    match error.column() {
        Some(column) => complain(format_args!("{path}, line {number}, column {column}: {error}")),
        None => complain(format_args!("{path}, line {number}: {error}")),
    }
}
