//! Research tables: state-years, dyad-years, leader-years, disputes.

pub mod attributes;
pub mod crosswalk;
pub mod frame;
pub mod geography;
pub mod leaders;
pub mod portfolio;
pub mod spells;
pub mod universe;
pub mod wars;
pub mod whittle;

use crate::codes;
use crate::column::Table;
use crate::refusal::{Outcome, Refusal};
use crate::store::Store;
use attributes::Attribute;
pub use frame::Choices;
use frame::Frame;
use rayon::prelude::*;
use universe::{Dyads, Panel, States, System};

/// First year of the lists of states.
pub const FIRST_YEAR: i32 = 1816;
/// No table reaches beyond.
const LAST_YEAR: i32 = 2100;

/// The rows of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A member state in a year.
    StateYears,
    /// Two member states in a year, in both orders or in one.
    DyadYears {
        /// Both orders.
        directed: bool,
    },
}

/// A table to build.
#[derive(Clone, Debug)]
pub struct Request {
    /// Rows.
    pub unit: Unit,
    /// List of states.
    pub system: System,
    /// First year; 1816 where `None`.
    pub from: Option<i32>,
    /// Last year; the last of the list where `None`.
    pub to: Option<i32>,
    /// Without `to`: up to the last year of the scores of democracy, which follow the lists
    /// of states to the present.
    pub latest: bool,
    /// Attributes, in order.
    pub with: Vec<Attribute>,
    /// Choices.
    pub choices: Choices,
}

impl Request {
    /// State-years or dyad-years of Correlates of War, all years of the list.
    pub fn new(unit: Unit, with: &[Attribute]) -> Self {
        Request {
            unit,
            system: System::Cow,
            from: None,
            to: None,
            latest: false,
            with: with.to_vec(),
            choices: Choices::default(),
        }
    }

    /// The same for some years.
    pub fn years(mut self, from: i32, to: i32) -> Self {
        self.from = Some(from);
        self.to = Some(to);
        self
    }
}

/// First and last year of a request, checked.
fn span(store: &Store, states: &States, request: &Request) -> Outcome<(i32, i32)> {
    let from = request.from.unwrap_or(FIRST_YEAR);
    let to = match (request.to, request.latest) {
        (Some(to), _) => to,
        (None, true) => latest(store, request.system)?.max(states.last_year),
        (None, false) => states.last_year,
    };
    if !(FIRST_YEAR..=LAST_YEAR).contains(&from) || !(FIRST_YEAR..=LAST_YEAR).contains(&to) {
        return Err(Refusal::error(
            codes::BAD_REQUEST,
            format!("years {from} to {to} are not covered"),
            format!("the lists of states begin in {FIRST_YEAR}"),
        ));
    }
    if from > to {
        return Err(Refusal::error(
            codes::BAD_REQUEST,
            format!("the years end ({to}) before they start ({from})"),
            "swap `--from` and `--to`",
        ));
    }
    Ok((from, to))
}

fn latest(store: &Store, system: System) -> Outcome<i32> {
    let table = match system {
        System::Cow => "cw_democracy",
        System::Gw => "gw_democracy",
    };
    let years = store.read(table, Some(&["year"]))?;
    Ok((0..years.rows())
        .filter_map(|r| years.get("year")?.int(r))
        .max()
        .unwrap_or(FIRST_YEAR))
}

/// Builds a table.
pub fn build(store: &Store, request: &Request) -> Outcome<Table> {
    let states = States::load(store, request.system)?;
    let (from, to) = span(store, &states, request)?;
    let list_end = states.last_year;
    let states = states.carried_to(to);
    let panel = Panel::new(&states, from, to);
    let dyads = match request.unit {
        Unit::StateYears => None,
        Unit::DyadYears { directed } => Some(Dyads::new(&states, &panel, directed)),
    };
    let frame = Frame::new(store, &states, &panel, dyads.as_ref(), &request.choices);
    let found: Vec<Outcome<frame::Found>> =
        request.with.par_iter().map(|a| a.find(&frame)).collect();
    let mut table = match &dyads {
        None => universe::state_year_columns(&states, &panel),
        Some(dyads) => universe::dyad_year_columns(&states, &panel, dyads),
    };
    if to > list_end {
        table.notes.push(format!(
            "the list of states ends in {list_end}; its last members are carried to {to}"
        ));
    }
    for (attribute, found) in request.with.iter().zip(found) {
        hang(&mut table, *attribute, found?)?;
    }
    for attribute in request.with.iter().filter(|a| a.derived()) {
        attributes::derive(*attribute, &frame, &mut table)?;
    }
    Ok(table)
}

fn hang(table: &mut Table, attribute: Attribute, found: frame::Found) -> Outcome<()> {
    for (name, column) in found.columns {
        if table.get(&name).is_some() {
            return Err(Refusal::error(
                codes::BAD_REQUEST,
                format!("`{}` brings a second column `{name}`", attribute.name()),
                "ask for one of the two; for the disputes of both projects use `mids-cow` and `mids-gml`",
            ));
        }
        table.set(name, column);
    }
    table.notes.extend(found.notes);
    found.sources.iter().for_each(|s| table.uses(s));
    Ok(())
}

/// BibTeX of everything that went into a table.
pub fn citations(table: &Table) -> String {
    let mut keys: Vec<&str> = Vec::new();
    for source in &table.sources {
        if let Some((_, spec)) = crate::pack::table(source) {
            keys.extend(spec.cite.iter().map(String::as_str));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    let entries: Vec<&str> = keys.into_iter().filter_map(crate::pack::citation).collect();
    entries.join("\n\n")
}
