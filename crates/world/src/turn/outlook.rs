//! What each state sees at the start of a year.

use super::Setting;
use crate::measures::power::{bargaining_range, contest, deterrence};
use crate::snapshot::{DEFENCE, Snapshot, TEN_YEARS};
use crate::support::{self, Foothold};

/// The view of every state.
#[derive(Clone, Debug, Default)]
pub struct Outlook {
    /// The state that threatens most, if any: capability, nearer and with recent disputes.
    pub threat: Vec<Option<u16>>,
    /// Deterrence against it, alone.
    pub alone: Vec<f64>,
    /// Deterrence against it, with half of what allies have that are not allied to it too.
    pub deterrence: Vec<f64>,
    /// Settlements that both it and its main threat prefer to war: the width of the
    /// bargaining range (Fearon 1995), 0..1.
    pub bargaining: Vec<f64>,
    /// How many others sanction the state.
    pub sanctioned: Vec<u16>,
    /// What states can count on of movements.
    pub footholds: Vec<Foothold>,
    defenders: Defenders,
}

/// Share of allies' capabilities that counts in deterrence (assumption).
pub const ALLIES_COUNT: f64 = 0.5;

/// How much larger a threat is whose full practical support a movement in the state itself
/// has (assumption).
const STIRS: f64 = 1.0;

/// What the main threat's costs of war grow by where the state can count wholly on a
/// movement in it or next to it (assumption).
const MOVEMENTS_COST: f64 = 0.1;

/// Who has a defence pact with whom, a bit for each pair of states: to see whom two states
/// have in common is to compare a few words.
#[derive(Clone, Debug, Default)]
struct Defenders {
    /// Words of 64 states in a row.
    words: usize,
    rows: Vec<u64>,
}

impl Defenders {
    fn new(pact: &[u8], n: usize) -> Defenders {
        let words = n.div_ceil(64);
        let mut rows = Vec::with_capacity(n * words);
        for row in pact.chunks_exact(n.max(1)) {
            rows.extend(row.chunks(64).map(word));
        }
        Defenders { words, rows }
    }

    fn row(&self, i: usize) -> &[u64] {
        &self.rows[i * self.words..(i + 1) * self.words]
    }
}

// The lowest bit of each pact is read.
const _: () = assert!(DEFENCE == 1);

/// A bit for each of at most 64 states that a defence pact ties to one.
fn word(pacts: &[u8]) -> u64 {
    let (eights, rest) = pacts.as_chunks::<8>();
    let mut out = 0;
    for (k, eight) in eights.iter().enumerate() {
        // Gathers the lowest bits of eight bytes in the highest byte.
        let low = u64::from_le_bytes(*eight) & 0x0101_0101_0101_0101;
        out |= (low.wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * k);
    }
    for (k, bits) in (8 * eights.len()..).zip(rest) {
        out |= u64::from(bits & DEFENCE) << k;
    }
    out
}

impl Outlook {
    /// Capabilities of the defence allies of `i` that stand behind it against `j`: without
    /// `j` itself and without those whom a defence pact ties to `j` as well.
    pub(super) fn behind(&self, s: &Snapshot, i: usize, j: usize) -> f64 {
        let both = self.defenders.row(i).iter().zip(self.defenders.row(j));
        let mut sum = 0.0;
        for (at, (ours, theirs)) in both.enumerate() {
            let mut left = ours & !theirs;
            while left != 0 {
                let k = 64 * at + left.trailing_zeros() as usize;
                sum += if k == j { 0.0 } else { s.share[k] };
                left &= left - 1;
            }
        }
        sum
    }

    /// Looks at a snapshot.
    pub fn new(set: &Setting<'_>, s: &Snapshot) -> Outlook {
        let system = set.system;
        let n = system.n;
        let mut o = Outlook {
            sanctioned: vec![0; n],
            footholds: support::footholds(system, s, raison_core::Draw(set.values)),
            defenders: Defenders::new(&s.pact, n),
            ..Outlook::default()
        };
        for x in &s.sanctions {
            o.sanctioned[x.on as usize] += 1;
        }
        let (cost, m) = (set.params.war_costs(), set.params.decisiveness());
        for i in 0..n {
            let mut worst = (0.0, None);
            for &(j, p) in &system.partners[i] {
                if !s.live[p as usize] {
                    continue;
                }
                let pair = &system.pairs[p as usize];
                let pact = s.pact[i * n + j as usize] != 0;
                let recent = if s.past[p as usize] > TEN_YEARS {
                    1.0
                } else {
                    0.3
                };
                let near = if pair.border { 1.0 } else { 0.3 };
                let stirs = 1.0 + STIRS * support::within(&o.footholds, i, j);
                let tied = if pact { 0.1 } else { 1.0 };
                let x = s.share[j as usize] * recent * near * tied * stirs;
                // Of two equal threats the lower key: the order of states never matters.
                let first = |k: u16| system.keys[j as usize] < system.keys[k as usize];
                if x > worst.0 || (x == worst.0 && x > 0.0 && worst.1.is_some_and(first)) {
                    worst = (x, Some(j));
                }
            }
            o.threat.push(worst.1);
            let other = worst.1.map_or(0.0, |j| s.share[j as usize]);
            o.alone.push(deterrence(s.share[i], other, cost, m));
            let p = contest(s.share[i], other, m);
            let (low, high) = bargaining_range(p, toll(set, p), toll(set, 1.0 - p));
            o.bargaining.push(high - low);
            let allies = worst.1.map_or(0.0, |j| o.behind(s, i, j as usize));
            let own = s.share[i] + ALLIES_COUNT * allies;
            let held = worst
                .1
                .map_or(0.0, |j| support::near(system, &o.footholds, i, j as usize));
            let dearer = cost + MOVEMENTS_COST * held;
            o.deterrence.push(deterrence(own, other, dearer, m));
        }
        o
    }
}

/// What a war is expected to cost a side that wins each year with chance `p`, as a share
/// of what it has: a year costs the loser `war.costs` and the winner half of that, for as
/// many years as wars last on average. The stake is taken to be worth as much as all
/// capabilities (assumption), so that costs are shares of the stake, 0..1.
fn toll(set: &Setting<'_>, p: f64) -> f64 {
    let years = 1.0 / set.params.war_end().clamp(0.05, 1.0);
    let yearly = set.params.war_costs() * (1.0 - 0.5 * p);
    1.0 - (1.0 - yearly.clamp(0.0, 1.0)).powf(years)
}
