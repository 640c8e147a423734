//! The oracle as a program: cases in, verdicts out; questions to policies in, responses out. One JSON object a line, in
//! the same order.
//!
//! An invalid line gives `{"id": …, "invalid": "where and why"}` in its place, and the program goes on.

use std::{
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use crossorigin::oracle::case::{Case, Question};
use serde::Serialize;

use crate::{
    Failure,
    invalid_line::{InvalidLine, is_question},
    lines::Lines,
};

/// Writes the verdict or the responses for every line of the files, or of standard input if there is no file.
pub(crate) fn run(files: &[PathBuf]) -> Result<(), Failure> {
    let standard_input = [Path::new("-").to_owned()];
    let files = if files.is_empty() { &standard_input } else { files };
    let mut output = BufWriter::new(io::stdout().lock());
    let mut invalid = 0;
    for path in files {
        invalid += process_lines(Lines::open(path)?, &mut output)?;
    }
    output.flush()?;
    if invalid > 0 { Err(Failure::InvalidLines { lines: invalid }) } else { Ok(()) }
}

/// Returns the number of invalid lines.
fn process_lines(mut lines: Lines, output: &mut impl Write) -> Result<usize, Failure> {
    let mut invalid = 0;
    while let Some((_, line)) = lines.next()? {
        invalid += usize::from(!process(line, output)?);
        output.write_all(b"\n")?;
        // A program that sends one line at a time waits for each result.
        if lines.has_to_wait() {
            output.flush()?;
        }
    }
    Ok(invalid)
}

/// Writes the result of one line, without a line end: the verdict on a case, the responses to a question, or where and why
/// the line is invalid. Returns whether it was valid.
fn process(line: &[u8], output: &mut impl Write) -> io::Result<bool> {
    // Nearly every line is a case, so that only other lines are parsed twice.
    let invalid = if let Ok(case) = serde_json::from_slice::<Case>(line) {
        match case.play() {
            Ok(verdict) => return write(output, &verdict),
            Err(invalid) => InvalidLine::from(invalid),
        }
    } else if is_question(line) {
        match serde_json::from_slice::<Question>(line) {
            Ok(question) => match question.decide() {
                Ok(responses) => return write(output, &responses),
                Err(invalid) => InvalidLine::from(invalid),
            },
            Err(_) => InvalidLine::find::<Question>(line),
        }
    } else {
        InvalidLine::find::<Case>(line)
    };
    let id =
        serde_json::from_slice::<serde_json::Map<_, _>>(line).ok().and_then(|mut line| line.remove("id"));
    let column = invalid.column().map_or(String::new(), |column| format!(" (column {column})"));
    write(output, &Invalid { id, invalid: format!("{invalid}{column}") })?;
    Ok(false)
}

fn write(output: &mut impl Write, result: &impl Serialize) -> io::Result<bool> {
    serde_json::to_writer(output, result)?;
    Ok(true)
}

#[derive(Serialize)]
struct Invalid {
    id: Option<serde_json::Value>,
    invalid: String,
}
