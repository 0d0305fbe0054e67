//! `--fix`: mends texts where that is safe.
//!
//! Safe means: the page says the same afterwards. That is not hoped for but looked at: the text is parsed before and
//! after, and what the parser makes of both must be the same but for spaces and characters that nobody sees. So no
//! edit opens or ends markup, moves an anchor or changes a link. Edits that fail are left out one by one, by halving.
//! Mended is mended: rounds go on until nothing more is to be done, so a second run finds nothing.

use super::finding::{Edit, Finding};
use super::{Silence, of_text, rules, scan};
use crate::book::{Book, Language};
use crate::config::CheckTable;
use crate::diagnostic::{SourceFile, Sources};
use crate::markdown::{Dialect, Events, prepare, slug};
use crate::path::RelPath;
use pulldown_cmark::{Event, Tag, TagEnd};
use rayon::prelude::*;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// A file that can be written better.
#[derive(Clone, Debug)]
pub struct Mended {
    /// Relative to the book's root.
    pub path: RelPath,
    /// What it says now.
    pub old: Arc<str>,
    /// What it should say.
    pub new: String,
    /// How many places differ.
    pub count: usize,
}

/// All files of a book that can be mended, sorted by path.
#[must_use]
pub fn fix(book: &Book, sources: &Sources) -> Vec<Mended> {
    let files: HashMap<&str, &SourceFile> = sources.files().map(|file| (&*file.path, file)).collect();
    let dialect = Dialect::of(&book.config);
    let settings = &book.config.portolan.check;
    book.pages
        .par_iter()
        .filter_map(|page| {
            let file = files.get(page.path_in_root.as_str())?;
            // The front matter stands before all includes, so it is as long in the file.
            let (head, body) = file.text.split_at_checked(page.text.body)?;
            let (new, count) = mend(body, dialect, settings, &book.language)?;
            Some(Mended { path: page.path_in_root.clone(), old: file.text.clone(), new: format!("{head}{new}"), count })
        })
        .collect()
}

/// Edits a round tries; what is more waits for the next.
const MOST: usize = 20_000;
/// Bytes that a round may parse to find the edits that do harm; a hundred tries it has in any case.
const PARSED: usize = 40 << 20;
/// Rounds, so that two rules that undo each other could not go on for ever.
const ROUNDS: usize = 12;

/// The Markdown of a page, mended, and how many edits that took; `None` if there is nothing to do.
#[must_use]
pub fn mend(text: &str, dialect: Dialect, settings: &CheckTable, language: &Language) -> Option<(String, usize)> {
    let (mut text, mut count) = (text.to_owned(), 0);
    for _ in 0..ROUNDS {
        let edits = edits(&text, dialect, settings, language);
        if edits.is_empty() {
            break;
        }
        let mut trial = Trial {
            text: &text,
            said: said(&text, dialect),
            dialect,
            keep: Vec::new(),
            tries: (PARSED / text.len().max(1)).clamp(100, 5000),
        };
        trial.accept(&edits);
        let keep = trial.keep;
        if keep.is_empty() {
            break;
        }
        text = with(&text, &keep);
        count += keep.len();
    }
    (count > 0).then_some((text, count))
}

/// What the rules offer, in order, none over another.
fn edits(text: &str, dialect: Dialect, settings: &CheckTable, language: &Language) -> Vec<Edit> {
    let levels = rules::Levels::of(settings);
    let scan = scan::scan(text, dialect);
    let silence = Silence::read(text, &scan.comments);
    let is_wanted = |finding: &Finding| {
        rules::mends(finding.code) && levels.is_on(finding.code) && !silence.covers(finding.code, finding.range.start)
    };
    let mut edits: Vec<Edit> =
        of_text(text, &scan, settings, language).into_iter().filter(is_wanted).filter_map(|f| f.edit).collect();
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut end = 0;
    let mut last: Option<usize> = None;
    edits.retain(|edit| {
        // Two spaces are not put into one gap.
        let is_free = edit.range.start >= end && last != Some(edit.range.start);
        if is_free {
            (end, last) = (edit.range.end, Some(edit.range.start));
        }
        is_free
    });
    edits.truncate(MOST);
    edits
}

/// Finding out which edits leave what a text says as it is.
struct Trial<'t> {
    text: &'t str,
    said: String,
    dialect: Dialect,
    /// Those that do, in order.
    keep: Vec<Edit>,
    /// How often the text may still be parsed.
    tries: usize,
}

impl Trial<'_> {
    /// Keeps all of some edits if that works, else looks at each half.
    fn accept(&mut self, edits: &[Edit]) {
        if self.tries == 0 {
            return;
        }
        self.tries -= 1;
        let kept = self.keep.len();
        self.keep.extend_from_slice(edits);
        if said(&with(self.text, &self.keep), self.dialect) == self.said {
            return;
        }
        self.keep.truncate(kept);
        if edits.len() > 1 {
            let (left, right) = edits.split_at(edits.len() / 2);
            self.accept(left);
            self.accept(right);
        }
    }
}

/// A text with some edits, which are in order.
fn with(text: &str, edits: &[Edit]) -> String {
    let mut new = String::with_capacity(text.len() + edits.len());
    let mut done = 0;
    for edit in edits {
        new.push_str(text.get(done..edit.range.start).unwrap_or_default());
        new.push_str(edit.replacement);
        done = edit.range.end;
    }
    new.push_str(text.get(done..).unwrap_or_default());
    new
}

/// What a text says: markup, addresses, code and formulas as they are, words without spaces and unseen characters.
fn said(text: &str, dialect: Dialect) -> String {
    let prepared = prepare(text);
    let mut said = String::with_capacity(text.len());
    let mut heading: Option<String> = None;
    let mut in_code = false;
    for (event, _) in Events::new(&prepared, &dialect) {
        let _ = match &event {
            Event::Text(words) if in_code => write!(said, "\0{}", words.trim_end_matches(['\r', '\n'])),
            Event::Text(words) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(words);
                }
                said.extend(words.chars().filter(|c| !is_idle(*c)));
                Ok(())
            }
            Event::SoftBreak => Ok(()),
            Event::Html(html) => write!(said, "\0{}", html.trim_end()),
            Event::Start(tag) => {
                in_code |= matches!(tag, Tag::CodeBlock(_));
                // Its anchor is made from its words.
                if let Tag::Heading { id: None, .. } = tag {
                    heading = Some(String::new());
                }
                write!(said, "\0{tag:?}")
            }
            Event::End(tag) => {
                in_code &= *tag != TagEnd::CodeBlock;
                let anchor = heading.take_if(|_| matches!(tag, TagEnd::Heading(_)));
                write!(said, "\0{tag:?}{}", anchor.map_or(String::new(), |words| slug(&words)))
            }
            other => write!(said, "\0{other:?}"),
        };
    }
    said
}

/// What may come and go.
fn is_idle(c: char) -> bool {
    c == ' ' || matches!(c, '\u{00ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}') || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use proptest::prelude::*;

    fn mended(text: &str) -> Option<String> {
        let config = Config::default();
        let language = Language::new("zh");
        mend(text, Dialect::of(&config), &config.portolan.check, &language).map(|(text, _)| text)
    }

    #[test]
    fn spaces_unseen_characters_and_the_last_line_are_mended() {
        assert_eq!(
            mended("使用**Pod**部署，见`kubectl`命令 ，再\u{200b}看[API](a.md)文档").as_deref(),
            Some("使用 **Pod** 部署，见 `kubectl` 命令，再看 [API](a.md) 文档\n")
        );
        assert_eq!(mended("一\r\n二").as_deref(), Some("一\r\n二\r\n"));
        assert_eq!(mended("好的。\n"), None);
    }

    #[test]
    fn what_would_change_the_page_is_left_alone() {
        // An anchor, a reference, code, an address, marks.
        assert_eq!(mended("## 使用Pod\n"), None);
        assert_eq!(mended("见 [用Pod]。\n\n[用Pod]: a.md\n"), None);
        assert_eq!(mended("```\n用Pod\u{200b}\n```\n"), None);
        assert_eq!(mended("`用Pod` <https://a.b/用Pod> $用Pod$ 他说,对吗?\n"), None);
        assert_eq!(mended("## 使用Pod {#pod}\n").as_deref(), Some("## 使用 Pod {#pod}\n"));
        // The unseen character is what keeps these stars apart.
        assert_eq!(mended("*\u{200b}*粗体**吗\n"), None);
    }

    #[test]
    fn comments_and_settings_hold_it_back() {
        assert_eq!(mended("<!-- check: off zh-spacing -->\n\n使用Pod\n"), None);
        let mut config = Config::default();
        config.portolan.check.rules.insert("zh-spacing".to_owned(), crate::config::RuleLevel::Off);
        let language = Language::new("zh");
        assert!(mend("使用Pod\n", Dialect::of(&config), &config.portolan.check, &language).is_none());
    }

    proptest! {
        #[test]
        fn mended_twice_is_mended_once(text in "[ \\n中文Pod1，。（）“”*_`\\[\\]()<>|#:!$~\u{200b}\u{feff}\u{7}&;-]{0,80}") {
            if let Some(once) = mended(&text) {
                prop_assert_eq!(mended(&once), None, "{:?} became {:?}", text, once);
            }
        }

        #[test]
        fn mending_only_moves_spaces(text in "[ \\PC\\n中文Pod，*`\\[\\]()#|\u{200b}]{0,120}") {
            if let Some(new) = mended(&text) {
                let rest = |text: &str| text.chars().filter(|c| !is_idle(*c)).collect::<String>();
                prop_assert_eq!(rest(&text), rest(&new));
                let dialect = Dialect::of(&Config::default());
                prop_assert_eq!(said(&text, dialect), said(&new, dialect));
            }
        }
    }
}
