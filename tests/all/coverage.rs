//! `docs/coverage.md` is true: every step of every algorithm in scope has a row, and a row that names a function of ours
//! names one that has a comment for that step.

use std::collections::BTreeMap;
use std::path::Path;

/// The algorithms in scope, and the last number of each list of steps that has rows: `"7"` where the steps are 1 to 7,
/// `"4.2"` where step 4 has two steps of its own. The numbers are those of the pinned snapshot.
const ALGORITHMS: &[(&str, &[&str])] = &[
    ("fetch", &["18", "12.4"]),
    ("main fetch", &["24", "12.4", "14.2", "14.1.3"]),
    ("override fetch", &["5"]),
    ("determine the network partition key", &["6"]),
    ("determine the network partition key of a request", &["3"]),
    ("scheme fetch", &["4"]),
    ("HTTP fetch", &["7", "3.6", "3.5.7", "4.5", "4.1.2", "6.3", "6.3.2"]),
    ("HTTP-redirect fetch", &["22", "12.2"]),
    ("HTTP-network-or-cache fetch", &["19", "8.26"]),
    ("CORS-preflight fetch", &["8", "5.2", "7.16"]),
    ("create a new cache entry", &["2"]),
    ("clear cache entries", &[]),
    ("cache entry match", &[]),
    ("method cache entry match", &[]),
    ("header-name cache entry match", &[]),
    ("CORS check", &["8"]),
    ("TAO check", &["8"]),
    ("cross-origin resource policy check", &["7"]),
    ("cross-origin resource policy internal check", &["5"]),
    ("redirect-taint", &["5", "4.4"]),
    ("serializing a request origin", &["3"]),
    ("append a request Origin header", &["4", "4.2"]),
    ("Cross-Origin-Embedder-Policy allows credentials", &["6"]),
    ("location URL", &["5"]),
    ("filtered response", &[]),
    ("get a header", &["2"]),
    ("get, decode, and split a header name", &["3"]),
    ("get, decode, and split a header value", &["5", "5.8"]),
    ("append to a header list", &["2"]),
    ("set in a header list", &["2"]),
    ("combine in a header list", &["2"]),
    ("sort and combine", &["4", "3.2"]),
    ("extract header list values", &["5", "4.3"]),
    ("parse a single range header value", &["19"]),
    ("CORS-safelisted request-header", &["3", "2.4"]),
    ("CORS-unsafe request-header names", &["6", "4.2"]),
    ("no-CORS-safelisted request-header", &["2"]),
    ("forbidden request-header", &["4", "3.2"]),
    ("new Request()", &["42", "5.5", "25.4", "32.2", "33.5", "37.4", "39.3"]),
    ("validate a header", &["5"]),
    ("Headers append", &["5", "3.4"]),
    ("open()", &["12"]),
    ("setRequestHeader()", &["6"]),
    ("send()", &["12", "4.6"]),
    ("create a potential-CORS request", &["5"]),
];

/// One row of the table.
struct Row {
    algorithm: &'static str,
    /// None where the standard has no numbers.
    steps: Vec<String>,
    what: &'static str,
    place: &'static str,
}

impl Row {
    /// Function and file, where the place is ours.
    fn function(&self) -> Option<(&'static str, &'static str)> {
        let rest = self.place.strip_prefix('`')?;
        let (function, rest) = rest.split_once("` in `")?;
        let (file, _) = rest.split_once('`')?;
        Some((function, file))
    }
}

fn rows() -> Vec<Row> {
    let mut algorithm = "";
    let mut rows = Vec::new();
    for line in include_str!("../../docs/coverage.md").lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            algorithm = heading;
        } else if let Some(cells) = line.strip_prefix('|').and_then(|line| line.strip_suffix('|')) {
            let cells: Vec<_> = cells.split('|').map(str::trim).collect();
            let [steps, what, place] = cells[..] else { panic!("{algorithm}: three cells, not `{line}`") };
            if steps != "step" && !steps.starts_with("---") {
                rows.push(Row { algorithm, steps: expand(steps), what, place });
            }
        }
    }
    rows
}

/// Whether a step of an algorithm has a row.
#[cfg(feature = "browser")]
pub(crate) fn has_row(algorithm: &str, step: &str) -> bool {
    rows().iter().any(|row| row.algorithm == algorithm && row.steps.iter().any(|listed| listed == step))
}

/// Each algorithm and step that a function of ours does; an empty step where the standard has no numbers.
#[cfg(feature = "oracle")]
pub(crate) fn our_steps() -> Vec<(&'static str, String)> {
    let mut steps = Vec::new();
    for row in rows().iter().filter(|row| row.function().is_some()) {
        let numbers = if row.steps.is_empty() { vec![String::new()] } else { row.steps.clone() };
        steps.extend(numbers.into_iter().map(|step| (row.algorithm, step)));
    }
    steps
}

/// The steps that a comment of the model is about: `7.1. Let …`, `4.1 and 4.2. Parse …`, `3 to 7, 9 and 10 are …`.
#[cfg(feature = "oracle")]
pub(crate) fn steps_in(comment: &str) -> Vec<String> {
    let sentences = comment.match_indices(". ").map(|(at, _)| at + 2);
    let begins = |at: &usize| comment[*at..].starts_with(|letter: char| letter.is_ascii_digit());
    [0].into_iter().chain(sentences).filter(begins).flat_map(|at| listed_steps(&comment[at..])).collect()
}

/// `4` or `4 to 7`, also within a step: `8.5 to 8.9`.
fn expand(range: &str) -> Vec<String> {
    let Some((from, to)) = range.split_once(" to ") else {
        return range.split_ascii_whitespace().map(str::to_owned).collect();
    };
    let (parent, first) = parent_and_number(from);
    let (parent_of_last, last) = parent_and_number(to);
    assert_eq!(parent, parent_of_last, "from and to in `{range}`");
    (first..=last).map(|number| format!("{parent}{number}")).collect()
}

/// `4.1.2` is number 2 under `4.1.`.
fn parent_and_number(step: &str) -> (&str, u32) {
    let at = step.rfind('.').map_or(0, |dot| dot + 1);
    (&step[..at], step[at..].parse().unwrap_or_else(|_| panic!("`{step}` is no step")))
}

/// The steps that a comment names, each with the algorithm where the comment says so: `Step 4: …`, `Steps 4, 5 and 7 to
/// 9: …`, `HTTP fetch, step 4: …`.
fn named_steps(comment: &str) -> Vec<(Option<&str>, String)> {
    let mut found = Vec::new();
    let starts = ["Step ", "Steps ", "step ", "steps "].iter().flat_map(|word| comment.match_indices(word));
    for (at, word) in starts {
        let before = &comment[..at];
        let algorithm = before.strip_suffix(", ").map(|before| {
            let sentence = before.rfind(". ").map(|at| at + 2).max(before.rfind(" (").map(|at| at + 2));
            &before[sentence.unwrap_or(0)..]
        });
        for step in listed_steps(&comment[at + word.len()..]) {
            found.push((algorithm, step));
        }
    }
    found
}

/// The steps of a list that a text begins with: `4, 5 and 7 to 9: what they do`.
fn listed_steps(text: &str) -> Vec<String> {
    let mut steps = Vec::new();
    let mut from = None;
    for word in text.split_ascii_whitespace() {
        let step = word.trim_end_matches([',', ':', ';', '.', ')']);
        match (step, from.take()) {
            ("and", _) => continue,
            ("to", _) => {
                from = steps.pop();
                continue;
            }
            (step, _) if !step.starts_with(|c: char| c.is_ascii_digit()) => break,
            (step, Some(from)) => steps.extend(expand(&format!("{from} to {step}"))),
            (step, None) => steps.push(step.to_owned()),
        }
        if !word.ends_with(',') && word != step {
            break;
        }
    }
    steps
}

/// The functions of that name in a file, each with its documentation; rustfmt puts the closing brace under the `fn`.
fn functions<'a>(source: &'a [&'a str], name: &str) -> Vec<&'a [&'a str]> {
    let is_it = |line: &str| {
        let line = line.trim_start().trim_start_matches("pub ").trim_start_matches("pub(crate) ");
        let line = line.trim_start_matches("pub(super) ").trim_start_matches("const ");
        line.strip_prefix("fn ")
            .and_then(|line| line.strip_prefix(name))
            .is_some_and(|rest| rest.starts_with(['(', '<']))
    };
    let heads = (0..source.len()).filter(|&at| is_it(source[at]));
    heads
        .map(|head| {
            let documented = source[..head].iter().rev().take_while(|line| {
                let line = line.trim_start();
                line.starts_with("///") || line.starts_with("#[")
            });
            let start = head - documented.count();
            let indent = source[head].len() - source[head].trim_start().len();
            let closing = format!("{}}}", " ".repeat(indent));
            let length = source[head..].iter().position(|line| *line == closing).unwrap();
            &source[start..=head + length]
        })
        .collect()
}

#[test]
fn every_algorithm_is_there_in_order() {
    let mut headings: Vec<_> = rows().iter().map(|row| row.algorithm).collect();
    headings.dedup();
    let expected: Vec<_> = ALGORITHMS.iter().map(|(algorithm, _)| *algorithm).collect();
    assert_eq!(headings, expected);
}

#[test]
fn no_step_is_missing() {
    let rows = rows();
    for (algorithm, lasts) in ALGORITHMS {
        // How far each list goes, by what stands before its numbers: "" for 1 to 24, "14.1." for 14.1.1 to 14.1.3.
        let mut pinned = BTreeMap::new();
        for last in *lasts {
            let (parent, number) = parent_and_number(last);
            pinned.insert(parent, number);
        }
        let mut listed: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for step in rows.iter().filter(|row| row.algorithm == *algorithm).flat_map(|row| &row.steps) {
            let (parent, number) = parent_and_number(step);
            listed.entry(parent).or_default().push(number);
        }
        assert_eq!(
            listed.keys().collect::<Vec<_>>(),
            pinned.keys().collect::<Vec<_>>(),
            "{algorithm}: the lists of steps"
        );
        for (parent, numbers) in &mut listed {
            numbers.sort_unstable();
            numbers.dedup();
            let all: Vec<_> = (1..=pinned[parent]).collect();
            assert_eq!(*numbers, all, "{algorithm}: the steps {parent}*");
        }
    }
}

#[test]
fn every_row_says_who() {
    for Row { algorithm, what, place, .. } in rows() {
        let is_known =
            place.starts_with('`') || place.starts_with("embedder") || place.starts_with("nothing to do");
        assert!(is_known, "{algorithm}, {what}: `{place}`");
    }
}

#[test]
fn every_function_that_is_named_names_the_step() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    for row in rows() {
        let Some((function, file)) = row.function() else { continue };
        let Row { algorithm, steps, what, .. } = &row;
        let source = std::fs::read_to_string(sources.join(file)).unwrap_or_default();
        let source: Vec<_> = source.lines().collect();
        let comments: Vec<_> = functions(&source, function)
            .into_iter()
            .flatten()
            .filter_map(|line| line.trim_start().strip_prefix("//"))
            .collect();
        // Where there are no numbers, the name must stand there, be it in the documentation.
        let name = if *algorithm == "filtered response" { what } else { algorithm };
        if steps.is_empty() && !comments.concat().to_lowercase().contains(&name.to_lowercase()) {
            faults.push(format!("`{function}` in {file} does not name: {name}"));
        }
        // Numbers count in the body only: those in the documentation are summaries.
        let in_body = comments.iter().filter_map(|comment| comment.strip_prefix(' '));
        let named: Vec<_> = in_body.flat_map(named_steps).collect();
        for step in steps {
            let is_named = named.iter().any(|(qualifier, named)| {
                named == step && qualifier.is_none_or(|qualifier| qualifier.eq_ignore_ascii_case(algorithm))
            });
            if !is_named {
                faults
                    .push(format!("`{function}` in {file} does not name: {algorithm}, step {step} ({what})"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn comments_are_understood() {
    let named = |comment| named_steps(comment).into_iter().map(|(_, step)| step).collect::<Vec<_>>();
    assert_eq!(
        named("Step 4: this. Steps 5, 7.1 and 9: that. Steps 11 to 13: those."),
        ["4", "5", "7.1", "9", "11", "12", "13"]
    );
    assert_eq!(named("Steps 8 and 9 to 10, or so: 3 and 4."), ["8", "9", "10"]);
    assert_eq!(named("No step, and a stepping stone 5. Step by step."), [""; 0]);
    let qualified =
        named_steps("Step 2: do. (HTTP fetch, step 4.1.2: that.) And so. send(), steps 1 and 2: go.");
    let qualified: Vec<_> = qualified.iter().map(|(algorithm, step)| (*algorithm, step.as_str())).collect();
    assert_eq!(
        qualified,
        [(None, "2"), (Some("HTTP fetch"), "4.1.2"), (Some("send()"), "1"), (Some("send()"), "2")]
    );
}
