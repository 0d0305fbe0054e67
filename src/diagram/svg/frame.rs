//! What every drawing begins with: its size, its name, its description, its style if it stands alone.

use super::write::{self, Num};
use crate::diagram::Options;
use crate::diagram::graph::Size;
use std::fmt::Write as _;

/// The style of a drawing that stands alone; in a page the page's own sheet has it.
const STYLE: &str = include_str!("../../../static/css/diagram.css");

/// What a drawing says of itself.
pub(super) struct Frame<'a> {
    /// Its kind, as a class.
    pub(super) class: &'a str,
    /// How large it is.
    pub(super) size: Size,
    /// Its name.
    pub(super) title: &'a str,
    /// What it shows, in words.
    pub(super) description: &'a str,
    /// Whether something in it is a link.
    pub(super) links: bool,
}

impl Frame<'_> {
    /// The `<svg>` tag and what tells those who do not see it.
    pub(super) fn open(&self, options: &Options<'_>) -> String {
        let prefix = options.prefix;
        let (w, h) = (Num(self.size.width.ceil()), Num(self.size.height.ceil()));
        // What a link is in must not be a picture, or nobody could follow it.
        let role = if self.links { "group" } else { "img" };
        let space = if options.standalone { " xmlns=\"http://www.w3.org/2000/svg\"" } else { "" };
        let mut svg = format!(
            "<svg{space} class=\"{}\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" role=\"{role}\" aria-labelledby=\"{prefix}-t {prefix}-d\">",
            self.class
        );
        let _ = write!(svg, "<title id=\"{prefix}-t\">");
        write::escape(self.title, &mut svg);
        let _ = write!(svg, "</title><desc id=\"{prefix}-d\">");
        write::escape(self.description, &mut svg);
        svg.push_str("</desc>");
        if options.standalone {
            let _ = write!(svg, "<style>{STYLE}</style>");
        }
        svg
    }
}
