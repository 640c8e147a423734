//! Properties of the recorded cases.

use crossorigin::{
    browser::{
        Failure, Fix, MAX_REDIRECTS, Mode, NetworkError, OutgoingRequest, Profile, RequestKind, ResponseHead,
        Step, Timestamp, UserAgent,
    },
    http::Response,
    oracle::{Oracle, case::Case},
};
use serde_json::{Value, json};

use super::support::{A, B, Browser, Cors, exchange, lost, ok, page, pf, redirect};

/// The outcome of a step of a recorded case: the number of requests, and the error if it failed.
fn outcome_of_step(case: &Value, step: usize) -> Option<(usize, Option<NetworkError>)> {
    let case: Case = serde_json::from_value(case.clone()).unwrap();
    let verdict = case.play().unwrap();
    let (_, steps) = verdict.runs().next().unwrap();
    match &steps[step] {
        Err(_) => None,
        Ok(transcript) => {
            let error = transcript.outcome().as_ref().err();
            Some((transcript.requests().count(), error.map(|error| (**error).clone())))
        }
    }
}

/// Applies a fix to a response of a step: its lines replace the lines with the same names.
fn fix(case: &mut Value, step: usize, response: usize, fix: &Fix) {
    let response = &mut case["steps"][step]["responses"][response];
    if let Some(status) = fix.status() {
        response["status"] = status.as_u16().into();
    }
    let lines = response["headers"].as_array().cloned().unwrap_or_default();
    let is_replaced = |line: &Value| {
        let name = line[0].as_str().unwrap();
        fix.headers().iter().any(|(replaced, _)| name.eq_ignore_ascii_case(replaced.as_str()))
    };
    let kept = lines.into_iter().filter(|line| !is_replaced(line));
    let new = fix.headers().iter().filter_map(|(name, value)| Some(json!([name.as_str(), value.as_ref()?])));
    response["headers"] = kept.chain(new).collect();
}

/// Returns whether the fix changes a response, and not the request.
fn changes_only_response(fix: &Fix) -> bool {
    let mut request = page(A).fetch(B).build().unwrap();
    !fix.apply_to_request(&mut request) && !fix.lines().is_empty()
}

/// Every refused response of the recorded cases passes with each fix that changes it. `Browser::run` checks
/// the same property in the other tests.
#[test]
fn recorded_refusals_are_fixed_by_their_fixes() {
    let mut fixed = 0;
    for line in crate::cases::CASES.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        if case.get("routes").is_some() || case.get("server").is_some() {
            continue;
        }
        for step in 0..case["steps"].as_array().unwrap().len() {
            let Some((sent, Some(error))) = outcome_of_step(&case, step) else { continue };
            assert!(!error.fixes().is_empty(), "{}, step {step}", case["id"]);
            for of_response in error.fixes().iter().filter(|fix| changes_only_response(fix)) {
                let mut changed = case.clone();
                fix(&mut changed, step, sent - 1, of_response);
                let (sent_then, failed_then) = outcome_of_step(&changed, step).unwrap();
                let passed = sent_then > sent || failed_then.is_none_or(|then| then.hop() > error.hop());
                assert!(passed, "{}, step {step}, is not fixed by {of_response}", case["id"]);
                fixed += 1;
            }
        }
    }
    assert!(fixed > 100, "only {fixed} refusals had a fix to try");
}

/// A server that allows everything and redirects forever to new origins, with each of the statuses in turn.
fn always_redirects(statuses: &'static [u16]) -> impl FnMut(&OutgoingRequest) -> Response<()> {
    let mut given = 0;
    move |request| {
        let response = Response::builder()
            .header("access-control-allow-origin", "*")
            .header("access-control-allow-methods", "*")
            .header("access-control-allow-headers", "*")
            .header("access-control-max-age", "0");
        let response = match request.kind {
            RequestKind::Preflight => response,
            RequestKind::Actual => {
                given += 1;
                let status = statuses[given % statuses.len()];
                response.status(status).header("location", format!("https://h{given}.test/"))
            }
        };
        response.body(()).unwrap()
    }
}

#[test]
fn requests_are_bounded_whatever_the_server_does() {
    let bound = MAX_REDIRECTS + 1;
    for statuses in [&[307][..], &[308], &[301, 302, 303, 307, 308]] {
        for (method, header) in [("PUT", true), ("GET", true), ("POST", false), ("GET", false)] {
            let mut call = exchange(method, B);
            if header {
                call = call.header("X-A", "1");
            }
            let transcript = Oracle::new(page(A)).fetch(call.request(), &mut always_redirects(statuses));
            assert_eq!(transcript.outcome().as_ref().unwrap_err().reason().name(), "TooManyRedirects");
            let count = |kind| transcript.requests().filter(|request| request.kind == kind).count();
            assert_eq!(count(RequestKind::Actual), bound);
            assert_eq!(count(RequestKind::Preflight), if header { bound } else { 0 });
            assert!(
                transcript
                    .requests()
                    .all(|request| request.kind == RequestKind::Actual || !request.credentials)
            );
        }
    }
}

#[test]
fn a_redirect_loop_ends() {
    let there_and_back = (0..=MAX_REDIRECTS).map(|hop| {
        let location = if hop % 2 == 0 { "https://b.test/2" } else { B };
        redirect(302, location).allow_origin(A)
    });
    let run = exchange("GET", B).responses(there_and_back);
    run.refused("TooManyRedirects", "HTTP-redirect fetch 7");
    let to_itself = (0..=MAX_REDIRECTS).map(|_| redirect(302, "https://a.test/"));
    exchange("GET", A)
        .mode(Mode::NoCors)
        .responses(to_itself)
        .refused("TooManyRedirects", "HTTP-redirect fetch 7");
}

/// Asserts that the step sends a request of this kind.
#[track_caller]
fn sends(step: Step, kind: RequestKind) -> crossorigin::browser::Exchange {
    let Step::Send(exchange) = step else { panic!("{step:?}") };
    assert_eq!(exchange.request().kind, kind);
    exchange
}

fn at(seconds: u64) -> Timestamp {
    Timestamp::from_secs(seconds)
}

#[test]
fn interleaved_fetches_share_a_cache() {
    use RequestKind::{Actual, Preflight};
    let mut user_agent = UserAgent::new(Profile::standard());
    let put = || exchange("PUT", B).request();
    let permission = || pf().allow_origin(A).allow_methods("PUT").max_age("60").head();
    let response = || ok().allow_origin(A).head();

    // Both begin before a preflight gets its response, so both send one.
    let first = sends(user_agent.fetch(put(), at(0)), Preflight);
    let second = sends(user_agent.fetch(put(), at(0)), Preflight);
    let first = sends(first.receive(permission(), &mut user_agent, at(1)), Actual);
    // A third begins after the first response.
    let third = sends(user_agent.fetch(put(), at(2)), Actual);
    let second = sends(second.receive(permission(), &mut user_agent, at(3)), Actual);
    // The responses come in another order than the requests.
    assert!(matches!(third.receive(response(), &mut user_agent, at(4)), Step::Done(Ok(_))));
    assert!(matches!(second.receive(response(), &mut user_agent, at(4)), Step::Done(Ok(_))));
    // A fetch that used an entry before it expired goes on, however late the response is.
    assert!(matches!(first.receive(response(), &mut user_agent, at(1000)), Step::Done(Ok(_))));
    let _ = sends(user_agent.fetch(put(), at(61)), Preflight);

    // A failed fetch clears the entries for later fetches, and does not affect those under way.
    let mut user_agent = UserAgent::new(Profile::standard());
    let early = sends(user_agent.fetch(put(), at(0)), Preflight);
    let early = sends(early.receive(permission(), &mut user_agent, at(0)), Actual);
    let doomed = sends(user_agent.fetch(put(), at(0)), Actual);
    assert!(matches!(doomed.fail(&mut user_agent, Failure::Network), Step::Done(Err(_))));
    assert!(matches!(early.receive(response(), &mut user_agent, at(0)), Step::Done(Ok(_))));
    let _ = sends(user_agent.fetch(put(), at(0)), Preflight);
}

#[test]
fn a_dropped_step_does_not_change_the_cache() {
    let mut browser = Browser::standard();
    let permission = pf().allow_origin(A).allow_methods("PUT").max_age("60");
    browser.run(&exchange("PUT", B), [permission.clone(), ok().allow_origin(A)]).delivered(Cors);
    let cached = browser.cached();
    assert_eq!(cached.len(), 1);

    let redirect: ResponseHead = redirect(307, "https://c.test/").allow_origin(A).head();
    let now = browser.oracle().now();
    for request in [exchange("PUT", B).request(), exchange("PUT", "https://b.test/2").request()] {
        // The steps are dropped before the first request, after it, and at a redirect.
        drop(browser.oracle().user_agent_mut().fetch(request.clone(), now));
        assert_eq!(browser.cached(), cached);
    }
    let user_agent = browser.oracle().user_agent_mut();
    let mut redirected = || {
        let actual = sends(user_agent.fetch(exchange("PUT", B).request(), now), RequestKind::Actual);
        let Step::Redirect(redirect) = actual.receive(redirect.clone(), user_agent, now) else { panic!() };
        redirect
    };
    drop(redirected());
    let followed = redirected();
    drop(followed.follow(user_agent, now));
    assert_eq!(browser.cached(), cached);
    // Reporting that the fetch was canceled is a failure, and clears the entries.
    browser
        .run(&exchange("PUT", B), [lost(Failure::Canceled)])
        .refused("Canceled", "HTTP-network-or-cache fetch 9");
    assert!(browser.cached().is_empty());
}

#[test]
fn equal_exchanges_have_equal_transcripts() {
    let run = || {
        let responses =
            [pf().allow_origin(A).allow_methods("PUT"), redirect(307, "/2").allow_origin(A), pf()];
        exchange("PUT", B)
            .include()
            .responses(responses.map(|response| response.allow_credentials("true")))
            .transcript
    };
    assert_eq!(run().events(), run().events());
    assert_eq!(run().to_string(), run().to_string());
}
