//! A policy that a server replaces while it runs.

#![allow(clippy::disallowed_types, reason = "a server replaces the policy while requests run")]

use std::sync::{Arc, PoisonError, RwLock};

use super::policy::Policy;

/// A policy that can be replaced while the server runs. Clones share it.
///
/// [Get](Self::get) the policy once for each request, so that one policy decides about the whole request, even
/// if the policy is replaced before the response is sent. An invalid configuration cannot get here, because it never becomes a [`Policy`].
///
/// Browsers keep cached responses to preflights for as long as the old policy's `max_age` told them to.
///
/// ```
/// use crossorigin::server::{Policy, SwappablePolicy};
///
/// let current = SwappablePolicy::new(Policy::builder().allow_origin("https://app.example").build()?);
/// let for_requests = current.clone(); // with the feature `tower`, for the layer: `CorsLayer::new(current.clone())`
///
/// // Later, when the configuration has changed:
/// let old = current.swap(current.get().to_builder().allow_origin("https://new.example").build()?);
/// assert!(for_requests.get().allows_origin("https://new.example"));
/// assert!(!old.allows_origin("https://new.example"));
/// # Ok::<(), crossorigin::server::PolicyErrors>(())
/// ```
#[doc(alias = "reload")]
#[derive(Debug, Clone)]
pub struct SwappablePolicy(Arc<RwLock<Policy>>);

impl SwappablePolicy {
    /// Creates a swappable policy that begins with `policy`.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self(Arc::new(RwLock::new(policy)))
    }

    /// Returns the current policy.
    #[must_use]
    pub fn get(&self) -> Policy {
        // Under the lock only a pointer is copied or replaced, so nobody waits for long. A poisoned lock
        // still guards a whole policy.
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces the policy for future requests, and returns the previous one.
    pub fn swap(&self, policy: Policy) -> Policy {
        let mut current = self.0.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *current, policy)
    }
}
