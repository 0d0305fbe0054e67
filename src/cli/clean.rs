//! `portolan clean`

use super::tell::Teller;
use super::{Outcome, Place};
use crate::book::Root;
use crate::diagnostic::{Report, Sources};
use crate::site::{self, Cleaned};

/// Options of `portolan clean`.
#[derive(Debug, clap::Args)]
pub(super) struct CleanOptions {
    #[command(flatten)]
    place: Place,
}

impl CleanOptions {
    pub(super) fn run(&self, teller: Teller) -> Outcome {
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let dest = match (&self.place.dest, Root::open(&self.place.root, &mut sources, &mut report)) {
            (Some(dest), _) => dest.clone(),
            (None, Ok(root)) => root.dest(),
            (None, Err(error)) => {
                teller.fail(format_args!("cannot open the folder `{}`: {error}", self.place.root.display()));
                return Outcome::Misused;
            }
        };
        match site::clean(&dest) {
            Ok(Some(Cleaned { removed, edited })) => {
                teller.say(format_args!("{}: {removed} files removed", dest.display()));
                if edited > 0 {
                    teller.say(format_args!("{edited} that somebody has edited are still there"));
                }
            }
            Ok(None) => teller.say(format_args!("{}: no site of portolan's there, nothing removed", dest.display())),
            Err(error) => {
                teller.fail(format_args!("cannot remove the site at `{}`: {error}", dest.display()));
                return Outcome::Faulty;
            }
        }
        Outcome::Good
    }
}
