//! Random pages, and URLs for them to fetch.

use crossorigin::{
    browser::{EmbedderPolicy, Page, ReferrerPolicy},
    origin::{Origin, TupleOrigin},
};
use proptest::{prelude::Strategy, sample::select};
use url::Url;

use super::origin;

const REFERRER_POLICIES: [ReferrerPolicy; 8] = [
    ReferrerPolicy::NoReferrer,
    ReferrerPolicy::NoReferrerWhenDowngrade,
    ReferrerPolicy::SameOrigin,
    ReferrerPolicy::Origin,
    ReferrerPolicy::StrictOrigin,
    ReferrerPolicy::OriginWhenCrossOrigin,
    ReferrerPolicy::StrictOriginWhenCrossOrigin,
    ReferrerPolicy::UnsafeUrl,
];

const PATHS: [&str; 4] = ["/", "/a", "/a?b", "/a#c"];

/// Pages with origins of all kinds, including opaque ones.
pub(crate) fn page() -> impl Strategy<Value = Page> {
    let pages = origin().prop_flat_map(|origin| page_of(&origin));
    let embedder_policies = select(
        &[EmbedderPolicy::UnsafeNone, EmbedderPolicy::Credentialless, EmbedderPolicy::RequireCorp][..],
    );
    (pages, select(REFERRER_POLICIES.to_vec()), embedder_policies).prop_map(|(page, referrer, embedder)| {
        page.with_referrer_policy(referrer).with_embedder_policy(embedder)
    })
}

/// Pages with this origin. A page with an opaque origin is a sandboxed frame, so it has a URL as any other
/// page.
pub(crate) fn page_of(origin: &Origin) -> impl Strategy<Value = Page> + Clone + use<> {
    let origin = origin.clone();
    select(&PATHS[..]).prop_filter_map("a URL", move |path| {
        // Some hosts of origins are not hosts of URLs. Such a page gets the URL of the sandboxed frame too.
        let starts = [origin.as_tuple().map(TupleOrigin::as_str), Some("https://sandboxed.test")];
        let mut urls = starts.into_iter().flatten().map(|start| Url::parse(&format!("{start}{path}")));
        urls.find_map(Result::ok).map(|url| Page::with_origin(url, origin.clone()))
    })
}

/// URLs of a server. Its host must be possible in a URL, as the hosts of [`http_origin`](super::http_origin)
/// are.
pub(crate) fn url_of(server: &TupleOrigin) -> impl Strategy<Value = Url> + Clone + use<> {
    let server = server.clone();
    select(&PATHS[..]).prop_filter_map("not every host of an origin is a host of a URL", move |path| {
        Url::parse(&format!("{server}{path}")).ok()
    })
}
