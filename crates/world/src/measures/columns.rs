//! The columns of the yearly output.

use super::centrality::eigenvector;
use super::embeddedness::Embeddedness;
use super::flows::Corridors;
use super::hubs::worst;
use super::{concentrated, diversification, herfindahl, neighbourhood};
use crate::params::Params;
use crate::snapshot::{DEFENCE, Snapshot, Spread};
use crate::system::System;
use crate::turn::Outlook;
use raison_record::measures::concentration::{concentration, effective_poles};

/// Columns of a state in a year, with what they are. The last four are taken every fifth
/// year only.
pub const STATE: &[(&str, &str)] = &[
    ("share", "share of the system's capabilities (sums to 1)"),
    (
        "gdp",
        "GDP, thousand million international dollars of 2011, or of the unit that your world states",
    ),
    ("openness", "trade over GDP"),
    (
        "dependence.trade",
        "trade with the largest partner over GDP",
    ),
    (
        "diversification.trade",
        "1 - Herfindahl index of trade partners (Herfindahl 1950)",
    ),
    (
        "dependence.energy",
        "share of energy that one other state can close, directly or as a hub",
    ),
    (
        "dependence.payments",
        "share of external payments that one other state can close",
    ),
    (
        "dependence.arms",
        "share of arms that one other state can close",
    ),
    (
        "dependence.technology",
        "share of technology that one other state can close",
    ),
    (
        "diversification.arms",
        "1 - Herfindahl index of arms suppliers",
    ),
    (
        "autonomy",
        "1 - mean of the four dependences in shared layers, of those that the world codes",
    ),
    (
        "depth",
        "alignment of neighbours weighted by capability over distance, -1 to 1",
    ),
    (
        "outside_presence",
        "thousand troops of powers from outside in the state's region",
    ),
    (
        "deterrence_alone",
        "chance not to lose against the main threat, plus its cost",
    ),
    (
        "deterrence",
        "the same with half of what defence allies have that are not allied to that threat too",
    ),
    (
        "bargaining",
        "width of the range of settlements that it and its main threat prefer to war (Fearon 1995)",
    ),
    ("democracy", "Polity score, -10 to 10"),
    ("major", "1 for a major power"),
    (
        "institutions",
        "institutions shared with another member of the system, mean (Russett & Oneal 2001)",
    ),
    (
        "partnership",
        "states linked in two layers or more, short of a defence pact, over ten",
    ),
    (
        "hegemony",
        "distance of the state's share of capabilities from the largest",
    ),
    (
        "polarity",
        "effective number of poles among major powers (1 / sum of squares)",
    ),
    ("disputes", "disputes of the year"),
    ("force", "disputes of the year in which force was used"),
    ("wars", "wars fought in the year"),
    ("sanctioned", "states that sanction it"),
    (
        "centrality.trade",
        "eigenvector centrality in trade (Bonacich 1972), largest 1",
    ),
    (
        "reach.corridor",
        "largest flow over corridors beyond its neighbours, million tons (Ford & Fulkerson 1956)",
    ),
    ("routes.corridor", "edge-disjoint routes (Menger 1927)"),
    (
        "dependence.corridor",
        "share of that flow that one other state can close",
    ),
];

/// The first of the columns that are taken every fifth year.
pub const COSTLY: usize = 26;

/// Columns of the system in a year.
pub const SYSTEM: &[(&str, &str)] = &[
    (
        "concentration",
        "Ray-Singer concentration of capabilities, all states (Ray & Singer 1973)",
    ),
    (
        "poles",
        "effective number of poles, all states (Laakso & Taagepera 1979)",
    ),
    ("poles_majors", "the same among major powers"),
    ("alliance_density", "share of pairs with any pact"),
    ("hegemony.trade", "Herfindahl index of trade over states"),
    (
        "hegemony.payments",
        "largest share of all payments that one hub can close",
    ),
    (
        "disputes",
        "disputes of the year between politically relevant pairs",
    ),
    ("force", "of these, with force or war"),
    ("war_onsets", "wars that began"),
    ("deaths", "battle deaths of wars that ended"),
];

/// Whether a column counts what happened in its year, so that years are summed, and is no
/// level; columns of the system are named with `system.`.
pub fn counts(name: &str) -> bool {
    const COUNTS: [&str; 7] = [
        "disputes",
        "force",
        "wars",
        "system.disputes",
        "system.force",
        "system.war_onsets",
        "system.deaths",
    ];
    COUNTS.contains(&name)
}

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

impl Yearly<'_> {
    /// Appends the rows of all states; costly columns are NaN unless asked for.
    pub fn rows(&self, costly: bool, out: &mut Vec<f32>) {
        let presence = neighbourhood::presence(self.s, self.system);
        let top = self.s.share.iter().copied().fold(0.0, f64::max);
        let poles = self.poles();
        let spread = self.s.spread();
        let fights = self.s.at_arms();
        let sanctioned = self.sanctioned();
        let embedded = Embeddedness::new(self.s, self.system, self.params);
        let network = costly.then(|| self.network());
        let corridors = costly.then(|| Corridors::new(&self.s.routes, self.s.year));
        for i in 0..self.system.n {
            if !self.s.active[i] {
                out.push(0.0);
                out.extend([f32::NAN; STATE.len() - 1]);
                continue;
            }
            let region = presence[self.system.region[i] as usize];
            let depth = neighbourhood::depth(self.s, self.system, i, self.values, &fights);
            let embedded = embedded.of(self.s, i);
            let whole = [top, poles, region, sanctioned[i], depth, embedded];
            self.cheap(i, spread[i], whole, out);
            match (&network, &corridors) {
                (Some(network), Some(c)) => {
                    let state = i as u16;
                    out.push(network[i] as f32);
                    let flows = [
                        c.reach(state, false, None),
                        c.reach(state, true, None),
                        c.chokepoint(state).0,
                    ];
                    let coded = self.system.coded.corridors;
                    out.extend(flows.map(|x| known(coded, x) as f32));
                }
                _ => out.extend([f32::NAN; 4]),
            }
        }
    }

    fn network(&self) -> Vec<f64> {
        eigenvector(&self.s.trade, &self.s.total)
    }

    /// How many sanction each state.
    fn sanctioned(&self) -> Vec<f64> {
        let mut out = vec![0.0; self.system.n];
        self.s
            .sanctions
            .iter()
            .for_each(|x| out[x.on as usize] += 1.0);
        out
    }

    fn majors(&self) -> Vec<f64> {
        let both = self.s.major.iter().zip(&self.s.share);
        both.filter(|(x, _)| **x).map(|(_, s)| *s).collect()
    }

    fn poles(&self) -> f64 {
        effective_poles(&self.majors())
    }

    /// One state's columns that are taken every year; `whole` holds the largest share, the
    /// poles, outside presence in its region, how many sanction it, its depth and how far
    /// institutions embed it.
    fn cheap(&self, i: usize, trade: Spread, whole: [f64; 6], out: &mut Vec<f32>) {
        let s = self.s;
        let [top, poles, presence, sanctioned, depth, embedded] = whole;
        let gdp = s.gdp[i] * 1000.0;
        let coded = &self.system.coded;
        let depend: [f64; 4] =
            std::array::from_fn(|layer| known(coded.shared[layer], worst(&s.links[layer][i]).0));
        let arms = s.links[2][i].iter().map(|l| l.share);
        let (disputes, force) = self.disputes.get(i).copied().unwrap_or((0, 0));
        let row = [
            s.share[i],
            s.gdp[i],
            s.total[i] / gdp,
            f64::from(trade.largest) / gdp,
            1.0 - concentrated(trade.squares, s.total[i]),
            depend[0],
            depend[1],
            depend[2],
            depend[3],
            diversification(arms),
            1.0 - mean_known(&depend),
            depth,
            known(coded.presence, presence),
            self.outlook.alone[i],
            self.outlook.deterrence[i],
            self.outlook.bargaining[i],
            s.democracy[i],
            f64::from(u8::from(s.major[i])),
            known(coded.institutions, embedded),
            known(coded.layers() >= 2, self.partners(i) / 10.0),
            top - s.share[i],
            poles,
            f64::from(disputes),
            f64::from(force),
            f64::from(self.wars.get(i).copied().unwrap_or(0)),
            sanctioned,
        ];
        out.extend(row.map(|x| x as f32));
    }

    /// States linked in two layers or more without a defence pact.
    fn partners(&self, i: usize) -> f64 {
        let (s, n) = (self.s, self.system.n);
        let mut seen: Vec<u16> = s
            .links
            .iter()
            .flat_map(|l| l[i].iter().map(|x| x.to))
            .collect();
        if seen.is_empty() && s.routes.is_empty() {
            return 0.0;
        }
        let near = s
            .routes
            .iter()
            .filter(|r| r.opens <= s.year && r.through.contains(&(i as u16)));
        seen.extend(
            near.flat_map(|r| r.through.iter().copied())
                .filter(|x| *x != i as u16),
        );
        seen.sort_unstable();
        let twice: std::collections::BTreeSet<u16> = seen
            .windows(2)
            .filter(|w| w[0] == w[1])
            .map(|w| w[0])
            .collect();
        let free = twice
            .into_iter()
            .filter(|j| s.pact[i * n + *j as usize] & DEFENCE == 0);
        free.count() as f64
    }

    /// The row of the system, without its last four columns.
    pub fn system(&self) -> [f64; 6] {
        let (s, n) = (self.s, self.system.n);
        // Counted in bytes, of which the processor takes many at once.
        let some = |pacts: &[u8]| pacts.iter().map(|p| u8::from(*p != 0)).sum::<u8>();
        let pacts: f64 = s.pact.chunks(255).map(|p| f64::from(some(p))).sum();
        let inside = s.share.iter().zip(&s.active);
        let shares: Vec<f64> = inside.filter(|x| *x.1).map(|x| *x.0).collect();
        let members = shares.len();
        let all = (members * members.saturating_sub(1)).max(1) as f64;
        let mut hubs = vec![0.0; n];
        for link in s.links[1].iter().flatten() {
            hubs[link.to as usize] += link.share;
            link.through
                .iter()
                .for_each(|t| hubs[*t as usize] += link.share);
        }
        let paying = s.links[1].iter().filter(|l| !l.is_empty()).count().max(1) as f64;
        [
            concentration(&shares),
            effective_poles(&shares),
            self.poles(),
            pacts / all,
            herfindahl(s.total.iter().copied()),
            known(
                self.system.coded.shared[1],
                hubs.iter().copied().fold(0.0, f64::max) / paying,
            ),
        ]
    }
}
