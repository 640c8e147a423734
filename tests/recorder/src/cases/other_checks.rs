//! Checks other than CORS: opaque responses, resource policies, elements, timing, referrer policies.

use super::{
    draft::{
        Draft, ScriptedResponse, all_allowed, at, fetch, get, redirect, response, shared,
        shared_with_credentials, simple, there,
    },
    redirects::{along, letters},
};
use crate::origins::{A, B, C, D, E, NULL};

const CORP: &str = "cross-origin-resource-policy";

/// Mode "no-cors": requests and visible responses.
pub fn no_cors() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for target in [A, B, C] {
        for scripted in [
            response(200),
            response(404),
            response(500),
            response(204),
            response(206),
            response(416),
            shared(),
            shared().with("x-a", "1").with("access-control-expose-headers", "*"),
            response(200).with("content-type", "text/html"),
            response(200).with("content-type", "application/json"),
        ] {
            let request = get(at(target, "x")).mode("no-cors");
            drafts.push(simple(format!("no-cors, {target}"), request.clone(), None, scripted.clone()));
            drafts.push(
                simple(format!("no-cors, {target}, from an opaque origin"), request, None, scripted)
                    .page(NULL),
            );
        }
        for (name, value) in [
            ("content-type", "text/plain"),
            ("content-type", "application/json"),
            ("content-type", "TEXT/PLAIN;a"),
            ("accept", "a"),
            ("accept", ":"),
            ("accept-language", "en"),
            ("accept-language", ":"),
            ("content-language", "en"),
            ("range", "bytes=0-1"),
            ("x-a", "1"),
            ("authorization", "x"),
            ("save-data", "on"),
            ("dpr", "1"),
            ("if-match", "x"),
        ] {
            let request = fetch("POST", at(target, "x")).mode("no-cors").header(name, value).body();
            drafts.push(simple(format!("no-cors, {target}, {name}: {value}"), request, None, response(200)));
        }
        let long = "a".repeat(100);
        let request = get(at(target, "x")).mode("no-cors").header("accept", &long).header("accept", &long);
        drafts.push(simple(format!("no-cors, {target}, accept twice"), request, None, response(200)));
    }
    drafts
}

/// `Cross-Origin-Resource-Policy`.
pub fn resource_policy() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let values: [&[&str]; 18] = [
        &[],
        &["same-origin"],
        &["same-site"],
        &["cross-origin"],
        &["Same-Origin"],
        &["SAME-SITE"],
        &["same-origin, same-origin"],
        &["same-origin", "same-origin"],
        &["same-origin", "cross-origin"],
        &["cross-origin", "same-origin"],
        &["same-origin,"],
        &[" same-origin "],
        &[""],
        &["none"],
        &["same-origin;"],
        &["\"same-origin\""],
        &["cross-origin, same-origin"],
        &["same-site", "same-site"],
    ];
    for lines in values {
        for target in [A, B, C, D] {
            let scripted = response(200).lines(CORP, lines);
            let about = format!("{target}, Cross-Origin-Resource-Policy: {}", lines.join(" | "));
            drafts.push(simple(&about, get(at(target, "x")).mode("no-cors"), None, scripted.clone()));
            if target == B || target == C {
                let request = get(at(target, "x"));
                drafts.push(simple(format!("cors, {about}"), request, None, scripted.clone().origin("*")));
                let element = get(at(target, "x")).set("api", "element");
                drafts.push(simple(format!("element, {about}"), element, None, scripted.clone()));
                let request = get(at(target, "x")).mode("no-cors");
                drafts.push(simple(format!("opaque, {about}"), request, None, scripted).page(NULL));
            }
        }
    }
    for policy in ["same-origin", "same-site", "cross-origin"] {
        for (from, to) in [(A, B), (A, C), (B, A), (B, B), (C, A), (C, C), (C, D)] {
            for on in [0, 1] {
                let with = |response: ScriptedResponse, hop| {
                    if hop == on { response.with(CORP, policy) } else { response }
                };
                let about = format!("{policy} on hop {on}, {from} to {to}");
                let draft = Draft::new(about).fetch(get(at(from, "x")).mode("no-cors"));
                let draft = draft.actual(at(from, "x"), &[with(redirect(302, &at(to, "y")), 0)]);
                drafts.push(draft.actual(at(to, "y"), &[with(response(200), 1)]));
            }
        }
        for target in [B, C] {
            let request = fetch("POST", at(target, "x")).mode("no-cors").text();
            drafts.push(simple(
                format!("{policy}, POST of {target}"),
                request,
                None,
                response(200).with(CORP, policy),
            ));
            let request = get(at(target, "x")).mode("no-cors");
            drafts.push(simple(
                format!("{policy}, {target}, 404"),
                request.clone(),
                None,
                response(404).with(CORP, policy),
            ));
            drafts.push(
                simple(
                    format!("{policy}, {target} from {E}"),
                    request,
                    None,
                    response(200).with(CORP, policy),
                )
                .page(E),
            );
        }
    }
    drafts
}

/// `Cross-Origin-Embedder-Policy` of the page.
pub fn embedder_policy() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for policy in ["require-corp", "credentialless"] {
        for target in [A, B, C] {
            for lines in [&[] as &[&str], &["same-origin"], &["same-site"], &["cross-origin"], &["none"]] {
                for mode in ["no-cors", "cors"] {
                    for credentials in ["omit", "include"] {
                        let request = get(at(target, "x"))
                            .mode(mode)
                            .credentials(credentials)
                            .set("embedder_policy", policy);
                        let about =
                            format!("{policy}, {mode}, {credentials}, {target}, {}", lines.join(" | "));
                        let scripted = shared_with_credentials().lines(CORP, lines);
                        drafts.push(simple(about, request, None, scripted));
                    }
                }
            }
        }
    }
    drafts
}

/// Elements with and without the attribute `crossorigin`.
pub fn elements() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for attribute in [None, Some("anonymous"), Some("use-credentials")] {
        let element = |url: String| {
            let request = get(url).set("api", "element");
            match attribute {
                Some(attribute) => request.set("crossorigin", attribute),
                None => request,
            }
        };
        let name = attribute.unwrap_or("absent");
        for target in [A, B, C] {
            for (what, scripted) in [
                ("nothing", response(200)),
                ("*", shared()),
                ("echo", shared_with_credentials()),
                ("echo without credentials", response(200).origin("{origin}")),
                ("null", response(200).origin(NULL)),
                ("the page's host", response(200).origin("http://127.0.0.1")),
                ("same-origin resource", response(200).with(CORP, "same-origin")),
            ] {
                let scripted = scripted.with("content-type", "text/javascript");
                let draft = |page| {
                    simple(
                        format!("crossorigin {name}, {target}, {what}"),
                        element(at(target, "x")),
                        None,
                        scripted.clone(),
                    )
                    .page(page)
                };
                drafts.extend([A, NULL].map(draft));
            }
        }
        for chain in [[A, B], [B, A], [B, C], [B, B], [C, C], [A, A]] {
            for (what, one) in
                [("nothing", response(200)), ("*", shared()), ("echo", shared_with_credentials())]
            {
                let draft = Draft::new(format!("crossorigin {name}, {} to {}, {what}", chain[0], chain[1]))
                    .fetch(element(at(chain[0], "x")));
                let draft = draft.actual(
                    at(chain[0], "x"),
                    &[one.clone().status(302).with("location", &at(chain[1], "y"))],
                );
                drafts.push(draft.actual(at(chain[1], "y"), &[one.with("content-type", "text/javascript")]));
            }
        }
    }
    drafts
}

/// `Timing-Allow-Origin`.
pub fn timing() -> Vec<Draft> {
    const TAO: &str = "timing-allow-origin";
    let mut drafts = Vec::new();
    let values: [&[&str]; 24] = [
        &[],
        &["*"],
        &[A],
        &[B],
        &[NULL],
        &["*, x"],
        &["x, *"],
        &["x", "*"],
        &[A, B],
        &["http://127.0.0.1:9002, http://127.0.0.1:9001"],
        &["http://127.0.0.1:9001/"],
        &["HTTP://127.0.0.1:9001"],
        &[" * "],
        &[""],
        &["**"],
        &["\"*\""],
        &["http://127.0.0.1:9001 http://127.0.0.1:9002"],
        &["x,,*"],
        &["{origin}"],
        &["\"http://127.0.0.1:9001\""],
        &["all"],
        &["x, http://127.0.0.1:9001 ,y"],
        &["*;"],
        &[A, ""],
    ];
    for lines in values {
        let about = format!("Timing-Allow-Origin: {}", lines.join(" | "));
        let request = get(at(B, "timing"));
        drafts.push(simple(&about, request.clone(), None, shared().lines(TAO, lines)));
        drafts.push(simple(
            format!("no-cors, {about}"),
            request.clone().mode("no-cors"),
            None,
            response(200).lines(TAO, lines),
        ));
        drafts.push(
            simple(format!("opaque, {about}"), request.clone(), None, shared().lines(TAO, lines)).page(NULL),
        );
        drafts.push(simple(
            format!("XMLHttpRequest, {about}"),
            request.xhr(),
            None,
            shared().lines(TAO, lines),
        ));
    }
    drafts.push(simple("the page's own origin", get(at(A, "timing")), None, response(200)));
    for (from, to) in [(A, A), (A, B), (B, A), (B, B), (B, C)] {
        for (first, second) in
            [("", ""), ("*", ""), ("", "*"), ("*", "*"), (A, A), (NULL, NULL), (A, NULL), ("*", NULL)]
        {
            for mode in ["cors", "no-cors"] {
                let with = |response: ScriptedResponse, value: &str| {
                    if value.is_empty() { response } else { response.with(TAO, value) }
                };
                let about = format!("{mode}, {from} with {first}, {to} with {second}");
                let draft = Draft::new(about).fetch(get(at(from, "timing")).mode(mode));
                let draft = draft.actual(
                    at(from, "timing"),
                    &[with(shared().status(302), first).with("location", &at(to, "y"))],
                );
                drafts.push(draft.actual(at(to, "y"), &[with(shared(), second)]));
            }
        }
    }
    drafts
}

/// Referrer policies, which change `Origin` outside mode "cors".
pub fn referrer_policies() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for policy in [
        "",
        "no-referrer",
        "no-referrer-when-downgrade",
        "origin",
        "origin-when-cross-origin",
        "same-origin",
        "strict-origin",
        "strict-origin-when-cross-origin",
        "unsafe-url",
    ] {
        for mode in ["cors", "no-cors", "same-origin"] {
            for target in [A, B, C] {
                if mode == "same-origin" && target != A {
                    continue;
                }
                for method in ["GET", "POST"] {
                    let request = fetch(method, at(target, "x")).mode(mode).set("referrer_policy", policy);
                    let about = format!("{policy}, {mode}, {method} of {target}");
                    drafts.push(simple(about, request, None, shared()));
                }
            }
        }
        let put = fetch("PUT", there()).set("referrer_policy", policy);
        drafts.push(simple(format!("{policy}, PUT"), put, Some(all_allowed()), shared_with_credentials()));
        for (mode, from, to) in [
            ("no-cors", A, B),
            ("no-cors", B, C),
            ("no-cors", A, A),
            ("no-cors", B, A),
            ("cors", A, B),
            ("cors", B, C),
            ("same-origin", A, A),
        ] {
            let request = fetch("POST", at(from, "x")).mode(mode).text().set("referrer_policy", policy);
            let draft = Draft::new(format!("{policy}, {mode}, POST, 307 from {from} to {to}")).fetch(request);
            let draft = draft.actual(at(from, "x"), &[shared().status(307).with("location", &at(to, "y"))]);
            drafts.push(draft.actual(at(to, "y"), &[shared()]));
        }
    }
    for policy in ["no-referrer", "same-origin"] {
        for chain in [[A, A, B], [A, B, B], [A, B, A], [B, B, A], [B, B, C]] {
            for (mode, status) in [("no-cors", 307), ("no-cors", 303), ("cors", 307)] {
                let request = fetch("POST", "").mode(mode).text().set("referrer_policy", policy);
                let about = format!("{policy}, {mode}, POST, {status} {}", letters(&chain));
                drafts.push(along(about, request, status, &chain, |_| shared()));
            }
        }
    }
    for (before, after) in [("", "no-referrer"), ("no-referrer", "unsafe-url"), ("origin", "same-origin")] {
        for chain in [&[A, A] as &[&str], &[B, B], &[A, B], &[A, A, B], &[B, B, B]] {
            let request = fetch("POST", "").mode("no-cors").text().set("referrer_policy", before);
            let about = format!("{before:?}, {after} at redirects, POST, 307 {}", letters(chain));
            drafts.push(along(about, request, 307, chain, |_| shared().with("referrer-policy", after)));
        }
    }
    drafts
}
