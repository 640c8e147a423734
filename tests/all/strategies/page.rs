//! Pages and the URLs that they fetch.

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

/// Pages of all kinds of origins, opaque ones among them.
pub(crate) fn page() -> impl Strategy<Value = Page> {
    let pages = origin().prop_flat_map(|origin| page_of(&origin));
    let embedder_policies = select(
        &[EmbedderPolicy::UnsafeNone, EmbedderPolicy::Credentialless, EmbedderPolicy::RequireCorp][..],
    );
    (pages, select(REFERRER_POLICIES.to_vec()), embedder_policies).prop_map(|(page, referrer, embedder)| {
        page.with_referrer_policy(referrer).with_embedder_policy(embedder)
    })
}

/// Pages of an origin. One that is opaque has a URL like any other: it is that of a sandboxed frame.
pub(crate) fn page_of(origin: &Origin) -> impl Strategy<Value = Page> + Clone + use<> {
    let origin = origin.clone();
    select(&PATHS[..]).prop_filter_map("a URL", move |path| {
        // Hosts of origins are not always hosts of URLs, and then the page has one from elsewhere too.
        let starts = [origin.as_tuple().map(TupleOrigin::as_str), Some("https://sandboxed.test")];
        let mut urls = starts.into_iter().flatten().map(|start| Url::parse(&format!("{start}{path}")));
        urls.find_map(Result::ok).map(|url| Page::with_origin(url, origin.clone()))
    })
}

/// URLs of a server, whose host has to be one that URLs can have, as those of [`http_origin`](super::http_origin) are.
pub(crate) fn url_of(server: &TupleOrigin) -> impl Strategy<Value = Url> + Clone + use<> {
    let server = server.clone();
    select(&PATHS[..]).prop_filter_map("hosts of origins are not always hosts of URLs", move |path| {
        Url::parse(&format!("{server}{path}")).ok()
    })
}
