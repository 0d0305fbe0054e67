//! Which languages there are, and which words mean them.
//!
//! A closed table, so that a word is looked up without loading a grammar. Building the look-up costs some 20 µs, once.

use super::lexer::Lexer;
use rustc_hash::FxHashMap;

/// A language of code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Language(&'static Entry);

impl Language {
    /// Its name as its users write it: `YAML`, `Go`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// Whether there is nothing to colour in it.
    #[must_use]
    pub fn is_plain(self) -> bool {
        self.0.engine == Engine::Plain
    }

    /// Whether it is a console session: prompts, commands, output.
    #[must_use]
    pub fn is_console(self) -> bool {
        self.0.engine == Engine::Console
    }

    pub(super) fn engine(self) -> Engine {
        self.0.engine
    }
}

/// Who reads a language.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Engine {
    /// Nobody: nothing to colour.
    Plain,
    /// Prompts, commands, output.
    Console,
    /// A reader of its own.
    Lexer(Lexer),
    /// The grammar of this name.
    Grammar(&'static str),
}

/// A row of the table.
#[derive(PartialEq, Eq, Debug)]
struct Entry {
    name: &'static str,
    engine: Engine,
    /// The words that mean it, in lower case, with blanks between them.
    words: &'static str,
}

const fn entry(name: &'static str, engine: Engine, words: &'static str) -> Entry {
    Entry { name, engine, words }
}

/// Words of the table to languages.
#[derive(Debug)]
pub(super) struct Languages {
    words: FxHashMap<&'static str, Language>,
}

impl Languages {
    pub(super) fn new() -> Self {
        Languages { words: words().collect() }
    }

    /// The language that a word means, in whatever case it is written.
    pub(super) fn find(&self, word: &str) -> Option<Language> {
        self.words.get(word.to_ascii_lowercase().as_str()).copied()
    }
}

/// The known word that is written almost like this one.
pub(super) fn nearest(word: &str) -> Option<&'static str> {
    // A word of one or two letters is near to everything.
    let candidates = words().map(|(word, _)| word).filter(|word| word.len() > 2);
    crate::diagnostic::nearest(&word.to_ascii_lowercase(), candidates)
}

fn words() -> impl Iterator<Item = (&'static str, Language)> {
    LANGUAGES.iter().flat_map(|entry| entry.words.split(' ').map(move |word| (word, Language(entry))))
}

/// Every language, the common ones first.
static LANGUAGES: &[Entry] = &[
    entry(
        "Plain text",
        Engine::Plain,
        "text txt plain plaintext plain-text none output ascii nohighlight no-highlight mermaid math",
    ),
    entry(
        "Console",
        Engine::Console,
        "console shell-session shellsession sh-session bash-session terminal term session",
    ),
    entry("YAML", Engine::Lexer(Lexer::Yaml), "yaml yml"),
    entry("JSON", Engine::Lexer(Lexer::Json), "json jsonc json5 jsonl ndjson ipynb geojson webmanifest"),
    entry("Shell", Engine::Lexer(Lexer::Shell), "bash sh zsh shell ash dash ksh bashrc zshrc ebuild pkgbuild"),
    entry("Go", Engine::Lexer(Lexer::Go), "go golang"),
    entry("Rust", Engine::Lexer(Lexer::Rust), "rust rs"),
    entry("Dockerfile", Engine::Lexer(Lexer::Docker), "dockerfile docker containerfile"),
    entry("TOML", Engine::Grammar("TOML"), "toml tml"),
    entry("Python", Engine::Lexer(Lexer::Python), "python py python3 py3 pyw pyi starlark star bazel bzl tiltfile"),
    entry("JavaScript", Engine::Lexer(Lexer::JavaScript), "javascript js mjs cjs jsx node ecmascript"),
    entry("TypeScript", Engine::Lexer(Lexer::TypeScript), "typescript ts mts cts"),
    entry("TypeScript (React)", Engine::Lexer(Lexer::TypeScript), "tsx"),
    entry("HTML", Engine::Grammar("HTML"), "html htm xhtml"),
    entry("CSS", Engine::Grammar("CSS"), "css"),
    entry("SCSS", Engine::Grammar("SCSS"), "scss"),
    entry("Sass", Engine::Grammar("Sass"), "sass"),
    entry("Less", Engine::Grammar("Less"), "less"),
    entry("Stylus", Engine::Grammar("Stylus"), "stylus styl"),
    entry("XML", Engine::Grammar("XML"), "xml xsd xsl xslt svg rss opml xaml plist wsdl"),
    entry("Markdown", Engine::Grammar("Markdown"), "markdown md mdx mkd"),
    entry("SQL", Engine::Lexer(Lexer::Sql), "sql ddl dml mysql pgsql postgres postgresql plsql psql sqlite"),
    entry(
        "INI",
        Engine::Lexer(Lexer::Ini),
        "ini dosini inf cfg conf config editorconfig systemd service unit desktop reg hgrc",
    ),
    entry("Java properties", Engine::Lexer(Lexer::Ini), "properties java-properties"),
    entry("Environment file", Engine::Lexer(Lexer::Ini), "dotenv env envrc"),
    entry("nginx", Engine::Grammar("nginx"), "nginx nginxconf nginx-conf"),
    entry("Apache configuration", Engine::Grammar("Apache Conf"), "apache apacheconf htaccess"),
    entry("Protocol Buffers", Engine::Lexer(Lexer::Proto), "proto proto3 protobuf"),
    entry(
        "Text protocol buffers",
        Engine::Grammar("Protocol Buffer (TEXT)"),
        "textproto prototext pbtxt textpb prototxt",
    ),
    entry("HCL", Engine::Grammar("Terraform"), "hcl terraform tf tfvars opentofu nomad"),
    entry("Rego", Engine::Grammar("Rego"), "rego opa"),
    entry("GraphQL", Engine::Grammar("GraphQL"), "graphql graphqls gql"),
    entry("C", Engine::Lexer(Lexer::C), "c h"),
    entry("C++", Engine::Lexer(Lexer::Cpp), "cpp c++ cc cxx hpp hxx hh ino"),
    entry("C#", Engine::Grammar("C#"), "csharp c# cs csx dotnet"),
    entry("F#", Engine::Grammar("F#"), "fsharp f# fs fsi fsx"),
    entry("Objective-C", Engine::Grammar("Objective-C"), "objectivec objective-c objc obj-c"),
    entry("Objective-C++", Engine::Grammar("Objective-C++"), "objectivec++ objective-c++ objc++ mm"),
    entry("Java", Engine::Lexer(Lexer::Java), "java"),
    entry("Kotlin", Engine::Grammar("Kotlin"), "kotlin kt kts"),
    entry("Scala", Engine::Grammar("Scala"), "scala sbt"),
    entry("Groovy", Engine::Grammar("Groovy"), "groovy gradle jenkinsfile gvy"),
    entry("Swift", Engine::Grammar("Swift"), "swift"),
    entry("Dart", Engine::Grammar("Dart"), "dart"),
    entry("Ruby", Engine::Grammar("Ruby"), "ruby rb rake rakefile gemfile gemspec podfile vagrantfile brewfile jruby"),
    entry("PHP", Engine::Grammar("PHP"), "php php5 php7 php8 phtml"),
    entry("Perl", Engine::Grammar("Perl"), "perl pl pm"),
    entry("Lua", Engine::Grammar("Lua"), "lua luau"),
    entry("R", Engine::Grammar("R"), "r rlang rscript"),
    entry("Julia", Engine::Grammar("Julia"), "julia jl"),
    entry("MATLAB", Engine::Grammar("MATLAB"), "matlab octave"),
    entry("Haskell", Engine::Grammar("Haskell"), "haskell hs"),
    entry("OCaml", Engine::Grammar("OCaml"), "ocaml ml mli reasonml"),
    entry("Elixir", Engine::Grammar("Elixir"), "elixir ex exs"),
    entry("Erlang", Engine::Grammar("Erlang"), "erlang erl hrl escript"),
    entry("Elm", Engine::Grammar("Elm"), "elm"),
    entry("PureScript", Engine::Grammar("PureScript"), "purescript purs"),
    entry("Idris", Engine::Grammar("Idris"), "idris idr"),
    entry("Lean 4", Engine::Grammar("Lean 4"), "lean lean4"),
    entry("Clojure", Engine::Grammar("Clojure"), "clojure clj cljs cljc edn"),
    entry("Lisp", Engine::Grammar("Lisp"), "lisp common-lisp cl elisp emacs-lisp el scheme scm"),
    entry("Racket", Engine::Grammar("Racket"), "racket rkt"),
    entry("Standard ML", Engine::Grammar("SML"), "sml standard-ml"),
    entry("Crystal", Engine::Grammar("Crystal"), "crystal cr"),
    entry("Nim", Engine::Grammar("Nim"), "nim nims nimble"),
    entry("Zig", Engine::Grammar("Zig"), "zig zon"),
    entry("Odin", Engine::Grammar("Odin"), "odin"),
    entry("D", Engine::Grammar("D"), "d dlang"),
    entry("Pascal", Engine::Grammar("Pascal"), "pascal pas delphi dpr"),
    entry("Ada", Engine::Grammar("Ada"), "ada adb ads"),
    entry("Fortran", Engine::Grammar("Fortran (Modern)"), "fortran f90 f95 f03 f08"),
    entry("Fortran (fixed form)", Engine::Grammar("Fortran (Fixed Form)"), "f77 fortran77"),
    entry("Assembly (x86-64)", Engine::Grammar("x86_64 Assembly"), "asm assembly nasm yasm x86asm"),
    entry("LLVM IR", Engine::Grammar("LLVM"), "llvm ll"),
    entry("GLSL", Engine::Grammar("GLSL"), "glsl vert frag"),
    entry("WGSL", Engine::Grammar("WGSL"), "wgsl"),
    entry("Verilog", Engine::Grammar("Verilog"), "verilog"),
    entry("SystemVerilog", Engine::Grammar("SystemVerilog"), "systemverilog sv svh"),
    entry("VHDL", Engine::Grammar("VHDL"), "vhdl vhd"),
    entry("Solidity", Engine::Grammar("Solidity"), "solidity sol"),
    entry("Vyper", Engine::Grammar("Vyper"), "vyper vy"),
    entry("Makefile", Engine::Grammar("Makefile"), "makefile make mk mak gnumakefile"),
    entry("CMake", Engine::Grammar("CMake"), "cmake cmakelists"),
    entry("Ninja", Engine::Grammar("Ninja"), "ninja"),
    entry("Nix", Engine::Grammar("Nix"), "nix"),
    entry("Puppet", Engine::Grammar("Puppet"), "puppet pp"),
    entry("Jsonnet", Engine::Grammar("jsonnet"), "jsonnet libsonnet"),
    entry("jq", Engine::Grammar("JQ"), "jq"),
    entry("Diff", Engine::Grammar("Diff"), "diff patch udiff"),
    entry("Git commit", Engine::Grammar("Git Commit"), "gitcommit git-commit"),
    entry("Git configuration", Engine::Grammar("Git Config"), "gitconfig git-config gitmodules"),
    entry("Git ignore", Engine::Grammar("Git Ignore"), "gitignore git-ignore dockerignore helmignore ignore"),
    entry("Git attributes", Engine::Grammar("Git Attributes"), "gitattributes git-attributes"),
    entry("Git log", Engine::Grammar("Git Log"), "gitlog git-log"),
    entry("Git rebase", Engine::Grammar("Git Rebase Todo"), "gitrebase git-rebase git-rebase-todo"),
    entry("HTTP", Engine::Grammar("HTTP Request and Response"), "http https rest-client"),
    entry("Log", Engine::Grammar("log"), "log logs"),
    entry("Syslog", Engine::Grammar("syslog"), "syslog"),
    entry("CSV", Engine::Grammar("Separated Values"), "csv"),
    entry("TSV", Engine::Grammar("Tab Separated Values"), "tsv"),
    entry("Crontab", Engine::Grammar("Crontab"), "crontab cron"),
    entry("fstab", Engine::Grammar("fstab"), "fstab crypttab"),
    entry("resolv.conf", Engine::Grammar("resolv"), "resolv"),
    entry("SSH configuration", Engine::Grammar("SSH Config"), "ssh-config ssh_config sshconfig"),
    entry("SSH server configuration", Engine::Grammar("SSHD Config"), "sshd-config sshd_config"),
    entry("Command help", Engine::Grammar("Command Help"), "help cmd-help usage"),
    entry("Manual page", Engine::Grammar("Manpage"), "man manpage"),
    entry("Strace", Engine::Grammar("Strace"), "strace"),
    entry("PowerShell", Engine::Lexer(Lexer::PowerShell), "powershell pwsh ps1 psm1 psd1 ps"),
    entry("Batch file", Engine::Grammar("Batch File"), "batch bat cmd dosbatch"),
    entry("fish", Engine::Grammar("Fish"), "fish"),
    entry("AWK", Engine::Grammar("AWK"), "awk gawk mawk"),
    entry("Tcl", Engine::Grammar("Tcl"), "tcl"),
    entry("VimL", Engine::Grammar("VimL"), "vim viml vimscript vimrc"),
    entry("AppleScript", Engine::Grammar("AppleScript"), "applescript osascript"),
    entry("AsciiDoc", Engine::Grammar("AsciiDoc (Asciidoctor)"), "asciidoc adoc"),
    entry("reStructuredText", Engine::Grammar("reStructuredText"), "restructuredtext rst rest"),
    entry("Textile", Engine::Grammar("Textile"), "textile"),
    entry("MediaWiki", Engine::Grammar("MediaWiki"), "mediawiki wiki wikitext"),
    entry("Org mode", Engine::Grammar("orgmode"), "org orgmode org-mode"),
    entry("LaTeX", Engine::Grammar("LaTeX"), "latex tex"),
    entry("BibTeX", Engine::Grammar("BibTeX"), "bibtex bib"),
    entry("Typst", Engine::Grammar("Typst"), "typst typ"),
    entry("Graphviz DOT", Engine::Grammar("Graphviz (DOT)"), "dot graphviz gv"),
    entry("gnuplot", Engine::Grammar("gnuplot"), "gnuplot plt"),
    entry("Jinja2", Engine::Grammar("Jinja2"), "jinja jinja2 j2 ansible"),
    entry("Twig", Engine::Grammar("HTML (Twig)"), "twig html-twig"),
    entry("ERB", Engine::Grammar("HTML (Rails)"), "erb rhtml html-erb"),
    entry("Haml", Engine::Grammar("Ruby Haml"), "haml"),
    entry("Slim", Engine::Grammar("Ruby Slim"), "slim"),
    entry("Svelte", Engine::Grammar("Svelte"), "svelte"),
    entry("Vue", Engine::Grammar("Vue Component"), "vue"),
    entry("CoffeeScript", Engine::Grammar("CoffeeScript"), "coffeescript coffee cson"),
    entry("LiveScript", Engine::Grammar("LiveScript"), "livescript"),
    entry("ActionScript", Engine::Grammar("ActionScript"), "actionscript actionscript3"),
    entry("JSP", Engine::Grammar("Java Server Page (JSP)"), "jsp"),
    entry("QML", Engine::Grammar("QML"), "qml"),
    entry("GDScript", Engine::Grammar("GDScript (Godot Engine)"), "gdscript gd"),
    entry("NSIS", Engine::Grammar("NSIS"), "nsis nsi"),
    entry("Regular expression", Engine::Grammar("Regular Expression"), "regex regexp"),
    entry("Robot Framework", Engine::Grammar("Robot Framework"), "robot robotframework robot-framework"),
    entry("Requirements", Engine::Grammar("Requirements.txt"), "requirements pip pip-requirements"),
    entry("Go module", Engine::Grammar("Gomod"), "gomod go-mod go.mod go.work"),
    entry("Go checksums", Engine::Grammar("Gosum"), "gosum go-sum go.sum"),
    entry("Cabal", Engine::Grammar("Cabal"), "cabal"),
    entry("Varlink", Engine::Grammar("varlink"), "varlink"),
    entry("troff", Engine::Grammar("Groff/troff"), "troff groff roff"),
    entry("CFML", Engine::Grammar("CFML"), "cfml coldfusion"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_word_means_one_language() {
        let mut seen = HashSet::new();
        for (word, language) in words() {
            assert!(seen.insert(word), "{word} of {} means another language, too", language.name());
            assert_eq!(word, word.to_ascii_lowercase());
        }
    }

    #[test]
    fn every_grammar_is_in_the_pack() {
        let set = two_face::syntax::extra_newlines();
        for entry in LANGUAGES {
            if let Engine::Grammar(name) = entry.engine {
                assert!(set.find_syntax_by_name(name).is_some(), "{name}");
            }
        }
    }

    #[test]
    fn case_does_not_matter() {
        let languages = Languages::new();
        assert_eq!(languages.find("Dockerfile"), languages.find("dockerfile"));
        assert_eq!(languages.find("YAML").map(Language::name), Some("YAML"));
        assert_eq!(languages.find("klingon"), None);
    }

    #[test]
    fn a_slip_of_the_finger_is_recognised() {
        assert_eq!(nearest("ymal"), Some("yaml"));
        assert_eq!(nearest("Dokerfile"), Some("dockerfile"));
        assert_eq!(nearest("klingon-poetry"), None);
    }
}
