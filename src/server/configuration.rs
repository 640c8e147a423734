//! Policies from configuration, and back.

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::Error as _,
    ser::{Error as _, SerializeMap},
};

use super::{
    builder::PolicyBuilder,
    error::{PolicyError, PolicyErrorKind, PolicyErrors},
    place::{ConfigPath, WHOLE},
    policy::Policy,
    settings::Dangers,
    validate,
    value::Value,
};

const FIELDS: &str = "origins, credentials, methods, headers, expose, max_age, preflight_status, refusal_status, \
                      private_network, development, dangerous";
const DANGERS: &str = "null_origin, insecure_origins, public_suffixes, any_origin_with_credentials";
const MAX_AGE: &str = "a whole number of seconds, from 0";
const STATUS: &str = "a status, such as 204";

/// A policy as it stands in configuration, not checked yet.
///
/// | field | is | where absent |
/// |---|---|---|
/// | `origins` | a list of [patterns](super::OriginPattern), or `"*"` | an error, unless something dangerous stands in for it |
/// | `credentials` | true or false | false |
/// | `methods`, `headers`, `expose` | a list, or `"*"` | none |
/// | `max_age` | seconds | not sent |
/// | `preflight_status`, `refusal_status` | a status | 204, 403 |
/// | `private_network`, `development` | true or false | false |
/// | `dangerous` | a table: `null_origin`, `insecure_origins`, `public_suffixes`, `any_origin_with_credentials` | all false |
///
/// Reading fails on broken syntax only. Everything else, unknown fields and wrong types included, is an error that
/// [`build`](Self::build) reports with all the others and with its path. [`Policy`] itself can be read too; its errors
/// come as one text then.
///
/// ```
/// use crossorigin::server::{PolicyConfig, Policy};
///
/// let text = r#"{"origins": ["https://app.example", "app.example"], "credential": true, "max_age": "600"}"#;
/// let errors = serde_json::from_str::<PolicyConfig>(text)?.build().unwrap_err();
/// let paths: Vec<_> = errors.iter().map(|error| error.path.to_string()).collect();
/// assert_eq!(paths, ["credential", "max_age", "origins[1]"]);
///
/// let policy: Policy = serde_json::from_str(r#"{"origins": ["https://app.example"], "methods": ["PUT"]}"#)?;
/// let text = serde_json::to_string(&policy)?;
/// assert_eq!(text, r#"{"origins":["https://app.example"],"methods":["PUT"]}"#);
/// assert_eq!(serde_json::from_str::<Policy>(&text)?, policy);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct PolicyConfig {
    builder: PolicyBuilder,
    errors: Vec<PolicyError>,
}

/// Why a policy cannot be written as configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotSerializable {
    /// Its origins are decided by the caller.
    #[error("the origins of the policy are decided by the caller, which cannot be written as configuration")]
    CallerDecidesOrigins,
    /// It has a predicate.
    #[error("the policy has a predicate, which cannot be written as configuration")]
    Predicate,
}

impl PolicyConfig {
    /// Checks everything, and makes the policy.
    ///
    /// # Errors
    /// All errors, not only the first.
    pub fn build(&self) -> Result<Policy, PolicyErrors> {
        validate::build(&self.builder, self.errors.clone())
    }

    fn error(&mut self, at: ConfigPath, kind: PolicyErrorKind) {
        self.errors.push(PolicyError::new(at, kind));
    }

    fn wrong_type(&mut self, at: ConfigPath, expected: &'static str, found: &Value) {
        self.error(at, PolicyErrorKind::WrongType { expected, found: found.type_name() });
    }

    fn read(&mut self, field: &str, value: Value) {
        match field {
            "origins" => self.builder.origins = self.texts(field, value),
            "credentials" => self.builder.credentials = self.flag(field, &value),
            "methods" => self.builder.methods = self.texts(field, value),
            "headers" => self.builder.headers = self.texts(field, value),
            "expose" => self.builder.expose = self.texts(field, value),
            "max_age" => self.builder.max_age = self.number(field, &value, MAX_AGE),
            "preflight_status" => self.builder.preflight_status = self.number(field, &value, STATUS),
            "refusal_status" => self.builder.refusal_status = self.number(field, &value, STATUS),
            "private_network" => self.builder.private_network = self.flag(field, &value),
            "development" => self.builder.development = self.flag(field, &value),
            "dangerous" => {
                if let Some(table) = self.table(field, value) {
                    for (name, value) in table {
                        self.read_danger(&name, &value);
                    }
                }
            }
            _ => self.error(ConfigPath::at_field(field), PolicyErrorKind::UnknownField { known: FIELDS }),
        }
    }

    fn read_danger(&mut self, name: &str, value: &Value) {
        let field = format!("dangerous.{name}");
        match name {
            "null_origin" => self.builder.dangers.null_origin = self.flag(&field, value),
            "insecure_origins" => self.builder.dangers.insecure_origins = self.flag(&field, value),
            "public_suffixes" => self.builder.dangers.public_suffixes = self.flag(&field, value),
            "any_origin_with_credentials" => {
                self.builder.dangers.any_origin_with_credentials = self.flag(&field, value);
            }
            _ => self.error(ConfigPath::at_field(&field), PolicyErrorKind::UnknownField { known: DANGERS }),
        }
    }

    /// The entries of a table; a name that stands there twice is an error, and counts once.
    fn table(&mut self, field: &str, value: Value) -> Option<Vec<(String, Value)>> {
        let Value::Table(entries) = value else {
            self.wrong_type(ConfigPath::at_field(field), "a table", &value);
            return None;
        };
        let mut seen = std::collections::HashSet::new();
        let mut table = Vec::new();
        for (name, value) in entries {
            if seen.insert(name.clone()) {
                table.push((name, value));
            } else {
                let path = if field == WHOLE { name } else { format!("{field}.{name}") };
                self.error(ConfigPath::at_field(&path), PolicyErrorKind::DuplicateField);
            }
        }
        Some(table)
    }

    fn texts(&mut self, field: &str, value: Value) -> Vec<String> {
        let list = match value {
            Value::Text(text) if text == "*" => vec![Value::Text(text)],
            Value::List(list) => list,
            other => {
                self.wrong_type(ConfigPath::at_field(field), "a list of texts, or \"*\"", &other);
                Vec::new()
            }
        };
        let mut texts = Vec::new();
        for (index, element) in list.into_iter().enumerate() {
            texts.push(match element {
                Value::Text(text) => text,
                other => {
                    self.wrong_type(ConfigPath::element(field, index), "a text", &other);
                    // Something has to stand there, so that the elements behind it keep their place.
                    String::new()
                }
            });
        }
        texts
    }

    fn flag(&mut self, field: &str, value: &Value) -> bool {
        if let Value::Flag(flag) = value {
            return *flag;
        }
        self.wrong_type(ConfigPath::at_field(field), "true or false", value);
        false
    }

    fn number<N: TryFrom<i128>>(&mut self, field: &str, value: &Value, possible: &'static str) -> Option<N> {
        let Value::Integer(number) = value else {
            self.wrong_type(ConfigPath::at_field(field), possible, value);
            return None;
        };
        let converted = N::try_from(*number).ok();
        if converted.is_none() {
            let kind = PolicyErrorKind::OutOfRange(possible);
            self.errors.push(PolicyError::with_seen(ConfigPath::at_field(field), number, kind));
        }
        converted
    }
}

impl<'de> Deserialize<'de> for PolicyConfig {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let mut configuration = Self::default();
        if let Some(table) = configuration.table(WHOLE, value) {
            for (field, value) in table {
                configuration.read(&field, value);
            }
        }
        Ok(configuration)
    }
}

impl Policy {
    /// The policy as configuration, which builds an equal policy.
    ///
    /// # Errors
    /// Predicates, and origins that the caller decides, cannot be written down.
    pub fn to_config(&self) -> Result<PolicyConfig, NotSerializable> {
        let settings = self.settings();
        if !settings.predicates.is_empty() {
            return Err(NotSerializable::Predicate);
        }
        if settings.caller_decides_origins {
            return Err(NotSerializable::CallerDecidesOrigins);
        }
        Ok(PolicyConfig { builder: self.to_builder(), errors: Vec::new() })
    }
}

/// Reads a [`PolicyConfig`] and builds it; all errors are in the text of the error, one a line.
impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        PolicyConfig::deserialize(deserializer)?.build().map_err(D::Error::custom)
    }
}

/// Writes the [`PolicyConfig`]; fails where [`Policy::to_config`] does.
impl Serialize for Policy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_config().map_err(S::Error::custom)?.serialize(serializer)
    }
}

/// Writes what was read or printed, without what is as if it were absent.
impl Serialize for PolicyConfig {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let builder = &self.builder;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("origins", &Texts(&builder.origins))?;
        entry(&mut map, "credentials", &true, builder.credentials)?;
        for (field, list) in
            [("methods", &builder.methods), ("headers", &builder.headers), ("expose", &builder.expose)]
        {
            entry(&mut map, field, &Texts(list), !list.is_empty())?;
        }
        entry(&mut map, "max_age", &builder.max_age, builder.max_age.is_some())?;
        for (field, status, default) in [
            ("preflight_status", builder.preflight_status, 204),
            ("refusal_status", builder.refusal_status, 403),
        ] {
            entry(&mut map, field, &status, status.is_some_and(|status| status != default))?;
        }
        entry(&mut map, "private_network", &true, builder.private_network)?;
        entry(&mut map, "development", &true, builder.development)?;
        entry(&mut map, "dangerous", &builder.dangers, builder.dangers != Dangers::default())?;
        map.end()
    }
}

fn entry<M: SerializeMap>(
    map: &mut M,
    name: &'static str,
    value: &impl Serialize,
    present: bool,
) -> Result<(), M::Error> {
    if present { map.serialize_entry(name, value) } else { Ok(()) }
}

/// A list, or `"*"`.
struct Texts<'a>(&'a [String]);

impl Serialize for Texts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            [any] if any == "*" => serializer.serialize_str(any),
            list => serializer.collect_seq(list),
        }
    }
}

impl Serialize for Dangers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, on) in [
            ("null_origin", self.null_origin),
            ("insecure_origins", self.insecure_origins),
            ("public_suffixes", self.public_suffixes),
            ("any_origin_with_credentials", self.any_origin_with_credentials),
        ] {
            entry(&mut map, name, &true, on)?;
        }
        map.end()
    }
}
