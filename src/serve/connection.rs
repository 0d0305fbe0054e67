//! Connections: accepted, bounded in number, in the size of what they ask and in time.

use super::answer::Desk;
use super::guard::Door;
use super::{Listener, State};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::{Semaphore, watch};

/// Connections at the same time; more have to wait.
const CONNECTIONS: usize = 256;
/// Pages that are told of changes, at the same time.
const LISTENERS: usize = 100;
/// Bytes of a request's head.
const HEAD: usize = 16 << 10;
/// Lines of a request's head.
const HEADERS: usize = 64;
/// A request is read in this time.
const ASKING: Duration = Duration::from_secs(5);
/// And answered in this, however slowly the other side reads.
const ANSWERING: Duration = Duration::from_secs(60);

/// Answers in a thread of its own from now on.
pub(super) fn start(listener: Listener, state: watch::Receiver<State>, base: String) -> io::Result<()> {
    let door = Door::new(&listener.name, listener.address.ip());
    listener.socket.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
    let desk = Desk { state, door, base, listeners: Arc::new(Semaphore::new(LISTENERS)) };
    let listener = {
        let _inside = runtime.enter();
        tokio::net::TcpListener::from_std(listener.socket)?
    };
    std::thread::Builder::new().name("answers".to_owned()).spawn(move || runtime.block_on(accept(listener, desk)))?;
    Ok(())
}

async fn accept(listener: tokio::net::TcpListener, desk: Desk) {
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let desk = Arc::new(desk);
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                let desk = desk.clone();
                tokio::spawn(async move {
                    let _ = stream.set_nodelay(true);
                    converse(stream, &desk).await;
                    drop(place);
                });
            }
            // Out of file descriptors, or a caller that has hung up: neither is a reason to stop.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// One request and its answer. A page takes a handful of connections that cost nothing on a machine of one's own; none
/// of them then stands idle, and each has one bound of time.
async fn converse(stream: tokio::net::TcpStream, desk: &Desk) {
    let listens = AtomicBool::new(false);
    let service = service_fn(|request: hyper::Request<hyper::body::Incoming>| {
        let response = desk.answer(&request);
        let kind = response.headers().get(hyper::header::CONTENT_TYPE);
        listens.store(kind.is_some_and(|kind| kind == "text/event-stream"), Ordering::Relaxed);
        std::future::ready(Ok::<_, Infallible>(response))
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(ASKING).max_buf_size(HEAD).max_headers(HEADERS).keep_alive(false);
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
    let in_time = tokio::time::timeout(ANSWERING, &mut connection).await.is_ok();
    // Only who listens for changes may stay.
    if !in_time && listens.load(Ordering::Relaxed) {
        let _ = connection.await;
    }
}
