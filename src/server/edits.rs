//! A decision as plain edits of a response's headers, for servers with header types of their own.

use std::{borrow::Cow, collections::HashSet};

use super::{decision::Decision, headers::is_access_control};

/// One change of a response's headers, in plain types. See [`Decision::edits`].
///
/// These are all edits, so that a `match` can name each.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Edit<'a> {
    /// Remove all lines of the header with this name. The name is spelled as in the response.
    Remove(String),
    /// Add a line with this name, in lower case, and this value. Lines with the same name stay.
    ///
    /// The values of `Access-Control-*` headers are ASCII. The value of `Vary` can have bytes of the
    /// handler's that are not.
    Add(&'a str, Cow<'a, [u8]>),
}

impl Decision<'_> {
    /// The changes that [`apply`](Self::apply) would make to the headers of a response, in plain types.
    ///
    /// `response` has all lines of the response: names and values. Make the edits in their order. Every
    /// header that is named `Access-Control-*` is removed, also if its name is unknown. Then the
    /// [headers](Self::headers) of the decision are added. `Vary` is [merged](Self::vary).
    ///
    /// [`request_headers`](super::request_headers) has an example of a server without types of the crate
    /// `http`.
    ///
    /// ```
    /// use crossorigin::{http::{HeaderMap, Method}, server::{Edit, Policy}};
    ///
    /// let policy = Policy::builder().allow_any_origin().build()?;
    /// let request = HeaderMap::new();
    /// let decision = policy.decide(&Method::GET, &request);
    /// let response = [("Access-Control-Allow-Credentials", "true"), ("Content-Type", "text/plain")];
    /// assert_eq!(decision.edits(response), [
    ///     Edit::Remove("Access-Control-Allow-Credentials".to_owned()),
    ///     Edit::Add("access-control-allow-origin", b"*".into()),
    /// ]);
    /// # Ok::<(), crossorigin::server::PolicyErrors>(())
    /// ```
    #[must_use = "edits have no effect until they are made"]
    pub fn edits<N: AsRef<str>, V: AsRef<[u8]>>(
        &self,
        response: impl IntoIterator<Item = (N, V)>,
    ) -> Vec<Edit<'_>> {
        let (mut protocol, mut vary) = (Names::default(), Names::default());
        let mut vary_lines = Vec::new();
        for (name, value) in response {
            let name = name.as_ref();
            if is_access_control(name) {
                protocol.insert(name);
            } else if name.eq_ignore_ascii_case("vary") {
                vary.insert(name);
                vary_lines.push(value);
            }
        }
        let merge = self.vary().merge(|| vary_lines.iter().map(AsRef::as_ref));
        let repeats = if merge.once.is_some() { vary.in_order } else { Vec::new() };
        let removed = protocol.in_order.into_iter().chain(repeats).map(Edit::Remove);
        let set = self.headers().map(|(name, value)| Edit::Add(name.as_str(), value.as_bytes().into()));
        let once = merge.once.map(Cow::Owned);
        let missing = merge.missing.map(|value| value.as_bytes().into());
        let merged = once.into_iter().chain(missing).map(|value| Edit::Add("vary", value));
        removed.chain(set).chain(merged).collect()
    }
}

/// Names as they are spelled, each spelling once, in order.
#[derive(Default)]
struct Names {
    in_order: Vec<String>,
    seen: HashSet<String>,
}

impl Names {
    fn insert(&mut self, name: &str) {
        if self.seen.insert(name.to_owned()) {
            self.in_order.push(name.to_owned());
        }
    }
}
