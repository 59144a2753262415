//! Memberships in institutions that a world counts and does not name.

use super::Setting;
use crate::luck::Purpose;
use crate::snapshot::Snapshot;

/// Years in which a state counts as new.
const NEW: i16 = 5;

/// Gains of the year: at a faster rate for new members of the system. Nobody leaves more
/// than it is in.
pub(super) fn grow(set: &Setting<'_>, s: &mut Snapshot) {
    if !set.system.coded.counts {
        return;
    }
    let p = set.params;
    let (rate, new, sd) = (p.joining(), p.joining_new(), p.joining_sd());
    for i in (0..set.system.n).filter(|i| s.active[*i]) {
        let known = set.system.world.memberships.get(i);
        let (count, since) = known.map_or((0.0, i16::MIN), |m| (m.count, m.since));
        let z = set.luck.normal(
            Purpose::Joining,
            Purpose::JoiningPair,
            set.system.keys[i],
            set.year,
        );
        let fresh = set.year.saturating_sub(since) < NEW;
        let gain = if fresh { new } else { rate } + sd * z;
        s.gained[i] = (s.gained[i] + gain).max(-count);
    }
}
