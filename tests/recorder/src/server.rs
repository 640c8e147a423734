//! The servers: one listener for each origin, and one thread and one request for each connection.

use std::{
    io::{self, BufReader, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::Arc,
    thread,
    time::Duration,
};

use crate::{
    http::{Request, ServerResponse},
    origins::{ORIGINS, Origin},
};

/// Bytes that no browser accepts as a response: Chromium and Firefox refuse the two lengths, and WebKit the
/// status. Just ending the connection is not enough, because Firefox then sends the request again.
const INVALID_RESPONSE: &[u8] = b"HTTP/1.1 2\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n";

/// Responds to requests.
pub trait Handler: Send + Sync + 'static {
    /// Responds to a request to an origin.
    fn respond(&self, origin: &Origin, request: &Request) -> ServerResponse;
}

/// Listens at all origins from now on, until the program ends.
pub fn serve(handler: Arc<impl Handler>) -> io::Result<()> {
    let addresses =
        ORIGINS.iter().flat_map(|origin| origin.addresses.iter().map(move |address| (origin, address)));
    for (origin, address) in addresses {
        listen(origin, address, Arc::clone(&handler))?;
    }
    Ok(())
}

/// Listens at one address from now on, until the program ends.
pub fn listen(origin: &'static Origin, address: &str, handler: Arc<impl Handler>) -> io::Result<()> {
    let listener = TcpListener::bind(address)
        .map_err(|error| io::Error::new(error.kind(), format!("{address}: {error}")))?;
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let handler = Arc::clone(&handler);
            // An error means that a browser has ended, so it is ignored.
            thread::spawn(move || drop(talk(origin, &stream, &*handler)));
        }
    });
    Ok(())
}

fn talk(origin: &Origin, stream: &TcpStream, handler: &impl Handler) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(120)))?;
    let Some(request) = Request::read(&mut BufReader::new(stream))? else { return Ok(()) };
    match handler.respond(origin, &request) {
        ServerResponse::Response(response) => response.write(&request.method, &mut &*stream)?,
        ServerResponse::Invalid => (&*stream).write_all(INVALID_RESPONSE)?,
    }
    stream.shutdown(Shutdown::Both)
}
