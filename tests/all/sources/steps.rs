//! Every step of the coverage table is reached by a test.
//!
//! A step that decides something is named in the trace, in a reason or in a refusal, so that it can be seen to be reached.
//! All others only prepare a decision: of most, the model has a transcript under the same number, and the exchange law
//! holds the two against each other; the rest have tests by name.

use super::{Token, list, sources, tokens};
use crossorigin::browser::{Outcome, Profile, Timestamp, UserAgent};
use crossorigin::oracle::Event;
use crossorigin::oracle::case::{Case, Played};
use crossorigin::site::Sites;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::laws::played::Player;
use crate::model::worlds::world;

/// Steps that the sources name in another way than beside the name of the algorithm.
const NAMED_APART: [&str; 6] =
    ["CORS check 3", "CORS check 5", "CORS check 7", "TAO check 2", "TAO check 6", "TAO check 8"];

/// What the model is to the algorithms: its functions, whose comments have the numbers.
const IN_THE_MODEL: &[(&str, &[&str])] = &[
    ("fetch", &["fetch"]),
    ("main fetch", &["main_fetch", "main_fetch_12"]),
    ("scheme fetch", &["scheme_fetch"]),
    ("HTTP fetch", &["http_fetch", "a_preflight_is_needed"]),
    ("HTTP-redirect fetch", &["http_redirect_fetch"]),
    ("HTTP-network-or-cache fetch", &["http_network_or_cache_fetch"]),
    ("CORS-preflight fetch", &["cors_preflight_fetch", "preflight_passed"]),
    ("create a new cache entry", &["create_a_new_cache_entry"]),
    ("clear cache entries", &["clear_cache_entries"]),
    ("cache entry match", &["cache_entry_match"]),
    ("method cache entry match", &["method_cache_entry_match"]),
    ("header-name cache entry match", &["header_name_cache_entry_match"]),
    ("CORS check", &["cors_check"]),
    ("TAO check", &["tao_check"]),
    ("cross-origin resource policy check", &["cross_origin_resource_policy_check"]),
    ("cross-origin resource policy internal check", &["internal_check"]),
    ("redirect-taint", &["redirect_taint"]),
    ("serializing a request origin", &["serialize_a_request_origin"]),
    ("append a request Origin header", &["append_a_request_origin_header"]),
    ("Cross-Origin-Embedder-Policy allows credentials", &["cross_origin_embedder_policy_allows_credentials"]),
    ("location URL", &["location_url"]),
    (
        "filtered response",
        &[
            "basic_filtered_response",
            "cors_filtered_response",
            "opaque_filtered_response",
            "opaque_redirect_filtered_response",
        ],
    ),
    ("get a header", &["get"]),
    ("get, decode, and split a header name", &["get_decode_and_split"]),
    ("get, decode, and split a header value", &["get_decode_and_split_value"]),
    ("append to a header list", &["append"]),
    ("extract header list values", &["extract_tokens", "extract_delta_seconds", "extract_location"]),
    ("parse a single range header value", &["parse_a_single_range_header_value"]),
    ("CORS-safelisted request-header", &["is_cors_safelisted_request_header"]),
    ("CORS-unsafe request-header names", &["cors_unsafe_request_header_names"]),
];

/// Algorithms, or single steps, that have tests by name.
const TESTED: &[(&str, &[&str])] = &[
    ("HTTP-network-or-cache fetch 15", &["only_outside_of_cors_may_the_user_be_asked_for_a_password"]),
    (
        "determine the network partition key",
        &["t55_opaque_origins_in_tabs_of_their_own_do_not_share", "t56_partitions_do_not_share"],
    ),
    ("determine the network partition key of a request", &["t56_partitions_do_not_share"]),
    ("HTTP fetch 3.5", &["every_reason_is_reached_and_says_what_it_says"]),
    ("set in a header list", &["set_keeps_the_first_place_and_combine_lengthens_it"]),
    ("combine in a header list", &["set_keeps_the_first_place_and_combine_lengthens_it"]),
    ("sort and combine", &["sorting_combines_all_but_cookies"]),
    (
        "no-CORS-safelisted request-header",
        &["without_cors_a_range_is_not_safelisted", "the_named_sets_hold_these_names"],
    ),
    (
        "forbidden request-header",
        &[
            "the_user_agent_keeps_these_headers_to_itself",
            "a_header_may_not_override_the_method_with_a_forbidden_one",
        ],
    ),
    ("new Request()", &["fetch_has_the_defaults_of_a_new_request", "fetch_takes_what_the_script_says"]),
    ("validate a header", &["headers_of_fetch_pass_their_guard"]),
    ("Headers append", &["headers_of_fetch_pass_their_guard"]),
    ("open()", &["an_xml_http_request_is_always_for_cors"]),
    ("setRequestHeader()", &["headers_and_bodies_of_an_xml_http_request"]),
    ("send()", &["an_xml_http_request_is_always_for_cors", "headers_and_bodies_of_an_xml_http_request"]),
    ("create a potential-CORS request", &["an_element_asks_by_its_attribute"]),
];

/// The names of the algorithms by their variants: `Self::CorsCheck => ("CORS check", …)`.
fn algorithms() -> BTreeMap<String, String> {
    let sources = sources();
    let standard = sources.iter().find(|source| source.path == "standard.rs").unwrap();
    let mut names = BTreeMap::new();
    for (at, token) in standard.tokens.iter().enumerate() {
        let variant = match (token.word(), standard.tokens.get(at + 3)) {
            (Some("Self"), Some(Token::Word(variant))) => variant,
            _ => continue,
        };
        let behind = standard.tokens[at + 4..].iter().take(5);
        if let Some(Token::Literal(name)) = behind.clone().find(|it| matches!(it, Token::Literal(_))) {
            names.insert(variant.clone(), name.trim_matches('"').to_owned());
        }
    }
    assert!(names.len() > 10, "{names:?}");
    names
}

/// The steps that the sources name: `CorsCheck, "4"`.
fn named() -> BTreeSet<String> {
    let algorithms = algorithms();
    let mut named: BTreeSet<_> = NAMED_APART.map(str::to_owned).into();
    for source in sources().iter().filter(|source| source.path.starts_with("browser/")) {
        for three in source.tokens.windows(3) {
            let [Token::Word(variant), comma, Token::Literal(number)] = three else { continue };
            if let Some(algorithm) = algorithms.get(variant).filter(|_| comma.is(',')) {
                named.insert(format!("{algorithm} {}", number.trim_matches('"')).trim_end().to_owned());
            }
        }
    }
    named
}

/// The steps that decided something in the worlds of the model, in the recorded cases, and where every reason is produced.
fn reached() -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut add = |outcome: &Outcome| match outcome {
        Ok(response) => reached.extend(response.decisions().iter().map(|it| it.step.to_string())),
        Err(error) => {
            reached.extend(error.decisions().iter().map(|it| it.step.to_string()));
            reached.insert(error.step().to_string());
        }
    };
    let mut runner = TestRunner::deterministic();
    for _ in 0..1_000 {
        let world = world().new_tree(&mut runner).unwrap().current();
        let user_agent = UserAgent::new(Profile::standard()).with_sites(Sites::two_labels()).keeping_trace();
        let mut player = Player { user_agent, now: Timestamp::ZERO };
        world.fetches.iter().for_each(|fetch| add(&player.play(&world, fetch).outcome));
    }
    for error in crate::browser::reasons::produced() {
        reached.insert(error.step().to_string());
    }
    for line in crate::cases::CASES.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        for step in case.play().unwrap() {
            match step {
                Played::Refused(refusal) => _ = reached.insert(refusal.step().to_string()),
                Played::Fetched(transcript) => {
                    let decisions = transcript.events().iter().filter_map(|event| match event {
                        Event::Decided(decision) => Some(decision.step.to_string()),
                        _ => None,
                    });
                    reached.extend(decisions);
                }
            }
        }
    }
    for (refused, ..) in crate::browser::reasons::refusals() {
        reached.insert(refused.unwrap_err().step().to_string());
    }
    reached
}

/// The steps that the model has, by the numbers in its comments.
fn in_the_model() -> BTreeSet<String> {
    let mut files = Vec::new();
    list(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all/model"), &mut files);
    let (mut steps, mut used) = (BTreeSet::new(), BTreeSet::new());
    for file in files {
        let mut algorithm = None;
        for line in std::fs::read_to_string(file).unwrap().lines().map(str::trim) {
            if let Some((_, rest)) = line.split_once("fn ").filter(|_| !line.starts_with("//")) {
                let name = rest.split(['(', '<']).next().unwrap();
                algorithm =
                    IN_THE_MODEL.iter().find(|(_, functions)| functions.contains(&name)).map(|it| it.0);
                used.extend(algorithm.map(|_| name.to_owned()));
                steps.extend(algorithm.map(|algorithm| format!("{algorithm} ")));
            }
            let (Some(comment), Some(algorithm)) = (line.strip_prefix("// "), algorithm) else { continue };
            steps.extend(
                crate::coverage::steps_in(comment).into_iter().map(|step| format!("{algorithm} {step}")),
            );
        }
    }
    let listed =
        IN_THE_MODEL.iter().flat_map(|(_, functions)| functions.iter().map(|name| (*name).to_owned()));
    assert_eq!(used, listed.collect(), "functions of the model");
    steps
}

#[test]
fn every_step_that_decides_is_reached() {
    let (named, reached) = (named(), reached());
    let missing: Vec<_> = named.difference(&reached).collect();
    assert!(missing.is_empty(), "named in the sources, and never reached: {missing:?}");
    assert!(named.len() > 40, "{named:?}");
}

#[test]
fn every_step_of_the_coverage_table_is_shown() {
    let mut shown = reached();
    shown.extend(in_the_model());
    let mut functions = BTreeSet::new();
    let mut files = Vec::new();
    list(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all"), &mut files);
    for file in files {
        let tokens = tokens(&std::fs::read_to_string(file).unwrap());
        let names = tokens.windows(2).filter(|pair| pair[0].word() == Some("fn"));
        functions.extend(names.filter_map(|pair| pair[1].word().map(str::to_owned)));
    }
    let (mut missing, mut rows) = (Vec::new(), 0);
    for (algorithm, step) in crate::coverage::our_steps() {
        let name = format!("{algorithm} {step}");
        let tests = TESTED.iter().find(|(what, _)| *what == algorithm || *what == name);
        rows += 1;
        match tests {
            _ if shown.contains(&name) => {}
            Some((_, tests)) => {
                assert!(tests.iter().all(|test| functions.contains(*test)), "{name}: {tests:?}")
            }
            None => missing.push(name),
        }
    }
    assert!(missing.is_empty(), "not shown by any test:\n{}", missing.join("\n"));
    assert!(rows > 200, "{rows}");
}
