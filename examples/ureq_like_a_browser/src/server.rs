//! A minimal server on loopback: it shares everything with one origin, and it redirects `/old/items/7` to `/items/7`.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    thread,
};

/// Starts the server in a thread that ends with the program, and returns its base URL.
pub(crate) fn start() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let base = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            // The server continues if a client hangs up.
            let _ = respond(connection);
        }
    });
    Ok(base)
}

fn respond(mut connection: TcpStream) -> io::Result<()> {
    let mut reader = BufReader::new(connection.try_clone()?);
    let mut request_line = String::new();
    reader.read_line(&mut request_line)?;
    let mut body_length = 0;
    for line in reader.by_ref().lines() {
        let line = line?.to_ascii_lowercase();
        if let Some(length) = line.strip_prefix("content-length:") {
            body_length = length.trim().parse().unwrap_or(0);
        }
        if line.is_empty() {
            break;
        }
    }
    io::copy(&mut reader.take(body_length), &mut io::sink())?;
    let mut words = request_line.split(' ');
    let head = match (words.next(), words.next()) {
        (Some("OPTIONS"), _) => {
            "204 No Content\r\n\
             Access-Control-Allow-Methods: PUT\r\n\
             Access-Control-Allow-Headers: content-type\r\n\
             Access-Control-Max-Age: 60"
        }
        (_, Some("/old/items/7")) => "307 Temporary Redirect\r\nLocation: /items/7\r\nContent-Length: 0",
        _ => "200 OK\r\nContent-Length: 6",
    };
    let body = if head.ends_with('6') { "stored" } else { "" };
    write!(
        connection,
        "HTTP/1.1 {head}\r\nAccess-Control-Allow-Origin: https://app.example\r\nConnection: close\r\n\r\n{body}"
    )
}
