//! `portolan init`

use super::Outcome;
use super::tell::Teller;
use crate::site;
use crate::starter::{self, Tongue};
use clap::ValueEnum;
use std::path::PathBuf;

/// Options of `portolan init`.
#[derive(Debug, clap::Args)]
pub(super) struct InitOptions {
    /// Folder of the new book; made if it is not there
    #[arg(default_value = ".", value_hint = clap::ValueHint::DirPath)]
    dir: PathBuf,
    /// Language of the book [default: Chinese if the system speaks it, else English]
    #[arg(short, long, value_enum)]
    language: Option<LanguageOption>,
    /// Title of the book
    #[arg(long)]
    title: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum LanguageOption {
    /// Chinese
    Zh,
    /// English
    En,
}

impl InitOptions {
    pub(super) fn run(&self, teller: Teller) -> Outcome {
        let files = starter::files(self.tongue(), self.title.as_deref());
        let there: Vec<&str> =
            files.iter().filter(|f| !f.optional && f.path.under(&self.dir).exists()).map(|f| f.path.as_str()).collect();
        if !there.is_empty() {
            teller.fail(format_args!(
                "`{}` has these files already, nothing was written: {}; a folder of Markdown needs no `init`, `portolan build` is enough",
                self.dir.display(),
                there.join(", ")
            ));
            return Outcome::Faulty;
        }
        for file in &files {
            let path = file.path.under(&self.dir);
            match site::write_new(&path, file.text.as_bytes()) {
                Ok(true) => teller.say(format_args!("  {}", path.display())),
                Ok(false) => teller.say(format_args!("  {} was there and is left as it is", path.display())),
                Err(error) => {
                    teller.fail(format_args!("cannot write `{}`: {error}", path.display()));
                    return Outcome::Faulty;
                }
            }
        }
        let place = if self.dir.as_os_str() == "." { String::new() } else { format!(" {}", self.dir.display()) };
        teller.say(format_args!("\nNow write:  portolan serve{place} --open"));
        Outcome::Good
    }

    fn tongue(&self) -> Tongue {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let chinese = match self.language {
            Some(language) => matches!(language, LanguageOption::Zh),
            None => {
                ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).is_some_and(|tag| tag.starts_with("zh"))
            }
        };
        if chinese { Tongue::Chinese } else { Tongue::English }
    }
}
