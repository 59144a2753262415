//! Leaders: their turnover on state-years, and leader-years.

use super::attributes::{Attribute, only};
use super::crosswalk::{gw_to_cow, gw_to_cow_on};
use super::frame::{Found, Frame, coverage};
use super::universe::{States, System};
use crate::column::{Column, MISSING, NO_ROW, Table, day_number, year_of};
use crate::refusal::Outcome;
use crate::store::Store;
use std::collections::HashMap;

const TURNOVER: [&str; 5] = [
    "leadertransition",
    "irregular",
    "n_leaders",
    "jan1obsid",
    "dec31obsid",
];

/// Turnover by year, from Archigos.
pub fn turnover(frame: &Frame) -> Outcome<Found> {
    let mut wanted = vec!["gwcode", "year"];
    wanted.extend(TURNOVER);
    let table = frame.store.read("archigossums", Some(&wanted))?;
    let members = match frame.choices.as_upstream {
        // The package joins through a list that knows Gleditsch-Ward members only, and so
        // loses years in which Correlates of War has a state and the other list has not.
        true => Some(States::load(frame.store, System::Gw)?.carried_to(frame.panel.to)),
        false => None,
    };
    let mut rows = vec![NO_ROW; frame.panel.rows()];
    let mut last = i32::MIN;
    let mut unmatched = 0;
    for row in 0..table.rows() {
        let int = |name: &str| table.get(name).and_then(|c| c.int(row));
        let (Some(code), Some(year)) = (int("gwcode"), int("year")) else {
            continue;
        };
        last = last.max(year);
        let known = members.as_ref().is_none_or(|m| {
            let (from, to) = (day_number(year, 1, 1), day_number(year, 12, 31));
            m.member(code, from.unwrap_or(0), to.unwrap_or(0))
        });
        if !known || year > frame.panel.to || year < frame.panel.from {
            continue;
        }
        let at = frame
            .place(code, System::Gw, year)
            .and_then(|p| frame.panel.at(p, year));
        match at.and_then(|at| rows.get_mut(at)) {
            // In 2006 both Yugoslavia and Serbia are Correlates of War's 345: the state
            // that was there on 1 January stays.
            Some(slot) if *slot == NO_ROW || code == 345 => *slot = row as u32,
            Some(_) => {}
            None => unmatched += 1,
        }
    }
    let mut found = Found::default();
    found.sources.push("archigossums".to_owned());
    coverage(&mut found.notes, "archigossums", last, frame.panel.to);
    if unmatched > 0 {
        found.notes.push(format!(
            "archigossums: {unmatched} rows match no member state-year (joined on gwcode by the crosswalk, year)"
        ));
    }
    let columns = TURNOVER
        .iter()
        .filter_map(|n| Some(((*n).to_owned(), table.get(n)?.take(&rows))))
        .collect();
    frame.hang(&mut found, columns);
    Ok(found)
}

/// How leader-years are cut to a list of states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// As in Archigos.
    None,
    /// Days on which the state is a member of a list.
    List(System),
}

/// Leader-years: one row per leader spell and calendar year in office.
pub fn leader_years(
    store: &Store,
    standard: Standard,
    from: Option<i32>,
    to: Option<i32>,
    with: &[Attribute],
    as_upstream: bool,
) -> Outcome<Table> {
    let names = [
        "obsid",
        "gwcode",
        "leader",
        "yrborn",
        "gender",
        "startdate",
        "enddate",
    ];
    let archigos = store.read("archigos", Some(&names))?;
    let last = (0..archigos.rows())
        .filter_map(|r| archigos.get("enddate")?.int(r).map(year_of))
        .max()
        .unwrap_or(0);
    let states = match standard {
        Standard::None => None,
        Standard::List(system) => Some(States::load(store, system)?.carried_to(last)),
    };
    // The package translates codes by a list of Gleditsch-Ward members, with exceptions for
    // Morocco and Saudi Arabia only, and so loses Laos in 1953.
    let translatable = match (as_upstream, standard) {
        (true, Standard::List(System::Cow)) => {
            Some(States::load(store, System::Gw)?.carried_to(last))
        }
        _ => None,
    };
    let mut rows = LeaderRows::default();
    for row in 0..archigos.rows() {
        rows.expand(
            &archigos,
            row,
            (states.as_ref(), translatable.as_ref()),
            from,
            to,
        );
    }
    let mut table = rows.table(&archigos, standard);
    table.uses("archigos");
    for source in states.iter().flat_map(|s| s.sources.iter()) {
        table.uses(source);
    }
    if to.is_some_and(|t| t > last) {
        table
            .notes
            .push(format!("archigos ends in {last}; there are no later rows"));
    }
    for attribute in with {
        let (name, columns): (&str, &[&str]) = match attribute {
            Attribute::LeaderAttributes => ("lead", &LEAD),
            Attribute::WillingnessToUseForce => ("lwuf", &LWUF),
            Attribute::Capabilities
            | Attribute::Democracy
            | Attribute::Majors
            | Attribute::GdpPopulation => {
                state_columns(store, standard, *attribute, &mut table)?;
                continue;
            }
            other => return Err(only(*other, "state-years or dyad-years")),
        };
        by_spell(store, name, columns, &mut table)?;
    }
    Ok(table)
}

const LEAD: [&str; 11] = [
    "leveledu",
    "milservice",
    "combat",
    "rebel",
    "warwin",
    "warloss",
    "rebelwin",
    "rebelloss",
    "yrsexper",
    "physhealth",
    "mentalhealth",
];

const LWUF: [&str; 8] = [
    "theta1_mean",
    "theta1_sd",
    "theta2_mean",
    "theta2_sd",
    "theta3_mean",
    "theta3_sd",
    "theta4_mean",
    "theta4_sd",
];

#[derive(Default)]
struct LeaderRows {
    source: Vec<u32>,
    code: Vec<i32>,
    age: Vec<i32>,
    year: Vec<i32>,
    in_office: Vec<i32>,
}

impl LeaderRows {
    fn expand(
        &mut self,
        archigos: &Table,
        row: usize,
        (states, translatable): (Option<&States>, Option<&States>),
        from: Option<i32>,
        to: Option<i32>,
    ) {
        let int = |name: &str| archigos.get(name).and_then(|c| c.int(row));
        let (Some(code), Some(start), Some(end)) =
            (int("gwcode"), int("startdate"), int("enddate"))
        else {
            return;
        };
        let first = year_of(start);
        for year in first..=year_of(end) {
            if from.is_some_and(|f| year < f) || to.is_some_and(|t| year > t) {
                continue;
            }
            let day = |m, d| day_number(year, m, d).unwrap_or(0);
            let (from_day, to_day) = (start.max(day(1, 1)), end.min(day(12, 31)));
            let known = |list: &States| list.member(code, day(1, 1), day(12, 31));
            if !translatable.is_none_or(|list| known(list) || [600, 670].contains(&code)) {
                continue;
            }
            for code in codes_in(code, from_day, to_day, states) {
                self.source.push(row as u32);
                self.code.push(code);
                self.age
                    .push(int("yrborn").map_or(MISSING, |born| year - born));
                self.year.push(year);
                self.in_office.push(year - first + 1);
            }
        }
    }

    fn table(self, archigos: &Table, standard: Standard) -> Table {
        let mut table = Table::default();
        let code = match standard {
            Standard::List(System::Cow) => "ccode",
            _ => "gwcode",
        };
        let take = |name: &str| archigos.get(name).map(|c| c.take(&self.source));
        let mut set = |name: &str, column: Option<Column>| {
            if let Some(column) = column {
                table.set(name, column);
            }
        };
        set("obsid", take("obsid"));
        set("leader", take("leader"));
        set(code, Some(Column::Int(self.code)));
        set("gender", take("gender"));
        set("leaderage", Some(Column::Int(self.age)));
        set("year", Some(Column::Int(self.year)));
        set("yrinoffice", Some(Column::Int(self.in_office)));
        table
    }
}

/// The codes under which the leader's state is a member in these days; two where the
/// code changes in the year.
fn codes_in(code: i32, from: i32, to: i32, states: Option<&States>) -> Vec<i32> {
    let Some(states) = states else {
        return vec![code];
    };
    let candidates = match states.system {
        System::Gw => vec![code],
        System::Cow => {
            let mut both = vec![gw_to_cow_on(code, from), gw_to_cow_on(code, to)];
            both.dedup();
            both
        }
    };
    candidates
        .into_iter()
        .filter(|c| states.member(*c, from, to))
        .collect()
}

/// Joins columns of a table of leader spells.
fn by_spell(store: &Store, name: &str, columns: &[&str], table: &mut Table) -> Outcome<()> {
    let mut wanted = vec!["obsid"];
    wanted.extend_from_slice(columns);
    let source = store.read(name, Some(&wanted))?;
    let (Some(keys), Some(own)) = (source.get("obsid"), table.get("obsid")) else {
        return Ok(());
    };
    let by_key: HashMap<&str, u32> = (0..source.rows())
        .filter_map(|r| Some((keys.text(r)?, r as u32)))
        .collect();
    let rows: Vec<u32> = (0..own.len())
        .map(|r| {
            own.text(r)
                .and_then(|k| by_key.get(k).copied())
                .unwrap_or(NO_ROW)
        })
        .collect();
    for column in columns {
        if let Some(found) = source.get(column) {
            let found = found.take(&rows);
            table.set(*column, found);
        }
    }
    table.uses(name);
    Ok(())
}

/// Joins attributes of the leader's state.
fn state_columns(
    store: &Store,
    standard: Standard,
    attribute: Attribute,
    table: &mut Table,
) -> Outcome<()> {
    use super::frame::Choices;
    use super::universe::Panel;
    let system = match standard {
        Standard::List(system) => system,
        Standard::None => System::Gw,
    };
    let states = States::load(store, system)?.carried_to(2100);
    let panel = Panel::new(&states, 1800, 2100);
    let choices = Choices::default();
    let frame = Frame::new(store, &states, &panel, None, &choices);
    let found = attribute.find(&frame)?;
    let (Some(code), Some(year)) = (table.get(system.code()), table.get("year")) else {
        return Ok(());
    };
    let rows: Vec<u32> = (0..table.rows())
        .map(|r| match (code.int(r), year.int(r)) {
            (Some(c), Some(y)) => panel.row(c, y).map_or(NO_ROW, |p| p as u32),
            _ => NO_ROW,
        })
        .collect();
    for (name, column) in found.columns {
        table.set(name, column.take(&rows));
    }
    for source in found.sources {
        table.uses(&source);
    }
    Ok(())
}

/// The Correlates of War code of a leader's state in a year.
pub fn cow_code(gwcode: i32, year: i32) -> i32 {
    gw_to_cow(gwcode, year)
}
