//! Nash and Kalai–Smorodinsky solutions on any number of issues.
//!
//! Utility is 1 minus the distance in ranges of the issues, the issues weighing by the
//! actor's own saliences: u_i(x) = 1 − √(Σ_d s_id ((x_d − x_id)/R_d)² / Σ_d s_id). On one
//! issue this is the utility of [`nash_bargaining`](super::nash_bargaining).
//!
//! Both solutions maximise a concave function, which the ellipsoid method does with a
//! bound on what is still missing (Shor 1977; Grötschel, Lovász & Schrijver 1988).

use super::Space;
use crate::error::{finite, length};
use crate::{Error, Result};

/// Which solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Solution {
    /// Nash 1950, weighted by capability times the sum of saliences.
    Nash,
    /// Kalai & Smorodinsky 1975, max–min form for more than two actors (Imai 1983).
    KalaiSmorodinsky,
}

/// An agreed point in several dimensions.
#[derive(Clone, Debug, PartialEq)]
pub struct SpatialBargain {
    /// The point, issue by issue.
    pub point: Vec<f64>,
    /// Whether actors agreed; where not, `point` is the reference point.
    pub agreed: bool,
    /// How much larger the maximised function could be elsewhere, at most.
    pub shortfall: f64,
}

/// Issues at most: the method's steps grow with their cube.
pub const MOST_ISSUES: usize = 12;

/// The solution with a reference point, or with utility 0 as disagreement where there is
/// none.
///
/// # Errors
/// More than [`MOST_ISSUES`] issues; a reference point of wrong length or not finite.
pub fn bargain(
    space: &Space<'_>,
    solution: Solution,
    reference: Option<&[f64]>,
) -> Result<SpatialBargain> {
    let d = space.issues();
    if d > MOST_ISSUES {
        return Err(Error::TooLarge {
            what: "issues",
            found: d,
            most: MOST_ISSUES,
        });
    }
    if let Some(point) = reference {
        length("reference values", d, point.len())?;
        finite("the reference point", point)?;
    }
    let arena = Arena::new(space, reference);
    let found = match solution {
        Solution::Nash => arena.maximise(|u, g| arena.nash(u, g)),
        Solution::KalaiSmorodinsky => arena.kalai_smorodinsky(),
    };
    Ok(match (found, reference) {
        (Some((y, shortfall)), _) => SpatialBargain {
            point: arena.original(&y),
            agreed: true,
            shortfall,
        },
        (None, Some(point)) => SpatialBargain {
            point: point.to_vec(),
            agreed: false,
            shortfall: 0.0,
        },
        // All actors with weight share one point, or nobody can have more than 0.
        (None, None) => SpatialBargain {
            point: arena.original(&vec![0.5; d]),
            agreed: false,
            shortfall: 0.0,
        },
    })
}

struct Arena<'a> {
    space: &'a Space<'a>,
    low: Vec<f64>,
    range: Vec<f64>,
    /// Actors with weight.
    active: Vec<usize>,
    disagreement: Vec<f64>,
}

impl<'a> Arena<'a> {
    fn new(space: &'a Space<'a>, reference: Option<&[f64]>) -> Self {
        let d = space.issues();
        let mut low = Vec::with_capacity(d);
        let mut range = Vec::with_capacity(d);
        for k in 0..d {
            let (mut from, spread) = space.bounds(k);
            let mut to = from + spread;
            if let Some(point) = reference {
                (from, to) = (from.min(point[k]), to.max(point[k]));
            }
            low.push(from);
            range.push(if to > from { to - from } else { 1.0 });
        }
        let active = (0..space.actors())
            .filter(|i| space.total_weight(*i) > 0.0)
            .collect();
        let mut arena = Self {
            space,
            low,
            range,
            active,
            disagreement: vec![0.0; space.actors()],
        };
        if let Some(point) = reference {
            let y: Vec<f64> = (0..d)
                .map(|k| (point[k] - arena.low[k]) / arena.range[k])
                .collect();
            arena.disagreement = (0..space.actors())
                .map(|i| arena.utility(i, &y, None))
                .collect();
        }
        arena
    }

    fn original(&self, y: &[f64]) -> Vec<f64> {
        y.iter()
            .zip(self.low.iter().zip(&self.range))
            .map(|(y, (l, r))| l + r * y)
            .collect()
    }

    /// Utility of actor `i` at `y`; adds `scale` times its gradient.
    fn utility(&self, i: usize, y: &[f64], gradient: Option<(f64, &mut [f64])>) -> f64 {
        let d = y.len();
        let s = &self.space.salience[i * d..(i + 1) * d];
        let total: f64 = s.iter().sum();
        if total <= 0.0 {
            return 1.0;
        }
        let away =
            |k: usize| y[k] - (self.space.positions[i * d + k] - self.low[k]) / self.range[k];
        let square: f64 = (0..d).map(|k| s[k] * away(k) * away(k)).sum();
        let distance = (square / total).sqrt();
        if let Some((scale, out)) = gradient
            && distance > 0.0
        {
            for (k, o) in out.iter_mut().enumerate() {
                *o -= scale * s[k] * away(k) / (total * distance);
            }
        }
        1.0 - distance
    }

    /// Value and gradient of Σ w ln(u − d), or the cut that an unwilling actor makes.
    fn nash(&self, y: &[f64], g: &mut [f64]) -> Option<f64> {
        let mut sum = 0.0;
        for &i in &self.active {
            let gain = self.utility(i, y, None) - self.disagreement[i];
            if gain <= 0.0 {
                g.fill(0.0);
                self.utility(i, y, Some((1.0, g)));
                return None;
            }
            let w = self.space.total_weight(i);
            sum += w * gain.ln();
            self.utility(i, y, Some((w / gain, g)));
        }
        Some(sum)
    }

    /// Value and gradient of actor `i`'s utility among points that all accept.
    fn ideal(&self, i: usize, y: &[f64], g: &mut [f64]) -> Option<f64> {
        for &j in &self.active {
            if self.utility(j, y, None) - self.disagreement[j] <= 0.0 {
                self.utility(j, y, Some((1.0, g)));
                return None;
            }
        }
        Some(self.utility(i, y, Some((1.0, g))))
    }

    fn kalai_smorodinsky(&self) -> Option<(Vec<f64>, f64)> {
        let mut best = vec![1.0; self.space.actors()];
        for &i in &self.active {
            let (y, _) = self.maximise(|y, g| self.ideal(i, y, g))?;
            best[i] = self.utility(i, &y, None);
        }
        self.maximise(|y, g| {
            let share = |i: usize| {
                (self.utility(i, y, None) - self.disagreement[i]) / (best[i] - self.disagreement[i])
            };
            let least = self
                .active
                .iter()
                .copied()
                .min_by(|a, b| share(*a).total_cmp(&share(*b)))?;
            let scale = 1.0 / (best[least] - self.disagreement[least]);
            self.utility(least, y, Some((scale, g)));
            let value = share(least);
            (value > 0.0).then_some(value)
        })
    }

    /// The ellipsoid method from the ball around the unit cube. `eval` gives the value and
    /// writes the gradient, or `None` and the direction of what is violated.
    fn maximise(
        &self,
        eval: impl Fn(&[f64], &mut [f64]) -> Option<f64>,
    ) -> Option<(Vec<f64>, f64)> {
        // One dimension is embedded in two, where the update is defined.
        let d = self.low.len();
        let n = d.max(2);
        let mut centre = vec![0.5; n];
        let mut shape = vec![0.0; n * n];
        (0..n).for_each(|k| shape[k * n + k] = n as f64 / 4.0 + 1e-9);
        let mut best: Option<(Vec<f64>, f64)> = None;
        let mut bound = f64::INFINITY;
        for _ in 0..400 * n * (n + 1) {
            let mut g = vec![0.0; n];
            let value = eval(&centre[..d], &mut g[..d]);
            if let Some(v) = value
                && best.as_ref().is_none_or(|b| v > b.1)
            {
                best = Some((centre[..d].to_vec(), v));
            }
            let shaped: Vec<f64> = (0..n)
                .map(|r| (0..n).map(|c| shape[r * n + c] * g[c]).sum())
                .collect();
            let length = g
                .iter()
                .zip(&shaped)
                .map(|(a, b)| a * b)
                .sum::<f64>()
                .max(0.0)
                .sqrt();
            if let (Some(v), Some(b)) = (value, &best) {
                bound = bound.min(v + length - b.1).max(0.0);
                if length <= 1e-13 * v.abs().max(1.0) {
                    break;
                }
            }
            if length <= 1e-15 {
                break;
            }
            step(&mut centre, &mut shape, &shaped, length);
        }
        best.map(|(y, _)| (y, bound))
    }
}

/// Keeps the half in which the gradient points uphill.
fn step(centre: &mut [f64], shape: &mut [f64], shaped: &[f64], length: f64) {
    let n = centre.len();
    let m = n as f64;
    for (c, s) in centre.iter_mut().zip(shaped) {
        *c += s / length / (m + 1.0);
    }
    let grow = m * m / (m * m - 1.0);
    for r in 0..n {
        for c in 0..n {
            let cut = 2.0 / (m + 1.0) * (shaped[r] / length) * (shaped[c] / length);
            shape[r * n + c] = grow * (shape[r * n + c] - cut);
        }
    }
}
