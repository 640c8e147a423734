//! The configuration of a policy, as JSON text.

use crossorigin::server::{ConfigPath, Policy, PolicyConfig, PolicyErrorKind, PolicyErrors};
use serde_json::Value;

pub fn check(bytes: &[u8]) {
    let read = serde_json::from_slice::<PolicyConfig>(bytes);
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return };
    let configuration = read.expect("reading fails on broken syntax only");
    let whole = serde_json::from_slice::<Policy>(bytes);
    match configuration.build() {
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
    // If a field is repeated, this check uses the first value, and other readers the last.
    let has_duplicates = errors.iter().any(|error| error.kind == PolicyErrorKind::DuplicateField);
    let data = serde_json::to_value(errors).expect("errors can be serialized");
    for (error, data) in errors.iter().zip(data.as_array().expect("a list")) {
        assert!(has_duplicates || has_path(&error.path, value), "{error} in {value}");
        assert_eq!(data["at"], error.path.to_string());
        assert!(error.to_string().starts_with(&error.path.to_string()));
        if let Some(suggestion) = error.suggestion() {
            let policy = Policy::builder().allow_origin(&suggestion).build();
            assert!(policy.is_ok(), "{suggestion:?} is suggested but invalid");
        }
    }
}

/// Returns whether the configuration has a value at this path, or the path is a field that may be missing.
fn has_path(at: &ConfigPath, value: &Value) -> bool {
    let Value::Object(table) = value else { return matches!(at.field(), "policy" | "origins") };
    let named = at.field().split_once("dangerous.").filter(|(before, _)| before.is_empty());
    let found = match named.and_then(|(_, name)| table.get("dangerous")?.get(name)) {
        Some(found) => Some(found),
        None => table.get(at.field()),
    };
    match (found, at.index()) {
        (Some(Value::Array(list)), Some(index)) => index < list.len(),
        // A single `*` is a list of one element.
        (Some(Value::String(text)), Some(index)) => text == "*" && index == 0,
        (Some(_), None) => true,
        (Some(_), Some(_)) => false,
        (None, index) => at.field() == "origins" && index.is_none(),
    }
}
