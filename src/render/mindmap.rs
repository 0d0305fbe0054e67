//! A page with `map: true`: its headings and nested lists, drawn as a mind map above the text.

use super::article::Article;
use super::{PageInput, escape};
use crate::diagram::mermaid::label::Label;
use crate::diagram::mermaid::mindmap::{MindMap, Outline, Topic};
use crate::diagram::{self, Phrases};
use crate::index::Target;
use crate::markdown::{Events, prepare};
use crate::path::SitePath;
use pulldown_cmark::{Event, Tag, TagEnd};

/// Past this many nodes nothing can be found in a map.
const MOST: usize = 3000;

/// Puts the map of a page, if it wants one, between its title and its text.
pub(super) fn add(input: &PageInput<'_>, out: &SitePath, article: &mut Article) {
    if !input.page.front.map {
        return;
    }
    let map = map(input, out);
    // A root by itself is no map.
    if map.topics.len() < 3 {
        return;
    }
    let shared = input.shared;
    let phrases = if shared.index.book.language.is_chinese() { Phrases::CHINESE } else { Phrases::ENGLISH };
    let link = |name: &str| {
        let home = shared.concepts.get(shared.concepts.named(name)?).home.as_ref()?;
        (home.page != input.id || home.anchor.is_some()).then(|| shared.home_href(home, out)).flatten()
    };
    let options = diagram::Options { prefix: "d:map", phrases, link: &link, standalone: false };
    let drawing = diagram::draw_mindmap(&map, &options);
    let mut figure = String::from(
        "<figure class=\"diagram wide\" id=\"fig:map\"><div class=\"frame\" role=\"group\" tabindex=\"0\" aria-label=\"",
    );
    escape::attribute(&shared.theme.labels.diagram, &mut figure);
    figure.push_str("\">");
    figure.push_str(&drawing.svg);
    figure.push_str("</div></figure>\n");
    article.html.insert_str(article.heading_end, &figure);
}

/// The headings of a page and the items of its lists, as a tree.
fn map(input: &PageInput<'_>, out: &SitePath) -> MindMap {
    let markdown = input.page.text.markdown();
    let prepared = prepare(markdown);
    let title = input.shared.index.title(input.id);
    let mut grower = Grower { topics: vec![topic(title)], open: vec![(0, 0)], words: None, lists: 0 };
    let mut headings = 0;
    for (event, _) in Events::new(&prepared, &input.shared.dialect) {
        if grower.topics.len() >= MOST {
            break;
        }
        match event {
            Event::Start(Tag::Heading { .. } | Tag::Item) => {
                grower.flush();
                grower.words = Some(String::new());
            }
            Event::End(TagEnd::Heading(_)) => {
                let Some(heading) = input.facts.headings.get(headings) else { break };
                headings += 1;
                let words = grower.words.take().unwrap_or_default();
                if heading.shown > 1 && !words.trim().is_empty() {
                    let anchor = Target::Page(input.id, Some(heading.id.clone()));
                    let href = input.shared.index.href(out, &anchor);
                    grower.grow(usize::from(heading.shown) - 1, &words, href);
                }
            }
            Event::Start(Tag::List(_)) => {
                grower.flush();
                grower.lists += 1;
            }
            Event::End(TagEnd::Item | TagEnd::Paragraph) => grower.flush(),
            Event::End(TagEnd::List(_)) => grower.lists -= 1,
            Event::Text(text) | Event::Code(text) => grower.write(&text),
            Event::SoftBreak | Event::HardBreak => grower.write(" "),
            _ => {}
        }
    }
    let Grower { mut topics, .. } = grower;
    // A page that is one list with one root: that item is the root.
    let branches: Vec<usize> = (1..topics.len()).filter(|at| topics[*at].parent == Some(0)).collect();
    if let [only] = branches.as_slice()
        && *only == 1
    {
        topics.remove(0);
        topics[0].parent = None;
        for topic in &mut topics[1..] {
            topic.parent = topic.parent.map(|p| p - 1);
        }
    }
    MindMap { topics, title: Some(title.to_owned()) }
}

fn topic(words: &str) -> Topic {
    Topic { label: Label::plain(words), outline: Outline::Default, parent: None, href: None }
}

/// Levels below a heading that lists begin at: deeper than any heading.
const BELOW_HEADINGS: usize = 10;

struct Grower {
    topics: Vec<Topic>,
    /// The open branch: each node's level and place.
    open: Vec<(usize, u32)>,
    /// The words of the item or heading that is being read.
    words: Option<String>,
    lists: usize,
}

impl Grower {
    fn write(&mut self, text: &str) {
        if let Some(words) = &mut self.words {
            words.push_str(text);
        }
    }

    /// Ends the words of an item; a heading has its own end.
    fn flush(&mut self) {
        if self.lists == 0 {
            return;
        }
        if let Some(words) = self.words.take().filter(|words| !words.trim().is_empty()) {
            self.grow(BELOW_HEADINGS + self.lists, &words, None);
        }
    }

    fn grow(&mut self, level: usize, words: &str, href: Option<String>) {
        while self.open.len() > 1 && self.open.last().is_some_and(|(open, _)| *open >= level) {
            self.open.pop();
        }
        let parent = self.open.last().map(|(_, at)| *at);
        self.open.push((level, u32::try_from(self.topics.len()).unwrap_or(u32::MAX)));
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.topics.push(Topic { parent, href, ..topic(&words) });
    }
}
