//! What the observations of these cases have, and how they are compared.

use crossorigin::browser::Profile;
use serde_json::Value;

use crate::recorded_browsers::compare::{self, Difference};

/// The differences between an observation and a verdict.
pub(crate) fn compare(observed: &Value, verdict: &Value) -> Vec<Difference> {
    let mut differences = compare::compare(&comparable(observed, verdict), verdict);
    differences.extend(taints(observed, verdict));
    differences
}

/// The profile of an engine in a configuration. Granted and denied permissions are in the case.
pub(crate) fn configured(engine: &str, configuration: &str) -> Profile {
    let profile = Profile::named(engine).unwrap();
    match configuration {
        "chromium lna off" => profile.with_local_network_access(false),
        // With `network.lna.websocket.enabled`.
        "firefox network.lna.*" => {
            profile.with_rule_of("local_network.web_sockets_are_exempt", &Profile::standard())
        }
        _ => profile,
    }
}

/// Removes what was not recorded: two headers that the user agent sets.
pub(crate) fn remove_unobserved(verdict: &mut Value) {
    for request in requests(verdict) {
        if let Some(headers) = request["headers"].as_array_mut() {
            headers.retain(|line| line[0] != "accept" && line[0] != "service-worker");
        }
    }
}

fn requests(steps: &mut Value) -> impl Iterator<Item = &mut Value> {
    let steps = steps["steps"].as_array_mut().into_iter().flatten();
    steps.filter_map(|step| step["requests"].as_array_mut()).flatten()
}

/// An observation without what the verdict cannot say in this form. The recorder cannot see whether the
/// request or its initiator was refused. Without a response to a prompt, the browser waits, and the verdict
/// is that of a denial.
fn comparable(observed: &Value, verdict: &Value) -> Value {
    let mut observed = observed.clone();
    for (index, step) in observed["steps"].as_array_mut().unwrap().iter_mut().enumerate() {
        let said = &verdict["steps"][index];
        if step["outcome"] == "pending" {
            step["outcome"] = "error".into();
        }
        if step["outcome"] == "error" && said["outcome"] == "refused" {
            step["outcome"] = "refused".into();
        }
    }
    observed
}

/// The steps whose image taints a canvas in the browser only, or in the profile only. An image taints a
/// canvas if its response is opaque.
fn taints(observed: &Value, verdict: &Value) -> Vec<Difference> {
    let steps = observed["steps"].as_array().unwrap().iter().enumerate();
    let differing = steps.filter_map(|(index, step)| {
        let taints = step["taints_canvas"].as_bool()?;
        let said = verdict["steps"][index]["outcome"] == "opaque";
        (taints != said).then(|| Difference {
            path: format!("steps[{index}].taints_canvas"),
            observed: taints.into(),
            verdict: said.into(),
        })
    });
    differing.collect()
}
