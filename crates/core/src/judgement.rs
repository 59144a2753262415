//! What a lens answers.

use crate::inputs::{Citation, Num};

/// A lens's answer at one set of values.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// Probability of every alternative: finite, sums to 1.
    pub probabilities: Vec<f64>,
    /// Why, strongest first.
    pub reasons: Vec<Reason>,
    /// What the method can check of itself.
    pub check: Check,
    /// Tables and figures that belong to the method.
    pub exhibits: Vec<Exhibit>,
}

/// One reason, with the reasons behind it.
#[derive(Clone, Debug, Default)]
pub struct Reason {
    /// One sentence.
    pub text: String,
    /// How much it moved the answer, in the lens's own unit; the sign is for or against
    /// the leading alternative.
    pub weight: f64,
    /// What it rests on.
    pub origins: Vec<Origin>,
    /// Parts of it.
    pub parts: Vec<Reason>,
}

impl Reason {
    /// A reason without parts.
    pub fn new(text: impl Into<String>, weight: f64) -> Self {
        Reason {
            text: text.into(),
            weight,
            ..Reason::default()
        }
    }

    /// Adds a number that it rests on.
    pub fn on(mut self, num: Num) -> Self {
        self.origins.push(Origin::Input(num));
        self
    }

    /// Adds numbers that it rests on.
    pub fn on_all(mut self, nums: impl IntoIterator<Item = Num>) -> Self {
        self.origins.extend(nums.into_iter().map(Origin::Input));
        self
    }

    /// Adds works that it rests on.
    pub fn citing(mut self, works: &[Citation]) -> Self {
        self.origins.extend(works.iter().cloned().map(Origin::Work));
        self
    }

    /// Adds a field of a file that it rests on, as a dotted path.
    pub fn field(mut self, path: impl Into<String>) -> Self {
        self.origins.push(Origin::Field(path.into()));
        self
    }

    /// Adds a part.
    pub fn part(mut self, part: Reason) -> Self {
        self.parts.push(part);
        self
    }
}

/// Where one lens stands on one alternative.
#[derive(Clone, Debug, Default)]
pub struct Stance {
    /// Title of the lens; none where it speaks for itself.
    pub lens: Option<&'static str>,
    /// How much it counts, 0..1.
    pub share: f64,
    /// Its probabilities of all alternatives.
    pub answer: Vec<f64>,
    /// What it says for the alternative (weight above 0) and against it, strongest first.
    pub reasons: Vec<Reason>,
}

/// What a reason rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A number of the question.
    Input(Num),
    /// A work.
    Work(Citation),
    /// A field that is no number: `alternatives.blockade.tags`.
    Field(String),
}

/// A lens's check of its own answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What is checked: `regret`, `residual`, `convergence`, `bounds`.
    pub name: &'static str,
    /// The figure; 0 is perfect.
    pub value: f64,
    /// Above this the answer is not to be trusted.
    pub tolerance: f64,
    /// What the figure means.
    pub meaning: String,
}

impl Check {
    /// Whether the figure is within its tolerance.
    pub fn passes(&self) -> bool {
        self.value.is_finite() && self.value <= self.tolerance
    }
}

/// A table or figure that belongs to a method.
#[derive(Clone, Debug, PartialEq)]
pub enum Exhibit {
    /// A plain table.
    Table {
        /// Title.
        title: String,
        /// Column heads.
        columns: Vec<String>,
        /// Rows, as many cells as columns.
        rows: Vec<Vec<String>>,
        /// What to know when reading it; may be empty.
        note: String,
    },
    /// Positions on a dimension.
    Positions {
        /// Title of the dimension.
        title: String,
        /// Ends of the scale.
        range: (f64, f64),
        /// What the ends mean.
        labels: (String, String),
        /// Players: name, lowest, central and highest position, weight in the decision.
        players: Vec<Placed>,
        /// Alternatives: title and position.
        alternatives: Vec<(String, f64)>,
        /// Results of the solvers: name and position.
        results: Vec<(String, f64)>,
    },
    /// The path of eliminations of a two-stage choice.
    Eliminations {
        /// Title.
        title: String,
        /// One step for each alternative.
        steps: Vec<Elimination>,
    },
}

/// A player on a dimension.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Name.
    pub name: String,
    /// Lowest plausible position.
    pub low: f64,
    /// Central position.
    pub at: f64,
    /// Highest plausible position.
    pub high: f64,
    /// Influence times salience.
    pub weight: f64,
}

/// What happened to one alternative under a doctrine.
#[derive(Clone, Debug, PartialEq)]
pub struct Elimination {
    /// Id of the alternative.
    pub alternative: String,
    /// Titles of the bars that struck it, each with `released` or not.
    pub bars: Vec<(String, bool)>,
    /// Whether it was left for weighing.
    pub left: bool,
    /// Its score in weighing, where it was weighed.
    pub score: Option<f64>,
}
