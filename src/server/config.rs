//! Policies as configuration: read, and written.

mod read;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::Error as _,
    ser::{Error as _, SerializeMap},
};

use super::{
    config_path::ConfigPath,
    error::{PolicyError, PolicyErrors},
    policy::Policy,
    settings::{ANY, OFF, Setting, Settings},
    value::Value,
};

/// A policy as a configuration file or the environment has it, not yet validated. Feature `serde`.
///
/// | field | value | default |
/// |---|---|---|
/// | `origins` | a list of [patterns](super::OriginPattern); `*` is any origin, `off` none | an error, unless `dangerous.null_origin` is set |
/// | `credentials` | a boolean | false |
/// | `methods`, `headers`, `expose` | a list of names; `*` is any | none |
/// | `max_age` | a whole number of seconds, from 0 | not sent |
/// | `preflight_status` | a status, 200 to 299 | 204 |
/// | `refusal_status` | a status, 200 to 299 or 400 to 599 | 403 |
/// | `private_network`, `development` | a boolean | false |
/// | `dangerous` | a table of booleans: `null_origin`, `insecure_origins`, `public_suffixes`, `any_origin_with_credentials` | all false |
///
/// Without the feature `psl`, subdomains of a shared suffix such as `https://*.vercel.app` are accepted, even with
/// credentials, although they can belong to anybody.
///
/// Each field does what the methods of the [`PolicyBuilder`](super::PolicyBuilder) with this name do, and the
/// name of the method that takes all values is another name of the field: `allow_origins`,
/// `allow_credentials`, `allow_methods`, `allow_headers`, `expose_headers`, `allow_private_network`, and
/// those that begin with `dangerously`, outside of the table `dangerous`.
///
/// Deserializing fails only if the syntax is broken. Everything else, unknown fields and wrong types
/// included, is an error that [`build`](Self::build) reports together with all others, each with its path.
/// [`Policy`] can be deserialized too; all its errors are then in one message.
///
/// ```
/// use crossorigin::server::{PolicyConfig, Policy};
///
/// let text = r#"{"origins": ["https://app.example", "app.example"], "credential": true, "max_age": "10m"}"#;
/// let errors = serde_json::from_str::<PolicyConfig>(text)?.build().unwrap_err();
/// let paths: Vec<_> = errors.iter().map(|error| error.path.to_string()).collect();
/// assert_eq!(paths, ["credential", "max_age", "origins[1]"]);
/// assert_eq!(errors.iter().next().and_then(|error| error.suggestion()), Some("credentials".to_owned()));
///
/// let policy: Policy = serde_json::from_str(r#"{"origins": ["https://app.example"], "methods": ["PUT"]}"#)?;
/// let text = serde_json::to_string(&policy)?;
/// assert_eq!(text, r#"{"origins":["https://app.example"],"methods":["PUT"]}"#);
/// assert_eq!(serde_json::from_str::<Policy>(&text)?, policy);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Strings from the environment
/// Environment variables have no types, so a string is read as the type of its field:
///
/// | field | string |
/// |---|---|
/// | a list | elements with commas between them. `off` alone is the empty list |
/// | a boolean | exactly `true` or `false` |
/// | a number | decimal digits |
///
/// Spaces around a string and around its elements do not count. An empty string is an error: to unset a
/// value, remove the variable, or write `off` or `false`. Null counts as absent.
///
/// `origins = "off"` allows [no origin](super::PolicyBuilder::allow_no_origin). Nothing else means that.
///
/// | crate | source | variables |
/// |---|---|---|
/// | figment | `Env::prefixed("APP_").split("__")` | `APP_CORS__ORIGINS`, `APP_CORS__DANGEROUS__NULL_ORIGIN` |
/// | config | `Environment::with_prefix("APP").separator("__")` | `APP__CORS__ORIGINS`, `APP__CORS__DANGEROUS__NULL_ORIGIN` |
/// | envy | `envy::prefixed("CORS_")` | `CORS_ORIGINS`, `CORS_DANGEROUSLY_ALLOW_NULL_ORIGIN` |
///
/// ```
/// use crossorigin::server::Policy;
///
/// let typed = r#"{"origins": ["https://a.example", "https://b.example"], "credentials": true, "max_age": 600}"#;
/// let strings = r#"{"origins": "https://a.example, https://b.example", "credentials": "true", "max_age": "600"}"#;
/// assert_eq!(serde_json::from_str::<Policy>(strings)?, serde_json::from_str::<Policy>(typed)?);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct PolicyConfig {
    settings: Settings,
    errors: Vec<PolicyError>,
    /// The path of the configuration in a larger one.
    path: ConfigPath,
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
        Self { settings: settings.clone(), ..Self::default() }
    }

    /// Says where the policy is in a larger configuration, so that errors and warnings have whole paths.
    ///
    /// ```
    /// use crossorigin::server::PolicyConfig;
    ///
    /// #[derive(serde::Deserialize)]
    /// struct App {
    ///     cors: PolicyConfig,
    /// }
    ///
    /// let app: App = serde_json::from_str(r#"{"cors": {"origins": ["https://app.example/"]}}"#)?;
    /// let errors = app.cors.under("cors").build().unwrap_err();
    /// assert!(errors.to_string().starts_with("cors.origins[0] (\"https://app.example/\"): "));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    #[must_use]
    pub fn under(mut self, path: &str) -> Self {
        self.path = ConfigPath::of_field(path);
        self
    }

    /// Validates the configuration, and builds the policy.
    ///
    /// # Errors
    /// Returns all errors, not only the first.
    pub fn build(&self) -> Result<Policy, PolicyErrors> {
        Policy::new(&self.settings, self.errors.clone(), &self.path)
    }
}

impl<'de> Deserialize<'de> for PolicyConfig {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (settings, errors) = read::read(Value::deserialize(deserializer)?);
        Ok(Self { settings, errors, path: ConfigPath::WHOLE })
    }
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
        Setting::Table(self.settings.clone().fields()).serialize(serializer)
    }
}

impl Serialize for Setting<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Origins(list) if list.iter().eq([OFF]) => serializer.serialize_str(OFF),
            Self::Origins(list) | Self::Names(list) => match list.iter().eq([ANY]) {
                true => serializer.serialize_str(ANY),
                false => serializer.collect_seq(list.iter()),
            },
            Self::Flag(flag) => serializer.serialize_bool(**flag),
            Self::Seconds(seconds) => seconds.serialize(serializer),
            Self::Status { given, .. } => given.serialize(serializer),
            Self::Table(fields) => {
                let mut map = serializer.serialize_map(None)?;
                for field in fields.iter().filter(|field| !field.setting.is_default()) {
                    map.serialize_entry(field.name, &field.setting)?;
                }
                map.end()
            }
        }
    }
}

impl Setting<'_> {
    fn is_default(&self) -> bool {
        match self {
            Self::Origins(list) | Self::Names(list) => list.is_empty(),
            Self::Flag(flag) => !**flag,
            Self::Seconds(seconds) => seconds.is_none(),
            Self::Status { given, default } => given.is_none_or(|given| given == default.as_u16()),
            Self::Table(fields) => fields.iter().all(|field| field.setting.is_default()),
        }
    }
}
