//! Policies in that format: as the server of a case, and asked in a question.

use super::evaluate;

#[test]
fn the_verdict_on_a_question_has_whole_responses() {
    let output = evaluate(
        r#"{"id":"q1","policy":{"origins":["https://app.example"],"methods":["PUT"]},
            "ask":[{"method":"OPTIONS","headers":[["origin","https://app.example"],["access-control-request-method","PUT"]]},
                   {"method":"GET","headers":[["origin","https://evil.example"]],"handler":{"status":200,"headers":[["vary","accept"]]}}]}"#,
    ).unwrap();
    let expected = concat!(
        r#"{"id":"q1","answers":["#,
        r#"{"kind":"preflight","verdict":"share","calls_handler":false,"status":204,"headers":[["#,
        r#""access-control-allow-methods","PUT"],["access-control-allow-origin","https://app.example"],["vary","origin, access-control-request-method, access-control-request-headers"]]},"#,
        r#"{"kind":"cors","verdict":"refuse","reason":"OriginNotAllowed","message":"the policy does not allow the origin","#,
        r#""calls_handler":true,"status":200,"headers":[["vary","accept, origin"]]}]}"#,
    );
    assert_eq!(output, expected);
}

#[test]
fn the_verdict_on_a_question_names_the_refused_header() {
    let output = evaluate(
        r#"{"id":"q","policy":{"origins":["https://a.test"],"headers":["x-a"]},
            "ask":[{"method":"OPTIONS","headers":[["origin","https://a.test"],["access-control-request-method","GET"],
                                                  ["access-control-request-headers","x-a,X-B"]]}]}"#,
    )
    .unwrap();
    let named = r#""verdict":"refuse","reason":"HeaderNotAllowed","name":"X-B","message":"#;
    assert!(output.contains(named), "{output}");
}

#[test]
fn all_errors_of_an_invalid_policy_are_reported() {
    let output =
        evaluate(r#"{"id":"q","policy":{"origins":["app.example"],"max_age":-1,"method":["PUT"]},"ask":[]}"#)
            .unwrap();
    assert!(output.starts_with(r#"{"id":"q","errors":[{"at":"#), "{output}");
    for at in ["origins[0]", "max_age", "method"] {
        assert!(output.contains(&format!(r#"{{"at":"{at}","kind":""#)), "{at} in {output}");
    }
}

#[test]
fn an_invalid_request_of_a_question_is_reported_with_its_path() {
    let ask = |ask: &str| {
        evaluate(&format!(r#"{{"id":"q","policy":{{"origins":["https://a.test"]}},"ask":[{ask}]}}"#))
            .unwrap_err()
    };
    assert!(ask(r#"{"methd":"GET"}"#).starts_with("unknown field `methd`"));
    assert_eq!(ask(r#"{},{"method":"G T"}"#), "ask[1].method: invalid HTTP method");
    let handler = ask(r#"{"handler":{"network_error":true}}"#);
    assert_eq!(handler, "ask[0].handler.network_error: a handler cannot have a network error");
}

#[test]
fn a_policy_can_be_the_server_of_a_case() {
    let output = evaluate(
        r#"{"id":"c","page":"https://app.example","steps":[{"request":{"method":"PUT","url":"https://api.example/"}},
            {"request":{"method":"DELETE","url":"https://api.example/"}}],
            "server":{"policy":{"origins":["https://app.example"],"methods":["PUT"],"expose":["x-a"]},"headers":[["x-a","1"],["x-b","2"]]}}"#,
    ).unwrap();
    assert!(output.contains(r#""outcome":"cors","status":200"#), "{output}");
    assert!(output.contains(r#""headers":[["x-a","1"]],"#), "{output}");
    assert!(output.contains(r#""outcome":"error","reason":"AllowOriginMissing""#), "{output}");
    let invalid = evaluate(
        r#"{"id":"c","page":"https://a.test","steps":[],"server":{"policy":{"origins":["a.test"]}}}"#,
    );
    let invalid = invalid.unwrap_err();
    assert!(invalid.starts_with("server.policy: origins[0]"), "{invalid}");
}

/// One name fewer than a header map can hold (which leaves no room for the CORS headers), or more.
fn headers(count: usize) -> String {
    let lines: Vec<_> = (0..count).map(|number| format!(r#"["x-{number}","1"]"#)).collect();
    format!("[{}]", lines.join(","))
}

#[test]
fn a_question_with_more_headers_than_fit_is_invalid() {
    for count in [24_575, 24_576, 24_577, 40_000] {
        let ask = |ask: &str| {
            evaluate(&format!(r#"{{"id":"q","policy":{{"origins":["https://a.test"]}},"ask":[{ask}]}}"#))
        };
        let handler = headers(count);
        let invalid = ask(&format!(
            r#"{{"headers":[["origin","https://a.test"]],"handler":{{"status":200,"headers":{handler}}}}}"#
        ));
        let expected =
            "ask[0].handler.headers: there are more header names than an `http::HeaderMap` can hold";
        assert_eq!(invalid, Err(expected.to_owned()), "{count}");
        // A request does not need room for the CORS headers.
        match ask(&format!(r#"{{"headers":{}}}"#, headers(count))) {
            Ok(_) => assert!(count <= 24_576),
            Err(invalid) => assert!(invalid.starts_with("ask[0].headers[24576]: "), "{invalid}"),
        }
    }
}

#[test]
fn a_server_with_more_headers_than_fit_responds_with_500() {
    for count in [24_500, 24_575, 24_576, 24_577] {
        let output = evaluate(&format!(
            r#"{{"id":"c","page":"https://a.test","steps":[{{"request":{{"url":"https://b.test/"}}}}],
                "server":{{"policy":{{"origins":["https://a.test"]}},"headers":{}}}}}"#,
            headers(count)
        ))
        .unwrap();
        let status = if count == 24_500 { 200 } else { 500 };
        let expected = format!(r#""outcome":"cors","status":{status}"#);
        assert!(output.contains(&expected), "{count}: {output:.200}");
    }
}
