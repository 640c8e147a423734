//! Messages about requests that a browser blocks before CORS decides. People take them for CORS.

use crossorigin_cli::import::{FetchOutcome, Format, InvalidCapture, Options, read_as};
use serde_json::json;

use super::{assumptions, json, one, reason};

const UNKNOWN: &str = "<the page's origin>";

/// A message, its reason, its browser, its page, and the API and the URL of its request.
type Row<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str, &'a str);

#[track_caller]
fn check((message, expected, browser, page, api, url): Row) {
    let finding = one(message, &Options::default());
    let data = json(&finding);
    let request = &data["case"]["steps"][0]["request"];
    assert_eq!(reason(&finding), expected, "{message}: {finding}");
    assert_eq!(data["case"]["profile"], browser, "{message}");
    assert_eq!(data["page"], page, "{message}");
    assert_eq!((&request["api"], &request["url"]), (&json!(api), &json!(url)), "{message}");
    assert!(!finding.is_disagreement(), "{message}: {finding}");
    let is_rule_of_page = expected != "LocalNetworkDenied";
    for text in [finding.to_string(), format!("{finding:#}")] {
        assert_eq!(text.contains("CORS is not the cause"), is_rule_of_page, "{text}");
    }
}

#[test]
fn messages_about_mixed_content_name_the_page_and_the_url() {
    let chromium = |what: &str| {
        format!(
            "index.js:1 Mixed Content: The page at 'https://app.example/a?b' was loaded over HTTPS, but {what}. This request \
             has been blocked; the content must be served over HTTPS."
        )
    };
    let page = "https://app.example/a?b";
    for (kind, api) in [
        ("resource", "fetch"),
        ("XMLHttpRequest endpoint", "xhr"),
        ("image", "image"),
        ("font", "font"),
        ("stylesheet", "stylesheet"),
        ("script", "script"),
        ("frame", "fetch"),
    ] {
        let message = chromium(&format!("requested an insecure {kind} 'http://192.168.1.20/status'"));
        check((&message, "MixedContent", "chromium", page, api, "http://192.168.1.20/status"));
    }
    let message = chromium("attempted to connect to the insecure WebSocket endpoint 'ws://old.example:1/'");
    check((&message, "MixedContent", "chromium", page, "web-socket", "ws://old.example:1/"));
    for (message, browser, page, url) in [
        (
            "[Warning] [blocked] The page at https://app.example/ requested insecure content from http://old.example/x. This \
             content was blocked and must be served over HTTPS. (app.js, line 1)\n[Error] Not allowed to request resource\n\
             [Error] Fetch API cannot load http://old.example/x due to access control checks.",
            "webkit",
            "https://app.example/",
            "http://old.example/x",
        ),
        (
            "[blocked] The page at https://app.example/ was not allowed to display insecure content from http://old.example/x.\n",
            "webkit",
            "https://app.example/",
            "http://old.example/x",
        ),
        (
            "Blocked loading mixed active content “http://old.example/x”",
            "firefox",
            UNKNOWN,
            "http://old.example/x",
        ),
        (
            "Blocked loading mixed display content \"http://old.example/x.png\" app.js:1:1",
            "firefox",
            UNKNOWN,
            "http://old.example/x.png",
        ),
    ] {
        check((message, "MixedContent", browser, page, "fetch", url));
    }
}

/// Only a page that was loaded over https has mixed content.
#[test]
fn the_unknown_page_of_mixed_content_is_secure() {
    let finding = one("Blocked loading mixed active content “http://old.example/x”", &Options::default());
    assert_eq!(json(&finding)["case"]["page"], "https://unknown-page");
}

#[test]
fn warnings_about_requests_that_were_sent_are_not_messages() {
    for warning in [
        "Mixed Content: The page at 'https://app.example/' was loaded over HTTPS, but requested an insecure element \
         'http://old.example/x.png'. This request was automatically upgraded to HTTPS, For more information see …",
        "Mixed Content: The page at 'https://app.example/' was loaded over HTTPS, but requested an insecure image \
         'http://old.example/x.png'. This content should also be served over HTTPS.",
        "Loading mixed (insecure) display content “http://old.example/x.png” on a secure page",
        "[Report Only] Refused to connect to 'https://api.example/x' because it violates the following Content Security Policy \
         directive: \"connect-src 'self'\".",
        "Connecting to 'https://api.example/x' violates the following Content Security Policy directive: \"connect-src 'self'\". \
         The policy is report-only, so the violation has been logged but no further action has been taken.",
        "Content-Security-Policy: (Report-Only policy) The page’s settings would block the loading of a resource (connect-src) \
         at https://api.example/x because it violates the following directive: “connect-src 'self'”",
        "Refused to execute inline script because it violates the following Content Security Policy directive: \"script-src \
         https://cdn.example\".",
    ] {
        let result = read_as(Format::Console, warning, &Options::default());
        assert!(matches!(result, Err(InvalidCapture::NoMessage)), "{warning}: {result:?}");
    }
}

#[test]
fn messages_about_content_security_policies_are_read() {
    let url = "https://api.example/x";
    for (message, browser, api) in [
        (
            "app.js:1 Refused to connect to 'https://api.example/x' because it violates the following Content Security Policy \
             directive: \"connect-src 'self' https://other.example\".\n\napp.js:1 Fetch API cannot load https://api.example/x. \
             Refused to connect because it violates the document's Content Security Policy.",
            "chromium",
            "fetch",
        ),
        (
            "Connecting to 'https://api.example/x' violates the following Content Security Policy directive: \"default-src \
             'self'\". Note that 'connect-src' was not explicitly set, so 'default-src' is used as a fallback. The action has \
             been blocked.",
            "chromium",
            "fetch",
        ),
        (
            "Refused to load the image 'https://api.example/x' because it violates the following Content Security Policy \
             directive: \"img-src data:\".",
            "chromium",
            "image",
        ),
        (
            "Loading the stylesheet 'https://api.example/x' violates the following Content Security Policy directive: \
             \"style-src 'self'\". The action has been blocked.",
            "chromium",
            "stylesheet",
        ),
        (
            "Content-Security-Policy: The page’s settings blocked the loading of a resource (connect-src) at \
             https://api.example/x because it violates the following directive: “connect-src 'self'”",
            "firefox",
            "fetch",
        ),
        (
            "Content Security Policy: The page's settings blocked the loading of a resource at https://api.example/x \
             (\"connect-src\").",
            "firefox",
            "fetch",
        ),
        (
            "Content-Security-Policy: The page’s settings blocked a script (script-src-elem) at https://api.example/x from being \
             executed because it violates the following directive: “script-src 'self'”",
            "firefox",
            "script",
        ),
        (
            "[Error] Refused to connect to https://api.example/x because it does not appear in the connect-src directive of the \
             Content Security Policy.\n\
             [Error] Fetch API cannot load https://api.example/x due to access control checks.",
            "webkit",
            "fetch",
        ),
        (
            "Refused to load https://api.example/x because it appears in neither the img-src directive nor the default-src \
             directive of the Content Security Policy.",
            "webkit",
            "image",
        ),
    ] {
        check((message, "ContentSecurityPolicy", browser, UNKNOWN, api, url));
    }
}

fn local_network(target: &str, rest: &str) -> String {
    format!(
        "Local Network Access permission required: top-level site “https://top.example/”, initiator “https://app.example/a”, \
         attempting to access target “{target}”{rest}"
    )
}

#[test]
fn the_request_of_a_message_about_local_network_access_is_the_target() {
    for (target, rest, ip, space, api) in [
        ("http://localhost:3000/mcp", "", "127.0.0.1", "loopback", "fetch"),
        ("http://a.localhost/", " … prompt action: auto_deny", "127.0.0.1", "loopback", "fetch"),
        (
            "http://127.1.2.3/",
            " (127.1.2.3:80) via xhr. Secure context: true",
            "127.1.2.3",
            "loopback",
            "xhr",
        ),
        (
            "http://[::1]:80/",
            " (::1:80) via fetch. Secure context: true, prompt action: deny",
            "::1",
            "loopback",
            "fetch",
        ),
        (
            "http://nas.example/",
            " (10.0.0.7:80) via fetch. Secure context: true",
            "10.0.0.7",
            "local",
            "fetch",
        ),
        ("http://nas.example/", "", "192.168.0.1", "local", "fetch"),
    ] {
        let message = local_network(target, rest);
        for message in [message.replace(['“', '”'], "\""), message] {
            check((&message, "LocalNetworkDenied", "firefox", "https://app.example/a", api, target));
            let finding = one(&message, &Options::default());
            let case = &json(&finding)["case"];
            assert_eq!(case["steps"][0]["responses"][0]["ip"], ip, "{message}");
            assert!(finding.to_string().contains(&format!("`{space}` address space")), "{finding}");
        }
    }
}

/// Older versions of Chromium name no address space.
#[test]
fn the_address_space_follows_from_the_url() {
    for (url, space) in
        [("http://localhost:1/", "loopback"), ("http://10.0.0.7/", "local"), ("http://nas.example/", "local")]
    {
        let message = format!(
            "Access to fetch at '{url}' from origin 'https://app.example' has been blocked by CORS policy: Permission was denied \
             for this request to access the `unknown` address space."
        );
        check((&message, "LocalNetworkDenied", "chromium", "https://app.example", "fetch", url));
        let finding = one(&message, &Options::default());
        assert!(finding.to_string().contains(&format!("`{space}` address space")), "{finding}");
        assert_eq!(assumptions(&finding).contains("does not name the address space"), url.contains("nas"));
    }
}

/// Firefox prints the message also if the user or a setting has allowed the request.
#[test]
fn an_allowed_access_to_the_local_network_is_not_a_refusal() {
    let allowed = ["auto_allow", "allow", "Allow"]
        .map(|action| local_network("http://localhost:3000/mcp", &format!(" … prompt action: {action}")));
    let detected =
        allowed[0].replace("permission required", "detected").replace("attempting to access", "accessing");
    let without_prompt = detected.replace("auto_allow", "");
    for message in allowed.iter().chain([&detected, &without_prompt]) {
        let finding = one(message, &Options::default());
        assert_eq!(finding.outcome(), FetchOutcome::Delivered, "{finding}");
        assert!(!finding.is_disagreement(), "{finding}");
        assert!(assumptions(&finding).contains("request that it allows"), "{finding}");

        let refused = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at \
                       http://localhost:3000/mcp. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200.";
        let finding = one(&format!("{message}\n{refused}"), &Options::default());
        assert_eq!(reason(&finding), "AllowOriginMissing", "{finding}");
    }
    let denied = detected.replace("auto_allow", "Deny");
    assert_eq!(reason(&one(&denied, &Options::default())), "LocalNetworkDenied");
}
