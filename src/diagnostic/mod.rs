//! What is told to the author: diagnostics with the place in the text that shows them.
//!
//! Stages do not fail on bad text: they return [`Checked`] values, whose notes a [`Report`] gathers over the whole
//! book. Printing is the business of [`human`], [`json`], [`github`] and
//! [`sarif`].

pub mod github;
pub mod human;
pub mod json;
mod near;
pub mod sarif;
mod source;

pub use near::nearest;
pub use source::{Place, SourceFile, SourceId, Sources, Span};

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The build fails.
    Error,
    /// The site is built, but something in it is not what the author meant.
    Warning,
    /// Good to know; nothing is wrong in the site.
    Hint,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $text:literal,)*) => {
        /// The closed list of things that can be told. The manual has an entry for each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])* $name,)* }

        impl Code {
            /// Every code, in the order of the manual.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// The name that is printed and that settings use.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            /// The code of a name.
            #[must_use]
            pub fn named(name: &str) -> Option<Code> {
                Code::ALL.iter().copied().find(|code| code.as_str() == name)
            }

            /// What the code stands for, in a sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$name => concat!($($doc),*).trim_ascii(),)* }
            }
        }
    };
}

codes! {
    /// A settings file is not valid TOML, or a value has the wrong type.
    Config = "config",
    /// A key of a settings file is not known.
    ConfigKey = "config-key",
    /// A setting that portolan accepts but does not act upon.
    ConfigIgnored = "config-ignored",
    /// A file or folder cannot be read.
    Read = "read",
    /// A text file is not UTF-8.
    Encoding = "encoding",
    /// A symbolic link leads in a circle or out of the book.
    Symlink = "symlink",
    /// Front matter is not closed, not valid, or a value has the wrong type.
    FrontMatter = "front-matter",
    /// A line of SUMMARY.md is not understood.
    Summary = "summary",
    /// SUMMARY.md names a file that does not exist.
    SummaryTarget = "summary-target",
    /// A page stands twice in SUMMARY.md.
    SummaryTwice = "summary-twice",
    /// A file named by an include does not exist or may not be read.
    Include = "include",
    /// Includes lead in a circle or too deep.
    IncludeLoop = "include-loop",
    /// A preprocessor is not installed, or it failed.
    Preprocessor = "preprocessor",
    /// Two sources would become the same file of the site.
    SameUrl = "same-url",
    /// The book has no page at all.
    Empty = "empty-book",
    /// A link leads to a file that does not exist.
    LinkTarget = "link-target",
    /// A link leads to an anchor that its page does not have.
    LinkAnchor = "link-anchor",
    /// A link uses a scheme that could run a script.
    LinkUnsafe = "link-unsafe",
    /// Raw HTML could not be read, or part of it was left out.
    Html = "html",
    /// A source was changed while the site was built.
    Changed = "changed",
    /// A file's name cannot be used in a site, or not on every system.
    Name = "name",
    /// Lines look like a table, but the delimiter row is missing.
    TableDelimiter = "table-delimiter",
    /// Mathematics could not be read.
    Math = "math",
    /// A fence names a language that has no grammar.
    FenceLanguage = "fence-language",
    /// A diagram has an error.
    Diagram = "diagram",
    /// A diagram is of a kind that portolan does not draw.
    DiagramKind = "diagram-kind",
    /// `concepts.toml` is not valid, or a value in it has the wrong type.
    Concepts = "concepts",
    /// A concept is declared twice.
    ConceptTwice = "concept-twice",
    /// A concept is never declared on the page that `concepts.toml` names for it.
    ConceptUndeclared = "concept-undeclared",
    /// Two diagrams say the same of two concepts, in opposite directions.
    RelationContradiction = "relation-contradiction",
    /// Neither the navigation nor another page leads to a page: the site does not have it.
    Orphan = "orphan",
    /// No text of another page leads to a page, or names what it is about; only the navigation does.
    PageUnlinked = "page-unlinked",
    /// A page names something that is deprecated, removed or archived, and does not say so.
    LifecycleUnsaid = "lifecycle-unsaid",
    /// A page has a spelling that `concepts.toml` lists as an error.
    Misspelling = "misspelling",
    /// An image has no alternative text.
    ImageAlt = "image-alt",
    /// Two headings below the same heading have the same text.
    HeadingTwice = "heading-twice",
    /// A heading stands more than one level below the heading before it.
    HeadingSkip = "heading-skip",
    /// A page has more than one heading of the first level.
    TitleTwice = "title-twice",
    /// A fence does not say what language it holds; `text` is one.
    FenceUnlabelled = "fence-unlabelled",
    /// A character that nobody sees: of width zero, of control, of direction; or a no-break space in code.
    InvisibleCharacter = "invisible-character",
    /// The last line of a file has no end.
    FinalNewline = "final-newline",
    /// There is no space between Chinese and Latin letters or digits.
    ZhSpacing = "zh-spacing",
    /// There is no space between Chinese and code.
    ZhCodeSpacing = "zh-code-spacing",
    /// There is a space beside a full-width mark, which has its own.
    ZhPunctuationSpace = "zh-punctuation-space",
    /// A half-width mark stands in Chinese text.
    ZhHalfWidth = "zh-half-width",
    /// Half-width brackets touch Chinese text, or a bracket is closed by one of the other width.
    ZhBrackets = "zh-brackets",
    /// Two marks stand side by side where one is meant.
    ZhDoubled = "zh-doubled",
    /// Latin letters or digits are of full width.
    ZhFullWidth = "zh-full-width",
    /// Quotation marks in Chinese text are straight, or do not pair.
    ZhQuotes = "zh-quotes",
    /// An ellipsis in Chinese text is not `……`.
    ZhEllipsis = "zh-ellipsis",
    /// A dash in Chinese text is not `——`.
    ZhDash = "zh-dash",
    /// A comment for the check is not understood, or names no rule.
    CheckComment = "check-comment",
    /// An address outside the site leads nowhere: the server says that there is no such page.
    ExternalDead = "external-dead",
    /// A server could not be asked, or does not say whether the page is there.
    ExternalUnsure = "external-unsure",
    /// An address outside the site has moved for good.
    ExternalMoved = "external-moved",
    /// A template has an error.
    Template = "template",
    /// The destination may not be written to.
    Destination = "destination",
}

/// A path below a folder; an empty folder is none.
fn below(base: &str, path: &str) -> String {
    if base.is_empty() { path.to_owned() } else { format!("{base}/{path}") }
}

/// Advice that goes with a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    /// A sentence.
    pub message: String,
    /// The text that would mend it, where that is certain enough to offer.
    pub fix: Option<Fix>,
}

/// A replacement of some bytes by others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub replacement: String,
}

/// Something to tell the author, with the place in the text that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it weighs.
    pub severity: Severity,
    /// Which of the known things it is.
    pub code: Code,
    /// Where; `None` for what has no place in a text (a folder, the destination).
    pub span: Option<Span>,
    /// What was expected and what was found, in a sentence.
    pub message: String,
    /// A few words under the caret; may be empty.
    pub label: String,
    /// What to do.
    pub help: Vec<Help>,
}

impl Diagnostic {
    /// A diagnostic of a severity, without a place yet.
    pub fn new(severity: Severity, code: Code, message: impl Into<String>) -> Self {
        Diagnostic { severity, code, span: None, message: message.into(), label: String::new(), help: Vec::new() }
    }

    /// An error, without a place yet.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning, without a place yet.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A hint, without a place yet.
    pub fn hint(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Hint, code, message)
    }

    /// The place, with a few words for under the caret.
    #[must_use]
    pub fn at(mut self, span: Span, label: impl Into<String>) -> Self {
        self.span = Some(span);
        self.label = label.into();
        self
    }

    /// Advice.
    #[must_use]
    pub fn help(mut self, message: impl Into<String>) -> Self {
        self.help.push(Help { message: message.into(), fix: None });
        self
    }

    /// Advice, if there is any.
    #[must_use]
    pub fn maybe_help(self, message: Option<String>) -> Self {
        match message {
            Some(message) => self.help(message),
            None => self,
        }
    }

    /// Advice with the text that would mend it.
    #[must_use]
    pub fn fix(mut self, message: impl Into<String>, span: Span, replacement: impl Into<String>) -> Self {
        let fix = Fix { span, replacement: replacement.into() };
        self.help.push(Help { message: message.into(), fix: Some(fix) });
        self
    }
}

/// A value and what was noticed while it was made.
#[derive(Clone, Debug, Default)]
pub struct Checked<T> {
    /// The value; whole, whatever the notes say.
    pub value: T,
    /// What was noticed, in the order it was met.
    pub notes: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value about which there is nothing to tell.
    pub fn clean(value: T) -> Self {
        Checked { value, notes: Vec::new() }
    }

    /// Hands the notes to a list and gives the value.
    pub fn into(self, notes: &mut impl Extend<Diagnostic>) -> T {
        notes.extend(self.notes);
        self.value
    }
}

/// All that one run has to tell.
#[derive(Clone, Debug, Default)]
pub struct Report {
    notes: Vec<Diagnostic>,
}

impl Extend<Diagnostic> for Report {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, notes: I) {
        self.notes.extend(notes);
    }
}

impl Report {
    /// Adds one.
    pub fn push(&mut self, note: Diagnostic) {
        self.notes.push(note);
    }

    /// Takes the notes of many values and gives the values, in order.
    pub fn gather<T>(&mut self, checked: Vec<Checked<T>>) -> Vec<T> {
        checked.into_iter().map(|c| c.into(self)).collect()
    }

    /// Whether the input has errors.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.notes.iter().filter(|n| n.severity == severity).count()
    }

    /// Makes every warning an error.
    pub fn deny_warnings(&mut self) {
        for note in &mut self.notes {
            if note.severity == Severity::Warning {
                note.severity = Severity::Error;
            }
        }
    }

    /// Makes the errors of a code warnings.
    pub fn forgive(&mut self, code: Code) {
        for note in self.notes.iter_mut().filter(|n| n.code == code && n.severity == Severity::Error) {
            note.severity = Severity::Warning;
        }
    }

    /// Keeps what a judge gives back: as it was, changed, or not at all.
    pub fn retain(&mut self, judge: impl FnMut(Diagnostic) -> Option<Diagnostic>) {
        self.notes = std::mem::take(&mut self.notes).into_iter().filter_map(judge).collect();
    }

    /// Sorts by place, so that the order does not depend on threads, and drops what was told twice.
    pub fn sort(&mut self) {
        self.notes.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
        self.notes.dedup();
        // A hint is about a word, not about its place; once is enough.
        let mut hinted = std::collections::HashSet::new();
        self.notes.retain(|n| n.severity != Severity::Hint || hinted.insert((n.code, n.message.clone())));
    }

    /// The notes, in the order of the last [`Report::sort`].
    #[must_use]
    pub fn notes(&self) -> &[Diagnostic] {
        &self.notes
    }
}
