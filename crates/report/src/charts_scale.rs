//! From values to places, with ticks at round numbers.

/// A scale.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    low: f64,
    high: f64,
    log: bool,
}

impl Scale {
    /// A scale that holds all finite values, with a little air.
    pub fn of(values: &[f64], log: bool, zero: bool) -> Scale {
        let good = values
            .iter()
            .copied()
            .filter(|v| v.is_finite() && (!log || *v > 0.0));
        let (mut low, mut high) = good.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| {
            (a.min(v), b.max(v))
        });
        if low > high {
            (low, high) = if log { (1.0, 10.0) } else { (0.0, 1.0) };
        }
        if log {
            let air = (high / low).powf(0.03).max(1.05);
            return Scale {
                low: low / air,
                high: high * air,
                log,
            };
        }
        if zero {
            low = low.min(0.0);
            high = high.max(0.0);
        }
        let air = match high - low {
            0.0 => high.abs().max(1.0) * 0.05,
            span => span * 0.04,
        };
        let floor = if zero && low == 0.0 { 0.0 } else { low - air };
        Scale {
            low: floor,
            high: high + air,
            log,
        }
    }

    /// A linear scale between two values.
    pub fn exact(low: f64, high: f64) -> Scale {
        Scale {
            low,
            high,
            log: false,
        }
    }

    /// Where a value lies between two places.
    pub fn place(&self, value: f64, from: f64, to: f64) -> Option<f64> {
        let share = if self.log {
            (value / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        share.is_finite().then_some(from + share * (to - from))
    }

    /// Round numbers within the scale, about as many as asked for.
    pub fn ticks(&self, about: usize) -> Vec<f64> {
        if self.log {
            return self.powers_of_ten();
        }
        let (low, high) = (self.low.min(self.high), self.low.max(self.high));
        let rough = (high - low) / about.max(1) as f64;
        if !rough.is_finite() || rough <= 0.0 {
            return Vec::new();
        }
        let base = 10f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .map(|m| m * base)
            .find(|s| *s >= rough)
            .unwrap_or(base);
        let first = (low / step).ceil() as i64;
        let last = (high / step).floor() as i64;
        (first..=last.min(first + 50))
            .map(|i| i as f64 * step)
            .collect()
    }

    fn powers_of_ten(&self) -> Vec<f64> {
        let first = self.low.log10().ceil() as i32;
        let last = self.high.log10().floor() as i32;
        let every = ((last - first) / 8 + 1).max(1) as usize;
        (first..=last)
            .step_by(every)
            .map(|p| 10f64.powi(p))
            .collect()
    }
}

/// Ticks in words, no two alike: where short ones would be, with as many digits as it takes.
pub fn labels(ticks: &[f64]) -> Vec<String> {
    let short: Vec<String> = ticks.iter().map(|t| label(*t)).collect();
    let alike = |l: &[String]| l.windows(2).any(|w| w[0] == w[1]);
    if !alike(&short) {
        return short;
    }
    let exact = |digits: usize| ticks.iter().map(|t| format!("{t:.digits$}")).collect();
    let mut tries = (3..=17).map(exact);
    tries
        .find(|l: &Vec<String>| !alike(l))
        .unwrap_or_else(|| ticks.iter().map(f64::to_string).collect())
}

/// A tick in words: no needless digits, no thousands marks in years.
pub fn label(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 {
        return "0".to_owned();
    }
    if size >= 1e6 {
        let power = size.log10().floor() as i32;
        let digits = value / 10f64.powi(power);
        return match (digits * 10.0).round() / 10.0 {
            1.0 => format!("10{}", superscript(power)),
            d => format!("{d}×10{}", superscript(power)),
        };
    }
    if size >= 1.0 {
        // Steps are 1, 2 or 5 times a power of ten, so two decimals are enough.
        let text = format!("{value:.2}");
        return text.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn superscript(power: i32) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = |c: char| c.to_digit(10).and_then(|d| DIGITS.get(d as usize)).copied();
    power
        .to_string()
        .chars()
        .filter_map(|c| if c == '-' { Some('⁻') } else { digit(c) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_labels_are_alike() {
        let told = labels(&Scale::exact(0.025_641_02, 0.025_641_06).ticks(6));
        assert!(
            told.len() > 2 && told.windows(2).all(|w| w[0] != w[1]),
            "{told:?}"
        );
        let told = labels(&Scale::exact(1000.001, 1000.004).ticks(6));
        assert!(told.windows(2).all(|w| w[0] != w[1]), "{told:?}");
        assert_eq!(labels(&[0.0, 0.5]), ["0", "0.5"]);
    }

    #[test]
    fn ticks_are_round() {
        let s = Scale::exact(1816.0, 2016.0);
        assert_eq!(s.ticks(7), [1850.0, 1900.0, 1950.0, 2000.0]);
        let s = Scale::exact(0.0, 0.5);
        let labels: Vec<String> = s.ticks(5).into_iter().map(label).collect();
        assert_eq!(labels, ["0", "0.1", "0.2", "0.3", "0.4", "0.5"]);
        assert_eq!(label(1e7), "10⁷");
        assert_eq!(label(2500.0), "2500");
    }
}
