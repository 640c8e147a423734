//! What an embedder keeps in a struct, moves to another thread or holds across an `await` has the auto traits for it. That
//! this file compiles is the test.

use crossorigin::{header_list::HeaderList, origin::Origin};

fn travels<T: Send + Sync + Unpin + 'static>() {}

#[test]
fn vocabulary() {
    travels::<Origin>();
    travels::<HeaderList>();
}

#[cfg(feature = "browser")]
#[test]
fn browser() {
    use crossorigin::browser::*;

    travels::<Page>();
    travels::<Request>();
    travels::<UserAgent>();
    travels::<PreflightCache>();
    travels::<Profile>();
    travels::<Step>();
    travels::<Exchange>();
    travels::<OutgoingRequest>();
    travels::<Redirect>();
    travels::<Response>();
    travels::<NetworkError>();
    travels::<Refusal>();
    travels::<Warning>();
}

#[cfg(feature = "server")]
#[test]
fn server() {
    use crossorigin::server::*;

    travels::<OriginPattern>();
    travels::<PolicyBuilder>();
    travels::<Policy>();
    travels::<Decision<'static>>();
    travels::<Explanation>();
}

#[cfg(feature = "oracle")]
#[test]
fn oracle() {
    use crossorigin::{browser::OutgoingRequest, oracle::*};

    travels::<Oracle>();
    travels::<PolicyServer<fn(&OutgoingRequest) -> ServerResponse>>();
    travels::<Routes>();
    travels::<Transcript>();
    travels::<Comparison>();
}

#[cfg(feature = "tower")]
#[test]
fn tower() {
    use std::future::Ready;

    use crossorigin::tower::*;

    travels::<CorsLayer>();
    travels::<CorsLayer<SwappablePolicy>>();
    travels::<CorsService<()>>();
    travels::<ResponseFuture<Ready<()>>>();
}

/// What is answered once cannot be copied first: this does not compile if one of the types is `Clone`, because then the
/// function that is meant is ambiguous.
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

/// A fetch that awaits its network, as embedders write it.
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
