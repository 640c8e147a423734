//! What is wrong with a policy, or strange about it.

use crossorigin::server::{Policy, PolicyConfig};
use std::time::Duration;

/// Configurations that are wrong, and what is said of them.
const ERRORS: [(&str, &str); 10] = [
    ("{}", "origins: no origin is allowed, so the policy would share nothing with anybody"),
    (
        r#"{"origins": ["*"], "credentials": true}"#,
        "origins[0] (\"*\"): any origin cannot be allowed with credentials: every site could act as the user; list the \
         origins, or leave the credentials out",
    ),
    (
        r#"{"origins": ["https://a.test"], "origins": ["https://b.test"]}"#,
        "origins: the field stands there twice",
    ),
    (
        r#"{"origins": ["https://a.test"], "credentials": true, "expose": ["*"]}"#,
        "expose[0] (\"*\"): `*` does not expose any header to a request with credentials; list the headers",
    ),
    (
        r#"{"origins": ["https://a.test"], "methods": ["CONNECT", "GE T", ""],
            "headers": ["cookie", "x y", "access-control-allow-origin"],
            "expose": ["set-cookie", "access-control-allow-methods", "origin"]}"#,
        "expose[0] (\"set-cookie\"): no page can read this header, exposed or not\n\
         expose[1] (\"access-control-allow-methods\"): only the answer to a preflight has this header, and no page gets to \
         see that answer\n\
         expose[2] (\"origin\"): this is a header of requests, so there is nothing to expose\n\
         headers[0] (\"cookie\"): no page can set this header: it is forbidden, and never asked for in a preflight\n\
         headers[1] (\"x y\"): this is not the name of a header\n\
         headers[2] (\"access-control-allow-origin\"): this is a header of the CORS protocol itself, which pages do not \
         send\n\
         methods[0] (\"CONNECT\"): no page can send this method: it is forbidden\n\
         methods[1] (\"GE T\"): this is not a method: 0x20 at byte 2 cannot be part of a method\n\
         methods[2] (\"\"): this is not a method: a method has at least one character",
    ),
    (
        r#"{"origins": ["http://a.test", "https://*.com", "null", "x"], "credentials": true}"#,
        "origins[0] (\"http://a.test\"): with credentials, whoever controls the network on the way can act as the user: use \
         `https`, or call `dangerously_allow_insecure_origins` (in a file: `dangerous.insecure_origins`)\n\
         origins[1] (\"https://*.com\"): anybody can register a name under `com`: with credentials, list the origins, or \
         call `dangerously_allow_public_suffixes` (in a file: `dangerous.public_suffixes`)\n\
         origins[2] (\"null\"): `null` is what every sandboxed frame and local file sends, so anybody can be `null`; if \
         that is meant, leave it out and call `dangerously_allow_null_origin` (in a file: `dangerous.null_origin`)\n\
         origins[3] (\"x\"): there is no `://` after a scheme; is `https://x` meant?",
    ),
    (
        r#"{"origins": ["localhost:3000", "localhost.test", "https://a.test, https://*.b.test", "https://a.test x"]}"#,
        "origins[0] (\"localhost:3000\"): there is no `://` after a scheme; is `http://localhost:3000` meant?\n\
         origins[1] (\"localhost.test\"): there is no `://` after a scheme; is `https://localhost.test` meant?\n\
         origins[2] (\"https://a.test, https://*.b.test\"): these are several origins; each has to be an element of its \
         own\n\
         origins[3] (\"https://a.test x\"): 0x20 at byte 14 cannot be part of a host",
    ),
    (
        r#"{"origins": ["https://a.test"], "max_age": -1, "preflight_status": 404, "refusal_status": 300}"#,
        "max_age (\"-1\"): the number must be a whole number of seconds, from 0\n\
         preflight_status (\"404\"): the status must be 200 to 299, or browsers refuse the preflight\n\
         refusal_status (\"300\"): the status must be 200 to 299, or 400 to 599",
    ),
    (
        r#"{"origins": "x", "max_age": 1.5, "credentials": "x", "methods": [1], "preflight_status": null}"#,
        "credentials: this must be true or false, and is a text\n\
         max_age: this must be a whole number of seconds, from 0, and is a number that is not whole, or too large\n\
         methods[0]: this must be a text, and is a number\n\
         origins: this must be a list of texts, or \"*\", and is a text\n\
         preflight_status: this must be a status, such as 204, and is nothing",
    ),
    (
        r#"{"origins": ["https://a.test"], "origin": 1, "dangerous": {"x": true}}"#,
        "dangerous.x: there is no such field; there are: null_origin, insecure_origins, public_suffixes, \
         any_origin_with_credentials\n\
         origin: there is no such field; there are: origins, credentials, methods, headers, expose, max_age, \
         preflight_status, refusal_status, private_network, development, dangerous",
    ),
];

#[test]
fn errors_of_policies() {
    for (text, errors) in ERRORS {
        let configuration: PolicyConfig = serde_json::from_str(text).unwrap();
        let found = configuration.build().unwrap_err();
        assert_eq!(found.to_string(), errors, "{text}");
        // What `main` and `unwrap` print is no worse to read.
        assert_eq!(format!("{found:?}"), format!("PolicyErrors:\n  {}", errors.replace('\n', "\n  ")));
    }
    // What cannot be written in a file.
    let careless = Policy::builder().allow_origins_if(|_| true).allow_credentials();
    assert_eq!(
        careless.build().unwrap_err().to_string(),
        "origins: `allow_origins_if` lets in `https://nobody.invalid`, so any site could act as the user: let in what you \
         know, leave the credentials out, or call `dangerously_reflect_any_origin_with_credentials`"
    );
    let policy = |it: crossorigin::server::PolicyBuilder| {
        serde_json::to_string(&it.build().unwrap()).unwrap_err().to_string()
    };
    assert_eq!(
        policy(Policy::builder().caller_decides_origins()),
        "the origins of the policy are decided by the caller, which cannot be written as configuration"
    );
    assert_eq!(
        policy(Policy::builder().allow_origins_if(|_| true)),
        "the policy has a predicate, which cannot be written as configuration"
    );
}

#[test]
fn warnings_of_policies() {
    let builder = || Policy::builder();
    let policies = [
        builder().allow_any_origin().allow_any_header().allow_private_network().expose_header("content-type"),
        builder()
            .allow_origins([
                "https://1.2.3.4",
                "https://*.a.test",
                "https://x.a.test",
                "file2://x",
                "wss://a.test",
            ])
            .allow_methods(["patch", "GET"])
            .allow_credentials()
            .development()
            .dangerously_allow_null_origin()
            .dangerously_allow_insecure_origins()
            .max_age(Duration::from_secs(1_000_000)),
        builder().allow_origin("https://*.com").dangerously_allow_public_suffixes(),
    ];
    let warnings = policies.map(|builder| {
        let policy = builder.build().unwrap();
        policy.warnings().iter().map(ToString::to_string).collect::<Vec<_>>()
    });
    assert_eq!(
        warnings.concat(),
        [
            "expose[0]: pages see this header anyway; it need not be listed",
            "headers: by the standard `*` does not cover `authorization`, so a preflight that asks for it is refused; list it \
             beside `*` if pages may send it",
            "private_network: browsers have replaced private network access by a permission prompt; the header does nothing there",
            "private_network: any site that a visitor opens may reach into the private network",
            "development: the development switch is on: refused preflights are answered as if they were not",
            "max_age: browsers keep the answer to a preflight for a day at most, most of them for less",
            "methods[0]: methods are case-sensitive, and this one is not `PATCH`, which is probably meant",
            "methods[1]: this method is always allowed and need not be listed",
            "origins[0]: credentials are shared with whoever holds this address, today and later",
            "origins[2]: `https://*.a.test` covers it already",
            "origins[4]: no page has the scheme `wss`, so no browser will ever send this origin",
            "dangerous.public_suffixes: this allows nothing that the policy would not allow without it",
            "origins[0]: anybody can register a name under `com`",
        ]
    );
}
