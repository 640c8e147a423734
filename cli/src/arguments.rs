//! The command line.

use std::{ffi::OsString, path::PathBuf};

use crossorigin::browser::{Page, Profile};
use lexopt::{Arg, Parser, ValueExt};

use crate::invalid_line::nearest;

/// The text of `--help`.
pub(crate) const HELP: &str = "\
Explains CORS: why a browser blocked a cross-origin request, and what a browser would do.

Usage: crossorigin [OPTIONS]                    tell twelve stories of common CORS problems
       crossorigin explain [OPTIONS] [FILE]...  explain the captures or the cases in the files
       crossorigin console [OPTIONS] [TEXT]     explain messages of a browser's console
       crossorigin ask [FILE]...                write the results of cases and questions, as JSON

A capture is what you have: a HAR file, the output of `curl -v`, HTTP messages as `curl -i` prints
them, a request that was copied as cURL or as fetch(), a log of Chrome DevTools as JSON, messages of
a console. `console` reads them from the command line or from standard input.

A case is a page, its requests and the server's responses. A question is a policy and requests
to its server. Each is a JSON object on one line. `ask` writes one line for each: the result of
a case, or the responses to a question. Without a file, it reads standard input. A file named -
is standard input. Without a file, `explain` tells the stories.

Options:
  --only ID        tell only the story with this letter or name, in full; or explain only the
                   case with this id, or the request with this number; may be repeated
  --page URL       the page that makes the requests, if the capture does not say it
  --url URL        the URL of a response without a request
  --profile NAME   standard, chromium, firefox or webkit (Safari); by default the browser that wrote
                   the capture
  --json           write JSON for programs, one object on each line
  --show-secrets   do not replace cookies, credentials and tokens
  --width N        wrap lines at N columns, 20 or more; by default at the width of the terminal,
                   or at 100
  --colour WHEN    always, never, or auto: on a terminal, unless NO_COLOR is set (also --color)
  -h, --help       print this text
  -V, --version    print the version

Exit status: 0 if the page gets every response; 1 if a response is blocked, or if that cannot be
decided; 2 if the input or the command line cannot be read. `ask`: 0 for success, 1 if a line was
invalid, 2 as above.
";

/// The least width: narrower lines could not hold a label and a word.
const LEAST_WIDTH: usize = 20;

const COMMANDS: [&str; 3] = ["explain", "console", "ask"];
const OPTIONS: [&str; 11] = [
    "--only",
    "--page",
    "--url",
    "--profile",
    "--json",
    "--show-secrets",
    "--width",
    "--colour",
    "--color",
    "--help",
    "--version",
];

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    Version,
    Ask {
        files: Vec<PathBuf>,
    },
    Explain(Explain),
    /// Explain messages of a console: these words, or standard input if there are no words.
    Console {
        words: Vec<String>,
        explain: Explain,
    },
}

/// What to explain, and how to print it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Explain {
    /// If the list is empty, the stories are told.
    pub(crate) files: Vec<PathBuf>,
    /// The ids of the only cases, or the letters or names of the only stories, to print. If the list is
    /// empty, all are printed.
    pub(crate) only: Vec<String>,
    /// What the person says about a capture.
    pub(crate) capture: CaptureOptions,
    pub(crate) json: bool,
    pub(crate) width: Option<usize>,
    pub(crate) colour: Colour,
}

/// What the person says about a capture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CaptureOptions {
    pub(crate) page: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) profile: Option<String>,
    pub(crate) show_secrets: bool,
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
    #[error("`{option}` needs a URL such as `https://app.example`, and not `{given}`")]
    Url { option: &'static str, given: String },
    #[error("`--profile` needs one of {}, and not `{_0}`", profile_names())]
    Profile(String),
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
    let mut words = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            Arg::Short('V') | Arg::Long("version") => return Ok(Command::Version),
            Arg::Long("only") => {
                option = Some("--only");
                explain.only.push(parser.value()?.string()?);
            }
            Arg::Long("page") => {
                option = Some("--page");
                explain.capture.page = Some(parse_url("--page", parser.value()?.string()?)?);
            }
            Arg::Long("url") => {
                option = Some("--url");
                explain.capture.url = Some(parse_url("--url", parser.value()?.string()?)?);
            }
            Arg::Long("profile") => {
                option = Some("--profile");
                explain.capture.profile = Some(parse_profile(parser.value()?.string()?)?);
            }
            Arg::Long("json") => {
                option = Some("--json");
                explain.json = true;
            }
            Arg::Long("show-secrets") => {
                option = Some("--show-secrets");
                explain.capture.show_secrets = true;
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
            Arg::Value(word) if command.as_deref() == Some("console") => words.push(word.string()?),
            Arg::Value(file) => explain.files.push(file.into()),
            _ => return Err(no_such_option(&argument)),
        }
    }
    match (command.as_deref(), option) {
        (None | Some("explain"), _) => Ok(Command::Explain(explain)),
        (Some("console"), _) => Ok(Command::Console { words, explain }),
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

/// Checks a URL. It stays as it was written. A page of an opaque origin is `null`.
fn parse_url(option: &'static str, given: String) -> Result<String, UsageError> {
    if given == "null" || Page::new(&given).is_ok() {
        Ok(given)
    } else {
        Err(UsageError::Url { option, given })
    }
}

fn parse_profile(given: String) -> Result<String, UsageError> {
    if Profile::named(&given).is_some() { Ok(given) } else { Err(UsageError::Profile(given)) }
}

fn profile_names() -> String {
    Profile::all().map(|profile| profile.name()).join(", ")
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
            ..Explain::default()
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
        let capture =
            CaptureOptions { page: Some("null".to_owned()), show_secrets: true, ..Default::default() };
        assert_eq!(
            parse(&["console", "--json", "a", "b", "--page=null", "--show-secrets"]),
            Command::Console {
                words: vec!["a".to_owned(), "b".to_owned()],
                explain: Explain { json: true, capture, ..Explain::default() },
            }
        );
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
            (&["--page", "app"], "`--page` needs a URL such as `https://app.example`, and not `app`"),
            (
                &["--profile=safari"],
                "`--profile` needs one of standard, chromium, firefox, webkit, and not `safari`",
            ),
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
