//! Pages: the origin and the base URL that follow from a page's URL.

use crossorigin::{
    browser::{InvalidPage, Page, PartitionKey},
    origin::{OpaqueOrigin, Origin},
    site::Sites,
};

use super::support::{B, page};

/// The URL of the page's request; `None` if it is invalid.
fn resolved(page_url: &str, url: &str) -> Option<String> {
    let page = Page::with_origin(page_url.parse().unwrap(), Origin::Opaque(OpaqueOrigin(0)));
    page.fetch(url).build().ok().map(|request| request.url.into())
}

#[test]
fn a_blob_page_has_the_origin_of_the_url_in_it_and_no_base() {
    let blob = "blob:https://a.test/0b5b4e2e";
    assert_eq!(page(blob).origin().to_string(), "https://a.test");
    assert_eq!(page(blob).fetch(B).build().unwrap().partition.unwrap().as_str(), "https://a.test");
    assert_eq!(resolved(blob, "x"), None);
    assert_eq!(resolved(blob, "https://a.test/x").as_deref(), Some("https://a.test/x"));
    for opaque in [
        "blob:null/0b5b4e2e",
        "blob:file:///x",
        "blob:ftp://a.test/x",
        "blob:wss://a.test/x",
        "blob:blob:https://a.test/x",
    ] {
        assert!(matches!(Page::new(opaque), Err(InvalidPage::OpaqueOrigin)), "{opaque}");
    }
}

#[test]
fn pages_of_apps_and_extensions_have_an_origin() {
    for url in [
        "tauri://localhost",
        "capacitor://localhost",
        "ionic://localhost",
        "chrome-extension://abcdefgh",
        "moz-extension://4cc9-1",
        "safari-web-extension://1B2C-3D",
    ] {
        assert_eq!(page(&format!("{url}/index.html?x")).origin().to_string(), url);
    }
    for url in ["tauri:x", "tauri:///x", "other://localhost/"] {
        assert!(matches!(Page::new(url), Err(InvalidPage::OpaqueOrigin)), "{url}");
    }
}

#[test]
fn pages_without_an_origin_of_their_own_are_opaque() {
    for url in ["about:srcdoc", "about:blank", "data:text/html,x", "file:///x.html", "other://a.test/x"] {
        assert!(matches!(Page::new(url), Err(InvalidPage::OpaqueOrigin)), "{url}");
    }
    assert_eq!(resolved("about:srcdoc", "x"), None);
    assert_eq!(resolved("data:text/html,x", "x"), None);
    assert_eq!(resolved("about:srcdoc", "#f").as_deref(), Some("about:srcdoc#f"));
}

/// The key of a page is that of its site. Neither a port nor another subdomain makes another partition, but another
/// scheme does. A key of the embedder's own is never the key of a site.
#[test]
fn a_page_belongs_to_the_partition_of_its_site() {
    let partition = |page: &Page| page.fetch(B).build().unwrap().partition.unwrap();
    let key = partition(&page("https://a.test"));
    for same in ["https://sub.a.test/", "https://a.test:8443/"] {
        assert_eq!(partition(&page(same)), key, "{same}");
    }
    for other in ["http://a.test/", "https://b.test/", "https://127.0.0.1/"] {
        assert_ne!(partition(&page(other)), key, "{other}");
    }
    assert_eq!(partition(&page("http://127.0.0.1:1/")), partition(&page("http://127.0.0.1:2/")));
    assert_ne!(PartitionKey::new(key.as_str()), key);

    let opaque = |number| {
        let origin = Origin::Opaque(OpaqueOrigin(number));
        partition(&Page::with_origin("https://a.test/".parse().unwrap(), origin))
    };
    assert_eq!(opaque(1), opaque(1));
    assert_ne!(opaque(1), opaque(2));
    assert_ne!(PartitionKey::new(opaque(1).as_str()), opaque(1));
    let of_list = PartitionKey::of_top_level(page("https://a.co.uk").origin(), Sites::two_labels());
    assert_eq!(of_list.as_str(), "https://co.uk");
}

#[test]
fn a_partition_key_prints_as_its_text() {
    assert_eq!(
        PartitionKey::new("https://a.test https://b.test").to_string(),
        "https://a.test https://b.test"
    );
}

#[test]
fn urls_are_relative_to_the_page() {
    let shop = "https://a.test:8443/shop/cart?x#y";
    for (url, expected) in [
        ("", "https://a.test:8443/shop/cart?x"),
        ("item", "https://a.test:8443/shop/item"),
        ("/item", "https://a.test:8443/item"),
        ("//b.test", "https://b.test/"),
        ("?q", "https://a.test:8443/shop/cart?q"),
        (" \t/ite\nm ", "https://a.test:8443/item"),
    ] {
        assert_eq!(resolved(shop, url).as_deref(), Some(expected), "{url:?}");
    }
}
