//! Targets of redirects, and the number of redirects.

use super::{
    draft::{Draft, at, fetch, get, redirect, response, shared, shared_with_credentials},
    redirects::{along, letters, url},
};
use crate::origins::{A, B, C};

/// Values of `Location`.
pub fn locations() -> Vec<Draft> {
    let mut drafts = Vec::new();
    let relative = [
        "/~/y",
        "y",
        "./y",
        "../~/y",
        "y?q",
        "?q",
        "#f",
        "y#f",
        "/~/y#",
        "//127.0.0.1:9002/~/y",
        "http:/~/y",
        "http:y",
        "\\~\\y",
        "/~/%79",
        "/~/y%20",
        "/~/y z",
        "/~/\u{e9}",
        "/~/\u{c3}\u{a9}",
        "/~/y\"",
        "/~/y\\",
        "/~/y?a=b&c",
        " /~/y ",
        "\t/~/y",
        "/~/y;a",
        "HTTP://127.0.0.1:9002/~/y",
        "http://127.1:9002/~/y",
        "http://0x7f000001:9002/~/y",
        "http://127.0.0.1:09002/~/y",
        "http://127.0.0.1:9002/~/a/../y",
    ];
    let absolute = [
        "data:,x",
        "data:text/plain,x",
        "blob:http://127.0.0.1:9001/x",
        "about:blank",
        "about:srcdoc",
        "javascript:0",
        "ftp://127.0.0.1/x",
        "file:///x",
        "ws://127.0.0.1:9002/~/y",
        "mailto:x",
        "x-unknown:y",
        "http://[",
        "http://",
        "http://a b/",
        "http://127.0.0.1:99999/",
        "http:///",
        "http://%/",
        "://",
        "https://",
        "filesystem:http://127.0.0.1:9001/x",
        "view-source:http://127.0.0.1:9002/~/y",
    ];
    for target in [A, B] {
        for location in relative.iter().chain(&absolute) {
            let draft = Draft::new(format!("{target} to {location}")).fetch(get(at(target, "x")));
            let draft = draft.actual(at(target, "x"), &[redirect(302, location).origin("*")]);
            let known = [
                "y",
                "y?q",
                "y?a=b&c",
                "%79",
                "y%20",
                "y%20z",
                "%C3%A9",
                "%C3%83%C2%A9",
                "y%22",
                "y/",
                "y;a",
            ];
            let draft = known.iter().fold(draft, |draft, path| draft.actual(at(target, path), &[shared()]));
            let draft = draft.actual(at(target, "x?q"), &[shared()]);
            drafts.push(if target == A { draft.actual(at(B, "y"), &[shared()]) } else { draft });
        }
        for lines in [["/~/y", "/~/y"], ["/~/y", "/~/z"], ["/~/y", "http://["]] {
            let scripted =
                lines.iter().fold(shared().status(302), |response, line| response.with("location", line));
            let draft =
                Draft::new(format!("{target} to {}", lines.join(" and "))).fetch(get(at(target, "x")));
            drafts.push(
                draft
                    .actual(at(target, "x"), &[scripted])
                    .actual(at(target, "y"), &[shared()])
                    .actual(at(target, "z"), &[shared()]),
            );
        }
        drafts.push(
            Draft::new(format!("{target}, the fragment stays"))
                .fetch(get(format!("{}#f", at(target, "x"))))
                .actual(at(target, "x"), &[redirect(302, "/~/y").origin("*")])
                .actual(at(target, "y"), &[shared()]),
        );
    }
    for userinfo in ["u:p@", "u@", ":p@", "@", ":@", "u:@", "%20@"] {
        for chain in [[A, A], [A, B], [B, B], [B, A], [B, C]] {
            for mode in ["cors", "no-cors"] {
                let location = url(&chain, 1).replace("http://", &format!("http://{userinfo}"));
                let about = format!("{mode}, {} with {userinfo}", letters(&chain));
                let draft = Draft::new(about).fetch(get(url(&chain, 0)).mode(mode));
                // A server does not see the user name and the password of a URL.
                let draft = draft.actual(url(&chain, 0), &[redirect(302, &location).origin("*")]);
                drafts.push(draft.actual(url(&chain, 1), &[shared()]).actual(location, &[shared()]));
            }
        }
    }
    for chain in [[A, B, A], [B, C, C], [A, A, A], [B, B, B]] {
        let location = url(&chain, 2).replace("http://", "http://u:p@");
        let draft =
            along(format!("{} with u:p@ at last", letters(&chain)), get(""), 302, &chain, |_| shared());
        let draft = draft.actual(url(&chain, 1), &[redirect(302, &location).origin("*")]);
        drafts.push(draft.actual(location, &[shared()]));
    }
    drafts
}

/// The number of redirects that is followed.
pub fn counts() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for count in [19, 20, 21] {
        for (name, origins) in [("A", [A, A]), ("B", [B, B]), ("B and C", [B, C])] {
            let chain: Vec<_> = (0..=count).map(|hop| origins[hop % 2]).collect();
            let echo = |_| shared_with_credentials();
            drafts.push(along(format!("{count} redirects over {name}"), get(""), 302, &chain, echo));
            drafts.push(along(
                format!("{count} redirects over {name}, PUT"),
                fetch("PUT", ""),
                307,
                &chain,
                echo,
            ));
            drafts.push(along(
                format!("{count} redirects over {name}, no-cors"),
                get("").mode("no-cors"),
                302,
                &chain,
                |_| response(200),
            ));
        }
    }
    for target in [A, B] {
        let draft = Draft::new(format!("{target} to itself")).fetch(get(at(target, "x")));
        drafts.push(
            draft.actual(
                at(target, "x"),
                &[redirect(302, "/~/x").origin("*").with("cache-control", "no-store")],
            ),
        );
        let last =
            Draft::new(format!("{target}, a 21st redirect without Location")).fetch(get(at(target, "x")));
        let mut responses = vec![redirect(302, "/~/x").origin("*").with("cache-control", "no-store"); 20];
        responses.push(shared().status(302));
        drafts.push(last.actual(at(target, "x"), &responses));
    }
    drafts
}
