//! What a policy allows, read off its settings.

use crossorigin::strategies::PolicySettings;

use super::patterns;

/// Whether a page of this origin, or of `null`, is allowed.
pub(crate) fn allows_origin(settings: &PolicySettings, origin: &str) -> bool {
    let any = settings.origins.iter().any(|pattern| pattern == "*");
    if origin == "null" {
        // Any origin without credentials is `*`, which covers `null` too; with them it is any that can be named.
        return settings.null_origin || (any && !settings.credentials);
    }
    let matches = |pattern: &String| pattern != "*" && patterns::matches(pattern, origin);
    (any && patterns::origin(origin).is_some()) || settings.origins.iter().any(matches)
}

pub(crate) fn allows_method(settings: &PolicySettings, method: &str) -> bool {
    let lists = |text: &str| settings.methods.iter().any(|it| normalized(it) == text);
    is_safelisted(method) || lists(method) || (lists("*") && !is_forbidden(method))
}

pub(crate) fn allows_header(settings: &PolicySettings, name: &str) -> bool {
    let any = settings.headers.iter().any(|it| it == "*");
    // `*` in a response does not cover it. With credentials the name itself is in the response.
    let covered = !name.eq_ignore_ascii_case("authorization") || settings.credentials;
    lists(&settings.headers, name) || (any && covered)
}

/// Pages and policies write six methods in any case, the others as they are.
pub(crate) fn normalized(method: &str) -> String {
    let upper = method.to_ascii_uppercase();
    let known = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"].contains(&&*upper);
    if known { upper } else { method.to_owned() }
}

fn is_forbidden(method: &str) -> bool {
    ["CONNECT", "TRACE", "TRACK"].iter().any(|it| it.eq_ignore_ascii_case(method))
}

pub(super) fn lists(names: &[String], name: &str) -> bool {
    names.iter().any(|it| it.eq_ignore_ascii_case(name))
}

pub(super) fn is_safelisted(method: &str) -> bool {
    ["GET", "HEAD", "POST"].contains(&method)
}
