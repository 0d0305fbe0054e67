//! The rules, in one table: how much each weighs, whether `--fix` mends it, what it is good for.
//!
//! A rule is a code of [`crate::diagnostic`]. Messages that a build tells as well weigh what they weigh there, unless
//! the table says otherwise; `[portolan.check]` of book.toml has the last word.

use crate::config::{CheckTable, RuleLevel};
use crate::diagnostic::{Code, Diagnostic, Severity};

/// A rule of the check.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name, and what it finds.
    pub code: Code,
    /// How much it weighs by itself.
    pub level: RuleLevel,
    /// Whether `--fix` can mend what it finds.
    pub fixes: bool,
    /// Why it is worth keeping, or where it does not look: a sentence for the manual.
    pub about: &'static str,
}

const fn rule(code: Code, level: RuleLevel, about: &'static str) -> Rule {
    Rule { code, level, fixes: false, about }
}

const fn fixed(code: Code, level: RuleLevel, about: &'static str) -> Rule {
    Rule { code, level, fixes: true, about }
}

/// All rules, in the order of the manual.
pub const RULES: &[Rule] = &[
    rule(Code::LinkTarget, RuleLevel::Error, "Told by a build too, as a warning."),
    rule(Code::LinkAnchor, RuleLevel::Error, "Told by a build too, as a warning."),
    rule(
        Code::Orphan,
        RuleLevel::Warn,
        "In a book without `SUMMARY.md` every page has its place and none is an orphan.",
    ),
    rule(
        Code::PageUnlinked,
        RuleLevel::Off,
        "For books whose pages should lead to one another; mentions of concepts are links too.",
    ),
    rule(
        Code::ConceptTwice,
        RuleLevel::Error,
        "Two entries of one id, or two places on the page that the entry names.",
    ),
    rule(Code::ConceptUndeclared, RuleLevel::Warn, "An entry of `concepts.toml` that no page declares."),
    rule(Code::RelationContradiction, RuleLevel::Warn, "The same words on an arrow, once each way, in two diagrams."),
    rule(
        Code::LifecycleUnsaid,
        RuleLevel::Warn,
        "One place on the page is enough: a word such as 已移除, 弃用, deprecated or archived in a section that names it, \
         or the version in which it went. The page that defines it, and the words of links, are not looked at.",
    ),
    rule(
        Code::Misspelling,
        RuleLevel::Error,
        "The lists `misspelt` of `concepts.toml`; fences and addresses are not looked at.",
    ),
    rule(
        Code::ImageAlt,
        RuleLevel::Warn,
        "An image that says nothing to those who cannot see it. In HTML `alt=\"\"` says that it is decoration.",
    ),
    rule(
        Code::HeadingTwice,
        RuleLevel::Warn,
        "Two anchors differ only in a number, and nobody can tell which is which. Below different headings the same \
         text may return.",
    ),
    rule(Code::HeadingSkip, RuleLevel::Warn, "From `##` to `####`: who listens to the page looks for what is missing."),
    rule(Code::TitleTwice, RuleLevel::Warn, "portolan shows the second as a heading of the second level."),
    rule(Code::FenceUnlabelled, RuleLevel::Warn, "Write `text` where there is no language."),
    fixed(
        Code::InvisibleCharacter,
        RuleLevel::Warn,
        "They come with pasted text, break commands and searches, and can hide what code does. Mended in prose; in code \
         and addresses only told. Joiners of emoji and of scripts that need them are left alone.",
    ),
    fixed(Code::FinalNewline, RuleLevel::Warn, "Tools that read lines lose the last one."),
    fixed(
        Code::ZhSpacing,
        RuleLevel::Warn,
        "`使用Pod部署` becomes `使用 Pod 部署`. Words such as U盘 and those of `words` in `[portolan.check]` are written \
         without. A heading is not mended, because its anchor would change.",
    ),
    fixed(Code::ZhCodeSpacing, RuleLevel::Warn, "``用`kubectl`查看`` becomes ``用 `kubectl` 查看``."),
    fixed(
        Code::ZhPunctuationSpace,
        RuleLevel::Warn,
        "`你好 ，世界` becomes `你好，世界`. Beside markup it is left alone.",
    ),
    rule(
        Code::ZhHalfWidth,
        RuleLevel::Warn,
        "`节点,容器` should be `节点，容器`. Only beside a Chinese character, and only in text that is mostly Chinese.",
    ),
    rule(Code::ZhBrackets, RuleLevel::Warn, "`服务(Service)` should be `服务（Service）` or `服务 (Service)`."),
    rule(Code::ZhDoubled, RuleLevel::Warn, "`。。` or `，。`; `？！` is one mark."),
    rule(Code::ZhFullWidth, RuleLevel::Warn, "`Ｐｏｄ１` should be `Pod1`."),
    rule(Code::ZhQuotes, RuleLevel::Warn, "`\"期望状态\"` should be `“期望状态”`; 「」 are fine."),
    rule(Code::ZhEllipsis, RuleLevel::Warn, "`等等...` and `等等。。。` should be `等等……`."),
    rule(Code::ZhDash, RuleLevel::Warn, "`他说--不对` and `他说—不对` should be `他说——不对`."),
    rule(Code::CheckComment, RuleLevel::Warn, "See the comments below."),
    rule(
        Code::ExternalDead,
        RuleLevel::Error,
        "Only with `--external`: 404, 410, an address that is none, or redirections in a circle.",
    ),
    rule(
        Code::ExternalUnsure,
        RuleLevel::Warn,
        "Only with `--external`: no such host, no answer, or one such as 403 or 503 that says nothing.",
    ),
    rule(Code::ExternalMoved, RuleLevel::Hint, "Only with `--external`: 301 or 308 all the way."),
];

/// How much each message weighs in a book.
#[derive(Clone, Debug, Default)]
pub struct Levels<'a> {
    set: Option<&'a CheckTable>,
}

impl<'a> Levels<'a> {
    /// As a book sets them.
    #[must_use]
    pub fn of(settings: &'a CheckTable) -> Self {
        Levels { set: Some(settings) }
    }

    /// The weight of a code; `None` if a message keeps the one it has.
    #[must_use]
    pub fn level(&self, code: Code) -> Option<RuleLevel> {
        let set = self.set.and_then(|settings| settings.rules.get(code.as_str()).copied());
        set.or_else(|| RULES.iter().find(|rule| rule.code == code).map(|rule| rule.level))
    }

    /// Whether there is any use in looking.
    #[must_use]
    pub fn is_on(&self, code: Code) -> bool {
        self.level(code) != Some(RuleLevel::Off)
    }

    /// A message with its weight; `None` if it is not to be told.
    #[must_use]
    pub fn weigh(&self, note: Diagnostic) -> Option<Diagnostic> {
        let severity = match self.level(note.code) {
            None => note.severity,
            Some(RuleLevel::Off) => return None,
            Some(RuleLevel::Hint) => Severity::Hint,
            Some(RuleLevel::Warn) => Severity::Warning,
            Some(RuleLevel::Error) => Severity::Error,
        };
        Some(Diagnostic { severity, ..note })
    }
}

/// Whether `--fix` may mend what a code tells.
pub(super) fn mends(code: Code) -> bool {
    RULES.iter().any(|rule| rule.code == code && rule.fixes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_stands_once_in_the_table() {
        for (at, rule) in RULES.iter().enumerate() {
            assert!(RULES[..at].iter().all(|other| other.code != rule.code), "{:?}", rule.code);
        }
    }

    #[test]
    fn the_settings_have_the_last_word() {
        let mut table = CheckTable::default();
        table.rules.insert("zh-dash".to_owned(), RuleLevel::Off);
        table.rules.insert("math".to_owned(), RuleLevel::Error);
        let levels = Levels::of(&table);
        assert!(levels.weigh(Diagnostic::warning(Code::ZhDash, "")).is_none());
        let severity = |note| levels.weigh(note).map(|note| note.severity);
        assert_eq!(severity(Diagnostic::warning(Code::Math, "")), Some(Severity::Error));
        assert_eq!(severity(Diagnostic::warning(Code::LinkAnchor, "")), Some(Severity::Error));
        assert_eq!(severity(Diagnostic::error(Code::Include, "")), Some(Severity::Error));
    }
}
