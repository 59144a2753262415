//! One round of the challenge model in O(n²) steps and O(n²) memory.
//!
//! Actors are kept sorted by position. On a line the voters who prefer a to b are those
//! on a's side of their midpoint, whatever their risk exponents, so the votes for one
//! side of every contest are differences of prefix sums; the textbook's sum over all
//! voters of all pairs takes O(n³).

use super::powers::{exp2, logs, powers};
use super::switches::{Denominator, Range, Risk, Switches, VoteRisk};
use super::{Actors, offers::Offer, security};
use crate::bargaining::central::median_of_sorted;

/// The state and scratch space of one run; reused over runs of the same size.
///
/// `x`, `w`, `s`, `r` and the square tables are in the order of `order`; `own`,
/// `second`, `risk`, `security` and `offers` are in the caller's order.
pub(super) struct Kernel {
    pub(super) n: usize,
    pub(super) switches: Switches,
    pub(super) order: Vec<usize>,
    /// `order` as it stood in the last round, before the moves.
    order_of_round: Vec<usize>,
    pub(super) x: Vec<f64>,
    pub(super) w: Vec<f64>,
    pub(super) s: Vec<f64>,
    pub(super) r: Vec<f64>,
    pub(super) mu: f64,
    pub(super) range: f64,
    first_range: f64,
    weights: Vec<f64>,
    total: f64,
    /// |x_k − x_a| / R.
    distance: Vec<f64>,
    log_distance: Vec<f64>,
    ballots: Vec<f64>,
    prefix: Vec<f64>,
    /// P(row beats column).
    pub(super) chance: Vec<f64>,
    row: Vec<f64>,
    row_logs: Vec<f64>,
    pub(super) own: Vec<f64>,
    pub(super) second: Vec<f64>,
    pub(super) risk: Vec<f64>,
    pub(super) security: Vec<f64>,
    pub(super) offers: Vec<Option<Offer>>,
    pub(super) all_votes: f64,
}

impl Kernel {
    pub(super) fn new(n: usize, switches: Switches) -> Self {
        let line = || vec![0.0; n];
        let square = || vec![0.0; n * n];
        Self {
            n,
            switches,
            order: (0..n).collect(),
            order_of_round: (0..n).collect(),
            x: line(),
            w: line(),
            s: line(),
            r: vec![1.0; n],
            mu: 0.0,
            range: 0.0,
            first_range: 0.0,
            weights: line(),
            total: 0.0,
            distance: square(),
            log_distance: square(),
            ballots: square(),
            prefix: vec![0.0; n * (n + 1)],
            chance: square(),
            row: vec![0.0; 4 * n],
            row_logs: vec![0.0; 2 * n],
            own: square(),
            second: square(),
            risk: vec![1.0; n],
            security: line(),
            offers: vec![None; n],
            all_votes: 0.0,
        }
    }

    /// Takes up a table of checked actors.
    pub(super) fn load(&mut self, actors: &Actors<'_>) {
        let power = actors.capability.iter().zip(actors.salience);
        for (weight, (c, s)) in self.weights.iter_mut().zip(power) {
            *weight = c * s;
        }
        self.total = self.weights.iter().sum();
        for (place, i) in self.order.iter_mut().enumerate() {
            *i = place;
        }
        self.first_range = 0.0;
        self.arrange(actors.position, actors.salience);
        self.first_range = self.range;
    }

    /// Sorts the actors; finds median and range.
    pub(super) fn arrange(&mut self, positions: &[f64], salience: &[f64]) {
        // Ties keep the caller's order; the order of the last round is nearly right.
        let key = |i: &usize| (positions[*i], *i);
        self.order.sort_by(|a, b| {
            let ((x, i), (y, j)) = (key(a), key(b));
            x.total_cmp(&y).then(i.cmp(&j))
        });
        for (place, &i) in self.order.iter().enumerate() {
            self.x[place] = positions[i];
            self.w[place] = self.weights[i];
            self.s[place] = salience[i];
        }
        let now = self.x[self.n - 1] - self.x[0];
        self.range = match self.switches.range {
            Range::Fixed if self.first_range > 0.0 => self.first_range,
            _ => now,
        };
        self.mu = median_of_sorted(&self.order, &self.weights, positions, self.total);
    }

    /// The mean of positions weighted by effective power.
    pub(super) fn mean(&self) -> f64 {
        let sum: f64 = self
            .x
            .iter()
            .zip(&self.w)
            .map(|(x, w)| w / self.total * x)
            .sum();
        sum
    }

    /// One round: fills risk, expected utilities and offers. Everyone being at one point
    /// is a consensus: nobody offers anything.
    pub(super) fn round(&mut self) {
        self.order_of_round.copy_from_slice(&self.order);
        self.offers.fill(None);
        self.risk.fill(1.0);
        self.r.fill(1.0);
        if self.range <= 0.0 || self.x[0] == self.x[self.n - 1] {
            self.security.fill(0.0);
            self.chance.fill(0.5);
            self.own.fill(0.0);
            self.second.fill(0.0);
            return;
        }
        self.distances();
        self.chances(false);
        self.assess_risk();
        if self.switches.vote_risk == VoteRisk::Own && self.switches.risk != Risk::Off {
            self.chances(true);
        }
        self.expectations();
    }

    /// The first pass: security under risk neutrality, and the exponents it implies.
    fn assess_risk(&mut self) {
        security::dangers(self);
        match self.switches.risk {
            Risk::Off => return,
            Risk::Actors => security::compare_actors(self),
            Risk::Positions => security::compare_positions(self),
        }
        for (place, &i) in self.order.iter().enumerate() {
            self.r[place] = self.risk[i];
        }
    }

    fn distances(&mut self) {
        let n = self.n;
        for (row, &here) in self.distance.chunks_exact_mut(n).zip(&self.x) {
            for (d, x) in row.iter_mut().zip(&self.x) {
                *d = ((x - here).abs() / self.range).min(1.0);
            }
        }
        if self.switches.vote_risk == VoteRisk::Own {
            self.mirror_logs();
        }
    }

    /// Logarithms of distances, each computed once.
    fn mirror_logs(&mut self) {
        let n = self.n;
        for k in 0..n {
            let row = k * n;
            logs(
                &self.distance[row + k..row + n],
                &mut self.log_distance[row + k..row + n],
            );
            for a in k + 1..n {
                self.log_distance[a * n + k] = self.log_distance[row + a];
            }
        }
    }

    /// Victory probabilities, with distances bent by the voters' risk exponents or not.
    fn chances(&mut self, bent: bool) {
        self.cast(bent);
        self.all_votes = 0.0;
        for a in 0..self.n {
            self.contests_of(a);
        }
        // Each unordered pair was counted once; the denominator counts ordered ones.
        self.all_votes *= 2.0;
        if self.switches.denominator == Denominator::AllPairs {
            let total = self.all_votes;
            self.chance.iter_mut().for_each(|p| *p /= total);
        }
    }

    /// Weighted (bent) distances of each voter to each position, summed along voters.
    fn cast(&mut self, bent: bool) {
        let n = self.n;
        for k in 0..n {
            let line = k * n..(k + 1) * n;
            let ballots = &mut self.ballots[line.clone()];
            if bent {
                powers(&self.log_distance[line], self.r[k], ballots);
            } else {
                ballots.copy_from_slice(&self.distance[line]);
            }
            let (done, next) = self.prefix[k * n..(k + 2) * n].split_at_mut(n);
            let w = self.w[k];
            for ((to, from), ballot) in next.iter_mut().zip(done).zip(ballots) {
                *to = *from + w * *ballot;
            }
        }
    }

    /// All contests of `a` with actors to its right.
    fn contests_of(&mut self, a: usize) {
        let n = self.n;
        let all = n * n;
        let pair = self.switches.denominator == Denominator::Pair;
        let mut m = a;
        for b in a..n {
            let middle = self.x[a] / 2.0 + self.x[b] / 2.0;
            while m < n && self.x[m] < middle {
                m += 1;
            }
            let (to_a, to_b) = (self.prefix[m * n + a], self.prefix[m * n + b]);
            let (all_a, all_b) = (self.prefix[all + a], self.prefix[all + b]);
            let for_a = (to_b - to_a).max(0.0);
            let for_b = ((all_a - to_a) - (all_b - to_b)).max(0.0);
            self.all_votes += for_a + for_b;
            let (p, q) = if pair {
                shares(for_a, for_b, all_a + all_b)
            } else {
                (for_a, for_b)
            };
            self.chance[a * n + b] = p;
            self.chance[b * n + a] = q;
        }
    }

    /// The second pass: both coordinates of every contest from both actors' views.
    fn expectations(&mut self) {
        for i in 0..self.n {
            self.utilities_of(i);
            super::offers::views_of(self, i);
        }
    }

    /// Success and failure for actor `i` against everyone: 2 − 4(½ ∓ d/2)^r.
    fn utilities_of(&mut self, i: usize) {
        let n = self.n;
        let distance = &self.distance[i * n..(i + 1) * n];
        let (near, far) = self.row.split_at_mut(n);
        for ((a, b), d) in near.iter_mut().zip(far.iter_mut()).zip(distance) {
            *a = 0.5 - 0.5 * d;
            *b = 0.5 + 0.5 * d;
        }
        if self.r[i] == 1.0 {
            return;
        }
        logs(&self.row[..2 * n], &mut self.row_logs);
        powers(&self.row_logs, self.r[i], &mut self.row[..2 * n]);
    }

    /// The utilities that [`Kernel::utilities_of`] left: success, failure.
    pub(super) fn utilities(&self, j: usize) -> (f64, f64) {
        (2.0 - 4.0 * self.row[j], 2.0 - 4.0 * self.row[self.n + j])
    }

    /// What challenger `i` expects from leaving `j` alone, with exponent `r`.
    pub(super) fn unchallenged(&self, i: usize, j: usize, r: f64) -> f64 {
        let stays = 2.0 - 4.0 * exp2(-r);
        let q = self.switches.q;
        if q >= 1.0 || self.x[j] == self.mu {
            return stays;
        }
        let (to_mu, to_j) = ((self.x[i] - self.mu).abs(), (self.x[i] - self.x[j]).abs());
        let shift = ((to_mu + to_j) / (4.0 * self.range)).min(0.5);
        let signed = if to_mu < to_j { -shift } else { shift };
        q * stays + (1.0 - q) * (2.0 - 4.0 * (0.5 + signed).powf(r))
    }

    pub(super) fn distance(&self, i: usize, j: usize) -> f64 {
        self.distance[i * self.n + j]
    }

    pub(super) fn chance_in_callers_order(&self) -> Vec<f64> {
        let n = self.n;
        let mut out = vec![0.0; n * n];
        for (a, &i) in self.order_of_round.iter().enumerate() {
            for (b, &j) in self.order_of_round.iter().enumerate() {
                out[i * n + j] = self.chance[a * n + b];
            }
        }
        out
    }

    pub(super) fn total_weight(&self) -> f64 {
        self.total
    }
}

/// Shares of the votes cast; a contest on which nobody votes is even: this is the 0/0 of
/// eq. 31. `scale` tells rounding from votes.
pub(super) fn shares(for_a: f64, for_b: f64, scale: f64) -> (f64, f64) {
    let cast = for_a + for_b;
    if cast <= 1e-14 * scale {
        return (0.5, 0.5);
    }
    (for_a / cast, for_b / cast)
}
