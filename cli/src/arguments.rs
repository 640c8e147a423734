//! The command line.

use std::{ffi::OsString, path::PathBuf};

use lexopt::{Arg, Parser, ValueExt};

/// The text of `--help`.
pub(crate) const HELP: &str = "\
Why a browser blocked a request between origins, and what a browser would do.

Usage: crossorigin [explain] [OPTIONS] [FILE]...
       crossorigin ask [FILE]...

Commands:
  explain  explain the cases in the files, one JSON object a line; without files, tell stories about what people run into
  ask      read cases and questions to policies, one JSON object a line, and write a verdict or the responses for each;
           without files, read standard input

A file named - is standard input.

Options:
  --only ID        only the case with that id, or the story with that letter or name; may be repeated
  --width N        wrap lines to N columns, 20 or more; otherwise to the terminal
  --colour WHEN    always, never, or auto: on a terminal, unless NO_COLOR is set (also --color)
  -h, --help       print this text
  -V, --version    print the version

Exit status: 0; 1 if something could not be read, or a line was neither a case nor a question; 2 for a wrong command line.
";

/// The least width, for which the longest words of the texts are made.
const LEAST_WIDTH: usize = 20;

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
    /// Stories, if there are none.
    pub(crate) files: Vec<PathBuf>,
    /// All, if there are none.
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
    #[error("there is no command `{0}`; to explain a file, use `crossorigin explain FILE`")]
    NoSuchCommand(String),
    #[error("`ask` has no option `{0}`")]
    NotOfAsk(&'static str),
    #[error("`--width` needs a number of columns, {LEAST_WIDTH} or more, not `{0}`")]
    Width(String),
    #[error("`--colour` needs always, never or auto, not `{0}`")]
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
            _ => return Err(argument.unexpected().into()),
        }
    }
    match (command.as_deref(), option) {
        (None | Some("explain"), _) => Ok(Command::Explain(explain)),
        (Some("ask"), None) => Ok(Command::Ask { files: explain.files }),
        (Some("ask"), Some(option)) => Err(UsageError::NotOfAsk(option)),
        (Some(other), _) => Err(UsageError::NoSuchCommand(other.to_owned())),
    }
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
        assert_eq!(parse(&["-V"]), Command::Version);
    }

    #[test]
    fn what_is_wrong_on_the_command_line_is_said() {
        for (arguments, expected) in [
            (&["--olny", "a"][..], "invalid option '--olny'"),
            (&["--only"], "missing argument for option '--only'"),
            (&["--width", "wide"], "`--width` needs a number of columns, 20 or more, not `wide`"),
            (&["--width=19"], "`--width` needs a number of columns, 20 or more, not `19`"),
            (&["--colour=blue"], "`--colour` needs always, never or auto, not `blue`"),
            (&["ask", "--width=80"], "`ask` has no option `--width`"),
            (
                &["a.jsonl"],
                "there is no command `a.jsonl`; to explain a file, use `crossorigin explain FILE`",
            ),
        ] {
            let error = parse(arguments.iter().map(Into::into)).map(|command| panic!("{command:?}"));
            assert_eq!(error.unwrap_err().to_string(), expected);
        }
    }
}
