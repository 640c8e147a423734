//! Reading policies from configuration files, and writing them.

use std::collections::HashSet;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::Error as _,
    ser::{Error as _, SerializeMap},
};

use super::{
    builder::Settings,
    error::{ConfigPath, PolicyError, PolicyErrorKind, PolicyErrors, WHOLE},
    policy::Policy,
    settings::{ANY, Field, Fields, List},
    value::Value,
};

const MAX_AGE: &str = "a whole number of seconds, 0 or more";
const STATUS: &str = "a status, such as 204";

/// A policy as a configuration file has it, not yet validated. Feature `serde`.
///
/// | field | value | default |
/// |---|---|---|
/// | `origins` | a list of [patterns](super::OriginPattern), or `"*"` | an error, unless `dangerous.null_origin` is set |
/// | `credentials` | a boolean | false |
/// | `methods`, `headers`, `expose` | a list of strings, or `"*"` | none |
/// | `max_age` | a whole number of seconds, from 0 | not sent |
/// | `preflight_status` | a status, 200 to 299 | 204 |
/// | `refusal_status` | a status, 200 to 299 or 400 to 599 | 403 |
/// | `private_network`, `development` | a boolean | false |
/// | `dangerous` | a table of booleans: `null_origin`, `insecure_origins`, `public_suffixes`, `any_origin_with_credentials` | all false |
///
/// Each field does what the method of the [`PolicyBuilder`](super::PolicyBuilder) with this name does.
///
/// Deserializing fails only if the syntax is broken. Everything else, unknown fields and wrong types
/// included, is an error that [`build`](Self::build) reports together with all others, each with its path.
/// [`Policy`] can be deserialized too; all its errors are then in one message.
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
    settings: Settings,
    errors: Vec<PolicyError>,
}

/// The reason why a policy cannot be written as a configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotSerializable {
    /// The caller decides about the policy's origins.
    #[error("the caller decides about the origins of the policy, which cannot be written as configuration")]
    CallerDecidesOrigins,
    /// The policy has a predicate.
    #[error("the policy has a predicate, which cannot be written as configuration")]
    Predicate,
}

impl PolicyConfig {
    pub(crate) fn from_settings(settings: &Settings) -> Self {
        Self { settings: settings.clone(), errors: Vec::new() }
    }

    /// Validates the configuration, and builds the policy.
    ///
    /// # Errors
    /// Returns all errors, not only the first.
    pub fn build(&self) -> Result<Policy, PolicyErrors> {
        Policy::new(&self.settings, self.errors.clone())
    }
}

impl<'de> Deserialize<'de> for PolicyConfig {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let (mut settings, mut errors) = (Settings::default(), Vec::new());
        let mut whole = Field::Table(settings.fields());
        read(WHOLE, &mut whole, value, &mut errors);
        Ok(Self { settings, errors })
    }
}

/// Reads the value of a field into its setting. A wrong value adds an error and leaves the setting as it is.
fn read(path: &str, field: &mut Field<'_>, value: Value, errors: &mut Vec<PolicyError>) {
    match (field, value) {
        (Field::List(list), Value::Text(text)) if text == ANY => list.push(ANY),
        (Field::List(list), Value::List(elements)) => **list = texts(path, elements, errors),
        (Field::Flag(flag), Value::Flag(given)) => **flag = given,
        (Field::Seconds(seconds), Value::Integer(given)) => **seconds = number(path, given, MAX_AGE, errors),
        (Field::Status(status, _), Value::Integer(given)) => **status = number(path, given, STATUS, errors),
        (Field::Table(fields), Value::Table(entries)) => read_table(path, fields, entries, errors),
        (field, found) => {
            let expected = match field {
                Field::List(_) => "a list of strings, or \"*\"",
                Field::Flag(_) => "true or false",
                Field::Seconds(_) => MAX_AGE,
                Field::Status(..) => STATUS,
                Field::Table(_) => "a table",
            };
            errors.push(wrong_type(ConfigPath::of_field(path), expected, &found));
        }
    }
}

/// Reads the entries of a table. A repeated name is an error, and only its first value is read.
fn read_table(
    table: &str,
    fields: &mut Fields<'_>,
    entries: Vec<(String, Value)>,
    errors: &mut Vec<PolicyError>,
) {
    let path = |name: &str| if table == WHOLE { name.to_owned() } else { format!("{table}.{name}") };
    let mut seen = HashSet::new();
    let (once, again): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|(name, _)| seen.insert(name.clone()));
    for (name, _) in again {
        errors.push(PolicyError::new(ConfigPath::of_field(&path(&name)), PolicyErrorKind::DuplicateField));
    }
    for (name, value) in once {
        let path = path(&name);
        if let Some((_, field)) = fields.iter_mut().find(|(known, _)| *known == name) {
            read(&path, field, value, errors);
        } else {
            let known = fields.iter().map(|(known, _)| *known).collect();
            errors
                .push(PolicyError::new(ConfigPath::of_field(&path), PolicyErrorKind::UnknownField { known }));
        }
    }
}

fn texts(path: &str, elements: Vec<Value>, errors: &mut Vec<PolicyError>) -> List {
    let mut texts = List::default();
    for (index, element) in elements.into_iter().enumerate() {
        match element {
            Value::Text(text) => texts.push(&text),
            other => {
                errors.push(wrong_type(ConfigPath::element(path, index), "a string", &other));
                // A placeholder, so that the elements behind it keep their indexes.
                texts.push("");
            }
        }
    }
    texts
}

fn number<N: TryFrom<i128>>(
    path: &str,
    given: i128,
    possible: &'static str,
    errors: &mut Vec<PolicyError>,
) -> Option<N> {
    let number = N::try_from(given).ok();
    if number.is_none() {
        let kind = PolicyErrorKind::OutOfRange(possible);
        errors.push(PolicyError::with_seen(ConfigPath::of_field(path), given, kind));
    }
    number
}

fn wrong_type(path: ConfigPath, expected: &'static str, found: &Value) -> PolicyError {
    PolicyError::new(path, PolicyErrorKind::WrongType { expected, found: found.type_name() })
}

impl Policy {
    /// Returns a configuration that builds an equal policy. Feature `serde`.
    ///
    /// # Errors
    /// The policy has a predicate, or the caller decides about its origins. Neither can be written as a
    /// configuration.
    pub fn to_config(&self) -> Result<PolicyConfig, NotSerializable> {
        let settings = self.settings();
        if !settings.predicates.is_empty() {
            return Err(NotSerializable::Predicate);
        }
        if settings.caller_decides_origins {
            return Err(NotSerializable::CallerDecidesOrigins);
        }
        Ok(PolicyConfig::from_settings(settings))
    }
}

/// Reads a [`PolicyConfig`] and builds it. The message of the error has all errors, one a line.
impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        PolicyConfig::deserialize(deserializer)?.build().map_err(D::Error::custom)
    }
}

/// Writes the [`PolicyConfig`] of [`Policy::to_config`], and fails if that does.
impl Serialize for Policy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_config().map_err(S::Error::custom)?.serialize(serializer)
    }
}

/// Writes the configuration without the fields that have their default value.
impl Serialize for PolicyConfig {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // `fields` borrows the settings mutably, so it needs a copy.
        Field::Table(self.settings.clone().fields()).serialize(serializer)
    }
}

impl Serialize for Field<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Field::List(list) if list.iter().eq([ANY]) => serializer.serialize_str(ANY),
            Field::List(list) => serializer.collect_seq(list.iter()),
            Field::Flag(flag) => serializer.serialize_bool(**flag),
            Field::Seconds(seconds) => seconds.serialize(serializer),
            Field::Status(status, _) => status.serialize(serializer),
            Field::Table(fields) => {
                let mut map = serializer.serialize_map(None)?;
                for (name, field) in fields.iter().filter(|(_, field)| !is_default(field)) {
                    map.serialize_entry(name, field)?;
                }
                map.end()
            }
        }
    }
}

fn is_default(field: &Field<'_>) -> bool {
    match field {
        Field::List(list) => list.is_empty(),
        Field::Flag(flag) => !**flag,
        Field::Seconds(seconds) => seconds.is_none(),
        Field::Status(status, default) => status.is_none_or(|status| status == default.as_u16()),
        Field::Table(fields) => fields.iter().all(|(_, field)| is_default(field)),
    }
}
