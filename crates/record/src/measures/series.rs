//! Measures over time, from the store.

use super::concentration::{concentration, effective_poles};
use super::network::{Network, centralisation};
use super::{trade, wars};
use crate::codes;
use crate::column::{Column, NO_ROW, Table};
use crate::pack::nearest;
use crate::refusal::{Outcome, Refusal};
use crate::store::Store;
use crate::tables::attributes::Attribute;
use crate::tables::universe::{Panel, States, System};
use crate::tables::{Request, Unit, build};
use std::collections::BTreeMap;

/// A measure over time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Numbers of great powers and of effective poles.
    Polarity,
    /// Ray and Singer's concentration.
    Concentration,
    /// Shares of the great powers.
    Shares,
    /// Trade over GDP.
    Openness,
    /// Defence pacts as a network.
    Alliances,
    /// Trade as a network.
    Trade,
    /// Similarity of alliance portfolios among great powers.
    Similarity,
    /// Wars and disputes begun.
    Onsets,
}

/// Names on the command line and what they show.
pub const NAMES: &[(&str, Measure, &str)] = &[
    (
        "polarity",
        Measure::Polarity,
        "numbers of great powers and of effective poles",
    ),
    (
        "concentration",
        Measure::Concentration,
        "concentration of capabilities (Ray and Singer)",
    ),
    (
        "shares",
        Measure::Shares,
        "shares of the great powers in their capabilities",
    ),
    (
        "openness",
        Measure::Openness,
        "trade over GDP: mean, median and of the great powers",
    ),
    (
        "alliance-network",
        Measure::Alliances,
        "defence pacts: density, centralisation, most central state",
    ),
    (
        "trade-network",
        Measure::Trade,
        "trade: density, centralisation, most central state",
    ),
    (
        "similarity",
        Measure::Similarity,
        "similarity of alliance portfolios of great powers",
    ),
    ("onsets", Measure::Onsets, "wars and disputes that begin"),
];

impl Measure {
    /// The measure of a name.
    pub fn parse(name: &str) -> Outcome<Measure> {
        NAMES
            .iter()
            .find(|(n, _, _)| *n == name)
            .map(|(_, m, _)| *m)
            .ok_or_else(|| {
                let names: Vec<&str> = NAMES
                    .iter()
                    .map(|(n, _, _)| *n)
                    .chain(["war-sizes"])
                    .collect();
                Refusal::error(
                    codes::UNKNOWN_NAME,
                    format!("there is no measure `{name}`"),
                    match nearest(name, names.iter().copied()) {
                        Some(n) => format!("did you mean `{n}`?"),
                        None => format!("the measures are {}", names.join(", ")),
                    },
                )
            })
    }
}

/// A measure by year.
#[derive(Clone, Debug)]
pub struct Series {
    /// What it shows.
    pub title: String,
    /// What the vertical axis shows, with the unit.
    pub label: String,
    /// Where the data come from.
    pub source: String,
    /// `year` and one column per series.
    pub table: Table,
    /// Columns to draw, with names.
    pub drawn: Vec<(String, String)>,
    /// Whether the axis begins at zero.
    pub zero: bool,
}

/// Computes a measure from `from` to `to`.
pub fn measure(
    store: &Store,
    which: Measure,
    from: Option<i32>,
    to: Option<i32>,
) -> Outcome<Series> {
    let mut series = match which {
        Measure::Polarity => polarity(store)?,
        Measure::Concentration => concentrations(store)?,
        Measure::Shares => shares(store)?,
        Measure::Openness => openness(store, from, to)?,
        Measure::Alliances => alliance_network(store)?,
        Measure::Trade => trade_network(store)?,
        Measure::Similarity => similarity(store, from, to)?,
        Measure::Onsets => onsets(store)?,
    };
    series.table = series.table.filter(&crate::filter::between(from, to));
    if series.table.rows() == 0 {
        return Err(Refusal::error(
            codes::BAD_REQUEST,
            "the data cover none of these years",
            "try other years, or none",
        ));
    }
    Ok(series)
}

/// Capabilities of states by year, and which of them are great powers.
struct Powers {
    /// Year, code, index of capabilities, great power.
    rows: BTreeMap<i32, Vec<(i32, f64, bool)>>,
}

fn powers(store: &Store) -> Outcome<Powers> {
    let nmc = store.read("cow_nmc", Some(&["ccode", "year", "cinc"]))?;
    let majors = store.read("cow_majors", Some(&["ccode", "styear", "endyear"]))?;
    let int = |t: &Table, name: &str, row: usize| t.get(name).and_then(|c| c.int(row));
    let spells: Vec<(i32, i32, i32)> = (0..majors.rows())
        .filter_map(|r| {
            Some((
                int(&majors, "ccode", r)?,
                int(&majors, "styear", r)?,
                int(&majors, "endyear", r)?,
            ))
        })
        .collect();
    let last = spells.iter().map(|s| s.2).max().unwrap_or(0);
    let mut rows: BTreeMap<i32, Vec<(i32, f64, bool)>> = BTreeMap::new();
    for row in 0..nmc.rows() {
        let (Some(code), Some(year), Some(power)) = (
            int(&nmc, "ccode", row),
            int(&nmc, "year", row),
            nmc.get("cinc").and_then(|c| c.float(row)),
        ) else {
            continue;
        };
        // The list of great powers ends before the data on capabilities.
        let day = year.min(last);
        let great = spells
            .iter()
            .any(|(c, a, b)| *c == code && (*a..=*b).contains(&day));
        rows.entry(year).or_default().push((code, power, great));
    }
    Ok(Powers { rows })
}

impl Powers {
    fn of(list: &[(i32, f64, bool)], great: bool) -> Vec<f64> {
        list.iter().filter(|s| s.2 || !great).map(|s| s.1).collect()
    }
}

/// A table of year and columns.
fn by_year(columns: &[&str], rows: Vec<(i32, Vec<f64>)>, sources: &[&str]) -> Table {
    let mut table = Table::default();
    table.set("year", Column::Int(rows.iter().map(|r| r.0).collect()));
    for (i, name) in columns.iter().enumerate() {
        let values: Vec<f64> = rows
            .iter()
            .map(|r| r.1.get(i).copied().unwrap_or(f64::NAN))
            .collect();
        let whole = values
            .iter()
            .all(|v| v.is_nan() || (v.fract() == 0.0 && v.abs() < 2e9));
        let int = |v: &f64| {
            if v.is_nan() {
                crate::column::MISSING
            } else {
                *v as i32
            }
        };
        table.set(
            *name,
            match whole {
                true => Column::Int(values.iter().map(int).collect()),
                false => Column::Float(values),
            },
        );
    }
    sources.iter().for_each(|s| table.uses(s));
    table
}

fn drawn(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect()
}

const POWER_SOURCE: &str =
    "National Material Capabilities 7.0, Correlates of War list of major powers v2016";

fn polarity(store: &Store) -> Outcome<Series> {
    let rows = powers(store)?
        .rows
        .iter()
        .map(|(year, list)| {
            let great = Powers::of(list, true);
            let all = Powers::of(list, false);
            (
                *year,
                vec![
                    great.len() as f64,
                    effective_poles(&great),
                    effective_poles(&all),
                ],
            )
        })
        .collect();
    Ok(Series {
        title: "Polarity".to_owned(),
        label: "number".to_owned(),
        source: POWER_SOURCE.to_owned(),
        table: by_year(
            &["majors", "poles_majors", "poles_all"],
            rows,
            &["cow_nmc", "cow_majors"],
        ),
        drawn: drawn(&[
            ("majors", "major powers"),
            ("poles_majors", "effective poles, majors"),
            ("poles_all", "effective poles, all states"),
        ]),
        zero: true,
    })
}

fn concentrations(store: &Store) -> Outcome<Series> {
    let rows = powers(store)?
        .rows
        .iter()
        .map(|(year, list)| {
            let of = |great| concentration(&Powers::of(list, great));
            (*year, vec![of(true), of(false)])
        })
        .collect();
    Ok(Series {
        title: "Concentration of capabilities".to_owned(),
        label: "Ray–Singer concentration, 0 to 1".to_owned(),
        source: POWER_SOURCE.to_owned(),
        table: by_year(&["con_majors", "con_all"], rows, &["cow_nmc", "cow_majors"]),
        drawn: drawn(&[("con_majors", "major powers"), ("con_all", "all states")]),
        zero: true,
    })
}

fn shares(store: &Store) -> Outcome<Series> {
    let powers = powers(store)?;
    let states = States::load(store, System::Cow)?;
    let mut codes: Vec<i32> = powers
        .rows
        .values()
        .flatten()
        .filter(|s| s.2)
        .map(|s| s.0)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let rows = powers
        .rows
        .iter()
        .map(|(year, list)| {
            let total: f64 = list.iter().filter(|s| s.2).map(|s| s.1).sum();
            let share = |code: &i32| {
                let own = list.iter().find(|s| s.0 == *code && s.2);
                own.map_or(f64::NAN, |s| s.1 / total)
            };
            (*year, codes.iter().map(share).collect())
        })
        .collect();
    let columns: Vec<String> = codes.iter().map(|c| format!("share_{c}")).collect();
    let names: Vec<&str> = columns.iter().map(String::as_str).collect();
    let name = |code: &i32| {
        let at = states.index(*code).and_then(|i| states.list.get(i));
        at.map_or(code.to_string(), |s| s.name.clone())
    };
    Ok(Series {
        title: "Shares of the major powers".to_owned(),
        label: "share of the major powers' capabilities".to_owned(),
        source: POWER_SOURCE.to_owned(),
        table: by_year(&names, rows, &["cow_nmc", "cow_majors"]),
        drawn: columns
            .iter()
            .cloned()
            .zip(codes.iter().map(name))
            .collect(),
        zero: true,
    })
}

fn openness(store: &Store, from: Option<i32>, to: Option<i32>) -> Outcome<Series> {
    let with = [
        Attribute::Trade,
        Attribute::GdpPopulation,
        Attribute::Majors,
    ];
    let request = Request::new(Unit::StateYears, &with).years(
        from.unwrap_or(1870).max(1816),
        to.unwrap_or(2014).clamp(1816, 2100),
    );
    let table = build(store, &request)?;
    let value = |name: &str, row: usize| table.get(name).map_or(f64::NAN, |c| c.number(row));
    let mut years: BTreeMap<i32, Vec<(f64, bool)>> = BTreeMap::new();
    for row in 0..table.rows() {
        let total = value("imports", row) + value("exports", row);
        let open = trade::openness(total, value("pwtrgdp", row));
        let great = value("cowmaj", row) == 1.0;
        if open.is_finite() {
            years
                .entry(value("year", row) as i32)
                .or_default()
                .push((open, great));
        }
    }
    let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
    let rows = years
        .into_iter()
        .map(|(year, list)| {
            let mut all: Vec<f64> = list.iter().map(|s| s.0).collect();
            all.sort_by(f64::total_cmp);
            let great: Vec<f64> = list.iter().filter(|s| s.1).map(|s| s.0).collect();
            let median = all.get(all.len() / 2).copied().unwrap_or(f64::NAN);
            (
                year,
                vec![mean(&all), median, mean(&great), all.len() as f64],
            )
        })
        .collect();
    let mut out = by_year(
        &[
            "openness_mean",
            "openness_median",
            "openness_majors",
            "states",
        ],
        rows,
        &["cow_trade_sy", "cw_gdppop", "cow_majors"],
    );
    out.notes.push(
        "trade is in current USD and GDP in 2011 international dollars: compare states of one year, not years"
            .to_owned(),
    );
    Ok(Series {
        title: "Trade openness".to_owned(),
        label: "imports and exports (current USD) over GDP (2011 int. $)".to_owned(),
        source: "Correlates of War Trade 4.0; Fariss et al. (2022)".to_owned(),
        table: out,
        drawn: drawn(&[
            ("openness_mean", "mean"),
            ("openness_median", "median"),
            ("openness_majors", "major powers"),
        ]),
        zero: true,
    })
}

/// Two rows of the panel and the weight of their tie.
type Tie = (usize, usize, f64);

/// Networks of a year from a table of pairs.
fn network(
    store: &Store,
    table: &Table,
    weight: impl Fn(usize) -> f64,
    last: i32,
) -> Outcome<Vec<(i32, Vec<f64>)>> {
    use rayon::prelude::*;
    let states = States::load(store, System::Cow)?.carried_to(last);
    let panel = Panel::new(&states, 1816, last);
    let int = |name: &str, row: usize| table.get(name).and_then(|c| c.int(row));
    let mut ties: BTreeMap<i32, Vec<Tie>> = BTreeMap::new();
    for row in 0..table.rows() {
        let (Some(a), Some(b), Some(year)) =
            (int("ccode1", row), int("ccode2", row), int("year", row))
        else {
            continue;
        };
        let w = weight(row);
        if let (Some(a), Some(b)) = (panel.row(a, year), panel.row(b, year))
            && w > 0.0
        {
            ties.entry(year).or_default().push((a, b, w));
        }
    }
    let years: Vec<(i32, Vec<Tie>)> = ties.into_iter().collect();
    let years = years
        .into_par_iter()
        .map(|(year, ties)| one_network(&states, &panel, year, &ties));
    Ok(years.collect())
}

fn one_network(states: &States, panel: &Panel, year: i32, ties: &[Tie]) -> (i32, Vec<f64>) {
    let members: Vec<(usize, i32)> = states
        .list
        .iter()
        .enumerate()
        .filter_map(|(place, s)| Some((panel.at(place, year)?, s.code)))
        .collect();
    let mut at = vec![NO_ROW; panel.rows()];
    members
        .iter()
        .enumerate()
        .for_each(|(i, (row, _))| at[*row] = i as u32);
    let mut net = Network::new(members.len());
    for (a, b, w) in ties {
        net.tie(at[*a] as usize, at[*b] as usize, *w);
    }
    let c = net.centrality();
    let n = members.len() as f64;
    let top = |values: &[f64]| {
        let best =
            (0..values.len()).max_by(|i, j| values[*i].total_cmp(&values[*j]).then(j.cmp(i)));
        best.filter(|i| values[*i] > 0.0)
            .map_or(f64::NAN, |i| f64::from(members[i].1))
    };
    let row = vec![
        n,
        net.ties() as f64,
        net.density(),
        centralisation(&c.degree, (n - 1.0) * (n - 2.0)),
        centralisation(&c.betweenness, n - 1.0),
        top(&c.strength),
        top(&c.betweenness),
        top(&c.eigenvector),
    ];
    (year, row)
}

const NETWORK: [&str; 8] = [
    "states",
    "ties",
    "density",
    "degree_centralisation",
    "betweenness_centralisation",
    "top_strength",
    "top_betweenness",
    "top_eigenvector",
];

fn alliance_network(store: &Store) -> Outcome<Series> {
    let table = store.read(
        "atop_alliance",
        Some(&["ccode1", "ccode2", "year", "atop_defense"]),
    )?;
    let pact = |row: usize| table.get("atop_defense").map_or(0.0, |c| c.number(row));
    let rows = network(store, &table, pact, 2018)?;
    Ok(Series {
        title: "Network of defence pacts".to_owned(),
        label: "density and centralisation, 0 to 1".to_owned(),
        source: "ATOP 5.1; Correlates of War state system v2016".to_owned(),
        table: by_year(&NETWORK, rows, &["atop_alliance", "cow_states"]),
        drawn: drawn(&[
            ("density", "density"),
            ("degree_centralisation", "centralisation, degree"),
            ("betweenness_centralisation", "centralisation, betweenness"),
        ]),
        zero: true,
    })
}

fn trade_network(store: &Store) -> Outcome<Series> {
    let table = store.read(
        "cow_trade_ndy",
        Some(&["ccode1", "ccode2", "year", "flow1", "flow2"]),
    )?;
    let flow = |name: &str, row: usize| table.get(name).and_then(|c| c.float(row)).unwrap_or(0.0);
    let both = |row: usize| flow("flow1", row) + flow("flow2", row);
    let rows = network(store, &table, both, 2014)?;
    let mut out = by_year(&NETWORK, rows, &["cow_trade_ndy", "cow_states"]);
    out.notes
        .push("a tie is trade of at least one million current USD".to_owned());
    Ok(Series {
        title: "Network of trade".to_owned(),
        label: "density and centralisation, 0 to 1".to_owned(),
        source: "Correlates of War Trade 4.0; state system v2016".to_owned(),
        table: out,
        drawn: drawn(&[
            ("density", "density"),
            ("degree_centralisation", "centralisation, degree"),
            ("betweenness_centralisation", "centralisation, betweenness"),
        ]),
        zero: true,
    })
}

fn similarity(store: &Store, from: Option<i32>, to: Option<i32>) -> Outcome<Series> {
    let with = [Attribute::Similarity, Attribute::Majors];
    let request = Request::new(Unit::DyadYears { directed: false }, &with)
        .years(from.unwrap_or(1816), to.unwrap_or(2016));
    let table = build(store, &request)?;
    let value = |name: &str, row: usize| table.get(name).map_or(f64::NAN, |c| c.number(row));
    let names = ["atop_s", "atop_s_weighted", "atop_kappa", "atop_pi"];
    let mut years: BTreeMap<i32, (f64, [f64; 4], [f64; 4])> = BTreeMap::new();
    for row in 0..table.rows() {
        if value("cowmaj1", row) != 1.0 || value("cowmaj2", row) != 1.0 {
            continue;
        }
        let entry = years.entry(value("year", row) as i32).or_default();
        entry.0 += 1.0;
        for ((sum, n), name) in entry.1.iter_mut().zip(&mut entry.2).zip(names) {
            let x = value(name, row);
            if x.is_finite() {
                *sum += x;
                *n += 1.0;
            }
        }
    }
    let rows = years
        .into_iter()
        .map(|(year, (pairs, sums, counts))| {
            let mut row = vec![pairs];
            row.extend(sums.iter().zip(counts).map(|(s, n)| s / n));
            (year, row)
        })
        .collect();
    Ok(Series {
        title: "Similarity of the major powers' alliance portfolios".to_owned(),
        label: "mean over pairs of major powers, -1 to 1".to_owned(),
        source: "ATOP 5.1; National Material Capabilities 7.0".to_owned(),
        table: by_year(
            &["pairs", "s", "s_weighted", "kappa", "pi"],
            rows,
            &["atop_alliance", "cow_nmc", "cow_majors"],
        ),
        drawn: drawn(&[
            ("s", "S"),
            ("s_weighted", "S, weighted"),
            ("kappa", "kappa"),
            ("pi", "pi"),
        ]),
        zero: false,
    })
}

fn onsets(store: &Store) -> Outcome<Series> {
    let wars = wars::interstate(store)?;
    let disputes = store.read("gml_mid_disps", Some(&["dispnum", "styear"]))?;
    let (first, last) = (1816, 2010);
    let last_war = 2003;
    let mut rows: Vec<(i32, Vec<f64>)> = (first..=last)
        .map(|y| (y, vec![if y <= last_war { 0.0 } else { f64::NAN }, 0.0]))
        .collect();
    let mut add = |year: i32, column: usize| {
        let at = usize::try_from(year - first).ok();
        if let Some((_, row)) = at.and_then(|at| rows.get_mut(at)) {
            row[column] += 1.0;
        }
    };
    wars.iter().for_each(|w| add(w.year, 0));
    (0..disputes.rows())
        .filter_map(|r| disputes.get("styear")?.int(r))
        .for_each(|year| add(year, 1));
    let mut table = by_year(
        &["wars", "disputes"],
        rows,
        &["cow_war_inter", "gml_mid_disps"],
    );
    table.notes.push(format!("the war data end in {last_war}"));
    Ok(Series {
        title: "Onsets".to_owned(),
        label: "number that begin in the year".to_owned(),
        source: "Correlates of War Inter-State War 4.0; GML disputes 2.2.1".to_owned(),
        table,
        drawn: drawn(&[
            ("wars", "interstate wars"),
            ("disputes", "militarised disputes"),
        ]),
        zero: true,
    })
}
