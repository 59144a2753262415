//! How a group's point is found, by each of the field's models.

use raison_games::bargaining::challenge::{Actors, Round, Switches, challenge};
use raison_games::bargaining::condorcet::{Contest, Rules, condorcet_of_positions};
use raison_games::bargaining::exchange::Exchanges;
use raison_games::bargaining::{
    Bargain, Disagreement, Quota, Space, compromise, exchange, kalai_smorodinsky, nash_bargaining,
    procedural, weighted_median,
};

/// A model of group bargaining.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Solver {
    /// Mean weighted by influence times salience (Van den Bos 1991).
    Compromise,
    /// Median weighted alike (Black 1948).
    Median,
    /// Asymmetric Nash bargaining from the status quo (Nash 1950).
    Nash,
    /// Kalai–Smorodinsky from the status quo (Kalai & Smorodinsky 1975).
    KalaiSmorodinsky,
    /// The challenge model, repaired preset, median after ten rounds at most (Bueno de
    /// Mesquita; after Scholz, Calbert & Smith 2011).
    Challenge,
    /// Position exchange between dimensions (Stokman & Van Oosten 1994).
    Exchange,
    /// Expected winner of a probabilistic Condorcet election (as KTAB defines it).
    Condorcet,
    /// The most influential player sets the agenda against the status quo; a proposal
    /// needs the votes, by influence, that the channel's rule asks for (Romer & Rosenthal 1978; Steunenberg 1994).
    Procedural,
}

/// All solvers with their names and the ids of their lenses.
pub const SOLVERS: [(Solver, &str, &str); 8] = [
    (Solver::Compromise, "compromise", "governmental"),
    (Solver::Median, "median", "governmental:median"),
    (Solver::Nash, "nash", "governmental:nash"),
    (
        Solver::KalaiSmorodinsky,
        "kalai-smorodinsky",
        "governmental:kalai-smorodinsky",
    ),
    (Solver::Challenge, "challenge", "governmental:challenge"),
    (Solver::Exchange, "exchange", "governmental:exchange"),
    (Solver::Condorcet, "condorcet", "governmental:condorcet"),
    (Solver::Procedural, "procedural", "governmental:procedural"),
];

/// Rounds of the challenge model at most.
const ROUNDS: usize = 10;

/// Players who take part in finding a point on one dimension: three lists alike.
#[derive(Clone, Default)]
pub struct Group {
    /// Influence, 0..1.
    pub influence: Vec<f64>,
    /// Salience on this dimension, 0..1.
    pub salience: Vec<f64>,
    /// Positions.
    pub positions: Vec<f64>,
}

impl Group {
    /// Influence times salience.
    pub fn weights(&self) -> Vec<f64> {
        self.influence
            .iter()
            .zip(&self.salience)
            .map(|(i, s)| i * s)
            .collect()
    }

    /// The most influential player; the first of several.
    pub(super) fn strongest(&self) -> usize {
        crate::choice::first(&self.influence)
    }
}

impl Solver {
    /// The group's point on one dimension; `None` where nobody with weight has a
    /// position. Only the procedural model reads the quota. Exchange needs all dimensions at once: see [`exchanged`].
    pub fn point(self, group: &Group, status_quo: Option<f64>, quota: Quota) -> Option<f64> {
        let (w, x) = (group.weights(), &group.positions);
        match self {
            Solver::Compromise | Solver::Exchange => compromise(&w, x).ok(),
            Solver::Median => weighted_median(&w, x).ok(),
            Solver::Nash | Solver::KalaiSmorodinsky => {
                self.bargain(group, status_quo).map(|b| b.point)
            }
            Solver::Challenge => challenged(group),
            Solver::Condorcet => elected(group),
            Solver::Procedural => {
                let reference = status_quo.or_else(|| compromise(&w, x).ok())?;
                procedural(x, &group.influence, group.strongest(), reference, quota)
                    .ok()
                    .map(|p| p.point)
            }
        }
    }

    /// The agreement of the two models of cooperative bargaining.
    pub(super) fn bargain(self, group: &Group, status_quo: Option<f64>) -> Option<Bargain> {
        let (w, x) = (group.weights(), &group.positions);
        let without = status_quo.map_or(Disagreement::Zero, Disagreement::Point);
        match self {
            Solver::KalaiSmorodinsky => kalai_smorodinsky(&w, x, without).ok(),
            _ => nash_bargaining(&w, x, without).ok(),
        }
    }
}

fn challenged(group: &Group) -> Option<f64> {
    rounds(group)?.last().map(|r| r.median)
}

/// How far the median moved in the last round of challenges.
pub(super) fn last_move(group: &Group) -> Option<f64> {
    match rounds(group)?.as_slice() {
        [.., before, last] => Some((last.median - before.median).abs()),
        _ => Some(0.0),
    }
}

fn rounds(group: &Group) -> Option<Vec<Round>> {
    let actors = Actors {
        capability: &group.influence,
        position: &group.positions,
        salience: &group.salience,
    };
    challenge(&actors, &Switches::repaired(), ROUNDS).ok()
}

/// How far the chances of the proposals are from summing to 1 and from reproducing
/// themselves.
pub(super) fn election_residual(group: &Group) -> Option<f64> {
    let election = contest(group)?.election;
    let sum: f64 = election.probability.iter().sum();
    Some(election.residual.max((sum - 1.0).abs()))
}

fn contest(group: &Group) -> Option<Contest> {
    let space = Space::new(&group.influence, &group.positions, &group.salience).ok()?;
    condorcet_of_positions(&space, 0.0, Rules::default()).ok()
}

fn elected(group: &Group) -> Option<f64> {
    let contest = contest(group)?;
    let chances = contest.election.probability.iter().zip(&contest.proposers);
    Some(chances.map(|(p, who)| p * group.positions[*who]).sum())
}

/// Positions voted for and outcomes on all dimensions after position exchange among the players who stand on
/// every one of them; `None` with fewer than two dimensions or players.
pub fn exchanged(groups: &[Group]) -> Option<Exchanges> {
    let first = groups.first()?;
    let n = first.positions.len();
    if groups.len() < 2 || n < 2 || groups.iter().any(|g| g.positions.len() != n) {
        return None;
    }
    let by_player = |pick: fn(&Group) -> &Vec<f64>| -> Vec<f64> {
        (0..n)
            .flat_map(|i| groups.iter().map(move |g| pick(g)[i]))
            .collect()
    };
    let (positions, salience) = (by_player(|g| &g.positions), by_player(|g| &g.salience));
    let space = Space::new(&first.influence, &positions, &salience).ok()?;
    exchange(&space).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three() -> Group {
        Group {
            influence: vec![1.0, 1.0, 1.0],
            salience: vec![1.0, 1.0, 1.0],
            positions: vec![0.0, 40.0, 100.0],
        }
    }

    #[test]
    fn solvers_by_hand() {
        let g = three();
        let mean = Solver::Compromise
            .point(&g, None, Quota::Majority)
            .expect("a point");
        assert!((mean - 140.0 / 3.0).abs() < 1e-12);
        assert_eq!(Solver::Median.point(&g, None, Quota::Majority), Some(40.0));
        // The first of the strongest sets the agenda at 0; the median voter goes along as
        // long as 0 is nearer to 40 than the status quo.
        assert_eq!(
            Solver::Procedural.point(&g, Some(90.0), Quota::Majority),
            Some(0.0)
        );
        // From 90 two thirds are the players at 0 and 40: the same. Unanimity needs the
        // player at 100, who accepts nothing below 90.
        let with = |share| Solver::Procedural.point(&g, Some(90.0), Quota::Share(share));
        assert_eq!(with(2.0 / 3.0), Some(0.0));
        assert_eq!(with(1.0), Some(90.0));
        for (solver, name, _) in SOLVERS {
            let x = solver
                .point(&g, Some(100.0), Quota::Majority)
                .unwrap_or_else(|| panic!("{name}"));
            assert!((0.0..=100.0).contains(&x), "{name}: {x}");
        }
    }

    #[test]
    fn exchange_needs_two_issues_that_players_weigh_differently() {
        assert!(exchanged(&[three()]).is_none());
        let mut a = three();
        let mut b = three();
        b.positions = vec![100.0, 40.0, 0.0];
        a.salience = vec![0.9, 0.5, 0.2];
        b.salience = vec![0.2, 0.5, 0.9];
        let before = Solver::Compromise
            .point(&a, None, Quota::Majority)
            .expect("a point");
        let after = exchanged(&[a, b]).expect("outcomes").after;
        assert!((after[0] - before).abs() > 1.0, "{before} {after:?}");
    }
}
