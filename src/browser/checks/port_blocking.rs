//! [Port blocking](https://fetch.spec.whatwg.org/#port-blocking).

use url::Url;

/// The [bad ports](https://fetch.spec.whatwg.org/#bad-port), in order.
const BAD_PORTS: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103,
    104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514,
    515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723,
    2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
];

/// Returns whether fetching a URL
/// [should be blocked due to a bad port](https://fetch.spec.whatwg.org/#block-bad-port), at which another
/// protocol could take an HTTP request for its own: 25 for mail, for instance.
///
/// The scheme must be `http`, `https`, `ws` or `wss`; the default ports are no bad ports. The standard has
/// `http` for `ws` at this step.
///
/// ```
/// use crossorigin::browser::checks::should_be_blocked_due_to_a_bad_port;
/// assert!(should_be_blocked_due_to_a_bad_port(&"https://mail.example:25/".parse()?));
/// assert!(!should_be_blocked_due_to_a_bad_port(&"https://app.example:8443/".parse()?));
/// # Ok::<(), url::ParseError>(())
/// ```
#[must_use]
pub fn should_be_blocked_due_to_a_bad_port(url: &Url) -> bool {
    // Step 2: an HTTP(S) scheme, and a bad port. Step 3: all other URLs are allowed.
    matches!(url.scheme(), "http" | "https" | "ws" | "wss")
        && url.port().is_some_and(|port| BAD_PORTS.binary_search(&port).is_ok())
}
