//! Reading the series back: the pitch of every step.

use super::wav::{RATE, step_length};
use super::{HIGH_NOTE, LOW_NOTE, Timeline, frequency};

/// The values of a WAV file that [`wav`](super::wav()) wrote for a timeline of this scale
/// and step: not a number where a step is silent, nothing where it is no such file.
///
/// The pitch is where the power of the middle of a step is largest (Goertzel 1958), found
/// on a grid of a quarter semitone and then by golden section.
pub fn detect(bytes: &[u8], t: &Timeline) -> Option<Vec<f64>> {
    let data = bytes.get(44..).filter(|_| bytes.starts_with(b"RIFF"))?;
    let mono: Vec<f64> = data
        .chunks_exact(4)
        .map(|c| {
            f64::from(i16::from_le_bytes([c[0], c[1]])) / 65_534.0
                + f64::from(i16::from_le_bytes([c[2], c[3]])) / 65_534.0
        })
        .collect();
    let per = step_length(t);
    let step = |x: &[f64]| {
        // Beats sound at the beginning of a step: only its later part is read.
        let part = &x[x.len() * 3 / 10..x.len() * 92 / 100];
        let loud = part.iter().map(|v| v * v).sum::<f64>() / part.len().max(1) as f64;
        if loud < 1e-4 {
            f64::NAN
        } else {
            t.value(pitch(part))
        }
    };
    Some(mono.chunks_exact(per).map(step).collect())
}

fn power(x: &[f64], note: f64) -> f64 {
    let w = std::f64::consts::TAU * frequency(note) / f64::from(RATE);
    let (mut re, mut im) = (0.0, 0.0);
    let n = x.len() as f64;
    for (k, v) in x.iter().enumerate() {
        // A Hann window keeps neighbours from leaking in.
        let window = 0.5 - 0.5 * (std::f64::consts::TAU * k as f64 / n).cos();
        let (s, c) = (w * k as f64).sin_cos();
        re += window * v * c;
        im += window * v * s;
    }
    re * re + im * im
}

fn pitch(x: &[f64]) -> f64 {
    let steps = ((HIGH_NOTE - LOW_NOTE) * 4.0) as usize;
    let grid = (0..=steps).map(|i| LOW_NOTE + i as f64 / 4.0);
    let best = grid
        .map(|n| (power(x, n), n))
        .fold((-1.0, LOW_NOTE), |a, b| if b.0 > a.0 { b } else { a })
        .1;
    let (mut low, mut high) = (best - 0.3, best + 0.3);
    let ratio = 0.618_033_988_75;
    for _ in 0..24 {
        let (a, b) = (high - ratio * (high - low), low + ratio * (high - low));
        if power(x, a) > power(x, b) {
            high = b
        } else {
            low = a
        }
    }
    0.5 * (low + high)
}
