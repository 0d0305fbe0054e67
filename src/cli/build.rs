//! `portolan build`

use super::tell::{MessageFormat, Teller, Volume};
use super::{Outcome, Place, progress};
use crate::book::{self, Root};
use crate::build;
use crate::diagnostic::{Code, Report, Sources};
use crate::site::{Committed, Destination, DestinationSources, Staging, resolved};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Options of `portolan build`.
#[derive(Debug, clap::Args)]
pub(super) struct BuildOptions {
    #[command(flatten)]
    place: Place,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    /// Build pages marked `draft: true` too
    #[arg(long)]
    drafts: bool,
    /// Where the site will be, instead of what book.toml says
    #[arg(long, value_name = "URL")]
    site_url: Option<String>,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Build the site although diagrams have errors; their source is shown
    #[arg(long)]
    keep_going: bool,
    /// Say nothing but errors and warnings
    #[arg(short, long, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more
    #[arg(short, long)]
    verbose: bool,
    /// How diagnostics are printed
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    message_format: MessageFormat,
}

impl BuildOptions {
    fn volume(&self) -> Volume {
        match (self.quiet, self.verbose) {
            (true, _) => Volume::Quiet,
            (_, true) => Volume::Verbose,
            _ => Volume::Normal,
        }
    }

    pub(super) fn run(&self, teller: Teller) -> Outcome {
        let start = Instant::now();
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let mut root = match Root::open(&self.place.root, &mut sources, &mut report) {
            Ok(root) => root,
            Err(error) => {
                teller.fail(format_args!("cannot open the folder `{}`: {error}", self.place.root.display()));
                return Outcome::Misused;
            }
        };
        if let Some(url) = &self.site_url {
            root.config.output.html.site_url = Some(url.clone());
        }
        let made = self.make(root, teller, &mut sources, &mut report);
        report.sort();
        teller.report(&report, &sources, self.message_format, self.volume());
        match made {
            Ok(Some(made)) => {
                if self.volume() > Volume::Quiet {
                    tell(teller, &made, start);
                }
                if self.volume() == Volume::Verbose {
                    made.times
                        .iter()
                        .for_each(|(stage, time)| teller.say(format_args!("  {stage:<8}{:.3} s", time.as_secs_f64())));
                }
                self.show(teller, &made.dest)
            }
            Ok(None) => Outcome::Faulty,
            Err(error) => {
                teller.fail(format_args!("the site could not be written: {error}"));
                Outcome::Faulty
            }
        }
    }

    /// Reads, builds and commits; `None` if the report says why there is no site.
    fn make(
        &self,
        root: Root,
        teller: Teller,
        sources: &mut Sources,
        report: &mut Report,
    ) -> std::io::Result<Option<Made>> {
        let begun = Instant::now();
        let src = resolved(&root.src());
        let wanted = self.place.dest.clone().unwrap_or_else(|| root.dest());
        let destination = match Destination::check(&wanted, DestinationSources { root: &root.dir, src: &src }) {
            Ok(destination) => destination,
            Err(refused) => {
                report.push(refused);
                return Ok(None);
            }
        };
        let strict = self.strict || root.config.portolan.strict;
        let options = book::Options { drafts: self.drafts, dest: destination.path().to_path_buf() };
        let root_dir = root.dir.clone();
        let book = book::read(root, &options, sources, report);
        let read = begun.elapsed();
        let staging = Staging::new(&destination)?;
        let built = progress::watched(teller, self.volume() == Volume::Quiet, |progress| {
            build::build(&book, &staging, progress, report)
        });
        report.extend(book.seen.changed(&root_dir));
        if self.keep_going {
            report.forgive(Code::Diagram);
        }
        if strict {
            report.deny_warnings();
        }
        if built.is_err() || report.has_errors() {
            staging.abandon()?;
            return built.map(|()| None);
        }
        let built = begun.elapsed();
        let committed = staging.commit()?;
        let times =
            [("read", read), ("make", built.saturating_sub(read)), ("write", begun.elapsed().saturating_sub(built))];
        Ok(Some(Made { committed, dest: destination.path().to_path_buf(), times }))
    }

    fn show(&self, teller: Teller, dest: &Path) -> Outcome {
        if self.open
            && let Err(error) = open::that(dest.join("index.html"))
        {
            teller.fail(format_args!("no browser could be opened: {error}"));
            return Outcome::Faulty;
        }
        Outcome::Good
    }
}

/// A site that was built.
struct Made {
    committed: Committed,
    dest: PathBuf,
    /// How long each stage took.
    times: [(&'static str, Duration); 3],
}

fn tell(teller: Teller, made: &Made, start: Instant) {
    let Committed { files, written, removed, bytes } = made.committed;
    let size = format!("{:.1} MB", bytes as f64 / 1e6);
    let gone = if removed > 0 { format!(", {removed} removed") } else { String::new() };
    let time = start.elapsed().as_secs_f64();
    teller.say(format_args!("{}: {files} files, {size}, {written} written{gone}, {time:.2} s", shown(&made.dest)));
}

/// Relative to the current folder, where that is shorter.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok().and_then(|here| here.canonicalize().ok());
    let relative = here.as_deref().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    relative.display().to_string()
}
