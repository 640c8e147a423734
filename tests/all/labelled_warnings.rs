//! How often the warnings of the oracle are right, on exchanges that were labelled by hand before the rules were tuned.
//!
//! `tests/cases/warnings/rates.txt` has the counts of each kind, and the exchanges in which a rule is wrong. This command writes it
//! anew:
//!
//! ```console
//! $ CROSSORIGIN_BLESS=1 cargo test --test all labelled_warnings
//! ```

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
    path::PathBuf,
};

use crossorigin::oracle::{Transcript, case::Case};
use serde::Deserialize;

/// The kinds of warnings that the labels know. Only the oracle finds them.
pub(crate) const KINDS: [&str; 12] = [
    "CookieNotKept",
    "CookieNotSent",
    "FontPreloadNotUsed",
    "LocalNetwork",
    "MixedContent",
    "OpaqueResponseBlocked",
    "ResponseForOtherOrigin",
    "ResponseHeaderHidden",
    "ResponseNotFromApplication",
    "StoredResponseRefused",
    "VaryOriginMissing",
    "WebSocketRefused",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Labelled {
    id: String,
    #[serde(rename = "source")]
    _source: String,
    labels: BTreeSet<String>,
    #[serde(rename = "why")]
    _why: String,
    case: Case,
}

fn folder() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "cases", "warnings"].iter().collect()
}

fn corpus() -> Vec<Labelled> {
    let text = std::fs::read_to_string(folder().join("exchanges.jsonl")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn transcripts(case: &Case) -> Vec<Transcript> {
    let verdict = case.play().unwrap_or_else(|invalid| panic!("{}: {invalid}", case.id()));
    verdict.runs().flat_map(|(_, steps)| steps).map(|step| step.clone().unwrap()).collect()
}

/// The kinds of the warnings of all steps.
fn found(case: &Case) -> BTreeSet<String> {
    let warnings = transcripts(case).into_iter().flat_map(|transcript| transcript.warnings());
    let kinds = warnings.map(|warning| warning.name().to_owned());
    kinds.filter(|kind| KINDS.contains(&kind.as_str())).collect()
}

#[derive(Default)]
struct Counts {
    right: Vec<String>,
    wrong: Vec<String>,
    missed: Vec<String>,
}

#[test]
fn the_counts_are_those_of_the_file() {
    let corpus = corpus();
    let mut counts: BTreeMap<&str, Counts> = KINDS.iter().map(|kind| (*kind, Counts::default())).collect();
    for labelled in &corpus {
        let found = found(&labelled.case);
        for kind in KINDS {
            let counts = counts.get_mut(kind).unwrap();
            match (found.contains(kind), labelled.labels.contains(kind)) {
                (true, true) => counts.right.push(labelled.id.clone()),
                (true, false) => counts.wrong.push(labelled.id.clone()),
                (false, true) => counts.missed.push(labelled.id.clone()),
                (false, false) => {}
            }
        }
    }
    let mut text =
        format!("{} exchanges\n\nkind                         right  wrong  missed\n", corpus.len());
    for (kind, Counts { right, wrong, missed }) in &counts {
        writeln!(text, "{kind:<28} {:>5}  {:>5}  {:>6}", right.len(), wrong.len(), missed.len()).unwrap();
    }
    for (kind, Counts { wrong, missed, .. }) in &counts {
        for (what, ids) in [("wrong", wrong), ("missed", missed)] {
            for id in ids {
                writeln!(text, "\n{kind} {what}: {id}").unwrap();
            }
        }
    }
    let path = folder().join("rates.txt");
    if std::env::var_os("CROSSORIGIN_BLESS").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    // What the file may not become: a rule that is wrong more often than one time in ten is a nuisance.
    let sum = |part: fn(&Counts) -> usize| counts.values().map(part).sum::<usize>();
    let (right, wrong, missed) =
        (sum(|it| it.right.len()), sum(|it| it.wrong.len()), sum(|it| it.missed.len()));
    assert!(right * 10 >= (right + wrong) * 9, "{right} right, {wrong} wrong");
    assert!(right * 10 >= (right + missed) * 9, "{right} right, {missed} missed");
}

/// Half of the exchanges are healthy, so that a rule that always fires is found out.
#[test]
fn the_corpus_has_enough_of_each_kind() {
    let corpus = corpus();
    assert!(corpus.len() >= 100);
    let healthy = corpus.iter().filter(|it| it.labels.is_empty());
    let delivered =
        healthy.filter(|it| transcripts(&it.case).iter().all(|transcript| transcript.outcome().is_ok()));
    assert!(delivered.count() >= 50);
    for kind in KINDS {
        assert!(corpus.iter().filter(|it| it.labels.contains(kind)).count() >= 3, "{kind}");
    }
    let known = |label: &String| KINDS.contains(&label.as_str());
    assert!(corpus.iter().all(|it| it.labels.iter().all(known) && it.id == it.case.id()));
    assert_eq!(corpus.iter().map(|it| &it.id).collect::<BTreeSet<_>>().len(), corpus.len());
}

/// Each kind has something to do about it.
#[test]
fn each_warning_has_a_fix() {
    for labelled in corpus() {
        for warning in transcripts(&labelled.case).iter().flat_map(Transcript::warnings) {
            if KINDS.contains(&warning.name()) {
                assert!(!warning.fixes().is_empty(), "{}: {warning}", labelled.id);
            }
        }
    }
}
