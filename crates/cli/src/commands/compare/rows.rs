//! One line for each column: levels in the last year, counts summed over the years.

use super::read::Series;
use super::sameness::Sameness;
use raison::study::world::effect::Take;
use raison::study::world::scoring::{Paired, paired, scale, unpaired};
use raison::world::measures::columns::counts;
use std::collections::{BTreeMap, BTreeSet};

/// A column of both folders.
pub struct Row {
    /// Its name.
    pub name: String,
    /// How it is taken over the years of a run.
    pub take: Take,
    /// First and last year that it is taken from.
    pub years: (i32, i32),
    /// Mean of the base.
    pub base: f64,
    /// Mean of the other.
    pub other: f64,
    /// The difference.
    pub difference: Paired,
    /// Mean size of the base's values.
    pub scale: f64,
}

impl Row {
    /// A column in the years that both folders hold; nothing where there is none.
    pub fn of(name: &str, x: &Series, y: &Series, same: &Sameness) -> Option<Row> {
        let common: Vec<i32> = x.keys().filter(|t| y.contains_key(t)).copied().collect();
        let (first, last) = (*common.first()?, *common.last()?);
        let take = if counts(name) { Take::Sum } else { Take::Last };
        let years = match take {
            Take::Sum => (first, last),
            _ => (last, last),
        };
        let (p, q) = (taken(x, years), taken(y, years));
        let (p, q): (Vec<f64>, Vec<f64>) = match same {
            Sameness::Luck => {
                let both = p.iter().filter_map(|(run, v)| Some((*v, *q.get(run)?)));
                both.unzip()
            }
            Sameness::Nothing(_) => (p.into_values().collect(), q.into_values().collect()),
        };
        let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len() as f64;
        (!p.is_empty() && !q.is_empty()).then(|| Row {
            name: name.to_owned(),
            take,
            years,
            base: mean(&p),
            other: mean(&q),
            difference: match same {
                Sameness::Luck => paired(&p, &q),
                Sameness::Nothing(_) => unpaired(&p, &q),
            },
            scale: scale(&p),
        })
    }

    /// Whether the difference is marked.
    pub fn clear(&self) -> bool {
        self.difference.clear(self.scale)
    }

    /// Whether luck can move its interval.
    pub fn moves(&self) -> bool {
        self.difference.moves(self.scale)
    }
}

/// The sum of each run over the years.
fn taken(series: &Series, (from, to): (i32, i32)) -> BTreeMap<i32, f64> {
    let mut out = BTreeMap::new();
    for (run, x) in series.range(from..=to).flat_map(|(_, runs)| runs) {
        *out.entry(*run).or_insert(0.0) += x;
    }
    out
}

/// How many differences are clear, and how many luck can move.
pub fn counted(rows: &[Row]) -> (usize, usize) {
    let clear = rows.iter().filter(|r| r.clear()).count();
    (clear, rows.iter().filter(|r| r.moves()).count())
}

/// Columns without a value in one folder or the other.
pub fn left_out(names: &[String], rows: &[Row]) -> Vec<String> {
    let told: BTreeSet<&str> = rows.iter().map(|r| r.name.as_str()).collect();
    let rest = names.iter().filter(|n| !told.contains(n.as_str()));
    rest.cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(values: &[(i32, [f64; 2])]) -> Series {
        let runs = |v: &[f64; 2]| v.iter().copied().zip(0..).map(|(x, r)| (r, x)).collect();
        values.iter().map(|(year, v)| (*year, runs(v))).collect()
    }

    #[test]
    fn counts_are_summed_over_common_years_and_levels_are_of_the_last() {
        let x = series(&[(2000, [1.0, 0.0]), (2001, [2.0, 1.0]), (2002, [9.0, 9.0])]);
        let y = series(&[(2000, [1.0, 1.0]), (2001, [4.0, 1.0])]);
        let row = |name: &str| Row::of(name, &x, &y, &Sameness::Luck).expect("common years");
        let wars = row("wars");
        assert_eq!(
            (wars.years, wars.base, wars.other),
            ((2000, 2001), 2.0, 3.5)
        );
        assert_eq!(wars.difference.mean, 1.5);
        let share = row("share");
        assert_eq!(
            (share.years, share.base, share.other),
            ((2001, 2001), 1.5, 2.5)
        );
        assert!(Row::of("share", &x, &Series::new(), &Sameness::Luck).is_none());
    }
}
