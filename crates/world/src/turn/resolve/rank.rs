//! Who is a major power.

use super::{Setting, event};
use crate::event::{Event, EventKind};
use crate::luck::Purpose;
use crate::snapshot::Snapshot;

/// A state above the floor of capabilities may become a major power, a major power below it
/// may be one no longer: at the record's rates. What is counted is what others grant with a
/// delay, so that it is a hazard and no threshold (Levy 1983 on the criteria).
pub(super) fn change(set: &Setting<'_>, s: &mut Snapshot, log: &mut Vec<Event>) {
    let p = set.params;
    let luck = set.luck.year(Purpose::Major, set.year);
    for i in (0..set.system.n).filter(|i| set.system.great[*i]) {
        let high = s.share[i] >= p.major_floor();
        let chance = match (s.major[i], high) {
            (false, true) => p.major_enter(),
            (true, false) => p.major_exit(),
            _ => continue,
        };
        if s.active[i] && luck.uniform(set.system.keys[i]) < chance {
            turn(set, s, i, log);
        }
    }
}

fn turn(set: &Setting<'_>, s: &mut Snapshot, i: usize, log: &mut Vec<Event>) {
    s.major[i] = !s.major[i];
    let value = f32::from(u8::from(s.major[i]));
    log.push(event(
        set.year,
        EventKind::Major,
        i as u16,
        i as u16,
        value,
        0,
    ));
}

/// Major powers beaten by others may be ones no longer; `major` is who was one when the
/// year's fighting began.
pub(super) fn defeat(
    set: &Setting<'_>,
    s: &mut Snapshot,
    major: &[bool],
    (winners, losers): (&[u16], &[u16]),
    log: &mut Vec<Event>,
) {
    if !winners.iter().any(|i| major[*i as usize]) {
        return;
    }
    let luck = set.luck.year(Purpose::Defeat, set.year);
    for i in losers.iter().map(|i| *i as usize) {
        if s.major[i] && luck.uniform(set.system.keys[i]) < set.params.major_defeat() {
            turn(set, s, i, log);
        }
    }
}
