//! `portolan theme`

use super::Outcome;
use super::tell::Teller;
use crate::path::RelPath;
use crate::site;
use crate::theme;
use clap::Subcommand;
use std::path::PathBuf;

/// Options of `portolan theme`.
#[derive(Debug, clap::Args)]
pub(super) struct ThemeOptions {
    #[command(subcommand)]
    command: ThemeCommand,
}

#[derive(Debug, Subcommand)]
enum ThemeCommand {
    /// List the files that a book can replace
    List,
    /// Write files of the theme into a book, to be changed there
    Eject(EjectOptions),
}

#[derive(Debug, clap::Args)]
struct EjectOptions {
    /// Files such as `templates/page.html`, or folders such as `static/css`
    #[arg(required = true)]
    files: Vec<String>,
    /// Folder of the book
    #[arg(long, default_value = ".", value_hint = clap::ValueHint::DirPath)]
    root: PathBuf,
}

impl ThemeOptions {
    pub(super) fn run(&self, teller: Teller) -> Outcome {
        match &self.command {
            ThemeCommand::List => {
                let names: String = theme::files().into_iter().map(|(path, _)| format!("{path}\n")).collect();
                let _ = std::io::Write::write_all(&mut std::io::stdout(), names.as_bytes());
                Outcome::Good
            }
            ThemeCommand::Eject(eject) => eject.run(teller),
        }
    }
}

impl EjectOptions {
    fn run(&self, teller: Teller) -> Outcome {
        let all = theme::files();
        let mut outcome = Outcome::Good;
        for name in &self.files {
            let wanted = RelPath::new(name).unwrap_or_default();
            let below = format!("{wanted}/");
            let found: Vec<_> =
                all.iter().filter(|(path, _)| *path == wanted || path.as_str().starts_with(&below)).collect();
            if found.is_empty() {
                teller.fail(format_args!("the theme has no file `{name}`; `portolan theme list` shows all"));
                outcome = Outcome::Misused;
            }
            for (path, bytes) in found {
                let place = path.under(&self.root);
                match site::write_new(&place, bytes) {
                    Ok(true) => teller.say(format_args!("{}", place.display())),
                    Ok(false) => teller.say(format_args!("{} is there and is left as it is", place.display())),
                    Err(error) => {
                        teller.fail(format_args!("cannot write `{}`: {error}", place.display()));
                        return Outcome::Faulty;
                    }
                }
            }
        }
        outcome
    }
}
