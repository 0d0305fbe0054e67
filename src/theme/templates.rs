//! The Tera templates: those in the binary, each replaceable by one of the book's.

use crate::diagnostic::{Checked, Code, Diagnostic, SourceId, Span};
use crate::path::RelPath;
use include_dir::{Dir, include_dir};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::{Context, ErrorKind, Tera};

pub(super) static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The kinds of page there are, each with a template of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// A page of the book.
    Page,
    /// All pages.
    Contents,
    /// For an address that is not known.
    NotFound,
    /// For an address that has moved.
    Redirect,
    /// The index of concepts.
    Concepts,
    /// The glossary.
    Glossary,
    /// Who talks to whom.
    Interactions,
    /// What the book leads to.
    References,
    /// The whole, drawn.
    Map,
}

impl Template {
    /// Its file below `templates/`.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Template::Page => "page.html",
            Template::Contents => "contents.html",
            Template::NotFound => "404.html",
            Template::Redirect => "redirect.html",
            Template::Concepts => "concepts.html",
            Template::Glossary => "glossary.html",
            Template::Interactions => "interactions.html",
            Template::References => "references.html",
            Template::Map => "map.html",
        }
    }
}

/// Templates, read and checked.
pub struct Templates {
    tera: Tera,
    /// The book's own templates by name, to say where an error is.
    own: BTreeMap<String, SourceId>,
}

impl Templates {
    /// The embedded templates with the book's over them. A broken template of the book is told and left out.
    #[must_use]
    pub fn load(own: &[(RelPath, Arc<str>, SourceId)]) -> Checked<Templates> {
        let mut texts: BTreeMap<String, String> = BTreeMap::new();
        embedded(&EMBEDDED, &mut texts);
        let with_own: BTreeMap<String, String> = {
            let mut all = texts.clone();
            all.extend(own.iter().map(|(name, text, _)| (name.to_string(), text.to_string())));
            all
        };
        let ids = own.iter().map(|(name, _, id)| (name.to_string(), *id)).collect();
        let mut tera = Tera::new();
        let mut notes = Vec::new();
        let loaded = tera.add_raw_templates(with_own.iter().map(|(n, t)| (n.as_str(), t.as_str())));
        if let Err(error) = loaded {
            notes.push(told(&error, &ids, None));
            tera = Tera::new();
            let names = texts.iter().map(|(n, t)| (n.as_str(), t.as_str()));
            tera.add_raw_templates(names).expect("the embedded templates are tested");
        }
        Checked { value: Templates { tera, own: ids }, notes }
    }

    /// A page from its template.
    ///
    /// # Errors
    /// What is wrong with the template, at its place.
    pub fn render(&self, template: Template, context: &impl Serialize) -> Result<String, Diagnostic> {
        let context = Context::from_serialize(context).map_err(|e| told(&e, &self.own, Some(template)))?;
        self.tera.render(template.file(), &context).map_err(|e| told(&e, &self.own, Some(template)))
    }
}

fn embedded(dir: &Dir<'_>, into: &mut BTreeMap<String, String>) {
    for file in dir.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        if let Some(text) = file.contents_utf8().filter(|_| name.ends_with(".html")) {
            into.insert(name, text.to_owned());
        }
    }
    for inner in dir.dirs() {
        embedded(inner, into);
    }
}

/// Tera's own errors know their place; it is shown as every other error is.
fn told(error: &tera::Error, own: &BTreeMap<String, SourceId>, template: Option<Template>) -> Diagnostic {
    if let ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) = error.kind() {
        let note = Diagnostic::error(Code::Template, format!("template `{}`: {}", report.filename(), report.message()));
        return match own.get(report.filename()) {
            Some(id) => note.at(Span::new(*id, report.span().range.clone()), ""),
            None => note,
        };
    }
    let which = template.map_or(String::new(), |t| format!(" `{}`", t.file()));
    Diagnostic::error(Code::Template, format!("template{which}: {error}"))
}
