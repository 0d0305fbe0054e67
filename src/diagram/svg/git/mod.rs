//! Git graphs: a lane a branch, commits as dots on it, their names beside.

mod rails;

use super::path;
use super::sheet::{HUES, MARGIN, Sheet, spoken};
use super::write::Num;
use crate::diagram::graph::{Point, Rect, Size};
use crate::diagram::mermaid::git::{Commit, GitGraph, Mark, Way};
use crate::diagram::mermaid::label::Label;
use crate::diagram::text::{self, Block, Face};
use crate::diagram::{Drawing, Options};
use rails::{Rails, Reach, Stop, lay};
use std::fmt::Write as _;

const BRANCH: Face = Face { size: 13.0, line: 17.0, bold: true, measure: 200.0 };
const NAME: Face = Face { size: 12.0, line: 16.0, bold: false, measure: 104.0 };
const RADIUS: f32 = 8.0;
/// Between a dot and its words.
const BESIDE: f32 = 6.0;
/// Around the words of a tag.
const TAG: (f32, f32) = (6.0, 2.0);
/// Between tags.
const APART: f32 = 4.0;

/// The words at a commit.
struct Words {
    name: Block,
    tags: Vec<Block>,
}

impl Words {
    fn of(commit: &Commit, graph: &GitGraph) -> Words {
        let face = if graph.way == Way::Right { NAME } else { Face { measure: 220.0, ..NAME } };
        let name = commit.label.as_ref().filter(|_| graph.shows_commits);
        Words {
            name: name.map(|name| text::set(&Label::words(name), face)).unwrap_or_default(),
            tags: commit.tags.iter().map(|tag| text::set(&Label::words(tag), face)).collect(),
        }
    }

    /// The room of its tags, one below the other.
    fn tag_size(&self) -> Size {
        let mut size = Size::default();
        for tag in &self.tags {
            size.width = size.width.max(tag.size.width + 2.0 * TAG.0);
            size.height += tag.size.height + 2.0 * TAG.1 + APART;
        }
        size
    }
}

/// Draws a git graph.
#[must_use]
pub fn git(graph: &GitGraph, options: &Options<'_>) -> Drawing {
    let mut sheet = Sheet::new(options);
    let title = sheet.title(graph.about.title.as_deref());
    let words: Vec<Words> = graph.commits.iter().map(|commit| Words::of(commit, graph)).collect();
    let mut lane_of = vec![0; graph.branches.len()];
    for (lane, branch) in graph.lanes.iter().enumerate() {
        lane_of[*branch] = lane;
    }
    let stops = stops(graph, &words, &lane_of);
    let mut links = Vec::new();
    for (at, commit) in graph.commits.iter().enumerate() {
        links.extend(commit.parent.map(|parent| (parent, at)));
        links.extend(commit.other.map(|other| (other, at)));
    }
    let names: Vec<Block> = graph.branches.iter().map(|name| text::set(&Label::plain(name), BRANCH)).collect();
    // In the way of time, before the first commit, stand the names of the branches.
    let pills: Vec<Size> = names.iter().map(|name| pill(name, graph)).collect();
    let (head, least) = heads(graph, &pills);
    let rails = lay(&stops, &links, &least);
    let turned = graph.way != Way::Right;
    let size = if turned {
        Size { width: rails.size.y, height: head + rails.size.x }
    } else {
        Size { width: head + rails.size.x, height: rails.size.y }
    };
    let painter = Painter { graph, rails: &rails, lane_of: &lane_of, head, top: MARGIN + title.height };
    painter.lanes(&names, &pills, &mut sheet);
    painter.lines(&links, &mut sheet);
    for (at, words) in words.iter().enumerate() {
        painter.commit(at, words, &mut sheet);
    }
    let size =
        Size { width: size.width.max(title.width) + 2.0 * MARGIN, height: size.height + title.height + 2.0 * MARGIN };
    let description = graph.about.description.clone().unwrap_or_else(|| described(graph, options));
    sheet.finish("mind git", size, graph.about.name().unwrap_or(options.phrases.git), &description)
}

/// The commits of each branch, in words.
fn described(graph: &GitGraph, options: &Options<'_>) -> String {
    let (open, close) = options.phrases.label;
    let branches = graph.lanes.iter().map(|branch| {
        let commits = graph.commits.iter().filter(|commit| commit.branch == *branch);
        let names: Vec<&str> = commits.map(|commit| commit.label.as_deref().unwrap_or("•")).collect();
        let names = if names.is_empty() { String::new() } else { format!("{open}{}{close}", names.join(", ")) };
        format!("{}{names}", graph.branches[*branch])
    });
    spoken(branches, options)
}

/// The room each commit needs with its words: below it and above it, or behind it where time goes up or down.
fn stops(graph: &GitGraph, words: &[Words], lane_of: &[usize]) -> Vec<Stop> {
    let mut columns: Vec<usize> = Vec::with_capacity(graph.commits.len());
    let stop = |(at, commit): (usize, &Commit)| {
        let before = [commit.parent, commit.other].into_iter().flatten().map(|p| columns[p] + 1).max();
        let column = if graph.is_parallel { before.unwrap_or(0) } else { at };
        columns.push(column);
        let (name, tags) = (words[at].name.size, words[at].tag_size());
        let dot = RADIUS + 1.0;
        let both = |reach: f32| Reach { before: reach, after: reach };
        let (along, across) = if graph.way == Way::Right {
            let below = if name.height > 0.0 { BESIDE + name.height } else { 0.0 };
            let above = if tags.height > 0.0 { BESIDE + tags.height - APART } else { 0.0 };
            let wide = name.width.max(tags.width) / 2.0;
            (both(dot.max(wide)), Reach { before: dot + above, after: dot + below })
        } else {
            let wide = name.width.max(tags.width);
            let behind = if wide > 0.0 { BESIDE + wide } else { 0.0 };
            (both(dot.max(f32::midpoint(name.height, tags.height))), Reach { before: dot, after: dot + behind })
        };
        Stop { lane: lane_of[commit.branch], column, along, across }
    };
    graph.commits.iter().enumerate().map(stop).collect()
}

/// The box of a branch's name; nothing if names are not shown.
fn pill(name: &Block, graph: &GitGraph) -> Size {
    if !graph.shows_branches {
        return Size::default();
    }
    Size { width: name.size.width + 18.0, height: name.size.height + 8.0 }
}

/// The room for the names of branches along, and the least width of each lane.
fn heads(graph: &GitGraph, pills: &[Size]) -> (f32, Vec<f32>) {
    let is_turned = graph.way != Way::Right;
    let along = pills.iter().map(|pill| if is_turned { pill.height } else { pill.width }).fold(0.0, f32::max);
    let across = |branch: &usize| if is_turned { pills[*branch].width } else { pills[*branch].height };
    let least = graph.lanes.iter().map(|branch| across(branch).max(20.0)).collect();
    (if along > 0.0 { along + 14.0 } else { 0.0 }, least)
}

struct Painter<'a> {
    graph: &'a GitGraph,
    rails: &'a Rails,
    lane_of: &'a [usize],
    head: f32,
    top: f32,
}

impl Painter<'_> {
    /// From along and across to the page.
    fn on_page(&self, place: Point) -> Point {
        let (along, across) = (place.x + self.head, place.y);
        let whole = self.head + self.rails.size.x;
        match self.graph.way {
            Way::Right => Point { x: MARGIN + along, y: self.top + across },
            Way::Down => Point { x: MARGIN + across, y: self.top + along },
            Way::Up => Point { x: MARGIN + across, y: self.top + whole - along },
        }
    }

    fn hue(&self, branch: usize) -> usize {
        self.lane_of[branch] % HUES
    }

    fn lanes(&self, names: &[Block], pills: &[Size], sheet: &mut Sheet<'_>) {
        if !self.graph.shows_branches {
            return;
        }
        for (lane, branch) in self.graph.lanes.iter().enumerate() {
            let y = self.rails.lanes[lane];
            let name = &names[*branch];
            let Size { width: w, height: h } = pills[*branch];
            let along = if self.graph.way == Way::Right { w - self.head } else { h - self.head };
            let from = self.on_page(Point { x: along, y });
            let to = self.on_page(Point { x: self.rails.size.x, y });
            sheet.line("guide", from, to);
            let middle = match self.graph.way {
                Way::Right => Point { x: from.x - w / 2.0, y: from.y },
                Way::Down => Point { x: from.x, y: from.y - h / 2.0 },
                Way::Up => Point { x: from.x, y: from.y + h / 2.0 },
            };
            let label = Label::plain(&self.graph.branches[*branch]);
            let href = sheet.href(&label);
            sheet.link(href.as_deref(), |sheet| {
                sheet.group(&format!("lane c{}", self.hue(*branch)), "", |sheet| {
                    sheet.rect(
                        Rect { x: middle.x - w / 2.0, y: middle.y - h / 2.0, width: w, height: h },
                        h.min(25.0) / 2.0,
                        "",
                    );
                    sheet.words(name, middle, BRANCH.line);
                });
            });
        }
    }

    fn lines(&self, links: &[(usize, usize)], sheet: &mut Sheet<'_>) {
        let commits = &self.graph.commits;
        // What stays in its lane is drawn over what comes from another.
        let (stay, change): (Vec<_>, Vec<_>) = links
            .iter()
            .zip(&self.rails.lines)
            .partition(|((from, to), _)| commits[*from].branch == commits[*to].branch);
        for ((from, to), line) in change.into_iter().chain(stay) {
            let is_other = commits[*to].other == Some(*from) && commits[*to].parent != Some(*from);
            // A branch that is merged keeps its colour up to there.
            let hue = self.hue(commits[if is_other { *from } else { *to }].branch);
            let dotted = if is_other && commits[*to].mark == Mark::CherryPick { " dotted" } else { "" };
            let points: Vec<Point> = line.iter().map(|point| self.on_page(*point)).collect();
            let _ = write!(
                sheet.svg,
                "<path class=\"edge{dotted} c{hue}\" data-from=\"c{from}\" data-to=\"c{to}\" d=\"{}\"/>",
                path::rounded(&points, 8.0)
            );
        }
    }

    fn commit(&self, at: usize, words: &Words, sheet: &mut Sheet<'_>) {
        let commit = &self.graph.commits[at];
        let middle = self.on_page(self.rails.stops[at]);
        let class = if commit.mark == Mark::Highlight { "node high" } else { "node" };
        let label = commit.label.as_deref().map(Label::words).unwrap_or_default();
        let href = if label.is_empty() { None } else { sheet.href(&label) };
        sheet.link(href.as_deref(), |sheet| {
            sheet.group(&format!("{class} c{}", self.hue(commit.branch)), &format!("c{at}"), |sheet| {
                dot(commit.mark, middle, sheet);
            });
            self.words(words, middle, sheet);
        });
    }

    fn words(&self, words: &Words, middle: Point, sheet: &mut Sheet<'_>) {
        let tags = words.tag_size();
        let name = words.name.size;
        let mut y = if self.graph.way == Way::Right {
            middle.y - RADIUS - 1.0 - BESIDE - tags.height + APART
        } else {
            middle.y - f32::midpoint(tags.height, name.height)
        };
        for tag in &words.tags {
            let (w, h) = (tag.size.width + 2.0 * TAG.0, tag.size.height + 2.0 * TAG.1);
            let x = if self.graph.way == Way::Right { middle.x - w / 2.0 } else { middle.x + RADIUS + 1.0 + BESIDE };
            sheet.group("tag", "", |sheet| {
                sheet.rect(Rect { x, y, width: w, height: h }, 3.0, "");
                sheet.words(tag, Point { x: x + w / 2.0, y: y + h / 2.0 }, NAME.line);
            });
            y += h + APART;
        }
        if words.name.lines.is_empty() {
            return;
        }
        if self.graph.way == Way::Right {
            let y = middle.y + RADIUS + 1.0 + BESIDE + name.height / 2.0;
            sheet.group("said", "", |sheet| sheet.words(&words.name, Point { x: middle.x, y }, NAME.line));
        } else {
            let place = Point { x: middle.x + RADIUS + 1.0 + BESIDE, y: y + name.height / 2.0 };
            sheet.group("said flush", "", |sheet| sheet.words(&words.name, place, NAME.line));
        }
    }
}

/// A commit: a dot, a square if it is important, a cross if it takes something back, a ring if it joins.
fn dot(mark: Mark, middle: Point, sheet: &mut Sheet<'_>) {
    let Point { x, y } = middle;
    match mark {
        Mark::Normal => sheet.circle(middle, RADIUS, ""),
        Mark::Highlight => {
            let side = 2.0 * RADIUS;
            sheet.rect(Rect { x: x - RADIUS, y: y - RADIUS, width: side, height: side }, 2.0, "");
            sheet.rect(Rect { x: x - 3.5, y: y - 3.5, width: 7.0, height: 7.0 }, 1.0, " class=\"hole\"");
        }
        Mark::Reverse => {
            sheet.circle(middle, RADIUS, "");
            let _ = write!(sheet.svg, "<path class=\"hole\" d=\"M{} {}l7 7m0-7l-7 7\"/>", Num(x - 3.5), Num(y - 3.5));
        }
        Mark::Merge => {
            sheet.circle(middle, RADIUS, "");
            sheet.circle(middle, 4.0, " class=\"hole\"");
        }
        Mark::CherryPick => {
            sheet.circle(middle, RADIUS, "");
            sheet.circle(Point { x: x - 2.6, y: y + 2.2 }, 2.0, " class=\"hole\"");
            sheet.circle(Point { x: x + 2.6, y: y + 2.2 }, 2.0, " class=\"hole\"");
            let _ = write!(sheet.svg, "<path class=\"hole\" d=\"M{} {}l2.4-6 2.4 6\"/>", Num(x - 2.4), Num(y + 2.0));
        }
    }
}
