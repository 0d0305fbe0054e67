//! Characters that nobody sees.

use super::finding::Finding;
use super::scan::Scan;
use crate::diagnostic::Code;
use std::collections::HashSet;
use std::ops::Range;

/// What an invisible character is; `None` for all that can be seen or has its place.
fn name(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{00ad}' => "a soft hyphen",
        '\u{200b}' => "a space of width zero",
        '\u{2060}' => "a word joiner",
        '\u{feff}' => "a byte order mark",
        '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "a mark of direction"
        }
        '\u{2061}'..='\u{2064}' => "an invisible operator",
        '\u{180e}' => "a Mongolian vowel separator",
        '\u{3164}' | '\u{115f}' | '\u{1160}' | '\u{ffa0}' => "a Hangul filler",
        '\u{fff9}'..='\u{fffb}' => "an annotation mark",
        '\u{e0001}' | '\u{2028}' | '\u{2029}' => "a mark that no browser shows",
        '\t' | '\n' | '\r' => return None,
        c if c.is_control() => "a control character",
        _ => return None,
    })
}

/// Whether leaving it out of prose leaves the prose as it was.
fn is_idle(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}') || c.is_control()
}

/// Scripts without spaces between their words, where a space of width zero says where a line may break.
fn is_of_unspaced_script(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1950}'..='\u{19ff}')
}

/// Finds them; where they are running text, they can be taken away.
pub(super) fn findings(text: &str, scan: &Scan) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut prose: Option<HashSet<usize>> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let last = std::mem::replace(&mut before, c);
        // Most of a text is none of these.
        if c.is_ascii() && !c.is_ascii_control() {
            continue;
        }
        let range = at..at + c.len_utf8();
        if c == '\u{00a0}' {
            found.extend(in_code(text, &range, scan));
            continue;
        }
        let Some(name) = name(c) else { continue };
        let after = text[range.end..].chars().next().unwrap_or(' ');
        if c == '\u{200b}' && (is_of_unspaced_script(last) || is_of_unspaced_script(after)) {
            continue;
        }
        let message = format!("there is {name} here (U+{:04X})", u32::from(c));
        let finding = Finding::new(Code::InvisibleCharacter, range.clone(), message).label("nobody sees it");
        let is_prose = is_idle(c)
            && prose
                .get_or_insert_with(|| {
                    let atoms = scan.blocks.iter().flat_map(|block| &block.atoms);
                    atoms.filter(|atom| atom.char().is_some()).map(|atom| atom.range.start).collect()
                })
                .contains(&at);
        found.push(if is_prose { finding.help("take it away").edit(range, "") } else { finding });
    }
    found
}

/// A no-break space in code: a shell takes it for a letter. In a tree of files, as `tree` draws it, nobody types it.
fn in_code(text: &str, range: &Range<usize>, scan: &Scan) -> Option<Finding> {
    let is_blank = |c: &char| c.is_whitespace() && *c != '\n';
    let drawn = text[..range.start].chars().rev().find(|c| !is_blank(c));
    if drawn.is_some_and(|c| matches!(c, '\u{2500}'..='\u{257f}')) {
        return None;
    }
    let code = scan.code.partition_point(|(_, code)| code.end <= range.start);
    let fence = scan.fences.partition_point(|fence| fence.end <= range.start);
    let starts = [scan.code.get(code).map(|(_, code)| code.start), scan.fences.get(fence).map(|fence| fence.start)];
    let is_code = starts.into_iter().flatten().any(|start| start <= range.start);
    is_code.then(|| {
        Finding::new(Code::InvisibleCharacter, range.clone(), "there is a no-break space in code (U+00A0)")
            .label("a shell takes it for a letter")
            .help("write a plain space")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::scan::scan;
    use crate::config::Config;
    use crate::markdown::Dialect;

    /// What is found: the place, and whether it can be mended.
    fn told(text: &str) -> Vec<(usize, bool)> {
        let scan = scan(text, Dialect::of(&Config::default()));
        findings(text, &scan).into_iter().map(|f| (f.range.start, f.edit.is_some())).collect()
    }

    #[test]
    fn unseen_characters_are_mended_in_prose_and_told_in_code() {
        assert_eq!(told("a\u{200b}b `c\u{200b}d` [e](f\u{200b}g)"), [(1, true), (8, false), (19, false)]);
        assert_eq!(told("admin\u{202e}nimda"), [(5, false)]);
        assert_eq!(told("a\u{8}b\tc\r\n"), [(1, true)]);
    }

    #[test]
    fn what_a_script_or_a_picture_needs_is_left_alone() {
        assert_eq!(told("👩\u{200d}💻 می\u{200c}خواهم ไทย\u{200b}ไทย 10\u{a0}GB"), []);
        assert_eq!(told("```text\n├──\u{a0}a\n│\u{a0}\u{a0} b\n```\n"), []);
        assert_eq!(told("```sh\nls\u{a0}-l\n```\n"), [(8, false)]);
    }
}
