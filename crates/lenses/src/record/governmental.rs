//! `governmental`: regime, institutions and trouble at home, before the response.

use super::linear::{Linear, TRIGGER, Term, t};

/// What shapes the game among those who decide. The unit that made this response is never
/// read; units of earlier crises are.
const TERMS: [Term; 16] = [
    t("democracy", "a democracy"),
    t("military_regime", "a military regime"),
    t("regime_new", "the regime is new"),
    t("regime_old", "the regime is old"),
    t("state_new", "the state is new"),
    t("economy_worse", "the economy had worsened"),
    t("inflation", "prices had risen"),
    t("labour_unrest", "labour unrest had risen"),
    t("repression", "repression had risen"),
    t("unrest", "unrest had risen"),
    t("mass_violence", "mass violence had risen"),
    t("instability", "the government had become unstable"),
    t("small_units", "small groups decided in earlier crises"),
    t(
        "adhoc_units",
        "groups outside the institutions decided in earlier crises",
    ),
    t("irregular_entry", "the leader came to office irregularly"),
    t("trigger_inside", "the trigger came from inside"),
];

/// The lens.
pub fn lens() -> Linear {
    Linear::new(
        "governmental",
        &crate::governmental::ABOUT,
        &[&TRIGGER, &TERMS],
    )
}
