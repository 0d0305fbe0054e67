//! Git graphs: commits on branches, told as the commands that make them.
//!
//! `commit id: "a" tag: "v1" type: HIGHLIGHT`, `branch b order: 2`, `checkout b` (or `switch b`), `merge b`,
//! `cherry-pick id: "a"`.

use super::Preamble;
use super::body::{Body, Heading, Line};
use super::cursor::Cursor;
use super::settings::Settings;
use crate::diagram::{Outcome, Problem};

/// How a commit is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// `NORMAL`
    #[default]
    Normal,
    /// `REVERSE`
    Reverse,
    /// `HIGHLIGHT`
    Highlight,
    /// It has two parents.
    Merge,
    /// It is a copy of another.
    CherryPick,
}

/// A commit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Commit {
    /// What others call it; made up if the author gave it none.
    pub id: String,
    /// What is written at it: the id, else the message that the author gave it.
    pub label: Option<String>,
    /// What hangs on it.
    pub tags: Vec<String>,
    /// How it is drawn.
    pub mark: Mark,
    /// On which branch it is, an index into [`GitGraph::branches`].
    pub branch: usize,
    /// The commit before it.
    pub parent: Option<usize>,
    /// The commit that is merged, or copied.
    pub other: Option<usize>,
}

/// Which way time goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// `LR`
    #[default]
    Right,
    /// `TB`
    Down,
    /// `BT`
    Up,
}

/// A git graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GitGraph {
    /// What it says of itself.
    pub about: Heading,
    /// Which way time goes.
    pub way: Way,
    /// The names of its branches, in the order of their making.
    pub branches: Vec<String>,
    /// The branches as they are drawn, from the first lane to the last.
    pub lanes: Vec<usize>,
    /// Its commits, in the order of their making.
    pub commits: Vec<Commit>,
    /// Whether the names of branches are shown.
    pub shows_branches: bool,
    /// Whether the names of commits are shown.
    pub shows_commits: bool,
    /// Whether commits that do not depend on each other stand beside each other.
    pub is_parallel: bool,
}

/// Past this many commits nobody finds one.
const MOST: usize = 1000;

/// Reads a git graph.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<GitGraph> {
    let Body { heading: about, lines: statements } = Body::read(source, preamble, false);
    let settings = Settings::read(source, preamble);
    let main = settings.text("gitGraph.mainBranchName").unwrap_or("main").to_owned();
    let order = settings.text("gitGraph.mainBranchOrder").and_then(|order| order.parse().ok());
    let truth = |key: &str| settings.truth(&format!("gitGraph.{key}"));
    let graph = GitGraph {
        about,
        branches: vec![main],
        shows_branches: truth("showBranches").unwrap_or(true),
        shows_commits: truth("showCommitLabel").unwrap_or(true),
        is_parallel: truth("parallelCommits").unwrap_or(false),
        ..GitGraph::default()
    };
    let mut reader = Reader { graph, source, heads: vec![None], orders: vec![Some(order.unwrap_or(0.0))], current: 0 };
    let mut problems = Vec::new();
    let first_line = source[preamble.word.end..].find('\n').map_or(source.len(), |at| preamble.word.end + at);
    for statement in &statements {
        if statement.range.start < first_line && reader.way(statement.text) {
            continue;
        }
        if reader.graph.commits.len() >= MOST {
            let range = statement.range.clone();
            problems.push(Problem::warning(range, format!("a git graph has at most {MOST} commits")));
            break;
        }
        if let Err(problem) = reader.statement(statement) {
            problems.push(problem);
        }
    }
    let Reader { mut graph, orders, .. } = reader;
    graph.lanes = (0..graph.branches.len()).collect();
    // Branches without an order stand behind the first one, as they were made.
    let order = |at: usize| orders[at].unwrap_or(at as f32 / (orders.len() + 1) as f32);
    graph.lanes.sort_by(|a, b| order(*a).total_cmp(&order(*b)));
    Outcome { value: graph, problems }
}

struct Reader<'s> {
    graph: GitGraph,
    source: &'s str,
    /// The last commit of each branch.
    heads: Vec<Option<usize>>,
    /// The order of each branch, where the author gave one.
    orders: Vec<Option<f32>>,
    /// The branch that is checked out.
    current: usize,
}

/// What stands behind a command: words without a key, and values of keys.
#[derive(Default)]
struct Arguments {
    words: Vec<String>,
    values: Vec<(&'static str, String)>,
}

impl Arguments {
    fn value(&self, key: &str) -> Option<&str> {
        self.values.iter().rev().find(|(known, _)| *known == key).map(|(_, value)| value.as_str())
    }

    fn tags(&self) -> Vec<String> {
        let tags = self.values.iter().filter(|(key, _)| *key == "tag").map(|(_, value)| value.clone());
        tags.filter(|tag| !tag.is_empty()).collect()
    }
}

const KEYS: [&str; 6] = ["id", "msg", "tag", "type", "order", "parent"];

impl Reader<'_> {
    /// `LR:` behind the first word.
    fn way(&mut self, words: &str) -> bool {
        match words.trim_end_matches(':').trim_start_matches(':').trim() {
            "" => {}
            "LR" => self.graph.way = Way::Right,
            "TB" => self.graph.way = Way::Down,
            "BT" => self.graph.way = Way::Up,
            _ => return false,
        }
        true
    }

    fn statement(&mut self, statement: &Line<'_>) -> Result<(), Problem> {
        let mut cursor = Cursor::new(&self.source[..statement.range.end], statement.range.start);
        let command = cursor.take_while(|c| !c.is_whitespace()).to_owned();
        let arguments = arguments(&mut cursor, statement)?;
        let error =
            |message: String, help: &'static str| Err(Problem::error(statement.range.clone(), message).help(help));
        let name = arguments.words.first().map(String::as_str);
        match (command.as_str(), name) {
            ("commit", _) => {
                let mark = mark(&arguments, statement)?.unwrap_or_default();
                let label = arguments.value("id").or(arguments.value("msg")).or(name).map(str::to_owned);
                self.commit(&arguments, label, mark, None);
                Ok(())
            }
            ("branch", Some(name)) => self.branch(name, &arguments, statement),
            ("checkout" | "switch", Some(name)) => {
                let Some(at) = self.known(name) else {
                    return error(format!("no branch is called `{name}`"), "`branch` makes one");
                };
                self.current = at;
                Ok(())
            }
            ("merge", Some(name)) => self.merge(name, &arguments, statement),
            ("cherry-pick", _) => self.cherry_pick(&arguments, statement),
            ("branch" | "checkout" | "switch" | "merge", None) => {
                error(format!("`{command}` needs the name of a branch"), "as in `branch develop`")
            }
            _ => error(
                format!("`{command}` is no command of a git graph"),
                "there are `commit`, `branch`, `checkout`, `merge` and `cherry-pick`",
            ),
        }
    }

    fn known(&self, name: &str) -> Option<usize> {
        self.graph.branches.iter().position(|branch| branch == name)
    }

    fn commit(&mut self, arguments: &Arguments, label: Option<String>, mark: Mark, other: Option<usize>) {
        let at = self.graph.commits.len();
        let id = arguments.value("id").filter(|_| mark != Mark::CherryPick);
        self.graph.commits.push(Commit {
            id: id.map_or_else(|| format!("commit {at}"), str::to_owned),
            label: label.filter(|label| !label.is_empty()),
            tags: arguments.tags(),
            mark,
            branch: self.current,
            parent: self.heads[self.current],
            other,
        });
        self.heads[self.current] = Some(at);
    }

    fn branch(&mut self, name: &str, arguments: &Arguments, statement: &Line<'_>) -> Result<(), Problem> {
        if self.known(name).is_some() {
            let problem = Problem::error(statement.range.clone(), format!("there is a branch `{name}` already"));
            return Err(problem.help("`checkout` goes on with it"));
        }
        self.heads.push(self.heads[self.current]);
        self.orders.push(arguments.value("order").and_then(|order| order.parse().ok()).filter(|o: &f32| o.is_finite()));
        self.graph.branches.push(name.to_owned());
        self.current = self.graph.branches.len() - 1;
        Ok(())
    }

    fn merge(&mut self, name: &str, arguments: &Arguments, statement: &Line<'_>) -> Result<(), Problem> {
        let error = |message: String| Err(Problem::error(statement.range.clone(), message));
        let Some(branch) = self.known(name) else { return error(format!("no branch is called `{name}`")) };
        if branch == self.current {
            return error(format!("`{name}` cannot be merged into itself"));
        }
        let Some(head) = self.heads[self.current] else {
            return error(format!("`{}` has no commit yet", self.graph.branches[self.current]));
        };
        let Some(other) = self.heads[branch] else { return error(format!("`{name}` has no commit yet")) };
        if head == other {
            return error(format!("`{name}` has no commit that is not merged already"));
        }
        let mark = mark(arguments, statement)?.unwrap_or(Mark::Merge);
        self.commit(arguments, arguments.value("id").map(str::to_owned), mark, Some(other));
        Ok(())
    }

    fn cherry_pick(&mut self, arguments: &Arguments, statement: &Line<'_>) -> Result<(), Problem> {
        let error = |message: String| {
            Err(Problem::error(statement.range.clone(), message).help("as in `cherry-pick id: \"a\"`"))
        };
        let id = arguments.value("id").unwrap_or_default();
        let Some(other) = self.graph.commits.iter().rposition(|commit| commit.id == id) else {
            return error(format!("no commit is called `{id}`"));
        };
        let picked = &self.graph.commits[other];
        if picked.branch == self.current {
            return error(format!("`{id}` is on this branch already"));
        }
        if self.heads[self.current].is_none() {
            return error(format!("`{}` has no commit yet", self.graph.branches[self.current]));
        }
        let parents = [picked.parent, picked.other.filter(|_| picked.mark != Mark::CherryPick)];
        let is_merge = parents[1].is_some();
        let parent = arguments.value("parent");
        let is_parent = |name: &str| parents.iter().flatten().any(|at| self.graph.commits[*at].id == name);
        if parent.is_some_and(|name| !is_parent(name)) {
            return error(format!("`{}` is no parent of `{id}`", parent.unwrap_or_default()));
        }
        if is_merge && parent.is_none() {
            let problem = Problem::error(statement.range.clone(), format!("`{id}` has two parents"));
            return Err(problem.help("say which one is meant, as in `parent: \"b\"`"));
        }
        self.commit(arguments, None, Mark::CherryPick, Some(other));
        if arguments.value("tag").is_none()
            && let Some(commit) = self.graph.commits.last_mut()
        {
            let behind = parent.filter(|_| is_merge).map(|parent| format!("|parent:{parent}")).unwrap_or_default();
            commit.tags.push(format!("cherry-pick:{id}{behind}"));
        }
        Ok(())
    }
}

fn mark(arguments: &Arguments, statement: &Line<'_>) -> Result<Option<Mark>, Problem> {
    Ok(Some(match arguments.value("type") {
        None => return Ok(None),
        Some("NORMAL") => Mark::Normal,
        Some("REVERSE") => Mark::Reverse,
        Some("HIGHLIGHT") => Mark::Highlight,
        Some(other) => {
            let problem = Problem::error(statement.range.clone(), format!("no type of commit is called `{other}`"));
            return Err(problem.help("there are `NORMAL`, `REVERSE` and `HIGHLIGHT`"));
        }
    }))
}

/// Reads words and `key: value` up to the end of the statement.
fn arguments(cursor: &mut Cursor<'_>, statement: &Line<'_>) -> Result<Arguments, Problem> {
    let mut arguments = Arguments::default();
    loop {
        cursor.blanks();
        if cursor.is_done() {
            return Ok(arguments);
        }
        let key = KEYS
            .into_iter()
            .find(|key| cursor.rest().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':')));
        if let Some(key) = key {
            cursor.skip(key.len());
            cursor.blanks();
            cursor.eat(":");
            cursor.blanks();
        }
        let word = match cursor.peek().filter(|c| matches!(c, '"' | '\'')) {
            None => cursor.take_while(|c| !c.is_whitespace()).to_owned(),
            Some(quote) => {
                cursor.skip(1);
                quoted(cursor, quote)
                    .ok_or_else(|| Problem::error(statement.range.clone(), format!("`{quote}` is not closed")))?
            }
        };
        match key {
            Some(key) => arguments.values.push((key, word)),
            None => arguments.words.push(word),
        }
    }
}

/// What stands before the closing quote; a backslash escapes.
fn quoted(cursor: &mut Cursor<'_>, quote: char) -> Option<String> {
    let mut text = String::new();
    let mut is_escaped = false;
    for (at, c) in cursor.rest().char_indices() {
        match c {
            c if is_escaped => text.push(c),
            '\\' => {
                is_escaped = true;
                continue;
            }
            c if c == quote => {
                cursor.skip(at + 1);
                return Some(text);
            }
            c => text.push(c),
        }
        is_escaped = false;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::mermaid::preamble;
    use proptest::prelude::*;

    fn graph(source: &str) -> Outcome<GitGraph> {
        read(source, &preamble(source))
    }

    #[test]
    fn commands_make_commits() {
        let source = "gitGraph TB:\n commit id: \"一\"\n branch dev order: 3\n commit \"said\" tag:'v1' type:HIGHLIGHT\n branch \"a b\"\n checkout main\n commit\n merge dev tag: \"v2\" tag: \"new\"\n switch dev\n cherry-pick id: \"二\"\n";
        let told: Vec<String> = graph(source).problems.into_iter().map(|p| p.message).collect();
        assert_eq!(told, ["no commit is called `二`"]);
        let graph = graph(source).value;
        assert_eq!((graph.way, graph.branches.join(",")), (Way::Down, "main,dev,a b".to_owned()));
        assert_eq!(graph.lanes, [0, 2, 1], "those with an order come last");
        let said: Vec<_> = graph.commits.iter().map(|c| (c.label.as_deref(), c.branch, c.parent, c.other)).collect();
        assert_eq!(
            said,
            [
                (Some("一"), 0, None, None),
                (Some("said"), 1, Some(0), None),
                (None, 0, Some(0), None),
                (None, 0, Some(2), Some(1))
            ]
        );
        assert_eq!((graph.commits[1].mark, graph.commits[3].mark), (Mark::Highlight, Mark::Merge));
        assert_eq!((graph.commits[1].tags.join(","), graph.commits[3].tags.join(",")), ("v1".into(), "v2,new".into()));
    }

    #[test]
    fn a_picked_commit_names_where_it_is_from() {
        let source = "gitGraph\n commit\n branch b\n commit id:\"x\"\n checkout main\n cherry-pick id:\"x\"\n merge b id:\"m\"\n checkout b\n cherry-pick id:\"m\" parent:\"x\"\n";
        let graph = graph(source);
        assert!(graph.problems.is_empty(), "{:?}", graph.problems);
        let tags: Vec<String> = graph.value.commits.iter().flat_map(|c| c.tags.clone()).collect();
        assert_eq!(tags, ["cherry-pick:x", "cherry-pick:m|parent:x"]);
    }

    #[test]
    fn settings_stand_before_the_graph() {
        let source = "%%{init: {'gitGraph': {'showBranches': false, 'mainBranchName': 'trunk', 'mainBranchOrder': 2}}}%%\ngitGraph\n commit\n branch b order: 1\n";
        let graph = graph(source).value;
        assert_eq!((graph.branches.join(","), graph.lanes), ("trunk,b".into(), vec![1, 0]));
        assert!(!graph.shows_branches && graph.shows_commits);
    }

    #[test]
    fn what_git_would_refuse_is_told() {
        let told = |lines: &str| {
            let source = format!("gitGraph\n{lines}");
            graph(&source).problems.into_iter().map(|p| p.message).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(told("push"), "`push` is no command of a git graph");
        assert_eq!(told("branch main"), "there is a branch `main` already");
        assert_eq!(told("checkout b"), "no branch is called `b`");
        assert_eq!(told("commit\nmerge main"), "`main` cannot be merged into itself");
        assert_eq!(told("commit\nbranch b\nmerge main"), "`main` has no commit that is not merged already");
        assert_eq!(told("commit id: \"a"), "`\"` is not closed");
        assert_eq!(told("commit type: ODD"), "no type of commit is called `ODD`");
        assert_eq!(told("commit id:\"a\"\ncherry-pick id:\"a\""), "`a` is on this branch already");
    }

    fn line() -> impl Strategy<Value = String> {
        prop_oneof![
            "(commit|commit id:\"[ab]\"|commit tag:\"t\" type: REVERSE)",
            "(branch|checkout|merge) (main|[ab])",
            "cherry-pick id:\"[ab]\"",
            "\\PC{0,20}"
        ]
    }

    proptest! {
        #[test]
        fn any_text_is_read(lines in prop::collection::vec(line(), 0..12)) {
            let source = format!("gitGraph\n{}", lines.join("\n"));
            let Outcome { value: graph, problems } = graph(&source);
            for problem in problems {
                prop_assert!(source.get(problem.range.clone()).is_some(), "{problem:?}");
            }
            prop_assert_eq!(graph.lanes.len(), graph.branches.len());
            for (at, commit) in graph.commits.iter().enumerate() {
                prop_assert!(commit.branch < graph.branches.len());
                prop_assert!(commit.parent.is_none_or(|p| p < at) && commit.other.is_none_or(|p| p < at));
            }
        }
    }
}
