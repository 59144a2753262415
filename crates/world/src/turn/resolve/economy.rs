//! Growth of capabilities and of GDP.
//!
//! Past growth foretells future growth only in part: of the growth of the ten years before
//! the start, `growth.carry` is expected to go on in the first year, and `growth.memory` of
//! that in every further one. Around what is expected, each state's trend wanders as a
//! first-order autoregression with the same memory.

use super::Setting;
use crate::luck::Purpose;
use crate::snapshot::{Snapshot, normalise};

pub(super) fn grow(set: &Setting<'_>, s: &mut Snapshot) {
    let p = set.params;
    let (sd, mean, gdp_sd) = (p.growth_sd(), p.gdp_mean(), p.gdp_sd());
    let memory = p.growth_memory();
    let shock = p.growth_trend_sd() * (1.0 - memory * memory).max(0.0).sqrt();
    let since = i32::from(set.year) - i32::from(set.system.world.start);
    let carry = p.growth_carry() * memory.powi(since.max(0));
    for (i, state) in set.system.world.states.iter().enumerate() {
        if !s.active[i] {
            continue;
        }
        let key = set.system.keys[i];
        let past = set.values.get(state.growth.0 as usize);
        let trend = carry * past.copied().unwrap_or(0.0) + s.trend[i];
        let z = set
            .luck
            .normal(Purpose::Growth, Purpose::GrowthPair, key, set.year);
        let turn = set
            .luck
            .normal(Purpose::Trend, Purpose::TrendPair, key, set.year);
        s.trend[i] = memory * s.trend[i] + shock * turn;
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
