//! Leadership traits (Hermann 2003): seven shares of high to all marks.
//!
//! Each trait is `high / (high + low)`; what is counted is said at [`Trait`] and, word by
//! word, in `library/lexicon/traits.toml`. Shares made by different coders are not on one
//! scale, so a score means something only against a norm group scored by this coder.

mod count;
mod lists;
mod style;

pub use count::count;
pub use lists::Lists;
pub use style::{HAND_CODED, STYLES, Style, Thresholds, hand_coded, style};

/// The seven traits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Trait {
    /// Belief in one's ability to control events: verbs of `I` and `we` that begin something
    /// against those that feel, think or are.
    Bace,
    /// Need for power: verbs of the own group that try to have effect on others.
    Pwr,
    /// Self-confidence: `I`, `me`, `my`, `mine`, `myself` as instigator, authority or one
    /// who receives something good.
    Sc,
    /// Conceptual complexity: words of degree, cause and exception against words of certainty.
    Cc,
    /// Task focus: words of problems and work against words of persons and feelings.
    Task,
    /// In-group bias: references to the own group with favourable, strong or proud words.
    Igb,
    /// Distrust of others: references to others with words of doubt and harm.
    Dis,
}

/// All traits with their names in files and JSON.
pub const TRAITS: [(Trait, &str); 7] = [
    (Trait::Bace, "BACE"),
    (Trait::Pwr, "PWR"),
    (Trait::Sc, "SC"),
    (Trait::Cc, "CC"),
    (Trait::Task, "TASK"),
    (Trait::Igb, "IGB"),
    (Trait::Dis, "DIS"),
];

/// High and low marks of each trait, in the order of [`TRAITS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TraitCounts {
    /// Marks for the trait.
    pub high: [u64; 7],
    /// Marks against it.
    pub low: [u64; 7],
}

impl TraitCounts {
    /// Counts one mark.
    pub fn add(&mut self, which: Trait, high: bool) {
        let side = if high { &mut self.high } else { &mut self.low };
        side[which as usize] += 1;
    }

    /// Sums counts.
    pub fn sum(&mut self, more: &TraitCounts) {
        (0..7).for_each(|k| {
            self.high[k] += more.high[k];
            self.low[k] += more.low[k];
        });
    }

    /// The seven scores; `None` where nothing was marked.
    pub fn scores(&self) -> [Option<f64>; 7] {
        let real = |side: &[u64; 7]| side.map(|n| n as f64);
        scores(&real(&self.high), &real(&self.low))
    }
}

/// `high / (high + low)` for each trait (counts need not be whole: bootstrap draws).
pub fn scores(high: &[f64; 7], low: &[f64; 7]) -> [Option<f64>; 7] {
    std::array::from_fn(|k| {
        let all = high[k] + low[k];
        (all > 0.0).then(|| high[k] / all)
    })
}
