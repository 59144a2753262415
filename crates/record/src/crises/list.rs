//! The actor rows of the crisis data, and nothing of them that came after the response.

use super::days::{End, rough};
use crate::column::Table;
use raison_core::record::{UNKNOWN, class_of};
use std::collections::HashSet;
use std::sync::Arc;

/// The columns that are ever read. The major response and its date serve as the answer
/// and as the past of later decisions; size and form of the decision unit only as the
/// past; everything else was fixed at or before the trigger (see
/// [`VARIABLES`](super::variables::VARIABLES)).
pub const COLUMNS: [&str; 48] = [
    "crisno", "cracno", "cracid", "actor", "crisname", "systrgyr", "systrgmo", "systrgda",
    "triggr", "yrtrig", "motrig", "datrig", "trigent", "trigloc", "southv", "southpow", "sizedu",
    "strcdu", "majres", "yerres", "monres", "dayres", "geog", "actloc", "cractloc", "pc", "iwc",
    "age", "territ", "regime", "durreg", "allycap", "nuclear", "powsta", "issue", "gravty",
    "econdt", "inflat", "labstr", "col", "unemp", "foodpr", "short", "regrep", "socunr", "massvl",
    "gvinst", "syslev",
];

/// One state in crisis.
#[derive(Clone, Debug)]
pub struct Actor {
    /// `cracno`, unique.
    pub id: i32,
    /// `crisno`.
    pub crisis: i32,
    /// `cracid`, close to Gleditsch-Ward.
    pub code: i32,
    /// Three letters.
    pub state: Arc<str>,
    /// Name of the crisis.
    pub name: Arc<str>,
    /// Year of the crisis as a whole, the earliest among its actors.
    pub year: i32,
    /// Year of the trigger.
    pub trigger_year: i32,
    /// First day on which the trigger can have been perceived.
    pub trigger: i32,
    /// Last day on which the response can have been made.
    pub response: i32,
    /// Class of the response, or [`UNKNOWN`].
    pub class: u8,
    /// Code of the major response.
    pub majres: i32,
    /// Codes by the order of [`CODES`].
    codes: [i32; CODES.len()],
}

/// Codes that are kept as they are.
pub(super) const CODES: [&str; 29] = [
    "triggr", "trigent", "trigloc", "southv", "southpow", "sizedu", "strcdu", "geog", "actloc",
    "cractloc", "pc", "iwc", "age", "territ", "regime", "durreg", "allycap", "nuclear", "powsta",
    "issue", "gravty", "econdt", "inflat", "labstr", "regrep", "socunr", "massvl", "gvinst",
    "syslev",
];

/// Stands for a code that is missing.
const NONE: i32 = i32::MIN;

impl Actor {
    /// A code, where it is known.
    pub fn code_of(&self, name: &str) -> Option<i32> {
        let at = CODES.iter().position(|c| *c == name)?;
        Some(self.codes[at]).filter(|c| *c != NONE)
    }

    /// Whether a code is one of some values; not-a-number where it is missing.
    pub fn is(&self, name: &str, values: &[i32]) -> f64 {
        match self.code_of(name) {
            None => f64::NAN,
            Some(code) => f64::from(u8::from(values.contains(&code))),
        }
    }
}

/// The usable actor rows, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Crises {
    /// The rows.
    pub actors: Vec<Actor>,
    /// Rows that have identifiers only and cannot be used.
    pub unusable: usize,
}

impl Crises {
    /// Reads the rows from a table that has the columns of `icb2`.
    pub fn of(table: &Table) -> Crises {
        let mut crises = Crises::default();
        for row in 0..table.rows() {
            match actor(table, row) {
                Some(a) => crises.actors.push(a),
                None => crises.unusable += 1,
            }
        }
        crises.date();
        crises
    }

    /// Gives every actor the first year of its crisis.
    fn date(&mut self) {
        let mut first: std::collections::HashMap<i32, i32> = std::collections::HashMap::new();
        for a in &self.actors {
            let year = first.entry(a.crisis).or_insert(a.year);
            *year = (*year).min(a.year);
        }
        for a in &mut self.actors {
            a.year = first.get(&a.crisis).copied().unwrap_or(a.year);
        }
    }

    /// Adds the rows of `later` whose crisis is not here yet, and returns how many were
    /// left out because it is.
    pub fn extend(&mut self, later: Crises) -> usize {
        let known: HashSet<i32> = self.actors.iter().map(|a| a.crisis).collect();
        let before = later.actors.len();
        self.actors.extend(
            later
                .actors
                .into_iter()
                .filter(|a| !known.contains(&a.crisis)),
        );
        before - (self.actors.len() - known_rows(&self.actors, &known))
    }
}

fn known_rows(actors: &[Actor], known: &HashSet<i32>) -> usize {
    actors.iter().filter(|a| known.contains(&a.crisis)).count()
}

fn actor(table: &Table, row: usize) -> Option<Actor> {
    let int = |name: &str| table.get(name)?.int(row);
    let text = |name: &str| Some(Arc::from(table.get(name)?.text(row)?.trim()));
    let code = |name: &str| int(name).unwrap_or(NONE);
    let date = |y, m, d, end| rough(int(y), int(m), int(d), end);
    let trigger = date("yrtrig", "motrig", "datrig", End::First)?;
    let majres = int("majres");
    Some(Actor {
        id: int("cracno")?,
        crisis: int("crisno")?,
        code: int("cracid")?,
        state: text("actor")?,
        name: text("crisname").unwrap_or_else(|| "".into()),
        year: int("systrgyr").or_else(|| int("yrtrig"))?,
        trigger_year: int("yrtrig")?,
        trigger,
        // A response whose day is not known was known a year after the trigger at the latest.
        response: date("yerres", "monres", "dayres", End::Last).unwrap_or(trigger + 366),
        class: majres.and_then(class_of).unwrap_or(UNKNOWN),
        majres: majres.unwrap_or(0),
        codes: CODES.map(|name| match (name, code(name)) {
            ("sizedu", 9) => NONE,
            (_, c) if c < 0 => NONE,
            (_, c) => c,
        }),
    })
    .filter(|a| a.code_of("triggr").is_some())
}
