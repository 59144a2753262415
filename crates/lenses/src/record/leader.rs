//! `leader`: own history, attributes and profile of the person in office.

use super::linear::{Linear, TRIGGER, Term, t};

/// Experience before office (Horowitz, Stam and Ellis 2015), willingness to use force
/// (Carter and Smith 2020), operational code of the five years before (Walker, Schafer and
/// Young 1998), and what the leader did in earlier crises.
const TERMS: [Term; 15] = [
    t("leader_force", "the leader's earlier responses"),
    t(
        "leader_alike_force",
        "the leader's responses to acts of this kind",
    ),
    t("leader_crises", "the leader's experience of crises"),
    t("tenure", "years in office"),
    t("age", "the leader's age"),
    t("irregular_entry", "the leader came to office irregularly"),
    t("military_service", "the leader served in the military"),
    t("combat", "the leader fought"),
    t("rebel", "the leader was a rebel"),
    t(
        "willingness",
        "willingness to use force, judged from life before office",
    ),
    t("profiled", "the leader's words were scored"),
    t("profile_strategy", "direction of strategy (I-1)"),
    t("profile_tactics", "intensity of tactics (I-2)"),
    t("profile_universe", "nature of the political universe (P-1)"),
    t("profile_control", "control over events (P-4)"),
];

/// The lens.
pub fn lens() -> Linear {
    Linear::new("leader", &crate::leader::ABOUT, &[&TRIGGER, &TERMS])
}
