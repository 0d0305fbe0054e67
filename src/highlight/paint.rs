//! From classified pieces of code to lines of HTML.
//!
//! In: the code piece by piece, each with its class. Out: the HTML of each line, handed on as soon as the line ends.
//! Neighbours of one class share a span, also across blanks; blanks at its ends stand outside. A span that runs over a
//! line break is closed before it and opened again after it, so that each line stands for itself. One buffer serves all
//! lines.

use super::class::Class;

/// Where lines go.
pub(super) type Sink<'s> = dyn FnMut(&str) + 's;

/// Writes lines of HTML.
pub(super) struct Painter<'s> {
    html: String,
    open: Option<Class>,
    /// The length that `html` has without the blanks at its end; an open span is closed there.
    solid: usize,
    sink: &'s mut Sink<'s>,
}

impl<'s> Painter<'s> {
    pub(super) fn new(sink: &'s mut Sink<'s>) -> Self {
        Painter { html: String::with_capacity(256), open: None, solid: 0, sink }
    }

    /// Adds a piece of code, which may hold line breaks.
    pub(super) fn add(&mut self, text: &str, class: Option<Class>) {
        let mut rest = text;
        while let Some((line, after)) = rest.split_once('\n') {
            self.piece(line, class);
            self.end_line();
            rest = after;
        }
        self.piece(rest, class);
    }

    /// Adds a piece of a line in a span of its own, blanks and all.
    pub(super) fn add_whole(&mut self, text: &str, class: Class) {
        self.close();
        if !text.is_empty() {
            self.open(class);
            escape(text, &mut self.html);
            self.html.push_str("</span>");
        }
    }

    /// Adds the rest of a line that is HTML already, its spans closed, and ends the line.
    pub(super) fn add_line(&mut self, html: &str) {
        if self.html.is_empty() {
            return (self.sink)(html);
        }
        self.close();
        self.html.push_str(html);
        self.end_line();
    }

    /// Ends the line: its spans are closed, and it is handed on.
    pub(super) fn end_line(&mut self) {
        self.close();
        (self.sink)(&self.html);
        self.html.clear();
        self.solid = 0;
    }

    /// Ends a last line that has no line break.
    pub(super) fn finish(mut self) {
        if !self.html.is_empty() {
            self.end_line();
        }
    }

    fn piece(&mut self, text: &str, class: Option<Class>) {
        let body = text.trim_start_matches([' ', '\t']);
        let (before, _) = text.split_at(text.len() - body.len());
        let body = body.trim_end_matches([' ', '\t']);
        let (_, after) = text.split_at(before.len() + body.len());
        if body.is_empty() {
            self.html.push_str(text);
            return;
        }
        if class == self.open {
            self.html.push_str(before);
        } else {
            self.close();
            self.html.push_str(before);
            if let Some(class) = class {
                self.open(class);
            }
            self.open = class;
        }
        escape(body, &mut self.html);
        self.solid = self.html.len();
        self.html.push_str(after);
    }

    fn open(&mut self, class: Class) {
        self.html.push_str("<span class=\"");
        self.html.push_str(class.name());
        self.html.push_str("\">");
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.insert_str(self.solid, "</span>");
        }
    }
}

/// Appends text with `&`, `<` and `>` written as references.
pub(super) fn escape(text: &str, html: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>')) {
        let (before, after) = rest.split_at(at);
        html.push_str(before);
        html.push_str(match after.as_bytes().first() {
            Some(b'&') => "&amp;",
            Some(b'<') => "&lt;",
            _ => "&gt;",
        });
        rest = after.get(1..).unwrap_or_default();
    }
    html.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(pieces: &[(&str, Option<Class>)]) -> Vec<String> {
        let mut lines = Vec::new();
        let mut sink = |line: &str| lines.push(line.to_owned());
        let mut painter = Painter::new(&mut sink);
        for (text, class) in pieces {
            painter.add(text, *class);
        }
        painter.finish();
        lines
    }

    #[test]
    fn neighbours_of_one_class_share_a_span_across_blanks() {
        let string = Some(Class::String);
        assert_eq!(painted(&[("a", string), (" ", None), ("<b>", string)]), ["<span class=\"s\">a &lt;b&gt;</span>"]);
    }

    #[test]
    fn blanks_between_classes_stand_outside_of_both() {
        let html = painted(&[("a", Some(Class::String)), ("  ", None), ("b", Some(Class::Number)), (" c & d", None)]);
        assert_eq!(html, ["<span class=\"s\">a</span>  <span class=\"n\">b</span> c &amp; d"]);
    }

    #[test]
    fn a_span_is_closed_and_opened_again_at_a_line_break() {
        let html = painted(&[("/* a \n\n b */", Some(Class::Comment)), ("\n", None), ("x", None)]);
        assert_eq!(html, ["<span class=\"c\">/* a</span> ", "", " <span class=\"c\">b */</span>", "x"]);
    }
}
