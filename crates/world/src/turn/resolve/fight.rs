//! Wars: they begin, cost, and end.

use super::{Decisions, Setting, event};
use crate::event::{Event, EventKind};
use crate::luck::{Purpose, ordered};
use crate::measures::power::contest;
use crate::snapshot::{Snapshot, War, normalise};

pub(super) fn begin(set: &Setting<'_>, s: &mut Snapshot, d: &Decisions, log: &mut Vec<Event>) {
    for (at, (attacker, defender)) in d.wars.iter().enumerate() {
        let mut war = War {
            id: s.next_war,
            attackers: vec![*attacker],
            defenders: vec![*defender],
            since: set.year,
            deaths: 0.0,
            shock: set.luck.uniform(
                Purpose::WarSize,
                ordered(
                    set.system.keys[*attacker as usize],
                    set.system.keys[*defender as usize],
                ),
                set.year,
            ),
        };
        s.next_war += 1;
        for (_, k, with_attackers) in d.joins.iter().filter(|j| j.0 == at) {
            let side = if *with_attackers {
                &mut war.attackers
            } else {
                &mut war.defenders
            };
            side.push(*k);
        }
        log.push(event(
            set.year,
            EventKind::WarBegins,
            *attacker,
            *defender,
            0.0,
            war.id,
        ));
        break_pacts(set, s, &war, log);
        s.wars.push(war);
    }
}

/// War ends pacts between its sides.
fn break_pacts(set: &Setting<'_>, s: &mut Snapshot, war: &War, log: &mut Vec<Event>) {
    for a in &war.attackers {
        for d in &war.defenders {
            super::part(set, s, *a, *d, log);
        }
    }
}

/// Who stands where when the year's fighting begins: every war is fought on this, so that
/// a state's second war does not see what the first one took.
struct Before {
    share: Vec<f64>,
    major: Vec<bool>,
}

/// A year of all wars; returns how many each state fought in.
pub(super) fn go_on(set: &Setting<'_>, s: &mut Snapshot, log: &mut Vec<Event>) -> Vec<u16> {
    let mut wars = std::mem::take(&mut s.wars);
    let mut fought = vec![0; set.system.n];
    for i in wars
        .iter()
        .flat_map(|w| w.attackers.iter().chain(&w.defenders))
    {
        fought[*i as usize] += 1;
    }
    let before = Before {
        share: s.share.clone(),
        major: s.major.clone(),
    };
    wars.retain_mut(|war| !fight(set, s, &before, war, log));
    s.wars = wars;
    normalise(&mut s.share);
    fought
}

/// A year of a war; whether it ends.
fn fight(
    set: &Setting<'_>,
    s: &mut Snapshot,
    before: &Before,
    war: &mut War,
    log: &mut Vec<Event>,
) -> bool {
    let (Some(a), Some(d)) = (war.attackers.first(), war.defenders.first()) else {
        return true;
    };
    let keys = &set.system.keys;
    let key = ordered(keys[*a as usize], keys[*d as usize]);
    let sum = |side: &[u16]| side.iter().map(|i| before.share[*i as usize]).sum::<f64>();
    let (ours, theirs) = (sum(&war.attackers), sum(&war.defenders));
    let p = contest(ours, theirs, set.params.decisiveness());
    let won = set.luck.uniform(Purpose::WarWinner, key, set.year) < p;
    war.deaths = toll(set, war, ours.min(theirs));
    let (winners, losers) = if won {
        (&war.attackers, &war.defenders)
    } else {
        (&war.defenders, &war.attackers)
    };
    for i in winners.iter().chain(losers) {
        s.fought[*i as usize] = set.year;
    }
    let cost = set.params.war_costs();
    hurt(s, losers, cost);
    hurt(s, winners, 0.5 * cost);
    let ends = set.luck.uniform(Purpose::WarEnd, key, set.year) < set.params.war_end();
    if ends {
        let (w, l) = if won { (*a, *d) } else { (*d, *a) };
        let dead = war.deaths as f32;
        log.push(event(set.year, EventKind::WarEnds, w, l, dead, war.id));
        super::rank::defeat(set, s, &before.major, (winners, losers), log);
    }
    ends
}

fn hurt(s: &mut Snapshot, side: &[u16], cost: f64) {
    let kept = (1.0 - cost).max(1e-3);
    for i in side {
        s.share[*i as usize] *= kept;
        s.wounds[*i as usize] -= kept.ln();
        s.gdp[*i as usize] *= 1.0 - 0.5 * cost;
    }
}

/// Battle deaths to the end of this year. Nothing is drawn from a law of sizes: deaths grow
/// with the capabilities of the weaker side, which is what can be destroyed, and by a
/// constant factor with every further year, as each side raises its effort to the other's
/// (escalation: Cederman 2003; Cederman, Warren & Sornette 2011). Growth by a factor that
/// is stopped at a constant chance gives a heavy tail (Reed & Hughes 2002). What the first
/// year's fight has to do with chance is drawn once, not below the size from which the
/// record speaks of a war; the population of both sides is the ceiling.
fn toll(set: &Setting<'_>, war: &War, weaker: f64) -> f64 {
    let p = set.params;
    let years = f64::from(set.year - war.since);
    let mean = p.size_constant() + p.size_scale() * weaker.max(1e-7).ln();
    let least = p.size_least().ln();
    let first =
        mean + p.size_sd() * normal_above((least - mean) / p.size_sd().max(1e-9), war.shock);
    let dead = (first + p.size_year() * years).exp();
    let people: f64 = war
        .attackers
        .iter()
        .chain(&war.defenders)
        .map(|i| set.system.world.states[*i as usize].population)
        .map(|num| set.values.get(num.0 as usize).copied().unwrap_or(1.0) * 1e6)
        .sum();
    let most = (people * p.size_most()).max(2.0 * p.size_least());
    dead.clamp(p.size_least(), most).max(war.deaths)
}

/// Quantile of a standard normal number above a bound.
fn normal_above(bound: f64, u: f64) -> f64 {
    let (low, share) = (cumulative(bound), 1.0 - cumulative(bound));
    if share < 1e-12 {
        return bound;
    }
    // Bisection: wars are few.
    let (mut a, mut b) = (bound.max(-9.0), bound.max(-9.0) + 18.0);
    for _ in 0..60 {
        let mid = 0.5 * (a + b);
        if (cumulative(mid) - low) / share < u {
            a = mid;
        } else {
            b = mid;
        }
    }
    0.5 * (a + b)
}

/// Cumulative standard normal distribution (Abramowitz & Stegun 1964, 26.2.17; error below
/// 7.5e-8).
fn cumulative(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * x.abs());
    let poly = t
        * (0.319_381_530
            + t * (-0.356_563_782
                + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
    let tail = poly * (-0.5 * x * x).exp() / (std::f64::consts::TAU).sqrt();
    if x >= 0.0 { 1.0 - tail } else { tail }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_numbers_above_a_bound_are_above_it_and_have_the_known_mean() {
        let n = 4000;
        let x: Vec<f64> = (0..n)
            .map(|i| normal_above(0.5, (f64::from(i) + 0.5) / f64::from(n)))
            .collect();
        assert!(x.iter().all(|x| *x >= 0.5));
        // Inverse of Mills' ratio: 0.35207 / 0.30854.
        let mean = x.iter().sum::<f64>() / f64::from(n);
        assert!((mean - 1.1411).abs() < 1e-3, "{mean}");
        assert!((normal_above(-40.0, 0.975) - 1.96).abs() < 1e-3);
    }
}
