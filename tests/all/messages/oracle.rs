//! Cases that cannot be played.

use crossorigin::oracle::case::Case;

use super::Section;

pub(super) fn sections() -> Vec<Section> {
    let mut section = Section::new("Invalid cases: oracle::case::InvalidCase");
    for (heading, text) in [
        (
            "routes and a server",
            r#"{"id": "x", "page": "https://a.test", "routes": {}, "server": {"policy": {"origins": ["*"]}}, "steps": []}"#,
        ),
        (
            "routes and responses",
            r#"{"id": "x", "page": "https://a.test", "routes": {},
                "steps": [{"request": {"url": "https://b.test"}, "responses": [{"status": 200}]}]}"#,
        ),
    ] {
        let case: Case = serde_json::from_str(text).unwrap();
        section.entry(heading, case.play().unwrap_err());
    }
    vec![section]
}
