//! Settings that stand before a diagram: `config` in its front matter, and `%%{init: …}%%`.
//!
//! Both are YAML (JSON is a part of it). What is wrong with them is left out: they only say how something looks. Colours
//! of themes are not acted upon, for drawings have those of the page.

use super::Preamble;
use saphyr_parser::{Event, Parser};

/// Settings by their paths, such as `packet.bitsPerRow`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Settings(Vec<(String, String)>);

/// Nesting and number of settings that no diagram needs.
const DEEPEST: usize = 8;
const MOST: usize = 500;

impl Settings {
    /// Reads what stands before the first word.
    pub(super) fn read(source: &str, preamble: &Preamble) -> Settings {
        let before = source.get(..preamble.word.start).unwrap_or_default();
        let mut settings = Settings::default();
        let trimmed = before.trim_start();
        if let Some(inside) = trimmed.strip_prefix("---")
            && let Some(end) = inside.find("\n---")
        {
            settings.add(&inside[..end], "config.");
        }
        for directive in before.split("%%{").skip(1) {
            let inside = directive.split("}%%").next().unwrap_or_default();
            if let Some((word, value)) = inside.split_once(':')
                && matches!(word.trim(), "init" | "initialize")
            {
                settings.add(value, "");
                settings.add(value, "config.");
            }
        }
        settings
    }

    /// Adds the scalars of a document whose paths begin with a prefix.
    fn add(&mut self, yaml: &str, prefix: &str) {
        // Each open collection: the key it is the value of, and the key read last if it is a map.
        let mut open: Vec<(String, Option<String>)> = Vec::new();
        for event in Parser::new_from_str(yaml).take(MOST) {
            let Ok((event, _)) = event else { return };
            match event {
                Event::MappingStart(..) | Event::SequenceStart(..) => {
                    let path = open.last_mut().map_or_else(String::new, |(path, key)| match key.take() {
                        Some(key) => format!("{path}{key}."),
                        None => format!("{path}?."),
                    });
                    if open.len() >= DEEPEST {
                        return;
                    }
                    open.push((path, None));
                }
                Event::MappingEnd | Event::SequenceEnd => drop(open.pop()),
                Event::Scalar(text, ..) => {
                    let Some((path, key)) = open.last_mut() else { return };
                    match key.take() {
                        None => *key = Some(text.into_owned()),
                        Some(name) => {
                            if let Some(path) = format!("{path}{name}").strip_prefix(prefix) {
                                self.0.push((path.to_owned(), text.into_owned()));
                            }
                        }
                    }
                }
                Event::Alias(_) => return,
                _ => {}
            }
        }
    }

    /// A setting as it is written; the last one counts.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.0.iter().rev().find(|(name, _)| name == path).map(|(_, value)| value.as_str())
    }

    /// A setting that is true or false.
    pub(super) fn truth(&self, path: &str) -> Option<bool> {
        self.text(path).and_then(|text| text.parse().ok())
    }

    /// A setting that is a number.
    pub(super) fn number(&self, path: &str) -> Option<f64> {
        self.text(path).and_then(super::body::number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::mermaid::preamble;
    use proptest::prelude::*;

    #[test]
    fn front_matter_and_directives_are_read() {
        let source = "---\ntitle: x\nconfig:\n  packet:\n    bitsPerRow: 16\n    showBits: false\n---\n%%{init: {'packet': {\"bitsPerRow\": 8}}}%%\npacket\n";
        let settings = Settings::read(source, &preamble(source));
        assert_eq!(settings.number("packet.bitsPerRow"), Some(8.0), "the last one counts");
        assert_eq!(settings.truth("packet.showBits"), Some(false));
        assert_eq!(settings.text("title"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[ a-z\\n:{}\\[\\],'\"&*-]{0,80}") {
            let source = format!("---\n{text}\n---\n%%{{init: {text}}}%%\npie\n");
            Settings::read(&source, &preamble(&source));
        }
    }
}
