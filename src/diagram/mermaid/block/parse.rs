//! From the text of a block diagram to its boxes. Blanks and line ends part words alike.

use super::{Block, Blocks, Form, Link, Points};
use crate::diagram::mermaid::Preamble;
use crate::diagram::mermaid::body::Heading;
use crate::diagram::mermaid::cursor::Cursor;
use crate::diagram::mermaid::flowchart::{self, Shape, Stroke, Style};
use crate::diagram::mermaid::label::Label;
use crate::diagram::{Outcome, Problem};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Past this many boxes nobody finds one.
const MOST: usize = 2000;
/// Frames within each other; deeper ones nobody can draw.
const DEEPEST: usize = 24;
/// More columns than this nobody can count.
const WIDEST: usize = 200;

struct Reader<'s> {
    cursor: Cursor<'s>,
    blocks: Blocks,
    names: FxHashMap<&'s str, usize>,
    /// Open frames: where each begins, and which it is.
    open: Vec<(Range<usize>, usize)>,
    classes: FxHashMap<&'s str, Style>,
    /// Which boxes have which class or style; what they name may come later.
    classed: Vec<(&'s str, &'s str)>,
    styled: Vec<(&'s str, Style)>,
    problems: Vec<Problem>,
}

/// Reads a block diagram.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<Blocks> {
    let mut reader = Reader {
        cursor: Cursor::new(source, preamble.word.end),
        blocks: Blocks { about: Heading::of(preamble), ..Blocks::default() },
        names: FxHashMap::default(),
        open: Vec::new(),
        classes: FxHashMap::default(),
        classed: Vec::new(),
        styled: Vec::new(),
        problems: Vec::new(),
    };
    loop {
        reader.cursor.take_while(char::is_whitespace);
        if reader.cursor.is_done() {
            break;
        }
        if reader.blocks.blocks.len() >= MOST {
            let range = reader.cursor.at()..source.len();
            reader.problems.push(Problem::warning(range, format!("a block diagram has at most {MOST} boxes")));
            break;
        }
        reader.statement();
    }
    reader.finish(preamble)
}

impl<'s> Reader<'s> {
    fn finish(mut self, preamble: &Preamble) -> Outcome<Blocks> {
        for (range, _) in &self.open {
            self.problems.push(Problem::error(range.clone(), "this block has no `end`").help("close it with `end`"));
        }
        for (names, class) in std::mem::take(&mut self.classed) {
            let Some(style) = self.classes.get(class).cloned() else { continue };
            self.paint(names, &style);
        }
        if let Some(style) = self.classes.get("default").cloned() {
            for block in &mut self.blocks.blocks {
                let own = std::mem::replace(&mut block.style, style.clone());
                block.style.add(&own);
            }
        }
        for (names, style) in std::mem::take(&mut self.styled) {
            self.paint(names, &style);
        }
        if self.blocks.blocks.is_empty() && self.problems.is_empty() {
            let problem = Problem::error(preamble.word.clone(), "the diagram has no block");
            self.problems.push(problem.help("as in `a[\"words\"] b`"));
        }
        Outcome { value: self.blocks, problems: self.problems }
    }

    /// Gives boxes a style.
    fn paint(&mut self, names: &str, style: &Style) {
        for name in names.split(',') {
            if let Some(at) = self.names.get(name.trim()) {
                self.blocks.blocks[*at].style.add(style);
            }
        }
    }

    fn statement(&mut self) {
        let start = self.cursor.at();
        let cursor = &mut self.cursor;
        if cursor.eat("%%") {
            cursor.to_line_end();
        } else if cursor.eat("block:") {
            self.frame(start, true);
        } else if cursor.eat_word("block-beta") || cursor.eat_word("block") {
            self.frame(start, false);
        } else if cursor.eat_word("end") {
            if self.open.pop().is_none() {
                let problem = Problem::error(start..start + 3, "`end` closes nothing");
                self.problems.push(problem.help("remove it, or open a block before"));
            }
        } else if cursor.eat_word("columns") {
            self.columns(start);
        } else if cursor.eat_word("space") {
            let span = self.span().unwrap_or(1);
            for _ in 0..span {
                self.add("", Label::default(), Form::Space, 1);
            }
        } else if cursor.eat_word("classDef") {
            let (name, style) = self.two_words();
            self.classes.insert(name, Style::read(style));
        } else if cursor.eat_word("class") {
            let (names, class) = self.two_words();
            self.classed.push((names, class));
        } else if cursor.eat_word("style") {
            let (names, style) = self.two_words();
            self.styled.push((names, Style::read(style)));
        } else if cursor.eat_word("linkStyle") {
            cursor.to_line_end();
        } else if cursor.eat_word("title") {
            self.blocks.about.title = Some(self.line().to_owned());
        } else if cursor.eat_word("accTitle") {
            self.blocks.about.spoken = Some(self.line().trim_start_matches(':').trim().to_owned());
        } else if cursor.eat_word("accDescr") {
            self.description();
        } else {
            self.chain(start);
        }
    }

    fn line(&mut self) -> &'s str {
        let line = self.cursor.line().trim();
        self.cursor.to_line_end();
        line
    }

    fn description(&mut self) {
        self.cursor.blanks();
        let words = if self.cursor.eat("{") {
            self.cursor.until("}").unwrap_or_default()
        } else {
            self.line().trim_start_matches(':')
        };
        self.blocks.about.description = Some(words.split_whitespace().collect::<Vec<_>>().join(" "));
    }

    /// Names and what is said of them, up to the end of the line.
    fn two_words(&mut self) -> (&'s str, &'s str) {
        let line = self.line();
        // Names are parted by commas, perhaps with blanks behind them.
        let mut end = line.find(char::is_whitespace).unwrap_or(line.len());
        while line[..end].ends_with(',') {
            let rest = &line[end..];
            let blanks = rest.len() - rest.trim_start().len();
            end += blanks + rest[blanks..].find(char::is_whitespace).unwrap_or(rest.len() - blanks);
            if blanks == 0 {
                break;
            }
        }
        (line[..end].trim(), line[end..].trim().trim_end_matches(';'))
    }

    fn columns(&mut self, start: usize) {
        self.cursor.blanks();
        let word = self.cursor.take_while(|c| !c.is_whitespace());
        let columns = match word {
            "auto" => None,
            _ => match word.parse().ok().filter(|columns| (1..=WIDEST).contains(columns)) {
                Some(columns) => Some(columns),
                None => {
                    let problem = Problem::error(self.cursor.since(start), format!("`{word}` is no number of columns"));
                    self.problems.push(problem.help("as in `columns 3`"));
                    return;
                }
            },
        };
        match self.open.last() {
            Some((_, frame)) => self.blocks.blocks[*frame].form = Form::Frame(columns),
            None => self.blocks.columns = columns,
        }
    }

    /// `:2` behind a box.
    fn span(&mut self) -> Option<usize> {
        let rest = self.cursor.rest().strip_prefix(':')?;
        let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let span = rest[..length].parse::<usize>().ok()?;
        self.cursor.skip(1 + length);
        Some(span.clamp(1, WIDEST))
    }

    fn add(&mut self, id: &'s str, label: Label, form: Form, span: usize) -> usize {
        let at = self.blocks.blocks.len();
        let parent = self.open.last().map(|(_, frame)| *frame);
        self.blocks.blocks.push(Block { id: id.to_owned(), label, form, span, parent, style: Style::default() });
        if !id.is_empty() {
            self.names.insert(id, at);
        }
        at
    }

    /// `block:id["words"]:2`, or `block` without a name.
    fn frame(&mut self, start: usize, is_named: bool) {
        let (mut id, mut label, mut span) = ("", Label::default(), 1);
        if is_named {
            id = self.name();
            if let Some((_, words)) = flowchart::shape(&mut self.cursor) {
                label = Label::read(words);
            }
            span = self.span().unwrap_or(1);
        }
        let range = self.cursor.since(start);
        if self.open.len() >= DEEPEST {
            self.problems
                .push(Problem::error(range.clone(), format!("blocks lie at most {DEEPEST} deep in each other")));
        }
        if self.names.contains_key(id) {
            self.problems.push(Problem::error(range.clone(), format!("there is a block `{id}` already")));
        }
        let at = self.add(id, label, Form::Frame(None), span);
        self.open.push((range, at));
    }

    fn name(&mut self) -> &'s str {
        let rest = self.cursor.rest();
        let mut end = 0;
        for (at, c) in rest.char_indices() {
            let next = rest[at + c.len_utf8()..].chars().next();
            // A hyphen within a word begins no link.
            let joins = c == '-' && at > 0 && next.is_some_and(char::is_alphanumeric) && !rest[..at].ends_with('-');
            if !joins && (c.is_whitespace() || "([-){}<>:=~|\"".contains(c)) {
                break;
            }
            end = at + c.len_utf8();
        }
        self.cursor.skip(end);
        &rest[..end]
    }

    /// Boxes with links between them.
    fn chain(&mut self, start: usize) {
        let Some(mut from) = self.block(start) else { return };
        loop {
            let mut ahead = self.cursor.clone();
            ahead.blanks();
            let Some(flowchart::Link { stroke, start: head, end, label, .. }) = flowchart::link(&mut ahead) else {
                return;
            };
            ahead.take_while(char::is_whitespace);
            self.cursor = ahead;
            let start = self.cursor.at();
            let Some(to) = self.block(start) else { return };
            let label = label.map(Label::read).unwrap_or_default();
            if stroke != Stroke::Invisible && from != to {
                self.blocks.links.push(Link { from, to, stroke, start: head, end, label });
            }
            from = to;
        }
    }

    /// A box, new or named again.
    fn block(&mut self, start: usize) -> Option<usize> {
        let id = self.name();
        if id.is_empty() {
            let line = self.cursor.line();
            let wrong: String = line.chars().take_while(|c| !c.is_whitespace()).collect();
            self.cursor.skip(wrong.len().max(self.cursor.peek().map_or(0, char::len_utf8)));
            let problem = Problem::error(self.cursor.since(start), format!("a block was expected, not `{wrong}`"));
            self.problems.push(problem.help("as in `a[\"words\"]:2` or `a --> b`"));
            return None;
        }
        let mut form = None;
        let mut label = None;
        if self.cursor.rest().starts_with("<[") {
            let (words, points) = self.arrow(start)?;
            label = Some(Label::read(words));
            form = Some(Form::Arrow(points));
        } else if self.cursor.rest().starts_with(['(', '[', '{', '>']) {
            let Some((shape, words)) = flowchart::shape(&mut self.cursor) else {
                let line = self.cursor.line();
                let problem = Problem::error(start..self.cursor.at() + line.len(), "this shape is not closed");
                self.problems.push(problem.help("as in `a[\"words\"]`"));
                self.cursor.to_line_end();
                return None;
            };
            label = Some(Label::read(words));
            form = Some(Form::Leaf(shape));
        }
        let span = self.span();
        Some(match self.names.get(id).copied() {
            Some(known) => {
                let block = &mut self.blocks.blocks[known];
                if let (Some(form), Form::Leaf(_) | Form::Arrow(_)) = (form, &block.form) {
                    block.form = form;
                }
                block.label = label.unwrap_or_else(|| std::mem::take(&mut block.label));
                known
            }
            None => {
                let label = label.unwrap_or_else(|| Label::plain(id));
                self.add(id, label, form.unwrap_or(Form::Leaf(Shape::Rectangle)), span.unwrap_or(1))
            }
        })
    }

    /// `<["words"]>(right, up)`
    fn arrow(&mut self, start: usize) -> Option<(&'s str, Points)> {
        self.cursor.eat("<[");
        let read = |cursor: &mut Cursor<'s>| {
            let words = cursor.until("]>")?;
            cursor.blanks();
            let inside = cursor.eat("(").then(|| cursor.until(")"))??;
            let mut points = Points::default();
            for word in inside.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty()) {
                match word {
                    "left" => points.left = true,
                    "right" => points.right = true,
                    "up" => points.up = true,
                    "down" => points.down = true,
                    "x" => (points.left, points.right) = (true, true),
                    "y" => (points.up, points.down) = (true, true),
                    _ => return None,
                }
            }
            (points != Points::default()).then_some((words, points))
        };
        let found = read(&mut self.cursor);
        if found.is_none() {
            self.cursor.to_line_end();
            let problem = Problem::error(self.cursor.since(start), "this arrow points nowhere");
            self.problems
                .push(problem.help("as in `a<[\"words\"]>(right)`; there are `left`, `up`, `down`, `x` and `y`, too"));
        }
        found
    }
}
