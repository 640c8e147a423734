//! Where the policy for a request comes from.

use std::borrow::Cow;

use http::{Extensions, HeaderMap, Method, Request, Uri};

use crate::server::{Policy, SwappablePolicy};

/// A source of policies for a [`CorsLayer`](super::CorsLayer): one policy, or another one for each request.
///
/// A function from a [`RequestHead`] to a [`Policy`] is a source. The type of a closure's argument must be
/// written out:
///
/// ```
/// use crossorigin::{server::Policy, tower::{CorsLayer, RequestHead}};
///
/// let catalogue = Policy::builder().allow_any_origin().build()?;
/// let account = Policy::builder().allow_origin("https://app.example").allow_credentials().build()?;
/// let layer = CorsLayer::new(move |head: RequestHead<'_>| match head.uri.path() {
///     "/catalogue" => catalogue.clone(), // cheap
///     _ => account.clone(),              // the strict policy for everything else
/// });
/// # let _ = tower::Layer::layer(&layer, ());
/// # Ok::<(), crossorigin::server::PolicyErrors>(())
/// ```
///
/// **Take care with paths.** An outer router may have removed a prefix: inside of axum's
/// `Router::nest("/admin", …)` the path of `/admin/catalogue` is `/catalogue`, and a layer outside sees the
/// whole path. Therefore:
/// - Make the strict policy the default, and let only whole paths choose another one.
/// - If routers are nested, take the path from the request's extensions: `axum::extract::OriginalUri` is the
///   URI that the client sent, and `axum::extract::MatchedPath` is the route with its prefix.
/// - A separate layer on each router needs no path at all.
///
/// **If request headers choose the policy**, the responses must name those headers in `Vary`:
/// [`CorsLayer::vary_on`](super::CorsLayer::vary_on).
#[doc(alias = "predicate")]
pub trait PolicySource {
    /// Returns the policy for a request. The layer calls it once for each request, before anything else.
    fn policy(&self, head: RequestHead<'_>) -> Cow<'_, Policy>;
}

/// The head of a request: everything except its body.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct RequestHead<'a> {
    /// The method of the request. It is `OPTIONS` for preflights.
    pub method: &'a Method,
    /// The target of the request as it reaches the layer. An outer router may have removed a prefix of its
    /// path, as axum's `nest` does.
    pub uri: &'a Uri,
    /// The headers of the request.
    pub headers: &'a HeaderMap,
    /// The extensions of the request, which outer layers have filled.
    pub extensions: &'a Extensions,
}

impl<'a> RequestHead<'a> {
    pub(super) fn of<B>(request: &'a Request<B>) -> Self {
        Self {
            method: request.method(),
            uri: request.uri(),
            headers: request.headers(),
            extensions: request.extensions(),
        }
    }
}

impl PolicySource for Policy {
    fn policy(&self, _: RequestHead<'_>) -> Cow<'_, Policy> {
        Cow::Borrowed(self)
    }
}

impl<F> PolicySource for F
where
    F: Fn(RequestHead<'_>) -> Policy,
{
    fn policy(&self, head: RequestHead<'_>) -> Cow<'_, Policy> {
        Cow::Owned(self(head))
    }
}

impl PolicySource for SwappablePolicy {
    fn policy(&self, _: RequestHead<'_>) -> Cow<'_, Policy> {
        Cow::Owned(self.get())
    }
}
