//! Facts 110 to 129: max-age, credentials, private network.

use std::time::Duration;

use crossorigin::server::{Policy, PolicyBuilder};

use super::{Fact, accepted, fact, origins, refused};

const PREFLIGHT: &str = "OPTIONS | O: https://a.test | M: GET";
const SENT: &str = "zero asks browsers not to cache the response; to omit the header, do not set it";
const UNSIGNED: &str = "an age is not negative";

fn a() -> PolicyBuilder {
    origins(["https://a.test"])
}

fn aged(seconds: u64) -> PolicyBuilder {
    a().max_age(Duration::from_secs(seconds))
}

fn preflight_response(max_age: &str) -> String {
    format!("204 | ACAO: https://a.test{max_age} | Vary: origin, M, H")
}

fn with_credentials<const N: usize>(patterns: [&str; N]) -> PolicyBuilder {
    origins(patterns).allow_credentials()
}

pub(crate) fn facts() -> Vec<Fact> {
    [max_age(), credentials(), private_network()].into_iter().flatten().collect()
}

fn max_age() -> Vec<Fact> {
    vec![
        fact(110, "R: ten", || aged(10), PREFLIGHT, preflight_response(" | ACMA: 10")),
        fact(110, "R: -1 is zero", || aged(0), PREFLIGHT, preflight_response(" | ACMA: 0")).differs(UNSIGNED),
        fact(110, "R: zero is left out", || aged(0), PREFLIGHT, preflight_response(" | ACMA: 0"))
            .differs(SENT),
        accepted(111, "J: above a day is an error", || aged(86_401), &["max_age MaxAgeAboveEveryCap"])
            .differs("it does no harm, because browsers apply their own limits"),
        fact(111, "J: -1 is zero", || aged(0), PREFLIGHT, preflight_response(" | ACMA: 0")).differs(UNSIGNED),
        fact(112, "E: zero is sent, and -5 too", || aged(0), PREFLIGHT, preflight_response(" | ACMA: 0"))
            .differs(UNSIGNED),
        fact(113, "D: a number", || aged(1002), PREFLIGHT, preflight_response(" | ACMA: 1002")),
        fact(113, "D: zero is left out", || aged(0), PREFLIGHT, preflight_response(" | ACMA: 0"))
            .differs(SENT),
        fact(114, "Z: 60 by default", a, PREFLIGHT, preflight_response(""))
            .differs("an unset value is not sent"),
        fact(114, "T, W, A: zero is sent", || aged(0), PREFLIGHT, preflight_response(" | ACMA: 0")),
    ]
}

fn credentials() -> Vec<Fact> {
    fn any() -> PolicyBuilder {
        Policy::builder().allow_any_origin()
    }
    let mut facts = vec![
        refused(115, "J: any origin", || with_credentials(["*"]), &["origins[0] AnyOriginWithCredentials"]),
        refused(
            116,
            "J: both are insecure",
            || with_credentials(["http://example.com:6060", "http://*.example.com:6060"]),
            &["origins[0] InsecureOriginWithCredentials", "origins[1] InsecureOriginWithCredentials"],
        ),
        refused(
            117,
            "J: a public suffix",
            || with_credentials(["https://*.com"]),
            &["origins[0] PublicSuffixWithCredentials"],
        ),
        accepted(117, "J: without credentials", || origins(["https://*.com"]), &["origins[0] PublicSuffix"]),
        accepted(
            117,
            "J: with the switch",
            || with_credentials(["https://*.com"]).dangerously_allow_public_suffixes(),
            &[],
        ),
        accepted(
            119,
            "J: this machine",
            || with_credentials(["http://127.0.0.1:*", "http://[::1]", "http://localhost:*"]),
            &[],
        ),
        refused(
            120,
            "J: exposing any header",
            || with_credentials(["https://a.test"]).expose_any_header(),
            &["expose[0] ExposeAnyWithCredentials"],
        ),
        refused(
            121,
            "T: a panic when the layer is used",
            || any().allow_any_method().allow_any_header().allow_credentials(),
            &["origins[0] AnyOriginWithCredentials"],
        )
        .differs("an error when the policy is built"),
        fact(
            122,
            "S: ACAC is taken off a response with *",
            any,
            "GET | O: https://a.test",
            "handler | ACAO: *",
        )
        .handler("ACAC: true"),
        fact(
            122,
            "S: ACAC remains beside a wildcard on a GET",
            any,
            "GET | O: https://a.test",
            "handler | ACAO: *",
        )
        .handler("ACAC: true | ACAM: *")
        .differs("a handler has no influence"),
        refused(
            123,
            "G: an exception for the first request",
            || with_credentials(["*"]),
            &["origins[0] AnyOriginWithCredentials"],
        )
        .differs("when the policy is built"),
        fact(
            123,
            "G: a pattern of * reflects with credentials",
            || with_credentials(["*"]).dangerously_reflect_any_origin_with_credentials(),
            "GET | O: https://a.test",
            "handler | ACAO: https://a.test | ACAC: true | Vary: origin",
        ),
        refused(
            124,
            "B: a public resource with credentials",
            || with_credentials(["*"]),
            &["origins[0] AnyOriginWithCredentials"],
        ),
        fact(124, "B: without", any, "GET | O: https://a.test", "handler | ACAO: *"),
        fact(
            125,
            "D: credentials for no other origin",
            || with_credentials(["https://a.test"]),
            "GET | O: https://b.test",
            "handler | Vary: origin",
        ),
    ];
    facts.push(if cfg!(feature = "psl") {
        refused(
            118,
            "J: longer public suffixes",
            || with_credentials(["https://*.github.io", "https://*.co.uk"]),
            &["origins[0] PublicSuffixWithCredentials", "origins[1] PublicSuffixWithCredentials"],
        )
    } else {
        accepted(
            118,
            "J: longer public suffixes",
            || with_credentials(["https://*.github.io", "https://*.co.uk"]),
            &[],
        )
        .differs("the list comes with the feature `psl`")
    });
    facts
}

fn private_network() -> Vec<Fact> {
    const ASKS: &str = "OPTIONS | O: https://a.test | M: GET | PN: true";
    const ALLOWED: &str = "204 | ACAO: https://a.test | ACAPN: true | \
                           Vary: origin, M, H, PN";
    let open = || a().allow_private_network();

    vec![
        fact(126, "R: allowed", open, ASKS, ALLOWED),
        fact(126, "R: not allowed", a, ASKS, preflight_response("")),
        fact(127, "Y: allowed", open, ASKS, ALLOWED),
        fact(
            127,
            "Y: without a request for it",
            open,
            PREFLIGHT,
            "204 | ACAO: https://a.test | Vary: origin, M, H, PN",
        ),
        fact(
            127,
            "Y: only with `true`",
            open,
            "OPTIONS | O: https://a.test | M: GET | PN: false",
            "204 | ACAO: https://a.test | Vary: origin, M, H, PN",
        ),
        fact(
            127,
            "Y: not on other requests",
            open,
            "GET | O: https://a.test | PN: true",
            "handler | ACAO: https://a.test | Vary: origin",
        ),
        fact(127, "Y: 400 if it is not allowed", a, ASKS, preflight_response(""))
            .differs("browsers with this feature refused without the header"),
        fact(
            128,
            "D: not for other origins",
            open,
            "OPTIONS | O: https://b.test | M: GET | PN: true",
            "403 | Vary: origin, M",
        ),
        accepted(
            128,
            "G: not for any origin",
            || Policy::builder().allow_any_origin().allow_private_network(),
            &["private_network PrivateNetworkIsLegacy", "private_network PrivateNetworkForAnyOrigin"],
        )
        .differs("the draft allowed it; there is a warning"),
        fact(
            129,
            "T: sent to other origins",
            open,
            "GET | O: https://b.test | PN: true",
            "handler | Vary: origin",
        )
        .differs("a refusal has no CORS headers"),
    ]
}
