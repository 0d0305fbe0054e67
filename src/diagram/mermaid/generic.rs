//! Types with parameters: mermaid writes `List~T~`, readers know `List<T>`.

/// `List~Map~K, V~~` as `List<Map<K, V>>`. A tilde behind a word and before one opens, another closes what is open; one
/// at the beginning says that the member is seen in its package.
pub(super) fn angled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open = 0usize;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next();
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | ']' | '?' | '&' | '*' | '[' | '\'' | '"');
        match c {
            '~' if before.is_some_and(is_name) && next.is_some_and(is_name) => {
                // `List~A~b` can only close.
                let closes = open > 0 && text[at + 1..].matches('~').count() < open;
                out.push(if closes { '>' } else { '<' });
                open = if closes { open - 1 } else { open + 1 };
            }
            '~' if open > 0 => {
                out.push('>');
                open -= 1;
            }
            _ => out.push(c),
        }
        before = Some(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::angled;

    #[test]
    fn tildes_are_angles() {
        assert_eq!(angled("List~List~int~~"), "List<List<int>>");
        assert_eq!(angled("Map~K, V~ m, Set~x~ s"), "Map<K, V> m, Set<x> s");
        assert_eq!(angled("~packaged: List~A~"), "~packaged: List<A>");
        assert_eq!(angled("a ~ b~"), "a ~ b~");
    }
}
