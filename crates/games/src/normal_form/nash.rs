//! All Nash equilibria of two-player games, by vertices of the best-reply polytopes.
//!
//! Normalise payoffs to be positive. The row player's mixed strategies, scaled by the
//! column player's payoff, form a polytope whose facets carry labels: a strategy of one's
//! own that is not used, or a strategy of the other that is a best reply. A pair of
//! vertices that carries all labels between them is an equilibrium, and every equilibrium
//! is a mixture of such *extreme* ones (Mangasarian 1964; von Stengel 2002, section 2).
//! In a nondegenerate game they are all equilibria there are; a vertex with more labels
//! than dimensions marks a degenerate game, in which extreme equilibria that share a
//! strategy may span a continuum.

use super::{NormalForm, Profile};
use crate::{Error, Result};
use std::collections::HashSet;

/// At most this many strategies in both hands together.
pub const MOST_STRATEGIES: usize = 64;
/// Bases visited before the search gives up, per polytope.
const MOST_BASES: usize = 200_000;
/// Entries smaller than this are zero; payoffs are scaled to size 1.
const ZERO: f64 = 1e-10;

/// The extreme equilibria of a two-player game.
#[derive(Clone, Debug, PartialEq)]
pub struct Equilibria {
    /// The equilibria, pure ones first.
    pub profiles: Vec<Profile>,
    /// For each, the number of its connected component, from 0. Equilibria of one
    /// component that share a strategy can be mixed.
    pub components: Vec<usize>,
    /// Whether the game is degenerate, so that a component may be a continuum.
    pub degenerate: bool,
}

/// All extreme Nash equilibria of a two-player game.
///
/// Domain: two players with at most [`MOST_STRATEGIES`] strategies together. Payoffs are
/// compared with a tolerance of 1e-10 of their spread.
///
/// # Errors
/// [`Error::Structure`] for other numbers of players, [`Error::TooLarge`] where the
/// polytopes have too many vertices.
pub fn nash(game: &NormalForm) -> Result<Equilibria> {
    let sizes = game.sizes();
    let &[m, n] = sizes.as_slice() else {
        let text = format!(
            "all mixed equilibria can be listed for two players, but this game has {}",
            sizes.len()
        );
        return Err(Error::Structure(text));
    };
    if m + n > MOST_STRATEGIES {
        return Err(Error::TooLarge {
            what: "strategies",
            found: m + n,
            most: MOST_STRATEGIES,
        });
    }
    let row_labels = |s: usize| 1u64 << s;
    let column_labels = |s: usize| 1u64 << (m + s);
    // The row player's polytope is bounded by what the column player earns.
    let xs = vertices(
        &positive(game, 1, m, n, false),
        m,
        n,
        row_labels,
        column_labels,
    )?;
    let ys = vertices(
        &positive(game, 0, n, m, true),
        n,
        m,
        column_labels,
        row_labels,
    )?;
    let degenerate = xs.iter().any(|v| v.labels.count_ones() as usize > m)
        || ys.iter().any(|v| v.labels.count_ones() as usize > n);
    Ok(pair(&xs, &ys, m + n, degenerate))
}

struct Vertex {
    labels: u64,
    strategy: Vec<f64>,
}

/// The payoffs of `player` moved and scaled into 1..=2; rows are the other player's
/// strategies (the variables), columns the player's own. `columns` says that the
/// variables are the second player's strategies.
fn positive(game: &NormalForm, player: usize, rows: usize, own: usize, columns: bool) -> Vec<f64> {
    let at = |i: usize, j: usize| {
        let number = if columns { i * own + j } else { j * rows + i };
        game.payoffs_of(number)[player]
    };
    let cells = (0..rows).flat_map(|i| (0..own).map(move |j| (i, j)));
    let list: Vec<f64> = cells.map(|(i, j)| at(i, j)).collect();
    let low = list.iter().copied().fold(f64::INFINITY, f64::min);
    let high = list.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // Halves keep the difference of the largest numbers finite.
    let spread = high / 2.0 - low / 2.0;
    let scale = if spread > 0.0 { spread } else { 1.0 };
    list.iter()
        .map(|v| 1.0 + (v / 2.0 - low / 2.0) / scale)
        .collect()
}

/// The simplex tableau of x ≥ 0, Mᵀx ≤ 1: one line per basic variable; variables are
/// first the x, then the slacks.
#[derive(Clone)]
struct Tableau {
    width: usize,
    cells: Vec<f64>,
    basis: Vec<usize>,
}

impl Tableau {
    fn new(payoffs: &[f64], rows: usize, own: usize) -> Self {
        let width = rows + own + 1;
        let mut cells = vec![0.0; own * width];
        for j in 0..own {
            for i in 0..rows {
                cells[j * width + i] = payoffs[i * own + j];
            }
            cells[j * width + rows + j] = 1.0;
            cells[j * width + width - 1] = 1.0;
        }
        Self {
            width,
            cells,
            basis: (rows..rows + own).collect(),
        }
    }

    fn at(&self, line: usize, column: usize) -> f64 {
        self.cells[line * self.width + column]
    }

    /// Lines that may leave when `enter` enters: all that tie for the least ratio, so
    /// that degenerate vertices are left by every door.
    fn leaving(&self, enter: usize) -> Vec<usize> {
        let last = self.width - 1;
        let lines = (0..self.basis.len()).filter(|&l| self.at(l, enter) > ZERO);
        let ratios: Vec<(usize, f64)> = lines
            .map(|l| (l, self.at(l, last).max(0.0) / self.at(l, enter)))
            .collect();
        let least = ratios.iter().map(|r| r.1).fold(f64::INFINITY, f64::min);
        ratios
            .into_iter()
            .filter(|r| r.1 <= least + ZERO)
            .map(|r| r.0)
            .collect()
    }

    fn pivot(&self, line: usize, enter: usize) -> Self {
        let mut next = self.clone();
        let head = self.at(line, enter);
        let width = self.width;
        for c in 0..width {
            next.cells[line * width + c] /= head;
        }
        let pivot_line: Vec<f64> = next.cells[line * width..(line + 1) * width].to_vec();
        for l in (0..self.basis.len()).filter(|&l| l != line) {
            let factor = self.at(l, enter);
            if factor != 0.0 {
                for (c, p) in pivot_line.iter().enumerate() {
                    next.cells[l * width + c] -= factor * p;
                }
            }
        }
        next.basis[line] = enter;
        next
    }

    fn key(&self) -> u64 {
        self.basis.iter().fold(0, |key, v| key | 1 << v)
    }
}

/// All vertices except the origin, each once.
fn vertices(
    payoffs: &[f64],
    rows: usize,
    own: usize,
    variable: impl Fn(usize) -> u64,
    slack: impl Fn(usize) -> u64,
) -> Result<Vec<Vertex>> {
    let start = Tableau::new(payoffs, rows, own);
    let mut seen = HashSet::from([start.key()]);
    let mut waiting = vec![start];
    let mut found: Vec<Vertex> = Vec::new();
    let mut known: HashSet<u64> = HashSet::new();
    while let Some(tableau) = waiting.pop() {
        let vertex = read(&tableau, rows, own, &variable, &slack);
        let used = vertex.strategy.iter().any(|p| *p > 0.0);
        // A vertex is the meeting point of its facets: its labels identify it.
        if used && known.insert(vertex.labels) {
            found.push(vertex);
        }
        let inside = tableau.key();
        for enter in (0..rows + own).filter(|v| inside >> v & 1 == 0) {
            for line in tableau.leaving(enter) {
                let key = inside & !(1 << tableau.basis[line]) | 1 << enter;
                if seen.insert(key) {
                    waiting.push(tableau.pivot(line, enter));
                }
            }
        }
        if seen.len() > MOST_BASES {
            return Err(Error::TooLarge {
                what: "vertices of a best-reply polytope",
                found: seen.len(),
                most: MOST_BASES,
            });
        }
    }
    Ok(found)
}

fn read(
    tableau: &Tableau,
    rows: usize,
    own: usize,
    variable: &impl Fn(usize) -> u64,
    slack: &impl Fn(usize) -> u64,
) -> Vertex {
    let mut values = vec![0.0; rows + own];
    for (line, &v) in tableau.basis.iter().enumerate() {
        let value = tableau.at(line, tableau.width - 1);
        values[v] = if value > ZERO { value } else { 0.0 };
    }
    let mut labels = 0;
    for (v, value) in values.iter().enumerate() {
        if *value == 0.0 {
            labels |= if v < rows {
                variable(v)
            } else {
                slack(v - rows)
            };
        }
    }
    values.truncate(rows);
    let total: f64 = values.iter().sum();
    if total > 0.0 {
        values.iter_mut().for_each(|v| *v /= total);
    }
    Vertex {
        labels,
        strategy: values,
    }
}

/// Pairs that carry all labels, and the components that they form.
fn pair(xs: &[Vertex], ys: &[Vertex], labels: usize, degenerate: bool) -> Equilibria {
    let all = if labels == 64 {
        u64::MAX
    } else {
        (1 << labels) - 1
    };
    let pairs = xs.iter().enumerate().flat_map(|(i, x)| {
        let fits = move |(_, y): &(usize, &Vertex)| x.labels | y.labels == all;
        ys.iter().enumerate().filter(fits).map(move |(j, _)| (i, j))
    });
    let mut pairs: Vec<(usize, usize)> = pairs.collect();
    let mixed = |s: &[f64]| s.iter().filter(|p| **p > 0.0).count();
    let profile = |&(i, j): &(usize, usize)| (xs[i].strategy.clone(), ys[j].strategy.clone());
    pairs.sort_by(|a, b| {
        let (p, q) = (profile(a), profile(b));
        let size = |p: &(Vec<f64>, Vec<f64>)| mixed(&p.0) + mixed(&p.1);
        let order = |p: &[f64], q: &[f64]| {
            let differ = p.iter().zip(q).map(|(a, b)| b.total_cmp(a));
            differ.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
        };
        size(&p)
            .cmp(&size(&q))
            .then(order(&p.0, &q.0))
            .then(order(&p.1, &q.1))
    });
    Equilibria {
        components: components(&pairs),
        profiles: pairs.iter().map(profile).map(|(x, y)| vec![x, y]).collect(),
        degenerate,
    }
}

/// Connected components of pairs that share a member, numbered by first appearance.
fn components(pairs: &[(usize, usize)]) -> Vec<usize> {
    let mut group: Vec<usize> = (0..pairs.len()).collect();
    loop {
        let mut changed = false;
        for a in 0..pairs.len() {
            for b in 0..a {
                let touch = pairs[a].0 == pairs[b].0 || pairs[a].1 == pairs[b].1;
                if touch && group[a] != group[b] {
                    let low = group[a].min(group[b]);
                    (group[a], group[b], changed) = (low, low, true);
                }
            }
        }
        if !changed {
            break;
        }
    }
    let mut names: Vec<usize> = group.clone();
    names.sort_unstable();
    names.dedup();
    group
        .iter()
        .map(|g| names.binary_search(g).unwrap_or(0))
        .collect()
}
