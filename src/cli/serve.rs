//! `portolan serve`

use super::Outcome;
use super::tell::{MessageFormat, Teller, Volume};
use crate::serve::{self, Listener, Maker, News, Watching};
use clap::ValueEnum;
use std::path::PathBuf;

/// Options of `portolan serve`.
#[derive(Debug, clap::Args)]
pub(super) struct ServeOptions {
    /// Folder of the book, with its book.toml if it has one
    #[arg(default_value = ".", value_hint = clap::ValueHint::DirPath)]
    root: PathBuf,
    /// Port; 0 is any that is free
    #[arg(short, long, default_value_t = 3000)]
    port: u16,
    /// Address or name to listen on; only 127.0.0.1 and localhost keep others on the network out
    #[arg(short = 'n', long, default_value = "127.0.0.1", value_hint = clap::ValueHint::Hostname)]
    hostname: String,
    /// Show the site below this path, as GitHub Pages shows that of a repository
    #[arg(long, default_value = "/", value_name = "PATH")]
    base: String,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    /// Build pages marked `draft: true` too
    #[arg(long)]
    drafts: bool,
    /// How changes are noticed
    #[arg(long, value_enum, default_value_t, value_name = "HOW")]
    watcher: WatcherOption,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum WatcherOption {
    /// The system tells
    #[default]
    Native,
    /// Files are looked at again and again: for network folders and containers that are not told
    Poll,
}

impl ServeOptions {
    pub(super) fn run(&self, teller: Teller) -> Outcome {
        let Some(base) = base(&self.base) else {
            teller.fail(format_args!("`{}` is no path: it needs plain letters between slashes", self.base));
            return Outcome::Misused;
        };
        if !self.root.is_dir() {
            teller.fail(format_args!("`{}` is not a folder", self.root.display()));
            return Outcome::Misused;
        }
        let listener = match Listener::open(&self.hostname, self.port) {
            Ok(listener) => listener,
            Err(error) => {
                let hint =
                    if error.kind() == std::io::ErrorKind::AddrInUse { "; choose another port with `-p`" } else { "" };
                teller.fail(format_args!("cannot listen on {}:{}: {error}{hint}", self.hostname, self.port));
                return Outcome::Faulty;
            }
        };
        let (url, public) = (listener.url(&base), listener.is_public());
        let options = serve::Options {
            base: base.clone(),
            watching: match self.watcher {
                WatcherOption::Native => Watching::Native,
                WatcherOption::Poll => Watching::Poll,
            },
        };
        let mut maker = Maker { root: self.root.clone(), drafts: self.drafts, base };
        let mut first = true;
        let served = serve::serve(&options, &mut maker, listener, |news| {
            let built = matches!(news, News::Built(..));
            tell(teller, news, first);
            if built && first {
                first = false;
                self.greet(teller, public, &url);
            }
        });
        if let Err(error) = served {
            teller.fail(format_args!("the server cannot work: {error}"));
        }
        Outcome::Faulty
    }

    fn greet(&self, teller: Teller, public: bool, url: &str) {
        teller.say(format_args!("the book is at {url} (Ctrl+C ends this)"));
        if public {
            teller.say("everybody on this network can read it");
        }
        if self.open
            && let Err(error) = open::that(url)
        {
            teller.fail(format_args!("no browser could be opened: {error}"));
        }
    }
}

fn tell(teller: Teller, news: News<'_>, first: bool) {
    match news {
        News::Built(made, changed, time) => {
            teller.report(&made.report, &made.sources, MessageFormat::Human, Volume::Quiet);
            let time = time.as_secs_f64();
            if first {
                teller.say(format_args!("{changed} files, {time:.2} s"));
            } else if changed > 0 || made.report.has_errors() {
                teller.say(format_args!("built again: {changed} files changed, {time:.2} s"));
            }
        }
        News::Failed(error) => teller.fail(format_args!("the book could not be built: {error}")),
        News::Blind(error) => {
            teller.fail(format_args!(
                "changes may not be noticed: {error}; `--watcher poll` needs nothing of the system"
            ));
        }
    }
}

/// `repo` and `/repo/` are `/repo/`; only characters that mean themselves in an address.
fn base(path: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~');
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let good = parts.iter().all(|part| part.chars().all(plain) && !part.chars().all(|c| c == '.'));
    good.then(|| parts.iter().fold("/".to_owned(), |base, part| format!("{base}{part}/")))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_base_is_a_path_between_slashes() {
        let base = super::base;
        assert_eq!(base("/").as_deref(), Some("/"));
        assert_eq!(base("repo").as_deref(), Some("/repo/"));
        assert_eq!(base("/a/b").as_deref(), Some("/a/b/"));
        assert_eq!((base("/../x"), base("a b"), base("\"")), (None, None, None));
    }
}
