//! Diagrams as facts: which concept leads to which, by which diagrams.

use super::{ConceptId, Concepts};
use crate::book::PageId;
use crate::diagnostic::{Checked, Code, Diagnostic};
use crate::index::Index;
use std::collections::{BTreeMap, HashMap};

/// One concept leads to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Who.
    pub from: ConceptId,
    /// Whom.
    pub to: ConceptId,
    /// What for, by which protocol: the words on the arrow; may be empty.
    pub label: Box<str>,
    /// The diagrams that say so.
    pub sources: Vec<Source>,
}

impl Relation {
    /// The protocols and ports that the label names, in its order; may be empty.
    #[must_use]
    pub fn protocol(&self) -> String {
        let words = self.label.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '/' | '.')));
        let mut named: Vec<&str> = Vec::new();
        for word in words.map(|word| word.trim_matches(['/', '.'])) {
            let is_port = (2..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
            let is_protocol = PROTOCOLS.iter().any(|known| known.eq_ignore_ascii_case(word));
            if (is_port || is_protocol) && !named.contains(&word) {
                named.push(word);
            }
        }
        // A number by itself is a port only beside a protocol, or if it is a usual one of a server.
        let is_number = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
        if named.iter().all(is_number) {
            // Four digits may be a year.
            named.retain(|word| {
                word.len() >= 4 && !(word.len() == 4 && (word.starts_with("19") || word.starts_with("20")))
            });
        }
        named.join(" ")
    }
}

/// What talks are held in.
const PROTOCOLS: [&str; 32] = [
    "HTTP",
    "HTTPS",
    "HTTP/1.1",
    "HTTP/2",
    "HTTP/3",
    "QUIC",
    "WebSocket",
    "SPDY",
    "gRPC",
    "gRPC/TLS",
    "TLS",
    "mTLS",
    "TCP",
    "UDP",
    "SCTP",
    "ICMP",
    "DNS",
    "DoT",
    "SSH",
    "BGP",
    "OSPF",
    "VXLAN",
    "IPIP",
    "WireGuard",
    "NFS",
    "iSCSI",
    "CRI",
    "CNI",
    "CSI",
    "OCI",
    "AMQP",
    "MQTT",
];

/// A diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// Its page.
    pub page: PageId,
    /// How many headings come before it.
    pub section: u32,
    /// Which diagram of the page it is, from 1.
    pub number: u32,
}

/// What the diagrams of all pages say, in the order of the concepts; and where two contradict each other.
#[must_use]
pub fn relations(concepts: &Concepts, index: &Index<'_>, built: &[bool]) -> Checked<Vec<Relation>> {
    let mut merged: BTreeMap<(ConceptId, ConceptId, Box<str>), Vec<Source>> = BTreeMap::new();
    if concepts.is_empty() {
        return Checked::clean(Vec::new());
    }
    let mut known: HashMap<&str, Option<ConceptId>> = HashMap::new();
    for (page, facts) in (0u32..).map(PageId).zip(index.facts).filter(|(page, _)| built[page.at()]) {
        for drawn in &facts.drawn {
            for says in &drawn.says {
                let mut concept = |name| *known.entry(name).or_insert_with(|| concepts.named(name));
                let (Some(from), Some(to)) = (concept(&says.from), concept(&says.to)) else { continue };
                if from == to {
                    continue;
                }
                let source = Source { page, section: drawn.section, number: drawn.number };
                let sources = merged.entry((from, to, says.label.clone())).or_default();
                if !sources.contains(&source) {
                    sources.push(source);
                }
            }
        }
    }
    let notes = contradictions(&merged, concepts, index);
    let value = merged.into_iter().map(|((from, to, label), sources)| Relation { from, to, label, sources }).collect();
    Checked { value, notes }
}

/// The same words on an arrow from A to B here and from B to A there.
fn contradictions(
    merged: &BTreeMap<(ConceptId, ConceptId, Box<str>), Vec<Source>>,
    concepts: &Concepts,
    index: &Index<'_>,
) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    for ((from, to, label), here) in merged.iter().filter(|((from, to, label), _)| from < to && !label.is_empty()) {
        let Some(there) = merged.get(&(*to, *from, label.clone())) else { continue };
        // Both ways in one drawing is a conversation.
        if here.iter().any(|source| there.contains(source)) {
            continue;
        }
        let name = |id: &ConceptId| concepts.get(*id).name(&index.book.language);
        let place = |sources: &[Source]| sources.first().map_or(String::new(), |s| index.page(s.page).path.to_string());
        notes.push(Diagnostic::hint(
            Code::RelationContradiction,
            format!(
                "`{label}` leads from {} to {} in `{}`, and the other way round in `{}`",
                name(from),
                name(to),
                place(here),
                place(there)
            ),
        ));
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn protocols_and_ports_are_read_off_a_label() {
        let of = |label: &str| {
            Relation { from: ConceptId(0), to: ConceptId(1), label: label.into(), sources: Vec::new() }.protocol()
        };
        assert_eq!(of("上报状态 HTTPS 6443"), "HTTPS 6443");
        assert_eq!(of("读写 gRPC/TLS 2379"), "gRPC/TLS 2379");
        assert_eq!(of("10250 logs、exec HTTPS"), "10250 HTTPS");
        assert_eq!(of("重试 3 次，等 10 秒"), "");
        assert_eq!(of("2017 合并"), "");
    }
}
