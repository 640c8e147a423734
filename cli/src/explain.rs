//! Cases, explained for people.

use std::path::Path;

use crossorigin::oracle::case::{Case, CaseVerdict};

use crate::{
    Failure,
    arguments::Explain,
    complain,
    invalid_line::{InvalidLine, is_question},
    lines::Lines,
    shown_path,
    stories::telling,
    terminal::Terminal,
};

/// Explains the cases in the files, or tells the stories if there is no file.
pub(crate) fn run(explain: &Explain) -> Result<(), Failure> {
    let mut terminal = Terminal::new(explain.width, explain.colour);
    if explain.files.is_empty() {
        telling::tell(&explain.only, &mut terminal)?;
    } else {
        explain_files(explain, &mut terminal)?;
    }
    Ok(terminal.finish()?)
}

/// Explains the cases in the files. An invalid line is reported, and the others are explained all the same.
fn explain_files(explain: &Explain, terminal: &mut Terminal) -> Result<(), Failure> {
    let mut missing = explain.only.clone();
    let mut invalid = 0_usize;
    for path in &explain.files {
        let mut lines = Lines::open(path)?;
        let mut is_empty = true;
        while let Some((number, line)) = lines.next()? {
            is_empty = false;
            match explain_line(line, &explain.only) {
                Ok(None) => {}
                Ok(Some((case, verdict))) => {
                    missing.retain(|only| only != case.id());
                    terminal.title(case.id())?;
                    terminal.report(&verdict)?;
                }
                Err(error) => {
                    invalid += 1;
                    complain_of_line(path, number, &error);
                }
            }
        }
        if is_empty {
            return Err(Failure::Empty { path: path.clone() });
        }
    }
    match missing.into_iter().next() {
        Some(only) => Err(Failure::NoSuchCase { only }),
        None if invalid > 0 => Err(Failure::InvalidLines { lines: invalid }),
        None => Ok(()),
    }
}

/// A case and its verdict; `None` if the case is not wanted.
fn explain_line(line: &[u8], only: &[String]) -> Result<Option<(Case, CaseVerdict)>, InvalidLine> {
    let Ok(case) = serde_json::from_slice::<Case>(line) else {
        return Err(if is_question(line) {
            InvalidLine::new("this is a question to a policy and not a case; use `crossorigin ask`")
        } else {
            InvalidLine::find::<Case>(line)
        });
    };
    if !only.is_empty() && !only.iter().any(|only| only == case.id()) {
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
