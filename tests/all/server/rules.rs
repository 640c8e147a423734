//! Every rule of a policy's settings: errors with their paths, warnings, and valid settings.

use std::time::Duration;

use crossorigin::{
    http::StatusCode,
    server::{Policy, PolicyBuilder},
};

use super::facts::origins;

fn a() -> PolicyBuilder {
    origins(["https://a.test"])
}

fn errors(builder: &PolicyBuilder) -> Vec<String> {
    let errors = builder.build().err().into_iter().flatten();
    errors.map(|error| format!("{} {}", error.path, error.kind.name())).collect()
}

fn warnings(builder: &PolicyBuilder) -> Vec<String> {
    let policy = builder.build().unwrap();
    policy.warnings().iter().map(|warning| format!("{} {}", warning.path, warning.kind.name())).collect()
}

#[test]
fn invalid_methods_and_names_are_errors() {
    let table: [(PolicyBuilder, &[&str]); 11] = [
        (
            a().allow_methods(["", "P UT", "caf\u{e9}"]),
            &["methods[0] InvalidMethod", "methods[1] InvalidMethod", "methods[2] InvalidMethod"],
        ),
        (
            a().allow_methods(["connect", "TRACE", "Track"]),
            &["methods[0] ForbiddenMethod", "methods[1] ForbiddenMethod", "methods[2] ForbiddenMethod"],
        ),
        (
            a().allow_headers(["x-a", "", "x a", "caf\u{e9}"]),
            &["headers[1] InvalidHeaderName", "headers[2] InvalidHeaderName", "headers[3] InvalidHeaderName"],
        ),
        (
            a().allow_headers(["Cookie", "sec-x", "proxy-x", "Host"]),
            &[
                "headers[0] ForbiddenRequestHeader",
                "headers[1] ForbiddenRequestHeader",
                "headers[2] ForbiddenRequestHeader",
                "headers[3] ForbiddenRequestHeader",
            ],
        ),
        (
            a().allow_headers(["access-control-allow-origin", "Access-Control-Max-Age"]),
            &["headers[0] ResponseHeaderAllowed", "headers[1] ResponseHeaderAllowed"],
        ),
        (a().expose_headers(["x a", "etag"]), &["expose[0] InvalidHeaderName"]),
        (
            a().expose_headers(["Set-Cookie", "set-cookie2"]),
            &["expose[0] ForbiddenResponseHeader", "expose[1] ForbiddenResponseHeader"],
        ),
        (
            a().expose_headers(["origin", "access-control-request-method", "access-control-request-headers"]),
            &[
                "expose[0] RequestHeaderExposed",
                "expose[1] RequestHeaderExposed",
                "expose[2] RequestHeaderExposed",
            ],
        ),
        (
            a().expose_headers([
                "access-control-allow-methods",
                "access-control-allow-headers",
                "access-control-max-age",
            ]),
            &[
                "expose[0] PreflightHeaderExposed",
                "expose[1] PreflightHeaderExposed",
                "expose[2] PreflightHeaderExposed",
            ],
        ),
        (a().allow_credentials().expose_headers(["etag", "*"]), &["expose[1] ExposeAnyWithCredentials"]),
        (
            a().preflight_status(StatusCode::NOT_FOUND).refusal_status(StatusCode::FOUND),
            &["preflight_status Status", "refusal_status Status"],
        ),
    ];
    for (builder, expected) in table {
        assert_eq!(errors(&builder), expected);
    }
}

#[test]
fn risky_origins_with_credentials_are_errors() {
    let table: [(PolicyBuilder, &[&str]); 9] = [
        (origins(["*"]), &["origins[0] AnyOriginWithCredentials"]),
        (origins(["https://a.test", "*"]), &["origins[1] AnyOriginWithCredentials"]),
        (origins(["http://a.test"]), &["origins[0] InsecureOriginWithCredentials"]),
        (origins(["http://*.a.test:*"]), &["origins[0] InsecureOriginWithCredentials"]),
        (origins(["http://192.168.0.1"]), &["origins[0] InsecureOriginWithCredentials"]),
        (origins(["http://notlocalhost"]), &["origins[0] InsecureOriginWithCredentials"]),
        (origins(["https://*.com"]), &["origins[0] PublicSuffixWithCredentials"]),
        (
            origins(["http://*.com"]),
            &["origins[0] InsecureOriginWithCredentials", "origins[0] PublicSuffixWithCredentials"],
        ),
        (
            origins([
                "http://localhost:*",
                "http://a.localhost",
                "http://*.localhost:*",
                "http://127.9.9.9",
                "http://[::1]:1",
            ]),
            &[],
        ),
    ];
    for (builder, expected) in table {
        assert_eq!(errors(&builder.allow_credentials()), expected);
    }
    let dangerous = origins(["http://a.test", "https://*.com", "*"])
        .allow_credentials()
        .dangerously_allow_insecure_origins()
        .dangerously_allow_public_suffixes()
        .dangerously_reflect_any_origin_with_credentials()
        .dangerously_allow_null_origin();
    assert_eq!(errors(&dangerous), [""; 0]);
}

#[test]
fn a_predicate_that_allows_any_origin_with_credentials_is_an_error() {
    let everybody: [fn(PolicyBuilder) -> PolicyBuilder; 3] = [
        |it| it.allow_origins_if(|_| true),
        |it| it.allow_origins_if(|origin| origin.scheme() == "https"),
        // A predicate that denies one origin allows all the others.
        |it| it.allow_origins_if(|_| false).allow_origins_if(|origin| origin.host() != "evil.test"),
    ];
    for careless in everybody {
        let without = careless(Policy::builder());
        assert_eq!(errors(&without), [""; 0]);
        let with = without.allow_credentials();
        assert_eq!(errors(&with), ["origins StrangersWithCredentials"]);
        let dangerous = with.dangerously_reflect_any_origin_with_credentials().build().unwrap();
        assert!(dangerous.warnings().is_empty(), "{:?}", dangerous.warnings());
    }
    let both = origins(["*"]).allow_origins_if(|_| true).allow_credentials();
    assert_eq!(errors(&both), ["origins StrangersWithCredentials", "origins[0] AnyOriginWithCredentials"]);
    let careful = Policy::builder().allow_origins_if(|origin| origin.host().ends_with(".a.test"));
    assert_eq!(errors(&careful.clone().allow_credentials()), [""; 0]);
    let needless = careful.allow_credentials().dangerously_reflect_any_origin_with_credentials();
    assert_eq!(needless.build().unwrap().warnings().len(), 1);
}

#[test]
fn a_policy_without_origins_is_an_error() {
    assert_eq!(errors(&Policy::builder()), ["origins NoOrigin"]);
    for builder in [
        Policy::builder().dangerously_allow_null_origin(),
        Policy::builder().caller_decides_origins(),
        Policy::builder().allow_origins_if(|_| false),
    ] {
        assert_eq!(errors(&builder), [""; 0]);
    }
}

#[test]
fn probable_mistakes_are_warnings() {
    let table: [(PolicyBuilder, &[&str]); 20] = [
        (origins(["https://a.test", "https://a.test"]), &["origins[1] Covered"]),
        (origins(["https://x.a.test", "https://*.a.test"]), &["origins[0] Covered"]),
        (origins(["http://a.test:81", "http://a.test:*"]), &["origins[0] Covered"]),
        (origins(["https://*.x.a.test", "https://*.a.test:*"]), &["origins[0] Covered"]),
        (origins(["https://*.a.test", "https://*.a.test:*"]), &["origins[0] Covered"]),
        (origins(["https://*.a.test", "https://a.test:*"]), &[]),
        (
            origins(["*", "https://x.a.test", "https://*.a.test"]),
            &["origins[1] Covered", "origins[2] Covered"],
        ),
        (origins(["*", "https://a.test", "*"]), &["origins[1] Covered", "origins[2] Covered"]),
        (origins(["https://*.com"]), &["origins[0] PublicSuffix"]),
        (origins(["wss://a.test"]), &["origins[0] SchemeOfNoPage"]),
        (
            origins(["https://10.0.0.1", "https://[2001:db8::1]"]).allow_credentials(),
            &["origins[0] CredentialsForAddress", "origins[1] CredentialsForAddress"],
        ),
        (
            a().allow_methods(["GET", "head", "patch", "PUT", "put"]),
            &[
                "methods[0] SafelistedMethod",
                "methods[1] SafelistedMethod",
                "methods[2] MethodCase",
                "methods[4] Covered",
            ],
        ),
        (a().allow_methods(["*", "PUT"]), &["methods[1] Covered"]),
        (a().allow_headers(["X-A", "x-a"]), &["headers[1] Covered"]),
        (a().allow_headers(["*", "x-a"]), &["headers AuthorizationNotCovered", "headers[1] Covered"]),
        (a().allow_headers(["*", "Authorization"]), &[]),
        (a().allow_headers(["*", "authorization"]).allow_credentials(), &["headers[1] Covered"]),
        (
            a().expose_headers(["etag", "Content-Type", "ETag"]),
            &["expose[1] SafelistedResponseHeader", "expose[2] Covered"],
        ),
        (
            a().max_age(Duration::from_secs(86_401)).development().allow_private_network(),
            &[
                "development Development",
                "max_age MaxAgeAboveEveryCap",
                "private_network PrivateNetworkIsLegacy",
            ],
        ),
        (
            a().dangerously_allow_insecure_origins()
                .dangerously_allow_public_suffixes()
                .dangerously_reflect_any_origin_with_credentials()
                .allow_any_origin()
                .dangerously_allow_null_origin(),
            &[
                "dangerous.any_origin_with_credentials NeedlessDanger",
                "dangerous.insecure_origins NeedlessDanger",
                "dangerous.null_origin NeedlessDanger",
                "dangerous.public_suffixes NeedlessDanger",
                "origins[0] Covered",
            ],
        ),
    ];
    for (builder, expected) in table {
        assert_eq!(warnings(&builder), expected, "{builder:?}");
    }
    assert_eq!(warnings(&a().max_age(Duration::from_secs(86_400)).allow_any_method()), [""; 0]);
}

#[test]
fn a_needed_dangerous_switch_causes_no_warning() {
    let suffix = || origins(["https://*.com"]).allow_credentials().dangerously_allow_public_suffixes();
    let insecure = || origins(["http://a.test"]).allow_credentials().dangerously_allow_insecure_origins();
    let any = || origins(["*"]).allow_credentials().dangerously_reflect_any_origin_with_credentials();
    for needed in [
        suffix(),
        // One such origin is enough, at any position.
        suffix().allow_origin("https://a.test"),
        insecure(),
        insecure().allow_origin("https://a.test"),
        any(),
        // With credentials, `*` does not allow `null`.
        any().dangerously_allow_null_origin(),
        a().dangerously_allow_null_origin(),
        a().allow_credentials().dangerously_allow_null_origin(),
    ] {
        assert_eq!(warnings(&needed), [""; 0], "{needed:?}");
    }
}

#[test]
fn a_path_is_a_field_and_an_optional_index() {
    let policy = a().allow_methods(["PUT", "PATCH", "GET"]).development().build().unwrap();
    let paths: Vec<_> = policy.warnings().iter().map(|it| (it.path.field(), it.path.index())).collect();
    assert_eq!(paths, [("development", None), ("methods", Some(2))]);
}

#[test]
fn denied_warnings_are_errors_unless_they_are_accepted_by_name() {
    let strange = a().allow_methods(["GET", "patch"]).development().build().unwrap();
    let denied = |accepted: &[&str]| {
        let errors = strange.clone().deny_warnings(accepted).err().into_iter().flatten();
        errors.map(|error| format!("{} {}", error.path, error.kind.name())).collect::<Vec<_>>()
    };
    assert_eq!(
        denied(&[]),
        ["development Development", "methods[0] SafelistedMethod", "methods[1] MethodCase"]
    );
    assert_eq!(denied(&["Development", "MethodCase"]), ["methods[0] SafelistedMethod"]);
    assert_eq!(denied(&["SafelistedMethod", "Development", "MethodCase", "Covered"]), [""; 0]);
    assert_eq!(
        denied(&["Development", "methodcase", "MethodCase", "SafelistedMethod", ""]),
        ["accepted[1] UnknownWarning", "accepted[4] UnknownWarning"]
    );
    let misspelt = strange.clone().deny_warnings(&["method_case", "x"]).unwrap_err();
    let suggestions: Vec<_> = misspelt.iter().map(|error| error.suggestion()).collect();
    assert_eq!(suggestions[..2], [Some("MethodCase".to_owned()), None]);

    let accepted = strange.clone().deny_warnings(&["Development", "MethodCase", "SafelistedMethod"]).unwrap();
    assert_eq!((accepted.warnings(), &accepted), (strange.warnings(), &strange));
    assert!(a().build().unwrap().deny_warnings(&[]).is_ok());
}

#[test]
fn a_policy_prints_its_settings() {
    let builder = a()
        .allow_origins(["https://*.b.test:*", "https://x.b.test"])
        .allow_origins_if(|_| true)
        .allow_method("PUT")
        .allow_any_header()
        .expose_header("etag")
        .max_age(Duration::from_secs(7));
    let lists = "origins: [\"https://a.test\", \"https://*.b.test:*\"], predicates: 1, \
                 caller_decides_origins: false, credentials: false, methods: [\"PUT\"], headers: [\"*\"], \
                 expose: [\"etag\"], max_age: Some(7), preflight_status: Some(204), refusal_status: Some(403), ";
    let printed = format!("{:?}", builder.build().unwrap());
    assert!(printed.starts_with(&format!("Policy(Settings {{ {lists}")), "{printed}");
    let printed = format!("{builder:?}");
    let start = "PolicyBuilder(Settings { origins: [\"https://a.test\", \"https://*.b.test:*\", \"https://x.b.test\"], \
                 predicates: 1,";
    assert!(printed.starts_with(start), "{printed}");
}

#[test]
fn equal_settings_make_equal_policies() {
    let policy = |builder: PolicyBuilder| builder.build().unwrap();
    let one = policy(
        origins(["https://a.test", "https://b.test"]).allow_methods(["PUT", "DELETE"]).allow_header("X-A"),
    );
    let other = policy(
        origins(["https://b.test", "https://a.test"]).allow_methods(["DELETE", "put"]).allow_header("x-a"),
    );
    assert_eq!(one, other);
    assert_eq!(one, one.clone());
    assert_eq!(policy(one.to_builder()), one);
    for different in [
        one.to_builder().allow_credentials(),
        one.to_builder().allow_origin("https://c.test"),
        one.to_builder().allow_origins_if(|_| false),
        one.to_builder().caller_decides_origins(),
        one.to_builder().allow_method("PATCH"),
        one.to_builder().allow_any_method(),
        one.to_builder().allow_header("x-b"),
        one.to_builder().expose_header("etag"),
        one.to_builder().max_age(Duration::ZERO),
        one.to_builder().preflight_status(StatusCode::OK),
        one.to_builder().refusal_status(StatusCode::NOT_FOUND),
        one.to_builder().allow_private_network(),
        one.to_builder().development(),
        one.to_builder().dangerously_allow_null_origin(),
        one.to_builder().dangerously_allow_insecure_origins(),
        one.to_builder().dangerously_allow_public_suffixes(),
        one.to_builder().dangerously_reflect_any_origin_with_credentials(),
    ] {
        assert_ne!(policy(different.clone()), one, "{different:?}");
    }
    // Two equal closures count as different, and one closure as equal to itself.
    let predicate = policy(one.to_builder().allow_origins_if(|_| true));
    assert_ne!(predicate, policy(one.to_builder().allow_origins_if(|_| true)));
    assert_eq!(predicate, policy(predicate.to_builder()));
}

#[test]
fn a_policy_says_whether_it_allows_credentials() {
    for (builder, allows) in [(a(), false), (a().allow_credentials(), true)] {
        assert_eq!(builder.build().unwrap().allows_credentials(), allows);
    }
}

#[test]
fn a_long_value_is_shortened_in_messages() {
    let long = "x".repeat(1_000_000);
    let errors =
        a().allow_origin(format!("https://{long}")).allow_method(format!("{long} ")).build().unwrap_err();
    let lines: Vec<_> = errors.iter().map(ToString::to_string).collect();
    assert!(
        lines.iter().all(|line| line.len() < 500),
        "{:?}",
        lines.iter().map(String::len).collect::<Vec<_>>()
    );
    assert!(
        lines[0].starts_with("methods[0] (\"xxx") && lines[0].contains("xxx\"…, 1000001 bytes): this is"),
        "{}",
        lines[0]
    );
    assert_eq!(errors.iter().last().unwrap().seen, Some(format!("https://{long}")));
    // A suggestion is short enough to be shown.
    for (length, is_suggested) in [(300, true), (301, false)] {
        let name = "x".repeat(length);
        let errors = a().allow_method(format!("{name} ")).build().unwrap_err();
        let suggestion = errors.iter().next().unwrap().suggestion();
        assert_eq!(suggestion, is_suggested.then_some(name));
    }
    // Characters are not split.
    let errors = a().allow_origin("ö".repeat(1_000)).build().unwrap_err().to_string();
    assert!(errors.contains(&format!("(\"{}\"…, 2000 bytes)", "ö".repeat(300))), "{errors}");
}

/// `main` and `unwrap` print an error with `Debug`.
#[test]
fn errors_are_readable_where_main_prints_them() {
    let errors = Policy::builder().allow_origin("https://a.test/").allow_method("P UT").build().unwrap_err();
    let lines = errors.to_string().replace('\n', "\n  ");
    assert_eq!(format!("{errors:?}"), format!("PolicyErrors:\n  {lines}"));
    assert!(lines.contains("\n  origins[0] (\"https://a.test/\"): "), "{lines}");
}
