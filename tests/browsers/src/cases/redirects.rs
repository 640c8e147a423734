//! Redirects: chains over origins, methods, headers, modes, preflights.

use super::draft::{
    Answer, Draft, Fetch, answer, at, fetch, get, granted, redirect, shared, shared_with_credentials, there,
};
use crate::origins::{A, B, C, D, E, NULL};

/// Where a chain goes, as letters.
pub fn letters(chain: &[&str]) -> String {
    let letter = |origin: &&str| [A, B, C, D, E].iter().position(|other| other == origin);
    chain
        .iter()
        .filter_map(letter)
        .map(|index| ["A", "B", "C", "D", "E"][index])
        .collect::<Vec<_>>()
        .join(">")
}

/// All sequences of that length over the origins.
fn sequences(origins: &[&'static str], length: usize) -> Vec<Vec<&'static str>> {
    (0..length).fold(vec![Vec::new()], |shorter, _| {
        let longer =
            |sequence: &Vec<&'static str>, origin: &&'static str| [&sequence[..], &[*origin]].concat();
        shorter
            .iter()
            .flat_map(|sequence| origins.iter().map(|origin| longer(sequence, origin)).collect::<Vec<_>>())
            .collect()
    })
}

/// The URL of a hop.
pub fn url(chain: &[&str], hop: usize) -> String {
    at(chain[hop], &format!("x{hop}"))
}

/// A fetch along a chain, all preflights granted that there may be; `answered` says what else is in the answer of each hop.
pub fn along(
    about: impl Into<String>,
    asked: Fetch,
    status: u16,
    chain: &[&str],
    answered: impl Fn(usize) -> Answer,
) -> Draft {
    let may_be_preflighted = !asked.is_plain();
    let draft = Draft::new(about).fetch(asked.set("url", url(chain, 0)));
    (0..chain.len()).fold(draft, |draft, hop| {
        let actual = match chain.get(hop + 1) {
            Some(_) => answered(hop).status(status).with("location", &url(chain, hop + 1)),
            None => answered(hop).status(200),
        };
        let draft = draft.actual(url(chain, hop), &[actual]);
        if may_be_preflighted { draft.preflight(url(chain, hop), &[granted()]) } else { draft }
    })
}

/// Which origin is asked for, and what is answered to it, along chains of all shapes.
pub fn chains() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for length in 2..=4 {
        for chain in sequences(&[A, B, C], length) {
            let name = letters(&chain);
            let echo = |_| shared_with_credentials();
            drafts.push(along(
                format!("{name}, each origin echoed, credentials"),
                get("").include(),
                302,
                &chain,
                echo,
            ));
            if length == 4 {
                continue;
            }
            drafts.push(along(format!("{name}, each origin echoed"), get(""), 302, &chain, echo));
            drafts.push(along(format!("{name}, *"), get(""), 302, &chain, |_| shared()));
            drafts
                .push(along(format!("{name}, *, credentials"), get("").include(), 302, &chain, |_| shared()));
            for origin in [A, NULL] {
                let about = format!("{name}, Access-Control-Allow-Origin: {origin}");
                let answered =
                    |_| answer(200).origin(origin).with("access-control-allow-credentials", "true");
                drafts.push(along(&about, get(""), 302, &chain, answered));
                drafts.push(along(format!("PUT {about}"), fetch("PUT", ""), 307, &chain, answered));
            }
            for mode in ["no-cors", "same-origin"] {
                drafts.push(along(
                    format!("{name}, {mode}"),
                    get("").mode(mode).include(),
                    302,
                    &chain,
                    |_| answer(200),
                ));
            }
            drafts
                .push(along(format!("{name} from an opaque origin"), get(""), 302, &chain, echo).page(NULL));
            drafts.push(along(format!("{name} from {C}"), get(""), 302, &chain, echo).page(C));
            drafts.push(along(format!("{name}, PUT"), fetch("PUT", ""), 307, &chain, echo));
            drafts.push(along(
                format!("{name}, PUT, credentials"),
                fetch("PUT", "").include(),
                307,
                &chain,
                echo,
            ));
            drafts.push(along(format!("{name}, POST"), fetch("POST", "").text(), 307, &chain, echo));
            drafts.push(along(
                format!("{name}, GET with x-a"),
                get("").header("x-a", "1"),
                302,
                &chain,
                echo,
            ));
            drafts.push(along(format!("{name}, XMLHttpRequest"), get("").xhr(), 302, &chain, echo));
            for silent in 0..length {
                let answered = |hop| if hop == silent { answer(200) } else { shared_with_credentials() };
                drafts.push(along(
                    format!("{name}, hop {silent} without CORS"),
                    get(""),
                    302,
                    &chain,
                    answered,
                ));
            }
        }
    }
    for chain in sequences(&[D, E], 3).into_iter().chain(sequences(&[B, D, E], 2)) {
        let name = letters(&chain);
        drafts.push(along(format!("{name}, each origin echoed"), get("").include(), 302, &chain, |_| {
            shared_with_credentials()
        }));
        drafts.push(along(format!("{name}, PUT"), fetch("PUT", ""), 308, &chain, |_| {
            shared_with_credentials()
        }));
    }
    drafts
}

/// What becomes of method and body.
pub fn methods() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for status in [301, 302, 303, 307, 308] {
        for chain in [[A, A], [A, B], [B, B], [B, A], [B, C]] {
            for asked in [
                get(""),
                fetch("HEAD", ""),
                fetch("POST", "").text(),
                fetch("POST", "").body().set("body_type", "application/json"),
                fetch("POST", ""),
                fetch("PUT", "").body(),
                fetch("DELETE", ""),
                fetch("PATCH", "").text(),
                fetch("OPTIONS", ""),
                fetch("FOO", "").body(),
            ] {
                let about = format!("{status}, {} {}", asked.method(), letters(&chain));
                drafts.push(along(&about, asked, status, &chain, |_| shared_with_credentials()));
            }
            let asked = fetch("POST", "").mode("no-cors").text();
            drafts.push(along(
                format!("{status}, POST, no-cors {}", letters(&chain)),
                asked,
                status,
                &chain,
                |_| answer(200),
            ));
            let asked = fetch("PUT", "").text().xhr().set("upload_listener", true);
            drafts.push(along(
                format!("{status}, PUT, XMLHttpRequest {}", letters(&chain)),
                asked,
                status,
                &chain,
                |_| shared_with_credentials(),
            ));
        }
    }
    for first in [301, 302, 303, 307, 308] {
        for second in [302, 303, 307] {
            let chain = [B, B, B];
            let draft =
                along(format!("{first} and {second}, POST"), fetch("POST", "").text(), first, &chain, |_| {
                    shared()
                });
            let actual = redirect(second, &url(&chain, 2)).origin("*");
            drafts.push(draft.actual(url(&chain, 1), &[actual]));
        }
    }
    drafts
}

/// What becomes of headers.
pub fn headers() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for chain in [&[A, A] as &[&str], &[A, B], &[B, B], &[B, C], &[B, A], &[A, B, A], &[B, B, C], &[B, C, C]]
    {
        for (name, value) in [
            ("authorization", "Basic dTpw"),
            ("content-type", "application/json"),
            ("content-language", "en"),
            ("content-location", "/"),
            ("content-encoding", "x"),
            ("x-a", "1"),
            ("range", "bytes=0-1"),
            ("accept", "text/html"),
            ("accept-language", "de"),
            ("if-match", "x"),
            ("content-md5", "x"),
        ] {
            for (status, method) in [(302, "GET"), (302, "POST"), (303, "PUT"), (307, "POST")] {
                if chain.len() > 2
                    && (method == "PUT" || !matches!(name, "authorization" | "content-type" | "x-a"))
                {
                    continue;
                }
                let asked = fetch(method, "").header(name, value);
                let asked = if method == "GET" { asked } else { asked.body() };
                let about = format!("{status}, {method} with {name} {}", letters(chain));
                drafts.push(along(&about, asked, status, chain, |_| shared_with_credentials()));
            }
        }
    }
    // The second server need not allow what is no longer asked for.
    for chain in [[B, B], [A, B], [B, C]] {
        for (name, value) in [("authorization", "x"), ("content-type", "application/json"), ("x-a", "1")] {
            for (status, method) in [(301, "POST"), (302, "POST"), (303, "PUT"), (307, "POST"), (302, "GET")]
            {
                let asked = fetch(method, "").header(name, value);
                let asked = if method == "GET" { asked } else { asked.body() };
                let about = format!(
                    "{status}, {method} with {name} {}, the second hop allows nothing",
                    letters(&chain)
                );
                let draft = along(&about, asked, status, &chain, |_| shared_with_credentials());
                drafts.push(draft.preflight(url(&chain, 1), &[shared_with_credentials()]));
            }
        }
    }
    drafts.extend(headers_of_bodies());
    drafts
}

/// What a second redirect makes of the headers of a body, in CORS and outside.
fn headers_of_bodies() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (mode, chain) in [
        ("cors", [A, A, A]),
        ("cors", [A, A, B]),
        ("cors", [A, B, B]),
        ("cors", [B, B, B]),
        ("no-cors", [B, B, B]),
        ("no-cors", [B, A, C]),
    ] {
        for (first, second) in [(302, 302), (302, 307), (303, 302), (303, 308), (307, 303)] {
            for (kind, asked) in [
                ("POST with a text", fetch("POST", "").text()),
                ("POST with JSON", fetch("POST", "").body().set("body_type", "application/json")),
                ("POST with a type and no body", fetch("POST", "").header("content-type", "text/plain")),
                ("PUT with a text", fetch("PUT", "").text()),
            ] {
                if mode == "no-cors" && asked.method() == "PUT" {
                    continue;
                }
                let about = format!("{mode}, {first} and {second}, {kind} {}", letters(&chain));
                let asked = asked.mode(mode).header("content-language", "en");
                let draft = along(about, asked, first, &chain, |_| shared_with_credentials());
                let second = shared_with_credentials().status(second).with("location", &url(&chain, 2));
                drafts.push(draft.actual(url(&chain, 1), &[second]));
            }
        }
    }
    for credentials in ["omit", "same-origin", "include"] {
        for (first, second) in [(302, 307), (303, 308), (307, 303)] {
            for chain in [[A, B, C], [A, B, A], [A, A, B]] {
                let about = format!("no-cors, {credentials}, {first} and {second} {}", letters(&chain));
                let asked = fetch("POST", "").mode("no-cors").credentials(credentials).text();
                let draft = along(about, asked, first, &chain, |_| answer(200));
                let second = redirect(second, &url(&chain, 2));
                drafts.push(draft.actual(url(&chain, 1), &[second]));
            }
        }
    }
    for chain in [[A, A], [A, B], [B, B]] {
        for (status, method) in [(302, "GET"), (307, "POST")] {
            let about = format!("{status}, {method} with user-agent {}", letters(&chain));
            let asked = fetch(method, "").header("user-agent", "x");
            drafts.push(along(about, asked, status, &chain, |_| shared_with_credentials()));
        }
    }
    drafts
}

/// Redirect modes other than "follow".
pub fn modes() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for redirect_mode in ["error", "manual"] {
        for target in [A, B] {
            for status in [200, 301, 302, 303, 307, 308] {
                for (with_cors, location) in
                    [(true, "/~/y"), (false, "/~/y"), (true, ""), (true, "http://["), (true, "data:,x")]
                {
                    if status == 200 && location != "/~/y" || target == A && !with_cors {
                        continue;
                    }
                    let answered = if with_cors { shared().status(status) } else { answer(status) };
                    let answered =
                        if location.is_empty() { answered } else { answered.with("location", location) };
                    for method in ["GET", "PUT"] {
                        let asked = fetch(method, at(target, "x")).redirect(redirect_mode);
                        let about = format!(
                            "{redirect_mode}, {method} of {target}, {status}, Location: {location}, CORS: {with_cors}"
                        );
                        let draft = Draft::new(about)
                            .fetch(asked)
                            .actual(at(target, "x"), std::slice::from_ref(&answered));
                        drafts.push(
                            draft
                                .preflight(at(target, "x"), &[granted()])
                                .actual(at(target, "y"), &[shared()]),
                        );
                    }
                }
            }
            for mode in ["no-cors", "same-origin"] {
                for status in [200, 302] {
                    let answered = if status == 302 { redirect(302, "/~/y") } else { answer(200) };
                    let asked = get(at(target, "x")).mode(mode).redirect(redirect_mode);
                    let about = format!("{redirect_mode}, {mode}, {target}, {status}");
                    drafts.push(
                        Draft::new(about)
                            .fetch(asked)
                            .actual(at(target, "x"), &[answered])
                            .actual(at(target, "y"), &[answer(200)]),
                    );
                }
            }
        }
        let asked = get(at(B, "x")).redirect(redirect_mode).include();
        let draft = Draft::new(format!("{redirect_mode}, credentials, *")).fetch(asked);
        drafts.push(draft.actual(at(B, "x"), &[redirect(302, "/~/y").origin("*")]));
    }
    for redirect_mode in ["error", "manual"] {
        for target in [A, B] {
            for status in [302, 307] {
                let asked = get(at(target, "x")).redirect(redirect_mode);
                let draft =
                    Draft::new(format!("{redirect_mode}, {target}, {status}, Location with nothing in it"));
                let answered = redirect(status, "").origin("*");
                drafts.push(draft.fetch(asked).actual(at(target, "x"), &[answered]));
            }
        }
    }
    drafts
}

/// Preflights of hops: which are sent, and with what.
pub fn preflights() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for chain in sequences(&[A, B, C], 2).into_iter().chain(sequences(&[B, C], 3)) {
        let name = letters(&chain);
        for refusing in 0..chain.len() {
            for (what, preflight) in [
                ("refused", answer(200)),
                ("answered 404", granted().status(404)),
                ("without the method", shared_with_credentials().allow_headers("x-a")),
                ("for the page's origin", answer(200).origin(A).methods("PUT").allow_headers("x-a")),
                ("for null", answer(200).origin(NULL).methods("PUT").allow_headers("x-a")),
                ("for all", shared().methods("*").allow_headers("*")),
            ] {
                let asked = fetch("PUT", "").header("x-a", "1");
                let draft =
                    along(format!("{name}, preflight of hop {refusing} {what}"), asked, 307, &chain, |_| {
                        shared_with_credentials()
                    });
                drafts.push(draft.preflight(url(&chain, refusing), &[preflight]));
            }
        }
    }
    let asked = get(there());
    let to_preflighted = Draft::new("A redirect of a GET needs no preflight").fetch(asked);
    drafts.push(
        to_preflighted.actual(there(), &[redirect(302, "/~/y").origin("*")]).actual(at(B, "y"), &[shared()]),
    );
    drafts.extend(beyond_refused_redirects());
    drafts
}

/// Whether there is a preflight for where a redirect leads that is, or may be, refused; and what is kept of its answer.
fn beyond_refused_redirects() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for chain in [[A, B, B], [A, B, C], [A, B, A], [B, C, C]] {
        for (answers, refused) in [
            ("*", shared()),
            ("no credentials", answer(200).origin("{origin}")),
            (
                "false credentials",
                answer(200).origin("{origin}").with("access-control-allow-credentials", "false"),
            ),
            ("nothing", answer(200)),
        ] {
            for (kind, asked) in [
                ("PUT", fetch("PUT", "")),
                ("GET with x-a", get("").header("x-a", "1")),
                ("POST with an upload listener", fetch("POST", "").text().xhr().set("upload_listener", true)),
                ("POST", fetch("POST", "").text()),
                ("PUT without credentials", fetch("PUT", "").credentials("omit")),
            ] {
                let about = format!("{kind} {}, hop 1 answers {answers}", letters(&chain));
                let next = asked.clone().set("url", url(&chain, 2));
                let draft = along(about, asked, 307, &chain, |_| shared_with_credentials());
                let refused = refused.clone().status(307).with("location", &url(&chain, 2));
                let kept = granted().max_age("60");
                drafts.push(
                    draft.fetch(next).preflight(url(&chain, 2), &[kept]).actual(url(&chain, 1), &[refused]),
                );
            }
        }
    }
    for (what, preflight) in [("refused", answer(200)), ("that allows nothing", shared_with_credentials())] {
        let chain = [A, B, B];
        let about = format!("PUT {}, hop 1 answers *, preflight of hop 2 {what}", letters(&chain));
        let draft = along(about, fetch("PUT", ""), 307, &chain, |_| shared());
        drafts.push(draft.preflight(url(&chain, 2), &[preflight]));
    }
    // Redirects that lead nowhere.
    for location in ["", "http://[", "data:,x", "http://u:p@127.0.0.1:9002/~/x2"] {
        for asked in [get(""), fetch("PUT", "")] {
            let about = format!("{} A>B, 307 to {location:?}, hop 1 answers *", asked.method());
            let draft = along(about, asked, 307, &[A, B], |_| shared());
            let nowhere = shared().status(307);
            let nowhere = if location.is_empty() { nowhere } else { nowhere.with("location", location) };
            let draft = draft.preflight(at(B, "x2"), &[granted()]).actual(at(B, "x2"), &[shared()]);
            drafts.push(draft.actual(at(B, "x1"), &[nowhere]));
        }
    }
    // Those that must not be followed for a user name.
    for chain in [&[A, B] as &[&str], &[A, A, B]] {
        for (kind, asked) in [
            ("GET", get("")),
            ("PUT", fetch("PUT", "")),
            ("GET with x-a", get("").header("x-a", "1")),
            ("POST, no-cors", fetch("POST", "").mode("no-cors").text()),
        ] {
            for preflight in [granted(), answer(200)] {
                let last = chain.len() - 1;
                let about = format!("{kind} {} with u:p@ at last", letters(chain));
                let location = url(chain, last).replace("http://", "http://u:p@");
                let draft = along(about, asked.clone(), 307, chain, |_| shared_with_credentials());
                let led = shared().status(307).with("location", &location);
                let draft = draft.preflight(url(chain, last), &[preflight]);
                drafts.push(draft.actual(url(chain, last - 1), &[led]));
            }
        }
    }
    drafts
}
