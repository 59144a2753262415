//! Several disputes in one dyad-year: rules that leave one.
//!
//! Miller (2021), "How peacesciencer Coerces Dispute-Year Data into Dyad-Year Data": each
//! rule looks at dyad-years with more than one dispute and keeps the disputes that are
//! best by it; the order of the rules is the user's.

use crate::codes;
use crate::column::{Column, MISSING, Table};
use crate::pack::nearest;
use crate::refusal::{Outcome, Refusal};
use crate::store::Store;
use std::sync::Arc;

/// A rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Where some are new this year, keep the new ones.
    Onsets,
    /// Keep the deadliest; unknown deaths count between none and some.
    Fatality,
    /// Keep the highest level of hostility.
    Hostility,
    /// Keep the longest by the shorter estimate.
    Duration,
    /// Keep the longest by the longer estimate.
    LongestDuration,
    /// Keep those that side B answered.
    Reciprocation,
    /// Keep the earliest start month.
    StartMonth,
    /// Keep the one with the lowest number.
    First,
}

/// Names on the command line.
pub const RULES: &[(&str, Rule)] = &[
    ("onsets", Rule::Onsets),
    ("fatality", Rule::Fatality),
    ("hostility", Rule::Hostility),
    ("duration", Rule::Duration),
    ("longest-duration", Rule::LongestDuration),
    ("reciprocation", Rule::Reciprocation),
    ("start-month", Rule::StartMonth),
    ("first", Rule::First),
];

/// The order in which the published dyad-years were made.
pub const PUBLISHED: &[Rule] = &[
    Rule::Onsets,
    Rule::Fatality,
    Rule::Hostility,
    Rule::Duration,
    Rule::Reciprocation,
    Rule::StartMonth,
    Rule::First,
];

impl Rule {
    /// The rule of a name.
    pub fn parse(name: &str) -> Outcome<Rule> {
        RULES
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, r)| *r)
            .ok_or_else(|| {
                let near = nearest(name, RULES.iter().map(|(n, _)| *n));
                let names: Vec<&str> = RULES.iter().map(|(n, _)| *n).collect();
                Refusal::error(
                    codes::UNKNOWN_NAME,
                    format!("there is no whittling rule `{name}`"),
                    match near {
                        Some(n) => format!("did you mean `{n}`?"),
                        None => format!("the rules are {}", names.join(", ")),
                    },
                )
            })
    }
}

/// Which data on disputes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disputes {
    /// Correlates of War.
    Cow,
    /// Gibler, Miller and Little.
    Gml,
}

impl Disputes {
    /// Column that marks a new dispute in the directed file.
    pub fn onset(self) -> &'static str {
        match self {
            Disputes::Cow => "disponset",
            Disputes::Gml => "midonset",
        }
    }

    /// Name of the directed file.
    pub fn table(self) -> &'static str {
        match self {
            Disputes::Cow => "cow_mid_dirdisps",
            Disputes::Gml => "gml_dirdisp",
        }
    }

    /// Directed dispute-dyad-years; for Correlates of War the columns of the dispute are
    /// joined by its number. Special codes stay where `raw`.
    pub fn load(self, store: &Store, raw: bool) -> Outcome<Table> {
        let read = |table: &str, columns: Option<&[&str]>| match raw {
            true => store.read_raw(table, columns),
            false => store.read(table, columns),
        };
        let mut table = read(self.table(), None)?;
        if self == Disputes::Cow {
            let names = ["fatality", "hostlev", "mindur", "maxdur", "recip", "stmon"];
            let mut wanted = vec!["dispnum"];
            wanted.extend_from_slice(&names);
            let disputes = read("cow_mid_disps", Some(&wanted))?;
            let by_number: std::collections::HashMap<i32, u32> = (0..disputes.rows())
                .filter_map(|r| Some((disputes.get("dispnum")?.int(r)?, r as u32)))
                .collect();
            let numbers = table.get("dispnum").cloned();
            let rows: Vec<u32> = (0..table.rows())
                .map(|r| {
                    numbers
                        .as_ref()
                        .and_then(|n| n.int(r))
                        .and_then(|n| by_number.get(&n).copied())
                        .unwrap_or(crate::column::NO_ROW)
                })
                .collect();
            for name in names {
                if let Some(column) = disputes.get(name) {
                    table.set(name, column.take(&rows));
                }
            }
            table.uses("cow_mid_disps");
        }
        Ok(table)
    }
}

/// Applies rules in order; rows come out in the order of dyad, year and dispute.
pub fn whittle(table: &Table, onset: &str, rules: &[Rule]) -> Table {
    let int = |name: &str| -> Vec<i32> {
        match table.get(name) {
            Some(c) => (0..table.rows())
                .map(|r| c.int(r).unwrap_or(MISSING))
                .collect(),
            None => vec![MISSING; table.rows()],
        }
    };
    let (a, b, year, number) = (int("ccode1"), int("ccode2"), int("year"), int("dispnum"));
    let mut order: Vec<u32> = (0..table.rows() as u32).collect();
    let key = |r: &u32| {
        let r = *r as usize;
        (a[r], b[r], year[r], number[r])
    };
    order.sort_by_key(key);
    for rule in rules {
        let scores: Vec<i64> = match rule {
            Rule::Onsets => positive(int(onset)),
            // 0 none, 1 unknown, then the published classes.
            Rule::Fatality => int("fatality")
                .into_iter()
                .map(|x| match x {
                    0 => 0,
                    -9 | MISSING => 1,
                    x => 2 * i64::from(x),
                })
                .collect(),
            Rule::Hostility => positive(int("hostlev")),
            Rule::Duration => positive(int("mindur")),
            Rule::LongestDuration => positive(int("maxdur")),
            Rule::Reciprocation => positive(int("recip")),
            Rule::StartMonth => int("stmon").into_iter().map(|x| -i64::from(x)).collect(),
            Rule::First => number.iter().map(|x| -i64::from(*x)).collect(),
        };
        order = keep_best(&order, &scores, |x, y| {
            let (x, y) = (x as usize, y as usize);
            (a[x], b[x], year[x]) == (a[y], b[y], year[y])
        });
    }
    table.take(&order)
}

fn positive(values: Vec<i32>) -> Vec<i64> {
    values.into_iter().map(i64::from).collect()
}

/// Within each run of rows of one dyad-year keeps those with the highest score.
fn keep_best(order: &[u32], scores: &[i64], same: impl Fn(u32, u32) -> bool) -> Vec<u32> {
    let mut out = Vec::with_capacity(order.len());
    for group in order.chunk_by(|x, y| same(*x, *y)) {
        let score = |r: &u32| scores.get(*r as usize).copied().unwrap_or(i64::MIN);
        let best = group.iter().map(score).max();
        out.extend(group.iter().filter(|r| Some(score(r)) == best));
    }
    out
}

/// How many rows of a sorted table share their dyad-year with another.
pub fn repeated(table: &Table) -> usize {
    let key = |r: usize| {
        let int = |n: &str| table.get(n).and_then(|c| c.int(r));
        (int("ccode1"), int("ccode2"), int("year"))
    };
    (1..table.rows()).filter(|r| key(*r) == key(*r - 1)).count()
}

/// Dyad-years with one dispute each: whittled, with the column names of the published
/// dyad-year files, and the initiator flags.
pub fn dyad_years(store: &Store, which: Disputes, rules: &[Rule]) -> Outcome<Table> {
    let (prefix, published) = match which {
        Disputes::Cow => ("cowmid", "cow_mid_ddydisps"),
        Disputes::Gml => ("gmlmid", "gml_mid_ddydisps"),
    };
    let mut table = if rules.is_empty() {
        store.read_raw(published, None)?
    } else {
        let mut t = whittle(&which.load(store, true)?, which.onset(), rules);
        let left = repeated(&t);
        if left > 0 {
            return Err(Refusal::error(
                codes::BAD_REQUEST,
                format!("after these rules {left} dyad-years still have several disputes"),
                "add the rule `first` at the end",
            ));
        }
        for name in &mut t.names {
            match name.as_str() {
                "dispongoing" | "midongoing" => *name = format!("{prefix}ongoing"),
                "disponset" | "midonset" => *name = format!("{prefix}onset"),
                _ => {}
            }
        }
        t
    };
    for side in ["1", "2"] {
        let flag =
            |name: &str, row: usize| table.get(&format!("{name}{side}")).and_then(|c| c.int(row));
        // Whoever is on side A, or joined later, counts as having initiated.
        let init: Vec<i32> = (0..table.rows())
            .map(|r| i32::from(flag("sidea", r) == Some(1) || flag("orig", r) == Some(0)))
            .collect();
        table.set(format!("init{side}"), Column::Int(init));
    }
    Ok(table)
}

/// The same column with a first row of its own: what a dyad-year without a row holds.
pub fn with_default(column: &Column, default: Option<i32>) -> Arc<Column> {
    Arc::new(match column {
        Column::Int(v) => {
            let mut all = Vec::with_capacity(v.len() + 1);
            all.push(default.unwrap_or(MISSING));
            all.extend_from_slice(v);
            Column::Int(all)
        }
        other => other.clone(),
    })
}
