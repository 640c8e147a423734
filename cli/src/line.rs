//! The result of one line. The fuzz targets and the benchmarks include this file too.

use std::io::{self, Write};

use crossorigin::oracle::case::{Case, Question};
use serde::Serialize;

use super::invalid_line::{InvalidLine, is_question};

/// Writes the result of one line, without a line end: the verdict on a case, the responses to a question, or
/// where and why the line is invalid. Returns whether it was valid.
pub(crate) fn process(line: &[u8], output: &mut impl Write) -> io::Result<bool> {
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
