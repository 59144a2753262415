//! A leader's profile as text, JSON and HTML.

mod html;
mod json;
mod text;

pub use html::render as html;
pub use json::{leaders, render as json};
pub use text::{clauses, ranking, render as text};

use raison_core::Norm;
use raison_text::profile::{Profile, SpeechCounts, Traced, TypeProbabilities};

/// A file of speeches in a profile.
#[derive(Clone, Copy, Debug)]
pub struct FileRow<'a> {
    /// The file as the user named it.
    pub name: &'a str,
    /// What was counted.
    pub counts: &'a SpeechCounts,
    /// The text that was scored and its verbs, where they are to be shown.
    pub shown: Option<(&'a str, &'a [Traced])>,
}

/// A pair of preference types, the game they make and how it ends.
#[derive(Clone, Debug)]
pub struct GameRow {
    /// Type of self, 1 to 6.
    pub own: usize,
    /// Type of the other, 1 to 6.
    pub other: usize,
    /// Share of draws with these two types.
    pub probability: f64,
    /// Final outcomes from settle, submit, dominate and deadlock, as self sees them: two
    /// where it depends on who moves first.
    pub ends: [Vec<&'static str>; 4],
    /// All non-myopic equilibria.
    pub equilibria: Vec<&'static str>,
}

/// Everything that a report of a profile says.
#[derive(Clone, Debug)]
pub struct ProfileView<'a> {
    /// Name and version of the engine.
    pub engine: &'a str,
    /// The leader.
    pub name: &'a str,
    /// Code of the leader's state.
    pub state: &'a str,
    /// Name of the leader's state.
    pub state_name: &'a str,
    /// The scores.
    pub profile: &'a Profile,
    /// The norm group.
    pub norm: Option<&'a Norm>,
    /// The files.
    pub files: Vec<FileRow<'a>>,
    /// Probabilities of preference types.
    pub types: Option<&'a TypeProbabilities>,
    /// Their games, the likeliest first.
    pub games: &'a [GameRow],
    /// Names of the six types.
    pub type_names: [&'static str; 6],
    /// Bootstrap draws.
    pub draws: usize,
    /// Their seed.
    pub seed: u64,
    /// Interviews and press conferences rather than prepared speeches.
    pub spontaneous: bool,
    /// Whether the style by hand-coding thresholds is asked for.
    pub hand_coded: bool,
    /// Warnings in the user's words.
    pub warnings: &'a [String],
}

/// What the indices mean, in the order of [`raison_core::INDICES`].
pub(crate) const MEANINGS: [&str; 16] = [
    "world: −1 hostile … 1 friendly",
    "own goals: −1 out of reach … 1 in reach",
    "predictability of others, 0 … 1",
    "control over events, 0 … 1",
    "role of chance, 0 … 1",
    "strategy: −1 conflict … 1 cooperation",
    "tactics: −1 conflict … 1 cooperation",
    "acceptance of risk, 0 … 1",
    "shift between cooperation and conflict",
    "shift between words and deeds",
    "share of rewards",
    "share of promises",
    "share of appeals",
    "share of oppositions",
    "share of threats",
    "share of punishments",
];

/// What the traits mean, in the order of [`raison_core::TRAITS`].
pub(crate) const TRAIT_MEANINGS: [&str; 7] = [
    "belief in control",
    "need for power",
    "self-confidence",
    "conceptual complexity",
    "task, not relationship",
    "in-group bias",
    "distrust of others",
];

/// The starts of a game, in the order of [`GameRow::ends`].
pub(crate) const STARTS: [&str; 4] = ["settle", "submit", "dominate", "deadlock"];
