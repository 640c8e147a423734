//! Problems that people reported in public, each with what helped them: the first fix is what helped.
//!
//! `threads.jsonl` has the reports with which the fixes were made, and `unseen.jsonl` others. In each line, `source` names the thread, and
//! `helped` has what helped: the side, a part of the fix's text, and words for readers. If the first fix is another
//! one, `differs` says why.

use serde_json::Value;

use crate::{case_format::evaluate, cases::compare};

const THREADS: &str = include_str!("../cases/reports/threads.jsonl");

/// Reports that were looked up only after the fixes were final. One of them, `font-service`, changed a fix afterwards: that for
/// status 403, with which many servers refuse an origin.
const UNSEEN: &str = include_str!("../cases/reports/unseen.jsonl");

/// A report, and the verdict on it.
struct Report {
    case: Value,
    verdict: Value,
}

fn reports(lines: &str) -> Vec<Report> {
    let report = |line: &str| Report {
        case: serde_json::from_str(line).unwrap(),
        verdict: serde_json::from_str(&evaluate(line).unwrap()).unwrap(),
    };
    lines.lines().map(report).collect()
}

impl Report {
    /// The best fix of the last step, or of its first warning that has one: its side, and its text with its lines.
    fn first_fix(&self) -> Option<(String, String)> {
        let step = self.verdict["steps"].as_array().unwrap().last().unwrap();
        let warnings = step["warnings"].as_array().into_iter().flatten().map(|warning| &warning["fixes"]);
        let fixes = [&step["fixes"]].into_iter().chain(warnings);
        let fix = fixes.filter_map(Value::as_array).flatten().next()?;
        let lines = fix["lines"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let text = lines.fold(fix["text"].as_str().unwrap().to_owned(), |text, line| text + "\n" + line);
        Some((fix["side"].as_str().unwrap().to_owned(), text))
    }

    /// Returns whether the first fix is what helped.
    fn agrees(&self) -> bool {
        let helped = &self.case["helped"];
        match (helped["side"].as_str().unwrap(), self.first_fix()) {
            ("none", fix) => fix.is_none(),
            (side, Some((first, text))) => side == first && text.contains(helped["fix"].as_str().unwrap()),
            (_, None) => false,
        }
    }

    fn argues(&self) -> bool {
        self.case["helped"]["differs"].as_str().is_some_and(|why| why.len() > 20)
    }
}

/// Asserts that the outcomes are as expected, and that each fix is what helped, or says why not. Returns how many fixes
/// are what helped.
fn check(lines: &str) -> usize {
    let mut wrong = Vec::new();
    let mut agreed = 0;
    for report in reports(lines) {
        let id = report.case["id"].as_str().unwrap();
        wrong.extend(compare(&report.case, &report.verdict).iter().map(|it| format!("{id}: {it}")));
        agreed += usize::from(report.agrees());
        if report.agrees() == report.argues() {
            let helped = &report.case["helped"];
            wrong.push(format!("{id}: {helped}, but the first fix is {:?}", report.first_fix()));
        }
    }
    assert!(wrong.is_empty(), "{} mismatches:\n{}", wrong.len(), wrong.join("\n"));
    agreed
}

#[test]
fn the_first_fix_is_what_helped() {
    let agreed = check(THREADS);
    assert_eq!((THREADS.lines().count(), agreed), (88, 85));
}

#[test]
fn the_first_fix_is_mostly_what_helped_in_unseen_reports() {
    let agreed = check(UNSEEN);
    assert_eq!((UNSEEN.lines().count(), agreed), (30, 22));
}
