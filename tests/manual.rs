//! The manual says what the code does: its tables are made from the code. `UPDATE=1 cargo test --test manual` writes them.

use portolan::check::RULES;
use portolan::config::RuleLevel;
use portolan::config::keys::{KEYS, Use};
use portolan::diagnostic::Code;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Holds the part between two marks of a page of the manual against what it should be.
fn check(page: &str, mark: &str, expected: &str) {
    let path = root().join("docs").join(page);
    let text = std::fs::read_to_string(&path).expect("a page of the manual").replace("\r\n", "\n");
    let (start, end) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->"));
    let from = text.find(&start).expect("the first mark") + start.len();
    let to = text.find(&end).expect("the second mark");
    let expected = format!("\n{}\n\n", expected.trim());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, format!("{}{expected}{}", &text[..from], &text[to..])).expect("writable");
        return;
    }
    assert!(text[from..to] == expected, "docs/{page} is not up to date: run UPDATE=1 cargo test --test manual");
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[test]
fn every_setting_is_in_the_manual() {
    let mut text = String::new();
    let mut table = None;
    for key in KEYS.iter().filter(|k| k.used == Use::Used) {
        if table != Some(key.table) {
            table = Some(key.table);
            let _ = write!(
                text,
                "\n## `[{}]`\n\n| Key | Value | Default | Meaning |\n| --- | --- | --- | --- |\n",
                key.table
            );
        }
        let default = if key.default.is_empty() { String::new() } else { format!("`{}`", cell(key.default)) };
        let _ = writeln!(text, "| `{}` | {} | {default} | {} |", key.name, key.kind.words(), cell(key.doc));
    }
    text.push_str("\n## Accepted and not acted upon\n\n| Key | Why |\n| --- | --- |\n");
    for key in KEYS {
        if let Use::Ignored(why) | Use::Old(why) = key.used {
            let _ = writeln!(text, "| `{}.{}` | {} |", key.table, key.name, cell(why));
        }
    }
    check("settings.md", "settings", &text);
}

#[test]
fn every_message_is_in_the_manual() {
    let mut text = String::new();
    for code in Code::ALL {
        let _ = write!(text, "\n## {}\n\n{}\n", code.as_str(), code.meaning());
    }
    check("messages.md", "messages", &text);
}

#[test]
fn every_rule_is_in_the_manual() {
    let mut text = String::new();
    for rule in RULES {
        let level = match rule.level {
            RuleLevel::Off => "off",
            RuleLevel::Hint => "hint",
            RuleLevel::Warn => "warn",
            RuleLevel::Error => "error",
        };
        let fixes = if rule.fixes { ", mended by `--fix`" } else { "" };
        let _ =
            write!(text, "\n### {}\n\n*{level}{fixes}* {} {}\n", rule.code.as_str(), rule.code.meaning(), rule.about);
    }
    check("check.md", "rules", &text);
}

#[test]
fn every_variable_of_a_template_is_in_the_manual() {
    let mut text = String::new();
    let pages = ["glossary", "interactions", "references", "map", "foot", "badge"];
    let files = ["context.rs".to_owned(), "sidebar.rs".to_owned()];
    for file in files.into_iter().chain(pages.map(|name| format!("concepts/{name}.rs"))) {
        let of = Path::new(&file).file_stem().map_or(String::new(), |stem| stem.to_string_lossy().into_owned());
        structs(&source(&file), &of, &mut text);
    }
    check("templates.md", "context", &text);
}

#[test]
fn every_field_of_the_concepts_data_is_in_the_manual() {
    let mut text = String::new();
    structs(&source("concepts/data.rs"), "data", &mut text);
    check("concepts.md", "data", &text);
}

fn source(file: &str) -> String {
    let text = std::fs::read_to_string(root().join("src/render").join(file)).expect("the source");
    text.replace("\r\n", "\n")
}

/// A table for each serialised struct of a source, from its documentation. A name that another source has too says which
/// one it is `of`.
fn structs(source: &str, of: &str, text: &mut String) {
    let lines: Vec<&str> = source.lines().collect();
    let mut doc: Vec<&str> = Vec::new();
    let mut inside = false;
    let mut serialised = false;
    for line in lines {
        let bare = line.trim();
        if let Some(words) = bare.strip_prefix("/// ") {
            doc.push(words);
        } else if bare.starts_with("#[derive") {
            serialised = bare.contains("Serialize");
        } else if let Some(rest) = bare.strip_prefix("pub struct ") {
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
            inside = serialised;
            if inside {
                let about = doc.join(" ");
                let is_taken = text.contains(&format!("\n### {name}\n"));
                let name = if is_taken { format!("{name} of {of}") } else { name };
                let _ = write!(text, "\n### {name}\n\n{about}\n\n| Field | Type | Meaning |\n| --- | --- | --- |\n");
            }
            doc.clear();
        } else if let (true, Some((name, kind))) = (inside, bare.strip_prefix("pub ").and_then(|f| f.split_once(": ")))
        {
            let kind = kind.trim_end_matches(',').replace("&'a ", "").replace("<'a>", "");
            let _ = writeln!(text, "| `{name}` | `{}` | {} |", cell(&kind), cell(&doc.join(" ")));
            doc.clear();
        } else if bare == "}" {
            inside = false;
            doc.clear();
        } else if !bare.starts_with("#[") {
            doc.clear();
        }
    }
}
