//! Laying out one question.

use super::aims::{self, Whom};
use super::effects::{Choice, JOIN, LADDER_FIRST, LADDER_REPLY, SANCTION};
use super::strategies::{self, STRATEGIES, STRATEGY_OUTCOMES};
use super::{Asked, Asking, Handles, Named};
use crate::system::{REGIMES, System};
use raison_core::vocabulary::FEATURES;
use raison_core::world::Mind;
use raison_core::{
    Alternative, Channel, Criterion, Date, Decider, DecisionUnit, Domain, Effect, Input, Inputs,
    Measure, Num, Outcome, Provenance, Question, Situation, Uncertain, UnitKind,
};

const WHY: &str = "the world's table of assumptions";

fn add(inputs: &mut Inputs, path: String, value: f64, domain: Domain) -> Num {
    inputs.add(Input {
        path,
        amount: Uncertain::Known(value),
        domain,
        provenance: Provenance::Assumed(WHY.to_owned()),
        span: None,
    })
}

const WEIGHT: Domain = Domain {
    low: 0.0,
    high: 1e6,
};

fn choices(asking: Asking) -> &'static [Choice] {
    match asking {
        Asking::First => &LADDER_FIRST,
        Asking::Reply => &LADDER_REPLY,
        Asking::Join => &JOIN,
        Asking::Sanction => &SANCTION,
        Asking::Strategy => &STRATEGIES,
    }
}

/// The question for a state and a mind, with the handles of what the world sets.
pub fn lay_out(
    asking: Asking,
    system: &System,
    i: usize,
    regime: usize,
    mind: Option<usize>,
) -> Asked {
    let nobody = Mind::default();
    let mind = mind.and_then(|m| system.minds().get(m)).unwrap_or(&nobody);
    let mut inputs = mind.inputs.clone();
    let mut handles = Handles {
        aims: aims::of(system, mind),
        ..Handles::default()
    };
    for (name, _) in FEATURES {
        let path = format!("situation.{name}");
        handles
            .features
            .push(add(&mut inputs, path, 0.0, Domain::UNIT));
    }
    let aim = add(&mut inputs, "criteria.aim.weight".into(), 1.0, WEIGHT);
    let care = add(&mut inputs, "criteria.safety.weight".into(), 1.0, WEIGHT);
    handles.care = Some(care);
    let list = choices(asking);
    let alternatives = list
        .iter()
        .enumerate()
        .map(|(at, c)| alternative((at, c), asking, &mut inputs, &mut handles))
        .collect();
    let criterion = |id: &str, title: &str, weight| Criterion {
        id: id.to_owned(),
        title: title.to_owned(),
        weight,
    };
    let situation = Situation {
        id: format!("{}:{asking:?}", system.world.id),
        title: title(asking).to_owned(),
        question: title(asking).to_owned(),
        decided: date(system),
        information_until: date(system),
        alternatives,
        status_quo: (asking != Asking::First).then_some(0),
        criteria: vec![
            criterion("aim", "getting one's way", aim),
            criterion("safety", "safety", care),
        ],
        features: handles.features.iter().copied().map(Some).collect(),
        risk_aversion: None,
        aspiration: None,
        opponent: None,
        organizations: Vec::new(),
        deadline: None,
        dimensions: Vec::new(),
        players: Vec::new(),
        channel: Channel::default(),
        analogies: Vec::new(),
        game: None,
    };
    let question = Question {
        situation,
        decider: decider(system, i, regime, mind),
        inputs,
    };
    Asked { question, handles }
}

fn date(system: &System) -> Date {
    Date::new(system.world.start, 1, 1).unwrap_or(Date::ZERO)
}

fn title(asking: Asking) -> &'static str {
    match asking {
        Asking::First => "How is the dispute begun?",
        Asking::Reply => "How is it answered?",
        Asking::Join => "Does it enter its ally's war?",
        Asking::Sanction => "Does it put sanctions on the other?",
        Asking::Strategy => "What is the strategy of the year?",
    }
}

fn alternative(
    (at, choice): (usize, &Choice),
    asking: Asking,
    inputs: &mut Inputs,
    handles: &mut Handles,
) -> Alternative {
    let (id, title, conflict, tags, table) = choice;
    let path = |what: &str| format!("alternatives.{id}.{what}");
    let mut sizes = Vec::new();
    let mut effects = Vec::new();
    // A measure of a layer is an effect only where an aim names it.
    for (measure, change) in table.iter().filter(|e| !e.0.contains('.')) {
        let at = path(&format!("effects.{measure}"));
        let num = add(inputs, at, *change, Domain::SIGNED);
        sizes.push((num, *change));
        effects.push(Effect {
            measure: plain(measure),
            change: num,
        });
    }
    let named = named(asking, (at, choice), handles, |measure| {
        let at = path(&format!("effects.{measure}"));
        let change = add(inputs, at, 0.0, Domain::SIGNED);
        let measure = measure.clone();
        effects.push(Effect { measure, change });
        change
    });
    handles.effects.push(sizes);
    handles.named.push(named);
    let outcomes = outcomes(asking, (at, id), inputs, handles);
    Alternative {
        id: (*id).to_owned(),
        title: (*title).to_owned(),
        conflict: Some(add(inputs, path("conflict"), *conflict, Domain::CONFLICT)),
        tags: tags.iter().map(|t| (*t).to_owned()).collect(),
        needs_delivery: false,
        outcomes,
        positions: Vec::new(),
        effects,
        span: None,
    }
}

fn plain(name: &str) -> Measure {
    Measure {
        name: name.to_owned(),
        layer: None,
        on: None,
    }
}

/// Effects on what single aims name, a layer or a state: without them the effect on the
/// measure in general would serve such an aim whatever layer and whoever is meant.
fn named(
    asking: Asking,
    (at, choice): (usize, &Choice),
    handles: &Handles,
    mut lay: impl FnMut(&Measure) -> Num,
) -> Vec<Named> {
    let mut out: Vec<Named> = Vec::new();
    for (k, aim) in handles.aims.iter().enumerate() {
        let m = &aim.measure;
        let size = match asking {
            Asking::Strategy if m.on.is_some() => {
                strategies::effect_on(at, &m.name, m.layer.as_deref())
            }
            Asking::Strategy if m.layer.is_some() => {
                strategies::effect(at, &m.name, m.layer.as_deref())
            }
            Asking::Strategy => continue,
            // Acts towards another state move no layer in particular.
            _ if aim.whom == Whom::Anybody => continue,
            _ => match choice.4.iter().find(|e| e.0 == m.name) {
                Some(e) => e.1,
                None => continue,
            },
        };
        let known = out.iter().find(|n| handles.aims[n.aim].measure == *m);
        if known.is_none() {
            out.push(Named {
                num: lay(m),
                size,
                aim: k,
            });
        }
    }
    out
}

fn outcomes(
    asking: Asking,
    (place, id): (usize, &str),
    inputs: &mut Inputs,
    handles: &mut Handles,
) -> Vec<Outcome> {
    let mut outcome = |name: &str, p: f64, aim: f64, safety: f64| {
        let at = format!("alternatives.{id}.outcomes.{name}");
        let probability = add(inputs, format!("{at}.probability"), p, Domain::UNIT);
        let aim = add(inputs, format!("{at}.values.aim"), aim, Domain::UNIT);
        let safety = add(inputs, format!("{at}.values.safety"), safety, Domain::UNIT);
        let outcome = Outcome {
            id: name.to_owned(),
            title: name.to_owned(),
            probability,
            values: vec![aim, safety],
            effects: Vec::new(),
        };
        (outcome, probability, safety)
    };
    if asking == Asking::Strategy {
        let (security, welfare) = STRATEGY_OUTCOMES.get(place).copied().unwrap_or_default();
        let made = outcome("follows", 1.0, 0.5 + 0.5 * welfare, 0.5 + 0.5 * security);
        return vec![made.0];
    }
    let (won, p, safe) = outcome("prevails", 0.5, 1.0, 1.0);
    let (lost, _, unsafe_) = outcome("fails", 0.5, 0.0, 1.0);
    handles.prevail.push(p);
    handles.safety.push((safe, unsafe_));
    vec![won, lost]
}

/// Who decides. Where nobody codes the unit, the regime stands in (Hermann 2001): an
/// autocracy is a predominant leader, a democracy a single group, others a coalition.
fn decider(system: &System, i: usize, regime: usize, mind: &Mind) -> Decider {
    let regime = REGIMES.get(regime).copied().unwrap_or("mixed");
    let kind = match regime {
        "autocracy" => UnitKind::PredominantLeader,
        "democracy" => UnitKind::SingleGroup,
        _ => UnitKind::Coalition,
    };
    Decider {
        state: system.code(i).to_owned(),
        name: system.name(i).to_owned(),
        region: system
            .regions
            .get(system.region[i] as usize)
            .cloned()
            .unwrap_or_default(),
        regime: regime.to_owned(),
        leader: mind.leader.clone(),
        doctrine: mind.doctrine.clone(),
        further: Vec::new(),
        unit: Some(DecisionUnit {
            kind,
            sensitive: None,
            consensus: None,
            bargaining: None,
        }),
        conflictual: None,
    }
}
