//! Crisis decisions with the leader who was in office.

use crate::column::{Table, year_of};
use crate::crises::{Actor, COLUMNS, Crises};
use crate::refusal::Outcome;
use crate::store::Store;
use crate::tables::crosswalk::gw_to_cow_on;
use std::collections::HashMap;
use std::sync::Arc;

/// One decision.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The actor row of the crisis data.
    pub actor: Actor,
    /// The person in office on the first possible day of the trigger (Archigos `leadid`).
    pub leader: Arc<str>,
    /// 0 non-military, 1 non-violent military, 2 violent response.
    pub escalation: f64,
    /// Whether force was used.
    pub force: bool,
    /// ln of own over adversary's capabilities the year before, where both are known.
    pub ratio: Option<f64>,
}

/// The decisions, and what was left out.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    /// One for each usable row with a known leader, in the order of the data.
    pub rows: Vec<Decision>,
    /// Usable rows of the crisis data.
    pub usable: usize,
}

impl Decision {
    /// The state seen as the source of the threat, or the code of another kind of source.
    pub fn adversary(&self) -> i32 {
        self.actor.code_of("southv").unwrap_or(-1)
    }

    /// State and period of so many years.
    pub fn block(&self, years: i32) -> (i32, i32) {
        (self.actor.code, self.actor.trigger_year.div_euclid(years))
    }
}

/// The escalation scale: response codes 1–5, 6 and 7, 8 and 9.
fn escalation(majres: i32) -> Option<f64> {
    match majres {
        1..=5 => Some(0.0),
        6 | 7 => Some(1.0),
        8 | 9 => Some(2.0),
        _ => None,
    }
}

/// Spells in office by state: first day, last day, person.
type Spells = HashMap<i32, Vec<(i32, i32, Arc<str>)>>;

impl Decisions {
    /// Reads them.
    ///
    /// # Errors
    /// Where a table is not in the store.
    pub fn load(store: &Store) -> Outcome<Decisions> {
        let crises = Crises::of(&store.read_raw("icb2", Some(&COLUMNS))?);
        let names = ["gwcode", "leadid", "startdate", "enddate"];
        let spells = spells(&store.read("archigos", Some(&names))?);
        let cinc = capabilities(&store.read("cow_nmc", Some(&["ccode", "year", "cinc"]))?);
        let rated = crises
            .actors
            .into_iter()
            .filter(|a| escalation(a.majres).is_some());
        let actors: Vec<Actor> = rated.collect();
        let usable = actors.len();
        let rows = actors
            .into_iter()
            .filter_map(|a| decision(a, &spells, &cinc))
            .collect();
        Ok(Decisions { rows, usable })
    }
}

fn spells(table: &Table) -> Spells {
    let mut all = Spells::new();
    for row in 0..table.rows() {
        let int = |name: &str| table.get(name)?.int(row);
        let person = table.get("leadid").and_then(|c| c.text(row));
        if let (Some(code), Some(start), Some(end), Some(person)) =
            (int("gwcode"), int("startdate"), int("enddate"), person)
        {
            all.entry(code)
                .or_default()
                .push((start, end, person.into()));
        }
    }
    all
}

fn capabilities(table: &Table) -> HashMap<(i32, i32), f64> {
    let value = |row| {
        let int = |name: &str| table.get(name)?.int(row);
        let cinc = table.get("cinc")?.float(row).filter(|c| *c > 0.0)?;
        Some(((int("ccode")?, int("year")?), cinc))
    };
    (0..table.rows()).filter_map(value).collect()
}

fn decision(actor: Actor, spells: &Spells, cinc: &HashMap<(i32, i32), f64>) -> Option<Decision> {
    let day = actor.trigger;
    // On a day of change the one who comes: the response is theirs.
    let leader = spells
        .get(&actor.code)?
        .iter()
        .filter(|(start, end, _)| *start <= day && day <= *end)
        .max_by_key(|(start, _, _)| *start)?
        .2
        .clone();
    let before = |code: i32| {
        cinc.get(&(gw_to_cow_on(code, day), year_of(day) - 1))
            .copied()
    };
    let ratio = actor
        .code_of("southv")
        .and_then(|other| Some((before(actor.code)? / before(other)?).ln()));
    Some(Decision {
        escalation: escalation(actor.majres)?,
        force: matches!(actor.majres, 8 | 9),
        leader,
        ratio,
        actor,
    })
}
