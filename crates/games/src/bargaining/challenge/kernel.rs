//! One round of the challenge model in O(n²) steps and O(n²) memory.
//!
//! Two observations carry the speed. On a line the voters who prefer a to b are those on
//! a's side of their midpoint, whatever their risk exponents, so the votes for one side
//! of every contest are differences of prefix sums, where the textbook sums over all
//! voters of all pairs in O(n³). And actors who have moved to the same *place* share
//! distances, probabilities and their logarithms, so tables are kept by place.

use super::offers::Offer;
use super::powers::{exp2, logs, powers};
use super::switches::{Denominator, Range, Risk, Switches, VoteRisk};
use super::{Actors, security};
use crate::bargaining::central::median_of_sorted;

/// The state and scratch space of one run; reused over runs of the same size.
///
/// Lists of actors are in the caller's order. Tables of places have rows of length `n`,
/// of which the first `m` are in use.
pub(super) struct Kernel {
    pub(super) n: usize,
    pub(super) switches: Switches,
    /// Effective powers and their sum.
    pub(super) weights: Vec<f64>,
    pub(super) total: f64,
    pub(super) salience: Vec<f64>,
    /// Actors by rising position.
    order: Vec<usize>,
    /// Number of places, their positions, and where each actor stands.
    pub(super) m: usize,
    pub(super) x: Vec<f64>,
    pub(super) place: Vec<usize>,
    pub(super) mu: f64,
    pub(super) range: f64,
    first_range: f64,
    /// |x_p − x_q| / R, its logarithm, and those of ½ ∓ half of it.
    pub(super) distance: Vec<f64>,
    log_distance: Vec<f64>,
    /// In one row: the near ones, then the far ones.
    log_sides: Vec<f64>,
    ballot: Vec<f64>,
    /// How many actors stand at each place.
    pub(super) count: Vec<f64>,
    prefix: Vec<f64>,
    /// P(row beats column), by places.
    pub(super) chance: Vec<f64>,
    /// Powers for the success and failure of one actor against each place.
    pub(super) sides: Vec<f64>,
    /// Parts of that actor's expected utilities, see `offers::views_of`.
    pub(super) gain: Vec<f64>,
    pub(super) risked: Vec<f64>,
    pub(super) pressed: Vec<f64>,
    pub(super) all_votes: f64,
    /// What the last round found.
    pub(super) own: Vec<f64>,
    pub(super) second: Vec<f64>,
    pub(super) risk: Vec<f64>,
    pub(super) security: Vec<f64>,
    pub(super) offers: Vec<Option<Offer>>,
    place_before: Vec<usize>,
}

impl Kernel {
    pub(super) fn new(n: usize, switches: Switches) -> Self {
        let line = || vec![0.0; n];
        let square = || vec![0.0; n * n];
        Self {
            n,
            switches,
            weights: line(),
            total: 0.0,
            salience: line(),
            order: (0..n).collect(),
            m: 0,
            x: line(),
            place: vec![0; n],
            mu: 0.0,
            range: 0.0,
            first_range: 0.0,
            distance: square(),
            log_distance: square(),
            log_sides: vec![0.0; 2 * n * n],
            ballot: line(),
            count: line(),
            prefix: vec![0.0; n * (n + 1)],
            chance: square(),
            sides: vec![0.0; 2 * n],
            gain: line(),
            risked: line(),
            pressed: line(),
            all_votes: 0.0,
            own: square(),
            second: square(),
            risk: vec![1.0; n],
            security: line(),
            offers: vec![None; n],
            place_before: vec![0; n],
        }
    }

    /// Takes up a table of checked actors.
    pub(super) fn load(&mut self, actors: &Actors<'_>) {
        let power = actors.capability.iter().zip(actors.salience);
        for (weight, (c, s)) in self.weights.iter_mut().zip(power) {
            *weight = c * s;
        }
        self.total = self.weights.iter().sum();
        self.salience.copy_from_slice(actors.salience);
        self.first_range = 0.0;
        self.arrange(actors.position);
        self.first_range = self.range;
    }

    /// Sorts the actors into places; finds median and range.
    pub(super) fn arrange(&mut self, positions: &[f64]) {
        // The order of the last round is nearly right, which the sort rewards.
        self.order
            .sort_by(|&a, &b| positions[a].total_cmp(&positions[b]));
        self.m = 0;
        for &i in &self.order {
            if self.m == 0 || self.x[self.m - 1] != positions[i] {
                self.x[self.m] = positions[i];
                self.m += 1;
            }
            self.place[i] = self.m - 1;
        }
        self.range = match self.switches.range {
            Range::Fixed if self.first_range > 0.0 => self.first_range,
            _ => self.x[self.m - 1] - self.x[0],
        };
        self.mu = median_of_sorted(&self.order, &self.weights, positions, self.total);
    }

    /// The mean of positions weighted by effective power.
    pub(super) fn mean(&self) -> f64 {
        let terms = self.place.iter().zip(&self.weights);
        terms.map(|(p, w)| w / self.total * self.x[*p]).sum()
    }

    /// One round: fills risk, expected utilities and offers. Everyone being at one point
    /// is a consensus: nobody offers anything.
    pub(super) fn round(&mut self) {
        self.place_before.copy_from_slice(&self.place);
        self.offers.fill(None);
        self.risk.fill(1.0);
        if self.m == 1 {
            self.consensus();
            return;
        }
        self.distances();
        self.chances(false);
        self.assess_risk();
        if self.switches.vote_risk == VoteRisk::Own && self.switches.risk != Risk::Off {
            self.chances(true);
        }
        for i in 0..self.n {
            self.powers_of(i);
            super::offers::views_of(self, i);
        }
    }

    fn consensus(&mut self) {
        self.security.fill(0.0);
        self.chance.fill(0.5);
        self.own.fill(0.0);
        self.second.fill(0.0);
        self.all_votes = 0.0;
    }

    /// The first pass: security under risk neutrality, and the exponents it implies.
    fn assess_risk(&mut self) {
        security::dangers(self);
        match self.switches.risk {
            Risk::Off => {}
            Risk::Actors => security::compare_actors(self),
            Risk::Positions => security::compare_positions(self),
        }
    }

    /// Distances between places and their logarithms, each computed once.
    fn distances(&mut self) {
        let (n, m) = (self.n, self.m);
        for p in 0..m {
            let line = p * n + p..p * n + m;
            let row = &mut self.distance[line.clone()];
            for (d, x) in row.iter_mut().zip(&self.x[p..m]) {
                *d = ((x - self.x[p]) / self.range).min(1.0);
            }
            logs(row, &mut self.log_distance[line], |d| d);
            let (near, far) = self.log_sides[2 * p * n..2 * p * n + 2 * m].split_at_mut(m);
            logs(row, &mut near[p..], |d| 0.5 - 0.5 * d);
            logs(row, &mut far[p..], |d| 0.5 + 0.5 * d);
        }
        mirror(&mut self.distance, n, m, 0);
        mirror(&mut self.log_distance, n, m, 0);
        mirror(&mut self.log_sides, 2 * n, m, 0);
        mirror(&mut self.log_sides, 2 * n, m, m);
    }

    /// Victory probabilities, with distances bent by the voters' risk exponents or not.
    fn chances(&mut self, bent: bool) {
        self.cast(bent);
        self.all_votes = 0.0;
        for p in 0..self.m {
            self.contests_of(p);
        }
        if self.switches.denominator == Denominator::AllPairs {
            let n = self.n;
            let all = self.all_votes;
            let rows = self.chance.chunks_exact_mut(n).take(self.m);
            rows.for_each(|row| row[..self.m].iter_mut().for_each(|c| *c /= all));
        }
    }

    /// Weighted (bent) distances to each place, summed along the places of the voters.
    fn cast(&mut self, bent: bool) {
        let (n, m) = (self.n, self.m);
        self.count.fill(0.0);
        let mut voters = self.order.iter().copied().peekable();
        for p in 0..m {
            let line = p * n..p * n + m;
            self.prefix.copy_within(line.clone(), (p + 1) * n);
            let sum = &mut self.prefix[(p + 1) * n..(p + 1) * n + m];
            while let Some(k) = voters.next_if(|k| self.place[*k] == p) {
                self.count[p] += 1.0;
                if bent {
                    let exponent = self.risk[k];
                    powers(&self.log_distance[line.clone()], exponent, &mut self.ballot);
                } else {
                    self.ballot[..m].copy_from_slice(&self.distance[line.clone()]);
                }
                let w = self.weights[k];
                for (to, ballot) in sum.iter_mut().zip(&self.ballot) {
                    *to += w * ballot;
                }
            }
        }
    }

    /// All contests of place `p` with places to its right.
    fn contests_of(&mut self, p: usize) {
        let (n, m) = (self.n, self.m);
        let pair = self.switches.denominator == Denominator::Pair;
        self.chance[p * n + p] = if pair { 0.5 } else { 0.0 };
        let all_p = self.prefix[m * n + p];
        let mut voters = p + 1;
        for q in p + 1..m {
            let middle = self.x[p] / 2.0 + self.x[q] / 2.0;
            while voters < m && self.x[voters] < middle {
                voters += 1;
            }
            let (to_p, to_q) = (self.prefix[voters * n + p], self.prefix[voters * n + q]);
            let all_q = self.prefix[m * n + q];
            let for_p = (to_q - to_p).max(0.0);
            let for_q = ((all_p - to_p) - (all_q - to_q)).max(0.0);
            // Ordered pairs of actors, hence the factor 2.
            self.all_votes += 2.0 * self.count[p] * self.count[q] * (for_p + for_q);
            let (a, b) = if pair {
                shares(for_p, for_q, all_p + all_q)
            } else {
                (for_p, for_q)
            };
            self.chance[p * n + q] = a;
            self.chance[q * n + p] = b;
        }
    }

    /// The powers in success and failure of actor `i` against every place: (½ ∓ d/2)^r.
    fn powers_of(&mut self, i: usize) {
        let start = 2 * self.place[i] * self.n;
        let line = start..start + 2 * self.m;
        powers(&self.log_sides[line], self.risk[i], &mut self.sides);
    }

    /// What a challenger at place `p` with exponent `r` expects from leaving one at place
    /// `q` alone.
    pub(super) fn unchallenged(&self, p: usize, q: usize, r: f64) -> f64 {
        let stays = 2.0 - 4.0 * exp2(-r);
        let share = self.switches.q;
        if share >= 1.0 || self.x[q] == self.mu {
            return stays;
        }
        let (to_mu, to_rival) = ((self.x[p] - self.mu).abs(), (self.x[p] - self.x[q]).abs());
        let shift = ((to_mu + to_rival) / (4.0 * self.range)).min(0.5);
        let signed = if to_mu < to_rival { -shift } else { shift };
        share * stays + (1.0 - share) * (2.0 - 4.0 * (0.5 + signed).powf(r))
    }

    pub(super) fn chance_by_actors(&self) -> Vec<f64> {
        let place = &self.place_before;
        let row = |p: usize| place.iter().map(move |q| self.chance[p * self.n + q]);
        place.iter().flat_map(|p| row(*p)).collect()
    }
}

/// Copies the upper triangle of `m` rows and columns, rows of length `stride`, to the
/// lower one; columns are counted from `shift`.
fn mirror(table: &mut [f64], stride: usize, m: usize, shift: usize) {
    for p in 0..m {
        for q in p + 1..m {
            table[q * stride + shift + p] = table[p * stride + shift + q];
        }
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
