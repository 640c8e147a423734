//! Facts 24 to 41: any origin.

use crossorigin::server::{Policy, PolicyBuilder};

use super::{Fact, accepted, fact, origins, refused};

const STAR: &str = "one response serves all requests, with or without an origin";

fn any() -> PolicyBuilder {
    Policy::builder().allow_any_origin()
}

fn reflecting() -> PolicyBuilder {
    any().allow_credentials().dangerously_reflect_any_origin_with_credentials()
}

pub(crate) fn facts() -> Vec<Fact> {
    let exposing = || any().expose_any_header();
    let permissive = || any().allow_any_method().allow_any_header().expose_any_header();

    vec![
        fact(24, "J: without Origin", exposing, "GET", "handler | ACAO: * | ACEH: *"),
        fact(25, "J: OPTIONS too", exposing, "OPTIONS", "handler | ACAO: * | ACEH: * | Vary: M"),
        fact(26, "J: with every Origin", exposing, "GET | O: invalid_origin", "handler | ACAO: * | ACEH: *"),
        refused(27, "R: nothing configured, nothing shared", Policy::builder, &["origins NoOrigin"])
            .differs("a policy that shares nothing is a mistake"),
        fact(28, "R: Vary beside *", any, "GET | O: https://x.test", "handler | ACAO: *")
            .differs("the response does not depend on Origin"),
        fact(
            29,
            "R: a function has precedence over *",
            || any().allow_origins_if(|_| true),
            "GET | O: https://x.test",
            "handler | ACAO: *",
        )
        .differs(STAR),
        fact(30, "T: permissive, any request", permissive, "GET", "handler | ACAO: * | ACEH: *"),
        fact(
            31,
            "T: echoed methods and headers, and Vary for them",
            permissive,
            "OPTIONS | O: https://x.test | M: PUT | H: x-a",
            "204 | ACAO: * | ACAM: * | ACAH: * | Vary: origin, M",
        )
        .differs("`*` has the same meaning, and is the same for all headers"),
        fact(
            32,
            "T: very permissive, preflight",
            || reflecting().allow_any_method().allow_any_header(),
            "OPTIONS | O: https://x.test | M: PUT | H: x-a",
            "204 | ACAO: https://x.test | ACAC: true | ACAM: PUT | ACAH: x-a | \
             Vary: origin, M, H",
        ),
        fact(
            32,
            "T: very permissive, the same Vary on every response",
            || reflecting().allow_any_method().allow_any_header(),
            "GET | O: https://x.test",
            "handler | ACAO: https://x.test | ACAC: true | Vary: origin",
        )
        .differs("only responses to preflights depend on the requested method and headers"),
        fact(
            33,
            "T: the allowed origin, for every request",
            || origins(["https://a.test"]),
            "GET | O: https://b.test",
            "handler | Vary: origin",
        )
        .differs("it would reveal the trusted origin"),
        fact(
            33,
            "T: even without Origin, and no Vary",
            || origins(["https://a.test"]),
            "GET",
            "handler | Vary: origin",
        )
        .differs("it would reveal the trusted origin"),
        fact(
            34,
            "Y: no credentials, the handler's Vary as it is",
            any,
            "GET | O: https://x.test",
            "handler | ACAO: * | Vary: Accept-Encoding",
        )
        .handler("Vary: Accept-Encoding"),
        refused(
            35,
            "Y: credentials reflect any origin",
            || any().allow_credentials(),
            &["origins[0] AnyOriginWithCredentials"],
        )
        .differs("only with a dangerous method"),
        fact(
            35,
            "Y: and Vary is joined",
            reflecting,
            "GET | O: https://x.test",
            "handler | ACAO: https://x.test | ACAC: true | Vary: Accept-Encoding, origin",
        )
        .handler("Vary: Accept-Encoding"),
        fact(
            36,
            "D: the same",
            reflecting,
            "GET | O: https://example.com",
            "handler | ACAO: https://example.com | ACAC: true | Vary: origin",
        ),
        fact(36, "D: null too", reflecting, "GET | O: null", "handler | Vary: origin")
            .differs("null needs a dangerous method of its own"),
        fact(37, "Z: reflects without credentials", any, "GET | O: https://x.test", "handler | ACAO: *")
            .differs(STAR),
        fact(
            38,
            "A: reflects, unless told to send the wildcard",
            any,
            "GET | O: https://x.test",
            "handler | ACAO: *",
        )
        .differs(STAR),
        fact(
            39,
            "E: a list with * matches nothing",
            || origins(["*"]),
            "GET | O: https://x.test",
            "handler | ACAO: *",
        )
        .differs("`*` means any origin at every position"),
        fact(40, "E: true reflects", any, "GET | O: https://x.test", "handler | ACAO: *").differs(STAR),
        refused(40, "E: false switches CORS off", Policy::builder, &["origins NoOrigin"])
            .differs("to share nothing, apply no policy"),
        accepted(
            41,
            "J: origins beside * change nothing",
            || origins(["*", "https://example.com"]),
            &["origins[1] Covered"],
        ),
    ]
}

#[test]
fn fact_41_origins_beside_any_make_the_same_policy() {
    assert_eq!(origins(["*", "https://example.com"]).build().unwrap(), any().build().unwrap());
}
