//! [Determine request's referrer](https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer).

use url::Url;

use super::Fetch;
use crate::browser::{
    outgoing_request::RequestKind,
    referrer::Referrer,
    referrer_policy::ReferrerPolicy,
    trustworthy::is_potentially_trustworthy_url,
    url_credentials::without_credentials,
    url_origin::{urls_are_same_origin, without_fragment},
};

/// The maximum length of a referrer, in bytes: a longer one is replaced by its origin (step 6).
const MAX_LENGTH: usize = 4096;

impl Fetch {
    /// [Main fetch](crate::standard::Algorithm::MainFetch), step 9: replaces the request's referrer by the one
    /// that is sent. After a redirect, the referrer is determined from the one before.
    pub(super) fn set_referrer(&mut self) {
        if self.request.referrer != Referrer::NoReferrer {
            let determined = self.determine_referrer().map(|url| {
                // Engines differ: a navigation may keep no more than the origin.
                if self.engine.reduces_referrer_for_good(&url, &self.request, self.sites) {
                    origin_only(url)
                } else {
                    url
                }
            });
            self.request.referrer = determined.map_or(Referrer::NoReferrer, Referrer::Url);
        }
        self.engine.remember_referrer(&self.request);
    }

    /// The referrer; `None` is "no referrer".
    fn determine_referrer(&self) -> Option<Url> {
        let request = &self.request;
        let current_url = request.current_url();
        // Step 3: the referrer source.
        let source = self.engine.referrer_source(request)?;
        // Step 4: strip it. Step 5: strip it down to its origin.
        let url = stripped(&source)?;
        let origin = || Some(origin_only(url.clone()));
        // Step 6: the limit. (Step 7 may alter the result; here nothing does.)
        let limited = || if url.as_str().len() > MAX_LENGTH { origin() } else { Some(url.clone()) };
        let same_origin = || urls_are_same_origin(&url, current_url);
        let downgrade =
            || is_potentially_trustworthy_url(&url) && !is_potentially_trustworthy_url(current_url);
        // Step 8: switch on the policy.
        match request.referrer_policy {
            ReferrerPolicy::NoReferrer => None,
            ReferrerPolicy::Origin => origin(),
            ReferrerPolicy::UnsafeUrl => limited(),
            ReferrerPolicy::StrictOrigin if downgrade() => None,
            ReferrerPolicy::StrictOrigin => origin(),
            ReferrerPolicy::StrictOriginWhenCrossOrigin if same_origin() => limited(),
            ReferrerPolicy::StrictOriginWhenCrossOrigin if downgrade() => None,
            ReferrerPolicy::StrictOriginWhenCrossOrigin => origin(),
            ReferrerPolicy::SameOrigin if same_origin() => limited(),
            ReferrerPolicy::SameOrigin => None,
            ReferrerPolicy::OriginWhenCrossOrigin if same_origin() => limited(),
            ReferrerPolicy::OriginWhenCrossOrigin => origin(),
            ReferrerPolicy::NoReferrerWhenDowngrade if downgrade() => None,
            ReferrerPolicy::NoReferrerWhenDowngrade => limited(),
        }
    }

    /// The referrer that is sent with the request, after main fetch has determined it.
    pub(super) fn referrer(&self, kind: RequestKind) -> Option<Url> {
        match self.engine.referrer_of(&self.request, kind) {
            // Engines differ: another site may get no more than the origin.
            Referrer::Url(url)
                if self.engine.sends_origin_as_referrer(url, self.request.current_url(), self.sites) =>
            {
                Some(origin_only(url.clone()))
            }
            Referrer::Url(url) => Some(url.clone()),
            Referrer::Client | Referrer::NoReferrer => None,
        }
    }
}

/// [Strip url for use as a referrer](https://w3c.github.io/webappsec-referrer-policy/#strip-url).
fn stripped(url: &Url) -> Option<Url> {
    // Step 2: a local scheme.
    if matches!(url.scheme(), "about" | "blob" | "data") {
        return None;
    }
    // Steps 3 and 4: no user name and no password. Step 5: no fragment.
    Some(without_credentials(without_fragment(url)))
}

/// Strip url for use as a referrer, step 6: the origin-only flag is true.
fn origin_only(mut url: Url) -> Url {
    // Step 6.1: an empty path. Step 6.2: no query.
    url.set_path("");
    url.set_query(None);
    url
}
