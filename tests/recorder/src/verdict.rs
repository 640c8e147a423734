//! Verdicts of the engine of this repository.

use crossorigin::oracle::case::Case;
use serde_json::{Value, json};

/// All possible profiles. Those that the crate does not know are skipped.
const PROFILES: [&str; 4] = ["standard", "chromium", "firefox", "webkit"];

/// The profiles that the crate knows.
pub fn profiles() -> Vec<&'static str> {
    let nothing = json!({"id": "", "page": "null", "steps": []});
    PROFILES.into_iter().filter(|profile| verdict(&nothing, profile).is_ok()).collect()
}

/// The verdict on a case with one profile, or the path and the problem if the case is invalid.
pub fn verdict(case: &Value, profile: &str) -> Result<Value, String> {
    let mut case = case.clone();
    case["profile"] = profile.into();
    if case["header_names"].is_null() {
        // The servers of the recorder send names in lower case.
        case["header_names"] = "lower-case".into();
    }
    let case: Case = serde_json::from_value(case).map_err(|error| error.to_string())?;
    let verdict = case.play().map_err(|invalid| invalid.to_string())?;
    serde_json::to_value(verdict).map_err(|error| error.to_string())
}
