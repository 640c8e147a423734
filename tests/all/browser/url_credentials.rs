//! User names and passwords in URLs: they matter for decisions, but nothing that the engine returns contains
//! them.

use std::fmt::Debug;

use crossorigin::{
    browser::{
        Failure, Initiator, Mode, Outcome, Page, Profile, RedirectMode, Request, ResponseHead, ResponseType,
        ServiceWorkerResponse, Step, Timestamp, UserAgent,
    },
    http::{Method, Response},
    oracle::{Oracle, ServerResponse},
    origin::{OpaqueOrigin, Origin},
};

const SECRET: &str = "s3cret";
const NOW: Timestamp = Timestamp::ZERO;

/// Asserts that the debug output does not contain the password.
#[track_caller]
fn assert_hidden(what: &(impl Debug + ?Sized)) {
    let shown = format!("{what:?} {what:#?}");
    assert!(!shown.contains(SECRET), "{shown}");
}

/// Plays a fetch with the same response head for every request, inspects everything on the way, and returns
/// the outcome.
#[track_caller]
fn fetch_and_inspect(user_agent: &mut UserAgent, request: Request, head: &ResponseHead) -> Outcome {
    assert_hidden(&request);
    let mut step = user_agent.fetch(request, NOW);
    loop {
        assert_hidden(&step);
        assert_hidden(user_agent);
        step = match step {
            Step::Send(exchange) => {
                let out = exchange.request();
                assert!(out.url.username().is_empty() && out.url.password().is_none(), "{}", out.url);
                let head_sent = out.to_http().unwrap();
                assert!(!head_sent.uri().to_string().contains('@'));
                assert!(!head_sent.headers().contains_key("authorization"));
                assert_hidden(&head_sent);
                assert_hidden(exchange.trace());
                assert_hidden(&exchange.url_credentials());
                exchange.receive(head.clone(), user_agent, NOW)
            }
            Step::Local(local) => local.fail(user_agent, Failure::Network),
            Step::Redirect(redirect) => {
                assert_hidden(&redirect);
                assert_hidden(&redirect.location());
                redirect.follow(user_agent, NOW)
            }
            Step::Done(outcome) => {
                assert_hidden(&outcome);
                match &outcome {
                    Ok(response) => {
                        assert_hidden(response.warnings());
                        assert_hidden(response.trace());
                    }
                    Err(error) => {
                        let text = format!("{error} {} {:?} {}", error.url(), error.fixes(), error.reason());
                        assert!(!text.contains(SECRET), "{text}");
                        assert_hidden(error.trace());
                    }
                }
                let entries: Vec<_> = user_agent.cache().entries(NOW).collect();
                assert_hidden(&entries);
                return outcome;
            }
        };
    }
}

fn pages() -> [Page; 2] {
    [Page::new("https://a.test/").unwrap(), Page::new(&format!("https://me:{SECRET}@a.test/")).unwrap()]
}

#[test]
fn no_request_message_or_trace_contains_them() {
    let allowing = |status: u16, location: &str| {
        let response = Response::builder()
            .status(status)
            .header("access-control-allow-origin", "https://a.test")
            .header("access-control-allow-credentials", "true")
            .header("access-control-allow-methods", "PUT")
            .header("access-control-max-age", "60");
        let response = if location.is_empty() { response } else { response.header("location", location) };
        ResponseHead::from(response.body(()).unwrap())
    };
    let nothing = ResponseHead::from(Response::new(()));
    let locations = [
        format!("https://u:{SECRET}@a.test/2"),
        format!("https://u:{SECRET}@b.test/2"),
        format!("https://u:{SECRET}@b.test:x/2"),
        format!("//u:{SECRET}@[/2"),
        format!("ftp://u:{SECRET}@b.test/2"),
    ];
    for profile in Profile::all() {
        for (host, page) in ["a.test", "b.test"].into_iter().zip(pages()) {
            {
                let url = format!("https://u:{SECRET}@{host}/");
                assert_hidden(&page);
                let requests = [
                    page.xml_http_request("PUT", &url).send().unwrap(),
                    page.xml_http_request("GET", &url).with_credentials(true).send().unwrap(),
                    page.request(Initiator::Element, &url).build().unwrap(),
                    Request::new(&page, Method::PUT, url.parse().unwrap()),
                    page.fetch("https://a.test/1").build().unwrap(),
                    page.fetch("https://b.test/1").mode(Mode::NoCors).build().unwrap(),
                ];
                for request in requests {
                    let mut user_agent = UserAgent::new(profile.clone()).with_trace();
                    let _ = fetch_and_inspect(&mut user_agent, request.clone(), &nothing);
                    let _ = fetch_and_inspect(&mut user_agent, request.clone(), &allowing(200, ""));
                    for location in &locations {
                        let _ = fetch_and_inspect(&mut user_agent, request.clone(), &allowing(302, location));
                    }
                    let Step::Send(exchange) = user_agent.fetch(request, NOW) else { continue };
                    assert_hidden(&exchange.fail(&mut user_agent, Failure::Network));
                }
            }
        }
    }
}

#[test]
fn an_entry_of_the_cache_has_the_url_without_them() {
    let allowing = Response::builder()
        .header("access-control-allow-origin", "https://a.test")
        .header("access-control-allow-methods", "PUT")
        .body(())
        .unwrap();
    let page = Page::new("https://a.test/").unwrap();
    let request = page.xml_http_request("PUT", format!("https://u:{SECRET}@b.test/")).send().unwrap();
    let mut user_agent = UserAgent::new(Profile::standard());
    let Step::Send(preflight) = user_agent.fetch(request, NOW) else { panic!("a preflight goes out") };
    let _request = preflight.receive(&allowing, &mut user_agent, NOW);
    let urls: Vec<_> = user_agent.cache().entries(NOW).map(|entry| entry.url).collect();
    assert_eq!(urls, ["https://b.test/"]);
}

#[test]
fn errors_about_unparsable_urls_do_not_contain_them() {
    let [page, _] = pages();
    let url = format!("https://u:{SECRET}@b.test:port/");
    let calls = [
        page.fetch(&url).build().unwrap_err(),
        page.xml_http_request("GET", &url).send().unwrap_err(),
        page.request(Initiator::Element, &url).build().unwrap_err(),
    ];
    for refusal in calls {
        assert_hidden(&refusal);
        assert!(!refusal.to_string().contains(SECRET), "{refusal}");
        assert!(refusal.to_string().contains("https://***@b.test:port/"), "{refusal}");
    }
    assert_hidden(&page.fetch(&url));
    assert_hidden(&page.xml_http_request("GET", &url));
    assert_hidden(&page.request(Initiator::Element, &url));
}

#[test]
fn transcripts_do_not_contain_them() {
    let [page, _] = pages();
    let url = format!("https://u:{SECRET}@a.test/");
    let request = page.xml_http_request("PUT", &url).send().unwrap();
    let mut oracle = Oracle::new(page);
    let transcript = oracle.fetch(request, &mut |_: &_| ServerResponse::from(Response::new(())));
    assert!(transcript.outcome().is_ok());
    assert_hidden(&transcript);
    assert!(!transcript.to_string().contains(SECRET), "{transcript}");
}

/// The URL for scripts and the one for the embedder are those of the standard.
#[test]
fn a_response_has_the_url_that_scripts_see() {
    let [page, _] = pages();
    let url = format!("https://u:{SECRET}@a.test/");
    let request = page.xml_http_request("GET", &url).send().unwrap();
    let outcome = fetch_and_inspect(&mut UserAgent::default(), request, &Response::new(()).into());
    assert_eq!(outcome.unwrap().url().unwrap().as_str(), url);

    let request = page.fetch("https://a.test/").build().unwrap();
    let mut made = ServiceWorkerResponse::new(ResponseType::Basic, Response::new(()).into());
    made.url_list = vec![url.parse().unwrap()];
    assert_hidden(&made);
    let Step::Done(Ok(response)) = UserAgent::default().fetch_from_service_worker(request, made) else {
        panic!()
    };
    assert_hidden(&response);
    assert_eq!(response.url().unwrap().as_str(), url);
}

/// The embedder gets the credentials of a URL only where, by the standard, the user might be asked for a
/// password.
#[test]
fn the_embedder_gets_them_only_where_the_user_might_be_asked() {
    let [page, _] = pages();
    let given = |request| match UserAgent::default().fetch(request, NOW) {
        Step::Send(exchange) => {
            exchange.url_credentials().map(|it| (it.username.to_owned(), it.password.to_owned()))
        }
        step => panic!("{step:?}"),
    };
    let own = format!("https://u:{SECRET}@a.test/");
    let other = format!("https://u:{SECRET}@b.test/");
    let both = Some(("u".to_owned(), SECRET.to_owned()));
    assert_eq!(given(page.xml_http_request("GET", &own).send().unwrap()), both);
    assert_eq!(given(page.request(Initiator::Element, &other).build().unwrap()), both);
    assert_eq!(given(page.xml_http_request("GET", "https://a.test/").send().unwrap()), None);
    // CORS applies, so neither the preflight nor the request has them.
    assert_eq!(given(page.xml_http_request("PUT", &other).send().unwrap()), None);
    assert_eq!(given(page.xml_http_request("GET", &other).with_credentials(true).send().unwrap()), None);
}

/// An unparsable text may contain a user name and a password. Nothing before its last `@` is shown, except
/// the scheme.
#[test]
fn an_unparsable_location_is_shown_without_them() {
    let page = Page::new("https://a.test/").unwrap();
    for location in ["us_er:s3cret@b.test/", "//us_er:s3cret@b.test/", "https://us_er:s3cret@b.test/"] {
        let mut oracle = Oracle::new(page.clone());
        let request = page.fetch("https://b.test/").method("PUT").build().unwrap();
        let transcript = oracle.fetch(request, &mut |_: &_| {
            let redirect = Response::builder().status(302).header("location", location);
            redirect.header("access-control-allow-origin", "*").body(()).unwrap()
        });
        let error = transcript.outcome().as_ref().unwrap_err();
        assert_eq!(error.reason().name(), "PreflightRedirect");
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("us_") && !shown.contains(SECRET), "{shown}");
    }
}

/// The `Location` of a redirect is printed too, in a transcript and with a response.
#[test]
fn a_printed_location_does_not_contain_them() {
    let page = Page::new("https://a.test/").unwrap();
    let printed = |location: &str, mode| {
        let request = page.fetch("https://a.test/1").redirect(mode).build().unwrap();
        let mut oracle = Oracle::new(page.clone());
        let transcript = oracle.fetch(request, &mut |_: &_| {
            Response::builder().status(302).header("location", location).body(()).unwrap()
        });
        assert_hidden(transcript.outcome());
        assert_hidden(&transcript);
        transcript.to_string()
    };
    for (location, shown) in [
        ("https://u:s3cret@b.test/", "< Location: https://***@b.test/\n"),
        ("//u:s3cret@b.test/", "< Location: //***@b.test/\n"),
        ("/\t/u:s3cret@b.test/", "***@b.test/\n"),
        ("wss://u:s3cret@b.test/", "< Location: wss://***@b.test/\n"),
        ("https://u:s3cret%40b.test/", "< Location: https://***%40b.test/\n"),
        ("weird:u:s3cret@b.test/", "< Location: weird:***@b.test/\n"),
        // An `@` in another place does not end a user name, and has to be shown.
        ("/@alice", "< Location: /@alice\n"),
        ("https://a.test/@alice?at=%40", "< Location: https://a.test/@alice?at=***\n"),
    ] {
        for mode in [RedirectMode::Follow, RedirectMode::Manual, RedirectMode::Error] {
            let text = printed(location, mode);
            assert!(text.contains(shown) && !text.contains(SECRET), "{location}: {text}");
        }
    }
}

/// An `@` in another header is no business of theirs.
#[test]
fn other_headers_are_printed_as_they_are() {
    let response = Response::builder().header("x-owner", "u:who@b.test").body(()).unwrap();
    let head = ResponseHead::from(&response);
    assert!(format!("{head:?}").contains("u:who@b.test"), "{head:?}");
}

/// `%40` is an encoded `@`. With it the text is not a valid URL, and the error shows the text.
#[test]
fn text_before_an_encoded_at_sign_is_hidden_too() {
    let [page, _] = pages();
    let url = format!("https://u:{SECRET}%40b.test/");
    assert_hidden(&page.fetch(&url));
    let refusal = page.fetch(&url).build().unwrap_err();
    assert_hidden(&refusal);
    assert!(refusal.to_string().contains("https://***%40b.test/"), "{refusal}");
}

/// A program can empty the host of a URL with another scheme, which no parser does. Printing the URL must not
/// panic.
#[test]
fn a_url_without_a_host_is_shown_without_them() {
    let page = Page::new("https://a.test/").unwrap();
    for given in ["foo://u:s3cret@h/x", "foo://:s3cret@h/x?y#z", "foo://s3cret@h", "foo://u:s3cret@h:8/x"] {
        for host in [Some(""), None] {
            let mut url: url::Url = given.parse().unwrap();
            url.set_host(host).unwrap();
            let request = Request::new(&page, Method::GET, url.clone());
            assert_hidden(&request);
            assert_hidden(&Page::with_origin(url, Origin::Opaque(OpaqueOrigin(1))));
            let _ =
                fetch_and_inspect(&mut UserAgent::default().with_trace(), request, &Response::new(()).into());
        }
    }
}
