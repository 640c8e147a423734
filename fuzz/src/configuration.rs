//! The configuration of a policy, as JSON text, with types and in strings.

use crossorigin::server::{ConfigPath, Policy, PolicyConfig, PolicyError, PolicyErrorKind, PolicyErrors};
use serde_json::Value;

pub fn check(bytes: &[u8]) {
    let read = serde_json::from_slice::<PolicyConfig>(bytes);
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return };
    let configuration = read.expect("reading fails on broken syntax only");
    let whole = serde_json::from_slice::<Policy>(bytes);
    let built = configuration.build();
    if !has_repeated_fields(&built) {
        of_strings(&value, &built);
    }
    match built {
        Ok(policy) => {
            assert_eq!(whole.expect("it could be built"), policy);
            of_a_policy(&policy, &value);
        }
        Err(errors) => {
            let error = whole.expect_err("it could not be built").to_string();
            assert!(error.starts_with(&errors.to_string()));
            of_errors(&errors, &value);
        }
    }
}

/// If a field is repeated, the library reads the first value, and `serde_json` the last.
fn has_repeated_fields(built: &Result<Policy, PolicyErrors>) -> bool {
    let mut errors = built.as_ref().err().into_iter().flatten();
    errors.any(|error| error.kind == PolicyErrorKind::DuplicateField)
}

fn of_a_policy(policy: &Policy, value: &Value) {
    for warning in policy.warnings() {
        assert!(has_path(&warning.path, value), "{warning} in {value}");
        assert!(!warning.kind.to_string().is_empty());
    }
    assert!(policy.warnings().is_sorted_by_key(|warning| &warning.path));
    let text = serde_json::to_string(policy).expect("a policy that was read can be written");
    let again: Policy = serde_json::from_str(&text).expect("a written policy can be read");
    assert_eq!(&again, policy, "{text}");
    assert_eq!(serde_json::to_string(&again).ok(), Some(text), "written alike");
    let built = policy.to_builder().build().expect("a valid policy can be built again");
    assert_eq!(&built, policy);
}

fn of_errors(errors: &PolicyErrors, value: &Value) {
    assert!(errors.iter().next().is_some());
    assert!(errors.iter().is_sorted_by_key(|error| &error.path));
    let has_duplicates = errors.iter().any(|error| error.kind == PolicyErrorKind::DuplicateField);
    let data = serde_json::to_value(errors).expect("errors can be serialized");
    for (error, data) in errors.iter().zip(data.as_array().expect("a list")) {
        assert!(has_duplicates || has_path(&error.path, value), "{error} in {value}");
        assert_eq!(data["at"], error.path.to_string());
        assert!(error.to_string().starts_with(&error.path.to_string()));
        if matches!(error.kind, PolicyErrorKind::InvalidOrigin(_))
            && let Some(suggestion) = error.suggestion()
        {
            let policy = Policy::builder().allow_origin(&suggestion).build();
            assert!(policy.is_ok(), "{suggestion:?} is suggested but invalid");
        }
    }
}

/// Returns whether the configuration has a value at this path, or the path is a field that may be missing.
fn has_path(at: &ConfigPath, value: &Value) -> bool {
    let Value::Object(table) = value else { return matches!(at.field(), "policy" | "origins") };
    // A field without a name is written so.
    let named = |name: &str| if name == r#""""# { String::new() } else { name.to_owned() };
    let found =
        match at.field().strip_prefix("dangerous.").and_then(|name| table.get("dangerous")?.get(named(name)))
        {
            Some(found) => Some(found),
            None => table.get(&named(at.field())).or_else(|| table.get(method_of(at.field())?)),
        };
    match (found, at.index()) {
        (Some(Value::Array(list)), Some(index)) => index < list.len(),
        // A string is a list with commas.
        (Some(Value::String(text)), Some(index)) => index < text.split(',').count(),
        (Some(_), None) => true,
        (Some(_), Some(_)) => false,
        (None, index) => at.field() == "origins" && index.is_none(),
    }
}

/// The method of the builder whose name is another name of a field.
fn method_of(field: &str) -> Option<&'static str> {
    Some(match field {
        "origins" => "allow_origins",
        "credentials" => "allow_credentials",
        "methods" => "allow_methods",
        "headers" => "allow_headers",
        "expose" => "expose_headers",
        "private_network" => "allow_private_network",
        "dangerous.null_origin" => "dangerously_allow_null_origin",
        "dangerous.insecure_origins" => "dangerously_allow_insecure_origins",
        "dangerous.public_suffixes" => "dangerously_allow_public_suffixes",
        "dangerous.any_origin_with_credentials" => "dangerously_reflect_any_origin_with_credentials",
        _ => return None,
    })
}

/// The configuration as environment variables have it, if they can say it: every value is a string.
fn in_strings(value: &Value) -> Option<Value> {
    let is_plain = |text: &str| !text.is_empty() && text == text.trim() && !text.contains(',');
    match value {
        Value::Null => Some(Value::Null),
        Value::Bool(_) => Some(value.to_string().into()),
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(value.to_string().into()),
        Value::Number(_) => None,
        Value::String(text) => Some(text.as_str().into()),
        Value::Array(list) => {
            let texts = list.iter().map(|element| element.as_str().filter(|text| is_plain(text)));
            let texts: Vec<_> = texts.collect::<Option<_>>()?;
            (!texts.is_empty() && texts != ["off"]).then(|| texts.join(" , ").into())
        }
        Value::Object(table) => {
            let entries = table.iter().map(|(name, value)| Some((name.clone(), in_strings(value)?)));
            entries.collect::<Option<_>>().map(Value::Object)
        }
    }
}

/// Asserts that the same configuration in strings gives the same policy, or the same errors.
fn of_strings(value: &Value, typed: &Result<Policy, PolicyErrors>) {
    // A string can be right where a value of another type is wrong.
    let is_wrong_type = |error: &PolicyError| matches!(error.kind, PolicyErrorKind::WrongType { .. });
    if typed.as_ref().is_err_and(|errors| errors.iter().any(is_wrong_type)) {
        return;
    }
    let Some(strings) = in_strings(value) else { return };
    let read: PolicyConfig = serde_json::from_value(strings.clone()).expect("a table can be read");
    assert_eq!(&read.build(), typed, "{strings}");
}
