//! Trade dependence and openness.

/// Dependence of a state on a partner: their trade over its GDP (Oneal and Russett 1997).
pub fn dependence(dyadic: f64, gdp: f64) -> f64 {
    dyadic / gdp
}

/// Share of a partner in a state's trade (Barbieri 1996).
pub fn share(dyadic: f64, total: f64) -> f64 {
    dyadic / total
}

/// Openness: a state's trade over its GDP. Dependence is share times openness.
pub fn openness(total: f64, gdp: f64) -> f64 {
    total / gdp
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependence_is_share_times_openness() {
        for (dyadic, total, gdp) in [(3.0, 40.0, 900.0), (0.0, 7.0, 11.0), (12.5, 12.5, 50.0)] {
            let product = share(dyadic, total) * openness(total, gdp);
            assert!((dependence(dyadic, gdp) - product).abs() < 1e-15);
        }
    }
}
