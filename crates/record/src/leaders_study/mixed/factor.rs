//! Cholesky of the equations of a mixed model, sparse at its edge and dense at its core.
//!
//! Most levels of a grouping meet few levels of the others: a leader has a state and two
//! or three crises. Such levels are eliminated first, in order of least degree (Tinney and
//! Walker 1967); when what is left is mostly connected, the dense factorisation takes
//! over. The inverse is computed only where the factor has entries (Takahashi, Fagan and
//! Chen 1973), which is all that the gradient needs.

use super::dense;

/// How far the core may be from full before it counts as dense.
const DENSE: f64 = 0.55;

/// The order of elimination and, for every level eliminated at the edge, the later ones
/// that it meets.
#[derive(Clone, Debug)]
pub struct Order {
    /// Size of the matrix.
    pub n: usize,
    /// Place of each level in the order of elimination.
    pub place: Vec<usize>,
    /// For each place at the edge, the later places that it meets, ascending.
    pub meets: Vec<Vec<u32>>,
}

impl Order {
    /// Orders `n` levels; `cliques` lists the levels that meet in an observation. The last
    /// `fixed` ones come last and meet everything.
    pub fn new(n: usize, fixed: usize, cliques: impl Iterator<Item = Vec<usize>>) -> Order {
        let free = n - fixed;
        let mut graph = vec![vec![false; free]; free];
        for clique in cliques {
            for a in &clique {
                for b in &clique {
                    if a != b && *a < free && *b < free {
                        graph[*a][*b] = true;
                    }
                }
            }
        }
        eliminate(graph, fixed)
    }

    /// Places at the edge.
    pub fn edge(&self) -> usize {
        self.meets.len()
    }
}

fn eliminate(mut graph: Vec<Vec<bool>>, fixed: usize) -> Order {
    let free = graph.len();
    let mut degree: Vec<usize> = graph
        .iter()
        .map(|r| r.iter().filter(|x| **x).count())
        .collect();
    let mut left: Vec<usize> = (0..free).collect();
    let (mut chosen, mut neighbours): (Vec<usize>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
    while let Some((at, level)) = least(&left, &degree) {
        if degree[level] as f64 >= DENSE * (left.len() - 1) as f64 {
            break;
        }
        left.remove(at);
        let meets: Vec<usize> = left.iter().copied().filter(|l| graph[level][*l]).collect();
        for a in &meets {
            graph[*a][level] = false;
            degree[*a] -= 1;
            for b in &meets {
                if a != b && !graph[*a][*b] {
                    graph[*a][*b] = true;
                    degree[*a] += 1;
                }
            }
        }
        chosen.push(level);
        neighbours.push(meets);
    }
    let mut place = vec![0; free + fixed];
    let all = chosen.iter().copied().chain(left).chain(free..free + fixed);
    all.enumerate().for_each(|(at, level)| place[level] = at);
    let meets = neighbours
        .iter()
        .map(|list| {
            let mut places: Vec<u32> = list.iter().map(|l| place[*l] as u32).collect();
            places.extend((free..free + fixed).map(|p| p as u32));
            places.sort_unstable();
            places
        })
        .collect();
    Order {
        n: free + fixed,
        place,
        meets,
    }
}

fn least(left: &[usize], degree: &[usize]) -> Option<(usize, usize)> {
    left.iter()
        .copied()
        .enumerate()
        .min_by_key(|(_, level)| (degree[*level], *level))
}

/// The factor of one matrix. Rows are in order of elimination, upper triangle.
pub struct Factor<'o> {
    order: &'o Order,
    rows: Vec<f64>,
    core: Vec<f64>,
}

impl<'o> Factor<'o> {
    /// Factors a matrix given by its entries `(row, column, value)` by level; entries for
    /// one place are added up. `None` where it is not positive definite.
    pub fn new(order: &'o Order, entries: &[(u32, u32, f64)]) -> Option<Factor<'o>> {
        let n = order.n;
        let mut rows = vec![0.0; n * n];
        for (i, j, x) in entries {
            let (a, b) = (order.place[*i as usize], order.place[*j as usize]);
            rows[a.min(b) * n + a.max(b)] += x;
        }
        for (j, meets) in order.meets.iter().enumerate() {
            take_off(&mut rows, n, j, meets)?;
        }
        let edge = order.edge();
        let m = n - edge;
        let mut core = vec![0.0; m * m];
        for i in 0..m {
            let from = (edge + i) * n + edge + i;
            core[i * m + i..(i + 1) * m].copy_from_slice(&rows[from..from + m - i]);
        }
        dense::cholesky(&mut core, m)?;
        Some(Factor { order, rows, core })
    }

    /// The pivot of a level.
    pub fn pivot(&self, level: usize) -> f64 {
        let at = self.order.place[level];
        self.at(at, at)
    }

    fn at(&self, i: usize, j: usize) -> f64 {
        let edge = self.order.edge();
        match i < edge {
            true => self.rows[i * self.order.n + j],
            false => self.core[(i - edge) * (self.order.n - edge) + j - edge],
        }
    }

    /// Solves `U x = c`, where `c` is the column of the last level (the response): the
    /// modes of all other levels, by level.
    pub fn modes(&self) -> Vec<f64> {
        let n = self.order.n;
        let last = n - 1;
        let mut x = vec![0.0; n];
        for i in (0..last).rev() {
            let mut sum = self.at(i, last);
            match self.order.meets.get(i) {
                Some(meets) => meets
                    .iter()
                    .map(|j| *j as usize)
                    .filter(|j| *j < last)
                    .for_each(|j| sum -= self.at(i, j) * x[j]),
                None => (i + 1..last).for_each(|j| sum -= self.at(i, j) * x[j]),
            }
            x[i] = sum / self.at(i, i);
        }
        (0..last).map(|level| x[self.order.place[level]]).collect()
    }

    /// The diagonal of the inverse of the matrix without its last level, by level.
    pub fn inverse_diagonal(&self) -> Vec<f64> {
        let (n, edge) = (self.order.n, self.order.edge());
        let m = n - edge - 1;
        let mut z = vec![0.0; n * n];
        self.invert_core(&mut z, m);
        for j in (0..edge).rev() {
            let meets: Vec<usize> = self.order.meets[j]
                .iter()
                .map(|k| *k as usize)
                .filter(|k| *k < n - 1)
                .collect();
            let pivot = self.at(j, j);
            let mut square = 0.0;
            for a in &meets {
                let sum: f64 = meets
                    .iter()
                    .map(|b| z[a * n + b] * self.rows[j * n + b])
                    .sum();
                square += sum * self.rows[j * n + a];
                z[a * n + j] = -sum / pivot;
                z[j * n + a] = -sum / pivot;
            }
            z[j * n + j] = (1.0 + square) / (pivot * pivot);
        }
        (0..n - 1)
            .map(|level| self.order.place[level])
            .map(|p| z[p * n + p])
            .collect()
    }

    fn invert_core(&self, z: &mut [f64], m: usize) {
        let (n, edge, wide) = (
            self.order.n,
            self.order.edge(),
            self.order.n - self.order.edge(),
        );
        let mut u = vec![0.0; m * m];
        for i in 0..m {
            u[i * m + i..(i + 1) * m].copy_from_slice(&self.core[i * wide + i..i * wide + m]);
        }
        let t = dense::invert(&u, m);
        for i in 0..m {
            for j in i..m {
                let x = dense::dot(&t[i * m + j..(i + 1) * m], &t[j * m + j..(j + 1) * m]);
                z[(edge + i) * n + edge + j] = x;
                z[(edge + j) * n + edge + i] = x;
            }
        }
    }
}

/// Eliminates place `j`.
fn take_off(rows: &mut [f64], n: usize, j: usize, meets: &[u32]) -> Option<()> {
    let square = rows[j * n + j];
    if square.is_nan() || square <= 0.0 {
        return None;
    }
    let root = square.sqrt();
    rows[j * n + j] = root;
    let values: Vec<f64> = meets
        .iter()
        .map(|k| rows[j * n + *k as usize] / root)
        .collect();
    for (i, (a, x)) in meets.iter().zip(&values).enumerate() {
        let a = *a as usize;
        rows[j * n + a] = *x;
        for (b, y) in meets[i..].iter().zip(&values[i..]) {
            rows[a * n + *b as usize] -= x * y;
        }
    }
    Some(())
}
