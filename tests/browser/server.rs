//! A loopback server that shows a folder under a path, as GitHub Pages does.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use tiny_http::{Header, Response};

pub struct Server {
    address: SocketAddr,
    base: String,
    policy: Arc<OnceLock<String>>,
    inner: Arc<tiny_http::Server>,
    worker: Option<JoinHandle<()>>,
}

impl Server {
    pub fn start(root: &Path, base: &str) -> Self {
        let inner = Arc::new(tiny_http::Server::http("127.0.0.1:0").expect("a free port"));
        let address = inner.server_addr().to_ip().expect("an address");
        let policy = Arc::new(OnceLock::new());
        let worker = std::thread::spawn({
            let (inner, policy, root, base) = (inner.clone(), policy.clone(), root.to_path_buf(), base.to_owned());
            move || serve(&inner, &root, &base, &policy)
        });
        Server { address, base: base.to_owned(), policy, inner, worker: Some(worker) }
    }

    /// Sends a content security policy with every answer.
    pub fn with_policy(self, policy: &str) -> Self {
        self.policy.set(policy.to_owned()).expect("set once");
        self
    }

    pub fn url(&self, page: &str) -> String {
        format!("http://{}{}{page}", self.address, self.base)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.inner.unblock();
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

fn serve(inner: &tiny_http::Server, root: &Path, base: &str, policy: &OnceLock<String>) {
    for request in inner.incoming_requests() {
        let decoded = percent_encoding::percent_decode_str(request.url()).decode_utf8_lossy().into_owned();
        let path = decoded.split(['?', '#']).next().unwrap_or_default();
        let file = path
            .strip_prefix(base)
            .map(|rel| root.join(rel))
            .map(|p| if p.is_dir() { p.join("index.html") } else { p });
        let found = file.as_deref().and_then(|f| std::fs::read(f).ok());
        let status = if found.is_some() { 200 } else { 404 };
        let shown: PathBuf = file.filter(|_| status == 200).unwrap_or_else(|| root.join("404.html"));
        let bytes = found.unwrap_or_else(|| std::fs::read(&shown).unwrap_or_default());
        let kind = match shown.extension().and_then(|e| e.to_str()) {
            Some("html") => "text/html; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("svg") => "image/svg+xml",
            _ => "application/octet-stream",
        };
        let mut response =
            Response::from_data(bytes).with_status_code(status).with_header(header("Content-Type", kind));
        if let Some(policy) = policy.get() {
            response = response.with_header(header("Content-Security-Policy", policy));
        }
        let _ = request.respond(response);
    }
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("a header")
}
