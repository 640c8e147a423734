//! Transcripts and refusals, printed.

use crossorigin::browser::{
    Body, CredentialsMode, Failure, FetchCall, Mode, Page, Profile, ResponseHead, UserAgent,
};
use crossorigin::header_list::HeaderList;
use crossorigin::http::{HeaderName, Response, StatusCode};
use crossorigin::oracle::case::{Case, Played};
use crossorigin::oracle::{Answer, Oracle, Report, Script, Transcript};
use proptest::prelude::*;

/// Longer than any network would carry.
const HOSTILE: usize = 10_000_000;

/// What a printed transcript of one request and one answer may take, whatever is in them.
const BOUND: usize = 100_000;

fn oracle() -> Oracle {
    Oracle::new(Page::new("https://app.example/").unwrap())
}

fn answer(status: u16, headers: &[(&str, &[u8])]) -> Answer {
    let mut list = HeaderList::new();
    for (name, value) in headers {
        list.append(name.parse::<HeaderName>().unwrap(), value).unwrap();
    }
    ResponseHead { status: StatusCode::from_u16(status).unwrap(), headers: list }.into()
}

fn get(answers: impl IntoIterator<Item = Answer>) -> Transcript {
    let mut oracle = oracle();
    let request = oracle.page().fetch("https://api.example/items#7").build().unwrap();
    oracle.fetch(request, &mut answers.into_iter().collect::<Script>())
}

fn put(answers: impl IntoIterator<Item = Answer>) -> Transcript {
    let mut oracle = oracle();
    let call = oracle.page().fetch("https://api.example/items/7").method("PUT");
    let call = call.header("Content-Type", "application/json").credentials(CredentialsMode::Include);
    let request = call.body(Body::Replayable, None).build().unwrap();
    oracle.fetch(request, &mut answers.into_iter().collect::<Script>())
}

#[test]
fn a_delivered_response_reads_so() {
    let transcript = get([
        answer(302, &[("location", b"/moved"), ("access-control-allow-origin", b"*")]),
        answer(
            200,
            &[
                ("access-control-allow-origin", b"https://app.example"),
                ("vary", b"Origin"),
                ("timing-allow-origin", b""),
                ("content-type", b"application/json"),
                ("etag", b"\"7\""),
                ("access-control-expose-headers", b"etag, no no"),
            ],
        ),
    ]);
    assert_eq!(
        transcript.to_string(),
        r#"A page of origin https://app.example asks for GET https://api.example/items#7 with mode "cors" and
   credentials mode "same-origin".
   - Another origin is involved, so CORS applies; method and headers need no preflight.
     [main fetch 12]
   - The request goes without cookies and HTTP authentication. [HTTP-network-or-cache fetch 8.3]

1. Request, without cookies
   > GET https://api.example/items
   > Origin: https://app.example

2. Answer
   < 302 Found
   < Location: /moved
   < Access-Control-Allow-Origin: *
   - The CORS check passes: Access-Control-Allow-Origin is `*`, which is enough unless the
     credentials mode is "include". [CORS check 3]
   - The status 302 redirects to https://api.example/moved#7. [HTTP-redirect fetch 12]
   - Another origin is involved, so CORS applies; method and headers need no preflight.
     [main fetch 12]
   - The request goes without cookies and HTTP authentication. [HTTP-network-or-cache fetch 8.3]

3. Request after redirect 1, without cookies
   > GET https://api.example/moved
   > Origin: https://app.example

4. Answer
   < 200 OK
   < Access-Control-Allow-Origin: https://app.example
   < Vary: Origin
   < Timing-Allow-Origin:
   < Access-Control-Expose-Headers: etag, no no
   < (also Content-Type, ETag)
   - The CORS check passes: Access-Control-Allow-Origin is exactly the request's Origin.
     [CORS check 5]

DELIVERED: a response of type "cors" [main fetch 14]. Of it, a script sees:
   Status:   200 OK
   URL:      https://api.example/moved (and that there was a redirect)
   Headers:  Content-Type: application/json
   Body:     all of it
   Timing:   no details [TAO check 8]
   Warning:  Access-Control-Expose-Headers is ignored as a whole: `no no` is not a header name.
"#
    );
}

#[test]
fn a_blocked_preflight_reads_so() {
    let transcript = put([answer(
        404,
        &[
            ("access-control-allow-origin", b"*"),
            ("access-control-allow-methods", b"*"),
            ("date", b"Thu, 01 Jan 1970 00:00:00 GMT"),
        ],
    )]);
    assert_eq!(
        transcript.display(Report { width: 72, colour: false }).to_string(),
        r#"A page of origin https://app.example asks for PUT
   https://api.example/items/7 with mode "cors" and credentials mode
   "include".
   - Another origin is involved, so CORS applies, and a preflight must
     permit this: the method PUT is not GET, HEAD or POST; the header
     `content-type` is not safelisted, because its type
     `application/json` is none of application/x-www-form-urlencoded,
     multipart/form-data, text/plain. [main fetch 12]

1. Preflight, without cookies
   > OPTIONS https://api.example/items/7
   > Accept: */*
   > Access-Control-Request-Method: PUT
   > Access-Control-Request-Headers: content-type
   > Origin: https://app.example

2. Answer
   < 404 Not Found
   < Access-Control-Allow-Origin: *
   < Access-Control-Allow-Methods: *
   < (also Date)

BLOCKED at the preflight: Access-Control-Allow-Origin is `*`, which does
   not count when the credentials mode is "include".
   Step:     CORS check 4,
             https://fetch.spec.whatwg.org/#concept-cors-check
   Chromium: calls it kPreflightWildcardOriginNotAllowed
   Firefox:  calls it CORSNotSupportingCredentials
   Also:     The preflight was answered with status 404, but it must be
             from 200 to 299.
   Scripts:  learn no more than that it failed.
   Cure:     the answer to the preflight would pass with these lines, in
             place of its own of the same names:
             status 204 (any from 200 to 299)
             Access-Control-Allow-Origin: https://app.example
             Access-Control-Allow-Credentials: true
             Access-Control-Allow-Methods: *, PUT
             Access-Control-Allow-Headers: content-type
"#
    );
}

#[test]
fn an_opaque_response_shows_nothing() {
    let mut oracle = oracle();
    let request = oracle.page().element("https://cdn.example/photo.jpg").build().unwrap();
    let mut server = |_: &_| Response::builder().header("X-Secret", "7").body(()).unwrap();
    let printed = oracle.fetch(request, &mut server).to_string();
    assert!(
        printed.ends_with(
            r#"
DELIVERED: a response of type "opaque" [main fetch 14]. Of it, a script sees:
   Status:   0, which says nothing
   URL:      none
   Headers:  none
   Body:     nothing of it
   Timing:   no details [TAO check 8]
"#
        ),
        "{printed}"
    );
}

/// What is printed of a response that is delivered, from the page's own server.
fn own(call: impl FnOnce(FetchCall<'_>) -> FetchCall<'_>, answers: Vec<Answer>) -> String {
    let mut oracle = oracle();
    let request = call(oracle.page().fetch("/here")).build().unwrap();
    let printed = oracle.fetch(request, &mut answers.into_iter().collect::<Script>()).to_string();
    printed.split_once("Of it, a script sees:\n").unwrap().1.to_owned()
}

#[test]
fn what_a_script_sees_is_told_line_by_line() {
    let plain = own(|call| call, vec![answer(200, &[("www-authenticate", b"x"), ("x-a", b"y")])]);
    assert_eq!(
        plain,
        "   Status:   200 OK
   URL:      https://app.example/here
   Headers:  WWW-Authenticate: x
             X-A: y
   Body:     all of it
   Timing:   in detail
"
    );
    let redirected = own(|call| call, vec![answer(302, &[("location", b"/there")]), answer(299, &[])]);
    assert_eq!(
        redirected,
        "   Status:   299
   URL:      https://app.example/there (and that there was a redirect)
   Headers:  none
   Body:     all of it
   Timing:   in detail
"
    );
    let no_body = own(|call| call.method("HEAD"), vec![answer(204, &[])]);
    assert!(no_body.contains("\n   Body:     there is none\n"), "{no_body}");
}

#[test]
fn what_is_refused_before_anything_was_sent_says_so() {
    let mut oracle = oracle();
    let call = oracle.page().fetch("https://api.example/").mode(Mode::SameOrigin);
    let request = call.build().unwrap();
    let printed = oracle.fetch(request, &mut Script::default()).to_string();
    assert!(printed.contains("\nBLOCKED before anything was sent: the request has mode"), "{printed}");
}

/// Texts from outside are cut behind 2,000 characters, and not before.
#[test]
fn a_long_text_is_cut() {
    let page = Page::new("https://app.example/").unwrap();
    let printed = |length: usize| {
        let url = format!("https://[{}", "x".repeat(length));
        let refusal = page.fetch(&url).build().unwrap_err();
        let report = Report { width: 10_000, colour: false };
        (refusal.reason().to_string().chars().count(), report.refusal(&refusal).to_string())
    };
    let others = printed(0).0;
    let (whole, cut) = (printed(2_000 - others), printed(2_001 - others));
    assert_eq!((whole.0, cut.0), (2_000, 2_001));
    assert!(!whole.1.contains('…'), "{}", whole.1);
    assert!(whole.1.contains("x` is not a URL. Nothing was sent."), "{}", whole.1);
    assert!(cut.1.contains("… (2001 characters)"), "{}", cut.1);
}

#[test]
fn a_failure_of_the_network_is_no_blocking() {
    let printed = get([Answer::Failure(Failure::Network)]).to_string();
    assert!(printed.contains("\n2. No answer\n"), "{printed}");
    assert!(printed.contains("\nFAILED: the request got no answer from the network.\n"));
}

#[test]
fn what_is_refused_after_a_redirect_was_not_refused_before_anything_was_sent() {
    let mut oracle = oracle();
    let request = oracle.page().fetch("/here").mode(Mode::SameOrigin).build().unwrap();
    let mut script: Script = [answer(302, &[("location", b"https://api.example/")])].into_iter().collect();
    let printed = oracle.fetch(request, &mut script).to_string();
    assert!(printed.contains("\nBLOCKED before the next request: the request has mode"), "{printed}");
}

/// WebKit makes the preflight for where an answer redirects before it refuses that answer.
#[test]
fn what_is_refused_after_the_next_preflight_says_so() {
    let mut oracle = Oracle::with_user_agent(oracle().page().clone(), UserAgent::new(Profile::webkit()));
    let request = oracle.page().fetch("/here").method("PUT").build().unwrap();
    let app: (_, &[u8]) = ("access-control-allow-origin", b"https://app.example");
    let permission = || {
        let lines: [(&str, &[u8]); 2] =
            [("access-control-allow-credentials", b"true"), ("access-control-allow-methods", b"PUT")];
        answer(204, &[&[app], &lines[..]].concat())
    };
    let onward = |location: &'static [u8]| answer(307, &[app, ("location", location)]);
    let answers = [onward(b"https://api.example/1"), permission(), onward(b"/2"), permission()];
    let printed = oracle.fetch(request, &mut Script::from_iter(answers)).to_string();
    for text in [
        "\n   - The answer is refused, but this browser finds that out only when the next request would go out.\n",
        "\n     [CORS check 8]\n   - The status 307 redirects to https://api.example/2.",
        "\n7. Preflight after redirect 2, without cookies\n",
        "\nBLOCKED at the answer that redirected last: ",
        "\n   Cure:     the answer would pass with this line:\n             Access-Control-Allow-Credentials: true\n",
    ] {
        assert!(printed.contains(text), "{printed}");
    }
}

#[test]
fn sharing_with_null_and_credentials_is_cautioned_against() {
    let page = Page::new("file:///home/me/index.html").unwrap();
    let mut oracle = Oracle::new(page);
    let call = oracle.page().fetch("https://api.example/").credentials(CredentialsMode::Include);
    let request = call.build().unwrap();
    let printed = oracle.fetch(request, &mut |_: &_| Response::new(())).to_string();
    assert!(
        printed.ends_with(
            "
   Cure:     the answer would pass with these lines:
             Access-Control-Allow-Origin: null
             Access-Control-Allow-Credentials: true
   Caution:  Every site can make requests whose origin is null, so this line shares the answer with
             every site.
"
        ),
        "{printed}"
    );
}

#[test]
fn a_refusal_reads_so() {
    let page = Page::new("https://app.example/").unwrap();
    let refusal = page.fetch("https://user:pass@api.example/").build().unwrap_err();
    assert_eq!(
        Report { width: 80, colour: false }.refusal(&refusal).to_string(),
        "\
REFUSED by fetch(): the URL includes a user name or password, which fetch()
   refuses. Nothing was sent.
   Step:     new Request() 5.3, https://fetch.spec.whatwg.org/#dom-request
   Cure:     No server can help: send the credentials in an Authorization header
             instead of the URL.
"
    );
}

#[test]
fn colour_adds_nothing_to_the_words() {
    for transcript in [get([answer(200, &[])]), put([answer(204, &[("access-control-allow-origin", b"*")])])]
    {
        let plain = transcript.display(Report { width: 80, colour: false }).to_string();
        let coloured = transcript.display(Report { width: 80, colour: true }).to_string();
        assert!(!plain.contains('\x1b'));
        assert!(coloured.contains("\x1b[36mOrigin:\x1b[0m https://app.example"), "{coloured}");
        assert_eq!(without_colour(&coloured), plain);
    }
}

fn without_colour(text: &str) -> String {
    let mut parts = text.split('\x1b');
    let first = parts.next().unwrap().to_owned();
    first + &parts.map(|part| part.split_once('m').unwrap().1).collect::<String>()
}

#[test]
fn hostile_bytes_do_not_reach_the_terminal() {
    let hostile = b"\x1b[2J\x07\x08\x0b\x7f\x9b31m\xff\xe2\x80\xae";
    let printed = get([
        answer(302, &[("location", hostile), ("access-control-allow-origin", b"*"), ("vary", hostile)]),
        answer(200, &[("access-control-allow-origin", hostile), ("access-control-max-age", hostile)]),
    ]);
    assert_printable(&printed.to_string());
    assert!(printed.to_string().contains(r"Vary: \x1b[2J\x07\x08\x0b\x7f\x9b31m\xff\xe2\x80\xae"));

    let page = Page::new("https://app.example/").unwrap();
    let refusal = page.fetch("https://\x1b[31m\u{202e}\u{9b}:x/").build().unwrap_err();
    let printed = Report::default().refusal(&refusal).to_string();
    assert_printable(&printed);
    assert!(printed.contains(r"`https://\u{1b}[31m\u{202e}\u{9b}:x/` is not a URL."), "{printed}");
}

#[track_caller]
fn assert_printable(text: &str) {
    assert!(text.chars().all(|it| it == '\n' || it == '…' || it == ' ' || it.is_ascii_graphic()), "{text:?}");
}

#[test]
fn hostile_sizes_give_bounded_texts() {
    let long = vec![b'a'; HOSTILE];
    let short = long.get(..600).unwrap();
    assert!(get([answer(200, &[("vary", short)])]).to_string().contains(&format!("{}…", "a".repeat(512))));
    let commas = vec![b','; HOSTILE];
    for value in [&long, &commas] {
        for name in ["access-control-allow-origin", "location", "access-control-allow-methods"] {
            let printed = get([answer(302, &[(name, value)])]).to_string();
            assert!(printed.len() < BOUND, "{name}: {}", printed.len());
            assert!(printed.contains("…\n   <   (10000000 bytes)\n"), "{name}");
            let printed = put([answer(200, &[("access-control-allow-origin", b"*"), (name, value)])]);
            assert!(printed.to_string().len() < BOUND, "{name}");
        }
    }
}

#[test]
fn hostile_numbers_give_bounded_texts() {
    let names: Vec<_> = (0..20_000).map(|number| format!("x-{number}")).collect();
    let lines: Vec<_> = names.iter().map(|name| (name.as_str(), &b"1"[..])).collect();
    let printed = get([answer(200, &lines)]).to_string();
    assert!(printed.len() < BOUND);
    assert!(printed.contains("X-15, and\n   <   19984 more)\n"), "{printed}");

    let vary = vec![("vary", &b"origin"[..]); 20_000];
    let printed = get([answer(200, &vary)]).to_string();
    assert!(printed.len() < BOUND);
    assert!(printed.contains("\n   < (and 19968 more lines)\n"), "{printed}");

    let mut oracle = oracle();
    let long_url = format!("https://api.example/{}", "a".repeat(100_000));
    let call = oracle.page().fetch(&long_url);
    let call = names.iter().fold(call, |call, name| call.header(name, "1").header("Cookie", name));
    let request = call.build().unwrap();
    let printed = oracle.fetch(request, &mut |_: &_| Response::new(())).to_string();
    assert!(printed.len() < BOUND, "{}", printed.len());
    assert!(printed.contains("There are 19984 more."), "{printed}");
}

/// Words that the transcripts above do not have, each in what it stands in.
#[test]
fn other_ends_read_so() {
    let allow = |value: &'static [u8]| ("access-control-allow-origin", value);
    let app = allow(b"https://app.example");
    let delivered = get([answer(204, &[app, ("timing-allow-origin", b"*")])]).to_string();
    for line in ["Body:     there is none", "Timing:   in detail"] {
        assert!(delivered.contains(line), "{delivered}");
    }
    let permission: [(&str, &[u8]); 4] = [
        app,
        ("access-control-allow-credentials", b"true"),
        ("access-control-allow-methods", b"PUT"),
        ("access-control-allow-headers", b"content-type"),
    ];
    let of_page = |page: &str, mode| {
        let mut oracle = Oracle::new(Page::new(page).unwrap());
        let request = oracle.page().fetch("https://api.example/").mode(mode).build().unwrap();
        oracle.fetch(request, &mut Script::default())
    };
    let other = || get([answer(200, &[allow(b"https://b.test")])]);
    for (transcript, line) in [
        (
            put([answer(204, &permission), Failure::Canceled.into()]),
            "3. Request, with cookies, with its body",
        ),
        (get([Failure::Canceled.into()]), "2. Canceled before an answer"),
        (other(), "BLOCKED at the answer: Access"),
        (other(), "Cure:     The answer would pass with this line in place of its own:"),
        (get([answer(302, &[app, ("location", b"https://[")])]), "BLOCKED at the redirect: The"),
        (of_page("https://app.example", Mode::SameOrigin), "BLOCKED before anything was sent: The"),
        (of_page("about:srcdoc", Mode::Cors), "A page of opaque origin (null) asks for"),
    ] {
        let printed = transcript.to_string();
        assert!(printed.to_lowercase().contains(&line.to_lowercase()), "{printed}");
    }
}

#[test]
fn every_recorded_case_prints() {
    let report = Report { width: 60, colour: false };
    for line in include_str!("../cases/wpt.jsonl").lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        for step in case.play().unwrap() {
            let printed = match &step {
                Played::Fetched(transcript) => transcript.display(report).to_string(),
                Played::Refused(refusal) => report.refusal(refusal).to_string(),
            };
            assert!(printed.ends_with('\n') && printed.len() < BOUND, "{}", case.id);
            assert!(!printed.chars().any(|it| it != '\n' && it.is_control()), "{}: {printed:?}", case.id);
        }
    }
}

proptest! {
    #![proptest_config(crate::tries::cases(256))]

    #[test]
    fn no_line_is_wider_than_the_paper_unless_a_word_is(
        width in 0_usize..140,
        colour in any::<bool>(),
        origin in "[ -~]{0,80}",
        other in "[a-z, \u{1b}\u{ff}]{0,200}",
    ) {
        let transcript = put([answer(
            204,
            &[("access-control-allow-origin", origin.as_bytes()), ("vary", other.as_bytes())],
        )]);
        let plain = transcript.display(Report { width, colour: false }).to_string();
        let coloured = transcript.display(Report { width, colour }).to_string();
        prop_assert_eq!(without_colour(&coloured), plain.clone());
        for line in plain.lines() {
            prop_assert!(line.chars().count() <= width || is_one_word(line), "{:?} at {}", line, width);
        }
    }
}

/// What stands before the text does not count.
fn is_one_word(line: &str) -> bool {
    const MARGINS: [&str; 5] = ["> ", "< ", "- ", "1. ", "2. "];
    let text = line.trim();
    let text = MARGINS.iter().find_map(|margin| text.strip_prefix(margin)).unwrap_or(text).trim();
    let text = match text.split_once(": ") {
        Some((label, rest)) if line.starts_with("   ") && !label.contains(' ') => rest.trim(),
        _ => text,
    };
    !text.trim_start_matches(['<', '>']).trim().contains(' ')
}
