//! Headers after redirects.

use super::{along, letters, url};
use crate::{
    cases::draft::{Draft, fetch, redirect, response, shared_with_credentials},
    origins::{A, B, C},
};

/// Request headers after a redirect.
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
                let request = fetch(method, "").header(name, value);
                let request = if method == "GET" { request } else { request.body() };
                let about = format!("{status}, {method} with {name} {}", letters(chain));
                drafts.push(along(&about, request, status, chain, |_| shared_with_credentials()));
            }
        }
    }
    // The second server need not allow a removed header.
    for chain in [[B, B], [A, B], [B, C]] {
        for (name, value) in [("authorization", "x"), ("content-type", "application/json"), ("x-a", "1")] {
            for (status, method) in [(301, "POST"), (302, "POST"), (303, "PUT"), (307, "POST"), (302, "GET")]
            {
                let request = fetch(method, "").header(name, value);
                let request = if method == "GET" { request } else { request.body() };
                let about = format!(
                    "{status}, {method} with {name} {}, the second hop allows nothing",
                    letters(&chain)
                );
                let draft = along(&about, request, status, &chain, |_| shared_with_credentials());
                drafts.push(draft.preflight(url(&chain, 1), &[shared_with_credentials()]));
            }
        }
    }
    drafts.extend(headers_of_bodies());
    drafts
}

/// The headers of a body after a second redirect, with and without CORS.
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
            for (kind, request) in [
                ("POST with a text", fetch("POST", "").text()),
                ("POST with JSON", fetch("POST", "").body().set("body_type", "application/json")),
                ("POST with a type and no body", fetch("POST", "").header("content-type", "text/plain")),
                ("PUT with a text", fetch("PUT", "").text()),
            ] {
                if mode == "no-cors" && request.method() == "PUT" {
                    continue;
                }
                let about = format!("{mode}, {first} and {second}, {kind} {}", letters(&chain));
                let request = request.mode(mode).header("content-language", "en");
                let draft = along(about, request, first, &chain, |_| shared_with_credentials());
                let second = shared_with_credentials().status(second).with("location", &url(&chain, 2));
                drafts.push(draft.actual(url(&chain, 1), &[second]));
            }
        }
    }
    for credentials in ["omit", "same-origin", "include"] {
        for (first, second) in [(302, 307), (303, 308), (307, 303)] {
            for chain in [[A, B, C], [A, B, A], [A, A, B]] {
                let about = format!("no-cors, {credentials}, {first} and {second} {}", letters(&chain));
                let request = fetch("POST", "").mode("no-cors").credentials(credentials).text();
                let draft = along(about, request, first, &chain, |_| response(200));
                let second = redirect(second, &url(&chain, 2));
                drafts.push(draft.actual(url(&chain, 1), &[second]));
            }
        }
    }
    for chain in [[A, A], [A, B], [B, B]] {
        for (status, method) in [(302, "GET"), (307, "POST")] {
            let about = format!("{status}, {method} with user-agent {}", letters(&chain));
            let request = fetch(method, "").header("user-agent", "x");
            drafts.push(along(about, request, status, &chain, |_| shared_with_credentials()));
        }
    }
    drafts
}
