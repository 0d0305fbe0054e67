//! The parser's events, mended.

use super::Dialect;
use super::cjk::{self, Prepared};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, OffsetIter, Parser, Tag, TagEnd};
use std::ops::Range;

/// An event and the bytes of the Markdown it stands for.
pub type Item<'a> = (Event<'a>, Range<usize>);

/// The events of a text.
pub struct Events<'a> {
    inner: OffsetIter<'a>,
    prepared: &'a Prepared<'a>,
    /// An event read ahead.
    ahead: Option<Item<'a>>,
    /// Braces of a heading that turned out to be no attributes, to be given back at its end.
    braces: Option<Range<usize>>,
    /// The last character of running text, to judge a line break by.
    last: Option<char>,
    in_code: bool,
}

impl<'a> Events<'a> {
    /// Reads a prepared text.
    #[must_use]
    pub fn new(prepared: &'a Prepared<'a>, dialect: &Dialect) -> Self {
        let inner = Parser::new_ext(prepared.text(), dialect.options).into_offset_iter();
        Events { inner, prepared, ahead: None, braces: None, last: None, in_code: false }
    }

    /// The reference definitions of the text, label and address, sorted by label.
    pub fn definitions(&self) -> impl Iterator<Item = (String, String)> {
        let back = |text: &str| self.prepared.restore(CowStr::from(text.to_owned())).to_string();
        let mut all: Vec<(String, String)> =
            self.inner.reference_definitions().iter().map(|(label, def)| (back(label), back(&def.dest))).collect();
        all.sort();
        all.into_iter()
    }

    fn raw(&mut self) -> Option<Item<'a>> {
        if let Some(item) = self.ahead.take() {
            return Some(item);
        }
        let (event, range) = self.inner.next()?;
        Some((self.restored(event), range))
    }

    fn restored(&self, event: Event<'a>) -> Event<'a> {
        let back = |text| self.prepared.restore(text);
        match event {
            Event::Text(t) => Event::Text(back(t)),
            Event::Code(t) => Event::Code(back(t)),
            Event::Html(t) => Event::Html(back(t)),
            Event::InlineHtml(t) => Event::InlineHtml(back(t)),
            Event::InlineMath(t) => Event::InlineMath(back(t)),
            Event::DisplayMath(t) => Event::DisplayMath(back(t)),
            Event::FootnoteReference(t) => Event::FootnoteReference(back(t)),
            Event::Start(Tag::FootnoteDefinition(t)) => Event::Start(Tag::FootnoteDefinition(back(t))),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(back(info))))
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Link { link_type, dest_url: back(dest_url), title: back(title), id: back(id) })
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Image { link_type, dest_url: back(dest_url), title: back(title), id: back(id) })
            }
            other => other,
        }
    }

    /// Joins what follows to a text, as long as it is of the same kind. Texts that lie side by side stay one slice of
    /// the source; only where the source says it otherwise (an entity, a quoted line) is something copied.
    fn joined(&mut self, first: CowStr<'a>, range: Range<usize>, html: bool) -> (CowStr<'a>, Range<usize>) {
        let original: &'a str = self.prepared.original();
        let (mut text, mut range) = (first, range);
        let mut owned: Option<String> = None;
        // Known of the part that has been joined, so that a long text is not compared again with each piece.
        let mut as_written = original.get(range.clone()) == Some(&*text);
        while let Some((event, next_range)) = self.raw() {
            let next = match event {
                Event::Text(t) if !html => t,
                Event::Html(t) if html => t,
                other => {
                    self.ahead = Some((other, next_range));
                    break;
                }
            };
            let union = range.start..next_range.end;
            as_written &= next_range.start == range.end && original.get(next_range.clone()) == Some(&*next);
            if as_written {
                text = CowStr::Borrowed(&original[union.clone()]);
            } else {
                owned.get_or_insert_with(|| text.to_string()).push_str(&next);
            }
            range = union;
        }
        (owned.map_or(text, CowStr::from), range)
    }

    /// Whether a line break stands between two Chinese characters.
    fn is_idle_break(&mut self) -> bool {
        let Some(before) = self.last else { return false };
        let next = self.raw();
        let after = match &next {
            Some((Event::Text(text), _)) => text.chars().next(),
            // `**粗体**` or `[链接]` begins the next line.
            Some((Event::Start(_), range)) => {
                self.prepared.original()[range.start..].chars().find(|c| !matches!(c, '*' | '_' | '~' | '[' | '!'))
            }
            _ => None,
        };
        self.ahead = next;
        after.is_some_and(|after| cjk::joins(before, after))
    }

    /// `## Set {name}`: the parser takes the braces for attributes, GitHub shows them.
    fn heading(&mut self, tag: Tag<'a>, range: &Range<usize>) -> Tag<'a> {
        let Tag::Heading { level, id, classes, attrs } = tag else { return tag };
        let written = &self.prepared.original()[range.clone()];
        let are_attributes = id.is_some() || !classes.is_empty();
        if !are_attributes && !attrs.is_empty() {
            let end = range.start + written.rfind('}').map_or(written.len(), |at| at + 1);
            let start = range.start + written.rfind('{').unwrap_or(written.len());
            self.braces = (start < end).then_some(start..end);
            return Tag::Heading { level, id, classes, attrs: Vec::new() };
        }
        Tag::Heading { level, id, classes, attrs }
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Item<'a>;

    fn next(&mut self) -> Option<Item<'a>> {
        loop {
            let (event, range) = self.raw()?;
            let item = match event {
                Event::Text(text) => {
                    let (text, range) = self.joined(text, range, false);
                    if !self.in_code {
                        self.last = text.chars().next_back();
                    }
                    (Event::Text(text), range)
                }
                Event::Html(text) => {
                    let (text, range) = self.joined(text, range, true);
                    (Event::Html(text), range)
                }
                Event::SoftBreak => {
                    if self.is_idle_break() {
                        continue;
                    }
                    self.last = None;
                    (Event::SoftBreak, range)
                }
                Event::Start(tag @ Tag::Heading { .. }) => {
                    self.last = None;
                    let tag = self.heading(tag, &range);
                    (Event::Start(tag), range)
                }
                Event::End(TagEnd::Heading(level)) => match self.braces.take() {
                    Some(braces) => {
                        self.ahead = Some((Event::End(TagEnd::Heading(level)), range));
                        let original: &'a str = self.prepared.original();
                        (Event::Text(CowStr::from(format!(" {}", &original[braces.clone()]))), braces)
                    }
                    None => (Event::End(TagEnd::Heading(level)), range),
                },
                Event::Start(Tag::CodeBlock(kind)) => {
                    self.in_code = true;
                    (Event::Start(Tag::CodeBlock(kind)), range)
                }
                Event::End(TagEnd::CodeBlock) => {
                    self.in_code = false;
                    (Event::End(TagEnd::CodeBlock), range)
                }
                Event::Code(code) => {
                    self.last = None;
                    (Event::Code(code), range)
                }
                other => (other, range),
            };
            return Some(item);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown::prepare;
    use proptest::prelude::*;

    fn html(text: &str) -> String {
        let prepared = prepare(text);
        let mut html = String::new();
        pulldown_cmark::html::push_html(
            &mut html,
            Events::new(&prepared, &Dialect::of(&Config::default())).map(|(e, _)| e),
        );
        html.trim_end().to_owned()
    }

    #[test]
    fn emphasis_works_beside_full_width_punctuation() {
        assert_eq!(html("**API 对象（声明）**是核心"), "<p><strong>API 对象（声明）</strong>是核心</p>");
        assert_eq!(html("**“期望状态”**由用户声明"), "<p><strong>“期望状态”</strong>由用户声明</p>");
        assert_eq!(html("*注意：*这里"), "<p><em>注意：</em>这里</p>");
        assert_eq!(html("这里**（重点）**说"), "<p>这里<strong>（重点）</strong>说</p>");
        assert_eq!(
            html("见**`kubectl`**命令与**\"x\"**值"),
            "<p>见<strong><code>kubectl</code></strong>命令与<strong>\"x\"</strong>值</p>"
        );
        assert_eq!(html("~~旧的（弃用）~~改用"), "<p><del>旧的（弃用）</del>改用</p>");
        assert_eq!(html("**Pod（容器组）**is the unit"), "<p><strong>Pod（容器组）</strong>is the unit</p>");
    }

    #[test]
    fn stars_that_are_no_emphasis_stay() {
        assert_eq!(html("3 * 4 （乘） * 5"), "<p>3 * 4 （乘） * 5</p>");
        assert_eq!(html("`**（a）**b`"), "<p><code>**（a）**b</code></p>");
    }

    #[test]
    fn a_line_break_between_chinese_characters_adds_no_space() {
        assert_eq!(html("第一行\n第二行"), "<p>第一行第二行</p>");
        assert_eq!(html("第一行，\n**第二行**"), "<p>第一行，<strong>第二行</strong></p>");
        assert_eq!(html("Kubernetes\n是"), "<p>Kubernetes\n是</p>");
        assert_eq!(html("one\ntwo"), "<p>one\ntwo</p>");
        assert_eq!(html("> 引用\n> 续行"), "<blockquote>\n<p>引用续行</p>\n</blockquote>");
    }

    #[test]
    fn braces_at_the_end_of_a_heading_are_attributes_only_with_an_id_or_a_class() {
        assert_eq!(html("## Set {name}"), "<h2>Set {name}</h2>");
        assert_eq!(html("## Set {#id .c}"), "<h2 id=\"id\" class=\"c\">Set</h2>");
    }

    #[test]
    fn a_text_is_one_event_whatever_it_holds() {
        let text = "see https://a.b/c_d?x&y and a&amp;b";
        let prepared = prepare(text);
        let texts = Events::new(&prepared, &Dialect::of(&Config::default()))
            .filter(|(e, _)| matches!(e, Event::Text(_)))
            .count();
        assert_eq!(texts, 1);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic_and_ranges_stay_inside(text in "[ \\PC\n*_~`#\\[\\](){}<>|:！（“是-]{0,120}") {
            let prepared = prepare(&text);
            for (_, range) in Events::new(&prepared, &Dialect::of(&Config::default())) {
                prop_assert!(text.get(range).is_some());
            }
        }
    }
}
