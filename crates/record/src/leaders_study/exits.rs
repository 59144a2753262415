//! Exits of leaders, and years in which nobody left.

use super::authority::elsewhere;
use crate::column::{day_number, year_of};
use crate::refusal::Outcome;
use crate::store::Store;
use crate::tables::crosswalk::gw_to_cow;
use crate::tables::universe::{States, System};
use std::collections::{BTreeMap, HashMap};

/// How a leader left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Died in office of natural causes: the date has nothing to do with policy.
    NaturalDeath,
    /// Left by the rules.
    Regular,
}

impl Exit {
    /// All kinds that are studied.
    pub const ALL: [Exit; 2] = [Exit::NaturalDeath, Exit::Regular];

    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Exit::NaturalDeath => "natural death",
            Exit::Regular => "regular exit",
        }
    }
}

/// Kinds of regime by the Polity score of the year before (conventional cuts).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Regime {
    /// −10 to −6.
    Autocracy,
    /// −5 to 5.
    Mixed,
    /// 6 to 10.
    Democracy,
}

impl Regime {
    /// All kinds.
    pub const ALL: [Regime; 3] = [Regime::Autocracy, Regime::Mixed, Regime::Democracy];

    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Regime::Autocracy => "autocracy",
            Regime::Mixed => "mixed",
            Regime::Democracy => "democracy",
        }
    }

    fn of(polity: i32) -> Option<Regime> {
        match polity {
            -10..=-6 => Some(Regime::Autocracy),
            -5..=5 => Some(Regime::Mixed),
            6..=10 => Some(Regime::Democracy),
            _ => None,
        }
    }
}

/// A state and year in the middle of a window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// Correlates of War code.
    pub state: i32,
    /// Year of the exit, or of the placebo.
    pub year: i32,
    /// How a leader left; `None` for a placebo.
    pub exit: Option<Exit>,
    /// Regime the year before.
    pub regime: Option<Regime>,
    /// Whether final authority lay elsewhere.
    pub elsewhere: bool,
}

/// Exits that stand alone in their window, and placebo years without any exit in it.
#[derive(Clone, Debug, Default)]
pub struct Moments {
    /// Exits.
    pub exits: Vec<Moment>,
    /// Placebos.
    pub placebos: Vec<Moment>,
    /// Exits of the kinds studied, before windows with another exit are left out.
    pub all: usize,
}

/// Reads exits and placebos with windows of so many years on each side.
///
/// # Errors
/// Where a table is not in the store.
pub fn moments(store: &Store, window: i32) -> Outcome<Moments> {
    let states = States::load(store, System::Cow)?;
    let polity = polity(store)?;
    let mut out = Moments::default();
    for (code, spells) in spells(store)? {
        let left: Vec<(i32, Option<Exit>)> = departures(&spells);
        let (Some(first), Some(last)) = (spells.first(), spells.last()) else {
            continue;
        };
        for year in year_of(first.0)..=year_of(last.1) {
            let inside: Vec<_> = left
                .iter()
                .filter(|(y, _)| (y - year).abs() <= window)
                .collect();
            let here: Vec<_> = left
                .iter()
                .filter(|(y, e)| *y == year && e.is_some())
                .collect();
            out.all += here.len();
            let alone = inside.len() == here.len() && here.len() <= 1;
            let state = gw_to_cow(code, year);
            if !alone || !member(&states, state, year - window, year + window) {
                continue;
            }
            let moment = Moment {
                state,
                year,
                exit: here.first().and_then(|(_, e)| *e),
                regime: polity.get(&(state, year - 1)).and_then(|p| Regime::of(*p)),
                elsewhere: elsewhere(code, year),
            };
            // A placebo needs someone in office all the while.
            match moment.exit {
                Some(_) => out.exits.push(moment),
                None if held(&spells, year, window) => out.placebos.push(moment),
                None => {}
            }
        }
    }
    Ok(out)
}

type Spell = (i32, i32, String, String);

fn spells(store: &Store) -> Outcome<BTreeMap<i32, Vec<Spell>>> {
    let names = ["gwcode", "leadid", "startdate", "enddate", "exit"];
    let table = store.read("archigos", Some(&names))?;
    let mut all: BTreeMap<i32, Vec<Spell>> = BTreeMap::new();
    for row in 0..table.rows() {
        let int = |name: &str| table.get(name)?.int(row);
        let text = |name: &str| Some(table.get(name)?.text(row)?.to_owned());
        if let (Some(code), Some(start), Some(end), Some(who), Some(exit)) = (
            int("gwcode"),
            int("startdate"),
            int("enddate"),
            text("leadid"),
            text("exit"),
        ) {
            all.entry(code).or_default().push((start, end, who, exit));
        }
    }
    all.values_mut().for_each(|s| s.sort());
    Ok(all)
}

/// Years of departures with their kind; `None` for kinds that are not studied. A leader
/// who follows himself has not left.
fn departures(spells: &[Spell]) -> Vec<(i32, Option<Exit>)> {
    let mut out = Vec::new();
    for (i, (_, end, who, exit)) in spells.iter().enumerate() {
        let stays = spells.get(i + 1).is_some_and(|next| next.2 == *who);
        if stays || exit == "Still in Office" {
            continue;
        }
        let kind = match exit.as_str() {
            "Natural Death" => Some(Exit::NaturalDeath),
            "Regular" => Some(Exit::Regular),
            _ => None,
        };
        out.push((year_of(*end), kind));
    }
    out
}

/// Whether one person held office through the whole window.
fn held(spells: &[Spell], year: i32, window: i32) -> bool {
    let (Some(from), Some(to)) = (
        day_number(year - window, 1, 1),
        day_number(year + window, 12, 31),
    ) else {
        return false;
    };
    let last = spells.last().map_or(0, |s| s.1);
    spells
        .iter()
        .any(|s| s.0 <= from && (s.1 >= to || s.1 == last && year_of(s.1) == year + window))
}

fn member(states: &States, code: i32, from: i32, to: i32) -> bool {
    let middle = |y| day_number(y, 7, 1).unwrap_or(0);
    [from, to]
        .into_iter()
        .all(|y| states.member(code, middle(y), middle(y)))
}

fn polity(store: &Store) -> Outcome<HashMap<(i32, i32), i32>> {
    let table = store.read("cw_democracy", Some(&["ccode", "year", "polity2"]))?;
    let value = |row| {
        let int = |name: &str| table.get(name)?.int(row);
        Some(((int("ccode")?, int("year")?), int("polity2")?))
    };
    Ok((0..table.rows()).filter_map(value).collect())
}
