//! Random worlds from small pools, so that cache entries are often used and most preflights nearly pass.

use proptest::{collection::vec, prelude::*, sample::select};

use super::{
    initiators::ByInitiator,
    random_responses::{one_of, to_actual_request, to_preflight},
    world::{Addresses, Fetch, Text, World},
};

pub(crate) fn world() -> impl Strategy<Value = World> {
    let origin = one_of(&[
        (6, Some("https://a.test")),
        (2, Some("http://a.test")),
        (1, Some("https://sub.a.test:8443")),
        (1, None),
    ]);
    let again =
        one_of(&[(2, Again::Anew), (2, Again::Same), (1, Again::OtherCredentials), (1, Again::OtherHead)]);
    let worlds = (origin, vec((again, fetch()), 1..6)).prop_map(|(origin, drawn)| {
        let mut fetches: Vec<Fetch> = Vec::new();
        for (again, fetch) in drawn {
            fetches.push(match fetches.last() {
                Some(last) => again.of(last.clone(), fetch),
                None => fetch,
            });
        }
        World { origin, fetches }
    });
    // The initiators are drawn last, so that the same choices draw the same worlds as without them.
    let initiators = vec(prop::option::weighted(0.4, (by_initiator(), initiator_url())), 5);
    (worlds, initiators).prop_map(|(mut world, initiators)| {
        for (fetch, drawn) in world.fetches.iter_mut().zip(initiators) {
            let Some((by, url)) = drawn else { continue };
            let url = url.map_or(fetch.url.clone(), Text::from);
            let by_initiator = Fetch { initiator: Some(by), url, ..fetch.clone() };
            if by_initiator.made().is_some() {
                *fetch = by_initiator;
            }
        }
        world
    })
}

/// A world whose page and servers have addresses.
pub(crate) fn world_with_addresses() -> impl Strategy<Value = World> {
    let urls = vec(prop::option::weighted(0.2, select(LOCAL_URLS.to_vec())), 5);
    (world(), vec(addresses(), 5), urls).prop_map(|(mut world, addresses, urls)| {
        for ((fetch, addresses), url) in world.fetches.iter_mut().zip(addresses).zip(urls) {
            fetch.addresses = Some(addresses);
            if let (Some(url), None) = (url, fetch.initiator) {
                fetch.url = url.into();
            }
        }
        world
    })
}

/// URLs that the draft takes for those of local servers.
const LOCAL_URLS: [&str; 4] =
    ["http://192.168.7.5/", "https://10.7.7.7/", "http://nas.local/", "https://[fd00::7]/"];

fn addresses() -> impl Strategy<Value = Addresses> {
    let page = one_of(&[(5, "203.0.113.10"), (1, "2606::1"), (1, "192.168.7.5"), (1, "::1"), (1, "")]);
    let state =
        || one_of(&[(3, "prompt"), (3, "granted"), (1, "denied"), (1, "not allowed"), (1, "no document")]);
    let target = one_of(&[(6, ""), (1, "loopback"), (2, "local"), (1, "public")]);
    let server = select(vec![
        "127.0.0.1",
        "::1",
        "192.168.7.5",
        "::ffff:10.7.7.7",
        "fd00::7",
        "203.0.113.20",
        "198.18.0.1",
        "2606::2",
    ]);
    let facts = (page, prop::bool::weighted(0.8), state(), state(), any::<bool>(), target);
    (facts, vec(server, 1..4)).prop_map(|(facts, servers)| {
        let (page, is_secure_context, loopback, local, is_granted, target) = facts;
        Addresses { page, is_secure_context, permissions: (loopback, local), is_granted, target, servers }
    })
}

/// The URL of an initiator, if it is not that of the fetch.
fn initiator_url() -> impl Strategy<Value = Option<&'static str>> {
    one_of(&[(8, None), (1, Some("https://b.test/")), (1, Some("wss://b.test/1")), (1, Some("ws://b.test/"))])
}

/// An initiator, and what is said to it. Most initiators refuse much of it.
pub(crate) fn by_initiator() -> impl Strategy<Value = ByInitiator> {
    let names = select(INITIATORS.to_vec());
    let attribute = one_of(&[(3, ""), (1, "anonymous"), (1, "use-credentials")]);
    let credentials = one_of(&[(6, ""), (1, "omit"), (1, "same-origin"), (2, "include")]);
    let method = one_of(&[(6, ""), (1, "GET"), (3, "POST"), (1, "PUT"), (1, "CONNECT")]);
    let destination = prop_oneof![6 => Just(""), 2 => select(DESTINATIONS.to_vec())];
    let body_type = one_of(&[
        (8, ""),
        (1, "-"),
        (1, "text/plain;charset=UTF-8"),
        (1, "multipart/form-data; boundary=b"),
        (1, "application/x-www-form-urlencoded"),
        (3, "application/json"),
        (1, "text/plain-"),
    ]);
    let header = one_of(&[
        (12, ("", "")),
        (1, ("range", "bytes=0-")),
        (1, ("range", "bytes=-1")),
        (1, ("last-event-id", "7")),
        (1, ("ping-from", "https://a.test/")),
        (1, ("sec-websocket-protocol", "chat")),
        (1, ("upgrade", "websocket")),
        (1, ("x-a", "1")),
    ]);
    (names, attribute, credentials, method, destination, body_type, header).prop_map(|drawn| {
        let (name, crossorigin, credentials, method, destination, body_type, header) = drawn;
        ByInitiator { name, crossorigin, credentials, method, destination, body_type, header }
    })
}

const INITIATORS: [&str; 30] = [
    "beacon",
    "csp-report",
    "css-image",
    "element",
    "event-source",
    "font",
    "form",
    "frame",
    "icon",
    "image",
    "import-scripts",
    "manifest",
    "media",
    "module-preload",
    "module-script",
    "module-worker",
    "navigation",
    "ping",
    "prefetch",
    "preload",
    "report",
    "script",
    "service-worker",
    "shared-worker",
    "stylesheet",
    "track",
    "web-socket",
    "web-transport",
    "worker",
    "worklet",
];

const DESTINATIONS: [&str; 14] = [
    "audio",
    "font",
    "image",
    "json",
    "object",
    "paintworklet",
    "script",
    "serviceworker",
    "sharedworker",
    "style",
    "track",
    "video",
    "worker",
    "xslt",
];

/// How much of the previous fetch is repeated, so that cache entries are used.
#[derive(Debug, Clone, Copy)]
enum Again {
    Anew,
    Same,
    OtherCredentials,
    OtherHead,
}

impl Again {
    /// The waiting time and the responses are never repeated.
    fn of(self, last: Fetch, fetch: Fetch) -> Fetch {
        let Fetch { wait, to_preflights, to_actual_requests, .. } = fetch.clone();
        let repeated = Fetch { wait, to_preflights, to_actual_requests, ..last };
        match self {
            Self::Anew => fetch,
            Self::Same => repeated,
            Self::OtherCredentials => Fetch { credentials_mode: fetch.credentials_mode, ..repeated },
            Self::OtherHead => Fetch { method: fetch.method, headers: fetch.headers, ..repeated },
        }
    }
}

fn fetch() -> impl Strategy<Value = Fetch> {
    let page = (
        select(vec![0, 0, 0, 1, 2, 4, 5, 6, 9, 10, 59, 60]),
        prop::bool::weighted(0.1),
        one_of(&[(8, Some("https://a.test")), (1, Some("https://top.test")), (1, None)]),
        one_of(&[(5, "unsafe-none"), (2, "credentialless"), (2, "require-corp")]),
        referrer_policy(),
        page_url(),
    );
    let head = (
        method(),
        url(),
        vec(header(), 0..4),
        one_of(&[(38, None), (1, Some("Accept")), (1, Some("Content-Language"))]),
        one_of(&[(9, ""), (9, "source"), (2, "stream")]),
    );
    let modes = (
        one_of(&[
            (20, "cors"),
            (4, "no-cors"),
            (1, "same-origin"),
            (1, "navigate"),
            (1, "websocket"),
            (1, "webtransport"),
        ]),
        one_of(&[(2, "omit"), (3, "same-origin"), (3, "include")]),
        one_of(&[(12, "follow"), (1, "error"), (1, "manual")]),
        one_of(&[(4, true), (1, false)])
            .prop_flat_map(|given| if given { Just("").boxed() } else { referrer_policy().boxed() }),
        prop::bool::weighted(0.9),
        prop::bool::weighted(0.1),
        one_of(&[(3, ""), (1, "image"), (1, "document"), (1, "iframe")]),
        one_of(&[(2, "none"), (1, "activation"), (1, "browser UI")]),
        one_of(&[
            (8, "client"),
            (1, "no-referrer"),
            (1, "https://a.test/s.css?q#f"),
            (1, "http://u:p@b.test/s"),
        ]),
    );
    let responses = (vec(to_preflight(), 1..4), vec(to_actual_request(), 1..5));
    (page, head, modes, responses).prop_map(|(page, head, modes, responses)| {
        let (wait, by_another_page, partition, embedder_policy, page_referrer_policy, page_url) = page;
        let (method, url, mut headers, many, body) = head;
        let (mode, credentials_mode, redirect_mode, referrer_policy, unsafe_request, use_cors_preflight, ..) =
            modes;
        let (.., destination, user_involvement, referrer) = modes;
        if let Some(name) = many {
            // Each line is safelisted. Together they have 1,024 bytes, and any other line exceeds the limit.
            headers.extend(vec![(name.into(), "a".repeat(128)); 8]);
        }
        let (to_preflights, to_actual_requests) = responses;
        Fetch {
            wait,
            by_another_page,
            partition,
            embedder_policy,
            page_url,
            page_referrer_policy,
            method: method.into(),
            url: url.into(),
            headers,
            destination,
            user_involvement,
            mode,
            credentials_mode,
            redirect_mode,
            referrer,
            referrer_policy,
            body,
            unsafe_request,
            use_cors_preflight,
            initiator: None,
            addresses: None,
            to_preflights,
            to_actual_requests,
        }
    })
}

fn method() -> impl Strategy<Value = &'static str> {
    one_of(&[
        (6, "GET"),
        (1, "HEAD"),
        (5, "POST"),
        (6, "PUT"),
        (2, "PATCH"),
        (1, "patch"),
        (1, "get"),
        (1, "OPTIONS"),
        (1, "*"),
        (1, "X"),
    ])
}

fn referrer_policy() -> impl Strategy<Value = &'static str> {
    select(vec![
        "no-referrer",
        "no-referrer-when-downgrade",
        "same-origin",
        "origin",
        "strict-origin",
        "origin-when-cross-origin",
        "strict-origin-when-cross-origin",
        "unsafe-url",
    ])
}

fn page_url() -> impl Strategy<Value = Text> {
    prop_oneof![
        6 => Just("https://a.test/dir/page?q#f".into()),
        2 => Just("http://a.test/".into()),
        1 => Just("https://user:password@sub.a.test:8443/x".into()),
        1 => Just("about:blank".into()),
        1 => Just("blob:https://a.test/1".into()),
        1 => (4_080_usize..4_083).prop_map(|length| format!("https://a.test/{}", "a".repeat(length)).into()),
    ]
}

fn url() -> impl Strategy<Value = &'static str> {
    one_of(&[
        (30, "https://b.test/"),
        (8, "https://b.test/1"),
        (8, "https://a.test/"),
        (2, "https://b.test/#f"),
        (2, "https://sub.a.test/"),
        (2, "https://sub.a.test:8443/"),
        (2, "http://a.test/"),
        (2, "http://b.test/"),
        (2, "https://c.test/"),
        (1, "https://user:password@b.test/"),
        (1, "https://127.0.0.1/"),
        (1, "https://[::1]/"),
        (1, "https://localhost/"),
        (1, "wss://b.test/"),
        (1, "ftp://b.test/"),
        (1, "data:,x"),
        (1, "about:blank"),
        (1, "about:config"),
        (1, "blob:https://a.test/1"),
        (1, "file:///x"),
        (1, "x:y"),
    ])
}

/// A request header, at the boundaries of the safelist.
fn header() -> impl Strategy<Value = (Text, String)> {
    let values =
        |pool: &[&'static str]| select(pool.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>());
    let of = |name: &'static str, pool: &[&'static str]| {
        values(pool).prop_map(move |value| (Text::from(name), value))
    };
    prop_oneof![
        4 => of("X-A", &["", "1"]),
        2 => of("x-b", &["1", "2"]),
        3 => of("Authorization", &["Basic dTpw"]),
        2 => of("Accept", &["*/*", "", "text/html; q=\"1\"", "a\tb", "(a)", "a:b", "é"]),
        1 => (125_usize..131).prop_map(|length| ("Accept".into(), "a".repeat(length))),
        1 => of("Accept-Language", &["en, de;q=0.5", "en_GB", "en*", "en/de", "é"]),
        2 => of("Content-Language", &["en", "en=1", "en_GB", "[en]"]),
        4 => of("Content-Type", &[
            "text/plain", "TEXT/Plain ; charset=utf-8", "application/json", "multipart/form-data",
            "application/x-www-form-urlencoded", "text/plain;a=\"b\"", "text /plain", "text/", "/plain", "text",
            "text/plain, application/json", "text/plain;;", "text/pl\u{e9}in", "", ";",
        ]),
        1 => of("Content-Encoding", &["gzip"]),
        1 => of("content-location", &["/"]),
        2 => of("Range", &[
            "bytes=0-", "bytes=0-1", "bytes=1-0", "bytes=-1", "bytes=-", "bytes =0-1", "bytes= 0-1", "BYTES=0-1",
            "bytes=0-1,2-3", "bytes=00000000000000000000000000000001-1",
            "bytes=99999999999999999999999999999999-100000000000000000000000000000000", "bytes=2-01", "items=0-1",
        ]),
        1 => of("Origin", &["https://a.test"]),
    ]
}
