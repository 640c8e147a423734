//! The command `crossorigin`. See `crossorigin --help`.

mod arguments;
mod ask;
mod explain;
mod invalid_line;
mod line;
mod lines;
mod stories;
mod terminal;

use std::{
    error::Error,
    fmt, io,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use crate::{
    arguments::{Command, HELP, UsageError},
    terminal::printable,
};

/// Why the program ends early, or which error it reports at its end.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0} (see `crossorigin --help`)")]
    Usage(#[from] UsageError),
    #[error("there is no story `{only}`; the stories are: {}", stories::names())]
    NoSuchStory { only: String },
    #[error("no file has a case with the id `{only}`")]
    NoSuchCase { only: String },
    #[error("{}: {error}", shown_path(.path))]
    Unreadable { path: PathBuf, error: io::Error },
    #[error("{}: the file is empty", shown_path(.path))]
    Empty { path: PathBuf },
    #[error("invalid lines: {lines}")]
    InvalidLines { lines: usize },
    #[error(transparent)]
    Output(#[from] io::Error),
    #[error("the story cannot be told: {0}")]
    Story(Box<dyn Error>),
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        // The reader stopped reading, as in `crossorigin | head`.
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            complain(&failure);
            let is_misused = matches!(failure, Failure::Usage(_) | Failure::NoSuchStory { .. });
            ExitCode::from(if is_misused { 2 } else { 1 })
        }
    }
}

fn run() -> Result<(), Failure> {
    match arguments::parse(std::env::args_os().skip(1))? {
        Command::Help => io::stdout().write_all(HELP.as_bytes())?,
        Command::Version => writeln!(io::stdout(), "crossorigin {}", env!("CARGO_PKG_VERSION"))?,
        Command::Ask { files } => ask::run(&files)?,
        Command::Explain(explain) => explain::run(&explain)?,
    }
    Ok(())
}

/// The path of a file, for people.
fn shown_path(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

/// Reports an error on one line. The error may quote a file, which may be hostile.
fn complain(error: impl fmt::Display) {
    // If this fails, the exit status still says that there was an error.
    let _ = writeln!(io::stderr(), "crossorigin: {}", printable(&error.to_string()));
}
