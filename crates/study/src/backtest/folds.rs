//! Folds over whole crises, as the reference implementation of the protocol draws them.

/// The 32-bit Mersenne Twister (Matsumoto and Nishimura 1998) with the seeding of a
/// single integer.
struct Twister {
    state: [u32; 624],
    at: usize,
}

impl Twister {
    fn new(seed: u32) -> Self {
        let mut state = [0u32; 624];
        state[0] = seed;
        for i in 1..624 {
            let last = state[i - 1];
            state[i] = 1_812_433_253u32
                .wrapping_mul(last ^ (last >> 30))
                .wrapping_add(i as u32);
        }
        Twister { state, at: 624 }
    }

    fn next(&mut self) -> u32 {
        if self.at == 624 {
            for i in 0..624 {
                let y = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % 624] & 0x7fff_ffff);
                let odd = if y & 1 == 1 { 0x9908_b0df } else { 0 };
                self.state[i] = self.state[(i + 397) % 624] ^ (y >> 1) ^ odd;
            }
            self.at = 0;
        }
        let mut y = self.state[self.at];
        self.at += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    /// A whole number from 0 to `most`, by masked rejection.
    fn up_to(&mut self, most: u32) -> u32 {
        if most == 0 {
            return 0;
        }
        let mask = u32::MAX >> most.leading_zeros();
        loop {
            let value = self.next() & mask;
            if value <= most {
                return value;
            }
        }
    }
}

/// A random permutation of `0..n`: NumPy's `RandomState(seed).permutation(n)`.
pub fn permutation(seed: u32, n: usize) -> Vec<usize> {
    let mut twister = Twister::new(seed);
    let mut out: Vec<usize> = (0..n).collect();
    for i in (1..n).rev() {
        let j = twister.up_to(i as u32) as usize;
        out.swap(i, j);
    }
    out
}

/// The fold of every row: the crises in order of first appearance get the numbers of a
/// permutation, and a crisis's fold is its number modulo `folds`.
pub fn folds(crises: &[i32], folds: usize, seed: u32) -> Vec<usize> {
    let mut order: Vec<i32> = Vec::new();
    let mut place: std::collections::HashMap<i32, usize> = std::collections::HashMap::new();
    for c in crises {
        place.entry(*c).or_insert_with(|| {
            order.push(*c);
            order.len() - 1
        });
    }
    let numbers = permutation(seed, order.len());
    crises
        .iter()
        .map(|c| numbers[place[c]] % folds.max(1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_permutation_is_numpys() {
        // numpy.random.RandomState(0).permutation(10)
        assert_eq!(permutation(0, 10), [2, 8, 4, 9, 1, 6, 7, 3, 0, 5]);
    }
}
