//! Labels: what mermaid lets people write into a box, as runs of plain text.
//!
//! `<br/>` and line ends break lines; entities (`&lt;`, `#quot;`, `#35;`) are done; markdown strings (`` "`**bold**`" ``)
//! and the tags `<b>`, `<i>`, `<code>` set a run's style; other tags and icons (`fa:fa-car`) are left out.

/// A piece of text in one style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The text.
    pub text: String,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underlined: bool,
}

/// A label: lines of runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// The lines, none of them ending in a blank.
    pub lines: Vec<Vec<Run>>,
}

impl Label {
    /// Reads what stands between the marks of a shape or of a link, quotes and all.
    #[must_use]
    pub fn read(written: &str) -> Label {
        let text = written.trim();
        let quoted = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text);
        let markdown = quoted.trim().strip_prefix('`').and_then(|t| t.strip_suffix('`'));
        let mut reader = Reader::default();
        reader.read(markdown.unwrap_or(quoted), markdown.is_some());
        reader.finish()
    }

    /// Reads words in which quotes are only quotes.
    #[must_use]
    pub fn words(written: &str) -> Label {
        let mut reader = Reader::default();
        reader.read(written.trim(), false);
        reader.finish()
    }

    /// Reads words as Markdown.
    #[must_use]
    pub fn markdown(written: &str) -> Label {
        let mut reader = Reader::default();
        reader.read(written.trim(), true);
        reader.finish()
    }

    /// The same in bold.
    #[must_use]
    pub fn bold(mut self) -> Label {
        self.lines.iter_mut().flatten().for_each(|run| run.bold = true);
        self
    }

    /// This, and under it another.
    #[must_use]
    pub fn over(mut self, under: Label) -> Label {
        self.lines.extend(under.lines);
        self
    }

    /// A label of plain words.
    #[must_use]
    pub fn plain(text: &str) -> Label {
        Label { lines: vec![vec![Run { text: text.to_owned(), ..Run::default() }]] }
    }

    /// All of it on one line, as somebody would read it out.
    #[must_use]
    pub fn spoken(&self) -> String {
        self.joined(" ")
    }

    /// What it names, for those who know names: as spoken, with its lines apart.
    #[must_use]
    pub fn named(&self) -> String {
        self.joined("\n")
    }

    fn joined(&self, between: &str) -> String {
        let line = |line: &Vec<Run>| line.iter().map(|r| r.text.as_str()).collect::<String>();
        self.lines.iter().map(line).collect::<Vec<_>>().join(between).trim().to_owned()
    }

    /// Whether there is nothing to see.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.iter().flatten().all(|r| r.text.trim().is_empty())
    }
}

#[derive(Default)]
struct Reader {
    lines: Vec<Vec<Run>>,
    line: Vec<Run>,
    run: Run,
    bold: usize,
    italic: usize,
    /// Whether the last line was ended by a tag.
    tag_broke: bool,
}

impl Reader {
    fn read(&mut self, text: &str, markdown: bool) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let step = match c {
                // A line end behind `<br/>` is the same break.
                '\n' if self.broken() => {
                    self.tag_broke = false;
                    1
                }
                '\n' => {
                    self.end_line();
                    1
                }
                '<' => self.tag(rest),
                '\\' if rest.starts_with("\\n") => {
                    self.end_line();
                    2
                }
                '*' | '_' if markdown => self.mark(rest, c),
                'f' if self.at_word_start() => icon(rest),
                _ => 0,
            };
            if step == 0 {
                self.run.text.push(c);
                rest = &rest[c.len_utf8()..];
            } else {
                rest = &rest[step..];
            }
        }
    }

    /// Whether a tag has just ended a line, and only blanks came since.
    fn broken(&self) -> bool {
        self.tag_broke && self.line.is_empty() && self.run.text.trim().is_empty()
    }

    fn at_word_start(&self) -> bool {
        !self.run.text.ends_with(|c: char| c.is_alphanumeric())
    }

    /// `**` or `*`; the length of the mark.
    fn mark(&mut self, rest: &str, c: char) -> usize {
        let length = rest.chars().take_while(|x| *x == c).count().min(3);
        let inside_word = c == '_' && !self.at_word_start() && rest[length..].starts_with(char::is_alphanumeric);
        let mark = &rest[..length];
        let is_open = if length >= 2 { self.bold > 0 } else { self.italic > 0 };
        let is_alone = !is_open && (!rest[length..].contains(mark) || rest[length..].starts_with(char::is_whitespace));
        if inside_word || is_alone {
            return 0;
        }
        self.end_run();
        self.bold ^= usize::from(length >= 2);
        self.italic ^= usize::from(length % 2 == 1);
        length
    }

    /// A tag; its length, or 0 if it is only a sign.
    fn tag(&mut self, rest: &str) -> usize {
        let Some(end) = rest.find('>').filter(|end| !rest[..*end].contains('\n')) else { return 0 };
        let inner = rest[1..end].trim();
        let closes = inner.starts_with('/');
        let name: String = inner.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if name.is_empty() {
            return 0;
        }
        match name.to_ascii_lowercase().as_str() {
            "br" | "p" | "div" | "li" => {
                self.end_line();
                self.tag_broke = true;
            }
            "b" | "strong" => {
                self.end_run();
                self.bold = usize::from(!closes);
            }
            "i" | "em" => {
                self.end_run();
                self.italic = usize::from(!closes);
            }
            _ => {}
        }
        end + 1
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        if !run.text.is_empty() {
            // After the tags: `&lt;b&gt;` is text.
            let text = entities(&run.text);
            self.line.push(Run { text, bold: self.bold > 0, italic: self.italic > 0, ..Run::default() });
        }
    }

    fn end_line(&mut self) {
        self.tag_broke = false;
        self.end_run();
        let mut line = std::mem::take(&mut self.line);
        if let Some(first) = line.first_mut() {
            first.text = first.text.trim_start().to_owned();
        }
        if let Some(last) = line.last_mut() {
            last.text.truncate(last.text.trim_end().len());
        }
        line.retain(|r| !r.text.is_empty());
        self.lines.push(line);
    }

    fn finish(mut self) -> Label {
        self.end_line();
        let seen = |line: &Vec<Run>| !line.is_empty();
        let first = self.lines.iter().position(seen).unwrap_or(self.lines.len());
        let last = self.lines.iter().rposition(seen).map_or(first, |at| at + 1);
        Label { lines: self.lines.drain(first..last).collect() }
    }
}

/// The length of an icon's name, with the blank after it.
fn icon(rest: &str) -> usize {
    let prefix = ["fa:fa-", "fab:fa-", "fas:fa-", "far:fa-", "fal:fa-", "fad:fa-", "fak:fa-"]
        .into_iter()
        .find(|p| rest.starts_with(p));
    let Some(prefix) = prefix else { return 0 };
    let name = rest[prefix.len()..]
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .unwrap_or(rest.len() - prefix.len());
    let end = prefix.len() + name;
    end + usize::from(rest[end..].starts_with(' '))
}

/// HTML's entities, and mermaid's own with `#` for `&`.
pub(super) fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['&', '#']) {
        out.push_str(&rest[..at]);
        let from = &rest[at..];
        let named = from[1..]
            .find(';')
            .filter(|end| *end <= 10)
            .and_then(|end| character(&from[1..=end]).map(|c| (c, end + 2)));
        match named {
            Some((c, length)) => {
                out.push(c);
                rest = &from[length..];
            }
            None => {
                out.push_str(&from[..1]);
                rest = &from[1..];
            }
        }
    }
    out + rest
}

/// The character that an entity's name (or number) stands for.
fn character(name: &str) -> Option<char> {
    let number = name.trim_start_matches('#');
    if let Some(hex) = number.strip_prefix(['x', 'X']) {
        return u32::from_str_radix(hex, 16).ok().and_then(char::from_u32).filter(|c| !c.is_control());
    }
    if let Ok(code) = number.parse::<u32>() {
        return char::from_u32(code).filter(|c| !c.is_control());
    }
    Some(match name {
        "quot" => '"',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "copy" => '©',
        "hearts" => '♥',
        "infin" => '∞',
        "rarr" => '→',
        "larr" => '←',
        "times" => '×',
        "middot" => '·',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        "colon" => ':',
        "semi" => ';',
        "num" => '#',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(written: &str) -> Vec<String> {
        let style = |r: &Run| format!("{}{}{}", if r.bold { "*" } else { "" }, if r.italic { "/" } else { "" }, r.text);
        Label::read(written).lines.iter().map(|l| l.iter().map(style).collect::<Vec<_>>().join("|")).collect()
    }

    #[test]
    fn breaks_entities_and_tags() {
        assert_eq!(shown("\"一<br/>二\\n三\""), ["一", "二", "三"]);
        assert_eq!(shown("\"一<br/>\n二\""), ["一", "二"], "a line end behind a tag is the same break");
        assert_eq!(shown("\"一<br/><br/>二\""), ["一", "", "二"]);
        assert_eq!(shown("a #quot;b#quot; &lt; #35;1 & c # d"), ["a \"b\" < #1 & c # d"]);
        assert_eq!(shown("<b>x</b> y <span style='a'>z</span> 1 < 2"), ["*x| y z 1 < 2"]);
        assert_eq!(shown("fa:fa-car Car and fab:fa-x"), ["Car and"]);
    }

    #[test]
    fn a_markdown_string_has_styles_and_line_ends() {
        assert_eq!(
            shown("\"`The **bold** cat\nand *italic* snake_case`\""),
            ["The |*bold| cat", "and |/italic| snake_case"]
        );
        assert_eq!(shown("\"**not**\""), ["**not**"]);
    }
}
