//! Similarity of foreign-policy portfolios.
//!
//! S: Signorino and Ritter (1999). Cohen's kappa and Scott's pi for distances: Häge
//! (2011), with squared distances and the expected disagreement of separate (kappa) or
//! pooled (pi) margins. Tau-b: Kendall, as used by Bueno de Mesquita (1975).

/// The scores of two portfolios.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Similarity {
    /// S, absolute distances, equal weights.
    pub s: f64,
    /// S, absolute distances, weighted.
    pub s_weighted: f64,
    /// S, squared distances, equal weights.
    pub s_squared: f64,
    /// S, squared distances, weighted.
    pub s_weighted_squared: f64,
    /// Cohen's kappa, squared distances.
    pub kappa: f64,
    /// Scott's pi, squared distances.
    pub pi: f64,
    /// Kendall's tau-b.
    pub tau_b: f64,
}

/// Partners on whom the two portfolios hold the values `x` and `y`.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// Value of the first portfolio.
    pub x: f64,
    /// Value of the second portfolio.
    pub y: f64,
    /// How many partners.
    pub count: f64,
    /// Sum of their weights.
    pub weight: f64,
}

/// Compares two portfolios over the same partners. `range` is the largest possible
/// distance; `weights` are the partners' weights (equal ones where `None`). Partners of
/// whom one side is not known (not-a-number) are left out. Not-a-number where a score is
/// not defined: no partner, no range, no variation.
pub fn compare(a: &[f64], b: &[f64], weights: Option<&[f64]>, range: f64) -> Similarity {
    let mut cells: Vec<Cell> = Vec::new();
    for (i, (x, y)) in a.iter().zip(b).enumerate() {
        let w = weights.map_or(1.0, |w| w.get(i).copied().unwrap_or(f64::NAN));
        if x.is_nan() || y.is_nan() || w.is_nan() {
            continue;
        }
        match cells.iter_mut().find(|c| c.x == *x && c.y == *y) {
            Some(c) => {
                c.count += 1.0;
                c.weight += w;
            }
            None => cells.push(Cell {
                x: *x,
                y: *y,
                count: 1.0,
                weight: w,
            }),
        }
    }
    from_cells(&cells, range)
}

/// The same from the cross-table of the two portfolios.
pub fn from_cells(cells: &[Cell], range: f64) -> Similarity {
    let (kappa, pi) = chance_corrected(cells);
    Similarity {
        s: s(cells, range, |c| c.count, f64::abs),
        s_weighted: s(cells, range, |c| c.weight, f64::abs),
        s_squared: s(cells, range, |c| c.count, |d| d * d),
        s_weighted_squared: s(cells, range, |c| c.weight, |d| d * d),
        kappa,
        pi,
        tau_b: tau_b(cells),
    }
}

/// S = 1 − 2 Σ w d / (d_max Σ w); Signorino and Ritter (1999), equation 5.
fn s(
    cells: &[Cell],
    range: f64,
    weight: impl Fn(&Cell) -> f64,
    distance: impl Fn(f64) -> f64,
) -> f64 {
    let total: f64 = cells.iter().map(&weight).sum();
    let apart: f64 = cells.iter().map(|c| weight(c) * distance(c.x - c.y)).sum();
    let most = distance(range) * total;
    if most > 0.0 {
        1.0 - 2.0 * apart / most
    } else {
        f64::NAN
    }
}

/// Kappa and pi: 1 − observed / expected squared distance; Häge (2011), equations 3 to 5.
fn chance_corrected(cells: &[Cell]) -> (f64, f64) {
    let n: f64 = cells.iter().map(|c| c.count).sum();
    let mean = |f: &dyn Fn(&Cell) -> f64| cells.iter().map(|c| c.count * f(c)).sum::<f64>() / n;
    let observed = mean(&|c| (c.x - c.y) * (c.x - c.y));
    let (ma, mb) = (mean(&|c| c.x), mean(&|c| c.y));
    let va = mean(&|c| (c.x - ma) * (c.x - ma));
    let vb = mean(&|c| (c.y - mb) * (c.y - mb));
    // Mean of (x − y)² over independent draws from the two margins, or from the pool.
    let separate = va + vb + (ma - mb) * (ma - mb);
    let half = (ma - mb) / 2.0;
    let pooled = 2.0 * ((va + vb) / 2.0 + half * half);
    let score = |expected: f64| {
        if expected > 0.0 {
            1.0 - observed / expected
        } else {
            f64::NAN
        }
    };
    (score(separate), score(pooled))
}

/// Kendall's tau-b over all pairs of partners. Levels are few, so pairs are counted by
/// cell of the cross-table, not one by one.
fn tau_b(cells: &[Cell]) -> f64 {
    let (mut agree, mut differ, mut tied_x, mut tied_y) = (0.0, 0.0, 0.0, 0.0);
    for (i, a) in cells.iter().enumerate() {
        for b in cells.iter().skip(i + 1) {
            let n = a.count * b.count;
            let (dx, dy) = (a.x - b.x, a.y - b.y);
            if dx == 0.0 && dy != 0.0 {
                tied_x += n;
            } else if dy == 0.0 && dx != 0.0 {
                tied_y += n;
            } else if dx * dy > 0.0 {
                agree += n;
            } else {
                differ += n;
            }
        }
    }
    let scale = ((agree + differ + tied_x) * (agree + differ + tied_y)).sqrt();
    if scale > 0.0 {
        (agree - differ) / scale
    } else {
        f64::NAN
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_portfolio_is_like_itself_and_the_opposite_is_not() {
        let a = [0.0, 1.0, 2.0, 3.0];
        let b = [3.0, 2.0, 1.0, 0.0];
        let same = compare(&a, &a, None, 3.0);
        assert_eq!(
            (same.s, same.s_squared, same.kappa, same.pi, same.tau_b),
            (1.0, 1.0, 1.0, 1.0, 1.0)
        );
        let opposite = compare(&a, &b, None, 3.0);
        assert_eq!(opposite.tau_b, -1.0);
        assert!((opposite.s + 1.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn empty_portfolios_have_no_score() {
        let none = compare(&[], &[], None, 3.0);
        assert!(none.s.is_nan() && none.kappa.is_nan() && none.tau_b.is_nan());
    }
}
