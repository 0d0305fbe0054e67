//! Preprocessors of mdBook: programs that are given the book as JSON and give it back.
//!
//! In: the pages with their includes done, and the navigation. Out: pages whose text a program has changed. The
//! protocol is that of mdBook 0.4 and 0.5 at the same time: they differ in the name of one field, and a program takes
//! the one that it knows. Chapters that a program adds, removes or renames stay as they are in the sources.

use super::include::{self, Files};
use super::nav::{Entry, ItemId, NavItem, NavTarget};
use super::{Nav, Page, Root};
use crate::config::Preprocessor;
use crate::diagnostic::{Code, Diagnostic, Report, Sources};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;

/// The version that programs are told; they warn if it is not the one they were made for.
const MDBOOK_VERSION: &str = "0.5.4";
/// What a program may answer, in bytes.
const LARGEST: u64 = 1 << 30;
/// The name of the list of chapters since mdBook 0.5, and before.
const NAMES: [&str; 2] = ["items", "sections"];

/// Runs the preprocessors of a book, one after the other.
pub(super) fn run(root: &Root, src: &Path, pages: &mut [Page], nav: &Nav, sources: &mut Sources, report: &mut Report) {
    for tool in &root.tools.preprocessors {
        match given_back(tool, root, pages, nav) {
            Ok(Some(book)) => {
                let changed = take(tool, &book, pages, sources);
                // It says that it writes includes.
                if tool.before.iter().any(|name| name == "links") {
                    changed.into_iter().for_each(|at| include_again(root, src, &mut pages[at], sources, report));
                }
            }
            Ok(None) => {}
            Err(Fault::Missing(command)) => {
                let message =
                    format!("the preprocessor `{}` is not installed: there is no program `{command}`", tool.name);
                let note = Diagnostic::warning(Code::Preprocessor, message).at(tool.span, "does not run");
                let help =
                    "what it would turn into Markdown stays as it is written; `optional = true` says that this is fine";
                if !tool.optional {
                    report.push(note.help(help));
                }
            }
            Err(Fault::Failed(why)) => {
                let message = format!("the preprocessor `{}` {why}", tool.name);
                report.push(Diagnostic::error(Code::Preprocessor, message).at(tool.span, "failed"));
            }
        }
    }
}

/// Why a program gave nothing.
enum Fault {
    /// There is no such program.
    Missing(String),
    /// It did not do what it should; the rest of a sentence.
    Failed(String),
}

/// What a program makes of the book; `None` if it does not want to.
fn given_back(tool: &Preprocessor, root: &Root, pages: &[Page], nav: &Nav) -> Result<Option<Value>, Fault> {
    let words = words(&tool.command).ok_or_else(|| Fault::Failed("has a command with an open quote".to_owned()))?;
    let Some((program, arguments)) = words.split_first() else {
        return Err(Fault::Failed("has an empty command".to_owned()));
    };
    let program = located(program, &root.dir);
    let command = || {
        let mut command = Command::new(&program);
        command.args(arguments).current_dir(&root.dir);
        command
    };
    let failed = |error: io::Error| match error.kind() {
        ErrorKind::NotFound => Fault::Missing(program.to_string_lossy().into_owned()),
        _ => Fault::Failed(format!("could not be run: {error}")),
    };
    match &tool.renderers {
        Some(renderers) if !renderers.iter().any(|r| r == "html" || r == "portolan") => return Ok(None),
        Some(_) => {}
        None => {
            let asked = command().args(["supports", "html"]).stdin(Stdio::null()).stdout(Stdio::null()).status();
            if !asked.map_err(failed)?.success() {
                return Ok(None);
            }
        }
    }
    let input = json!([context(root), book(pages, nav)]).to_string();
    let (status, output) = piped(command(), input.into_bytes()).map_err(failed)?;
    if !status.success() {
        return Err(Fault::Failed(format!("ended with {status}")));
    }
    serde_json::from_slice(&output).map(Some).map_err(|error| Fault::Failed(format!("gave back no book: {error}")))
}

/// Gives a program its input and takes its output, at the same time, so that neither waits for the other.
fn piped(mut command: Command, input: Vec<u8>) -> io::Result<(ExitStatus, Vec<u8>)> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn()?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let writer = std::thread::spawn(move || {
        // A program that has hung up shows it in its status.
        stdin.map(|mut stdin| stdin.write_all(&input))
    });
    let mut output = Vec::new();
    let read = stdout.map_or(Ok(0), |stdout| stdout.take(LARGEST).read_to_end(&mut output));
    if read.is_err() || output.len() as u64 == LARGEST {
        let _ = child.kill();
    }
    let status = child.wait()?;
    let _ = writer.join();
    read.map(|_| (status, output))
}

/// A path with a folder in it is meant from the book's root; a bare name is looked for as a shell does.
fn located(program: &str, root: &Path) -> PathBuf {
    let path = PathBuf::from(program);
    let from_root = root.join(&path);
    if path.components().count() > 1 && path.is_relative() && from_root.exists() { from_root } else { path }
}

/// The words of a command; quotes keep words together. `None` if one is not closed.
fn words(command: &str) -> Option<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    let (mut inside, mut quote): (bool, Option<char>) = (false, None);
    for c in command.chars() {
        if quote == Some(c) {
            quote = None;
        } else if quote.is_none() && matches!(c, '"' | '\'') {
            quote = Some(c);
        } else if quote.is_none() && c.is_whitespace() {
            inside = false;
            continue;
        } else {
            if !inside {
                words.push(String::new());
            }
            words.last_mut()?.push(c);
            inside = true;
            continue;
        }
        if !inside {
            words.push(String::new());
            inside = true;
        }
    }
    quote.is_none().then_some(words)
}

fn context(root: &Root) -> Value {
    json!({
        "root": root.dir,
        "config": root.tools.settings,
        "renderer": "html",
        "mdbook_version": MDBOOK_VERSION,
    })
}

fn book(pages: &[Page], nav: &Nav) -> Value {
    let items: Vec<Value> = nav
        .entries
        .iter()
        .map(|entry| match entry {
            Entry::Part(title) => json!({ "PartTitle": title }),
            Entry::Separator => json!("Separator"),
            Entry::Item(id) => chapter(*id, pages, nav, &mut Vec::new()),
        })
        .collect();
    json!({ NAMES[0]: items, NAMES[1]: items, "__non_exhaustive": null })
}

/// How deep this goes is bounded: by the reader of SUMMARY.md, and by how long the path of a folder may be.
fn chapter(id: ItemId, pages: &[Page], nav: &Nav, above: &mut Vec<String>) -> Value {
    let item = nav.item(id);
    let page = page_of(item, pages);
    let path = page.map(|page| page.path.as_str());
    let name = name(item, page);
    let parents = above.clone();
    above.push(name.clone());
    let children: Vec<Value> = item.children.iter().map(|child| chapter(*child, pages, nav, above)).collect();
    above.pop();
    json!({ "Chapter": {
        "name": name,
        "content": page.map_or("", |page| page.text.markdown()),
        "number": (!item.number.is_empty()).then_some(&item.number),
        "sub_items": children,
        "path": path,
        "source_path": path,
        "parent_names": parents,
    }})
}

fn page_of<'a>(item: &NavItem, pages: &'a [Page]) -> Option<&'a Page> {
    match &item.target {
        NavTarget::Page(id, _) => pages.get(id.at()),
        _ => None,
    }
}

fn name(item: &NavItem, page: Option<&Page>) -> String {
    let own = || page.and_then(|page| page.front.title.clone()).unwrap_or_default();
    item.title.clone().unwrap_or_else(own)
}

/// Takes the texts that a program changed; gives the pages they are of.
fn take(tool: &Preprocessor, book: &Value, pages: &mut [Page], sources: &mut Sources) -> BTreeSet<usize> {
    let at: HashMap<String, usize> = pages.iter().enumerate().map(|(at, page)| (page.path.to_string(), at)).collect();
    let mut changed = BTreeSet::new();
    // A program that knows one list leaves the other out, or as it was.
    for list in NAMES.iter().filter_map(|name| book.get(name)) {
        let mut rest: Vec<&Value> = list.as_array().into_iter().flatten().collect();
        while let Some(item) = rest.pop() {
            let Some(chapter) = item.get("Chapter") else { continue };
            rest.extend(chapter.get("sub_items").and_then(Value::as_array).into_iter().flatten());
            let path = ["source_path", "path"].iter().find_map(|key| chapter.get(key).and_then(Value::as_str));
            let Some(&at) = path.and_then(|path| at.get(&path.replace('\\', "/"))) else { continue };
            let Some(content) = chapter.get("content").and_then(Value::as_str) else { continue };
            // `insert` comes last: what one list has changed, the other does not change back.
            if pages[at].text.markdown() != content && changed.insert(at) {
                replace(&mut pages[at], content, &tool.name, sources);
            }
        }
    }
    changed
}

/// Gives a page another text; messages then show it as the program left it.
fn replace(page: &mut Page, content: &str, tool: &str, sources: &mut Sources) {
    let text: Arc<str> = content.into();
    let source = sources.add(format!("{} (after {tool})", page.path_in_root), text.clone());
    page.text = include::plain(text, source, 0);
}

fn include_again(root: &Root, src: &Path, page: &mut Page, sources: &mut Sources, report: &mut Report) {
    let (text, source) = (page.text.text.clone(), page.text.pieces[0].source);
    if include::may_have_includes(&text) {
        let mut files = Files { root: &root.dir, sources, read: HashMap::new(), left: include::LARGEST_BOOK };
        let expanded = include::expand(&page.path.under(src), &text, source, 0, &mut files);
        report.extend(expanded.notes);
        page.text = expanded.text;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_command_is_words_with_quotes() {
        let of = |text| words(text).map(|words| words.join("|"));
        assert_eq!(of("mdbook-x --a 'b c' d\"e f\"").as_deref(), Some("mdbook-x|--a|b c|de f"));
        assert_eq!(of("x ''").as_deref(), Some("x|"));
        assert_eq!(of("x 'y"), None);
        assert_eq!(of("  ").as_deref(), Some(""));
    }

    proptest! {
        #[test]
        fn any_command_is_read(text in ".{0,60}") {
            let _ = words(&text);
        }
    }
}
