//! Pieces of a page as plain text: for a gist, for the sentence around a mention.

use super::{Dialect, Events, prepare};
use pulldown_cmark::Event;
use std::ops::Range;

/// The text of some Markdown, without its markup; a line break is a blank, unless it stands between Chinese characters.
#[must_use]
pub fn plain(markdown: &str, dialect: &Dialect) -> String {
    let prepared = prepare(markdown);
    let mut text = String::with_capacity(markdown.len());
    for (event, _) in Events::new(&prepared, dialect) {
        match event {
            Event::Text(words) | Event::Code(words) | Event::InlineMath(words) => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// Bytes on either side of a place that a sentence is looked for in.
const REACH: usize = 600;

/// The sentence of `block` around the place `at`, both in bytes of `markdown`: as written, markup included.
#[must_use]
pub fn sentence<'t>(markdown: &'t str, block: &Range<u32>, at: &Range<u32>) -> &'t str {
    let (low, high) = (block.start as usize, (block.end as usize).min(markdown.len()));
    let (start, end) = (at.start as usize, (at.end as usize).min(high));
    let Some(before) = markdown.get(floor(markdown, low.max(start.saturating_sub(REACH)))..start) else { return "" };
    let Some(after) = markdown.get(end..floor(markdown, high.min(end.saturating_add(REACH)))) else { return "" };
    let first = start - before.len();
    let end_of = |at: usize, c: char| ends(c, &markdown[at + c.len_utf8()..]);
    let stop = before.char_indices().rev().find(|(i, c)| end_of(first + i, *c));
    let from = stop.map_or(first, |(i, c)| first + i + c.len_utf8());
    let stop = after.char_indices().find(|(i, c)| end_of(end + i, *c));
    let to = stop.map_or(end + after.len(), |(i, c)| end + i + if c == '\n' || c == '|' { 0 } else { c.len_utf8() });
    unmarked(&markdown[from..to])
}

/// A line without what makes it an item, a quote, a cell or a heading. Emphasis that begins with the line stays.
fn unmarked(line: &str) -> &str {
    let mut line = line.trim();
    loop {
        let rest = line.trim_start_matches(['|', '>', '#']);
        let rest = ["- ", "* ", "+ "].iter().find_map(|marker| rest.strip_prefix(marker)).unwrap_or(rest).trim_start();
        if rest.len() == line.len() {
            return line;
        }
        line = rest;
    }
}

/// Whether a character ends a sentence, before `rest`.
fn ends(c: char, rest: &str) -> bool {
    match c {
        '。' | '！' | '？' | '；' | '|' => true,
        '.' | '!' | '?' => rest.starts_with([' ', '\n']),
        '\n' => {
            let next = rest.trim_start_matches(' ');
            next.starts_with(['\n', '-', '*', '+', '>', '#', '|']) || next.is_empty()
        }
        _ => false,
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn around(text: &str, word: &str) -> String {
        let short = |n: usize| u32::try_from(n).expect("a short text");
        let at = text.find(word).expect("in the text");
        let found = sentence(text, &(0..short(text.len())), &(short(at)..short(at + word.len())));
        plain(found, &Dialect::of(&Config::default()))
    }

    #[test]
    fn a_sentence_is_what_stands_between_two_stops() {
        assert_eq!(around("先说一句。调度器把 **Pod** 绑定到节点。再说一句。", "绑定"), "调度器把 Pod 绑定到节点。");
        assert_eq!(around("One. The `kubelet` runs v1.2 here. Three.", "runs"), "The kubelet runs v1.2 here.");
        assert_eq!(around("- 第一项\n- 第二项说 etcd\n- 第三项", "etcd"), "第二项说 etcd");
        assert_eq!(around("One is here and\n[two](b.md) too. Three.", "[two]"), "One is here and two too.");
        assert_eq!(around("- **用 Helm 管**，不要手改。\n", "不要"), "用 Helm 管，不要手改。");
        assert_eq!(around("| etcd | 保存状态 |\n", "保存"), "保存状态");
    }
}
