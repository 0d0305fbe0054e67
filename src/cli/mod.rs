//! The command line: a file a subcommand, each with its own options; no build logic.
//!
//! Exit codes: 0 the site is good, 1 the input has errors, 2 the command was used wrongly.

mod build;
mod check;
mod clean;
mod completions;
mod diagram;
mod init;
mod man;
mod progress;
mod serve;
mod tell;
mod theme;

use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// A site generator for technical knowledge bases: a folder of Markdown, Chinese and English, becomes a site that works
/// hosted under any path and opened from a disk.
#[derive(Debug, Parser)]
#[command(name = "portolan", version, max_term_width = 100, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t = ColourWhen::Auto, value_name = "WHEN")]
    color: ColourWhen,
}

const EXAMPLES: &str = "\
Examples:
  portolan init handbook              a new book
  portolan build                      the book in this folder, into ./book
  portolan build ~/notes -d /tmp/site another book, into another folder
  portolan build --open               and look at it
  portolan serve --open               write, and see it at once
  portolan build --strict             fail on warnings too, as a CI should
  portolan check                      look for what is wrong in it
  portolan check --fix --external     mend what is safe to mend, and ask whether other sites are still there
  portolan diagram a.mmd a.svg        draw one diagram
  portolan clean                      remove the site again

Settings are read from book.toml; a folder of Markdown without one is a book as well.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Begin a new book
    Init(init::InitOptions),
    /// Build the site of a book
    Build(build::BuildOptions),
    /// Find what is wrong with a book, and mend what can be mended
    Check(check::CheckOptions),
    /// Show the book in a browser that follows what you write
    Serve(serve::ServeOptions),
    /// Remove the site that a build made
    Clean(clean::CleanOptions),
    /// Draw mermaid diagrams as SVG files
    Diagram(diagram::DiagramOptions),
    /// Look at the templates and style sheets, and take some over into a book
    Theme(theme::ThemeOptions),
    /// Print the manual page, for `man -l -`
    Man(man::ManOptions),
    /// Print a script with which a shell completes portolan's commands
    Completions(completions::CompletionsOptions),
}

/// Where a book is and where its site goes.
#[derive(Debug, clap::Args)]
struct Place {
    /// Folder of the book, with its book.toml if it has one
    #[arg(default_value = ".", value_hint = clap::ValueHint::DirPath)]
    root: PathBuf,
    /// Folder of the site [default: build-dir of book.toml, else book]
    #[arg(short, long, value_hint = clap::ValueHint::DirPath)]
    dest: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ColourWhen {
    Auto,
    Always,
    Never,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Good,
    /// The input has errors, or the disk would not do.
    Faulty,
    /// The arguments make no sense.
    Misused,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Good => 0,
            Outcome::Faulty => 1,
            Outcome::Misused => 2,
        })
    }
}

/// Runs portolan with the arguments of this process.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let teller = tell::Teller::new(arguments.color);
    match arguments.command {
        Command::Init(options) => options.run(teller),
        Command::Build(options) => options.run(teller),
        Command::Check(options) => options.run(teller),
        Command::Serve(options) => options.run(teller),
        Command::Clean(options) => options.run(teller),
        Command::Diagram(options) => options.run(teller),
        Command::Theme(options) => options.run(teller),
        Command::Man(options) => options.run(teller),
        Command::Completions(options) => options.run(),
    }
    .into()
}
