//! What a hover card shows, in scripts that a page loads when it first needs one; no `fetch`, so that a disk will do.

use super::badge;
use crate::concept::Concepts;
use crate::output::Output;
use crate::path::{RelPath, SitePath};
use crate::render::Shared;
use std::collections::BTreeMap;

/// Concepts in a file.
const A_SHARD: usize = 250;

/// Into how many files the cards of so many concepts are cut: a power of two, so that it seldom changes.
pub(super) fn shards(concepts: usize) -> u32 {
    let needed = concepts.div_ceil(A_SHARD).max(1).next_power_of_two();
    u32::try_from(needed).unwrap_or(1)
}

/// Which file the card of an id is in: FNV-1a (Fowler, Noll & Vo) of its UTF-16 units, which a script has at hand.
fn shard(id: &str, shards: u32) -> u32 {
    id.encode_utf16().fold(0x811c_9dc5_u32, |hash, unit| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193)) % shards
}

/// The files.
pub(super) fn cards(shared: &Shared<'_>) -> Vec<Output> {
    let concepts: &Concepts = shared.concepts;
    let count = super::shards(concepts);
    let root = SitePath::fixed("index.html");
    let language = &shared.index.book.language;
    let mut files: Vec<BTreeMap<&str, [String; 5]>> = vec![BTreeMap::new(); count as usize];
    for (id, concept, home) in concepts.declared() {
        let Some(href) = shared.home_href(home, &root) else { continue };
        let life = badge(shared, id).map(|badge| badge.text).unwrap_or_default();
        let other = concept.other_name(language).unwrap_or_default().to_owned();
        let card = [concept.name(language).to_owned(), other, concept.gist.to_string(), life, href];
        files[shard(&concept.id, count) as usize].insert(&concept.id, card);
    }
    let file = |(at, cards): (usize, BTreeMap<&str, [String; 5]>)| {
        let json = serde_json::to_string(&cards).ok()?;
        // Ends of scripts and lines are nothing to a parser of JSON and much to one of scripts.
        let json = json.replace("</", "<\\/").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
        let path = RelPath::new(&format!("assets/concepts-{at}.js"))?;
        Some(Output::text(SitePath::new(path), format!("portolanCards({json})\n")))
    };
    files.into_iter().enumerate().filter_map(file).collect()
}
