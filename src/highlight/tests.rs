//! What holds for every language.

use super::{Highlighter, Memory};
use proptest::prelude::*;
use std::sync::OnceLock;

/// Grammars are slow to load without optimisation: all tests share them, as all workers of a build do.
fn highlighter() -> &'static Highlighter {
    static SHARED: OnceLock<Highlighter> = OnceLock::new();
    SHARED.get_or_init(Highlighter::new)
}

fn painted(code: &str, token: &str) -> Vec<String> {
    let highlighter = highlighter();
    let language = highlighter.language(token).expect("a known word");
    highlighter.highlight(code, language, &mut Memory::default())
}

/// What a reader sees of a line; its spans must be balanced and not nested.
fn visible(html: &str) -> String {
    let mut text = String::new();
    let mut open = false;
    for (at, part) in html.split('<').enumerate() {
        let Some((tag, words)) = part.split_once('>').filter(|_| at > 0) else {
            assert_eq!(at, 0, "a bare < in {html}");
            text.push_str(part);
            continue;
        };
        assert_eq!(tag == "/span", open, "{html}");
        assert!(open || tag.starts_with("span class=\""), "{html}");
        open = !open;
        text.push_str(words);
    }
    assert!(!open, "{html}");
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[test]
fn yaml_has_keys_comments_and_strings() {
    let html = painted("kind: Pod # 注释\nname: \"a<b\"\nready: true\n", "yml");
    assert_eq!(html[0], "<span class=\"g\">kind</span>: Pod <span class=\"c\"># 注释</span>");
    assert_eq!(html[1], "<span class=\"g\">name</span>: <span class=\"s\">\"a&lt;b\"</span>");
    assert_eq!(html[2], "<span class=\"g\">ready</span>: <span class=\"l\">true</span>");
}

#[test]
fn a_comment_over_lines_is_closed_on_each() {
    let html = painted("/* a\nb */ x\n", "go");
    assert_eq!(html, ["<span class=\"c\">/* a</span>", "<span class=\"c\">b */</span> x"]);
}

#[test]
fn a_console_shows_prompts_commands_and_output_apart() {
    let html = painted("$ echo \"a\"\na\n", "console");
    assert_eq!(html[0], "<span class=\"cp\">$ </span><span class=\"f\">echo</span> <span class=\"s\">\"a\"</span>");
    assert_eq!(html[1], "<span class=\"co\">a</span>");
}

#[test]
fn a_command_over_lines_is_one_command() {
    let html = painted("$ echo 'a \\\n> b' \\\n  -n\nok\n", "console");
    assert_eq!(html[0], "<span class=\"cp\">$ </span><span class=\"f\">echo</span> <span class=\"s\">'a \\</span>");
    assert_eq!(html[1], "<span class=\"cp\">&gt; </span><span class=\"s\">b'</span> \\");
    assert_eq!(html[2], "  <span class=\"a\">-n</span>");
    assert_eq!(html[3], "<span class=\"co\">ok</span>");
}

#[test]
fn shell_that_begins_with_a_prompt_is_a_session() {
    assert_eq!(painted("# c\n$ ls\nit's\n", "bash"), painted("# c\n$ ls\nit's\n", "console"));
    assert_eq!(painted("ls\n", "bash"), ["<span class=\"f\">ls</span>"]);
}

#[test]
fn a_language_knows_its_name_and_what_it_is() {
    let language = |token| highlighter().language(token).expect("known");
    assert_eq!(language("YML").name(), "YAML");
    assert!(language("txt").is_plain() && !language("yaml").is_plain());
    assert!(language("shell-session").is_console() && !language("bash").is_console());
}

#[test]
fn the_words_that_people_write_are_known() {
    let highlighter = highlighter();
    let words = "yaml yml json jsonc toml go golang rust rs bash sh shell zsh console dockerfile Docker proto hcl tf ts \
                 tsx js python py java kotlin sql ini conf properties nginx diff make makefile xml html css lua rego \
                 graphql text txt plaintext cpp c c# csharp ruby php swift scala groovy zig starlark";
    let unknown: Vec<&str> = words.split_whitespace().filter(|w| highlighter.language(w).is_none()).collect();
    assert_eq!(unknown, [""; 0]);
}

#[test]
fn a_line_that_no_one_can_read_is_shown_plain_by_a_grammar() {
    let code = format!("x = \"{}\"\ny = 1\n", "(".repeat(100_000));
    let html = painted(&code, "lua");
    assert_eq!(html[0], code.lines().next().expect("a line"));
    assert!(html[1].contains("<span class=\"n\">1</span>"), "{}", html[1]);
}

#[test]
fn line_breaks_of_windows_are_line_breaks() {
    assert_eq!(painted("a: 1\r\n\r\nb: 2\r\n", "yaml"), painted("a: 1\n\nb: 2\n", "yaml"));
    assert_eq!(painted("a\r\nb", "text"), ["a", "b"]);
}

/// Words of every lexer, and some of grammars.
const TOKENS: &[&str] = &[
    "yaml",
    "json",
    "bash",
    "console",
    "go",
    "rust",
    "dockerfile",
    "python",
    "javascript",
    "typescript",
    "sql",
    "c",
    "cpp",
    "java",
    "powershell",
    "proto",
    "toml",
    "html",
    "lua",
    "text",
];

/// Text in which the signs that steer lexers are frequent.
fn code() -> impl Strategy<Value = String> {
    let signs = "[ \t\"'`/*#{}()\\[\\]$<>&:|=,.!\\\\-]{1,4}";
    let words = "(if|fi|do|`|\\$\\{|\"\"\"|#include <|@a|/x/|case|esac|EOF|<<EOF|<<-'E'|func|fn|r#|true|null|0x1f|1e3|RUN|FROM|'a|->|: |- |\\$\\(|é|声明|[a-zA-Z_]{1,5})";
    let piece = format!("({signs}|{words}|\n|\n  |\r\n)");
    proptest::collection::vec(proptest::string::string_regex(&piece).expect("a pattern"), 0..40)
        .prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_text_stays_what_it_is(code in prop_oneof![code(), "\\PC{0,80}"], token in proptest::sample::select(TOKENS)) {
        let text: Vec<String> = painted(&code, token).iter().map(|line| visible(line)).collect();
        prop_assert_eq!(text, code.lines().collect::<Vec<_>>());
    }

    #[test]
    fn a_memory_changes_nothing(first in code(), second in code(), token in proptest::sample::select(TOKENS)) {
        let highlighter = highlighter();
        let language = highlighter.language(token).expect("known");
        let mut memory = Memory::default();
        let _ = highlighter.highlight(&first, language, &mut memory);
        let _ = highlighter.highlight(&second, language, &mut memory);
        prop_assert_eq!(highlighter.highlight(&second, language, &mut memory), painted(&second, token));
    }
}
