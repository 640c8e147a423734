//! The values of the response headers of the CORS protocol.

use super::draft::{
    Answer, Draft, answer, at, fetch, get, granted, shared, shared_with_credentials, simple, there,
};
use crate::origins::{A, B, C, D, E, NULL};

const ACAO: &str = "access-control-allow-origin";
const ACAC: &str = "access-control-allow-credentials";
const ACAM: &str = "access-control-allow-methods";
const ACAH: &str = "access-control-allow-headers";
const ACEH: &str = "access-control-expose-headers";

/// What is said of the lines of a header in a case.
fn about(name: &str, lines: &[&str]) -> String {
    let lines: Vec<_> = lines.iter().map(|line| format!("{name}: {line}")).collect();
    if lines.is_empty() { format!("no {name}") } else { lines.join(" | ") }
}

/// Values of one line, and then lists of lines.
fn each<'a>(one: &'a [&'a str], many: &'a [&'a [&'a str]]) -> Vec<Vec<&'a str>> {
    let one = one.iter().map(|&value| vec![value]);
    one.chain(many.iter().map(|lines| lines.to_vec())).collect()
}

/// `Access-Control-Allow-Origin`, read on the response and on a preflight, with credentials and without.
pub fn allow_origin() -> Vec<Draft> {
    let one = [
        "*",
        A,
        NULL,
        B,
        C,
        D,
        "{origin}",
        "http://127.0.0.1:9001/",
        "http://127.0.0.1:9001/x",
        "HTTP://127.0.0.1:9001",
        "Http://127.0.0.1:9001",
        "http://127.0.0.1",
        "http://127.0.0.1:",
        "http://127.0.0.1:09001",
        "http://127.0.0.1:80",
        "http://127.0.0.1:*",
        "https://127.0.0.1:9001",
        "127.0.0.1:9001",
        "//127.0.0.1:9001",
        "127.0.0.1",
        "http://127.1:9001",
        "http://0x7f.0.0.1:9001",
        "http://2130706433:9001",
        "http://*.0.0.1:9001",
        "http://*",
        "http://*:9001",
        "*:9001",
        "",
        " ",
        "**",
        "* *",
        "*,*",
        "*, *",
        "*,",
        ",*",
        "\"*\"",
        "'*'",
        "any",
        "all",
        "true",
        "self",
        "same-origin",
        "NULL",
        "Null",
        "null,",
        "\"null\"",
        "undefined",
        "none",
        "file://",
        "about:blank",
        "http://127.0.0.1:9001, http://127.0.0.1:9001",
        "http://127.0.0.1:9001,http://127.0.0.1:9002",
        "http://127.0.0.1:9002, http://127.0.0.1:9001",
        "http://127.0.0.1:9001 http://127.0.0.1:9002",
        "http://127.0.0.1:9001, *",
        "*, http://127.0.0.1:9001",
        "http://127.0.0.1:9001,",
        ",http://127.0.0.1:9001",
        "http://127.0.0.1:9001;",
        "http://127.0.0.1:9001#",
        "http://127.0.0.1:9001?",
        "<http://127.0.0.1:9001>",
        "\"http://127.0.0.1:9001\"",
        "'http://127.0.0.1:9001'",
        "http://u@127.0.0.1:9001",
        "http://127.0.0.1:90011",
        "xhttp://127.0.0.1:9001",
        "http://127.0.0.1:9001.evil.example",
        "http://evil.example/http://127.0.0.1:9001",
        "http:\\\\127.0.0.1:9001",
        "http:/127.0.0.1:9001",
        "http://127.0.0.1:9001%20",
        "http://localhost:9001",
        "http://[::1]:9001",
        "http://127.0.0.1:9001\u{a0}",
        "http://127.0.0.1:9001\u{e9}",
        "\u{e9}",
        "{origin}/",
        "{origin}{origin}",
        "{origin}, {origin}",
        "  http://127.0.0.1:9001",
        "http://127.0.0.1:9001  ",
        "\thttp://127.0.0.1:9001\t",
        " * ",
        "\t*",
    ];
    let many: [&[&str]; 12] = [
        &[],
        &["*", "*"],
        &[A, A],
        &[A, B],
        &[B, A],
        &[A, "*"],
        &["*", A],
        &[A, ""],
        &["", A],
        &["", ""],
        &[NULL, A],
        &[NULL, NULL],
    ];
    let mut drafts = Vec::new();
    for lines in each(&one, &many) {
        let about = about(ACAO, &lines);
        let answers = || answer(200).lines(ACAO, &lines);
        drafts.push(simple(&about, get(there()), None, answers()));
        let with_credentials = answers().with(ACAC, "true");
        drafts.push(simple(format!("{about}, credentials"), get(there()).include(), None, with_credentials));
        let preflight = answers().methods("PUT");
        drafts.push(simple(
            format!("{about} on the preflight"),
            fetch("PUT", there()),
            Some(preflight),
            shared(),
        ));
    }
    for page in [NULL, C, D, E] {
        for lines in [
            &["*"] as &[&str],
            &[NULL],
            &[page],
            &[A],
            &["{origin}"],
            &["NULL"],
            &["Null"],
            &["\"null\""],
            &[],
            &["null, null"],
            &["http://localhost"],
        ] {
            let about = format!("{} for {page}", about(ACAO, lines));
            drafts.push(simple(&about, get(there()), None, answer(200).lines(ACAO, lines)).page(page));
            let with_credentials = answer(200).lines(ACAO, lines).with(ACAC, "true");
            drafts.push(
                simple(format!("{about}, credentials"), get(there()).include(), None, with_credentials)
                    .page(page),
            );
        }
    }
    drafts
}

/// `Access-Control-Allow-Credentials`, where it is needed and where it is not.
pub fn allow_credentials() -> Vec<Draft> {
    let one = [
        "true",
        "True",
        "TRUE",
        "tRUE",
        " true ",
        "\ttrue",
        "false",
        "1",
        "yes",
        "",
        "on",
        "\"true\"",
        "'true'",
        "true,",
        ",true",
        "true, true",
        "true,true",
        "true;",
        "true=1",
        "truetrue",
        "true true",
        "true\u{b}",
        "\u{b}true",
        "true\u{c}",
        "true\u{a0}",
        "tr\u{fc}e",
        "t",
        "include",
        "*",
        "null",
        "?1",
        "true, false",
        "false, true",
    ];
    let many: [&[&str]; 8] = [
        &[],
        &["true", "true"],
        &["true", "false"],
        &["false", "true"],
        &["true", ""],
        &["", "true"],
        &["true", "*"],
        &["", ""],
    ];
    let mut drafts = Vec::new();
    for lines in each(&one, &many) {
        let about = about(ACAC, &lines);
        let answers = || answer(200).origin(A).lines(ACAC, &lines);
        drafts.push(simple(format!("{about}, include"), get(there()).include(), None, answers()));
        drafts.push(simple(format!("{about}, same-origin"), get(there()), None, answers()));
        let preflight = answers().methods("PUT");
        let put = fetch("PUT", there()).include();
        drafts.push(simple(
            format!("{about} on the preflight"),
            put,
            Some(preflight),
            shared_with_credentials(),
        ));
    }
    for credentials in ["omit", "same-origin", "include"] {
        for origin in ["*", A, "{origin}", NULL] {
            for allow in [None, Some("true"), Some("false")] {
                let answers = |answer: Answer| answer.origin(origin).lines(ACAC, allow.as_slice());
                let about = format!("{credentials}, {ACAO}: {origin}, {ACAC}: {}", allow.unwrap_or("absent"));
                let get = get(there()).credentials(credentials);
                drafts.push(simple(&about, get.clone(), None, answers(answer(200))));
                drafts.push(
                    simple(format!("{about}, opaque"), get.clone(), None, answers(answer(200))).page(NULL),
                );
                drafts.push(
                    simple(format!("{about}, other host"), get.clone(), None, answers(answer(200))).page(C),
                );
                let put = fetch("PUT", there()).credentials(credentials);
                let preflight = answers(answer(200)).methods("PUT");
                drafts.push(simple(
                    format!("{about}, preflight"),
                    put,
                    Some(preflight),
                    answers(answer(200)),
                ));
            }
        }
    }
    drafts
}

/// `Access-Control-Allow-Methods` against methods.
pub fn allow_methods() -> Vec<Draft> {
    let one = [
        "PUT",
        "*",
        "put",
        "Put",
        "PUT, DELETE",
        "DELETE,PUT",
        "DELETE",
        "GET, POST, HEAD",
        "",
        " ",
        ",",
        ",,PUT,,",
        ", PUT ,",
        "GET,,PUT",
        "PUT,",
        "PUT;",
        "PUT DELETE",
        "\"PUT\"",
        "'PUT'",
        "P@T",
        "PUT, @",
        "@, PUT",
        "PUT, GE T",
        "GE T",
        "PUT, \"DELETE\"",
        "PUT/1",
        "PUT\t,\tDELETE",
        "GET, *",
        "*, *",
        "**",
        "\"*\"",
        "*;",
        "PUT=",
        "PUT:",
        "P\u{fc}T",
        "PUT, \u{e9}",
        "all",
        "any",
        "{access-control-request-method}",
        "PUTX",
        "XPUT",
        "PUT\u{b}",
        "PUT, (c)",
        "%50%55%54",
        "PUT , DELETE",
        "PUT|DELETE",
        "PUT\\",
        "{PUT}",
        "[PUT]",
    ];
    let many: [&[&str]; 10] = [
        &[],
        &["GET", "PUT"],
        &["PUT", "PUT"],
        &["PUT", ""],
        &["", "PUT"],
        &["PUT", "@"],
        &["@", "PUT"],
        &["DELETE", "*"],
        &["*", "DELETE"],
        &["GET", "DELETE"],
    ];
    let mut drafts = Vec::new();
    for lines in each(&one, &many) {
        let about = about(ACAM, &lines);
        let preflight = || granted_but(ACAM).lines(ACAM, &lines);
        drafts.push(simple(format!("PUT, {about}"), fetch("PUT", there()), Some(preflight()), shared()));
        let put = fetch("PUT", there()).include();
        drafts.push(simple(
            format!("PUT, {about}, credentials"),
            put,
            Some(preflight()),
            shared_with_credentials(),
        ));
        let post = fetch("POST", there()).header("x-a", "1");
        drafts.push(simple(format!("POST, {about}"), post, Some(preflight()), shared()));
    }
    for method in METHODS {
        for lines in [
            &[] as &[&str],
            &["*"],
            &[method],
            &["PUT, DELETE, PATCH, OPTIONS"],
            &["{access-control-request-method}"],
        ] {
            let about = format!("{method}, {}", about(ACAM, lines));
            let preflight = || granted_but(ACAM).lines(ACAM, lines);
            drafts.push(simple(&about, fetch(method, there()), Some(preflight()), shared()));
            let include = fetch(method, there()).include();
            drafts.push(simple(
                format!("{about}, credentials"),
                include,
                Some(preflight()),
                shared_with_credentials(),
            ));
        }
        let upper = method.to_uppercase();
        let preflight = granted_but(ACAM).methods(&upper);
        drafts.push(simple(
            format!("{method}, {ACAM}: {upper}"),
            fetch(method, there()),
            Some(preflight),
            shared(),
        ));
        let xhr = fetch(method, there()).xhr();
        drafts.push(simple(format!("{method} by XMLHttpRequest"), xhr, Some(granted()), shared()));
        drafts.push(simple(
            format!("{method} to the page's own origin"),
            fetch(method, at(A, "x")),
            None,
            answer(200),
        ));
    }
    drafts
}

/// Everything granted to a preflight, without the header of that name.
fn granted_but(name: &str) -> Answer {
    let answer = shared_with_credentials();
    if name == ACAM { answer.allow_headers("x-a") } else { answer.methods("*") }
}

const METHODS: [&str; 34] = [
    "GET",
    "get",
    "Get",
    "HEAD",
    "head",
    "POST",
    "post",
    "PoSt",
    "PUT",
    "put",
    "DELETE",
    "delete",
    "Delete",
    "OPTIONS",
    "options",
    "PATCH",
    "patch",
    "Patch",
    "*",
    "FOO",
    "foo",
    "PROPFIND",
    "QUERY",
    "CHICKEN",
    "M-SEARCH",
    "!#$%&'*+-.^_`|~",
    "CONNECT",
    "connect",
    "TRACE",
    "trace",
    "TRACK",
    "TrAcK",
    "GET ",
    "P\u{fc}T",
];

/// `Access-Control-Allow-Headers` against request headers.
pub fn allow_headers() -> Vec<Draft> {
    let one = [
        "x-a",
        "X-A",
        "X-a",
        "*",
        "",
        " ",
        ",",
        ",,x-a,,",
        ", x-a ,",
        "x-b",
        "x-a,x-b",
        "x-b, x-a",
        "x-b,X-A,x-c",
        "x-a;",
        "x-a x-b",
        "\"x-a\"",
        "'x-a'",
        "x@a",
        "x-a, x@a",
        "x@a, x-a",
        "x-a, (x)",
        "x-a:",
        "x-a=1",
        "x_a",
        "x-",
        "x",
        "-a",
        "x-a\t,\tx-b",
        "x-b, *",
        "*, *",
        "**",
        "\"*\"",
        "x-*",
        "*-a",
        "x\u{e9}",
        "x-a, \u{e9}",
        "any",
        "true",
        "{access-control-request-headers}",
        "x-aa",
        "xx-a",
        "x-a\u{b}",
        "x-a/1",
        "[x-a]",
        "accept",
        "content-type",
    ];
    let many: [&[&str]; 9] = [
        &[],
        &["x-b", "x-a"],
        &["x-a", "x-a"],
        &["x-a", ""],
        &["", "x-a"],
        &["x-a", "x@a"],
        &["x@a", "x-a"],
        &["x-b", "*"],
        &["x-b", "x-c"],
    ];
    let mut drafts = Vec::new();
    for lines in each(&one, &many) {
        let about = about(ACAH, &lines);
        let preflight = || granted_but(ACAH).lines(ACAH, &lines);
        let get = get(there()).header("X-A", "1");
        drafts.push(simple(&about, get.clone(), Some(preflight()), shared()));
        drafts.push(simple(
            format!("{about}, credentials"),
            get.include(),
            Some(preflight()),
            shared_with_credentials(),
        ));
        let put = fetch("PUT", there());
        drafts.push(simple(format!("PUT without headers, {about}"), put, Some(preflight()), shared()));
    }
    for name in [
        "authorization",
        "Authorization",
        "content-type",
        "x-a",
        "if-none-match",
        "range",
        "accept",
        "accept-language",
        "x-a.b",
        "x_a",
        "1",
        "*",
        "!#$%&'*+-.^_`|~",
        "cache-control",
        "pragma",
        "dnt",
        "priority",
        "proxy-x",
        "sec-x",
        "user-agent",
        "x-requested-with",
        "traceparent",
        "if-match",
        "if-modified-since",
        "expect",
        "link",
        "etag",
        "last-event-id",
        "idempotency-key",
        "x-http-method-override",
        "content-encoding",
        "content-location",
    ] {
        // Nothing in it is safelisted, so that a preflight has to allow it.
        for lines in
            [&[] as &[&str], &["*"], &[name], &["*, authorization"], &["{access-control-request-headers}"]]
        {
            let about = format!("{name}, {}", about(ACAH, lines));
            let preflight = || granted_but(ACAH).lines(ACAH, lines);
            let get = get(there()).header(name, "\"1\"");
            drafts.push(simple(&about, get.clone(), Some(preflight()), shared()));
            let with_credentials = Some(preflight());
            drafts.push(simple(
                format!("{about}, credentials"),
                get.include(),
                with_credentials,
                shared_with_credentials(),
            ));
        }
    }
    let names = [("x-c", "1"), ("X-A", "2"), ("x-b", "3"), ("x_d", "4"), ("X-1", "5")];
    for allowed in ["x-a, x-b, x-c, x_d, x-1", "x-a,x-b,x-c,x_d", "x-a", "*", "x-1, *"] {
        let get = get(there()).headers(&names);
        let preflight = granted_but(ACAH).allow_headers(allowed);
        drafts.push(simple(format!("five headers, {ACAH}: {allowed}"), get, Some(preflight), shared()));
    }
    drafts
}

/// `Access-Control-Expose-Headers`, and what is visible without it.
pub fn expose_headers() -> Vec<Draft> {
    const EXTRA: [(&str, &str); 5] = [
        ("x-a", "1"),
        ("x-b", "2"),
        ("etag", "\"3\""),
        ("set-cookie", "seen=1; path=/~/"),
        ("content-type", "text/plain"),
    ];
    let one = [
        "x-a",
        "X-A",
        "*",
        "",
        " ",
        ",",
        "x-a,x-b",
        "x-a, X-B",
        " x-a ,\tx-b",
        ",,x-a,,",
        "x-a,",
        ",x-a",
        "x-a;",
        "x-a x-b",
        "\"x-a\"",
        "\"x-a\",x-b",
        "'x-a',x-b",
        "x-a,,@#$",
        "x@a",
        "x-a, x@a",
        "*, x-a",
        "x-a, *",
        "**",
        "\"*\"",
        "x-*",
        "set-cookie",
        "Set-Cookie, x-a",
        "set-cookie2",
        "x-a\u{b}",
        "x-a, \u{e9}",
        "any",
        "true",
        "x-c",
        "content-type",
        "etag, x-a, x-b",
        "x-a=1",
        "x-a:",
        "x-a/x-b",
        "(x-a)",
        "x-a, (x-b)",
        "access-control-allow-origin",
        "vary",
    ];
    let many: [&[&str]; 9] = [
        &[],
        &["x-a", "x-b"],
        &["x-a", "no no"],
        &["no no", "x-a"],
        &["x-a", ""],
        &["", "x-a"],
        &["x-a", "*"],
        &["*", "*"],
        &["x-a", "x-a"],
    ];
    let mut drafts = Vec::new();
    for lines in each(&one, &many) {
        let about = about(ACEH, &lines);
        let answers = |answer: Answer| answer.lines(ACEH, &lines).with_all(&EXTRA);
        drafts.push(simple(&about, get(there()), None, answers(shared())));
        let with_credentials = answers(shared_with_credentials());
        drafts.push(simple(format!("{about}, credentials"), get(there()).include(), None, with_credentials));
        drafts.push(simple(format!("{about}, XMLHttpRequest"), get(there()).xhr(), None, answers(shared())));
    }
    for name in [
        "accept",
        "accept-ranges",
        "age",
        "allow",
        "cache-control",
        "content-disposition",
        "content-language",
        "content-length",
        "content-location",
        "content-type",
        "date",
        "etag",
        "expires",
        "last-modified",
        "link",
        "location",
        "pragma",
        "refresh",
        "retry-after",
        "server",
        "timing-allow-origin",
        "vary",
        "warning",
        "x-a",
        "x-content-type-options",
        "access-control-allow-origin",
        "access-control-allow-credentials",
        "access-control-max-age",
        "cross-origin-resource-policy",
        "content-security-policy",
        "www-x",
        "*",
        "set-cookie2",
    ] {
        let value = if name == "content-length" {
            "2"
        } else if name == "refresh" {
            "99; url=/"
        } else {
            "1"
        };
        for lines in [&[] as &[&str], &["*"], &[name]] {
            let about = format!("{name}, {}", about(ACEH, lines));
            let answers =
                answer(200).with("access-control-allow-origin", "*").lines(ACEH, lines).with(name, value);
            if name == "access-control-allow-origin" {
                continue;
            }
            drafts.push(simple(&about, get(there()), None, answers.clone()));
            drafts.push(simple(format!("{about}, XMLHttpRequest"), get(there()).xhr(), None, answers));
        }
        let own = answer(200).with(name, value);
        drafts.push(simple(format!("{name} of the page's own origin"), get(at(A, "x")), None, own));
    }
    for lines in [
        &["a", "b"] as &[&str],
        &["a", ""],
        &["", ""],
        &["a,b", "c"],
        &[" a ", "\tb"],
        &["\u{e9}"],
        &["a\tb"],
        &[""],
    ] {
        let about = format!("several lines of a visible header: {}", lines.join(" | "));
        let answers = shared().with(ACEH, "x-a").lines("x-a", lines);
        drafts.push(simple(&about, get(there()), None, answers.clone()));
        drafts.push(simple(format!("{about}, XMLHttpRequest"), get(there()).xhr(), None, answers));
    }
    drafts
}
