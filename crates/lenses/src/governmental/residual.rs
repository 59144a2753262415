//! What each solver can check of its own point.

use super::solvers::{Group, Solver, exchanged};
use super::{Ready, Scale};
use raison_core::{Check, Draw};
use raison_games::bargaining::{Quota, compromise};

/// Name, tolerance and meaning of each solver's figure.
fn named(solver: Solver) -> (&'static str, f64, &'static str) {
    match solver {
        Solver::Compromise => (
            "residual",
            1e-9,
            "imbalance of the weighted pulls around the compromise, as a share of the scale",
        ),
        Solver::Median => (
            "residual",
            1e-9,
            "weight on one side of the median beyond half of it",
        ),
        Solver::Nash | Solver::KalaiSmorodinsky => (
            "residual",
            1e-9,
            "how far the exact bargaining solution can be from the point found, as a share of the scale",
        ),
        Solver::Challenge => (
            "convergence",
            0.01,
            "how far the median still moved in the last round of challenges, as a share of the scale",
        ),
        Solver::Exchange => (
            "residual",
            1e-9,
            "how far the outcomes are from the compromise of the positions voted for, as a share of the scale",
        ),
        Solver::Condorcet => (
            "residual",
            1e-9,
            "how far the chances of the proposals are from summing to 1 and from reproducing themselves",
        ),
        Solver::Procedural => (
            "regret",
            1e-9,
            "how much nearer to its own position the agenda setter could come with another proposal that passes, as a share of the scale",
        ),
    }
}

impl Ready<'_> {
    /// The solver's own check, the worst over the dimensions in use.
    pub(super) fn check(&self, draw: Draw<'_>) -> Check {
        let (name, tolerance, meaning) = named(self.solver);
        let joint = match self.solver {
            Solver::Exchange => self.exchange_residual(draw),
            _ => None,
        };
        let one = |d: &usize| self.residual(*d, draw);
        let value = joint.unwrap_or_else(|| self.used.iter().map(one).fold(0.0, f64::max));
        Check {
            name,
            value,
            tolerance,
            meaning: meaning.to_owned(),
        }
    }

    fn residual(&self, d: usize, draw: Draw<'_>) -> f64 {
        let dim = &self.s().dimensions[d];
        let group = self.table(d, Scale::Own, draw).group;
        let quo = self.status_quo(d, Scale::Own, draw);
        let width = dim.high - dim.low;
        residual(self.solver, &group, quo, self.quota(draw), width)
    }

    fn exchange_residual(&self, draw: Draw<'_>) -> Option<f64> {
        let groups = self.groups(Scale::Own, draw);
        let found = exchanged(&groups)?;
        let apart = groups.iter().enumerate().filter_map(|(k, g)| {
            let votes: Vec<f64> = found
                .votes
                .iter()
                .skip(k)
                .step_by(groups.len())
                .copied()
                .collect();
            let dim = &self.s().dimensions[self.used[k]];
            let point = compromise(&g.weights(), &votes).ok()?;
            Some((point - found.after.get(k)?).abs() / (dim.high - dim.low))
        });
        Some(apart.fold(0.0, f64::max))
    }
}

/// A solver's figure on one dimension; 0 where it finds no point.
fn residual(solver: Solver, group: &Group, quo: Option<f64>, quota: Quota, width: f64) -> f64 {
    let Some(x) = solver.point(group, quo, quota) else {
        return 0.0;
    };
    match solver {
        Solver::Compromise | Solver::Exchange => imbalance(group, x) / width,
        Solver::Median => excess(group, x),
        Solver::Nash | Solver::KalaiSmorodinsky => {
            solver.bargain(group, quo).map_or(0.0, |b| b.within / width)
        }
        Solver::Challenge => super::solvers::last_move(group).unwrap_or(0.0) / width,
        Solver::Condorcet => super::solvers::election_residual(group).unwrap_or(0.0),
        Solver::Procedural => {
            let reference = quo.or_else(|| Solver::Compromise.point(group, None, quota));
            reference.map_or(0.0, |r| forgone(group, x, r, quota) / width)
        }
    }
}

fn imbalance(group: &Group, x: f64) -> f64 {
    let weights = group.weights();
    let pull: f64 = weights
        .iter()
        .zip(&group.positions)
        .map(|(w, p)| w * (p - x))
        .sum();
    (pull / weights.iter().sum::<f64>()).abs()
}

/// Share of the weight strictly on one side of `x` beyond one half.
fn excess(group: &Group, x: f64) -> f64 {
    let weights = group.weights();
    let total: f64 = weights.iter().sum();
    let side = |left: bool| -> f64 {
        let there = weights.iter().zip(&group.positions);
        there
            .filter(|(_, p)| **p != x && (**p < x) == left)
            .map(|(w, _)| w)
            .sum()
    };
    (side(true).max(side(false)) / total - 0.5).max(0.0)
}

/// How much nearer than `x` the agenda setter could come: the setter's own position and
/// the farthest point that each player accepts are all that can be best.
fn forgone(group: &Group, x: f64, reference: f64, quota: Quota) -> f64 {
    let ideal = group.positions[group.strongest()];
    let ends = group.positions.iter().map(|p| 2.0 * p - reference);
    let best = ends
        .chain([ideal, reference])
        .filter(|c| passes(group, *c, reference, quota))
        .map(|c| (c - ideal).abs())
        .fold(f64::INFINITY, f64::min);
    ((x - ideal).abs() - best).max(0.0)
}

fn passes(group: &Group, proposal: f64, reference: f64, quota: Quota) -> bool {
    if proposal == reference {
        return true;
    }
    let total: f64 = group.influence.iter().sum();
    let voters = group.influence.iter().zip(&group.positions);
    let votes: f64 = voters
        .filter(|(_, p)| (proposal - **p).abs() <= (reference - **p).abs())
        .map(|(v, _)| v)
        .sum();
    match quota {
        Quota::Majority => votes > total / 2.0 * (1.0 + 1e-12),
        Quota::Share(share) => votes >= share * total * (1.0 - 1e-12),
        Quota::Votes(needed) => votes >= needed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group() -> Group {
        Group {
            influence: vec![1.0, 0.6, 0.5],
            salience: vec![0.9, 1.0, 0.8],
            positions: vec![10.0, 45.0, 95.0],
        }
    }

    #[test]
    fn every_solver_passes_its_own_check() {
        for (solver, name, _) in super::super::SOLVERS {
            for quo in [None, Some(0.0), Some(80.0)] {
                let value = residual(solver, &group(), quo, Quota::Majority, 100.0);
                assert!(value <= named(solver).1, "{name} from {quo:?}: {value}");
            }
        }
    }

    #[test]
    fn checks_fail_at_a_point_that_is_not_the_solvers() {
        let g = group();
        assert!(imbalance(&g, 60.0) > 1.0);
        assert!(excess(&g, 95.0) > 0.1, "more than half lies to the left");
        assert!(excess(&g, 45.0) <= 0.0);
        // From 80 the setter at 10 and the player at 45 carry 10: 30 gives 20 away.
        assert!((forgone(&g, 30.0, 80.0, Quota::Majority) - 20.0).abs() < 1e-12);
        // Under unanimity nothing passes against the player at 95.
        assert_eq!(forgone(&g, 80.0, 80.0, Quota::Share(1.0)), 0.0);
    }
}
