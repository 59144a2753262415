//! What does not change while a world runs: states, pairs, distances.

use crate::blocs::Beginning;
use crate::luck;
use crate::mind::COUNT;
use crate::snapshot::SHARED;
use raison_core::world::{Layer, Memberships, Mind, Seat, World, WorldState};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// No pair.
pub const NONE: u32 = u32::MAX;

/// Share of capabilities at the start or on entry from which a state may become a major
/// power in a run. Pairs of smaller states that do not border are never laid out.
pub const POTENTIAL: f64 = 0.02;

/// A pair that can be politically relevant: neighbours by land or water, or one is or can
/// become a major power (Maoz & Russett 1993; Lemke & Reed 2001 on what that leaves out).
/// Whether it is, in a year, stands in the snapshot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The one whose code comes first.
    pub a: u16,
    /// The other.
    pub b: u16,
    /// Common land border.
    pub land: bool,
    /// Common border by land or over water.
    pub border: bool,
    /// Key of its luck.
    pub key: u64,
}

/// What a world codes: where it states no tie of a layer and no institution, nothing is
/// known of it, and nothing is measured or done there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coded {
    /// Layers of [`SHARED`].
    pub shared: [bool; 4],
    /// Corridors.
    pub corridors: bool,
    /// Outside presence.
    pub presence: bool,
    /// Institutions, by name or in counts.
    pub institutions: bool,
    /// Movements.
    pub movements: bool,
    /// Counts of institutions that the world does not name.
    pub counts: bool,
}

impl Coded {
    fn new(world: &World) -> Coded {
        let holds = |layer: Layer| world.ties.iter().any(|t| t.layer == layer);
        Coded {
            shared: SHARED.map(holds),
            corridors: !world.corridors.is_empty(),
            presence: holds(Layer::Presence),
            institutions: !world.institutions.is_empty() || holds(Layer::Institutions),
            counts: holds(Layer::Institutions),
            movements: !world.movements.is_empty(),
        }
    }

    /// How many layers a partnership can rest on.
    pub fn layers(&self) -> usize {
        self.shared.iter().filter(|x| **x).count() + usize::from(self.corridors)
    }

    /// Whether a layer is coded; states trade in every world.
    pub fn holds(&self, layer: Layer) -> bool {
        match SHARED.iter().position(|l| *l == layer) {
            Some(at) => self.shared[at],
            None => match layer {
                Layer::Corridor => self.corridors,
                Layer::Presence => self.presence,
                _ => true,
            },
        }
    }

    /// Which of the year's strategies have something to move, in the order of
    /// [`STRATEGIES`](crate::mind::STRATEGIES).
    pub fn strategies(&self) -> [bool; COUNT] {
        let [_, payments, arms, technology] = self.shared;
        [
            true,
            true,
            arms || technology,
            true,
            self.corridors,
            payments,
            true,
            self.institutions,
            self.presence,
            self.movements,
        ]
    }
}

/// The standing parts of a world.
#[derive(Debug)]
pub struct System {
    /// What the world file says.
    pub world: World,
    /// Number of states.
    pub n: usize,
    /// What the world codes.
    pub coded: Coded,
    /// Keys of the states' luck.
    pub keys: Vec<u64>,
    /// Region of each state, by number.
    pub region: Vec<u16>,
    /// Names of the regions.
    pub regions: Vec<String>,
    /// Whether a state is or can become a major power.
    pub great: Vec<bool>,
    /// Relevant pairs.
    pub pairs: Vec<Pair>,
    /// Place of each pair in `pairs`, `n × n`; [`NONE`] where it is not relevant.
    pub pair_at: Vec<u32>,
    /// Relevant partners of each state: partner, pair.
    pub partners: Vec<Vec<(u16, u32)>>,
    /// Neighbours of each state, by any border.
    pub neighbours: Vec<Vec<u16>>,
    /// Distance of capitals in km, `n × n`, at least 50.
    pub distance: Vec<f32>,
    /// Common land border, `n × n`.
    pub land: Vec<bool>,
    /// Common border by land or over water, `n × n`.
    pub border: Vec<bool>,
    /// Pacts at the start.
    pub pacts: Beginning,
    /// States of each region, in order.
    pub inside: Vec<Vec<u16>>,
    /// The last gravity resistances with the coefficients they were made of.
    gravity: Mutex<Option<Resistance>>,
    /// For each mind: the one that decides after its leader's exit, where the doctrine
    /// stays.
    successors: Vec<Option<usize>>,
    /// For each state: the place among its seats at which a leader who was put in at a
    /// branch takes office.
    pub put: Vec<Option<u16>>,
}

/// What trade meets with, with the coefficients (constant, distance, border).
type Resistance = ([f64; 3], Arc<Vec<f32>>);

/// Classes of regime, in order.
pub const REGIMES: [&str; 3] = ["autocracy", "mixed", "democracy"];

/// The place of a Polity score among [`REGIMES`]: 6 and above is a democracy, -6 and below
/// an autocracy.
pub fn class(polity: f64) -> usize {
    match polity {
        d if d >= 6.0 => 2,
        d if d <= -6.0 => 0,
        _ => 1,
    }
}

/// Polity score from which a democracy counts as consolidated.
pub const CONSOLIDATED: f64 = 9.0;

/// The logistic function.
pub fn logistic(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

/// Great-circle distance in km on a sphere of radius 6371 km (haversine).
pub fn great_circle(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (la, lb) = (a.0.to_radians(), b.0.to_radians());
    let (dl, dm) = ((lb - la) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let h = dl.sin().powi(2) + la.cos() * lb.cos() * dm.sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

/// Adds, for every mind with a state's doctrine, the mind of that doctrine alone.
fn succeed(world: &mut World) -> Vec<Option<usize>> {
    let before = world.minds.len();
    let mut out = vec![None; before];
    for m in 0..before {
        let mind = &world.minds[m];
        if mind.personal || mind.doctrine.is_none() {
            continue;
        }
        if mind.leader.is_none() {
            out[m] = Some(m);
            continue;
        }
        let alone = Mind {
            leader: None,
            ..mind.clone()
        };
        out[m] = Some(world.minds.len());
        world.minds.push(alone);
        out.push(Some(world.minds.len() - 1));
    }
    out
}

/// Where a world counts shared institutions only: nobody shares more than it belongs to, and
/// the largest count stands in.
fn count_memberships(world: &mut World) {
    let ties = world.ties.iter().filter(|t| t.layer == Layer::Institutions);
    let mut most = vec![
        Memberships {
            count: 0.0,
            since: i16::MIN
        };
        world.states.len()
    ];
    for tie in ties {
        let count = world.inputs.get(tie.weight).amount.central();
        for i in [tie.from, tie.to] {
            most[i].count = most[i].count.max(count);
        }
    }
    if world.memberships.is_empty() && most.iter().any(|m| m.count > 0.0) {
        world.memberships = most;
    }
}

impl System {
    /// Lays out a world. States stand in the order of their codes, whatever their order in
    /// the file, so that no place in a list decides anything; regions in that of their names.
    pub fn new(world: World) -> System {
        let mut world = world.in_order();
        let successors = succeed(&mut world);
        count_memberships(&mut world);
        let n = world.states.len();
        let keys: Vec<u64> = world.states.iter().map(|s| luck::actor(&s.code)).collect();
        let mut regions: Vec<String> = world.states.iter().map(|s| s.region.clone()).collect();
        regions.sort_unstable();
        regions.dedup();
        let place = |s: &WorldState| regions.partition_point(|r| *r < s.region) as u16;
        let region: Vec<u16> = world.states.iter().map(place).collect();
        let mut inside = vec![Vec::new(); regions.len()];
        for (i, r) in region.iter().enumerate() {
            inside[*r as usize].push(i as u16);
        }
        let central = world.inputs.central();
        let value = |num: raison_core::Num| central.get(num.0 as usize).copied().unwrap_or(0.0);
        let great = world
            .states
            .iter()
            .map(|s| s.major || value(s.share) >= POTENTIAL)
            .collect();
        let mut system = System {
            n,
            coded: Coded::new(&world),
            pacts: Beginning::new(&world, &keys),
            inside,
            great,
            keys,
            region,
            regions,
            pairs: Vec::new(),
            pair_at: vec![NONE; n * n],
            partners: vec![Vec::new(); n],
            neighbours: vec![Vec::new(); n],
            distance: vec![50.0; n * n],
            land: vec![false; n * n],
            border: vec![false; n * n],
            gravity: Mutex::new(None),
            successors,
            put: vec![None; n],
            world,
        };
        system.lay_distances();
        system.lay_pairs();
        system
    }

    fn lay_distances(&mut self) {
        for i in 0..self.n {
            for j in 0..self.n {
                let d = great_circle(self.world.states[i].capital, self.world.states[j].capital);
                self.distance[i * self.n + j] = d.max(50.0) as f32;
            }
        }
    }

    fn lay_pairs(&mut self) {
        let mut border: HashMap<(usize, usize), bool> = HashMap::new();
        for b in &self.world.borders {
            let land = border.entry((b.a.min(b.b), b.a.max(b.b))).or_insert(false);
            *land |= b.land;
        }
        for i in 0..self.n {
            for j in i + 1..self.n {
                let found = border.get(&(i, j)).copied();
                let major = self.great[i] || self.great[j];
                if found.is_some() {
                    self.neighbours[i].push(j as u16);
                    self.neighbours[j].push(i as u16);
                    self.border[i * self.n + j] = true;
                    self.border[j * self.n + i] = true;
                }
                let land = found == Some(true);
                self.land[i * self.n + j] = land;
                self.land[j * self.n + i] = land;
                if found.is_none() && !major {
                    continue;
                }
                let at = self.pairs.len() as u32;
                self.pair_at[i * self.n + j] = at;
                self.pair_at[j * self.n + i] = at;
                self.partners[i].push((j as u16, at));
                self.partners[j].push((i as u16, at));
                self.pairs.push(Pair {
                    a: i as u16,
                    b: j as u16,
                    land,
                    border: found.is_some(),
                    key: luck::pair(self.keys[i], self.keys[j]),
                });
            }
        }
    }

    /// The relevant pair of two states.
    pub fn pair(&self, i: usize, j: usize) -> Option<usize> {
        match self.pair_at.get(i * self.n + j) {
            Some(&at) if at != NONE => Some(at as usize),
            _ => None,
        }
    }

    /// A seat of a state, by its place in time. A leader whom the user puts in stands first
    /// in the world; at a branch that leader takes the place of who is in office then.
    pub fn seat(&self, state: usize, place: u16) -> Option<&Seat> {
        let seats = &self.world.states.get(state)?.seats;
        match self.put.get(state) {
            Some(Some(put)) if *put == place => seats.first(),
            _ => seats.get(place as usize),
        }
    }

    /// Leaders and doctrines that can decide somewhere.
    pub fn minds(&self) -> &[Mind] {
        &self.world.minds
    }

    /// Who decides after the exit of a mind's leader: its doctrine alone, where that is
    /// the state's; nobody known, where it was the leader's.
    pub fn successor(&self, mind: usize) -> Option<usize> {
        self.successors.get(mind).copied().flatten()
    }

    /// The part of gravity that does not change, `n × n`: computed once for each set of
    /// coefficients.
    pub fn resistance(&self, constant: f64, distance: f64, border: f64) -> Arc<Vec<f32>> {
        let key = [constant, distance, border];
        let mut kept = self.gravity.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((k, r)) = kept.as_ref()
            && *k == key
        {
            return r.clone();
        }
        let factor = |at: usize| {
            let near = if self.land[at] { border } else { 1.0 };
            (constant * f64::from(self.distance[at]).powf(distance) * near) as f32
        };
        let made = Arc::new((0..self.n * self.n).map(factor).collect::<Vec<f32>>());
        *kept = Some((key, made.clone()));
        made
    }

    /// Distance of two capitals in km.
    pub fn km(&self, i: usize, j: usize) -> f64 {
        f64::from(self.distance[i * self.n + j])
    }

    /// Code of a state.
    pub fn code(&self, i: usize) -> &str {
        self.world.states.get(i).map_or("", |s| s.code.as_str())
    }

    /// Name of a state.
    pub fn name(&self, i: usize) -> &str {
        self.world.states.get(i).map_or("", |s| s.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_sphere() {
        // A quarter of the circumference.
        assert!((great_circle((0.0, 0.0), (90.0, 0.0)) - 10_007.543).abs() < 0.01);
        // Washington to Moscow, about 7,820 km.
        let d = great_circle((38.895, -77.037), (55.756, 37.617));
        assert!((d - 7820.0).abs() < 15.0, "{d}");
    }
}
