//! Theory of Inferences about Preferences: from indices to one of six rankings of the
//! outcomes settle, deadlock, dominate, submit.
//!
//! Walker, Malici and Schafer 2011 (*Rethinking Foreign Policy Analysis*), Marfleet and
//! Walker 2006. Names and band differ between papers; the band (in standard deviations of
//! the norm group) is a parameter, and a draw's type is only one of many: what is reported
//! are probabilities.

use super::{Draws, Profile};
use raison_core::Norm;

/// The type, 1 to 6, of one pair of scores: direction (I-1 of self, P-1 of other) above or below the
/// norm's mean, control (P-4 of self, 1 − P-4 of other) below, within or above its mean
/// ± `band`. Numbers as in Walker, Malici and Schafer 2011; the rankings that they stand for,
/// and their names, are in the theory of moves.
pub fn type_number(
    direction: f64,
    direction_mean: f64,
    control: f64,
    control_mean: f64,
    band: f64,
) -> usize {
    let level = if control < control_mean - band {
        1
    } else if control <= control_mean + band {
        2
    } else {
        3
    };
    if direction >= direction_mean {
        level
    } else {
        level + 3
    }
}

/// Probabilities of types over the draws.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeProbabilities {
    /// Of self.
    pub own: [f64; 6],
    /// Of the other, as self sees it.
    pub other: [f64; 6],
    /// `joint[i][j]`: self is type i + 1 and other type j + 1 in the same draw.
    pub joint: [[f64; 6]; 6],
    /// Share of draws that have no type, because an index is undefined.
    pub undefined: f64,
    /// Width of the band in standard deviations.
    pub band: f64,
}

/// Types of self and other over the bootstrap draws (without draws: of the scores
/// themselves); `None` if the norm group lacks P1, I1 or P4.
pub fn types(profile: &Profile, norm: &Norm, band: f64) -> Option<TypeProbabilities> {
    let (p1, i1, p4) = (norm.index("P1")?, norm.index("I1")?, norm.index("P4")?);
    let central = Draws {
        indices: vec![*profile.indices.values()],
        traits: Vec::new(),
    };
    let draws = match profile.draws.indices.is_empty() {
        true => &central.indices,
        false => &profile.draws.indices,
    };
    let width = band * p4.sd;
    let mut joint = [[0.0; 6]; 6];
    let step = 1.0 / draws.len() as f64;
    for d in draws {
        let (Some(nature), Some(direction), Some(control)) = (d[0], d[5], d[3]) else {
            continue;
        };
        let own = type_number(direction, i1.mean, control, p4.mean, width);
        let other = type_number(nature, p1.mean, 1.0 - control, 1.0 - p4.mean, width);
        joint[own - 1][other - 1] += step;
    }
    let own: [f64; 6] = std::array::from_fn(|i| joint[i].iter().sum());
    let other: [f64; 6] = std::array::from_fn(|j| joint.iter().map(|row| row[j]).sum());
    let undefined = (1.0 - own.iter().sum::<f64>()).max(0.0);
    Some(TypeProbabilities {
        own,
        other,
        joint,
        undefined: if undefined < 1e-9 { 0.0 } else { undefined },
        band,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::SpeechCounts;
    use crate::vics::Counts;
    use raison_core::Spread;

    fn norm() -> Norm {
        let spread = |mean, sd| Some(Spread { mean, sd });
        let mut norm = Norm {
            indices: vec![None; 16],
            ..Norm::default()
        };
        norm.indices[0] = spread(0.35, 0.12);
        norm.indices[3] = spread(0.20, 0.08);
        norm.indices[5] = spread(0.53, 0.17);
        norm
    }

    #[test]
    fn each_of_the_six_cells_is_reached() {
        let number = |i1, p4| type_number(i1, 0.5, p4, 0.2, 0.08);
        let got = [
            (0.6, 0.1),
            (0.6, 0.2),
            (0.6, 0.3),
            (0.4, 0.1),
            (0.4, 0.2),
            (0.4, 0.3),
        ];
        assert_eq!(got.map(|(i, p)| number(i, p)), [1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn probabilities_sum_to_one_and_are_spread_near_a_boundary() {
        // I-1 = 0.53: on the boundary between friendly and not
        let acts = Counts {
            own: [0, 0, 24, 76, 0, 0],
            other: [0, 0, 150, 250, 0, 0],
        };
        let speech = SpeechCounts {
            acts,
            ..SpeechCounts::default()
        };
        let profile = Profile::new(&[speech], 1000, 5);
        let t = types(&profile, &norm(), 1.0).unwrap();
        assert!((t.own.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!((t.other.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(t.own[1] > 0.2 && t.own[4] > 0.2, "{:?}", t.own);
    }

    #[test]
    fn one_profile_reaches_twelve_games_only() {
        // P-4b is 1 - P-4a: control of self above the band is control of other below it
        let own = type_number(1.0, 0.5, 0.9, 0.2, 0.08);
        let other = type_number(1.0, 0.5, 1.0 - 0.9, 1.0 - 0.2, 0.08);
        assert_eq!((own, other), (3, 1));
    }
}
