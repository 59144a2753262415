//! What lay before those who decided, in sentences: chances, the situation, and why a
//! third state could come in.

use super::Setting;
use crate::mind::{Choice, View};
use crate::snapshot::{DEFENCE, Snapshot};
use raison_core::choice::percent;
use raison_core::vocabulary::feature;

/// A chance below this, and below half of the largest, is an unlikely choice.
const UNLIKELY: f64 = 0.1;

/// How likely what was chosen was, against the shares that the lenses tilted.
pub(super) fn chance(
    p: &[f64],
    chosen: usize,
    shares: &[f64],
    from: &str,
    list: &[Choice],
) -> String {
    let own = p.get(chosen).copied().unwrap_or(0.0);
    let all: f64 = shares.iter().sum();
    let share = shares.get(chosen).copied().unwrap_or(0.0) / all.max(f64::MIN_POSITIVE);
    let (mut most, mut top) = (chosen, own);
    for (k, x) in p.iter().enumerate().filter(|(_, x)| **x > own) {
        if *x > top {
            (most, top) = (k, *x);
        }
    }
    let likelier = match list.get(most) {
        Some(other) if most != chosen => {
            format!("; most likely was `{}`, {}", other.0, percent(top))
        }
        _ => ", the most likely".to_owned(),
    };
    let word = match own < UNLIKELY && own < 0.5 * top {
        true => "An unlikely choice:",
        false => "Chance",
    };
    format!(
        "{word} {}{likelier} ({from} {}).",
        percent(own),
        percent(share)
    )
}

/// The situation as a lens sees it, where it is one of force.
pub(super) fn situation(view: &View) -> String {
    let of = |name: &str| feature(name).map_or(0.0, |at| view.features[at]);
    let mut parts = vec![
        format!("a war would be won with {}", percent(view.win)),
        format!("losing one would cost {:.2} of 1", view.cost),
        format!(
            "its own capabilities are {} of both sides'",
            percent(of("power_ratio"))
        ),
    ];
    for (name, yes) in [
        ("contiguous", "the two are neighbours"),
        ("adversary_great_power", "the other is a major power"),
        ("adversary_nuclear", "the other has nuclear weapons"),
    ] {
        if of(name) > 0.5 {
            parts.push(yes.to_owned());
        }
    }
    if of("allied_support") > 0.005 {
        parts.push(format!(
            "allies, and movements that it can count on, add {} of the other's capabilities",
            percent(of("allied_support"))
        ));
    }
    format!("The situation: {}.", parts.join("; "))
}

/// Opportunity and willingness of a third state (Siverson & Starr 1991), and its chance by
/// the rule before any lens is asked.
pub(super) fn third(
    set: &Setting<'_>,
    s: &Snapshot,
    k: u16,
    (i, j): (u16, u16),
    chance: f64,
) -> String {
    let n = set.system.n;
    let border = |x: u16| set.system.border[x as usize * n + k as usize];
    let pact = |x: u16| s.pact[k as usize * n + x as usize] & DEFENCE != 0;
    let with = |what: &str, holds: &dyn Fn(u16) -> bool| {
        let names: Vec<&str> = [i, j]
            .into_iter()
            .filter(|x| holds(*x))
            .map(|x| set.system.name(x as usize))
            .collect();
        match names.is_empty() {
            true => format!("no {what} with either side"),
            false => format!("a {what} with {}", names.join(" and ")),
        }
    };
    let rank = match s.major[k as usize] {
        true => "a major power",
        false => "no major power",
    };
    format!(
        "Opportunity: it is {rank} and has {}. Willingness: it has {}. By the rule of third states that makes a chance of {}.",
        with("border", &border),
        with("defence pact", &pact),
        fine(chance)
    )
}

/// A small chance with a digit more.
fn fine(p: f64) -> String {
    match 100.0 * p {
        x if x < 0.01 => "<0.01 %".to_owned(),
        x if x < 1.0 => format!("{x:.2} %"),
        x if x < 10.0 => format!("{x:.1} %"),
        x => format!("{x:.0} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mind::LADDER_FIRST;

    #[test]
    fn what_luck_chose_against_the_odds_is_called_unlikely() {
        let p = [0.04, 0.25, 0.61, 0.1];
        let shares = [0.04, 0.30, 0.62, 0.04];
        let told = |at| chance(&p, at, &shares, "the record's share is", &LADDER_FIRST);
        assert_eq!(
            told(0),
            "An unlikely choice: 4 %; most likely was `force`, 61 % (the record's share is 4 %)."
        );
        let plain = "Chance 61 %, the most likely (the record's share is 62 %).";
        assert_eq!(told(2), plain);
        // Not far below what was most likely: no surprise.
        assert!(
            told(1).starts_with("Chance 25 %; most likely was"),
            "{}",
            told(1)
        );
        assert_eq!(fine(0.0004), "0.04 %");
    }
}
