//! `docs/browser-differences.md` says what `deviations.toml` and the profiles say.

use std::{fmt::Write, path::Path};

use crossorigin::browser::Profile;
use serde_json::Value;

use super::{
    compare::ENGINES,
    deviations::{Cases, Class, Deviations, Rule, deviations},
    fields::Field,
};

const OPENING: &str = "\
# How browsers differ from the standard

For those who ask whether something works in Chromium, Firefox or WebKit too, and for those who choose a `Profile`. The page
lists where three engines were seen to differ from the Fetch Standard, in about 12,000 cases that were recorded in real
browsers: {versions}.

WebKit is the engine of Safari. It was recorded in WebKitGTK, its version for Linux, which has another network library
(libsoup). Safari itself was not recorded.

`Profile::standard` follows the standard. `Profile::chromium`, `Profile::firefox` and `Profile::webkit` do what the engines
do, except for what the last section lists.

The page is generated from `tests/cases/browsers/deviations.toml`, which lists all cases of each entry, and from the
profiles. `tests/recorder` records the cases.

## How to read an entry

The first line has the algorithm and the step, and a label. `CORS check 4` is step 4 of the algorithm `CORS check` of the
Fetch Standard. `Local Network Access check` is of a draft. `send()` is of the XMLHttpRequest Standard, `parse a MIME type` of the MIME Sniffing Standard, and `parse a
referrer policy from a header` of Referrer Policy. The labels are:

- *standard not followed*: the engine differs on purpose, or has never followed the standard.
- *engine bug*: nobody intended the difference.
- *permitted by the standard*: the standard leaves the choice to the engine.
- *network stack*: the HTTP library below the engine differs.

Then come the standard and each engine that differs from it. `Cases` has one recorded case for each engine. `Rule` is the name
of the setting inside the profiles, with its value in each profile. `src/browser/engines/rules` explains the values. Programs
choose a profile and not single rules.

- *Unsafe header*: a header that the page sets and that needs a preflight (CORS-unsafe request-header name).
- *Response tainting*: a mark on a request, which decides what scripts may see of the response. It is `basic` as long as all
  URLs are of the page's own origin; from the first other origin on, it is `cors` in mode \"cors\" and
  `opaque` in mode \"no-cors\".
- *Byte-serialized origin*: the origin as `Origin` sends it. It is `null` for an opaque origin, and after a redirect from
  one foreign origin to another.
- *Registrable domain*: the part of a host that can be registered, such as `example.co.uk`. Two origins are *schemelessly
  same site* if their registrable domains are equal. If neither has one, their hosts must be equal.
- *Upload listener*: an event listener on the `upload` of an XMLHttpRequest. By the standard, it makes every cross-origin request
  need a preflight: it sets the *use-CORS-preflight flag*.
- *Delta-seconds*: a number of seconds in digits only.
- *WPT*: web-platform-tests, the tests that browsers share.
- Cases without a number, such as `font-star`, are in `tests/cases/contexts`: pages, workers and frames.

";

/// The opening, with the versions of the engines.
fn opening() -> String {
    let recorded: Value = serde_json::from_str(include_str!("../../cases/browsers/engines.json")).unwrap();
    let versions = ENGINES.map(|engine| {
        let version = recorded["engines"][engine]["version"].as_str().unwrap();
        let number = version.split(' ').find(|word| word.starts_with(|first: char| first.is_ascii_digit()));
        // Without the revision of a package.
        format!("{} {}", name(engine), number.unwrap().split('-').next().unwrap())
    });
    let [chromium, firefox, webkit] = versions;
    OPENING.replace("{versions}", &format!("{chromium}, {firefox} and {webkit}"))
}

/// The page.
fn page() -> String {
    let Deviations { rule: rules, rest } = deviations();
    let mut page = opening();
    page += "## In short\n\nThe last column names the engines that differ.\n\n| what | step | engines |\n|---|---|---|\n";
    for rule in &rules {
        writeln!(
            page,
            "| [{}](#{}) | {} | {} |",
            rule.what,
            rule.field,
            rule.step,
            differing(rule).join(", ")
        )
        .unwrap();
    }
    let mut group = "";
    for rule in &rules {
        let (of, _) = rule.field.split_once('.').unwrap();
        if of != group {
            group = of;
            writeln!(page, "\n## {}", title(group)).unwrap();
        }
        write!(page, "\n<a id=\"{}\"></a>\n", rule.field).unwrap();
        page += &entry(&rule.what, &rule.step, rule.class, &rule.reason, &rule.cases);
        if let Some(why) = &rule.unobserved {
            let of = if rule.cases.is_empty() { "" } else { " of other engines" };
            writeln!(page, "- Cases{of}: none. {why}").unwrap();
        }
        page += &values(rule);
    }
    page += "\n## What the profiles leave out\n\nThe profiles do not simulate these differences.\n";
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
        "initiators" => "Initiators",
        "request_headers" => "Request headers",
        "preflight" => "Preflights",
        "cache" => "The preflight cache",
        "redirect" => "Redirects",
        "referrer" => "`Referer`",
        "origin" => "`Origin` outside CORS",
        "fetch_metadata" => "`Sec-Fetch-*`",
        "response" => "Responses",
        "local_network" => "Local network access",
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
