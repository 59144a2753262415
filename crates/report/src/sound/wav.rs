//! Samples, and the WAV file around them.

use super::{Timeline, frequency};

/// Samples a second.
pub const RATE: u32 = 22_050;
/// Part of a step at its end that fades, so that steps can be told apart.
const FADE: f64 = 0.08;

/// Left and right samples, -1..1.
pub fn samples(t: &Timeline) -> Vec<(f32, f32)> {
    let per = step_length(t);
    let mut out = vec![(0.0f32, 0.0f32); per * t.values.len()];
    let mut phase = 0.0f64;
    for (i, value) in t.values.iter().enumerate() {
        if !value.is_finite() {
            continue;
        }
        let hertz = frequency(t.note(*value));
        let rough = t.spread.get(i).copied().unwrap_or(0.0).clamp(0.0, 1.0);
        for k in 0..per {
            phase = (phase + hertz / f64::from(RATE)).fract();
            let part = k as f64 / per as f64;
            let fade = (part / FADE).min((1.0 - part) / FADE).min(1.0);
            let seconds = k as f64 / f64::from(RATE);
            let tremble =
                1.0 - 0.5 * rough * (1.0 + (std::f64::consts::TAU * 35.0 * seconds).sin()) / 2.0;
            let x = (0.5 * fade * tremble * (std::f64::consts::TAU * phase).sin()) as f32;
            let at = &mut out[i * per + k];
            at.0 += x;
            at.1 += x;
        }
    }
    beats(t, per, &mut out);
    out
}

/// Samples of one step.
pub fn step_length(t: &Timeline) -> usize {
    ((t.seconds.clamp(0.02, 10.0) * f64::from(RATE)) as usize).max(1)
}

/// Short noise, high above the notes, so that it does not hide the pitch.
fn beats(t: &Timeline, per: usize, out: &mut [(f32, f32)]) {
    let length = (f64::from(RATE) * 0.04) as usize;
    for beat in &t.beats {
        let mut z = 0x9e37_79b9u32;
        let mut before = 0.0f32;
        let (left, right) = ((1.0 - beat.pan) / 2.0, (1.0 + beat.pan) / 2.0);
        for k in 0..length {
            let Some(at) = out.get_mut(beat.at * per + k) else {
                break;
            };
            z = z.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = (z >> 8) as f32 / (1u32 << 23) as f32 - 1.0;
            // A difference of neighbours keeps the low tones out.
            let high = 0.5 * (noise - before);
            before = noise;
            let decay = (-(k as f32) / (length as f32 / 4.0)).exp();
            let x = 0.4 * beat.weight as f32 * decay * high;
            at.0 += x * left as f32 * 1.4;
            at.1 += x * right as f32 * 1.4;
        }
    }
}

/// A WAV file: 16 bits, two channels.
pub fn wav(t: &Timeline) -> Vec<u8> {
    let samples = samples(t);
    let size = (samples.len() * 4) as u32;
    let mut out = Vec::with_capacity(44 + samples.len() * 4);
    out.extend(b"RIFF");
    out.extend((36 + size).to_le_bytes());
    out.extend(b"WAVEfmt ");
    out.extend(16u32.to_le_bytes());
    out.extend(1u16.to_le_bytes());
    out.extend(2u16.to_le_bytes());
    out.extend(RATE.to_le_bytes());
    out.extend((RATE * 4).to_le_bytes());
    out.extend(4u16.to_le_bytes());
    out.extend(16u16.to_le_bytes());
    out.extend(b"data");
    out.extend(size.to_le_bytes());
    for (l, r) in samples {
        for x in [l, r] {
            out.extend(((x.clamp(-1.0, 1.0) * 32_767.0) as i16).to_le_bytes());
        }
    }
    out
}
