//! The rows of the yearly output.

use super::centrality::eigenvector;
use super::columns::{COSTLY, HUBS, LEADING, NOBODY, STATE};
use super::embeddedness::Embeddedness;
use super::flows::Corridors;
use super::{concentrated, herfindahl, hubs, neighbourhood};
use crate::params::Params;
use crate::snapshot::{DEFENCE, SHARED, Snapshot, Spread};
use crate::support::{self, Foothold};
use crate::system::System;
use crate::turn::Outlook;
use raison_core::Draw;
use raison_record::measures::concentration::{concentration, effective_poles};

/// A measure of what a world codes; missing where it does not.
fn known(coded: bool, x: f64) -> f64 {
    if coded { x } else { f64::NAN }
}

/// Mean of what is known; NaN where nothing is.
fn mean_known(x: &[f64]) -> f64 {
    let known = x.iter().filter(|v| v.is_finite());
    known.clone().sum::<f64>() / known.count() as f64
}

/// Writes one state's row.
pub struct Yearly<'y> {
    /// The world.
    pub system: &'y System,
    /// At the end of the year.
    pub s: &'y Snapshot,
    /// As seen at its start.
    pub outlook: &'y Outlook,
    /// Central values of the run.
    pub values: &'y [f64],
    /// Disputes and disputes with force of each state in the year.
    pub disputes: &'y [(u16, u16)],
    /// Wars that each state fought in the year.
    pub wars: &'y [u16],
    /// Parameters of the run.
    pub params: &'y Params,
}

/// What the rows of all states have in common.
struct Shared {
    presence: Vec<f64>,
    footholds: Vec<Foothold>,
    /// Largest share of capabilities.
    top: f64,
    poles: f64,
    /// How the trade of each state is spread.
    trade: Vec<Spread>,
    /// Who is in a war.
    fights: Vec<bool>,
    /// How many sanction each state.
    sanctioned: Vec<f64>,
    embedded: Embeddedness,
}

/// Measures on networks.
struct Networks {
    trade: Vec<f64>,
    /// Of the layers of shares and of corridors, where they are coded.
    others: [Option<Vec<f64>>; 5],
    corridors: super::flows::Survey,
}

impl Yearly<'_> {
    /// Appends the rows of all states; costly columns are NaN unless asked for. Who the hubs
    /// are goes to `hubs`, if the world codes any layer that has some.
    pub fn rows(&self, costly: bool, out: &mut Vec<f32>, hubs: &mut Vec<[u16; HUBS.len()]>) {
        let shared = Shared {
            presence: neighbourhood::presence(self.s, self.system),
            footholds: support::footholds(self.system, self.s, Draw(self.values)),
            top: self.s.share.iter().copied().fold(0.0, f64::max),
            poles: self.poles(),
            trade: self.s.spread(),
            fights: self.s.at_arms(),
            sanctioned: self.sanctioned(),
            embedded: Embeddedness::new(self.s, self.system, self.params),
        };
        let networks = costly.then(|| self.networks());
        for i in 0..self.system.n {
            if !self.s.active[i] {
                out.push(0.0);
                out.extend([f32::NAN; STATE.len() - 1]);
                continue;
            }
            self.cheap(i, &shared, out);
            match &networks {
                Some(networks) => self.costly(i, networks, out),
                None => out.extend([f32::NAN; STATE.len() - COSTLY]),
            }
        }
        if self.system.coded.layers() > 0 {
            hubs.extend((0..self.system.n).map(|i| self.hubs(i, networks.as_ref())));
        }
    }

    fn networks(&self) -> Networks {
        let (s, n, coded) = (self.s, self.system.n, &self.system.coded);
        let corridors = Corridors::new(&s.routes, s.year);
        let others = std::array::from_fn(|k| match k {
            4 => coded.corridors.then(|| central(&corridors.weights(n), n)),
            _ => coded.shared[k].then(|| central(&hubs::network(&s.links[k], n), n)),
        });
        Networks {
            trade: eigenvector(&s.trade, &s.total),
            others,
            corridors: match coded.corridors {
                true => corridors.survey(),
                false => super::flows::Survey::default(),
            },
        }
    }

    fn costly(&self, i: usize, networks: &Networks, out: &mut Vec<f32>) {
        out.push(networks.trade[i] as f32);
        let others = networks.others.iter();
        out.extend(others.map(|c| c.as_ref().map_or(f32::NAN, |c| c[i] as f32)));
        let (state, c) = (i as u16, &networks.corridors);
        let flows = [c.reach(state), c.routes(state), c.chokepoint(state).0];
        let coded = self.system.coded.corridors;
        out.extend(flows.map(|x| known(coded, x) as f32));
    }

    fn key(&self, i: u16) -> u64 {
        self.system.keys.get(i as usize).copied().unwrap_or(0)
    }

    fn hubs(&self, i: usize, networks: Option<&Networks>) -> [u16; HUBS.len()] {
        if !self.s.active[i] {
            return [NOBODY; HUBS.len()];
        }
        let worst = |k: usize| hubs::worst(&self.s.links[k][i], |j| self.key(j)).1;
        let choke = |n: &Networks| n.corridors.chokepoint(i as u16).1;
        std::array::from_fn(|k| match k {
            4 => networks.and_then(choke).unwrap_or(NOBODY),
            _ => worst(k).unwrap_or(NOBODY),
        })
    }

    /// How many sanction each state.
    fn sanctioned(&self) -> Vec<f64> {
        let mut out = vec![0.0; self.system.n];
        let sanctions = self.s.sanctions.iter();
        sanctions.for_each(|x| out[x.on as usize] += 1.0);
        out
    }

    fn majors(&self) -> Vec<f64> {
        let both = self.s.major.iter().zip(&self.s.share);
        both.filter(|(x, _)| **x).map(|(_, s)| *s).collect()
    }

    fn poles(&self) -> f64 {
        effective_poles(&self.majors())
    }

    fn cheap(&self, i: usize, shared: &Shared, out: &mut Vec<f32>) {
        let s = self.s;
        let trade = shared.trade[i];
        let gdp = s.gdp[i] * 1000.0;
        let coded = &self.system.coded;
        let of = |f: &dyn Fn(usize) -> f64| -> [f64; 4] {
            std::array::from_fn(|k| if coded.shared[k] { f(k) } else { f64::NAN })
        };
        let depend = of(&|k| hubs::worst(&s.links[k][i], |j| self.key(j)).0);
        let direct = of(&|k| hubs::most_direct(&s.links[k][i]));
        let spread = of(&|k| hubs::spread(&s.links[k][i]));
        // Where nobody can threaten, nothing is deterred and nobody bargains.
        let threatened = self.outlook.threat[i].is_some();
        let (disputes, force) = self.disputes.get(i).copied().unwrap_or((0, 0));
        let aid = support::of(&shared.footholds, i);
        let presence = shared.presence[self.system.region[i] as usize];
        let row: [f64; COSTLY] = [
            s.share[i],
            s.gdp[i],
            s.total[i] / gdp,
            f64::from(trade.largest) / gdp,
            1.0 - concentrated(trade.squares, s.total[i]),
            depend[0],
            depend[1],
            depend[2],
            depend[3],
            direct[0],
            direct[1],
            direct[2],
            direct[3],
            spread[0],
            spread[1],
            spread[2],
            spread[3],
            1.0 - mean_known(&depend),
            1.0 - depend[0],
            1.0 - depend[1],
            1.0 - depend[2],
            1.0 - depend[3],
            known(coded.movements, aid.0),
            known(coded.movements, aid.1),
            neighbourhood::depth(s, self.system, i, &shared.footholds, &shared.fights),
            known(coded.presence, presence),
            known(threatened, self.outlook.alone[i]),
            known(threatened, self.outlook.deterrence[i]),
            known(threatened, self.outlook.bargaining[i]),
            s.democracy[i],
            f64::from(u8::from(s.major[i])),
            known(coded.institutions, shared.embedded.of(s, i)),
            known(coded.layers() >= 2, self.partners(i) / 10.0),
            shared.top - s.share[i],
            shared.poles,
            f64::from(disputes),
            f64::from(force),
            f64::from(self.wars.get(i).copied().unwrap_or(0)),
            shared.sanctioned[i],
        ];
        out.extend(row.map(|x| x as f32));
    }

    /// States linked in two layers or more without a defence pact: each layer counts once,
    /// and a share of nothing is no link.
    fn partners(&self, i: usize) -> f64 {
        let (s, n) = (self.s, self.system.n);
        if !self.system.coded.corridors && s.links.iter().all(|l| l[i].is_empty()) {
            return 0.0;
        }
        let mut seen: Vec<(u16, usize)> = Vec::new();
        for (layer, links) in s.links.iter().enumerate() {
            let real = links[i].iter().filter(|l| l.share > LINKED);
            seen.extend(real.map(|l| (l.to, layer)));
        }
        let near = s.routes.iter();
        let near = near.filter(|r| r.opens <= s.year && r.through.contains(&(i as u16)));
        let on_it = near.flat_map(|r| r.through.iter());
        seen.extend(
            on_it
                .filter(|x| **x as usize != i)
                .map(|x| (*x, SHARED.len())),
        );
        seen.sort_unstable();
        seen.dedup();
        let with = seen.chunk_by(|a, b| a.0 == b.0).filter(|c| c.len() >= 2);
        let free = with.filter(|c| s.pact[i * n + c[0].0 as usize] & DEFENCE == 0);
        free.count() as f64
    }

    /// What each state holds of trade, the layers of shares and corridors, with all that
    /// there is of each; nothing where a layer is not coded.
    fn holdings(&self) -> [Option<(Vec<f64>, f64)>; 6] {
        let (s, n, coded) = (self.s, self.system.n, &self.system.coded);
        std::array::from_fn(|k| match k {
            0 => Some((s.total.clone(), s.total.iter().fold(0.0, |sum, x| sum + x))),
            5 => coded.corridors.then(|| {
                let mut own = vec![0.0; n];
                let mut all = 0.0;
                for r in s.routes.iter().filter(|r| r.opens <= s.year) {
                    for w in r.through.windows(2) {
                        all += r.capacity;
                        own[w[0] as usize] += r.capacity;
                        own[w[1] as usize] += r.capacity;
                    }
                }
                (own, all)
            }),
            _ => coded.shared[k - 1].then(|| {
                let layer = &s.links[k - 1];
                let needy = layer.iter().filter(|l| !l.is_empty()).count();
                (hubs::hold(layer, n), needy as f64)
            }),
        })
    }

    /// The row of the system, without its last four columns, and who leads.
    pub fn system(&self) -> ([f64; 16], [u16; LEADING.len()]) {
        let s = self.s;
        // Counted in bytes, of which the processor takes many at once.
        let some = |pacts: &[u8]| pacts.iter().map(|p| u8::from(*p != 0)).sum::<u8>();
        let pacts: f64 = s.pact.chunks(255).map(|p| f64::from(some(p))).sum();
        let inside = s.share.iter().zip(&s.active);
        let shares: Vec<f64> = inside.filter(|x| *x.1).map(|x| *x.0).collect();
        let members = shares.len();
        let all = (members * members.saturating_sub(1)).max(1) as f64;
        let mut row = [f64::NAN; 16];
        row[..4].copy_from_slice(&[
            concentration(&shares),
            effective_poles(&shares),
            self.poles(),
            pacts / all,
        ]);
        let mut leading = [NOBODY; LEADING.len()];
        leading[0] = self.leader(&s.share);
        for (k, own) in self.holdings().iter().enumerate() {
            let Some((own, all)) = own else { continue };
            leading[1 + k] = self.leader(own);
            // Trade of two counts for both.
            let whole = if k == 0 { 0.5 * all } else { *all };
            let top = own.iter().copied().fold(0.0, f64::max);
            row[4 + k] = if whole > 0.0 { top / whole } else { f64::NAN };
            row[10 + k] = herfindahl(own.iter().copied());
        }
        (row, leading)
    }

    /// Who holds most; of two equal ones the one with the lower key.
    fn leader(&self, own: &[f64]) -> u16 {
        let keys = &self.system.keys;
        let some = own.iter().enumerate().filter(|x| *x.1 > 0.0);
        let top = some.max_by(|x, y| x.1.total_cmp(y.1).then(keys[y.0].cmp(&keys[x.0])));
        top.map_or(NOBODY, |x| x.0 as u16)
    }
}

/// Centrality in a network that is not trade.
fn central(weights: &[f32], n: usize) -> Vec<f64> {
    let rows = weights.chunks_exact(n.max(1));
    let strength: Vec<f64> = rows
        .map(|row| row.iter().map(|w| f64::from(*w)).sum())
        .collect();
    eigenvector(weights, &strength)
}

/// Least share that counts as a link.
const LINKED: f64 = 1e-4;
