//! Origins and patterns, compared with the URL parser of browsers and with the reference: nothing is accepted
//! that no URL serializes to, and nothing is refused except what the documentation names.

use crossorigin::{
    origin::SerializedOrigin,
    server::{OriginPattern, Policy},
};
use proptest::test_runner::RngSeed;
use url::Url;

use crate::{proptest_config::cases, reference::patterns};

/// The patterns that the strings are near to.
const PATTERNS: [&str; 6] = [
    "https://app.example",
    "https://*.app.example",
    "http://localhost:*",
    "http://my_service:3000",
    "https://*.app-example.test:8443",
    "http://127.0.0.1:8080",
];

/// The parts of the strings: first the usual one, and then what attackers, proxies and typos make of it.
const SCHEMES: [&str; 10] =
    ["https://", "http://", "http://", "HTTPS://", "https:/", "https:", "ftp://", "wss://", "xhttps://", ""];
const HOSTS: [&str; 20] = [
    "app.example",
    "localhost",
    "my_service",
    "app-example.test",
    "127.0.0.1",
    "[::1]",
    "evil_app.example",
    "evilapp.example",
    "app.example.evil.test",
    "app_example",
    "-app.example",
    "app-.example",
    "xn--bcher-kva.test",
    "xn--",
    "127.1",
    "0x7f.1",
    "[0::1]",
    "app.example.",
    "a..example",
    "",
];
const BEFORE: [&str; 11] =
    ["", "a.", "a.b.", "evil.", "evil", "-", "_", "*.", "user@", "user:pass@", "evil.test,"];
const PORTS: [&str; 11] = ["", ":8443", ":3000", ":8080", ":443", ":80", ":", ":0", ":08443", ":65536", ":x"];
const AFTER: [&str; 11] =
    ["", "/", ".", "?", "#", ",https://app.example", " ", "%2e", "\\", "@evil.test", "/.app.example"];
/// Characters that replace one of the others.
const CHARACTERS: [&str; 24] = [
    "a", "A", "0", "-", "_", ".", ":", "/", "@", "*", ",", "!", "$", "'", "(", "+", ";", "=", "~", "%", "[",
    "]", "\u{fc}", "\u{3002}",
];

/// A xorshift generator, which is much faster than strategies.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn pick(&mut self, list: &[&'static str]) -> &'static str {
        list[self.below(list.len())]
    }

    /// The first element in two of three cases, and any element otherwise.
    fn mostly_first(&mut self, list: &[&'static str]) -> &'static str {
        if self.below(3) > 0 { list[0] } else { self.pick(list) }
    }

    fn text(&mut self) -> String {
        let parts: [&[&str]; 5] = [&SCHEMES, &BEFORE, &HOSTS, &PORTS, &AFTER];
        let mut text = parts.map(|part| self.mostly_first(part)).concat();
        for _ in 0..[0, 0, 1, 2][self.below(4)] {
            let starts: Vec<_> = text.char_indices().map(|(index, _)| index).collect();
            let Some(start) = starts.get(self.below(starts.len() + 1)).copied() else { continue };
            let end = text[start..].chars().next().map_or(start, |it| start + it.len_utf8());
            text.replace_range(start..end, self.pick(&CHARACTERS));
        }
        text
    }
}

/// Returns whether a browser sends this text as the origin of a page with that URL.
fn is_sent(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| {
        let is_special = ["http", "https", "ws", "wss", "ftp"].contains(&url.scheme());
        is_special && url.origin().is_tuple() && url.origin().ascii_serialization() == text
    })
}

/// The hosts that browsers can send and this crate refuses, as the documentation names them.
fn is_named_exception(text: &str) -> bool {
    let host = text.split_once("://").map_or("", |(_, rest)| rest);
    let host = host.rsplit_once(':').filter(|_| !host.ends_with(']')).map_or(host, |(host, _)| host);
    let labels = || host.split('.');
    host.contains(|it: char| "!\"$&'()*+,;=`{}~".contains(it))
        || labels().any(|label| label.is_empty() || label.len() > 63)
        || host.len() > 253
}

#[derive(Debug, Default)]
struct Counts {
    accepted: usize,
    allowed: usize,
    exceptions: usize,
}

fn check(text: &str, patterns: &[OriginPattern], policy: &Policy, counts: &mut Counts) {
    let parsed = SerializedOrigin::parse(text.as_bytes());
    let parts = parsed.as_ref().ok().map(|it| (it.scheme(), it.host(), it.port().map(u32::from)));
    assert_eq!(parts, patterns::origin(text), "{text:?}: the reference differs");

    let is_special = SCHEMES
        .iter()
        .any(|scheme| !scheme.starts_with('x') && !scheme.is_empty() && text.starts_with(scheme));
    match &parsed {
        // Whether letters are allowed in a name is in Unicode tables, which the crate does not have.
        Ok(origin) if is_special && !origin.host().contains("xn--") => {
            assert!(is_sent(text), "{text:?} is accepted, and no URL has this origin");
            counts.accepted += 1;
        }
        Ok(_) => {}
        Err(error) if is_sent(text) => {
            assert!(is_named_exception(text), "{text:?} is refused: {error}");
            counts.exceptions += 1;
        }
        Err(_) => {}
    }

    let allowed = PATTERNS.iter().any(|pattern| patterns::matches(pattern, text));
    assert_eq!(policy.allows_origin(text), allowed, "{text:?}");
    let matched = parsed.as_ref().is_ok_and(|origin| patterns.iter().any(|pattern| pattern.matches(origin)));
    assert_eq!(matched, allowed, "{text:?}");
    let below = parsed.is_ok_and(|origin| origin.is_subdomain_of("app.example"));
    let expected = parts.is_some_and(|(_, host, _)| host.ends_with(".app.example"));
    assert_eq!(below, expected, "{text:?}");
    counts.allowed += usize::from(allowed);
}

/// `CROSSORIGIN_CASES=500` makes this ten million strings.
#[test]
fn origins_are_those_that_urls_serialize_to() {
    let config = cases(20_000);
    let seed = match config.rng_seed {
        RngSeed::Fixed(seed) => seed,
        RngSeed::Random => rand_seed(),
    };
    let (mut random, mut counts) = (Random(seed | 1), Counts::default());
    for _ in 0..8 {
        random.below(2);
    }
    let policy = Policy::builder().allow_origins(PATTERNS).build().unwrap();
    let patterns = PATTERNS.map(|pattern| pattern.parse().unwrap());
    for _ in 0..config.cases {
        let text = random.text();
        check(&text, &patterns, &policy, &mut counts);
    }
    let least = config.cases as usize / 200;
    assert!(
        counts.accepted > 10 * least && counts.allowed > 3 * least && counts.exceptions > least / 5,
        "{counts:?}"
    );
}

/// A longer run is a search, and draws other strings each time.
fn rand_seed() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    u64::try_from(now.as_nanos() % u128::from(u64::MAX)).unwrap()
}

/// Labels and hosts at the limits of the DNS, which URLs do not have.
#[test]
fn long_hosts_are_named_exceptions() {
    let policy = Policy::builder().allow_origins(PATTERNS).build().unwrap();
    let patterns = PATTERNS.map(|pattern| pattern.parse().unwrap());
    let mut counts = Counts::default();
    for label in [1, 62, 63, 64] {
        for count in [1, 2, 3, 4, 5, 200] {
            let host = vec!["a".repeat(label); count].join(".");
            for end in ["", ".app.example", ":8443", "-", "_", "."] {
                check(&format!("https://{host}{end}"), &patterns, &policy, &mut counts);
            }
        }
    }
    assert!(counts.accepted > 30 && counts.exceptions > 30, "{counts:?}");
}
