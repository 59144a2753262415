//! Embeddedness: how many institutions a state shares with the others.
//!
//! Joint memberships are what the literature counts for a pair (Russett & Oneal 2001); the
//! mean over partners makes them a measure of the state. Named institutions are counted
//! one by one. Of those that a world only counts, each membership gained is shared with
//! the same part of the other states, so that sums over them are enough.

use crate::params::Params;
use crate::snapshot::Snapshot;
use crate::system::System;

/// Sums over all members of the system, taken once a year.
#[derive(Debug)]
pub struct Embeddedness {
    /// Members of the system.
    states: f64,
    /// Members of each named institution.
    named: Vec<f64>,
    /// Part of the other states with which a gained membership is shared.
    part: f64,
    /// Memberships gained by all.
    gained: f64,
    counts: bool,
}

impl Embeddedness {
    /// Counts members.
    pub fn new(s: &Snapshot, system: &System, params: &Params) -> Embeddedness {
        let inside = |list: &[bool]| {
            let both = list.iter().zip(&s.active);
            both.filter(|(member, active)| **member && **active).count() as f64
        };
        let gained = s.gained.iter().zip(&s.active).filter(|x| *x.1);
        Embeddedness {
            states: s.active.iter().filter(|x| **x).count() as f64,
            named: s.members.iter().map(|m| inside(m)).collect(),
            part: params.shared(),
            gained: gained.fold(0.0, |sum, x| sum + x.0),
            counts: system.coded.counts,
        }
    }

    /// Mean number of institutions that a member of the system shares with each other one;
    /// NaN where there is no other.
    pub fn of(&self, s: &Snapshot, i: usize) -> f64 {
        let own = s.members.iter().zip(&self.named).filter(|(m, _)| m[i]);
        let mut sum = own.fold(0.0, |sum, (_, members)| sum + members - 1.0);
        if self.counts {
            let others = self.states - 1.0;
            let more = others * s.gained[i] + self.gained - s.gained[i];
            sum += (s.joint_sum[i] + self.part * more).max(0.0);
        }
        if self.states > 1.0 {
            sum / (self.states - 1.0)
        } else {
            f64::NAN
        }
    }
}

impl Snapshot {
    /// Sums shared institutions over the members of the system.
    pub fn sum_joint(&mut self, n: usize) {
        for (sum, row) in self
            .joint_sum
            .iter_mut()
            .zip(self.joint.chunks_exact(n.max(1)))
        {
            let inside = row.iter().zip(&self.active).filter(|x| *x.1);
            *sum = inside.fold(0.0, |sum, x| sum + f64::from(*x.0));
        }
    }

    /// What a state that enters shares is data of that year: it is taken back what the
    /// others have gained before.
    pub fn settle_joint(&mut self, i: usize, n: usize, part: f64) {
        if self.joint.is_empty() {
            return;
        }
        for j in (0..n).filter(|j| *j != i) {
            let before = (part * self.gained[j]) as f32;
            self.joint[i * n + j] -= before;
            self.joint[j * n + i] -= before;
        }
    }

    /// Memberships beyond those named that a state has.
    pub fn memberships(&self, system: &System, i: usize) -> f64 {
        let start = system.world.memberships.get(i).map_or(0.0, |m| m.count);
        (start + self.gained[i]).max(0.0)
    }
}
