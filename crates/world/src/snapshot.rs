//! The condition of the world at the start of a year.

use crate::params::Params;
use crate::system::System;
use raison_core::Draw;
use raison_core::world::{Layer, Obligations, Tie};
use serde::{Deserialize, Serialize};

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
    /// Whether allies were asked.
    pub asked: bool,
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
    /// Pacts between states, `n × n`, symmetrical: bits.
    pub pact: Vec<u8>,
    /// Stated trade over what gravity gives, `n × n`, symmetrical.
    pub affinity: Vec<f32>,
    /// Trade of each pair, million dollars, `n × n`.
    pub trade: Vec<f32>,
    /// Total trade of each state.
    pub total: Vec<f64>,
    /// Links by layer of [`SHARED`] and state.
    pub links: [Vec<Vec<Link>>; 4],
    /// Outside presence: power, host, thousand troops.
    pub presence: Vec<(u16, u16, f64)>,
    /// Corridors.
    pub routes: Vec<Route>,
    /// Members of each institution.
    pub members: Vec<Vec<bool>>,
    /// Years since the last dispute of each relevant pair.
    pub peace: Vec<u16>,
    /// Wars.
    pub wars: Vec<War>,
    /// Sanctions.
    pub sanctions: Vec<Sanction>,
    /// Who governs.
    pub holders: Vec<Holder>,
    /// Disputes with force of each state in the year before.
    pub troubles: Vec<u16>,
    /// Number of the next war.
    pub next_war: u32,
}

/// Years without a dispute that a pair is taken to have behind it at the start.
const PEACE_AT_START: u16 = 15;

fn bits(o: Obligations) -> u8 {
    u8::from(o.defence) * DEFENCE
        + u8::from(o.offence) * OFFENCE
        + u8::from(o.neutrality || o.nonaggression) * PEACEFUL
        + u8::from(o.consultation) * CONSULT
}

impl Snapshot {
    /// The beginning of a world at one draw of its inputs.
    pub fn start(system: &System, draw: Draw<'_>, params: &Params) -> Snapshot {
        let n = system.n;
        let states = &system.world.states;
        let mut share: Vec<f64> = states.iter().map(|s| draw.get(s.share).max(0.0)).collect();
        normalise(&mut share);
        let mut s = Snapshot {
            year: system.world.start,
            share,
            gdp: states.iter().map(|s| draw.get(s.gdp).max(1e-6)).collect(),
            pact: vec![0; n * n],
            affinity: vec![1.0; n * n],
            trade: vec![0.0; n * n],
            total: vec![0.0; n],
            links: std::array::from_fn(|_| vec![Vec::new(); n]),
            presence: Vec::new(),
            routes: Vec::new(),
            members: Vec::new(),
            peace: vec![PEACE_AT_START; system.pairs.len()],
            wars: Vec::new(),
            sanctions: Vec::new(),
            holders: Vec::new(),
            troubles: vec![0; n],
            next_war: 1,
        };
        for (i, j, years) in &system.world.quiet {
            if let Some(at) = system.pair(*i, *j) {
                s.peace[at] = *years;
            }
        }
        s.seat(system);
        s.route(system, draw);
        for tie in &system.world.ties {
            s.tie(tie, draw, n);
        }
        s.scale_trade(system, draw, params);
        s
    }

    fn seat(&mut self, system: &System) {
        let year = self.year;
        self.holders = system
            .world
            .states
            .iter()
            .map(|s| Holder {
                seat: 0,
                mind: s.seats.first().and_then(|x| x.mind).map(|m| m as u16),
                since: year,
                born: s.seats.first().and_then(|x| x.born).unwrap_or(year - 55),
            })
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

    fn tie(&mut self, tie: &Tie, draw: Draw<'_>, n: usize) {
        let (i, j) = (tie.from, tie.to);
        match tie.layer {
            Layer::Alliance => {
                let b = bits(tie.obligations);
                self.pact[i * n + j] |= b;
                self.pact[j * n + i] |= b;
            }
            Layer::Presence => {
                // The host depends on the power that is present.
                self.presence
                    .push((j as u16, i as u16, draw.get(tie.weight)));
            }
            Layer::Trade | Layer::Corridor => {}
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

    /// Sets affinities so that the first year's trade is the stated one where it is
    /// stated, and gravity's elsewhere.
    fn scale_trade(&mut self, system: &System, draw: Draw<'_>, params: &Params) {
        self.flow(system, params);
        let n = system.n;
        for tie in system.world.ties.iter().filter(|t| t.layer == Layer::Trade) {
            let (i, j) = (tie.from, tie.to);
            let gravity = self.trade[i * n + j].max(1e-9);
            let factor = (draw.get(tie.weight) as f32 / gravity).clamp(1e-6, 1e6);
            self.affinity[i * n + j] = factor;
            self.affinity[j * n + i] = factor;
        }
        self.flow(system, params);
    }

    /// Trade of every pair: gravity times affinity, cut by sanctions and war.
    pub fn flow(&mut self, system: &System, params: &Params) {
        let n = system.n;
        let (constant, elasticity) = (params.trade_constant().exp(), params.trade_gdp());
        let (distance, border) = (params.trade_distance(), params.trade_border().exp());
        let mass: Vec<f32> = self
            .gdp
            .iter()
            .map(|g| (g * 1000.0).powf(elasticity) as f32)
            .collect();
        let lost = self.payment_loss(params);
        let resistance = system.resistance(constant, distance, border);
        self.total.iter_mut().for_each(|t| *t = 0.0);
        for i in 0..n {
            for j in i + 1..n {
                let at = i * n + j;
                let t =
                    mass[i] * mass[j] * resistance[at] * self.affinity[at] * lost[i].min(lost[j]);
                self.trade[at] = t;
            }
        }
        self.cut(params, n);
        for i in 0..n {
            for j in i + 1..n {
                let t = self.trade[i * n + j];
                self.trade[j * n + i] = t;
                self.total[i] += f64::from(t);
                self.total[j] += f64::from(t);
            }
        }
    }

    fn cut(&mut self, params: &Params, n: usize) {
        let (sanction, war) = (params.sanction_trade() as f32, params.trade_war() as f32);
        for s in &self.sanctions {
            let (i, j) = (s.by.min(s.on) as usize, s.by.max(s.on) as usize);
            self.trade[i * n + j] *= sanction;
        }
        for w in &self.wars {
            for a in &w.attackers {
                for d in &w.defenders {
                    let (i, j) = ((*a).min(*d) as usize, (*a).max(*d) as usize);
                    self.trade[i * n + j] *= war;
                }
            }
        }
    }

    /// What is left of each state's trade after hubs that sanction it closed to it.
    fn payment_loss(&self, params: &Params) -> Vec<f32> {
        let mut left = vec![1.0f32; self.share.len()];
        for s in &self.sanctions {
            let links = self.links[1].get(s.on as usize);
            let lost = links.map_or(0.0, |l| crate::measures::hubs::lost(l, s.by));
            let keep = 1.0 - params.sanction_payments() * lost;
            if let Some(x) = left.get_mut(s.on as usize) {
                *x *= keep as f32;
            }
        }
        left
    }

    /// Whether two states are at war with each other.
    pub fn at_war(&self, i: u16, j: u16) -> bool {
        self.wars.iter().any(|w| {
            (w.attackers.contains(&i) && w.defenders.contains(&j))
                || (w.attackers.contains(&j) && w.defenders.contains(&i))
        })
    }

    /// Whether a state fights in any war.
    pub fn fights(&self, i: u16) -> bool {
        self.wars
            .iter()
            .any(|w| w.attackers.contains(&i) || w.defenders.contains(&i))
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
