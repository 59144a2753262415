//! Many draws of an uncertain table, in memory that does not grow with their number.

use raison_core::Uncertain;
use raison_core::draws::Stream;
use raison_files::actors::ActorTable;
use rayon::prelude::*;
use serde_json::{Value, json};

/// Draws computed together.
const CHUNK: u64 = 256;
/// Cells of a histogram: its quantiles are good to a thousandth of the range or better.
const CELLS: usize = 4096;
/// Units of the exact sum: sums of whole numbers do not depend on their order.
const UNIT: f64 = (1u64 << 40) as f64;

/// Numbers of a table, all known: central values or one draw.
#[derive(Clone)]
pub(super) struct Numbers {
    pub(super) capability: Vec<f64>,
    pub(super) positions: Vec<f64>,
    pub(super) salience: Vec<f64>,
}

/// The central values.
pub(super) fn central(table: &ActorTable) -> Numbers {
    let all = |list: &[Uncertain]| list.iter().map(|u| u.central()).collect();
    Numbers {
        capability: all(&table.capability),
        positions: all(&table.positions),
        salience: all(&table.salience),
    }
}

/// Makes known numbers uncertain: capabilities and saliences by a share of themselves,
/// positions by a share of their issue's range.
pub(super) fn spread(table: &mut ActorTable, share: f64) {
    let around = |v: f64, by: f64, low: f64, high: f64| Uncertain::ThreePoint {
        low: (v - by).max(low),
        mode: v,
        high: (v + by).min(high),
    };
    let widen = |u: &mut Uncertain, by: f64, low: f64, high: f64| {
        if u.is_known() {
            let v = u.central();
            *u = around(v, by, low, high);
        }
    };
    let d = table.issues.len();
    let ranges: Vec<f64> = (0..d)
        .map(|k| bounds(table, k))
        .map(|(low, high)| high - low)
        .collect();
    for u in &mut table.capability {
        widen(u, share * u.central(), 0.0, f64::MAX);
    }
    for u in &mut table.salience {
        widen(u, share * u.central(), 0.0, 1.0);
    }
    for (k, u) in table.positions.iter_mut().enumerate() {
        widen(u, share * ranges[k % d], f64::MIN, f64::MAX);
    }
}

/// The lowest and highest position that an issue can see.
pub(super) fn bounds(table: &ActorTable, issue: usize) -> (f64, f64) {
    let ends = table
        .positions
        .iter()
        .skip(issue)
        .step_by(table.issues.len())
        .map(|u| u.ends());
    ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), (low, high)| {
        (a.min(low), b.max(high))
    })
}

/// One uncertain number: where it belongs, and the name that keys its draws.
struct Cell {
    list: usize,
    index: usize,
    amount: Uncertain,
    name: String,
}

fn cells(table: &ActorTable) -> Vec<Cell> {
    let d = table.issues.len();
    let lists = [&table.capability, &table.positions, &table.salience];
    let words = ["capability", "position", "salience"];
    let mut out = Vec::new();
    for (list, (amounts, word)) in lists.into_iter().zip(words).enumerate() {
        for (index, amount) in amounts.iter().enumerate().filter(|(_, u)| !u.is_known()) {
            let (actor, issue) = if list == 0 {
                (index, 0)
            } else {
                (index / d, index % d)
            };
            let name = match list {
                0 => format!("actors.{}.{word}", table.actors[actor].name),
                _ => format!(
                    "actors.{}.{}.{word}",
                    table.actors[actor].name, table.issues[issue]
                ),
            };
            out.push(Cell {
                list,
                index,
                amount: *amount,
                name,
            });
        }
    }
    out
}

/// Whether nothing in the table is uncertain.
pub(super) fn is_certain(table: &ActorTable) -> bool {
    cells(table).is_empty()
}

/// What is gathered of one number over draws.
#[derive(Clone)]
pub(super) struct Tally {
    low: f64,
    range: f64,
    cells: Vec<u32>,
    sum: i128,
    count: u64,
    missing: u64,
}

impl Tally {
    /// For numbers between two ends.
    pub(super) fn new((low, high): (f64, f64)) -> Self {
        Self {
            low,
            range: high - low,
            cells: vec![0; CELLS],
            sum: 0,
            count: 0,
            missing: 0,
        }
    }

    fn add(&mut self, value: Option<f64>) {
        let Some(value) = value else {
            self.missing += 1;
            return;
        };
        let place = if self.range > 0.0 {
            ((value - self.low) / self.range).clamp(0.0, 1.0)
        } else {
            0.0
        };
        self.cells[((place * CELLS as f64) as usize).min(CELLS - 1)] += 1;
        self.sum += (place * UNIT).round() as i128;
        self.count += 1;
    }

    fn merge(&mut self, other: &Tally) {
        self.cells
            .iter_mut()
            .zip(&other.cells)
            .for_each(|(a, b)| *a += b);
        self.sum += other.sum;
        self.count += other.count;
        self.missing += other.missing;
    }

    fn mean(&self) -> f64 {
        self.low + self.range * (self.sum as f64 / UNIT / self.count as f64)
    }

    fn quantile(&self, q: f64) -> f64 {
        let wanted = q * self.count as f64;
        let mut below = 0.0;
        for (k, n) in self.cells.iter().enumerate() {
            let n = f64::from(*n);
            if n > 0.0 && below + n >= wanted {
                let part = ((wanted - below) / n).clamp(0.0, 1.0);
                return self.low + self.range * (k as f64 + part) / CELLS as f64;
            }
            below += n;
        }
        self.low + self.range
    }

    /// `{ value, interval }` with the central `value` and the middle 95 % of the draws.
    pub(super) fn json(&self, value: Option<f64>) -> Value {
        if self.count == 0 {
            return json!({ "value": value });
        }
        let mut out = json!({
            "value": value,
            "interval": [self.quantile(0.025), self.quantile(0.975)],
            "mean": self.mean(),
        });
        if self.missing > 0 {
            out["missing"] = json!(self.missing as f64 / (self.count + self.missing) as f64);
        }
        out
    }
}

/// Runs `solve` on every draw; it writes one number per tally. The answer is the same on
/// any number of threads: draws are keyed by cell and number, and tallies add up whole
/// numbers.
pub(super) fn run<S: Send>(
    table: &ActorTable,
    seed: u64,
    draws: u64,
    tallies: Vec<Tally>,
    start: impl Fn() -> S + Sync,
    solve: impl Fn(&mut S, &Numbers, &mut [Option<f64>]) + Sync,
) -> Vec<Tally> {
    let cells = cells(table);
    let chunks = draws.div_ceil(CHUNK);
    let blank = || {
        (
            start(),
            central(table),
            vec![None; tallies.len()],
            tallies.clone(),
        )
    };
    let state = (0..chunks)
        .into_par_iter()
        .fold(
            blank,
            |(mut solver, mut numbers, mut row, mut mine), chunk| {
                let first = chunk * CHUNK;
                let count = CHUNK.min(draws - first) as usize;
                let drawn = draw(&cells, seed, first, count);
                for k in 0..count {
                    for (cell, column) in cells.iter().zip(&drawn) {
                        let list = match cell.list {
                            0 => &mut numbers.capability,
                            1 => &mut numbers.positions,
                            _ => &mut numbers.salience,
                        };
                        list[cell.index] = column[k];
                    }
                    row.fill(None);
                    solve(&mut solver, &numbers, &mut row);
                    mine.iter_mut().zip(&row).for_each(|(t, v)| t.add(*v));
                }
                (solver, numbers, row, mine)
            },
        )
        .map(|state| state.3);
    state.reduce(
        || tallies.clone(),
        |mut a, b| {
            a.iter_mut().zip(&b).for_each(|(a, b)| a.merge(b));
            a
        },
    )
}

fn draw(cells: &[Cell], seed: u64, first: u64, count: usize) -> Vec<Vec<f64>> {
    let column = |cell: &Cell| {
        let mut stream = Stream::new(seed, &cell.name, first);
        (0..count)
            .map(|_| cell.amount.quantile(stream.uniform()))
            .collect()
    };
    cells.iter().map(column).collect()
}
