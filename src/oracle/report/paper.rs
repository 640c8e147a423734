//! What a report is written on: it wraps, it colours, and nothing from outside gets past it raw or without end.

use crate::oracle::Report;
use crate::standard::StandardStep;
use std::fmt::{self, Write};

/// How many characters of one text are shown. Sentences are far shorter; lists of names from outside may not be.
const SHOWN_CHARS: usize = 2_000;

/// What a word is, so that colour can tell it apart. Colour adds nothing that the text does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Good,
    Bad,
    Method,
    HeaderName,
}

impl Style {
    /// The escape sequence that begins the style; the empty one for plain text.
    const fn start(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Good => "\x1b[1;32m",
            Self::Bad => "\x1b[1;31m",
            Self::Method => "\x1b[1m",
            Self::HeaderName => "\x1b[36m",
        }
    }
}

const END_OF_STYLE: &str = "\x1b[0m";

/// Words, each with a style. They are joined with spaces, or with line ends where the paper is not wide enough.
#[derive(Debug, Default)]
pub(super) struct Text {
    words: Vec<(String, Style)>,
}

impl Text {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Adds a text, which may be broken at its spaces.
    pub(super) fn plain(self, text: impl fmt::Display) -> Self {
        self.styled(Style::Plain, text)
    }

    /// Adds a text with a style.
    pub(super) fn styled(self, style: Style, text: impl fmt::Display) -> Self {
        self.words(style, &Clean::of(text))
    }

    /// Adds one of this crate's sentences, which begin in lower case and have no full stop, as a whole sentence.
    pub(super) fn sentence(self, text: impl fmt::Display) -> Self {
        let mut clean = Clean::of(text);
        if let Some(first) = clean.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        self.words(Style::Plain, &stopped(clean))
    }

    /// Adds such a sentence where it goes on after a colon.
    pub(super) fn clause(self, text: impl fmt::Display) -> Self {
        self.words(Style::Plain, &stopped(Clean::of(text)))
    }

    /// Adds a step of the standard in brackets, which is kept on one line where it fits on one.
    pub(super) fn step(mut self, step: StandardStep) -> Self {
        self.words.push((format!("[{step}]"), Style::Plain));
        self
    }

    fn words(mut self, style: Style, clean: &str) -> Self {
        if clean.is_empty() {
            return self;
        }
        self.words.extend(clean.split(' ').map(|word| (word.to_owned(), style)));
        self
    }
}

fn stopped(mut sentence: String) -> String {
    if !sentence.ends_with('.') {
        sentence.push('.');
    }
    sentence
}

/// What stands before the first line of a text, and before the lines that go on with it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Margin<'a> {
    pub(super) first: &'a str,
    pub(super) rest: &'a str,
}

impl Margin<'static> {
    pub(super) const NONE: Self = Self { first: "", rest: "" };
}

/// Paper of a width, in colour or not.
pub(super) struct Paper<'a, 'b> {
    report: Report,
    out: &'a mut fmt::Formatter<'b>,
}

impl<'a, 'b> Paper<'a, 'b> {
    pub(super) fn new(report: Report, out: &'a mut fmt::Formatter<'b>) -> Self {
        Self { report, out }
    }

    pub(super) fn empty_line(&mut self) -> fmt::Result {
        self.out.write_char('\n')
    }

    /// Writes a text as one or more lines, none of them wider than the paper unless a single word is.
    pub(super) fn write(&mut self, margin: Margin<'_>, text: &Text) -> fmt::Result {
        self.out.write_str(margin.first)?;
        let mut column = columns(margin.first);
        let mut at_start = true;
        let room = self.report.width.saturating_sub(columns(margin.rest));
        for (word, style) in text.words.iter().flat_map(|(words, style)| fitting(words, *style, room)) {
            let needed = column.saturating_add(1).saturating_add(columns(word));
            if at_start {
                at_start = false;
            } else if needed <= self.report.width {
                self.out.write_char(' ')?;
                column = column.saturating_add(1);
            } else {
                write!(self.out, "\n{}", margin.rest)?;
                column = columns(margin.rest);
            }
            self.write_word(word, style)?;
            column = column.saturating_add(columns(word));
        }
        self.empty_line()
    }

    fn write_word(&mut self, word: &str, style: Style) -> fmt::Result {
        if self.report.colour && style != Style::Plain {
            write!(self.out, "{}{word}{END_OF_STYLE}", style.start())
        } else {
            self.out.write_str(word)
        }
    }
}

/// What is kept together, in one piece if there is room for it, and otherwise word by word.
fn fitting(words: &str, style: Style, room: usize) -> impl Iterator<Item = (&str, Style)> {
    let pieces = if columns(words) <= room { 1 } else { usize::MAX };
    words.splitn(pieces, ' ').map(move |word| (word, style))
}

/// A character counts as one column. Almost everything here is ASCII.
fn columns(text: &str) -> usize {
    text.chars().count()
}

/// Takes up a text from anywhere: control characters and others that do not print are escaped, and all that comes after
/// [`SHOWN_CHARS`] is only counted.
#[derive(Default)]
struct Clean {
    text: String,
    chars: usize,
}

impl Clean {
    fn of(text: impl fmt::Display) -> String {
        let mut clean = Self::default();
        // Taking up a text cannot fail; a `Display` that does leaves what it wrote.
        let _ = write!(clean, "{text}");
        if clean.chars > SHOWN_CHARS {
            clean.text.push_str(&format!("… ({} characters)", clean.chars));
        }
        clean.text
    }
}

impl Write for Clean {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            self.chars = self.chars.saturating_add(1);
            match character {
                _ if self.chars > SHOWN_CHARS => {}
                // These print as they are; `escape_debug` is about string literals.
                '"' | '\'' | '\\' => self.text.push(character),
                _ => self.text.extend(character.escape_debug()),
            }
        }
        Ok(())
    }
}
