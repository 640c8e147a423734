//! `docs/browser-differences.md` says what `deviations.toml` and the profiles say.

use std::{fmt::Write, path::Path};

use crossorigin::browser::Profile;

use super::{
    compare::ENGINES,
    deviations::{Cases, Class, Deviations, Rule, deviations},
    fields::Field,
};

const OPENING: &str = "\
# How browsers differ from the standard

For those who ask whether something works in Chrome, Firefox or Safari too, and for those who choose a `Profile`. The page
lists where three browser engines were seen to differ from the Fetch Standard, in about 12,000 cases that were recorded in
Chromium, Firefox and WebKit, the engine of Safari. The versions are those in `tests/cases/browsers/engines.json`.

`Profile::standard` follows the standard. `Profile::chromium`, `Profile::firefox` and `Profile::webkit` do what the engines
do, except for what the last section lists.

This page is written from `tests/cases/browsers/deviations.toml` and the profiles, and a test checks that. That file lists
all cases of each entry, and `tests/recorder` records them anew.

";

/// The page.
fn page() -> String {
    let Deviations { rule: rules, rest } = deviations();
    let mut page = OPENING.to_owned();
    page += "## In short\n\nThe last column names the engines that differ.\n\n| what | step | engines |\n|---|---|---|\n";
    for rule in &rules {
        writeln!(page, "| {} | {} | {} |", rule.what, rule.step, differing(rule).join(", ")).unwrap();
    }
    let mut group = "";
    for rule in &rules {
        let (of, _) = rule.field.split_once('.').unwrap();
        if of != group {
            group = of;
            writeln!(page, "\n## {}", title(group)).unwrap();
        }
        page += &entry(&rule.what, &rule.step, rule.class, &rule.reason, &rule.cases);
        page += &values(rule);
    }
    page += "\n## What the profiles leave out\n\nEngines do this, and their profiles do not.\n";
    for rest in &rest {
        page += &entry(&rest.what, &rest.step, rest.class, &rest.reason, &rest.cases);
    }
    page
}

/// A difference: what it is, what the standard and each engine do, and a case of each engine that shows it.
fn entry(what: &str, step: &str, class: Class, reason: &str, cases: &Cases) -> String {
    let mut entry = format!("\n### {what}\n\n{step}; {}.\n\n", class.as_str());
    for line in reason.lines() {
        writeln!(entry, "- {line}").unwrap();
    }
    let cases = ENGINES.iter().filter_map(|engine| Some((name(engine), cases.get(*engine)?)));
    let cases: Vec<_> = cases
        .map(|(engine, cases)| {
            let first = cases.first().unwrap();
            match cases.len() {
                1 => format!("{engine} `{first}`"),
                count => format!("{engine} `{first}` and {} more", count - 1),
            }
        })
        .collect();
    if !cases.is_empty() {
        writeln!(entry, "- Cases: {}.", cases.join(", ")).unwrap();
    }
    entry
}

fn name(engine: &str) -> &'static str {
    match engine {
        "chromium" => "Chromium",
        "firefox" => "Firefox",
        _ => "WebKit",
    }
}

fn title(group: &str) -> &'static str {
    match group {
        "request_headers" => "Request headers",
        "preflight" => "Preflights",
        "cache" => "The preflight cache",
        "redirect" => "Redirects",
        "origin" => "`Origin` outside CORS",
        "response" => "Responses",
        _ => panic!("a group without a title: {group}"),
    }
}

/// The engines whose profiles differ from the standard by that rule.
fn differing(rule: &Rule) -> Vec<&'static str> {
    let field = Field(rule.field.clone());
    let differs = |engine: &&&str| field.deviates(&Profile::named(engine).unwrap());
    ENGINES.iter().filter(differs).map(|engine| name(engine)).collect()
}

/// The value of the rule in each profile.
fn values(rule: &Rule) -> String {
    let field = Field(rule.field.clone());
    let values = Profile::all().map(|profile| {
        let who = if profile.name() == "standard" { "standard" } else { name(profile.name()) };
        format!("{who} `{}`", field.value(&profile))
    });
    format!("- Rule `{}`: {}.\n", rule.field, values.join(", "))
}

/// Written anew as the rules are: `CROSSORIGIN_BLESS=1 cargo test the_page_says`.
#[test]
fn the_page_says_what_the_deviations_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/browser-differences.md");
    if std::env::var_os("CROSSORIGIN_BLESS").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), page());
}

/// What is said of a rule is said of the standard, and of each engine that differs.
#[test]
fn every_rule_says_what_the_standard_and_each_engine_do() {
    for rule in deviations().rule {
        let labels: Vec<_> = rule.reason.lines().map(|line| line.split_once(": ").unwrap().0).collect();
        let mut expected = differing(&rule);
        expected.insert(0, "Standard");
        assert_eq!(labels, expected, "{}", rule.field);
    }
}
