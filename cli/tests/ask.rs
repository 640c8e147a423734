//! `crossorigin ask`: lines in, lines out.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed, which is what it is for"
)]

use std::{
    io::Write,
    process::{Command, Stdio},
};

/// The exit status, and what was printed.
fn ask(input: &[u8]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossorigin"));
    let command = command.arg("ask").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

const GOOD: &str =
    r#"{"id":"good","page":"https://a.test","steps":[{"request":{"url":"/"},"responses":[{}]}]}"#;
const QUESTION: &str = r#"{"id":"q","policy":{"origins":["https://a.test"]},"ask":[{}]}"#;

#[test]
fn cases_and_questions_get_results_in_their_order() {
    let (status, output) = ask(format!("{GOOD}\n\n{QUESTION}\n{GOOD}").as_bytes());
    assert_eq!(status, 0);
    let lines: Vec<_> = output.lines().collect();
    assert_eq!(lines.len(), 3, "{output}");
    assert!(lines[0].starts_with(r#"{"id":"good","steps":[{"outcome":"basic","status":200,"#), "{output}");
    assert!(lines[1].starts_with(r#"{"id":"q","answers":[{"kind":"not-cors","#), "{output}");
    assert_eq!(lines[2], lines[0]);
}

#[test]
fn an_invalid_line_gets_where_and_why() {
    for (line, expected) in [
        ("GET / HTTP/1.1", r#"{"id":null,"invalid":"not valid JSON: expected value (column 1)"}"#),
        (
            r#"{"id":"c","page":1}"#,
            r#"{"id":"c","invalid":"page: expected a string, but this is the integer `1` (column 18)"}"#,
        ),
        (
            r#"{"id":7,"page":"https://a.test","steps":[{"request":{"url":"/","methd":"PUT"}}]}"#,
            r#"{"id":7,"invalid":"id: expected a string, but this is the integer `7` (column 7)"}"#,
        ),
        (
            r#"{"id":"c","page":"https://a.test","steps":[{"request":{"url":"/","methd":"PUT"}}]}"#,
            r#"{"id":"c","invalid":"steps[0].request.methd: unknown field `methd`"#,
        ),
        (
            r#"{"id":"q","policy":{"origins":["https://a.test"]},"ask":[{"methd":"PUT"}]}"#,
            r#"{"id":"q","invalid":"ask[0].methd: unknown field `methd`"#,
        ),
        (
            r#"{"id":"c","page":"https://a.test","steps":[{"request":{"url":"/"},"at":-1}]}"#,
            r#"{"id":"c","invalid":"steps[0].at: cannot convert float seconds to Duration: value is negative"}"#,
        ),
        ("[1]", r#"{"id":null,"invalid":"[0]: expected a string, but this is the integer `1` (column 2)"}"#),
        (&format!("{GOOD} {{}}"), r#"{"id":null,"invalid":"something follows the JSON object"}"#),
    ] {
        let (status, output) = ask(line.as_bytes());
        assert_eq!(status, 1);
        assert!(output.starts_with(expected), "{output}");
    }
}

#[test]
fn a_misspelt_field_of_a_question_is_named() {
    for (line, field, meant) in [
        (r#"{"id":"q","policy":{"origins":["https://a.test"]},"aks":[{}]}"#, "aks", "ask"),
        (r#"{"id":"q","plicy":{"origins":["https://a.test"]},"ask":[{}]}"#, "plicy", "policy"),
    ] {
        let (status, output) = ask(line.as_bytes());
        assert_eq!(status, 1);
        assert!(output.contains(&format!("unknown field `{field}`")), "{output}");
        assert!(output.contains(&format!("did you mean `{meant}`?")), "{output}");
    }
}

/// Every line gets one line, whatever it is, and does not affect those after it.
#[test]
fn an_invalid_line_does_not_affect_others() {
    let case =
        |steps: &str| format!(r#"{{"id":"c","page":"https://a.test","steps":[{steps}]}}"#).into_bytes();
    let question = |ask: &str| {
        format!(r#"{{"id":"q","policy":{{"origins":["https://a.test"]}},"ask":[{ask}]}}"#).into_bytes()
    };
    // More names than a map of headers holds.
    let many: Vec<_> = (0..30_000).map(|number| format!(r#"["x-{number}","1"]"#)).collect();
    let many = format!("[{}]", many.join(","));
    let lines = [
        b"\x00".to_vec(),
        b"{\"id\":\"\xff\"}".to_vec(),
        "\u{feff}{}".into(),
        "[".repeat(100_000).into(),
        format!(r#"{{"id":{}1{}}}"#, "[".repeat(500), "]".repeat(500)).into(),
        r#"{"id":1e999}"#.into(),
        case(r#"{"request":{"url":"/"},"at":1e300}"#),
        case(r#"{"request":{"url":"/"},"at":-0.1}"#),
        case(&format!(r#"{{"request":{{"url":"//b.test","headers":{many}}}}}"#)),
        case(&format!(r#"{{"request":{{"url":"//b.test"}},"responses":[{{"headers":{many}}}]}}"#)),
        case(&format!(r#"{{"request":{{"url":"/{}"}}}}"#, r"\u0000".repeat(1_000))),
        case(&r#"{"request":{"url":"/"}},"#.repeat(1_000)),
        format!(
            r#"{{"id":"c","page":"https://a.test","steps":[{{"request":{{"url":"//b.test"}}}}],
                "server":{{"policy":{{"origins":"*"}},"headers":{many}}}}}"#
        )
        .replace('\n', "")
        .into(),
        question(&format!(r#"{{"headers":{many}}}"#)),
        question(&format!(r#"{{"headers":[["origin","https://a.test"]],"handler":{{"headers":{many}}}}}"#)),
        question(r#"{"handler":{"status":99999}}"#),
        question(r#"{"method":""}"#),
        r#"{"id":"q","policy":{"origins":"null"},"ask":[]}"#.into(),
    ];
    let mut input = Vec::new();
    for line in &lines {
        input.extend_from_slice(line);
        input.extend_from_slice(format!("\n{GOOD}\n").as_bytes());
    }
    let (status, output) = ask(&input);
    assert_eq!(status, 1);
    let results: Vec<_> = output.lines().collect();
    assert_eq!(results.len(), 2 * lines.len());
    for pair in results.chunks(2) {
        assert!(serde_json::from_str::<serde_json::Value>(pair[0]).is_ok(), "{:.200}", pair[0]);
        assert!(pair[1].starts_with(r#"{"id":"good","steps":[{"outcome":"basic""#), "{:.200}", pair[1]);
    }
}

#[test]
fn every_recorded_case_gets_its_verdict() {
    let cases = include_str!("../../tests/cases/wpt.jsonl");
    let (status, output) = ask(cases.as_bytes());
    assert_eq!(status, 0);
    assert_eq!(output.lines().count(), 1_056);
    for (case, verdict) in cases.lines().zip(output.lines()) {
        let [case, verdict] =
            [case, verdict].map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        assert_eq!(case["id"], verdict["id"]);
        let outcomes =
            verdict["steps"].as_array().unwrap().iter().map(|step| step["outcome"].as_str().unwrap());
        for (step, outcome) in case["steps"].as_array().unwrap().iter().zip(outcomes) {
            let holds = match step["expect"]["outcome"].as_str() {
                None => true,
                Some("ok") => !["error", "refused"].contains(&outcome),
                Some("error") => ["error", "refused"].contains(&outcome),
                Some(expected) => expected == outcome,
            };
            assert!(holds, "{case}\n{verdict}");
        }
    }
}
