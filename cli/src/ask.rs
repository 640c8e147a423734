//! The oracle as a program: cases in, verdicts out; questions to policies in, responses out. One JSON object
//! a line, in the same order.
//!
//! An invalid line gives `{"id": …, "invalid": "where and why"}` in its place, and the program goes on.

use std::{
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use crate::{Failure, line, lines::Lines};

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
    if invalid > 0 { Err(Failure::InvalidResults { lines: invalid }) } else { Ok(()) }
}

/// Returns the number of invalid lines.
fn process_lines(mut lines: Lines, output: &mut impl Write) -> Result<usize, Failure> {
    let mut invalid = 0;
    while let Some((_, line)) = lines.next()? {
        invalid += usize::from(!line::process(line, output)?);
        output.write_all(b"\n")?;
        // A program that sends one line at a time waits for each result.
        if lines.has_to_wait() {
            output.flush()?;
        }
    }
    Ok(invalid)
}
