//! The "dangerous dyads" of Bremer (1992), in the dispute-onset version of the R package
//! peacesciencer.
//!
//! Bremer modelled the onset of interstate war from 1816 to 1965. This model explains the
//! onset of militarised disputes (Gibler, Miller and Little 2016) between politically
//! relevant states from 1816 to 2010 with the same conditions: contiguity by land, relative
//! power, major-power status, alliance, democracy, development, militarisation.

use super::formula::Formula;
use super::logit::{Fit, Sample, fit};
use crate::column::{Column, Table};
use crate::refusal::Outcome;
use crate::store::Store;
use crate::tables::attributes::Attribute;
use crate::tables::{Request, Unit, build, spells};

/// The model.
pub const FORMULA: &str = "gmlmidonset ~ landcontig + cincprop + cowmajdyad + atop_defense + \
     mindemest + minmgdppc + minmilit + gmlmidspell + I(gmlmidspell^2) + I(gmlmidspell^3)";

/// Words for the terms.
pub const LABELS: &[(&str, &str)] = &[
    ("(Intercept)", "constant"),
    ("landcontig", "contiguous by land"),
    ("cincprop", "relative power (weaker to stronger)"),
    ("cowmajdyad", "major power among the two"),
    ("atop_defense", "defence pact"),
    ("mindemest", "democracy, lower of the two"),
    ("minmgdppc", "GDP per head, lower of the two"),
    ("minmilit", "militarisation, lower of the two"),
    ("gmlmidspell", "peace years"),
    ("I(gmlmidspell^2)", "peace years, squared"),
    ("I(gmlmidspell^3)", "peace years, cubed"),
];

/// The data: politically relevant undirected dyad-years with the model's columns.
pub fn data(store: &Store) -> Outcome<Table> {
    let with = [
        Attribute::Contiguity,
        Attribute::Majors,
        Attribute::PoliticallyRelevant,
        Attribute::MidsGml,
        Attribute::Capabilities,
        Attribute::Democracy,
        Attribute::Alliances,
        Attribute::GdpPopulation,
    ];
    let request = Request::new(Unit::DyadYears { directed: false }, &with).years(1816, 2010);
    let all = build(store, &request)?;
    let relevant: Vec<u32> = match all.get("prd") {
        Some(prd) => (0..all.rows() as u32)
            .filter(|r| prd.int(*r as usize) == Some(1))
            .collect(),
        None => Vec::new(),
    };
    let mut table = all.take(&relevant);
    // Peace years count politically relevant years only.
    let starts = pair_starts(&table);
    if let Some(ongoing) = table.get("gmlmidongoing") {
        let event = |r: usize| ongoing.int(r).unwrap_or(crate::column::MISSING);
        let spell = spells::since_event(event, &starts);
        table.set("gmlmidspell", spell);
    }
    recode(&mut table);
    Ok(table)
}

/// First row of each pair, and the number of rows.
fn pair_starts(table: &Table) -> Vec<u32> {
    let code = |name: &str, row: usize| table.get(name).and_then(|c| c.int(row));
    let mut starts = Vec::new();
    let mut last = None;
    for row in 0..table.rows() {
        let pair = (code("ccode1", row), code("ccode2", row));
        if last != Some(pair) {
            starts.push(row as u32);
            last = Some(pair);
        }
    }
    starts.push(table.rows() as u32);
    starts
}

fn recode(table: &mut Table) {
    let rows = table.rows();
    let column = |name: &str| -> Vec<f64> {
        table
            .get(name)
            .map_or(Vec::new(), |c| (0..rows).map(|r| c.number(r)).collect())
    };
    let both = |a: &[f64], b: &[f64], f: fn(f64, f64) -> f64| -> Column {
        // A missing value on either side is missing, which `min` and `max` would hide.
        let one = |(x, y): (&f64, &f64)| {
            if x.is_nan() || y.is_nan() {
                f64::NAN
            } else {
                f(*x, *y)
            }
        };
        Column::Float(a.iter().zip(b).map(one).collect())
    };
    let share =
        |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(x, y)| x / y).collect() };
    let land: Vec<i32> = column("conttype")
        .iter()
        .map(|c| i32::from(*c == 1.0))
        .collect();
    let lower = |name: &str| {
        both(
            &column(&format!("{name}1")),
            &column(&format!("{name}2")),
            f64::min,
        )
    };
    let new = [
        ("landcontig", Column::Int(land)),
        (
            "cincprop",
            both(&column("cinc1"), &column("cinc2"), |x, y| {
                x.min(y) / x.max(y)
            }),
        ),
        (
            "cowmajdyad",
            both(&column("cowmaj1"), &column("cowmaj2"), f64::max),
        ),
        ("mindemest", lower("aeuds")),
        ("minmgdppc", lower("mrgdppc")),
        (
            "minmilit",
            both(
                &share(&column("milper1"), &column("tpop1")),
                &share(&column("milper2"), &column("tpop2")),
                f64::min,
            ),
        ),
    ];
    for (name, column) in new {
        table.set(name, column);
    }
}

/// The replication.
pub struct Replication {
    /// The data.
    pub table: Table,
    /// The rows used.
    pub sample: Sample,
    /// The fit.
    pub fit: Fit,
}

/// Builds the data and fits the model.
pub fn run(store: &Store) -> Outcome<Replication> {
    let table = data(store)?;
    let sample = Sample::new(Formula::parse(FORMULA)?, &table)?;
    let fit = fit(&sample, None)?;
    Ok(Replication { table, sample, fit })
}
