//! What may change when a leader goes: disputes begun, hostility, voting in the General
//! Assembly, alliances.

use crate::refusal::Outcome;
use crate::store::Store;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// An outcome by state and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Militarised disputes that the state began, a year.
    Initiations,
    /// Highest hostility reached in a year, 0 without a dispute to 5 war.
    Hostility,
    /// Ideal point in the General Assembly (higher: nearer to the United States).
    IdealPoint,
    /// Alliance portfolio: dissimilarity of the last year before to the last of the window.
    Alliances,
}

impl Kind {
    /// All.
    pub const ALL: [Kind; 4] = [
        Kind::Initiations,
        Kind::Hostility,
        Kind::IdealPoint,
        Kind::Alliances,
    ];

    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Initiations => "disputes begun a year",
            Kind::Hostility => "highest hostility (0-5)",
            Kind::IdealPoint => "UN ideal point",
            Kind::Alliances => "alliance portfolio (1 - S)",
        }
    }

    /// For programs.
    pub fn id(self) -> &'static str {
        match self {
            Kind::Initiations => "initiations",
            Kind::Hostility => "hostility",
            Kind::IdealPoint => "ideal_point",
            Kind::Alliances => "alliances",
        }
    }
}

/// All outcomes by state (Correlates of War code) and year.
pub struct Outcomes {
    begun: HashMap<(i32, i32), f64>,
    hostility: HashMap<(i32, i32), f64>,
    /// First and last year of the disputes.
    disputes: (i32, i32),
    ideal: HashMap<(i32, i32), f64>,
    ties: HashMap<(i32, i32), BTreeMap<i32, u8>>,
    alliances: (i32, i32),
    /// Members of the system by year.
    members: HashMap<i32, BTreeSet<i32>>,
}

impl Outcomes {
    /// Reads them.
    ///
    /// # Errors
    /// Where a table is not in the store.
    pub fn load(store: &Store) -> Outcome<Outcomes> {
        let mut out = Outcomes {
            begun: HashMap::new(),
            hostility: HashMap::new(),
            disputes: (i32::MAX, i32::MIN),
            ideal: HashMap::new(),
            ties: HashMap::new(),
            alliances: (i32::MAX, i32::MIN),
            members: HashMap::new(),
        };
        out.read_disputes(store)?;
        out.read_votes(store)?;
        out.read_alliances(store)?;
        out.read_members(store)?;
        Ok(out)
    }

    fn read_disputes(&mut self, store: &Store) -> Outcome<()> {
        let names = [
            "dispnum", "ccode1", "ccode2", "year", "midonset", "sidea1", "orig1", "hostlev1",
        ];
        let table = store.read("gml_dirdisp", Some(&names))?;
        let mut seen = BTreeSet::new();
        for row in 0..table.rows() {
            let int = |name: &str| table.get(name).and_then(|c| c.int(row));
            let (Some(number), Some(state), Some(year)) =
                (int("dispnum"), int("ccode1"), int("year"))
            else {
                continue;
            };
            widen(&mut self.disputes, year);
            let level = int("hostlev1").map_or(0.0, f64::from);
            let highest = self.hostility.entry((state, year)).or_default();
            *highest = highest.max(level);
            let began = [int("midonset"), int("sidea1"), int("orig1")] == [Some(1); 3];
            if began && seen.insert((number, state)) {
                *self.begun.entry((state, year)).or_default() += 1.0;
            }
        }
        Ok(())
    }

    fn read_votes(&mut self, store: &Store) -> Outcome<()> {
        let table = store.read("idealpoints", Some(&["ccode", "year", "idealpointall"]))?;
        for row in 0..table.rows() {
            let int = |name: &str| table.get(name).and_then(|c| c.int(row));
            let value = table.get("idealpointall").and_then(|c| c.float(row));
            if let (Some(state), Some(year), Some(value)) = (int("ccode"), int("year"), value) {
                self.ideal.insert((state, year), value);
            }
        }
        Ok(())
    }

    fn read_alliances(&mut self, store: &Store) -> Outcome<()> {
        let names = [
            "ccode1",
            "ccode2",
            "year",
            "atop_defense",
            "atop_offense",
            "atop_neutral",
            "atop_nonagg",
            "atop_consul",
        ];
        let table = store.read("atop_alliance", Some(&names))?;
        for row in 0..table.rows() {
            let int = |name: &str| table.get(name).and_then(|c| c.int(row));
            let (Some(a), Some(b), Some(year)) = (int("ccode1"), int("ccode2"), int("year")) else {
                continue;
            };
            widen(&mut self.alliances, year);
            let on = |names: &[&str]| names.iter().any(|n| int(n) == Some(1));
            let level = if on(&["atop_defense", "atop_offense"]) {
                3
            } else if on(&["atop_neutral", "atop_nonagg"]) {
                2
            } else {
                u8::from(on(&["atop_consul"]))
            };
            let slot = self
                .ties
                .entry((a, year))
                .or_default()
                .entry(b)
                .or_default();
            *slot = (*slot).max(level);
        }
        Ok(())
    }

    fn read_members(&mut self, store: &Store) -> Outcome<()> {
        use crate::column::day_number;
        use crate::tables::universe::{States, System};
        let states = States::load(store, System::Cow)?;
        for year in self.alliances.0..=self.alliances.1.min(2016) {
            let Some(day) = day_number(year, 12, 31) else {
                continue;
            };
            let here = states
                .list
                .iter()
                .filter(|s| states.member(s.code, day, day));
            self.members.insert(year, here.map(|s| s.code).collect());
        }
        Ok(())
    }

    fn value(&self, kind: Kind, state: i32, year: i32) -> Option<f64> {
        let known = (self.disputes.0..=self.disputes.1).contains(&year);
        match kind {
            Kind::Initiations => {
                known.then(|| self.begun.get(&(state, year)).copied().unwrap_or(0.0))
            }
            Kind::Hostility => {
                known.then(|| self.hostility.get(&(state, year)).copied().unwrap_or(0.0))
            }
            Kind::IdealPoint => self.ideal.get(&(state, year)).copied(),
            Kind::Alliances => None,
        }
    }

    /// The change from the years before to the years after, the year itself left out;
    /// `None` where a year is unknown. For alliances it has no sign.
    pub fn change(&self, kind: Kind, state: i32, year: i32, window: i32) -> Option<f64> {
        if kind == Kind::Alliances {
            return self.dissimilarity(state, year - 1, year + window);
        }
        let mean = |years: std::ops::RangeInclusive<i32>| -> Option<f64> {
            let values: Option<Vec<f64>> = years.map(|y| self.value(kind, state, y)).collect();
            let values = values?;
            Some(values.iter().sum::<f64>() / values.len() as f64)
        };
        Some(mean(year + 1..=year + window)? - mean(year - window..=year - 1)?)
    }

    /// 1 − S of a state's own portfolio in two years over the states that are there in
    /// both (Signorino and Ritter 1999, unweighted, levels 0 to 3).
    fn dissimilarity(&self, state: i32, before: i32, after: i32) -> Option<f64> {
        let here = |y: i32| self.members.get(&y).filter(|m| m.contains(&state));
        let (a, b) = (here(before)?, here(after)?);
        let level = |year: i32, other: &i32| {
            let ties = self.ties.get(&(state, year));
            ties.and_then(|t| t.get(other))
                .map_or(0.0, |l| f64::from(*l))
        };
        let others: Vec<&i32> = a.intersection(b).filter(|o| **o != state).collect();
        let apart: f64 = others
            .iter()
            .map(|o| (level(before, o) - level(after, o)).abs())
            .sum();
        (!others.is_empty()).then(|| 2.0 * apart / (3.0 * others.len() as f64))
    }
}

fn widen(range: &mut (i32, i32), year: i32) {
    *range = (range.0.min(year), range.1.max(year));
}
