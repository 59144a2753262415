//! State-years, wars and pacts of the record, read once.

use super::int;
use raison_record::column::year_of;
use raison_record::{Outcome, Store, Table};
use raison_world::system::great_circle;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A state's part in a war, one for each opponent and year.
#[derive(Clone, Copy, Debug)]
pub struct Fight {
    /// The war.
    pub war: i32,
    /// State.
    pub state: i32,
    /// Opponent.
    pub other: i32,
    /// Year.
    pub year: i32,
    /// Side, 1 or 2.
    pub side: i32,
    /// Outcome, 1 for the winner, 2 for the loser.
    pub outcome: i32,
}

/// What several fits read.
#[derive(Debug, Default)]
pub struct Facts {
    /// Capabilities by state and year.
    pub cinc: HashMap<(i32, i32), f64>,
    /// Polity scores by state and year.
    pub polity: HashMap<(i32, i32), f64>,
    /// Spells of membership: state, first and last year.
    pub members: Vec<(i32, i32, i32)>,
    /// Spells as a major power.
    pub majors: Vec<(i32, i32, i32)>,
    /// Neighbours by land or water: pair, first and last year.
    pub borders: Vec<(i32, i32, i32, i32)>,
    /// The same by land only.
    pub land: Vec<(i32, i32, i32, i32)>,
    /// Pacts by year: pairs, the lower code first, and whether they oblige to defend.
    pub pacts: BTreeMap<i32, BTreeMap<(i32, i32), bool>>,
    /// Wars.
    pub fights: Vec<Fight>,
    /// Capitals: state, first and last year, degrees north and east.
    pub capitals: HashMap<i32, Vec<(i32, i32, f64, f64)>>,
}

fn pairs(t: &Table, key: &str, value: &str) -> HashMap<(i32, i32), f64> {
    let Some(column) = t.get(value) else {
        return HashMap::new();
    };
    (0..t.rows())
        .filter_map(|r| Some(((int(t, key, r)?, int(t, "year", r)?), column.number(r))))
        .filter(|(_, x)| x.is_finite())
        .collect()
}

pub(super) fn spells(t: &Table) -> Vec<(i32, i32, i32)> {
    (0..t.rows())
        .filter_map(|r| {
            let year = |n| int(t, n, r);
            Some((year("ccode")?, year("styear")?, year("endyear")?))
        })
        .collect()
}

impl Facts {
    /// Reads them.
    ///
    /// # Errors
    /// Where the store lacks a table.
    pub fn read(store: &Store) -> Outcome<Facts> {
        let state_year = |table: &str, value: &str| -> Outcome<HashMap<(i32, i32), f64>> {
            let t = store.read(table, Some(&["ccode", "year", value]))?;
            Ok(pairs(&t, "ccode", value))
        };
        let contiguity = store.read("cow_contdir", None)?;
        Ok(Facts {
            cinc: state_year("cow_nmc", "cinc")?,
            polity: state_year("cw_democracy", "polity2")?,
            members: spells(&store.read("cow_states", None)?),
            majors: spells(&store.read("cow_majors", None)?),
            borders: borders(&contiguity, |kind| kind != 0),
            land: borders(&contiguity, |kind| kind == 1),
            pacts: pacts(&store.read("atop_alliance", None)?),
            fights: fights(&store.read("cow_war_inter", None)?),
            capitals: capitals(&store.read("cow_capitals", None)?),
        })
    }

    /// Whether a state is a member on the first day of a year.
    pub fn member(&self, state: i32, year: i32) -> bool {
        within(&self.members, state, year)
    }

    /// Whether it is a major power on the first day of a year.
    pub fn major(&self, state: i32, year: i32) -> bool {
        within(&self.majors, state, year)
    }

    /// Distance of two capitals in a year, in km.
    pub fn km(&self, a: i32, b: i32, year: i32) -> Option<f64> {
        let of = |s: i32| {
            let all = self.capitals.get(&s)?;
            let c = all.iter().find(|c| c.0 <= year && year <= c.1)?;
            Some((c.2, c.3))
        };
        Some(great_circle(of(a)?, of(b)?))
    }

    /// Members on the first day of a year, in order.
    pub fn alive(&self, year: i32) -> BTreeSet<i32> {
        let inside = self.members.iter().filter(|m| m.1 < year && m.2 >= year);
        inside.map(|m| m.0).collect()
    }

    /// Neighbours of each state in a year.
    pub fn neighbours(&self, year: i32) -> HashMap<i32, BTreeSet<i32>> {
        let mut out: HashMap<i32, BTreeSet<i32>> = HashMap::new();
        for (a, b, _, _) in self.borders.iter().filter(|x| x.2 <= year && x.3 >= year) {
            out.entry(*a).or_default().insert(*b);
            out.entry(*b).or_default().insert(*a);
        }
        out
    }

    /// Years in which, or in the year before which, three major powers fought: general wars
    /// (Levy 1983 has two on opposite sides and a size; three are easier to count), whose
    /// coalitions are not pacts of peace.
    pub fn general_wars(&self) -> BTreeSet<i32> {
        let mut by_year: BTreeMap<i32, BTreeSet<i32>> = BTreeMap::new();
        for f in &self.fights {
            if self.major(f.state, f.year) {
                by_year.entry(f.year).or_default().insert(f.state);
            }
        }
        let general = by_year.iter().filter(|(_, m)| m.len() >= 3);
        general.flat_map(|(y, _)| [*y, y + 1]).collect()
    }
}

fn within(spells: &[(i32, i32, i32)], state: i32, year: i32) -> bool {
    spells
        .iter()
        .any(|(s, from, to)| *s == state && (*from < year || *from == 1816) && *to >= year)
}

fn capitals(t: &Table) -> HashMap<i32, Vec<(i32, i32, f64, f64)>> {
    let mut out: HashMap<i32, Vec<(i32, i32, f64, f64)>> = HashMap::new();
    for r in 0..t.rows() {
        let day = |n: &str| t.get(n)?.int(r).map(year_of);
        let place = |n: &str| t.get(n).map_or(f64::NAN, |c| c.number(r));
        let (lat, lng) = (place("lat"), place("lng"));
        if let (Some(code), Some(from), Some(to)) =
            (int(t, "ccode", r), day("stdate"), day("enddate"))
            && lat.is_finite()
            && lng.is_finite()
        {
            out.entry(code).or_default().push((from, to, lat, lng));
        }
    }
    out
}

fn borders(t: &Table, holds: fn(i32) -> bool) -> Vec<(i32, i32, i32, i32)> {
    (0..t.rows())
        .filter_map(|r| {
            let day = |n: &str| t.get(n)?.int(r).map(year_of);
            let (a, b) = (int(t, "ccode1", r)?, int(t, "ccode2", r)?);
            holds(int(t, "conttype", r)?).then_some((a, b, day("stdate")?, day("enddate")?))
        })
        .collect()
}

fn pacts(t: &Table) -> BTreeMap<i32, BTreeMap<(i32, i32), bool>> {
    let mut out: BTreeMap<i32, BTreeMap<(i32, i32), bool>> = BTreeMap::new();
    for r in 0..t.rows() {
        let (Some(a), Some(b), Some(y)) =
            (int(t, "ccode1", r), int(t, "ccode2", r), int(t, "year", r))
        else {
            continue;
        };
        let is = |n: &str| int(t, n, r) == Some(1);
        let any = ["defense", "offense", "neutral", "nonagg", "consul"];
        if a < b && any.iter().any(|n| is(&format!("atop_{n}"))) {
            out.entry(y).or_default().insert((a, b), is("atop_defense"));
        }
    }
    out
}

fn fights(t: &Table) -> Vec<Fight> {
    (0..t.rows())
        .filter_map(|r| {
            let get = |n: &str| int(t, n, r);
            Some(Fight {
                war: get("warnum")?,
                state: get("ccode1")?,
                other: get("ccode2")?,
                year: get("year")?,
                side: get("sidea1")?,
                outcome: get("outcome1").unwrap_or(0),
            })
        })
        .collect()
}
