//! Dollars that begin no formula.
//!
//! As GitHub has it: the first dollar of a formula stands at the beginning of a word and before something, the second
//! after something and at the end of a word. The parser only asks for the inner sides, so that `$HOME and $PATH` would
//! be a formula. A dollar whose next one cannot close it is named here, and [`super::prepare`] takes it out of sight.

/// Calls `alone` with the position of every single dollar that is no part of a pair.
pub(super) fn without_partner(text: &str, mut alone: impl FnMut(usize)) {
    let bytes = text.as_bytes();
    let mut open: Option<usize> = None;
    for at in memchr::memchr_iter(b'$', bytes) {
        let (before, after) = (at.checked_sub(1).map(|b| bytes[b]), bytes.get(at + 1).copied());
        // `$$` is a formula of its own lines, `\\$` a dollar.
        if before == Some(b'$') || after == Some(b'$') || before == Some(b'\\') {
            continue;
        }
        if let Some(first) = open.take() {
            let closes =
                before.is_some_and(|b| !b.is_ascii_whitespace()) && after.is_none_or(|a| !a.is_ascii_alphanumeric());
            if closes && is_one_formula(&text[first + 1..at]) {
                continue;
            }
            alone(first);
        }
        let opens =
            after.is_some_and(|a| !a.is_ascii_whitespace()) && before.is_none_or(|b| !b.is_ascii_alphanumeric());
        if opens {
            open = Some(at);
        } else {
            alone(at);
        }
    }
    open.into_iter().for_each(alone);
}

/// A formula does not reach over paragraphs, nor begin in code and end outside.
fn is_one_formula(inner: &str) -> bool {
    !inner.contains("\n\n") && inner.matches('`').count().is_multiple_of(2)
}

#[cfg(test)]
mod tests {
    use super::without_partner;

    fn alone(text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        without_partner(text, |at| found.push(at));
        found
    }

    #[test]
    fn names_of_variables_and_prices_are_no_formulas() {
        assert_eq!(alone("$HOME and $PATH"), [0, 10]);
        assert_eq!(alone("from $5 to $6"), [5, 11]);
        assert_eq!(alone("`$a` 和 `$b`"), [1, 10]);
    }

    #[test]
    fn formulas_keep_their_dollars() {
        assert_eq!(alone("公式$x^2$是 and $a+b$, $$c$$ \\$5"), Vec::<usize>::new());
    }
}
