//! The strategies of a year: what each is taken to do to which measure.
//!
//! An entry names a measure, or a measure of a layer. The measures that are columns of the
//! output move by what the rules do (`turn/steer`), and a test holds each sign against
//! runs; the others (security, credibility, legality …) are judged only.

use super::effects::Choice;

/// How many strategies there are.
pub const COUNT: usize = 10;

/// Strategies of a year.
pub const STRATEGIES: [Choice; COUNT] = [
    ("hold", "hold course", 0.0, &["no-action"], &[]),
    (
        "diversify",
        "spread energy, arms, technology and trade over more partners",
        0.5,
        &["agreement"],
        &[
            ("diversification", 0.5),
            ("diversification.trade", 0.5),
            ("diversification.energy", 0.4),
            ("diversification.arms", 0.4),
            ("diversification.technology", 0.4),
            ("dependence", -0.3),
            ("dependence.trade", -0.2),
            ("dependence.energy", -0.4),
            ("dependence.arms", -0.4),
            ("dependence.technology", -0.4),
            ("direct_dependence", -0.3),
            ("direct_dependence.trade", -0.2),
            ("direct_dependence.energy", -0.4),
            ("direct_dependence.arms", -0.4),
            ("direct_dependence.technology", -0.4),
            ("autonomy", 0.2),
            ("autonomy.energy", 0.4),
            ("autonomy.arms", 0.4),
            ("autonomy.technology", 0.4),
            ("concentration.energy", -0.1),
            ("concentration.arms", -0.1),
            ("concentration.technology", -0.1),
        ],
    ),
    (
        "partner",
        "seek a partnership short of alliance",
        2.0,
        &["agreement"],
        &[
            ("partnership", 0.6),
            ("technology", 0.3),
            ("economy", 0.1),
            ("dependence.arms", 0.1),
            ("dependence.technology", 0.1),
            ("direct_dependence.arms", 0.1),
            ("direct_dependence.technology", 0.1),
        ],
    ),
    (
        "balance",
        "seek an ally against the main threat",
        -0.5,
        &["alliance"],
        &[
            ("deterrence", 0.5),
            ("security", 0.4),
            ("alliance_cohesion", 0.3),
            ("depth", 0.2),
            ("outside_presence", 0.2),
        ],
    ),
    (
        "corridor",
        "build a corridor",
        1.5,
        &["agreement"],
        &[
            ("dependence.corridor", -0.5),
            ("reach", 0.5),
            ("reach.corridor", 0.5),
            ("redundancy", 0.5),
            ("redundancy.corridor", 0.5),
            ("centrality.corridor", 0.3),
        ],
    ),
    (
        "payments",
        "build a parallel payment link",
        -0.5,
        &["agreement", "unilateral"],
        &[
            ("dependence", -0.3),
            ("dependence.payments", -0.6),
            ("direct_dependence", -0.3),
            ("direct_dependence.payments", -0.6),
            ("autonomy", 0.4),
            ("autonomy.payments", 0.6),
            ("diversification.payments", 0.4),
            ("hegemony", -0.2),
            ("hegemony.payments", -0.3),
            ("concentration.payments", -0.3),
        ],
    ),
    (
        "arm",
        "arm",
        -1.5,
        &["mobilisation"],
        &[
            ("deterrence", 0.5),
            ("deterrence_alone", 0.5),
            ("security", 0.3),
            ("survival", 0.1),
            ("economy", -0.2),
            ("share", 0.3),
            ("hegemony", -0.1),
            ("polarity", 0.1),
            ("concentration", -0.1),
            ("prestige", 0.1),
        ],
    ),
    (
        "join",
        "seek membership in an institution",
        2.0,
        &["multilateral"],
        &[("institutions", 0.6), ("legality", 0.3), ("prestige", 0.1)],
    ),
    (
        "expel",
        "send outside forces home",
        -1.0,
        &["unilateral"],
        &[
            ("outside_presence", -0.6),
            ("alliance_cohesion", -0.3),
            ("security", -0.1),
            ("prestige", 0.1),
        ],
    ),
    (
        "sponsor",
        "give more to movements abroad",
        -1.5,
        &["support-of-movements"],
        &[
            ("practical_support", 0.5),
            ("ideological_support", 0.3),
            ("ideology", 0.3),
            ("deterrence", 0.1),
            ("depth", 0.1),
            ("legality", -0.2),
        ],
    ),
];

/// Safety and welfare of each strategy, -1..1, for theories that weigh those two and no
/// doctrine's measures (assumption).
pub const STRATEGY_OUTCOMES: [(f64, f64); COUNT] = [
    (0.0, 0.0),
    (0.0, 0.0),
    (0.0, 0.1),
    (0.45, -0.1),
    (0.0, 0.3),
    (0.0, 0.1),
    (0.4, -0.15),
    (0.0, 0.0),
    (-0.05, 0.0),
    (0.05, -0.1),
];

/// Record-free shares of strategies: holding course is three times as common as any other
/// but the last two, which are rare (assumption). Where a strategy is not open to a state
/// it holds course instead.
pub const STRATEGY_SHARES: [f64; COUNT] = [0.28, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.01, 0.01];

/// Measures that have a column for each layer.
const LAYERED: [&str; 9] = [
    "dependence",
    "direct_dependence",
    "autonomy",
    "diversification",
    "hegemony",
    "concentration",
    "centrality",
    "redundancy",
    "reach",
];

/// The effect of a strategy on a measure of a state that an aim names. What takes a layer
/// away from that state takes half as much of its lead, of concentration on it and of its
/// standing, where the table says nothing else.
pub fn effect_on(strategy: usize, name: &str, layer: Option<&str>) -> f64 {
    match (effect(strategy, name, layer), name) {
        (0.0, "hegemony" | "concentration" | "centrality") => {
            0.5 * effect(strategy, "direct_dependence", layer).min(0.0)
        }
        (size, _) => size,
    }
}

/// The effect of a strategy on a measure, of a layer where the measure has layers; 0 where
/// the table names none. What it does to one layer says nothing about another.
pub fn effect(strategy: usize, name: &str, layer: Option<&str>) -> f64 {
    let Some((_, _, _, _, effects)) = STRATEGIES.get(strategy) else {
        return 0.0;
    };
    let layer = layer.filter(|_| LAYERED.contains(&name));
    let is = |entry: &str| match (entry.split_once('.'), layer) {
        (None, None) => entry == name,
        (Some((n, l)), Some(layer)) => n == name && l == layer,
        _ => false,
    };
    effects.iter().find(|e| is(e.0)).map_or(0.0, |e| e.1)
}

/// Words for a strategy.
pub struct StrategyWord;

impl StrategyWord {
    /// Id of a strategy.
    pub fn id(i: usize) -> &'static str {
        STRATEGIES.get(i).map_or("", |s| s.0)
    }

    /// What it does, in words.
    pub fn title(i: usize) -> &'static str {
        STRATEGIES.get(i).map_or("", |s| s.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strategy_that_moves_one_layer_promises_nothing_in_another() {
        let payments = 5;
        assert!(effect(payments, "dependence", Some("payments")) < 0.0);
        assert_eq!(effect(payments, "dependence", Some("trade")), 0.0);
        assert!(effect(payments, "dependence", None) < 0.0);
        // Who leads is another's affair, unless an aim names whom the strategy turns from.
        assert_eq!(effect(1, "hegemony", Some("energy")), 0.0);
        assert!(effect_on(1, "hegemony", Some("energy")) < 0.0);
        assert_eq!(effect_on(2, "hegemony", Some("arms")), 0.0);
        // A layer means nothing where a measure has none.
        assert_eq!(
            effect(6, "deterrence", Some("arms")),
            effect(6, "deterrence", None)
        );
        assert!((STRATEGY_SHARES.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
}
