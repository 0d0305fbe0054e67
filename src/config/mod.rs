//! `book.toml` → [`Config`]: what the author has set, typed, with defaults in one place.
//!
//! The keys are mdBook 0.5's where they make sense; portolan's own live in `[portolan]`, or in
//! `[preprocessor.portolan]` (which mdBook tolerates in a shared file), or at the top of a `portolan.toml`.

pub mod keys;
mod read;
mod tools;

pub use read::{SettingsFile, parse};
pub use tools::{Preprocessor, Tools, tools};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All settings of a book.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq)]
#[serde(default, rename_all = "kebab-case")]
pub struct Config {
    /// `[book]`
    pub book: BookTable,
    /// `[build]`
    pub build: BuildTable,
    /// `[output]`
    pub output: OutputTable,
    /// `[portolan]`
    pub portolan: PortolanTable,
}

/// `[book]`: what the book is.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq)]
#[serde(default, rename_all = "kebab-case")]
pub struct BookTable {
    /// Title of the book.
    pub title: Option<String>,
    /// Its authors.
    pub authors: Vec<String>,
    /// A sentence about it.
    pub description: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// Folder of the sources.
    pub src: Option<String>,
    /// Which way text runs.
    pub text_direction: Option<TextDirection>,
}

/// Which way text runs.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum TextDirection {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// `[build]`: where the site goes.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq)]
#[serde(default, rename_all = "kebab-case")]
pub struct BuildTable {
    /// Destination, relative to the root.
    pub build_dir: Option<String>,
    /// Folders that `serve` watches too.
    pub extra_watch_dirs: Vec<String>,
}

/// `[output]`
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq)]
#[serde(default, rename_all = "kebab-case")]
pub struct OutputTable {
    /// `[output.html]`
    pub html: HtmlTable,
}

/// `[output.html]`: how pages look and what they carry.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
#[serde(default, rename_all = "kebab-case")]
pub struct HtmlTable {
    /// The theme a reader sees first.
    pub default_theme: ColourTheme,
    /// Typographic quotes and dashes.
    pub smart_punctuation: bool,
    /// Definition lists.
    pub definition_lists: bool,
    /// Alerts.
    pub admonitions: bool,
    /// Style sheets of the book.
    pub additional_css: Vec<String>,
    /// Scripts of the book.
    pub additional_js: Vec<String>,
    /// Leave chapter numbers out.
    pub no_section_label: bool,
    /// Address of the repository.
    pub git_repository_url: Option<String>,
    /// Address for editing, with `{path}`.
    pub edit_url_template: Option<String>,
    /// Source of the 404 page.
    pub input_404: Option<String>,
    /// The public address.
    pub site_url: Option<String>,
    /// A domain for GitHub Pages.
    pub cname: Option<String>,
    /// Folding of the sidebar.
    pub fold: FoldTable,
    /// Code blocks.
    pub code: CodeTable,
    /// Old address → new address.
    pub redirect: BTreeMap<String, String>,
}

impl Default for HtmlTable {
    fn default() -> Self {
        HtmlTable {
            default_theme: ColourTheme::default(),
            smart_punctuation: false,
            definition_lists: true,
            admonitions: true,
            additional_css: Vec::new(),
            additional_js: Vec::new(),
            no_section_label: false,
            git_repository_url: None,
            edit_url_template: None,
            input_404: None,
            site_url: None,
            cname: None,
            fold: FoldTable::default(),
            code: CodeTable::default(),
            redirect: BTreeMap::new(),
        }
    }
}

/// The colours a reader sees before choosing.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum ColourTheme {
    /// By the reader's system.
    #[default]
    Auto,
    /// Light.
    #[serde(alias = "rust")]
    Light,
    /// Dark.
    #[serde(alias = "coal", alias = "navy", alias = "ayu")]
    Dark,
}

/// `[output.html.fold]`
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq)]
#[serde(default, rename_all = "kebab-case")]
pub struct FoldTable {
    /// Fold what is not on the way to the page.
    pub enable: bool,
    /// How many levels stay open.
    pub level: u8,
}

/// `[output.html.code]`
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq)]
#[serde(default, rename_all = "kebab-case")]
pub struct CodeTable {
    /// Prefix of hidden lines, by language.
    pub hidelines: BTreeMap<String, String>,
}

/// `[portolan]`: what only portolan knows.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq)]
#[serde(default, rename_all = "kebab-case")]
pub struct PortolanTable {
    /// Warnings fail the build.
    pub strict: bool,
    /// Colour of links, `#rrggbb`.
    pub accent: Option<String>,
    /// A line for the footer.
    pub copyright: Option<String>,
    /// `[portolan.markdown]`
    pub markdown: MarkdownTable,
    /// `[portolan.concepts]`
    pub concepts: ConceptsTable,
    /// `[portolan.check]`
    pub check: CheckTable,
    /// `[portolan.security]`
    pub security: SecurityTable,
}

/// `[portolan.check]`: what `portolan check` looks for.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
#[serde(default, rename_all = "kebab-case")]
pub struct CheckTable {
    /// How much each message weighs, by its code.
    pub rules: BTreeMap<String, RuleLevel>,
    /// Words of Chinese and Latin letters that are written without a space.
    pub words: Vec<String>,
    /// Beginnings of addresses that are not asked.
    pub external_skip: Vec<String>,
    /// How many requests a host gets in a second.
    pub external_per_second: f64,
    /// For how many days a good answer is believed.
    pub external_days: u32,
}

/// How much a message of `portolan check` weighs.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum RuleLevel {
    /// It is not told.
    Off,
    /// It informs.
    Hint,
    /// It is a warning: the check fails with `--strict`.
    Warn,
    /// The check fails.
    Error,
}

impl RuleLevel {
    /// The words of the settings.
    pub const WORDS: [&str; 4] = ["off", "hint", "warn", "error"];
}

impl Default for CheckTable {
    fn default() -> Self {
        let here =
            ["http://localhost", "https://localhost", "http://127.", "https://127.", "http://0.0.0.0", "http://[::1]"];
        let private = ["http://10.", "https://10.", "http://192.168.", "https://192.168."];
        CheckTable {
            rules: BTreeMap::new(),
            words: Vec::new(),
            external_skip: here.into_iter().chain(private).map(str::to_owned).collect(),
            external_per_second: 2.0,
            external_days: 7,
        }
    }
}

/// `[portolan.security]`: what authors are trusted with.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(default, rename_all = "kebab-case")]
pub struct SecurityTable {
    /// What becomes of raw HTML in Markdown.
    pub html: RawHtml,
}

/// What becomes of raw HTML in Markdown.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum RawHtml {
    /// It goes into the page, scripts and all.
    Allow,
    /// Tags and attributes that do no harm go into the page.
    #[default]
    Sanitize,
    /// It is shown as it is written.
    Escape,
}

/// `[portolan.concepts]`: what pages are about.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
#[serde(default, rename_all = "kebab-case")]
pub struct ConceptsTable {
    /// Which mentions become links.
    pub link: MentionLinks,
    /// First headers of the tables that declare a concept a row.
    pub headers: Vec<String>,
    /// The file of names, in the folder of the sources.
    pub file: String,
}

/// Which mentions of a concept become links to its definition.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum MentionLinks {
    /// The first of each section.
    #[default]
    Section,
    /// The first of each page.
    Page,
    /// All.
    All,
    /// None.
    None,
}

impl Default for ConceptsTable {
    fn default() -> Self {
        let headers =
            ["概念", "组件", "术语", "知识点", "工具", "插件", "Concept", "Component", "Term", "Tool", "Plugin"];
        ConceptsTable {
            link: MentionLinks::default(),
            headers: headers.map(str::to_owned).to_vec(),
            file: "concepts.toml".to_owned(),
        }
    }
}

/// `[portolan.markdown]`: what is understood beyond CommonMark and GitHub.
#[derive(Clone, Debug, Deserialize, Serialize, PartialEq)]
#[serde(default, rename_all = "kebab-case")]
pub struct MarkdownTable {
    /// Mathematics.
    pub math: bool,
    /// Emoji shortcodes.
    pub emoji: bool,
    /// Bare addresses.
    pub autolink: bool,
    /// `[[Page]]`.
    pub wikilinks: bool,
}

impl Default for MarkdownTable {
    fn default() -> Self {
        MarkdownTable { math: true, emoji: true, autolink: true, wikilinks: false }
    }
}

#[cfg(test)]
mod tests {
    use super::keys::{KEYS, Use};
    use super::*;
    use serde_json::Value;

    fn written(table: &str, value: &Value, into: &mut Vec<String>) {
        for (name, value) in value.as_object().into_iter().flatten() {
            let path = if table.is_empty() { name.clone() } else { format!("{table}.{name}") };
            let is_table = keys::TABLES.contains(&path.as_str()) || path == "output";
            if is_table && path != "output.html.redirect" { written(&path, value, into) } else { into.push(path) }
        }
    }

    #[test]
    fn every_field_has_a_key_and_every_used_key_a_field() {
        let mut fields = Vec::new();
        written("", &serde_json::to_value(Config::default()).expect("plain data"), &mut fields);
        let used: Vec<String> =
            KEYS.iter().filter(|k| k.used == Use::Used).map(|k| format!("{}.{}", k.table, k.name)).collect();
        for field in fields.iter().filter(|f| *f != "output.html.redirect") {
            assert!(used.contains(field), "no key describes the field {field}");
        }
        for key in &used {
            assert!(fields.contains(key), "no field holds the key {key}");
        }
    }
}
