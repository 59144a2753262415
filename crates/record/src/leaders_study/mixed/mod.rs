//! Linear mixed models with crossed random effects, by restricted maximum likelihood.
//!
//! `y = Xβ + Σ Z_k u_k + e`, `u_k ~ N(0, σ² θ_k²)`, `e ~ N(0, σ²)`. The restricted
//! deviance is profiled over β and σ² as Bates et al. (2015, section 3.4) do, and
//! minimised over the relative standard deviations θ by its analytic gradient. It is even
//! in every θ_k, so the boundary θ_k = 0 needs no constraint.

mod dense;
mod factor;
mod minimise;

use factor::{Factor, Order};
pub use minimise::Minimum;

/// A grouping of the rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Grouping {
    /// Name: `leader`.
    pub name: String,
    /// The level of each row, from 0.
    pub level: Vec<u32>,
    /// How many levels there are.
    pub levels: usize,
}

impl Grouping {
    /// From keys: equal keys are one level, in order of first appearance.
    pub fn of<K: std::hash::Hash + Eq>(name: &str, keys: impl Iterator<Item = K>) -> Grouping {
        let mut seen = std::collections::HashMap::new();
        let level = keys
            .map(|k| {
                let next = seen.len() as u32;
                *seen.entry(k).or_insert(next)
            })
            .collect();
        Grouping {
            name: name.to_owned(),
            level,
            levels: seen.len(),
        }
    }
}

/// A model: response, fixed effects by column, groupings.
pub struct Model<'m> {
    y: &'m [f64],
    x: &'m [Vec<f64>],
    groups: &'m [Grouping],
    order: Order,
    /// First level of every grouping, then of the fixed effects, then the response.
    first: Vec<usize>,
}

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Relative standard deviations θ, by grouping; 0 where one was left out.
    pub theta: Vec<f64>,
    /// Variance of each grouping.
    pub variances: Vec<f64>,
    /// Residual variance σ².
    pub residual: f64,
    /// Restricted deviance, −2 log restricted likelihood.
    pub deviance: f64,
    /// Fixed effects, in the order of the columns.
    pub fixed: Vec<f64>,
    /// Rows.
    pub n: usize,
    /// Largest part of the gradient of the deviance where the search ended.
    pub gradient: f64,
    /// How often the deviance was computed.
    pub evaluations: usize,
}

impl Fit {
    /// Shares of the variance: each grouping's, then the residual's; they sum to 1.
    pub fn shares(&self) -> Vec<f64> {
        let all: f64 = self.variances.iter().sum::<f64>() + self.residual;
        let parts = self.variances.iter().chain(std::iter::once(&self.residual));
        parts.map(|v| v / all).collect()
    }
}

/// The search ends where the gradient of the deviance is below this.
pub const TOLERANCE: f64 = 1e-5;
/// The 95 % point of chi-square with one degree of freedom.
const RISE: f64 = 3.841_458_820_694_124;
/// Below this relative deviation a grouping counts as absent: its gradient is 0.
const ABSENT: f64 = 1e-7;

struct Point {
    deviance: f64,
    square: f64,
}

impl<'m> Model<'m> {
    /// A model of a response on fixed effects (columns, the intercept among them) and
    /// groupings, all with one value a row.
    pub fn new(y: &'m [f64], x: &'m [Vec<f64>], groups: &'m [Grouping]) -> Model<'m> {
        let mut first = vec![0];
        for g in groups {
            first.push(first.last().unwrap_or(&0) + g.levels);
        }
        let random = first.last().copied().unwrap_or(0);
        let cliques = (0..y.len()).map(|row| {
            let levels = groups.iter().zip(&first);
            levels.map(|(g, f)| f + g.level[row] as usize).collect()
        });
        let order = Order::new(random + x.len() + 1, x.len() + 1, cliques);
        Model {
            y,
            x,
            groups,
            order,
            first,
        }
    }

    fn random(&self) -> usize {
        self.first.last().copied().unwrap_or(0)
    }

    /// The cross products of one row's levels, columns and response.
    fn entries(&self, theta: &[f64]) -> Vec<(u32, u32, f64)> {
        let q = self.random();
        let fixed = self.x.len();
        let mut out: Vec<(u32, u32, f64)> = (0..q as u32).map(|i| (i, i, 1.0)).collect();
        let mut row: Vec<(u32, f64)> = Vec::new();
        for (r, y) in self.y.iter().enumerate() {
            row.clear();
            for ((g, first), t) in self.groups.iter().zip(&self.first).zip(theta) {
                row.push(((first + g.level[r] as usize) as u32, *t));
            }
            row.extend(
                self.x
                    .iter()
                    .enumerate()
                    .map(|(k, c)| ((q + k) as u32, c[r])),
            );
            row.push(((q + fixed) as u32, *y));
            for (at, (i, x)) in row.iter().enumerate() {
                out.extend(
                    row[at..]
                        .iter()
                        .filter(|(_, z)| x * z != 0.0)
                        .map(|(j, z)| (*i, *j, x * z)),
                );
            }
        }
        out
    }

    fn point(&self, factor: &Factor<'_>) -> Point {
        let (q, p) = (self.random(), self.x.len());
        let logs: f64 = (0..q + p).map(|l| factor.pivot(l).ln()).sum();
        let square = factor.pivot(q + p).powi(2);
        let free = (self.y.len() - p) as f64;
        let spread = (2.0 * std::f64::consts::PI * square / free).ln();
        Point {
            deviance: 2.0 * logs + free * (1.0 + spread),
            square,
        }
    }

    /// The restricted deviance and its gradient.
    fn deviance(&self, theta: &[f64]) -> Option<(f64, Vec<f64>)> {
        let factor = Factor::new(&self.order, &self.entries(theta))?;
        let point = self.point(&factor);
        let (modes, inverse) = (factor.modes(), factor.inverse_diagonal());
        let free = (self.y.len() - self.x.len()) as f64;
        let gradient = theta
            .iter()
            .zip(self.first.windows(2))
            .map(|(t, ends)| {
                if t.abs() < ABSENT {
                    return 0.0;
                }
                let levels = ends[0]..ends[1];
                let trace: f64 = inverse[levels.clone()].iter().map(|z| 1.0 - z).sum();
                let modes: f64 = modes[levels].iter().map(|b| b * b).sum();
                2.0 / t * (trace - free * modes / point.square)
            })
            .collect();
        Some((point.deviance, gradient))
    }

    /// Fits the model with the groupings that `keep` marks, from a start (all ½ where
    /// there is none). `None` where the equations cannot be solved: too few rows, or
    /// fixed effects that depend on one another.
    pub fn fit(&self, keep: &[bool], start: Option<&[f64]>) -> Option<Fit> {
        let held: Vec<Option<f64>> = keep
            .iter()
            .map(|k| if *k { None } else { Some(0.0) })
            .collect();
        self.fit_held(&held, start)
    }

    /// The same with the relative standard deviations held where one is given.
    fn fit_held(&self, held: &[Option<f64>], start: Option<&[f64]>) -> Option<Fit> {
        let whole = |free: &[f64]| -> Vec<f64> {
            let mut values = free.iter();
            held.iter()
                .map(|h| h.unwrap_or_else(|| values.next().copied().unwrap_or(0.0)))
                .collect()
        };
        let kept: Vec<usize> = (0..held.len()).filter(|k| held[*k].is_none()).collect();
        let begin: Vec<f64> = kept
            .iter()
            .map(|k| {
                start
                    .and_then(|s| s.get(*k))
                    .copied()
                    .unwrap_or(0.5)
                    .max(0.05)
            })
            .collect();
        let mut f = |free: &[f64]| {
            let (value, gradient) = self.deviance(&whole(free))?;
            Some((value, kept.iter().map(|k| gradient[*k]).collect()))
        };
        let found = minimise::minimise(&mut f, &begin, TOLERANCE)?;
        self.finish(whole(&found.at), &found)
    }

    fn finish(&self, theta: Vec<f64>, found: &Minimum) -> Option<Fit> {
        let factor = Factor::new(&self.order, &self.entries(&theta))?;
        let point = self.point(&factor);
        let residual = point.square / (self.y.len() - self.x.len()) as f64;
        let q = self.random();
        Some(Fit {
            variances: theta.iter().map(|t| t * t * residual).collect(),
            theta: theta.iter().map(|t| t.abs()).collect(),
            residual,
            deviance: point.deviance,
            fixed: factor.modes().split_off(q),
            n: self.y.len(),
            gradient: found.gradient,
            evaluations: found.evaluations,
        })
    }

    /// The 95 % interval of a grouping's share by the profile of the restricted deviance:
    /// the shares between which it lies less than 3.84 above its minimum.
    pub fn profile(&self, fit: &Fit, group: usize) -> Option<(f64, f64)> {
        let best = *fit.theta.get(group)?;
        let at = |theta: f64| -> Option<(f64, f64)> {
            let held: Vec<Option<f64>> = (0..fit.theta.len())
                .map(|k| (k == group).then_some(theta))
                .collect();
            let there = self.fit_held(&held, Some(&fit.theta))?;
            Some((there.deviance - fit.deviance, *there.shares().get(group)?))
        };
        let low = match at(0.0)? {
            (rise, _) if rise <= RISE => 0.0,
            _ => self.cross(&at, best, 0.0)?,
        };
        let mut far = 2.0 * best + 0.2;
        while at(far)?.0 < RISE && far < 50.0 {
            far *= 2.0;
        }
        Some((low, self.cross(&at, best, far)?))
    }

    /// The share where the rise is reached between the best value and one beyond. The root
    /// of the rise is nearly straight, so false position (with the remedy of Illinois)
    /// takes a few steps.
    fn cross(&self, at: &dyn Fn(f64) -> Option<(f64, f64)>, best: f64, beyond: f64) -> Option<f64> {
        let wanted = RISE.sqrt();
        let (mut a, mut fa, mut b) = (best, -wanted, beyond);
        let (rise, mut share) = at(beyond)?;
        let mut fb = rise.max(0.0).sqrt() - wanted;
        for _ in 0..20 {
            let middle = (a * fb - b * fa) / (fb - fa);
            let (rise, there) = at(middle)?;
            share = there;
            let f = rise.max(0.0).sqrt() - wanted;
            if f.abs() < 5e-4 {
                break;
            }
            if f * fb < 0.0 {
                (a, fa) = (b, fb);
            } else {
                fa *= 0.5;
            }
            (b, fb) = (middle, f);
        }
        Some(share)
    }

    /// Places at the sparse edge, and in the dense core.
    pub fn shape(&self) -> (usize, usize) {
        (self.order.edge(), self.order.n - self.order.edge())
    }
}

#[cfg(test)]
mod tests;
