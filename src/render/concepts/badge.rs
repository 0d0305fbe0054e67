//! A life cycle in a few words: `已移除 1.24 → cri-dockerd`.

use crate::book::State;
use crate::concept::ConceptId;
use crate::render::{Shared, escape};
use serde::Serialize;

/// How alive a concept is, to be shown beside its name.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Badge {
    /// `deprecated`, `removed` …
    pub state: &'static str,
    /// In words.
    pub text: String,
}

impl Badge {
    /// As HTML.
    pub(super) fn write(&self, html: &mut String) {
        html.push_str("<span class=\"badge\" data-state=\"");
        html.push_str(self.state);
        html.push_str("\">");
        escape::text(&self.text, html);
        html.push_str("</span>");
    }
}

/// The badge of a concept; a stable one needs none.
#[must_use]
pub fn badge(shared: &Shared<'_>, concept: ConceptId) -> Option<Badge> {
    let life = &shared.concepts.get(concept).lifecycle;
    let labels = &shared.theme.labels;
    let word = match life.state {
        State::Stable => return None,
        State::Alpha => &labels.state_alpha,
        State::Beta => &labels.state_beta,
        State::Deprecated => &labels.state_deprecated,
        State::Removed => &labels.state_removed,
        State::Archived => &labels.state_archived,
        State::Superseded => &labels.state_superseded,
        State::Renamed => &labels.state_renamed,
    };
    let mut text = word.clone();
    let gone = life.state == State::Removed && !life.removed_in.is_empty();
    let when = if gone { &life.removed_in } else { &life.since };
    if !when.is_empty() {
        text.push(' ');
        text.push_str(when);
    }
    let named = |id: &String| {
        let known = shared.concepts.all.iter().find(|c| *c.id == **id);
        known.map_or(id.as_str(), |c| c.name(&shared.index.book.language)).to_owned()
    };
    let instead: Vec<String> = life.replaced_by.iter().map(named).collect();
    if !instead.is_empty() {
        text.push_str(" → ");
        text.push_str(&instead.join(" / "));
    }
    let state = State::ALL.iter().find(|(_, s)| *s == life.state).map_or("stable", |(word, _)| *word);
    Some(Badge { state, text })
}
