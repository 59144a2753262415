//! The weights, and tagging with them.

use super::features::{FEATURES, ROWS, WIDTH, Word, rows};
use super::{TAGS, Tag};
use crate::token::Token;
use std::collections::HashMap;

/// Bytes of the weight table.
pub const MODEL_BYTES: usize = ROWS * WIDTH;

/// First bytes of a model file.
const MAGIC: &[u8; 8] = b"raistag1";

/// The model that the crate ships.
static SHIPPED: &[u8] = include_bytes!("../../data/tagger.bin");

/// A trained tagger.
#[derive(Clone, Debug)]
pub struct Model {
    weights: std::borrow::Cow<'static, [u8]>,
    /// Words that have one tag only, by hash.
    certain: HashMap<u64, Tag, std::hash::BuildHasherDefault<Identity>>,
}

/// The keys are hashes already.
#[derive(Clone, Copy, Debug, Default)]
pub struct Identity(u64);

impl std::hash::Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        bytes
            .iter()
            .for_each(|b| self.0 = self.0.rotate_left(8) ^ u64::from(*b));
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

/// Buffers of the tagger, to be used again.
#[derive(Default, Debug)]
pub struct Scratch {
    words: Vec<Word>,
}

/// `US` among words that are not in capitals is a state, not a pronoun.
fn is_state(text: &str, tokens: &[Token], at: usize) -> bool {
    let word = |i: usize| tokens.get(i).map_or("", |t| t.text(text));
    let shouted = |i: usize| word(i).len() > 1 && word(i).bytes().all(|b| b.is_ascii_uppercase());
    let alone = !at.checked_sub(1).is_some_and(shouted) || !shouted(at + 1);
    word(at) == "US" && alone
}

impl Model {
    /// The shipped model.
    pub fn shipped() -> Model {
        Self::from_bytes(SHIPPED).unwrap_or_else(|| Model {
            weights: vec![0; MODEL_BYTES].into(),
            certain: HashMap::default(),
        })
    }

    /// Reads a model file; `None` if the bytes are not one.
    pub fn from_bytes(bytes: &'static [u8]) -> Option<Model> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let size = (u32::from_le_bytes(*count) as usize).checked_mul(9)?;
        let (dictionary, weights) = rest.split_at_checked(size)?;
        if weights.len() != MODEL_BYTES {
            return None;
        }
        let entry = |e: &[u8]| {
            let (hash, tag) = e.split_first_chunk::<8>()?;
            Some((
                u64::from_le_bytes(*hash),
                *TAGS.get(*tag.first()? as usize)?,
            ))
        };
        let certain = dictionary.chunks_exact(9).filter_map(entry).collect();
        Some(Model {
            weights: weights.into(),
            certain,
        })
    }

    /// Puts a model together from its dictionary and weights.
    pub fn to_bytes(certain: &[(u64, Tag)], weights: &[i8]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend((certain.len() as u32).to_le_bytes());
        for (hash, tag) in certain {
            out.extend(hash.to_le_bytes());
            out.push(*tag as u8);
        }
        out.extend(weights.iter().map(|w| *w as u8));
        out
    }

    /// Tags one sentence; `tags` gets one tag per token.
    pub fn tag(&self, text: &str, tokens: &[Token], scratch: &mut Scratch, tags: &mut Vec<Tag>) {
        scratch.words.clear();
        let words = tokens.iter().map(|t| Word::of(t, text));
        scratch.words.extend(words);
        tags.clear();
        let mut before = [Tag::Mark as u8; 2];
        for at in 0..scratch.words.len() {
            let tag = match self.certain.get(&scratch.words[at].hash) {
                _ if is_state(text, tokens, at) => Tag::NNP,
                Some(tag) => *tag,
                None => self.best(&rows(&scratch.words, at, before)),
            };
            tags.push(tag);
            before = [tag as u8, before[0]];
        }
    }

    fn best(&self, rows: &[usize; FEATURES]) -> Tag {
        let mut sums = [0i16; WIDTH];
        for row in rows {
            let start = (row & (ROWS - 1)) * WIDTH;
            if let Some(weights) = self.weights.get(start..start + WIDTH) {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += i16::from(*weight as i8);
                }
            }
        }
        let best = (0..TAGS.len()).max_by_key(|&k| (sums[k], std::cmp::Reverse(k)));
        best.map_or(Tag::X, |k| TAGS[k])
    }
}
