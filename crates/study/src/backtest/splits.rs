//! Which rows are fitted on, and which are held back.

use super::folds::folds;
use raison_core::record::{Rows, UNKNOWN};

/// A protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// Ten folds of whole crises.
    Cv,
    /// Crises that began before 1975, and those that began later.
    T1975,
    /// An expanding window in seven blocks.
    Rolling,
    /// Files of the user's.
    Files,
}

impl Split {
    /// The protocols that need no files.
    pub const ALL: [Split; 3] = [Split::Cv, Split::T1975, Split::Rolling];

    /// The word used in files and output.
    pub fn word(self) -> &'static str {
        match self {
            Split::Cv => "cv",
            Split::T1975 => "t1975",
            Split::Rolling => "rolling",
            Split::Files => "files",
        }
    }

    /// The protocol of a word.
    pub fn of(word: &str) -> Option<Split> {
        Split::ALL.into_iter().find(|s| s.word() == word)
    }
}

/// First years of the blocks of the expanding window.
pub const BLOCKS: [i32; 7] = [1946, 1955, 1965, 1975, 1985, 1995, 2005];
/// The year in which the last of them ends.
const END: i32 = 2016;

/// One fit: rows to fit on, rows to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Rows to fit on.
    pub training: Vec<usize>,
    /// Rows held back.
    pub test: Vec<usize>,
}

/// The parts of a protocol over rows whose responses are known. For [`Split::Files`] the
/// first `given` rows are the training file.
pub fn parts(rows: &Rows, split: Split, given: usize) -> Vec<Part> {
    let usable: Vec<usize> = (0..rows.len())
        .filter(|i| rows.rows[*i].class != UNKNOWN)
        .collect();
    let year = |i: &usize| rows.rows[*i].year;
    let part = |train: &dyn Fn(&usize) -> bool, test: &dyn Fn(&usize) -> bool| Part {
        training: usable.iter().copied().filter(|i| train(i)).collect(),
        test: usable.iter().copied().filter(|i| test(i)).collect(),
    };
    let parts = match split {
        Split::Cv => {
            let crises: Vec<i32> = rows.rows.iter().map(|r| r.crisis).collect();
            let fold = folds(&crises, 10, 0);
            (0..10)
                .map(|k| part(&|i| fold[*i] != k, &|i| fold[*i] == k))
                .collect()
        }
        Split::T1975 => vec![part(&|i| year(i) < 1975, &|i| year(i) >= 1975)],
        Split::Rolling => BLOCKS
            .iter()
            .zip(BLOCKS.iter().skip(1).chain([&END]))
            .map(|(from, to)| part(&|i| year(i) < *from, &|i| (*from..*to).contains(&year(i))))
            .collect(),
        Split::Files => vec![part(&|i| *i < given, &|i| *i >= given)],
    };
    let full: Vec<Part> = parts;
    full.into_iter()
        .filter(|p| !p.training.is_empty() && !p.test.is_empty())
        .collect()
}
