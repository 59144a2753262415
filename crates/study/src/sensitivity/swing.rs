//! One input at its ends, the others at their central values: a bar of a tornado plot.

use super::sobol::Response;
use raison_core::Inputs;

/// The answer at an input's stated ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swing {
    /// Stated ends of the input.
    pub ends: (f64, f64),
    /// Probability at the lower end, and at the upper end.
    pub at: (f64, f64),
}

impl Swing {
    /// How far the probability moves between the ends.
    pub fn width(&self) -> f64 {
        (self.at.1 - self.at.0).abs()
    }
}

/// The swing of one column.
pub fn swing(inputs: &Inputs, column: usize, response: &Response<'_>) -> Swing {
    let mut row = inputs.central();
    let mut buffer = Vec::new();
    let Some((_, input)) = inputs.iter().nth(column) else {
        return Swing {
            ends: (f64::NAN, f64::NAN),
            at: (f64::NAN, f64::NAN),
        };
    };
    let (low, high) = input.amount.ends();
    let ends = (input.domain.clamp(low), input.domain.clamp(high));
    let mut at = |value: f64| {
        if let Some(slot) = row.get_mut(column) {
            *slot = value;
        }
        response(&row, &mut buffer)
    };
    Swing {
        ends,
        at: (at(ends.0), at(ends.1)),
    }
}
