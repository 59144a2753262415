//! What the world takes each alternative to do: one table of assumptions.
//!
//! Effects are changes of measures from -1 to 1 as doctrines' pillars see them. They are
//! our judgement, the same for every state; `docs/worlds.md` prints them.

/// An alternative: id, title, conflict (-3..3), tags, effects.
pub type Choice = (
    &'static str,
    &'static str,
    f64,
    &'static [&'static str],
    &'static [(&'static str, f64)],
);

const DISPLAY: Choice = (
    "display",
    "show force",
    -2.0,
    &["show-of-force", "mobilisation"],
    &[
        ("deterrence", 0.2),
        ("security", 0.05),
        ("credibility", 0.2),
        ("autonomy", 0.1),
        ("prestige", 0.1),
        ("peace", -0.1),
        ("legality", -0.1),
        ("economy", -0.05),
    ],
);
const FORCE: Choice = (
    "force",
    "use limited force",
    -2.5,
    &["limited-force"],
    &[
        ("deterrence", 0.3),
        ("security", -0.1),
        ("credibility", 0.3),
        ("autonomy", 0.1),
        ("prestige", 0.1),
        ("territory", 0.1),
        ("peace", -0.5),
        ("bargaining", -0.1),
        ("legality", -0.4),
        ("economy", -0.2),
        ("survival", -0.05),
        ("partnership", -0.1),
    ],
);
const WAR: Choice = (
    "war",
    "go to war",
    -3.0,
    &["war", "major-force"],
    &[
        ("deterrence", 0.1),
        ("security", -0.4),
        ("bargaining", -0.3),
        ("credibility", 0.3),
        ("autonomy", -0.1),
        ("territory", 0.2),
        ("peace", -1.0),
        ("legality", -0.8),
        ("economy", -0.6),
        ("survival", -0.3),
        ("domestic_support", -0.2),
        ("partnership", -0.2),
    ],
);

/// How a dispute can begin.
pub const LADDER_FIRST: [Choice; 4] = [
    (
        "threat",
        "threaten",
        -1.0,
        &["public-demand"],
        &[
            ("deterrence", 0.05),
            ("credibility", 0.05),
            ("peace", -0.05),
            ("legality", -0.05),
        ],
    ),
    DISPLAY,
    FORCE,
    WAR,
];

/// How it can be answered.
pub const LADDER_REPLY: [Choice; 4] = [
    (
        "none",
        "do nothing militarily",
        0.0,
        &["no-action", "diplomacy"],
        &[
            ("deterrence", -0.2),
            ("credibility", -0.2),
            ("autonomy", -0.1),
            ("prestige", -0.1),
            ("peace", 0.2),
            ("legality", 0.1),
            ("security", -0.05),
        ],
    ),
    DISPLAY,
    FORCE,
    WAR,
];

/// What an obliged ally can do.
pub const JOIN: [Choice; 4] = [
    (
        "stay-out",
        "stay out",
        0.0,
        &["no-action"],
        &[
            ("alliance_cohesion", -0.5),
            ("credibility", -0.4),
            ("peace", 0.1),
            ("survival", 0.1),
        ],
    ),
    (
        "support",
        "give diplomatic support",
        -0.5,
        &["diplomacy", "support-of-allies"],
        &[
            ("alliance_cohesion", -0.1),
            ("credibility", -0.1),
            ("legality", 0.1),
        ],
    ),
    (
        "aid",
        "send arms and money",
        -1.5,
        &["support-of-allies", "economic-inducement"],
        &[
            ("alliance_cohesion", 0.2),
            ("deterrence", 0.1),
            ("economy", -0.1),
        ],
    ),
    (
        "enter",
        "enter the war",
        -3.0,
        &["war", "support-of-allies", "alliance"],
        &[
            ("alliance_cohesion", 0.6),
            ("credibility", 0.5),
            ("deterrence", 0.2),
            ("peace", -0.8),
            ("economy", -0.5),
            ("survival", -0.2),
            ("security", -0.3),
        ],
    ),
];

/// Whether a state sanctions another.
pub const SANCTION: [Choice; 2] = [
    (
        "refrain",
        "put no sanctions on it",
        0.0,
        &["no-action"],
        &[("credibility", -0.1), ("deterrence", -0.05)],
    ),
    (
        "sanction",
        "put sanctions on it",
        -1.5,
        &["economic-sanction"],
        &[
            ("credibility", 0.1),
            ("deterrence", 0.1),
            ("economy", -0.1),
            ("partnership", -0.3),
            ("legality", 0.05),
            ("peace", 0.05),
        ],
    ),
];

/// Chance that a rung gets its way: from 0.2 with the lowest, up with the chance to win a
/// war the higher the rung, down with how far the other side has gone (assumption).
pub fn prevail(rung: usize, win: f64, pressed: f64) -> f64 {
    let height = rung as f64 / 3.0;
    let calm = 0.2 + 0.2 * height;
    ((1.0 - height) * calm * (1.0 - 0.5 * pressed) + height * win).clamp(0.0, 1.0)
}

/// Safety kept where a rung gets its way, and where it does not: risks grow with the
/// rung, and with the other side's own step even where one does nothing (assumption).
pub fn safety(rung: usize, cost: f64, pressed: f64) -> (f64, f64) {
    let risk = [0.0, 0.1, 0.4, 1.0][rung.min(3)];
    let harm = (risk * cost).max(0.3 * pressed * cost);
    (
        (1.0 - 0.5 * harm).clamp(0.0, 1.0),
        (1.0 - harm).clamp(0.0, 1.0),
    )
}

#[cfg(test)]
mod tests {
    use super::super::strategies::STRATEGIES;
    use super::*;
    use raison_core::vocabulary::{LAYERS, MEASURES, TAGS, holds};

    #[test]
    fn every_word_of_the_table_is_known() {
        let acts = LADDER_FIRST.iter().chain(&LADDER_REPLY);
        let all = acts.chain(&JOIN).chain(&SANCTION).chain(&STRATEGIES);
        for (id, _, conflict, tags, effects) in all {
            assert!(conflict.abs() <= 3.0, "{id}");
            assert!(tags.iter().all(|t| holds(TAGS, t)), "{id}");
            for (measure, change) in *effects {
                let mut parts = measure.split('.');
                assert!(holds(MEASURES, parts.next().unwrap_or("")), "{measure}");
                assert!(parts.all(|p| holds(LAYERS, p)), "{measure}");
                assert!(change.abs() <= 1.0);
            }
        }
    }

    #[test]
    fn war_pays_less_the_more_it_costs() {
        let value = |cost: f64| {
            let (w, l) = safety(3, cost, 0.0);
            let p = prevail(3, 0.6, 0.0);
            p * w + (1.0 - p) * l
        };
        assert!(value(0.1) > value(0.5) && value(0.5) > value(1.0));
    }
}
