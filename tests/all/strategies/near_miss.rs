//! Text that looks like an origin and is a different origin, or no origin at all.

use crossorigin::origin::TupleOrigin;
use proptest::{prelude::Strategy, sample::select};

/// Near misses of an origin, as the bytes of an `Origin` header: everything that a careless comparison takes
/// for it.
///
/// Some are other origins (one more prefix or suffix, a parent, another port or scheme). The others are
/// invalid (upper case, dots, brackets, user names, a slash at the end, lists, spaces). None of them equals
/// the origin, and every one is a valid header value.
pub(crate) fn near_misses(origin: &TupleOrigin) -> impl Strategy<Value = Vec<u8>> + Clone + use<> {
    let mut texts = of_whole(origin.as_str());
    texts.extend(of_scheme(origin));
    texts.extend(of_host(origin));
    texts.extend(of_port(origin));
    let mut bytes: Vec<_> = texts.into_iter().map(String::into_bytes).collect();
    // A Latin-1 letter, which is valid in a header and invalid as UTF-8.
    bytes.push([origin.as_str().as_bytes(), b"\xE9"].concat());
    bytes.retain(|bytes| bytes != origin.as_str().as_bytes());
    select(bytes)
}

fn of_whole(text: &str) -> Vec<String> {
    let ends = ["/", "/path", "?", "#", "\\", ".", ":", ":*", ",", " ", "\t", "%2e", "x", "0", "..", "null"];
    let mut all: Vec<_> = ends.iter().map(|end| format!("{text}{end}")).collect();
    all.extend([" ", "\t", ",", "x", "*", "/", "null,", "null "].map(|start| format!("{start}{text}")));
    all.extend(["", "null", "NULL", "*", "https://*", "://"].map(str::to_owned));
    all.extend([format!("{text},{text}"), format!("{text} {text}"), format!("{text}, https://evil.test")]);
    all.push(text.to_ascii_uppercase());
    let mut shorter = text.to_owned();
    shorter.pop();
    all.push(shorter);
    all
}

fn of_scheme(origin: &TupleOrigin) -> Vec<String> {
    let rest = origin.as_str().strip_prefix(origin.scheme()).unwrap_or_default();
    let host = rest.strip_prefix("://").unwrap_or_default();
    let scheme = origin.scheme();
    let schemes = ["http", "https", "ftp", "file", "", "xhttps", "http s", "blob:https"];
    let mut all: Vec<_> = schemes.iter().map(|scheme| format!("{scheme}{rest}")).collect();
    all.push(format!("{}{rest}", scheme.to_ascii_uppercase()));
    all.extend([
        host.to_owned(),
        format!("//{host}"),
        format!("{scheme}:{host}"),
        format!("{scheme}:/{host}"),
    ]);
    all.push(format!("{scheme}:///{host}"));
    all
}

fn of_host(origin: &TupleOrigin) -> Vec<String> {
    let host = origin.host();
    let parent = host.split_once('.').map_or("", |(_, parent)| parent);
    let bare = host.trim_matches(['[', ']']);
    let hosts = [
        format!("evil{host}"),
        format!("evil.{host}"),
        format!("evil-{host}"),
        format!("{host}.evil.test"),
        format!("{host}evil.test"),
        format!("{host}-evil.test"),
        format!(".{host}"),
        format!("*.{host}"),
        format!("{host}."),
        host.replacen('.', "..", 1),
        host.replacen('.', "x", 1),
        host.replacen('.', "-", 1),
        host.replacen('.', "%2e", 1),
        host.replacen('.', "_", 1),
        host.to_ascii_uppercase(),
        parent.to_owned(),
        format!("[{host}]"),
        format!("[{bare}"),
        format!("{bare}]"),
        bare.to_owned(),
        format!("[0:{bare}]"),
        format!("user@{host}"),
        format!("user:password@{host}"),
        format!("{host}@evil.test"),
        format!("{host}:80@evil.test"),
        format!("{host}/@evil.test"),
        format!("evil.test/{host}"),
        format!("evil.test?{host}"),
        format!("evil.test#{host}"),
        format!("evil.test\\.{host}"),
    ];
    hosts.iter().map(|host| put_together(origin.scheme(), host, origin.port())).collect()
}

fn of_port(origin: &TupleOrigin) -> Vec<String> {
    let without = put_together(origin.scheme(), origin.host(), None);
    let port = origin.port().unwrap_or(8443);
    let ports = ["80", "443", "8080", "0", "65535", "65536", "99999999999", "x", "-1", "+80", " 80", "*", ""];
    let mut all: Vec<_> = ports.iter().map(|port| format!("{without}:{port}")).collect();
    all.extend([
        format!("{without}:0{port}"),
        format!("{without}:{port}0"),
        format!("{without}:{port}:{port}"),
    ]);
    all.push(format!("{without}:{}", port.wrapping_add(1)));
    all.push(without);
    all
}

/// Concatenates the parts without checking them.
fn put_together(scheme: &str, host: &str, port: Option<u16>) -> String {
    port.map_or_else(|| format!("{scheme}://{host}"), |port| format!("{scheme}://{host}:{port}"))
}
