//! `portolan diagram`

use super::Outcome;
use super::tell::{MessageFormat, Teller, Volume};
use crate::diagnostic::{Code, Report, Sources};
use crate::diagram::{self, Phrases};
use crate::render::told;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Options of `portolan diagram`.
#[derive(Debug, clap::Args)]
pub(super) struct DiagramOptions {
    /// Files to draw; `-` is standard input. `IN.mmd OUT.svg` names the drawing, else it stands beside its source
    #[arg(required = true, value_hint = clap::ValueHint::FilePath)]
    files: Vec<PathBuf>,
    /// Folder for the drawings
    #[arg(short, long, value_hint = clap::ValueHint::DirPath)]
    dest: Option<PathBuf>,
}

impl DiagramOptions {
    /// What is drawn, and where the drawing goes; `None` is standard output.
    fn jobs(&self) -> Vec<(&Path, Option<PathBuf>)> {
        let is_drawing = |path: &Path| path == Path::new("-") || path.extension().is_some_and(|e| e == "svg");
        if let [source, drawing] = self.files.as_slice()
            && self.dest.is_none()
            && is_drawing(drawing)
        {
            return vec![(source, (drawing != Path::new("-")).then(|| drawing.clone()))];
        }
        let place = |source: &PathBuf| {
            let beside = source.with_extension("svg");
            match (&self.dest, source.as_path() == Path::new("-")) {
                (_, true) => None,
                (Some(dest), _) => beside.file_name().map(|name| dest.join(name)),
                (None, _) => Some(beside),
            }
        };
        self.files.iter().map(|source| (source.as_path(), place(source))).collect()
    }

    pub(super) fn run(&self, teller: Teller) -> Outcome {
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let mut outcome = Outcome::Good;
        for (source, drawing) in self.jobs() {
            if let Err(error) = draw(source, drawing.as_deref(), &mut sources, &mut report) {
                teller.fail(format_args!("`{}`: {error}", source.display()));
                outcome = Outcome::Faulty;
            }
        }
        report.sort();
        teller.report(&report, &sources, MessageFormat::Human, Volume::Normal);
        let undrawn = report.notes().iter().any(|n| n.code == Code::DiagramKind);
        if report.has_errors() || undrawn { Outcome::Faulty } else { outcome }
    }
}

fn draw(source: &Path, drawing: Option<&Path>, sources: &mut Sources, report: &mut Report) -> std::io::Result<()> {
    let text = if source == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        text
    } else {
        crate::book::read_source(source)?
    };
    let id = sources.add(source.display().to_string(), text.as_str());
    let chinese = text.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    let phrases = if chinese { Phrases::CHINESE } else { Phrases::ENGLISH };
    let options = diagram::Options { prefix: "d", phrases, link: &|_| None, standalone: true };
    let diagram::Outcome { value, problems } = diagram::draw(&text, &options);
    report.extend(problems.into_iter().map(|problem| told(problem, |range| crate::diagnostic::Span::new(id, range))));
    let Some(made) = value else { return Ok(()) };
    match drawing {
        Some(path) => crate::site::write_file(path, made.svg.as_bytes()),
        None => std::io::stdout().write_all(made.svg.as_bytes()),
    }
}
