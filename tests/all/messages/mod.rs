//! Every message for people is in `messages.txt`, so that a change of a message is a difference of that file. The messages of
//! `docs/console.md` are those of the crate.
//!
//! ```console
//! $ CROSSORIGIN_BLESS=1 cargo test --all-features --test all messages    # writes both files anew
//! ```
//!
//! Each section is made of values of one type. It fails if no value has one of the type's variants.

mod browser;
mod console;
mod oracle;
mod server;
mod vocabulary;

use std::{collections::BTreeSet, fmt::Write, path::Path};

/// A section of the file: the messages of one type.
struct Section {
    title: &'static str,
    shown: BTreeSet<&'static str>,
    text: String,
}

impl Section {
    fn new(title: &'static str) -> Self {
        Self { title, shown: BTreeSet::new(), text: String::new() }
    }

    /// Adds the message of a value of the variant with that name.
    fn add(&mut self, name: &'static str, text: impl ToString) {
        self.shown.insert(name);
        self.entry(name, text);
    }

    /// Adds a message, below the input that leads to it.
    fn entry(&mut self, heading: &str, text: impl ToString) {
        let text = text.to_string().replace('\n', "\n  ");
        writeln!(self.text, "\n{heading}\n  {text}").unwrap();
    }

    /// Checks that the section has every variant of these names.
    #[track_caller]
    fn complete(self, names: &[&'static str]) -> Self {
        let names = names.iter().copied().collect();
        let missing: Vec<_> = self.shown.symmetric_difference(&names).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", self.title);
        self
    }
}

#[test]
fn messages_are_those_of_the_file() {
    let sections = [browser::sections(), server::sections(), vocabulary::sections(), oracle::sections()];
    let mut found =
        "What the crate says to people. `mod.rs` beside this file says how it is written.\n".to_owned();
    for section in sections.iter().flatten() {
        write!(found, "\n\n# {}\n{}", section.title, section.text).unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all/messages/messages.txt");
    if std::env::var_os("CROSSORIGIN_BLESS").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap();
    let differences: Vec<_> = differences(&expected, &found).collect();
    assert!(
        differences.is_empty(),
        "the messages differ from {}:\n{}\nIf that is right, CROSSORIGIN_BLESS=1 writes the file anew.",
        path.display(),
        differences.join("\n"),
    );
}

/// Returns the lines that only one of the texts has.
fn differences<'a>(expected: &'a str, found: &'a str) -> impl Iterator<Item = String> {
    let lines = |text: &'a str| text.lines().collect::<BTreeSet<_>>();
    let (old, new) = (lines(expected), lines(found));
    let only = |sign: char, all: &'a str, others: BTreeSet<&'a str>| {
        all.lines().filter(move |line| !others.contains(line)).map(move |line| format!("{sign} {line}"))
    };
    let moved = (expected != found && old == new).then(|| "The lines are in another order.".to_owned());
    only('-', expected, new).chain(only('+', found, old)).chain(moved)
}
