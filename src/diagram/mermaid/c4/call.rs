//! Calls: `Name(words, "words", $key="words")`.

use crate::diagram::mermaid::cursor::Cursor;

/// What stands between the brackets of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Arguments<'s> {
    places: Vec<&'s str>,
    named: Vec<(&'s str, &'s str)>,
}

impl<'s> Arguments<'s> {
    /// Goes over arguments, if they come next and are closed.
    pub(super) fn read(cursor: &mut Cursor<'s>) -> Option<Arguments<'s>> {
        let mut ahead = cursor.clone();
        ahead.blanks();
        if !ahead.eat("(") {
            return None;
        }
        let mut arguments = Arguments::default();
        loop {
            ahead.take_while(char::is_whitespace);
            arguments.one(&mut ahead)?;
            ahead.take_while(char::is_whitespace);
            if ahead.eat(")") {
                *cursor = ahead;
                return Some(arguments);
            }
            if !ahead.eat(",") {
                return None;
            }
        }
    }

    fn one(&mut self, cursor: &mut Cursor<'s>) -> Option<()> {
        if cursor.eat("$") {
            let key = cursor.take_while(|c| c.is_alphanumeric() || c == '_');
            cursor.blanks();
            cursor.eat("=").then_some(())?;
            cursor.blanks();
            let value = word(cursor)?;
            self.named.push((key, value));
            return Some(());
        }
        let value = word(cursor)?;
        self.places.push(value);
        Some(())
    }

    /// Leaves out the first one.
    pub(super) fn behind_first(mut self) -> Self {
        if !self.places.is_empty() {
            self.places.remove(0);
        }
        self
    }

    /// The argument of a name, else the one at a place; empty if it is not given.
    pub(super) fn get(&self, at: usize, name: &str) -> &'s str {
        let named = self.named.iter().rev().find(|(key, _)| *key == name);
        named.map_or_else(|| self.places.get(at).copied().unwrap_or_default(), |(_, value)| value)
    }
}

/// Words in quotes, or up to a comma or the closing bracket.
fn word<'s>(cursor: &mut Cursor<'s>) -> Option<&'s str> {
    if cursor.peek() == Some('"') {
        return cursor.quoted().map(str::trim);
    }
    let mut depth = 0usize;
    let rest = cursor.rest();
    for (at, c) in rest.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            ',' | ')' | '\n' if depth == 0 => {
                cursor.skip(at);
                return Some(rest[..at].trim());
            }
            '\n' => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_have_places_or_names() {
        let mut cursor = Cursor::new("(a, \"b, (c)\", , d(e), $link=\"x\", $tags = y) rest", 0);
        let arguments = Arguments::read(&mut cursor).expect("a call");
        let places: Vec<&str> = (0..5).map(|at| arguments.get(at, "")).collect();
        assert_eq!(places, ["a", "b, (c)", "", "d(e)", ""]);
        assert_eq!((arguments.get(9, "link"), arguments.get(0, "tags")), ("x", "y"));
        assert_eq!(cursor.rest(), " rest");
        assert_eq!(arguments.behind_first().get(0, ""), "b, (c)");
        for broken in ["(a", "(\"a\" b)", "($a)", "a)", "(\"a"] {
            assert_eq!(Arguments::read(&mut Cursor::new(broken, 0)), None, "{broken}");
        }
    }
}
