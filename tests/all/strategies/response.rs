//! Random responses to a request: they share it, refuse it, or get the protocol wrong.

use crossorigin::{
    browser::{Request, ResponseHead},
    header_list::HeaderList,
    http::{HeaderName, StatusCode},
};
use proptest::{
    collection,
    prelude::{Just, Strategy, prop_oneof},
    sample::select,
    strategy::BoxedStrategy,
};

use super::near_misses;

type Lines = Vec<(&'static str, Vec<u8>)>;

/// Responses to a request or to its preflight. Their CORS headers are mostly close to what the request needs,
/// and entirely right in about a third of all cases.
pub(crate) fn response(request: &Request) -> impl Strategy<Value = ResponseHead> + Clone + use<> {
    let careless =
        (status(), location(request), allow_origin(request), credentials(), lists(request), others())
            .prop_map(|(status, location, origin, credentials, lists, others)| {
                head(status, &[location, origin, credentials, lists, others].concat())
            });
    let right = (select(&[200_u16, 204, 200, 302, 307][..]), location(request), others()).prop_map({
        let right = right(request);
        move |(status, location, others)| {
            let location = if status >= 300 { location } else { Vec::new() };
            head(status, &[right.clone(), location, others].concat())
        }
    });
    prop_oneof![careless.boxed(), right.boxed()]
}

/// The responses to a request and to everything that follows from it, in order. A fetch runs out of them only
/// if it is redirected again and again.
pub(crate) fn responses(request: &Request) -> impl Strategy<Value = Vec<ResponseHead>> + Clone + use<> {
    collection::vec(response(request), 2..7)
}

/// The headers with which every request of this kind passes before the first redirect.
fn right(request: &Request) -> Lines {
    let names: Vec<_> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
    vec![
        ("access-control-allow-origin", request.origin.serialize().into()),
        ("access-control-allow-credentials", b"true".to_vec()),
        ("access-control-allow-methods", request.method.as_str().into()),
        ("access-control-allow-headers", names.join(", ").into_bytes()),
    ]
}

fn status() -> impl Strategy<Value = u16> + Clone {
    prop_oneof![
        6 => Just(200),
        2 => select(&[204_u16, 299, 304, 400, 401, 403, 404, 500][..]),
        2 => select(&[301_u16, 302, 303, 307, 308][..]),
    ]
}

fn location(request: &Request) -> BoxedStrategy<Lines> {
    let one = |text: &str| vec![("location", text.as_bytes().to_vec())];
    let fixed = ["/next", "https://other.test/", "//other.test/x#y", "https://user:password@other.test/"]
        .into_iter()
        .chain(["ftp://other.test/", "https://[", "data:,x", ""])
        .map(one);
    let mut all: Vec<_> = fixed.collect();
    // Back to the page's origin, and again to the same URL.
    all.push(one(&format!("{}/back", request.origin.serialize())));
    all.push(one(request.url.as_str()));
    all.push([one("/one"), one("/two")].concat());
    all.push(Vec::new());
    select(all).boxed()
}

fn allow_origin(request: &Request) -> BoxedStrategy<Lines> {
    let right = request.origin.serialize();
    let one = |value: Vec<u8>| vec![("access-control-allow-origin", value)];
    let near = match request.origin.as_tuple() {
        Some(tuple) => near_misses(tuple).prop_map(one).boxed(),
        None => Just(one(b"https://null".to_vec())).boxed(),
    };
    prop_oneof![
        6 => Just(one(right.into())),
        3 => Just(one(b"*".to_vec())),
        1 => Just(one(b"null".to_vec())),
        1 => Just(Vec::new()),
        1 => Just([one(right.into()), one(right.into())].concat()),
        2 => near,
    ]
    .boxed()
}

fn credentials() -> impl Strategy<Value = Lines> + Clone {
    let values = select(&["true", "true", "True", "false", "", "true, true"][..]);
    prop_oneof![
        1 => Just(Vec::new()),
        3 => values.prop_map(|value| vec![("access-control-allow-credentials", value.into())]),
    ]
}

/// Allowed methods, allowed headers, exposed headers and max-age.
fn lists(request: &Request) -> BoxedStrategy<Lines> {
    let method = request.method.as_str();
    let names: Vec<_> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
    let names = names.join(",");
    let methods = line(
        "access-control-allow-methods",
        &[method, &format!("GET, {method}"), &method.to_ascii_lowercase()],
    );
    let some = names.split_once(',').map_or("", |(_, rest)| rest);
    let headers = line(
        "access-control-allow-headers",
        &[&names, &names.to_ascii_uppercase(), &format!("x-z,, {names} ,"), some, "authorization, *"],
    );
    let expose = line("access-control-expose-headers", &["x-a, ETag", "set-cookie", "x-a, *"]);
    let max_age = line("access-control-max-age", &["0", "1", "600", "-1", "1.5", "99999999999999999999"]);
    (methods, headers, expose, max_age)
        .prop_map(|(methods, headers, expose, max_age)| [methods, headers, expose, max_age].concat())
        .boxed()
}

/// A header with one of the values, with a value that suits every list, or no header at all.
fn line(name: &'static str, values: &[&str]) -> BoxedStrategy<Lines> {
    let values: Vec<_> = values.iter().map(|value| value.as_bytes().to_vec()).collect();
    let any = select(&["*", "", ",", "no token", "x-a"][..]).prop_map(|value| value.as_bytes().to_vec());
    prop_oneof![
        1 => Just(Vec::new()),
        4 => select(values).prop_map(move |value| vec![(name, value)]),
        2 => any.prop_map(move |value| vec![(name, value)]),
    ]
    .boxed()
}

fn others() -> impl Strategy<Value = Lines> + Clone {
    let line = select(
        &[
            ("cross-origin-resource-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-site"),
            ("cross-origin-resource-policy", "cross-origin"),
            ("timing-allow-origin", "*"),
            ("referrer-policy", "no-referrer"),
            ("content-type", "text/plain"),
            ("set-cookie", "a=b"),
            ("etag", "\"1\""),
            ("x-a", "1"),
        ][..],
    );
    let line = line.prop_map(|(name, value)| (name, value.as_bytes().to_vec()));
    collection::vec(line, 0..4)
}

fn head(status: u16, lines: &[(&'static str, Vec<u8>)]) -> ResponseHead {
    let mut headers = HeaderList::new();
    for (name, value) in lines {
        // The pools contain no NUL, CR or LF.
        headers.append(HeaderName::from_static(name), &value[..]).unwrap();
    }
    ResponseHead { status: StatusCode::from_u16(status).unwrap_or_default(), headers }
}
