//! Where the policy for a request comes from.

#![allow(
    clippy::disallowed_types,
    reason = "a server replaces the policy of `SwappablePolicy` while requests run"
)]

use std::{
    borrow::Cow,
    sync::{Arc, PoisonError, RwLock},
};

use http::{Extensions, HeaderMap, Method, Request, Uri};

use crate::server::Policy;

/// Where a [`CorsLayer`](super::CorsLayer) gets the policy for a request from.
///
/// Functions are sources too. The type of their argument has to be written out:
///
/// ```
/// use crossorigin::{server::Policy, tower::{CorsLayer, RequestHead}};
///
/// let catalogue = Policy::builder().allow_any_origin().build()?;
/// let account = Policy::builder().allow_origin("https://app.example").allow_credentials().build()?;
/// let layer = CorsLayer::new(move |head: RequestHead<'_>| match head.uri.path() {
///     "/catalogue" => catalogue.clone(), // cheap
///     _ => account.clone(),              // whatever else there is, the strict policy
/// });
/// # let _ = tower::Layer::layer(&layer, ());
/// # Ok::<(), crossorigin::server::PolicyErrors>(())
/// ```
///
/// **A path is what this layer sees of it.** A router further out may have taken a prefix off: inside of axum's
/// `Router::nest("/admin", …)` the path of `/admin/catalogue` is `/catalogue`, and a layer outside sees the prefix. So let
/// the strict policy be the default, let only whole paths choose another one, and take the path from the extensions of the
/// request where routers are nested: `axum::extract::OriginalUri` is what the client sent, and `axum::extract::MatchedPath`
/// the route, with its prefix. A layer of its own on each router needs no path at all.
///
/// Where headers of the request choose, responses have to name them in `Vary`, which is up to the handler then.
pub trait PolicySource {
    /// The policy for a request with this head. Called once for each, before anything else is done with it.
    fn policy(&self, head: RequestHead<'_>) -> Cow<'_, Policy>;
}

/// What a policy may be chosen by: all of a request but its body.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct RequestHead<'a> {
    /// The method; `OPTIONS` for preflights.
    pub method: &'a Method,
    /// The target as it reaches the layer. A router further out may have taken a prefix off its path, as axum's `nest` does.
    pub uri: &'a Uri,
    /// All headers.
    pub headers: &'a HeaderMap,
    /// What the layers further out know about the request.
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

/// A policy that can be replaced while the server runs. Clones share it.
///
/// Each request is decided by the policy that is there when it comes in, also if another one is there when its
/// response goes out. A configuration that is not valid never gets this far: it does not become a [`Policy`].
///
/// Browsers keep the answers to preflights for as long as the policy of that time told them to.
///
/// ```
/// use crossorigin::{server::Policy, tower::{CorsLayer, SwappablePolicy}};
///
/// let current = SwappablePolicy::new(Policy::builder().allow_origin("https://app.example").build()?);
/// let layer = CorsLayer::new(current.clone());
///
/// // Later, when the configuration has changed:
/// let old = current.swap(current.get().to_builder().allow_origin("https://new.example").build()?);
/// assert!(current.get().allows_origin("https://new.example"));
/// assert!(!old.allows_origin("https://new.example"));
/// # let _ = tower::Layer::layer(&layer, ());
/// # Ok::<(), crossorigin::server::PolicyErrors>(())
/// ```
#[derive(Debug, Clone)]
pub struct SwappablePolicy(Arc<RwLock<Policy>>);

impl SwappablePolicy {
    /// Begins with this policy.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self(Arc::new(RwLock::new(policy)))
    }

    /// The policy of now.
    #[must_use]
    pub fn get(&self) -> Policy {
        // Under the lock a pointer is copied or exchanged and nothing else, so nobody waits for long, and a
        // poisoned lock, should there ever be one, guards a whole policy all the same.
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces the policy for the requests to come, and returns the one before.
    pub fn swap(&self, policy: Policy) -> Policy {
        let mut current = self.0.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *current, policy)
    }
}

impl PolicySource for SwappablePolicy {
    fn policy(&self, _: RequestHead<'_>) -> Cow<'_, Policy> {
        Cow::Owned(self.get())
    }
}
