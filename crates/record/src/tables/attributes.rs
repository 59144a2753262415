//! What can hang on state-years and dyad-years, and how each is joined.

use super::frame::{Found, Frame, coverage};
use super::spells;
use super::universe::{System, via};
use super::whittle::{self, Disputes, with_default};
use crate::codes;
use crate::column::{Column, MISSING, NO_ROW, year_of};
use crate::pack::nearest;
use crate::refusal::{Outcome, Refusal};
use std::sync::Arc;

/// An attribute of `--with`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // The names say it; `NAMES` has the words of the command line.
pub enum Attribute {
    MidsCow,
    MidsCowFull,
    MidsGml,
    MidsGmlFull,
    Capabilities,
    Majors,
    Contiguity,
    CapitalDistance,
    MinimumDistance,
    Democracy,
    Alliances,
    Trade,
    Igos,
    Rivalries,
    GdpPopulation,
    Leaders,
    LeaderAttributes,
    WillingnessToUseForce,
    IdealPoints,
    CivilWars,
    Similarity,
    Spells,
    SpellTerms,
    PoliticallyRelevant,
}

/// Names of the attributes and what they bring.
pub const NAMES: &[(&str, Attribute, &str)] = &[
    (
        "mids-cow",
        Attribute::MidsCow,
        "disputes, Correlates of War: onset and ongoing",
    ),
    (
        "mids-cow-full",
        Attribute::MidsCowFull,
        "the same with number, sides, deaths, hostility",
    ),
    (
        "mids-gml",
        Attribute::MidsGml,
        "disputes, Gibler-Miller-Little: onset, ongoing, initiators, sides",
    ),
    (
        "mids-gml-full",
        Attribute::MidsGmlFull,
        "the same with number, deaths, hostility, durations",
    ),
    (
        "capabilities",
        Attribute::Capabilities,
        "material capabilities and their index",
    ),
    ("majors", Attribute::Majors, "major powers"),
    (
        "contiguity",
        Attribute::Contiguity,
        "contiguity by land and sea",
    ),
    (
        "capital-distance",
        Attribute::CapitalDistance,
        "distance between capitals, km",
    ),
    (
        "minimum-distance",
        Attribute::MinimumDistance,
        "smallest distance, km",
    ),
    ("democracy", Attribute::Democracy, "scores of democracy"),
    (
        "alliances",
        Attribute::Alliances,
        "alliance obligations (ATOP)",
    ),
    ("trade", Attribute::Trade, "trade, current million USD"),
    ("igos", Attribute::Igos, "intergovernmental organisations"),
    ("rivalries", Attribute::Rivalries, "strategic rivalries"),
    (
        "gdp-population",
        Attribute::GdpPopulation,
        "GDP and population, latent estimates",
    ),
    ("leaders", Attribute::Leaders, "turnover of leaders"),
    (
        "leader-attributes",
        Attribute::LeaderAttributes,
        "backgrounds of leaders (leader-years)",
    ),
    (
        "willingness-to-use-force",
        Attribute::WillingnessToUseForce,
        "estimates for leaders (leader-years)",
    ),
    (
        "ideal-points",
        Attribute::IdealPoints,
        "ideal points from votes in the General Assembly",
    ),
    (
        "un-votes",
        Attribute::IdealPoints,
        "the same as ideal-points",
    ),
    (
        "civil-wars",
        Attribute::CivilWars,
        "intra-state wars (state-years)",
    ),
    (
        "similarity",
        Attribute::Similarity,
        "similarity of alliance portfolios (dyad-years)",
    ),
    (
        "spells",
        Attribute::Spells,
        "peace years since the last dispute or civil war",
    ),
    (
        "spell-terms",
        Attribute::SpellTerms,
        "the same with square and cube",
    ),
    (
        "politically-relevant",
        Attribute::PoliticallyRelevant,
        "contiguous, or a major power among them (dyad-years)",
    ),
];

impl Attribute {
    /// The attribute of a name.
    pub fn parse(name: &str) -> Outcome<Attribute> {
        NAMES
            .iter()
            .find(|(n, _, _)| *n == name)
            .map(|(_, a, _)| *a)
            .ok_or_else(|| {
                let near = nearest(name, NAMES.iter().map(|(n, _, _)| *n));
                let names: Vec<&str> = NAMES.iter().map(|(n, _, _)| *n).collect();
                Refusal::error(
                    codes::UNKNOWN_NAME,
                    format!("there is no attribute `{name}`"),
                    match near {
                        Some(n) => format!("did you mean `{n}`?"),
                        None => format!("the attributes are {}", names.join(", ")),
                    },
                )
            })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        NAMES
            .iter()
            .find(|(_, a, _)| *a == self)
            .map_or("", |(n, _, _)| n)
    }

    /// Whether it is made of other columns, once these are there.
    pub fn derived(self) -> bool {
        matches!(
            self,
            Attribute::Spells | Attribute::SpellTerms | Attribute::PoliticallyRelevant
        )
    }

    /// Finds its columns.
    pub fn find(self, frame: &Frame) -> Outcome<Found> {
        match self {
            Attribute::MidsCow => mids(frame, Disputes::Cow, false),
            Attribute::MidsCowFull => mids(frame, Disputes::Cow, true),
            Attribute::MidsGml => mids(frame, Disputes::Gml, false),
            Attribute::MidsGmlFull => mids(frame, Disputes::Gml, true),
            Attribute::Capabilities => frame.join_panel(
                "cow_nmc",
                System::Cow,
                &["milex", "milper", "irst", "pec", "tpop", "upop", "cinc"],
            ),
            Attribute::Majors => majors(frame),
            Attribute::Contiguity => super::geography::contiguity(frame),
            Attribute::CapitalDistance => super::geography::capital_distance(frame),
            Attribute::MinimumDistance => super::geography::minimum_distance(frame),
            Attribute::Democracy => {
                let (table, coding) = match frame.states.system {
                    System::Cow => ("cw_democracy", System::Cow),
                    System::Gw => ("gw_democracy", System::Gw),
                };
                frame.join_panel(
                    table,
                    coding,
                    &["euds", "aeuds", "polity2", "v2x_polyarchy"],
                )
            }
            Attribute::Alliances => alliances(frame),
            Attribute::Trade => trade(frame),
            Attribute::Igos => igos(frame),
            Attribute::Rivalries => rivalries(frame),
            Attribute::GdpPopulation => frame.join_panel(
                "cw_gdppop",
                System::Cow,
                &[
                    "mrgdppc",
                    "sd_mrgdppc",
                    "pwtrgdp",
                    "sd_pwtrgdp",
                    "pwtpop",
                    "sd_pwtpop",
                ],
            ),
            Attribute::Leaders => super::leaders::turnover(frame),
            Attribute::IdealPoints => ideal_points(frame),
            Attribute::CivilWars => super::wars::civil_wars(frame),
            Attribute::Similarity => super::portfolio::attribute(frame),
            Attribute::LeaderAttributes | Attribute::WillingnessToUseForce => {
                Err(only(self, "leader-years"))
            }
            Attribute::Spells | Attribute::SpellTerms | Attribute::PoliticallyRelevant => {
                Ok(Found::default())
            }
        }
    }
}

/// The refusal of an attribute for another unit of analysis.
pub fn only(attribute: Attribute, unit: &str) -> Refusal {
    Refusal::error(
        codes::BAD_REQUEST,
        format!("`{}` is for {unit}", attribute.name()),
        format!("leave it out, or ask for `table {unit}`"),
    )
}

/// Last year of the dispute data.
fn last_dispute_year(which: Disputes) -> i32 {
    match which {
        Disputes::Cow => 2014,
        Disputes::Gml => 2010,
    }
}

fn mids(frame: &Frame, which: Disputes, full: bool) -> Outcome<Found> {
    if frame.dyads.is_none() {
        return state_mids(frame, which, full);
    }
    let table = whittle::dyad_years(frame.store, which, &frame.choices.whittle)?;
    let joined = frame.dyad_rows(&table, false);
    let last = last_dispute_year(which);
    let mut found = Found {
        notes: joined.notes(which.table(), frame),
        ..Found::default()
    };
    found.sources.extend(table.sources.iter().cloned());
    // Row 0 is a dyad-year without a dispute; years outside the data have no row.
    let rows: Vec<u32> = joined
        .rows
        .iter()
        .zip(frame.dyad_years.iter())
        .map(|(row, year)| match *row {
            NO_ROW if i32::from(*year) <= last => 0,
            NO_ROW => NO_ROW,
            row => row + 1,
        })
        .collect();
    let rows = Arc::new(rows);
    let prefix = match which {
        Disputes::Cow => "cowmid",
        Disputes::Gml => "gmlmid",
    };
    let (onset, ongoing) = (format!("{prefix}onset"), format!("{prefix}ongoing"));
    let brief_gml = ["init1", "init2", "sidea1", "sidea2", "orig1", "orig2"];
    let names: Vec<String> = match (full, which) {
        (false, Disputes::Cow) => vec![onset.clone(), ongoing.clone()],
        (false, Disputes::Gml) => [onset.clone(), ongoing.clone()]
            .into_iter()
            .chain(brief_gml.map(str::to_owned))
            .collect(),
        (true, _) => table
            .names
            .iter()
            .filter(|n| !["ccode1", "ccode2", "year", "version"].contains(&n.as_str()))
            .filter(|n| which == Disputes::Gml || !n.starts_with("init"))
            .cloned()
            .collect(),
    };
    for name in names {
        let Some(column) = table.get(&name) else {
            continue;
        };
        let counts = name == onset || name == ongoing;
        let column = if frame.choices.as_upstream {
            column.clone()
        } else {
            column.clone().without_codes(&[-9])
        };
        let of = with_default(&column, counts.then_some(0));
        found.push(name, via(&rows, &of));
    }
    Ok(found)
}

/// State-years: whether the state is in any dispute.
fn state_mids(frame: &Frame, which: Disputes, full: bool) -> Outcome<Found> {
    if which == Disputes::Cow || full {
        return Err(Refusal::error(
            codes::BAD_REQUEST,
            "state-years have disputes of the Gibler-Miller-Little data only",
            "ask for `mids-gml`",
        ));
    }
    let names = [
        "ccode",
        "styear",
        "endyear",
        "sidea",
        "orig",
        "allmiss_leader_start",
        "allmiss_leader_end",
    ];
    let part = frame.store.read_raw("gml_part", Some(&names))?;
    let int = |name: &str, row: usize| part.get(name).and_then(|c| c.int(row));
    let rows = frame.panel.rows();
    let mut flags = [const { Vec::new() }; 4].map(|_: Vec<i32>| vec![0i32; rows]);
    let mut dropped = 0;
    for row in 0..part.rows() {
        let (Some(code), Some(first), Some(last)) =
            (int("ccode", row), int("styear", row), int("endyear", row))
        else {
            continue;
        };
        // The package filters by known leaders here, too, and so loses disputes of states.
        let leaderless = int("allmiss_leader_start", row) != Some(0)
            || int("allmiss_leader_end", row) != Some(0);
        if frame.choices.as_upstream && leaderless {
            dropped += 1;
            continue;
        }
        let init = int("sidea", row) == Some(1) || int("orig", row) == Some(0);
        for year in first..=last {
            let at = frame
                .place(code, System::Cow, year)
                .and_then(|p| frame.panel.at(p, year));
            let Some(at) = at else { continue };
            let new = year == first;
            let values = [true, new, init, new && init];
            for (flag, value) in flags.iter_mut().zip(values) {
                if let Some(slot) = flag.get_mut(at) {
                    *slot |= i32::from(value);
                }
            }
        }
    }
    let mut found = Found::default();
    found.sources.push("gml_part".to_owned());
    if dropped > 0 {
        found.notes.push(format!(
            "as upstream: {dropped} participations without a known leader are left out"
        ));
    }
    let after = last_dispute_year(which);
    if !frame.choices.as_upstream {
        coverage(&mut found.notes, "gml_part", after, frame.panel.to);
    }
    let names = [
        "gmlmidongoing",
        "gmlmidonset",
        "gmlmidongoing_init",
        "gmlmidonset_init",
    ];
    for (name, mut flag) in names.into_iter().zip(flags) {
        if !frame.choices.as_upstream {
            for (row, slot) in flag.iter_mut().enumerate() {
                if frame.panel.year_at(row) > after {
                    *slot = MISSING;
                }
            }
        }
        found.push(name, Column::Int(flag));
    }
    Ok(found)
}

fn majors(frame: &Frame) -> Outcome<Found> {
    let table = frame
        .store
        .read("cow_majors", Some(&["ccode", "styear", "endyear"]))?;
    let int = |name: &str, row: usize| table.get(name).and_then(|c| c.int(row));
    let list_end = (0..table.rows())
        .filter_map(|r| int("endyear", r))
        .max()
        .unwrap_or(0);
    let mut flag = vec![0; frame.panel.rows()];
    for row in 0..table.rows() {
        let (Some(code), Some(first), Some(last)) =
            (int("ccode", row), int("styear", row), int("endyear", row))
        else {
            continue;
        };
        // Like the list of states, the list of major powers is carried on.
        let last = if last == list_end {
            frame.panel.to.max(last)
        } else {
            last
        };
        for year in first.max(frame.panel.from)..=last.min(frame.panel.to) {
            let at = frame
                .place(code, System::Cow, year)
                .and_then(|p| frame.panel.at(p, year));
            if let Some(slot) = at.and_then(|at| flag.get_mut(at)) {
                *slot = 1;
            }
        }
    }
    let mut found = Found::default();
    found.sources.push("cow_majors".to_owned());
    if list_end < frame.panel.to {
        found.notes.push(format!(
            "cow_majors ends in {list_end}; its last major powers are carried to {}",
            frame.panel.to
        ));
    }
    frame.hang(&mut found, vec![("cowmaj".to_owned(), Column::Int(flag))]);
    Ok(found)
}

/// The five obligations, as bits.
const OBLIGATIONS: [&str; 5] = [
    "atop_defense",
    "atop_offense",
    "atop_neutral",
    "atop_nonagg",
    "atop_consul",
];

fn alliances(frame: &Frame) -> Outcome<Found> {
    let Some(dyads) = frame.dyads else {
        return Err(only(Attribute::Alliances, "dyad-years"));
    };
    let mut wanted = vec!["ccode1", "ccode2", "year"];
    wanted.extend(OBLIGATIONS);
    let table = frame.read("atop_alliance", &wanted)?;
    let joined = frame.dyad_rows(&table, false);
    // A pair without an alliance and the thirty-two combinations of obligations make a
    // small table to look into. An alliance may hold none of the five obligations.
    let combination = |row: usize| -> u32 {
        OBLIGATIONS
            .iter()
            .enumerate()
            .map(|(bit, name)| {
                let on = table.get(name).and_then(|c| c.int(row)) == Some(1);
                u32::from(on) << bit
            })
            .sum()
    };
    let of_source: Vec<u32> = (0..table.rows()).map(combination).collect();
    let last = joined.last_year;
    let mut rows: Vec<u32> = joined
        .rows
        .iter()
        .zip(frame.dyad_years.iter())
        .map(|(row, year)| match of_source.get(*row as usize) {
            Some(combination) => *combination + 1,
            None if i32::from(*year) <= last => 0,
            None => NO_ROW,
        })
        .collect();
    if !dyads.directed {
        // A pair without direction has an obligation that either owes the other.
        either_way(frame, &table, &of_source, &mut rows);
    }
    let rows = Arc::new(rows);
    let mut found = Found {
        notes: joined.notes("atop_alliance", frame),
        ..Found::default()
    };
    found.sources.push("atop_alliance".to_owned());
    let any = Column::Int((0..33).map(|c| i32::from(c != 0)).collect());
    found.push("atop_alliance", via(&rows, &Arc::new(any)));
    for (bit, name) in OBLIGATIONS.iter().enumerate() {
        let of = Column::Int((0..33).map(|c: i32| ((c - 1).max(0) >> bit) & 1).collect());
        found.push(*name, via(&rows, &Arc::new(of)));
    }
    Ok(found)
}

/// Adds the obligations of the second state towards the first.
fn either_way(frame: &Frame, table: &crate::Table, of_source: &[u32], rows: &mut [u32]) {
    let int = |name: &str, row: usize| table.get(name).and_then(|c| c.int(row));
    for (row, combination) in of_source.iter().enumerate() {
        let (Some(a), Some(b), Some(year)) =
            (int("ccode1", row), int("ccode2", row), int("year", row))
        else {
            continue;
        };
        let place = |code| frame.place(code, System::Cow, year);
        let at = match (place(b), place(a), frame.dyads) {
            (Some(i), Some(j), Some(dyads)) => dyads.at(i, j, year),
            _ => None,
        };
        if let Some(slot) = at.and_then(|at| rows.get_mut(at)).filter(|s| **s != NO_ROW) {
            let own = slot.saturating_sub(1);
            *slot = (own | combination) + 1;
        }
    }
}

/// Joins columns of a table that names each pair once.
fn undirected(frame: &Frame, table: &str, columns: &[&str]) -> Outcome<Found> {
    let mut wanted = vec!["ccode1", "ccode2", "year"];
    wanted.extend_from_slice(columns);
    let source = frame.read(table, &wanted)?;
    let joined = frame.dyad_rows(&source, true);
    let mut found = Found {
        notes: joined.notes(table, frame),
        ..Found::default()
    };
    found.sources.push(table.to_owned());
    let rows = Arc::new(joined.rows);
    for name in columns {
        if let Some(column) = source.get(name) {
            found.push(*name, via(&rows, &Arc::new(column.clone())));
        }
    }
    Ok(found)
}

fn igos(frame: &Frame) -> Outcome<Found> {
    match frame.dyads {
        Some(_) => undirected(frame, "cow_igo_ndy", &["dyadigos"]),
        None => frame.join_panel(
            "cow_igo_sy",
            System::Cow,
            &[
                "sum_igo_full",
                "sum_igo_associate",
                "sum_igo_observer",
                "sum_igo_anytype",
            ],
        ),
    }
}

fn trade(frame: &Frame) -> Outcome<Found> {
    if frame.dyads.is_none() {
        return frame.join_panel("cow_trade_sy", System::Cow, &["imports", "exports"]);
    }
    let names = ["flow1", "flow2", "smoothflow1", "smoothflow2"];
    let mut found = undirected(frame, "cow_trade_ndy", &names)?;
    // In the source the first state has the lower code; where our first state has the
    // higher one, its imports are the source's second flow.
    let codes = |rows: &[u32]| -> Vec<i32> {
        let code = |r: &u32| frame.panel.code.int(*r as usize).unwrap_or(0);
        rows.iter().map(code).collect()
    };
    let Some(dyads) = frame.dyads else {
        return Ok(found);
    };
    let crossed: Vec<bool> = codes(&dyads.rows1)
        .iter()
        .zip(codes(&dyads.rows2))
        .map(|(a, b)| *a > b)
        .collect();
    for pair in found.columns.chunks_mut(2) {
        let [(_, first), (_, second)] = pair else {
            continue;
        };
        let pick = |straight: &Column, other: &Column| {
            let value = |r: usize| {
                if crossed[r] {
                    other.int(r)
                } else {
                    straight.int(r)
                }
            };
            Column::Int(
                (0..crossed.len())
                    .map(|r| value(r).unwrap_or(MISSING))
                    .collect(),
            )
        };
        (*first, *second) = (pick(first, second), pick(second, first));
    }
    found
        .notes
        .push("cow_trade_ndy: flows are rounded to whole millions at the source".to_owned());
    Ok(found)
}

fn rivalries(frame: &Frame) -> Outcome<Found> {
    const TYPES: [&str; 4] = ["positional", "spatial", "ideological", "interventionary"];
    let mut wanted = vec!["tssr_id", "ccode1", "ccode2", "start", "end"];
    wanted.extend(TYPES);
    let table = frame.store.read("tss_rivalries", Some(&wanted))?;
    let int = |name: &str, row: usize| table.get(name).and_then(|c| c.int(row));
    let last = (0..table.rows())
        .filter_map(|r| int("end", r))
        .max()
        .unwrap_or(0);
    let mut years = Vec::new();
    for row in 0..table.rows() {
        let (Some(a), Some(b), Some(start), Some(end)) = (
            int("ccode1", row),
            int("ccode2", row),
            int("start", row),
            int("end", row),
        ) else {
            continue;
        };
        // The list gives Austria-Hungary's rivalry with Serbia two years of the successor.
        let successor = |code: i32, year: i32| {
            if code == 300 && year >= 1919 {
                305
            } else {
                code
            }
        };
        for year in start.max(frame.panel.from)..=end.min(frame.panel.to) {
            years.push((row, successor(a, year), successor(b, year), year));
        }
    }
    let mut found = Found::default();
    found.sources.push("tss_rivalries".to_owned());
    coverage(&mut found.notes, "tss_rivalries", last, frame.panel.to);
    let place = |code, year| frame.place(code, System::Cow, year);
    let Some(dyads) = frame.dyads else {
        let names = [
            "n_ideological",
            "n_interventionary",
            "n_positional",
            "n_spatial",
        ];
        for (name, kind) in names.into_iter().zip([2, 3, 0, 1]) {
            let mut counts: Vec<i32> = (0..frame.panel.rows())
                .map(|r| {
                    if frame.panel.year_at(r) <= last {
                        0
                    } else {
                        MISSING
                    }
                })
                .collect();
            for (row, a, b, year) in &years {
                let hit = int(TYPES[kind], *row).unwrap_or(0);
                for code in [a, b] {
                    let at = place(*code, *year).and_then(|p| frame.panel.at(p, *year));
                    if let Some(slot) = at.and_then(|at| counts.get_mut(at)) {
                        *slot += hit;
                    }
                }
            }
            found.push(name, Column::Int(counts));
        }
        return Ok(found);
    };
    let mut rows: Vec<u32> = frame
        .dyad_years
        .iter()
        .map(|y| if i32::from(*y) <= last { 0 } else { NO_ROW })
        .collect();
    for (row, a, b, year) in &years {
        let (Some(i), Some(j)) = (place(*a, *year), place(*b, *year)) else {
            continue;
        };
        for at in [dyads.at(i, j, *year), dyads.at(j, i, *year)]
            .into_iter()
            .flatten()
        {
            if let Some(slot) = rows.get_mut(at) {
                *slot = *row as u32 + 1;
            }
        }
    }
    let rows = Arc::new(rows);
    let column = |name: &str| table.get(name).cloned().unwrap_or(Column::Int(Vec::new()));
    found.push(
        "tssr_id",
        via(&rows, &with_default(&column("tssr_id"), None)),
    );
    for name in TYPES {
        let zeroes: Vec<i32> = (0..table.rows())
            .map(|r| int(name, r).unwrap_or(0))
            .collect();
        found.push(
            name,
            via(&rows, &with_default(&Column::Int(zeroes), Some(0))),
        );
    }
    let ongoing = Column::Int(vec![1; table.rows()]);
    let ongoing = via(&rows, &with_default(&ongoing, Some(0)));
    found.push(
        "ongoingrivalry",
        if frame.choices.as_upstream {
            // The package says 1 for every pair after the last year of the list.
            Column::Int(
                (0..rows.len())
                    .map(|r| ongoing.int(r).unwrap_or(1))
                    .collect(),
            )
        } else {
            ongoing
        },
    );
    Ok(found)
}

fn ideal_points(frame: &Frame) -> Outcome<Found> {
    let names = ["idealpointfp", "idealpointall", "idealpointlegacy"];
    let mut found = frame.join_panel("idealpoints", System::Cow, &names)?;
    if frame.dyads.is_some() {
        let side = |s: &str| {
            let name = format!("idealpointall{s}");
            found
                .columns
                .iter()
                .find(|(n, _)| *n == name)
                .map(|(_, c)| c.clone())
        };
        if let (Some(a), Some(b)) = (side("1"), side("2")) {
            let distance = (0..a.len())
                .map(|r| (a.number(r) - b.number(r)).abs())
                .collect();
            found.push("idealpointdistance", Column::Float(distance));
        }
    }
    Ok(found)
}

/// Columns made of columns: spells and political relevance.
pub fn derive(attribute: Attribute, frame: &Frame, table: &mut crate::Table) -> Outcome<()> {
    match attribute {
        Attribute::Spells => spell_columns(frame, table, false),
        Attribute::SpellTerms => spell_columns(frame, table, true),
        Attribute::PoliticallyRelevant => relevance(frame, table),
        _ => Ok(()),
    }
}

fn spell_columns(frame: &Frame, table: &mut crate::Table, terms: bool) -> Outcome<()> {
    let starts = match frame.dyads {
        Some(d) => d.pair_starts.clone(),
        None => state_starts(frame),
    };
    let mut any = false;
    for (event, name) in [
        ("cowintraongoing", "cowintraspell"),
        ("cowmidongoing", "cowmidspell"),
        ("gmlmidongoing", "gmlmidspell"),
        ("gmlmidongoing_init", "gmlmidinitspell"),
    ] {
        let Some(column) = table.get(event) else {
            continue;
        };
        any = true;
        let spell = match column {
            // The usual case without the cost of the general one.
            Column::Via { rows, of } => match of.as_ref() {
                Column::Int(values) => spells::since_event(
                    |r| {
                        let at = rows.get(r).map_or(usize::MAX, |x| *x as usize);
                        values.get(at).copied().unwrap_or(MISSING)
                    },
                    &starts,
                ),
                _ => spells::since_event(|r| column.int(r).unwrap_or(MISSING), &starts),
            },
            _ => spells::since_event(|r| column.int(r).unwrap_or(MISSING), &starts),
        };
        if terms {
            let (square, cube) = spells::powers(&spell);
            table.set(name, spell);
            table.set(format!("{name}2"), square);
            table.set(format!("{name}3"), cube);
        } else {
            table.set(name, spell);
        }
    }
    if any {
        return Ok(());
    }
    Err(Refusal::error(
        codes::BAD_REQUEST,
        "spells need something to count from",
        "add `mids-gml`, `mids-cow` or (for state-years) `civil-wars` to `--with`",
    ))
}

fn state_starts(frame: &Frame) -> Vec<u32> {
    let mut starts = Vec::new();
    let mut last = u32::MAX;
    for (row, state) in frame.panel.state.iter().enumerate() {
        if *state != last {
            starts.push(row as u32);
            last = *state;
        }
    }
    starts.push(frame.panel.rows() as u32);
    starts
}

fn relevance(frame: &Frame, table: &mut crate::Table) -> Outcome<()> {
    if frame.dyads.is_none() {
        return Err(only(Attribute::PoliticallyRelevant, "dyad-years"));
    }
    let column = |name: &str| {
        table.get(name).cloned().ok_or_else(|| {
            Refusal::error(
                codes::BAD_REQUEST,
                "political relevance needs contiguity and major powers",
                "add `contiguity` and `majors` to `--with`",
            )
        })
    };
    let (contiguous, first, second) = (column("conttype")?, column("cowmaj1")?, column("cowmaj2")?);
    let prd = (0..table.rows())
        .map(|r| match contiguous.int(r) {
            Some(c) => i32::from(c >= 1 || first.int(r) == Some(1) || second.int(r) == Some(1)),
            // As in the package: without contiguity data a pair is not relevant.
            None => 0,
        })
        .collect();
    table.set("prd", Column::Int(prd));
    Ok(())
}

/// Year of a day column, or missing.
pub fn year_in(column: Option<&Column>, row: usize) -> Option<i32> {
    column.and_then(|c| c.int(row)).map(year_of)
}
