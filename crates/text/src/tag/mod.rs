//! Parts of speech by an averaged perceptron (Collins 2002), greedy from left to right.
//!
//! The weights are our own: trained offline on presidential addresses (works of the US
//! government, public domain) that a teacher model under the MIT licence had tagged; see
//! `train/README.md`. Features are hashed into a fixed table, so a model is always
//! [`MODEL_BYTES`] of weights plus a small dictionary of words that have one tag only.

mod features;
mod model;
mod train;

pub(crate) use model::Identity;
pub use model::{MODEL_BYTES, Model, Scratch};
pub use train::{Example, Trainer};

/// The tags: a coarsening of the Penn treebank's set (comparatives go with their
/// positives, plural names with names, predeterminers with determiners, all marks together).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
#[allow(missing_docs)] // the names are the treebank's own
pub enum Tag {
    X = 0,
    CC,
    CD,
    DT,
    EX,
    IN,
    JJ,
    MD,
    NN,
    NNS,
    NNP,
    POS,
    PRP,
    PRPS,
    RB,
    RP,
    TO,
    UH,
    VB,
    VBD,
    VBG,
    VBN,
    VBP,
    VBZ,
    WDT,
    WP,
    WRB,
    Mark,
}

/// All tags by their number.
pub const TAGS: [Tag; 28] = [
    Tag::X,
    Tag::CC,
    Tag::CD,
    Tag::DT,
    Tag::EX,
    Tag::IN,
    Tag::JJ,
    Tag::MD,
    Tag::NN,
    Tag::NNS,
    Tag::NNP,
    Tag::POS,
    Tag::PRP,
    Tag::PRPS,
    Tag::RB,
    Tag::RP,
    Tag::TO,
    Tag::UH,
    Tag::VB,
    Tag::VBD,
    Tag::VBG,
    Tag::VBN,
    Tag::VBP,
    Tag::VBZ,
    Tag::WDT,
    Tag::WP,
    Tag::WRB,
    Tag::Mark,
];

impl Tag {
    /// The coarsened tag of a Penn treebank tag; [`Tag::X`] for unknown names.
    pub fn from_penn(name: &str) -> Tag {
        match name {
            "JJR" | "JJS" => Tag::JJ,
            "RBR" | "RBS" => Tag::RB,
            "PDT" => Tag::DT,
            "NNPS" => Tag::NNP,
            "PRP$" => Tag::PRPS,
            "WP$" => Tag::WP,
            "." | "," | ":" | "``" | "''" | "-LRB-" | "-RRB-" | "HYPH" | "NFP" | "$" => Tag::Mark,
            _ => TAGS
                .into_iter()
                .find(|t| format!("{t:?}") == name)
                .unwrap_or(Tag::X),
        }
    }

    /// A verb form other than a modal.
    pub fn is_verb(self) -> bool {
        (Tag::VB as u8..=Tag::VBZ as u8).contains(&(self as u8))
    }

    /// A common or proper noun.
    pub fn is_noun(self) -> bool {
        matches!(self, Tag::NN | Tag::NNS | Tag::NNP)
    }
}
