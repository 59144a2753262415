//! Powers of whole slices: b^r = 2^(r·log₂ b), written so that the compiler can use
//! vector instructions. A round of the challenge model needs over a thousand powers, and
//! they are most of its time.
//!
//! Both functions are good to a few units in the last place on their domains (a test
//! compares them with the standard library's), far inside the 1e-9 that is claimed.

/// 1.5·2⁵²: adding it rounds a number of modest size to an integer in the low bits.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// Bits of √½, the split between mantissas that are halved and those that are not.
const SQRT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;
/// 2/ln 2 divided by 1, 3, 5, …: the series of log₂((1+s)/(1−s)) in s.
const LOG: [f64; 11] = {
    let mut list = [0.0; 11];
    let mut k = 0;
    while k < 11 {
        list[k] = 2.0 * std::f64::consts::LOG2_E / (2 * k + 1) as f64;
        k += 1;
    }
    list
};
/// (ln 2)^k / k!: the series of 2^f.
const EXP: [f64; 13] = {
    let mut list = [1.0; 13];
    let mut k = 1;
    while k < 13 {
        list[k] = list[k - 1] * std::f64::consts::LN_2 / k as f64;
        k += 1;
    }
    list
};

/// log₂ of a number in 0..=1; zero counts as the least normal number, so that its powers
/// vanish instead of becoming undefined.
#[inline(always)]
pub(super) fn log2(b: f64) -> f64 {
    let b = if b > f64::MIN_POSITIVE {
        b
    } else {
        f64::MIN_POSITIVE
    };
    let bits = b.to_bits();
    // Biased so that the shift need not carry a sign: the exponent plus 2048.
    let exponent = (bits.wrapping_sub(SQRT_HALF).wrapping_add(2048 << 52)) >> 52;
    let mantissa = f64::from_bits(bits.wrapping_sub(exponent.wrapping_sub(2048) << 52));
    let whole =
        f64::from_bits(0x4330_0000_0000_0000 | exponent) - (4_503_599_627_370_496.0 + 2048.0);
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let z = s * s;
    // Estrin's order: short chains of dependent steps matter more than their number.
    let (z2, c) = (z * z, &LOG);
    let z4 = z2 * z2;
    let low = (c[0] + c[1] * z) + (c[2] + c[3] * z) * z2;
    let middle = (c[4] + c[5] * z) + (c[6] + c[7] * z) * z2;
    let high = (c[8] + c[9] * z) + c[10] * z2;
    let sum = low + z4 * (middle + z4 * high);
    whole + s * sum
}

/// 2^y for y in −1022..=1.
#[inline(always)]
pub(super) fn exp2(y: f64) -> f64 {
    let y = if y > -1022.0 { y } else { -1022.0 };
    let shifted = y + ROUND;
    let f = y - (shifted - ROUND);
    let scale = f64::from_bits((shifted.to_bits() << 52).wrapping_add(1023 << 52));
    let (f2, c) = (f * f, &EXP);
    let f4 = f2 * f2;
    let low = (c[0] + c[1] * f) + (c[2] + c[3] * f) * f2;
    let middle = (c[4] + c[5] * f) + (c[6] + c[7] * f) * f2;
    let high = (c[8] + c[9] * f) + (c[10] + c[11] * f) * f2;
    let sum = low + f4 * (middle + f4 * (high + f4 * c[12]));
    sum * scale
}

/// Logarithms of a base derived from each number.
#[inline(always)]
pub(super) fn logs(numbers: &[f64], out: &mut [f64], base: impl Fn(f64) -> f64) {
    for (o, d) in out.iter_mut().zip(numbers) {
        *o = log2(base(*d));
    }
}

/// Powers with one exponent, given the logarithms of the bases.
pub(super) fn powers(logs: &[f64], exponent: f64, out: &mut [f64]) {
    for (o, l) in out.iter_mut().zip(logs) {
        *o = exp2(exponent * l);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agree_with_the_standard_library() {
        let mut worst = 0.0f64;
        for k in 0..200_000 {
            let b = (k as f64 + 0.5) / 200_000.0;
            let r = 0.5 + 1.5 * ((k * 7919) % 1000) as f64 / 999.0;
            let theirs = b.powf(r);
            worst = worst.max((exp2(r * log2(b)) - theirs).abs() / theirs);
        }
        assert!(worst < 4e-15, "{worst}");
        for tiny in [1e-300, 1e-20, 1e-9] {
            let theirs = f64::powf(tiny, 0.7);
            assert!((exp2(0.7 * log2(tiny)) / theirs - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn the_ends_are_exact_enough() {
        assert_eq!(exp2(0.7 * log2(1.0)), 1.0);
        assert!(exp2(0.5 * log2(0.0)) < 1e-150);
        assert_eq!(log2(0.25), -2.0);
        assert!(log2(1.0 - 1e-15) < 0.0);
    }
}
