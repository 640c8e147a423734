//! Redirects: chains of origins, methods, headers, modes, preflights.

mod headers;
mod modes;
mod preflights;

pub use headers::headers;
pub use modes::modes;
pub use preflights::preflights;

use super::draft::{
    Draft, Fetch, ScriptedResponse, all_allowed, at, fetch, get, redirect, response, shared,
    shared_with_credentials,
};
use crate::origins::{A, B, C, D, E, NULL};

/// The origins of a chain, as letters.
pub fn letters(chain: &[&str]) -> String {
    let letter = |origin: &&str| [A, B, C, D, E].iter().position(|other| other == origin);
    chain
        .iter()
        .filter_map(letter)
        .map(|index| ["A", "B", "C", "D", "E"][index])
        .collect::<Vec<_>>()
        .join(">")
}

/// All sequences of origins with this length.
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

/// A fetch along a chain in which every preflight is allowed. `scripted` adds headers to the response of each
/// hop.
pub fn along(
    about: impl Into<String>,
    request: Fetch,
    status: u16,
    chain: &[&str],
    scripted: impl Fn(usize) -> ScriptedResponse,
) -> Draft {
    let may_be_preflighted = !request.is_plain();
    let draft = Draft::new(about).fetch(request.set("url", url(chain, 0)));
    (0..chain.len()).fold(draft, |draft, hop| {
        let actual = match chain.get(hop + 1) {
            Some(_) => scripted(hop).status(status).with("location", &url(chain, hop + 1)),
            None => scripted(hop).status(200),
        };
        let draft = draft.actual(url(chain, hop), &[actual]);
        if may_be_preflighted { draft.preflight(url(chain, hop), &[all_allowed()]) } else { draft }
    })
}

/// The origin of requests, and the responses to it, along chains of all shapes.
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
                let scripted =
                    |_| response(200).origin(origin).with("access-control-allow-credentials", "true");
                drafts.push(along(&about, get(""), 302, &chain, scripted));
                drafts.push(along(format!("PUT {about}"), fetch("PUT", ""), 307, &chain, scripted));
            }
            for mode in ["no-cors", "same-origin"] {
                drafts.push(along(
                    format!("{name}, {mode}"),
                    get("").mode(mode).include(),
                    302,
                    &chain,
                    |_| response(200),
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
                let scripted = |hop| if hop == silent { response(200) } else { shared_with_credentials() };
                drafts.push(along(
                    format!("{name}, hop {silent} without CORS"),
                    get(""),
                    302,
                    &chain,
                    scripted,
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

/// The method and the body after a redirect.
pub fn methods() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for status in [301, 302, 303, 307, 308] {
        for chain in [[A, A], [A, B], [B, B], [B, A], [B, C]] {
            for request in [
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
                let about = format!("{status}, {} {}", request.method(), letters(&chain));
                drafts.push(along(&about, request, status, &chain, |_| shared_with_credentials()));
            }
            let request = fetch("POST", "").mode("no-cors").text();
            drafts.push(along(
                format!("{status}, POST, no-cors {}", letters(&chain)),
                request,
                status,
                &chain,
                |_| response(200),
            ));
            let request = fetch("PUT", "").text().xhr().set("upload_listener", true);
            drafts.push(along(
                format!("{status}, PUT, XMLHttpRequest {}", letters(&chain)),
                request,
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
