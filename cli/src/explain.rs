//! Stories and cases, explained for people.

use std::{
    error::Error,
    io::{BufRead, BufReader},
};

use crossorigin::oracle::case::{Case, CaseVerdict};

use crate::{Failure, arguments::Explain, ask::open, complain, stories::telling, terminal::Terminal};

/// Explains the cases in the files, or tells the stories if there are none.
pub(crate) fn run(explain: &Explain) -> Result<(), Failure> {
    let mut terminal = Terminal::new(explain.width, explain.colour);
    if explain.files.is_empty() {
        telling::tell(&explain.only, &mut terminal)?;
    } else {
        explain_files(explain, &mut terminal)?;
    }
    Ok(terminal.finish()?)
}

/// Explains the cases in the files. An invalid line is complained of, and the others are explained all the same.
fn explain_files(explain: &Explain, terminal: &mut Terminal) -> Result<(), Failure> {
    let mut missing = explain.only.clone();
    let mut invalid = 0_usize;
    for path in &explain.files {
        let unreadable = |error| Failure::Unreadable { path: path.clone(), error };
        let lines = BufReader::new(open(path).map_err(unreadable)?).split(b'\n');
        for (line, number) in lines.zip(1_usize..) {
            match explain_line(&line.map_err(unreadable)?, &explain.only) {
                Ok(None) => {}
                Ok(Some((case, verdict))) => {
                    missing.retain(|only| only != case.id());
                    terminal.title(case.id())?;
                    terminal.report(&verdict)?;
                }
                Err(error) => {
                    invalid += 1;
                    complain(format_args!("{}, line {number}: {error}", path.display()));
                }
            }
        }
    }
    match missing.into_iter().next() {
        Some(only) => Err(Failure::NoSuchCase { only }),
        None if invalid > 0 => Err(Failure::InvalidLines { lines: invalid }),
        None => Ok(()),
    }
}

/// A case and its verdict; nothing if the line is empty, or the case is not wanted.
fn explain_line(line: &[u8], only: &[String]) -> Result<Option<(Case, CaseVerdict)>, Box<dyn Error>> {
    if line.trim_ascii().is_empty() {
        return Ok(None);
    }
    let case: Case = serde_json::from_slice(line)?;
    if !only.is_empty() && !only.iter().any(|only| only == case.id()) {
        return Ok(None);
    }
    let verdict = case.play()?;
    Ok(Some((case, verdict)))
}
