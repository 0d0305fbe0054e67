//! Which language a word means.

use syntect::parsing::{SyntaxReference, SyntaxSet};

/// A language of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language(pub(super) Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// Nothing to colour.
    Plain,
    /// A session: prompts, commands, output.
    Console,
    /// The index of its grammar.
    Grammar(usize),
}

/// Words that mean plain text.
const PLAIN: &[&str] = &["text", "txt", "plain", "plaintext", "none", "output", "ascii", "mermaid"];
/// Words that mean a session.
const CONSOLE: &[&str] = &["console", "shell-session", "shellsession", "terminal", "session"];
/// Words that no grammar has for its own, and the word of the grammar they mean.
const ALIASES: &[(&str, &str)] = &[
    ("jsonc", "json"),
    ("json5", "json"),
    ("shell", "sh"),
    ("ash", "sh"),
    ("golang", "go"),
    ("docker", "dockerfile"),
    ("containerfile", "dockerfile"),
    ("conf", "ini"),
    ("config", "ini"),
    ("systemd", "ini"),
    ("dosini", "ini"),
    ("helm", "yaml"),
    ("gotmpl", "html"),
    ("c#", "cs"),
    ("csharp", "cs"),
    ("c++", "cpp"),
    ("jsx", "js"),
    ("node", "js"),
    ("mjs", "js"),
    ("terraform", "tf"),
    ("hcl", "tf"),
    ("protobuf", "proto"),
    ("python3", "python"),
    ("make", "makefile"),
    ("patch", "diff"),
    ("svg", "xml"),
    ("viml", "vim"),
    ("starlark", "python"),
    ("promql", "sql"),
    ("kt", "kotlin"),
];

/// The grammars.
pub(super) struct Languages {
    pub(super) set: SyntaxSet,
}

impl Languages {
    /// Reads the packed grammars; unpacking one is left to its first use.
    pub(super) fn load() -> Self {
        Languages { set: two_face::syntax::extra_newlines() }
    }

    pub(super) fn grammar(&self, index: usize) -> Option<&SyntaxReference> {
        self.set.syntaxes().get(index)
    }

    pub(super) fn find(&self, token: &str) -> Option<Language> {
        let word = token.to_ascii_lowercase();
        if PLAIN.contains(&word.as_str()) {
            return Some(Language(Kind::Plain));
        }
        if CONSOLE.contains(&word.as_str()) {
            return Some(Language(Kind::Console));
        }
        let word = ALIASES.iter().find(|(alias, _)| *alias == word).map_or(word.as_str(), |(_, of)| of);
        let grammar = self.set.find_syntax_by_token(word)?;
        self.set.syntaxes().iter().position(|s| std::ptr::eq(s, grammar)).map(|at| Language(Kind::Grammar(at)))
    }

    pub(super) fn nearest(&self, token: &str) -> Option<String> {
        let words = self.set.syntaxes().iter().flat_map(|s| s.file_extensions.iter().map(String::as_str));
        let all = words.chain(PLAIN.iter().chain(CONSOLE).copied()).chain(ALIASES.iter().map(|(alias, _)| *alias));
        // Words of one or two letters are near to everything.
        crate::diagnostic::nearest(token, all.filter(|w| w.len() > 2)).map(str::to_owned)
    }
}
