//! Numbers that may be uncertain, and the domains they live in.

/// A number as a coder states it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Uncertain {
    /// Known.
    Known(f64),
    /// Anything between two ends, all equally likely.
    Range {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
    /// Low, most likely, high: triangular.
    ThreePoint {
        /// Lower end.
        low: f64,
        /// Most likely value.
        mode: f64,
        /// Upper end.
        high: f64,
    },
    /// A score with its 95 % interval: normal with the interval's width, cut to the
    /// domain of the input.
    Score {
        /// Point estimate.
        value: f64,
        /// Lower end of the 95 % interval.
        low: f64,
        /// Upper end of the 95 % interval.
        high: f64,
    },
}

impl Uncertain {
    /// The value that a single pass without draws uses: the value, the middle of a
    /// range, the most likely value.
    pub fn central(self) -> f64 {
        match self {
            Uncertain::Known(v) | Uncertain::Score { value: v, .. } => v,
            Uncertain::Range { low, high } => 0.5 * (low + high),
            Uncertain::ThreePoint { mode, .. } => mode,
        }
    }

    /// Whether it is known exactly.
    pub fn is_known(self) -> bool {
        match self {
            Uncertain::Known(_) => true,
            Uncertain::Range { low, high }
            | Uncertain::ThreePoint { low, high, .. }
            | Uncertain::Score { low, high, .. } => low == high,
        }
    }

    /// The plausible ends: the stated ones.
    pub fn ends(self) -> (f64, f64) {
        match self {
            Uncertain::Known(v) => (v, v),
            Uncertain::Range { low, high }
            | Uncertain::ThreePoint { low, high, .. }
            | Uncertain::Score { low, high, .. } => (low, high),
        }
    }

    /// The quantile at `u` in (0, 1).
    pub fn quantile(self, u: f64) -> f64 {
        match self {
            Uncertain::Known(v) => v,
            Uncertain::Range { low, high } => low + u * (high - low),
            Uncertain::ThreePoint { low, mode, high } => triangular(low, mode, high, u),
            Uncertain::Score { value, low, high } => {
                value + normal_quantile(u) * (high - low) / (2.0 * Z95)
            }
        }
    }
}

/// The 97.5 % point of the standard normal distribution.
pub const Z95: f64 = 1.959_963_984_540_054;

fn triangular(low: f64, mode: f64, high: f64, u: f64) -> f64 {
    let width = high - low;
    if width <= 0.0 {
        return mode;
    }
    let at_mode = (mode - low) / width;
    if u < at_mode {
        low + (u * width * (mode - low)).sqrt()
    } else {
        high - ((1.0 - u) * width * (high - mode)).sqrt()
    }
}

/// Quantile of the standard normal distribution by Acklam's rational approximation
/// (relative error below 1.2e-9), for `u` in (0, 1).
pub fn normal_quantile(u: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_69e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const B: [f64; 5] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
    ];
    const C: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 4] = [
        7.784_695_709_041_462e-3,
        3.224_671_290_700_398e-1,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
    ];
    const LOW: f64 = 0.02425;
    let u = u.clamp(1e-300, 1.0 - 1e-16);
    let poly = |c: &[f64], x: f64| c.iter().fold(0.0, |acc, k| acc * x + k);
    let tail = |q: f64| poly(&C, q) / (poly(&D, q) * q + 1.0);
    if u < LOW {
        tail((-2.0 * u.ln()).sqrt())
    } else if u > 1.0 - LOW {
        -tail((-2.0 * (1.0 - u).ln()).sqrt())
    } else {
        let q = u - 0.5;
        let r = q * q;
        poly(&A, r) * q / (poly(&B, r) * r + 1.0)
    }
}

/// The values that an input may take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Domain {
    /// Smallest value.
    pub low: f64,
    /// Largest value.
    pub high: f64,
}

impl Domain {
    /// 0 to 1.
    pub const UNIT: Domain = Domain {
        low: 0.0,
        high: 1.0,
    };
    /// -1 to 1.
    pub const SIGNED: Domain = Domain {
        low: -1.0,
        high: 1.0,
    };
    /// The cooperation–conflict scale, -3 to 3.
    pub const CONFLICT: Domain = Domain {
        low: -3.0,
        high: 3.0,
    };

    /// Whether `x` is finite and inside.
    pub fn holds(self, x: f64) -> bool {
        x.is_finite() && x >= self.low && x <= self.high
    }

    /// The nearest value inside.
    pub fn clamp(self, x: f64) -> f64 {
        x.max(self.low).min(self.high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_hit_their_marks() {
        let t = Uncertain::ThreePoint {
            low: 0.0,
            mode: 1.0,
            high: 4.0,
        };
        assert!(
            (t.quantile(0.25) - 1.0).abs() < 1e-12,
            "a quarter lies below the mode"
        );
        assert!((normal_quantile(0.975) - Z95).abs() < 1e-8);
        assert!((normal_quantile(0.5)).abs() < 1e-12);
        let s = Uncertain::Score {
            value: 0.3,
            low: 0.1,
            high: 0.5,
        };
        assert!((s.quantile(0.975) - 0.5).abs() < 1e-8);
        assert_eq!(
            Uncertain::Range {
                low: 0.2,
                high: 0.4
            }
            .central(),
            0.5 * (0.2 + 0.4)
        );
    }
}
