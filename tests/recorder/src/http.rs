//! The part of HTTP/1.1 that is needed to read requests of browsers and to send responses byte for byte.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
};

/// A request as it was received.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The head, byte for byte, with each byte as one code point.
    pub head: String,
    pub method: String,
    /// The path and the query.
    pub target: String,
    /// The headers in order, with lowercase names. Each byte of a value is one code point.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    /// The values of a header, combined.
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<_> =
            self.headers.iter().filter(|(other, _)| other == name).map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// The value of a query parameter. The parameters of the recorder need no decoding.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let (_, query) = self.target.split_once('?')?;
        query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }

    /// Returns whether it is a CORS-preflight request.
    pub fn is_preflight(&self) -> bool {
        self.method == "OPTIONS" && self.header("access-control-request-method").is_some()
    }

    /// Reads a request; `None` if the connection ends before one begins.
    pub fn read(stream: &mut BufReader<&TcpStream>) -> io::Result<Option<Self>> {
        let Some(mut head) = read_raw_line(stream)? else { return Ok(None) };
        let start = without_end(&head).to_owned();
        let mut words = start.split(' ');
        let (Some(method), Some(target)) = (words.next(), words.next()) else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, start));
        };
        let mut request = Self { method: method.to_owned(), target: target.to_owned(), ..Self::default() };
        while let Some(raw) = read_raw_line(stream)? {
            head += &raw;
            let line = without_end(&raw);
            if line.is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':') {
                request.headers.push((name.to_ascii_lowercase(), value.trim_matches([' ', '\t']).to_owned()));
            }
        }
        request.head = head;
        request.read_body(stream)?;
        Ok(Some(request))
    }

    fn read_body(&mut self, stream: &mut BufReader<&TcpStream>) -> io::Result<()> {
        if let Some(length) = self.header("content-length").and_then(|length| length.parse().ok()) {
            stream.take(length).read_to_end(&mut self.body)?;
        } else if self.header("transfer-encoding").is_some() {
            loop {
                let size = read_line(stream)?.unwrap_or_default();
                let size = u64::from_str_radix(&size, 16).unwrap_or(0);
                stream.take(size).read_to_end(&mut self.body)?;
                read_line(stream)?;
                if size == 0 {
                    break;
                }
            }
        }
        Ok(())
    }
}

fn read_line(stream: &mut impl BufRead) -> io::Result<Option<String>> {
    Ok(read_raw_line(stream)?.map(|line| without_end(&line).to_owned()))
}

fn read_raw_line(stream: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    let length = stream.read_until(b'\n', &mut line)?;
    Ok((length > 0).then(|| line.into_iter().map(char::from).collect()))
}

fn without_end(line: &str) -> &str {
    line.trim_end_matches(['\r', '\n'])
}

/// What the server sends.
#[derive(Debug, Clone, PartialEq)]
pub enum ServerResponse {
    Response(Response),
    /// Bytes that are not a valid response, which is a failure of the network.
    Invalid,
}

/// A response, written byte for byte. The connection is closed after it, so it needs no `Content-Length`, and
/// no browser reuses a connection that is about to close.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Response {
    pub status: u16,
    /// The headers in order. Each code point of a value is one byte.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Response {
    pub fn new(status: u16) -> Self {
        Self { status, ..Self::default() }
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// Writes the response to a request with this method.
    pub fn write(&self, method: &str, stream: &mut impl Write) -> io::Result<()> {
        let mut bytes = format!("HTTP/1.1 {} Status\r\n", self.status).into_bytes();
        for (name, value) in &self.headers {
            bytes.extend_from_slice(name.as_bytes());
            bytes.extend_from_slice(b": ");
            bytes.extend(value.chars().map(|char| u8::try_from(char).unwrap_or(b'?')));
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(b"connection: close\r\n\r\n");
        if method != "HEAD" && !matches!(self.status, 204 | 205 | 304) {
            bytes.extend_from_slice(&self.body);
        }
        stream.write_all(&bytes)?;
        stream.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, thread};

    use super::*;

    fn read(bytes: &'static [u8]) -> Request {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let client = thread::spawn(move || TcpStream::connect(address).unwrap().write_all(bytes).unwrap());
        let (stream, _) = listener.accept().unwrap();
        let request = Request::read(&mut BufReader::new(&stream)).unwrap().unwrap();
        client.join().unwrap();
        request
    }

    #[test]
    fn requests_are_read_byte_for_byte() {
        let request =
            read(b"PUT /c/x?a=1&b=2 HTTP/1.1\r\nX-A: \xe9 \r\nx-a:2\r\nContent-Length: 3\r\n\r\nabcd");
        assert_eq!((request.method.as_str(), request.target.as_str()), ("PUT", "/c/x?a=1&b=2"));
        assert_eq!(request.header("x-a").as_deref(), Some("\u{e9}, 2"));
        assert_eq!(request.parameter("b"), Some("2"));
        assert_eq!(request.body, b"abc");
        let chunked =
            read(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n");
        assert_eq!(chunked.body, b"abcd");
    }

    #[test]
    fn responses_are_written_byte_for_byte() {
        let response = Response::new(200).with("X-A", "\u{e9}").with("X-A", "").body("body");
        let written = |method| {
            let mut bytes = Vec::new();
            response.write(method, &mut bytes).unwrap();
            bytes
        };
        let head = b"HTTP/1.1 200 Status\r\nX-A: \xe9\r\nX-A: \r\nconnection: close\r\n\r\n";
        assert_eq!(written("GET"), [&head[..], b"body"].concat());
        assert_eq!(written("HEAD"), head);
    }
}
