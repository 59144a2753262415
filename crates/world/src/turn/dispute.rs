//! Disputes: at rates fitted on the record, answered by lenses.

use super::{Decisions, Outlook, Setting, event};
use crate::event::{Event, EventKind};
use crate::luck::{Purpose, ordered};
use crate::measures::power::contest;
use crate::mind::{Asking, Desk, View, pick};
use crate::params::Params;
use crate::snapshot::{DEFENCE, Snapshot};
use crate::system::{Pair, System};

/// Most years of peace that the polynomial is read at: beyond, the estimate has no data.
const LONGEST: usize = 80;

/// The dispute logit of a run, laid out for many evaluations: a bound for each class of
/// pairs lets most draws be settled by one comparison.
#[derive(Debug)]
pub struct Odds {
    peace: Vec<f64>,
    fixed: Vec<f64>,
    bound: Vec<f64>,
    ratio: f64,
    defence: f64,
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

impl Odds {
    /// Lays out the logit.
    pub fn new(system: &System, params: &Params) -> Odds {
        let b = params.dispute;
        let yes = |x: bool| f64::from(u8::from(x));
        let peace: Vec<f64> = (0..=LONGEST)
            .map(|t| t as f64 / 10.0)
            .map(|t| b[6] * t + b[7] * t * t + b[8] * t * t * t)
            .collect();
        let top = peace.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let fixed: Vec<f64> = system
            .pairs
            .iter()
            .map(|p| b[0] + b[1] * yes(p.land) + b[3] * yes(p.major) + b[5] * yes(p.democracies))
            .collect();
        let bound = fixed
            .iter()
            .map(|f| logistic(f + b[2].max(0.0) + b[4].max(0.0) + top))
            .collect();
        Odds {
            peace,
            fixed,
            bound,
            ratio: b[2],
            defence: b[4],
        }
    }

    /// Chance of a dispute of a pair in a year.
    pub fn chance(&self, at: usize, pair: &Pair, s: &Snapshot, n: usize) -> f64 {
        let (x, y) = (s.share[pair.a as usize], s.share[pair.b as usize]);
        let ratio = x.min(y) / x.max(y).max(1e-12);
        let pact = s.pact[pair.a as usize * n + pair.b as usize] & DEFENCE != 0;
        let quiet = self.peace[(s.peace[at] as usize).min(LONGEST)];
        let defence = if pact { self.defence } else { 0.0 };
        logistic(self.fixed[at] + self.ratio * ratio + defence + quiet)
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
    for (at, pair) in set.system.pairs.iter().enumerate() {
        let u = luck.uniform(pair.key);
        if u >= set.odds.bound[at] || u >= set.odds.chance(at, pair, s, n) {
            continue;
        }
        // A state without capabilities disputes nothing: it only watches.
        let watches = |i: u16| s.share[i as usize] <= 0.0;
        if s.at_war(pair.a, pair.b) || watches(pair.a) || watches(pair.b) {
            continue;
        }
        one(set, s, outlook, desk, (at, pair), d, log);
    }
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
    let (i, j) = if coin < 0.5 {
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
    }
    sanctions(set, s, (i, j), first >= 2 || reply >= 2, d);
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
    let (asking, purpose, shares) = match first {
        None => (Asking::First, Purpose::First, set.params.first),
        Some(f) => (Asking::Reply, Purpose::Reply, set.params.reply[f.min(3)]),
    };
    let which = set
        .cabinet
        .which(asking, system, i as usize, s.holders[i as usize].mind);
    let view = view(set, s, outlook, (i, j), first);
    let weight = set.params.lens_weight();
    let p = set.cabinet.ask(which, desk, &shares, weight, |v, h| {
        view.set(v, h, set.params)
    });
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
        let record = shares[act] / shares.iter().sum::<f64>();
        e.reasons.push(format!(
            "chance {:.0} % (the record's share is {:.0} %)",
            100.0 * p[act],
            100.0 * record
        ));
        e.reasons.extend(set.cabinet.reasons(which, desk));
        log.push(e);
    }
    act
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
    let own = s.share[a] + super::outlook::ALLIES_COUNT * outlook.allied[a];
    let other = s.share[b] + super::outlook::ALLIES_COUNT * outlook.allied[b];
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
    let opposed = (system.democracy[a] - system.democracy[b]).abs() / 20.0;
    let great = yes(states[b].major);
    let at_home = (system.democracy[a] + 10.0) / 20.0;
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
        (outlook.allied[a] / s.share[b].max(1e-9)).min(1.0),
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
    }
}

fn sanctions(set: &Setting<'_>, s: &Snapshot, (i, j): (u16, u16), force: bool, d: &mut Decisions) {
    if !force {
        return;
    }
    let chance = set.params.sanction_chance();
    let keys = &set.system.keys;
    let luck = |by: u16, on: u16| {
        set.luck.uniform(
            Purpose::Sanction,
            ordered(keys[by as usize], keys[on as usize]),
            set.year,
        )
    };
    let rich = if s.gdp[i as usize] >= s.gdp[j as usize] {
        (i, j)
    } else {
        (j, i)
    };
    if luck(rich.0, rich.1) < chance {
        d.sanctions.push(rich);
    }
    let n = set.system.n;
    let majors = set
        .system
        .world
        .states
        .iter()
        .filter(|x| x.major)
        .count()
        .max(1) as f64;
    for (k, state) in set.system.world.states.iter().enumerate() {
        let k = k as u16;
        let friend = s.pact[k as usize * n + i as usize] != 0;
        if state.major && k != i && k != j && !friend && luck(k, i) < chance / majors {
            d.sanctions.push((k, i));
        }
    }
}
