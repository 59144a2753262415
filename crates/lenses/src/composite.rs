//! A mixture of lenses by decision unit.
//!
//! Who decides says which theory should weigh most (Hermann & Hermann 1989; Hermann
//! 2001): a predominant leader, a single group, or a coalition of autonomous actors, each
//! with its contingency. The shares are our assumption until a study learns them by
//! stacking (Yao et al. 2018).

use crate::choice::{strongest_first, two};
use crate::parameters::with_values;
use raison_core::choice::larger_first;
use raison_core::{
    About, Abstention, Check, Draw, Exhibit, Judgement, Known, Lens, Num, Parameter, Prepared,
    Question, Reason, Stance, UnitKind,
};
use std::sync::Arc;

/// What the lens claims.
pub static ABOUT: About = About {
    title: "Composite",
    aliases: &["mixture"],
    claim: "No one theory fits every government: who decides says how much each counts.",
    citations: &["Hermann & Hermann 1989", "Hermann 2001"],
    traces: &[],
};

/// Lenses that are mixed, with their shares for a predominant leader, a single group
/// and a coalition: assumptions.
const SHARES: [(&str, [f64; 3]); 6] = [
    ("rational", [0.10, 0.20, 0.10]),
    ("organizational", [0.10, 0.15, 0.20]),
    ("governmental", [0.10, 0.30, 0.45]),
    ("leader", [0.40, 0.10, 0.05]),
    ("doctrine", [0.20, 0.15, 0.10]),
    ("memory", [0.10, 0.10, 0.10]),
];

/// The lens.
pub struct Composite {
    parts: Parts,
    parameters: Vec<Parameter>,
}

/// Makes the lenses that can be mixed.
type Parts = Arc<dyn Fn() -> Vec<Box<dyn Lens>> + Send + Sync>;

impl Composite {
    /// A mixture of the lenses that `parts` makes; those without a share are left out.
    pub fn of(parts: impl Fn() -> Vec<Box<dyn Lens>> + Send + Sync + 'static) -> Self {
        let unit = Parameter {
            id: "unit",
            value: 1.0,
            low: 0.0,
            high: 1.0,
            meaning: "how far the decision unit sets the shares; 0 gives every lens the same, assumed 1",
        };
        Composite {
            parts: Arc::new(parts),
            parameters: vec![unit],
        }
    }
}

impl Lens for Composite {
    fn id(&self) -> &'static str {
        "composite"
    }

    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.parameters.clone()
    }

    fn with_parameters(&self, values: &[f64]) -> Box<dyn Lens> {
        Box::new(Composite {
            parts: self.parts.clone(),
            parameters: with_values(&self.parameters, values),
        })
    }

    fn prepare<'q>(&self, question: &'q Question) -> Result<Box<dyn Prepared + 'q>, Abstention> {
        let parts: Vec<Part<'q>> = (self.parts)()
            .iter()
            .filter_map(|lens| {
                let shares = SHARES.iter().find(|(id, _)| *id == lens.id())?.1;
                let prepared = lens.prepare(question).ok()?;
                Some(Part {
                    id: lens.id(),
                    title: lens.about().title,
                    shares,
                    prepared,
                })
            })
            .collect();
        if parts.is_empty() {
            return Err(Abstention::new(
                "no lens answers",
                "see what each lens asks for",
            ));
        }
        Ok(Box::new(Ready {
            question,
            parts,
            unit: self.parameters[0].value,
        }))
    }
}

struct Part<'q> {
    id: &'static str,
    title: &'static str,
    shares: [f64; 3],
    prepared: Box<dyn Prepared + 'q>,
}

struct Ready<'q> {
    question: &'q Question,
    parts: Vec<Part<'q>>,
    unit: f64,
}

impl Ready<'_> {
    /// How much each kind of unit describes who decides. Without a coded unit the
    /// regime stands in: an autocracy leans to a predominant leader, a democracy to a
    /// single group.
    fn kinds(&self) -> [f64; 3] {
        match &self.question.decider.unit {
            Some(unit) => match unit.kind {
                UnitKind::PredominantLeader => [1.0, 0.0, 0.0],
                UnitKind::SingleGroup => [0.0, 1.0, 0.0],
                UnitKind::Coalition => [0.0, 0.0, 1.0],
            },
            None => match self.question.decider.regime.as_str() {
                "autocracy" => [0.6, 0.3, 0.1],
                "democracy" => [0.3, 0.4, 0.3],
                _ => [1.0 / 3.0; 3],
            },
        }
    }

    /// Whether the leader is open to advice, 0..1: coded, or from conceptual complexity
    /// against self-confidence (Hermann 2003) by z-scores.
    fn sensitive(&self, draw: Draw<'_>) -> (f64, Vec<Num>) {
        if let Some(num) = self
            .question
            .decider
            .unit
            .as_ref()
            .and_then(|u| u.sensitive)
        {
            return (draw.get(num), vec![num]);
        }
        let z = |key: &str| {
            let leader = self.question.decider.leader.as_ref()?;
            let num = leader.leadership_trait(key)?;
            let norm = leader.norm.leadership_trait(key)?;
            Some(((draw.get(num) - norm.mean) / norm.sd, num))
        };
        match (z("CC"), z("SC")) {
            (Some((cc, a)), Some((sc, b))) => (1.0 / (1.0 + (sc - cc).exp()), vec![a, b]),
            _ => (0.5, Vec::new()),
        }
    }

    /// Whether the leader respects constraints, 0..1: low need for power and low belief
    /// in own control (Hermann 2003) by z-scores.
    fn respects_constraints(&self, draw: Draw<'_>) -> (f64, Vec<Num>) {
        let z = |key: &str| {
            let leader = self.question.decider.leader.as_ref()?;
            let norm = leader.norm.leadership_trait(key)?;
            let num = leader.leadership_trait(key)?;
            Some(((draw.get(num) - norm.mean) / norm.sd, num))
        };
        match (z("PWR"), z("BACE")) {
            (Some((power, a)), Some((control, b))) => {
                (1.0 / (1.0 + (0.5 * (power + control)).exp()), vec![a, b])
            }
            _ => (0.5, Vec::new()),
        }
    }

    /// Shares of the lenses that answer; they sum to 1.
    ///
    /// Contingencies move up to half of the person's shares (leader, doctrine, memory) to
    /// the setting's (governmental, rational, organizational), or the other way round:
    /// a predominant leader who is open to advice and respects constraints, a group
    /// without a norm of consensus and a coalition with room to bargain lean to the
    /// setting.
    fn shares(&self, draw: Draw<'_>) -> Vec<f64> {
        let kinds = self.kinds();
        let lean = self.lean(draw);
        let raw: Vec<f64> = self
            .parts
            .iter()
            .map(|part| {
                let base: f64 = part.shares.iter().zip(kinds).map(|(s, k)| s * k).sum();
                let person = matches!(part.id, "leader" | "doctrine" | "memory");
                base * if person {
                    1.0 - 0.5 * lean
                } else {
                    1.0 + 0.5 * lean
                }
            })
            .collect();
        let total: f64 = raw.iter().sum();
        let even = 1.0 / raw.len() as f64;
        raw.iter()
            .map(|s| {
                let unit = if total > 0.0 { s / total } else { even };
                self.unit * unit + (1.0 - self.unit) * even
            })
            .collect()
    }

    /// From -1 (the person) to 1 (the setting).
    fn lean(&self, draw: Draw<'_>) -> f64 {
        let unit = self.question.decider.unit.as_ref();
        let [leader, group, coalition] = self.kinds();
        let open = 0.75 * self.sensitive(draw).0 + 0.25 * self.respects_constraints(draw).0;
        let consensus = draw.get_or(unit.and_then(|u| u.consensus), 0.5);
        let bargaining = draw.get_or(unit.and_then(|u| u.bargaining), 0.5);
        leader * (2.0 * open - 1.0)
            + group * (1.0 - 2.0 * consensus)
            + coalition * (2.0 * bargaining - 1.0)
    }

    fn answers(&self, draw: Draw<'_>) -> Vec<Vec<f64>> {
        let n = self.question.situation.alternatives.len();
        self.parts
            .iter()
            .map(|part| {
                let mut p = vec![0.0; n];
                part.prepared.probabilities(draw, &mut p);
                p
            })
            .collect()
    }

    /// The numbers that set the shares at this unit: those of the contingencies of the
    /// kinds that have weight, with the traits that stand in for them.
    fn contingencies(&self, draw: Draw<'_>) -> Vec<Num> {
        let unit = self.question.decider.unit.as_ref();
        let [leader, group, coalition] = self.kinds();
        let mut nums = Vec::new();
        if leader > 0.0 {
            nums.extend(self.sensitive(draw).1);
            nums.extend(self.respects_constraints(draw).1);
        }
        if group > 0.0 {
            nums.extend(unit.and_then(|u| u.consensus));
        }
        if coalition > 0.0 {
            nums.extend(unit.and_then(|u| u.bargaining));
        }
        nums
    }

    /// The field that says who decides: the unit, or the regime that stands in for it.
    fn unit_field(&self) -> &'static str {
        match self.question.decider.unit {
            Some(_) => "decider.unit",
            None => "decider.regime",
        }
    }

    fn reasons(&self, shares: &[f64], draw: Draw<'_>) -> Vec<Reason> {
        let alternatives = &self.question.situation.alternatives;
        let mut reasons: Vec<Reason> = self
            .parts
            .iter()
            .zip(shares)
            .map(|(part, share)| {
                let judgement = part.prepared.judge(draw);
                let first = self.question.situation.leading(&judgement.probabilities);
                let text = format!(
                    "{} counts {} and puts `{}` first ({})",
                    part.title,
                    two(*share),
                    alternatives[first].id,
                    two(judgement.probabilities[first])
                );
                let mut reason = Reason::new(text, *share)
                    .on_all(self.contingencies(draw))
                    .field(self.unit_field());
                reason.parts = judgement.reasons.into_iter().take(2).collect();
                reason
            })
            .collect();
        strongest_first(&mut reasons);
        reasons
    }

    fn exhibit(&self, shares: &[f64], answers: &[Vec<f64>]) -> Exhibit {
        let s = &self.question.situation;
        let rows = self
            .parts
            .iter()
            .zip(shares.iter().zip(answers))
            .map(|(part, (share, answer))| {
                let first = s.leading(answer);
                vec![
                    part.title.to_owned(),
                    two(*share),
                    s.alternatives[first].title.clone(),
                    two(answer[first]),
                ]
            })
            .collect();
        let unit = self
            .question
            .decider
            .unit
            .as_ref()
            .map_or("not coded: the regime stands in", |u| u.kind.word());
        Exhibit::Table {
            title: format!("The mixture (decision unit: {unit})"),
            columns: ["lens", "share", "leads", "probability"].map(String::from).to_vec(),
            rows,
            note: "the shares are an assumption, not an estimate; lenses that abstain give theirs to the others".to_owned(),
        }
    }
}

impl Prepared for Ready<'_> {
    fn probabilities(&self, draw: Draw<'_>, out: &mut [f64]) {
        out.fill(0.0);
        let mut p = vec![0.0; out.len()];
        for (part, share) in self.parts.iter().zip(self.shares(draw)) {
            part.prepared.probabilities(draw, &mut p);
            out.iter_mut().zip(&p).for_each(|(o, p)| *o += share * p);
        }
    }

    fn probabilities_given(&self, draw: Draw<'_>, known: &Known<'_>, out: &mut [f64]) {
        out.fill(0.0);
        let mut p = vec![0.0; out.len()];
        for (part, share) in self.parts.iter().zip(self.shares(draw)) {
            let answer = match known.get(part.id) {
                Some(answer) => answer,
                None => {
                    part.prepared.probabilities(draw, &mut p);
                    &p
                }
            };
            out.iter_mut()
                .zip(answer)
                .for_each(|(o, p)| *o += share * p);
        }
    }

    fn judge(&self, draw: Draw<'_>) -> Judgement {
        let shares = self.shares(draw);
        let mut probabilities = vec![0.0; self.question.situation.alternatives.len()];
        self.probabilities(draw, &mut probabilities);
        Judgement {
            reasons: self.reasons(&shares, draw),
            check: Check {
                name: "residual",
                value: (shares.iter().sum::<f64>() - 1.0).abs(),
                tolerance: 1e-9,
                meaning: "how far the shares are from summing to 1".to_owned(),
            },
            exhibits: vec![self.exhibit(&shares, &self.answers(draw))],
            probabilities,
        }
    }

    fn speaks(&self, draw: Draw<'_>, alternative: usize) -> Vec<Reason> {
        let stances = self.stances(draw, alternative).into_iter();
        let weighed = |s: Stance| s.reasons.into_iter().map(move |r| (s.share, r));
        let mut out: Vec<Reason> = stances
            .flat_map(weighed)
            .map(|(share, mut r)| {
                r.weight *= share;
                r
            })
            .collect();
        strongest_first(&mut out);
        out
    }

    fn stances(&self, draw: Draw<'_>, alternative: usize) -> Vec<Stance> {
        let shares = self.shares(draw).into_iter().zip(self.answers(draw));
        let mut out: Vec<Stance> = self
            .parts
            .iter()
            .zip(shares)
            .map(|(part, (share, answer))| Stance {
                lens: Some(part.title),
                share,
                answer,
                reasons: part.prepared.speaks(draw, alternative),
            })
            .collect();
        out.sort_by(|a, b| larger_first(a.share, b.share));
        out
    }
}
