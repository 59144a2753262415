//! Disputes: at rates fitted on the record, answered by lenses.

use super::outlook::ALLIES_COUNT;
use super::{Decisions, Outlook, Setting, event, told};
use crate::event::{Event, EventKind};
use crate::luck::{Purpose, ordered};
use crate::measures::power::contest;
use crate::mind::{Asking, Desk, LADDER_FIRST, LADDER_REPLY, Pool, View, pick};
use crate::params::Params;
use crate::snapshot::{DEFENCE, Snapshot};
use crate::support;
use crate::system::{Pair, System, class, logistic};

/// Most years of peace that the polynomial is read at: beyond, the estimate has no data.
const LONGEST: usize = 80;

/// The dispute logit of a run, laid out for many evaluations: a bound for each pair lets
/// most draws be settled by one comparison.
#[derive(Debug)]
pub struct Odds {
    peace: Vec<f64>,
    fixed: Vec<f64>,
    bound: Vec<f64>,
    ratio: f64,
    major: f64,
    defence: f64,
    democracies: f64,
    history: f64,
    fighting: f64,
}

/// Distance as the logit of who enters wars sees it: log of thousand km.
pub fn far(km: f64) -> f64 {
    (km.max(NEAREST) / 1000.0).ln()
}

/// Capitals nearer than this, in km, count as this far apart.
const NEAREST: f64 = 50.0;

impl Odds {
    /// Lays out the logit.
    pub fn new(system: &System, params: &Params) -> Odds {
        let b = params.dispute;
        let peace: Vec<f64> = (0..=LONGEST)
            .map(|t| t as f64 / 10.0)
            .map(|t| b[6] * t + b[7] * t * t + b[8] * t * t * t)
            .collect();
        let top = peace.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let land = |p: &Pair| b[0] + if p.land { b[1] } else { 0.0 };
        let fixed: Vec<f64> = system.pairs.iter().map(land).collect();
        let most: f64 = [b[2], b[3], b[4], b[5], params.fighting()]
            .iter()
            .map(|x| x.max(0.0))
            .sum();
        let bound = fixed.iter().map(|f| logistic(f + most + top)).collect();
        Odds {
            peace,
            fixed,
            bound,
            ratio: b[2],
            major: b[3],
            defence: b[4],
            democracies: b[5],
            history: params.history(),
            fighting: params.fighting(),
        }
    }

    /// Chance of a dispute of a relevant pair in a year; `fights` tells who is in a war.
    pub fn chance(
        &self,
        (at, pair): (usize, &Pair),
        s: &Snapshot,
        n: usize,
        fights: &[bool],
    ) -> f64 {
        let (a, b) = (pair.a as usize, pair.b as usize);
        let (x, y) = (s.share[a], s.share[b]);
        let mut z = self.fixed[at] + self.ratio * x.min(y) / x.max(y).max(1e-12);
        z += self.peace[(s.peace[at] as usize).min(LONGEST)];
        z += s.tension + self.history * s.past[at].ln_1p();
        if s.major[a] || s.major[b] {
            z += self.major;
        }
        if fights[a] || fights[b] {
            z += self.fighting;
        }
        if s.pact[a * n + b] & DEFENCE != 0 {
            z += self.defence;
        }
        if s.democracy[a] >= 6.0 && s.democracy[b] >= 6.0 {
            z += self.democracies;
        }
        logistic(z)
    }
}

pub(super) fn decide(
    set: &Setting<'_>,
    s: &Snapshot,
    outlook: &Outlook,
    desk: &mut Desk,
    d: &mut Decisions,
    log: &mut Vec<Event>,
) {
    let luck = set.luck.year(Purpose::Dispute, set.year);
    let n = set.system.n;
    let mut fights = s.at_arms();
    for (fights, last) in fights.iter_mut().zip(&s.fought) {
        *fights |= *last == set.year - 1;
    }
    // Odds grow by no more than the exponential of what is added on the log scale.
    let level = s.tension.max(0.0).exp();
    for (at, pair) in set.system.pairs.iter().enumerate() {
        if !s.live[at] {
            continue;
        }
        let u = luck.uniform(pair.key);
        if s.past[at] < 1e-3 && u >= set.odds.bound[at] * level * 1.01 {
            continue;
        }
        if u >= set.odds.chance((at, pair), s, n, &fights) {
            continue;
        }
        // A state without capabilities disputes nothing: it only watches.
        let watches = |i: u16| s.share[i as usize] <= 0.0;
        if watches(pair.a) || watches(pair.b) {
            continue;
        }
        // Enemies have their war, and those who fight side by side put their quarrels off.
        if super::third::taken(s, pair.a, pair.b) {
            continue;
        }
        one(set, s, outlook, desk, (at, pair), d, log);
    }
}

/// Chance that the first of a pair is the one who begins (paired comparison: Bradley &
/// Terry 1952).
fn begins(set: &Setting<'_>, s: &Snapshot, pair: &Pair) -> f64 {
    let standing = |i: u16| {
        let i = i as usize;
        let (begun, suffered) = s.conduct[i];
        let yes = |x: bool| f64::from(u8::from(x));
        set.params.initiator_share() * s.share[i].max(1e-9).ln()
            + set.params.initiator_major() * yes(s.major[i])
            + set.params.initiator_democracy() * yes(s.democracy[i] >= 6.0)
            + set.params.initiator_conduct() * conduct(begun, suffered)
    };
    logistic(standing(pair.a) - standing(pair.b))
}

/// How far a state has been the one who begins, -0.5 to 0.5: a share with one case of each
/// kind assumed (Laplace's rule).
pub fn conduct(begun: f64, suffered: f64) -> f64 {
    (begun + 1.0) / (begun + suffered + 2.0) - 0.5
}

fn one(
    set: &Setting<'_>,
    s: &Snapshot,
    outlook: &Outlook,
    desk: &mut Desk,
    (at, pair): (usize, &Pair),
    d: &mut Decisions,
    log: &mut Vec<Event>,
) {
    let coin = set.luck.uniform(Purpose::Initiator, pair.key, set.year);
    let (i, j) = if coin < begins(set, s, pair) {
        (pair.a, pair.b)
    } else {
        (pair.b, pair.a)
    };
    let first = answer(set, s, outlook, desk, (i, j), None, log);
    let reply = answer(set, s, outlook, desk, (j, i), Some(first), log);
    let level = (first + 2).max(if reply == 0 { 1 } else { reply + 2 });
    // War takes two: one who goes to war and one who fights back.
    let war = (first == 3 && reply >= 2) || (first == 2 && reply == 3);
    let level = if war { 5 } else { level.min(4) };
    log.push(event(
        set.year,
        EventKind::Dispute,
        i,
        j,
        level as f32,
        at as u32,
    ));
    d.disputes.push((
        at as u32,
        i,
        first as u8,
        if war { 3 } else { reply.min(2) as u8 },
    ));
    if war {
        d.wars.push((i, j));
    } else {
        super::third::join(set, s, (i, j), level as u8, d);
    }
    if let Some((user, victim)) = forceful((i, j), first, reply) {
        super::sanction::decide(set, s, outlook, desk, (user, victim), d, log);
    }
}

/// The first to use force, and the other one, where force was used.
fn forceful((i, j): (u16, u16), first: usize, reply: usize) -> Option<(u16, u16)> {
    match (first >= 2, reply >= 2) {
        (true, _) => Some((i, j)),
        (false, true) => Some((j, i)),
        (false, false) => None,
    }
}

/// What `i` does towards `j`: the place on the ladder.
fn answer(
    set: &Setting<'_>,
    s: &Snapshot,
    outlook: &Outlook,
    desk: &mut Desk,
    (i, j): (u16, u16),
    first: Option<usize>,
    log: &mut Vec<Event>,
) -> usize {
    let system = set.system;
    let (asking, purpose, mut shares) = match first {
        None => (Asking::First, Purpose::First, set.params.first),
        Some(f) => (Asking::Reply, Purpose::Reply, set.params.reply[f.min(3)]),
    };
    // Two democracies go to war more seldom, also where they have a dispute.
    if [i, j].iter().all(|k| class(s.democracy[*k as usize]) == 2) {
        shares[3] *= set.params.ladder_democracies();
    }
    let regime = class(s.democracy[i as usize]);
    let mind = s.holders[i as usize].mind;
    let which = set.cabinet.which(asking, regime, i as usize, mind);
    let view = view(set, s, outlook, (i, j), first);
    let pool = Pool {
        shares: &shares,
        typical: &typical(set)[regime][first.map_or(0, |f| 1 + f.min(3))],
        weight: set.params.lens_weight(),
    };
    let p = set
        .cabinet
        .ask(which, desk, pool, |v, h| view.set(v, h, set.params));
    let key = ordered(system.keys[i as usize], system.keys[j as usize]);
    let act = pick(&p[..4], set.luck.uniform(purpose, key, set.year));
    if set.explain {
        let value = if first.is_some() && act == 0 {
            1.0
        } else {
            act as f32 + 2.0
        };
        let mut e = event(
            set.year,
            EventKind::Act,
            i,
            j,
            value,
            u32::from(first.is_some()),
        );
        let list = match first {
            None => &LADDER_FIRST,
            Some(_) => &LADDER_REPLY,
        };
        e.reasons = vec![
            told::chance(&p[..4], act, &shares, "the record's share is", list),
            told::situation(&view),
        ];
        e.reasons.extend(set.cabinet.reasons(which, desk, act));
        log.push(e);
    }
    act
}

/// The lens's mean answers by class of regime: how to begin, how to answer each of the
/// four ways to begin, and whether to enter a war.
pub type Typical = [[[f64; 4]; CASES]; 3];

const CASES: usize = 6;
/// Place of the question whether to enter a war.
pub(super) const ENTRY: usize = CASES - 1;

/// What full practical support of a movement there adds to `allied_support` (assumption).
const MOVEMENTS_HELP: f64 = 0.3;

/// Pairs that the mean answers are taken over.
const SAMPLE: usize = 120;

/// Live pairs with the least keys, in order of key. States without capabilities dispute
/// nothing and are left out, and of the pairs of a state that is taken out only their own
/// places change: the rest of the sample stays.
fn sample<'s>(system: &'s System, s: &Snapshot) -> Vec<&'s Pair> {
    let disputes = |i: u16| s.share[i as usize] > 0.0;
    let all = system.pairs.iter().zip(&s.live);
    let live = all.filter(|(p, live)| **live && disputes(p.a) && disputes(p.b));
    let mut out: Vec<&Pair> = live.map(|(p, _)| p).collect();
    out.sort_unstable_by_key(|p| (p.key, p.a, p.b));
    out.truncate(SAMPLE);
    out
}

/// The lens's mean answers where nobody in particular decides, over pairs of the world at
/// its start and with every parameter at its default. The record's shares hold for such
/// deciders already, so that an answer tilts them only as far as it differs from this.
pub(super) fn typical<'c>(set: &Setting<'c>) -> &'c Typical {
    set.cabinet.typical.get_or_init(|| {
        let mut out = [[[0.0; 4]; CASES]; 3];
        let put = |(set, s, outlook): Seen<'_, '_>, desk: &mut Desk, (i, j)| {
            for (regime, rows) in out.iter_mut().enumerate() {
                for (case, row) in rows.iter_mut().enumerate() {
                    let (asking, first) = match case {
                        0 => (Asking::First, None),
                        ENTRY => (Asking::Join, Some(3)),
                        reply => (Asking::Reply, Some(reply - 1)),
                    };
                    let which = set.cabinet.which(asking, regime, i as usize, None);
                    let view = view(set, s, outlook, (i, j), first);
                    let q = set
                        .cabinet
                        .alone::<4>(which, desk, |v, h| view.set(v, h, set.params));
                    row.iter_mut().zip(q).for_each(|(x, q)| *x += q);
                }
            }
        };
        outsiders(set, put);
        out
    })
}

/// A setting, what there is and what is seen of it.
pub(super) type Seen<'r, 's> = (&'r Setting<'s>, &'r Snapshot, &'r Outlook);

/// Shows a sample of the pairs of the world's start, both ways round, with every parameter
/// at its default.
pub(super) fn outsiders<'c>(
    set: &Setting<'c>,
    mut put: impl FnMut(Seen<'_, '_>, &mut Desk, (u16, u16)),
) {
    let params = Params::defaults();
    let values = set.system.world.inputs.central();
    let s = Snapshot::start(set.system, raison_core::Draw(&values), &params);
    let set = Setting {
        params: &params,
        values: &values,
        ..*set
    };
    let outlook = Outlook::new(&set, &s);
    let mut desk = set.cabinet.desk(0, 0);
    for p in sample(set.system, &s) {
        for sides in [(p.a, p.b), (p.b, p.a)] {
            put((&set, &s, &outlook), &mut desk, sides);
        }
    }
}

/// The situation of `i` in a dispute with `j`.
pub(super) fn view(
    set: &Setting<'_>,
    s: &Snapshot,
    outlook: &Outlook,
    (i, j): (u16, u16),
    first: Option<usize>,
) -> View {
    let system = set.system;
    let (a, b) = (i as usize, j as usize);
    let allies = outlook.behind(s, a, b);
    let own = s.share[a] + ALLIES_COUNT * allies;
    let other = s.share[b] + ALLIES_COUNT * outlook.behind(s, b, a);
    let win = contest(own, other, set.params.decisiveness());
    let pressed = first.map_or(0.0, |f| f as f64 / 3.0);
    let yes = |x: bool| f64::from(u8::from(x));
    let pair = system.pair(a, b).map(|p| &system.pairs[p]);
    let land = pair.is_some_and(|p| p.border);
    let states = &system.world.states;
    let nuclear = states[b].nuclear;
    // The cost of a war, on a scale where a year of losing is one third of all.
    let cost = (3.0 * set.params.war_costs() * (1.2 - win) + 0.3 * yes(nuclear)).clamp(0.0, 1.0);
    let trade = f64::from(s.trade[a * system.n + b]) / (s.gdp[a] * 1000.0);
    let opposed = (s.democracy[a] - s.democracy[b]).abs() / 20.0;
    let great = yes(s.major[b]);
    let aid = support::near(system, &outlook.footholds, a, b);
    let at_home = (s.democracy[a] + 10.0) / 20.0;
    let features = [
        ((1.0 - win) * pressed * (0.5 + 0.5 * yes(land))).min(1.0),
        0.2 + 0.8 * pressed,
        yes(land) * (0.2 + 0.6 * pressed),
        (trade * 5.0).min(1.0),
        0.4,
        (0.4 + 0.3 * yes(land) + 0.3 * pressed).min(1.0),
        0.2 + 0.7 * pressed,
        0.3,
        s.share[a] / (s.share[a] + s.share[b]).max(1e-12),
        great,
        yes(nuclear),
        yes(states[a].nuclear),
        yes(land),
        (allies / s.share[b].max(1e-9) + MOVEMENTS_HELP * aid).min(1.0),
        0.3,
        0.5 * at_home,
        0.1 + 0.2 * pressed,
        (0.2 * f64::from(outlook.sanctioned[a].min(3)) + 0.4 * great * yes(first.is_some()))
            .min(1.0),
        opposed,
    ];
    View {
        features,
        win,
        cost,
        pressed,
        towards: Some(j),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use raison_core::world::{World, WorldState};
    use raison_core::{Domain, Input, Provenance, Uncertain};

    /// A world of major powers, so that every pair is relevant; codes with their shares.
    fn majors(states: &[(String, f64)]) -> World {
        let mut world = World::default();
        for (code, share) in states {
            let mut add = |what: &str, value| {
                world.inputs.add(Input {
                    path: format!("states.{code}.{what}"),
                    amount: Uncertain::Known(value),
                    domain: Domain {
                        low: -10.0,
                        high: 1e6,
                    },
                    provenance: Provenance::Unstated,
                    span: None,
                })
            };
            let state = WorldState {
                code: code.clone(),
                name: code.clone(),
                region: String::new(),
                share: add("share", *share),
                gdp: add("gdp", 1.0),
                population: add("population", 1.0),
                democracy: add("democracy", 0.0),
                growth: add("growth", 0.0),
                major: true,
                nuclear: false,
                capital: (0.0, 0.0),
                seats: Vec::new(),
                span: None,
            };
            world.states.push(state);
        }
        world
    }

    fn sampled(states: &[(String, f64)]) -> Vec<(String, String)> {
        let system = System::new(majors(states));
        let values = system.world.inputs.central();
        let s = Snapshot::start(&system, raison_core::Draw(&values), &Params::defaults());
        let code = |i: u16| system.code(i as usize).to_owned();
        let pairs = sample(&system, &s).into_iter();
        pairs.map(|p| (code(p.a), code(p.b))).collect()
    }

    #[test]
    fn the_sample_holds_no_observer_and_keeps_the_pairs_of_others() {
        let states: Vec<(String, f64)> = (0..30).map(|i| (format!("S{i:02}"), 1.0)).collect();
        let base = sampled(&states);
        assert_eq!(base.len(), SAMPLE);
        let watched = [
            &states[..],
            &[("S111".to_owned(), 0.0), ("A".to_owned(), 0.0)],
        ]
        .concat();
        assert_eq!(sampled(&watched), base);
        let mut reversed = states.clone();
        reversed.reverse();
        assert_eq!(sampled(&reversed), base);
        let less = sampled(&states[1..]);
        let gone = |p: &&(String, String)| p.0 != "S00" && p.1 != "S00";
        assert!(base.iter().filter(gone).all(|p| less.contains(p)));
        assert!(base.iter().filter(gone).count() < SAMPLE);
    }

    #[test]
    fn the_first_to_use_force_need_not_be_the_one_who_began() {
        assert_eq!(forceful((4, 7), 1, 1), None);
        assert_eq!(forceful((4, 7), 2, 0), Some((4, 7)));
        assert_eq!(forceful((4, 7), 2, 3), Some((4, 7)));
        assert_eq!(forceful((4, 7), 0, 2), Some((7, 4)));
    }
}
