//! portolan: a folder of Markdown becomes a site that works hosted, under any path, and opened from a disk.
//!
//! A build is a row of stages; each takes typed values and gives typed values, and only the first and the last touch
//! the disk:
//!
//! ```text
//!  book.toml, *.md, templates, static
//!         │  book::read        (disk)
//!         ▼
//!       Book             settings, navigation, texts that know where each byte came from
//!         │  markdown::facts   per page, in parallel
//!         ▼
//!       Facts            what others may ask of a page: title, headings, links
//!         │  index::index      all pages together
//!         ▼
//!       Index            what everything is called, and the only way to an href
//!         │  link::link        per page, in parallel
//!         ▼
//!       Links            what each link of a page leads to
//!         │  render::render    per page, in parallel: Markdown again, code coloured, template
//!         ▼
//!       Output           a path and its bytes, handed to the Sink at once
//!         │  Staging::commit   (disk) whole or not at all
//!         ▼
//!       the site
//! ```
//!
//! [`build::build`] is that row. Bad text never stops a stage: it is noted as a [`diagnostic::Diagnostic`] with its
//! place, and all notes of a run are shown together. Which room may use which is written in ARCHITECTURE.md and held
//! by `tests/house.rs`.

pub mod address;
pub mod book;
pub mod build;
pub mod check;
pub mod cli;
pub mod concept;
pub mod config;
pub mod diagnostic;
pub mod diagram;
pub mod highlight;
pub mod index;
pub mod link;
pub mod markdown;
pub mod output;
pub mod path;
pub mod render;
pub mod search;
pub mod serve;
pub mod site;
pub mod starter;
pub mod theme;
pub mod web;
