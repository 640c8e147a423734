//! What is no case.

use crossorigin::oracle::case::Case;

#[test]
fn cases_that_are_none() {
    for (text, message) in [
        (
            r#"{"id": "x", "page": "https://a.test", "routes": {}, "server": {"policy": {"origins": ["*"]}}, "steps": []}"#,
            "server: the case has `routes` already",
        ),
        (
            r#"{"id": "x", "page": "https://a.test", "routes": {},
                "steps": [{"request": {"url": "https://b.test"}, "responses": [{"status": 200}]}]}"#,
            "steps[0].responses: the case has `routes` or `server`, which answers instead",
        ),
    ] {
        let case: Case = serde_json::from_str(text).unwrap();
        assert_eq!(case.play().unwrap_err().to_string(), message);
    }
    let error = serde_json::from_str::<Case>(
        r#"{"id": "x", "page": "https://a.test",
            "steps": [{"request": {"url": "https://b.test"}, "responses": [{"status": 200, "headers": [["x-a", 1]]}]}]}"#,
    );
    let message = error.unwrap_err().to_string();
    assert!(message.contains("expected text whose code points are from 0 to 255"), "{message}");
}
