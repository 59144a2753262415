//! A leader's profile: counts of speeches, indices and traits, bootstrap intervals, position
//! against a norm group, probabilities of the six preference types.

mod bootstrap;
mod scheme;
mod trace;
mod types;

pub use bootstrap::{Draws, Estimate, draws};
pub use scheme::{Scheme, Scorer};
pub use trace::{Traced, TracedClause, rule_words, why_not_words};
pub use types::{TypeProbabilities, type_number, types};

use crate::traits::{self, Style, TraitCounts};
use crate::vics::{Counts, Indices};
use raison_core::{Norm, Spread};

/// Below so many words PsyCL and we call a profile unreliable.
pub const FEWEST_WORDS: u64 = 4000;

/// What was counted in one speech, or in many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpeechCounts {
    /// Coded acts.
    pub acts: Counts,
    /// Marks of the traits.
    pub traits: TraitCounts,
    /// Words scored.
    pub words: u64,
    /// Sentences.
    pub sentences: u64,
    /// Verbs looked at, coded or not.
    pub verbs: u64,
    /// Bytes of bracketed stage notes that were left out.
    pub bracketed: u64,
    /// Words in letters that are not Latin.
    pub foreign: u64,
    /// Words that are among the commonest English ones.
    pub common: u64,
}

impl SpeechCounts {
    /// Sums counts.
    pub fn sum(&mut self, more: &SpeechCounts) {
        self.acts.sum(&more.acts);
        self.traits.sum(&more.traits);
        self.words += more.words;
        self.sentences += more.sentences;
        self.verbs += more.verbs;
        self.bracketed += more.bracketed;
        self.foreign += more.foreign;
        self.common += more.common;
    }

    /// Whether the text does not look like English: most letters are not Latin, or the
    /// commonest English words are rare (in English they are about two words in five).
    pub fn not_english(&self) -> bool {
        self.words >= 50 && (self.foreign * 2 > self.words || self.common * 10 < self.words)
    }
}

/// A scored leader.
#[derive(Clone, Debug)]
pub struct Profile {
    /// All counts, summed over speeches.
    pub total: SpeechCounts,
    /// How many speeches.
    pub speeches: usize,
    /// Operational-code indices of the summed counts.
    pub indices: Indices,
    /// Leadership traits of the summed counts.
    pub traits: [Option<f64>; 7],
    /// Bootstrap draws.
    pub draws: Draws,
}

impl Profile {
    /// Puts speeches together: counts are summed, indices computed from the sums.
    pub fn new(speeches: &[SpeechCounts], number_of_draws: usize, seed: u64) -> Self {
        let mut total = SpeechCounts::default();
        speeches.iter().for_each(|s| total.sum(s));
        Self {
            total,
            speeches: speeches.len(),
            indices: Indices::from(&total.acts),
            traits: total.traits.scores(),
            draws: draws(speeches, number_of_draws, seed),
        }
    }

    /// The index at a place of [`raison_core::INDICES`], with its interval.
    pub fn index(&self, at: usize) -> Estimate {
        let value = self.indices.values().get(at).copied().flatten();
        Estimate::new(value, self.draws.indices.iter().map(|d| d[at.min(15)]))
    }

    /// The trait at a place of [`raison_core::TRAITS`], with its interval.
    pub fn leadership_trait(&self, at: usize) -> Estimate {
        let value = self.traits.get(at).copied().flatten();
        Estimate::new(value, self.draws.traits.iter().map(|d| d[at.min(6)]))
    }

    /// z-scores of the traits against a norm group.
    pub fn trait_z(&self, norm: &Norm) -> [Option<f64>; 7] {
        std::array::from_fn(|k| z(self.traits[k], norm.traits.get(k).copied().flatten()))
    }

    /// z-scores of the indices against a norm group.
    pub fn index_z(&self, norm: &Norm) -> [Option<f64>; 16] {
        let values = self.indices.values();
        std::array::from_fn(|k| z(values[k], norm.indices.get(k).copied().flatten()))
    }

    /// Probabilities of the eight styles over the bootstrap draws, in the order of
    /// [`traits::STYLES`]; draws without a style count for none.
    pub fn style_probabilities(&self, norm: &Norm) -> [f64; 8] {
        let mut counts = [0.0; 8];
        for draw in &self.draws.traits {
            let spread = |k: usize| norm.traits.get(k).copied().flatten();
            let scores = std::array::from_fn(|k| z(draw[k], spread(k)));
            if let Some(style) = traits::style(&scores) {
                counts[style as usize] += 1.0;
            }
        }
        let n = self.draws.traits.len().max(1) as f64;
        counts.map(|c| c / n)
    }

    /// The style of the summed counts.
    pub fn style(&self, norm: &Norm) -> Option<Style> {
        traits::style(&self.trait_z(norm))
    }
}

fn z(value: Option<f64>, spread: Option<Spread>) -> Option<f64> {
    let spread = spread.filter(|s| s.sd > 0.0)?;
    Some((value? - spread.mean) / spread.sd)
}

/// Mean and standard deviation over leaders (each leader one case, n − 1), as a norm group;
/// scores that fewer than three leaders have stay missing.
pub fn norm_of(id: &str, title: &str, profiles: &[&Profile]) -> Norm {
    let spread = |get: &dyn Fn(&Profile) -> Option<f64>| {
        let values: Vec<f64> = profiles.iter().filter_map(|p| get(p)).collect();
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
        (values.len() >= 3).then(|| Spread {
            mean,
            sd: (squares / (n - 1.0)).sqrt(),
        })
    };
    Norm {
        id: id.to_string(),
        title: title.to_string(),
        n: profiles.len(),
        coder: CODER.to_string(),
        from: None,
        to: None,
        indices: (0..16)
            .map(|k| spread(&|p: &Profile| p.indices.values()[k]))
            .collect(),
        traits: (0..7).map(|k| spread(&|p: &Profile| p.traits[k])).collect(),
    }
}

/// What leader and norm files say under `coder`.
pub const CODER: &str = "raison-text";
