//! The oracle as a program: cases in, verdicts out; questions to policies in, responses out. One JSON object a line, in
//! the same order.
//!
//! A line that is neither gives `{"id": …, "invalid": "where and why"}` in its place, and the program goes on.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use crate::{Failure, line::answer};

/// Answers every line of the files, or of standard input if there are none.
pub(crate) fn run(files: &[PathBuf]) -> Result<(), Failure> {
    let mut output = BufWriter::new(io::stdout().lock());
    let mut invalid = 0;
    if files.is_empty() {
        invalid += answer_lines(Path::new("-"), io::stdin().lock(), &mut output)?;
    }
    for path in files {
        invalid += match open(path) {
            Ok(file) => answer_lines(path, file, &mut output)?,
            Err(error) => return Err(Failure::Unreadable { path: path.clone(), error }),
        };
    }
    output.flush()?;
    if invalid > 0 { Err(Failure::InvalidLines { lines: invalid }) } else { Ok(()) }
}

/// A file, or standard input for `-`.
pub(crate) fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    if path == Path::new("-") { Ok(Box::new(io::stdin().lock())) } else { Ok(Box::new(File::open(path)?)) }
}

/// Returns how many lines were invalid.
fn answer_lines(path: &Path, input: impl Read, output: &mut impl Write) -> Result<usize, Failure> {
    let mut input = BufReader::new(input);
    let mut invalid = 0;
    let mut line = Vec::new();
    loop {
        let read = input.read_until(b'\n', &mut line);
        if read.map_err(|error| Failure::Unreadable { path: path.to_owned(), error })? == 0 {
            return Ok(invalid);
        }
        if !line.trim_ascii().is_empty() {
            invalid += usize::from(!answer(&line, output)?);
            output.write_all(b"\n")?;
        }
        // Whoever asks line by line waits for each answer.
        if input.buffer().is_empty() {
            output.flush()?;
        }
        line.clear();
    }
}
