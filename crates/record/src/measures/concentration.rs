//! How power is spread: concentration and the number of poles.
//!
//! Shares are renormalised over the states compared, because the published index of
//! capabilities sums to one in few years only.

/// Concentration of Ray and Singer (1973): √((Σ s² − 1/N) / (1 − 1/N)) over shares s; 0
/// for equal shares, 1 for a monopoly. Not-a-number without states or without power.
pub fn concentration(power: &[f64]) -> f64 {
    let n = power.len() as f64;
    let total: f64 = power.iter().sum();
    if total.is_nan() || total <= 0.0 {
        return f64::NAN;
    }
    if power.len() < 2 {
        // One state holds everything.
        return 1.0;
    }
    // Σ (s − 1/N)² is Σ s² − 1/N without the loss of digits near equality.
    let spread: f64 = power.iter().map(|p| (p / total - 1.0 / n).powi(2)).sum();
    (spread / (1.0 - 1.0 / n)).sqrt()
}

/// Effective number of poles, 1 / Σ s² over shares s (Laakso and Taagepera 1979).
pub fn effective_poles(power: &[f64]) -> f64 {
    1.0 / sum_of_squares(power)
}

fn sum_of_squares(power: &[f64]) -> f64 {
    let total: f64 = power.iter().sum();
    if total <= 0.0 {
        return f64::NAN;
    }
    power.iter().map(|p| (p / total) * (p / total)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities() {
        assert!(concentration(&[0.2; 5]) < 1e-15);
        assert!((concentration(&[1.0, 0.0, 0.0]) - 1.0).abs() < 1e-12);
        assert!((concentration(&[0.6, 0.4]) - 0.2).abs() < 1e-12);
        assert!((effective_poles(&[3.0; 7]) - 7.0).abs() < 1e-12);
        assert!(concentration(&[]).is_nan());
        assert!(effective_poles(&[0.0, 0.0]).is_nan());
    }
}
