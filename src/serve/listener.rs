//! Where the server listens.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};

/// A port that is listened on, and the name under which it was asked for.
#[derive(Debug)]
pub struct Listener {
    pub(super) socket: TcpListener,
    pub(super) name: String,
    pub(super) address: SocketAddr,
}

impl Listener {
    /// Listens on a name or an address, such as `127.0.0.1`; port 0 is any that is free.
    ///
    /// # Errors
    /// If the name is not of this machine, or the port is taken.
    pub fn open(host: &str, port: u16) -> io::Result<Listener> {
        let name = host.trim_matches(['[', ']']).to_ascii_lowercase();
        let socket = TcpListener::bind((name.as_str(), port))?;
        let address = socket.local_addr()?;
        Ok(Listener { socket, name, address })
    }

    /// Whether other machines can reach it.
    #[must_use]
    pub fn is_public(&self) -> bool {
        !self.address.ip().is_loopback()
    }

    /// The address of a path, as a browser takes it.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        let port = self.address.port();
        let host = match self.name.parse::<IpAddr>() {
            // "All addresses" is none that can be opened.
            Ok(ip) if ip.is_unspecified() => format!("localhost:{port}"),
            Ok(_) => self.address.to_string(),
            Err(_) => format!("{}:{port}", self.name),
        };
        format!("http://{host}{path}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_that_a_browser_can_open() {
        let local = Listener::open("127.0.0.1", 0).expect("a free port");
        assert!(!local.is_public() && local.url("/a/").starts_with("http://127.0.0.1:"));
        let all = Listener::open("0.0.0.0", 0).expect("a free port");
        assert!(all.is_public() && all.url("/").starts_with("http://localhost:"));
        let named = Listener::open("LOCALHOST", 0).expect("a free port");
        assert!(!named.is_public() && named.url("/").starts_with("http://localhost:"));
    }
}
