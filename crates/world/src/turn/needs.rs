//! How far each strategy has something to mend: effects are as large as the need.

use super::course::Course;
use super::{Outlook, Setting};
use crate::measures::flows::Survey;
use crate::measures::hubs;
use crate::measures::power::contest;
use crate::mind::{Aim, COUNT, Handles, STRATEGIES, Whom};
use crate::snapshot::{SHARED, Snapshot};
use crate::support;
use raison_core::Direction;
use raison_core::world::Layer;

const DIVERSIFY: usize = 1;
const PARTNER: usize = 2;
const BALANCE: usize = 3;
const CORRIDOR: usize = 4;
const PAYMENTS: usize = 5;
const ARM: usize = 6;
const EXPEL: usize = 8;
const SPONSOR: usize = 9;

/// Thousand troops of others at which half the need is felt (assumption).
const HALF_FELT: f64 = 10.0;

/// What a state that chooses a strategy sees.
pub(super) struct Needs<'c> {
    course: Course<'c>,
    outlook: &'c Outlook,
    corridors: &'c Survey,
    base: [f64; COUNT],
    movement: Option<usize>,
}

fn at_least(x: f64) -> f64 {
    x.clamp(0.2, 1.0)
}

impl<'c> Needs<'c> {
    pub(super) fn new(
        set: &'c Setting<'c>,
        s: &'c Snapshot,
        outlook: &'c Outlook,
        corridors: &'c Survey,
        i: usize,
    ) -> Needs<'c> {
        let course = Course::new(set, s, i);
        let movement = course.movement();
        let mut needs = Needs {
            course,
            outlook,
            corridors,
            base: [1.0; COUNT],
            movement,
        };
        needs.base = needs.base();
        needs
    }

    fn dependence(&self, at: usize) -> f64 {
        let links = &self.course.s.links[at][self.course.i];
        hubs::worst(links, u64::from).0
    }

    /// Needs where an aim names nobody, 0.2..1.
    fn base(&self) -> [f64; COUNT] {
        let (s, i) = (self.course.s, self.course.i);
        let exposed = self.dependence(0).max(self.dependence(2));
        let exposed = exposed.max(self.dependence(3));
        let unsafe_ = 1.0 - self.outlook.deterrence[i];
        let member = self.member();
        let partners = s.links[3][i].len().min(5) as f64 / 5.0;
        let troops: f64 = self.course.here().fold(0.0, |sum, p| sum + p.1);
        let given = support::of(&self.outlook.footholds, i).1;
        [
            1.0,
            at_least(exposed),
            at_least(1.0 - partners),
            at_least(unsafe_),
            at_least(self.corridor()),
            at_least(self.dependence(1)),
            at_least(unsafe_),
            at_least(1.0 - member),
            at_least(troops / (troops + HALF_FELT)),
            at_least(1.0 - given),
        ]
    }

    /// How far a state is in: its part of the institutions that the world names or, where
    /// they are counted only, of the most that any state belongs to.
    fn member(&self) -> f64 {
        let (s, i, system) = (self.course.s, self.course.i, self.course.set.system);
        if !system.coded.counts || !s.members.is_empty() {
            let open = system.world.institutions.len().max(1) as f64;
            return s.members.iter().filter(|m| m[i]).count() as f64 / open;
        }
        let of = |j: usize| s.memberships(system, j);
        let all = (0..system.n).filter(|j| s.active[*j]);
        of(i) / all.map(of).fold(1.0, f64::max)
    }

    /// What one other state can close of what the state reaches over corridors; all, where
    /// no corridor leads anywhere.
    fn corridor(&self) -> f64 {
        let state = self.course.i as u16;
        match self.corridors.holds(state) {
            true => self.corridors.chokepoint(state).0,
            false => 1.0,
        }
    }

    /// Puts the size of every effect.
    pub(super) fn set(&self, values: &mut [f64], h: &Handles) {
        let mut put = |num: raison_core::Num, x: f64| {
            if let Some(v) = values.get_mut(num.0 as usize) {
                *v = x;
            }
        };
        for (k, list) in h.effects.iter().enumerate() {
            let names = STRATEGIES[k].4.iter().filter(|e| !e.0.contains('.'));
            for ((num, size), (name, _)) in list.iter().zip(names) {
                put(*num, size * self.base[k] * self.sign(k, name));
            }
        }
        for (k, list) in h.named.iter().enumerate() {
            for e in list {
                let need = h.aims.get(e.aim).map_or(0.0, |a| self.need(k, a));
                put(e.num, e.size * need);
            }
        }
    }

    /// Where what a strategy does to a measure depends on who does it: 1, 0 or -1 times the
    /// table's effect.
    fn sign(&self, strategy: usize, name: &str) -> f64 {
        let (s, i) = (self.course.s, self.course.i);
        let yes = |x: bool| f64::from(u8::from(x));
        let unlike = |x: bool| if x { 1.0 } else { -1.0 };
        match (strategy, name) {
            // The largest has nobody ahead.
            (ARM, "hegemony") => yes(s.share.iter().any(|x| *x > s.share[i])),
            // A share that grows makes shares more even where it is below their mean
            // weighted by themselves, and less even above it.
            (ARM, "concentration") => unlike(s.share[i] < even(s, |_| true)),
            (ARM, "polarity") if !s.major[i] => 0.0,
            (ARM, "polarity") => {
                let all: f64 = (0..s.share.len())
                    .filter(|k| s.major[*k])
                    .map(|k| s.share[k])
                    .sum();
                unlike(s.share[i] / all < even(s, |k| s.major[k]))
            }
            (BALANCE, "outside_presence") => yes(self.ally_from_outside()),
            (SPONSOR, "ideological_support" | "ideology") => yes(self.course.preaches()),
            (SPONSOR, "deterrence") => yes(self.threatens(None)),
            (SPONSOR, "depth") => yes(self.movement.is_some_and(|m| {
                let home = self.course.set.system.world.movements[m].home as u16;
                self.course.set.system.neighbours[i].contains(&home)
            })),
            _ => 1.0,
        }
    }

    fn ally(&self) -> Option<usize> {
        let threat = self.outlook.threat.get(self.course.i).copied().flatten()?;
        self.course.ally(threat)
    }

    fn ally_from_outside(&self) -> bool {
        let system = self.course.set.system;
        system.coded.presence
            && self.ally().is_some_and(|j| {
                self.course.s.major[j] && system.region[j] != system.region[self.course.i]
            })
    }

    /// Whether the movement that would get more can reach a state, or the main threat.
    fn threatens(&self, who: Option<u16>) -> bool {
        let system = self.course.set.system;
        let threat = self.outlook.threat.get(self.course.i).copied().flatten();
        let (Some(m), Some(j)) = (self.movement, who.or(threat)) else {
            return false;
        };
        let home = system.world.movements[m].home as u16;
        home == j || system.neighbours[j as usize].contains(&home)
    }

    /// The need of an aim that names a layer or a state.
    fn need(&self, strategy: usize, aim: &Aim) -> f64 {
        let coded = &self.course.set.system.coded;
        if aim.layer.is_some_and(|l| !coded.holds(l)) {
            return 0.0;
        }
        match aim.whom {
            Whom::Absent => 0.0,
            Whom::Anybody => self.of_layer(strategy, aim),
            Whom::State(j) => self.of_state(strategy, aim, j),
        }
    }

    fn of_layer(&self, strategy: usize, aim: &Aim) -> f64 {
        let at = SHARED.iter().position(|l| Some(*l) == aim.layer);
        match (strategy, at, aim.layer) {
            (DIVERSIFY, Some(at), _) => at_least(self.dependence(at)),
            (DIVERSIFY, None, Some(Layer::Trade)) => {
                at_least(self.course.away_trade().map_or(0.0, |x| x.1))
            }
            _ => self.base[strategy] * self.sign(strategy, &aim.measure.name),
        }
    }

    /// What an aim at a state is worth in a strategy: what that state can close, if the
    /// strategy would turn away from it, or whether the strategy would turn to it.
    fn of_state(&self, strategy: usize, aim: &Aim, j: u16) -> f64 {
        let (c, me) = (&self.course, self.course.i as u16);
        let system = c.set.system;
        let yes = |x: bool| f64::from(u8::from(x));
        let base = self.base[strategy];
        let threat = self.outlook.threat.get(c.i).copied().flatten();
        let name = aim.measure.name.as_str();
        match strategy {
            DIVERSIFY => {
                let shares = [0, 2, 3].into_iter().filter(|at| aim.means(SHARED[*at]));
                let most = shares.map(|at| self.closed(at, aim, j)).fold(0.0, f64::max);
                match c.away_trade().filter(|_| aim.means(Layer::Trade)) {
                    Some((who, part)) if who == j => most.max(part),
                    _ => most,
                }
            }
            PAYMENTS if aim.means(Layer::Payments) => self.closed(1, aim, j),
            PARTNER => yes(c.partner() == Some(j as usize)),
            BALANCE => match name {
                "deterrence" | "security" => base * yes(threat == Some(j)),
                "outside_presence" => {
                    base * yes(self.ally_from_outside() && self.ally() == Some(j as usize))
                }
                _ => base * yes(self.ally() == Some(j as usize)),
            },
            CORRIDOR => {
                let to = c.corridor() == Some(j as usize);
                match (aim.direction == Direction::Raise, name) {
                    (_, "reach" | "redundancy") => base * yes(to),
                    _ if to => 0.0,
                    _ => self.corridors.loss(me, j),
                }
            }
            ARM => match name {
                "deterrence" | "deterrence_alone" | "security" => {
                    let m = c.set.params.decisiveness();
                    1.0 - contest(c.s.share[c.i], c.s.share[j as usize], m)
                }
                "hegemony" => yes(c.s.share[j as usize] > c.s.share[c.i]),
                _ => 0.0,
            },
            EXPEL => match c.guests() {
                Some((who, troops)) if who == j => {
                    let all: f64 = c.here().fold(0.0, |sum, p| sum + p.1);
                    troops / all.max(troops)
                }
                _ => 0.0,
            },
            SPONSOR => {
                let home = self.movement.map(|m| system.world.movements[m].home as u16);
                match name {
                    "deterrence" => base * yes(self.threatens(Some(j))),
                    _ => base * yes(home == Some(j)),
                }
            }
            _ => 0.0,
        }
    }

    /// What a state closes of a layer of shares, where the strategy turns away from it.
    fn closed(&self, at: usize, aim: &Aim, j: u16) -> f64 {
        let links = &self.course.s.links[at][self.course.i];
        match self.course.away(at) {
            Some((who, lost)) if who == j => match aim.measure.name.as_str() {
                "direct_dependence" => hubs::direct(links, j),
                _ => lost,
            },
            _ => 0.0,
        }
    }

    /// Whether a strategy is open to the state.
    pub(super) fn open(&self, strategy: usize) -> bool {
        match strategy {
            EXPEL => self.course.guests().is_some(),
            SPONSOR => self.movement.is_some(),
            _ => true,
        }
    }

    /// Whom a strategy would turn away from or to, for the telling.
    pub(super) fn target(&self, strategy: usize) -> Option<u16> {
        let at = |x: Option<usize>| x.map(|j| j as u16);
        match strategy {
            PARTNER => at(self.course.partner()),
            BALANCE => at(self.ally()),
            CORRIDOR => at(self.course.corridor()),
            PAYMENTS => self.course.away(1).map(|x| x.0),
            EXPEL => self.course.guests().map(|x| x.0),
            SPONSOR => at(self
                .movement
                .map(|m| self.course.set.system.world.movements[m].home)),
            _ => None,
        }
    }
}

/// Sum of squares of the shares among those that count.
fn even(s: &Snapshot, counts: impl Fn(usize) -> bool) -> f64 {
    let own = || {
        (0..s.share.len())
            .filter(|k| counts(*k))
            .map(|k| s.share[k])
    };
    let all: f64 = own().sum();
    own().map(|x| x * x).sum::<f64>() / (all * all).max(1e-300)
}
