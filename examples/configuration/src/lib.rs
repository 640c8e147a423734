//! A policy from a file, with environment variables over it, which is read again while the server runs.

use crossorigin::server::{Policy, PolicyConfig, PolicyErrors, SwappablePolicy};
use figment::{
    Figment,
    providers::{Env, Format as _, Toml},
};
use serde::Deserialize;

/// The configuration of an application. A real one has more fields.
#[derive(Deserialize)]
struct App {
    #[serde(default)]
    cors: PolicyConfig,
}

/// Why there is no new policy.
#[derive(Debug)]
pub enum LoadError {
    /// The sources cannot be read.
    Sources(Box<figment::Error>),
    /// The policy is invalid.
    Policy(PolicyErrors),
}

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Sources(error) => error.fmt(f),
            Self::Policy(errors) => errors.fmt(f),
        }
    }
}

/// The file, and over it the variables, such as `APP_CORS__ORIGINS=https://app.example,https://admin.example`.
pub fn sources(file: &str) -> Figment {
    Figment::from(Toml::file(file)).merge(Env::prefixed("APP_").split("__"))
}

/// Reads the policy, and prints its warnings. Errors and warnings have paths as in the file: `cors.origins[1]`.
///
/// # Errors
/// If the sources cannot be read, or the policy is invalid.
pub fn load(sources: &Figment) -> Result<Policy, LoadError> {
    let app: App = sources.extract().map_err(|error| LoadError::Sources(Box::new(error)))?;
    let policy = app.cors.under("cors").build().map_err(LoadError::Policy)?;
    for warning in policy.warnings() {
        eprintln!("warning: {warning}");
    }
    Ok(policy)
}

/// Reads the policy again. If there is an error, the current policy stays.
///
/// # Errors
/// As [`load`].
pub fn reload(current: &SwappablePolicy, sources: &Figment) -> Result<(), LoadError> {
    current.swap(load(sources)?);
    Ok(())
}
