//! Every key of `book.toml`, in one place: its type, its default, what it does.
//!
//! Reading, the warning about unknown keys and the manual's page of settings all come from this table; a test holds
//! it against the structs in [`super`].

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// A list of texts.
    Texts,
    /// A table from names to texts.
    TextMap,
    /// Anything: portolan does not look at it.
    Any,
}

impl Kind {
    /// In words, for messages and the manual.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Kind::Text => "a string",
            Kind::Bool => "true or false",
            Kind::Whole => "a whole number",
            Kind::Number => "a number",
            Kind::Texts => "a list of strings",
            Kind::TextMap => "a table of strings",
            Kind::Any => "anything",
        }
    }
}

/// What portolan does with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It acts upon it.
    Used,
    /// It knows the key and has no need of it; the text says why.
    Ignored(&'static str),
    /// A key of an older mdBook: accepted with a warning; the text says what to write.
    Old(&'static str),
}

/// A key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Table, with dots; empty for the top level.
    pub table: &'static str,
    /// Name.
    pub name: &'static str,
    /// Type of its value.
    pub kind: Kind,
    /// Default, as one would write it; empty for none.
    pub default: &'static str,
    /// What it does.
    pub doc: &'static str,
    /// Whether it does it.
    pub used: Use,
}

const fn key(table: &'static str, name: &'static str, kind: Kind, default: &'static str, doc: &'static str) -> Key {
    Key { table, name, kind, default, doc, used: Use::Used }
}

const fn ignored(table: &'static str, name: &'static str, kind: Kind, why: &'static str) -> Key {
    Key { table, name, kind, default: "", doc: "", used: Use::Ignored(why) }
}

const fn old(table: &'static str, name: &'static str, kind: Kind, instead: &'static str) -> Key {
    Key { table, name, kind, default: "", doc: "", used: Use::Old(instead) }
}

const HTML: &str = "output.html";
const NO_PLAYGROUND: &str = "portolan's pages run no code";
const NO_PRINT_PAGE: &str = "every page has a print style of its own";
const OWN_SEARCH: &str = "the ranking is tuned on data and has no switches";

/// The tables portolan knows. A table that is not here belongs to another tool.
pub const TABLES: &[&str] = &[
    "book",
    "build",
    "rust",
    HTML,
    "output.html.fold",
    "output.html.print",
    "output.html.playground",
    "output.html.code",
    "output.html.search",
    "output.html.redirect",
    "portolan",
    "portolan.markdown",
    "portolan.concepts",
    "portolan.check",
    "portolan.security",
];

/// All keys.
pub const KEYS: &[Key] = &[
    key(
        "book",
        "title",
        Kind::Text,
        "the home page's title",
        "The book's title: in the header and in every page's title.",
    ),
    key("book", "authors", Kind::Texts, "[]", "Who wrote it; in each page's metadata."),
    key("book", "description", Kind::Text, "", "A sentence about the book, for search engines and previews."),
    key(
        "book",
        "language",
        Kind::Text,
        "by the text: zh-Hans or en",
        "Language of the text and of the interface (BCP 47).",
    ),
    key("book", "src", Kind::Text, "knowledge, else src, else the folder itself", "Folder of the Markdown sources."),
    key("book", "text-direction", Kind::Text, "by the language", "`ltr` or `rtl`."),
    old("book", "multilingual", Kind::Bool, "nothing: mdBook 0.5 dropped it too"),
    key("build", "build-dir", Kind::Text, "\"book\"", "Where the site goes, relative to the folder of book.toml."),
    ignored("build", "create-missing", Kind::Bool, "portolan never writes into the sources"),
    ignored("build", "use-default-preprocessors", Kind::Bool, "includes and index files are always understood"),
    key(
        "build",
        "extra-watch-dirs",
        Kind::Texts,
        "[]",
        "Folders that `serve` watches beside those of the book, relative to the folder of book.toml.",
    ),
    ignored("rust", "edition", Kind::Text, NO_PLAYGROUND),
    key(
        HTML,
        "default-theme",
        Kind::Text,
        "\"auto\"",
        "`auto`, `light` or `dark`; mdBook's `rust` is light, its `coal`, `navy` and `ayu` are dark.",
    ),
    ignored(HTML, "preferred-dark-theme", Kind::Text, "there is one dark theme"),
    ignored(HTML, "theme", Kind::Text, "mdBook's theme files do not fit; override templates/ and static/ instead"),
    key(
        HTML,
        "smart-punctuation",
        Kind::Bool,
        "false",
        "Straight quotes become curly, `--` a dash, `...` an ellipsis. (mdBook: true.)",
    ),
    key(HTML, "definition-lists", Kind::Bool, "true", "A term, and below it `: ` and its definition."),
    key(HTML, "admonitions", Kind::Bool, "true", "`> [!NOTE]` and its four sisters."),
    ignored(HTML, "mathjax-support", Kind::Bool, "mathematics is turned into MathML while the site is built"),
    key(HTML, "additional-css", Kind::Texts, "[]", "Style sheets of the book, relative to the folder of book.toml."),
    key(HTML, "additional-js", Kind::Texts, "[]", "Scripts of the book, likewise."),
    key(HTML, "no-section-label", Kind::Bool, "false", "Leave out the chapter numbers of SUMMARY.md."),
    key(HTML, "git-repository-url", Kind::Text, "", "Link to the repository, in the header."),
    ignored(HTML, "git-repository-icon", Kind::Text, "there is one icon"),
    key(
        HTML,
        "edit-url-template",
        Kind::Text,
        "",
        "Address for editing a page; `{path}` is its source, relative to the root.",
    ),
    key(
        HTML,
        "input-404",
        Kind::Text,
        "\"404.md\"",
        "Source of the page that a server shows for an address it does not know.",
    ),
    key(
        HTML,
        "site-url",
        Kind::Text,
        "",
        "The public address, such as `https://user.github.io/repo/`; needed by sitemap.xml and canonical links, and its path by 404.html.",
    ),
    key(HTML, "cname", Kind::Text, "", "A domain of your own on GitHub Pages: written to `CNAME`."),
    ignored(HTML, "live-reload-endpoint", Kind::Text, "`serve` has an address of its own for it"),
    ignored(HTML, "hash-files", Kind::Bool, "asset names always carry a hash"),
    ignored(HTML, "sidebar-header-nav", Kind::Bool, "a page's headings stand beside it"),
    old(HTML, "curly-quotes", Kind::Bool, "`smart-punctuation`"),
    old(HTML, "google-analytics", Kind::Text, "a script of your own in `additional-js`"),
    old(HTML, "copy-fonts", Kind::Bool, "nothing: there are no web fonts"),
    key(
        "output.html.fold",
        "enable",
        Kind::Bool,
        "false",
        "Fold the sections of the sidebar in a book of up to 24 items too; a larger one always folds what is not on the way to the page.",
    ),
    key("output.html.fold", "level", Kind::Whole, "0", "How many levels stay open when folding."),
    ignored("output.html.print", "enable", Kind::Bool, NO_PRINT_PAGE),
    ignored("output.html.print", "page-break", Kind::Bool, NO_PRINT_PAGE),
    ignored("output.html.playground", "editable", Kind::Bool, NO_PLAYGROUND),
    ignored("output.html.playground", "copyable", Kind::Bool, "every code block has a copy button"),
    ignored("output.html.playground", "copy-js", Kind::Bool, NO_PLAYGROUND),
    ignored("output.html.playground", "line-numbers", Kind::Bool, NO_PLAYGROUND),
    ignored("output.html.playground", "runnable", Kind::Bool, NO_PLAYGROUND),
    key("output.html.code", "hidelines", Kind::TextMap, "{ rust = \"#\" }", "Prefix of hidden lines, by language."),
    ignored("output.html.search", "enable", Kind::Bool, OWN_SEARCH),
    ignored("output.html.search", "limit-results", Kind::Whole, OWN_SEARCH),
    ignored("output.html.search", "teaser-word-count", Kind::Whole, OWN_SEARCH),
    ignored("output.html.search", "use-boolean-and", Kind::Bool, OWN_SEARCH),
    ignored("output.html.search", "boost-title", Kind::Number, OWN_SEARCH),
    ignored("output.html.search", "boost-hierarchy", Kind::Number, OWN_SEARCH),
    ignored("output.html.search", "boost-paragraph", Kind::Number, OWN_SEARCH),
    ignored("output.html.search", "expand", Kind::Bool, OWN_SEARCH),
    ignored("output.html.search", "heading-split-level", Kind::Whole, OWN_SEARCH),
    ignored("output.html.search", "copy-js", Kind::Bool, OWN_SEARCH),
    ignored("output.html.search", "chapter", Kind::Any, OWN_SEARCH),
    key("portolan", "strict", Kind::Bool, "false", "Warnings fail the build, as with `--strict`."),
    key("portolan", "accent", Kind::Text, "", "Colour of links and marks, as `#rrggbb`."),
    key("portolan", "copyright", Kind::Text, "", "A line for the footer."),
    key("portolan.markdown", "math", Kind::Bool, "true", "`$…$` and `$$…$$` become MathML."),
    key("portolan.markdown", "emoji", Kind::Bool, "true", "`:rocket:` becomes the emoji."),
    key("portolan.markdown", "autolink", Kind::Bool, "true", "Bare addresses become links."),
    key("portolan.markdown", "wikilinks", Kind::Bool, "false", "`[[Page]]` links to the page of that name."),
    key(
        "portolan.concepts",
        "link",
        Kind::Text,
        "\"section\"",
        "Which mentions of a concept become links: the first of each `section` or `page`, `all`, or `none`.",
    ),
    key(
        "portolan.concepts",
        "headers",
        Kind::Texts,
        "[\"概念\", \"组件\", \"术语\", \"知识点\", \"工具\", \"插件\", \"Concept\", \"Component\", \"Term\", \"Tool\", \"Plugin\"]",
        "A table whose first header is one of these declares a concept a row.",
    ),
    key(
        "portolan.concepts",
        "file",
        Kind::Text,
        "\"concepts.toml\"",
        "The file of names, in the folder of the sources.",
    ),
    key(
        "portolan.check",
        "rules",
        Kind::TextMap,
        "{}",
        "How much each rule of `portolan check` weighs, by its name: `off`, `hint`, `warn` or `error`.",
    ),
    key(
        "portolan.check",
        "words",
        Kind::Texts,
        "[]",
        "Words of Chinese and Latin letters that are written without a space, such as `B站`.",
    ),
    key(
        "portolan.check",
        "external-skip",
        Kind::Texts,
        "addresses of this machine and of private networks",
        "Beginnings of addresses that `--external` does not ask.",
    ),
    key("portolan.check", "external-per-second", Kind::Number, "2", "How many requests a host gets in a second."),
    key("portolan.check", "external-days", Kind::Whole, "7", "For how many days a good answer is believed."),
    key(
        "portolan.security",
        "html",
        Kind::Text,
        "\"sanitize\"",
        "Raw HTML in Markdown: `sanitize` keeps the tags and attributes that do no harm, `allow` keeps everything, `escape` shows it as text.",
    ),
];

/// The keys of a table.
pub fn of_table(table: &str) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(move |k| k.table == table)
}
