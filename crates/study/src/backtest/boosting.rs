//! Gradient boosting of small trees for a binary outcome (Friedman 2001): four leaves,
//! Newton steps in the leaves, variables cut into at most sixteen bins.

/// Leaves of a tree.
const LEAVES: usize = 4;
/// Bins of a variable, besides the one of missing values.
const BINS: usize = 16;
/// Share of a tree's step that is taken.
const RATE: f64 = 0.05;
/// Ridge on the leaves.
const RIDGE: f64 = 5.0;
/// Fewest rows in a leaf.
const FEWEST: usize = 15;

/// Cuts of one variable.
#[derive(Clone, Debug, Default)]
struct Cuts(Vec<f64>);

impl Cuts {
    fn of(mut values: Vec<f64>) -> Cuts {
        values.retain(|v| !v.is_nan());
        values.sort_unstable_by(f64::total_cmp);
        values.dedup();
        if values.len() <= BINS {
            return Cuts(values.windows(2).map(|w| 0.5 * (w[0] + w[1])).collect());
        }
        Cuts((1..BINS).map(|k| values[k * values.len() / BINS]).collect())
    }

    /// Bin 0 is missing.
    fn bin(&self, x: f64) -> u8 {
        if x.is_nan() {
            return 0;
        }
        1 + self.0.partition_point(|c| *c <= x) as u8
    }
}

#[derive(Clone, Copy, Debug)]
struct Node {
    variable: usize,
    /// Bins up to this one go left.
    bin: u8,
    /// Index of the left child, right follows; or of a leaf where `leaf` is set.
    left: usize,
    leaf: Option<f64>,
}

/// Fitted trees.
#[derive(Clone, Debug, Default)]
pub struct Boosted {
    cuts: Vec<Cuts>,
    start: f64,
    trees: Vec<Vec<Node>>,
}

impl Boosted {
    /// Fits `rounds` trees on row-major `x`.
    pub fn fit(x: &[f64], width: usize, y: &[bool], rounds: usize) -> Boosted {
        let n = y.len();
        let cuts: Vec<Cuts> = (0..width)
            .map(|j| Cuts::of(x.iter().skip(j).step_by(width.max(1)).copied().collect()))
            .collect();
        let bins: Vec<u8> = x
            .iter()
            .enumerate()
            .map(|(i, v)| cuts[i % width.max(1)].bin(*v))
            .collect();
        let ones = y.iter().filter(|y| **y).count() as f64;
        let start = ((ones + 0.5) / (n as f64 - ones + 0.5)).ln();
        let mut score = vec![start; n];
        let mut trees = Vec::with_capacity(rounds);
        let (mut g, mut h) = (vec![0.0; n], vec![0.0; n]);
        for _ in 0..rounds {
            for i in 0..n {
                let p = raison_core::record::logit::logistic(score[i]);
                g[i] = f64::from(u8::from(y[i])) - p;
                h[i] = p * (1.0 - p);
            }
            let tree = Grower {
                bins: &bins,
                width,
                g: &g,
                h: &h,
            }
            .tree(n);
            for (i, s) in score.iter_mut().enumerate() {
                *s += value(&tree, &bins[i * width..(i + 1) * width]);
            }
            trees.push(tree);
        }
        Boosted { cuts, start, trees }
    }

    /// The same after fewer rounds.
    pub fn first(&self, rounds: usize) -> Boosted {
        Boosted {
            trees: self.trees.iter().take(rounds).cloned().collect(),
            ..self.clone()
        }
    }

    /// Every number that was fitted.
    pub fn leaves(&self) -> Vec<f64> {
        let nodes = self.trees.iter().flatten();
        let numbers = nodes.map(|n| {
            n.leaf
                .unwrap_or(n.variable as f64 * 32.0 + f64::from(n.bin))
        });
        std::iter::once(self.start).chain(numbers).collect()
    }

    /// The log-odds of a row.
    pub fn score(&self, x: &[f64]) -> f64 {
        let bins: Vec<u8> = x.iter().zip(&self.cuts).map(|(x, c)| c.bin(*x)).collect();
        self.start + self.trees.iter().map(|t| value(t, &bins)).sum::<f64>()
    }
}

fn value(tree: &[Node], bins: &[u8]) -> f64 {
    let mut at = 0;
    loop {
        let node = &tree[at];
        if let Some(v) = node.leaf {
            return v;
        }
        at = node.left + usize::from(bins[node.variable] > node.bin);
    }
}

struct Grower<'a> {
    bins: &'a [u8],
    width: usize,
    g: &'a [f64],
    h: &'a [f64],
}

/// Slots of a variable in a table of sums: missing, and the bins.
const SLOTS: usize = BINS + 2;

/// Sums of gradients, curvatures and rows.
type Sums = (f32, f32, u32);

/// A leaf that can still be split.
struct Open {
    node: usize,
    rows: Vec<u32>,
    table: Vec<Sums>,
    best: Option<(f64, usize, u8)>,
}

impl Grower<'_> {
    fn tree(&self, n: usize) -> Vec<Node> {
        let mut tree = vec![leaf(0.0)];
        let rows: Vec<u32> = (0..n as u32).collect();
        let table = self.table(&rows);
        let mut open = vec![self.open(0, rows, table)];
        for split in 1..LEAVES {
            let best = open
                .iter()
                .enumerate()
                .filter_map(|(i, o)| Some((i, o.best?.0)))
                .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
            let Some((at, _)) = best else { break };
            let o = open.swap_remove(at);
            let Some((_, variable, bin)) = o.best else {
                break;
            };
            let goes_left = |r: &&u32| self.bins[**r as usize * self.width + variable] <= bin;
            let (left, right): (Vec<u32>, Vec<u32>) = o.rows.iter().partition(goes_left);
            let first = tree.len();
            tree[o.node] = Node {
                variable,
                bin,
                left: first,
                leaf: None,
            };
            tree.push(leaf(0.0));
            tree.push(leaf(0.0));
            let last = split + 1 == LEAVES;
            let (a, b) = if last {
                Default::default()
            } else {
                self.halves(&o.table, &left, &right)
            };
            open.push(self.open(first, left, a));
            open.push(self.open(first + 1, right, b));
        }
        for o in &open {
            let (g, h) = self.sums(&o.rows);
            tree[o.node].leaf = Some(RATE * g / (h + RIDGE));
        }
        tree
    }

    /// Tables of both children: the smaller is counted, the larger is what remains.
    fn halves(&self, whole: &[Sums], left: &[u32], right: &[u32]) -> (Vec<Sums>, Vec<Sums>) {
        let smaller = self.table(if left.len() <= right.len() {
            left
        } else {
            right
        });
        let rest = whole
            .iter()
            .zip(&smaller)
            .map(|(w, s)| (w.0 - s.0, w.1 - s.1, w.2 - s.2))
            .collect();
        if left.len() <= right.len() {
            (smaller, rest)
        } else {
            (rest, smaller)
        }
    }

    fn sums(&self, rows: &[u32]) -> (f64, f64) {
        rows.iter().fold((0.0, 0.0), |(g, h), r| {
            (g + self.g[*r as usize], h + self.h[*r as usize])
        })
    }

    fn table(&self, rows: &[u32]) -> Vec<Sums> {
        let mut table = vec![(0.0f32, 0.0f32, 0u32); self.width * SLOTS];
        for r in rows {
            let r = *r as usize;
            let line = &self.bins[r * self.width..(r + 1) * self.width];
            let (g, h) = (self.g[r] as f32, self.h[r] as f32);
            for (b, cells) in line.iter().zip(table.chunks_exact_mut(SLOTS)) {
                let cell = &mut cells[usize::from(*b)];
                cell.0 += g;
                cell.1 += h;
                cell.2 += 1;
            }
        }
        table
    }

    fn open(&self, node: usize, rows: Vec<u32>, table: Vec<Sums>) -> Open {
        let best = self.best(&rows, &table);
        Open {
            node,
            rows,
            table,
            best,
        }
    }

    fn best(&self, rows: &[u32], table: &[Sums]) -> Option<(f64, usize, u8)> {
        if rows.len() < 2 * FEWEST {
            return None;
        }
        let (g, h) = self.sums(rows);
        let whole = g * g / (h + RIDGE);
        let mut found: Option<(f64, usize, u8)> = None;
        for (j, cells) in table.chunks_exact(SLOTS).enumerate() {
            let (mut gl, mut hl, mut nl) = (0.0, 0.0, 0usize);
            for (b, cell) in cells.iter().enumerate().take(SLOTS - 1) {
                if cell.2 == 0 {
                    continue;
                }
                gl += f64::from(cell.0);
                hl += f64::from(cell.1);
                nl += cell.2 as usize;
                if nl < FEWEST || rows.len() - nl < FEWEST {
                    continue;
                }
                let (gr, hr) = (g - gl, h - hl);
                let gain = gl * gl / (hl + RIDGE) + gr * gr / (hr + RIDGE) - whole;
                if gain > 1e-9 && found.is_none_or(|(best, _, _)| gain > best) {
                    found = Some((gain, j, b as u8));
                }
            }
        }
        found
    }
}

fn leaf(value: f64) -> Node {
    Node {
        variable: 0,
        bin: 0,
        left: 0,
        leaf: Some(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exclusive_or_is_learned() {
        // No single variable tells anything, two together everything.
        let cases: Vec<(f64, f64)> = (0..400)
            .map(|i| (f64::from(i % 2), f64::from((i / 2) % 2)))
            .collect();
        let x: Vec<f64> = cases
            .iter()
            .enumerate()
            .flat_map(|(i, (a, b))| [*a, *b, (i % 7) as f64])
            .collect();
        let mut y: Vec<bool> = cases.iter().map(|(a, b)| a != b).collect();
        y[0] = !y[0]; // breaks the tie that no single split can
        let fit = Boosted::fit(&x, 3, &y, 150);
        assert!(fit.score(&[1.0, 0.0, 3.0]) > 1.0);
        assert!(fit.score(&[1.0, 1.0, 3.0]) < -1.0);
    }
}
