//! Random responses from small pools. Most are nearly correct.

use proptest::{prelude::*, sample::select};

use super::world::{Template, Text};

/// One of a pool, each with its weight.
pub(crate) fn one_of<Value: Clone + std::fmt::Debug + 'static>(
    pool: &[(usize, Value)],
) -> impl Strategy<Value = Value> + use<Value> {
    let repeated = pool.iter().flat_map(|(weight, value)| std::iter::repeat_n(value.clone(), *weight));
    select(repeated.collect::<Vec<_>>())
}

/// Header lines of one name: one of a pool of lists of lines.
fn lines(
    name: &'static str,
    pool: &[(usize, &'static [&'static str])],
) -> impl Strategy<Value = Vec<(Text, Text)>> + use<> {
    one_of(pool).prop_map(move |lines| lines.iter().map(|line| (name.into(), (*line).into())).collect())
}

pub(crate) fn to_preflight() -> impl Strategy<Value = Template> {
    let status =
        one_of(&[(40, 204), (12, 200), (1, 299), (1, 300), (1, 301), (1, 307), (1, 199), (1, 304), (1, 404)]);
    let headers = (
        allow_origin(),
        allow_credentials(),
        lines(
            "Access-Control-Allow-Methods",
            &[
                (24, &["{method}"]),
                (4, &["*"]),
                (2, &["GET, PUT, PATCH"]),
                (2, &["GET", "PUT,*"]),
                (1, &["{METHOD}"]),
                (1, &["PUT,, {method} ,"]),
                (1, &[""]),
                (1, &["PUT POST"]),
                (1, &["{method}", "@"]),
                (4, &[]),
            ],
        ),
        lines(
            "Access-Control-Allow-Headers",
            &[
                (24, &["{names}"]),
                (4, &["*"]),
                (2, &["*, authorization"]),
                (2, &["{NAMES}"]),
                (2, &["x-a, X-B, content-type"]),
                (1, &["authorization", "X-A,x-a"]),
                (1, &["\t{names} , , x-c"]),
                (1, &[""]),
                (1, &["x a"]),
                (1, &["{names}", "x-a: 1"]),
                (4, &[]),
            ],
        ),
        max_age(),
    );
    // Any response may have a Location. That of a preflight is never followed.
    let rest = (lost(), location(), select(vec![0, 0, 0, 1, 5]));
    (status, headers, rest).prop_map(|(status, headers, (lost, location, seconds))| {
        let (origin, credentials, methods, names, max_age) = headers;
        let headers = [origin, credentials, methods, names, max_age, location].concat();
        Template { lost, status, headers, seconds }
    })
}

pub(crate) fn to_actual_request() -> impl Strategy<Value = Template> {
    let status = one_of(&[
        (8, 200),
        (1, 204),
        (1, 206),
        (1, 300),
        (1, 304),
        (1, 404),
        (1, 416),
        (3, 301),
        (3, 302),
        (2, 303),
        (4, 307),
        (2, 308),
    ]);
    let protocol = (allow_origin(), allow_credentials(), expose_headers(), location());
    let others = (
        lines(
            "Cross-Origin-Resource-Policy",
            &[
                (10, &[]),
                (2, &["same-origin"]),
                (2, &["same-site"]),
                (2, &["cross-origin"]),
                (1, &["Same-Origin"]),
                (1, &["same-origin", "same-site"]),
            ],
        ),
        lines(
            "Timing-Allow-Origin",
            &[
                (6, &[]),
                (4, &["*"]),
                (2, &["{origin}"]),
                (2, &["https://a.test"]),
                (1, &["null"]),
                (1, &["https://c.test,\thttps://a.test"]),
                (1, &["\"*\""]),
                (1, &["\"a,b\\\"", "*"]),
                (1, &["\"a\\\"", "*,\", *"]),
                (1, &["HTTPS://A.TEST", "*x"]),
            ],
        ),
        lines(
            "Referrer-Policy",
            &[
                (10, &[]),
                (1, &["no-referrer"]),
                (1, &["same-origin, unknown"]),
                (1, &["Unsafe-URL"]),
                (1, &["strict-origin", "origin, "]),
                (1, &["", "no-referrer-when-downgrade"]),
                (1, &["no-referrer, x_y"]),
                (1, &["unsafe-url; q"]),
                (1, &["no-referrer", "(x)"]),
            ],
        ),
        one_of(&[
            (2, &[][..]),
            (2, &[("X-R", "1"), ("x-s", "2"), ("Set-Cookie", "a=b"), ("Content-Type", "text/plain")]),
            (1, &[("set-cookie2", "a=b"), ("x-R", "1"), ("x-r", "2"), ("Pragma", "x"), ("*", "star")]),
            (1, &[("Cache-Control", "x"), ("Content-Length", "0"), ("Last-Modified", "x"), ("Expires", "0")]),
            (1, &[("Content-Language", "en"), ("Content-Encoding", "x"), ("ETag", "x"), ("Date", "x")]),
        ]),
    );
    (lost(), status, protocol, others, select(vec![0, 0, 0, 1, 5])).prop_map(
        |(lost, status, protocol, others, seconds)| {
            let (origin, credentials, expose, location) = protocol;
            let (resource_policy, timing, referrer_policy, rest) = others;
            let headers = [
                origin,
                credentials,
                expose,
                location,
                resource_policy,
                timing,
                referrer_policy,
                rest.iter().map(|(name, value)| (Text::from(*name), Text::from(*value))).collect(),
            ];
            Template { lost, status, headers: headers.concat(), seconds }
        },
    )
}

fn lost() -> impl Strategy<Value = bool> {
    prop::bool::weighted(0.02)
}

fn allow_origin() -> impl Strategy<Value = Vec<(Text, Text)>> {
    lines(
        "Access-Control-Allow-Origin",
        &[
            (80, &["{origin}"]),
            (8, &["*"]),
            (1, &["null"]),
            (1, &["https://c.test"]),
            (1, &["{origin}/"]),
            (1, &["{ORIGIN}"]),
            (1, &["{origin}, https://c.test"]),
            (1, &["{origin}", "{origin}"]),
            (1, &["*", "{origin}"]),
            (1, &[""]),
            (1, &[]),
        ],
    )
}

fn allow_credentials() -> impl Strategy<Value = Vec<(Text, Text)>> {
    lines(
        "Access-Control-Allow-Credentials",
        &[(50, &["true"]), (1, &["True"]), (1, &["false"]), (1, &["true", "true"]), (1, &[""]), (1, &[])],
    )
}

fn max_age() -> impl Strategy<Value = Vec<(Text, Text)>> {
    lines(
        "Access-Control-Max-Age",
        &[
            (3, &[]),
            (1, &["0"]),
            (1, &["1"]),
            (2, &["5"]),
            (1, &["6"]),
            (3, &["10"]),
            (4, &["60"]),
            (2, &["600"]),
            (1, &["010"]),
            (1, &["-1"]),
            (1, &["1.5"]),
            (1, &[""]),
            (1, &["10", "10"]),
            (1, &["99999999999999999999999"]),
        ],
    )
}

fn expose_headers() -> impl Strategy<Value = Vec<(Text, Text)>> {
    lines(
        "Access-Control-Expose-Headers",
        &[
            (3, &[]),
            (2, &["*"]),
            (2, &["x-r"]),
            (2, &["X-R, ETag", "set-cookie"]),
            (1, &["*, x-s"]),
            (1, &["", "x-s"]),
            (1, &[", ,"]),
            (1, &["x-r x-s"]),
            (1, &["x-r", "x-s;"]),
        ],
    )
}

fn location() -> impl Strategy<Value = Vec<(Text, Text)>> {
    lines(
        "Location",
        &[
            (6, &["https://b.test/"]),
            (6, &["https://a.test/"]),
            (4, &["https://c.test/"]),
            (3, &["https://sub.a.test/"]),
            (3, &["https://sub.a.test:8443/"]),
            (3, &["http://a.test/"]),
            (2, &["http://b.test/1"]),
            (4, &["/1"]),
            (1, &["//b.test/1"]),
            (1, &[""]),
            (1, &["#g"]),
            (1, &["https://b.test/1#h"]),
            (1, &["?q"]),
            (1, &["/\u{e9}"]),
            (1, &["https://user:password@b.test/"]),
            (1, &["https://user@a.test/"]),
            (1, &["https://:password@c.test/"]),
            (1, &["https://@b.test/"]),
            (1, &["ftp://b.test/"]),
            (1, &["wss://b.test/"]),
            (1, &["data:,x"]),
            (1, &["about:blank"]),
            (1, &["http://["]),
            (1, &["https://b.test:99999/"]),
            (1, &["/1", "/1"]),
            (2, &[]),
        ],
    )
}
