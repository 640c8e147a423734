//! The fetches: each request from each page.

use crossorigin::browser::{Body, CredentialsMode, Page, Request};

pub(crate) const PAGES: [&str; 5] = [
    "https://app.example",
    "https://a.app.example",
    "https://admin.example",
    "https://evil.example",
    "http://localhost:5173",
];

/// What a script does: method, headers, whether it includes credentials.
pub(crate) struct Call {
    name: &'static str,
    method: &'static str,
    headers: &'static [(&'static str, &'static str)],
    credentials: bool,
}

const fn call(
    name: &'static str,
    method: &'static str,
    headers: &'static [(&'static str, &'static str)],
    credentials: bool,
) -> Call {
    Call { name, method, headers, credentials }
}

const JSON: (&str, &str) = ("content-type", "application/json");
const TOKEN: (&str, &str) = ("authorization", "Bearer x");
const OTHER: (&str, &str) = ("x-other", "1");

pub(crate) const CALLS: [Call; 13] = [
    call("`GET`", "GET", &[], false),
    call("`GET` with cookies", "GET", &[], true),
    call("`GET` with `authorization`", "GET", &[TOKEN], false),
    call("`GET` with `x-other`", "GET", &[OTHER], false),
    call("`POST` of JSON", "POST", &[JSON], false),
    call("`POST` of JSON with cookies", "POST", &[JSON], true),
    call("`PUT` of JSON", "PUT", &[JSON], false),
    call("`PUT` of JSON with cookies", "PUT", &[JSON], true),
    call("`PUT` of JSON with `authorization`", "PUT", &[JSON, TOKEN], false),
    call("`PUT` of JSON with `authorization` and cookies", "PUT", &[JSON, TOKEN], true),
    call("`PATCH`", "PATCH", &[], false),
    call("`DELETE`", "DELETE", &[], false),
    call("`DELETE` with `x-other` and cookies", "DELETE", &[OTHER], true),
];

pub(crate) struct Fetch {
    pub(crate) page: &'static str,
    pub(crate) name: &'static str,
    call: &'static Call,
}

pub(crate) fn all() -> impl Iterator<Item = Fetch> {
    PAGES.iter().flat_map(|page| CALLS.iter().map(move |call| Fetch { page, name: call.name, call }))
}

impl Fetch {
    pub(crate) fn page(&self) -> Page {
        Page::new(self.page).expect("the URL of a page")
    }

    pub(crate) fn request(&self, page: &Page, configuration: &str) -> Request {
        let mut request =
            page.fetch(format!("https://api.example/{configuration}/item")).method(self.call.method);
        for (name, value) in self.call.headers {
            request = request.header(name, value);
        }
        if self.call.credentials {
            request = request.credentials(CredentialsMode::Include);
        }
        if matches!(self.call.method, "POST" | "PUT") {
            request = request.body(Body::Replayable, None);
        }
        request.build().expect("a request that a script can make")
    }
}
