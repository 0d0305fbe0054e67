//! A server for whoever writes: the site from memory, built again at each save, and browsers that follow.
//!
//! ```text
//!  watch ──changed──▶ maker ──files──▶ Shelf ──State──▶ answer     pages, with a script that only they carry
//!                                                  └──▶ live       what each open page is told
//! ```
//!
//! Building happens in the thread that calls [`serve`], requests are answered in one of their own; between them stands
//! one [`State`], exchanged whole. [`guard`] says who may ask at all; a request never reaches the disk, because what it
//! names is looked up among the files of the site.

mod address;
mod answer;
mod connection;
mod guard;
mod listener;
mod live;
mod maker;
mod media;
mod watch;

pub use listener::Listener;
pub use maker::{Made, Maker};
pub use watch::Watching;

use crate::diagnostic::Severity;
use crate::diagnostic::human::{self, Colour};
use crate::site::Shelf;
use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

/// Where the site is shown.
#[derive(Clone, Debug)]
pub struct Options {
    /// The path below which the site lies: `/` or `/repo/`.
    pub base: String,
    /// How files are watched.
    pub watching: Watching,
}

/// What the requests are answered from.
#[derive(Clone, Debug, Default)]
struct State {
    /// The last good site.
    shelf: Arc<Shelf>,
    /// Why the book as it is now cannot be built; empty if it can.
    problem: Arc<[String]>,
}

/// What there is to tell whoever started the server.
pub enum News<'a> {
    /// A build has ended; how many files of the site changed, and how long it took.
    Built(&'a Made, usize, Duration),
    /// A build could not be ended.
    Failed(io::Error),
    /// Changes are no longer seen.
    Blind(notify::Error),
}

/// Builds, serves on `listener`, and builds again whenever the book changes; ends only with an error.
///
/// # Errors
/// If the server cannot be started.
pub fn serve(
    options: &Options,
    maker: &mut Maker,
    listener: Listener,
    mut tell: impl FnMut(News<'_>),
) -> io::Result<()> {
    let (publish, state) = tokio::sync::watch::channel(State::default());
    connection::start(listener, state, options.base.clone())?;
    let mut watch = match watch::Watch::new(options.watching) {
        Ok(watch) => Some(watch),
        Err(error) => {
            tell(News::Blind(error));
            None
        }
    };
    let mut rescan = true;
    let mut read = BTreeSet::new();
    loop {
        let begun = Instant::now();
        // Folders are watched before they are read, so that no change falls between.
        if rescan && let Some(watch) = &mut watch {
            let folders = maker.folders().union(&read).cloned().collect();
            watch.follow(&folders).unwrap_or_else(|error| tell(News::Blind(error)));
        }
        let shelf = publish.borrow().shelf.clone();
        let round = shelf.round(now());
        match maker.make(&round) {
            Ok(made) => {
                let (next, changed) = round.finish();
                let problem = problem(&made);
                // A site with errors is shown only if there is none yet without.
                let next = if problem.is_empty() || shelf.version() == 0 { Arc::new(next) } else { shelf.clone() };
                publish.send_replace(State { shelf: next, problem });
                tell(News::Built(&made, changed, begun.elapsed()));
                if let Some(watch) = &mut watch {
                    watch.add(&made.folders).unwrap_or_else(|error| tell(News::Blind(error)));
                }
                read = made.folders;
            }
            Err(error) => {
                publish.send_modify(|state| state.problem = Arc::new([error.to_string()]));
                tell(News::Failed(error));
            }
        }
        match watch.as_mut().map(watch::Watch::wait) {
            Some(Ok(change)) => rescan = change.folders,
            Some(Err(error)) => {
                tell(News::Blind(error));
                watch = None;
            }
            None => std::thread::park(),
        }
    }
}

/// Rounds are numbered by the clock, so that a page of a server that was started before is older than any of this one.
fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}

fn problem(made: &Made) -> Arc<[String]> {
    let errors = made.report.notes().iter().filter(|note| note.severity == Severity::Error);
    errors.take(20).map(|note| human::render(note, &made.sources, Colour::Never)).collect()
}
