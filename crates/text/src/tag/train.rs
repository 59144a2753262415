//! Training: run once, offline, by `examples/train_tagger.rs`.

use super::features::{ROWS, WIDTH, Word, rows};
use super::{MODEL_BYTES, Model, TAGS, Tag};
use crate::token::Token;
use std::collections::HashMap;

/// A sentence with the teacher's tags.
#[derive(Clone, Debug)]
pub struct Example {
    words: Vec<Word>,
    tags: Vec<Tag>,
}

impl Example {
    /// Reads a sentence; surplus tokens or tags are dropped.
    pub fn new(text: &str, tokens: &[Token], tags: &[Tag]) -> Self {
        Self {
            words: tokens.iter().map(|t| Word::of(t, text)).collect(),
            tags: tags.to_vec(),
        }
    }
}

/// An averaged perceptron that is being trained.
#[derive(Clone, Debug)]
pub struct Trainer {
    weights: Vec<i32>,
    totals: Vec<i64>,
    changed: Vec<u32>,
    clock: u32,
    certain: Vec<(u64, Tag)>,
}

impl Trainer {
    /// Finds the words that have one tag only (at least `least` times, at least the share
    /// `sure` of them) and begins with weights of zero.
    pub fn new(examples: &[Example], least: usize, sure: f64) -> Self {
        Self {
            weights: vec![0; MODEL_BYTES],
            totals: vec![0; MODEL_BYTES],
            changed: vec![0; MODEL_BYTES],
            clock: 0,
            certain: certain(examples, least, sure),
        }
    }

    /// One pass over the examples in the order given.
    pub fn pass<'a>(&mut self, examples: impl Iterator<Item = &'a Example>) {
        let known: HashMap<u64, Tag> = self.certain.iter().copied().collect();
        for example in examples {
            let mut before = [Tag::Mark as u8; 2];
            for (at, truth) in example.tags.iter().enumerate() {
                let guess = match example.words.get(at).and_then(|w| known.get(&w.hash)) {
                    Some(tag) => *tag,
                    None => self.learn(&rows(&example.words, at, before), *truth),
                };
                before = [guess as u8, before[0]];
            }
        }
    }

    fn learn(&mut self, rows: &[usize], truth: Tag) -> Tag {
        self.clock += 1;
        let score = |k: usize| -> i32 { rows.iter().map(|r| self.weights[r * WIDTH + k]).sum() };
        let scores: Vec<i32> = (0..TAGS.len()).map(score).collect();
        let best = (0..TAGS.len()).max_by_key(|&k| (scores[k], std::cmp::Reverse(k)));
        let guess = best.map_or(Tag::X, |k| TAGS[k]);
        if guess != truth {
            for row in rows {
                self.add(row * WIDTH + truth as usize, 1);
                self.add(row * WIDTH + guess as usize, -1);
            }
        }
        guess
    }

    fn add(&mut self, at: usize, step: i32) {
        let held = i64::from(self.clock - self.changed[at]);
        self.totals[at] += held * i64::from(self.weights[at]);
        self.changed[at] = self.clock;
        self.weights[at] += step;
    }

    /// The model file: averaged weights, rounded to one byte each.
    pub fn finish(mut self) -> Vec<u8> {
        (0..MODEL_BYTES).for_each(|at| self.add(at, 0));
        let mean = |t: &i64| *t as f64 / f64::from(self.clock.max(1));
        let means: Vec<f64> = self.totals.iter().map(mean).collect();
        let mut sizes: Vec<f64> = means.iter().map(|m| m.abs()).filter(|m| *m > 0.0).collect();
        sizes.sort_by(f64::total_cmp);
        // One weight in two thousand is clipped, so that the others keep their digits.
        let largest = sizes.get(sizes.len() * 1999 / 2000).copied().unwrap_or(1.0);
        let byte = |m: &f64| (m / largest * 127.0).round().clamp(-127.0, 127.0) as i8;
        let bytes: Vec<i8> = means.iter().map(byte).collect();
        debug_assert_eq!(bytes.len(), ROWS * WIDTH);
        Model::to_bytes(&self.certain, &bytes)
    }
}

fn certain(examples: &[Example], least: usize, sure: f64) -> Vec<(u64, Tag)> {
    let mut counts: HashMap<u64, [usize; 28]> = HashMap::new();
    for example in examples {
        for (word, tag) in example.words.iter().zip(&example.tags) {
            counts.entry(word.hash).or_insert([0; 28])[*tag as usize] += 1;
        }
    }
    let mut list: Vec<(u64, Tag)> = Vec::new();
    for (hash, tags) in counts {
        let total: usize = tags.iter().sum();
        let most = (0..28).max_by_key(|&k| tags[k]).unwrap_or(0);
        if total >= least && tags[most] as f64 >= sure * total as f64 {
            list.push((hash, TAGS[most]));
        }
    }
    list.sort_by_key(|(hash, _)| *hash);
    list
}
