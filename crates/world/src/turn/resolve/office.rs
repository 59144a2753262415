//! Leaders leave by the recorded date or by hazard; successors follow.

use super::{Setting, event};
use crate::event::{Event, EventKind};
use crate::luck::Purpose;
use crate::snapshot::{Holder, Snapshot};
use crate::system::class;

pub(super) fn change(set: &Setting<'_>, s: &mut Snapshot, log: &mut Vec<Event>) {
    for i in 0..set.system.n {
        if !s.active[i] {
            continue;
        }
        let holder = s.holders[i];
        let Some(kind) = leaves(set, s, i, &holder) else {
            continue;
        };
        log.push(event(
            set.year,
            EventKind::Exit,
            i as u16,
            i as u16,
            kind,
            0,
        ));
        let next = set.system.seat(i, holder.seat.saturating_add(1));
        s.holders[i] = Holder {
            seat: holder.seat.saturating_add(1),
            mind: match next {
                Some(seat) => seat.mind.map(|m| m as u16),
                None => holder
                    .mind
                    .and_then(|m| set.system.successor(m as usize))
                    .map(|m| m as u16),
            },
            since: set.year + 1,
            born: next.and_then(|x| x.born).unwrap_or(set.year - 55),
        };
    }
}

/// Whether the leader leaves this year: 2 by the record's date, 1 by natural death, 0
/// otherwise. The hazard of a natural death doubles with every decade of age.
fn leaves(set: &Setting<'_>, s: &Snapshot, i: usize, holder: &Holder) -> Option<f32> {
    let seat = set.system.seat(i, holder.seat);
    if let Some(until) = seat.and_then(|x| x.until) {
        return (until.year() <= set.year).then_some(2.0);
    }
    let (key, p) = (set.system.keys[i], set.params);
    let age = f64::from(set.year - holder.born);
    let natural = (p.exit_natural() * 2f64.powf((age - 65.0) / 10.0)).min(1.0);
    if set.luck.uniform(Purpose::Natural, key, set.year) < natural {
        return Some(1.0);
    }
    let hazard = match class(s.democracy[i]) {
        2 => p.exit_democracy(),
        0 => p.exit_autocracy(),
        _ => p.exit_mixed(),
    };
    (set.luck.uniform(Purpose::Exit, key, set.year) < (hazard - natural).max(0.0)).then_some(0.0)
}
