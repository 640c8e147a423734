//! warp: a filter is a tower service, so the layer of the feature `tower` is the adapter. warp's own server takes no service,
//! so hyper serves it.

use std::io;

use crossorigin::{server::Policy, tower::CorsLayer};
use hyper::server::conn::http1;
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use tokio::net::TcpListener;
use tower::Layer as _;
use warp::{Filter, Reply, reject::Rejection};

/// Serves a filter with a policy around it.
///
/// # Errors
/// If the listener accepts no more connections.
pub async fn serve<F>(listener: TcpListener, filter: F, policy: Policy) -> io::Result<()>
where
    F: Filter<Extract: Reply, Error = Rejection> + Clone + Send + 'static,
{
    let service = CorsLayer::new(policy).layer(warp::service(filter));
    loop {
        let (stream, _) = listener.accept().await?;
        let service = TowerToHyperService::new(service.clone());
        // A connection that breaks concerns only its client.
        tokio::spawn(http1::Builder::new().serve_connection(TokioIo::new(stream), service));
    }
}
