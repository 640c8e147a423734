//! The table of laws in `tests/README.md` names every law, and nothing else.

use super::{list, tokens};
use std::collections::BTreeSet;
use std::path::Path;

/// Every function of a `proptest!`, as the test is called.
fn laws() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all");
    let (mut files, mut laws) = (Vec::new(), BTreeSet::new());
    list(&root, &mut files);
    for file in files {
        let path = file.strip_prefix(&root).unwrap().with_extension("");
        let module: Vec<_> = path.iter().map(|name| name.to_str().unwrap()).collect();
        let tokens = tokens(&std::fs::read_to_string(&file).unwrap());
        let mut depth: Option<usize> = None;
        for (at, token) in tokens.iter().enumerate() {
            depth = match depth {
                None if token.is('{')
                    && at >= 2
                    && tokens[at - 1].is('!')
                    && tokens[at - 2].word() == Some("proptest") =>
                {
                    Some(1)
                }
                None => None,
                Some(1) if token.is('}') => None,
                Some(depth) if token.is('}') => Some(depth - 1),
                Some(depth) if token.is('{') => Some(depth + 1),
                depth => depth,
            };
            if depth == Some(1) && token.word() == Some("fn") {
                laws.insert(format!("{}::{}", module.join("::"), tokens[at + 1].word().unwrap()));
            }
        }
    }
    laws
}

#[test]
fn the_table_of_laws_is_true() {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/README.md"));
    let rows = text.lines().filter(|line| line.starts_with("| ") && line.contains("::"));
    let cells = rows.filter_map(|row| row.trim_end_matches(" |").rsplit_once(" | "));
    let named: Vec<_> =
        cells.flat_map(|(_, names)| names.split(", ")).map(|name| name.trim_matches('`')).collect();
    let unique: BTreeSet<_> = named.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(unique.len(), named.len(), "named once");
    assert_eq!(unique, laws());
}
