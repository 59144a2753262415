//! The blocks of a page before anybody asks what they are for.

use std::ops::Range;

/// Heading depth: 1 is the largest.
pub type Level = u8;

/// What the markup says of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Running text.
    Text,
    /// A heading.
    Heading(Level),
    /// A figure's caption.
    Caption,
    /// A by-line.
    Byline,
    /// A line above the headline.
    Kicker,
}

/// A heading or a paragraph with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Bytes of the page, markup included.
    pub span: Range<usize>,
    /// The text without markup; lines are kept apart by `\n` only where the page breaks them on
    /// purpose.
    pub text: String,
    /// What the markup says.
    pub hint: Hint,
    /// Texts of the links in it, in order.
    pub links: Vec<String>,
    /// Whether the block ends with a link.
    pub ends_with_link: bool,
}

impl Block {
    /// Words of the text.
    pub fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }
}
