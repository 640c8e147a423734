//! Facts 1 to 23: actual requests, one origin or a list.

use crossorigin::server::PolicyBuilder;

use super::{Fact, fact, origins, refused};

const SERVED: &str =
    "a refused request that is not a preflight still reaches the handler: CORS is not access control";

pub(crate) fn facts() -> Vec<Fact> {
    let with_all =
        || origins(["http://localhost:9090"]).allow_credentials().expose_headers(["X-Foo", "X-Bar"]);
    let foo_and_bar = || origins(["https://foo.com", "https://bar.com"]);
    let port = || origins(["https://example.com:8080"]);
    let foobar = || origins(["http://foobar.com"]);
    let example = || origins(["https://example.com"]);
    fn a() -> PolicyBuilder {
        origins(["https://a.com"])
    }

    let mut facts = vec![
        fact(
            1,
            "J: everything for an allowed origin",
            with_all,
            "GET | O: http://localhost:9090",
            "handler | ACAO: http://localhost:9090 | ACAC: true | ACEH: x-foo, x-bar | Vary: origin",
        )
        .differs("the order of the configuration is kept"),
        fact(
            2,
            "J: nothing for another origin",
            with_all,
            "GET | O: https://example.com",
            "handler | Vary: origin",
        ),
        fact(
            3,
            "J: nothing for an invalid origin",
            with_all,
            "GET | O: invalid_origin",
            "handler | Vary: origin",
        ),
        fact(4, "J: nothing without Origin", with_all, "GET", "handler | Vary: origin"),
        fact(5, "J: no Vary on OPTIONS", with_all, "OPTIONS", "handler | Vary: origin, M").differs(
            "another Origin or a requested method would make it a preflight, and some caches store OPTIONS",
        ),
        fact(
            6,
            "J: two concatenated origins match neither",
            foo_and_bar,
            "GET | O: https://barfoo.com",
            "handler | Vary: origin",
        ),
        fact(
            6,
            "J: the other way round",
            foo_and_bar,
            "GET | O: https://foobar.com",
            "handler | Vary: origin",
        ),
        fact(8, "J: another port", port, "GET | O: https://example.com:6060", "handler | Vary: origin"),
        fact(8, "J: no port", port, "GET | O: https://example.com", "handler | Vary: origin"),
        fact(9, "J: the handler's Vary is kept", example, "GET", "handler | Vary: foo, origin")
            .handler("Vary: foo"),
        fact(
            10,
            "J: the Vary of an outer layer is kept",
            example,
            "GET | O: https://example.com",
            "handler | ACAO: https://example.com | Vary: accept-encoding, cookie, origin",
        )
        .handler("Vary: accept-encoding | Vary: cookie"),
        fact(
            11,
            "R: the listed origin",
            foobar,
            "GET | O: http://foobar.com",
            "handler | ACAO: http://foobar.com | Vary: origin",
        ),
        fact(12, "R: another", foobar, "GET | O: http://barbaz.com", "handler | Vary: origin"),
        fact(
            13,
            "D: another scheme",
            || origins(["http://example.org"]),
            "GET | O: https://example.org",
            "handler | Vary: origin",
        ),
        fact(
            14,
            "D: an unparsable origin",
            example,
            "GET | O: https://example.com]",
            "handler | Vary: origin",
        ),
        fact(
            16,
            "A: the first of two",
            foo_and_bar,
            "GET | O: https://foo.com",
            "handler | ACAO: https://foo.com | Vary: origin",
        ),
        fact(
            16,
            "A: the second of two",
            foo_and_bar,
            "GET | O: https://bar.com",
            "handler | ACAO: https://bar.com | Vary: origin",
        ),
        fact(
            17,
            "J uses the first of two lines, R echoes both, E refuses",
            example,
            "GET | O: https://example.com | O: https://evil.test",
            "handler | Vary: origin",
        )
        .differs("as E: no browser sends two lines, and attackers rely on which one counts"),
        fact(
            18,
            "J, Y, T: case matters; R and G allow it",
            a,
            "GET | O: https://A.com",
            "handler | Vary: origin",
        ),
        refused(
            19,
            "R never matches, J refuses, G trims, A and W accept",
            || origins(["https://a.com/"]),
            &["origins[0] Path"],
        ),
        refused(
            20,
            "J refuses, A and W accept, K normalizes",
            || origins(["https://a.com:443"]),
            &["origins[0] DefaultPort"],
        ),
        fact(
            21,
            "D echoes an origin with a path",
            a,
            "GET | O: https://a.com/evil",
            "handler | Vary: origin",
        )
        .differs("it is not an origin"),
        fact(22, "G: 403 for an invalid origin", a, "GET | O: http://*@:;", "handler | Vary: origin")
            .differs(SERVED),
        fact(
            23,
            "T, A, S: the header of the handler, and that of the policy beside it",
            || a().allow_credentials(),
            "GET | O: https://evil.test",
            "handler | Vary: origin",
        )
        .handler("ACAO: https://inner.test")
        .differs("the handler cannot share what the policy refuses"),
    ];
    let cats = || {
        origins([
            "https://bat",
            "https://cat",
            "https://fat",
            "https://hat",
            "https://meerkat",
            "https://mat",
            "https://oat",
            "https://pat",
            "https://rat",
            "https://sat",
        ])
    };
    for name in ["bat", "cat", "fat", "hat", "meerkat", "mat", "oat", "pat", "rat", "sat"] {
        facts.push(fact(
            7,
            "J: shared endings",
            cats,
            format!("GET | O: https://{name}"),
            format!("handler | ACAO: https://{name} | Vary: origin"),
        ));
    }
    facts.push(fact(7, "J: a longer beginning", cats, "GET | O: https://hazmat", "handler | Vary: origin"));
    facts
}
