//! Cases in, verdicts out; questions to policies in, answers out: one JSON object a line, in the same order.
//!
//! ```text
//! cargo run --release --example oracle < tests/cases/wpt.jsonl
//! cargo run --release --example oracle -- FILE …
//! ```
//!
//! A case with `"profile": "all"` is played by the standard and in the profile of each engine, and its verdict has all of
//! them, with where they part from the standard:
//!
//! ```text
//! {"id": …, "profiles": {"standard": {"id": …, "steps": […]}, "chromium": …, "firefox": …, "webkit": …},
//!  "parts": [{"profile": "webkit", "at": "steps[0].requests[1]"}]}
//! ```
//!
//! A line that is neither gives `{"id": …, "invalid": "where and why"}` in its place; the program goes on, and exits
//! with 1 at the end.

#![allow(clippy::print_stderr, reason = "a program tells its user what went wrong")]

mod line;

use line::answer;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, Read, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run(&mut BufWriter::new(io::stdout().lock())) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // Whoever read the verdicts has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Answers every line of the files named as arguments, or of standard input. Returns whether all were cases.
fn run(output: &mut impl Write) -> io::Result<bool> {
    let mut all_valid = true;
    let mut paths = std::env::args_os().skip(1).peekable();
    if paths.peek().is_none() {
        all_valid &= answer_lines(BufReader::new(io::stdin()), output)?;
    }
    for path in paths {
        let file = File::open(&path)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
        all_valid &= answer_lines(BufReader::new(file), output)?;
    }
    output.flush()?;
    Ok(all_valid)
}

fn answer_lines(mut input: BufReader<impl Read>, output: &mut impl Write) -> io::Result<bool> {
    let mut all_valid = true;
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        if !line.trim_ascii().is_empty() {
            all_valid &= answer(&line, output)?;
            output.write_all(b"\n")?;
        }
        // Whoever asks line by line waits for each answer.
        if input.buffer().is_empty() {
            output.flush()?;
        }
        line.clear();
    }
    Ok(all_valid)
}
