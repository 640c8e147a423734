//! The command line.

mod suggestion;

use std::{ffi::OsString, path::PathBuf};

use lexopt::{Arg, Parser, ValueExt};

use self::suggestion::nearest;

/// The text of `--help`.
pub(crate) const HELP: &str = "\
Explains CORS: why a browser blocked a cross-origin request, and what a browser would do.

Usage: crossorigin [OPTIONS]                    tell eleven stories of common CORS problems
       crossorigin explain [OPTIONS] FILE...    explain the cases in the files, as text
       crossorigin ask [FILE]...                write the results of cases and questions, as JSON

A case is a page, its requests and the server's responses. A question is a policy and requests
to its server. Each is a JSON object on one line. `ask` writes one line for each: the result of
a case, or the responses to a question. Without a file, it reads standard input. A file named -
is standard input.

Options:
  --only ID        tell only the story with this letter or name, in full; or explain only the
                   case with this id; may be repeated
  --width N        wrap lines at N columns, 20 or more; by default at the width of the terminal,
                   or at 100
  --colour WHEN    always, never, or auto: on a terminal, unless NO_COLOR is set (also --color)
  -h, --help       print this text
  -V, --version    print the version

Exit status: 0 for success; 1 if a file could not be read or was empty, or if a line was
invalid; 2 for a wrong command line.
";

/// The least width: narrower lines could not hold a label and a word.
const LEAST_WIDTH: usize = 20;

const COMMANDS: [&str; 2] = ["explain", "ask"];
const OPTIONS: [&str; 6] = ["--only", "--width", "--colour", "--color", "--help", "--version"];

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    Version,
    Ask { files: Vec<PathBuf> },
    Explain(Explain),
}

/// What to explain, and how to print it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Explain {
    /// If the list is empty, the stories are told.
    pub(crate) files: Vec<PathBuf>,
    /// The ids of the only cases, or the letters or names of the only stories, to print. If the list is
    /// empty, all are printed.
    pub(crate) only: Vec<String>,
    pub(crate) width: Option<usize>,
    pub(crate) colour: Colour,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Colour {
    Always,
    Never,
    #[default]
    Auto,
}

/// What is wrong on the command line.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UsageError {
    #[error("there is no command `{given}`; {hint}")]
    NoSuchCommand { given: String, hint: String },
    #[error("there is no option `{given}`{hint}")]
    NoSuchOption { given: String, hint: String },
    #[error("`ask` has no option `{0}`")]
    NotOfAsk(&'static str),
    #[error("`--width` needs a number of columns, {LEAST_WIDTH} or more, and not `{0}`")]
    Width(String),
    #[error("`--colour` needs `always`, `never` or `auto`, and not `{0}`")]
    Colour(String),
    #[error(transparent)]
    Syntax(#[from] lexopt::Error),
}

/// Reads the arguments, the program's name not among them.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, UsageError> {
    let mut parser = Parser::from_args(arguments);
    let mut explain = Explain::default();
    let mut command = None;
    let mut option = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            Arg::Short('V') | Arg::Long("version") => return Ok(Command::Version),
            Arg::Long("only") => {
                option = Some("--only");
                explain.only.push(parser.value()?.string()?);
            }
            Arg::Long("width") => {
                option = Some("--width");
                explain.width = Some(parse_width(parser.value()?.string()?)?);
            }
            Arg::Long("colour" | "color") => {
                option = Some("--colour");
                explain.colour = parse_colour(parser.value()?.string()?)?;
            }
            Arg::Value(name) if command.is_none() => command = Some(name.string()?),
            Arg::Value(file) => explain.files.push(file.into()),
            _ => return Err(no_such_option(&argument)),
        }
    }
    match (command.as_deref(), option) {
        (None | Some("explain"), _) => Ok(Command::Explain(explain)),
        (Some("ask"), None) => Ok(Command::Ask { files: explain.files }),
        (Some("ask"), Some(option)) => Err(UsageError::NotOfAsk(option)),
        (Some("help"), _) => Ok(Command::Help),
        (Some(given), _) => Err(no_such_command(given)),
    }
}

fn no_such_command(given: &str) -> UsageError {
    let hint = match nearest(given, &COMMANDS) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("to explain a file, use `crossorigin explain {given}`"),
    };
    UsageError::NoSuchCommand { given: given.to_owned(), hint }
}

fn no_such_option(argument: &Arg<'_>) -> UsageError {
    let given = match argument {
        Arg::Short(letter) => format!("-{letter}"),
        Arg::Long(name) => format!("--{name}"),
        Arg::Value(value) => value.to_string_lossy().into_owned(),
    };
    let hint = nearest(&given, &OPTIONS);
    let hint = hint.map_or(String::new(), |nearest| format!("; did you mean `{nearest}`?"));
    UsageError::NoSuchOption { given, hint }
}

fn parse_width(text: String) -> Result<usize, UsageError> {
    text.parse().ok().filter(|width| *width >= LEAST_WIDTH).ok_or(UsageError::Width(text))
}

fn parse_colour(text: String) -> Result<Colour, UsageError> {
    match text.as_str() {
        "always" => Ok(Colour::Always),
        "never" => Ok(Colour::Never),
        "auto" => Ok(Colour::Auto),
        _ => Err(UsageError::Colour(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explain(arguments: &[&str]) -> Explain {
        match parse(arguments.iter().map(Into::into)) {
            Ok(Command::Explain(explain)) => explain,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn options_are_read_with_and_without_an_equals_sign() {
        let arguments =
            ["explain", "a.jsonl", "--only", "x", "--only=y", "--width=80", "--color", "never", "-"];
        let expected = Explain {
            files: vec!["a.jsonl".into(), "-".into()],
            only: vec!["x".to_owned(), "y".to_owned()],
            width: Some(80),
            colour: Colour::Never,
        };
        assert_eq!(explain(&arguments), expected);
        assert_eq!(explain(&[]), Explain::default());
        assert_eq!(explain(&["--only", "x", "explain", "--", "--help"]).files, [PathBuf::from("--help")]);
    }

    #[test]
    fn commands_are_read() {
        let parse = |arguments: &[&str]| parse(arguments.iter().map(Into::into)).unwrap();
        assert_eq!(parse(&["ask"]), Command::Ask { files: vec![] });
        assert_eq!(parse(&["ask", "a", "b"]), Command::Ask { files: vec!["a".into(), "b".into()] });
        assert_eq!(parse(&["ask", "--help"]), Command::Help);
        assert_eq!(parse(&["help"]), Command::Help);
        assert_eq!(parse(&["-V"]), Command::Version);
    }

    #[test]
    fn what_is_wrong_on_the_command_line_is_said() {
        for (arguments, expected) in [
            (&["--olny", "a"][..], "there is no option `--olny`; did you mean `--only`?"),
            (&["--verbose"], "there is no option `--verbose`"),
            (&["-o"], "there is no option `-o`"),
            (&["--only"], "missing argument for option '--only'"),
            (&["--width", "wide"], "`--width` needs a number of columns, 20 or more, and not `wide`"),
            (&["--width=19"], "`--width` needs a number of columns, 20 or more, and not `19`"),
            (&["--colour=blue"], "`--colour` needs `always`, `never` or `auto`, and not `blue`"),
            (&["ask", "--width=80"], "`ask` has no option `--width`"),
            (
                &["a.jsonl"],
                "there is no command `a.jsonl`; to explain a file, use `crossorigin explain a.jsonl`",
            ),
            (&["explian", "a"], "there is no command `explian`; did you mean `explain`?"),
            (&["aks"], "there is no command `aks`; did you mean `ask`?"),
        ] {
            let error = parse(arguments.iter().map(Into::into)).map(|command| panic!("{command:?}"));
            assert_eq!(error.unwrap_err().to_string(), expected);
        }
    }
}
