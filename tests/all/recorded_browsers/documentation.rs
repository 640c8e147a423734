//! `docs/where-browsers-part.md` says what `deviations.toml` and the profiles say.

use std::{fmt::Write, path::Path};

use crossorigin::browser::Profile;

use super::{
    compare::ENGINES,
    deviations::{Deviations, Rule, deviations},
    fields::Field,
};

const OPENING: &str = "\
# Where browsers and the standard part

What three browser engines were seen to do otherwise than the text of the Fetch Standard, in some thousand cases that were
recorded in Chromium, Firefox and WebKit. `Profile::standard` follows the text; `Profile::chromium`, `Profile::firefox` and
`Profile::webkit` do as the engines do, but for what stands in the last section.

This page is written from `tests/cases/browsers/deviations.toml` and the profiles, and a test checks that. The cases of each
entry stand there; `tests/recorder` records them anew.

";

/// The page.
fn page() -> String {
    let Deviations { rule: rules, rest } = deviations();
    let mut page = OPENING.to_owned();
    page += "## In short\n\nA name says who parts from the text.\n\n| what | step | who |\n|---|---|---|\n";
    for rule in &rules {
        writeln!(page, "| {} | {} | {} |", rule.what, rule.step, who(rule)).unwrap();
    }
    let mut group = "";
    for rule in &rules {
        let (of, _) = rule.field.split_once('.').unwrap();
        if of != group {
            group = of;
            writeln!(page, "\n## {}", title(group)).unwrap();
        }
        writeln!(page, "\n**{}** ({}; {}). {}", rule.what, rule.step, rule.class.as_str(), rule.reason)
            .unwrap();
        page += &values(rule);
    }
    page += "\n## What the profiles leave out\n\n";
    page += "Where an engine does this, its profile does not.\n\n| what | step | who | class | why |\n|---|---|---|---|---|\n";
    for rest in &rest {
        let who: Vec<_> =
            ENGINES.iter().filter(|engine| rest.cases.contains_key(**engine)).copied().map(name).collect();
        let (what, step, class, why) = (&rest.what, &rest.step, rest.class.as_str(), &rest.reason);
        writeln!(page, "| {what} | {step} | {} | {class} | {why} |", who.join(", ")).unwrap();
    }
    page
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
        "response" => "Answers",
        _ => panic!("a group without a title: {group}"),
    }
}

fn who(rule: &Rule) -> String {
    let field = Field(rule.field.clone());
    let parts = |engine: &&&str| field.deviates(&Profile::named(engine).unwrap());
    ENGINES.iter().filter(parts).map(|engine| name(engine)).collect::<Vec<_>>().join(", ")
}

/// What the field says in each profile.
fn values(rule: &Rule) -> String {
    let field = Field(rule.field.clone());
    let values = Profile::all().map(|profile| {
        let who = if profile.name() == "standard" { "standard" } else { name(profile.name()) };
        format!("{who} `{}`", field.value(&profile))
    });
    format!("`{}`: {}.\n", rule.field, values.join(", "))
}

/// Written anew as the rules are: `CROSSORIGIN_BLESS=1 cargo test the_page_says`.
#[test]
fn the_page_says_what_the_deviations_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/where-browsers-part.md");
    if std::env::var_os("CROSSORIGIN_BLESS").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), page());
}
