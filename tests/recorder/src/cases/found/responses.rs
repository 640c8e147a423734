//! Responses.

use crate::{
    cases::draft::{Draft, all_allowed, at, fetch, get, response, shared_with_credentials, simple, there},
    origins::{A, B, origin_of},
};

/// Several `Location` lines, in responses of all kinds.
pub fn repeated_locations() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let lists = [
        &["/~/y", "/~/y"][..],
        &["/~/y", "/~/z"],
        &["/~/y", ""],
        &["", "/~/y"],
        &["", ""],
        &["/~/y", "/~/y", ""],
        &["/~/y", "/~/y", "/~/z"],
        &["/~/y", "/~/y "],
        &["/~/y", "http://127.0.0.1:9002/~/y"],
        &["/~/y", "/~/y#f"],
    ];
    for lines in lists {
        let written = lines.join(" | ");
        for status in [302, 200, 404, 204, 300] {
            // The network library below WebKit follows it too.
            if status == 300 && lines.iter().any(|line| !line.is_empty()) {
                continue;
            }
            for (about, request) in [
                ("cors", get(there())),
                ("no-cors", get(there()).mode("no-cors")),
                ("XMLHttpRequest", get(there()).xhr()),
                ("manual", get(there()).redirect("manual")),
                ("error", get(there()).redirect("error")),
                ("own origin", get(at(A, "x"))),
                ("own origin, manual", get(at(A, "x")).redirect("manual")),
            ] {
                let from = request.url().to_owned();
                let scripted = shared_with_credentials().status(status).lines("location", lines);
                let draft = simple(format!("{about}, {status} to {written}"), request, None, scripted);
                let origin = origin_of(&from);
                let to = |path| at(origin, path);
                let ends = ["y", "z"].into_iter();
                drafts.push(
                    ends.fold(draft, |draft, path| draft.actual(to(path), &[shared_with_credentials()])),
                );
            }
        }
        for status in [200, 302] {
            let scripted = all_allowed().status(status).lines("location", lines);
            let about = format!("a preflight's {status} to {written}");
            drafts.push(simple(about, fetch("PUT", there()), Some(scripted), shared_with_credentials()));
        }
    }
    drafts
}

/// Empty header lines in responses.
pub fn empty_lines() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let exposed = || shared_with_credentials().with("access-control-expose-headers", "x-a, etag, x-b");
    for lines in [&[""][..], &["", ""], &["", "1"], &["1", ""], &["1", "", "2"], &["", "1", "2"]] {
        for name in
            ["x-a", "etag", "content-type", "content-language", "cache-control", "last-modified", "location"]
        {
            for request in [get(there()), get(there()).xhr(), get(at(A, "x"))] {
                let about = format!("{name}: {}", lines.join(" | "));
                drafts.push(simple(about, request, None, exposed().lines(name, lines)));
            }
        }
    }
    for lines in [&[""][..], &["", ""], &["", "same-origin"], &["cross-origin", ""], &["", "cross-origin"]] {
        for policy in ["unsafe-none", "require-corp", "credentialless"] {
            for request in [get(there()).mode("no-cors"), get(there()).set("api", "element")] {
                let request = request.set("embedder_policy", policy);
                let about = format!("{policy}, Cross-Origin-Resource-Policy: {}", lines.join(" | "));
                let scripted = response(200).lines("cross-origin-resource-policy", lines);
                drafts.push(simple(about, request, None, scripted));
            }
        }
    }
    for name in ["methods", "headers"] {
        for lines in [&[""][..], &["", "put, x-a"], &["PUT, x-a", ""], &["", "PUT, x-a"]] {
            let about = format!("Access-Control-Allow-{name}: {}", lines.join(" | "));
            let named = |other: &str| shared_with_credentials().with(other, "PUT, x-a");
            let (other, name) = match name {
                "methods" => ("access-control-allow-headers", "access-control-allow-methods"),
                _ => ("access-control-allow-methods", "access-control-allow-headers"),
            };
            let scripted = named(other).lines(name, lines);
            let request = fetch("PUT", there()).header("x-a", "1");
            drafts.push(simple(about, request, Some(scripted), shared_with_credentials()));
        }
    }
    drafts
}

/// The effect of `Timing-Allow-Origin` in responses with other statuses than 200.
pub fn timing_of_statuses() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for content_type in [
        "text/html",
        "application/json",
        "text/xml",
        "image/png",
        "application/zip",
        "text/css",
        "text/javascript",
    ] {
        for sniff in ["", "nosniff"] {
            let about = format!("no-cors, {content_type}, {sniff}");
            let scripted = response(200).with("content-type", content_type).with("timing-allow-origin", "*");
            let scripted =
                if sniff.is_empty() { scripted } else { scripted.with("x-content-type-options", sniff) };
            drafts.push(simple(about, get(at(B, "timing")).mode("no-cors"), None, scripted));
        }
    }
    for status in [201, 204, 205, 206, 300, 301, 302, 303, 307, 308, 400, 404, 416, 500, 503] {
        for allowed in ["*", ""] {
            for (about, request) in [
                ("cors", get(at(B, "timing"))),
                ("no-cors", get(at(B, "timing")).mode("no-cors")),
                ("no-cors, POST", fetch("POST", at(B, "timing")).mode("no-cors").include()),
                ("XMLHttpRequest", get(at(B, "timing")).xhr()),
                ("own origin", get(at(A, "timing"))),
                ("PUT", fetch("PUT", at(B, "timing"))),
            ] {
                let about = format!("{about}, {status}, Timing-Allow-Origin: {allowed}");
                let scripted = shared_with_credentials().status(status);
                let scripted =
                    if allowed.is_empty() { scripted } else { scripted.with("timing-allow-origin", allowed) };
                drafts.push(simple(about, request, Some(all_allowed()), scripted));
            }
        }
    }
    for status in [206, 404] {
        for content_type in [
            "text/javascript",
            "application/javascript",
            "text/css",
            "image/svg+xml",
            "application/json",
            "image/png",
        ] {
            let about = format!("no-cors, {content_type}, {status}");
            let scripted =
                response(status).with("content-type", content_type).with("timing-allow-origin", "*");
            drafts.push(simple(about, get(at(B, "timing")).mode("no-cors"), None, scripted));
        }
    }
    drafts
}
