//! A page of terminal text in the making.

use super::grid::Grid;
use crate::style::{Look, Tone};
use crate::words::{clean, width, wrap};

/// Text that never runs over its width.
pub(super) struct Page {
    pub look: Look,
    out: String,
}

impl Page {
    pub(super) fn new(look: Look) -> Self {
        Page {
            look,
            out: String::new(),
        }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// An empty line.
    pub(super) fn gap(&mut self) {
        self.out.push('\n');
    }

    /// A section's heading, after an empty line; `aside` stands at the right.
    pub(super) fn section(&mut self, title: &str, aside: &str) {
        let (title, aside) = (clean(title), clean(aside));
        let columns = self.look.columns();
        self.gap();
        let used = width(&title) + width(&aside) + 4;
        if aside.is_empty() || used > columns {
            self.paragraph(0, Tone::Title, &title);
            self.paragraph(0, Tone::Doubt, &aside);
            return;
        }
        let rule = format!(
            " {} ",
            "─".repeat(columns - width(&title) - width(&aside) - 2)
        );
        let line = self.look.paint(Tone::Title, &title)
            + &self.look.paint(Tone::Faint, &rule)
            + &self.look.paint(Tone::Doubt, &aside);
        self.out.push_str(&line);
        self.gap();
    }

    /// Wrapped words, `indent` columns in; nothing where there are none.
    pub(super) fn paragraph(&mut self, indent: usize, tone: Tone, text: &str) {
        if !text.trim().is_empty() {
            self.hang(indent, ("", Tone::Plain), 0, tone, text);
        }
    }

    /// A label and wrapped words beside it, which hang `by` columns in from the label.
    pub(super) fn hang(
        &mut self,
        indent: usize,
        label: (&str, Tone),
        by: usize,
        tone: Tone,
        text: &str,
    ) {
        let head = clean(label.0);
        let text = clean(text);
        let room = self.look.columns().saturating_sub(indent + by).max(8);
        let mut lines = wrap(&text, room).into_iter();
        let pad = " ".repeat(by.saturating_sub(width(&head)));
        let first = match width(&head) {
            w if w > by => None,
            _ => lines.next(),
        };
        let margin = " ".repeat(indent);
        self.out.push_str(&margin);
        self.out.push_str(&self.look.paint(label.1, &head));
        if let Some(first) = first.filter(|f| !f.is_empty()) {
            self.out.push_str(&pad);
            self.out.push_str(&self.look.paint(tone, &first));
        }
        self.gap();
        let inner = " ".repeat(indent + by);
        for line in lines {
            self.out.push_str(&inner);
            self.out.push_str(&self.look.paint(tone, &line));
            self.gap();
        }
    }

    /// A table, `indent` columns in.
    pub(super) fn grid(&mut self, indent: usize, grid: &Grid) {
        for line in grid.lines(self.look, indent) {
            self.out.push_str(&line);
            self.gap();
        }
    }
}
