//! What a browser does with requests between origins, and why.
//!
//! Without arguments it tells eleven stories, each a real exchange that runs through the engine:
//!
//! ```sh
//! cargo run --example explain
//! ```
//!
//! With file names it explains the cases in them, one JSON object a line:
//!
//! ```sh
//! cargo run --example explain -- tests/cases/wpt.jsonl --only ID
//! ```

mod options;
mod printer;
mod stories;

use crossorigin::oracle::Report;
use crossorigin::oracle::case::{Case, Played};
use options::{Colour, HELP, Options, UsageError};
use printer::Printer;
use std::error::Error;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, ErrorKind, IsTerminal, StdoutLock, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use stories::STORIES;

/// Columns where nothing tells how many there are.
const DEFAULT_WIDTH: usize = 100;

/// Why the program ends early.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}; see --help")]
    Usage(#[from] UsageError),
    #[error("there is no story `{only}`; there are: {}", story_names())]
    NoSuchStory { only: String },
    #[error("no file has a case with id `{only}`")]
    NoSuchCase { only: String },
    #[error("{}: {error}", .path.display())]
    Unreadable { path: PathBuf, error: io::Error },
    #[error("lines that are no case: {lines}")]
    NoCases { lines: usize },
    #[error(transparent)]
    Output(#[from] io::Error),
    #[error("the story cannot be told: {0}")]
    Story(Box<dyn Error>),
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads has read enough, as in `explain | head`.
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            complain(&failure);
            let misused = matches!(failure, Failure::Usage(_) | Failure::NoSuchStory { .. });
            ExitCode::from(if misused { 2 } else { 1 })
        }
    }
}

/// Tells of a fault on one line; it may quote a file, which may be hostile.
fn complain(fault: impl fmt::Display) {
    let line = Report { width: usize::MAX, colour: false };
    // Where there is no one to tell, the exit code has to do.
    let _ = write!(io::stderr(), "{}", line.paragraph(&format!("explain: {fault}")));
}

fn run() -> Result<(), Failure> {
    let options = Options::parse(std::env::args_os().skip(1))?;
    let mut printer = Printer::new(BufWriter::new(io::stdout().lock()), report(&options));
    if options.help {
        io::stdout().write_all(HELP.as_bytes())?;
    } else if options.files.is_empty() {
        tell_stories(&options.only, &mut printer)?;
    } else {
        explain_files(&options, &mut printer)?;
    }
    Ok(printer.finish()?)
}

type Output = Printer<BufWriter<StdoutLock<'static>>>;

fn tell_stories(only: &[String], printer: &mut Output) -> Result<(), Failure> {
    let named = |only: &String| STORIES.iter().any(|story| *only == story.letter || *only == story.name);
    if let Some(only) = only.iter().find(|only| !named(only)) {
        return Err(Failure::NoSuchStory { only: only.clone() });
    }
    for story in &STORIES {
        if only.is_empty() || only.iter().any(|only| only == story.letter || only == story.name) {
            let scenes = (story.play)().map_err(Failure::Story)?;
            printer.story(story, &scenes)?;
        }
    }
    Ok(())
}

fn story_names() -> String {
    STORIES.map(|story| format!("{} ({})", story.letter, story.name)).join(", ")
}

/// Explains the cases in the files. A line that is no case is told of, and the others are explained all the same.
fn explain_files(options: &Options, printer: &mut Output) -> Result<(), Failure> {
    let mut missing = options.only.clone();
    let mut faults = 0_usize;
    for path in &options.files {
        let unreadable = |error| Failure::Unreadable { path: path.clone(), error };
        for (index, line) in open(path).map_err(unreadable)?.split(b'\n').enumerate() {
            match read_case(&line.map_err(unreadable)?, &options.only) {
                Ok(None) => {}
                Ok(Some((case, played))) => {
                    missing.retain(|only| *only != case.id);
                    printer.case(&case, &played)?;
                }
                Err(fault) => {
                    faults = faults.saturating_add(1);
                    complain(format_args!("{}, line {}: {fault}", path.display(), index.saturating_add(1)));
                }
            }
        }
    }
    match missing.into_iter().next() {
        Some(only) => Err(Failure::NoSuchCase { only }),
        None if faults > 0 => Err(Failure::NoCases { lines: faults }),
        None => Ok(()),
    }
}

/// A case and what came of its steps; nothing if the line is empty, or the case is not asked for.
type Explained = Option<(Case, Vec<Played>)>;

fn read_case(line: &[u8], only: &[String]) -> Result<Explained, Box<dyn Error>> {
    if line.trim_ascii().is_empty() {
        return Ok(None);
    }
    let case: Case = serde_json::from_slice(line)?;
    if !only.is_empty() && !only.contains(&case.id) {
        return Ok(None);
    }
    let played = case.play()?;
    Ok(Some((case, played)))
}

fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    Ok(Box::new(BufReader::new(File::open(path)?)))
}

/// How to print: as asked for, and otherwise as suits the terminal.
fn report(options: &Options) -> Report {
    Report {
        width: options.width.or_else(columns_variable).or_else(terminal_columns).unwrap_or(DEFAULT_WIDTH),
        colour: match options.colour {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => io::stdout().is_terminal() && !no_color_is_set(),
        },
    }
}

fn columns_variable() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.parse().ok().filter(|columns| *columns > 0)
}

fn terminal_columns() -> Option<usize> {
    let (terminal_size::Width(columns), _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(columns.into())
}

/// By <https://no-color.org>, the variable counts when it is not empty.
fn no_color_is_set() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}
