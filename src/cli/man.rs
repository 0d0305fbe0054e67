//! `portolan man`

use super::{Arguments, Outcome};
use clap::CommandFactory;
use std::io::{Write, stdout};

/// Options of `portolan man`.
#[derive(Debug, clap::Args)]
pub(super) struct ManOptions {
    /// The page of a command; without it, that of portolan itself
    command: Option<String>,
}

impl ManOptions {
    pub(super) fn run(&self, teller: super::tell::Teller) -> Outcome {
        let mut all = Arguments::command();
        all.build();
        let command = match &self.command {
            None => Some(&all),
            Some(name) => all.find_subcommand(name),
        };
        let Some(command) = command else {
            teller.fail(format_args!("portolan has no command `{}`", self.command.as_deref().unwrap_or("")));
            return Outcome::Misused;
        };
        let mut page = Vec::new();
        // Memory takes everything, and that nobody reads the page is no reason to fail.
        let _ = clap_mangen::Man::new(command.clone()).render(&mut page).and_then(|()| stdout().write_all(&page));
        Outcome::Good
    }
}
