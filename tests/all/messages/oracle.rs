//! Invalid cases and questions.

use crossorigin::oracle::case::{Case, Question};

use super::Section;

pub(super) fn sections() -> Vec<Section> {
    let mut section = Section::new("Invalid cases: oracle::case::InvalidCase");
    for (heading, text) in [
        (
            "routes and a server",
            r#"{"id": "x", "page": "https://a.test", "routes": {}, "server": {"policy": {"origins": ["*"]}}, "steps": []}"#,
        ),
        ("an unknown profile", r#"{"id": "x", "page": "https://a.test", "profile": "safari", "steps": []}"#),
        (
            "a time that goes back",
            r#"{"id": "x", "page": "https://a.test",
                "steps": [{"at": 1, "request": {"url": "/"}}, {"at": 0, "request": {"url": "/"}}]}"#,
        ),
        (
            "a status that is too small",
            r#"{"id": "x", "page": "https://a.test",
                "steps": [{"request": {"url": "https://b.test"}, "responses": [{"status": 99}]}]}"#,
        ),
        (
            "an unknown referrer policy",
            r#"{"id": "x", "page": "https://a.test",
                "steps": [{"request": {"url": "https://b.test", "referrer_policy": "never"}}]}"#,
        ),
        (
            "an element with a method",
            r#"{"id": "x", "page": "https://a.test",
                "steps": [{"request": {"url": "https://b.test", "api": "element", "method": "PUT"}}]}"#,
        ),
        ("a page that is not a URL", r#"{"id": "x", "page": "a.test", "steps": []}"#),
        (
            "a server with an invalid policy",
            r#"{"id": "x", "page": "https://a.test",
                "server": {"policy": {"origins": ["https://a.test/"]}}, "steps": []}"#,
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
    let question =
        r#"{"id": "x", "policy": {"origins": ["*"]}, "ask": [{"handler": {"network_error": true}}]}"#;
    let question: Question = serde_json::from_str(question).unwrap();
    section.entry("a handler with a network error", question.decide().unwrap_err());
    vec![section]
}
