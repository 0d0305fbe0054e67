//! From a request to an answer.

use super::address::{self, Found};
use super::guard::{Door, Refused};
use super::live::{self, Asked};
use super::{State, media};
use crate::path::RelPath;
use crate::site::{Kept, Shelf};
use http_body_util::channel::Channel;
use http_body_util::{Either, Full};
use hyper::body::Bytes;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use memchr::memmem;
use std::sync::Arc;
use tokio::sync::{Semaphore, watch};

/// Where the server's own files lie; no file of a site begins with a dot.
const OWN: &str = ".portolan/";
const SCRIPT: &str = include_str!("reload.js");
const STYLE: &str = include_str!("reload.css");
/// What is shown while there is no site at all.
const NOTHING_YET: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>portolan</title>\n</head>\n<body>\n<p>There is no site yet.</p>\n</body>\n</html>\n";

/// Bytes that are at hand, or events as they happen.
pub(super) type Body = Either<Full<Bytes>, Channel<Bytes>>;

/// What answers are made of.
#[derive(Clone, Debug)]
pub(super) struct Desk {
    /// The site as it is.
    pub(super) state: watch::Receiver<State>,
    /// Who may ask.
    pub(super) door: Door,
    /// The path below which the site lies.
    pub(super) base: String,
    /// How many pages may be told of changes at the same time.
    pub(super) listeners: Arc<Semaphore>,
}

impl Desk {
    /// Answers a request; what it carries beside its head is not read.
    pub(super) fn answer<B>(&self, request: &Request<B>) -> Response<Body> {
        let mut response = self.respond(request);
        let headers = response.headers_mut();
        let fixed = [
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::X_FRAME_OPTIONS, "SAMEORIGIN"),
            (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
            (header::CACHE_CONTROL, "no-cache"),
        ];
        headers.extend(fixed.map(|(name, value)| (name, HeaderValue::from_static(value))));
        if request.method() == Method::HEAD {
            *response.body_mut() = Either::Left(Full::default());
        }
        response
    }

    fn respond<B>(&self, request: &Request<B>) -> Response<Body> {
        let authority = request.uri().authority().map(hyper::http::uri::Authority::as_str);
        if let Err(refused) = self.door.check(authority, request.headers()) {
            let status = if refused == Refused::NoHost { StatusCode::BAD_REQUEST } else { StatusCode::FORBIDDEN };
            return words(status, refused.words());
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let mut response = words(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.\n");
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            return response;
        }
        let path = request.uri().path();
        match path.strip_prefix(&self.base).and_then(|below| below.strip_prefix(OWN)) {
            Some(own) => self.own(own, request),
            None => self.page(path, request),
        }
    }

    /// The server's own files.
    fn own<B>(&self, name: &str, request: &Request<B>) -> Response<Body> {
        match name {
            "reload.js" => with_type("js", SCRIPT),
            "reload.css" => with_type("css", STYLE),
            "events" => match self.listeners.clone().try_acquire_owned() {
                Ok(place) if request.method() == Method::GET => {
                    let asked = Asked::of(request.uri().query().unwrap_or(""));
                    let body = live::tell(self.state.clone(), asked, self.base.clone(), place);
                    let mut response = Response::new(Either::Right(body));
                    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
                    response
                }
                Ok(_) => with_type("txt", ""),
                Err(_) => words(StatusCode::SERVICE_UNAVAILABLE, "Too many pages are open.\n"),
            },
            _ => words(StatusCode::NOT_FOUND, "There is nothing here.\n"),
        }
    }

    fn page<B>(&self, path: &str, request: &Request<B>) -> Response<Body> {
        let shelf = self.state.borrow().shelf.clone();
        match address::find(path, &self.base, &shelf) {
            Found::File(rel, kept) => self.file(&rel, kept, &shelf, request),
            Found::Moved(to) => {
                let mut response = words(StatusCode::MOVED_PERMANENTLY, "");
                if let Ok(to) = HeaderValue::from_str(&to) {
                    response.headers_mut().insert(header::LOCATION, to);
                }
                response
            }
            Found::Senseless => words(StatusCode::BAD_REQUEST, "This is no path of a site.\n"),
            Found::Nothing => {
                let own = RelPath::new("404.html").and_then(|rel| shelf.get(&rel));
                let (status, text) = match own {
                    Some(kept) => (StatusCode::NOT_FOUND, &*kept.bytes),
                    None if shelf.version() == 0 => (StatusCode::SERVICE_UNAVAILABLE, NOTHING_YET.as_bytes()),
                    None => return words(StatusCode::NOT_FOUND, "There is nothing here.\n"),
                };
                let mut response = with_type("html", self.with_script(text, &shelf));
                *response.status_mut() = status;
                response
            }
        }
    }

    fn file<B>(&self, rel: &RelPath, kept: &Kept, shelf: &Shelf, request: &Request<B>) -> Response<Body> {
        let is_page = rel.extension() == "html";
        // A page carries the round it is from.
        let tag = format!("\"{}\"", if is_page { shelf.version() } else { kept.changed });
        let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        let mut response = if known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag)) {
            let mut response = Response::new(Either::Left(Full::default()));
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response
        } else if is_page {
            with_type("html", self.with_script(&kept.bytes, shelf))
        } else {
            with_type(rel.extension(), Bytes::from_owner(kept.bytes.clone()))
        };
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }

    /// A page with the script that follows the site, in its head.
    fn with_script(&self, page: &[u8], shelf: &Shelf) -> Vec<u8> {
        let tag =
            format!("<script type=\"module\" src=\"{}{OWN}reload.js?seen={}\"></script>\n", self.base, shelf.version());
        let at = memmem::find(page, b"</head>").unwrap_or(page.len());
        [&page[..at], tag.as_bytes(), &page[at..]].concat()
    }
}

fn with_type(extension: &str, bytes: impl Into<Bytes>) -> Response<Body> {
    let mut response = Response::new(Either::Left(Full::new(bytes.into())));
    let kind = HeaderValue::from_static(media::of(extension));
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn words(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = with_type("txt", text);
    *response.status_mut() = status;
    response
}
