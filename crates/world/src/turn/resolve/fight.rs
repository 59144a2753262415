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
            asked: true,
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
        break_pacts(s, set.system.n, &war);
        s.wars.push(war);
    }
}

/// War ends pacts between its sides.
fn break_pacts(s: &mut Snapshot, n: usize, war: &War) {
    for a in &war.attackers {
        for d in &war.defenders {
            super::end(s, n, *a, *d);
        }
    }
}

pub(super) fn go_on(set: &Setting<'_>, s: &mut Snapshot, log: &mut Vec<Event>) {
    let mut wars = std::mem::take(&mut s.wars);
    wars.retain(|war| {
        let (Some(a), Some(d)) = (war.attackers.first(), war.defenders.first()) else {
            return false;
        };
        let keys = &set.system.keys;
        let key = ordered(keys[*a as usize], keys[*d as usize]);
        let sum =
            |side: &[u16], s: &Snapshot| side.iter().map(|i| s.share[*i as usize]).sum::<f64>();
        let p = contest(
            sum(&war.attackers, s),
            sum(&war.defenders, s),
            set.params.decisiveness(),
        );
        let won = set.luck.uniform(Purpose::WarWinner, key, set.year) < p;
        let (winners, losers) = if won {
            (&war.attackers, &war.defenders)
        } else {
            (&war.defenders, &war.attackers)
        };
        let cost = set.params.war_costs();
        hurt(s, losers, cost);
        hurt(s, winners, 0.5 * cost);
        let ends = set.luck.uniform(Purpose::WarEnd, key, set.year) < set.params.war_end();
        if ends {
            let dead = deaths(set, war, set.luck.uniform(Purpose::WarSize, key, set.year));
            let (w, l) = if won { (*a, *d) } else { (*d, *a) };
            log.push(event(
                set.year,
                EventKind::WarEnds,
                w,
                l,
                dead as f32,
                war.id,
            ));
        }
        !ends
    });
    s.wars = wars;
    normalise(&mut s.share);
}

fn hurt(s: &mut Snapshot, side: &[u16], cost: f64) {
    for i in side {
        s.share[*i as usize] *= 1.0 - cost;
        s.gdp[*i as usize] *= 1.0 - 0.5 * cost;
    }
}

/// Battle deaths: a power law cut at a share of the participants' population (Richardson
/// 1948; Clauset 2018), drawn, not produced by the war's course.
fn deaths(set: &Setting<'_>, war: &War, u: f64) -> f64 {
    let people: f64 = war
        .attackers
        .iter()
        .chain(&war.defenders)
        .map(|i| set.system.world.states[*i as usize].population)
        .map(|num| set.values.get(num.0 as usize).copied().unwrap_or(1.0) * 1e6)
        .sum();
    let least = set.params.size_least();
    let most = (people * set.params.size_most()).max(2.0 * least);
    power_law(u, least, most, set.params.size_exponent())
}

/// Quantile of a density ∝ x^-alpha between two ends.
pub(super) fn power_law(u: f64, least: f64, most: f64, alpha: f64) -> f64 {
    let k = 1.0 - alpha;
    let (a, b) = (least.powf(k), most.powf(k));
    (a + u * (b - a)).powf(1.0 / k).clamp(least, most)
}

#[cfg(test)]
mod tests {
    use super::power_law;

    #[test]
    fn sizes_have_the_exponent_they_are_drawn_with() {
        let n = 20_000;
        let x: Vec<f64> = (0..n)
            .map(|i| power_law((i as f64 + 0.5) / n as f64, 1000.0, 1e12, 1.525))
            .collect();
        // Hill's estimator.
        let mean: f64 = x.iter().map(|v| (v / 1000.0).ln()).sum::<f64>() / n as f64;
        assert!(
            (1.0 + 1.0 / mean - 1.525).abs() < 0.01,
            "{}",
            1.0 + 1.0 / mean
        );
        assert!((power_law(1e-300, 1000.0, 5000.0, 1.5) - 1000.0).abs() < 1e-6);
    }
}
