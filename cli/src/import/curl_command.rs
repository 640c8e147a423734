//! A curl command, as browsers copy it ("Copy as cURL") or as people write it. It has a request and no response.

use super::{
    InvalidCapture,
    capture::{Capture, Exchange, Request},
    shell_words::words,
};

/// Options with an argument, in addition to those that [`read`] understands.
const OTHER_WITH_ARGUMENT: [&str; 36] = [
    "-o",
    "--output",
    "-x",
    "--proxy",
    "--cacert",
    "--capath",
    "-E",
    "--cert",
    "--key",
    "--connect-timeout",
    "-m",
    "--max-time",
    "--resolve",
    "--connect-to",
    "-w",
    "--write-out",
    "-c",
    "--cookie-jar",
    "-D",
    "--dump-header",
    "--limit-rate",
    "-K",
    "--config",
    "--retry",
    "--max-redirs",
    "--interface",
    "--ciphers",
    "-r",
    "--range",
    "-C",
    "-T",
    "--upload-file",
    "-y",
    "-Y",
    "-z",
    "--trace-ascii",
];

/// Returns whether the text begins with a curl command, also after a prompt.
pub(super) fn is_curl_command(text: &str) -> bool {
    let text = text.trim_start();
    let text = text.strip_prefix("$ ").unwrap_or(text);
    text.starts_with("curl ") || text.starts_with("curl.exe ")
}

/// Reads the commands.
pub(super) fn read(text: &str) -> Result<Capture, InvalidCapture> {
    let mut capture = Capture::default();
    let mut request: Option<Request> = None;
    let mut words = words(text).into_iter();
    while let Some(word) = words.next() {
        if word == "curl" || word == "curl.exe" {
            capture.push(request.replace(Request::default()));
        } else if let Some(request) = &mut request {
            read_word(&word, &mut words, request);
        }
    }
    capture.push(request);
    if capture.exchanges.is_empty() { Err(InvalidCapture::NoRequest) } else { Ok(capture) }
}

impl Capture {
    /// Adds the request of a command, if there is one.
    fn push(&mut self, request: Option<Request>) {
        let Some(mut request) = request.filter(|request| !request.url.is_empty()) else { return };
        request.is_command = true;
        if request.method.is_empty() {
            request.method = if request.has_body { "POST" } else { "GET" }.to_owned();
        }
        // curl's own type of a body.
        if request.has_body && request.headers.get("content-type").is_none() {
            request.headers.push("Content-Type", "application/x-www-form-urlencoded");
        }
        self.exchanges.push(Exchange { request, ..Exchange::default() });
    }
}

/// Reads one word of a command, and its argument if it is an option that has one.
fn read_word(word: &str, words: &mut impl Iterator<Item = String>, request: &mut Request) {
    let (option, attached) = match word.strip_prefix("--") {
        Some(_) => (word, None),
        // The argument of a short option may be attached to it.
        None if word.starts_with('-') && word.len() > 2 && word.is_char_boundary(2) => {
            let (option, attached) = word.split_at(2);
            (option, Some(attached.to_owned()))
        }
        None => (word, None),
    };
    let mut argument = || attached.clone().or_else(|| words.next()).unwrap_or_default();
    match option {
        "-X" | "--request" => request.method = argument(),
        "--url" => request.url = with_scheme(argument()),
        "-H" | "--header" => {
            let header = argument();
            // `name;` is a header without a value.
            let (name, value) = header.split_once(':').unwrap_or((header.trim_end_matches(';'), ""));
            request.headers.push(name, value);
        }
        "-d" | "--data" | "--data-raw" | "--data-binary" | "--data-ascii" | "--data-urlencode" => {
            argument();
            request.has_body = true;
        }
        "-F" | "--form" | "--form-string" => {
            argument();
            request.has_body = true;
            request.headers.push("Content-Type", "multipart/form-data");
        }
        "--json" => {
            argument();
            request.has_body = true;
            request.headers.push("Content-Type", "application/json");
        }
        "-I" | "--head" => request.method = "HEAD".to_owned(),
        "-A" | "--user-agent" => request.headers.push("User-Agent", &argument()),
        "-e" | "--referer" => request.headers.push("Referer", &argument()),
        "-b" | "--cookie" => request.headers.push("Cookie", &argument()),
        "-u" | "--user" | "--oauth2-bearer" => {
            argument();
            request.headers.push("Authorization", "Basic redacted");
        }
        _ if OTHER_WITH_ARGUMENT.contains(&option) => drop(argument()),
        _ if option.starts_with('-') => {}
        _ if request.url.is_empty() => request.url = with_scheme(option.to_owned()),
        _ => {}
    }
}

/// curl takes a URL without a scheme for one of `http`. One slash after the scheme is enough for it.
fn with_scheme(url: String) -> String {
    let has_scheme = url.contains("://")
        || url.split_once(':').is_some_and(|(scheme, rest)| {
            matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") && rest.starts_with(['/', '\\'])
        });
    if has_scheme { url } else { format!("http://{url}") }
}
