//! Draws keyed by what they are for.
//!
//! A draw depends on the seed, the name of the thing drawn and its number, and on
//! nothing else: not on order, not on threads, not on what else is drawn. Removing one
//! input or actor leaves every other one's luck alone (common random numbers), so a
//! counterfactual is a paired difference.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};

/// A stream of uniform numbers for one name under one seed.
pub struct Stream(ChaCha8Rng);

impl Stream {
    /// The stream of `name` under `seed`, standing at its draw number `first`.
    pub fn new(seed: u64, name: &str, first: u64) -> Self {
        let mut key = [0u8; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        let mut rng = ChaCha8Rng::from_seed(key);
        rng.set_stream(hash(name));
        rng.set_word_pos(u128::from(first) * 2);
        Stream(rng)
    }

    /// The next uniform number, strictly between 0 and 1.
    pub fn uniform(&mut self) -> f64 {
        let bits = self.0.next_u64() >> 12;
        (bits as f64 + 0.5) / (1u64 << 52) as f64
    }
}

/// FNV-1a, 64 bits: small, portable, and stable for ever.
pub fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_depends_on_seed_name_and_number_only() {
        let mut whole = Stream::new(7, "players.rusk.salience", 0);
        let first: Vec<f64> = (0..100).map(|_| whole.uniform()).collect();
        for at in [0usize, 1, 37, 99] {
            let mut part = Stream::new(7, "players.rusk.salience", at as u64);
            assert_eq!(part.uniform(), first[at]);
        }
        assert_ne!(
            Stream::new(8, "players.rusk.salience", 0).uniform(),
            first[0]
        );
        assert_ne!(
            Stream::new(7, "players.ball.salience", 0).uniform(),
            first[0]
        );
        assert!(first.iter().all(|u| *u > 0.0 && *u < 1.0));
    }
}
