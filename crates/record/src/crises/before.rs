//! What had been done before a decision: by the same state, leader and pair, in the
//! region and the world, and by the others in the same crisis.

use super::list::Actor;
use raison_core::record::{UNKNOWN, is_force};

/// Decisions of the past, as a row sees them.
pub(super) struct Past<'c> {
    pub actors: &'c [Actor],
    pub leaders: &'c [Option<std::sync::Arc<str>>],
    pub hidden: &'c [bool],
}

/// Force among some earlier decisions.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    /// Decisions, weighted.
    pub n: f64,
    /// Those that used force.
    pub force: f64,
    /// Those that were military without violence.
    pub show: f64,
}

impl Tally {
    fn add(&mut self, class: u8, weight: f64) {
        self.n += weight;
        if is_force(class) {
            self.force += weight;
        } else if class == 1 {
            self.show += weight;
        }
    }

    /// Share of force, shrunk towards `prior` with the weight of `strength` decisions.
    pub fn rate(&self, prior: f64, strength: f64) -> f64 {
        (self.force + prior * strength) / (self.n + strength)
    }
}

/// Everything that a row looks back to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Before {
    pub own: Tally,
    pub own_recent: Tally,
    pub own_alike: Tally,
    pub own_last: Option<u8>,
    pub leader: Tally,
    pub leader_alike: Tally,
    pub dyad: Tally,
    pub adversary: Tally,
    pub region: Tally,
    pub world: Tally,
    pub world_alike: Tally,
    pub small_unit: Tally,
    pub adhoc_unit: Tally,
}

/// Triggers that are violent or military, against all others.
fn alike(a: &Actor, b: &Actor) -> bool {
    let hard = |x: &Actor| x.code_of("triggr").is_some_and(|t| t >= 7);
    hard(a) == hard(b)
}

/// Half-life of a state's memory of its own responses, in days: ten years.
const HALF_LIFE: f64 = 3652.5;

impl Past<'_> {
    /// What row `at` looks back to: responses in other crises given before its trigger.
    pub fn before(&self, at: usize) -> Before {
        let own = &self.actors[at];
        let mut out = Before::default();
        let mut last = i32::MIN;
        for (i, other) in self.actors.iter().enumerate() {
            let seen = other.response < own.trigger
                && other.crisis != own.crisis
                && other.class != UNKNOWN
                && (self.hidden[at] || !self.hidden[i]);
            if !seen {
                continue;
            }
            let class = other.class;
            let age = f64::from(own.trigger - other.response);
            if age < 3652.5 {
                out.world.add(class, 1.0);
                if other.code_of("triggr") == own.code_of("triggr") {
                    out.world_alike.add(class, 1.0);
                }
            }
            if age < 2.0 * 3652.5 && other.code_of("geog") == own.code_of("geog") {
                out.region.add(class, 1.0);
            }
            let theirs = own.code_of("southv").filter(|c| *c < 990);
            if theirs == Some(other.code) {
                out.adversary.add(class, 1.0);
            }
            if other.code != own.code {
                continue;
            }
            out.own.add(class, 1.0);
            out.own_recent.add(class, 0.5f64.powf(age / HALF_LIFE));
            if alike(own, other) {
                out.own_alike.add(class, 1.0);
            }
            if other.response >= last {
                last = other.response;
                out.own_last = Some(class);
            }
            if self.leaders[i].is_some() && self.leaders[i] == self.leaders[at] {
                out.leader.add(class, 1.0);
                if alike(own, other) {
                    out.leader_alike.add(class, 1.0);
                }
            }
            if theirs.is_some() && other.code_of("southv") == theirs {
                out.dyad.add(class, 1.0);
            }
            unit(&mut out.small_unit, other.code_of("sizedu"), 1);
            unit(&mut out.adhoc_unit, other.code_of("strcdu"), 2);
        }
        out
    }

    /// Whether others in the same crisis had responded with and without violence by the
    /// trigger of row `at`: the adversary, then anyone else. With `same_day` an act on
    /// the day of the trigger counts; otherwise only one on an earlier day.
    pub fn moves(&self, at: usize, same_day: bool) -> Moves {
        let own = &self.actors[at];
        let mut out = Moves::default();
        for (i, other) in self.actors.iter().enumerate() {
            let limit = own.trigger - i32::from(!same_day);
            if i == at || other.crisis != own.crisis || other.response > limit {
                continue;
            }
            if other.class == UNKNOWN || other.code == own.code {
                continue;
            }
            let violent = is_force(other.class);
            if own.code_of("southv") == Some(other.code) {
                out.adversary_violent |= violent;
                out.adversary_other |= !violent;
            } else {
                out.others_violent |= violent;
                out.others_other |= !violent;
            }
        }
        out
    }
}

/// A unit form of an earlier crisis: `force` counts the form asked for.
fn unit(tally: &mut Tally, code: Option<i32>, wanted: i32) {
    if let Some(code) = code {
        tally.n += 1.0;
        tally.force += f64::from(u8::from(code == wanted));
    }
}

/// Who had moved, and how.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moves {
    pub adversary_violent: bool,
    pub adversary_other: bool,
    pub others_violent: bool,
    pub others_other: bool,
}
