//! Values of the CORS response headers.

mod allow_credentials;
mod allow_headers;
mod allow_methods;
mod allow_origin;
mod expose_headers;

pub use allow_credentials::allow_credentials;
pub use allow_headers::allow_headers;
pub use allow_methods::allow_methods;
pub use allow_origin::allow_origin;
pub use expose_headers::expose_headers;

use super::draft::{ScriptedResponse, shared_with_credentials};

const ACAO: &str = "access-control-allow-origin";
const ACAC: &str = "access-control-allow-credentials";
const ACAM: &str = "access-control-allow-methods";
const ACAH: &str = "access-control-allow-headers";
const ACEH: &str = "access-control-expose-headers";

/// The description of the lines of a header in a case.
fn about(name: &str, lines: &[&str]) -> String {
    let lines: Vec<_> = lines.iter().map(|line| format!("{name}: {line}")).collect();
    if lines.is_empty() { format!("no {name}") } else { lines.join(" | ") }
}

/// Single lines, and then lists of lines.
fn each<'a>(one: &'a [&'a str], many: &'a [&'a [&'a str]]) -> Vec<Vec<&'a str>> {
    let one = one.iter().map(|&value| vec![value]);
    one.chain(many.iter().map(|lines| lines.to_vec())).collect()
}

/// A response to a preflight that allows everything, without the header of this name.
fn all_allowed_except(name: &str) -> ScriptedResponse {
    let response = shared_with_credentials();
    if name == ACAM { response.allow_headers("x-a") } else { response.methods("*") }
}
