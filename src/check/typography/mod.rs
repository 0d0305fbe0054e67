//! Chinese typography: spaces between scripts, the width of marks, quotes, ellipses, dashes.
//!
//! After the W3C's "Requirements for Chinese Text Layout" and GB/T 15834-2011 (use of punctuation marks); the space
//! between Chinese and Latin is a habit of technical writing on screens. Each block is looked at by itself, and only if
//! it is mostly Chinese: a Chinese word in an English sentence keeps the English marks. Code, addresses and formulas
//! are no characters here, so no rule sees them.

mod marks;
mod pairs;
mod spacing;

use super::finding::Finding;
use super::scan::{Atom, Block, What};

/// What the typography of a block shows. `words` are written without a space between Chinese and Latin.
pub(super) fn findings(block: &Block, words: &[String], into: &mut Vec<Finding>) {
    let text = Text::of(block);
    if text.is_japanese {
        return;
    }
    marks::full_width(&text, into);
    if text.han == 0 {
        return;
    }
    spacing::between_scripts(&text, words, into);
    spacing::beside_code(&text, into);
    spacing::beside_marks(&text, into);
    if text.han >= text.latin_words {
        marks::half_width(&text, into);
        marks::doubled(&text, into);
        marks::ellipsis(&text, into);
        marks::dash(&text, into);
        pairs::brackets(&text, into);
        pairs::quotes(&text, into);
    }
}

/// A block, and what is known of its language.
struct Text<'b> {
    atoms: &'b [Atom],
    /// Whether mending it would change an anchor.
    has_anchor: bool,
    han: usize,
    latin_words: usize,
    is_japanese: bool,
}

impl<'b> Text<'b> {
    fn of(block: &'b Block) -> Self {
        let (mut han, mut latin_words, mut in_word, mut is_japanese) = (0, 0, false, false);
        for atom in &block.atoms {
            let c = atom.char();
            han += usize::from(c.is_some_and(is_han));
            is_japanese |= c.is_some_and(|c| matches!(c, '\u{3040}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'));
            let letter = c.is_some_and(is_latin_letter);
            latin_words += usize::from(letter && !in_word);
            in_word = letter;
        }
        Text { atoms: &block.atoms, has_anchor: block.has_anchor, han, latin_words, is_japanese }
    }

    /// The character at a place; `None` if there is none, or something that is no character.
    fn char(&self, at: usize) -> Option<char> {
        self.atoms.get(at).and_then(Atom::char)
    }

    /// The character before a place, if it follows without a break.
    fn before(&self, at: usize) -> Option<char> {
        self.char(at.checked_sub(1)?)
    }

    /// The character before a place, beyond a space.
    fn before_space(&self, at: usize) -> Option<char> {
        match self.before(at)? {
            ' ' => self.before(at - 1),
            c => Some(c),
        }
    }

    /// The character at a place, or beyond the space there.
    fn after_space(&self, at: usize) -> Option<char> {
        match self.char(at)? {
            ' ' => self.char(at + 1),
            c => Some(c),
        }
    }

    /// Whether a block ends before a place: nothing more, or a line break.
    fn ends_at(&self, at: usize) -> bool {
        self.atoms.get(at).is_none_or(|atom| atom.what == What::Break)
    }

    /// Whether nothing stands in the source between an atom and the one before it.
    fn touches(&self, at: usize) -> bool {
        at > 0 && self.atoms.get(at).is_some_and(|atom| atom.range.start == self.atoms[at - 1].range.end)
    }

    /// The source from one atom to another, both included.
    fn range(&self, first: usize, last: usize) -> std::ops::Range<usize> {
        self.atoms[first].range.start..self.atoms[last].range.end
    }
}

/// Chinese characters.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇')
}

/// Latin letters, with their accents.
fn is_latin_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}') && c.is_alphabetic()
}

/// Latin letters and digits.
fn is_latin(c: char) -> bool {
    c.is_ascii_digit() || is_latin_letter(c)
}

/// Marks that are as wide as a Chinese character and have their space in themselves.
fn is_full_width_mark(c: char) -> bool {
    is_stop(c)
        || matches!(c, '（' | '）' | '《' | '》' | '〈' | '〉' | '【' | '】' | '「' | '」' | '『' | '』' | '〔' | '〕')
}

/// Stops of full width.
fn is_stop(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '？' | '！')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::scan::scan;
    use crate::config::Config;
    use crate::diagnostic::Code;
    use crate::markdown::Dialect;

    /// The rules that a text breaks, with what they point at.
    fn told(text: &str) -> Vec<(&'static str, String)> {
        let scan = scan(text, Dialect::of(&Config::default()));
        let mut found = Vec::new();
        scan.blocks.iter().for_each(|block| findings(block, &["B站".to_owned()], &mut found));
        found.sort_by_key(|f| f.range.start);
        found.into_iter().map(|f| (f.code.as_str(), text[f.range].to_owned())).collect()
    }

    fn of(code: Code, text: &str) -> Vec<String> {
        told(text).into_iter().filter(|(of, _)| *of == code.as_str()).map(|(_, text)| text).collect()
    }

    #[test]
    fn good_text_breaks_no_rule() {
        let good = [
            "Kubernetes 是一个容器编排系统，由 Google 在 2014 年开源。",
            "用 `kubectl get pods` 查看，见 <https://k8s.io/中文a> 与 [文档](https://k8s.io/文档a)。",
            "**Pod** 是最小单元；*Service* 提供稳定的地址（ClusterIP）。",
            "“期望状态”由用户声明……控制器负责调谐——这就是“声明式”。",
            "什么？！真的吗？",
            "端口 443/TCP，CPU 占 30%，温度 20°C，1:1，12:30，v1.2.3。",
            "公式 $中a$ 和 $$b中$$ 不看，U盘、B站也行。",
            "## Raft 共识算法 (Raft)",
            "The word 节点, which means \"node\", is used (here) -- and there...",
            "日本語のテキストは、Podなど,見ない。",
            "见 :rocket: 发布:rocket:了",
            "使用 --force 选项，或者--all；文件.txt",
            "例如 2020–2024 年，第一–第三章",
            "一. 概述",
            "{{< note 题目=\"注意\" >}} 与 {% hint \"提示\" %} 是别处的写法",
            "先做，再说。 —— 某某",
        ];
        for text in good {
            assert_eq!(told(text), [], "{text}");
        }
    }

    #[test]
    fn a_space_stands_between_scripts() {
        assert_eq!(of(Code::ZhSpacing, "使用Pod部署3个"), ["用P", "d部", "署3", "3个"]);
        assert_eq!(of(Code::ZhSpacing, "使用**Pod**部署[API](a.md)，见https://a.b/c了解"), ["用**P", "d**部", "署[A"]);
        assert_eq!(of(Code::ZhCodeSpacing, "用`kubectl`查看"), ["用`kubectl`", "`kubectl`查"]);
        assert_eq!(of(Code::ZhSpacing, "把 B站、U盘和 X光片给 SU盘"), ["U盘"]);
    }

    #[test]
    fn full_width_marks_have_no_space_beside_them() {
        assert_eq!(of(Code::ZhPunctuationSpace, "你好 ，世界， Pod （容器组） 是"), [" ", " ", " ", " "]);
        assert_eq!(of(Code::ZhPunctuationSpace, "**注意：** 这里，**“粗体”** 是"), [""; 0]);
    }

    #[test]
    fn half_width_marks_beside_chinese_are_told() {
        assert_eq!(of(Code::ZhHalfWidth, "节点,容器;镜像:层"), [",", ";", ":"]);
        assert_eq!(of(Code::ZhHalfWidth, "真的吗? 是的! 结束."), ["?", "!", "."]);
        assert_eq!(of(Code::ZhHalfWidth, "kubelet, 容器运行时和代理"), [","]);
        assert_eq!(of(Code::ZhHalfWidth, "写成 a, b, c 的列表"), [""; 0]);
        assert_eq!(of(Code::ZhBrackets, "服务(Service)和（卷) 与 (部署（a)）"), ["(", ")", ")", "）"]);
    }

    #[test]
    fn marks_that_stand_twice_are_told() {
        assert_eq!(of(Code::ZhDoubled, "结束了。。再说，，还有、，吧！！"), ["。。", "，，", "、，", "！！"]);
        assert_eq!(of(Code::ZhEllipsis, "等等...还有。。。以及…完"), ["...", "。。。", "…"]);
        assert_eq!(of(Code::ZhDash, "他说--不对，她说—对，又 -- 说"), ["--", "—", "--"]);
    }

    #[test]
    fn quotes_are_curved_and_pair() {
        assert_eq!(of(Code::ZhQuotes, "这叫\"期望状态\"，那叫'实际'，don't 管"), ["\"", "'"]);
        assert_eq!(of(Code::ZhQuotes, "”反了“，“没完"), ["”", "“", "“"]);
        assert_eq!(of(Code::ZhQuotes, "键 \"kind\" 的值，「好」"), [""; 0]);
    }

    #[test]
    fn letters_of_full_width_are_told_whatever_the_language() {
        assert_eq!(of(Code::ZhFullWidth, "用Ｐｏｄ１"), ["Ｐｏｄ１"]);
        assert_eq!(of(Code::ZhFullWidth, "see Ｘ"), ["Ｘ"]);
    }
}
