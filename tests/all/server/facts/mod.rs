//! The behaviour of sixteen other libraries, as 145 numbered facts. Each is a row with the same outcome, or
//! with our outcome and the reason for the difference. A fact with several requests has several rows with one
//! number.
//!
//! The letter says whose behaviour it is: J jub0bs/cors, R rs/cors, T tower-http, A actix-cors, K
//! rocket_cors, W warp, P poem, S salvo, E expressjs/cors, Y Starlette, D django-cors-headers, B rack-cors, G
//! Spring, N ASP.NET Core, Z Jetty, V Envoy.

use std::collections::BTreeSet;

use crossorigin::server::{Policy, PolicyBuilder};

use super::short_form::{in_order, response};

mod actual;
mod any_origin;
mod lifecycle;
mod patterns;
mod preflight_headers;
mod preflight_methods;
mod schemes;
mod values;

pub(crate) struct Fact {
    number: u16,
    /// The letters of the libraries, and what they do.
    theirs: &'static str,
    policy: fn() -> PolicyBuilder,
    outcome: Outcome,
    /// Why ours differs; empty if it does not.
    differs: &'static str,
}

enum Outcome {
    Action {
        request: String,
        handler: &'static str,
        expected: String,
    },
    /// The errors of the policy, as `path Kind`.
    Errors(Vec<String>),
    /// The policy is valid, with these warnings.
    Warnings(Vec<String>),
}

/// A row with a request to a policy, and the response.
pub(crate) fn fact(
    number: u16,
    theirs: &'static str,
    policy: fn() -> PolicyBuilder,
    request: impl Into<String>,
    expected: impl Into<String>,
) -> Fact {
    let outcome = Outcome::Action { request: request.into(), handler: "", expected: expected.into() };
    Fact { number, theirs, policy, outcome, differs: "" }
}

/// A row with an invalid policy.
pub(crate) fn refused(
    number: u16,
    theirs: &'static str,
    policy: fn() -> PolicyBuilder,
    errors: &[&str],
) -> Fact {
    let outcome = Outcome::Errors(errors.iter().map(|error| (*error).to_owned()).collect());
    Fact { number, theirs, policy, outcome, differs: "" }
}

/// A row with a valid policy.
pub(crate) fn accepted(
    number: u16,
    theirs: &'static str,
    policy: fn() -> PolicyBuilder,
    warnings: &[&str],
) -> Fact {
    let outcome = Outcome::Warnings(warnings.iter().map(|warning| (*warning).to_owned()).collect());
    Fact { number, theirs, policy, outcome, differs: "" }
}

impl Fact {
    /// Sets the headers of the handler's response.
    fn handler(mut self, headers: &'static str) -> Self {
        if let Outcome::Action { handler, .. } = &mut self.outcome {
            *handler = headers;
        }
        self
    }

    fn differs(mut self, reason: &'static str) -> Self {
        self.differs = reason;
        self
    }

    #[track_caller]
    fn check(&self) {
        let about = format!("fact {}: {} {}", self.number, self.theirs, self.differs);
        let (found, expected) = match (&self.outcome, (self.policy)().build()) {
            (Outcome::Action { request, handler, expected }, Ok(policy)) => {
                let found = response(&policy, request, handler);
                (format!("{request}: {found}"), format!("{request}: {}", in_order(expected)))
            }
            (Outcome::Errors(expected), Err(errors)) => {
                let errors = errors.iter().map(|error| format!("{} {}\n", error.path, error.kind.name()));
                (errors.collect(), lines(expected))
            }
            (Outcome::Warnings(expected), Ok(policy)) => {
                let warnings = policy.warnings().iter();
                let warnings = warnings.map(|warning| format!("{} {}\n", warning.path, warning.kind.name()));
                (warnings.collect(), lines(expected))
            }
            (_, Ok(policy)) => (format!("accepted {policy:?}"), String::new()),
            (_, Err(errors)) => (format!("refused {errors}"), String::new()),
        };
        assert_eq!(found, expected, "{about}");
    }
}

fn lines(texts: &[String]) -> String {
    texts.iter().map(|text| format!("{text}\n")).collect()
}

/// A policy that allows these origins.
pub(crate) fn origins<const N: usize>(origins: [&str; N]) -> PolicyBuilder {
    Policy::builder().allow_origins(origins)
}

/// The facts that are tests of their own in `lifecycle`.
const WRITTEN_OUT: [u16; 11] = [15, 56, 57, 130, 131, 132, 133, 134, 140, 141, 143];

fn tables() -> Vec<Vec<Fact>> {
    vec![
        actual::facts(),
        any_origin::facts(),
        patterns::facts(),
        schemes::facts(),
        preflight_methods::facts(),
        preflight_headers::facts(),
        values::facts(),
        lifecycle::facts(),
    ]
}

#[test]
fn every_fact_holds_or_differs_for_a_reason() {
    tables().iter().flatten().for_each(Fact::check);
}

#[test]
fn no_fact_is_left_out() {
    let in_tables = tables().into_iter().flatten().map(|fact| fact.number);
    let all: BTreeSet<_> = in_tables.chain(WRITTEN_OUT).collect();
    assert_eq!(all, (1..=145).collect());
}
