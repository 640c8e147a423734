//! What stands on the command line.

use std::ffi::OsString;
use std::path::PathBuf;

/// The text for `--help`.
pub(crate) const HELP: &str = "\
Explains what a browser does with requests between origins, and why.

Usage: explain [OPTIONS] [FILE]...

Without FILE, it tells eleven stories. With FILE, it explains the cases in it, one JSON object a line; - is standard
input.

Options:
  --only ID        only the story with that letter or name, or the case with that id; may be repeated
  --width N        wrap to N columns (20 or more) and not to the terminal
  --colour WHEN    always, never, or auto: on a terminal, unless NO_COLOR is set (also --color)
  --help           this text
";

/// The narrowest paper that words fit on.
const LEAST_WIDTH: usize = 20;

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Colour {
    Always,
    Never,
    #[default]
    Auto,
}

/// What was asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) help: bool,
    pub(crate) only: Vec<String>,
    pub(crate) width: Option<usize>,
    pub(crate) colour: Colour,
    pub(crate) files: Vec<PathBuf>,
}

/// What is wrong on the command line.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum UsageError {
    #[error("there is no option `{0}`")]
    Unknown(String),
    #[error("`{0}` needs a value behind it")]
    ValueMissing(&'static str),
    #[error("`--help` takes no value")]
    HelpWithValue,
    #[error("`--width` needs a number of columns, {LEAST_WIDTH} or more, not `{0}`")]
    Width(String),
    #[error("`--colour` needs always, never or auto, not `{0}`")]
    Colour(String),
}

impl Options {
    /// Reads the arguments, the program's name not among them.
    pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, UsageError> {
        let mut options = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let text = argument.to_string_lossy().into_owned();
            if text == "--" {
                options.files.extend(arguments.by_ref().map(PathBuf::from));
            } else if text.starts_with('-') && text != "-" {
                options.read_option(&text, &mut arguments)?;
            } else {
                options.files.push(argument.into());
            }
        }
        Ok(options)
    }

    /// Reads `--option value` or `--option=value`.
    fn read_option(
        &mut self,
        text: &str,
        arguments: &mut impl Iterator<Item = OsString>,
    ) -> Result<(), UsageError> {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (text, None),
        };
        let mut value_of = |option| {
            let next = || arguments.next().map(|next| next.to_string_lossy().into_owned());
            value.clone().or_else(next).ok_or(UsageError::ValueMissing(option))
        };
        match name {
            "--only" => self.only.push(value_of("--only")?),
            "--width" => self.width = Some(parse_width(value_of("--width")?)?),
            "--colour" | "--color" => self.colour = parse_colour(value_of("--colour")?)?,
            "--help" | "-h" if value.is_some() => return Err(UsageError::HelpWithValue),
            "--help" | "-h" => self.help = true,
            _ => return Err(UsageError::Unknown(name.to_owned())),
        }
        Ok(())
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
