//! Policies read from configuration and serialized; decisions, errors and warnings serialized.

use crossorigin::{
    http::StatusCode,
    server::{NotSerializable, Policy, PolicyConfig},
};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{facts::origins, short_form::request};
use crate::proptest_config::cases;

fn errors(text: &str) -> Vec<String> {
    let configuration: PolicyConfig = serde_json::from_str(text).unwrap();
    let errors = configuration.build().err().into_iter().flatten();
    errors.map(|error| format!("{} {}", error.path, error.kind.name())).collect()
}

fn policy(value: Value) -> Policy {
    serde_json::from_value(value).unwrap()
}

#[test]
fn every_field_is_read() {
    let read = policy(json!({
        "origins": ["https://app.example", "https://*.example.com", "http://localhost:*"],
        "credentials": true,
        "methods": ["PUT", "DELETE"],
        "headers": ["content-type", "authorization"],
        "expose": ["etag"],
        "max_age": 600,
        "preflight_status": 200,
        "refusal_status": 404,
        "private_network": true,
        "development": true,
        "dangerous": {
            "null_origin": true,
            "insecure_origins": true,
            "public_suffixes": true,
            "any_origin_with_credentials": true,
        },
    }));
    let built = origins(["https://app.example", "https://*.example.com", "http://localhost:*"])
        .allow_credentials()
        .allow_methods(["PUT", "DELETE"])
        .allow_headers(["content-type", "authorization"])
        .expose_header("etag")
        .max_age(std::time::Duration::from_secs(600))
        .preflight_status(StatusCode::OK)
        .refusal_status(StatusCode::NOT_FOUND)
        .allow_private_network()
        .development()
        .dangerously_allow_null_origin()
        .dangerously_allow_insecure_origins()
        .dangerously_allow_public_suffixes()
        .dangerously_reflect_any_origin_with_credentials();
    assert_eq!(read, built.build().unwrap());
}

#[test]
fn default_values_and_absent_fields_give_the_same_policy() {
    let short = policy(json!({"origins": ["https://a.test"]}));
    let long = policy(json!({
        "origins": ["https://a.test"], "credentials": false, "methods": [], "headers": [], "expose": [],
        "preflight_status": 204, "refusal_status": 403, "private_network": false, "development": false,
        "dangerous": {"null_origin": false},
    }));
    assert_eq!(short, long);
    assert_eq!(serde_json::to_value(&long).unwrap(), json!({"origins": ["https://a.test"]}));
}

#[test]
fn a_wildcard_is_a_string_or_an_element() {
    let text = policy(json!({"origins": "*", "methods": "*", "headers": "*", "expose": "*"}));
    let list = policy(json!({"origins": ["*"], "methods": ["*"], "headers": ["*"], "expose": ["*"]}));
    assert_eq!(text, list);
    let printed = json!({"origins": "*", "methods": "*", "headers": "*", "expose": "*"});
    assert_eq!(serde_json::to_value(&text).unwrap(), printed);
    let both = json!({"origins": "*", "headers": ["*", "authorization"]});
    assert_eq!(serde_json::to_value(policy(both.clone())).unwrap(), both);
}

#[test]
fn all_errors_are_reported_at_once_with_their_paths() {
    assert_eq!(
        errors(
            r#"{
                "origin": "https://a.test",
                "origins": ["https://a.test", 7, "https://a.test/", null],
                "credentials": "yes",
                "methods": 5,
                "headers": {"x-a": true},
                "expose": [["etag"]],
                "max_age": -1,
                "max_age": 5,
                "preflight_status": 70000,
                "refusal_status": 1.5,
                "development": 1,
                "dangerous": {"null": true, "null_origin": 1, "insecure_origins": false, "insecure_origins": true}
            }"#
        ),
        [
            "credentials WrongType",
            "dangerous.insecure_origins DuplicateField",
            "dangerous.null UnknownField",
            "dangerous.null_origin WrongType",
            "development WrongType",
            "expose[0] WrongType",
            "headers WrongType",
            "max_age OutOfRange",
            "max_age DuplicateField",
            "methods WrongType",
            "origin UnknownField",
            "origins[1] WrongType",
            "origins[2] Path",
            "origins[3] WrongType",
            "preflight_status OutOfRange",
            "refusal_status WrongType",
        ]
    );
}

#[test]
fn a_configuration_must_be_a_table() {
    assert_eq!(errors("[]"), ["policy WrongType"]);
    assert_eq!(errors("true"), ["policy WrongType"]);
    assert_eq!(errors("{}"), ["origins NoOrigin"]);
    assert_eq!(errors("null"), ["origins NoOrigin"]);
    assert_eq!(errors(r#"{"origins": 5}"#), ["origins WrongType"]);
    assert_eq!(errors(r#"{"origins": [5]}"#), ["origins[0] WrongType"]);
    assert_eq!(errors(r#"{"policy": 5}"#), ["origins NoOrigin", "policy UnknownField"]);
    assert_eq!(errors(r#"{"origin": "https://a.test"}"#), ["origin UnknownField", "origins NoOrigin"]);
    // The path of a field without a name is not that of its table.
    let unnamed = r#"{"origins": "*", "": 5, "dangerous": {"": true}}"#;
    assert_eq!(errors(unnamed), ["\"\" UnknownField", "dangerous.\"\" UnknownField"]);
    assert_eq!(errors(r#"{"origins": ["https://a.test"], "dangerous": true}"#), ["dangerous WrongType"]);
    assert!(serde_json::from_str::<PolicyConfig>("{").is_err());
    // Some formats have byte arrays, but a configuration does not.
    let bytes = serde::de::value::BytesDeserializer::<serde::de::value::Error>::new(b"origins");
    let error = PolicyConfig::deserialize(bytes).err().unwrap().to_string();
    assert_eq!(error, "invalid type: byte array, expected a value of a configuration");
}

#[test]
fn errors_can_be_serialized() {
    let text = r#"{"origins": ["https://a.test/"], "max_age": "x"}"#;
    let errors = serde_json::from_str::<PolicyConfig>(text).unwrap().build().unwrap_err();
    assert_eq!(
        serde_json::to_value(errors).unwrap(),
        json!([
            {"at": "max_age", "kind": "WrongType",
             "message": "expected a whole number of seconds, 0 or more, found a string", "seen": "x"},
            {"at": "origins[0]", "kind": "Path",
             "message": "an origin ends after its host and port, but `/` follows at byte 14",
             "seen": "https://a.test/", "suggestion": "https://a.test"},
        ])
    );
    let error = serde_json::from_str::<Policy>(text).unwrap_err().to_string();
    assert!(
        error.starts_with("max_age (\"x\"): expected a whole number") && error.contains("\norigins[0] ("),
        "{error}"
    );
}

#[test]
fn warnings_can_be_serialized() {
    let policy = policy(json!({"origins": ["https://a.test"], "methods": ["GET"]}));
    assert_eq!(
        serde_json::to_value(policy.warnings()).unwrap(),
        json!([{"at": "methods[0]", "kind": "SafelistedMethod",
                "message": "this method is always allowed, so it need not be listed"}])
    );
}

#[test]
fn decisions_can_be_serialized() {
    let policy = policy(json!({"origins": ["https://a.test"], "methods": ["PUT"], "headers": ["x-a"]}));
    let ask = |text: &str| {
        let (method, headers) = request(text);
        serde_json::to_value(policy.decide(&method, &headers)).unwrap()
    };
    assert_eq!(
        ask("OPTIONS | O: https://a.test | M: PUT"),
        json!({"kind": "preflight", "verdict": "share", "calls_handler": false, "status": 204,
               "headers": [["access-control-allow-origin", "https://a.test"], ["access-control-allow-methods", "PUT"],
                           ["access-control-allow-headers", "x-a"]],
               "vary": ["origin", "access-control-request-method", "access-control-request-headers"]})
    );
    assert_eq!(
        ask("GET | O: https://b.test"),
        json!({"kind": "cors", "verdict": "refuse", "reason": "OriginNotAllowed",
               "message": "the policy does not allow the origin", "calls_handler": true, "headers": [],
               "vary": ["origin"]})
    );
    assert_eq!(ask("GET")["kind"], "not-cors");
    assert_eq!(ask("GET")["verdict"], "not-applicable");
}

#[test]
fn explanations_can_be_serialized() {
    let policy = policy(json!({"origins": ["https://a.test"], "headers": ["x-a"]}));
    let (method, headers) = request("OPTIONS | O: https://a.test | M: GET | H: x-a,x-b");
    assert_eq!(
        serde_json::to_value(policy.explain(&method, &headers)).unwrap(),
        json!({"kind": "preflight", "verdict": "refuse", "reason": "HeaderNotAllowed",
               "message": "the policy does not allow header 2 of Access-Control-Request-Headers",
               "calls_handler": false, "status": 403, "headers": [],
               "vary": ["origin", "access-control-request-method", "access-control-request-headers"],
               "method": "OPTIONS", "origins": ["https://a.test"], "rule": "the pattern https://a.test matches it",
               "requested_method": "GET",
               "requested_headers": [{"name": "x-a", "allowed": true}, {"name": "x-b", "allowed": false}],
               "changes": ["allow the header x-b"]})
    );
}

#[test]
fn predicates_and_decisions_of_the_caller_cannot_be_serialized() {
    let predicate = origins(["https://a.test"]).allow_origins_if(|_| true).build().unwrap();
    assert_eq!(predicate.to_config().unwrap_err(), NotSerializable::Predicate);
    assert!(serde_json::to_string(&predicate).is_err());
    let caller = Policy::builder().caller_decides_origins().build().unwrap();
    assert_eq!(caller.to_config().unwrap_err(), NotSerializable::CallerDecidesOrigins);
}

proptest! {
    #![proptest_config(cases(500))]

    /// Reading well-formed JSON never panics, and every error of the configuration has its path.
    #[test]
    fn every_json_value_is_read_without_a_panic(
        field in prop::sample::select(vec![
            "origins", "credentials", "methods", "max_age", "preflight_status", "dangerous", "other",
        ]),
        value in value(),
    ) {
        let table = json!({"origins": ["https://a.test"], field: value});
        let read: PolicyConfig = serde_json::from_value(table).unwrap();
        if let Err(errors) = read.build() {
            prop_assert!(errors.iter().all(|error| error.path.field().starts_with(field)), "{}", errors);
        }
    }
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[*a:/.]{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let list = prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from);
        let table = prop::collection::btree_map("[a-z_]{1,4}|null_origin", inner, 0..3)
            .prop_map(|table| table.into_iter().collect::<Value>());
        prop_oneof![list, table]
    })
}
