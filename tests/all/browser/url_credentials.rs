//! A user name and a password in a URL: they take part in decisions, and nothing that the engine gives out has them.

use std::fmt::Debug;

use crossorigin::{
    browser::{
        Failure, Mode, Outcome, Page, Profile, RedirectMode, Request, ResponseHead, ResponseType,
        ServiceWorkerResponse, Step, Timestamp, UserAgent,
    },
    http::{Method, Response},
    oracle::{Oracle, ServerResponse},
    origin::{OpaqueOrigin, Origin},
};

const SECRET: &str = "s3cret";
const NOW: Timestamp = Timestamp::ZERO;

/// Nothing that can be printed has the password, nor has it as `Basic` credentials.
#[track_caller]
fn shows_nothing(what: &(impl Debug + ?Sized)) {
    let shown = format!("{what:?} {what:#?}");
    assert!(!shown.contains(SECRET), "{shown}");
}

/// Drives a fetch with one head for every request, looks at everything on the way, and gives what came of it.
#[track_caller]
fn looked_at(user_agent: &mut UserAgent, request: Request, head: &ResponseHead) -> Outcome {
    shows_nothing(&request);
    let mut step = user_agent.fetch(request, NOW);
    loop {
        shows_nothing(&step);
        shows_nothing(user_agent);
        step = match step {
            Step::Send(exchange) => {
                let out = exchange.request();
                assert!(out.url.username().is_empty() && out.url.password().is_none(), "{}", out.url);
                let head_sent = out.to_http().unwrap();
                assert!(!head_sent.uri().to_string().contains('@'));
                assert!(!head_sent.headers().contains_key("authorization"));
                shows_nothing(&head_sent);
                shows_nothing(exchange.trace());
                shows_nothing(&exchange.url_credentials());
                exchange.receive(head.clone(), user_agent, NOW)
            }
            Step::Redirect(redirect) => {
                shows_nothing(&redirect);
                shows_nothing(&redirect.location());
                redirect.follow(user_agent, NOW)
            }
            Step::Done(outcome) => {
                shows_nothing(&outcome);
                match &outcome {
                    Ok(response) => {
                        shows_nothing(response.warnings());
                        shows_nothing(response.trace());
                    }
                    Err(error) => {
                        let text = format!("{error} {} {:?} {}", error.url(), error.fixes(), error.reason());
                        assert!(!text.contains(SECRET), "{text}");
                        shows_nothing(error.trace());
                    }
                }
                let entries: Vec<_> = user_agent.cache().entries(NOW).collect();
                shows_nothing(&entries);
                return outcome;
            }
        };
    }
}

fn pages() -> [Page; 2] {
    [Page::new("https://a.test/").unwrap(), Page::new(&format!("https://me:{SECRET}@a.test/")).unwrap()]
}

#[test]
fn no_request_no_text_and_no_trace_has_them() {
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
                shows_nothing(&page);
                let requests = [
                    page.xml_http_request("PUT", &url).send().unwrap(),
                    page.xml_http_request("GET", &url).with_credentials(true).send().unwrap(),
                    page.element(&url).build().unwrap(),
                    Request::new(&page, Method::PUT, url.parse().unwrap()),
                    page.fetch("https://a.test/1").build().unwrap(),
                    page.fetch("https://b.test/1").mode(Mode::NoCors).build().unwrap(),
                ];
                for request in requests {
                    let mut user_agent = UserAgent::new(profile.clone()).with_trace();
                    let _ = looked_at(&mut user_agent, request.clone(), &nothing);
                    let _ = looked_at(&mut user_agent, request.clone(), &allowing(200, ""));
                    for location in &locations {
                        let _ = looked_at(&mut user_agent, request.clone(), &allowing(302, location));
                    }
                    let Step::Send(exchange) = user_agent.fetch(request, NOW) else { continue };
                    shows_nothing(&exchange.fail(&mut user_agent, Failure::Network));
                }
            }
        }
    }
}

#[test]
fn what_cannot_be_parsed_has_them_neither() {
    let [page, _] = pages();
    let url = format!("https://u:{SECRET}@b.test:port/");
    let calls = [
        page.fetch(&url).build().unwrap_err(),
        page.xml_http_request("GET", &url).send().unwrap_err(),
        page.element(&url).build().unwrap_err(),
    ];
    for refusal in calls {
        shows_nothing(&refusal);
        assert!(!refusal.to_string().contains(SECRET), "{refusal}");
        assert!(refusal.to_string().contains("https://***@b.test:port/"), "{refusal}");
    }
    shows_nothing(&page.fetch(&url));
    shows_nothing(&page.xml_http_request("GET", &url));
    shows_nothing(&page.element(&url));
}

#[test]
fn the_oracle_shows_them_neither() {
    let [page, _] = pages();
    let url = format!("https://u:{SECRET}@a.test/");
    let request = page.xml_http_request("PUT", &url).send().unwrap();
    let mut oracle = Oracle::new(page);
    let transcript = oracle.fetch(request, &mut |_: &_| ServerResponse::from(Response::new(())));
    assert!(transcript.outcome().is_ok());
    shows_nothing(&transcript);
    assert!(!transcript.to_string().contains(SECRET), "{transcript}");
}

/// The URL that a script sees, and the one for the embedder, are as the standard has them.
#[test]
fn a_response_has_the_url_that_scripts_see() {
    let [page, _] = pages();
    let url = format!("https://u:{SECRET}@a.test/");
    let request = page.xml_http_request("GET", &url).send().unwrap();
    let outcome = looked_at(&mut UserAgent::default(), request, &Response::new(()).into());
    assert_eq!(outcome.unwrap().url().unwrap().as_str(), url);

    let request = page.fetch("https://a.test/").build().unwrap();
    let mut made = ServiceWorkerResponse::new(ResponseType::Basic, Response::new(()).into());
    made.url_list = vec![url.parse().unwrap()];
    shows_nothing(&made);
    let Step::Done(Ok(response)) = UserAgent::default().fetch_from_service_worker(request, made) else {
        panic!()
    };
    shows_nothing(&response);
    assert_eq!(response.url().unwrap().as_str(), url);
}

/// The embedder gets them where they take the place of asking the user, and nowhere else.
#[test]
fn they_are_given_apart_where_the_user_might_be_asked() {
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
    assert_eq!(given(page.element(&other).build().unwrap()), both);
    assert_eq!(given(page.xml_http_request("GET", "https://a.test/").send().unwrap()), None);
    // CORS applies: not with a preflight, and not with the request.
    assert_eq!(given(page.xml_http_request("PUT", &other).send().unwrap()), None);
    assert_eq!(given(page.xml_http_request("GET", &other).with_credentials(true).send().unwrap()), None);
}

/// A text that is no URL may hold a user name and password anyway. Nothing before its last `@` is shown, but for a scheme.
#[test]
fn a_location_that_is_no_url_shows_none() {
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

/// A redirect's `Location` is printed too: in a transcript, and wherever a response is.
#[test]
fn a_printed_location_has_none() {
    let page = Page::new("https://a.test/").unwrap();
    let printed = |location: &str, mode| {
        let request = page.fetch("https://a.test/1").redirect(mode).build().unwrap();
        let mut oracle = Oracle::new(page.clone());
        let transcript = oracle.fetch(request, &mut |_: &_| {
            Response::builder().status(302).header("location", location).body(()).unwrap()
        });
        shows_nothing(transcript.outcome());
        shows_nothing(&transcript);
        transcript.to_string()
    };
    for (location, shown) in [
        ("https://u:s3cret@b.test/", "< Location: https://***@b.test/\n"),
        ("//u:s3cret@b.test/", "< Location: //***@b.test/\n"),
        ("/\t/u:s3cret@b.test/", "***@b.test/\n"),
        ("wss://u:s3cret@b.test/", "< Location: wss://***@b.test/\n"),
        ("https://u:s3cret%40b.test/", "< Location: https://***%40b.test/\n"),
        // An `@` elsewhere is no user's name, and what a person needs to see.
        ("/@alice", "< Location: /@alice\n"),
        ("https://a.test/@alice?at=%40", "< Location: https://a.test/@alice?at=%40\n"),
    ] {
        for mode in [RedirectMode::Follow, RedirectMode::Manual, RedirectMode::Error] {
            let text = printed(location, mode);
            assert!(text.contains(shown) && !text.contains(SECRET), "{location}: {text}");
        }
    }
}

/// `%40` is an `@` that somebody has encoded too much. The text is no URL then, and the error shows it.
#[test]
fn an_encoded_at_sign_hides_them_as_well() {
    let [page, _] = pages();
    let url = format!("https://u:{SECRET}%40b.test/");
    shows_nothing(&page.fetch(&url));
    let refusal = page.fetch(&url).build().unwrap_err();
    shows_nothing(&refusal);
    assert!(refusal.to_string().contains("https://***%40b.test/"), "{refusal}");
}

/// A program can empty the host of a URL with another scheme, which no parser does. Showing it must not panic.
#[test]
fn a_url_without_a_host_is_shown_without_them() {
    let page = Page::new("https://a.test/").unwrap();
    for given in ["foo://u:s3cret@h/x", "foo://:s3cret@h/x?y#z", "foo://s3cret@h", "foo://u:s3cret@h:8/x"] {
        for host in [Some(""), None] {
            let mut url: url::Url = given.parse().unwrap();
            url.set_host(host).unwrap();
            let request = Request::new(&page, Method::GET, url.clone());
            shows_nothing(&request);
            shows_nothing(&Page::with_origin(url, Origin::Opaque(OpaqueOrigin(1))));
            let _ = looked_at(&mut UserAgent::default().with_trace(), request, &Response::new(()).into());
        }
    }
}
