//! Decisions, errors, warnings and explanations as data, in the fields of the crate's case format.

use std::fmt::Display;

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{
    decision::{Action, Decision, RequestClass, Verdict},
    error::{PolicyError, PolicyErrors, with_sources},
    explanation::{Explanation, RequestedHeader},
    warning::PolicyWarning,
};

impl Serialize for RequestClass {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::NotCors => "not-cors",
            Self::Cors => "cors",
            Self::Preflight => "preflight",
        })
    }
}

/// Writes the name of the verdict. The reason of a refusal is a field of [`Decision`].
impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Writes the fields `kind`, `verdict`, `reason` and `message` (if the request is refused), `calls_handler`,
/// `status` (if the handler is not called), `headers` (the ones to set, as pairs) and `vary` (its members).
impl Serialize for Decision<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        decision(&mut map, self)?;
        map.end()
    }
}

/// Writes the fields of the decision and `method`, and those of `origins`, `rule`, `near_misses`,
/// `requested_method`, `requested_headers` and `changes` (the suggestions) that are not empty.
impl Serialize for Explanation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        decision(&mut map, &self.decision)?;
        map.serialize_entry("method", self.method.as_str())?;
        list(&mut map, "origins", &self.origins)?;
        if let Some(rule) = &self.rule {
            map.serialize_entry("rule", &rule.to_string())?;
        }
        list(&mut map, "near_misses", &texts(&self.near_misses))?;
        if let Some(method) = &self.requested_method {
            map.serialize_entry("requested_method", method)?;
        }
        list(&mut map, "requested_headers", &self.requested_headers)?;
        list(&mut map, "changes", &texts(&self.suggestions))?;
        map.end()
    }
}

impl Serialize for RequestedHeader {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("allowed", &self.refusal.is_none())?;
        map.end()
    }
}

/// Writes a list of errors.
impl Serialize for PolicyErrors {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

/// Writes the fields `at` (the path), `kind`, `message`, and `seen` and `suggestion` if there are any.
impl Serialize for PolicyError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("at", &self.path.to_string())?;
        map.serialize_entry("kind", &self.kind.name())?;
        map.serialize_entry("message", &with_sources(&self.kind))?;
        for (name, text) in [("seen", self.seen.clone()), ("suggestion", self.suggestion())] {
            if let Some(text) = text {
                map.serialize_entry(name, &text)?;
            }
        }
        map.end()
    }
}

/// Writes the fields `at` (the path), `kind` and `message`.
impl Serialize for PolicyWarning {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("at", &self.path.to_string())?;
        map.serialize_entry("kind", &self.kind.name())?;
        map.serialize_entry("message", &with_sources(&self.kind))?;
        map.end()
    }
}

fn decision<M: SerializeMap>(map: &mut M, decision: &Decision<'_>) -> Result<(), M::Error> {
    map.serialize_entry("kind", &decision.class())?;
    map.serialize_entry("verdict", &decision.verdict())?;
    if let Some(refusal) = decision.refusal() {
        map.serialize_entry("reason", &refusal.name())?;
        map.serialize_entry("message", &with_sources(&refusal))?;
    }
    map.serialize_entry("calls_handler", &(decision.action() == Action::CallHandler))?;
    if let Action::Respond(status) = decision.action() {
        map.serialize_entry("status", &status.as_u16())?;
    }
    let headers = decision.headers().map(|(name, value)| (name, String::from_utf8_lossy(value.as_bytes())));
    let headers: Vec<_> = headers.map(|(name, value)| (name.to_string(), value.into_owned())).collect();
    map.serialize_entry("headers", &headers)?;
    map.serialize_entry("vary", &decision.vary().iter().map(|name| name.as_str()).collect::<Vec<_>>())
}

fn list<M: SerializeMap>(map: &mut M, name: &'static str, items: &[impl Serialize]) -> Result<(), M::Error> {
    if items.is_empty() { Ok(()) } else { map.serialize_entry(name, items) }
}

fn texts(items: &[impl Display]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}
