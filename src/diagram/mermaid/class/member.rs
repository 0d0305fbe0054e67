//! Members of classes: `+name : Type`, `-size() int$`, `List~T~ items`.

use crate::diagram::mermaid::generic::angled;
use crate::diagram::mermaid::label::{Label, Run, entities};

/// A member, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Member {
    /// `<<interface>>`, without its marks.
    Annotation(String),
    /// What has no brackets.
    Attribute(Label),
    /// What can be called.
    Method(Label),
}

/// Reads a member; `None` if nothing stands there.
pub(super) fn read(written: &str) -> Option<Member> {
    let written = written.trim();
    if let Some(annotation) = written.strip_prefix("<<").and_then(|rest| rest.strip_suffix(">>")) {
        return Some(Member::Annotation(annotation.trim().to_owned()));
    }
    let (first, last) = (written.find('('), written.rfind(')'));
    match (first, last) {
        _ if written.is_empty() => None,
        (Some(open), Some(close)) if 0 < open && open < close => Some(Member::Method(method(written, open, close))),
        _ => {
            let (text, mark) = marked(written);
            Some(Member::Attribute(label(&angled(text), mark)))
        }
    }
}

/// `name(parameters)mark result` or `name(parameters) result mark`
fn method(written: &str, open: usize, close: usize) -> Label {
    let (name, parameters, rest) = (&written[..open], &written[open + 1..close], &written[close + 1..]);
    // `() *App` gives a pointer, `()* App` is abstract.
    let (behind, mark) = match rest.chars().next() {
        Some(c @ ('$' | '*')) => (&rest[1..], Some(c)),
        _ => marked(rest.trim()),
    };
    let result = behind.trim().trim_start_matches(':').trim();
    let mut text = format!("{}({})", angled(name.trim_end()), angled(parameters.trim()));
    if !result.is_empty() {
        text.push_str(" : ");
        text.push_str(&angled(result));
    }
    label(&text, mark)
}

/// The mark of what is static (`$`) or abstract (`*`), at the end.
fn marked(text: &str) -> (&str, Option<char>) {
    match text.chars().last() {
        Some(c @ ('$' | '*')) => (text[..text.len() - 1].trim_end(), Some(c)),
        _ => (text, None),
    }
}

/// Static members are underlined, abstract ones are slanted.
fn label(text: &str, mark: Option<char>) -> Label {
    let text = entities(text);
    let run = Run { text, italic: mark == Some('*'), underlined: mark == Some('$'), ..Run::default() };
    Label { lines: vec![vec![run]] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(written: &str) -> String {
        let of = |label: Label| {
            let run = &label.lines[0][0];
            format!("{}{}{}", if run.italic { "/" } else { "" }, if run.underlined { "_" } else { "" }, run.text)
        };
        match read(written) {
            Some(Member::Annotation(text)) => format!("«{text}»"),
            Some(Member::Attribute(label)) => of(label),
            Some(Member::Method(label)) => format!("call {}", of(label)),
            None => String::new(),
        }
    }

    #[test]
    fn attributes_methods_and_annotations() {
        assert_eq!(shown(" +String owner "), "+String owner");
        assert_eq!(shown("+deposit(amount)"), "call +deposit(amount)");
        assert_eq!(shown("+deposit(amount) bool"), "call +deposit(amount) : bool");
        assert_eq!(shown("+get() : int"), "call +get() : int");
        assert_eq!(shown("<<interface>>"), "«interface»");
        assert_eq!(shown("状态 : 运行"), "状态 : 运行");
        assert_eq!(shown(""), "");
    }

    #[test]
    fn static_is_underlined_and_abstract_is_slanted() {
        assert_eq!(shown("+count$"), "_+count");
        assert_eq!(shown("+area()*"), "call /+area()");
        assert_eq!(shown("+area()* float"), "call /+area() : float");
        assert_eq!(shown("+area() float$"), "call _+area() : float");
    }

    #[test]
    fn tildes_are_generics() {
        assert_eq!(shown("List~int~ position"), "List<int> position");
        assert_eq!(shown("+getDistanceMatrix() List~List~int~~"), "call +getDistanceMatrix() : List<List<int>>");
        assert_eq!(shown("set(Map~String, List~int~~ a, Set~x~ b)"), "call set(Map<String, List<int>> a, Set<x> b)");
        assert_eq!(shown("~packaged: List~A~"), "~packaged: List<A>");
        assert_eq!(shown("a ~ b"), "a ~ b");
    }
}
