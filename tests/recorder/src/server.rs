//! The servers: one listener for each origin, one thread for each connection, one request for each connection.

use std::{
    io::{self, BufReader, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::Arc,
    thread,
    time::Duration,
};

use crate::{
    http::{Reply, Request},
    origins::{ORIGINS, Origin},
};

/// What no browser takes for a response: Chromium and Firefox refuse the two lengths, WebKit the status. A connection
/// that just ends will not do, since Firefox asks again.
const NONSENSE: &[u8] = b"HTTP/1.1 2\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\n";

/// Who answers.
pub trait Handler: Send + Sync + 'static {
    /// Answers a request that came to an origin.
    fn respond(&self, origin: &Origin, request: &Request) -> Reply;
}

/// Listens at all origins from now on, until the program ends.
pub fn serve(handler: Arc<impl Handler>) -> io::Result<()> {
    let addresses =
        ORIGINS.iter().flat_map(|origin| origin.addresses.iter().map(move |address| (origin, address)));
    for (origin, address) in addresses {
        let listener = TcpListener::bind(address)
            .map_err(|error| io::Error::new(error.kind(), format!("{address}: {error}")))?;
        let handler = Arc::clone(&handler);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let handler = Arc::clone(&handler);
                // What goes wrong here is that a browser went away.
                thread::spawn(move || drop(talk(origin, &stream, &*handler)));
            }
        });
    }
    Ok(())
}

fn talk(origin: &Origin, stream: &TcpStream, handler: &impl Handler) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(120)))?;
    let Some(request) = Request::read(&mut BufReader::new(stream))? else { return Ok(()) };
    match handler.respond(origin, &request) {
        Reply::Response(response) => response.write(&request.method, &mut &*stream)?,
        Reply::Nonsense => (&*stream).write_all(NONSENSE)?,
    }
    stream.shutdown(Shutdown::Both)
}
