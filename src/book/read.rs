//! From a folder to a [`Book`]: the steps, in order.

use super::folders::{self, Placed};
use super::front_matter::{self, FrontMatter};
use super::include::{self, Files};
use super::{
    Book, ConceptsFile, File, ImageSize, Language, Nav, Origin, Overrides, Page, PageId, PageText, Seen, concepts,
    file, git, gitbook, preprocess, summary, walk,
};
use crate::config::{self, Config, SettingsFile, Tools};
use crate::diagnostic::{Code, Diagnostic, Report, SourceId, Sources, Span};
use crate::path::{RelPath, SitePath};
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A book's folder and what its settings say.
#[derive(Debug)]
pub struct Root {
    /// Canonical path.
    pub dir: PathBuf,
    /// The settings.
    pub config: Config,
    /// The programs that the settings name.
    pub tools: Tools,
}

/// What the command line adds to the settings.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Build drafts too.
    pub drafts: bool,
    /// The destination, which is no source even if it lies among them.
    pub dest: PathBuf,
}

impl Root {
    /// Opens a book's folder and reads its settings.
    ///
    /// # Errors
    /// If there is no such folder.
    pub fn open(dir: &Path, sources: &mut Sources, report: &mut Report) -> std::io::Result<Root> {
        let dir = dir.canonicalize()?;
        if !dir.is_dir() {
            return Err(std::io::Error::new(std::io::ErrorKind::NotADirectory, "not a folder"));
        }
        let mut config = Config::default();
        let mut tools = Tools::default();
        if let Some((text, id)) = text_file(&dir, "book.toml", sources, report) {
            config = config::parse(&text, id, SettingsFile::Book).into(report);
            tools = config::tools(&text, id).into(report);
        }
        if !dir.join("book.toml").exists() {
            let mut text = |name| text_file(&dir, name, sources, report).map(|(text, _)| text);
            config = gitbook::settings(text(".gitbook.yaml").as_deref(), text("book.json").as_deref());
        }
        if let Some((text, id)) = text_file(&dir, "portolan.toml", sources, report) {
            config.portolan = config::parse(&text, id, SettingsFile::Portolan).into(report).portolan;
        }
        Ok(Root { dir, config, tools })
    }

    /// Where the site goes if the command line does not say.
    #[must_use]
    pub fn dest(&self) -> PathBuf {
        self.dir.join(self.config.build.build_dir.as_deref().unwrap_or("book"))
    }

    /// The folder of the sources: as set, else `knowledge`, else `src`, else the folder itself.
    #[must_use]
    pub fn src(&self) -> PathBuf {
        if let Some(src) = &self.config.book.src {
            return self.dir.join(src);
        }
        let usual = ["knowledge", "src"].iter().map(|name| self.dir.join(name)).find(|p| p.is_dir());
        usual.unwrap_or_else(|| self.dir.clone())
    }
}

/// Reads a file of settings, if it is there.
fn text_file(dir: &Path, name: &str, sources: &mut Sources, report: &mut Report) -> Option<(Arc<str>, SourceId)> {
    let path = dir.join(name);
    if !path.exists() {
        return None;
    }
    match read_text(&path) {
        Ok(text) => {
            let id = sources.add(name, text.clone());
            Some((text, id))
        }
        Err(fault) => {
            fault.tell(name, sources, report);
            None
        }
    }
}

/// Reads everything that is a part of the book.
pub fn read(root: Root, options: &Options, sources: &mut Sources, report: &mut Report) -> Book {
    let src = root.src().canonicalize().unwrap_or_else(|_| root.src());
    let mut found = find(&root, &src, options, report);
    let mut seen = Seen::default();
    found.markdown.iter().chain(&found.others).for_each(|(_, path)| seen.note(path.clone()));
    let dates = std::thread::scope(|threads| {
        let dates = threads.spawn(|| git::dates(&src, found.markdown.len()));
        let pages = pages(&root, &src, &found.markdown, sources, report);
        (pages, dates.join().unwrap_or_default())
    });
    let (pages, dates) = dates;
    let (mut pages, mut summary) = take_summary(pages, &root);
    pages.retain(|p| options.drafts || !p.front.draft);
    for page in &mut pages {
        page.modified = dates.get(&page.path).cloned();
    }
    if summary.is_none() {
        add_folder_pages(&mut pages, &root, &src, sources);
    }
    if pages.is_empty() {
        let message = format!("there is no Markdown file in `{}`", shown(&root.dir, &src));
        report.push(
            Diagnostic::error(Code::Empty, message).help("`[book] src` in book.toml names the folder of the sources"),
        );
    }
    let nav = navigation(&mut pages, summary.take(), report);
    preprocess::run(&root, &src, &mut pages, &nav, sources, report);
    let language = language(&root.config, &pages);
    let concepts = concepts(&root, &src, sources, report);
    let names = &root.config.portolan.concepts.file;
    found.others.retain(|(rel, _)| rel.as_str() != names);
    let files = files(&found.others);
    let overrides = overrides(&root, sources, report);
    Book { config: root.config, language, pages, files, nav, concepts, overrides, seen }
}

/// What is no content, even if it lies among the sources.
pub(super) fn skipped(root: &Root, src: &Path, dest: &Path) -> Vec<PathBuf> {
    let mut skip = vec![dest.to_path_buf()];
    if src == root.dir {
        // The folder itself is the source: what belongs to the tool is not content.
        let own = ["book.toml", "book.json", "portolan.toml", "templates", "static", "theme", "target"];
        skip.extend(own.iter().map(|name| root.dir.join(name)));
    }
    skip
}

fn find(root: &Root, src: &Path, options: &Options, report: &mut Report) -> walk::Found {
    if src.exists() && !src.starts_with(&root.dir) {
        let message = "the folder of the sources lies outside the folder of the book";
        report.push(
            Diagnostic::error(Code::Read, message).help("`[book] src` in book.toml names a folder below its own"),
        );
        return walk::Found::default();
    }
    let skip = skipped(root, src, &options.dest);
    let mut found = walk::walk(src, &walk::Bounds { root: &root.dir, skip: &skip });
    report.extend(found.notes.drain(..));
    found
}

/// Why a file has no text.
enum Unreadable {
    Io(std::io::Error),
    /// The bytes up to the first that is not UTF-8, and that byte's position.
    Encoding(String, usize),
}

impl Unreadable {
    fn tell(self, shown: &str, sources: &mut Sources, report: &mut Report) {
        report.push(match self {
            Unreadable::Io(error) => Diagnostic::error(Code::Read, format!("cannot read `{shown}`: {error}")),
            Unreadable::Encoding(text, at) => {
                let id = sources.add(shown, text);
                Diagnostic::error(Code::Encoding, format!("`{shown}` is not UTF-8"))
                    .at(Span::new(id, at..at + 1), "this byte does not belong to a UTF-8 character")
                    .help("save the file as UTF-8; GBK and UTF-16 are not read")
            }
        });
    }
}

/// Reads one text file that is no part of a book.
///
/// # Errors
/// If it cannot be read or is not UTF-8.
pub fn read_source(path: &Path) -> std::io::Result<String> {
    String::from_utf8(file::bytes(path)?).map_err(|e| std::io::Error::new(std::io::ErrorKind::InvalidData, e))
}

fn read_text(path: &Path) -> Result<Arc<str>, Unreadable> {
    let bytes = file::bytes(path).map_err(Unreadable::Io)?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.into()),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            Err(Unreadable::Encoding(String::from_utf8_lossy(error.as_bytes()).into_owned(), at))
        }
    }
}

fn pages(
    root: &Root,
    src: &Path,
    found: &[(RelPath, PathBuf)],
    sources: &mut Sources,
    report: &mut Report,
) -> Vec<Page> {
    let texts: Vec<Result<Arc<str>, Unreadable>> = found.par_iter().map(|(_, path)| read_text(path)).collect();
    let mut files = Files { root: &root.dir, sources, read: HashMap::new(), left: include::LARGEST_BOOK };
    let mut pages = Vec::with_capacity(found.len());
    for ((rel, path), text) in found.iter().zip(texts) {
        let in_root = in_root(root, src, rel);
        match text {
            Ok(text) => {
                let id = files.sources.add(in_root.as_str(), text.clone());
                pages.push(page(rel, in_root, path, text, id, &mut files, report));
            }
            Err(fault) => fault.tell(in_root.as_str(), files.sources, report),
        }
    }
    pages
}

fn in_root(root: &Root, src: &Path, rel: &RelPath) -> RelPath {
    let folder = src.strip_prefix(&root.dir).ok().and_then(RelPath::from_path).unwrap_or_default();
    folder.join(rel.as_str()).unwrap_or_default()
}

fn page(
    rel: &RelPath,
    in_root: RelPath,
    path: &Path,
    text: Arc<str>,
    id: SourceId,
    files: &mut Files<'_>,
    report: &mut Report,
) -> Page {
    let found = front_matter::read(&text, id);
    report.extend(found.notes);
    let mut front = found.front;
    let text = if include::may_have_includes(&text) {
        let expanded = include::expand(path, &text, id, found.body, files);
        report.extend(expanded.notes);
        front.title = front.title.or(expanded.title);
        expanded.text
    } else {
        include::plain(text, id, found.body)
    };
    let text = gitbook::converted(&text).unwrap_or(text);
    let out = SitePath::of_page(rel);
    Page { path: rel.clone(), path_in_root: in_root, out, text, front, modified: None, origin: Origin::Unlisted }
}

/// The page that is no page but the table of contents.
fn take_summary(mut pages: Vec<Page>, root: &Root) -> (Vec<Page>, Option<Page>) {
    let at = pages.iter().position(|p| p.path.as_str().eq_ignore_ascii_case("SUMMARY.md"));
    let summary = at.map(|at| pages.remove(at));
    // The 404 page has its own place in the site; it is read by `error_page`.
    let error = root.config.output.html.input_404.as_deref().unwrap_or("404.md");
    for page in &mut pages {
        if page.path.as_str() == error {
            page.out = SitePath::fixed("404.html");
        }
    }
    (pages, summary)
}

fn add_folder_pages(pages: &mut Vec<Page>, root: &Root, src: &Path, sources: &mut Sources) {
    let placed: Vec<Placed<'_>> =
        pages.iter().filter(|p| !p.is_error_page()).map(|p| Placed { path: &p.path, weight: None }).collect();
    for folder in folders::without_page(&placed) {
        let Some(path) = folder.join("README.md") else { continue };
        let in_root = in_root(root, src, &path);
        let id = sources.add(in_root.as_str(), "");
        let title = (!folder.is_root()).then(|| folders::title(&folder));
        pages.push(Page {
            out: SitePath::of_page(&path),
            path,
            path_in_root: in_root,
            text: include::plain("".into(), id, 0),
            front: FrontMatter { title, ..FrontMatter::default() },
            modified: None,
            origin: Origin::Folder,
        });
    }
    pages.sort_by(|a, b| a.path.cmp(&b.path));
}

impl Page {
    /// Whether it is what a server shows for an unknown address.
    #[must_use]
    pub fn is_error_page(&self) -> bool {
        self.out.rel().as_str() == "404.html"
    }
}

fn navigation(pages: &mut [Page], summary: Option<Page>, report: &mut Report) -> Nav {
    let Some(summary) = summary else {
        let listed: Vec<usize> = (0..pages.len()).filter(|&at| !pages[at].is_error_page()).collect();
        let placed: Vec<Placed<'_>> =
            listed.iter().map(|&at| Placed { path: &pages[at].path, weight: pages[at].front.weight }).collect();
        let mut nav = folders::nav(&placed);
        for item in &mut nav.items {
            if let super::NavTarget::Page(page, _) = &mut item.target {
                *page = PageId(u32::try_from(listed[page.at()]).unwrap_or(u32::MAX));
            }
        }
        for at in listed {
            if pages[at].origin == Origin::Unlisted {
                pages[at].origin = Origin::Listed;
            }
        }
        return nav;
    };
    let ids: HashMap<RelPath, PageId> =
        (0u32..).zip(pages.iter()).map(|(at, p)| (p.path.clone(), PageId(at))).collect();
    let PageText { text, pieces, .. } = &summary.text;
    let nav = summary::parse(text, pieces[0].source, &ids).into(report);
    for (page, _) in nav.reading_order() {
        pages[page.at()].origin = Origin::Listed;
    }
    nav
}

/// As set, else by what the first pages are written in.
fn language(config: &Config, pages: &[Page]) -> Language {
    /// How much text decides.
    const PAGES: usize = 64;
    const BYTES: usize = 16 << 10;
    if let Some(tag) = &config.book.language {
        return Language::new(tag);
    }
    let (mut han, mut words) = (0usize, 0usize);
    for page in pages.iter().take(PAGES) {
        let mut in_word = false;
        for c in page.text.markdown().chars().take(BYTES) {
            han += usize::from(matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}'));
            let letter = c.is_ascii_alphabetic();
            words += usize::from(letter && !in_word);
            in_word = letter;
        }
    }
    // Code and names are Latin in a Chinese text too; two Han characters make about a word.
    Language::new(if han > words { "zh-Hans" } else { "en" })
}

/// The file of names, if there is one.
fn concepts(root: &Root, src: &Path, sources: &mut Sources, report: &mut Report) -> ConceptsFile {
    let Some(rel) = RelPath::new(&root.config.portolan.concepts.file) else { return ConceptsFile::default() };
    let path = rel.under(src);
    // Not even a link that leads nowhere.
    if std::fs::symlink_metadata(&path).is_err() {
        return ConceptsFile::default();
    }
    let shown = shown(&root.dir, &path);
    match file::within(&root.dir, &path).map_err(Unreadable::Io).and_then(|path| read_text(&path)) {
        Ok(text) => {
            let id = sources.add(shown, text.clone());
            concepts::parse(&text, id).into(report)
        }
        Err(fault) => {
            fault.tell(&shown, sources, report);
            ConceptsFile::default()
        }
    }
}

fn files(found: &[(RelPath, PathBuf)]) -> Vec<File> {
    found
        .par_iter()
        .map(|(rel, path)| File {
            path: path.clone(),
            out: SitePath::new(rel.clone()),
            image: image_size(rel, path),
            rel: rel.clone(),
        })
        .collect()
}

fn image_size(rel: &RelPath, path: &Path) -> Option<ImageSize> {
    let extension = rel.extension().to_ascii_lowercase();
    if !matches!(extension.as_str(), "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "bmp" | "ico") {
        return None;
    }
    let size = imagesize::size(path).ok()?;
    Some(ImageSize { width: u32::try_from(size.width).ok()?, height: u32::try_from(size.height).ok()? })
}

fn overrides(root: &Root, sources: &mut Sources, report: &mut Report) -> Overrides {
    let mut overrides = Overrides::default();
    for (rel, path) in below(&root.dir, "templates", report) {
        match read_text(&path) {
            Ok(text) => {
                let id = sources.add(format!("templates/{rel}"), text.clone());
                overrides.templates.push((rel, text, id));
            }
            Err(fault) => fault.tell(&format!("templates/{rel}"), sources, report),
        }
    }
    for (rel, path) in below(&root.dir, "static", report) {
        overrides.statics.extend(bytes(&root.dir, &path, rel, report));
    }
    let html = &root.config.output.html;
    for (names, into) in [(&html.additional_css, &mut overrides.css), (&html.additional_js, &mut overrides.js)] {
        for name in names {
            match RelPath::new(name) {
                Some(rel) => into.extend(bytes(&root.dir, &rel.under(&root.dir), rel, report)),
                None => report.push(Diagnostic::error(Code::Read, format!("`{name}` lies outside the book"))),
            }
        }
    }
    overrides
}

fn below(root: &Path, name: &str, report: &mut Report) -> Vec<(RelPath, PathBuf)> {
    let folder = root.join(name);
    if !folder.is_dir() {
        return Vec::new();
    }
    let mut found = walk::walk(&folder, &walk::Bounds { root, skip: &[] });
    report.extend(found.notes.drain(..));
    found.others.append(&mut found.markdown);
    found.others.sort();
    found.others
}

fn bytes(root: &Path, path: &Path, rel: RelPath, report: &mut Report) -> Option<(RelPath, Vec<u8>)> {
    match file::within(root, path).and_then(|path| file::bytes(&path)) {
        Ok(bytes) => Some((rel, bytes)),
        Err(error) => {
            report.push(Diagnostic::error(Code::Read, format!("cannot read `{rel}`: {error}")));
            None
        }
    }
}

fn shown(root: &Path, path: &Path) -> String {
    let rel = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
    if rel.is_empty() { ".".to_owned() } else { rel }
}
