//! Replays the corpus without a browser, with the standard's profile and with the profile of each engine.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use crossorigin::browser::Profile;

use super::{
    compare::ENGINES,
    corpus::{Recorded, contexts_corpus, corpus},
    deviations::{Cases, Class, Deviations, Rule, deviations, path, written},
    fields::Field,
};

/// The share of the corpus in which a profile must agree with its engine, in thousandths.
const AGREEMENT: usize = 995;

/// The cases in which a profile differs from an engine, each with the first difference.
type Differences = BTreeMap<String, String>;

fn differences<'a>(
    corpus: impl IntoIterator<Item = &'a Recorded>,
    profile: &Profile,
    engines: &[&str],
) -> Vec<Differences> {
    let mut all_differences = vec![Differences::new(); engines.len()];
    for recorded in corpus {
        let verdict = recorded.verdict(profile);
        for (engine, differences) in engines.iter().zip(&mut all_differences) {
            if let Some(first) = recorded.differences(&verdict, engine).into_iter().next() {
                differences.insert(recorded.id().to_owned(), first.to_string());
            }
        }
    }
    all_differences
}

fn profile_of(engine: &str) -> Profile {
    Profile::named(engine).unwrap()
}

/// The cases in which the profile of each engine still differs from it.
fn differences_of_profiles(corpus: &[Recorded]) -> Vec<Differences> {
    ENGINES.iter().flat_map(|engine| differences(corpus, &profile_of(engine), &[engine])).collect()
}

/// The cases that are listed for an engine.
fn listed<'a>(lists: impl Iterator<Item = &'a Cases>, engine: &str) -> BTreeSet<&'a str> {
    lists.filter_map(|cases| cases.get(engine)).flatten().map(String::as_str).collect()
}

/// The listed cases that do not differ, and the cases that differ and are not listed.
fn wrong_entries(engine: &str, differences: &Differences, listed: &BTreeSet<&str>) -> String {
    let mut wrong_entries = String::new();
    for (id, first) in differences.iter().filter(|(id, _)| !listed.contains(id.as_str())) {
        writeln!(wrong_entries, "{engine} {id} is not listed: {first}").unwrap();
    }
    for id in listed.iter().filter(|id| !differences.contains_key(**id)) {
        writeln!(wrong_entries, "{engine} {id} is listed, and does not differ").unwrap();
    }
    wrong_entries
}

/// Every difference between a profile and its engine is listed, and every listed case differs.
#[test]
#[allow(clippy::print_stdout, reason = "`--nocapture` shows the shares")]
fn profiles_agree_with_their_engines_except_in_listed_cases() {
    let corpus = corpus();
    let deviations = deviations();
    let mut all = String::new();
    for (engine, differences) in ENGINES.iter().zip(differences_of_profiles(corpus)) {
        all += &wrong_entries(
            engine,
            &differences,
            &listed(deviations.rest.iter().map(|rest| &rest.cases), engine),
        );
        let observed = corpus.iter().filter(|recorded| recorded.is_observed_in(engine)).count();
        // Profiles leave out on purpose what the HTTP library below an engine does, because it is no rule of
        // CORS.
        let below = deviations.rest.iter().filter(|rest| rest.class == Class::NetworkStack);
        let below = listed(below.map(|rest| &rest.cases), engine).len();
        let agreeing = observed - differences.len();
        let percent = |count: usize| count as f64 * 100.0 / observed as f64;
        println!(
            "{engine}: {agreeing} of {observed} cases, {:.2} %; {:.2} % without the network stack",
            percent(agreeing),
            percent(agreeing + below)
        );
        assert!(
            (agreeing + below) * 1000 >= observed * AGREEMENT,
            "{engine}: {agreeing} and {below} of {observed}"
        );
    }
    assert!(all.is_empty(), "{all}");
}

/// Every difference between the standard and an engine is listed: under a rule of that engine's profile, or
/// under the differences that the profiles do not reproduce.
#[test]
fn the_standard_differs_from_engines_only_in_listed_cases() {
    let corpus = corpus();
    let ids: BTreeSet<_> = corpus.iter().map(Recorded::id).collect();
    let deviations = deviations();
    let mut all = String::new();
    for (engine, differences) in ENGINES.iter().zip(differences(corpus, &Profile::standard(), &ENGINES)) {
        let rules = listed(deviations.rule.iter().map(|rule| &rule.cases), engine);
        let rules: BTreeSet<_> = rules.intersection(&ids).copied().collect();
        let rest = listed(deviations.rest.iter().map(|rest| &rest.cases), engine);
        let known = rules
            .union(&rest)
            .copied()
            .filter(|id| rules.contains(id) || differences.contains_key(*id))
            .collect();
        all += &wrong_entries(engine, &differences, &known);
    }
    assert!(all.is_empty(), "{all}");
}

/// The cases of a rule show that rule: with the standard's value of the rule, the engine's profile no longer
/// does what the engine did.
#[test]
fn every_rule_is_shown_by_its_cases() {
    let by_id: BTreeMap<_, _> = both_corpora().map(|recorded| (recorded.id(), recorded)).collect();
    let mut wrong_entries = String::new();
    let rules: Vec<_> = deviations().rule.into_iter().map(|rule| (field(&rule.field), rule)).collect();
    for (field, rule) in &rules {
        for engine in ENGINES {
            let profile = profile_of(engine);
            let cases: Vec<_> = rule.cases.get(engine).into_iter().flatten().collect();
            for id in &cases {
                let recorded = by_id.get(id.as_str()).unwrap_or_else(|| panic!("there is no case {id}"));
                let listing = rules.iter().filter(|(_, rule)| is_listed(rule, engine, id));
                let listing: Vec<_> = listing.map(|(field, _)| field.clone()).collect();
                if !is_needed(recorded, &profile, engine, field, &listing) {
                    writeln!(wrong_entries, "{engine}: {id} does not show {}", field.0).unwrap();
                }
            }
            let expected = field.deviates(&profile);
            if cases.is_empty() == expected && !(expected && rule.unobserved.is_some()) {
                let count = cases.len();
                writeln!(wrong_entries, "{engine}: {} deviates: {expected}, cases: {count}", field.0)
                    .unwrap();
            }
        }
    }
    assert!(wrong_entries.is_empty(), "{wrong_entries}");
}

/// The cases of the corpus, and those of pages, workers and frames in the usual configuration.
fn both_corpora() -> impl Iterator<Item = &'static Recorded> {
    let contexts = contexts_corpus()
        .iter()
        .filter(|recorded| !recorded.has_addresses() && recorded.configuration().is_none());
    corpus().iter().chain(contexts)
}

fn field(name: &str) -> Field {
    Field(name.to_owned())
}

fn is_listed(rule: &Rule, engine: &str, id: &str) -> bool {
    rule.cases.get(engine).is_some_and(|cases| cases.contains(id))
}

/// Returns whether a case shows a rule: without the rule, something changes. If several rules have the same
/// effect and each is enough, the case shows all of them: without all of these, something changes.
fn is_needed(recorded: &Recorded, profile: &Profile, engine: &str, field: &Field, listing: &[Field]) -> bool {
    let agrees = recorded.agrees(profile, engine);
    let changes = |profile: &Profile| recorded.agrees(profile, engine) != agrees;
    let without_all =
        listing.iter().fold(profile.clone(), |profile, field| field.with_standard_rule(&profile));
    changes(&field.with_standard_rule(profile))
        || (listing.iter().all(|field| !changes(&field.with_standard_rule(profile))) && changes(&without_all))
}

/// Each field in which a profile differs from the standard has one entry, in the order of the fields.
#[test]
fn every_field_that_deviates_is_listed() {
    let profiles = ENGINES.map(profile_of);
    let (deviating, never): (Vec<_>, Vec<_>) =
        Field::all().into_iter().partition(|field| profiles.iter().any(|profile| field.deviates(profile)));
    let names = |fields: Vec<Field>| fields.into_iter().map(|field| field.0).collect::<Vec<_>>();
    let listed: Vec<_> = deviations().rule.into_iter().map(|rule| rule.field).collect();
    assert_eq!(listed, names(deviating));
    assert_eq!(names(never), [""; 0], "no engine differs from the standard in these");
}

/// Each entry can be verified, because it names a step and gives a reason.
#[test]
fn every_entry_names_a_step_and_a_reason() {
    let Deviations { rule, rest } = deviations();
    let rules = rule.iter().map(|rule| (&rule.step, &rule.what, &rule.reason));
    for (step, what, reason) in rules.chain(rest.iter().map(|rest| (&rest.step, &rest.what, &rest.reason))) {
        assert!(reason.len() > 60 && what.len() > 10, "{step}: {what}: {reason}");
        assert!(step.contains(' ') || !step.is_empty(), "{what}");
    }
    let kinds: BTreeSet<_> =
        rest.iter().map(|rest| rest.class).chain(rule.iter().map(|rule| rule.class)).collect();
    assert!(kinds.contains(&Class::EngineBug) && kinds.contains(&Class::NetworkStack));
}

/// Writes the cases of the rules: `CROSSORIGIN_BLESS=1 cargo test rules_are_written`. People write the
/// reasons, and the differences that the profiles do not reproduce.
#[test]
fn rules_are_written() {
    if std::env::var_os("CROSSORIGIN_BLESS").is_none() {
        return;
    }
    let mut found: BTreeMap<(String, &str), BTreeSet<String>> = BTreeMap::new();
    for (engine, differences) in
        ENGINES.iter().zip(differences(both_corpora(), &Profile::standard(), &ENGINES))
    {
        for recorded in both_corpora().filter(|recorded| differences.contains_key(recorded.id())) {
            for field in needed(recorded, engine) {
                found.entry((field.0, *engine)).or_default().insert(recorded.id().to_owned());
            }
        }
    }
    let mut field = String::new();
    let text = std::fs::read_to_string(path()).unwrap();
    let lines = text.lines().filter_map(|line| {
        if let Some(name) = line.strip_prefix("field = ") {
            field = name.trim_matches('"').to_owned();
        } else if line == "[[rest]]" {
            field.clear();
        }
        let engine = ENGINES.iter().find(|engine| line.starts_with(&format!("{engine} = ")));
        if line == "[rule.cases]" {
            let cases =
                ENGINES.iter().filter_map(|engine| Some((engine, found.get(&(field.clone(), *engine))?)));
            let cases = cases.map(|(engine, ids)| format!("\n{engine} = \"{}\"", written(ids)));
            return Some(format!("{line}{}", cases.collect::<String>()));
        }
        (engine.is_none() || field.is_empty()).then(|| line.to_owned())
    });
    let lines: Vec<_> = lines.collect();
    std::fs::write(path(), lines.join("\n") + "\n").unwrap();
}

/// The fields of an engine's profile that a case needs: without one of them, the profile no longer does what
/// the engine did. If there is no such field, two of which each is enough.
fn needed(recorded: &Recorded, engine: &str) -> Vec<Field> {
    let profile = profile_of(engine);
    let agrees = recorded.agrees(&profile, engine);
    let changes = |profile: &Profile| recorded.agrees(profile, engine) != agrees;
    let fields: Vec<_> = Field::all().into_iter().filter(|field| field.deviates(&profile)).collect();
    let single: Vec<_> =
        fields.iter().filter(|field| changes(&field.with_standard_rule(&profile))).cloned().collect();
    if !single.is_empty() {
        return single;
    }
    let pairs = fields
        .iter()
        .enumerate()
        .flat_map(|(index, one)| fields[..index].iter().map(move |other| [other.clone(), one.clone()]));
    let mut pairs =
        pairs.filter(|[one, other]| changes(&one.with_standard_rule(&other.with_standard_rule(&profile))));
    pairs.next().map(Vec::from).unwrap_or_default()
}
