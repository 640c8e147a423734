//! `crossorigin` and `crossorigin explain`: stories and cases for people.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed, which is what it is for"
)]

use std::process::{Command, Output};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases/wpt.jsonl");

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_crossorigin"));
    command.args(arguments).env_remove("COLUMNS").env_remove("CLICOLOR_FORCE").output().unwrap()
}

/// What is printed about stories, or about cases in which nothing is blocked.
#[track_caller]
fn printed(arguments: &[&str]) -> String {
    printed_with_status(0, arguments)
}

/// What is printed about cases in which something is blocked.
#[track_caller]
fn printed_if_blocked(arguments: &[&str]) -> String {
    printed_with_status(1, arguments)
}

#[track_caller]
fn printed_with_status(status: i32, arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(status), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The exit status, and the complaint.
fn complaint(arguments: &[&str]) -> (Option<i32>, String) {
    let output = run(arguments);
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// A file with that text, which is removed in the end.
struct File(std::path::PathBuf);

impl File {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("crossorigin-{}-{name}", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for File {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).unwrap();
    }
}

const LETTERS: [&str; 12] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];

#[test]
fn without_arguments_it_tells_all_stories_below_their_contents() {
    let told = printed(&[]);
    assert!(told.lines().count() <= 600, "{}", told.lines().count());
    assert!(told.starts_with("Twelve stories "), "{told}");
    for letter in LETTERS {
        let (_, rest) = told.split_once(&format!("\n    {letter}  ")).unwrap();
        let title = format!("\n({letter}) {}\n===", rest.lines().next().unwrap());
        assert_eq!(rest.matches(&title).count(), 1, "{title}");
    }
    assert!(
        told.contains("\n(a) Site B allows site A to read\n================================\n\n"),
        "{told}"
    );
    assert_eq!(told.matches("\nRemember: ").count(), 12);
    assert!(!told.contains('\u{1b}'), "no colours if this is no terminal");
    assert_eq!(printed(&["explain"]), told);
    for reference in [
        "\n--- (d2) The response to the PUT has no Access-Control-Allow-Origin\nIt begins as in (d1). From message 4 on:\n4. Response: 200 OK\n",
        "\n--- (h3) Two hours after the first PUT\nEverything is as in (h1).\n",
        "\n--- (k2) In WebKit\nIt begins as in (k1). From message 4 on:\n4. Response: 302 Found\n",
    ] {
        assert!(told.contains(reference), "{reference}");
    }
}

/// The labels of lines that the short form of a report does not have.
const SAID_IN_FULL: [&str; 13] = [
    "Fix:",
    "Caution:",
    "Access-Control-",
    "Step:",
    "Scripts:",
    "Status:",
    "URL:",
    "Headers:",
    "Body:",
    "Timing:",
    "Chromium:",
    "Firefox:",
    "Safari:",
];

/// What is said once in the stories together is in each of them in full: every message, decision and warning, and the
/// best fix.
#[test]
fn a_story_can_be_chosen_and_is_told_in_full() {
    let all = printed(&["--width=1000"]);
    let one = printed(&["--only", "no-header"]);
    assert!(one.starts_with("(b) Site B says nothing\n=======================\n\n"), "{one}");
    assert_eq!(one.matches("\nRemember: ").count(), 1);
    for letter in LETTERS {
        let full = printed(&["--width=1000", "--only", letter]);
        let (_, in_short) = all.split_once(&format!("\n({letter}) ")).unwrap();
        let (in_short, _) = in_short.split_once("\nRemember: ").unwrap();
        assert!(all.contains(full.lines().last().unwrap()), "{letter}");
        for line in full.lines().skip(2) {
            let is_said_elsewhere = line.starts_with("   < (other headers: ")
                || line.ends_with(" [HTTP-network-or-cache fetch 8.3]")
                || SAID_IN_FULL.iter().any(|label| line.trim_start().starts_with(label));
            let line = line.trim_start();
            assert!(
                is_said_elsewhere || in_short.contains(line) || line.starts_with("Remember: "),
                "{letter}: {line}"
            );
        }
    }
}

#[test]
fn cases_are_explained_and_hostile_ones_do_no_harm() {
    let hostile = r#"\u001b[2J\u0007\u009b31m\u202e"#;
    let file = File::new(
        "hostile.jsonl",
        &format!(
            r#"{{"id":"{hostile}","page":"https://a.test","steps":[
                {{"request":{{"url":"https://b.test/{hostile}"}},"responses":[{{"headers":[["vary","{}"]]}}]}},
                {{"request":{{"url":"https://{hostile}:x/"}}}}]}}"#,
            r#"\u001b[2J\u0007\u009b31m"#
        )
        .replace('\n', ""),
    );
    let coloured = printed_if_blocked(&["explain", "--colour=always", file.path()]);
    for (sequence, _) in coloured.split('\u{1b}').skip(1).map(|rest| rest.split_at(rest.find('m').unwrap())) {
        assert!(["[0", "[1", "[31", "[32", "[36"].contains(&sequence), "{sequence:?}");
    }
    let plain = printed_if_blocked(&["explain", "--colour=never", file.path()]);
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
    // Firefox prints the marks of quotations.
    assert!(plain.chars().all(|it| "\n …‘’".contains(it) || it.is_ascii_graphic()), "{plain:?}");
    assert!(plain.contains("REFUSED by fetch(): "), "{plain}");
}

#[test]
fn lines_are_as_wide_as_wanted_unless_a_word_is_wider() {
    let told = printed_if_blocked(&["explain", "--width=60", CASES]);
    for line in told.lines().filter(|line| line.chars().count() > 60) {
        // What stands before the text does not count.
        let text = line.trim_start_matches([' ', '>', '<', '-']);
        let text = text.split_once(": ").map_or(text, |(_, text)| text.trim_start());
        assert!(!text.contains(' '), "{line:?}");
    }
}

#[test]
fn the_readme_shows_lines_of_the_explanation_of_its_case() {
    let readme = include_str!("../README.md");
    let block = |language: &str| {
        let (_, rest) = readme.split_once(&format!("```{language}\n")).unwrap();
        rest.split_once("```").unwrap().0
    };
    let file = File::new("put.jsonl", block("json"));
    let printed = printed_if_blocked(&["explain", file.path()]);
    for line in block("text").lines() {
        assert!(printed.lines().any(|printed| printed == line), "{line}");
    }
}

#[test]
fn a_case_can_be_chosen() {
    let id = "allow-headers-star-without-credentials";
    let case = |id: &str| {
        format!(r#"{{"id":"{id}","page":"https://a.test","steps":[{{"request":{{"url":"/"}}}}]}}"#)
    };
    let file = File::new("chosen.jsonl", &format!("{}\n{}\n", case("other"), case(id)));
    let told = printed_if_blocked(&["explain", "--only", id, file.path()]);
    assert!(told.starts_with(&format!("{id}\n===")), "{told}");
    assert!(!told.contains("other"), "{told}");
    let missing = complaint(&["explain", "--only", "neither", file.path()]);
    assert_eq!(
        missing,
        (
            Some(2),
            "crossorigin: no file has a case with the id `neither`, or a request with this number\n"
                .to_owned(),
        )
    );
}

#[test]
fn errors_are_printed_with_a_status() {
    let bad = File::new("bad.jsonl", "{}\n{\"id\":\"\u{9b}\",\"page\":\"x\",\"steps\":[]}\n");
    let (status, said) = complaint(&["explain", bad.path()]);
    assert_eq!(status, Some(2));
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines.len(), 3, "{said}");
    assert!(lines[0].ends_with("bad.jsonl, line 1, column 2: missing field `id`"), "{said}");
    assert!(
        lines[1].ends_with("bad.jsonl, line 2: page: `x` is not a URL: relative URL without a base"),
        "{said}"
    );
    assert_eq!(lines[2], "crossorigin: invalid lines: 2");

    assert_eq!(complaint(&["explain", "/no/such/file"]).0, Some(2));
    assert_eq!(complaint(&["ask", "/no/such/file"]).0, Some(2));
    for (arguments, expected) in [
        (
            &["--only", "\u{1b}z"][..],
            "crossorigin: there is no story `\\u{1b}z`; the stories are: a (allowed), b ",
        ),
        (
            &["--olny"],
            "crossorigin: there is no option `--olny`; did you mean `--only`? (see `crossorigin --help`)\n",
        ),
        (&["explian\u{7}"], "crossorigin: there is no command `explian\\u{7}`; did you mean `explain`? "),
    ] {
        let (status, said) = complaint(arguments);
        assert_eq!(status, Some(2), "{said}");
        assert!(said.starts_with(expected), "{said}");
    }
}

#[test]
fn errors_in_a_line_are_in_the_terms_of_json() {
    let step = |step: &str| format!(r#"{{"id":"c","page":"https://a.test","steps":[{step}]}}"#);
    let request = |request: &str| step(&format!(r#"{{"request":{{"url":"/",{request}}}}}"#));
    let response = |response: &str| step(&format!(r#"{{"request":{{"url":"/"}},"responses":[{response}]}}"#));
    for (line, expected) in [
        ("5".to_owned(), "column 1: expected an object, but this is the integer `5`"),
        ("{".to_owned(), "column 1: the line ends inside of a JSON object, which must be on one line"),
        ("{'id'".to_owned(), "column 2: not valid JSON: key must be a string"),
        (format!("{} x", step("")), ": something follows the JSON object"),
        (step("{}"), "column 45: steps[0]: missing field `request`"),
        (step("5"), "column 44: steps[0]: expected an object, but this is the integer `5`"),
        (step("[]"), "column 45: steps[0]: expected an object, but this is a list"),
        (
            request(r#""headers":{"a":"b"}"#),
            "column 75: steps[0].request.headers: expected a list, but this is an object",
        ),
        (
            request(r#""headers":["a"]"#),
            "column 79: steps[0].request.headers[0]: expected a list of a name and a value, but this is the string \"a\"",
        ),
        (
            request(r#""headers":[["a"]]"#),
            "column 81: steps[0].request.headers[0]: expected a list of a name and a value, but this is a list of length 1",
        ),
        (
            request(r#""headers":[["a","b","c"]]"#),
            "column 86: steps[0].request.headers[0]: the list is too long",
        ),
        (request(r#""mode":5"#), "column 73: steps[0].request.mode: expected a string"),
        (
            request(r#""mode":"corss""#),
            "column 79: steps[0].request.mode: unknown value `corss`, expected one of `cors`, `no-cors`, ",
        ),
        (
            response(r#"{"status":99999}"#),
            "column 94: steps[0].responses[0].status: expected a whole number from 0 to 65535, but this is the integer `99999`",
        ),
        (step(r#"{"at":"x"}"#), "column 52: steps[0].at: expected a number, but this is the string \"x\""),
        (
            step(r#"{"\u001b[2J":1}"#),
            r"column 55: steps[0].\u{1b}[2J: unknown field `\u{1b}[2J`, expected one of `at`, ",
        ),
        (
            r#"{"id":"q","policy":{"origins":"*"},"ask":[]}"#.to_owned(),
            ": this is a question to a policy and not a case; use `crossorigin ask`",
        ),
    ] {
        let file = File::new("json.jsonl", &line);
        let (status, said) = complaint(&["explain", file.path()]);
        assert_eq!(status, Some(2));
        let (_, said) = said.split_once("json.jsonl, line 1").unwrap();
        assert!(said.trim_start_matches(", ").starts_with(expected), "{said}\n{expected}");
    }
}

#[test]
fn an_unknown_field_has_a_suggestion() {
    let said = |line: &str| {
        let file = File::new("fields.jsonl", line);
        let (status, said) = complaint(&["explain", file.path()]);
        assert_eq!(status, Some(2));
        said.lines().next().unwrap().to_owned()
    };
    let misspelled = said(r#"{"id":"c","page":"https://a.test","step":[]}"#);
    assert!(misspelled.ends_with("; did you mean `steps`?"), "{misspelled}");
    let misspelled = said(r#"{"id":"c","page":"https://a.test","steps":[{"reqest":{"url":"/"}}]}"#);
    assert!(misspelled.ends_with("; did you mean `request`?"), "{misspelled}");
    let strange = said(r#"{"id":"c","page":"https://a.test","steps":[],"colour":"red"}"#);
    assert!(!strange.contains("did you mean"), "{strange}");
    assert!(said("[]").ends_with("expected an object, but this is a list"), "{}", said("[]"));
}

#[test]
fn a_byte_order_mark_at_the_start_is_skipped() {
    let case =
        r#"{"id":"marked","page":"https://a.test","steps":[{"request":{"url":"/"},"responses":[{}]}]}"#;
    let file = File::new("marked.jsonl", &format!("\u{feff}{case}\n"));
    assert!(printed(&["explain", file.path()]).starts_with("marked\n======\n\n"));
    assert!(printed(&["ask", file.path()]).starts_with(r#"{"id":"marked","steps":[{"outcome":"basic""#));
    let twice = File::new("twice.jsonl", &format!("{case}\n\u{feff}{case}\n"));
    assert_eq!(complaint(&["explain", twice.path()]).0, Some(2));
}

#[test]
fn a_file_of_an_unknown_format_is_an_error() {
    for text in ["hello\nworld\n", "\u{feff} \n<html>", "\0"] {
        let file = File::new("unknown.txt", text);
        let (status, said) = complaint(&["explain", file.path()]);
        assert_eq!(status, Some(2));
        let expected = "this is neither a case nor a capture of a known format (see `crossorigin --help`)\n";
        assert!(said.ends_with(expected) && said.lines().count() == 1, "{said}");
    }
}

/// The command finds the format, whatever the file is called, and its status says whether something is blocked.
#[cfg(feature = "import")]
#[test]
fn captures_are_explained() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/cases/captures/tools");
    let blocked = printed_if_blocked(&["explain", &format!("{folder}/firefox.har")]);
    assert!(blocked.starts_with("Of 2 requests, CORS decides about 2: 2 blocked.\n"), "{blocked}");
    assert!(blocked.contains("\n3. GET https://api.example/news from https://app.example\n=="), "{blocked}");
    let delivered = printed(&["explain", "--only", "2", &format!("{folder}/playwright.har")]);
    assert!(delivered.contains("\nDELIVERED: "), "{delivered}");
    let lines = printed_if_blocked(&["explain", "--json", &format!("{folder}/mitmproxy.har")]);
    let outcomes: Vec<_> =
        lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()).collect();
    assert_eq!((&outcomes[0]["outcome"], &outcomes[1]["outcome"]), (&"blocked".into(), &"delivered".into()));

    let message = "Access to fetch at 'https://api.example/' from origin 'https://app.example' has been blocked by CORS policy: \
                   It does not have HTTP ok status.";
    let told = printed_if_blocked(&["console", message]);
    assert!(
        told.contains("\nBLOCKED at the preflight: the response to the preflight has status 400"),
        "{told}"
    );
    let (status, said) = complaint(&["console", "hello", "world"]);
    assert_eq!(
        (status, said.as_str()),
        (Some(2), "crossorigin: `console`: there is no message about CORS in it\n")
    );
}

#[test]
fn a_file_without_cases_is_an_error() {
    for text in ["", "\n \n", "\u{feff}"] {
        let file = File::new("empty.jsonl", text);
        let (status, said) = complaint(&["explain", file.path()]);
        assert_eq!(status, Some(2));
        assert!(said.ends_with("empty.jsonl: the file is empty\n"), "{said}");
    }
}

/// A capture about which nothing is decided says why.
#[test]
#[cfg(feature = "import")]
fn a_capture_without_findings_says_so() {
    let har =
        |entry: &str| format!(r#"{{"log":{{"creator":{{"name":"WebInspector"}},"entries":[{entry}]}}}}"#);
    let navigation = "GET / HTTP/1.1\nHost: api.example\nOrigin: https://app.example\nSec-Fetch-Mode: navigate\n\
                      Sec-Fetch-Dest: document\n\nHTTP/1.1 200 OK\n\n";
    for (text, expected) in [
        (
            navigation.to_owned(),
            "Of 1 request, CORS decides about 0. It does not decide about the page's own origin, navigations, WebSockets, and \
             requests with mode \"no-cors\", such as those of images without `crossorigin` and of beacons with a text.",
        ),
        (
            har(r#"{"request":{"method":"GET","url":5},"_resourceType":"fetch"}"#),
            "Of 1 request, CORS decides about 0. 1 without a URL that can be read.",
        ),
        (
            har(r#"{"request":{"method":"GET","url":"https://a.test/"},"_resourceType":"fetch"}"#),
            "Of 1 request, CORS decides about 0. 1 of an unknown page: name it with `--page https://…`.",
        ),
    ] {
        let file = File::new("nothing.txt", &text);
        let printed = printed(&["explain", file.path()]);
        assert_eq!(printed.split_whitespace().collect::<Vec<_>>().join(" "), expected);
    }
}

#[test]
#[cfg(feature = "import")]
fn secrets_of_the_command_line_are_not_printed() {
    let page = "https://u:SEKRIT@app.example/?token=SEKRIT,SEKRIT";
    let response = File::new("secret.txt", "HTTP/1.1 200 OK\n\n");
    let printed = printed_if_blocked(&[
        "explain",
        "--page",
        page,
        "--url",
        "https:/u:SEKRIT@b.example/",
        response.path(),
    ]);
    assert!(!printed.contains("SEKRIT") && printed.contains("redacted"), "{printed}");
}

#[test]
fn secrets_of_invalid_cases_and_of_options_are_not_printed() {
    let case = File::new("secret.jsonl", r#"{"id":"x","page":"https://u:SEKRIT@app.example:x","steps":[]}"#);
    for arguments in [&["explain", case.path()][..], &["explain", "--page=https://u:SEKRIT@app.example:x"]] {
        let (status, error) = complaint(arguments);
        assert_eq!(status, Some(2));
        assert!(!error.contains("SEKRIT") && error.contains("redacted"), "{error}");
    }
}
