//! A standard MIDI file: notes with pitch bend, drums on channel 10.

use super::Timeline;

const TICKS: u32 = 480;

/// A length of at most 28 bits in seven-bit groups.
fn variable(mut x: u32, out: &mut Vec<u8>) {
    let mut groups = vec![(x & 0x7f) as u8];
    x >>= 7;
    while x > 0 {
        groups.push((x & 0x7f) as u8 | 0x80);
        x >>= 7;
    }
    out.extend(groups.iter().rev());
}

/// The file, format 0. The bend of a note carries the part between semitones, over the
/// usual two semitones either way, so the mapping can be inverted to 1/4096 semitone.
pub fn midi(t: &Timeline) -> Vec<u8> {
    let mut events: Vec<(u32, Vec<u8>)> = Vec::new();
    let micros = (t.seconds.clamp(0.02, 10.0) * 1e6) as u32;
    let tempo = micros.to_be_bytes();
    events.push((0, vec![0xff, 0x51, 3, tempo[1], tempo[2], tempo[3]]));
    events.push((0, vec![0xc0, 73]));
    for (i, value) in t.values.iter().enumerate().filter(|(_, v)| v.is_finite()) {
        let at = i as u32 * TICKS;
        let exact = t.note(*value);
        let note = exact.round();
        let bend = (8192.0 + (exact - note) / 2.0 * 8192.0).clamp(0.0, 16_383.0) as u16;
        events.push((at, vec![0xe0, (bend & 0x7f) as u8, (bend >> 7) as u8]));
        events.push((at, vec![0x90, note as u8, 90]));
        events.push((at + TICKS * 9 / 10, vec![0x80, note as u8, 0]));
    }
    for b in &t.beats {
        let at = b.at as u32 * TICKS;
        let loud = (40.0 + 80.0 * b.weight).clamp(1.0, 127.0) as u8;
        let pan = (64.0 + 63.0 * b.pan).clamp(0.0, 127.0) as u8;
        events.push((at, vec![0xb9, 10, pan]));
        events.push((at, vec![0x99, 38, loud]));
        events.push((at + TICKS / 4, vec![0x89, 38, 0]));
    }
    events.sort_by_key(|e| e.0);
    let mut track = Vec::new();
    let mut now = 0;
    for (at, bytes) in events {
        variable(at - now, &mut track);
        now = at;
        track.extend(bytes);
    }
    track.extend([0, 0xff, 0x2f, 0]);
    let mut out = b"MThd\0\0\0\x06\0\0\0\x01".to_vec();
    out.extend((TICKS as u16).to_be_bytes());
    out.extend(b"MTrk");
    out.extend((track.len() as u32).to_be_bytes());
    out.extend(track);
    out
}
