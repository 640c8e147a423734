//! The same policy from figment, config and envy, as these crates pass environment variables; and the errors.

#![allow(clippy::result_large_err, reason = "figment passes its errors by value")]

use crossorigin::server::{Policy, PolicyConfig, SwappablePolicy};
use crossorigin_configuration_example::{LoadError, load, reload, sources};
use figment::Jail;
use serde::Deserialize;

#[derive(Deserialize)]
struct App {
    #[serde(default)]
    cors: PolicyConfig,
}

/// Values without types, by the path of their field. A field in a table has the name of the builder's method for envy, which
/// has no tables.
type Values<'a> = &'a [(&'a str, &'a str)];

/// What a crate makes of the values: the policy, or the paths and kinds of the errors.
type Read = Result<Policy, Vec<String>>;

fn built(config: PolicyConfig) -> Read {
    let paths = |errors: crossorigin::server::PolicyErrors| {
        errors.iter().map(|error| format!("{} {}", error.path, error.kind.name())).collect()
    };
    config.under("cors").build().map_err(paths)
}

fn variable(prefix: &str, path: &str, between: &str) -> String {
    format!("{prefix}{}", path.to_uppercase().replace('.', between))
}

/// figment finds types itself: `600` is a number and `true` a boolean.
fn figment(values: Values<'_>) -> Read {
    let mut read = None;
    Jail::expect_with(|jail| {
        for (path, value) in values {
            jail.set_env(variable("APP_CORS__", path, "__"), value);
        }
        let app: App = sources("App.toml").extract()?;
        read = Some(built(app.cors));
        Ok(())
    });
    read.unwrap()
}

fn environment(values: Values<'_>) -> config::Environment {
    let variables =
        values.iter().map(|(path, value)| (variable("APP__CORS__", path, "__"), (*value).to_owned()));
    config::Environment::with_prefix("APP").separator("__").source(Some(variables.collect()))
}

/// config passes strings.
fn config(environment: config::Environment) -> Read {
    let sources = config::Config::builder().add_source(environment).build().unwrap();
    built(sources.try_deserialize::<App>().unwrap().cors)
}

/// envy passes strings too.
fn envy(values: Values<'_>) -> Read {
    let variables = values.iter().map(|(path, value)| {
        let method = |name| if name == "null_origin" { "dangerously_allow_null_origin" } else { name };
        (variable("CORS_", path.rsplit('.').next().map_or("", method), ""), (*value).to_owned())
    });
    built(envy::prefixed("CORS_").from_iter(variables).unwrap())
}

#[track_caller]
fn same_in_all(values: Values<'_>, expected: &Read) {
    assert_eq!(&figment(values), expected, "figment");
    assert_eq!(&config(environment(values)), expected, "config");
    assert_eq!(&config(environment(values).try_parsing(true)), expected, "config with try_parsing");
    assert_eq!(&envy(values), expected, "envy");
}

#[test]
fn variables_are_read_as_they_are() {
    let one = [("origins", "https://a.example")];
    let policy = || Policy::builder().allow_origin("https://a.example");
    same_in_all(&one, &Ok(policy().build().unwrap()));

    let all = [
        ("origins", "https://a.example,https://*.b.example"),
        ("credentials", "true"),
        ("methods", "PUT, DELETE"),
        ("headers", "content-type"),
        ("expose", "etag"),
        ("max_age", "600"),
        ("preflight_status", "200"),
        ("refusal_status", "404"),
        ("development", "false"),
        ("dangerous.null_origin", "true"),
    ];
    let expected = policy()
        .allow_origin("https://*.b.example")
        .allow_credentials()
        .allow_methods(["PUT", "DELETE"])
        .allow_header("content-type")
        .expose_header("etag")
        .max_age(std::time::Duration::from_secs(600))
        .preflight_status(crossorigin::http::StatusCode::OK)
        .refusal_status(crossorigin::http::StatusCode::NOT_FOUND)
        .dangerously_allow_null_origin();
    same_in_all(&all, &Ok(expected.build().unwrap()));

    let any = [("origins", "*"), ("methods", "*"), ("headers", "off")];
    same_in_all(&any, &Ok(Policy::builder().allow_any_origin().allow_any_method().build().unwrap()));
    let off = [("origins", "off"), ("methods", "PUT")];
    same_in_all(&off, &Ok(Policy::builder().allow_no_origin().allow_method("PUT").build().unwrap()));
}

#[test]
fn wrong_variables_are_errors_with_whole_paths() {
    let errors = |errors: &[&str]| Err(errors.iter().map(|error| (*error).to_owned()).collect());
    let empty = [("origins", ""), ("credentials", ""), ("methods", ""), ("max_age", "")];
    let expected = [
        "cors.credentials EmptyValue",
        "cors.max_age EmptyValue",
        "cors.methods EmptyValue",
        "cors.origins EmptyValue",
    ];
    same_in_all(&empty, &errors(&expected));
    let wrong = [
        ("origins", "https://a.example,https://b.example/"),
        ("credentials", "yes"),
        ("max_age", "10m"),
        ("refusal_status", "99"),
        ("method", "PUT"),
    ];
    let expected = [
        "cors.credentials WrongType",
        "cors.max_age WrongType",
        "cors.method UnknownField",
        "cors.origins[1] Path",
        "cors.refusal_status Status",
    ];
    same_in_all(&wrong, &errors(&expected));
    same_in_all(&[("methods", "PUT")], &errors(&["cors.origins NoOrigin"]));
}

#[test]
fn typed_variables_are_read_too() {
    let expected =
        Ok(Policy::builder().allow_origins(["https://a.example", "https://b.example"]).build().unwrap());
    assert_eq!(figment(&[("origins", r#"["https://a.example", "https://b.example"]"#)]), expected);
    let lists = environment(&[("origins", "https://a.example https://b.example")]);
    let lists = lists.try_parsing(true).list_separator(" ").with_list_parse_key("cors.origins");
    assert_eq!(config(lists), expected);
}

#[test]
fn variables_are_over_the_file_and_a_reload_keeps_the_policy_if_there_is_an_error() {
    Jail::expect_with(|jail| {
        let file = |origins: &str| format!("[cors]\norigins = [{origins}]\nmethods = [\"PUT\"]\n");
        jail.create_file("App.toml", &file("\"https://file.example\""))?;
        jail.set_env("APP_CORS__MAX_AGE", "5");
        let policy = |origin: &str| {
            let builder = Policy::builder().allow_origin(origin).allow_method("PUT");
            builder.max_age(std::time::Duration::from_secs(5)).build().unwrap()
        };
        let current = SwappablePolicy::new(load(&sources("App.toml")).unwrap());
        assert_eq!(current.get(), policy("https://file.example"));

        jail.set_env("APP_CORS__ORIGINS", "https://variable.example");
        reload(&current, &sources("App.toml")).unwrap();
        assert_eq!(current.get(), policy("https://variable.example"));

        jail.set_env("APP_CORS__ORIGINS", "https://variable.example/");
        let Err(LoadError::Policy(errors)) = reload(&current, &sources("App.toml")) else { panic!() };
        let expected = "cors.origins[0] (\"https://variable.example/\"): an origin ends after its host and port, but `/` \
                        follows at byte 24; did you mean `https://variable.example`?";
        assert_eq!(errors.to_string(), expected);
        assert_eq!(current.get(), policy("https://variable.example"));
        Ok(())
    });
}
