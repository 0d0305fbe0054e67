//! A preprocessor as mdBook and portolan run it: `{{#shout text}}` becomes TEXT in bold.
//!
//! ```toml
//! [preprocessor.shout]
//! command = "mdbook-shout"
//! ```
//!
//! It is asked once with `supports RENDERER` and says yes by ending well. Then it gets `[context, book]` as JSON and gives
//! the book back. This one walks over all chapters and changes their `content`; it works with the book of mdBook 0.4
//! (`sections`) as with that of 0.5 (`items`).

use serde_json::Value;

fn main() {
    if std::env::args().nth(1).as_deref() == Some("supports") {
        return;
    }
    let (_context, mut book): (Value, Value) = serde_json::from_reader(std::io::stdin()).expect("mdBook's JSON");
    let list = if book.get("items").is_some() { "items" } else { "sections" };
    if let Some(items) = book.get_mut(list).and_then(Value::as_array_mut) {
        items.iter_mut().for_each(chapter);
    }
    serde_json::to_writer(std::io::stdout(), &book).expect("somebody reads it");
}

fn chapter(item: &mut Value) {
    let Some(chapter) = item.get_mut("Chapter") else { return };
    if let Some(Value::String(content)) = chapter.get_mut("content") {
        *content = shouted(content);
    }
    if let Some(items) = chapter.get_mut("sub_items").and_then(Value::as_array_mut) {
        items.iter_mut().for_each(self::chapter);
    }
}

fn shouted(text: &str) -> String {
    let mut parts = text.split("{{#shout ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once("}}") {
            Some((words, rest)) => out.extend(["**", &words.to_uppercase(), "**", rest]),
            None => out.extend(["{{#shout ", part]),
        }
    }
    out
}
