//! What a state's strategies aim at: whose hub it moves away from, whom it turns to.
//!
//! A doctrine that names a state turns the strategy on that state; without a name it is
//! the worst hub.

use super::Setting;
use crate::luck;
use crate::measures::hubs;
use crate::mind::{Aim, Whom};
use crate::snapshot::{DEFENCE, SHARED, Snapshot};
use crate::support;
use raison_core::Direction;
use raison_core::world::Layer;

/// Measures that fall where less goes by the state that an aim names.
const LOOSEN: [&str; 5] = [
    "dependence",
    "direct_dependence",
    "hegemony",
    "concentration",
    "centrality",
];

/// A state that looks where to steer.
#[derive(Clone, Copy)]
pub(super) struct Course<'c> {
    pub set: &'c Setting<'c>,
    pub s: &'c Snapshot,
    pub i: usize,
    pub aims: &'c [Aim],
}

impl<'c> Course<'c> {
    pub(super) fn new(set: &'c Setting<'c>, s: &'c Snapshot, i: usize) -> Course<'c> {
        let aims = set.cabinet.aims(s.holders[i].mind);
        Course { set, s, i, aims }
    }

    fn key(&self, j: u16) -> u64 {
        self.set.system.keys.get(j as usize).copied().unwrap_or(0)
    }

    /// Of those who may be chosen the one with the highest score, of two equal ones the
    /// lower key. Who may is looked up only for those with no lower score than all before
    /// them; where nobody of several has one, they are passed over at once.
    pub(super) fn best<T: Copy + PartialOrd>(
        &self,
        scores: &[T],
        may: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let keys = &self.set.system.keys;
        let mut top: Option<(usize, T)> = None;
        for (k, some) in scores.chunks(16).enumerate() {
            if let Some((_, t)) = top
                && !some.iter().fold(false, |any, x| any | (*x >= t))
            {
                continue;
            }
            for (j, x) in (16 * k..).zip(some) {
                let better = top.is_none_or(|(i, t)| *x > t || (*x == t && keys[j] < keys[i]));
                if better && may(j) {
                    top = Some((j, *x));
                }
            }
        }
        top.map(|t| t.0)
    }

    /// The one whom aims want most of, among those who may be chosen.
    fn wanted(&self, want: impl Fn(usize) -> f64, may: impl Fn(usize) -> bool) -> Option<usize> {
        if self.aims.is_empty() {
            return None;
        }
        let wants: Vec<f64> = (0..self.set.system.n).map(want).collect();
        self.best(&wants, |j| wants[j] > 0.0 && may(j))
    }

    fn trade(&self) -> &'c [f32] {
        let n = self.set.system.n;
        &self.s.trade[self.i * n..(self.i + 1) * n]
    }

    /// Not at war, not in dispute these five years.
    pub(super) fn friendly(&self, j: usize) -> bool {
        let (s, i) = (self.s, self.i);
        i != j && s.share[j] > 0.0 && s.calm(self.set.system, i, j) && !s.at_war(i as u16, j as u16)
    }

    /// How strongly aims want less of a layer to go by the state `j` that they name.
    fn loosen(&self, layer: Layer, j: u16) -> f64 {
        let aims = self.aims.iter().filter(|a| a.whom == Whom::State(j));
        let aims = aims.filter(|a| a.means(layer) && wants_less(a));
        aims.fold(0.0, |sum, a| sum + a.weight)
    }

    fn loosen_any(&self, layer: Layer) -> f64 {
        let aims = self.aims.iter().filter(|a| a.whom == Whom::Anybody);
        let aims = aims.filter(|a| a.means(layer) && wants_less(a));
        aims.fold(0.0, |sum, a| sum + a.weight)
    }

    /// Those whom aims name.
    fn named(&self) -> impl Iterator<Item = u16> + '_ {
        self.aims.iter().filter_map(|a| match a.whom {
            Whom::State(j) if j as usize != self.i => Some(j),
            _ => None,
        })
    }

    /// Whose hub to move away from in a layer of shares, and what it can close: the one
    /// that aims name, by weight times what is lost with it, or else the worst.
    pub(super) fn away(&self, at: usize) -> Option<(u16, f64)> {
        let links = &self.s.links[at][self.i];
        let (most, worst) = hubs::worst(links, |j| self.key(j));
        let worst = worst?;
        if self.aims.is_empty() {
            return Some((worst, most));
        }
        let layer = SHARED[at];
        let mut best = (self.loosen_any(layer) * most, worst, most);
        for j in self.named() {
            let lost = hubs::lost(links, j);
            let general = if j == worst {
                self.loosen_any(layer)
            } else {
                0.0
            };
            let score = (self.loosen(layer, j) + general) * lost;
            let first = score == best.0 && self.key(j) < self.key(best.1) && best.0 > 0.0;
            if self.loosen(layer, j) > 0.0 && (score > best.0 || first) {
                best = (score, j, lost);
            }
        }
        Some((best.1, best.2))
    }

    /// With whom to trade less, and the part of all trade: the one that aims name, or else
    /// the largest partner.
    pub(super) fn away_trade(&self) -> Option<(u16, f64)> {
        let total = self.s.total[self.i].max(1e-9);
        let trade = self.trade();
        let part = |j: usize| f64::from(trade[j]) / total;
        let top = self.best(trade, |j| j != self.i)? as u16;
        let mut best = (self.loosen_any(Layer::Trade) * part(top as usize), top);
        for j in self.named().filter(|j| self.loosen(Layer::Trade, *j) > 0.0) {
            let score = self.loosen(Layer::Trade, j) * part(j as usize);
            if score > best.0 {
                best = (score, j);
            }
        }
        Some((best.1, part(best.1 as usize)))
    }

    /// Whether aims would rather have nothing more of a layer go by a state.
    pub(super) fn refuses(&self, layer: Layer, j: usize) -> bool {
        !self.aims.is_empty() && self.loosen(layer, j as u16) > 0.0
    }

    /// How strongly aims want more of a layer to do with a state that they name.
    pub(super) fn wants(&self, layer: Layer, j: usize) -> f64 {
        let aims = self.aims.iter().filter(|a| a.whom == Whom::State(j as u16));
        let more = aims.filter(|a| {
            let counts =
                LOOSEN[..2].contains(&a.measure.name.as_str()) || a.measure.name == "partnership";
            counts && a.means(layer) && a.direction == Direction::Raise
        });
        more.fold(0.0, |sum, a| sum + a.weight)
    }

    /// To whom to turn in a layer of shares instead: a friendly state that the aims name as
    /// a partner, or else the largest friendly trade partner.
    pub(super) fn towards(&self, at: usize, away: u16) -> Option<usize> {
        let layer = SHARED[at];
        let ok = |j: usize| j != away as usize && self.friendly(j) && !self.refuses(layer, j);
        self.wanted(|j| self.wants(layer, j), ok)
            .or_else(|| self.best(self.trade(), ok))
    }

    /// With whom to seek a partnership: a friendly state without a defence pact, one that
    /// the aims name before the strongest.
    pub(super) fn partner(&self) -> Option<usize> {
        let n = self.set.system.n;
        let ok = |j: usize| {
            self.s.pact[self.i * n + j] & DEFENCE == 0
                && self.friendly(j)
                && ![Layer::Arms, Layer::Technology]
                    .iter()
                    .any(|l| self.refuses(*l, j))
        };
        let want = |j: usize| self.wants(Layer::Arms, j) + self.wants(Layer::Technology, j);
        self.wanted(want, ok)
            .or_else(|| self.best(&self.s.share, ok))
    }

    /// Whose troops to send home: of powers of other regions those that aims name, or else
    /// the most; with their number in thousands.
    pub(super) fn guests(&self) -> Option<(u16, f64)> {
        let here = self.here();
        let weight = |p: u16| {
            let aims = self.aims.iter().filter(|a| {
                a.measure.name == "outside_presence" && a.whom == Whom::State(p) && wants_down(a)
            });
            aims.fold(0.0, |sum, a| sum + a.weight)
        };
        here.max_by(|x, y| {
            let by = |z: &(u16, f64)| (weight(z.0) > 0.0, z.1);
            let (a, b) = (by(x), by(y));
            a.0.cmp(&b.0)
                .then(a.1.total_cmp(&b.1))
                .then(self.key(y.0).cmp(&self.key(x.0)))
        })
    }

    /// Troops of powers of other regions in the state, in thousands.
    pub(super) fn here(&self) -> impl Iterator<Item = (u16, f64)> + '_ {
        let region = &self.set.system.region;
        let here = self.s.presence.iter().filter(|p| p.1 as usize == self.i);
        here.filter(|p| p.2 > 1e-3 && region[p.0 as usize] != region[self.i])
            .map(|p| (p.0, p.2))
    }

    /// The state to ally with against a threat: the strongest friendly one that is near and
    /// has no pact with the threat.
    pub(super) fn ally(&self, threat: u16) -> Option<usize> {
        let (n, pact) = (self.set.system.n, &self.s.pact);
        self.best(&self.s.share, |j| {
            let free = pact[self.i * n + j] & DEFENCE == 0;
            let free = free && pact[j * n + threat as usize] & DEFENCE == 0;
            free && self.near(j) && j != threat as usize && self.friendly(j)
        })
    }

    fn near(&self, j: usize) -> bool {
        let system = self.set.system;
        let relevant = system.pair(self.i, j).is_some_and(|at| self.s.live[at]);
        relevant || system.region[self.i] == system.region[j]
    }

    /// With which neighbour by land to build a corridor: one that the aims name, or else
    /// the largest economy; none to which there is one already.
    pub(super) fn corridor(&self) -> Option<usize> {
        let (n, i) = (self.set.system.n, self.i as u16);
        let ends = |w: &[u16], j: u16| (w[0], w[1]) == (i, j) || (w[0], w[1]) == (j, i);
        let joined = |j: usize| {
            let routes = self.s.routes.iter();
            routes
                .flat_map(|r| r.through.windows(2))
                .any(|w| ends(w, j as u16))
        };
        let ok = |j: usize| {
            self.set.system.land[self.i * n + j]
                && !joined(j)
                && self.friendly(j)
                && !self.refuses(Layer::Corridor, j)
        };
        self.wanted(|j| self.wants(Layer::Corridor, j), ok)
            .or_else(|| self.best(&self.s.gdp, ok))
    }

    /// Which movement to give more to: one abroad that the state supports already, or one
    /// where it has a quarrel and that no enemy supports; of several the one with most
    /// support.
    pub(super) fn movement(&self) -> Option<usize> {
        let (s, system) = (self.s, self.set.system);
        let mine = |m: usize| s.support[m].iter().find(|b| b.state == Some(self.i as u16));
        let foes = |m: usize| {
            let states = s.support[m].iter().filter_map(|b| b.state);
            let mut others = states.filter(|k| *k as usize != self.i);
            others.any(|k| support::quarrel(system, s, self.i, k as usize))
        };
        let open = |m: &usize| match mine(*m) {
            Some(b) => b.full.1 < 1.0 || b.full.0 < 1.0,
            None => {
                let home = system.world.movements[*m].home;
                support::interest(system, s, self.i, home) && !foes(*m)
            }
        };
        let given = |m: usize| mine(m).map_or(0.0, |b| b.full.1);
        let word = |m: usize| luck::actor(&system.world.movements[m].id);
        let abroad = (0..s.support.len()).filter(|m| {
            let home = system.world.movements[*m].home;
            home != self.i && s.active[home]
        });
        abroad.filter(open).max_by(|a, b| {
            given(*a)
                .total_cmp(&given(*b))
                .then(word(*b).cmp(&word(*a)))
        })
    }

    /// Whether the aims want the state's ideas to be carried abroad.
    pub(super) fn preaches(&self) -> bool {
        self.aims.iter().any(|a| {
            let ideas = ["ideology", "ideological_support"].contains(&a.measure.name.as_str());
            ideas && a.direction == Direction::Raise && a.weight > 0.0
        })
    }
}

fn wants_down(a: &Aim) -> bool {
    a.direction == Direction::Lower && a.weight > 0.0
}

/// Whether an aim is served where less of a layer goes by somebody.
fn wants_less(a: &Aim) -> bool {
    let raised = a.measure.name == "autonomy" && a.direction == Direction::Raise;
    raised || (LOOSEN.contains(&a.measure.name.as_str()) && wants_down(a))
}
