//! The strategy of the year: doctrines' pillars choose.

use super::needs::Needs;
use super::{Decisions, Outlook, Setting, event, told};
use crate::event::{Event, EventKind};
use crate::luck::Purpose;
use crate::measures::flows::Survey;
use crate::mind::{Answer, Asking, COUNT, Desk, Pool, STRATEGIES, STRATEGY_SHARES, pick};
use crate::snapshot::Snapshot;
use crate::system::class;

/// Places of the strategies that are open to some states of a world only.
const EXPEL: usize = 8;
const SPONSOR: usize = 9;

/// What the shares of strategies are.
const ASSUMED: &str = "the share assumed for all is";

/// Why a decision tells little.
const NOBODY: &str =
    "The world names no leader and no doctrine here: the state decides as any of its regime would.";

pub(super) fn decide(
    set: &Setting<'_>,
    s: &Snapshot,
    outlook: &Outlook,
    desk: &mut Desk,
    d: &mut Decisions,
    log: &mut Vec<Event>,
) {
    let open = set.system.coded.strategies();
    let weight = set.params.lens_weight();
    let survey = set.system.coded.corridors.then(|| desk.survey(s));
    let corridors = survey.unwrap_or_default();
    for i in 0..set.system.n {
        // A state without capabilities only watches.
        if !s.active[i] || s.share[i] <= 0.0 {
            d.strategies.push(0);
            continue;
        }
        d.strategies.push(one(
            set,
            s,
            (outlook, &corridors),
            (i, open),
            weight,
            desk,
            log,
        ));
    }
}

fn one(
    set: &Setting<'_>,
    s: &Snapshot,
    (outlook, corridors): (&Outlook, &Survey),
    (i, mut open): (usize, [bool; COUNT]),
    weight: f64,
    desk: &mut Desk,
    log: &mut Vec<Event>,
) -> u8 {
    let mind = s.holders[i].mind;
    let needs = (mind.is_some() || open[EXPEL] || open[SPONSOR])
        .then(|| Needs::new(set, s, outlook, corridors, i));
    if let Some(needs) = &needs {
        for k in [EXPEL, SPONSOR] {
            open[k] = open[k] && needs.open(k);
        }
    }
    let shares = shares(open);
    let regime = class(s.democracy[i]);
    let which = set.cabinet.which(Asking::Strategy, regime, i, mind);
    let p = match (mind, &needs) {
        (Some(_), Some(needs)) => {
            let pool = Pool {
                shares: &shares,
                typical: &[],
                weight,
            };
            let fill = |values: &mut [f64], h: &crate::mind::Handles| needs.set(values, h);
            set.cabinet.ask(which, desk, pool, fill)
        }
        _ => set.cabinet.ask_once(which, desk, &shares, weight),
    };
    let u = set
        .luck
        .uniform(Purpose::Strategy, set.system.keys[i], set.year);
    let choice = pick(&possible(p, open), u);
    // Whoever has no strategy in a year holds course: that is told by silence.
    if choice != 0 {
        let target = needs.as_ref().and_then(|n| n.target(choice));
        let other = target.unwrap_or(i as u16);
        let kind = EventKind::Strategy;
        let mut e = event(
            set.year,
            kind,
            i as u16,
            other,
            p[choice] as f32,
            choice as u32,
        );
        if set.explain {
            e.reasons = vec![told::chance(&p, choice, &shares, ASSUMED, &STRATEGIES)];
            match mind {
                None => e.reasons.push(NOBODY.to_owned()),
                Some(_) => e.reasons.extend(set.cabinet.reasons(which, desk, choice)),
            }
        }
        log.push(e);
    }
    choice as u8
}

/// Shares of strategies: those that move a layer which the world does not code are none,
/// and who would choose them holds course, so that the others stay as common as they are.
fn shares(open: [bool; COUNT]) -> Answer {
    let mut out = possible(STRATEGY_SHARES, open);
    out[0] += STRATEGY_SHARES.iter().sum::<f64>() - out.iter().sum::<f64>();
    out
}

/// Without what is not open, even where a lens excludes all the rest.
fn possible(mut p: Answer, open: [bool; COUNT]) -> Answer {
    for (p, open) in p.iter_mut().zip(open) {
        *p *= f64::from(u8::from(open));
    }
    p
}
