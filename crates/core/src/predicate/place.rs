//! Where the text of a predicate stands in its file.

use crate::span::Span;

/// Maps positions in a predicate's text to positions in the file that holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    span: Span,
    /// `(in the text, in the span)`: from here on both run alike. Sorted.
    jumps: Vec<(u32, u32)>,
}

impl Place {
    /// A text that stands in the file as it is.
    pub fn plain(span: Span) -> Self {
        Self {
            span,
            jumps: vec![(0, 0)],
        }
    }

    /// A text that stands in the file with other spellings (quotes, escapes): from each
    /// `(offset in the text, offset in the span)` on, both run alike until the next pair.
    pub fn mapped(span: Span, mut jumps: Vec<(u32, u32)>) -> Self {
        jumps.sort_unstable();
        Self { span, jumps }
    }

    /// A text of which only the whole place is known: every part of it stands there.
    pub fn whole(span: Span) -> Self {
        let jumps = Vec::new();
        Self { span, jumps }
    }

    /// The whole place.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The place of the bytes `start..end` of the text.
    pub fn part(&self, start: u32, end: u32) -> Span {
        if self.jumps.is_empty() {
            return self.span;
        }
        let last = self.file_offset(end.saturating_sub(1)).saturating_add(1);
        let end = if end > start {
            last
        } else {
            self.file_offset(end)
        };
        let length = self.span.end - self.span.start;
        let clamp = |offset: u32| offset.min(length) as usize;
        self.span.part(clamp(self.file_offset(start)), clamp(end))
    }

    fn file_offset(&self, offset: u32) -> u32 {
        let after = self.jumps.partition_point(|&(text, _)| text <= offset);
        let before = after.checked_sub(1).and_then(|i| self.jumps.get(i));
        let (text, raw) = before.copied().unwrap_or((0, 0));
        raw.saturating_add(offset - text.min(offset))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::FileId;

    #[test]
    fn escapes_move_what_follows() {
        // the text `a "b` stands in the file as `"a \"b"` from byte 10 on
        let whole = Span::new(FileId(0), 10, 17);
        let place = Place::mapped(whole, vec![(0, 1), (2, 4), (3, 5)]);
        let part = |a, b| {
            let s = place.part(a, b);
            (s.start - 10, s.end - 10)
        };
        assert_eq!(part(0, 1), (1, 2));
        assert_eq!(part(2, 3), (4, 5));
        assert_eq!(part(3, 4), (5, 6));
        assert_eq!(part(3, 99), (5, 7), "never past the place");
        assert_eq!(part(4, 4), (6, 6));
    }
}
