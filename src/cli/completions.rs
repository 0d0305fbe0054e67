//! `portolan completions`

use super::{Arguments, Outcome};
use clap::CommandFactory;
use clap_complete::Shell;

/// Options of `portolan completions`.
#[derive(Debug, clap::Args)]
pub(super) struct CompletionsOptions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl CompletionsOptions {
    pub(super) fn run(&self) -> Outcome {
        clap_complete::generate(self.shell, &mut Arguments::command(), "portolan", &mut std::io::stdout());
        Outcome::Good
    }
}
