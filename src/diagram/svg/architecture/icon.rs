//! Pictures of services, drawn in a square of 24 units.

use super::super::sheet::Sheet;
use super::super::write::Num;
use crate::diagram::graph::Rect;
use crate::diagram::mermaid::architecture::Icon;
use std::fmt::Write as _;

/// Draws a picture into a place.
pub(super) fn draw(icon: Icon, place: Rect, sheet: &mut Sheet<'_>) {
    let data = match icon {
        Icon::Cloud => "M7 18.5a4.5 4.5 0 0 1-.6-9 6 6 0 0 1 11.5 1A4 4 0 0 1 17.5 18.5z",
        Icon::Database => "M4 6c0-4 16-4 16 0v12c0 4-16 4-16 0zM4 6c0 4 16 4 16 0M4 12c0 4 16 4 16 0",
        Icon::Disk => {
            "M4 3h16v18H4zM12 6a5 5 0 1 1 0 10 5 5 0 0 1 0-10M12 10.2a.8.8 0 1 1 0 1.6.8.8 0 0 1 0-1.6M6.5 18.5l4-4"
        }
        Icon::Internet => "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M3 12h18M12 3c-6 5-6 13 0 18M12 3c6 5 6 13 0 18",
        Icon::Server => "M4 3h16v6H4zM4 9h16v6H4zM4 15h16v6H4zM7 6h2M7 12h2M7 18h2M14 6h3M14 12h3M14 18h3",
        Icon::Other => "M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9",
    };
    let _ = write!(
        sheet.svg,
        "<path class=\"icon\" transform=\"translate({} {}) scale({})\" d=\"{data}\"/>",
        Num(place.x),
        Num(place.y),
        Scale(place.width / 24.0)
    );
}

/// A share of a hundredth.
struct Scale(f32);

impl std::fmt::Display for Scale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2}", self.0)
    }
}
