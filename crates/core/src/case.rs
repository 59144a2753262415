//! A case: a question whose answer history gave.

use crate::inputs::{Citation, Num, Provenance};
use crate::situation::{Date, Question};
use crate::span::Span;

/// A checked case. Lenses see [`Case::question`] only.
#[derive(Clone, Debug)]
pub struct Case {
    /// What a lens may see.
    pub question: Question,
    /// Two or three sentences of background.
    ///
    /// Shown even where the outcome is hidden, so it says nothing of what was chosen.
    pub summary: String,
    /// What was chosen and what came of it, in words; left out where the outcome is hidden.
    pub aftermath: String,
    /// Whether the coder knew the outcome.
    pub coded_knowing_outcome: bool,
    /// What was really chosen.
    pub observed: Option<Observed>,
    /// What the records show of the process.
    pub marks: Vec<Mark>,
    /// What its lenses were fitted on, where they were fitted for this case alone: a decision
    /// of the crisis record.
    pub learned: Option<Learned>,
}

/// What the lenses that judge a decision of the record were fitted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Learned {
    /// Decisions of other crises.
    pub decisions: usize,
    /// Whether some of them are later than this one, because too few are earlier.
    pub later: bool,
}

impl std::fmt::Display for Learned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let how = match self.later {
            true => "all other crises, since too few are earlier",
            false => "earlier crises only",
        };
        write!(f, "fitted on {} decisions of {how}", self.decisions)
    }
}

/// What was really chosen.
#[derive(Clone, Debug)]
pub struct Observed {
    /// Index of the alternative.
    pub alternative: usize,
    /// When.
    pub date: Option<Date>,
    /// How it turned out for the one who acted, -1..1.
    pub success: Option<Num>,
    /// Works that say so.
    pub sources: Vec<Citation>,
}

/// A process trace as the records show it.
#[derive(Clone, Debug)]
pub struct Mark {
    /// The lens that expects or forbids it.
    pub lens: String,
    /// The trace's id.
    pub trace: String,
    /// Found, absent or unknown.
    pub finding: Finding,
    /// In a sentence.
    pub note: String,
    /// Where it is said, or why the coder judged so.
    pub provenance: Provenance,
    /// Where it stands in the file.
    pub span: Option<Span>,
}

/// Whether a trace is in the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The records show it.
    Found,
    /// The records show that it was not so.
    Absent,
    /// The records do not say.
    Unknown,
}

impl Finding {
    /// The word used in files and output.
    pub fn word(self) -> &'static str {
        match self {
            Finding::Found => "found",
            Finding::Absent => "absent",
            Finding::Unknown => "unknown",
        }
    }
}
