//! `docs/initiators.md` says what the table of initiators says.

use std::{fmt::Write, path::Path};

use crossorigin::browser::Initiator;

const OPENING: &str = "\
# Initiators

For those who ask what a browser sends for an image, a font or a beacon, and for embedders who make these requests: every
way in which a page or the user agent starts a request, and what HTML, CSS, Fetch and the other standards say about it.
[`Page::request`] makes all of these requests. The table says what the standards say, and what the profile `standard` does.
Browsers differ: a beacon with JSON needs no preflight by the standard, and all three engines send one. To simulate a browser,
take the profile of its engine. [The list of differences][differences] has the cases that show this.

- **name**: the initiator in the data format, and as a value of `Initiator`.
- **mode**, **credentials mode**, **destination**: those of the request. \"The attribute\" is `crossorigin`.
- **further**: what else differs from a `GET` request without a body, without headers, with redirect mode \"follow\", cache
  mode \"default\" and without the unsafe-request flag. Without this flag, a request never needs a preflight.
- **settings**: the methods of the builder that have an effect. `build` refuses all others.
- **engines**: what Chromium, Firefox or WebKit does instead, and so does its profile.
- **clause**: the part of a standard that makes the request, or that says what is particular to the initiator.

A navigation has redirect mode \"manual\" in the standard, and HTML follows its redirects. Here the redirect mode is
\"follow\", so that redirects taint the origin as in a browser.

These are not initiators here, because nothing about CORS depends on them, or because an embedder can describe them with
another one: `@import` is a style sheet without the attribute; `background-image` and other CSS images, the poster of a
`<video>` and `<input type=image>` are images without the attribute; `<image>` and `<feImage>` of SVG are images;
`fetchLater()` is `fetch()`; `EventSource` in a worker is `EventSource` with the worker as its page. Downloads, speculation
rules, attribution reporting, XSLT style sheets and Federated Credential Management are left to the embedder
(`Request::new`).

What a script imports is a module script, with the URL of the importing script as its referrer. The page of a static
`import` in a module worker or a worklet is the page that made the worker or the worklet, so the request has the origin of
that page. Its destination is that of the worker or the worklet, except for JSON, CSS and text, and its credentials mode is
that of the options. The page of an `import()` in a worker is the worker, and its destination is \"script\". An import with
destination \"serviceworker\" has the header and the cache mode of the script of a service worker, and needs no preflight.

No service worker is asked about the handshake of a `WebSocket`, the session of a `WebTransport`, reports of the Reporting
API, the script of a service worker, its imports, and what `importScripts()` loads in a service worker.

The base URL of a worker at a `data:` URL is that of the page that made the worker, and its document URL is its own
(`Page::with_document_url`). In Firefox and WebKit, its WebSockets have the origin and the cookies of that page.

";

/// What engines do instead of what the standards say.
fn engines(initiator: Initiator) -> &'static str {
    match initiator {
        Initiator::Beacon => {
            "All three: unsafe-request flag, so a `Content-Type` such as that of JSON needs a preflight"
        }
        Initiator::CspReport => "All three: sent to other origins, too",
        Initiator::CssImage => "Chromium: default referrer policy",
        Initiator::Font => "WebKit: mode \"no-cors\", credentials mode \"include\"",
        Initiator::ImportScripts => "All three: credentials mode \"include\"",
        Initiator::Preload => "Firefox: fonts always have mode \"cors\" and credentials mode \"same-origin\"",
        Initiator::Track => "WebKit: mode \"no-cors\" without the attribute",
        _ => "",
    }
}

/// The first sentence of the documentation of a variant.
fn first_sentence(documentation: &str) -> &str {
    let documentation = documentation.trim();
    documentation.split_once(". ").map_or(documentation, |(first, _)| first).trim_end_matches('.')
}

fn page() -> String {
    let mut page = OPENING.to_owned();
    page +=
        "| name | what | mode | credentials mode | destination | further | settings | engines | clause |\n";
    page += "|---|---|---|---|---|---|---|---|---|\n";
    for initiator in Initiator::ALL {
        let [mode, credentials, destinations, further, settings] = initiator.description();
        let (name, what) = (initiator.name(), first_sentence(initiator.documentation()));
        let step = initiator.algorithm();
        let clause = format!("[{}]({})", step.algorithm().name(), step.link());
        let (name, engines) = (format!("`{name}`"), engines(*initiator));
        let cells = [&name, what, &mode, &credentials, &destinations, &further, &settings, engines, &clause];
        writeln!(page, "| {} |", cells.join(" | ")).unwrap();
    }
    page += "\n<!-- These links lead to files of the repository. On docs.rs, `src/_documentation.rs` leads the same names to\n     items. -->\n";
    page += "\n[`Page::request`]: ../src/browser/initiator.rs\n[differences]: browser-differences.md\n";
    page
}

/// Written anew by `CROSSORIGIN_BLESS=1 cargo test the_page_of_initiators`.
#[test]
fn the_page_of_initiators_says_what_the_table_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/initiators.md");
    if std::env::var_os("CROSSORIGIN_BLESS").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), page());
}
