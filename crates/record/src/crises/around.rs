//! What other data say of the years before a crisis: capabilities, neighbours, disputes,
//! leaders and their profiles.

use crate::column::Table;
use crate::refusal::Outcome;
use crate::store::Store;
use crate::tables::crosswalk::gw_to_cow_on;
use std::collections::HashMap;
use std::sync::Arc;

/// A leader's time in office.
#[derive(Clone, Debug, Default)]
pub(super) struct Spell {
    pub person: Arc<str>,
    pub name: Arc<str>,
    pub born: Option<i32>,
    pub start: i32,
    pub end: i32,
    pub irregular: bool,
    /// Attributes by the order of [`ATTRIBUTES`]; not-a-number is missing.
    pub attributes: [f64; ATTRIBUTES.len()],
}

/// What is known of leaders before they take office, and the estimate that rests on it.
pub(super) const ATTRIBUTES: [&str; 4] = ["milservice", "combat", "rebel", "theta1_mean"];

/// Indices of the operational code that are read.
pub(super) const INDICES: [&str; 4] = ["i1", "i2", "p1", "p4"];

/// A year's profile: year, words, indices by the order of [`INDICES`].
type Profile = (i32, f64, [f64; INDICES.len()]);

/// Everything around the crises.
#[derive(Clone, Debug, Default)]
pub struct Around {
    cinc: HashMap<(i32, i32), f64>,
    neighbours: HashMap<(i32, i32), Vec<(i32, i32)>>,
    disputes: HashMap<(i32, i32), Vec<(i32, i32)>>,
    active: HashMap<i32, Vec<(i32, i32)>>,
    spells: HashMap<i32, Vec<Spell>>,
    profiles: HashMap<(i32, String), Vec<Profile>>,
}

fn each(table: &Table, names: &[&str], mut take: impl FnMut(&[Option<i32>])) {
    let columns: Vec<_> = names.iter().map(|n| table.get(n)).collect();
    let mut values = vec![None; names.len()];
    for row in 0..table.rows() {
        for (value, column) in values.iter_mut().zip(&columns) {
            *value = column.and_then(|c| c.int(row));
        }
        take(&values);
    }
}

impl Around {
    /// Reads everything from a store.
    ///
    /// # Errors
    /// Where a table is not in the store.
    pub fn load(store: &Store) -> Outcome<Around> {
        let mut around = Around::default();
        around.capabilities(&store.read("cow_nmc", Some(&["ccode", "year", "cinc"]))?);
        let names = ["ccode1", "ccode2", "conttype", "stdate", "enddate"];
        each(&store.read("cow_contdir", Some(&names))?, &names, |v| {
            if let [Some(a), Some(b), Some(1), Some(from), Some(to)] = *v {
                around
                    .neighbours
                    .entry((a, b))
                    .or_default()
                    .push((from, to));
            }
        });
        let names = ["ccode1", "ccode2", "year", "hostlev1"];
        let table = store.read(
            "gml_dirdisp",
            Some(&["dispnum", "ccode1", "ccode2", "year", "hostlev1"]),
        )?;
        each(&table, &names, |v| {
            if let [Some(a), Some(b), Some(year), level] = *v {
                let level = level.unwrap_or(0);
                around
                    .disputes
                    .entry((a, b))
                    .or_default()
                    .push((year, level));
                around.active.entry(a).or_default().push((year, level));
            }
        });
        around.leaders(store)?;
        around.psycl(&store.read("psycl_year_opcode", None)?);
        Ok(around)
    }

    fn capabilities(&mut self, table: &Table) {
        let (Some(code), Some(year), Some(cinc)) =
            (table.get("ccode"), table.get("year"), table.get("cinc"))
        else {
            return;
        };
        for row in 0..table.rows() {
            if let (Some(c), Some(y), Some(x)) = (code.int(row), year.int(row), cinc.float(row)) {
                self.cinc.insert((c, y), x);
            }
        }
    }

    fn leaders(&mut self, store: &Store) -> Outcome<()> {
        let names = [
            "obsid",
            "gwcode",
            "leadid",
            "leader",
            "yrborn",
            "startdate",
            "enddate",
            "entry",
        ];
        let archigos = store.read("archigos", Some(&names))?;
        let lead = store.read("lead", Some(&["obsid", "milservice", "combat", "rebel"]))?;
        let lwuf = store.read("lwuf", Some(&["obsid", "theta1_mean"]))?;
        let (lead_at, lwuf_at) = (by_key(&lead), by_key(&lwuf));
        for row in 0..archigos.rows() {
            let int = |name: &str| archigos.get(name).and_then(|c| c.int(row));
            let text = |name: &str| archigos.get(name).and_then(|c| c.text(row));
            let (Some(code), Some(start), Some(end)) =
                (int("gwcode"), int("startdate"), int("enddate"))
            else {
                continue;
            };
            let key = text("obsid").unwrap_or_default();
            let attributes = ATTRIBUTES.map(|name| {
                let (table, at) = match name {
                    "theta1_mean" => (&lwuf, &lwuf_at),
                    _ => (&lead, &lead_at),
                };
                let found = at.get(key).and_then(|r| table.get(name)?.float(*r));
                found.unwrap_or(f64::NAN)
            });
            self.spells.entry(code).or_default().push(Spell {
                person: text("leadid").unwrap_or(key).into(),
                name: text("leader").unwrap_or_default().into(),
                born: int("yrborn"),
                start,
                end,
                irregular: text("entry").is_some_and(|e| e != "Regular"),
                attributes,
            });
        }
        Ok(())
    }

    fn psycl(&mut self, table: &Table) {
        let float = |name: &str, row| table.get(name).and_then(|c| c.float(row));
        let names = ["Ccode", "ccode"];
        let code = names.iter().find_map(|n| table.get(n));
        let words = ["Word Count", "word_count", "words"];
        let words = words.iter().find_map(|n| table.get(n));
        for row in 0..table.rows() {
            let (Some(code), Some(year), Some(name)) = (
                code.and_then(|c| c.int(row)),
                float("year", row),
                table.get("lastname").and_then(|c| c.text(row)),
            ) else {
                continue;
            };
            let weight = words.and_then(|c| c.float(row)).unwrap_or(1.0);
            let indices = INDICES.map(|i| float(i, row).unwrap_or(f64::NAN));
            let key = (code, name.trim().to_lowercase());
            let list = self.profiles.entry(key).or_default();
            list.push((year as i32, weight, indices));
        }
    }

    /// The composite index of national capability in the last of the five years before
    /// `year` that has one. The state is told by its Gleditsch-Ward code.
    pub(super) fn cinc(&self, code: i32, year: i32) -> Option<f64> {
        (1..=5).find_map(|lag| {
            let day = (year - lag - 1970) * 365;
            let found = self.cinc.get(&(gw_to_cow_on(code, day), year - lag));
            found.copied().filter(|c| *c > 0.0)
        })
    }

    /// Whether two states shared a land or river border on a day.
    pub(super) fn neighbours(&self, a: i32, b: i32, day: i32) -> bool {
        let pair = (gw_to_cow_on(a, day), gw_to_cow_on(b, day));
        let spells = self.neighbours.get(&pair);
        spells.is_some_and(|s| s.iter().any(|(from, to)| (*from..=*to).contains(&day)))
    }

    /// Years of militarised disputes between two states in the ten years before `year`:
    /// all, and those in which the first used force.
    pub(super) fn disputes(&self, a: i32, b: i32, year: i32, day: i32) -> (usize, usize) {
        let pair = (gw_to_cow_on(a, day), gw_to_cow_on(b, day));
        count(self.disputes.get(&pair), year)
    }

    /// The same with anyone.
    pub(super) fn active(&self, a: i32, year: i32, day: i32) -> (usize, usize) {
        count(self.active.get(&gw_to_cow_on(a, day)), year)
    }

    /// The leader in office on a day; on a day of change the one who leaves.
    pub(super) fn leader(&self, code: i32, day: i32) -> Option<&Spell> {
        let spells = self.spells.get(&code)?;
        let inside = |s: &&Spell| s.start <= day && day <= s.end;
        spells.iter().filter(inside).min_by_key(|s| s.start)
    }

    /// A leader's indices over the words of the five years before `year`, weighted by
    /// words; `None` where there are none.
    pub(super) fn profile(&self, code: i32, name: &str, year: i32, day: i32) -> Option<[f64; 4]> {
        let name = match name {
            "Chamberlin" => "chamberlain".to_owned(),
            other => other.to_lowercase(),
        };
        let list = self.profiles.get(&(gw_to_cow_on(code, day), name))?;
        let lagged = list.iter().filter(|(y, _, _)| (year - 5..year).contains(y));
        let (mut sum, mut total) = ([0.0; 4], 0.0);
        for (_, words, indices) in lagged {
            total += words;
            sum.iter_mut()
                .zip(indices)
                .for_each(|(s, i)| *s += words * i);
        }
        (total > 0.0).then(|| sum.map(|s| s / total))
    }
}

fn count(list: Option<&Vec<(i32, i32)>>, year: i32) -> (usize, usize) {
    let lagged = list.into_iter().flatten();
    let lagged = lagged.filter(|(y, _)| (year - 10..year).contains(y));
    lagged.fold((0, 0), |(all, force), (_, level)| {
        (all + 1, force + usize::from(*level >= 4))
    })
}

fn by_key(table: &Table) -> HashMap<&str, usize> {
    let Some(keys) = table.get("obsid") else {
        return HashMap::new();
    };
    (0..table.rows())
        .filter_map(|r| Some((keys.text(r)?, r)))
        .collect()
}
