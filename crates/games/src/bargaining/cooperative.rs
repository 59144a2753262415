//! Cooperative bargaining on one issue: Nash and Kalai–Smorodinsky.
//!
//! Utility falls linearly with distance: u_i(x) = 1 − |x − x_i| / R, where R is the range
//! of the positions (and of the reference point, where there is one), so 1 is an actor's
//! own position and 0 the far end.

use super::check_weights;
use crate::error::{finite, length};
use crate::{Error, Result};

/// What happens without agreement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Disagreement<'a> {
    /// Everyone gets utility 0.
    Zero,
    /// Each actor gets the utility listed, below 1.
    Utilities(&'a [f64]),
    /// This point is the outcome, on the scale of the positions.
    Point(f64),
}

/// An agreed point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bargain {
    /// The point, on the scale of the positions.
    pub point: f64,
    /// Whether actors agreed; where not, `point` is the reference point.
    pub agreed: bool,
    /// How far the exact solution can be from `point`, on the scale of the positions.
    pub within: f64,
}

/// The weighted (asymmetric) Nash bargaining solution on one issue.
///
/// Maximises Σ w_i ln(u_i(x) − d_i) over the points that every actor with weight prefers
/// to disagreement. Weights are 0 or more, in any unit.
///
/// Where the reference point of [`Disagreement::Point`] cannot be improved on for
/// everyone, it stays: `agreed` is false.
///
/// Source: Nash 1950; asymmetric form Harsanyi & Selten 1972, Kalai 1977. Used on
/// European Union decisions by Schneider, Finke & Bailer 2010.
///
/// # Errors
/// Bad lists as in [`compromise`](super::compromise); a disagreement utility of 1 or
/// more; [`Error::NoAgreement`] where disagreement utilities leave no common point.
pub fn nash_bargaining(
    weights: &[f64],
    positions: &[f64],
    disagreement: Disagreement<'_>,
) -> Result<Bargain> {
    check_weights(weights, positions)?;
    let reach = reach(positions, disagreement)?;
    let common = match common(weights, positions, &reach, disagreement)? {
        Common::Interval(low, high) => (low, high),
        Common::Only(bargain) => return Ok(bargain),
    };
    let slope = |x: f64| -> f64 {
        let pull = |i: usize| {
            let away = x - positions[i];
            let room = reach[i] - away.abs();
            weights[i] * -sign(away) / room
        };
        active(weights).map(pull).sum()
    };
    Ok(bisect(common, slope))
}

/// The Kalai–Smorodinsky solution on one issue.
///
/// Maximises the smallest share of an actor's possible gain,
/// (u_i(x) − d_i) / (b_i − d_i), where b_i is the best that i could get from a point
/// which all accept. For two actors this is the classical solution, for more the
/// max–min form (Imai 1983). Weights only say who takes part: above 0.
///
/// Source: Kalai & Smorodinsky 1975.
///
/// # Errors
/// As [`nash_bargaining`].
pub fn kalai_smorodinsky(
    weights: &[f64],
    positions: &[f64],
    disagreement: Disagreement<'_>,
) -> Result<Bargain> {
    check_weights(weights, positions)?;
    let reach = reach(positions, disagreement)?;
    let (low, high) = match common(weights, positions, &reach, disagreement)? {
        Common::Interval(low, high) => (low, high),
        Common::Only(bargain) => return Ok(bargain),
    };
    let share = |i: usize, x: f64| {
        let best = reach[i] - (positions[i].clamp(low, high) - positions[i]).abs();
        (reach[i] - (x - positions[i]).abs()) / best
    };
    let slope = |x: f64| -> f64 {
        let least = active(weights).min_by(|&a, &b| share(a, x).total_cmp(&share(b, x)));
        least.map_or(0.0, |i| sign(positions[i] - x))
    };
    Ok(bisect((low, high), slope))
}

fn active(weights: &[f64]) -> impl Iterator<Item = usize> + '_ {
    (0..weights.len()).filter(|&i| weights[i] > 0.0)
}

/// −1, 0 or 1, unlike `f64::signum`.
fn sign(v: f64) -> f64 {
    if v == 0.0 { 0.0 } else { v.signum() }
}

/// How far from their position each actor still prefers a point to disagreement.
fn reach(positions: &[f64], disagreement: Disagreement<'_>) -> Result<Vec<f64>> {
    let low = positions.iter().copied().fold(f64::INFINITY, f64::min);
    let high = positions.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    match disagreement {
        Disagreement::Zero => Ok(vec![high - low; positions.len()]),
        Disagreement::Utilities(list) => {
            length("disagreement utilities", positions.len(), list.len())?;
            finite("the disagreement utility", list)?;
            below_one(list)?;
            Ok(list.iter().map(|d| (1.0 - d) * (high - low)).collect())
        }
        Disagreement::Point(q) => {
            finite("the reference point", &[q])?;
            Ok(positions.iter().map(|x| (x - q).abs()).collect())
        }
    }
}

fn below_one(list: &[f64]) -> Result<()> {
    match list.iter().position(|d| *d >= 1.0) {
        None => Ok(()),
        Some(index) => Err(Error::OutOfRange {
            what: "the disagreement utility",
            index,
            value: list[index],
            domain: "below 1",
        }),
    }
}

enum Common {
    Interval(f64, f64),
    Only(Bargain),
}

/// The points that all actors with weight accept, inside the span of their positions.
fn common(
    weights: &[f64],
    positions: &[f64],
    reach: &[f64],
    disagreement: Disagreement<'_>,
) -> Result<Common> {
    let by = |f: &dyn Fn(usize) -> f64| {
        active(weights)
            .max_by(|&a, &b| f(a).total_cmp(&f(b)))
            .unwrap_or(0)
    };
    let (leftmost, rightmost) = (by(&|i| -positions[i]), by(&|i| positions[i]));
    let (from, to) = (positions[leftmost], positions[rightmost]);
    if from == to && reach[leftmost] == 0.0 {
        return Ok(only(from, true));
    }
    let first = by(&|i| positions[i] - reach[i]);
    let second = by(&|i| -positions[i] - reach[i]);
    let low = positions[first] - reach[first];
    let high = positions[second] + reach[second];
    if low < high {
        return Ok(Common::Interval(low.max(from), high.min(to)));
    }
    match disagreement {
        Disagreement::Point(q) => Ok(only(q, false)),
        _ => Err(Error::NoAgreement { first, second }),
    }
}

fn only(point: f64, agreed: bool) -> Common {
    Common::Only(Bargain {
        point,
        agreed,
        within: 0.0,
    })
}

/// The maximum of a concave function with falling `slope`, to the last representable bit.
fn bisect((mut low, mut high): (f64, f64), slope: impl Fn(f64) -> f64) -> Bargain {
    loop {
        let middle = low / 2.0 + high / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        match slope(middle) {
            s if s > 0.0 => low = middle,
            s if s < 0.0 => high = middle,
            _ => (low, high) = (middle, middle),
        }
    }
    Bargain {
        point: low / 2.0 + high / 2.0,
        agreed: true,
        within: high - low,
    }
}
