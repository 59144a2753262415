//! `organizational`: the state's repertoire, and reciprocity as a routine.

use super::linear::{Linear, TRIGGER, Term, t};

/// What a government's organisations do by routine (Allison 1971): what they did before,
/// in this region and era, and a like answer to a like act (Wilkenfeld 1991).
const TERMS: [Term; 24] = [
    t("own_force", "own responses"),
    t("own_recent_force", "own responses of late"),
    t("own_alike_force", "own responses to acts of this kind"),
    t("own_show", "own military responses without violence"),
    t("own_last_force", "the last response was force"),
    t("own_last_none", "the last response was not military"),
    t("own_crises", "own experience of crises"),
    t("dyad_force", "own responses to this adversary"),
    t("dyad_crises", "crises with this adversary"),
    t("dyad_disputes", "disputes with this adversary in ten years"),
    t(
        "dyad_forceful_disputes",
        "force against this adversary in ten years",
    ),
    t("own_disputes", "own disputes in ten years"),
    t("own_forceful_disputes", "own use of force in ten years"),
    t(
        "adversary_force",
        "the adversary's responses in other crises",
    ),
    t("region_force", "what states in this region did"),
    t("world_force", "what states did of late"),
    t(
        "world_alike_force",
        "what states did of late after such an act",
    ),
    t("long_war", "a long war is under way"),
    t("trigger_nonstate", "a non-state actor set the crisis off"),
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
];

/// The lens.
pub fn lens() -> Linear {
    Linear::new(
        "organizational",
        &crate::organizational::ABOUT,
        &[&TRIGGER, &TERMS],
    )
}
