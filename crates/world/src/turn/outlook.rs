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
}

/// Share of allies' capabilities that counts in deterrence (assumption).
pub const ALLIES_COUNT: f64 = 0.5;

/// How much larger a threat is whose full practical support a movement in the state itself
/// has (assumption).
const STIRS: f64 = 1.0;

/// What the main threat's costs of war grow by where the state can count wholly on a
/// movement in it or next to it (assumption).
const MOVEMENTS_COST: f64 = 0.1;

/// Capabilities of the defence allies of `i` that stand behind it against `j`: without `j`
/// itself and without those whom a defence pact ties to `j` as well.
pub(super) fn behind(s: &Snapshot, i: usize, j: usize) -> f64 {
    let n = s.share.len();
    let row = |k: usize| &s.pact[k * n..(k + 1) * n];
    let defends = |bits: &u8| bits & DEFENCE != 0;
    let both = row(i).iter().zip(row(j)).zip(&s.share).enumerate();
    both.filter(|(k, ((ours, theirs), _))| *k != j && defends(ours) && !defends(theirs))
        .fold(0.0, |sum, (_, (_, share))| sum + share)
}

impl Outlook {
    /// Looks at a snapshot.
    pub fn new(set: &Setting<'_>, s: &Snapshot) -> Outlook {
        let system = set.system;
        let n = system.n;
        let mut o = Outlook {
            sanctioned: vec![0; n],
            footholds: support::footholds(system, s, raison_core::Draw(set.values)),
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
                if x > worst.0 {
                    worst = (x, Some(j));
                }
            }
            o.threat.push(worst.1);
            let other = worst.1.map_or(0.0, |j| s.share[j as usize]);
            o.alone.push(deterrence(s.share[i], other, cost, m));
            let p = contest(s.share[i], other, m);
            let (low, high) = bargaining_range(p, toll(set, p), toll(set, 1.0 - p));
            o.bargaining.push(high - low);
            let allies = worst.1.map_or(0.0, |j| behind(s, i, j as usize));
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
