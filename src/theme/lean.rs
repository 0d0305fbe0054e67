//! Scripts and style sheets without what only their authors need: comments, indentation, spaces around signs.
//!
//! Names stay as they are written, so that a message in a browser's console still says something. Only portolan's own
//! files go through here: they keep to what these few rules can read, and the browser's tests run the result.

/// A script without comments and spaces that mean nothing; its line ends stay, but for empty lines.
#[must_use]
pub fn script(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let len = match c {
            '/' if rest.starts_with("//") => {
                rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
                continue;
            }
            '/' if rest.starts_with("/*") => {
                rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
                continue;
            }
            '"' | '\'' | '`' => quoted(rest, c),
            '/' if may_begin_pattern(&out) => pattern(rest),
            c if c.is_whitespace() => {
                let end = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
                gap(&mut out, &rest[..end], &rest[end..]);
                rest = &rest[end..];
                continue;
            }
            c => c.len_utf8(),
        };
        out.push_str(&rest[..len]);
        rest = &rest[len..];
    }
    out
}

/// A style sheet without comments, indentation and line ends. A space is left out only where none can mean anything:
/// after `{`, `}`, `;`, `,` and before `{` and `}`, and after the colon of a declaration.
#[must_use]
pub fn style(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let len = match c {
            '/' if rest.starts_with("/*") => {
                rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
                continue;
            }
            '"' | '\'' => quoted(rest, c),
            c if c.is_whitespace() => {
                let end = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
                let (before, after) = (out.chars().next_back(), rest[end..].chars().next());
                rest = &rest[end..];
                if !(matches!(before, None | Some('{' | '}' | ';' | ',' | ' '))
                    || matches!(after, None | Some('{' | '}')))
                {
                    out.push(' ');
                }
                continue;
            }
            '}' if out.ends_with(';') => {
                out.pop();
                1
            }
            c => c.len_utf8(),
        };
        out.push_str(&rest[..len]);
        rest = &rest[len..];
    }
    out
}

/// Bytes of the text in quotes that `rest` begins with; in a template also what is put into it.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

/// Bytes of the regular expression that `rest` begins with.
fn pattern(rest: &str) -> usize {
    let (mut escaped, mut in_class) = (false, false);
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Whether a `/` after this is not a division.
fn may_begin_pattern(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with("return") || before.chars().next_back().is_none_or(|c| "(,=:[!&|?{};+-*%<>~^".contains(c))
}

/// What is left of the white space between `out` and `next`.
fn gap(out: &mut String, space: &str, next: &str) {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '#');
    let (Some(before), Some(after)) = (out.chars().next_back(), next.chars().next()) else { return };
    let is_break = space.contains('\n') || next.starts_with("//");
    if is_break {
        // A line end may end a statement: it goes only where one cannot.
        if !matches!(before, '{' | '(' | '[' | ',' | ';' | '\n' | '=' | '?' | '&' | '|' | ':')
            && !matches!(after, ')' | ']')
        {
            out.push('\n');
        }
    } else if (is_word(before) && is_word(after)) || (before == after && matches!(before, '+' | '-')) {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_loses_comments_and_spaces_and_nothing_else() {
        let source = "// What.\nconst a = (b) => {\n  // Why.\n  return b + 1; /* so */\n};\nlet c = a\n(d)\n";
        assert_eq!(script(source), "const a=(b)=>{return b+1;};let c=a\n(d)");
    }

    #[test]
    fn texts_templates_and_patterns_stay_as_they_are() {
        let source = "f(\"a  // b\", 'c  d', `e  ${ g + 1 }`, /[/ ]  \\/ +/u, x / 2 / y);";
        assert_eq!(script(source), "f(\"a  // b\",'c  d',`e  ${ g + 1 }`,/[/ ]  \\/ +/u,x/2/y);");
    }

    #[test]
    fn signs_that_would_become_another_keep_their_space() {
        assert_eq!(script("a + +b - -c; in x; typeof x"), "a+ +b- -c;in x;typeof x");
    }

    #[test]
    fn a_style_sheet_keeps_the_spaces_of_selectors_and_values() {
        let source = "/* x */\na b > c,\nd:hover .e {\n  margin: 1px calc(1px + 2px);\n  content: \"a  b\";\n}\n@media (width > 1px) and (hover) {\n  p { x: y; }\n}\n";
        let lean = "a b > c,d:hover .e{margin: 1px calc(1px + 2px);content: \"a  b\"}@media (width > 1px) and (hover){p{x: y}}";
        assert_eq!(style(source), lean);
    }
}
