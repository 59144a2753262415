//! The condition of the world at the start of a year.

mod trade;

use crate::params::Params;
use crate::support::{self, Backing, Creed};
use crate::system::System;
use raison_core::Draw;
use raison_core::world::{Layer, Tie, WorldState};
use serde::{Deserialize, Serialize};
pub use trade::Spread;

/// A pact obliges to defend.
pub const DEFENCE: u8 = 1;
/// A pact obliges to join in attack.
pub const OFFENCE: u8 = 2;
/// A pact of neutrality or non-aggression.
pub const PEACEFUL: u8 = 4;
/// A pact to consult.
pub const CONSULT: u8 = 8;

/// A share of what a state needs, from one partner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// On whom.
    pub to: u16,
    /// Share, 0..1.
    pub share: f64,
    /// Who else can close it.
    pub through: Vec<u16>,
}

/// A corridor in use or being built.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Route {
    /// States in order.
    pub through: Vec<u16>,
    /// Million tons a year.
    pub capacity: f64,
    /// First year of use.
    pub opens: i16,
    /// Whether its opening was told.
    pub told: bool,
}

/// A war under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct War {
    /// Number, from 1.
    pub id: u32,
    /// Side of the first to use force.
    pub attackers: Vec<u16>,
    /// The other side.
    pub defenders: Vec<u16>,
    /// Year of its beginning.
    pub since: i16,
    /// Battle deaths so far.
    pub deaths: f64,
    /// What the war's scale and chance make of its size, on the log scale, in standard
    /// deviations: drawn when it begins.
    pub shock: f64,
}

impl War {
    /// Whether two states are on opposite sides.
    pub fn between(&self, i: u16, j: u16) -> bool {
        let (a, d) = (&self.attackers, &self.defenders);
        (a.contains(&i) && d.contains(&j)) || (a.contains(&j) && d.contains(&i))
    }

    /// Whether two states are on one side.
    pub fn beside(&self, i: u16, j: u16) -> bool {
        let sides = [&self.attackers, &self.defenders];
        sides.iter().any(|s| s.contains(&i) && s.contains(&j))
    }

    /// Whether a state is on either side.
    pub fn holds(&self, i: u16) -> bool {
        self.attackers.contains(&i) || self.defenders.contains(&i)
    }
}

/// A pact of several.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bloc {
    /// Number, from 1.
    pub id: u32,
    /// Key of its luck: its founder's and first year's.
    pub key: u64,
    /// Members, in order of index.
    pub members: Vec<u16>,
    /// Obligations.
    pub bits: u8,
}

/// Sanctions.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sanction {
    /// Who.
    pub by: u16,
    /// Against whom.
    pub on: u16,
}

/// Who holds office.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Holder {
    /// Place among the state's seats; beyond the last: nobody is named.
    pub seat: u16,
    /// Index of the mind that decides, where one is known.
    pub mind: Option<u16>,
    /// Year of taking office.
    pub since: i16,
    /// Year of birth.
    pub born: i16,
}

impl Holder {
    /// The first leader of a state, in office from a year; 55 years old then, where the
    /// world names no year of birth.
    pub fn first(state: &WorldState, year: i16) -> Holder {
        let seat = state.seats.first();
        Holder {
            seat: 0,
            mind: seat.and_then(|x| x.mind).map(|m| m as u16),
            since: year,
            born: seat.and_then(|x| x.born).unwrap_or(year - 55),
        }
    }
}

/// The four layers that are kept as shares.
pub const SHARED: [Layer; 4] = [
    Layer::Energy,
    Layer::Payments,
    Layer::Arms,
    Layer::Technology,
];

/// Everything that changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The year that begins.
    pub year: i16,
    /// Shares of capabilities; they sum to 1.
    pub share: Vec<f64>,
    /// GDP, thousand million.
    pub gdp: Vec<f64>,
    /// Whether a state is a member of the system.
    pub active: Vec<bool>,
    /// Whether a state is a major power.
    pub major: Vec<bool>,
    /// Polity scores.
    pub democracy: Vec<f64>,
    /// What is left to regain of losses in war, on the log scale.
    pub wounds: Vec<f64>,
    /// How far each state's trend of capabilities is from the expected one.
    pub trend: Vec<f64>,
    /// Disputes begun by each state and suffered, halved every ten years.
    pub conduct: Vec<(f64, f64)>,
    /// Level of disputes of the year, on the log scale; 0 is the average.
    pub tension: f64,
    /// Pacts between states, `n × n`, symmetrical: bits, of two and of several.
    pub pact: Vec<u8>,
    /// Pacts of two, in the same way.
    pub bilateral: Vec<u8>,
    /// Pacts of several.
    pub blocs: Vec<Bloc>,
    /// Stated trade over what gravity gives, `n × n`, symmetrical.
    pub affinity: Vec<f32>,
    /// Trade of each pair, million dollars, `n × n`.
    pub trade: Vec<f32>,
    /// Total trade of each state.
    pub total: Vec<f64>,
    /// GDP of all members at the start, thousand million.
    pub whole: f64,
    /// Links by layer of [`SHARED`] and state.
    pub links: [Vec<Vec<Link>>; 4],
    /// Outside presence: power, host, thousand troops.
    pub presence: Vec<(u16, u16, f64)>,
    /// Corridors.
    pub routes: Vec<Route>,
    /// Members of each institution.
    pub members: Vec<Vec<bool>>,
    /// Institutions beyond those named that each pair shares, `n × n`, symmetrical, before
    /// what `gained` adds; empty where the world counts none.
    pub joint: Vec<f32>,
    /// Its sums over the other members of the system.
    pub joint_sum: Vec<f64>,
    /// Memberships in institutions beyond those named that each state has gained.
    pub gained: Vec<f64>,
    /// Whether each pair is politically relevant in this year.
    pub live: Vec<bool>,
    /// Years of peace of each relevant pair.
    pub peace: Vec<u16>,
    /// Disputes of each pair, halved every ten years.
    pub past: Vec<f64>,
    /// Wars.
    pub wars: Vec<War>,
    /// Sanctions.
    pub sanctions: Vec<Sanction>,
    /// Who governs.
    pub holders: Vec<Holder>,
    /// Last year in which each state fought a war.
    pub fought: Vec<i16>,
    /// Supporters of each movement.
    pub support: Vec<Vec<Backing>>,
    /// What each state believed in at the start.
    pub creed: Vec<Creed>,
    /// Number of the next war.
    pub next_war: u32,
    /// Number of the next pact of several.
    pub next_bloc: u32,
}

/// What a past dispute counts for after a year: half after ten (assumption).
pub const FADE: f64 = 0.933_032_991_536_807_4;
/// What a dispute of five years ago counts for: a pair with more is not friendly.
pub const FIVE_YEARS: f64 = 0.707;
/// The same of ten years.
pub const TEN_YEARS: f64 = 0.5;

/// Economy of a state that is no member, thousand million.
pub const LEAST: f64 = 1e-6;

/// Years without a dispute that a pair is taken to have behind it at the start.
const PEACE_AT_START: u16 = 15;

impl Snapshot {
    /// The beginning of a world at one draw of its inputs.
    pub fn start(system: &System, draw: Draw<'_>, params: &Params) -> Snapshot {
        let n = system.n;
        let states = &system.world.states;
        let mut share: Vec<f64> = states.iter().map(|s| draw.get(s.share).max(0.0)).collect();
        let mut active = vec![true; n];
        for e in &system.world.entries {
            active[e.state] = system.world.member(e.state, system.world.start);
        }
        let hold = |x: &mut Vec<f64>| {
            x.iter_mut()
                .zip(&active)
                .for_each(|(x, active)| *x *= f64::from(u8::from(*active)));
        };
        hold(&mut share);
        normalise(&mut share);
        let mut s = Snapshot {
            year: system.world.start,
            share,
            gdp: states.iter().map(|s| draw.get(s.gdp).max(LEAST)).collect(),
            major: states.iter().map(|s| s.major).collect(),
            democracy: states.iter().map(|s| draw.get(s.democracy)).collect(),
            wounds: vec![0.0; n],
            trend: vec![0.0; n],
            conduct: vec![(0.0, 0.0); n],
            tension: params.tension_start(),
            pact: Vec::new(),
            bilateral: system.pacts.bilateral.clone(),
            blocs: system.pacts.blocs.clone(),
            live: vec![false; system.pairs.len()],
            past: vec![0.0; system.pairs.len()],
            active,
            affinity: vec![1.0; n * n],
            trade: vec![0.0; n * n],
            total: vec![0.0; n],
            whole: 0.0,
            links: std::array::from_fn(|_| vec![Vec::new(); n]),
            presence: Vec::new(),
            routes: Vec::new(),
            members: Vec::new(),
            joint: vec![0.0; if system.coded.counts { n * n } else { 0 }],
            joint_sum: vec![0.0; n],
            gained: vec![0.0; n],
            peace: vec![PEACE_AT_START; system.pairs.len()],
            wars: Vec::new(),
            sanctions: Vec::new(),
            holders: Vec::new(),
            fought: vec![i16::MIN; n],
            support: Vec::new(),
            creed: Vec::new(),
            next_war: 1,
            next_bloc: 1 + system.pacts.blocs.len() as u32,
        };
        s.remember(system);
        s.seat(system);
        s.route(system, draw);
        for tie in &system.world.ties {
            s.tie(tie, draw);
        }
        s.bind(n);
        s.sum_joint(n);
        s.relate(system);
        s.support = support::start(system, &s, draw);
        s.creed = (0..n)
            .map(|i| support::creed(system, s.democracy[i], s.holders[i].mind))
            .collect();
        for i in (0..n).filter(|i| !s.active[*i]).collect::<Vec<_>>() {
            s.gdp[i] = LEAST;
        }
        s.whole = s.world_gdp();
        s.scale_trade(system, draw, params);
        s
    }

    /// GDP of all members, thousand million.
    fn world_gdp(&self) -> f64 {
        let inside = self.gdp.iter().zip(&self.active).filter(|x| *x.1);
        inside.map(|x| x.0).fold(0.0, |sum, g| sum + g)
    }

    /// Peace years, past disputes and conduct before the start.
    fn remember(&mut self, system: &System) {
        for (i, j, years) in &system.world.quiet {
            if let Some(at) = system.pair(*i, *j) {
                self.peace[at] = *years;
                if system.world.past.is_empty() {
                    self.past[at] = FADE.powi(i32::from(*years));
                }
            }
        }
        for (i, j, past) in &system.world.past {
            if let Some(at) = system.pair(*i, *j) {
                self.past[at] = *past;
            }
        }
        for i in &system.world.fighting {
            self.fought[*i] = system.world.start - 1;
        }
        for (mine, known) in self.conduct.iter_mut().zip(&system.world.conduct) {
            *mine = *known;
        }
    }

    /// Which pairs are politically relevant in this year.
    pub fn relate(&mut self, system: &System) {
        for (live, p) in self.live.iter_mut().zip(&system.pairs) {
            let (a, b) = (p.a as usize, p.b as usize);
            *live =
                self.active[a] && self.active[b] && (p.border || self.major[a] || self.major[b]);
        }
    }

    /// Whether two states had no dispute these five years.
    pub fn calm(&self, system: &System, i: usize, j: usize) -> bool {
        system
            .pair(i, j)
            .is_none_or(|at| self.past[at] < FIVE_YEARS)
    }

    /// Lays the pacts of two and of several over each other.
    pub fn bind(&mut self, n: usize) {
        self.pact.clone_from(&self.bilateral);
        for bloc in &self.blocs {
            for i in &bloc.members {
                for j in &bloc.members {
                    if i != j {
                        self.pact[*i as usize * n + *j as usize] |= bloc.bits;
                    }
                }
            }
        }
    }

    fn seat(&mut self, system: &System) {
        let year = self.year;
        self.holders = system
            .world
            .states
            .iter()
            .map(|s| Holder::first(s, year))
            .collect();
    }

    fn route(&mut self, system: &System, draw: Draw<'_>) {
        self.routes = system
            .world
            .corridors
            .iter()
            .map(|c| Route {
                through: c.through.iter().map(|i| *i as u16).collect(),
                capacity: draw.get(c.capacity),
                opens: c.opens,
                told: c.opens <= self.year,
            })
            .collect();
        self.members = system
            .world
            .institutions
            .iter()
            .map(|i| {
                let mut list = vec![false; system.n];
                i.members.iter().for_each(|m| list[*m] = true);
                list
            })
            .collect();
    }

    fn tie(&mut self, tie: &Tie, draw: Draw<'_>) {
        let (i, j) = (tie.from, tie.to);
        match tie.layer {
            Layer::Presence => {
                // The host depends on the power that is present.
                self.presence
                    .push((j as u16, i as u16, draw.get(tie.weight)));
            }
            Layer::Institutions => {
                let n = self.active.len();
                for at in [i * n + j, j * n + i] {
                    self.joint[at] = draw.get(tie.weight) as f32;
                }
            }
            Layer::Alliance | Layer::Trade | Layer::Corridor => {}
            shared => {
                let at = SHARED.iter().position(|l| *l == shared).unwrap_or(0);
                self.links[at][i].push(Link {
                    to: j as u16,
                    share: draw.get(tie.weight),
                    through: tie.through.iter().map(|t| *t as u16).collect(),
                });
            }
        }
    }

    /// The part of a state's payments that those who sanction it close: a link that two of
    /// them close is lost once.
    pub fn payments_closed(&self, on: u16) -> f64 {
        let Some(links) = self.links[1].get(on as usize) else {
            return 0.0;
        };
        crate::measures::hubs::closed(links, |k| {
            self.sanctions.iter().any(|x| x.on == on && x.by == k)
        })
    }

    /// Whether two states are at war with each other.
    pub fn at_war(&self, i: u16, j: u16) -> bool {
        self.wars.iter().any(|w| w.between(i, j))
    }

    /// Whether two states fight on one side of a war.
    pub fn beside(&self, i: u16, j: u16) -> bool {
        self.wars.iter().any(|w| w.beside(i, j))
    }

    /// Who fights in any war.
    pub fn at_arms(&self) -> Vec<bool> {
        let mut out = vec![false; self.share.len()];
        let sides = self.wars.iter().flat_map(|w| [&w.attackers, &w.defenders]);
        sides.flatten().for_each(|i| out[*i as usize] = true);
        out
    }

    /// Whether a state fights in any war.
    pub fn fights(&self, i: u16) -> bool {
        self.wars.iter().any(|w| w.holds(i))
    }
}

/// Makes shares sum to 1.
pub fn normalise(share: &mut [f64]) {
    let sum: f64 = share.iter().sum();
    let n = share.len().max(1) as f64;
    share
        .iter_mut()
        .for_each(|s| *s = if sum > 0.0 { *s / sum } else { 1.0 / n });
}
