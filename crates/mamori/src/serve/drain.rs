//! Lets a caller finish sending what was refused. A connection that is closed while the browser still sends shows "the
//! connection was reset" in many browsers instead of our page (RFC 9112 §9.6): the rest is read and thrown away, within bounds.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;

/// Most that is thrown away after "too large", in bytes: whoever sends more is cut off.
const MOST: u64 = 1024 * 1024 * 1024;

/// The same after any other answer (the session ended while a file was on its way): no more than an allowed file.
const USUAL: u64 = 64 * 1024 * 1024;

/// Longest that it may take.
const LONGEST: Duration = Duration::from_secs(60);

/// What the handler left unread.
type Left = Arc<Mutex<Option<Body>>>;

/// Gives the unread rest back when the handler is done with it.
struct Lent {
    body: Option<Body>,
    left: Left,
}

impl HttpBody for Lent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, axum::Error>>> {
        match &mut self.body {
            Some(body) => Pin::new(body).poll_frame(context),
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.as_ref().map(HttpBody::size_hint).unwrap_or_default()
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        *self.left.lock().unwrap_or_else(PoisonError::into_inner) = self.body.take();
    }
}

pub(super) async fn finish(request: Request, next: Next) -> Response {
    let left = Left::default();
    let request = request.map(|body| Body::new(Lent { body: Some(body), left: left.clone() }));
    let response = next.run(request).await;
    let most = if response.status() == StatusCode::PAYLOAD_TOO_LARGE { MOST } else { USUAL };
    let rest = left.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(rest) = rest.filter(|rest| !rest.is_end_stream() && rest.size_hint().lower() <= most) {
        let _ = tokio::time::timeout(LONGEST, throw_away(rest, most)).await;
    }
    response
}

async fn throw_away(mut rest: Body, most: u64) {
    let (begun, mut read) = (Instant::now(), 0_u64);
    while let Some(Ok(frame)) = std::future::poll_fn(|context| Pin::new(&mut rest).poll_frame(context)).await {
        read = read.saturating_add(frame.data_ref().map_or(0, |data| u64::try_from(data.len()).unwrap_or(u64::MAX)));
        if read > most || begun.elapsed() > LONGEST {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use axum::Router;
    use axum::extract::DefaultBodyLimit;
    use axum::middleware::from_fn;
    use axum::routing::post;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    #[tokio::test]
    async fn whoever_sends_too_much_may_finish_and_reads_the_answer() {
        let service =
            Router::new().route("/", post(async |_: Bytes| "taken")).layer(DefaultBodyLimit::max(1000)).layer(from_fn(finish));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, service).await });
        let mut caller = tokio::net::TcpStream::connect(address).await.unwrap();
        let length = 40_000_000;
        caller
            .write_all(format!("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n").as_bytes())
            .await
            .unwrap();
        // Without the draining this ends in a broken pipe.
        caller.write_all(&vec![b'x'; length]).await.unwrap();
        let mut answer = String::new();
        caller.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    }
}
