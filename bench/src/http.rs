//! HTTP/1.1 over a plain socket (RFC 9112): as little as possible between the clock and the server.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// What came back.
#[derive(Debug, Default)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Names in lower case, values as sent.
    pub headers: Vec<(String, String)>,
    /// Content, without the framing of chunks, as transferred (perhaps compressed).
    pub body: Vec<u8>,
    /// Bytes of head and content.
    pub bytes: usize,
}

impl Answer {
    /// The first header of a name in lower case.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// The content as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Milliseconds that the server says it took (`Server-Timing: …;dur=…`), if it does.
    pub fn server_ms(&self) -> Option<f64> {
        let (_, after) = self.header("server-timing").split_once("dur=")?;
        after.split([';', ',']).next()?.trim().parse().ok()
    }
}

/// Who asks: a browser with a session, or a program with a token.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// `127.0.0.1:port`.
    pub address: String,
    /// `name=value` of the session cookie, or empty.
    pub cookie: String,
    /// The API token, or empty.
    pub token: String,
    /// Accepts compressed content, as browsers do.
    pub gzip: bool,
}

/// A kept-alive connection.
pub struct Connection {
    client: Client,
    stream: Option<BufReader<TcpStream>>,
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

impl Client {
    /// A connection, opened at the first request.
    pub fn connection(&self) -> Connection {
        Connection { client: self.clone(), stream: None }
    }

    /// One request on a connection of its own.
    ///
    /// # Errors
    /// Faults of the network; an answer that is not HTTP.
    pub async fn get(&self, path: &str) -> io::Result<Answer> {
        self.connection().send("GET", path, "", b"").await
    }

    /// Sends a form.
    ///
    /// # Errors
    /// As [`Client::get`].
    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.connection().send("POST", path, "application/x-www-form-urlencoded", body.as_bytes()).await
    }

    /// Sends one file as a browser's form does (RFC 7578).
    ///
    /// # Errors
    /// As [`Client::get`].
    pub async fn upload(&self, path: &str, name: &str, content: &[u8]) -> io::Result<Answer> {
        const BOUNDARY: &str = "----mamori-bench";
        let mut body = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        self.connection().send("POST", path, &format!("multipart/form-data; boundary={BOUNDARY}"), &body).await
    }
}

impl Connection {
    /// Sends a request and reads the whole answer.
    ///
    /// # Errors
    /// Faults of the network; an answer that is not HTTP.
    pub async fn send(&mut self, method: &str, path: &str, content_type: &str, body: &[u8]) -> io::Result<Answer> {
        let client = &self.client;
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nAccept-Language: ja\r\n", client.address);
        let mut line = |name: &str, value: &str| {
            if !value.is_empty() {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
        };
        line("Cookie", &client.cookie);
        line("Accept-Encoding", if client.gzip { "gzip" } else { "" });
        line("Content-Type", content_type);
        if client.token.is_empty() {
            line("Sec-Fetch-Site", "same-origin");
        } else {
            line("Authorization", &format!("Bearer {}", client.token));
        }
        if method != "GET" {
            line("Content-Length", &body.len().to_string());
        }
        head.push_str("\r\n");
        let mut message = head.into_bytes();
        message.extend_from_slice(body);
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(&client.address).await?;
                stream.set_nodelay(true)?;
                BufReader::with_capacity(64 * 1024, stream)
            }
        };
        stream.write_all(&message).await?;
        let answer = read(&mut stream).await?;
        if answer.header("connection") != "close" {
            self.stream = Some(stream);
        }
        Ok(answer)
    }
}

async fn read_line(stream: &mut BufReader<TcpStream>, answer: &mut Answer) -> io::Result<String> {
    let mut line = String::new();
    answer.bytes += stream.read_line(&mut line).await?;
    if line.is_empty() {
        return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the server closed the connection"));
    }
    Ok(line.trim_end().to_owned())
}

async fn read(stream: &mut BufReader<TcpStream>) -> io::Result<Answer> {
    let mut answer = Answer::default();
    let first = read_line(stream, &mut answer).await?;
    answer.status = first.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(|| broken("not an HTTP answer"))?;
    loop {
        let line = read_line(stream, &mut answer).await?;
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            answer.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    if answer.header("transfer-encoding").eq_ignore_ascii_case("chunked") {
        loop {
            let line = read_line(stream, &mut answer).await?;
            let length =
                usize::from_str_radix(line.split(';').next().unwrap_or_default(), 16).map_err(|_| broken("not a chunk"))?;
            let mut chunk = vec![0; length + 2];
            stream.read_exact(&mut chunk).await?;
            answer.bytes += chunk.len();
            if length == 0 {
                break;
            }
            chunk.truncate(length);
            answer.body.append(&mut chunk);
        }
    } else {
        let length = answer.header("content-length").parse().unwrap_or(0);
        answer.body.resize(length, 0);
        stream.read_exact(&mut answer.body).await?;
        answer.bytes += length;
    }
    Ok(answer)
}
