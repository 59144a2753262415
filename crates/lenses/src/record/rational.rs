//! `rational`: stakes, power and costs.

use super::linear::{Linear, TRIGGER, Term, both, t};

/// What a unitary actor weighs: what is at stake, what force can achieve, what it costs.
/// Power as in deterrence theory (Huth 1999), stakes as in crisis bargaining (Fearon 1995).
/// Every covariate of the situation is here, and the ratio of capabilities after each kind
/// of act; which of them count is for the penalty to say.
const TERMS: [Term; 45] = [
    t("power_ratio", "the capabilities of the two sides"),
    t(
        "much_weaker",
        "less than a tenth of the adversary's capabilities",
    ),
    t("weaker", "the weaker side"),
    t("parity", "capabilities within a factor of two"),
    t("own_capability", "own share of the world's capabilities"),
    t("adversary_superpower", "the adversary is a superpower"),
    t("adversary_great", "the adversary is a great power"),
    t("adversary_small", "the adversary is a small power"),
    t("own_superpower", "own standing as a superpower"),
    t("own_great", "own standing as a great power"),
    t("own_small", "own standing as a small power"),
    t("own_nuclear", "own nuclear arms"),
    t("allied", "an alliance with a great power"),
    t("non_aligned", "no alliance"),
    t("large_territory", "a large country"),
    t("contiguous", "the adversary is a neighbour"),
    t("threat_territory", "territory is threatened"),
    t("threat_grave", "grave damage or existence is threatened"),
    t("threat_influence", "influence is threatened"),
    t("threat_political", "the regime is threatened"),
    t("threat_economic", "the economy is threatened"),
    t("threat_limited", "a limited military threat"),
    t("issue_military", "the issue is military security"),
    t("at_home", "the crisis is on own territory"),
    t("far_away", "the crisis is far away"),
    t("middle_east", "the crisis is in the Middle East"),
    t("africa", "the crisis is in Africa"),
    t("dominant_system", "the crisis is in the dominant system"),
    t("long_war", "a long war is under way"),
    t("protracted", "a protracted conflict is under way"),
    t("inside_war", "a war is under way"),
    t("trigger_nonstate", "a non-state actor set the crisis off"),
    t("trigger_several", "several states set the crisis off"),
    t(
        "adversary_moved_violent",
        "the adversary has already answered with violence",
    ),
    t(
        "adversary_moved_other",
        "the adversary has already answered without violence",
    ),
    t(
        "others_moved_violent",
        "third actors have already answered with violence",
    ),
    t(
        "others_moved_other",
        "third actors have already answered without violence",
    ),
    t("first_mover", "nobody has answered yet"),
    both(
        "power_ratio",
        "trigger_violent",
        "the capabilities of the two sides after a violent act",
    ),
    both(
        "power_ratio",
        "trigger_indirect",
        "the capabilities of the two sides after violence against others",
    ),
    both(
        "power_ratio",
        "trigger_military",
        "the capabilities of the two sides after a military act without violence",
    ),
    both(
        "power_ratio",
        "trigger_internal",
        "the capabilities of the two sides after a challenge at home",
    ),
    both(
        "power_ratio",
        "trigger_external",
        "the capabilities of the two sides after a change outside",
    ),
    both(
        "power_ratio",
        "trigger_political",
        "the capabilities of the two sides after a political act",
    ),
    both(
        "power_ratio",
        "trigger_soft",
        "the capabilities of the two sides after words or an economic act",
    ),
];

/// The lens.
pub fn lens() -> Linear {
    Linear::new("rational", &crate::rational::ABOUT, &[&TRIGGER, &TERMS])
}
