//! What an open page is told, as server-sent events.
//!
//! A page says where it is and which round of building it shows; it is told `reload`, `style`, `problem` or `fine`, as it
//! needs. Nothing is queued for a page that reads slowly: it is told of the state as it is when it can be told again.

use super::State;
use super::address::{self, Found};
use crate::path::RelPath;
use crate::site::Shelf;
use http_body_util::channel::{Channel, Sender};
use hyper::body::Bytes;
use percent_encoding::percent_decode_str;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, watch};

/// A line that says nothing, so that a connection whose other end is gone is noticed.
const PULSE: Duration = Duration::from_secs(20);

/// What a page says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// Its path, percent-encoded as in the address bar.
    page: String,
    /// The round it is from.
    seen: u64,
}

impl Asked {
    /// From a query such as `page=%2Fa.html&seen=12`.
    pub(super) fn of(query: &str) -> Asked {
        let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        Asked {
            page: value("page").map(decoded).unwrap_or_default(),
            seen: value("seen").and_then(|n| n.parse().ok()).unwrap_or(0),
        }
    }
}

/// What there is to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Event {
    /// The page or something on it has changed.
    Reload,
    /// Only its style sheets have other addresses.
    Style,
    /// The book cannot be built; the site is the last good one.
    Problem(Arc<[String]>),
    /// The book can be built.
    Fine,
}

/// Tells a page all it needs from now on. `place` is given back when it goes.
pub(super) fn tell(
    state: watch::Receiver<State>,
    asked: Asked,
    base: String,
    place: OwnedSemaphorePermit,
) -> Channel<Bytes> {
    let (sender, body) = Channel::new(1);
    tokio::spawn(async move {
        keep_telling(state, asked, &base, sender).await;
        drop(place);
    });
    body
}

async fn keep_telling(mut state: watch::Receiver<State>, mut asked: Asked, base: &str, mut sender: Sender<Bytes>) {
    let mut told: Option<Event> = None;
    let mut text = "retry: 500\n\n".to_owned();
    loop {
        let now = state.borrow_and_update().clone();
        if let Some(event) = news(&now.shelf, &asked, base) {
            text.push_str(&event.text());
        }
        asked.seen = asked.seen.max(now.shelf.version());
        let mood = if now.problem.is_empty() { Event::Fine } else { Event::Problem(now.problem) };
        if told.as_ref() != Some(&mood) {
            text.push_str(&mood.text());
            told = Some(mood);
        }
        if !text.is_empty() && sender.send_data(Bytes::from(std::mem::take(&mut text))).await.is_err() {
            return;
        }
        match tokio::time::timeout(PULSE, state.changed()).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return,
            Err(_) => text.push_str(":\n\n"),
        }
    }
}

/// What a page of round `seen` has to do to show what the shelf holds.
fn news(shelf: &Shelf, asked: &Asked, base: &str) -> Option<Event> {
    let nowhere = || RelPath::new("404.html").and_then(|rel| shelf.get(&rel));
    let (kept, gone) = match address::find(&asked.page, base, shelf) {
        Found::File(_, kept) => (Some(kept), 0),
        _ => (nowhere(), shelf.removed()),
    };
    let (changed, reshaped) = kept.map_or((0, 0), |kept| (kept.changed, kept.reshaped));
    if reshaped.max(gone).max(shelf.copied()) > asked.seen {
        Some(Event::Reload)
    } else {
        (changed > asked.seen).then_some(Event::Style)
    }
}

impl Event {
    fn text(&self) -> String {
        let (name, data) = match self {
            Event::Reload => ("reload", String::new()),
            Event::Style => ("style", String::new()),
            // JSON has no line ends, which would end the event.
            Event::Problem(texts) => ("problem", serde_json::to_string(&**texts).unwrap_or_default()),
            Event::Fine => ("fine", String::new()),
        };
        format!("event: {name}\ndata: {data}\n\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{Output, Sink};
    use crate::path::SitePath;

    fn shelf(old: &Shelf, version: u64, files: &[(&str, &str)]) -> Shelf {
        let round = old.round(version);
        for (name, text) in files {
            let path = SitePath::new(RelPath::new(name).expect("inside"));
            round.put(Output::text(path, *text)).expect("memory takes everything");
        }
        round.finish().0
    }

    fn told(shelf: &Shelf, page: &str, seen: u64) -> Option<Event> {
        news(shelf, &Asked { page: page.to_owned(), seen }, "/")
    }

    #[test]
    fn a_page_is_told_only_of_itself() {
        let style = |name| format!("<link rel=\"stylesheet\" href=\"{name}\"></head>");
        let first = shelf(&Shelf::default(), 5, &[("a.html", &style("1")), ("b.html", "b"), ("404.html", "no")]);
        assert_eq!(told(&first, "/a.html", 5), None);
        assert_eq!(told(&first, "/a.html", 4), Some(Event::Reload), "a page of an older server");
        let second = shelf(&first, 6, &[("a.html", &style("2")), ("c.html", "c"), ("404.html", "no")]);
        assert_eq!(told(&second, "/a.html", 5), Some(Event::Style));
        assert_eq!(told(&second, "/c", 5), Some(Event::Reload), "an address that led nowhere");
        assert_eq!(told(&second, "/b.html", 5), Some(Event::Reload), "an address that leads nowhere now");
        assert_eq!(told(&second, "/d.html", 6), None);
    }

    #[test]
    fn a_query_is_read_whatever_it_holds() {
        assert_eq!(Asked::of("page=%2Fb%252.html&seen=7"), Asked { page: "/b%2.html".to_owned(), seen: 7 });
        assert_eq!(Asked::of("seen=x&&=&page"), Asked::default());
    }

    #[test]
    fn a_message_is_one_line_of_its_event() {
        let text = Event::Problem(Arc::new(["error\n --> a.md".to_owned()])).text();
        assert_eq!(text, "event: problem\ndata: [\"error\\n --> a.md\"]\n\n");
    }
}
