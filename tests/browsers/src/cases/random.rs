//! Random exchanges: everything at once, mostly in a way that gets far.

use super::draft::{Answer, Draft, Fetch, answer, at, failure, fetch};
use crate::origins::{A, B, C, D, E, NULL};
use serde_json::Value;

/// So many cases of a seed.
pub fn cases(seed: u64, count: usize) -> Vec<Value> {
    let mut random = Random(seed);
    (0..count).map(|_| draft(&mut random).finish()).collect()
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound.max(1) as u64).unwrap_or(0)
    }

    /// True so many times of a hundred.
    fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

const HEADERS: [(&str, &str); 14] = [
    ("x-a", "1"),
    ("x-b", "2"),
    ("X-A", "3"),
    ("authorization", "Basic dTpw"),
    ("content-type", "application/json"),
    ("content-type", "text/plain"),
    ("content-language", "en"),
    ("accept", "text/html"),
    ("accept", "(odd)"),
    ("accept-language", "de"),
    ("range", "bytes=0-9"),
    ("range", "bytes=-9"),
    ("if-match", "\"x\""),
    ("cookie", "c=1"),
];

fn draft(random: &mut Random) -> Draft {
    let page = random.pick(&[A, A, A, A, A, NULL, NULL, C]);
    let mut draft = Draft::new("random").page(page);
    let steps = random.pick(&[1, 1, 1, 1, 2, 2, 3]);
    let first = chain(random, "x");
    for number in 0..steps {
        let asked = request(random, &first[0]);
        draft = draft.fetch(asked.clone());
        // Often the same again, which is what caches are for.
        if number + 1 < steps && random.percent(40) {
            draft = draft.fetch(asked);
        }
    }
    for (index, url) in first.iter().enumerate() {
        let next = first.get(index + 1).map(String::as_str);
        let (preflight, actual) = (preflight(random), actual(random, next));
        draft = draft.preflight(url, &[preflight]).actual(url, &[actual]);
    }
    draft
}

/// URLs that redirect to one another.
fn chain(random: &mut Random, path: &str) -> Vec<String> {
    let hops = random.pick(&[0, 0, 0, 1, 1, 2, 3]);
    let origins = [A, B, B, B, C, C, D, E];
    (0..=hops).map(|hop| at(random.pick(&origins), &format!("{path}{hop}"))).collect()
}

fn request(random: &mut Random, url: &str) -> Fetch {
    let methods = [
        "GET", "GET", "GET", "POST", "POST", "PUT", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "FOO", "put",
    ];
    let method = random.pick(&methods);
    let mut asked = fetch(method, url);
    for _ in 0..random.pick(&[0, 0, 0, 1, 1, 2, 3]) {
        let (name, value) = random.pick(&HEADERS);
        asked = asked.header(name, value);
    }
    if !matches!(method, "GET" | "HEAD") && random.percent(60) {
        asked = match random.below(3) {
            0 => asked.body(),
            1 => asked.text(),
            _ => asked.body().set("body_type", "application/json"),
        };
    }
    if random.percent(15) {
        let asked = asked.xhr();
        let asked = if random.percent(30) { asked.include() } else { asked };
        return if random.percent(40) { asked.set("upload_listener", true) } else { asked };
    }
    let credentials = random.pick(&["same-origin", "same-origin", "include", "omit"]);
    let asked = if credentials == "same-origin" { asked } else { asked.credentials(credentials) };
    match random.below(20) {
        0 => asked.redirect("error"),
        1 => asked.redirect("manual"),
        2 => asked.mode("no-cors"),
        3 => asked.mode("same-origin"),
        _ => asked,
    }
}

fn origin(random: &mut Random) -> &'static str {
    random.pick(&[
        "{origin}", "{origin}", "{origin}", "{origin}", "{origin}", "{origin}", "*", "*", A, NULL, B, "",
    ])
}

fn with_credentials(random: &mut Random, answer: Answer) -> Answer {
    match random.below(10) {
        0..7 => answer.with("access-control-allow-credentials", "true"),
        7 => answer.with("access-control-allow-credentials", "false"),
        _ => answer,
    }
}

fn preflight(random: &mut Random) -> Answer {
    if random.percent(2) {
        return failure();
    }
    let status = random.pick(&[200, 200, 200, 204, 204, 204, 204, 206, 299, 302, 400, 500]);
    let mut answered = answer(status).origin(origin(random));
    answered = with_credentials(random, answered);
    let methods = [
        "{access-control-request-method}",
        "{access-control-request-method}",
        "PUT, DELETE, PATCH, FOO",
        "*",
        "GET",
        "",
    ];
    if random.percent(90) {
        answered = answered.methods(random.pick(&methods));
    }
    let headers = [
        "{access-control-request-headers}",
        "{access-control-request-headers}",
        "{access-control-request-headers}",
        "*",
        "x-a, x-b, content-type",
        "authorization, *",
        "x-a",
        "",
    ];
    if random.percent(90) {
        answered = answered.allow_headers(random.pick(&headers));
    }
    if random.percent(40) {
        answered = answered.max_age(random.pick(&["60", "600", "0", "60", "99999999"]));
    }
    answered
}

fn actual(random: &mut Random, next: Option<&str>) -> Answer {
    let status = match next {
        Some(_) => random.pick(&[301, 302, 303, 307, 308, 302, 307]),
        None => random.pick(&[200, 200, 200, 200, 201, 204, 404, 500, 206]),
    };
    // A redirect of status 301 or 308 would be cached.
    let mut answered = answer(status).with("cache-control", "no-store");
    if random.percent(97) {
        answered = answered.origin(origin(random));
    }
    answered = with_credentials(random, answered);
    if let Some(next) = next {
        answered = answered.with("location", next);
    }
    if random.percent(30) {
        let exposed = ["x-a", "*", "x-a, x-b", "etag,X-B", "x-a, x b"];
        answered = answered.with("access-control-expose-headers", random.pick(&exposed));
    }
    if random.percent(50) {
        answered = answered.with_all(&[
            ("x-a", "1"),
            ("x-b", "2"),
            ("etag", "\"3\""),
            ("content-type", "text/plain"),
        ]);
    }
    if random.percent(10) {
        let policies = ["same-origin", "same-site", "cross-origin"];
        answered = answered.with("cross-origin-resource-policy", random.pick(&policies));
    }
    answered
}
