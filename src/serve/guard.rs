//! Who may ask.
//!
//! A server on the loopback address is not out of reach of strangers: any page that a browser has open can send it
//! requests, and a name that its owner first lets lead to himself and then to 127.0.0.1 (DNS rebinding) makes the
//! answers readable. So the `Host` has to be an address or the name that was asked for, and a request that another
//! site's page makes is refused, whatever it asks.

use hyper::HeaderMap;
use hyper::header::{HOST, HeaderValue, ORIGIN};
use std::net::IpAddr;

/// What requests are held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Door {
    /// The name that was asked for.
    name: String,
    /// The address that is listened on.
    address: IpAddr,
}

/// Why a request is refused, in words for whoever made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// No `Host`, or several, or nothing that could be one.
    NoHost,
    /// A `Host` that is not this server.
    ForeignHost,
    /// A page of another site asks.
    ForeignOrigin,
}

impl Refused {
    pub(super) fn words(self) -> &'static str {
        match self {
            Refused::NoHost => "The request does not say which host it is for.\n",
            Refused::ForeignHost => {
                "This name is not known here. Use the address that portolan printed, or start it with `-n` and this name.\n"
            }
            Refused::ForeignOrigin => "Pages of other sites may not ask here.\n",
        }
    }
}

impl Door {
    pub(super) fn new(name: &str, address: IpAddr) -> Door {
        Door { name: name.to_owned(), address }
    }

    /// Whether a request may be answered. `authority` is that of an address in full (`GET http://host/`).
    pub(super) fn check(&self, authority: Option<&str>, headers: &HeaderMap) -> Result<(), Refused> {
        let mut hosts = headers.get_all(HOST).iter();
        let host = hosts.next().and_then(text).filter(|_| hosts.next().is_none()).ok_or(Refused::NoHost)?;
        for named in authority.into_iter().chain([host]) {
            let name = host_name(named).ok_or(Refused::NoHost)?;
            if !self.is_us(&name) {
                return Err(Refused::ForeignHost);
            }
        }
        for origin in headers.get_all(ORIGIN) {
            let ours = text(origin).and_then(|origin| origin.strip_prefix("http://"));
            if !ours.is_some_and(|ours| ours.eq_ignore_ascii_case(host)) {
                return Err(Refused::ForeignOrigin);
            }
        }
        if from_elsewhere(headers) { Err(Refused::ForeignOrigin) } else { Ok(()) }
    }

    /// An address cannot be rebound, a name can: of names only those are good that were asked for.
    fn is_us(&self, name: &str) -> bool {
        if name == "localhost" || name == self.name {
            return true;
        }
        let named: Option<IpAddr> = name.parse().ok();
        named.is_some_and(|named| named == self.address || named.is_loopback() || !self.address.is_loopback())
    }
}

/// Browsers say for each request whether the page that makes it is of the same site. A script or an image that another
/// site's page embeds carries no `Origin`, but this. Following a link to here is no embedding.
fn from_elsewhere(headers: &HeaderMap) -> bool {
    let said = |name: &str| headers.get(name).and_then(text);
    match said("sec-fetch-site") {
        None | Some("same-origin" | "none") => false,
        Some(_) => said("sec-fetch-mode") != Some("navigate") || said("sec-fetch-dest") != Some("document"),
    }
}

fn text(value: &HeaderValue) -> Option<&str> {
    value.to_str().ok()
}

/// The name of `name:port` or `[::1]:port`, in small letters; `None` if it is neither.
fn host_name(authority: &str) -> Option<String> {
    let (name, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (name, port) = rest.split_once(']')?;
            (name, port.strip_prefix(':').or_else(|| port.is_empty().then_some(""))?)
        }
        None => authority.split_once(':').unwrap_or((authority, "")),
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
    let good = !name.is_empty() && name.chars().all(plain) && port.bytes().all(|b| b.is_ascii_digit());
    let name = name.strip_suffix('.').unwrap_or(name);
    good.then(|| name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderName;
    use proptest::prelude::*;

    fn asked(door: &Door, headers: &[(&str, &str)]) -> Result<(), Refused> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name: HeaderName = name.parse().expect("a name");
            map.append(name, value.parse().expect("a value"));
        }
        door.check(None, &map)
    }

    fn local() -> Door {
        Door::new("127.0.0.1", IpAddr::from([127, 0, 0, 1]))
    }

    #[test]
    fn only_names_of_this_machine_come_in() {
        for host in ["127.0.0.1:3000", "localhost", "LOCALHOST.:80", "[::1]:3000", "127.0.0.1"] {
            assert_eq!(asked(&local(), &[("host", host)]), Ok(()), "{host}");
        }
        for host in ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "192.168.1.2", "10.0.0.1:3000"]
        {
            assert_eq!(asked(&local(), &[("host", host)]), Err(Refused::ForeignHost), "{host}");
        }
        for host in ["", "a b", "user@localhost", "localhost:x", "[::1", "localhost/"] {
            assert_eq!(asked(&local(), &[("host", host)]), Err(Refused::NoHost), "{host}");
        }
        assert_eq!(asked(&local(), &[]), Err(Refused::NoHost));
        assert_eq!(asked(&local(), &[("host", "localhost"), ("host", "evil.example")]), Err(Refused::NoHost));
    }

    #[test]
    fn a_server_for_the_network_is_asked_by_address_or_by_the_name_it_was_given() {
        let door = Door::new("docs.lan", IpAddr::from([192, 168, 1, 2]));
        for host in ["docs.lan:3000", "192.168.1.2", "localhost"] {
            assert_eq!(asked(&door, &[("host", host)]), Ok(()), "{host}");
        }
        assert_eq!(asked(&door, &[("host", "evil.example")]), Err(Refused::ForeignHost));
    }

    #[test]
    fn pages_of_other_sites_are_refused() {
        let with = |more: &[(&str, &str)]| asked(&local(), &[&[("host", "localhost:3000")], more].concat());
        assert_eq!(with(&[("origin", "http://localhost:3000")]), Ok(()));
        for origin in
            ["http://localhost:4000", "http://evil.example", "null", "https://localhost:3000", "localhost:3000"]
        {
            assert_eq!(with(&[("origin", origin)]), Err(Refused::ForeignOrigin), "{origin}");
        }
        assert_eq!(with(&[("sec-fetch-site", "same-origin")]), Ok(()));
        assert_eq!(with(&[("sec-fetch-site", "cross-site")]), Err(Refused::ForeignOrigin));
        let link = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
        assert_eq!(with(&link), Ok(()));
        let frame = [("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")];
        assert_eq!(with(&frame), Err(Refused::ForeignOrigin));
    }

    proptest! {
        /// Whatever a `Host` holds, it comes in only as an address or as a name that is known.
        #[test]
        fn no_other_name_comes_in(host in "[ -~]{0,40}") {
            if asked(&local(), &[("host", &host)]).is_ok() {
                let name = host_name(&host).expect("it was read");
                let known = name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
                prop_assert!(known, "{host}");
            }
        }
    }
}
