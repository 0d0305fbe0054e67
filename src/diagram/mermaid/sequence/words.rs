//! Words that begin statements, and what stands after them.

use super::{Block, Role};
use crate::diagram::mermaid::flowchart::Colour;
use crate::diagram::mermaid::label::Label;

/// The word a statement begins with and the rest, if the word is one of the language's. Case does not matter.
pub(super) fn keyword(text: &str) -> Option<(Word, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_alphabetic() || c == '_')).unwrap_or(text.len());
    let (first, rest) = text.split_at_checked(end)?;
    let word = WORDS.iter().find(|(w, _)| w.eq_ignore_ascii_case(first)).map(|&(_, word)| word)?;
    // `end->>b` has a participant called `end`.
    let apart = rest.is_empty() || rest.starts_with(char::is_whitespace);
    let title = matches!(word, Word::Title | Word::AccTitle | Word::AccDescription)
        && rest.trim_start().starts_with([':', '{']);
    (apart || title).then(|| (word, rest.trim_start()))
}

/// What a statement may begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Participant,
    Actor,
    Create,
    Destroy,
    Activate,
    Deactivate,
    Note,
    Box,
    End,
    Loop,
    Alt,
    Opt,
    Par,
    Critical,
    Break,
    Rect,
    /// `else`, `and`, `option`.
    Next(NextOf),
    Autonumber,
    Title,
    AccTitle,
    AccDescription,
    Link,
    Links,
    /// Properties and details of participants: shown by nobody.
    Unshown,
}

/// Which block a part belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NextOf {
    Alt,
    Par,
    Critical,
}

const WORDS: [(&str, Word); 28] = [
    ("participant", Word::Participant),
    ("actor", Word::Actor),
    ("create", Word::Create),
    ("destroy", Word::Destroy),
    ("activate", Word::Activate),
    ("deactivate", Word::Deactivate),
    ("note", Word::Note),
    ("box", Word::Box),
    ("end", Word::End),
    ("loop", Word::Loop),
    ("alt", Word::Alt),
    ("opt", Word::Opt),
    ("par", Word::Par),
    ("par_over", Word::Par),
    ("critical", Word::Critical),
    ("break", Word::Break),
    ("rect", Word::Rect),
    ("else", Word::Next(NextOf::Alt)),
    ("and", Word::Next(NextOf::Par)),
    ("option", Word::Next(NextOf::Critical)),
    ("autonumber", Word::Autonumber),
    ("title", Word::Title),
    ("accTitle", Word::AccTitle),
    ("accDescr", Word::AccDescription),
    ("link", Word::Link),
    ("links", Word::Links),
    ("properties", Word::Unshown),
    ("details", Word::Unshown),
];

impl Word {
    /// The block that the word opens.
    pub(super) fn block(self, rest: &str) -> Option<Block> {
        Some(match self {
            Self::Loop => Block::Loop,
            Self::Alt => Block::Alt,
            Self::Opt => Block::Opt,
            Self::Par => Block::Par,
            Self::Critical => Block::Critical,
            Self::Break => Block::Break,
            Self::Rect => Block::Ground(Colour::new(rest)),
            _ => return None,
        })
    }
}

impl NextOf {
    /// Whether a block has parts of this name.
    pub(super) fn belongs_to(self, block: &Block) -> bool {
        matches!((self, block), (Self::Alt, Block::Alt) | (Self::Par, Block::Par) | (Self::Critical, Block::Critical))
    }
}

/// The role of a `type` in `@{ "type": "database" }`.
pub(super) fn role(name: &str) -> Option<Role> {
    Some(match name {
        "participant" => Role::Participant,
        "actor" => Role::Person,
        "boundary" => Role::Boundary,
        "control" => Role::Control,
        "entity" => Role::Entity,
        "database" => Role::Database,
        "collections" => Role::Collections,
        "queue" => Role::Queue,
        _ => return None,
    })
}

/// A text with its wish to be wrapped or not taken off: all texts wrap.
pub(super) fn text(raw: &str) -> Label {
    let raw = raw.trim();
    let raw = raw.strip_prefix(':').unwrap_or(raw).trim_start();
    Label::words(["wrap:", "nowrap:"].iter().find_map(|wish| raw.strip_prefix(wish)).unwrap_or(raw))
}

/// A box's colour, if its first word is one, and its title.
pub(super) fn box_head(rest: &str) -> (Option<Colour>, &str) {
    let first = match rest.find(')') {
        // `rgb(1, 2, 3) Title`
        Some(end) if rest.get(..end).is_some_and(|s| s.contains('(') && !s.trim_start().contains(") ")) => {
            rest.get(..=end).unwrap_or_default()
        }
        _ => rest.split_whitespace().next().unwrap_or_default(),
    };
    match Colour::known(first) {
        Some(paint) => (Some(paint), rest.get(first.len()..).unwrap_or_default().trim()),
        None => (None, rest.trim()),
    }
}

/// A text without the quotes around it.
pub(super) fn unquoted(text: &str) -> &str {
    let inner = |q: char| text.strip_prefix(q).and_then(|t| t.strip_suffix(q));
    inner('"').or_else(|| inner('\'')).unwrap_or(text)
}
