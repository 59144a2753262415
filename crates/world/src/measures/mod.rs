//! Measures of the system and of each state's own exposure.
//!
//! `docs/worlds.md` gives each with its formula and source. Cheap ones are taken every
//! year, those on networks every fifth.

pub mod centrality;
pub mod columns;
pub mod embeddedness;
pub mod flows;
pub mod hubs;
pub mod neighbourhood;
pub mod power;

/// Sum of squared shares of a whole (Herfindahl 1950); NaN where there is nothing.
pub fn herfindahl(parts: impl IntoIterator<Item = f64>) -> f64 {
    let (mut sum, mut squares) = (0.0, 0.0);
    for p in parts {
        sum += p;
        squares += p * p;
    }
    concentrated(squares, sum)
}

/// The same from the sum of the squares of the parts and their sum.
fn concentrated(squares: f64, sum: f64) -> f64 {
    if sum > 0.0 {
        squares / (sum * sum)
    } else {
        f64::NAN
    }
}

/// Diversification: 1 − Herfindahl; 0 one partner, 1 − 1/n with n equal ones.
pub fn diversification(parts: impl IntoIterator<Item = f64>) -> f64 {
    1.0 - herfindahl(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_shares_diversify_most() {
        assert!((diversification([1.0; 4]) - 0.75).abs() < 1e-12);
        assert_eq!(diversification([3.0]), 0.0);
        assert!(diversification([]).is_nan());
    }
}
