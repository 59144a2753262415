//! What predicates can see of a question: the standard vocabulary and its values.

use crate::inputs::{Draw, Num};
use crate::predicate::{EvalError, List, Slot, Slots, Symbol, Type, Vocabulary};
use crate::situation::{Alternative, Condition, Question};
use crate::vocabulary::{FEATURES, MEASURES, TAGS};
use std::sync::{Arc, OnceLock};

/// The standard vocabulary with the slots of its parts.
struct Standard {
    vocabulary: Vocabulary,
    id: Slot,
    conflict: Slot,
    tags: Slot,
    needs_delivery: Slot,
    effects: Vec<Slot>,
    features: Vec<Slot>,
    state: Slot,
    region: Slot,
    regime: Slot,
    opponent: Slot,
    year: Slot,
}

fn standard() -> &'static Standard {
    static STANDARD: OnceLock<Standard> = OnceLock::new();
    STANDARD.get_or_init(build)
}

/// The names that predicates of library files may use.
pub fn vocabulary() -> &'static Vocabulary {
    &standard().vocabulary
}

fn build() -> Standard {
    let mut v = Vocabulary::new();
    let mut add = |name: &str, kind: Type, about: &str| {
        v.add(name, kind, about)
            .unwrap_or_else(|e| panic!("the built-in name {name}: {e}"))
    };
    let id = add("alternative.id", Type::String, "the alternative's id");
    let conflict = add(
        "alternative.conflict",
        Type::Double,
        "cooperation–conflict scale, -3 punish to +3 reward",
    );
    let tags = add("alternative.tags", Type::Strings, "the alternative's tags");
    let needs_delivery = add(
        "alternative.needs_delivery",
        Type::Bool,
        "whether some organisation has to act",
    );
    let effects = MEASURES
        .iter()
        .map(|(name, about)| {
            add(
                &format!("alternative.effects.{name}"),
                Type::Double,
                &format!("judged change, -1 to 1: {about}"),
            )
        })
        .collect::<Vec<_>>();
    let features = FEATURES
        .iter()
        .map(|(name, about)| {
            add(
                &format!("situation.{name}"),
                Type::Double,
                &format!("0 to 1: {about}"),
            )
        })
        .collect::<Vec<_>>();
    let state = add(
        "decider.state",
        Type::String,
        "three-letter code of the state that decides",
    );
    let region = add("decider.region", Type::String, "its region");
    let regime = add(
        "decider.regime",
        Type::String,
        "democracy, autocracy or mixed",
    );
    let opponent = add(
        "opponent.state",
        Type::String,
        "three-letter code of the other side",
    );
    let year = add("world.year", Type::Double, "year of the decision");
    v.set_range(conflict, -3.0, 3.0);
    effects.iter().for_each(|s| v.set_range(*s, -1.0, 1.0));
    features.iter().for_each(|s| v.set_range(*s, 0.0, 1.0));
    v.set_words(tags, TAGS.iter().map(|(n, _)| *n));
    v.set_words(regime, ["democracy", "autocracy", "mixed"]);
    Standard {
        vocabulary: v,
        id,
        conflict,
        tags,
        needs_delivery,
        effects,
        features,
        state,
        region,
        regime,
        opponent,
        year,
    }
}

/// The index into [`FEATURES`] of the feature that a slot of the vocabulary stands for.
pub fn feature_of(slot: Slot) -> Option<usize> {
    standard().features.iter().position(|s| *s == slot)
}

/// The values of one question for predicates, with one alternative in view.
#[derive(Clone)]
pub struct Facts<'q> {
    question: &'q Question,
    slots: Slots,
    seen: Arc<[Seen]>,
}

/// What predicates see of one alternative, looked up once.
struct Seen {
    id: Symbol,
    needs_delivery: bool,
    conflict: Option<Num>,
    tags: Option<Arc<List>>,
    effects: Vec<(Slot, Option<Num>)>,
}

fn see(a: &Alternative) -> Seen {
    let s = standard();
    let effects = s.effects.iter().zip(MEASURES);
    Seen {
        id: s.vocabulary.interner().intern(&a.id),
        needs_delivery: a.needs_delivery,
        conflict: a.conflict,
        tags: s.vocabulary.list(&a.tags),
        effects: effects
            .map(|(slot, (name, _))| (*slot, plain_effect(a, name)))
            .collect(),
    }
}

impl<'q> Facts<'q> {
    /// The facts of a question that do not vary between draws.
    pub fn new(question: &'q Question) -> Self {
        let s = standard();
        let mut slots = s.vocabulary.slots();
        let situation = &question.situation;
        slots.set_text(s.state, &question.decider.state);
        slots.set_text(s.region, &question.decider.region);
        slots.set_text(s.regime, &question.decider.regime);
        if let Some(opponent) = &situation.opponent {
            slots.set_text(s.opponent, &opponent.state);
        }
        slots.set_number(s.year, f64::from(situation.decided.year()));
        Facts {
            question,
            slots,
            seen: situation.alternatives.iter().map(see).collect(),
        }
    }

    /// The situation at these values.
    pub fn situate(&mut self, draw: Draw<'_>) {
        let s = standard();
        for (slot, num) in s.features.iter().zip(&self.question.situation.features) {
            if let Some(num) = num {
                self.slots.set_number(*slot, draw.get(*num));
            }
        }
    }

    /// Puts an alternative in view.
    pub fn consider(&mut self, alternative: usize, draw: Draw<'_>) {
        let s = standard();
        let Some(seen) = self.seen.get(alternative) else {
            return;
        };
        self.slots.set_symbol(s.id, seen.id);
        self.slots.set_bool(s.needs_delivery, seen.needs_delivery);
        match &seen.tags {
            Some(list) => self.slots.set_list(s.tags, list),
            None => self.slots.clear(s.tags),
        }
        let numbers = seen
            .effects
            .iter()
            .copied()
            .chain([(s.conflict, seen.conflict)]);
        for (slot, num) in numbers {
            match num {
                Some(num) => self.slots.set_number(slot, draw.get(num)),
                None => self.slots.clear(slot),
            }
        }
    }

    /// Whether a condition holds.
    ///
    /// # Errors
    /// Where it reads a value that is missing, or divides by zero.
    pub fn holds(&self, condition: &Condition) -> Result<bool, EvalError> {
        condition.program.eval(&self.slots)
    }

    /// The values, for explanations.
    pub fn slots(&self) -> &Slots {
        &self.slots
    }
}

fn plain_effect(a: &Alternative, name: &str) -> Option<Num> {
    a.effects
        .iter()
        .find(|e| e.measure.name == name && e.measure.layer.is_none() && e.measure.on.is_none())
        .map(|e| e.change)
}
