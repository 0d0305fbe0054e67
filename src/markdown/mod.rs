//! Markdown: the one reader that both passes use, and the facts that others may ask of a page.
//!
//! [`Events`] is pulldown-cmark's stream with four things mended on the way: stand-ins put back ([`cjk`]), neighbouring
//! texts joined (so that an address or a name is never cut), line breaks between Chinese characters dropped, and braces
//! at the end of a heading kept where they are no attributes. The first pass takes [`Facts`] from it, the second writes
//! the page; since both see the same events in the same order, the n-th link of one is the n-th link of the other.

pub mod autolink;
pub mod cjk;
mod dollar;
mod drawn;
mod events;
mod facts;
mod plain;
mod prose;
pub mod raw;
mod slug;

pub use cjk::{Prepared, prepare};
pub use drawn::{Drawn, Statement};
pub use events::{Events, Item};
pub use facts::{Facts, Heading, LinkFact, LinkRole, Outside, facts, level_number};
pub use plain::{plain, sentence};
pub use prose::{Prose, Row, Run};
pub use slug::{Slugs, slug};

use crate::config::{Config, RawHtml};
use pulldown_cmark::Options;

/// Which extensions of Markdown a book uses.
#[derive(Clone, Copy, Debug)]
pub struct Dialect {
    /// The parser's switches.
    pub options: Options,
    /// Bare addresses become links.
    pub autolink: bool,
    /// Shortcodes become emoji.
    pub emoji: bool,
    /// What becomes of raw HTML.
    pub html: RawHtml,
}

impl Dialect {
    /// As the settings say.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        let html = &config.output.html;
        let markdown = &config.portolan.markdown;
        let mut options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES;
        options.set(Options::ENABLE_GFM, html.admonitions);
        options.set(Options::ENABLE_DEFINITION_LIST, html.definition_lists);
        options.set(Options::ENABLE_SMART_PUNCTUATION, html.smart_punctuation);
        options.set(Options::ENABLE_MATH, markdown.math);
        options.set(Options::ENABLE_WIKILINKS, markdown.wikilinks);
        Dialect { options, autolink: markdown.autolink, emoji: markdown.emoji, html: config.portolan.security.html }
    }
}
