//! The command `crossorigin`. See `crossorigin --help`.

mod arguments;
mod ask;
#[cfg(feature = "import")]
mod capture;
mod explain;
mod input;
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

#[cfg(feature = "import")]
use crossorigin_cli::import::InvalidCapture;

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
    #[error("no file has a case with the id `{only}`, or a request with this number")]
    NoSuchCase { only: String },
    #[error("{}: {error}", shown_path(.path))]
    Unreadable { path: PathBuf, error: io::Error },
    #[error("{}: the file is empty", shown_path(.path))]
    Empty { path: PathBuf },
    #[error("{}: this is neither a case nor a capture of a known format (see `crossorigin --help`)", shown_path(.path))]
    UnknownFormat { path: PathBuf },
    #[error("invalid lines: {lines}")]
    InvalidLines { lines: usize },
    /// Invalid lines of `ask`, which wrote a result for each of them.
    #[error("invalid lines: {lines}")]
    InvalidResults { lines: usize },
    #[cfg(feature = "import")]
    #[error("{}: {error}", shown_path(.path))]
    Capture { path: PathBuf, error: InvalidCapture },
    #[cfg(feature = "import")]
    #[error("`console`: {0}")]
    Console(InvalidCapture),
    #[cfg(not(feature = "import"))]
    #[error("this program was built without the feature `import`, and reads only cases")]
    WithoutImport,
    #[error(transparent)]
    Output(#[from] io::Error),
    #[error("the story cannot be told: {0}")]
    Story(Box<dyn Error>),
}

/// What the program found, if it could read its input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// The page gets every response, or nothing was asked.
    NothingBlocked,
    /// A response is blocked, or that cannot be decided.
    Blocked,
}

fn main() -> ExitCode {
    match run() {
        Ok(Found::NothingBlocked) => ExitCode::SUCCESS,
        Ok(Found::Blocked) => ExitCode::from(1),
        // The reader stopped reading, as in `crossorigin | head`.
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            complain(&failure);
            ExitCode::from(if matches!(failure, Failure::InvalidResults { .. }) { 1 } else { 2 })
        }
    }
}

fn run() -> Result<Found, Failure> {
    match arguments::parse(std::env::args_os().skip(1))? {
        Command::Help => io::stdout().write_all(HELP.as_bytes())?,
        Command::Version => writeln!(io::stdout(), "crossorigin {}", env!("CARGO_PKG_VERSION"))?,
        Command::Ask { files } => ask::run(&files)?,
        Command::Explain(explain) => return explain::run(&explain),
        #[cfg(feature = "import")]
        Command::Console { words, explain } => return capture::explain_console(&words, &explain),
        #[cfg(not(feature = "import"))]
        Command::Console { .. } => return Err(Failure::WithoutImport),
    }
    Ok(Found::NothingBlocked)
}

/// The path of a file, for people.
fn shown_path(path: &Path) -> String {
    if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() }
}

/// Reports an error on one line. The error may quote a file, which may be hostile, and URLs with secrets.
fn complain(error: impl fmt::Display) {
    let error = crossorigin_cli::without_secrets(&error.to_string());
    // If this fails, the exit status still says that there was an error.
    let _ = writeln!(io::stderr(), "crossorigin: {}", printable(&error));
}
