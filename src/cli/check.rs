//! `portolan check`

use super::Outcome;
use super::tell::{Teller, Volume};
use crate::book::{self, Book, Root};
use crate::build::{self, Progress};
use crate::check::{self, Levels};
use crate::diagnostic::{Report, Severity, Sources, github, json, sarif};
use crate::output::{Output, Sink};
use crate::path::SitePath;
use crate::web::{self, Cache, Pace};
use clap::ValueEnum;
use std::collections::BTreeMap;
use std::io::{Write, stdout};
use std::path::{Component, Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Options of `portolan check`.
#[derive(Debug, clap::Args)]
pub(super) struct CheckOptions {
    /// Folder of the book, with its book.toml if it has one
    #[arg(default_value = ".", value_hint = clap::ValueHint::DirPath)]
    root: PathBuf,
    /// Mend what can be mended safely, then check
    #[arg(long)]
    fix: bool,
    /// Ask other servers whether the addresses of the book still lead somewhere
    #[arg(long)]
    external: bool,
    /// File that keeps the good answers [default: .portolan/external.json in ROOT]
    #[arg(long, requires = "external", value_hint = clap::ValueHint::FilePath)]
    cache: Option<PathBuf>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: CheckFormat,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Check pages marked `draft: true` too
    #[arg(long)]
    drafts: bool,
    /// Say nothing but errors and warnings
    #[arg(short, long)]
    quiet: bool,
}

/// The form in which findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// As a compiler prints them, on standard error
    #[default]
    Human,
    /// A JSON object a line, on standard output
    Json,
    /// One SARIF 2.1.0 document, on standard output
    Sarif,
    /// Commands of GitHub's workflows, on standard output
    Github,
}

/// A site that nobody keeps: a build is asked for its messages only.
struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, _: Output) -> std::io::Result<()> {
        Ok(())
    }

    fn copy(&self, _: &Path, _: &SitePath) -> std::io::Result<()> {
        Ok(())
    }
}

/// A book as it is now.
struct Read {
    book: Book,
    dir: PathBuf,
    sources: Sources,
    report: Report,
}

impl CheckOptions {
    pub(super) fn run(&self, teller: Teller) -> Outcome {
        let Some(mut read) = self.read(teller) else { return Outcome::Misused };
        if self.fix {
            match mend(&read) {
                Ok((0, _)) => self.say(teller, "nothing to mend"),
                Ok((files, places)) => {
                    self.say(teller, format_args!("mended {} in {}", counted(places, "place"), counted(files, "file")));
                    match self.read(teller) {
                        Some(again) => read = again,
                        None => return Outcome::Misused,
                    }
                }
                Err((path, error)) => {
                    teller.fail(format_args!("`{path}` could not be mended: {error}"));
                    return Outcome::Faulty;
                }
            }
        }
        let Read { book, dir, sources, mut report } = read;
        // Nothing is written, so nothing can fail.
        let _ = build::build(&book, &Nowhere, &Progress::default(), &mut report);
        let checked = check::check(&book);
        report.extend(checked.notes);
        if self.external {
            let answers = self.ask(teller, &book, &dir, &checked.addresses);
            report.extend(check::told(&checked.addresses, &answers));
        }
        let levels = Levels::of(&book.config.portolan.check);
        report.retain(|note| if checked.silenced.covers(&note) { None } else { levels.weigh(note) });
        if self.strict || book.config.portolan.strict {
            report.deny_warnings();
        }
        report.sort();
        self.tell(teller, &report, &sources);
        if report.has_errors() {
            return Outcome::Faulty;
        }
        if report.count(Severity::Warning) == 0 {
            self.say(teller, format_args!("{}, nothing found", counted(book.pages.len(), "page")));
        }
        Outcome::Good
    }

    fn say(&self, teller: Teller, line: impl std::fmt::Display) {
        if !self.quiet {
            teller.say(line);
        }
    }

    fn read(&self, teller: Teller) -> Option<Read> {
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let root = match Root::open(&self.root, &mut sources, &mut report) {
            Ok(root) => root,
            Err(error) => {
                teller.fail(format_args!("cannot open the folder `{}`: {error}", self.root.display()));
                return None;
            }
        };
        let dir = root.dir.clone();
        let options = book::Options { drafts: self.drafts, dest: root.dest() };
        let book = book::read(root, &options, &mut sources, &mut report);
        Some(Read { book, dir, sources, report })
    }

    /// Asks for what the cache does not know, and keeps the good answers.
    fn ask(
        &self,
        teller: Teller,
        book: &Book,
        dir: &Path,
        addresses: &[check::Address],
    ) -> BTreeMap<String, web::Answer> {
        let settings = &book.config.portolan.check;
        let file = self.cache.clone().unwrap_or_else(|| dir.join(".portolan").join("external.json"));
        let mut cache = book::read_source(&file).map(|text| Cache::read(&text)).unwrap_or_default();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
        let mut known = BTreeMap::new();
        let mut todo = Vec::new();
        for url in check::to_ask(book, addresses) {
            match cache.get(&url, now, settings.external_days) {
                Some(answer) => {
                    known.insert(url, answer.clone());
                }
                None => todo.push(url),
            }
        }
        self.say(teller, format_args!("{} to ask, {} known from before", counted(todo.len(), "address"), known.len()));
        let answers = web::ask(&todo, &Pace { per_second: settings.external_per_second, ..Pace::default() });
        cache.put(&answers, now, settings.external_days);
        if let Err(error) = crate::site::replace_file(&file, cache.write().as_bytes()) {
            teller.fail(format_args!("the answers could not be kept in `{}`: {error}", file.display()));
        }
        known.extend(answers);
        known
    }

    fn tell(&self, teller: Teller, report: &Report, sources: &Sources) {
        let shown: Vec<_> =
            report.notes().iter().filter(|note| note.severity != Severity::Hint || !self.quiet).cloned().collect();
        let base = base(&self.root);
        let text: String = match self.format {
            CheckFormat::Human => {
                let volume = if self.quiet { Volume::Quiet } else { Volume::Normal };
                teller.report(report, sources, super::tell::MessageFormat::Human, volume);
                return;
            }
            CheckFormat::Json => shown.iter().map(|note| format!("{}\n", json::render(note, sources))).collect(),
            CheckFormat::Sarif => format!("{}\n", sarif::render(&shown, sources, &base)),
            CheckFormat::Github => {
                shown.iter().map(|note| format!("{}\n", github::render(note, sources, &base))).collect()
            }
        };
        let _ = stdout().write_all(text.as_bytes());
    }
}

fn counted(n: usize, word: &str) -> String {
    let plural = if word.ends_with('s') { "es" } else { "s" };
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}{plural}") }
}

/// The book's folder as seen from here, which in a workflow is the repository's root; empty if it is here, or elsewhere.
fn base(root: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in root.components() {
        match part {
            Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
            Component::CurDir => {}
            _ => return String::new(),
        }
    }
    parts.join("/")
}

/// Writes what can be written better; gives how many files, and how many places in them.
fn mend(read: &Read) -> Result<(usize, usize), (String, std::io::Error)> {
    let mended = check::fix(&read.book, &read.sources);
    let mut places = 0;
    for file in &mended {
        let path = file.path.under(&read.dir);
        let fault = |error| (file.path.to_string(), error);
        // Somebody may be writing at the same time: their words are worth more.
        if book::read_source(&path).map_err(fault)? != *file.old {
            return Err(fault(std::io::Error::other("it has changed in the meantime")));
        }
        crate::site::replace_file(&path, file.new.as_bytes()).map_err(fault)?;
        places += file.count;
    }
    Ok((mended.len(), places))
}
