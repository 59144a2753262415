//! Position exchange between pairs of actors on pairs of issues.

use super::Space;
use crate::Result;

/// One exchange: on `issue_a` the second actor moves towards the first, on `issue_b` the
/// first towards the second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Deal {
    /// Who gains on `issue_a`.
    pub first: usize,
    /// Who gains on `issue_b`.
    pub second: usize,
    /// The issue that matters more to `first`.
    pub issue_a: usize,
    /// The issue that matters more to `second`.
    pub issue_b: usize,
    /// Where `second` now votes on `issue_a`.
    pub second_votes: f64,
    /// Where `first` now votes on `issue_b`.
    pub first_votes: f64,
    /// What each gains: salience times shift of the outcome, in ranges of the issue.
    pub gain: f64,
}

/// The outcomes before and after all exchanges.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchanges {
    /// The compromise on each issue with the positions as they came.
    pub before: Vec<f64>,
    /// The compromise on each issue with the positions voted for.
    pub after: Vec<f64>,
    /// Positions voted for, actor by actor.
    pub votes: Vec<f64>,
    /// The exchanges in the order in which they are struck.
    pub deals: Vec<Deal>,
}

/// Gains below this share of a range are no reason to deal.
const WORTHWHILE: f64 = 1e-9;

/// The position-exchange model.
///
/// The outcome of an issue is the mean of the positions voted for, weighted by capability
/// times salience. Two actors on opposite sides of the outcome on both of two issues, who
/// weigh the issues differently, exchange: each yields where it cares relatively less.
/// The exchange rate gives both the same gain; it is struck as large as positions allow,
/// nobody voting beyond the other's position and no outcome passing the position of the
/// one it moves to. The most valuable exchange comes first; an actor exchanges once on an
/// issue.
///
/// Source: Stokman & Van Oosten 1994 (in Bueno de Mesquita & Stokman, ch. 5); the
/// equal-gain rate is theirs, the treatment of passing outcomes is ours.
///
/// # Errors
/// As [`Space::new`]; fewer than two issues give no deals.
pub fn exchange(space: &Space<'_>) -> Result<Exchanges> {
    let mut table = Table::new(space)?;
    let before = table.outcomes();
    let mut deals = Vec::new();
    while let Some(deal) = table.best() {
        table.strike(&deal);
        deals.push(deal);
    }
    Ok(Exchanges {
        before,
        after: table.outcomes(),
        votes: table.votes,
        deals,
    })
}

struct Table<'a> {
    space: &'a Space<'a>,
    ranges: Vec<f64>,
    totals: Vec<f64>,
    votes: Vec<f64>,
    spent: Vec<bool>,
}

impl<'a> Table<'a> {
    fn new(space: &'a Space<'a>) -> Result<Self> {
        let totals = (0..space.issues())
            .map(|d| (0..space.actors()).map(|i| space.weight(i, d)).sum())
            .collect();
        Ok(Self {
            ranges: (0..space.issues()).map(|d| space.bounds(d).1).collect(),
            totals,
            votes: space.positions.to_vec(),
            spent: vec![false; space.positions.len()],
            space,
        })
    }

    fn at(&self, i: usize, d: usize) -> usize {
        i * self.space.issues() + d
    }

    fn outcome(&self, d: usize) -> f64 {
        let n = self.space.actors();
        let sum: f64 = (0..n)
            .map(|i| self.space.weight(i, d) * self.votes[self.at(i, d)])
            .sum();
        sum / self.totals[d]
    }

    fn outcomes(&self) -> Vec<f64> {
        (0..self.space.issues()).map(|d| self.outcome(d)).collect()
    }

    /// The deal with the largest gain; ties fall to the first actors and issues.
    fn best(&self) -> Option<Deal> {
        let outcomes = self.outcomes();
        let (n, issues) = (self.space.actors(), self.space.issues());
        let mut best: Option<Deal> = None;
        for first in 0..n {
            for second in (0..n).filter(|s| *s != first) {
                for issue_a in 0..issues {
                    for issue_b in (0..issues).filter(|b| *b != issue_a) {
                        let deal = self.deal(&outcomes, first, second, issue_a, issue_b);
                        best = match (best, deal) {
                            (Some(b), Some(d)) if d.gain <= b.gain => Some(b),
                            (b, d) => d.or(b),
                        };
                    }
                }
            }
        }
        best
    }

    fn deal(&self, outcomes: &[f64], i: usize, j: usize, a: usize, b: usize) -> Option<Deal> {
        let free = |k: usize, d: usize| !self.spent[self.at(k, d)] && self.totals[d] > 0.0;
        let s = |k: usize, d: usize| self.space.salience[self.at(k, d)];
        // The first must care relatively more for a, the second for b.
        if !(free(j, a) && free(i, b)) || s(i, a) * s(j, b) <= s(i, b) * s(j, a) {
            return None;
        }
        let most_a = self.largest_shift(outcomes[a], i, j, a)?;
        let most_b = self.largest_shift(outcomes[b], j, i, b)?;
        // Equal gains: s_ia·A − s_ib·B = s_jb·B − s_ja·A.
        let rate = (s(i, a) + s(j, a)) / (s(i, b) + s(j, b));
        let shift_a = most_a.min(most_b / rate);
        let shift_b = rate * shift_a;
        let gain = s(i, a) * shift_a - s(i, b) * shift_b;
        (gain > WORTHWHILE).then(|| Deal {
            first: i,
            second: j,
            issue_a: a,
            issue_b: b,
            second_votes: self.vote_after(shift_a, i, j, a),
            first_votes: self.vote_after(shift_b, j, i, b),
            gain,
        })
    }

    /// How far, in ranges, `giver` can shift the outcome of `d` towards `taker`.
    fn largest_shift(&self, outcome: f64, taker: usize, giver: usize, d: usize) -> Option<f64> {
        let goal = self.space.positions[self.at(taker, d)];
        let from = self.votes[self.at(giver, d)];
        if self.ranges[d] <= 0.0 || (goal - outcome) * (from - outcome) >= 0.0 {
            return None;
        }
        let share = self.space.weight(giver, d) / self.totals[d];
        let by_vote = (goal - from).abs() * share;
        Some(by_vote.min((goal - outcome).abs()) / self.ranges[d])
    }

    fn vote_after(&self, shift: f64, taker: usize, giver: usize, d: usize) -> f64 {
        let goal = self.space.positions[self.at(taker, d)];
        let from = self.votes[self.at(giver, d)];
        let step = shift * self.ranges[d] * self.totals[d] / self.space.weight(giver, d);
        if step >= (goal - from).abs() {
            goal
        } else {
            from + step * (goal - from).signum()
        }
    }

    fn strike(&mut self, deal: &Deal) {
        let (a, b) = (
            self.at(deal.second, deal.issue_a),
            self.at(deal.first, deal.issue_b),
        );
        self.votes[a] = deal.second_votes;
        self.votes[b] = deal.first_votes;
        let (c, d) = (
            self.at(deal.first, deal.issue_a),
            self.at(deal.second, deal.issue_b),
        );
        [a, b, c, d].into_iter().for_each(|k| self.spent[k] = true);
    }
}
