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
            found.extend(in_code(&range, scan));
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

/// A no-break space in inline code: a shell takes it for a letter.
fn in_code(range: &Range<usize>, scan: &Scan) -> Option<Finding> {
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
