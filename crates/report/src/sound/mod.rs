//! A timeline as sound: for ears, and for people who cannot see a chart.
//!
//! One voice. Time is time: every step of the series lasts as long as every other. The
//! value is the pitch, on a linear scale of semitones between two stated notes. Events are
//! short noises; a region is a place between left and right; uncertainty is roughness, a
//! fast trembling of loudness that leaves the pitch alone. The mapping can be inverted:
//! [`detect`] reads the series back from the samples.

mod detect;
mod midi;
mod wav;

use crate::words::wrap;

pub use detect::detect;
pub use midi::midi;
pub use wav::{samples, wav};

/// Lowest note: the C below middle C (MIDI 48, 130.8 Hz).
pub const LOW_NOTE: f64 = 48.0;
/// Highest note: three octaves above it.
pub const HIGH_NOTE: f64 = 84.0;

/// What is to be heard.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// What it is.
    pub title: String,
    /// What the values are, with the unit.
    pub label: String,
    /// The time of the first step, such as a year.
    pub start: f64,
    /// Time between steps.
    pub step: f64,
    /// Values; not finite where there is none: silence.
    pub values: Vec<f64>,
    /// Half width of the interval of each value over the whole range, 0..1; empty where
    /// nothing is known.
    pub spread: Vec<f64>,
    /// Events.
    pub beats: Vec<Beat>,
    /// What lies from left to right, in this order: regions, or the actors of a crisis.
    pub sides: Vec<String>,
    /// The range of the scale; the values' own where `None`.
    pub range: Option<(f64, f64)>,
    /// Seconds of each step.
    pub seconds: f64,
}

/// An event.
#[derive(Clone, Debug, PartialEq)]
pub struct Beat {
    /// Step at which it happens.
    pub at: usize,
    /// Weight, 0 light to 1 heavy.
    pub weight: f64,
    /// From -1 left to 1 right.
    pub pan: f64,
    /// What it is.
    pub name: String,
}

impl Timeline {
    /// The range of the scale.
    pub fn scale(&self) -> (f64, f64) {
        if let Some(range) = self.range {
            return range;
        }
        let known = || self.values.iter().copied().filter(|x| x.is_finite());
        let (low, high) = (
            known().fold(f64::INFINITY, f64::min),
            known().fold(f64::NEG_INFINITY, f64::max),
        );
        match low < high {
            true => (low, high),
            false if low.is_finite() => (low - 0.5, low + 0.5),
            false => (0.0, 1.0),
        }
    }

    /// The note of a value, in MIDI semitones with fractions.
    pub fn note(&self, value: f64) -> f64 {
        let (low, high) = self.scale();
        let part = ((value - low) / (high - low)).clamp(0.0, 1.0);
        LOW_NOTE + part * (HIGH_NOTE - LOW_NOTE)
    }

    /// The value of a note: the inverse of [`note`](Self::note).
    pub fn value(&self, note: f64) -> f64 {
        let (low, high) = self.scale();
        low + (note - LOW_NOTE) / (HIGH_NOTE - LOW_NOTE) * (high - low)
    }

    /// What is heard, in words, to read or to have read aloud before listening.
    pub fn legend(&self) -> String {
        let (low, high) = self.scale();
        let last = self.start + self.step * self.values.len().saturating_sub(1) as f64;
        let mut out = format!(
            "{}\n\nPitch: {}. The lowest note, the C below middle C ({:.1} Hz), is {low:.4}; the highest, three octaves above ({:.1} Hz), is {high:.4}; equal steps of value are equal steps of pitch.\nTime: from {} to {}, {} seconds for each step of {}. A gap is a missing value.\n",
            self.title,
            self.label,
            frequency(LOW_NOTE),
            frequency(HIGH_NOTE),
            time(self.start),
            time(last),
            self.seconds,
            time(self.step),
        );
        if !self.spread.is_empty() {
            out.push_str(
                "Roughness: the wider the interval that holds 90 % of the runs, the deeper the trembling.\n",
            );
        }
        if !self.beats.is_empty() {
            out.push_str("Drum: events; the louder, the graver.\n");
            if !self.sides.is_empty() {
                out.push_str(&format!("From left to right: {}.\n", self.sides.join(", ")));
            }
            out.push('\n');
            for b in &self.beats {
                let side = match b.pan {
                    p if p < -0.2 => "left",
                    p if p > 0.2 => "right",
                    _ => "middle",
                };
                let when = time(self.start + self.step * b.at as f64);
                out.push_str(&format!("{when}: {} ({side})\n", b.name));
            }
        }
        let lines = out.lines().map(|line| wrap(line, COLUMNS).join("\n"));
        lines.map(|line| line + "\n").collect()
    }
}

/// Columns of a legend.
const COLUMNS: usize = 80;

/// A time without needless digits.
fn time(x: f64) -> String {
    if x.fract() == 0.0 {
        format!("{x}")
    } else {
        format!("{x:.2}")
    }
}

/// Frequency of a note in hertz: A above middle C is 440.
pub fn frequency(note: f64) -> f64 {
    440.0 * 2f64.powf((note - 69.0) / 12.0)
}

/// Note of a frequency.
pub fn note_of(hertz: f64) -> f64 {
    69.0 + 12.0 * (hertz / 440.0).log2()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Timeline {
        let values = (0..40)
            .map(|i| (f64::from(i) * 0.4).sin() * 3.0 + f64::from(i) * 0.1)
            .collect();
        Timeline {
            values,
            step: 1.0,
            seconds: 0.25,
            ..Timeline::default()
        }
    }

    #[test]
    fn the_mapping_is_its_own_inverse() {
        let t = line();
        for v in &t.values {
            assert!((t.value(t.note(*v)) - v).abs() < 1e-9);
        }
        assert!((frequency(69.0) - 440.0).abs() < 1e-9);
        assert!((note_of(frequency(57.3)) - 57.3).abs() < 1e-9);
    }

    #[test]
    fn pitch_detection_recovers_the_series_from_the_wav() {
        let mut t = line();
        t.spread = vec![0.5; t.values.len()];
        t.beats = (0..40)
            .step_by(7)
            .map(|at| Beat {
                at,
                weight: 0.8,
                pan: -0.5,
                name: "war".into(),
            })
            .collect();
        t.values[11] = f64::NAN;
        let bytes = wav(&t);
        let read = detect(&bytes, &t).expect("a wav file");
        let (low, high) = t.scale();
        assert_eq!(read.len(), t.values.len());
        for (i, (a, b)) in read.iter().zip(&t.values).enumerate() {
            if b.is_nan() {
                assert!(a.is_nan(), "silence at {i}");
            } else {
                assert!((a - b).abs() < 0.01 * (high - low), "step {i}: {a} for {b}");
            }
        }
    }

    #[test]
    fn a_flat_line_and_nothing_at_all_are_sound_too() {
        for values in [vec![], vec![2.0; 3], vec![f64::NAN]] {
            let t = Timeline {
                values,
                step: 1.0,
                seconds: 0.1,
                ..Timeline::default()
            };
            assert_eq!(&wav(&t)[..4], b"RIFF");
            assert_eq!(&midi(&t)[..4], b"MThd");
        }
    }
}
