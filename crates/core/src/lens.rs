//! A theory of how states decide, as something that can be asked.

use crate::inputs::Draw;
use crate::judgement::{Judgement, Reason, Stance};
use crate::situation::{Date, Question};

/// A theory of decision. It answers one question: given this situation and this
/// decider, how likely is each alternative?
///
/// A lens never reads files, never draws from a generator, and never sees what was
/// really chosen.
pub trait Lens: Send + Sync {
    /// Short name, as in `--lens`.
    fn id(&self) -> &'static str;

    /// The theory that a variant belongs to: variants share the process that they expect.
    fn stem(&self) -> &'static str {
        self.id()
    }

    /// What it claims, after whom.
    fn about(&self) -> &'static About;

    /// Its free parameters with their present values.
    fn parameters(&self) -> Vec<Parameter>;

    /// The same lens with other values, in the order of [`parameters`](Self::parameters).
    /// Values outside a parameter's domain are clamped; missing ones keep theirs.
    fn with_parameters(&self, values: &[f64]) -> Box<dyn Lens>;

    /// Whether its parameters were fitted on decisions other than the one at hand.
    fn calibrated(&self) -> bool {
        false
    }

    /// What its sureness on this question was fitted on, in a few words, where it was set
    /// on other decisions while its ranks are its own; none where it was not.
    fn calibration(&self, question: &Question) -> Option<String> {
        let _ = question;
        None
    }

    /// Reads the question once; the answer can then be asked many times.
    ///
    /// # Errors
    /// [`Abstention`] where the theory has nothing to say of this question.
    fn prepare<'q>(&self, question: &'q Question) -> Result<Box<dyn Prepared + 'q>, Abstention>;
}

/// A lens that has read its question.
pub trait Prepared: Send + Sync {
    /// Writes the probability of every alternative at these values into `out`, which
    /// has one place for each alternative.
    fn probabilities(&self, draw: Draw<'_>, out: &mut [f64]);

    /// The same, where the answers of other lenses at these values are known already:
    /// a mixture need not ask its parts again. The result must not differ.
    fn probabilities_given(&self, draw: Draw<'_>, known: &Known<'_>, out: &mut [f64]) {
        let _ = known;
        self.probabilities(draw, out);
    }

    /// The whole answer at these values.
    fn judge(&self, draw: Draw<'_>) -> Judgement;

    /// What speaks for one alternative (weight above 0) and against it (below 0) at these
    /// values, strongest first: it is held against the one that leads or, where it leads
    /// itself, against the next. Without an account of its own a lens gives the reasons for
    /// what leads, which speak against all else.
    fn speaks(&self, draw: Draw<'_>, alternative: usize) -> Vec<Reason> {
        let judgement = self.judge(draw);
        let own = judgement.probabilities.get(alternative).copied();
        let leads = judgement
            .probabilities
            .iter()
            .all(|p| own.is_some_and(|own| own >= *p));
        let mut reasons = judgement.reasons;
        if !leads {
            reasons.iter_mut().for_each(|r| r.weight = -r.weight);
        }
        reasons
    }

    /// Where the lens stands on one alternative; a mixture says it of each of its parts,
    /// the one that counts most first.
    fn stances(&self, draw: Draw<'_>, alternative: usize) -> Vec<Stance> {
        vec![Stance {
            lens: None,
            share: 1.0,
            answer: self.judge(draw).probabilities,
            reasons: self.speaks(draw, alternative),
        }]
    }
}

/// Answers of lenses by id.
pub struct Known<'k> {
    /// Ids.
    pub ids: &'k [&'static str],
    /// Answers in the order of the ids, each as long as there are alternatives.
    pub answers: &'k [Vec<f64>],
}

impl Known<'_> {
    /// The answer of a lens.
    pub fn get(&self, id: &str) -> Option<&[f64]> {
        let at = self.ids.iter().position(|i| *i == id)?;
        self.answers.get(at).map(Vec::as_slice)
    }
}

/// Why a lens does not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abstention {
    /// One sentence.
    pub why: String,
    /// What would make it answer.
    pub help: String,
}

impl Abstention {
    /// An abstention.
    pub fn new(why: impl Into<String>, help: impl Into<String>) -> Self {
        Abstention {
            why: why.into(),
            help: help.into(),
        }
    }
}

/// What a lens is, for readers.
#[derive(Debug)]
pub struct About {
    /// Title.
    pub title: &'static str,
    /// Other names that users may type.
    pub aliases: &'static [&'static str],
    /// What it says, in one sentence.
    pub claim: &'static str,
    /// The published method.
    pub citations: &'static [&'static str],
    /// What it expects and forbids to see of the process.
    pub traces: &'static [Trace],
}

/// Something observable about a decision process.
#[derive(Debug, PartialEq, Eq)]
pub struct Trace {
    /// Id, as in case files.
    pub id: &'static str,
    /// Whether the lens expects it (or forbids it).
    pub expected: bool,
    /// What to look for.
    pub text: &'static str,
}

/// A free parameter of a lens.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Name.
    pub id: &'static str,
    /// Present value.
    pub value: f64,
    /// Smallest value.
    pub low: f64,
    /// Largest value.
    pub high: f64,
    /// What it means, with unit and the reason for its default.
    pub meaning: &'static str,
}

/// What a decider did before, as far as a lens may know it.
pub trait History: Send + Sync {
    /// Decisions of `state` strictly before `before`, oldest first.
    fn decisions(&self, state: &str, before: Date) -> Vec<Earlier>;
}

/// An earlier decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Earlier {
    /// Its address: `icb:196:USA`, or a case's slug.
    pub id: String,
    /// When.
    pub date: Date,
    /// Who decided.
    pub state: String,
    /// The adversary, where known.
    pub adversary: Option<String>,
    /// The leader, where known.
    pub leader: Option<String>,
    /// Class of the action taken.
    pub class: usize,
}
