//! The free parameters of lenses, kept in a fixed order.

use raison_core::Parameter;

/// A parameter list with new values, each clamped to its domain; missing ones stay.
pub fn with_values(list: &[Parameter], values: &[f64]) -> Vec<Parameter> {
    let mut out = list.to_vec();
    for (parameter, value) in out.iter_mut().zip(values) {
        if value.is_finite() {
            parameter.value = value.clamp(parameter.low, parameter.high);
        }
    }
    out
}

/// The tremble that every lens states: an assumption until a study fits it.
pub const TREMBLE: Parameter = Parameter {
    id: "tremble",
    value: 0.02,
    low: 0.0,
    high: 0.5,
    meaning: "share of choices that the lens does not explain, spread evenly; assumed 0.02",
};
