//! What a connection's bytes and requests pass through: it ends when its entry is taken out of the table, and every request
//! on it carries its [`Line`].

use super::{Connections, Line, Ticket, line::Asking};
use axum::{body::Body, extract::Request, middleware::Next, response::Response};
use axum_server::accept::Accept;
use futures::StreamExt;
use std::{
    future::{Future, Ready, ready},
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Instant,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};
use tower::Service;

/// Enters connections into the table as they come.
#[derive(Debug, Clone)]
pub struct Acceptor(pub Connections);

impl<S> Accept<TcpStream, S> for Acceptor {
    type Stream = Watched;
    type Service = Marked<S>;
    type Future = Ready<io::Result<(Watched, Marked<S>)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        ready(stream.peer_addr().and_then(|peer| {
            let ticket = self.0.enter(peer.ip()).ok_or(io::ErrorKind::ConnectionRefused)?;
            let line = Arc::clone(&ticket.line);
            Ok((Watched { stream, ticket, closed: false }, Marked { service, line }))
        }))
    }
}

/// A connection's bytes, until it has to go.
#[derive(Debug)]
pub struct Watched {
    stream: TcpStream,
    ticket: Ticket,
    closed: bool,
}

impl Watched {
    /// The connection itself, or the error that ends it; whoever waits is woken when it must go.
    fn open(self: Pin<&mut Self>, cx: &mut Context<'_>) -> io::Result<Pin<&mut TcpStream>> {
        let this = self.get_mut();
        // Once it has said so it must not be asked again.
        this.closed = this.closed || Pin::new(&mut this.ticket.closed).poll(cx).is_ready();
        if this.closed {
            Err(io::ErrorKind::ConnectionAborted.into())
        } else {
            Ok(Pin::new(&mut this.stream))
        }
    }
}

impl AsyncRead for Watched {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match self.open(cx) {
            Ok(stream) => stream.poll_read(cx, buf),
            Err(error) => Poll::Ready(Err(error)),
        }
    }
}

impl AsyncWrite for Watched {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        match self.open(cx) {
            Ok(stream) => stream.poll_write(cx, buf),
            Err(error) => Poll::Ready(Err(error)),
        }
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match self.open(cx) {
            Ok(stream) => stream.poll_write_vectored(cx, bufs),
            Err(error) => Poll::Ready(Err(error)),
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.open(cx) {
            Ok(stream) => stream.poll_flush(cx),
            Err(error) => Poll::Ready(Err(error)),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

/// Puts the connection's [`Line`] on each of its requests.
#[derive(Debug, Clone)]
pub struct Marked<S> {
    service: S,
    line: Arc<Line>,
}

impl<S, B> Service<axum::http::Request<B>> for Marked<S>
where
    S: Service<axum::http::Request<B>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(cx)
    }

    fn call(&mut self, mut request: axum::http::Request<B>) -> S::Future {
        request.extensions_mut().insert(Arc::clone(&self.line));
        self.service.call(request)
    }
}

/// Notes on the connection's line that a request is under way, until the last byte of its answer is out.
pub async fn note(request: Request, next: Next) -> Response {
    let Some(line) = request.extensions().get::<Arc<Line>>().cloned() else { return next.run(request).await };
    let asking = line.asks();
    let response = next.run(request).await;
    response.map(|body| until_sent(body, asking))
}

fn until_sent(body: Body, asking: Asking) -> Body {
    use axum::body::HttpBody;
    // What is in memory already is handed over at once; its length must stay known.
    if body.size_hint().exact().is_some_and(|length| length <= AT_ONCE) {
        return body;
    }
    let pieces = body.into_data_stream().map(move |piece| {
        asking.goes_on(Instant::now());
        piece
    });
    Body::from_stream(pieces)
}

/// Bytes that the connection takes from us without waiting for the other end.
const AT_ONCE: u64 = 64 * 1024;
