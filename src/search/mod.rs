//! Search: the sections of a site in, files out that a small script can answer queries from.
//!
//! A library of its own: it sees texts, never a page's HTML. What is typed and what is written become the same terms
//! ([`fold`], [`token`], [`pinyin`]); [`index`] gives each term of a section one number, its impact; [`shards`] cuts
//! the sorted terms and their postings into files of some kilobytes, and [`text`] does so with what results show. Each
//! file is a script that calls one global, because a page opened from a disk may load scripts and nothing else.
//!
//! ```text
//! Page ─ analyse (in parallel) ─▶ Analysed ─ write (all together) ─▶ files
//! ```
//!
//! The way of answering is described in `static/js/search.js`; docs/search.md has the figures.

pub mod fold;
mod index;
mod phrase;
pub mod pinyin;
mod shards;
mod stem;
mod text;
pub mod token;

pub use index::{Analysed, analyse};
pub use shards::write;
pub use stem::stem;

/// A page as it is searched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its address, relative to the root of the site.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Titles of what it stands below, from the top.
    pub path: Vec<String>,
    /// Its text; the first section is what comes before the first heading below the title, and may be empty.
    pub sections: Vec<Section>,
}

/// A heading and the text up to the next one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Anchor of the heading; empty for the first section.
    pub anchor: String,
    /// The heading; empty for the first section, which has the page's title.
    pub heading: String,
    /// All names of what the section defines: aliases, translations, usual misspellings; none if it defines nothing.
    pub names: Vec<String>,
    /// What it defines, in a line.
    pub gist: String,
    /// Running text.
    pub body: String,
    /// Code.
    pub code: String,
}
