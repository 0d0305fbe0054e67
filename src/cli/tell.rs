//! What a command says: diagnostics and a last line, on standard error; JSON on standard output.

use super::ColourWhen;
use crate::diagnostic::human::{self, Colour};
use crate::diagnostic::{Code, Report, Severity, Sources, json};
use clap::ValueEnum;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{IsTerminal, Write, stderr, stdout};

/// Prints, in colour where that is wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Teller {
    colour: Colour,
    terminal: bool,
}

/// The form in which diagnostics are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// As a compiler prints them, on standard error
    #[default]
    Human,
    /// A JSON object a line, on standard output
    Json,
}

/// How many diagnostics of a code are printed for people; nobody reads on.
const MOST_FOR_PEOPLE: usize = 100;
/// The same for programs.
const MOST_FOR_PROGRAMS: usize = 10_000;

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Volume {
    /// Errors and warnings only.
    Quiet,
    /// Hints, and what was done.
    Normal,
    /// Where the time went, too.
    Verbose,
}

impl Teller {
    pub(super) fn new(when: ColourWhen) -> Self {
        let terminal = stderr().is_terminal();
        let asked_not_to = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        let colour = match when {
            ColourWhen::Always => Colour::Always,
            ColourWhen::Auto if terminal && !asked_not_to => Colour::Always,
            ColourWhen::Auto | ColourWhen::Never => Colour::Never,
        };
        Teller { colour, terminal }
    }

    /// Whether somebody is looking.
    pub(super) fn is_terminal(self) -> bool {
        self.terminal
    }

    /// A line on standard error. That nobody reads it any more is no reason to fail.
    pub(super) fn say(self, line: impl Display) {
        let _ = match self.colour {
            Colour::Always => writeln!(stderr(), "{line}"),
            Colour::Never => writeln!(anstream::StripStream::new(stderr()), "{line}"),
        };
    }

    /// An error that belongs to no place in a text.
    pub(super) fn fail(self, message: impl Display) {
        self.say(format_args!("\u{1b}[1;31merror\u{1b}[0m: {message}"));
    }

    /// All diagnostics, then how many there were.
    pub(super) fn report(self, report: &Report, sources: &Sources, format: MessageFormat, volume: Volume) {
        let most = match format {
            MessageFormat::Human => MOST_FOR_PEOPLE,
            MessageFormat::Json => MOST_FOR_PROGRAMS,
        };
        let mut told: BTreeMap<Code, usize> = BTreeMap::new();
        let shown = report.notes().iter().filter(|n| n.severity != Severity::Hint || volume > Volume::Quiet);
        let shown = shown.filter(|note| {
            let count = told.entry(note.code).or_default();
            *count += 1;
            *count <= most
        });
        let text: String = match format {
            MessageFormat::Human => {
                shown.map(|note| format!("{}\n\n", human::render(note, sources, self.colour))).collect()
            }
            MessageFormat::Json => shown.map(|note| format!("{}\n", json::render(note, sources))).collect(),
        };
        let _ = match format {
            MessageFormat::Human => stderr().write_all(text.as_bytes()),
            MessageFormat::Json => stdout().write_all(text.as_bytes()),
        };
        for (code, count) in told.into_iter().filter(|(_, count)| *count > most) {
            self.say(format_args!("and {} more of `{}`", count - most, code.as_str()));
        }
        let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
        if format == MessageFormat::Human && errors + warnings > 0 {
            let counted = |n: usize, word: &str| if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") };
            let parts: Vec<String> = [(errors, "error"), (warnings, "warning")]
                .into_iter()
                .filter(|(n, _)| *n > 0)
                .map(|(n, word)| counted(n, word))
                .collect();
            self.say(parts.join(", "));
        }
    }
}
