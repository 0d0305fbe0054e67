//! Architecture diagrams: services and junctions, in groups, with edges from side to side.
//!
//! `group id(icon)[Title] in other`, `service id(icon)[Title] in group`, `junction id in group`, and
//! `a:R -[words]-> L:b`, where `a{group}` means the border of the group that `a` is in.

use super::Preamble;
use super::body::{Body, Heading, Line};
use super::cursor::Cursor;
use super::label::Label;
use crate::diagram::wires::Side;
use crate::diagram::{Outcome, Problem};
use rustc_hash::FxHashMap;

/// A picture in a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// `cloud`
    Cloud,
    /// `database`
    Database,
    /// `disk`
    Disk,
    /// `internet`
    Internet,
    /// `server`
    Server,
    /// One of another set of pictures, which are not drawn.
    Other,
}

/// A frame around services.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// What it is called in the source.
    pub id: String,
    /// Its picture.
    pub icon: Option<Icon>,
    /// What it says.
    pub label: Label,
    /// The group it lies in.
    pub parent: Option<usize>,
}

/// A service, or a junction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Service {
    /// What it is called in the source.
    pub id: String,
    /// Its picture.
    pub icon: Option<Icon>,
    /// What it says.
    pub label: Label,
    /// The group it lies in.
    pub group: Option<usize>,
    /// Whether it is only a place where edges meet.
    pub is_junction: bool,
}

/// An end of an edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// The service, an index.
    pub service: usize,
    /// On which side.
    pub side: Side,
    /// Whether it is at the border of the service's group.
    pub is_group: bool,
    /// Whether an arrow points to it.
    pub has_head: bool,
}

/// An edge.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// Where it begins.
    pub from: End,
    /// Where it ends.
    pub to: End,
    /// What it says.
    pub label: Label,
}

/// An architecture diagram.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Architecture {
    /// What it says of itself.
    pub about: Heading,
    /// Its groups; no chain of parents leads round.
    pub groups: Vec<Group>,
    /// Its services and junctions.
    pub services: Vec<Service>,
    /// Its edges.
    pub edges: Vec<Edge>,
}

/// Past this many services nobody finds one.
const MOST: usize = 500;

/// Reads an architecture diagram.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<Architecture> {
    let Body { heading: about, lines: statements } = Body::read(source, preamble, false);
    let mut reader = Reader { source, value: Architecture { about, ..Architecture::default() }, ..Reader::default() };
    for statement in &statements {
        if reader.value.services.len() >= MOST {
            let range = statement.range.clone();
            reader
                .problems
                .push(Problem::warning(range, format!("an architecture diagram has at most {MOST} services")));
            break;
        }
        reader.statement(statement);
    }
    reader.resolve();
    if reader.value.services.is_empty() && reader.problems.is_empty() {
        let problem = Problem::error(preamble.word.clone(), "the diagram has no service");
        reader.problems.push(problem.help("as in `service db(database)[Database]`"));
    }
    reader.problems.sort_by_key(|problem| problem.range.start);
    Outcome { value: reader.value, problems: reader.problems }
}

/// An edge whose ends may be named later.
struct Draft<'s> {
    ends: [(&'s str, Side, bool, bool); 2],
    label: Label,
    statement: Line<'s>,
}

#[derive(Default)]
struct Reader<'s> {
    source: &'s str,
    value: Architecture,
    groups: FxHashMap<&'s str, usize>,
    services: FxHashMap<&'s str, usize>,
    /// What lies in which group, which may be named later.
    inside: Vec<(Member, &'s str, Line<'s>)>,
    edges: Vec<Draft<'s>>,
    problems: Vec<Problem>,
}

#[derive(Clone, Copy)]
enum Member {
    Group(usize),
    Service(usize),
}

impl<'s> Reader<'s> {
    fn error(&mut self, statement: &Line<'_>, message: String, help: &'static str) {
        self.problems.push(Problem::error(statement.range.clone(), message).help(help));
    }

    fn statement(&mut self, statement: &Line<'s>) {
        let mut cursor = Cursor::new(&self.source[..statement.range.end], statement.range.start);
        for (word, what) in [("group", What::Group), ("service", What::Service), ("junction", What::Junction)] {
            let mut ahead = cursor.clone();
            if ahead.eat_word(word) && ahead.rest().starts_with([' ', '\t']) {
                self.member(what, &mut ahead, statement);
                return;
            }
        }
        match edge(&mut cursor) {
            Some((ends, label)) => self.edges.push(Draft { ends, label, statement: statement.clone() }),
            None => self.error(
                statement,
                format!("`{}` is no statement of an architecture diagram", statement.text),
                "there are `group`, `service`, `junction`, and edges such as `a:R --> L:b`",
            ),
        }
    }

    fn member(&mut self, what: What, cursor: &mut Cursor<'s>, statement: &Line<'s>) {
        cursor.blanks();
        let id = cursor.take_while(is_id);
        cursor.blanks();
        let mut written = None;
        if let Some(quote) = cursor.peek().filter(|c| matches!(c, '"' | '\'')) {
            cursor.skip(1);
            written = cursor.until(if quote == '"' { "\"" } else { "'" });
        }
        let icon = if cursor.eat("(") { cursor.until(")").map(icon) } else { None };
        cursor.blanks();
        let title = if cursor.rest().starts_with('[') { bracketed(cursor) } else { None };
        cursor.blanks();
        let around = cursor.eat_word("in").then(|| {
            cursor.blanks();
            cursor.take_while(is_id)
        });
        cursor.blanks();
        if id.is_empty() || !cursor.is_done() {
            let help = "as in `service db(database)[Database] in api`";
            self.error(statement, format!("`{}` is not understood", statement.text), help);
            return;
        }
        if self.groups.contains_key(id) || self.services.contains_key(id) {
            self.error(statement, format!("there is something called `{id}` already"), "give it another name");
            return;
        }
        let words = [written, title].into_iter().flatten().collect::<Vec<_>>().join("<br/>");
        let label = Label::words(&words);
        let member = match what {
            What::Group => {
                self.groups.insert(id, self.value.groups.len());
                self.value.groups.push(Group { id: id.to_owned(), icon, label, parent: None });
                Member::Group(self.value.groups.len() - 1)
            }
            What::Service | What::Junction => {
                let is_junction = what == What::Junction;
                // A box without a picture and without words would say nothing.
                let label = if !is_junction && icon.is_none() && label.is_empty() { Label::plain(id) } else { label };
                self.services.insert(id, self.value.services.len());
                self.value.services.push(Service { id: id.to_owned(), icon, label, group: None, is_junction });
                Member::Service(self.value.services.len() - 1)
            }
        };
        if let Some(around) = around {
            self.inside.push((member, around, statement.clone()));
        }
    }

    /// Finds everything that is named.
    fn resolve(&mut self) {
        for (member, around, statement) in std::mem::take(&mut self.inside) {
            let Some(group) = self.groups.get(around).copied() else {
                self.error(&statement, format!("no group is called `{around}`"), "`group` makes one");
                continue;
            };
            match member {
                Member::Service(at) => self.value.services[at].group = Some(group),
                Member::Group(at) => {
                    let parents = &self.value.groups;
                    let mut outer = std::iter::successors(Some(group), |at| parents[*at].parent);
                    if outer.any(|outer| outer == at) {
                        self.error(
                            &statement,
                            format!("`{around}` lies in itself"),
                            "take it out of one of its groups",
                        );
                    } else {
                        self.value.groups[at].parent = Some(group);
                    }
                }
            }
        }
        for draft in std::mem::take(&mut self.edges) {
            let mut ends = Vec::with_capacity(2);
            for (id, side, is_group, has_head) in draft.ends {
                let Some(service) = self.services.get(id).copied() else {
                    let help = "`service` makes one; an edge at the border of a group is written `service{group}`";
                    self.error(&draft.statement, format!("no service is called `{id}`"), help);
                    continue;
                };
                let is_group = is_group && self.value.services[service].group.is_some();
                ends.push(End { service, side, is_group, has_head });
            }
            if let [from, to] = ends.as_slice() {
                self.value.edges.push(Edge { from: *from, to: *to, label: draft.label });
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Group,
    Service,
    Junction,
}

fn is_id(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

fn icon(name: &str) -> Icon {
    match name.trim() {
        "cloud" => Icon::Cloud,
        "database" => Icon::Database,
        "disk" => Icon::Disk,
        "internet" => Icon::Internet,
        "server" => Icon::Server,
        _ => Icon::Other,
    }
}

/// `[words]`, or `["words"]`, in which brackets are only brackets.
fn bracketed<'s>(cursor: &mut Cursor<'s>) -> Option<&'s str> {
    cursor.eat("[");
    for (open, close) in [("\"", "\"]"), ("'", "']")] {
        if cursor.eat(open) {
            return cursor.until(close);
        }
    }
    cursor.until("]")
}

/// `a{group}:R <-[words]-> L:b{group}`
fn edge<'s>(cursor: &mut Cursor<'s>) -> Option<([(&'s str, Side, bool, bool); 2], Label)> {
    let side = |cursor: &mut Cursor<'s>| {
        let side = match cursor.peek()? {
            'L' => Side::Left,
            'R' => Side::Right,
            'T' => Side::Top,
            'B' => Side::Bottom,
            _ => return None,
        };
        cursor.skip(1);
        Some(side)
    };
    // A hyphen at the end of a name belongs to the edge, but a colon stands between.
    let from = cursor.take_while(is_id);
    let from_group = cursor.eat("{group}");
    cursor.blanks();
    let colon = cursor.eat(":");
    cursor.blanks();
    let from_side = side(cursor)?;
    cursor.blanks();
    let from_head = cursor.eat("<") || cursor.eat(">");
    cursor.blanks();
    let mut label = Label::default();
    if !cursor.eat("--") {
        if !cursor.eat("-") {
            return None;
        }
        cursor.blanks();
        label = Label::words(cursor.rest().starts_with('[').then(|| bracketed(cursor))??);
        cursor.blanks();
        if !cursor.eat("-") {
            return None;
        }
    }
    cursor.blanks();
    let to_head = cursor.eat(">") || cursor.eat("<");
    cursor.blanks();
    let to_side = side(cursor)?;
    cursor.blanks();
    let other_colon = cursor.eat(":");
    cursor.blanks();
    let to = cursor.take_while(is_id);
    let to_group = cursor.eat("{group}");
    cursor.blanks();
    let is_whole = colon && other_colon && !from.is_empty() && !to.is_empty() && cursor.is_done();
    is_whole.then_some(([(from, from_side, from_group, from_head), (to, to_side, to_group, to_head)], label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::mermaid::preamble;
    use proptest::prelude::*;

    fn diagram(source: &str) -> Outcome<Architecture> {
        read(source, &preamble(source))
    }

    #[test]
    fn services_lie_in_groups_and_are_joined_side_to_side() {
        let source = "architecture-beta\n service a(server)[\"服务 [1]\"] in g\n group g(cloud)[API]\n group h in g\n junction j in h\n service b(logos:aws)[Box]\n a{group}:R -[calls]-> L:j\n j:T <-- B:b\n";
        let outcome = diagram(source);
        assert!(outcome.problems.is_empty(), "{:?}", outcome.problems);
        let Architecture { groups, services, edges, .. } = outcome.value;
        assert_eq!((groups[1].parent, services[0].group, services[1].group), (Some(0), Some(0), Some(1)));
        assert_eq!((services[0].label.spoken().as_str(), services[0].icon), ("服务 [1]", Some(Icon::Server)));
        assert!(services[1].is_junction && services[2].icon == Some(Icon::Other));
        assert_eq!((edges[0].from.side, edges[0].from.is_group, edges[0].to.has_head), (Side::Right, true, true));
        assert_eq!(edges[0].label.spoken(), "calls");
        assert!(edges[1].from.has_head && !edges[1].to.has_head);
    }

    #[test]
    fn mistakes_are_told() {
        let told = |lines: &str| {
            let source = format!("architecture-beta\n{lines}");
            diagram(&source).problems.into_iter().map(|p| p.message).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(told(""), "the diagram has no service");
        assert_eq!(told("service a\nservice a"), "there is something called `a` already");
        assert_eq!(told("service a in b"), "no group is called `b`");
        assert_eq!(told("group a in b\ngroup b in a\nservice c"), "`a` lies in itself");
        assert_eq!(told("service a\na:R -- L:b"), "no service is called `b`");
        assert_eq!(told("service a\na --> b"), "`a --> b` is no statement of an architecture diagram");
    }

    proptest! {
        #[test]
        fn any_text_is_read(lines in prop::collection::vec(prop_oneof![
            "(group|service|junction) [a-d](\\((cloud|x:y)\\))?(\\[[a-z一 ]{0,4}\\])?( in [a-d])?",
            "[a-d](\\{group\\})?:[LRTB] ?(--|<--|-->|<-->|-\\[x\\]-) ?[LRTB]:[a-d](\\{group\\})?",
            "\\PC{0,20}",
        ], 0..12)) {
            let source = format!("architecture-beta\n{}", lines.join("\n"));
            let Outcome { value, problems } = diagram(&source);
            for problem in problems {
                prop_assert!(source.get(problem.range.clone()).is_some(), "{problem:?}");
            }
            for at in 0..value.groups.len() {
                let outer = std::iter::successors(Some(at), |at| value.groups[*at].parent);
                prop_assert!(outer.take(value.groups.len() + 1).count() <= value.groups.len(), "groups lead round");
            }
        }
    }
}
