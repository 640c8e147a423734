//! Warnings beside fixes: a reader is told everything once.

use std::collections::BTreeSet;

use crossorigin::oracle::{Transcript, case::Case};
use serde_json::Value;

use super::{get, put, response};

const CORPORA: [&str; 3] = [
    include_str!("../../cases/reports/threads.jsonl"),
    include_str!("../../cases/reports/unseen.jsonl"),
    include_str!("../../cases/warnings/exchanges.jsonl"),
];

/// All transcripts of the corpora.
fn transcripts() -> Vec<Transcript> {
    let mut transcripts = Vec::new();
    for line in CORPORA.iter().flat_map(|corpus| corpus.lines()) {
        let value: Value = serde_json::from_str(line).unwrap();
        let case = value.get("case").unwrap_or(&value);
        let verdict = serde_json::from_value::<Case>(case.clone()).unwrap().play().unwrap();
        let steps = verdict.runs().flat_map(|(_, steps)| steps);
        transcripts.extend(steps.filter_map(|step| step.as_ref().ok()).cloned());
    }
    transcripts
}

#[test]
fn no_fix_is_printed_twice() {
    let transcripts = transcripts();
    assert!(transcripts.len() > 250, "{}", transcripts.len());
    for transcript in transcripts {
        for printed in [transcript.to_string(), format!("{transcript:#}")] {
            let fixes = printed.lines().filter_map(|line| line.trim_start().strip_prefix("Fix:"));
            let mut seen = BTreeSet::new();
            assert!(fixes.map(str::trim).all(|fix| seen.insert(fix)), "{printed}");
        }
    }
}

/// Returns whether a transcript prints a warning, in full and in short.
fn warns(transcript: &Transcript) -> (bool, bool) {
    assert!(!transcript.warnings().is_empty(), "{transcript}");
    let has_warning = |printed: String| printed.contains("   Warning:  ");
    (has_warning(transcript.to_string()), has_warning(format!("{transcript:#}")))
}

#[test]
fn what_the_reason_or_a_fix_says_is_no_warning_too() {
    let origin = ("access-control-allow-origin", &b"https://app.example"[..]);
    let credentials = ("access-control-allow-credentials", &b"true"[..]);
    let any = ("access-control-allow-origin", &b"*"[..]);
    let allowed = || {
        response(
            204,
            &[
                origin,
                credentials,
                ("access-control-allow-methods", b"PUT"),
                ("access-control-allow-headers", b"content-type"),
            ],
        )
    };
    for (transcript, expected) in [
        (get([response(502, &[])]), (false, false)),
        (put([response(500, &[])]), (false, false)),
        (get([response(200, &[("access-control-allow-origin", b"https://app.example/")])]), (false, false)),
        (
            put([response(204, &[origin, credentials, ("access-control-allow-methods", b"*")])]),
            (false, false),
        ),
        (
            put([response(204, &[origin, credentials, ("access-control-allow-methods", b"put")])]),
            (true, true),
        ),
        // The code for preflights does not run for other requests. No fix says so.
        (put([allowed(), response(200, &[])]), (true, true)),
        (get([response(200, &[any, ("content-disposition", b"attachment; filename=a")])]), (true, true)),
    ] {
        assert_eq!(warns(&transcript), expected, "{transcript}");
    }
}
