//! `rational`: stakes, power and costs.

use super::linear::{Linear, TRIGGER, Term, both, t};

/// What a unitary actor weighs: what is at stake, what force can achieve, what it costs.
/// Power as in deterrence theory (Huth 1999), stakes as in crisis bargaining (Fearon 1995).
const TERMS: [Term; 22] = [
    t("power_ratio", "the capabilities of the two sides"),
    both(
        "power_ratio",
        "trigger_violent",
        "the capabilities of the two sides after a violent act",
    ),
    t(
        "much_weaker",
        "less than a tenth of the adversary's capabilities",
    ),
    t("parity", "capabilities within a factor of two"),
    t("adversary_superpower", "the adversary is a superpower"),
    t("adversary_great", "the adversary is a great power"),
    t("own_superpower", "own standing as a superpower"),
    t("own_great", "own standing as a great power"),
    t("own_nuclear", "own nuclear arms"),
    t("threat_territory", "territory is threatened"),
    t("threat_grave", "grave damage or existence is threatened"),
    t("threat_influence", "influence is threatened"),
    t("threat_economic", "the economy is threatened"),
    t("threat_limited", "a limited military threat"),
    t("issue_military", "the issue is military security"),
    t("at_home", "the crisis is on own territory"),
    t("far_away", "the crisis is far away"),
    t("contiguous", "the adversary is a neighbour"),
    t("allied", "an alliance with a great power"),
    t("long_war", "a long war is under way"),
    t(
        "adversary_moved_violent",
        "the adversary has already answered with violence",
    ),
    t(
        "adversary_moved_other",
        "the adversary has already answered without violence",
    ),
];

/// The lens.
pub fn lens() -> Linear {
    let who = t("trigger_nonstate", "a non-state actor set the crisis off");
    Linear::new(
        "rational",
        &crate::rational::ABOUT,
        &[&TRIGGER, &[who], &TERMS],
    )
}
