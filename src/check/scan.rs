//! One pass over a page for the rules that look at its text: running text character by character, and where the
//! headings, images, fences and comments are.
//!
//! The facts of a page say what others may ask of it; a check asks for more than anybody keeps. The parser is the one
//! that both passes use; here its events are taken as they come, because each then is a slice of the source and every
//! character has its place.

use crate::markdown::{Dialect, Prepared, autolink, level_number, prepare, raw};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// What a page's text is made of.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) blocks: Vec<Block>,
    pub(super) headings: Vec<Heading>,
    /// Images without alternative text.
    pub(super) mute_images: Vec<Range<usize>>,
    /// Opening lines of fences without a language.
    pub(super) bare_fences: Vec<Range<usize>>,
    /// Blocks of code.
    pub(super) fences: Vec<Range<usize>>,
    /// Addresses that stand in the text by themselves: what to ask, and where.
    pub(super) addresses: Vec<(String, Range<usize>)>,
    /// Comments, from `<!--` to `-->`.
    pub(super) comments: Vec<Range<usize>>,
    /// Inline code, its text and its place.
    pub(super) code: Vec<(String, Range<usize>)>,
}

/// A heading, of Markdown or of raw HTML.
#[derive(Debug)]
pub(super) struct Heading {
    /// 1 to 6, as written.
    pub(super) level: u8,
    pub(super) text: String,
    pub(super) range: Range<usize>,
    pub(super) is_raw: bool,
}

/// A paragraph, a cell, an item, a heading: text that is read in one go.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) atoms: Vec<Atom>,
    /// Whether mending it changes an anchor.
    pub(super) has_anchor: bool,
}

/// A character of running text, or what stands between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Atom {
    pub(super) what: What,
    pub(super) range: Range<usize>,
    /// Where something could be put between this atom and the one before: outside of the markup of both.
    pub(super) gap: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Char(char),
    /// Inline code.
    Code,
    /// A line break.
    Break,
    /// Mathematics, an image, an address, HTML: nothing to be read.
    Other,
}

impl Atom {
    pub(super) fn char(&self) -> Option<char> {
        match self.what {
            What::Char(c) => Some(c),
            _ => None,
        }
    }
}

/// Scans a page.
pub(super) fn scan(text: &str, dialect: Dialect) -> Scan {
    let prepared = prepare(text);
    let mut options = dialect.options;
    // Dots and quotes as they are written.
    options.remove(Options::ENABLE_SMART_PUNCTUATION);
    let mut scanner = Scanner {
        text,
        dialect,
        scan: Scan::default(),
        block: Block::default(),
        gap: 0,
        closed: 0,
        in_address: false,
        heading: None,
        image: Vec::new(),
    };
    for (event, range) in Parser::new_ext(prepared.text(), options).into_offset_iter() {
        scanner.event(event, range, &prepared);
    }
    scanner.close_block();
    scanner.scan
}

struct Scanner<'a> {
    text: &'a str,
    dialect: Dialect,
    scan: Scan,
    block: Block,
    /// Where the last closed markup ended.
    gap: usize,
    /// Open code blocks, addresses and the like, whose text is not read.
    closed: u32,
    /// Whether the open link is one whose words are not read.
    in_address: bool,
    /// The open heading.
    heading: Option<Heading>,
    /// Open images, and whether each has words.
    image: Vec<(Range<usize>, bool)>,
}

impl Scanner<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>, prepared: &Prepared<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, &range),
            Event::Text(text) => self.words(&prepared.restore(text), range),
            Event::Code(code) => {
                self.heard();
                let code = prepared.restore(code);
                if let Some(heading) = &mut self.heading {
                    heading.text.push_str(&code);
                }
                if self.closed == 0 {
                    self.scan.code.push((code.to_string(), range.clone()));
                }
                self.push(What::Code, range);
            }
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => {
                self.heard();
                self.push(What::Other, range);
            }
            Event::InlineHtml(_) => {
                self.raw(range.clone());
                self.push(What::Other, range);
            }
            Event::SoftBreak | Event::HardBreak => self.push(What::Break, range),
            // A block of HTML is read whole, where it begins.
            Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
            Tag::Link { link_type, .. } => {
                // The words of these are an address, or the name of a page.
                if matches!(link_type, LinkType::Autolink | LinkType::Email | LinkType::WikiLink { .. }) {
                    self.push(What::Other, range);
                    self.closed += 1;
                    self.in_address = true;
                }
            }
            Tag::HtmlBlock => {
                self.close_block();
                self.raw(range);
            }
            Tag::Image { .. } => {
                self.push(What::Other, range.clone());
                self.image.push((range, false));
                self.closed += 1;
            }
            Tag::Heading { level, id, .. } => {
                self.close_block();
                self.block.has_anchor = id.is_none();
                self.heading = Some(Heading { level: level_number(*level), text: String::new(), range, is_raw: false });
            }
            Tag::CodeBlock(kind) => {
                self.close_block();
                self.closed += 1;
                self.scan.fences.push(range.clone());
                if matches!(kind, CodeBlockKind::Fenced(info) if info.trim().is_empty()) {
                    let line = self.text.get(range.clone()).unwrap_or_default().lines().next().unwrap_or_default();
                    self.scan.bare_fences.push(range.start..range.start + line.trim_end().len());
                }
            }
            Tag::MetadataBlock(_) => self.closed += 1,
            _ => self.close_block(),
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {
                self.gap = range.end;
            }
            TagEnd::Link => {
                self.gap = range.end;
                if std::mem::take(&mut self.in_address) {
                    self.closed = self.closed.saturating_sub(1);
                }
            }
            TagEnd::Image => {
                self.gap = range.end;
                self.closed = self.closed.saturating_sub(1);
                if let Some((range, has_words)) = self.image.pop() {
                    if !has_words {
                        self.scan.mute_images.push(range);
                    }
                    self.heard();
                }
            }
            TagEnd::Heading(_) => {
                self.scan.headings.extend(self.heading.take());
                self.close_block();
            }
            TagEnd::CodeBlock | TagEnd::MetadataBlock(_) => self.closed = self.closed.saturating_sub(1),
            _ => self.close_block(),
        }
    }

    /// Something is in the open image.
    fn heard(&mut self) {
        if let Some((_, has_words)) = self.image.last_mut() {
            *has_words = true;
        }
    }

    fn words(&mut self, text: &str, range: Range<usize>) {
        if !text.trim().is_empty() {
            self.heard();
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        if self.closed > 0 {
            return;
        }
        if self.text.get(range.clone()) == Some(text) {
            for (at, c) in text.char_indices() {
                let start = range.start + at;
                self.push(What::Char(c), start..start + c.len_utf8());
            }
        } else {
            // An entity: one character, several bytes of source.
            let mut chars = text.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => self.push(What::Char(c), range),
                _ => self.push(What::Other, range),
            }
        }
    }

    fn push(&mut self, what: What, range: Range<usize>) {
        if self.closed > 0 {
            return;
        }
        let gap = self.block.atoms.last().map_or(range.start, |last| last.range.end).max(self.gap).min(range.start);
        self.block.atoms.push(Atom { what, range, gap });
    }

    fn raw(&mut self, range: Range<usize>) {
        let Some(html) = self.text.get(range.clone()) else { return };
        let fragment = raw::read(html);
        let shift = |r: Range<usize>| range.start + r.start..range.start + r.end;
        self.scan.comments.extend(fragment.comments.into_iter().map(shift));
        self.scan.mute_images.extend(fragment.mute_images.into_iter().map(shift));
        for (level, text, at) in fragment.headings {
            self.scan.headings.push(Heading { level, text, range: shift(at), is_raw: true });
        }
    }

    fn close_block(&mut self) {
        let mut block = std::mem::take(&mut self.block);
        if block.atoms.is_empty() {
            return;
        }
        self.addresses(&mut block);
        self.scan.blocks.push(block);
    }

    /// Bare addresses and shortcodes are not read.
    fn addresses(&mut self, block: &mut Block) {
        let mut from = 0;
        while from < block.atoms.len() {
            let mut text = String::new();
            let mut at = from;
            // Characters that stand side by side in the source.
            while let Some(c) = block.atoms.get(at).and_then(Atom::char) {
                let is_beside = at == from || block.atoms[at - 1].range.end == block.atoms[at].range.start;
                if !is_beside {
                    break;
                }
                text.push(c);
                at += 1;
            }
            let starts: Vec<usize> = text.char_indices().map(|(start, _)| start).collect();
            let atom_at = |byte: usize| from + starts.partition_point(|start| *start < byte);
            let mut search = 0;
            while let Some(address) = autolink::next(&text, search) {
                search = address.range.end;
                let (first, last) = (atom_at(address.range.start), atom_at(address.range.end));
                let range = block.atoms[first].range.start..block.atoms[last - 1].range.end;
                if self.dialect.autolink {
                    self.scan.addresses.push((format!("{}{}", address.scheme, &text[address.range]), range));
                }
                block.atoms[first..last].iter_mut().for_each(|atom| atom.what = What::Other);
            }
            for call in calls(&text) {
                block.atoms[atom_at(call.start)..atom_at(call.end)].iter_mut().for_each(|atom| atom.what = What::Other);
            }
            if self.dialect.emoji {
                for code in shortcodes(&text) {
                    block.atoms[atom_at(code.start)..atom_at(code.end)]
                        .iter_mut()
                        .for_each(|atom| atom.what = What::Other);
                }
            }
            from = at.max(from + 1);
        }
    }
}

/// Where `{{ … }}` and `{% … %}` stand: calls of this generator and of others, no prose.
fn calls(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|at| from + at) {
        let close = match text.as_bytes().get(open + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            _ => {
                from = open + 1;
                continue;
            }
        };
        // What is not closed here is not closed further on either.
        let Some(end) = text[open + 2..].find(close).map(|at| open + 2 + at + close.len()) else { break };
        found.push(open..end);
        from = end;
    }
    found
}

/// Where `:rocket:` and its like stand.
fn shortcodes(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find(':').map(|at| from + at) {
        let inner = &text[open + 1..];
        let name = inner.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-')));
        match name {
            Some(end)
                if end > 0 && inner[end..].starts_with(':') && emojis::get_by_shortcode(&inner[..end]).is_some() =>
            {
                from = open + end + 2;
                found.push(open..from);
            }
            _ => from = open + 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use proptest::prelude::*;

    fn of(text: &str) -> Scan {
        scan(text, Dialect::of(&Config::default()))
    }

    fn shown(block: &Block) -> String {
        let one = |atom: &Atom| match atom.what {
            What::Char(c) => c,
            What::Code => '`',
            What::Break => '/',
            What::Other => '#',
        };
        block.atoms.iter().map(one).collect()
    }

    #[test]
    fn running_text_is_read_and_code_and_addresses_are_not() {
        let scan = of(
            "见 **甲**`乙`，https://a.b/丙 :rocket:\n<https://c.d> $x$ [丁](e.md) &amp;\n\n```\n戊\n```\n| 己 |\n| - |\n| 庚 |\n",
        );
        let all: Vec<String> = scan.blocks.iter().map(shown).collect();
        assert_eq!(all[0], format!("见 甲`，{} {}/# # 丁 &", "#".repeat(13), "#".repeat(8)));
        assert_eq!(all[1..], ["己", "庚"]);
        assert_eq!(scan.addresses[0].0, "https://a.b/丙");
        assert_eq!(scan.bare_fences.len(), 1);
    }

    #[test]
    fn a_gap_lies_outside_of_the_markup() {
        let text = "**中**Pod和[Pod](x)";
        let scan = of(text);
        let gaps: Vec<&str> = scan.blocks[0].atoms.iter().skip(1).map(|atom| &text[atom.gap..]).collect();
        assert_eq!(gaps[0], "Pod和[Pod](x)");
        assert_eq!(gaps[4], "[Pod](x)");
    }

    #[test]
    fn images_and_headings_are_found_in_html_too() {
        let scan = of("# A\n\n<h1>B</h1>\n\n![](a.png) ![x](b.png) <img src=c.png> <img src=d.png alt=\"\">\n");
        assert_eq!(scan.headings.iter().map(|h| (h.level, h.is_raw)).collect::<Vec<_>>(), [(1, false), (1, true)]);
        assert_eq!(scan.mute_images.len(), 2);
    }

    proptest! {
        #[test]
        fn atoms_stand_in_order_inside_the_text(text in "[ \\PC\n*_~`#\\[\\](){}<>|:！（“是a&;$-]{0,160}") {
            for block in of(&text).blocks {
                let mut end = 0;
                for atom in &block.atoms {
                    prop_assert!(text.get(atom.range.clone()).is_some() && text.is_char_boundary(atom.gap));
                    prop_assert!(atom.range.start >= end && atom.gap >= end && atom.gap <= atom.range.start);
                    end = atom.range.end;
                }
            }
        }
    }
}
