//! The formulas of the indices on every published PsyCL row (Schafer and Lambert 2022,
//! Foreign Policy Analysis 18(2): orac008) whose counts can be recovered from the
//! nine-digit ratios.
//!
//! Counts of self: the smallest N that makes all six shares N-ths. Counts of others: N from
//! P-4, then every vector that agrees with P-1, P-2 and P-3 (searched for N <= 1500). Our
//! indices of these counts must be the published ones to 1e-8.

mod common;

use common::{Rows, shared};
use raison_text::vics::Indices;

const TOLERANCE: f64 = 1e-8;
/// Largest count of self, and of others, that nine digits can carry.
const LARGEST: u32 = 20_000;
const LARGEST_SEARCH: i64 = 1500;

fn near_integer(x: f64, slack: f64) -> bool {
    (x - x.round()).abs() <= slack
}

/// The smallest count vector of self, `[pu, th, op, ap, pr, re]`.
fn own_counts(shares: &[f64; 6]) -> Option<[f64; 6]> {
    let fits = |n: f64| {
        shares
            .iter()
            .all(|s| near_integer(s * n, n * 6e-10 + 1e-12))
    };
    let n = (1..=LARGEST).map(f64::from).find(|&n| fits(n))?;
    Some(shares.map(|s| (s * n).round()))
}

struct Others {
    n: i64,
    sign: i64,
    weighted: i64,
    squares: i64,
}

/// What the published P-1, P-2 and P-3 say about N acts, if they are whole numbers.
fn others(n: f64, p1: f64, p2: f64, p3: f64) -> Option<Others> {
    let slack = n * 6e-10 + 1e-12;
    let squares = (1.0 - (1.0 - p3) / 1.2) * n * n;
    let whole = near_integer(p1 * n, slack)
        && near_integer(p2 * 3.0 * n, 3.0 * slack)
        && near_integer(squares, n * n * 6e-10 + 1e-9);
    whole.then(|| Others {
        n: n as i64,
        sign: (p1 * n).round() as i64,
        weighted: (p2 * 3.0 * n).round() as i64,
        squares: squares.round() as i64,
    })
}

/// Splits of `total` acts of one sign with `twos = 2 c3 + c2`: (c1, c2, c3).
fn splits(total: i64, twos: i64) -> impl Iterator<Item = [i64; 3]> {
    let least = (twos - total).max(0);
    (least..=twos / 2).map(move |c3| [total - (twos - 2 * c3) - c3, twos - 2 * c3, c3])
}

fn squares(c: &[i64; 3]) -> i64 {
    c.iter().map(|x| x * x).sum()
}

/// A count vector `[pu, th, op, ap, pr, re]` that fits.
fn other_counts(o: &Others) -> Option<[f64; 6]> {
    if (o.n + o.sign) % 2 != 0 {
        return None;
    }
    let (plus, minus) = ((o.n + o.sign) / 2, (o.n - o.sign) / 2);
    let shift = o.weighted - o.sign;
    for twos in 0..=2 * plus {
        let against = twos - shift;
        if !(0..=2 * minus).contains(&against) {
            continue;
        }
        for p in splits(plus, twos) {
            let rest = o.squares - squares(&p);
            let fits = |m: &[i64; 3]| squares(m) == rest;
            if rest >= 0
                && let Some(m) = splits(minus, against).find(fits)
            {
                return Some([m[2], m[1], m[0], p[0], p[1], p[2]].map(|x| x as f64));
            }
        }
    }
    None
}

#[derive(Default, Debug)]
struct Tally {
    rows: usize,
    own: usize,
    other: usize,
    worst: f64,
}

impl Tally {
    fn compare(&mut self, rows: &Rows, row: usize, names: &[&str], ours: &Indices) {
        let order = raison_core::INDICES.map(str::to_lowercase);
        for name in names {
            let at = order.iter().position(|n| n == name).expect("an index");
            let published = rows.number(row, name);
            let own = ours.values()[at].expect("counts are not empty");
            let difference = (own - published).abs();
            assert!(
                difference < TOLERANCE,
                "row {row}, {name}: {own} and {published}"
            );
            self.worst = self.worst.max(difference);
        }
    }
}

fn check(file: &str) -> Option<Tally> {
    let rows = Rows::read(&shared(&format!("data/psycl/{file}_opcode.csv"))?);
    let mut tally = Tally::default();
    for row in 0..rows.len() {
        tally.rows += 1;
        let get = |name: &str| rows.number(row, name);
        let shares = ["i5pu", "i5th", "i5op", "i5ap", "i5pr", "i5re"].map(get);
        let Some(own) = own_counts(&shares) else {
            continue;
        };
        tally.own += 1;
        let names = [
            "i1", "i2", "i3", "i4a", "i4b", "i5re", "i5pr", "i5ap", "i5op", "i5th", "i5pu",
        ];
        tally.compare(&rows, row, &names, &Indices::of(&own, &[1.0; 6]));
        let n_own: f64 = own.iter().sum();
        // the smallest counts may be a fraction of the true ones
        for multiple in 1..=200 {
            let m = f64::from(multiple);
            let n = n_own * m * (1.0 / get("p4") - 1.0);
            let slack = n_own * m * 6e-10 / get("p4").powi(2) + 1e-9;
            if !near_integer(n, slack.min(0.01)) || n.round() as i64 > LARGEST_SEARCH {
                continue;
            }
            let found = others(n.round(), get("p1"), get("p2"), get("p3"));
            if let Some(other) = found.as_ref().and_then(other_counts) {
                let names = ["p1", "p2", "p3", "p4", "p5"];
                tally.compare(
                    &rows,
                    row,
                    &names,
                    &Indices::of(&own.map(|c| c * m), &other),
                );
                tally.other += 1;
                break;
            }
        }
    }
    println!("{file}: {tally:?}");
    Some(tally)
}

#[test]
fn month_rows() {
    if let Some(t) = check("month") {
        assert_eq!((t.rows, t.own), (2449, 2449));
        assert!(t.other >= 2250, "{t:?}");
    }
}

#[test]
fn quarter_rows() {
    if let Some(t) = check("quarter") {
        assert!(t.own == 1264 && t.other >= 1092, "{t:?}");
    }
}

#[test]
fn year_rows() {
    if let Some(t) = check("year") {
        assert!(t.own == 561 && t.other >= 376, "{t:?}");
    }
}

#[test]
fn leader_rows() {
    if let Some(t) = check("leader") {
        assert!(t.own >= 123 && t.other >= 69, "{t:?}");
    }
}

/// Dean Rusk (Post 2003, Table 9.1): printed to two digits. Only what follows from the six
/// printed shares is compared; I-3 is left out (its printed inputs are too coarse).
#[test]
fn rusk_in_post_2003() {
    let shares = [7.0, 6.0, 16.0, 34.0, 17.0, 20.0];
    let ours = Indices::of(&shares, &[0.0; 6]);
    let published = [("I1", 0.41), ("I2", 0.27), ("I4a", 0.57), ("I4b", 0.53)];
    for (name, value) in published {
        let at = raison_core::INDICES.iter().position(|n| *n == name);
        let own = at.and_then(|k| ours.values()[k]).expect("defined");
        assert!((own - value).abs() <= 0.011, "{name}: {own} and {value}");
    }
    assert_eq!(
        ours.values()[0],
        None,
        "no acts of others: undefined, not zero"
    );
}
