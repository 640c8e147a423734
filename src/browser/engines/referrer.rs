//! [Determine request's referrer](https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer),
//! as engines run it.

use std::borrow::Cow;

use url::Url;

use super::Engine;
use crate::browser::{referrer::Referrer, state::CurrentRequest};

impl Engine {
    /// Step 3: the referrer source; `None` is "no referrer".
    pub(crate) fn referrer_source<'a>(&self, request: &'a CurrentRequest) -> Option<Cow<'a, Url>> {
        match &request.referrer {
            Referrer::NoReferrer => None,
            // Step 3, "client". Step 3.1.2: a document with an opaque origin has no referrer.
            Referrer::Client if request.client.has_opaque_origin => None,
            // Step 3.1.3: a document at `about:srcdoc` has the URL of the document around it.
            Referrer::Client if request.client.document().as_str() == "about:srcdoc" => {
                Some(Cow::Borrowed(&request.client.base))
            }
            // Step 3.1.4: the document's URL. Step 3.2: for a worker, its creation URL.
            Referrer::Client => Some(Cow::Borrowed(request.client.document())),
            // Step 3, a URL.
            Referrer::Url(url) => Some(Cow::Borrowed(url)),
        }
    }
}
