//! Continuation: follows z = λ·Δu(z) from λ = 0 to the precision asked.

use crate::linear::solve;
use crate::{Error, Result};

/// Steps along one branch before giving up.
const MOST_STEPS: usize = 20_000;
/// Branches followed at most.
const MOST_BRANCHES: usize = 32;
/// Corrections of a step at most.
const MOST_CORRECTIONS: usize = 12;
/// A corrected point's residual, relative to the size of its log odds.
const EXACT: f64 = 1e-13;

/// What the continuation needs to know of a game: log odds `z` of all strategies against
/// the first of each player, and the payoff differences that they imply.
pub(super) trait Response {
    /// Number of log odds.
    fn size(&self) -> usize;
    /// Writes Δu(z): what each strategy earns beyond the first of its player.
    fn gains(&mut self, z: &[f64], gains: &mut [f64]);
    /// Writes Δu(z) and its derivatives, row by row: gain by log odds.
    fn slopes(&mut self, z: &[f64], gains: &mut [f64], slopes: &mut [f64]);
}

/// Where two branches meet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bifurcation {
    /// The precision at the meeting point.
    pub lambda: f64,
}

/// One answer at the precision asked, as log odds.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// Log odds of each strategy but the first of each player.
    pub log_odds: Vec<f64>,
    /// The bifurcations passed on the way, and whether the branch turned off there.
    pub passed: Vec<(Bifurcation, bool)>,
    /// max |z − λ·Δu(z)|, relative to max(1, |z|).
    pub residual: f64,
}

impl Branch {
    /// Whether this is the branch that starts at chance play and never turns off.
    pub fn is_principal(&self) -> bool {
        self.passed.iter().all(|p| !p.1)
    }
}

/// All answers found at one precision.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantal<P> {
    /// The precision.
    pub lambda: f64,
    /// The principal branch first.
    pub answers: Vec<(P, Branch)>,
    /// Where branches met on the way, in the order found.
    pub bifurcations: Vec<Bifurcation>,
}

/// Follows the principal branch, and those that leave it, to `lambda`.
pub(super) fn follow(game: &mut impl Response, lambda: f64) -> Result<Vec<Branch>> {
    if !lambda.is_finite() {
        return Err(Error::NotFinite {
            what: "lambda",
            index: 0,
        });
    }
    if lambda < 0.0 {
        return Err(Error::OutOfRange {
            what: "lambda",
            index: 0,
            value: lambda,
            domain: "0 or more",
        });
    }
    let n = game.size();
    let mut walk = Walk::new(game, lambda);
    let mut tangent = vec![0.0; n + 1];
    tangent[n] = 1.0;
    let start = Start {
        point: vec![0.0; n + 1],
        tangent,
        passed: Vec::new(),
    };
    let mut waiting = vec![start];
    let mut found: Vec<Branch> = Vec::new();
    let mut begun = 0;
    while let Some(start) = waiting.pop() {
        begun += 1;
        if begun > MOST_BRANCHES {
            break;
        }
        let principal = start.passed.iter().all(|p: &(Bifurcation, bool)| !p.1);
        match walk.walk_to_target(start, &mut waiting) {
            Ok(branch) => {
                if !found.iter().any(|b| same(b, &branch)) {
                    found.push(branch);
                }
            }
            // A side branch may run back to small λ; only the principal one must arrive.
            Err(error) if principal => return Err(error),
            Err(_) => {}
        }
    }
    Ok(found)
}

fn same(a: &Branch, b: &Branch) -> bool {
    let near = |(x, y): (&f64, &f64)| (x - y).abs() <= 1e-6 * x.abs().max(1.0);
    a.log_odds.iter().zip(&b.log_odds).all(near)
}

struct Start {
    /// Log odds and λ.
    point: Vec<f64>,
    tangent: Vec<f64>,
    passed: Vec<(Bifurcation, bool)>,
}

struct Walk<'a, G> {
    game: &'a mut G,
    target: f64,
    n: usize,
    gains: Vec<f64>,
    slopes: Vec<f64>,
    matrix: Vec<f64>,
    side: Vec<f64>,
}

impl<'a, G: Response> Walk<'a, G> {
    fn new(game: &'a mut G, target: f64) -> Self {
        let n = game.size();
        Self {
            game,
            target,
            n,
            gains: vec![0.0; n],
            slopes: vec![0.0; n * n],
            matrix: vec![0.0; (n + 1) * (n + 1)],
            side: vec![0.0; n + 1],
        }
    }

    fn walk_to_target(&mut self, start: Start, waiting: &mut Vec<Start>) -> Result<Branch> {
        let n = self.n;
        let Start {
            mut point,
            mut tangent,
            mut passed,
        } = start;
        if self.target == 0.0 {
            return self.land(&point, passed);
        }
        let mut sign = self.turn(&point, &mut tangent);
        let mut step = (0.05 * self.target).min(0.25);
        for _ in 0..MOST_STEPS {
            let to_go = (self.target - point[n]) / tangent[n];
            // Aim at the target when it is within the step's reach.
            let length = if tangent[n] > 0.0 && to_go < step {
                to_go
            } else {
                step
            };
            let Some((next, corrections)) = self.advance(&point, &tangent, length) else {
                step /= 4.0;
                if step < 1e-12 {
                    return Err(stuck(point[n], self.target));
                }
                continue;
            };
            let mut ahead = tangent.clone();
            let next_sign = self.turn(&next, &mut ahead);
            let bend: f64 = ahead.iter().zip(&tangent).map(|(a, b)| a * b).sum();
            if bend < 0.9 && step > 1e-9 {
                step /= 2.0;
                continue;
            }
            if sign * next_sign < 0 {
                self.branch_off(&point, &next, &tangent, sign, &mut passed, waiting);
            }
            if point[n] < self.target && next[n] >= self.target - 1e-12 * self.target.max(1.0) {
                return self.land(&next, passed);
            }
            if next[n] < 0.0 {
                return Err(stuck(0.0, self.target));
            }
            (point, tangent) = (next, ahead);
            if next_sign != 0 {
                sign = next_sign;
            }
            step = if corrections <= 3 {
                length * 1.8
            } else if corrections > 5 {
                length / 1.5
            } else {
                length
            };
        }
        Err(stuck(point[n], self.target))
    }

    /// Fills the bordered matrix at `point`: the derivatives of z − λ·Δu(z), with
    /// `border` as last row.
    fn border(&mut self, point: &[f64], border: &[f64]) {
        let (n, lambda) = (self.n, point[self.n]);
        self.game
            .slopes(&point[..n], &mut self.gains, &mut self.slopes);
        for r in 0..n {
            let line = &mut self.matrix[r * (n + 1)..(r + 1) * (n + 1)];
            for (c, cell) in line[..n].iter_mut().enumerate() {
                *cell = -lambda * self.slopes[r * n + c];
            }
            line[r] += 1.0;
            line[n] = -self.gains[r];
        }
        self.matrix[n * (n + 1)..].copy_from_slice(border);
    }

    /// Turns `tangent` to the branch at `point`, keeping its direction; gives the sign of
    /// the bordered determinant.
    fn turn(&mut self, point: &[f64], tangent: &mut [f64]) -> i8 {
        let n = self.n;
        self.border(point, tangent);
        self.side.fill(0.0);
        self.side[n] = 1.0;
        let sign = solve(&mut self.matrix, &mut self.side);
        if sign != 0 {
            let length = self.side.iter().map(|v| v * v).sum::<f64>().sqrt();
            for (t, s) in tangent.iter_mut().zip(&self.side) {
                *t = s / length;
            }
        }
        sign
    }

    /// One step along the tangent, corrected back to the branch in the plane across it.
    fn advance(&mut self, from: &[f64], tangent: &[f64], length: f64) -> Option<(Vec<f64>, usize)> {
        let n = self.n;
        let guess: Vec<f64> = from
            .iter()
            .zip(tangent)
            .map(|(p, t)| p + length * t)
            .collect();
        let mut point = guess.clone();
        for count in 1..=MOST_CORRECTIONS {
            self.border(&point, tangent);
            let lambda = point[n];
            let across: f64 = tangent
                .iter()
                .zip(point.iter().zip(&guess))
                .map(|(t, (p, g))| t * (p - g))
                .sum();
            for (k, side) in self.side[..n].iter_mut().enumerate() {
                *side = lambda * self.gains[k] - point[k];
            }
            self.side[n] = -across;
            if solve(&mut self.matrix, &mut self.side) == 0 {
                return None;
            }
            let size = point.iter().fold(1.0f64, |m, p| m.max(p.abs()));
            let change = self.side.iter().fold(0.0f64, |m, d| m.max(d.abs()));
            if !change.is_finite() || change > 4.0 * length.max(0.5) {
                return None;
            }
            point.iter_mut().zip(&self.side).for_each(|(p, d)| *p += d);
            if change < 1e-9 * size {
                return Some((point, count));
            }
        }
        None
    }

    /// Corrects at the target precision exactly, and checks the residual.
    fn land(&mut self, near: &[f64], passed: Vec<(Bifurcation, bool)>) -> Result<Branch> {
        let n = self.n;
        let mut point = near.to_vec();
        let mut fixed = vec![0.0; n + 1];
        fixed[n] = 1.0;
        point[n] = self.target;
        let mut residual = self.residual(&point);
        for _ in 0..MOST_CORRECTIONS {
            if residual <= EXACT {
                break;
            }
            self.border(&point, &fixed);
            for (k, side) in self.side[..n].iter_mut().enumerate() {
                *side = point[n] * self.gains[k] - point[k];
            }
            self.side[n] = 0.0;
            if solve(&mut self.matrix, &mut self.side) == 0 {
                break;
            }
            let mut better = point.clone();
            better.iter_mut().zip(&self.side).for_each(|(p, d)| *p += d);
            let after = self.residual(&better);
            if after.is_nan() || after >= residual {
                break;
            }
            (point, residual) = (better, after);
        }
        if residual.is_nan() || residual > 1e-10 {
            return Err(stuck(near[n], self.target));
        }
        point.truncate(n);
        Ok(Branch {
            log_odds: point,
            passed,
            residual,
        })
    }

    fn residual(&mut self, point: &[f64]) -> f64 {
        let n = self.n;
        self.game.gains(&point[..n], &mut self.gains);
        let size = point[..n].iter().fold(1.0f64, |m, p| m.max(p.abs()));
        let off = |k: usize| (point[k] - point[n] * self.gains[k]).abs();
        (0..n).map(off).fold(0.0, f64::max) / size
    }

    /// Locates the bifurcation between two points and starts the branches that cross.
    fn branch_off(
        &mut self,
        from: &[f64],
        to: &[f64],
        tangent: &[f64],
        sign: i8,
        passed: &mut Vec<(Bifurcation, bool)>,
        waiting: &mut Vec<Start>,
    ) {
        let n = self.n;
        let reach: f64 = tangent
            .iter()
            .zip(to.iter().zip(from))
            .map(|(t, (a, b))| t * (a - b))
            .sum();
        let (mut low, mut high) = (0.0, reach);
        let mut middle = to.to_vec();
        for _ in 0..60 {
            let at = (low + high) / 2.0;
            let Some((point, _)) = self.advance(from, tangent, at) else {
                break;
            };
            let mut direction = tangent.to_vec();
            let here = self.turn(&point, &mut direction);
            middle = point;
            if here == sign {
                low = at
            } else {
                high = at
            }
            if high - low < 1e-9 * reach.max(1e-6) {
                break;
            }
        }
        let bifurcation = Bifurcation { lambda: middle[n] };
        if bifurcation.lambda > self.target {
            return;
        }
        let mut turned = passed.clone();
        turned.push((bifurcation, true));
        passed.push((bifurcation, false));
        let Some(across) = self.crossing(&middle, tangent) else {
            return;
        };
        for way in [1.0, -1.0] {
            let tangent: Vec<f64> = across.iter().map(|a| way * a).collect();
            let Some(point) = self.leave(&middle, &tangent) else {
                continue;
            };
            let onward: Vec<f64> = point.iter().zip(&middle).map(|(p, m)| p - m).collect();
            waiting.push(Start {
                point,
                tangent: unit(onward),
                passed: turned.clone(),
            });
        }
    }

    /// The kernel direction across the branch at a bifurcation, by inverse iteration on
    /// the nearly singular bordered matrix.
    fn crossing(&mut self, at: &[f64], tangent: &[f64]) -> Option<Vec<f64>> {
        let n = self.n;
        let mut direction: Vec<f64> = (0..=n)
            .map(|k| 1.0 + 0.37 * (k as f64 * 1.7).sin())
            .collect();
        for _ in 0..6 {
            self.border(at, tangent);
            // Keep away from an exactly singular matrix.
            for k in 0..=n {
                self.matrix[k * (n + 1) + k] += 1e-9;
            }
            self.side.copy_from_slice(&direction);
            if solve(&mut self.matrix, &mut self.side) == 0 {
                return None;
            }
            let along: f64 = self.side.iter().zip(tangent).map(|(s, t)| s * t).sum();
            let rest = self.side.iter().zip(tangent).map(|(s, t)| s - along * t);
            direction = unit(rest.collect());
        }
        direction.iter().all(|d| d.is_finite()).then_some(direction)
    }

    /// A point on the crossing branch a short way from the bifurcation.
    fn leave(&mut self, at: &[f64], direction: &[f64]) -> Option<Vec<f64>> {
        for length in [0.05, 0.02, 0.1, 0.2, 0.01] {
            if let Some((point, _)) = self.advance(at, direction, length) {
                let gone: f64 = direction
                    .iter()
                    .zip(point.iter().zip(at))
                    .map(|(d, (p, a))| d * (p - a))
                    .sum();
                if gone > 0.5 * length && point[self.n] >= 0.0 {
                    return Some(point);
                }
            }
        }
        None
    }
}

fn unit(mut vector: Vec<f64>) -> Vec<f64> {
    let length = vector.iter().map(|v| v * v).sum::<f64>().sqrt();
    vector.iter_mut().for_each(|v| *v /= length);
    vector
}

fn stuck(reached: f64, target: f64) -> Error {
    Error::Structure(format!(
        "the branch of quantal responses could be followed to lambda {reached:.6} only, not to \
         {target}"
    ))
}
