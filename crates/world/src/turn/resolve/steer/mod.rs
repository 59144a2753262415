//! Strategies move ties.
//!
//! Every choice is made on one condition, the one that pacts and wars of the year left
//! behind, and put into effect afterwards, so that the order of states never matters.

mod apply;

pub(super) use apply::leave;

use super::{Decisions, Outlook, Setting, event, tie};
use crate::event::{Event, EventKind};
use crate::luck::{Purpose, ordered};
use crate::snapshot::{CONSULT, DEFENCE, Snapshot, normalise};
use crate::turn::course::Course;

/// What all states do in a year.
#[derive(Debug, Default)]
struct Moves {
    /// Layer of shares, who moves, away from whom, to whom, which part.
    shifts: Vec<(usize, u16, u16, u16, f64)>,
    /// Layer of shares, who moves, to whom: a step more where there is room.
    links: Vec<(usize, u16, u16)>,
    /// Who changes its trade: factor with one partner, and with all others.
    tilts: Vec<Tilt>,
    /// Defence pacts.
    pacts: Vec<(u16, u16)>,
    /// Corridors, the lower index first.
    corridors: Vec<(u16, u16)>,
    arms: Vec<u16>,
    /// Institution and who enters it.
    joins: Vec<(usize, u16)>,
    /// Troops sent home: power, host.
    homeward: Vec<(u16, u16)>,
    /// Movement, supporter, whether by ideas too.
    aid: Vec<(usize, u16, bool)>,
}

/// A state's change of its trade.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Tilt {
    by: u16,
    with: u16,
    here: f32,
    others: f32,
}

pub(super) fn steer(
    set: &Setting<'_>,
    s: &mut Snapshot,
    outlook: &Outlook,
    d: &Decisions,
    log: &mut Vec<Event>,
) {
    let mut moves = Moves::default();
    for (i, choice) in d.strategies.iter().enumerate() {
        if *choice != 0 {
            moves.choose(*choice, &Course::new(set, s, i), outlook);
        }
    }
    moves.apply(set, s, log);
    normalise(&mut s.share);
    open_corridors(set, s, log);
}

fn open_corridors(set: &Setting<'_>, s: &mut Snapshot, log: &mut Vec<Event>) {
    let new = s.routes.iter_mut();
    for r in new.filter(|r| !r.told && r.opens <= set.year) {
        r.told = true;
        if let (Some(a), Some(b)) = (r.through.first(), r.through.last()) {
            let size = r.capacity as f32;
            log.push(event(set.year, EventKind::Corridor, *a, *b, size, 0));
        }
    }
}

fn luck(c: &Course<'_>, j: usize) -> f64 {
    let keys = &c.set.system.keys;
    let key = ordered(keys[c.i], keys[j]);
    c.set.luck.uniform(Purpose::Agree, key, c.set.year)
}

fn agrees(c: &Course<'_>, j: usize) -> bool {
    luck(c, j) < c.set.params.agree()
}

impl Moves {
    fn choose(&mut self, choice: u8, c: &Course<'_>, outlook: &Outlook) {
        match choice {
            1 => self.diversify(c),
            2 => self.partner(c),
            3 => self.balance(c, outlook),
            4 => self.corridor(c),
            5 => self.payments(c),
            6 => self.arms.push(c.i as u16),
            7 => self.institution(c),
            8 => self.expel(c),
            9 => self.sponsor(c),
            _ => {}
        }
    }

    /// Energy, arms, technology: from the worst partner, or the one that the doctrine names,
    /// to the largest friendly other one; trade: from one partner to the rest.
    fn diversify(&mut self, c: &Course<'_>) {
        let step = c.set.params.step();
        for layer in [0, 2, 3] {
            let Some((away, _)) = c.away(layer) else {
                continue;
            };
            if let Some(to) = c.towards(layer, away) {
                self.shifts
                    .push((layer, c.i as u16, away, to as u16, 2.0 * step));
            }
        }
        if let Some((with, _)) = c.away_trade() {
            let at = c.i * c.set.system.n + with as usize;
            let taken = f64::from(c.s.trade[at]);
            let rest = (c.s.total[c.i] - taken).max(1e-9);
            self.tilts.push(Tilt {
                by: c.i as u16,
                with,
                here: 1.0 - step as f32,
                others: (1.0 + (taken * step / rest).min(0.2)) as f32,
            });
        }
    }

    /// Technology and arms links with the strongest friendly state outside any pact, or the
    /// one that the doctrine names.
    fn partner(&mut self, c: &Course<'_>) {
        let Some(j) = c.partner().filter(|j| agrees(c, *j)) else {
            return;
        };
        let coded = c.set.system.coded.shared;
        for layer in [2, 3].into_iter().filter(|l| coded[*l]) {
            self.links.push((layer, c.i as u16, j as u16));
        }
        self.tilts.push(Tilt {
            by: c.i as u16,
            with: j as u16,
            here: 1.0 + c.set.params.step() as f32,
            others: 1.0,
        });
    }

    /// A pact with the strongest friendly state that has no pact with the main threat.
    fn balance(&mut self, c: &Course<'_>, outlook: &Outlook) {
        let threat = outlook.threat.get(c.i).copied().flatten();
        let ally = threat.and_then(|t| c.ally(t));
        if let Some(j) = ally.filter(|j| luck(c, *j) < c.set.params.alliance_balance()) {
            self.pacts.push((c.i as u16, j as u16));
        }
    }

    /// A corridor with the neighbour by land that has the largest economy and none yet.
    fn corridor(&mut self, c: &Course<'_>) {
        if let Some(j) = c.corridor().filter(|j| agrees(c, *j)) {
            let (i, j) = (c.i as u16, j as u16);
            self.corridors.push((i.min(j), i.max(j)));
        }
    }

    /// A parallel payment link with the largest friendly trade partner other than the hub.
    fn payments(&mut self, c: &Course<'_>) {
        let Some((hub, _)) = c.away(1) else {
            return;
        };
        let to = c.towards(1, hub).filter(|j| agrees(c, *j));
        if let Some(j) = to {
            let part = 2.0 * c.set.params.step();
            self.shifts.push((1, c.i as u16, hub, j as u16, part));
        }
    }

    /// Asks the open institution whose members trade most with the state; where the world
    /// only counts institutions, one that it does not name.
    fn institution(&mut self, c: &Course<'_>) {
        let (set, s, i, n) = (c.set, c.s, c.i, c.set.system.n);
        let list = &set.system.world.institutions;
        let worth = |k: usize| {
            let inside = (0..n).filter(|j| s.members[k][*j]);
            inside.fold(0.0, |sum, j| sum + f64::from(s.trade[i * n + j]))
        };
        let open = (0..list.len()).filter(|k| list[*k].open && !s.members[*k][i]);
        let which = open
            .map(|k| (k, worth(k)))
            .max_by(|x, y| x.1.total_cmp(&y.1).then(y.0.cmp(&x.0)));
        let luck = set
            .luck
            .uniform(Purpose::Admit, set.system.keys[i], set.year);
        let other = set.system.coded.counts.then_some(list.len());
        let which = which.map(|x| x.0).or(other);
        if let Some(k) = which.filter(|_| luck < set.params.admit()) {
            self.joins.push((k, i as u16));
        }
    }

    /// Troops of one power of another region go home.
    fn expel(&mut self, c: &Course<'_>) {
        if let Some((power, _)) = c.guests() {
            self.homeward.push((power, c.i as u16));
        }
    }

    /// More support of a movement abroad.
    fn sponsor(&mut self, c: &Course<'_>) {
        if let Some(m) = c.movement() {
            self.aid.push((m, c.i as u16, c.preaches()));
        }
    }
}
