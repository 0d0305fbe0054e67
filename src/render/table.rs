//! Tables: each in a frame of its own that scrolls where the screen is narrow.

use super::article::{Table, Writer};
use super::escape;
use pulldown_cmark::Alignment;

impl Writer<'_> {
    pub(super) fn open_table(&mut self, alignments: &[Alignment]) {
        self.table = Some(Table { alignments: alignments.to_vec(), column: 0, in_head: true });
        self.html.push_str("<div class=\"table\" role=\"group\" tabindex=\"0\" aria-label=\"");
        escape::attribute(&self.input.shared.theme.labels.table, &mut self.html);
        self.html.push_str("\">\n<table>\n");
    }

    pub(super) fn close_table(&mut self) {
        self.table = None;
        self.html.push_str("</tbody>\n</table>\n</div>\n");
    }

    pub(super) fn close_head(&mut self) {
        if let Some(table) = &mut self.table {
            table.in_head = false;
            table.column = 0;
        }
        self.html.push_str("</tr>\n</thead>\n<tbody>\n");
    }

    pub(super) fn close_row(&mut self) {
        if let Some(table) = &mut self.table {
            table.column = 0;
        }
        self.row = None;
        self.html.push_str("</tr>\n");
    }

    pub(super) fn open_cell(&mut self) {
        let Some(table) = &mut self.table else { return };
        // A class, not `style`, so that a strict content security policy holds.
        let class = match table.alignments.get(table.column) {
            Some(Alignment::Center) => " class=\"c\"",
            Some(Alignment::Right) => " class=\"r\"",
            _ => "",
        };
        table.column += 1;
        self.html.push_str(if table.in_head { "<th scope=\"col\"" } else { "<td" });
        self.html.push_str(class);
        self.html.push('>');
    }

    pub(super) fn close_cell(&mut self) {
        if self.table.as_ref().is_some_and(|t| t.column == 1) {
            self.badges();
        }
        let in_head = self.table.as_ref().is_some_and(|t| t.in_head);
        self.html.push_str(if in_head { "</th>" } else { "</td>" });
    }
}
