//! Diagnostics as SARIF 2.1.0 (OASIS standard), for code scanning and editors.

use super::{Code, Diagnostic, Fix, Severity, Sources, Span};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// All diagnostics of a run as one document. `base` is the book's folder as seen from the repository's root; empty if
/// it is the root.
#[must_use]
pub fn render(notes: &[Diagnostic], sources: &Sources, base: &str) -> String {
    let used: Vec<Code> = notes.iter().map(|note| note.code).collect::<BTreeSet<_>>().into_iter().collect();
    let rules: Vec<Value> = used
        .iter()
        .map(|code| json!({ "id": code.as_str(), "shortDescription": { "text": code.meaning() } }))
        .collect();
    let results: Vec<Value> = notes.iter().map(|note| result(note, &used, sources, base)).collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "portolan",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&document).unwrap_or_default()
}

fn result(note: &Diagnostic, used: &[Code], sources: &Sources, base: &str) -> Value {
    let level = match note.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    };
    let help: String = note.help.iter().map(|help| format!("\n{}", help.message)).collect();
    let mut result = json!({
        "ruleId": note.code.as_str(),
        "ruleIndex": used.iter().position(|code| *code == note.code),
        "level": level,
        "message": { "text": format!("{}{help}", note.message) },
    });
    if let Some(span) = note.span
        && let Some(artifact) = artifact(span, sources, base)
    {
        let (start, end) = (sources.place(span), sources.end(span));
        result["locations"] = json!([{ "physicalLocation": {
            "artifactLocation": artifact,
            "region": {
                "startLine": start.line,
                "startColumn": start.column,
                "endLine": end.line,
                "endColumn": end.column,
            },
        } }]);
    }
    let fixes: Vec<Value> =
        note.help.iter().filter_map(|help| Some(fix(&help.message, help.fix.as_ref()?, sources, base))).collect();
    if !fixes.is_empty() {
        result["fixes"] = Value::Array(fixes);
    }
    result
}

fn fix(message: &str, fix: &Fix, sources: &Sources, base: &str) -> Value {
    let Span { start, end, .. } = fix.span;
    json!({
        "description": { "text": message },
        "artifactChanges": [{
            "artifactLocation": artifact(fix.span, sources, base),
            "replacements": [{
                "deletedRegion": { "byteOffset": start, "byteLength": end.saturating_sub(start) },
                "insertedContent": { "text": fix.replacement },
            }],
        }],
    })
}

/// What a path of an address keeps as it is, and what not (RFC 3986).
const PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');

fn artifact(span: Span, sources: &Sources, base: &str) -> Option<Value> {
    let path = super::below(base, &sources.get(span.source)?.path);
    Some(json!({ "uri": utf8_percent_encode(&path, PATH).to_string(), "uriBaseId": "%SRCROOT%" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_has_its_rules_places_and_fixes() {
        let mut sources = Sources::default();
        let id = sources.add("src/a b.md", "# 甲\n中文Pod\n");
        let span = Span::new(id, 12..13);
        let note = Diagnostic::warning(Code::ZhSpacing, "no space").at(span, "").fix("put one", span, " ");
        let read: Value = serde_json::from_str(&render(&[note], &sources, "docs")).expect("JSON");
        let run = &read["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "zh-spacing");
        let result = &run["results"][0];
        assert_eq!((&result["level"], &result["ruleIndex"]), (&json!("warning"), &json!(0)));
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "docs/src/a%20b.md");
        assert_eq!(place["region"]["startLine"], 2);
        assert_eq!(place["region"]["startColumn"], 3);
        let replacement = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
        assert_eq!(replacement["deletedRegion"]["byteOffset"], 12);
    }
}
