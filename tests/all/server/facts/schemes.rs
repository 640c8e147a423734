//! Facts 60 to 64: `null` and schemes beyond http.

use super::{Fact, accepted, fact, origins, refused};

const OPAQUE: &str = "the origin of such a page is `null` in every current browser";

pub(crate) fn facts() -> Vec<Fact> {
    let connector =
        || origins(["connector://example.com"]).allow_credentials().dangerously_allow_insecure_origins();
    let custom = || origins(["custom-protocol://abcdefg", "content://com.company.app"]);

    vec![
        refused(
            60,
            "D: null in the list",
            || origins(["https://a.test", "null"]),
            &["origins[1] NullOrigin"],
        )
        .differs("null needs a dangerous method"),
        fact(
            60,
            "D: null is allowed then",
            || origins(["https://a.test"]).dangerously_allow_null_origin(),
            "GET | O: null",
            "handler | ACAO: null | Vary: origin",
        ),
        refused(60, "D: file:// in the list", || origins(["file://"]), &["origins[0] OpaqueScheme"])
            .differs(OPAQUE),
        refused(
            61,
            "J: both are mistakes",
            || origins(["null", "file:///x"]),
            &["origins[0] NullOrigin", "origins[1] OpaqueScheme"],
        ),
        fact(
            62,
            "J: another scheme with credentials",
            connector,
            "GET | O: connector://example.com",
            "handler | ACAO: connector://example.com | ACAC: true | Vary: origin",
        ),
        fact(
            62,
            "J: with a port it is another origin",
            connector,
            "GET | O: connector://example.com:6060",
            "handler | Vary: origin",
        ),
        refused(63, "B: Origin: file://", || origins(["file://"]), &["origins[0] OpaqueScheme"])
            .differs(OPAQUE),
        fact(
            63,
            "B: a scheme with a hyphen",
            custom,
            "GET | O: custom-protocol://abcdefg",
            "handler | ACAO: custom-protocol://abcdefg | Vary: origin",
        ),
        fact(
            63,
            "B: Android's content",
            custom,
            "GET | O: content://com.company.app",
            "handler | ACAO: content://com.company.app | Vary: origin",
        ),
        accepted(
            64,
            "J: localhost under any scheme",
            || origins(["capacitor://localhost"]).allow_credentials(),
            &[],
        ),
        refused(
            64,
            "J: all other origins are insecure",
            || origins(["chrome-extension://abc"]).allow_credentials(),
            &["origins[0] InsecureOriginWithCredentials"],
        ),
    ]
}
