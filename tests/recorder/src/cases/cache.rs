//! The preflight cache: what is stored, what uses it, and for how long.

use super::draft::{
    Draft, Fetch, ScriptedResponse, all_allowed, at, failure, fetch, get, redirect, response,
    shared_with_credentials, there,
};
use crate::origins::{A, B, C, NULL};

/// Responses to actual requests that no HTTP cache stores.
fn actual() -> ScriptedResponse {
    shared_with_credentials().with("cache-control", "no-store")
}

/// Several fetches in order, all with the same server.
fn sequence(about: impl Into<String>, preflights: &[ScriptedResponse], fetches: &[Fetch]) -> Draft {
    let draft = fetches.iter().fold(Draft::new(about), |draft, request| draft.fetch(request.clone()));
    draft.preflight(there(), preflights).actual(there(), &[actual()])
}

fn put() -> Fetch {
    fetch("PUT", there())
}

/// Allows everything, for a minute.
fn kept() -> ScriptedResponse {
    all_allowed().max_age("60")
}

/// Which requests need no preflight after an earlier one.
pub fn reuse() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let requests: [(&str, Fetch); 9] = [
        ("PUT", put()),
        ("DELETE", fetch("DELETE", there())),
        ("x-a", get(there()).header("x-a", "1")),
        ("x-b", get(there()).header("x-b", "1")),
        ("PUT with x-a", put().header("x-a", "1")),
        ("HEAD with x-a", fetch("HEAD", there()).header("X-A", "2")),
        ("POST of JSON", fetch("POST", there()).body().set("body_type", "application/json")),
        ("authorization", get(there()).header("authorization", "x")),
        ("FOO", fetch("FOO", there())),
    ];
    for (first_name, first) in &requests[..5] {
        for (next_name, next) in &requests {
            for (granting, preflight) in [
                ("echoed", kept()),
                (
                    "listed",
                    shared_with_credentials().methods("PUT, DELETE").allow_headers("x-a, x-b").max_age("60"),
                ),
                ("*", shared_with_credentials().methods("*").allow_headers("*").max_age("60")),
            ] {
                let about = format!("{first_name}, then {next_name}, {granting}");
                drafts.push(sequence(about, &[preflight], &[first.clone(), next.clone(), next.clone()]));
            }
        }
    }
    for (first_name, first) in [("PUT", put()), ("x-a", get(there()).header("x-a", "1"))] {
        for before in ["omit", "same-origin", "include"] {
            for after in ["omit", "same-origin", "include"] {
                for (granting, preflight) in [
                    ("echoed", kept()),
                    ("listed", shared_with_credentials().methods("PUT").allow_headers("x-a").max_age("60")),
                    ("*", shared_with_credentials().methods("*").allow_headers("*").max_age("60")),
                    (
                        "* and listed",
                        shared_with_credentials().methods("*, PUT").allow_headers("*, x-a").max_age("60"),
                    ),
                ] {
                    let about = format!("{first_name}, {before}, then {after}, {granting}");
                    let fetches = [
                        first.clone().credentials(before),
                        first.clone().credentials(after),
                        first.clone().credentials(before),
                    ];
                    drafts.push(sequence(about, &[preflight], &fetches));
                }
            }
        }
    }
    for (what, other) in [
        ("another query", at(B, "x?q")),
        ("another path", at(B, "x/")),
        ("a fragment", at(B, "x#f")),
        ("another origin", at(C, "x")),
        ("another case", at(B, "X")),
    ] {
        let draft =
            Draft::new(format!("PUT, then {what}")).fetch(put()).fetch(fetch("PUT", &other)).fetch(put());
        let draft = draft.preflight(there(), &[kept()]).actual(there(), &[actual()]);
        let draft = if other.contains('#') {
            draft
        } else {
            draft.preflight(&other, &[kept()]).actual(&other, &[actual()])
        };
        drafts.push(draft);
        let draft =
            Draft::new(format!("{what}, twice")).fetch(fetch("PUT", &other)).fetch(fetch("PUT", &other));
        drafts.push(draft.preflight(&other, &[kept()]).actual(&other, &[actual()]));
    }
    for page in [NULL, C] {
        let about = format!("PUT twice from {page}");
        drafts.push(sequence(about, &[kept()], &[put(), put()]).page(page));
    }
    for (what, one, two) in [
        ("put", fetch("put", there()), put()),
        ("patch", fetch("patch", there()), fetch("PATCH", there())),
        ("Foo", fetch("Foo", there()), fetch("foo", there())),
        ("X-A", get(there()).header("X-A", "1"), get(there()).header("x-a", "2")),
    ] {
        let draft = |allowed: &str| {
            let preflight = shared_with_credentials().methods(allowed).allow_headers("X-a").max_age("60");
            sequence(
                format!("{what}, then in another case, {allowed} allowed"),
                &[preflight],
                &[one.clone(), two.clone()],
            )
        };
        drafts.extend(
            ["put", "PUT, PATCH, foo", "put, patch, PATCH, Foo, PUT", "{access-control-request-method}"]
                .map(draft),
        );
    }
    let xhr = |method: &str| fetch(method, there()).xhr().text();
    let listening = |method: &str| xhr(method).set("upload_listener", true);
    for (what, fetches) in [
        ("POST listened to, twice", [listening("POST"), listening("POST")]),
        ("PUT listened to, then not", [listening("PUT"), xhr("PUT")]),
        ("PUT not listened to, then listened to", [xhr("PUT"), listening("PUT")]),
        ("POST not listened to, then listened to", [xhr("POST"), listening("POST")]),
        ("fetch(), then XMLHttpRequest", [put(), xhr("PUT")]),
        ("PUT, then POST listened to", [put(), listening("POST")]),
    ] {
        for preflight in [
            kept(),
            shared_with_credentials().methods("PUT").max_age("60"),
            shared_with_credentials().max_age("60"),
        ] {
            drafts.push(sequence(what, &[preflight], &fetches));
        }
    }
    drafts
}

const MAX_AGES: [&str; 46] = [
    "60",
    "0",
    "00",
    "1",
    "600",
    "601",
    "7200",
    "7201",
    "86400",
    "86401",
    "99999999",
    "2147483647",
    "2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "99999999999999999999999",
    "-1",
    "-0",
    "-60",
    "",
    " ",
    "abc",
    "60s",
    "60;",
    "60,",
    ",60",
    "60, 60",
    "60, 0",
    "0, 60",
    "60 60",
    "6 0",
    "1.5",
    "0.0",
    "+60",
    "6e1",
    "0x3c",
    "\"60\"",
    "060",
    " 60 ",
    "\t60",
    "\u{b2}",
    "60\u{b}",
    "true",
];

/// Values of `Access-Control-Max-Age`, without waiting.
pub fn max_age() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for value in MAX_AGES {
        let preflight = all_allowed().max_age(value);
        drafts.push(sequence(
            format!("Access-Control-Max-Age: {value}"),
            std::slice::from_ref(&preflight),
            &[put(), put()],
        ));
        let get = || get(there()).header("x-a", "1").include();
        drafts.push(sequence(
            format!("Access-Control-Max-Age: {value}, headers, credentials"),
            &[preflight],
            &[get(), get()],
        ));
    }
    for lines in [["60", "60"], ["60", "0"], ["0", "60"], ["", "60"], ["60", ""]] {
        let preflight = all_allowed().lines("access-control-max-age", &lines);
        drafts.push(sequence(
            format!("Access-Control-Max-Age: {}", lines.join(" | ")),
            &[preflight],
            &[put(), put()],
        ));
    }
    drafts.push(sequence("no Access-Control-Max-Age", &[all_allowed()], &[put(), put()]));
    drafts
}

/// The effect of failures and of later preflights on entries.
pub fn failures() -> Vec<Draft> {
    let mut drafts = Vec::new();
    // After the entry is stored, something fails. Then the request is repeated.
    for (what, failing, responses) in [
        ("no answer", put(), [actual(), failure(), actual()]),
        ("refused", put(), [actual(), response(200).with("cache-control", "no-store"), actual()]),
        ("refused by another origin", put(), [actual(), response(200).origin(B), actual()]),
        (
            "a GET is refused",
            get(there()),
            [actual(), response(200).with("cache-control", "no-store"), actual()],
        ),
        ("a GET has no answer", get(there()), [actual(), failure(), actual()]),
        (
            "redirect mode error",
            put().redirect("error"),
            [actual(), redirect(302, "/~/y").origin("*"), actual()],
        ),
        ("a bad Location", put(), [actual(), redirect(302, "http://[").origin("*"), actual()]),
        ("a Location of another scheme", put(), [actual(), redirect(302, "data:,x").origin("*"), actual()]),
        ("redirect to a refusal", put(), [actual(), redirect(307, "/~/y").origin("*"), actual()]),
        ("status 500", put(), [actual(), actual().status(500), actual()]),
        ("refused with credentials", put().include(), [actual(), response(200).origin("*"), actual()]),
    ] {
        let draft = sequence(format!("entry kept, then {what}"), &[kept()], &[put(), failing.clone(), put()]);
        drafts.push(draft.actual(there(), &responses));
        let draft = sequence(
            format!("entries of headers kept, then {what}"),
            &[kept()],
            &[get(there()).header("x-a", "1"), failing, get(there()).header("x-a", "1")],
        );
        drafts.push(draft.actual(there(), &responses));
    }
    // The entry is stored, and then another preflight of the URL fails.
    for (what, preflight) in [
        ("refused", response(200)),
        ("answered 404", all_allowed().status(404)),
        ("without answer", failure()),
        ("without the method", shared_with_credentials().methods("PUT").max_age("60")),
        ("with a bad list", shared_with_credentials().methods("@").max_age("60")),
        ("not kept", all_allowed().max_age("0")),
        ("kept shorter", all_allowed().max_age("30")),
        ("kept longer", all_allowed().max_age("600")),
        ("with more methods", shared_with_credentials().methods("PUT, DELETE").max_age("60")),
        ("with other methods", shared_with_credentials().methods("DELETE").max_age("60")),
        ("not kept, by -1", all_allowed().max_age("-1")),
        ("with all methods, not kept", shared_with_credentials().methods("PUT, DELETE").max_age("0")),
    ] {
        let fetches = [put(), fetch("DELETE", there()), put(), fetch("DELETE", there())];
        drafts.push(sequence(
            format!("entry kept, then a preflight {what}"),
            &[kept(), preflight.clone(), kept()],
            &fetches,
        ));
        let fetches = [put(), put().header("x-a", "1"), put()];
        drafts.push(sequence(
            format!("entry kept, then a preflight for more {what}"),
            &[kept(), preflight, kept()],
            &fetches,
        ));
    }
    // A first preflight that fails, or whose actual request fails.
    for (what, preflight, scripted) in [
        ("refused preflight", response(200).max_age("60"), actual()),
        ("preflight answered 404", kept().status(404), actual()),
        ("method not allowed", shared_with_credentials().methods("DELETE").max_age("60"), actual()),
        ("refused", kept(), response(200)),
        ("no answer", kept(), failure()),
    ] {
        let draft =
            sequence(format!("{what}, then again"), &[preflight.clone(), kept()], &[put(), put(), put()]);
        drafts.push(draft.actual(there(), &[scripted.clone(), actual()]));
        let draft = sequence(
            format!("{what}, then DELETE"),
            &[preflight, kept()],
            &[put(), fetch("DELETE", there()), put()],
        );
        drafts.push(draft.actual(there(), &[scripted, actual()]));
    }
    // Entries of the URLs of a redirect.
    for (target, name) in [(B, "the same origin"), (C, "another origin"), (A, "the page's origin")] {
        for (what, last) in [("shared", actual()), ("refused", response(200)), ("no answer", failure())] {
            let far = at(target, "y");
            let draft = Draft::new(format!("redirect to {name}, {what}, twice"))
                .fetch(put())
                .fetch(put())
                .fetch(fetch("PUT", &far));
            let draft = draft
                .preflight(there(), &[kept()])
                .actual(there(), &[redirect(307, &far).origin("*").with("cache-control", "no-store")]);
            drafts.push(draft.preflight(&far, &[kept()]).actual(&far, &[last]));
        }
        let far = at(target, "y");
        let draft = Draft::new(format!("entry of {name} kept, then redirected there"))
            .fetch(fetch("PUT", &far))
            .fetch(put())
            .fetch(fetch("PUT", &far));
        let draft = draft.preflight(there(), &[kept()]).actual(there(), &[redirect(307, &far).origin("*")]);
        drafts.push(draft.preflight(&far, &[kept()]).actual(&far, &[actual()]));
    }
    drafts
}

/// The effect of time.
pub fn times() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let timed = |about: String, preflights: &[ScriptedResponse], fetches: &[(f64, Fetch)]| {
        let draft = fetches
            .iter()
            .fold(Draft::new(about), |draft, (at, request)| draft.fetch_at(*at, request.clone()));
        draft.preflight(there(), preflights).actual(there(), &[actual()])
    };
    for value in ["1", "2", "3", "0", "-1", "02", "99999999999999999999999", "9223372036854775808", "600"] {
        let fetches = [(0.0, put()), (0.4, put()), (4.0, put())];
        drafts.push(timed(
            format!("Access-Control-Max-Age: {value}, after 0.4 and 4 seconds"),
            &[all_allowed().max_age(value)],
            &fetches,
        ));
    }
    let unreadable = ["", "abc", "1.5", "+60", "60, 60", "-1", "-0", "60s", "0x10", "6e1", "\"60\"", "60;"];
    for value in unreadable {
        let fetches = [(0.0, put()), (3.5, put()), (7.5, put())];
        drafts.push(timed(
            format!("Access-Control-Max-Age: {value}, after 3.5 and 7.5 seconds"),
            &[all_allowed().max_age(value)],
            &fetches,
        ));
    }
    let fetches = [(0.0, put()), (3.5, put()), (7.5, put())];
    drafts.push(timed(
        "no Access-Control-Max-Age, after 3.5 and 7.5 seconds".to_owned(),
        &[all_allowed()],
        &fetches,
    ));
    let two_lines = all_allowed().lines("access-control-max-age", &["60", "60"]);
    drafts.push(timed("two lines of Access-Control-Max-Age".to_owned(), &[two_lines], &fetches));
    drafts.push(timed(
        "headers without Access-Control-Max-Age".to_owned(),
        &[all_allowed()],
        &fetches.clone().map(|(at, _)| (at, get(there()).header("x-a", "1"))),
    ));
    // A later preflight, and the age of existing entries.
    let delete = || fetch("DELETE", there());
    for (what, first, second) in [
        ("longer", "3", "60"),
        ("shorter", "60", "2"),
        ("the same", "4", "4"),
        ("0", "60", "0"),
        ("unreadable", "60", "x"),
        ("not said", "60", ""),
    ] {
        let both = |age: &str| shared_with_credentials().methods("PUT, DELETE").max_age(age);
        let only = |method: &str, age: &str| shared_with_credentials().methods(method).max_age(age);
        let fetches = [(0.0, put()), (1.5, delete()), (5.0, put()), (5.2, delete())];
        let about = format!("PUT for {first} s, then DELETE with another max-age, {what}");
        drafts.push(timed(about, &[only("PUT", first), only("DELETE", second)], &fetches));
        let about = format!("PUT for {first} s, then both with another max-age, {what}");
        drafts.push(timed(about, &[only("PUT", first), both(second)], &fetches));
        let listening = || fetch("PUT", there()).xhr().text().set("upload_listener", true);
        let fetches = [(0.0, put()), (1.5, put().header("x-a", "1")), (5.0, put()), (5.2, listening())];
        let about = format!("PUT for {first} s, then PUT with x-a with another max-age, {what}");
        drafts.push(timed(about, &[all_allowed().max_age(first), all_allowed().max_age(second)], &fetches));
    }
    for credentials in ["same-origin", "include"] {
        let fetches = [(0.0, put().credentials(credentials)), (3.0, put().include()), (6.0, put())];
        drafts.push(timed(format!("for 5 seconds, {credentials}"), &[all_allowed().max_age("5")], &fetches));
    }
    drafts
}
