//! The sixteen indices as functions of counts.

use super::Counts;

/// Names of the indices, in the order of [`Indices::values`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // the names are the field's own; see [`Indices`]
pub enum Index {
    P1,
    P2,
    P3,
    P4,
    P5,
    I1,
    I2,
    I3,
    I4a,
    I4b,
    I5re,
    I5pr,
    I5ap,
    I5op,
    I5th,
    I5pu,
}

/// All indices with their names in files and JSON.
pub const INDICES: [(Index, &str); 16] = [
    (Index::P1, "P1"),
    (Index::P2, "P2"),
    (Index::P3, "P3"),
    (Index::P4, "P4"),
    (Index::P5, "P5"),
    (Index::I1, "I1"),
    (Index::I2, "I2"),
    (Index::I3, "I3"),
    (Index::I4a, "I4a"),
    (Index::I4b, "I4b"),
    (Index::I5re, "I5re"),
    (Index::I5pr, "I5pr"),
    (Index::I5ap, "I5ap"),
    (Index::I5op, "I5op"),
    (Index::I5th, "I5th"),
    (Index::I5pu, "I5pu"),
];

/// Operational-code indices; `None` where the denominator is zero.
///
/// With n acts of one side and p_k the share of kind k (−3 … +3):
/// * P-1, I-1 = Σ sign(k) p_k, −1 conflict … 1 cooperation;
/// * P-2, I-2 = Σ k p_k / 3, −1 … 1;
/// * P-3, I-3 = 1 − (6/5)(1 − Σ p_k²), 0 … 1 (one minus the index of qualitative variation);
/// * I-4a = 1 − |I-1|; I-4b = 1 − |words − deeds| / n, words being ±1 and ±2, deeds ±3;
/// * I-5 = p_k of self;
/// * P-4 = self acts / all acts; P-5 = 1 − P-3 · P-4.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Indices {
    values: [Option<f64>; 16],
}

impl Indices {
    /// Computes all indices from counts (which need not be whole: bootstrap draws).
    pub fn of(own: &[f64; 6], other: &[f64; 6]) -> Self {
        let (s, o) = (Side::of(own), Side::of(other));
        let control = share(s.n, s.n + o.n);
        let chance = o.predictable.zip(control).map(|(p3, p4)| 1.0 - p3 * p4);
        let kind = |k: usize| share(own[k], s.n);
        let words = own[1] + own[2] + own[3] + own[4];
        let balance = share(words - own[0] - own[5], s.n);
        Self {
            values: [
                o.direction,
                o.intensity,
                o.predictable,
                control,
                chance,
                s.direction,
                s.intensity,
                s.predictable,
                s.direction.map(|d| 1.0 - d.abs()),
                balance.map(|b| 1.0 - b.abs()),
                kind(5),
                kind(4),
                kind(3),
                kind(2),
                kind(1),
                kind(0),
            ],
        }
    }

    /// One index.
    pub fn get(&self, index: Index) -> Option<f64> {
        self.values[index as usize]
    }

    /// All, in the order of [`INDICES`].
    pub fn values(&self) -> &[Option<f64>; 16] {
        &self.values
    }
}

impl From<&Counts> for Indices {
    fn from(counts: &Counts) -> Self {
        let real = |side: &[u64; 6]| side.map(|n| n as f64);
        Self::of(&real(&counts.own), &real(&counts.other))
    }
}

struct Side {
    n: f64,
    direction: Option<f64>,
    intensity: Option<f64>,
    predictable: Option<f64>,
}

impl Side {
    fn of(c: &[f64; 6]) -> Side {
        let n: f64 = c.iter().sum();
        let sign = c[3] + c[4] + c[5] - c[0] - c[1] - c[2];
        let weighted = 3.0 * (c[5] - c[0]) + 2.0 * (c[4] - c[1]) + (c[3] - c[2]);
        let squares: f64 = c.iter().map(|x| x * x).sum();
        Side {
            n,
            direction: share(sign, n),
            intensity: share(weighted, 3.0 * n),
            predictable: share(squares, n * n).map(|q| 1.0 - 1.2 * (1.0 - q)),
        }
    }
}

fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}
