//! The examples of CommonMark and of GFM's extensions, read by the reader that both passes of a build use.
//!
//! What portolan adds to Markdown changes a few of them; those are listed here, each with its reason.

use portolan::config::Config;
use portolan::markdown::{Dialect, Events, prepare};
use pulldown_cmark::{Event, Tag, TagEnd};

/// Examples that are meant to come out otherwise, by number and reason.
const DIFFERENT: &[(usize, &str)] =
    &[(354, "a dollar that begins no formula counts as a letter beside stars, so that prices are no mathematics")];

/// Markdown and HTML of each example.
fn examples(file: &str) -> Vec<(String, String)> {
    let fence = "`".repeat(32);
    let (open, close) = (format!("{fence} example\n"), format!("{fence}\n"));
    let tabs = |text: &str| text.replace('→', "\t");
    let parts = file.split(&open).skip(1);
    parts
        .map(|part| {
            let example = part.split(&close).next().unwrap_or_default();
            let (markdown, html) = match example.strip_prefix(".\n") {
                Some(html) => ("", html),
                None => example.split_once("\n.\n").expect("Markdown, a dot, HTML"),
            };
            let markdown = if markdown.is_empty() { String::new() } else { format!("{markdown}\n") };
            (tabs(&markdown), tabs(html))
        })
        .collect()
}

fn html(markdown: &str) -> String {
    let dialect = Dialect::of(&Config::default());
    let prepared = prepare(markdown);
    let events = Events::new(&prepared, &dialect).map(|(event, _)| match event {
        // The specification's HTML knows no attributes of headings.
        Event::Start(Tag::Heading { level, .. }) => {
            Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(level)),
        other => other,
    });
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events);
    html
}

/// Line ends between tags, and how an empty element is written, mean nothing.
fn normal(html: &str) -> String {
    let html = html
        .replace("&quot;", "\"")
        .replace(" />", ">")
        .replace("<tbody>\n", "<tbody>")
        .replace("</thead>\n", "</thead>");
    let html = html.replace("<thead>\n", "<thead>").replace("</tbody>\n", "</tbody>").replace("<tr>\n", "<tr>");
    let html = html.replace("</th>\n", "</th>").replace("</td>\n", "</td>").replace("</tr>\n", "</tr>");
    let html = html.replace("<li>\n", "<li>").replace("\n</li>", "</li>").replace("</p>\n", "</p>");
    let html = html.replace(" align=\"", " style=\"text-align: ").replace("<tbody></tbody>", "");
    let html =
        html.replace("disabled=\"\" type=\"checkbox\" checked=\"\"", "disabled=\"\" type=\"checkbox\" checked=\"\"/");
    html.replace("<table>\n", "<table>")
        .replace("<blockquote>\n", "<blockquote>")
        .replace("checked=\"\"/", "checked=\"\"")
        .trim()
        .to_owned()
}

fn different(file: &str) -> Vec<(usize, String)> {
    let all = examples(file);
    assert!(!all.is_empty());
    let numbered = all.into_iter().enumerate().map(|(at, example)| (at + 1, example));
    numbered
        .filter_map(|(number, (markdown, expected))| {
            let (is, should) = (normal(&html(&markdown)), normal(&expected));
            (is != should).then(|| (number, format!("{markdown:?}\n  is     {is:?}\n  should {should:?}")))
        })
        .collect()
}

#[test]
fn commonmark() {
    let file = include_str!("commonmark/commonmark.txt");
    assert_eq!(examples(file).len(), 652);
    let found = different(file);
    let unexpected: Vec<_> = found.iter().filter(|(n, _)| DIFFERENT.iter().all(|(known, _)| known != n)).collect();
    assert!(unexpected.is_empty(), "{}", unexpected.iter().map(|(n, t)| format!("{n}: {t}\n")).collect::<String>());
    let stale: Vec<_> = DIFFERENT.iter().filter(|(n, _)| found.iter().all(|(other, _)| other != n)).collect();
    assert!(stale.is_empty(), "listed as different, but the same: {stale:?}");
}

#[test]
fn gfm() {
    let found = different(include_str!("commonmark/gfm.txt"));
    assert!(found.is_empty(), "{}", found.iter().map(|(n, t)| format!("{n}: {t}\n")).collect::<String>());
}
