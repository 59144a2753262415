//! Runs of a world.

use crate::event::{Event, EventKind};
use crate::luck::{Luck, Purpose};
use crate::measures::columns::{HUBS, LEADING, STATE};
use crate::measures::yearly::Yearly;
use crate::mind::{Cabinet, Desk};
use crate::networks::Networks;
use crate::params::Params;
use crate::saved::Origin;
use crate::snapshot::Snapshot;
use crate::system::System;
use crate::turn::{self, Odds, Setting};
use raison_core::Draw;

/// What is simulated.
pub struct Simulation<'w> {
    /// The world.
    pub system: &'w System,
    /// The lens, prepared for it.
    pub cabinet: &'w Cabinet<'w>,
    /// Seed of all luck.
    pub seed: u64,
    /// Years.
    pub years: u16,
    /// When network measures are taken.
    pub networks: Networks,
}

/// One run's output.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// Its number.
    pub run: u64,
    /// Year of the first rows.
    pub first: i16,
    /// Rows of [`STATE`] columns: year by year, state by state.
    pub states: Vec<f32>,
    /// Places of the states in the [`HUBS`] columns, by the same rows; empty where the world
    /// codes no layer that has hubs.
    pub hubs: Vec<[u16; HUBS.len()]>,
    /// Rows of [`SYSTEM`] columns: year by year.
    pub system: Vec<f64>,
    /// Places of the states in the [`LEADING`] columns, by the same rows.
    pub leading: Vec<[u16; LEADING.len()]>,
    /// What happened.
    pub events: Vec<Event>,
}

/// A run under way: it can be stopped, cloned, and gone on with.
pub struct Walk<'w> {
    sim: &'w Simulation<'w>,
    params: Params,
    odds: Odds,
    values: Vec<f64>,
    luck: Luck,
    desk: Desk,
    /// The year after which the run ends.
    last: i16,
    /// The condition of the world.
    pub snapshot: Snapshot,
}

impl<'w> Simulation<'w> {
    /// A run at its beginning.
    pub fn begin(&'w self, run: u64) -> Walk<'w> {
        let values = self.system.world.inputs.draw(self.seed, run, 1);
        let params = Params::of(&self.system.world, Draw(&values));
        let mut snapshot = Snapshot::start(self.system, Draw(&values), &params);
        let luck = Luck::new(self.seed, run);
        let before = self.system.world.start.saturating_sub(1);
        snapshot.tension += params.tension_start_sd()
            * luck.normal(Purpose::Tension, Purpose::TensionPair, 0, before);
        // Trends at the start are as uncertain as they are in the long run.
        for (trend, key) in snapshot.trend.iter_mut().zip(&self.system.keys) {
            *trend = params.growth_trend_sd()
                * luck.normal(Purpose::Trend, Purpose::TrendPair, *key, before);
        }
        Walk {
            odds: Odds::new(self.system, &params),
            luck,
            desk: self.cabinet.desk(self.seed, run),
            last: self.last(snapshot.year),
            sim: self,
            params,
            values,
            snapshot,
        }
    }

    /// A run that begins at a condition taken from another: uncertain numbers stay as
    /// that run drew them, luck is the new run's own from there on.
    pub fn begin_at(&'w self, run: u64, origin: &Origin) -> Walk<'w> {
        let mut walk = self.begin(origin.run);
        walk.last = self.last(origin.snapshot.year);
        walk.resume(origin.snapshot.clone());
        walk.branch(run);
        walk
    }

    fn last(&self, first: i16) -> i16 {
        first.saturating_add_unsigned(self.years).saturating_sub(1)
    }

    /// The condition that a run of these has reached at the beginning of a year.
    pub fn at(&self, run: u64, year: i16, origin: Option<&Origin>) -> Snapshot {
        let mut walk = self.walk(run, origin);
        while walk.snapshot.year < year {
            walk.year(false, None);
        }
        walk.snapshot
    }

    fn walk(&'w self, run: u64, origin: Option<&Origin>) -> Walk<'w> {
        match origin {
            Some(origin) => self.begin_at(run, origin),
            None => self.begin(run),
        }
    }

    /// A whole run.
    pub fn run(&self, run: u64) -> Run {
        self.tell(run, false)
    }

    /// A whole run, with the reasons of every decision.
    pub fn tell(&self, run: u64, explain: bool) -> Run {
        self.tell_from(run, None, explain)
    }

    /// A whole run from its origin, or from the beginning of the world.
    pub fn tell_from(&self, run: u64, origin: Option<&Origin>, explain: bool) -> Run {
        let mut walk = self.walk(run, origin);
        let mut out = Run {
            run,
            first: walk.snapshot.year,
            ..Run::default()
        };
        let rows = self.years as usize * self.system.n;
        out.states.reserve(rows * STATE.len());
        for _ in 0..self.years {
            walk.year(explain, Some(&mut out));
        }
        out
    }
}

impl Walk<'_> {
    /// Goes on from another condition of the same world: resume and branch.
    pub fn resume(&mut self, snapshot: Snapshot) {
        self.snapshot = snapshot;
    }

    /// Goes on with the luck of another run: a branch.
    pub fn branch(&mut self, run: u64) {
        self.luck = Luck::new(self.sim.seed, run);
    }

    /// One year; what is measured goes to `out`.
    pub fn year(&mut self, explain: bool, out: Option<&mut Run>) {
        let year = self.snapshot.year;
        let set = Setting {
            system: self.sim.system,
            cabinet: self.sim.cabinet,
            params: &self.params,
            luck: self.luck,
            odds: &self.odds,
            values: &self.values,
            explain,
            year,
        };
        let mut log = Vec::new();
        let (outlook, wars) = turn::year(&set, &mut self.snapshot, &mut self.desk, &mut log);
        let Some(out) = out else { return };
        let counted = count(&log, self.sim.system.n);
        let yearly = Yearly {
            system: self.sim.system,
            s: &self.snapshot,
            outlook: &outlook,
            values: &self.values,
            disputes: &counted,
            wars: &wars,
            params: &self.params,
        };
        let start = self.sim.system.world.start;
        let costly = year == self.last || self.sim.networks.due(start, year);
        yearly.rows(costly, &mut out.states, &mut out.hubs);
        let (row, leading) = yearly.system();
        out.system.extend(row);
        out.leading.push(leading);
        out.system.extend(totals(&log));
        out.events.append(&mut log);
    }
}

/// Disputes and disputes with force of every state.
fn count(log: &[Event], n: usize) -> Vec<(u16, u16)> {
    let mut out = vec![(0, 0); n];
    for e in log.iter().filter(|e| dispute(e)) {
        for i in [e.actor, e.other] {
            if let Some(c) = out.get_mut(i as usize) {
                c.0 += 1;
                c.1 += u16::from(e.value >= 4.0);
            }
        }
    }
    out
}

/// A dispute of a pair: between those who began it, or with one who joined.
fn dispute(e: &Event) -> bool {
    matches!(e.kind, EventKind::Dispute | EventKind::DisputeJoined)
}

fn totals(log: &[Event]) -> [f64; 4] {
    let of = |kind| log.iter().filter(move |e| e.kind == kind);
    // As the record's series that worlds are held against: of politically relevant pairs.
    let relevant = |e: &&Event| e.kind == EventKind::Dispute || e.item == 0;
    let all = log.iter().filter(|e| dispute(e)).filter(relevant);
    let disputes = all.clone().count() as f64;
    let force = all.filter(|e| e.value >= 4.0).count() as f64;
    // An empty sum of floats is -0: it starts at 0 here.
    let ends = of(EventKind::WarEnds).map(|e| f64::from(e.value));
    let deaths = ends.fold(0.0, |sum, dead| sum + dead);
    [
        disputes,
        force,
        of(EventKind::WarBegins).count() as f64,
        deaths,
    ]
}
