//! A bargaining model with its switches.

use crate::solve::Switches;
use raison_files::actors::ActorTable;
use raison_files::suggest::{did_you_mean, listed};
use raison_games::bargaining::Quota;
use raison_games::bargaining::challenge::{
    self, Capitulation, Conflict, Denominator, Range, Risk, SecondView, Selection, Stopping,
    VoteRisk,
};
use raison_games::bargaining::condorcet::{Outcome, Rules, Victory, Voting};
use raison_games::bargaining::spatial::Solution;
use serde_json::{Value, json};

/// Which weights the models of one point use.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Weights {
    Effective,
    Capability,
    Salience,
    Equal,
}

/// A model with its switches.
pub(super) enum Model {
    Challenge(challenge::Switches),
    Compromise(Weights),
    Median(Weights),
    Cooperative(Solution, Weights, Option<Vec<f64>>),
    Exchange,
    Procedural {
        agenda: usize,
        reference: Vec<f64>,
        quota: Quota,
    },
    Condorcet(Rules, f64),
}

pub(super) fn model(name: &str, table: &ActorTable, s: &mut Switches) -> Option<Model> {
    Some(match name {
        "challenge" => Model::Challenge(challenge_switches(s)),
        "compromise" => Model::Compromise(weights(s)),
        "median" => Model::Median(weights(s)),
        "nash" => Model::Cooperative(Solution::Nash, weights(s), reference(table, s)),
        "kalai-smorodinsky" => Model::Cooperative(
            Solution::KalaiSmorodinsky,
            Weights::Effective,
            reference(table, s),
        ),
        "exchange" => Model::Exchange,
        "procedural" => return procedure(table, s),
        _ => {
            let default = Rules::default();
            let rules = Rules {
                victory: s.choice("victory", Victory::ALL).unwrap_or(default.victory),
                voting: s.choice("voting", Voting::ALL).unwrap_or(default.voting),
                outcome: s.choice("outcome", Outcome::ALL).unwrap_or(default.outcome),
            };
            Model::Condorcet(rules, s.number("risk").unwrap_or(0.0))
        }
    })
}

pub(super) fn challenge_switches(s: &mut Switches) -> challenge::Switches {
    let base = s
        .choice("preset", &challenge::Switches::presets())
        .unwrap_or_default();
    let q = s.number("Q").unwrap_or(base.q);
    if !(0.0..=1.0).contains(&q) {
        s.bad(
            "Q",
            &q.to_string(),
            "a probability between 0 and 1 is wanted".to_owned(),
        );
    }
    challenge::Switches {
        denominator: s
            .choice("denominator", Denominator::ALL)
            .unwrap_or(base.denominator),
        vote_risk: s
            .choice("vote-risk", VoteRisk::ALL)
            .unwrap_or(base.vote_risk),
        second_view: s
            .choice("second-view", SecondView::ALL)
            .unwrap_or(base.second_view),
        range: s.choice("range", Range::ALL).unwrap_or(base.range),
        risk: s.choice("risk", Risk::ALL).unwrap_or(base.risk),
        q,
        selection: s
            .choice("selection", Selection::ALL)
            .unwrap_or(base.selection),
        capitulation: s
            .choice("capitulation", Capitulation::ALL)
            .unwrap_or(base.capitulation),
        conflict: s.choice("conflict", Conflict::ALL).unwrap_or(base.conflict),
        stopping: s.choice("stopping", Stopping::ALL).unwrap_or(base.stopping),
    }
}

pub(super) fn weights(s: &mut Switches) -> Weights {
    let all = [
        ("effective", Weights::Effective),
        ("capability", Weights::Capability),
        ("salience", Weights::Salience),
        ("equal", Weights::Equal),
    ];
    s.choice("weights", &all).unwrap_or(Weights::Effective)
}

pub(super) fn reference(table: &ActorTable, s: &mut Switches) -> Option<Vec<f64>> {
    let list = s.numbers("reference")?;
    if list.len() != table.issues.len() {
        let help = format!(
            "one number per issue, {} in all, is wanted",
            table.issues.len()
        );
        s.bad("reference", &format!("{list:?}"), help);
        return None;
    }
    Some(list)
}

pub(super) fn procedure(table: &ActorTable, s: &mut Switches) -> Option<Model> {
    let names = || table.actors.iter().map(|a| a.name.as_str());
    let agenda = s.text("agenda");
    let reference = reference(table, s);
    let quota = s.number("quota");
    let quota = match quota {
        None => Quota::Majority,
        Some(q) if q > 0.0 && q <= 1.0 => Quota::Share(q),
        Some(q) if q > 1.0 => Quota::Votes(q),
        Some(q) => {
            s.bad(
                "quota",
                &q.to_string(),
                "a share up to 1, or a number of votes above 1".to_owned(),
            );
            Quota::Majority
        }
    };
    let setter = match &agenda {
        None => {
            s.bad(
                "agenda",
                "",
                format!("name the agenda setter, one of {}", listed(names())),
            );
            None
        }
        Some(name) => {
            let found = names().position(|n| n.eq_ignore_ascii_case(name));
            if found.is_none() {
                let near = did_you_mean(name, names());
                s.bad(
                    "agenda",
                    name,
                    near.unwrap_or_else(|| format!("actors: {}", listed(names()))),
                );
            }
            found
        }
    };
    if reference.is_none() {
        s.bad(
            "reference",
            "",
            "say what holds if nothing is decided: `--set reference=X`".to_owned(),
        );
    }
    Some(Model::Procedural {
        agenda: setter?,
        reference: reference?,
        quota,
    })
}

pub(super) fn weigh(kind: Weights, capability: &[f64], salience: &[f64]) -> Vec<f64> {
    match kind {
        Weights::Effective => capability
            .iter()
            .zip(salience)
            .map(|(c, s)| c * s)
            .collect(),
        Weights::Capability => capability.to_vec(),
        Weights::Salience => salience.to_vec(),
        Weights::Equal => vec![1.0; capability.len()],
    }
}

pub(super) fn switches_of(model: &Model) -> Value {
    match model {
        Model::Challenge(s) => json!({
            "denominator": s.denominator.name(), "vote-risk": s.vote_risk.name(),
            "second-view": s.second_view.name(), "range": s.range.name(), "risk": s.risk.name(),
            "Q": s.q, "selection": s.selection.name(), "capitulation": s.capitulation.name(),
            "conflict": s.conflict.name(), "stopping": s.stopping.name(),
        }),
        Model::Compromise(w) | Model::Median(w) => json!({ "weights": weights_name(*w) }),
        Model::Cooperative(_, w, reference) => {
            json!({ "weights": weights_name(*w), "reference": reference })
        }
        Model::Exchange => json!({}),
        Model::Procedural {
            agenda,
            reference,
            quota,
        } => json!({
            "agenda": agenda, "reference": reference, "quota": match quota {
                Quota::Majority => json!("majority"),
                Quota::Share(q) | Quota::Votes(q) => json!(q),
            },
        }),
        Model::Condorcet(rules, risk) => {
            fn name<T: PartialEq>(all: &[(&'static str, T)], one: T) -> &'static str {
                all.iter().find(|a| a.1 == one).map_or("", |a| a.0)
            }
            json!({
                "victory": name(Victory::ALL, rules.victory), "voting": name(Voting::ALL, rules.voting),
                "outcome": name(Outcome::ALL, rules.outcome), "risk": risk,
            })
        }
    }
}

pub(super) fn weights_name(w: Weights) -> &'static str {
    match w {
        Weights::Effective => "effective",
        Weights::Capability => "capability",
        Weights::Salience => "salience",
        Weights::Equal => "equal",
    }
}
