//! Every number that a judgement rests on, in one table.
//!
//! A [`Question`](crate::Question) holds its numbers here and [`Num`] handles
//! everywhere else. So one draw is one slice of values, a counterfactual replaces one
//! row, and a flip or sensitivity analysis needs to know nothing of any lens.

use crate::draws::Stream;
use crate::span::Span;
use crate::uncertain::{Domain, Uncertain};
use std::collections::{HashMap, HashSet};

/// Handle of a number in [`Inputs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Num(pub u32);

/// A work, and the place in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Citation {
    /// Key in the bibliography.
    pub key: String,
    /// Page, document, row; may be empty.
    pub locator: String,
}

impl std::fmt::Display for Citation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.locator.is_empty() {
            write!(f, "{}", self.key)
        } else {
            write!(f, "{}, {}", self.key, self.locator)
        }
    }
}

/// Why a number is what it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Provenance {
    /// Works that state or imply it.
    Source(Vec<Citation>),
    /// The coder's judgement, with its reason.
    Judgement(String),
    /// Nobody stated it: a documented default stands in, with the reason.
    Assumed(String),
    /// Set by the user for this run.
    Set,
    /// Neither source nor judgement was given.
    Unstated,
}

/// One number.
#[derive(Clone, Debug)]
pub struct Input {
    /// Dotted path as in `--set`, for example `players.rusk.salience`.
    pub path: String,
    /// What is known of it.
    pub amount: Uncertain,
    /// What it may be.
    pub domain: Domain,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Where it stands in the file, if it stands in one.
    pub span: Option<Span>,
}

/// The table of all numbers of a question.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    list: Vec<Input>,
    by_path: HashMap<String, Num>,
    /// Numbers that are 0 or 1 and nothing between.
    binary: HashSet<Num>,
}

impl Inputs {
    /// Adds a number; a path that is already there is replaced.
    pub fn add(&mut self, input: Input) -> Num {
        if let Some(&num) = self.by_path.get(&input.path) {
            self.list[num.0 as usize] = input;
            return num;
        }
        let num = Num(self.list.len() as u32);
        self.by_path.insert(input.path.clone(), num);
        self.list.push(input);
        num
    }

    /// Marks a number as one that is 0 or 1 and nothing between.
    pub fn mark_binary(&mut self, num: Num) {
        self.binary.insert(num);
    }

    /// Whether a number is 0 or 1 and nothing between.
    pub fn is_binary(&self, num: Num) -> bool {
        self.binary.contains(&num)
    }

    /// The handle of a path.
    pub fn find(&self, path: &str) -> Option<Num> {
        self.by_path.get(path).copied()
    }

    /// The number behind a handle of this table.
    pub fn get(&self, num: Num) -> &Input {
        &self.list[num.0 as usize]
    }

    /// Replaces what is known of a number and marks it as set by the user.
    pub fn set(&mut self, num: Num, amount: Uncertain) {
        let input = &mut self.list[num.0 as usize];
        input.amount = amount;
        input.provenance = Provenance::Set;
    }

    /// All numbers with their handles, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (Num, &Input)> {
        self.list
            .iter()
            .enumerate()
            .map(|(i, input)| (Num(i as u32), input))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The central value of every number.
    pub fn central(&self) -> Vec<f64> {
        self.list.iter().map(|i| i.amount.central()).collect()
    }

    /// Draws `first .. first + rows`, row-major: row `r` is one draw of every number.
    ///
    /// Each number has a stream of its own, named by its path.
    pub fn draw(&self, seed: u64, first: u64, rows: usize) -> Vec<f64> {
        let width = self.list.len();
        let mut table = Vec::with_capacity(width * rows);
        let central = self.central();
        (0..rows).for_each(|_| table.extend_from_slice(&central));
        for (column, input) in self.list.iter().enumerate() {
            if input.amount.is_known() {
                continue;
            }
            let mut stream = Stream::new(seed, &input.path, first);
            for row in 0..rows {
                let value = input.amount.quantile(stream.uniform());
                table[row * width + column] = input.domain.clamp(value);
            }
        }
        table
    }
}

/// One draw: a value for every number of a question.
#[derive(Clone, Copy)]
pub struct Draw<'a>(pub &'a [f64]);

impl Draw<'_> {
    /// The value of a number.
    pub fn get(&self, num: Num) -> f64 {
        self.0[num.0 as usize]
    }

    /// The value of a number, or `default` where it was not stated.
    pub fn get_or(&self, num: Option<Num>, default: f64) -> f64 {
        num.map_or(default, |n| self.get(n))
    }
}
