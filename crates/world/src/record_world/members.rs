//! Who the states of a year are.

use super::{LAST, float, int};
use raison_record::column::year_of;
use raison_record::{Outcome, Store};
use std::collections::{BTreeMap, HashMap};

/// A state of the record with its spells of membership.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Correlates of War code.
    pub code: i32,
    /// Abbreviation.
    pub short: String,
    /// Name.
    pub name: String,
    /// First and last year in which it is a member on the first day.
    pub spells: Vec<(i32, i32)>,
}

/// States that are members on the first day of any year from one to another.
///
/// # Errors
/// Where a table is missing from the store.
pub fn members(store: &Store, from: i32, to: i32) -> Outcome<Vec<Member>> {
    let t = store.read("cow_states", None)?;
    let mut out: BTreeMap<i32, Member> = BTreeMap::new();
    for row in 0..t.rows() {
        let (Some(code), Some(first), Some(last)) = (
            int(&t, "ccode", row),
            int(&t, "styear", row),
            int(&t, "endyear", row),
        ) else {
            continue;
        };
        if first + 1 > to || last < from {
            continue;
        }
        let text = |n: &str| t.get(n).and_then(|c| c.text(row)).unwrap_or("").to_owned();
        let known = out.entry(code).or_insert_with(|| Member {
            code,
            short: text("stateabb"),
            name: text("statenme"),
            spells: Vec::new(),
        });
        known.spells.push((first + 1, last));
    }
    Ok(out.into_values().collect())
}

impl Member {
    /// First year of membership, not before a year.
    pub(super) fn since(&self, from: i32) -> i32 {
        let first = self.spells.iter().map(|s| s.0).min().unwrap_or(from);
        first.max(from)
    }

    /// Whether it is a member all the time from one year to another.
    pub(super) fn stays(&self, from: i32, to: i32) -> bool {
        let last = to.min(LAST);
        self.spells.iter().any(|s| s.0 <= from && s.1 >= last)
    }
}

/// Region by the ranges of Correlates of War codes.
pub fn region(code: i32) -> &'static str {
    match code {
        ..200 => "americas",
        200..400 => "europe",
        400..600 => "africa",
        600..700 => "middle-east",
        700..900 => "asia",
        _ => "oceania",
    }
}

/// Nuclear arms by year of the first test or, for Israel, of the common estimate: facts of
/// general knowledge.
pub(super) fn nuclear(code: i32, year: i32) -> bool {
    const SINCE: [(i32, i32); 9] = [
        (2, 1945),
        (365, 1949),
        (200, 1952),
        (220, 1960),
        (710, 1964),
        (666, 1967),
        (750, 1974),
        (770, 1998),
        (731, 2006),
    ];
    SINCE.iter().any(|(c, y)| *c == code && year > *y)
}

/// Major powers on the first day of a year, by code.
pub(super) fn majors(store: &Store, year: i32) -> Outcome<Vec<i32>> {
    let t = store.read("cow_majors", None)?;
    let within = |row: &usize| {
        int(&t, "styear", *row).is_some_and(|y| y < year)
            && int(&t, "endyear", *row).is_some_and(|y| y >= year)
    };
    Ok((0..t.rows())
        .filter(within)
        .filter_map(|r| int(&t, "ccode", r))
        .collect())
}

/// Places of capitals in the year given for each state.
pub(super) fn capitals(
    store: &Store,
    when: &HashMap<i32, i32>,
) -> Outcome<HashMap<i32, (f64, f64)>> {
    let t = store.read("cow_capitals", None)?;
    let mut out = HashMap::new();
    for row in 0..t.rows() {
        let day = |name: &str| t.get(name).and_then(|c| c.int(row)).map(year_of);
        let (Some(code), Some(from), Some(to)) =
            (int(&t, "ccode", row), day("stdate"), day("enddate"))
        else {
            continue;
        };
        let Some(year) = when.get(&code) else {
            continue;
        };
        if let (true, Some(lat), Some(lng)) = (
            from <= *year && *year <= to,
            float(&t, "lat", row),
            float(&t, "lng", row),
        ) {
            out.insert(code, (lat, lng));
        }
    }
    Ok(out)
}

/// Values of a state-year table, by code, in the year that a state enters (the year before
/// for those of the start): the nearest earlier year within ten where that year is missing,
/// the nearest later one within five where there is no earlier.
pub(super) fn values(
    store: &Store,
    table: &str,
    columns: &[&str],
    when: &HashMap<i32, i32>,
) -> Outcome<HashMap<i32, Vec<f64>>> {
    let mut names = vec!["ccode", "year"];
    names.extend(columns);
    let t = store.read(table, Some(&names))?;
    let mut out: HashMap<i32, (i32, Vec<f64>)> = HashMap::new();
    for row in 0..t.rows() {
        let (Some(code), Some(y)) = (int(&t, "ccode", row), int(&t, "year", row)) else {
            continue;
        };
        let Some(year) = when.get(&code) else {
            continue;
        };
        // Later years count as further away than any earlier one.
        let away = if y <= *year { year - y } else { 10 + y - year };
        if y < year - 10 || y > year + 5 {
            continue;
        }
        let got: Option<Vec<f64>> = columns.iter().map(|c| float(&t, c, row)).collect();
        if let Some(got) = got
            && out.get(&code).is_none_or(|(last, _)| *last > away)
        {
            out.insert(code, (away, got));
        }
    }
    Ok(out.into_iter().map(|(c, (_, v))| (c, v)).collect())
}
