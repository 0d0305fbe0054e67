//! The colours of code, put in while the site is built.
//!
//! In: code and its language. Out: a line of HTML for each line, with few short classes; the style sheet says what
//! they look like. Grammars are those of syntect and of bat (`two-face`), each unpacked when it is first used.
//!
//! A grammar costs a few hundred regular expressions a line, and documentation repeats its lines: so each worker keeps
//! a [`Memory`] of what a line becomes in a state of its grammar. A memory never changes the result, only the time.

mod class;
mod console;
mod languages;
mod lines;

pub use console::{ConsoleLine, console};
pub use languages::Language;
pub use lines::Memory;

use languages::Languages;
use std::sync::OnceLock;

/// All grammars; made once a build and shared.
#[derive(Default)]
pub struct Highlighter {
    /// A book without code does not pay for them.
    languages: OnceLock<Languages>,
}

impl Highlighter {
    /// A highlighter that has loaded nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn languages(&self) -> &Languages {
        self.languages.get_or_init(Languages::load)
    }

    /// The language that the first word after a fence means, whatever its case; `None` if there is no grammar for it.
    #[must_use]
    pub fn language(&self, token: &str) -> Option<Language> {
        self.languages().find(token)
    }

    /// A known word that is written almost like this one.
    #[must_use]
    pub fn nearest(&self, token: &str) -> Option<String> {
        self.languages().nearest(token)
    }

    /// Calls `line` with the HTML of each line of the code, in order. Spans are closed at the end of each line.
    pub fn highlight(&self, code: &str, language: Language, memory: &mut Memory, line: impl FnMut(&str)) {
        lines::highlight(self.languages(), code, language, memory, line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(code: &str, token: &str) -> Vec<String> {
        let highlighter = Highlighter::new();
        let language = highlighter.language(token).expect("a known language");
        let mut lines = Vec::new();
        highlighter.highlight(code, language, &mut Memory::default(), |line| lines.push(line.to_owned()));
        lines
    }

    #[test]
    fn yaml_has_keys_comments_and_strings() {
        let html = lines("kind: Pod # 注释\nname: \"a<b\"\nready: true\n", "yml");
        assert_eq!(html[0], "<span class=\"g\">kind</span>: Pod <span class=\"c\"># 注释</span>");
        assert_eq!(html[1], "<span class=\"g\">name</span>: <span class=\"s\">\"a&lt;b\"</span>");
        assert_eq!(html[2], "<span class=\"g\">ready</span>: <span class=\"l\">true</span>");
    }

    #[test]
    fn a_comment_over_lines_is_closed_on_each() {
        assert_eq!(
            lines("/* a\nb */ x\n", "go")[..2],
            ["<span class=\"c\">/* a</span>", "<span class=\"c\">b */</span> x"]
        );
    }

    #[test]
    fn a_console_shows_prompts_commands_and_output_apart() {
        let html = lines("$ echo \"a\"\na\n", "console");
        assert_eq!(html[0], "<span class=\"cp\">$ </span><span class=\"f\">echo</span> <span class=\"s\">\"a\"</span>");
        assert_eq!(html[1], "<span class=\"co\">a</span>");
    }

    #[test]
    fn the_words_people_write_are_known() {
        let highlighter = Highlighter::new();
        let words = "yaml yml json jsonc toml go golang rust rs bash sh shell zsh console dockerfile Docker proto hcl tf ts \
                     tsx js python py java kotlin sql ini conf properties nginx diff make makefile xml html css lua \
                     graphql text txt plaintext cpp c c# csharp ruby php swift scala groovy helm";
        let unknown: Vec<&str> = words.split_whitespace().filter(|w| highlighter.language(w).is_none()).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        assert_eq!(highlighter.language("nonsense"), None);
        assert_eq!(highlighter.nearest("ymal").as_deref(), Some("yaml"));
    }

    #[test]
    fn a_line_without_end_is_shown_plain() {
        let code = format!("x = \"{}\"\n", "(".repeat(100_000));
        assert_eq!(lines(&code, "python")[0].len(), code.trim_end().len());
    }

    /// What a reader sees of a line.
    fn visible(html: &str) -> String {
        let mut text = String::new();
        let mut depth = 0i32;
        for (at, part) in html.split('<').enumerate() {
            let words = if at == 0 { part } else { part.split_once('>').expect("a whole tag").1 };
            depth += match part.chars().next() {
                Some('/') if at > 0 => -1,
                _ if at > 0 => 1,
                _ => 0,
            };
            text.push_str(words);
        }
        assert_eq!(depth, 0, "{html}");
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn every_text_stays_what_it_is(code in "([ \\PC\n\t\"'/*#{}$<>&:|-]{0,80}\n){0,6}", token in "yaml|go|bash|console|json|rust|toml") {
            let html = lines(&code, &token);
            let text: Vec<String> = html.iter().map(|l| visible(l)).collect();
            let expected: Vec<&str> = code.lines().collect();
            prop_assert_eq!(text, expected);
        }

        #[test]
        fn a_memory_changes_nothing(first in "[a-z:\"'#{}\n -]{0,60}", second in "[a-z:\"'#{}\n -]{0,60}") {
            let highlighter = Highlighter::new();
            let language = highlighter.language("yaml").expect("known");
            let mut memory = Memory::default();
            highlighter.highlight(&first, language, &mut memory, |_| ());
            let mut with = Vec::new();
            highlighter.highlight(&second, language, &mut memory, |l| with.push(l.to_owned()));
            prop_assert_eq!(with, lines(&second, "yaml"));
        }
    }
}
