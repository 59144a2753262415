//! Third states that enter wars.

use super::joiners::{Dispute, disputes, third};
use super::ridge::logit;
use super::{Facts, Values, put};
use raison_record::{Outcome, Store};
use raison_world::far;
use std::collections::{BTreeMap, BTreeSet};

/// Weights of the logit.
const NAMES: [&str; 7] = [
    "constant",
    "target",
    "initiator",
    "both",
    "neighbour",
    "major",
    "distance",
];

/// What a third state had to do with a war, and what it did.
pub struct Case {
    /// First year of the war.
    pub year: i32,
    /// Defence pact in the year before with an originator on the side that began, and on
    /// the other.
    pub pacts: [bool; 2],
    near: bool,
    major: bool,
    far: f64,
    /// The side on which it fought, 0 for the one that began.
    pub joined: Option<usize>,
}

/// Who entered wars, and who had to: a defence pact with the target obliges.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Obligations {
    /// States that entered.
    pub entered: f64,
    /// Of these, on the side that they were obliged to.
    pub bound: f64,
    /// States that were obliged, whether they came or not.
    pub obliged: f64,
}

impl Obligations {
    /// Share of those who entered that had an obligation.
    pub fn of_entrants(&self) -> f64 {
        self.bound / self.entered
    }

    /// Share of the obliged who entered.
    pub fn of_obliged(&self) -> f64 {
        self.bound / self.obliged
    }

    /// What the cases of given years show.
    pub fn seen(cases: &[Case], from: i32, to: i32) -> Obligations {
        let yes = |x: bool| f64::from(u8::from(x));
        let within = cases.iter().filter(|c| (from..=to).contains(&c.year));
        within.fold(Obligations::default(), |sum, c| Obligations {
            entered: sum.entered + yes(c.joined.is_some()),
            bound: sum.bound + yes(c.pacts[1] && c.joined == Some(1)),
            obliged: sum.obliged + yes(c.pacts[1]),
        })
    }
}

impl Case {
    fn row(&self) -> [f64; 6] {
        let yes = |x: bool| f64::from(u8::from(x));
        let [first, second] = self.pacts;
        [
            yes(second && !first),
            yes(first && !second),
            yes(first && second),
            yes(self.near),
            yes(self.major),
            self.far,
        ]
    }
}

/// All third members of the system at wars between originators that began before a year.
/// Who was at war in the first calendar year or the next has joined.
///
/// # Errors
/// Where the store lacks a table.
pub fn cases(store: &Store, facts: &Facts, from: i32) -> Outcome<Vec<Case>> {
    let all = disputes(store, from)?;
    let wars = all.values().filter(|d| d.war);
    Ok(wars.flat_map(|d| of(facts, d)).collect())
}

fn of(facts: &Facts, d: &Dispute) -> Vec<Case> {
    let none = BTreeMap::new();
    let pacts = facts.pacts.get(&(d.year - 1)).unwrap_or(&none);
    let near = facts.neighbours(d.year);
    let make = |k: i32| {
        let all = d.began.iter().flatten();
        let km = all
            .filter_map(|s| facts.km(k, *s, d.year))
            .reduce(f64::min)?;
        let side = |list: &BTreeSet<i32>| {
            let holds = |s: &i32| pacts.get(&(k.min(*s), k.max(*s))) == Some(&true);
            list.iter().any(holds)
        };
        Some(Case {
            year: d.year,
            pacts: [side(&d.began[0]), side(&d.began[1])],
            near: near
                .get(&k)
                .is_some_and(|n| d.began.iter().flatten().any(|s| n.contains(s))),
            major: facts.major(k, d.year),
            far: far(km),
            joined: (0..2).find(|s| d.fought[*s].contains(&k)),
        })
    };
    third(facts, d).filter_map(make).collect()
}

/// Logit of entering a war, apart from disputes below it, and the sides that entrants take:
/// shares with one case of each kind assumed.
pub fn fit(store: &Store, facts: &Facts, from: i32, out: &mut Values) -> Outcome<()> {
    let all = cases(store, facts, from)?;
    let rows: Vec<[f64; 6]> = all.iter().map(Case::row).collect();
    let joined: Vec<bool> = all.iter().map(|c| c.joined.is_some()).collect();
    for (name, b) in NAMES.iter().zip(logit(&rows, &joined)) {
        put(out, &format!("join.war.{name}"), b);
    }
    let share = |pacts: &[[bool; 2]], side: usize| {
        let own = all.iter().filter(|c| pacts.contains(&c.pacts));
        let took: Vec<usize> = own.filter_map(|c| c.joined).collect();
        let there = took.iter().filter(|s| **s == side).count() as f64;
        (there + 1.0) / (took.len() as f64 + 2.0)
    };
    put(out, "join.war.loyal", share(&[[false, true]], 1));
    put(out, "join.war.accomplice", share(&[[true, false]], 0));
    put(
        out,
        "join.war.defender",
        share(&[[false, false], [true, true]], 1),
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_pact_with_the_target_obliges_and_only_on_its_side() {
        let case = |year, pacts, joined| Case {
            year,
            pacts,
            near: false,
            major: false,
            far: 0.0,
            joined,
        };
        let all = [
            case(1900, [false, true], Some(1)),
            case(1900, [false, true], None),
            case(1900, [true, true], Some(0)),
            case(1900, [true, false], Some(0)),
            case(1900, [false, false], Some(1)),
            case(1950, [false, true], Some(1)),
        ];
        let seen = Obligations::seen(&all, 1880, 1913);
        let known = Obligations {
            entered: 4.0,
            bound: 1.0,
            obliged: 3.0,
        };
        assert_eq!(seen, known);
        assert_eq!((seen.of_entrants(), seen.of_obliged()), (0.25, 1.0 / 3.0));
    }
}
