//! The sources are pure: no clock, no I/O, no environment, no threads, no state outside what a caller holds, no printing.
//!
//! What they may use is listed here, and nothing else: whatever is new has to be argued for in this file.

use super::{Source, Token, paths, sources};
use std::collections::BTreeSet;

/// What `src` uses of the standard library. None of it asks the world anything, and none has a hidden state.
const STD: &[&str] = &[
    "std::borrow::Cow",
    "std::cmp::Ordering",
    "std::collections::BTreeMap",
    "std::collections::BTreeSet",
    "std::collections::HashMap",
    "std::collections::HashSet",
    "std::collections::VecDeque",
    "std::error",
    "std::error::Error",
    "std::fmt",
    "std::fmt::Display",
    "std::fmt::Write",
    "std::future::Future",
    "std::hash",
    "std::hash::BuildHasherDefault",
    "std::hash::DefaultHasher",
    "std::iter::once",
    "std::iter::repeat_n",
    "std::iter::successors",
    "std::mem::replace",
    "std::mem::take",
    "std::net::Ipv4Addr",
    "std::net::Ipv6Addr",
    "std::ops::Range",
    "std::pin::Pin",
    "std::slice",
    "std::slice::Iter",
    "std::slice::from_ref",
    "std::str::FromStr",
    "std::str::from_utf8",
    "std::sync::Arc",
    "std::task::Context",
    "std::task::Poll",
    "std::task::ready",
    "std::time::Duration",
    "std::vec::IntoIter",
];

/// The one exception, and where it is: a policy that is replaced while a server runs has to be shared with the requests
/// that run. It is for those who ask for it; nothing else knows it.
const SHARED_STATE: (&str, &[&str]) = ("tower/source.rs", &["std::sync::PoisonError", "std::sync::RwLock"]);

/// Where hashed collections are, whose order is random from one process to the next, and why nobody sees it.
const HASHED: &[(&str, &str)] = &[
    (
        "browser/preflight_cache.rs",
        "looked up by key, and listed by age; whole partitions are removed in any order",
    ),
    ("header_list.rs", "where the first line of a name is and which names were there, while a list is made"),
    ("mime_type/parameters.rs", "which parameters were there already"),
    ("oracle/routes.rs", "looked up by URL"),
    ("server/configuration.rs", "which fields were there already"),
    ("server/origin_index.rs", "looked up by origin and host, by a hash that is always the same"),
    ("server/validate.rs", "which names were there already, and which places have a fault"),
    ("server/validate/origins.rs", "which patterns are wide"),
    ("server/vary.rs", "which members were there already"),
];

/// The macros that `src` calls. None prints, reads a file or the environment when it runs.
const MACROS: &[&str] = &[
    "format",
    "format_args",
    "include_str",
    "matches",
    "pin_project",
    "prop_oneof",
    "ready",
    "vec",
    "write",
];

/// Words that are not in `src`, wherever they would come from: another crate or a name that was imported whole.
const FORBIDDEN: &[&str] = &[
    "Barrier",
    "Cell",
    "Command",
    "Condvar",
    "File",
    "Instant",
    "LazyCell",
    "LazyLock",
    "LocalKey",
    "Mutex",
    "Once",
    "OnceCell",
    "OnceLock",
    "OsRng",
    "RandomState",
    "RefCell",
    "Stdin",
    "Stdout",
    "SystemTime",
    "TcpListener",
    "TcpStream",
    "ThreadRng",
    "UdpSocket",
    "UnsafeCell",
    "elapsed",
    "getrandom",
    "park",
    "sleep",
    "spawn",
    "thread_rng",
    "unsafe",
];

/// The crates that `src` can name at all.
const DEPENDENCIES: &[&str] = &[
    "http",
    "pin-project-lite",
    "proptest",
    "psl",
    "serde",
    "thiserror",
    "tower-layer",
    "tower-service",
    "url",
];

fn faults(mut each: impl FnMut(&Source, &mut dyn FnMut(String))) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources() {
        each(&source, &mut |fault| faults.push(format!("{}: {fault}", source.path)));
    }
    faults
}

/// Every path of the standard library that a file spells.
fn std_paths(source: &Source) -> BTreeSet<String> {
    let tokens = &source.tokens;
    let is_root = |at: usize| {
        let is_inner = at >= 2 && tokens[at - 1].is(':') && tokens[at - 2].is(':');
        let is_path = tokens.get(at + 1).is_some_and(|it| it.is(':'))
            && tokens.get(at + 2).is_some_and(|it| it.is(':'));
        matches!(tokens[at].word(), Some("std" | "core" | "alloc")) && is_path && !is_inner
    };
    let mut found = Vec::new();
    for at in (0..tokens.len()).filter(|at| is_root(*at)) {
        paths(tokens, at, "", &mut found);
    }
    found.iter().map(|path| item(path)).collect()
}

/// A path as far as its item: without `::self`, and without what stands behind a type.
fn item(path: &str) -> String {
    let is_type = |name: &&str| name.starts_with(|letter: char| letter.is_uppercase());
    let names: Vec<_> = path.split("::").filter(|name| *name != "self").collect();
    let length = names.iter().position(is_type).map_or(names.len(), |at| at + 1);
    names[..length].join("::")
}

#[test]
fn only_pure_parts_of_the_standard_library_are_used() {
    let mut used = BTreeSet::new();
    let faults = faults(|source, fault| {
        for path in std_paths(source) {
            let is_excepted = source.path == SHARED_STATE.0 && SHARED_STATE.1.contains(&path.as_str());
            if !STD.contains(&path.as_str()) && !is_excepted {
                fault(path.clone());
            }
            used.insert(path);
        }
    });
    assert!(faults.is_empty(), "not listed as pure:\n{}", faults.join("\n"));
    let listed: BTreeSet<_> = STD.iter().chain(SHARED_STATE.1).map(|path| (*path).to_owned()).collect();
    assert_eq!(listed, used, "listed, and used");
}

#[test]
fn only_macros_that_do_nothing_outside_are_called() {
    const KEYWORDS: [&str; 9] = ["as", "else", "if", "in", "match", "move", "mut", "return", "while"];
    let mut used = BTreeSet::new();
    let faults = faults(|source, fault| {
        for three in source.tokens.windows(3) {
            let [Token::Word(name), sign, opening] = three else { continue };
            let is_call = sign.is('!') && ['(', '[', '{'].iter().any(|it| opening.is(*it));
            if is_call && !KEYWORDS.contains(&name.as_str()) {
                used.insert(name.clone());
                if !MACROS.contains(&name.as_str()) {
                    fault(format!("{name}!"));
                }
            }
        }
    });
    assert!(faults.is_empty(), "not listed as harmless:\n{}", faults.join("\n"));
    assert_eq!(used, MACROS.iter().map(|name| (*name).to_owned()).collect());
}

#[test]
fn nothing_is_kept_outside_what_a_caller_holds() {
    let faults = faults(|source, fault| {
        for pair in source.tokens.windows(2) {
            let word = pair[0].word().unwrap_or_default();
            if FORBIDDEN.contains(&word) || word.starts_with("Atomic") {
                fault(word.to_owned());
            }
            if word == "static" && pair[1].word() == Some("mut") || word == "extern" {
                fault(format!("{word} {:?}", pair[1]));
            }
        }
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn hashed_collections_are_where_their_order_is_not_seen() {
    let is_hashed = |token: &Token| matches!(token.word(), Some("HashMap" | "HashSet"));
    let sources = sources().into_iter().filter(|source| source.tokens.iter().any(is_hashed));
    let found: BTreeSet<_> = sources.map(|source| source.path).collect();
    assert_eq!(found, HASHED.iter().map(|(path, _)| (*path).to_owned()).collect());
}

#[test]
fn the_crates_that_can_be_named_are_these() {
    let manifest = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
    let section = manifest.split_once("\n[dependencies]\n").unwrap().1.split("\n[").next().unwrap();
    let names = section.lines().filter_map(|line| line.split_once(" = ")).map(|(name, _)| name);
    assert_eq!(names.collect::<Vec<_>>(), DEPENDENCIES);
}
