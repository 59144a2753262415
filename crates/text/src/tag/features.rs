//! What the tagger looks at: the word, its ending, its neighbours and the tags before it.

use crate::token::{Fnv, Kind, Token};

/// Rows of the weight table, a power of two.
pub const ROWS: usize = 1 << 14;
/// Numbers in one row: the tags, padded to a round width.
pub const WIDTH: usize = 32;
/// Features of one token.
pub const FEATURES: usize = 17;

/// What the tagger knows of a token without its neighbours.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// Hash of the lower-cased word; numbers share one.
    pub hash: u64,
    /// Hashes of the last two and three letters, lower-cased.
    pub ending: [u64; 2],
    /// Capital, digit, hyphen, mark, length class.
    pub shape: u64,
}

/// Words before the first and after the last.
pub const OUTSIDE: Word = Word {
    hash: 1,
    ending: [2, 3],
    shape: 4,
};

impl Word {
    /// Reads a token.
    pub fn of(token: &Token, text: &str) -> Word {
        let word = token.text(text);
        let ending = [ending(word, 2), ending(word, 3)];
        let hash = match token.kind {
            Kind::Number => 7,
            _ => token.hash,
        };
        Word {
            hash,
            ending,
            shape: shape(token, word),
        }
    }
}

fn ending(word: &str, letters: usize) -> u64 {
    let mut hash = Fnv::new();
    hash.byte(letters as u8);
    for b in word.bytes().rev().take(letters) {
        hash.byte(b.to_ascii_lowercase());
    }
    hash.0
}

fn shape(token: &Token, word: &str) -> u64 {
    let bytes = word.as_bytes();
    let hyphen = bytes.contains(&b'-');
    let capitals = bytes.len() > 1 && bytes.iter().all(|b| !b.is_ascii_lowercase());
    let kind = match token.kind {
        Kind::Word => 0,
        Kind::Number => 1,
        Kind::Mark => 2,
    };
    let long = bytes.len().min(4) as u64;
    u64::from(token.capital)
        | u64::from(hyphen) << 1
        | u64::from(capitals) << 2
        | kind << 3
        | long << 5
}

fn row(template: u64, a: u64, b: u64) -> usize {
    let mixed = (a ^ b.rotate_left(29) ^ template.wrapping_mul(0x9E37_79B9_7F4A_7C15))
        .wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    ((mixed ^ (mixed >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53) >> 50) as usize
}

/// The rows of the token `at`, given the two tags before it (`before[0]` is the nearer).
pub fn rows(words: &[Word], at: usize, before: [u8; 2]) -> [usize; FEATURES] {
    let near = |d: isize| {
        at.checked_add_signed(d)
            .and_then(|i| words.get(i))
            .unwrap_or(&OUTSIDE)
    };
    let (w, p, pp, n, nn) = (near(0), near(-1), near(-2), near(1), near(2));
    let (t, tt) = (u64::from(before[0]), u64::from(before[1]));
    let first = u64::from(at == 0);
    [
        row(0, 0, 0),
        row(1, w.hash, 0),
        row(2, w.ending[0], 0),
        row(3, w.ending[1], 0),
        row(4, w.shape, first),
        row(5, t, 0),
        row(6, t, tt + 64),
        row(7, t, w.hash),
        row(8, p.hash, 0),
        row(9, pp.hash, 0),
        row(10, n.hash, 0),
        row(11, nn.hash, 0),
        row(12, p.ending[1], 0),
        row(13, n.ending[1], 0),
        row(14, t, n.hash),
        row(15, n.shape, w.ending[0]),
        row(16, t, w.ending[1]),
    ]
}
