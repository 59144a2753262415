//! Pacts of two and of several, made and ended outside any crisis.

use super::{Decisions, Setting};
use crate::luck::{Purpose, ordered, pair};
use crate::snapshot::{Bloc, CONSULT, DEFENCE, PEACEFUL, Snapshot};
use crate::system::class;

/// What changes among pacts in a year.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A new pact of two, with its bits.
    Made(u16, u16, u8),
    /// A pact of two ends.
    Ended(u16, u16),
    /// A new pact of several: founder, members, bits.
    Founded(u16, Vec<u16>, u8),
    /// A state joins the pact of several with this number.
    Joined(u32, u16),
    /// A state leaves it.
    Left(u32, u16),
    /// It ends for all.
    Dissolved(u32),
}

pub(super) fn decide(set: &Setting<'_>, s: &Snapshot, d: &mut Decisions) {
    make(set, s, d);
    end(set, s, d);
    found(set, s, d);
    for bloc in &s.blocs {
        turn_over(set, s, bloc, d);
    }
}

/// New pacts of two: between relevant states, likelier between like regimes (Lai & Reiter
/// 2000). Half of the record's rate: the other half is sought by strategies.
fn make(set: &Setting<'_>, s: &Snapshot, d: &mut Decisions) {
    let n = set.system.n;
    let luck = set.luck.year(Purpose::Pact, set.year);
    let (chance, alike) = (
        0.5 * set.params.alliance_form(),
        set.params.alliance_alike(),
    );
    let most = chance * alike.max(1.0);
    for (at, p) in set.system.pairs.iter().enumerate() {
        let u = luck.uniform(p.key);
        if u >= most || !s.live[at] {
            continue;
        }
        let (i, j) = (p.a as usize, p.b as usize);
        let same = class(s.democracy[i]) == class(s.democracy[j]);
        let free = s.pact[i * n + j] == 0 && s.calm(set.system, i, j);
        if free && able(s, i) && able(s, j) && u < chance * if same { alike } else { 1.0 } {
            d.pacts.push(Change::Made(p.a, p.b, kind(set, p.key)));
        }
    }
}

fn able(s: &Snapshot, i: usize) -> bool {
    s.share[i] > 0.0
}

fn kind(set: &Setting<'_>, key: u64) -> u8 {
    if set.luck.uniform(Purpose::PactKind, key, set.year) < set.params.alliance_defence() {
        DEFENCE | CONSULT
    } else {
        PEACEFUL | CONSULT
    }
}

fn end(set: &Setting<'_>, s: &Snapshot, d: &mut Decisions) {
    let n = set.system.n;
    let luck = set.luck.year(Purpose::PactEnd, set.year);
    let chance = set.params.alliance_end();
    for (i, row) in s.bilateral.chunks_exact(n.max(1)).enumerate() {
        // Few have a pact: many are passed over at once.
        for (k, some) in row.chunks(32).enumerate() {
            if some.iter().fold(0, |all, bits| all | bits) == 0 {
                continue;
            }
            for (j, _) in (32 * k..).zip(some).filter(|(j, b)| *j > i && **b != 0) {
                if luck.uniform(pair(set.system.keys[i], set.system.keys[j])) < chance {
                    d.pacts.push(Change::Ended(i as u16, j as u16));
                }
            }
        }
    }
}

/// A founder asks the states of its region, and the major powers elsewhere; how open the
/// pact is, is a matter of luck, evenly from nobody to everybody (assumption), and great
/// powers from elsewhere are half as likely to be in it (assumption).
fn found(set: &Setting<'_>, s: &Snapshot, d: &mut Decisions) {
    let luck = set.luck.year(Purpose::Found, set.year);
    for (i, key) in set.system.keys.iter().enumerate() {
        if luck.uniform(*key) >= set.params.bloc_form() || !able(s, i) {
            continue;
        }
        let open = set.luck.uniform(Purpose::Openness, *key, set.year);
        let enters = |j: usize| {
            if j == i {
                return true;
            }
            let near = set.system.region[j] == set.system.region[i];
            let chance = match (near, s.major[j]) {
                (true, _) => open,
                (false, true) => 0.5 * open,
                _ => return false,
            };
            let asked = ordered(*key, set.system.keys[j]);
            able(s, j)
                && s.calm(set.system, i, j)
                && set.luck.uniform(Purpose::Accept, asked, set.year) < chance
        };
        let members: Vec<u16> = (0..set.system.n)
            .filter(|j| enters(*j))
            .map(|j| j as u16)
            .collect();
        if members.len() >= crate::blocs::FEWEST {
            d.pacts
                .push(Change::Founded(i as u16, members, kind(set, *key)));
        }
    }
}

/// Who joins a pact of several, who leaves it, and whether it ends.
fn turn_over(set: &Setting<'_>, s: &Snapshot, bloc: &Bloc, d: &mut Decisions) {
    if set.luck.uniform(Purpose::Dissolve, bloc.key, set.year) < set.params.bloc_end() {
        d.pacts.push(Change::Dissolved(bloc.id));
        return;
    }
    let (join, leave) = (set.params.bloc_join(), set.params.bloc_leave());
    let joins = set.luck.year(Purpose::Accede, set.year);
    let leaves = set.luck.year(Purpose::Secede, set.year);
    let home = home(set, bloc);
    // Members and the states of their region; of the rest nobody is asked.
    let mut asked = [&bloc.members[..], &set.system.inside[home as usize]].concat();
    asked.sort_unstable();
    asked.dedup();
    for k in asked {
        let j = k as usize;
        let key = ordered(bloc.key, set.system.keys[j]);
        let inside = bloc.members.binary_search(&k).is_ok();
        if inside && leaves.uniform(key) < leave {
            d.pacts.push(Change::Left(bloc.id, k));
        }
        let may = !inside && able(s, j);
        if may && joins.uniform(key) < join && !s.fights(k) {
            d.pacts.push(Change::Joined(bloc.id, k));
        }
    }
}

/// The region of most members; the first of equals.
fn home(set: &Setting<'_>, bloc: &Bloc) -> u16 {
    let mut count = vec![0usize; set.system.regions.len()];
    for m in &bloc.members {
        count[set.system.region[*m as usize] as usize] += 1;
    }
    let best = (0..count.len()).max_by_key(|r| (count[*r], std::cmp::Reverse(*r)));
    best.unwrap_or(0) as u16
}
