//! Widths of labels, without a browser.
//!
//! Which face a reader has is not known; each character counts as wide as the widest of the common ones (`DejaVu` Sans,
//! Liberation Sans, which has Arial's widths, and Noto Sans CJK), so that no label overflows its box. Han characters and
//! full-width marks are one em wide in all of them.

use super::graph::Size;
use super::mermaid::label::{Label, Run};

/// Advances of U+0020 to U+007E in thousandths of an em.
const REGULAR: [u16; 95] = [
    318, 401, 474, 838, 636, 950, 780, 278, 390, 390, 500, 838, 318, 361, 318, 392, 636, 636, 636, 636, 636, 636, 636,
    636, 636, 636, 337, 337, 838, 838, 838, 556, 1015, 684, 686, 722, 770, 667, 611, 778, 752, 295, 535, 667, 557, 863,
    748, 787, 667, 787, 722, 667, 611, 732, 684, 989, 685, 667, 685, 390, 392, 390, 838, 559, 606, 613, 635, 550, 635,
    615, 352, 635, 634, 278, 278, 579, 284, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636,
    337, 636, 838,
];
/// The same, bold.
const BOLD: [u16; 95] = [
    348, 456, 574, 838, 696, 1002, 872, 325, 457, 457, 523, 838, 380, 415, 380, 387, 696, 696, 696, 696, 696, 696, 696,
    696, 696, 696, 400, 400, 838, 838, 838, 611, 1007, 774, 762, 734, 830, 683, 683, 821, 837, 372, 568, 775, 637, 995,
    837, 850, 733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 387, 457, 838, 567, 626, 675, 716, 593, 716,
    678, 435, 716, 712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712,
    365, 712, 838,
];

/// How a label is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Face {
    /// Font size in pixels.
    pub size: f32,
    /// From one line to the next, in pixels.
    pub line: f32,
    /// Whether all of it is bold.
    pub bold: bool,
    /// A line longer than this is broken, in pixels.
    pub measure: f32,
}

/// A label broken into lines, and its size.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// The lines.
    pub lines: Vec<Vec<Run>>,
    /// The box around them.
    pub size: Size,
}

/// The width of a character in thousandths of an em.
fn advance(c: char, bold: bool) -> u32 {
    let code = u32::from(c);
    match code {
        0x20..=0x7e => u32::from(if bold { BOLD } else { REGULAR }[code as usize - 0x20]),
        // Combining marks, joiners, variation selectors.
        0x300..=0x36f | 0x200b..=0x200f | 0xfe00..=0xfe0f | 0xe0100..=0xe01ef => 0,
        0xa0..=0x24f => 720,
        0x370..=0x52f => 800,
        0x2010..=0x2013 => 560,
        0x2018..=0x201d => 520,
        0x2500..=0x257f => 610,
        // Emoji are drawn wider than an em.
        0x1f000..=0x1faff | 0x2600..=0x27bf => 1300,
        _ => 1000,
    }
}

/// The width of a text in pixels.
#[must_use]
pub fn width(text: &str, face: Face, bold: bool) -> f32 {
    let thousandths: u32 = text.chars().map(|c| advance(c, bold || face.bold)).sum();
    thousandths as f32 * face.size / 1000.0
}

/// Breaks a label into lines and measures it.
#[must_use]
pub fn set(label: &Label, face: Face) -> Block {
    let mut lines: Vec<Vec<Run>> = Vec::new();
    for line in &label.lines {
        wrap(line, face, &mut lines);
    }
    let widest = lines.iter().map(|l| line_width(l, face)).fold(0.0, f32::max);
    let size = Size { width: widest, height: lines.len() as f32 * face.line };
    Block { lines, size }
}

fn line_width(line: &[Run], face: Face) -> f32 {
    line.iter().map(|r| width(&r.text, face, r.bold)).sum()
}

/// Marks that do not begin a line, and marks that do not end one.
const NOT_FIRST: &str = "，。、；：？！）】》」』”’…—,.;:?!)]}%";
const NOT_LAST: &str = "（【《「『“‘([{";

/// Whether a line may be broken between two characters.
fn may_break(before: char, after: char) -> bool {
    if NOT_FIRST.contains(after) || NOT_LAST.contains(before) {
        return false;
    }
    let is_han = |c: char| matches!(u32::from(c), 0x2e80..=0x9fff | 0xac00..=0xd7af | 0xf900..=0xfaff | 0xff00..=0xffef | 0x20000..=0x3ffff);
    before == ' ' || is_han(before) || is_han(after) || matches!(before, '/' | '-' | '_' | ',')
}

/// Adds a line, broken where it is too long. Lines of one label are made about equally long.
fn wrap(line: &[Run], face: Face, into: &mut Vec<Vec<Run>>) {
    let total = line_width(line, face);
    if total <= face.measure {
        into.push(line.to_vec());
        return;
    }
    let target = (total / (total / face.measure).ceil() * 1.12).min(face.measure);
    let mut current: Vec<Run> = Vec::new();
    let mut used = 0.0;
    for run in line {
        for piece in pieces(&run.text) {
            let wide = width(piece.trim_end(), face, run.bold);
            if used > 0.0 && used + wide > target {
                end_line(&mut current, into);
                used = 0.0;
            }
            let piece = if used == 0.0 { piece.trim_start() } else { piece };
            used += width(piece, face, run.bold);
            match current
                .last_mut()
                .filter(|last| (last.bold, last.italic, last.underlined) == (run.bold, run.italic, run.underlined))
            {
                Some(last) => last.text.push_str(piece),
                None => current.push(Run { text: piece.to_owned(), ..run.clone() }),
            }
        }
    }
    end_line(&mut current, into);
}

fn end_line(current: &mut Vec<Run>, into: &mut Vec<Vec<Run>>) {
    if let Some(last) = current.last_mut() {
        last.text.truncate(last.text.trim_end().len());
    }
    current.retain(|r| !r.text.is_empty());
    if !current.is_empty() {
        into.push(std::mem::take(current));
    }
}

/// The parts between which a line may be broken. A word longer than any line is cut.
fn pieces(text: &str) -> Vec<&str> {
    const LONGEST: usize = 40;
    let (mut parts, mut start, mut count) = (Vec::new(), 0, 0);
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|b| may_break(b, c) || count >= LONGEST) {
            parts.push(&text[start..at]);
            start = at;
            count = 0;
        }
        count += 1;
        before = Some(c);
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: Face = Face { size: 14.0, line: 20.0, bold: false, measure: 100.0 };

    fn lines(text: &str) -> Vec<String> {
        let block = set(&Label::read(text), FACE);
        block.lines.iter().map(|l| l.iter().map(|r| r.text.as_str()).collect()).collect()
    }

    #[test]
    fn chinese_is_an_em_wide() {
        assert!((width("调度器", FACE, false) - 42.0).abs() < 0.01);
        assert!(width("iiii", FACE, false) < width("MMMM", FACE, false) / 3.0);
    }

    #[test]
    fn long_labels_are_broken_between_words_and_characters() {
        assert_eq!(lines("short"), ["short"]);
        assert_eq!(lines("the quick brown fox"), ["the quick", "brown fox"]);
        let chinese = lines("声明式接口说总共要五个，控制器让它成真");
        assert!(chinese.len() == 3 && chinese.iter().all(|l| !l.starts_with('，')), "{chinese:?}");
    }
}
