//! Power: contest, deterrence, bargaining range, concentration.

/// Chance that `a` wins against `b`: ratio contest function with exponent `m`
/// (Hirshleifer 1989; axioms in Skaperdas 1996).
pub fn contest(a: f64, b: f64, m: f64) -> f64 {
    if a <= 0.0 && b <= 0.0 {
        return 0.5;
    }
    let r = |x: f64| {
        if m == 1.0 {
            x.max(0.0)
        } else {
            x.max(0.0).powf(m)
        }
    };
    r(a) / (r(a) + r(b))
}

/// The bargaining range (Fearon 1995): shares of the stake that both sides prefer to war,
/// from `p − cost_a` to `p + cost_b`, cut to 0..1.
pub fn bargaining_range(p: f64, cost_a: f64, cost_b: f64) -> (f64, f64) {
    ((p - cost_a).clamp(0.0, 1.0), (p + cost_b).clamp(0.0, 1.0))
}

/// Deterrence of a state against one adversary, 0..1: the adversary's chance not to win,
/// plus its cost, cut at 1.
pub fn deterrence(own: f64, adversary: f64, cost: f64, m: f64) -> f64 {
    (contest(own, adversary, m) + cost).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_range_widens_with_costs() {
        assert_eq!(bargaining_range(0.5, 0.0, 0.0), (0.5, 0.5));
        let (lo, hi) = bargaining_range(0.6, 0.1, 0.2);
        assert!((lo - 0.5).abs() < 1e-12 && (hi - 0.8).abs() < 1e-12);
        assert_eq!(bargaining_range(0.9, 0.1, 0.3).1, 1.0);
    }

    proptest! {
        #[test]
        fn contests_are_fair(a in 0.0..1.0f64, b in 0.0..1.0f64, m in 0.2..4.0f64) {
            let p = contest(a, b, m);
            prop_assert!((p + contest(b, a, m) - 1.0).abs() < 1e-9);
            prop_assert!(contest(a + 0.1, b, m) + 1e-12 >= p);
        }

        #[test]
        fn allies_and_costs_deter(own in 0.01..0.5f64, ally in 0.0..0.5f64, other in 0.01..0.5f64, c in 0.0..0.3f64) {
            prop_assert!(deterrence(own + ally, other, c, 1.0) + 1e-12 >= deterrence(own, other, c, 1.0));
        }
    }
}
