//! Rules about how a page is built: headings, images, fences.

use super::finding::Finding;
use super::scan::{Heading, Scan};
use crate::diagnostic::Code;
use crate::markdown::Facts;
use std::collections::HashMap;

/// What the structure of a page shows.
pub(super) fn findings(scan: &Scan, facts: &Facts) -> Vec<Finding> {
    let mut found = headings(&scan.headings, facts);
    found.extend(scan.mute_images.iter().map(|range| {
        Finding::new(Code::ImageAlt, range.clone(), "this image has no alternative text")
            .label("nothing is read aloud here")
            .help("say between `[` and `]` what it shows")
    }));
    found.extend(scan.bare_fences.iter().map(|range| {
        Finding::new(Code::FenceUnlabelled, range.clone(), "this fence does not say what language it holds")
            .help("write the language behind it, such as `yaml` or `console`; `text` if there is none")
    }));
    found
}

fn headings(headings: &[Heading], facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut written = facts.headings.iter();
    let mut titles = 0;
    // Where the reader stands: what comes before is the title, shown by the page or by the template.
    let mut last = 1;
    // The headings that the next one could stand below, and the texts that already stand there.
    let mut above: Vec<(u8, HashMap<String, usize>)> = vec![(0, HashMap::new())];
    for heading in headings {
        let shown = if heading.is_raw { heading.level } else { written.next().map_or(heading.level, |h| h.shown) };
        titles += usize::from(heading.level == 1);
        if heading.level == 1 && titles > 1 {
            found.push(
                Finding::new(Code::TitleTwice, heading.range.clone(), "this page has a second title")
                    .label("a heading of the first level")
                    .help("write `##`, or make two pages"),
            );
        }
        if shown > last + 1 {
            let message = format!("this heading skips a level: it is one of level {shown} below one of level {last}");
            found.push(
                Finding::new(Code::HeadingSkip, heading.range.clone(), message)
                    .help("take away a `#`, or write the heading that is missing"),
            );
        }
        last = shown;
        above.retain(|(level, _)| *level < shown || *level == 0);
        let text = heading.text.trim().to_lowercase();
        if let Some((_, siblings)) = above.last_mut() {
            let count = siblings.entry(text.clone()).or_insert(0);
            *count += 1;
            if *count > 1 && !text.is_empty() {
                let message = format!("`{}` stands twice below the same heading", heading.text.trim());
                found.push(
                    Finding::new(Code::HeadingTwice, heading.range.clone(), message)
                        .help("say in the heading what this one is about"),
                );
            }
        }
        above.push((shown, HashMap::new()));
    }
    found
}
