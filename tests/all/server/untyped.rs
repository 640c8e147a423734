//! Configurations of strings, as environment variables have them; absent and empty values; names of fields.

use crossorigin::server::{Policy, PolicyConfig, PolicyErrors};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::proptest_config::cases;

fn build(value: Value) -> Result<Policy, PolicyErrors> {
    serde_json::from_value::<PolicyConfig>(value).unwrap().build()
}

/// The errors of a configuration, as `path Kind`, with the suggestion behind an arrow.
fn errors(value: Value) -> Vec<String> {
    let errors = build(value).err().into_iter().flatten();
    errors
        .map(|error| {
            let suggestion = error.suggestion().map_or(String::new(), |text| format!(" -> {text}"));
            format!("{} {}{suggestion}", error.path, error.kind.name())
        })
        .collect()
}

#[test]
fn strings_are_read_as_the_type_of_their_field() {
    let typed = json!({
        "origins": ["https://app.example", "https://*.example.com"],
        "credentials": true,
        "methods": ["PUT", "DELETE"],
        "headers": ["content-type"],
        "expose": ["etag"],
        "max_age": 600,
        "preflight_status": 200,
        "refusal_status": 404,
        "private_network": false,
        "development": true,
        "dangerous": {"null_origin": true, "insecure_origins": false},
    });
    let strings = json!({
        "origins": "https://app.example,https://*.example.com",
        "credentials": "true",
        "methods": "PUT, DELETE",
        "headers": " content-type ",
        "expose": "etag",
        "max_age": " 600",
        "preflight_status": "200",
        "refusal_status": "0404",
        "private_network": "false",
        "development": "true",
        "dangerous": {"null_origin": "true", "insecure_origins": "false"},
    });
    assert_eq!(build(strings).unwrap(), build(typed).unwrap());
    let any = json!({"origins": " * ", "methods": "*", "headers": "*, authorization", "expose": "*"});
    let builder = Policy::builder().allow_any_origin().allow_any_method().allow_any_header();
    let builder = builder.allow_header("authorization").expose_any_header();
    assert_eq!(build(any).unwrap(), builder.build().unwrap());
}

#[test]
fn only_the_exact_forms_are_read() {
    let with = |field: &str, text: &str| errors(json!({"origins": ["https://a.test"], field: text}));
    for (text, suggestion) in [
        ("TRUE", " -> true"),
        ("yes", " -> true"),
        ("On", " -> true"),
        ("1", " -> true"),
        ("False", " -> false"),
        ("no", " -> false"),
        ("off", " -> false"),
        ("0", " -> false"),
        ("maybe", ""),
    ] {
        assert_eq!(with("credentials", text), [format!("credentials WrongType{suggestion}")], "{text}");
    }
    for text in ["10m", "1.0", "+5", "0x10", "1 000", "true", "off", "-", "--1", "٣"] {
        assert_eq!(with("max_age", text), ["max_age WrongType"], "{text}");
        assert_eq!(with("refusal_status", text), ["refusal_status WrongType"], "{text}");
    }
    for text in ["-1", "99999999999999999999", "99999999999999999999999999999999999999999999"] {
        assert_eq!(with("max_age", text), ["max_age OutOfRange"], "{text}");
    }
    assert_eq!(with("preflight_status", "70000"), ["preflight_status OutOfRange"]);
    assert_eq!(with("preflight_status", "404"), ["preflight_status Status"]);
    assert_eq!(with("dangerous", "true"), ["dangerous WrongType"]);
    assert_eq!(errors(json!("https://a.test")), ["policy WrongType"]);
    // A comma separates, and nothing else does.
    assert_eq!(errors(json!({"origins": "https://a.test https://b.test"})), ["origins[0] SeveralOrigins"]);
    assert_eq!(errors(json!({"origins": ["https://a.test,https://b.test"]})), ["origins[0] SeveralOrigins"]);
    let error = build(json!({"origins": "*", "max_age": "10m"})).unwrap_err().to_string();
    assert_eq!(error, "max_age (\"10m\"): expected a whole number of seconds, 0 or more, found a string");
}

#[test]
fn empty_strings_are_errors() {
    for text in ["", " ", "\n"] {
        let all = json!({
            "origins": text, "credentials": text, "methods": text, "max_age": text, "refusal_status": text,
            "dangerous": text,
        });
        assert_eq!(
            errors(all),
            [
                "credentials EmptyValue",
                "dangerous EmptyValue",
                "max_age EmptyValue",
                "methods EmptyValue",
                "origins EmptyValue",
                "refusal_status EmptyValue",
            ]
        );
    }
    // So are empty elements, wherever they are.
    let elements = json!({"origins": "https://a.test,", "methods": ",PUT", "headers": "x-a,,x-b"});
    assert_eq!(
        errors(elements),
        ["headers[1] InvalidHeaderName", "methods[0] InvalidMethod", "origins[1] Empty"]
    );
}

#[test]
fn null_is_absent() {
    let policy = build(json!({
        "origins": ["https://a.test"], "credentials": null, "methods": null, "max_age": null,
        "preflight_status": null, "dangerous": null,
    }));
    assert_eq!(policy.unwrap(), Policy::builder().allow_origin("https://a.test").build().unwrap());
    let inner = build(json!({"origins": ["https://a.test"], "dangerous": {"null_origin": null}}));
    assert_eq!(inner.unwrap(), Policy::builder().allow_origin("https://a.test").build().unwrap());
    assert_eq!(errors(json!({"origins": null})), ["origins NoOrigin"]);
    assert_eq!(errors(json!(null)), ["origins NoOrigin"]);
    // An unknown field and an element of a list are not absent.
    assert_eq!(errors(json!({"origins": ["https://a.test", null]})), ["origins[1] WrongType"]);
    assert_eq!(errors(json!({"origins": "*", "orig": null})), ["orig UnknownField"]);
}

#[test]
fn off_allows_no_origin_and_nothing_else_does() {
    let off = Policy::builder().allow_no_origin().build().unwrap();
    for origins in [json!("off"), json!(" off "), json!(["off"])] {
        let policy = build(json!({"origins": origins})).unwrap();
        assert_eq!(policy, off);
        assert!(!policy.allows_origin("https://a.test") && !policy.allows_origin("null"));
        assert!(policy.warnings().is_empty());
        assert_eq!(serde_json::to_value(&policy).unwrap(), json!({"origins": "off"}));
        assert_eq!(policy.to_builder().build().unwrap(), policy);
    }
    // The rest of a configuration may stay.
    let rest = json!({"origins": "off", "credentials": true, "methods": ["PUT"], "headers": "*"});
    assert!(build(rest).is_ok());
    for none in [json!([]), json!(null), json!({}), json!("Off"), json!("none"), json!(false), json!("false")]
    {
        assert!(build(json!({"origins": none.clone()})).is_err(), "{none}");
    }
}

#[test]
fn off_stands_alone() {
    assert_eq!(errors(json!({"origins": "off, https://a.test"})), ["origins[0] OffWithOrigins"]);
    assert_eq!(errors(json!({"origins": ["https://a.test", "off"]})), ["origins[1] OffWithOrigins"]);
    assert_eq!(errors(json!({"origins": ["*", "off"]})), ["origins[1] OffWithOrigins"]);
    let null = json!({"origins": "off", "dangerous": {"null_origin": true}});
    assert_eq!(errors(null), ["origins[0] OffWithOrigins"]);
    let off = || Policy::builder().allow_no_origin();
    for builder in [
        off().allow_origins_if(|_| false),
        off().caller_decides_origins(),
        off().allow_origin("https://a.test"),
        off().dangerously_allow_null_origin(),
    ] {
        let errors = builder.build().unwrap_err();
        assert_eq!(errors.iter().map(|error| error.kind.name()).collect::<Vec<_>>(), ["OffWithOrigins"]);
    }
    assert!(off().allow_no_origin().build().is_ok());
}

#[test]
fn off_is_the_empty_list_of_names() {
    let off = json!({"origins": "*", "methods": "off", "headers": " off", "expose": "off"});
    assert_eq!(build(off).unwrap(), Policy::builder().allow_any_origin().build().unwrap());
    // In a list, all elements are names.
    let policy = build(json!({"origins": "*", "methods": ["OFF"], "headers": ["off"]})).unwrap();
    let built = Policy::builder().allow_any_origin().allow_method("OFF").allow_header("off");
    assert_eq!(policy, built.build().unwrap());
    let json = serde_json::to_value(&policy).unwrap();
    assert_eq!(json, json!({"origins": "*", "methods": ["OFF"], "headers": ["off"]}));
    assert_eq!(build(json).unwrap(), policy);
}

#[test]
fn fields_have_the_names_of_the_methods_too() {
    let methods = json!({
        "allow_origins": ["https://a.test"],
        "allow_credentials": true,
        "allow_methods": ["PUT"],
        "allow_headers": ["x-a"],
        "expose_headers": ["etag"],
        "allow_private_network": true,
        "dangerously_allow_null_origin": true,
        "dangerously_allow_insecure_origins": true,
        "dangerously_allow_public_suffixes": true,
        "dangerously_reflect_any_origin_with_credentials": true,
    });
    let fields = json!({
        "origins": ["https://a.test"],
        "credentials": true,
        "methods": ["PUT"],
        "headers": ["x-a"],
        "expose": ["etag"],
        "private_network": true,
        "dangerous": {
            "null_origin": true, "insecure_origins": true, "public_suffixes": true,
            "any_origin_with_credentials": true,
        },
    });
    assert_eq!(build(methods).unwrap(), build(fields).unwrap());
    // One field must not be given under both names.
    let text = r#"{"allow_origins": ["https://a.test"], "origins": "*", "dangerous": {"null_origin": false},
                   "dangerously_allow_null_origin": true}"#;
    let errors = serde_json::from_str::<PolicyConfig>(text).unwrap().build().unwrap_err();
    let paths: Vec<_> = errors.iter().map(|error| format!("{} {}", error.path, error.kind.name())).collect();
    assert_eq!(paths, ["dangerous.null_origin DuplicateField", "origins DuplicateField"]);
}

#[test]
fn unknown_fields_have_the_nearest_name_as_suggestion() {
    for (field, suggestion) in [
        ("origin", " -> origins"),
        ("allowed_origins", " -> origins"),
        ("allow_origin", " -> origins"),
        ("allowOrigins", " -> origins"),
        ("credential", " -> credentials"),
        ("allowCredentials", " -> credentials"),
        ("method", " -> methods"),
        ("allowed-headers", " -> headers"),
        ("exposed_headers", " -> expose"),
        ("max-age", " -> max_age"),
        ("maxAge", " -> max_age"),
        ("preflightStatus", " -> preflight_status"),
        ("developement", " -> development"),
        ("null_origin", " -> dangerously_allow_null_origin"),
        ("dangerous_allow_null_origin", " -> dangerously_allow_null_origin"),
        // Case and punctuation make no difference.
        ("MAX_AGE", " -> max_age"),
        ("M-A-X.A-G-E", " -> max_age"),
        ("ALLOWMETHODS", " -> methods"),
        // A letter too much, one too little, one instead of another; up to a third of the letters.
        ("orrigins", " -> origins"),
        ("orgins", " -> origins"),
        ("orizins", " -> origins"),
        ("orizinz", " -> origins"),
        ("xxorigins", " -> origins"),
        ("originsxx", " -> origins"),
        ("orgxnz", ""),
        ("orizizz", ""),
        ("xxxxorigins", ""),
        ("originsxxxx", ""),
        ("origins1234", ""),
        ("max", ""),
        ("policy", ""),
        ("dangerous.null_origin", ""),
        ("x", ""),
        ("", ""),
    ] {
        let found = errors(json!({"origins": "*", field: true}));
        let field = if field.is_empty() { "\"\"" } else { field };
        assert_eq!(found, [format!("{field} UnknownField{suggestion}")], "{field}");
    }
    let inner = errors(json!({"origins": "*", "dangerous": {"nullOrigin": true, "x": true}}));
    assert_eq!(inner, ["dangerous.nullOrigin UnknownField -> null_origin", "dangerous.x UnknownField"]);
    let text = build(json!({"origins": "*", "maxAge": 5})).unwrap_err().to_string();
    assert!(text.ends_with("dangerous; did you mean `max_age`?"), "{text}");
}

#[test]
fn paths_begin_where_the_configuration_is() {
    let under =
        |value: Value| serde_json::from_value::<PolicyConfig>(value).unwrap().under("app.cors").build();
    let paths =
        |value| under(value).unwrap_err().iter().map(|error| error.path.to_string()).collect::<Vec<_>>();
    assert_eq!(
        paths(json!({"origins": ["https://a.test", "x"], "max_age": -1, "dangerous": {"x": true}, "y": 1})),
        ["app.cors.dangerous.x", "app.cors.max_age", "app.cors.origins[1]", "app.cors.y"]
    );
    assert_eq!(paths(json!(5)), ["app.cors"]);
    assert_eq!(paths(json!({})), ["app.cors.origins"]);
    let policy = under(json!({"origins": ["https://a.test"], "methods": ["GET"]})).unwrap();
    assert_eq!(policy.warnings()[0].path.to_string(), "app.cors.methods[0]");
    let denied = policy.deny_warnings(&[]).unwrap_err();
    assert_eq!(denied.iter().next().unwrap().path.to_string(), "app.cors.methods[0]");
    // The path is not a part of the policy.
    assert_eq!(build(json!({"origins": "*"})).unwrap(), under(json!({"origins": "*"})).unwrap());
}

proptest! {
    #![proptest_config(cases(500))]

    /// A configuration and the same configuration in strings give the same policy, or the same errors.
    #[test]
    fn strings_and_types_are_read_alike(value in configuration()) {
        let strings = Value::Object(value.as_object().unwrap().iter().map(|(name, value)| {
            (name.clone(), in_strings(value))
        }).collect());
        prop_assert_eq!(build(strings), build(value));
    }
}

/// The value as environment variables have it.
fn in_strings(value: &Value) -> Value {
    match value {
        Value::Array(list) if list.is_empty() => "off".into(),
        Value::Array(list) => {
            let elements: Vec<_> = list.iter().map(|element| element.as_str().unwrap()).collect();
            elements.join(", ").into()
        }
        Value::Object(table) => {
            table.iter().map(|(name, value)| (name.clone(), in_strings(value))).collect::<Map<_, _>>().into()
        }
        Value::String(text) => text.clone().into(),
        other => other.to_string().into(),
    }
}

fn configuration() -> impl Strategy<Value = Value> {
    let origin = prop_oneof![
        4 => prop::sample::select(vec!["https://a.test", "https://*.b.test", "http://localhost:*", "*", "off"])
            .prop_map(str::to_owned),
        1 => "[a-z:/*.]{1,8}",
    ];
    let name = prop_oneof![4 => "[A-Z]{3}|x-[a-z]|\\*", 1 => "[!-+.-~]{1,4}"];
    let name = name.prop_filter("`off` as the only name is the empty list", |name| name != "off");
    let names = || prop::collection::vec(name.clone(), 0..3).prop_map(Value::from);
    let number = || prop_oneof![4 => 0..700_i64, 1 => any::<i64>()].prop_map(Value::from);
    let flag = || any::<bool>().prop_map(Value::from);
    let dangerous = prop::collection::btree_map("null_origin|insecure_origins|nul_origin", flag(), 0..3);
    let dangerous = dangerous.prop_map(|table| table.into_iter().collect::<Value>());
    let optional = prop_oneof![
        ("methods|headers|expose|allow_headers", names()),
        ("max_age|preflight_status|refusal_status", number()),
        ("credentials|development|allow_private_network", flag()),
        ("dangerous", dangerous),
        ("max-age|origin", number()),
    ];
    let optional = prop::collection::vec(optional, 0..5);
    (prop::collection::vec(origin, 1..4).prop_map(Value::from), optional).prop_map(|(origins, optional)| {
        let mut table: Map<_, _> = optional.into_iter().collect();
        table.insert("origins".to_owned(), origins);
        table.into()
    })
}
