//! The one place that prints for people: it wraps lines to the terminal, and colours their first words.

use std::{
    fmt,
    io::{self, BufWriter, StdoutLock, Write},
};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use crate::arguments::Colour;

/// The width if the terminal's is not known.
const DEFAULT_WIDTH: usize = 100;

/// How many characters of a transcript's line belong to its label.
const LABEL: usize = 13;

const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();
const METHOD: Style = Style::new().bold();
const HEADER_NAME: Style = AnsiColor::Cyan.on_default();

/// Standard output, as wide as wanted, with or without colour.
pub(crate) struct Terminal {
    output: BufWriter<AutoStream<StdoutLock<'static>>>,
    width: usize,
    has_title: bool,
}

impl Terminal {
    pub(crate) fn new(width: Option<usize>, colour: Colour) -> Self {
        let choice = match colour {
            Colour::Always => ColorChoice::AlwaysAnsi,
            Colour::Never => ColorChoice::Never,
            Colour::Auto => AutoStream::choice(&io::stdout()),
        };
        let width = width.or_else(columns_variable).or_else(terminal_columns).unwrap_or(DEFAULT_WIDTH);
        let output = BufWriter::new(AutoStream::new(io::stdout().lock(), choice));
        Self { output, width, has_title: false }
    }

    /// Prints an underlined title, after an empty line unless it is the first. The title may come from
    /// outside.
    pub(crate) fn title(&mut self, title: &str) -> io::Result<()> {
        if std::mem::replace(&mut self.has_title, true) {
            writeln!(self.output)?;
        }
        let lines = textwrap::wrap(&printable(title), options(self.width)).join("\n");
        let columns = lines.lines().map(|line| line.chars().count()).max().unwrap_or_default();
        writeln!(self.output, "{lines}\n{}\n", "=".repeat(columns))
    }

    /// Prints a paragraph of this program, wrapped.
    pub(crate) fn paragraph(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.output, "{}", textwrap::fill(text, options(self.width)))
    }

    /// Prints code of this program as it is, indented.
    pub(crate) fn code(&mut self, code: &str) -> io::Result<()> {
        code.lines().try_for_each(|line| writeln!(self.output, "    {line}"))
    }

    /// Prints an empty line.
    pub(crate) fn gap(&mut self) -> io::Result<()> {
        writeln!(self.output)
    }

    /// Prints a report of the library, line by line, each wrapped and coloured. The library escapes what
    /// comes from outside.
    pub(crate) fn report(&mut self, report: &impl fmt::Display) -> io::Result<()> {
        report.to_string().lines().try_for_each(|line| writeln!(self.output, "{}", styled(line, self.width)))
    }

    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// How many characters of one text from outside are printed.
const PRINTED_CHARS: usize = 2_000;

/// A text from outside, safe for the terminal: control characters and others that do not print are escaped,
/// and a long text is cut.
pub(crate) fn printable(text: &str) -> String {
    let mut printable = String::new();
    for character in text.chars().take(PRINTED_CHARS) {
        match character {
            '"' | '\'' | '\\' => printable.push(character),
            _ => printable.extend(character.escape_debug()),
        }
    }
    let length = text.chars().count();
    if length > PRINTED_CHARS {
        printable.push_str(&format!("… ({length} characters)"));
    }
    printable
}

fn columns_variable() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.parse().ok().filter(|columns| *columns > 0)
}

fn terminal_columns() -> Option<usize> {
    let (terminal_size::Width(columns), _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(columns.into())
}

/// Breaks lines at spaces only. A word longer than the width is not broken.
fn options<'a>(width: usize) -> Options<'a> {
    Options::new(width)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
}

/// A line of a report, wrapped and coloured. Colours add nothing that the words do not say.
fn styled(line: &str, width: usize) -> String {
    let (margin, text) = line.split_at(margin(line));
    let below = match margin.trim_start().chars().next() {
        // Each line of a message has its mark.
        Some('>' | '<') => format!("{margin}  "),
        Some(_) => " ".repeat(margin.len()),
        None => format!("{margin}   "),
    };
    // A command is to be copied.
    if text.starts_with("curl ") && margin.len() == LABEL {
        return line.to_owned();
    }
    let text = &with_unbroken_step(text, width.saturating_sub(below.len()));
    let wrapped = textwrap::fill(text, options(width).initial_indent(margin).subsequent_indent(&below));
    let wrapped = wrapped.replace(UNBROKEN_SPACE, " ");
    let first_word = text.split(' ').next().unwrap_or_default();
    match (style(margin, first_word), wrapped.strip_prefix(margin)) {
        (Some(style), Some(wrapped)) => {
            let rest = wrapped.strip_prefix(first_word).unwrap_or_default();
            format!("{margin}{style}{first_word}{style:#}{rest}")
        }
        _ => wrapped,
    }
}

/// A space at which lines are not broken. Reports have no such characters: the library escapes them.
const UNBROKEN_SPACE: &str = "\u{a0}";

/// The text, with unbroken spaces in the step of the standard at its end, in brackets, if that fits on a line.
fn with_unbroken_step(text: &str, width: usize) -> String {
    match text.rsplit_once(" [") {
        Some((before, step)) if step.ends_with(']') && step.len() < width => {
            format!("{before} [{}", step.replace(' ', UNBROKEN_SPACE))
        }
        _ => text.to_owned(),
    }
}

/// The length of a line's margin: spaces, the mark of a message or of a decision, or a label.
fn margin(line: &str) -> usize {
    let text = line.trim_start_matches(' ');
    let spaces = line.len() - text.len();
    if ["> ", "< ", "- "].iter().any(|mark| text.starts_with(mark)) {
        return spaces + 2;
    }
    match line.get(..LABEL) {
        Some(label) if spaces == 3 && label.trim_end().ends_with(':') => LABEL,
        _ => spaces,
    }
}

/// The colour of the first word after a margin.
fn style(margin: &str, word: &str) -> Option<Style> {
    let is_header_name = word.len() > 1 && word.ends_with(':');
    match (margin.trim(), word) {
        (">" | "<" | "Headers:", _) if is_header_name => Some(HEADER_NAME),
        ("", _) if is_header_name && margin.len() == LABEL => Some(HEADER_NAME),
        (">", _) => Some(METHOD),
        ("", "DELIVERED:") if margin.is_empty() => Some(GOOD),
        ("", "BLOCKED" | "FAILED:" | "REFUSED" | "UNDECIDED:") if margin.is_empty() => Some(BAD),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_report_are_wrapped_below_their_margins() {
        for (line, width, expected) in [
            ("", 20, ""),
            ("   > GET https://a.test/", 20, "   > GET\n   >   https://a.test/"),
            ("   < Vary: accept, origin", 22, "   < Vary: accept,\n   <   origin"),
            ("   - The request needs a preflight.", 24, "   - The request needs a\n     preflight."),
            (
                "   Step:     CORS check 4, https://x.test",
                26,
                "   Step:     CORS check 4,\n             https://x.test",
            ),
            (
                "             Allow: some thing else",
                25,
                "             Allow: some\n                thing\n                else",
            ),
            ("   - Yes. It passes. [CORS check 5]", 24, "   - Yes. It passes.\n     [CORS check 5]"),
            ("   - Yes. [CORS check 5]", 17, "   - Yes. [CORS\n     check 5]"),
            ("   Next:     curl -v https://a.test/ x", 20, "   Next:     curl -v https://a.test/ x"),
            ("BLOCKED at the response: no.", 20, "BLOCKED at the\n   response: no."),
            ("1. Preflight, without cookies", 20, "1. Preflight,\n   without cookies"),
        ] {
            assert_eq!(anstream::adapter::strip_str(&styled(line, width)).to_string(), expected);
        }
    }

    #[test]
    fn the_first_words_have_colours() {
        for (line, expected) in [
            ("   > PUT https://a.test/", "   > \u{1b}[1mPUT\u{1b}[0m https://a.test/"),
            ("   > Origin: https://a.test", "   > \u{1b}[36mOrigin:\u{1b}[0m https://a.test"),
            ("   < Vary:", "   < \u{1b}[36mVary:\u{1b}[0m"),
            ("   Headers:  etag: x", "   Headers:  \u{1b}[36metag:\u{1b}[0m x"),
            ("             Vary: x", "             \u{1b}[36mVary:\u{1b}[0m x"),
            ("DELIVERED: a response", "\u{1b}[1m\u{1b}[32mDELIVERED:\u{1b}[0m a response"),
            ("BLOCKED at", "\u{1b}[1m\u{1b}[31mBLOCKED\u{1b}[0m at"),
            ("   < 204 No Content", "   < 204 No Content"),
            ("   - Allowed.", "   - Allowed."),
            ("   Also:     BLOCKED", "   Also:     BLOCKED"),
        ] {
            assert_eq!(styled(line, 80), expected);
        }
    }

    #[test]
    fn hostile_titles_are_escaped_and_cut() {
        assert_eq!(
            printable("\u{1b}[2J \u{7f}\u{9b}\u{202e} \"é\" \\"),
            "\\u{1b}[2J \\u{7f}\\u{9b}\\u{202e} \"é\" \\"
        );
        assert_eq!(printable(&"é".repeat(2_000)), "é".repeat(2_000));
        assert_eq!(printable(&"é".repeat(2_001)), format!("{}… (2001 characters)", "é".repeat(2_000)));
    }
}
