//! Pure Nash equilibria of any number of players.

use super::{NormalForm, Profile};

/// A pure equilibrium.
#[derive(Clone, Debug, PartialEq)]
pub struct Pure {
    /// One strategy per player.
    pub strategies: Vec<usize>,
    /// What the best deviation loses: 0 marks an equilibrium that is not strict.
    pub margin: f64,
}

impl Pure {
    /// The equilibrium as a mixed profile.
    pub fn profile(&self, game: &NormalForm) -> Profile {
        let sizes = game.sizes();
        let certain =
            |(&s, &k): (&usize, &usize)| (0..k).map(|j| if j == s { 1.0 } else { 0.0 }).collect();
        self.strategies.iter().zip(&sizes).map(certain).collect()
    }
}

/// All pure Nash equilibria, in the order of profiles. Payoffs are compared exactly.
///
/// Source: Nash 1950; by inspection of every profile and every deviation.
pub fn pure_nash(game: &NormalForm) -> Vec<Pure> {
    let sizes = game.sizes();
    let all = 0..game.profiles();
    all.filter_map(|number| margin(game, &sizes, number).map(|m| (number, m)))
        .map(|(number, margin)| Pure {
            strategies: game.strategies_of(number),
            margin,
        })
        .collect()
}

/// The least loss from a deviation, or `None` where some deviation gains.
fn margin(game: &NormalForm, sizes: &[usize], number: usize) -> Option<f64> {
    let mut stride = 1;
    let mut least = f64::INFINITY;
    for (player, &k) in sizes.iter().enumerate() {
        let now = game.payoffs_of(number)[player];
        let own = number / stride % k;
        for other in (0..k).filter(|s| *s != own) {
            let there = number - own * stride + other * stride;
            let loss = now - game.payoffs_of(there)[player];
            if loss < 0.0 {
                return None;
            }
            least = least.min(loss);
        }
        stride *= k;
    }
    Some(least)
}
