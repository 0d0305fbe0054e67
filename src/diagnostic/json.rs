//! Diagnostics as JSON, a line each, for editors and CI.

use super::{Diagnostic, Severity, Sources};
use serde::Serialize;

#[derive(Serialize)]
struct Line<'a> {
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    help: Vec<&'a str>,
}

/// One diagnostic as one line of JSON, without the line end.
#[must_use]
pub fn render(note: &Diagnostic, sources: &Sources) -> String {
    let place = note.span.map(|span| sources.place(span));
    let file = note.span.and_then(|span| sources.get(span.source));
    let line = Line {
        severity: severity(note.severity),
        code: note.code.as_str(),
        message: &note.message,
        file: file.map(|f| &*f.path),
        line: place.map(|p| p.line),
        column: place.map(|p| p.column),
        label: &note.label,
        help: note.help.iter().map(|h| h.message.as_str()).collect(),
    };
    serde_json::to_string(&line).unwrap_or_default()
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "hint",
    }
}
