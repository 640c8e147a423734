//! As much of a WebSocket client as the debuggers of browsers need: text messages, on loopback.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// How long a browser may take to listen.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection to a debugger. Its clones are the same connection.
#[derive(Debug, Clone)]
pub struct WebSocket {
    output: Arc<Mutex<TcpStream>>,
}

impl WebSocket {
    /// Connects to `127.0.0.1`, and returns the connection and the messages that come in.
    pub fn connect(port: u16, path: &str) -> io::Result<(Self, Messages)> {
        let mut stream = connect(port)?;
        // The key of RFC 6455's example: nobody checks it here.
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )?;
        let mut input = BufReader::new(stream.try_clone()?);
        let head = read_head(&mut input)?;
        if !head.contains(" 101 ") {
            return Err(io::Error::other(head));
        }
        let output = Arc::new(Mutex::new(stream));
        Ok((Self { output: Arc::clone(&output) }, Messages { input, output: Self { output } }))
    }

    pub fn send(&self, text: &str) -> io::Result<()> {
        self.send_frame(1, text.as_bytes())
    }

    /// Sends a frame. Firefox refuses a mask of zeros.
    fn send_frame(&self, kind: u8, payload: &[u8]) -> io::Result<()> {
        let mut frame = vec![0x80 | kind];
        match u16::try_from(payload.len()) {
            Ok(length @ 0..126) => frame.push(0x80 | length as u8),
            Ok(length) => {
                frame.push(0x80 | 126);
                frame.extend(length.to_be_bytes());
            }
            Err(_) => {
                frame.push(0x80 | 127);
                frame.extend((payload.len() as u64).to_be_bytes());
            }
        }
        let mask = [1, 2, 3, 4];
        frame.extend(mask);
        frame.extend(payload.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask));
        self.output.lock().unwrap_or_else(PoisonError::into_inner).write_all(&frame)
    }
}

/// The messages of a connection, up to its end.
#[derive(Debug)]
pub struct Messages {
    input: BufReader<TcpStream>,
    output: WebSocket,
}

impl Messages {
    fn read(&mut self) -> io::Result<Option<String>> {
        let mut text = Vec::new();
        loop {
            let mut start = [0; 2];
            self.input.read_exact(&mut start)?;
            let length = match start[1] & 0x7f {
                126 => self.number::<2>()?,
                127 => self.number::<8>()?,
                length => u64::from(length),
            };
            let mut payload = Vec::new();
            (&mut self.input).take(length).read_to_end(&mut payload)?;
            match start[0] & 0x0f {
                0..=2 => text.extend(payload),
                8 => return Ok(None),
                9 => {
                    self.output.send_frame(10, &payload)?;
                    continue;
                }
                _ => continue,
            }
            if start[0] & 0x80 != 0 {
                return Ok(Some(String::from_utf8_lossy(&text).into_owned()));
            }
        }
    }

    fn number<const N: usize>(&mut self) -> io::Result<u64> {
        let mut bytes = [0; N];
        self.input.read_exact(&mut bytes)?;
        Ok(bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }
}

impl Iterator for Messages {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        self.read().ok().flatten()
    }
}

/// Fetches a text from `127.0.0.1` with HTTP.
pub fn get(port: u16, path: &str) -> io::Result<String> {
    let mut stream = connect(port)?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
    let mut input = BufReader::new(stream);
    let head = read_head(&mut input)?.to_ascii_lowercase();
    let length =
        head.split_once("content-length:").and_then(|(_, rest)| rest.lines().next()?.trim().parse().ok());
    let mut body = Vec::new();
    input.take(length.unwrap_or(u64::MAX)).read_to_end(&mut body)?;
    Ok(String::from_utf8_lossy(&body).into_owned())
}

fn read_head(input: &mut impl BufRead) -> io::Result<String> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && input.read_line(&mut head)? > 0 {}
    Ok(head)
}

fn connect(port: u16) -> io::Result<TcpStream> {
    let start = Instant::now();
    loop {
        match TcpStream::connect(("127.0.0.1", port)) {
            Err(_) if start.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(100)),
            stream => return stream,
        }
    }
}
