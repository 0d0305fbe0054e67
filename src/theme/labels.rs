//! The words of the interface, from a language file.

use crate::book::Language;
use serde::{Deserialize, Serialize};

macro_rules! labels {
    ($($(#[doc = $doc:literal])* $name:ident,)*) => {
        /// The words of the interface in one language.
        #[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
        #[serde(deny_unknown_fields)]
        pub struct Labels { $($(#[doc = $doc])* pub $name: String,)* }
    };
}

labels! {
    /// Link that jumps over the navigation.
    skip,
    /// Name of the navigation of the site.
    site_navigation,
    /// Button that opens it.
    menu,
    /// Button that closes it.
    close,
    /// Name and title of a page's own contents.
    on_this_page,
    /// Name of the path to the page.
    breadcrumbs,
    /// Name of the links to the neighbours.
    neighbours,
    /// The page before.
    previous,
    /// The page after.
    next,
    /// Link for editing the page.
    edit,
    /// Before the day of the last change.
    updated,
    /// Reading time; `{n}` is minutes.
    minutes,
    /// Button that changes the theme.
    theme,
    /// Theme by the system.
    theme_auto,
    /// Light theme.
    theme_light,
    /// Dark theme.
    theme_dark,
    /// Name of the search.
    search,
    /// What may be typed into it.
    search_hint,
    /// How much was found; `{n}` is pages.
    search_found,
    /// Nothing was found.
    search_none,
    /// The files of the search are not there.
    search_failed,
    /// Button that copies code.
    copy,
    /// The same, a moment later.
    copied,
    /// Button that breaks long lines.
    wrap,
    /// Button that shows hidden lines.
    show_hidden,
    /// Name of a heading's own link; `{title}` is the heading.
    link_to,
    /// Title of the footnotes.
    footnotes,
    /// Link from a footnote back to the text.
    back_to_text,
    /// Before the links to the pages of a section.
    in_this_section,
    /// Title of the page with all pages.
    contents,
    /// Title of the page for unknown addresses.
    not_found,
    /// Its text.
    not_found_text,
    /// Link to the home page.
    home,
    /// Link to the repository.
    repository,
    /// A task that is done.
    done,
    /// A task that is open.
    open,
    /// Unfolds a section.
    expand,
    /// Name of a table's frame.
    table,
    /// Name of a diagram's frame.
    diagram,
    /// Title of a note.
    note,
    /// Title of a tip.
    tip,
    /// Title of something important.
    important,
    /// Title of a warning.
    warning,
    /// Title of a caution.
    caution,
    /// What a link says on paper that leads nowhere.
    missing,
    /// Text of a page that has moved.
    moved,
    /// Link to the Markdown of the page.
    markdown,
    /// Title of the index of concepts.
    concepts,
    /// Title of the glossary.
    glossary,
    /// Title of the page of who talks to whom.
    interactions,
    /// Title of the page of addresses outside the site.
    references,
    /// Title of the map of the whole.
    map,
    /// Name of the links to those pages.
    about_book,
    /// Heading above whom the page's concepts talk to.
    interacts,
    /// Column of a concept that calls.
    caller,
    /// Column of a concept that is called.
    called,
    /// Those a concept calls.
    calls,
    /// Those that call it.
    called_by,
    /// Column of what for.
    purpose,
    /// Column of the protocol.
    protocol,
    /// Column of the diagrams that say so.
    seen_in,
    /// Heading above who leads to the page.
    backlinks,
    /// After the backlinks that are shown; `{n}` is how many there are.
    backlinks_of,
    /// How many concepts; `{n}`.
    concept_count,
    /// How many references; `{n}`.
    reference_count,
    /// How many relations; `{n}`.
    relation_count,
    /// Concepts by section.
    by_area,
    /// Concepts by pinyin, or by alphabet.
    by_alphabet,
    /// Concepts by their English names.
    by_english,
    /// Column of a concept's name.
    concept,
    /// Column of what it is.
    definition,
    /// Column of other names.
    aliases,
    /// Column of the page that explains it.
    explained_in,
    /// Pages that cite a reference.
    cited_by,
    /// How many more; `{n}`.
    more_pages,
    /// The sites that are referred to.
    sites,
    /// Field that filters a list.
    filter,
    /// What is found nowhere in a list.
    nothing_found,
    /// Link from a card to the definition.
    card_definition,
    /// Link from a card to the glossary.
    card_glossary,
    /// Opens a drawing or a picture over the whole window.
    full_view,
    /// Before the title of the page read last.
    resume,
    /// What the keys do.
    keys,
    /// Switches them on and off.
    keys_allowed,
    /// Puts the page on the clipboard.
    copy_markdown,
    /// Makes a drawing larger.
    zoom_in,
    /// Makes it smaller.
    zoom_out,
    /// Shows all of it.
    zoom_all,
    /// A reference that has moved.
    link_moved,
    /// A reference that is gone.
    link_dead,
    /// References that are documentation.
    kind_documentation,
    /// References that are specifications.
    kind_specification,
    /// References that are repositories.
    kind_repository,
    /// References that are articles.
    kind_article,
    /// References that are videos.
    kind_video,
    /// Other references.
    kind_other,
    /// A concept in its alpha.
    state_alpha,
    /// A concept in its beta.
    state_beta,
    /// A concept not to be used for anything new.
    state_deprecated,
    /// A concept that is gone.
    state_removed,
    /// A concept nobody works on.
    state_archived,
    /// A concept that something else took the place of.
    state_superseded,
    /// A concept that is called otherwise today.
    state_renamed,
    /// Before portolan's name.
    made_with,
}

const CHINESE: &str = include_str!("../../templates/labels/zh.toml");
const ENGLISH: &str = include_str!("../../templates/labels/en.toml");

impl Labels {
    /// The words for a language; English for one that has no file.
    #[must_use]
    pub fn of(language: &Language) -> Self {
        let text = if language.is_chinese() { CHINESE } else { ENGLISH };
        toml::from_str(text).expect("the language files are tested")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_file_has_every_word() {
        for text in [CHINESE, ENGLISH] {
            let labels: Labels = toml::from_str(text).expect("whole and without strangers");
            let json = serde_json::to_value(&labels).expect("plain data");
            assert!(json.as_object().expect("a table").values().all(|w| w != ""), "an empty word");
        }
    }
}
