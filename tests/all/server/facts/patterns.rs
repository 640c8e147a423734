//! Facts 42 to 59, except 56 and 57: patterns.

use super::{Fact, fact, origins, refused};

const NO_GLOBS: &str = "a wildcard is the whole first label, or the whole port";

/// A row with an origin that is allowed or not.
fn row(
    number: u16,
    theirs: &'static str,
    policy: fn() -> crossorigin::server::PolicyBuilder,
    origin: &str,
    allowed: bool,
) -> Fact {
    let shared = if allowed { format!(" | ACAO: {origin}") } else { String::new() };
    fact(number, theirs, policy, format!("GET | O: {origin}"), format!("handler{shared} | Vary: origin"))
}

pub(crate) fn facts() -> Vec<Fact> {
    let both = || origins(["http://*.example.com:*"]);
    let subdomains = || origins(["https://*.example.com"]);
    let mixed = || origins(["https://*.example.com", "https://example.com:8080"]);
    let ports = || origins(["https://*.port.domain.com:*"]);
    let two_ports = || origins(["https://*.port.domain.com:8080", "https://*.port.domain.com:8081"]);
    let org = || origins(["https://*.example.org"]);
    let with_domain = || origins(["https://example.com", "https://*.example.com"]);
    let deep = || origins(["http://*.example.com"]);
    let function =
        || origins(["https://listed.com"]).allow_origins_if(|origin| origin.host().ends_with(".unknown.com"));
    let idn = || origins(["https://xn--bcher-kva.test"]);

    vec![
        row(42, "J: subdomain, any port", both, "http://foo.example.com", true),
        row(42, "J: with a port", both, "http://foo.example.com:6060", true),
        row(42, "J: deeper", both, "http://bar.foo.example.com", true),
        row(42, "J: deeper with a port", both, "http://bar.foo.example.com:8080", true),
        row(42, "J: never the domain itself", both, "http://example.com", false),
        row(43, "J: the port of another pattern", mixed, "https://foo.example.com:8080", false),
        row(44, "R: subdomain", || origins(["http://*.bar.com"]), "http://foo.bar.com", true),
        row(44, "R: another domain", || origins(["http://*.bar.com"]), "http://foo.baz.com", false),
        row(45, "J: the domain itself", subdomains, "https://example.com", false),
        row(45, "J: an empty label", subdomains, "https://.example.com", false),
        row(45, "J: the default port", subdomains, "https://x.example.com:443", false),
        row(45, "J: a dot at the end", subdomains, "https://x.example.com.", false),
        refused(
            46,
            "P: * without a dot, so evilexample.com is allowed",
            || origins(["https://*example.com"]),
            &["origins[0] WildcardMisplaced"],
        )
        .differs(NO_GLOBS),
        row(47, "J, P, R allow it, and should not", subdomains, "https://evil.com/.example.com", false)
            .differs("it is not an origin"),
        row(48, "G: without a port", ports, "https://a.port.domain.com", true),
        row(48, "G: with one", ports, "https://a.port.domain.com:1234", true),
        refused(
            49,
            "G: a list of ports in one pattern",
            || origins(["https://*.port.domain.com:[8080,8081]"]),
            &["origins[0] PortByte"],
        )
        .differs("use two patterns"),
        row(49, "G: the first", two_ports, "https://a.port.domain.com:8080", true),
        row(49, "G: the second", two_ports, "https://a.port.domain.com:8081", true),
        row(49, "G: neither", two_ports, "https://a.port.domain.com:1234", false),
        refused(
            50,
            "G: a list of patterns in one string",
            || origins(["https://*.a1.com:[8080,8081],https://*.a2.com"]),
            &["origins[0] PortByte"],
        )
        .differs("use a list"),
        row(51, "Y: a full match of a regular expression", org, "https://subdomain.example.org", true),
        row(51, "Y: nothing after it", org, "https://subdomain.example.org.hacker.com", false),
        row(
            52,
            "D: a match that does not reach the end",
            || origins(["https://a.com"]),
            "https://a.com.evil.net",
            false,
        )
        .differs("an origin matches as a whole"),
        row(53, "E: the domain or a subdomain", with_domain, "https://example.com", true),
        row(53, "E: the domain or a subdomain", with_domain, "https://a.example.com", true),
        row(53, "E: an expression that is not anchored", with_domain, "https://example.com.evil.net", false)
            .differs("an origin matches as a whole"),
        row(54, "Z: one label", deep, "http://foo.example.com", true),
        row(54, "Z: two labels", deep, "http://deep.er.example.com", true),
        row(55, "A: a function", function, "https://www.unknown.com", true),
        row(55, "A: the function says no", function, "https://www.known.com", false),
        row(55, "A: beside a list", function, "https://listed.com", true),
        refused(58, "K: beyond ASCII", || origins(["https://b\u{fc}cher.test"]), &["origins[0] NotAscii"])
            .differs("the tables that turn it into Punycode change; write the Punycode"),
        row(58, "K: in Punycode", idn, "https://xn--bcher-kva.test", true),
        refused(
            59,
            "B: no scheme matches all",
            || origins(["example.com"]),
            &["origins[0] MissingSchemeSeparator"],
        )
        .differs("`http` would be allowed too"),
        refused(59, "B: an empty text matches nothing", || origins([""]), &["origins[0] Empty"])
            .differs("it is a mistake"),
    ]
}
