//! Growth of capabilities and of GDP.

use super::Setting;
use crate::luck::Purpose;
use crate::snapshot::{Snapshot, normalise};

pub(super) fn grow(set: &Setting<'_>, s: &mut Snapshot) {
    let p = set.params;
    let (sd, mean, gdp_sd) = (p.growth_sd(), p.gdp_mean(), p.gdp_sd());
    for (i, state) in set.system.world.states.iter().enumerate() {
        if !s.active[i] {
            continue;
        }
        let key = set.system.keys[i];
        let trend = set
            .values
            .get(state.growth.0 as usize)
            .copied()
            .unwrap_or(0.0);
        let z = set
            .luck
            .normal(Purpose::Growth, Purpose::GrowthPair, key, set.year);
        let regained = p.recovery() * s.wounds[i];
        s.wounds[i] -= regained;
        s.share[i] *= (trend + sd * z + regained).exp();
        let z = set
            .luck
            .normal(Purpose::Gdp, Purpose::GdpPair, key, set.year);
        s.gdp[i] *= (mean + gdp_sd * z).exp();
    }
    normalise(&mut s.share);
    let keep = 1.0 - p.presence_decay();
    s.presence.iter_mut().for_each(|x| x.2 *= keep);
}
