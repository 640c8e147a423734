//! The sources, read as tokens: what they use, what is public, what they say. A tokenizer knows what is a comment or a
//! text; and unlike a parser it also looks into macros.

mod laws;
mod messages;
mod public_types;
mod purity;
#[cfg(feature = "oracle")]
mod steps;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::path::{Path, PathBuf};

/// One token. Groups are flat: their delimiters are tokens like others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    Word(String),
    Sign(char),
    /// A literal as it is written.
    Literal(String),
}

impl Token {
    pub(crate) fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(crate) fn is(&self, sign: char) -> bool {
        *self == Self::Sign(sign)
    }
}

/// One file of `src`.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// Its path below `src`, with `/`.
    pub(crate) path: String,
    pub(crate) tokens: Vec<Token>,
}

/// Every file of `src`.
pub(crate) fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    list(&root, &mut files);
    files.sort();
    assert!(files.len() > 100, "only {} files", files.len());
    let read = |file: PathBuf| {
        let names = file.strip_prefix(&root).unwrap().iter().map(|name| name.to_str().unwrap());
        let path = names.collect::<Vec<_>>().join("/");
        Source { path, tokens: tokens(&std::fs::read_to_string(&file).unwrap()) }
    };
    files.into_iter().map(read).collect()
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list(&path, files);
        } else {
            assert!(path.extension().is_some_and(|end| end == "rs"), "{} is no source", path.display());
            files.push(path);
        }
    }
}

pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut all = Vec::new();
    flatten(text.parse().unwrap(), &mut all);
    all
}

fn flatten(stream: TokenStream, all: &mut Vec<Token>) {
    for tree in stream {
        match tree {
            TokenTree::Ident(word) => all.push(Token::Word(word.to_string())),
            TokenTree::Punct(sign) => all.push(Token::Sign(sign.as_char())),
            TokenTree::Literal(literal) => all.push(Token::Literal(literal.to_string())),
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ('(', ')'),
                    Delimiter::Brace => ('{', '}'),
                    Delimiter::Bracket => ('[', ']'),
                    Delimiter::None => (' ', ' '),
                };
                all.push(Token::Sign(open));
                flatten(group.stream(), all);
                all.push(Token::Sign(close));
            }
        }
    }
}

/// The paths that a use tree or an expression at this place spells: `a::{b, c::D}` is `a::b` and `a::c::D`. Gives where
/// they end.
pub(crate) fn paths(tokens: &[Token], mut at: usize, before: &str, found: &mut Vec<String>) -> usize {
    let joined = |name: &str| if before.is_empty() { name.to_owned() } else { format!("{before}::{name}") };
    match &tokens[at] {
        Token::Word(name) => {
            let path = joined(name);
            let goes_on = tokens.get(at + 1).is_some_and(|it| it.is(':'))
                && tokens.get(at + 2).is_some_and(|it| it.is(':'))
                && tokens.get(at + 3).is_some_and(|it| it.word().is_some() || it.is('{') || it.is('*'));
            if goes_on {
                return paths(tokens, at + 3, &path, found);
            }
            found.push(path);
            at += 1;
            // `as` another name, which may be `_`.
            if tokens.get(at).and_then(Token::word) == Some("as") { at + 2 } else { at }
        }
        Token::Sign('{') => {
            at += 1;
            while !tokens[at].is('}') {
                at = if tokens[at].is(',') { at + 1 } else { paths(tokens, at, before, found) };
            }
            at + 1
        }
        Token::Sign('*') => {
            found.push(joined("*"));
            at + 1
        }
        other => panic!("no path: {other:?}"),
    }
}

#[test]
fn tokens_are_what_they_are() {
    let text = r#"
        //! std::fs in a comment, /* std::net */
        /// [`std::env`] in documentation
        use std::{fmt::{self, Write as _}, sync::Arc};
        const TEXT: &str = "std::thread";
        fn f<'a>() { write!(f, "{}", std::mem::take::<u8>(&mut 1)); }
    "#;
    let tokens = tokens(text);
    let mut found = Vec::new();
    for at in (0..tokens.len()).filter(|at| tokens[*at].word() == Some("std")) {
        paths(&tokens, at, "", &mut found);
    }
    assert_eq!(found, ["std::fmt::self", "std::fmt::Write", "std::sync::Arc", "std::mem::take"]);
    assert!(tokens.contains(&Token::Literal("\"std::thread\"".to_owned())));
}
