//! The public types are `Send`, `Sync`, `Unpin` and `'static`, so an embedder can store them in structs, move
//! them to other threads and hold them across an `await`. The test is that this file compiles.

use crossorigin::{header_list::HeaderList, origin::Origin};

fn assert_auto_traits<T: Send + Sync + Unpin + 'static>() {}

#[test]
fn types_of_the_vocabulary_have_the_auto_traits() {
    assert_auto_traits::<Origin>();
    assert_auto_traits::<HeaderList>();
}

#[cfg(feature = "browser")]
#[test]
fn types_of_the_browser_side_have_the_auto_traits() {
    use crossorigin::browser::*;

    assert_auto_traits::<Page>();
    assert_auto_traits::<Request>();
    assert_auto_traits::<UserAgent>();
    assert_auto_traits::<PreflightCache>();
    assert_auto_traits::<Profile>();
    assert_auto_traits::<Step>();
    assert_auto_traits::<Exchange>();
    assert_auto_traits::<OutgoingRequest>();
    assert_auto_traits::<Redirect>();
    assert_auto_traits::<Response>();
    assert_auto_traits::<NetworkError>();
    assert_auto_traits::<Refusal>();
    assert_auto_traits::<Warning>();
}

#[cfg(feature = "server")]
#[test]
fn types_of_the_server_side_have_the_auto_traits() {
    use crossorigin::server::*;

    assert_auto_traits::<OriginPattern>();
    assert_auto_traits::<PolicyBuilder>();
    assert_auto_traits::<Policy>();
    assert_auto_traits::<Decision<'static>>();
    assert_auto_traits::<Explanation>();
}

#[cfg(feature = "oracle")]
#[test]
fn types_of_the_oracle_have_the_auto_traits() {
    use crossorigin::{browser::OutgoingRequest, oracle::*};

    assert_auto_traits::<Oracle>();
    assert_auto_traits::<PolicyServer<fn(&OutgoingRequest) -> ServerResponse>>();
    assert_auto_traits::<Routes>();
    assert_auto_traits::<Transcript>();
    assert_auto_traits::<Comparison>();
}

#[cfg(feature = "tower")]
#[test]
fn types_of_the_layer_have_the_auto_traits() {
    use std::future::Ready;

    use crossorigin::{server::SwappablePolicy, tower::*};

    assert_auto_traits::<CorsLayer>();
    assert_auto_traits::<CorsLayer<SwappablePolicy>>();
    assert_auto_traits::<CorsService<()>>();
    assert_auto_traits::<ResponseFuture<Ready<()>>>();
}

/// An exchange cannot be copied and so not be completed twice. If one of these types were `Clone`, the call
/// would be ambiguous, and this test would not compile.
#[cfg(feature = "browser")]
#[test]
fn steps_are_not_clone() {
    use crossorigin::browser::*;

    struct Cloneable;
    trait AmbiguousIfClone<A> {
        fn check() {}
    }
    impl<T> AmbiguousIfClone<()> for T {}
    impl<T: Clone> AmbiguousIfClone<Cloneable> for T {}

    <Step as AmbiguousIfClone<_>>::check();
    <Exchange as AmbiguousIfClone<_>>::check();
    <Redirect as AmbiguousIfClone<_>>::check();
}

/// A fetch that awaits the network, as embedders write it.
#[cfg(feature = "oracle")]
#[test]
fn a_fetch_across_an_await_is_send() {
    use crossorigin::{browser, oracle};

    fn is_send(_: &impl Send) {}

    let mut oracle = oracle::Oracle::new(browser::Page::new("https://a.test").unwrap());
    let request = oracle.page().fetch("https://b.test").build().unwrap();
    let mut user_agent = browser::UserAgent::default();
    let fetching = async {
        let step = user_agent.fetch(request.clone(), browser::Timestamp::ZERO);
        let browser::Step::Send(exchange) = step else { return };
        std::future::ready(()).await;
        let _ = exchange.fail(&mut user_agent, browser::Failure::Canceled);
    };
    is_send(&fetching);
    drop(fetching);
    let server =
        async |_: browser::OutgoingRequest| oracle::ServerResponse::Failure(browser::Failure::Network);
    let asking = oracle.fetch_async(request, server);
    drop(asking);
}
