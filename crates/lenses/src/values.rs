//! Expected values of alternatives from outcomes, criteria and weights.

use raison_core::{Alternative, Draw, Situation};

/// Probabilities of an alternative's outcomes, normalised; even where all are 0.
pub fn outcome_probabilities(a: &Alternative, draw: Draw<'_>) -> Vec<f64> {
    let mut p: Vec<f64> = a
        .outcomes
        .iter()
        .map(|o| draw.get(o.probability).max(0.0))
        .collect();
    let sum: f64 = p.iter().sum();
    let n = p.len() as f64;
    p.iter_mut()
        .for_each(|x| *x = if sum > 0.0 { *x / sum } else { 1.0 / n });
    p
}

/// Weights of the criteria, normalised; even where all are 0.
pub fn criterion_weights(s: &Situation, draw: Draw<'_>) -> Vec<f64> {
    normalised(s.criteria.iter().map(|c| draw.get(c.weight)).collect())
}

/// Weights that sum to 1; even where all are 0.
pub fn normalised(mut w: Vec<f64>) -> Vec<f64> {
    w.iter_mut().for_each(|x| *x = x.max(0.0));
    let sum: f64 = w.iter().sum();
    let n = w.len() as f64;
    w.iter_mut()
        .for_each(|x| *x = if sum > 0.0 { *x / sum } else { 1.0 / n });
    w
}

/// Value of an outcome, 0..1: the weighted sum over criteria.
pub fn outcome_value(a: &Alternative, outcome: usize, weights: &[f64], draw: Draw<'_>) -> f64 {
    a.outcomes[outcome]
        .values
        .iter()
        .zip(weights)
        .map(|(v, w)| w * draw.get(*v))
        .sum()
}

/// Expected value on one criterion, 0..1.
pub fn expected_on(a: &Alternative, criterion: usize, draw: Draw<'_>) -> f64 {
    outcome_probabilities(a, draw)
        .iter()
        .zip(&a.outcomes)
        .map(|(p, o)| p * draw.get(o.values[criterion]))
        .sum()
}
