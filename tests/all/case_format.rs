//! The JSON format of cases, questions and verdicts: what is read and written. No input causes a panic.

mod fields;
mod policies;

use std::time::Duration;

use crossorigin::oracle::case::{Case, Question};

use crate::{processor_time::within, proptest_config::hostile_length};

/// Returns the verdict on a case or the responses to a question; for any other text the path and the problem.
pub(crate) fn evaluate(text: &str) -> Result<String, String> {
    if text.contains(r#""ask":"#) {
        let question: Question = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let responses = question.decide().map_err(|invalid| invalid.to_string())?;
        return Ok(serde_json::to_string(&responses).unwrap());
    }
    let case: Case = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let verdict = case.play().map_err(|invalid| invalid.to_string())?;
    Ok(serde_json::to_string(&verdict).unwrap())
}

#[test]
fn an_invalid_value_is_reported_with_its_path() {
    let step =
        |step: &str| format!(r#"{{"id":7,"page":"https://a.test","steps":[{step}]}}"#).replace("7", "\"c\"");
    for (input, at, message) in [
        (
            r#"{"request":{"api":"raw","url":"b"},"at":-1}"#,
            "steps[0].at",
            "cannot convert float seconds to Duration: value is negative",
        ),
        (
            r#"{"request":{"api":"raw","url":"http://[","method":"PUT"}}"#,
            "steps[0].request.url",
            "invalid IPv6 address",
        ),
        (
            r#"{"request":{"api":"raw","url":"/","method":"P T"}}"#,
            "steps[0].request.method",
            "invalid HTTP method",
        ),
        (
            r#"{"request":{"api":"raw","url":"/","headers":[["a b","c"]]}}"#,
            "steps[0].request.headers[0]",
            "invalid HTTP header name",
        ),
        (
            r#"{"request":{"api":"raw","url":"/","headers":[["a","b\nc"]]}}"#,
            "steps[0].request.headers[0]",
            "0x0A at byte 1 is not allowed in a header value",
        ),
        (
            r#"{"request":{"url":"/","referrer_policy":"never"}}"#,
            "steps[0].request.referrer_policy",
            "`never` is not a referrer policy",
        ),
        (
            r#"{"request":{"api":"xhr","url":"/","redirect":"manual"}}"#,
            "steps[0].request.redirect",
            "a page cannot choose this with the api `xhr`",
        ),
        (
            r#"{"request":{"api":"element","url":"/","method":"PUT"}}"#,
            "steps[0].request.method",
            "element cannot have the method `PUT`",
        ),
        (
            r#"{"request":{"api":"element","url":"/","headers":[["a","b"]]}}"#,
            "steps[0].request.headers",
            "element cannot have the header `a`",
        ),
        (
            r#"{"request":{"api":"element","url":"/","body":"bytes"}}"#,
            "steps[0].request.body",
            "element cannot have the body `bytes`",
        ),
        (
            r#"{"request":{"url":"/"},"responses":[{"status":99}]}"#,
            "steps[0].responses[0].status",
            "a status must be from 100 to 999",
        ),
        (
            r#"{"request":{"url":"/"},"responses":[{},{"headers":[["",""]]}]}"#,
            "steps[0].responses[1].headers[0]",
            "invalid HTTP header name",
        ),
        (
            r#"{"request":{"url":"/"},"at":9},{"request":{"url":"/"},"at":8}"#,
            "steps[1].at",
            "the time is earlier than that of the previous step",
        ),
    ] {
        assert_eq!(evaluate(&step(input)), Err(format!("{at}: {message}")));
    }
}

#[test]
fn an_unknown_page_or_profile_is_invalid() {
    let case = |page: &str, profile: &str| {
        evaluate(&format!(r#"{{"id":"c","page":"{page}","profile":"{profile}","steps":[]}}"#))
    };
    assert_eq!(
        case("a.test", "standard"),
        Err("page: `a.test` is not a URL: relative URL without a base".to_owned())
    );
    let unknown = |profile: &str| case("https://a.test", profile).unwrap_err();
    assert_eq!(
        unknown("netscape"),
        "profile: unknown profile `netscape`, expected one of: standard, chromium, firefox, webkit, all"
    );
    for (given, meant) in [
        ("safari", "webkit"),
        ("Safari", "webkit"),
        ("Chrome", "chromium"),
        ("edge", "chromium"),
        ("Gecko", "firefox"),
        ("WebKit", "webkit"),
        ("ALL", "all"),
    ] {
        let invalid = unknown(given);
        assert!(invalid.ends_with(&format!(", all; did you mean `{meant}`?")), "{invalid}");
    }
}

#[test]
fn an_unparsable_url_is_refused_and_the_case_is_valid() {
    let output = evaluate(r#"{"id":"c","page":"null","steps":[{"request":{"url":"relative"}}]}"#).unwrap();
    assert!(output.contains(r#""outcome":"refused","reason":"UrlInvalid""#), "{output}");
}

#[test]
fn code_points_of_header_values_are_bytes() {
    let output = evaluate(
        r#"{"id":"c","page":"https://a.test","steps":[{"request":{"url":"/"},"responses":[{"headers":[["x","\u00e9\u000b"]]}]}]}"#,
    ).unwrap();
    assert!(output.contains(r#"["x","é\u000b"]"#), "{output}");
    let method = |method: &str| {
        evaluate(&format!(
            r#"{{"id":"c","page":"https://a.test","steps":[{{"request":{{"url":"/","method":{method}}}}}]}}"#
        ))
    };
    let invalid = method(r#""\u0100""#).unwrap_err();
    assert!(invalid.starts_with("the string has a code point above 255, which is not a byte"), "{invalid}");
    let invalid = method("7").unwrap_err();
    assert!(invalid.contains("expected a string of code points from 0 to 255"), "{invalid}");
}

#[test]
fn a_verdict_describes_a_network_error_completely() {
    let output = evaluate(
        r#"{"id":"c","page":"https://a.test","steps":[{"request":{"url":"https://b.test/","method":"patch"},
            "responses":[{"status":404,"headers":[["access-control-allow-origin","https://a.test/"],["access-control-allow-methods","PATCH"]]}]}]}"#,
    ).unwrap();
    let expected = concat!(
        r#"{"id":"c","steps":[{"outcome":"error","reason":"AllowOriginInvalid","#,
        r#""message":"Access-Control-Allow-Origin is `https://a.test/`, which is not a valid origin; the request's Origin is `https://a.test`","#,
        r#""step":"CORS check 4","link":"https://fetch.spec.whatwg.org/commit-snapshots/586cd2a44c2a865b37c166dc0740f3fb8bb220d6/#concept-cors-check","#,
        r#""fixes":[{"side":"page","text":"Write the method as `PATCH` in the page: methods are case-sensitive, "#,
        r#"and browsers send `patch` as it is. Then respond to the preflight with a status from 200 to 299 and "#,
        r#"`Access-Control-Allow-Origin: https://a.test` (replace the existing header).","#,
        r#""lines":["status 204 (any from 200 to 299)","Access-Control-Allow-Origin: https://a.test"]}],"response":{"status":404,"headers":[["access-control-allow-origin","https://a.test/"],["access-control-allow-methods","PATCH"]]},"#,
        r#""console":{"chromium":{"name":"kPreflightInvalidAllowOriginValue","text":"header contains the invalid value"},"#,
        r#""firefox":{"name":"CORSAllowOriginNotMatchingOrigin","text":"CORS header ‘Access-Control-Allow-Origin’ does not match"},"#,
        r#""webkit":{"text":"is not allowed by Access-Control-Allow-Origin"}},"#,
        r#""also":["PreflightStatus"],"#,
        r#""warnings":[{"kind":"AllowOriginTrailingSlash","#,
        r#""message":"Access-Control-Allow-Origin is `https://a.test/`, but an origin does not end with a slash","#,
        r#""fixes":[{"side":"server","text":"Send the origin without the slash."}]}],"#,
        r#""requests":[{"kind":"preflight","method":"OPTIONS","url":"https://b.test/","#,
        r#""headers":[["accept","*/*"],["access-control-request-method","patch"],["origin","https://a.test"]],"#,
        r#""credentials":false,"body":"none","mode":"cors","destination":"","#,
        r#""fetch_metadata":[["sec-fetch-dest","empty"],["sec-fetch-mode","cors"],["sec-fetch-site","cross-site"]],"referrer":"https://a.test/"}]}]}"#,
    );
    assert_eq!(output, expected);
}

#[test]
fn a_verdict_describes_a_delivered_response_completely() {
    let output = evaluate(
        r#"{"id":"c","page":"https://a.test","steps":[{"request":{"url":"https://b.test/#f"},
            "responses":[{"status":302,"headers":[["access-control-allow-origin","*"],["timing-allow-origin","*"],["location","/2"]]},
                         {"status":201,"headers":[["access-control-allow-origin","*"],["timing-allow-origin","*"],
                                                  ["access-control-allow-credentials","true"],["content-type","x/y"]]}]}]}"#,
    ).unwrap();
    let expected = concat!(
        r#"{"id":"c","steps":[{"outcome":"cors","status":201,"url":"https://b.test/2","redirected":true,"#,
        r#""headers":[["content-type","x/y"]],"timing_allowed":true,"#,
        r#""warnings":[{"kind":"AllowCredentialsIgnored","#,
        r#""message":"Access-Control-Allow-Credentials has no effect together with `Access-Control-Allow-Origin: *`","#,
        r#""fixes":[{"side":"server","text":"Remove Access-Control-Allow-Credentials, or send the origin of the page in place of `*` if pages include credentials."}]}],"#,
        r#""requests":[{"kind":"actual","method":"GET","url":"https://b.test/#f","headers":[["origin","https://a.test"]],"#,
        r#""credentials":false,"body":"none","mode":"cors","destination":"","#,
        r#""fetch_metadata":[["sec-fetch-dest","empty"],["sec-fetch-mode","cors"],["sec-fetch-site","cross-site"]],"referrer":"https://a.test/"},"#,
        r#"{"kind":"actual","method":"GET","url":"https://b.test/2#f","headers":[["origin","https://a.test"]],"#,
        r#""credentials":false,"body":"none","mode":"cors","destination":"","#,
        r#""fetch_metadata":[["sec-fetch-dest","empty"],["sec-fetch-mode","cors"],["sec-fetch-site","cross-site"]],"referrer":"https://a.test/"}]}]}"#,
    );
    assert_eq!(output, expected);
}

#[test]
fn a_verdict_describes_a_refusal_completely() {
    let output = evaluate(
        r#"{"id":"c","page":"https://a.test","steps":[{"request":{"url":"https://b.test/","method":"TRACE"}}]}"#,
    ).unwrap();
    let expected = concat!(
        r#"{"id":"c","steps":[{"outcome":"refused","reason":"ForbiddenMethod","#,
        r#""message":"scripts cannot use method TRACE","step":"new Request() 25.2","#,
        r#""link":"https://fetch.spec.whatwg.org/commit-snapshots/586cd2a44c2a865b37c166dc0740f3fb8bb220d6/#dom-request","fixes":[{"side":"page","text":"Use another method in the page; no response header helps."}],"#,
        r#""requests":[]}]}"#,
    );
    assert_eq!(output, expected);
}

#[test]
fn at_most_sixteen_placeholders_of_a_value_are_replaced() {
    let output = evaluate(&format!(
        r#"{{"id":"c","page":"https://a.test","steps":[{{"request":{{"url":"https://b.test/"}}}}],
            "routes":{{"https://b.test/":{{"actual":[{{"headers":[["access-control-allow-origin","{{origin}}"],
              ["access-control-expose-headers","*"],["x-a","{}"]]}}]}}}}}}"#,
        "{origin}".repeat(17)
    )).unwrap();
    let filled = format!(r#"["x-a","{}{{origin}}"]"#, "https://a.test".repeat(16));
    assert!(output.contains(&filled), "{output}");
}

#[test]
fn time_is_bounded_however_long_a_line_is() {
    let commas = ",".repeat(hostile_length());
    for name in
        ["access-control-allow-origin", "access-control-allow-headers", "access-control-expose-headers"]
    {
        let line = format!(
            r#"{{"id":"c","page":"https://a.test","steps":[{{"request":{{"url":"https://b.test/","method":"PUT"}},
               "responses":[{{"headers":[["access-control-allow-origin","*"],["access-control-allow-methods","PUT"],["{name}","{commas}"]]}},
                            {{"headers":[["access-control-allow-origin","*"],["{name}","{commas}"]]}}]}}]}}"#,
        );
        let output = within(Duration::from_secs(20), || evaluate(&line)).unwrap();
        assert!(output.len() < 100_000 || name.contains("expose"), "{} bytes for {name}", output.len());
    }
}

#[test]
fn the_verdict_on_endless_redirects_is_bounded() {
    let output = evaluate(
        r#"{"id":"c","page":"https://a.test","steps":[{"request":{"url":"https://b.test/","method":"PUT"}}],
            "routes":{"https://b.test/":{"preflight":[{"headers":[["access-control-allow-origin","*"],["access-control-allow-methods","*"],["access-control-max-age","0"]]}],
                                         "actual":[{"status":307,"headers":[["access-control-allow-origin","*"],["location","/"]]}]}}}"#,
    ).unwrap();
    assert!(output.contains(r#""reason":"TooManyRedirects""#), "{output}");
    assert_eq!(output.matches(r#""kind":"preflight""#).count(), 21);
    assert_eq!(output.matches(r#""kind":"actual""#).count(), 21);
}

#[test]
fn each_route_responds_for_its_own_url() {
    let output = evaluate(
        r#"{"id":"c","page":"https://a.test","steps":[{"request":{"url":"/1#f"}},{"request":{"url":"/2"}},{"request":{"url":"/3"}},
                                                       {"request":{"api":"xhr","url":"https://u:p@a.test/2?"}},{"request":{"api":"xhr","url":"https://u:p@a.test/2"}}],
            "routes":{"https://a.test/1":{"actual":[{"status":201}]},"https://v@a.test/2#g":{"actual":[{"status":202}]}}}"#,
    ).unwrap();
    let statuses: Vec<_> =
        output.split(r#""status":"#).skip(1).map(|rest| rest.split(',').next().unwrap()).collect();
    assert_eq!(statuses, ["201", "202", "404", "404", "202"]);
}

#[test]
fn responses_of_routes_echo_the_request() {
    let output = evaluate(
        r#"{"id":"c","page":"https://a.test","steps":[{"request":{"url":"https://b.test/#f","method":"PUT","headers":[["x-a","1"]],"credentials":"include"}}],
            "routes":{"https://b.test/":{"preflight":[{"headers":[["access-control-allow-origin","{origin}"],["access-control-allow-credentials","true"],
              ["access-control-allow-methods","GET, {access-control-request-method}"],["access-control-allow-headers","{access-control-request-headers}"]]}],
              "actual":[{"headers":[["access-control-allow-origin","{origin}"],["access-control-allow-credentials","true"],
                ["access-control-expose-headers","x-b"],["x-b","none: {access-control-request-method}"]]}]}}}"#,
    ).unwrap();
    assert!(output.contains(r#""outcome":"cors""#), "{output}");
    // A header that the request does not have leaves nothing, and no blank at the end of the value.
    assert!(output.contains(r#"["x-b","none:"]"#), "{output}");
}

/// A frame or a worker has an origin of its own, and the preflight cache of the page.
#[test]
fn a_step_can_have_a_page_of_its_own() {
    let verdict = |pages: [&str; 2]| {
        let steps = pages.map(|page| {
            format!(r#"{{{page}"partition":"top","request":{{"method":"PUT","url":"https://b.test/"}}}}"#)
        });
        let allow = r#"["access-control-allow-origin","{origin}"],["access-control-allow-methods","PUT"]"#;
        evaluate(&format!(
            r#"{{"id":"c","page":"https://a.test","steps":[{}],"routes":{{"https://b.test/":
            {{"preflight":[{{"headers":[{allow}]}}],"actual":[{{"headers":[{allow}]}}]}}}}}}"#,
            steps.join(",")
        ))
    };
    let other = verdict([r#""page":"https://c.test/frame","#, ""]).unwrap();
    assert_eq!(other.matches(r#""kind":"preflight""#).count(), 2, "{other}");
    assert!(other.contains(r#"["origin","https://c.test"]"#), "{other}");
    let same = verdict([r#""page":"https://a.test/frame","#, ""]).unwrap();
    assert_eq!(same.matches(r#""kind":"preflight""#).count(), 1, "{same}");
    let opaque = verdict(["", r#""page":"null","#]).unwrap();
    assert!(opaque.contains(r#"["origin","null"]"#), "{opaque}");
    assert_eq!(verdict(["", r#""page":"a","#]).unwrap_err().split(':').next(), Some("steps[1].page"));
    let sandboxed = verdict(["", r#""page":"https://a.test/","origin":"null","#]).unwrap();
    assert!(sandboxed.contains(r#"["origin","null"]"#), "{sandboxed}");
    let blank = verdict(["", r#""page":"about:blank","origin":"https://c.test","#]).unwrap();
    assert!(blank.contains(r#"["origin","https://c.test"]"#), "{blank}");
    for (fields, at) in [
        (r#""page":"https://a.test/","origin":"x","#, "origin"),
        (r#""origin":"null","#, "origin"),
        (r#""page":"https://a.test/","document":"x","#, "document"),
        (r#""document":"about:blank","#, "document"),
    ] {
        assert_eq!(verdict(["", fields]).unwrap_err().split(':').next(), Some(&*format!("steps[1].{at}")));
    }
}

/// In Firefox it depends on the spelling whether an empty line of `Access-Control-Allow-Origin` is skipped.
#[test]
fn a_case_can_say_that_header_names_are_in_lower_case() {
    let outcome = |names: &str| {
        let verdict = evaluate(&format!(
            r#"{{"id":"c","page":"https://a.test","profile":"firefox"{names},"steps":[{{"request":{{"url":"https://b.test/"}},
            "responses":[{{"headers":[["access-control-allow-origin","*"],["access-control-allow-origin",""]]}}]}}]}}"#
        ));
        verdict.unwrap().contains(r#""outcome":"cors""#)
    };
    assert!(!outcome(""));
    assert!(!outcome(r#","header_names":"canonical""#));
    assert!(outcome(r#","header_names":"lower-case""#));
}

/// Chromium waits for the preflight of a canceled fetch, and caches its response.
#[test]
fn a_response_can_say_that_the_page_cancels_the_fetch() {
    let allow = r#""headers":[["access-control-allow-origin","*"],["access-control-allow-methods","PUT"]]"#;
    let preflights = |profile: &str, first: &str| {
        let put = r#"{"request":{"method":"PUT","url":"https://b.test/"},"responses""#;
        let verdict = evaluate(&format!(
            r#"{{"id":"c","page":"https://a.test","profile":"{profile}","steps":[
            {put}:[{first}]}},{put}:[{{{allow}}},{{{allow}}}]}}]}}"#
        ));
        verdict.unwrap().matches(r#""kind":"preflight""#).count()
    };
    let canceled = format!(r#"{{"failure":"canceled",{allow}}}"#);
    for (profile, count) in [("standard", 2), ("chromium", 1), ("firefox", 2), ("webkit", 2)] {
        assert_eq!(preflights(profile, &canceled), count, "{profile}");
        assert_eq!(preflights(profile, r#"{"failure":"canceled"}"#), 2);
        assert_eq!(preflights(profile, r#"{"failure":"network"}"#), 2);
        // Only a response to a preflight is looked at.
        assert_eq!(
            preflights(profile, &format!("{{{allow}}},{canceled}")),
            1 + usize::from(profile == "firefox" || profile == "standard")
        );
    }
}

/// Referrer Policy makes the referrer from the URL of the document, or from the one that the request has.
#[test]
fn a_case_can_say_what_a_referrer_is_made_from() {
    let referrer = |page: &str, request: &str| {
        let verdict = evaluate(&format!(
            r#"{{"id":"c",{page},"steps":[{{"request":{{"url":"https://a.test/y"{request}}},"responses":[{{}}]}}]}}"#
        ));
        let verdict: serde_json::Value = serde_json::from_str(&verdict.unwrap()).unwrap();
        verdict["steps"][0]["requests"][0]["referrer"].as_str().unwrap().to_owned()
    };
    let page = r#""page":"https://a.test/x""#;
    assert_eq!(referrer(page, ""), "https://a.test/x");
    assert_eq!(referrer(&format!(r#"{page},"document":"about:blank""#), ""), "");
    assert_eq!(referrer(&format!(r#"{page},"document":"about:srcdoc""#), ""), "https://a.test/x");
    assert_eq!(referrer(&format!(r#"{page},"origin":"null""#), ""), "");
    assert_eq!(referrer(page, r#","referrer":"""#), "");
    assert_eq!(referrer(page, r#","referrer":"/z""#), "https://a.test/z");
    for api in ["font", "module-script"] {
        let given = |url: &str| format!(r#","api":"{api}","referrer":"{url}""#);
        assert_eq!(referrer(page, &given("/z")), "https://a.test/z");
        assert_eq!(referrer(page, &given("")), "");
        assert_eq!(referrer(page, &given("about:blank")), "");
    }
}

#[test]
fn the_first_response_of_a_step_can_come_from_a_service_worker() {
    let play = |responses: &str| {
        evaluate(&format!(
            r#"{{"id":"c","page":"https://a.test","steps":[{{"request":{{"url":"https://b.test/"}},"responses":[{responses}]}}]}}"#
        ))
    };
    let from = r#""from":"service-worker""#;
    let made = play(&format!("{{{from}}}")).unwrap();
    assert!(made.contains(r#""outcome":"cors""#) && made.contains(r#""requests":[]"#), "{made}");
    let basic = play(&format!(r#"{{{from},"type":"basic","urls":["https://c.test/x"]}}"#)).unwrap();
    assert!(basic.contains(r#""outcome":"basic""#) && basic.contains("https://c.test/x"), "{basic}");
    let failed = play(&format!(r#"{{{from},"network_error":true}}"#)).unwrap();
    assert!(failed.contains("ServiceWorkerResponseTypeNotAllowed"), "{failed}");
    // The server responds to what follows the redirect of a service worker.
    let redirect = format!(
        r#"{{{from},"type":"cors","urls":["https://b.test/"],"status":302,"headers":[["location","/y"]]}}"#
    );
    let followed =
        play(&format!(r#"{redirect},{{"headers":[["access-control-allow-origin","*"]]}}"#)).unwrap();
    assert!(followed.contains(r#""url":"https://b.test/y""#), "{followed}");
    for (responses, at) in [
        (format!(r#"{{{from},"type":"x"}}"#), "steps[0].responses[0].type"),
        (format!(r#"{{{from},"urls":["x"]}}"#), "steps[0].responses[0].urls"),
        (format!(r#"{{{from},"status":7}}"#), "steps[0].responses[0].status"),
        (format!("{{}},{{{from}}}"), "steps[0].responses[1].from"),
        (r#"{"type":"basic"}"#.to_owned(), "steps[0].responses[0].from"),
    ] {
        assert_eq!(play(&responses).unwrap_err().split(':').next(), Some(at));
    }
}
