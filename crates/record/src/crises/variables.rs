//! The variables that were fixed before the response, each with its reason.
//!
//! What is not in this list is not read. Left out on purpose, because it was fixed during
//! or after the crisis: technique, violence and its place and extent, outcome, form and
//! evaluation, termination, change of issue, number of actors involved, size and form of
//! the unit that made this response, who spoke for it, what powers and organisations did,
//! and durations.
//!
//! The codes of protracted conflicts (`pc`) are given with the whole run of a conflict in
//! sight: that a war was long, or that a conflict went on, is known only later. They are
//! read only where a war is under way already (`iwc`), unless a study asks for them as they
//! stand, which is then no forecast.

/// A covariate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Name; inputs of a question are called `record.NAME`.
    pub name: &'static str,
    /// Where it comes from.
    pub from: &'static str,
    /// What it is and why it was known before the response.
    pub why: &'static str,
}

const fn v(name: &'static str, from: &'static str, why: &'static str) -> Variable {
    Variable { name, from, why }
}

/// Every covariate.
pub const VARIABLES: &[Variable] = &[
    v(
        "trigger_violent",
        "icb2.triggr = 9",
        "the act that set the crisis off, a violent one; it precedes the response by definition",
    ),
    v(
        "trigger_indirect",
        "icb2.triggr = 8",
        "the same: violence against an ally or a revolt elsewhere",
    ),
    v(
        "trigger_military",
        "icb2.triggr = 7",
        "the same: a military act without violence",
    ),
    v(
        "trigger_internal",
        "icb2.triggr = 6",
        "the same: a challenge to the regime from inside",
    ),
    v(
        "trigger_external",
        "icb2.triggr = 4",
        "the same: a change outside, such as a new weapon",
    ),
    v(
        "trigger_political",
        "icb2.triggr = 2",
        "the same: a political act",
    ),
    v(
        "trigger_soft",
        "icb2.triggr = 1, 3, 5",
        "the same: words, economic or other non-violent acts",
    ),
    v(
        "trigger_nonstate",
        "icb2.trigent = 996",
        "who set it off: a non-state actor; part of the trigger",
    ),
    v(
        "trigger_several",
        "icb2.trigent = 997",
        "who set it off: several states; part of the trigger",
    ),
    v(
        "trigger_inside",
        "icb2.trigloc = 2",
        "where the trigger came from; part of the trigger",
    ),
    v(
        "issue_military",
        "icb2.issue = 1",
        "the issue at the start, coded for the outset only",
    ),
    v(
        "long_war",
        "icb2.pc = 3 and iwc, not 1",
        "setting: a war under way already, in a conflict coded as a long war; elsewhere the \
         code says what came later (Poland on the eve of 1939), so it is not read",
    ),
    v(
        "protracted",
        "icb2.pc = 2, 3, only where a study asks",
        "a conflict counts as protracted by its later crises too, so this needs hindsight and \
         is missing unless a study asks for it",
    ),
    v(
        "inside_war",
        "icb2.iwc, not 1",
        "setting: a war already under way",
    ),
    v(
        "at_home",
        "icb2.cractloc = 1",
        "place of the crisis, fixed by the trigger",
    ),
    v(
        "far_away",
        "icb2.cractloc = 4",
        "place of the crisis, fixed by the trigger",
    ),
    v(
        "dominant_system",
        "icb2.syslev = 2",
        "level of the system at which the crisis broke out",
    ),
    v(
        "threat_territory",
        "icb2.gravty = 3",
        "gravest threat felt; the codebook does not date it, so a study can leave it out",
    ),
    v(
        "threat_grave",
        "icb2.gravty = 5, 6",
        "the same: grave damage or existence",
    ),
    v("threat_influence", "icb2.gravty = 4", "the same: influence"),
    v(
        "threat_political",
        "icb2.gravty = 2",
        "the same: the regime",
    ),
    v(
        "threat_economic",
        "icb2.gravty = 0",
        "the same: the economy",
    ),
    v(
        "threat_limited",
        "icb2.gravty = 1",
        "the same: limited military threat",
    ),
    v(
        "trigger_code",
        "icb2.triggr",
        "the code itself, for the baseline of shares by trigger",
    ),
    v(
        "power_ratio",
        "cow_nmc.cinc of both, the year before (at most five)",
        "log ratio of capabilities, lagged",
    ),
    v(
        "much_weaker",
        "the same",
        "less than a tenth of the adversary's capabilities",
    ),
    v(
        "weaker",
        "the same",
        "less than the adversary's capabilities",
    ),
    v("parity", "the same", "within a factor of two"),
    v(
        "own_capability",
        "cow_nmc.cinc, the year before (at most five)",
        "log of own share of the world's capabilities, lagged",
    ),
    v(
        "adversary_superpower",
        "icb2.southpow = 4",
        "standing of the source of the threat, which the trigger makes known",
    ),
    v("adversary_great", "icb2.southpow = 3", "the same"),
    v("adversary_small", "icb2.southpow = 1", "the same"),
    v(
        "own_superpower",
        "icb2.powsta = 4",
        "own standing, fixed before the crisis",
    ),
    v("own_great", "icb2.powsta = 3", "the same"),
    v("own_small", "icb2.powsta = 1", "the same"),
    v(
        "own_nuclear",
        "icb2.nuclear = 3, 4",
        "own nuclear arms at the outset",
    ),
    v(
        "allied",
        "icb2.allycap = 3, 4",
        "formal alliance with a great power at the outset",
    ),
    v(
        "non_aligned",
        "icb2.allycap = 1",
        "no alliance at the outset",
    ),
    v("democracy", "icb2.regime = 1", "regime at the outset"),
    v(
        "military_regime",
        "icb2.regime = 3, 4, 5",
        "regime at the outset",
    ),
    v(
        "regime_new",
        "icb2.durreg = 1",
        "age of the regime at the outset",
    ),
    v(
        "regime_old",
        "icb2.durreg = 3",
        "age of the regime at the outset",
    ),
    v("state_new", "icb2.age = 5 to 8", "independence after 1945"),
    v("large_territory", "icb2.territ = 3", "size of the country"),
    v(
        "economy_worse",
        "icb2.econdt = 1",
        "coded for the time before the crisis",
    ),
    v(
        "inflation",
        "icb2.inflat = 1",
        "coded for the time before the crisis",
    ),
    v(
        "labour_unrest",
        "icb2.labstr = 1",
        "coded for the time before the crisis",
    ),
    v(
        "repression",
        "icb2.regrep = 1",
        "coded for the time before the crisis",
    ),
    v(
        "unrest",
        "icb2.socunr = 1",
        "coded for the time before the crisis",
    ),
    v(
        "mass_violence",
        "icb2.massvl = 1",
        "coded for the time before the crisis",
    ),
    v(
        "instability",
        "icb2.gvinst = 1",
        "coded for the time before the crisis",
    ),
    v(
        "middle_east",
        "icb2.geog = 15",
        "place of the crisis, fixed by the trigger",
    ),
    v(
        "africa",
        "icb2.geog = 20 to 24",
        "place of the crisis, fixed by the trigger",
    ),
    v(
        "own_force",
        "own responses in other crises, dated before the trigger",
        "repertoire, shrunk",
    ),
    v(
        "own_recent_force",
        "the same, half-life ten years",
        "repertoire with recency",
    ),
    v(
        "own_alike_force",
        "the same, after triggers of the same kind",
        "repertoire by kind of trigger",
    ),
    v(
        "own_show",
        "the same",
        "share of military responses without violence",
    ),
    v(
        "own_last_force",
        "the last of them",
        "repertoire: what was done last",
    ),
    v(
        "own_last_none",
        "the last of them",
        "repertoire: what was done last",
    ),
    v("own_crises", "the same", "log number of earlier crises"),
    v(
        "leader_force",
        "the same leader's responses, dated before the trigger",
        "own history, shrunk",
    ),
    v(
        "leader_alike_force",
        "the same, after triggers of the same kind",
        "own history, shrunk",
    ),
    v(
        "leader_crises",
        "the same",
        "log number of the leader's earlier crises",
    ),
    v(
        "dyad_force",
        "own responses against the same adversary, dated before the trigger",
        "history of the pair, shrunk",
    ),
    v(
        "dyad_crises",
        "the same",
        "log number of earlier crises of the pair",
    ),
    v(
        "adversary_force",
        "the adversary's responses in other crises, dated before the trigger",
        "the other side's repertoire",
    ),
    v(
        "region_force",
        "responses in the region, twenty years before the trigger",
        "region and era",
    ),
    v(
        "world_force",
        "all responses, ten years before the trigger",
        "era",
    ),
    v(
        "world_alike_force",
        "the same, after the same trigger",
        "era",
    ),
    v(
        "small_units",
        "size of own decision units in earlier crises",
        "earlier unit forms; never the unit of this response",
    ),
    v(
        "adhoc_units",
        "form of own decision units in earlier crises",
        "earlier unit forms; never the unit of this response",
    ),
    v(
        "adversary_moved_violent",
        "response of the adversary in this crisis, dated up to the trigger",
        "a move already made",
    ),
    v(
        "adversary_moved_other",
        "the same, without violence",
        "a move already made",
    ),
    v(
        "others_moved_violent",
        "responses of third actors in this crisis, dated up to the trigger",
        "moves already made",
    ),
    v(
        "others_moved_other",
        "the same, without violence",
        "moves already made",
    ),
    v(
        "first_mover",
        "the same",
        "nobody in this crisis has responded yet",
    ),
    v(
        "own_disputes",
        "gml_dirdisp, the ten years before",
        "militarised disputes with anyone, log",
    ),
    v(
        "own_forceful_disputes",
        "gml_dirdisp, the ten years before",
        "those in which the state used force, log",
    ),
    v(
        "dyad_disputes",
        "gml_dirdisp, the ten years before",
        "militarised disputes of the pair, log",
    ),
    v(
        "dyad_forceful_disputes",
        "gml_dirdisp, the ten years before",
        "those in which the state used force, log",
    ),
    v(
        "contiguous",
        "cow_contdir, on the day of the trigger",
        "a land or river border",
    ),
    v(
        "tenure",
        "archigos, on the day of the trigger",
        "log years in office",
    ),
    v("age", "archigos", "age of the leader in decades"),
    v(
        "irregular_entry",
        "archigos",
        "how the leader came to office",
    ),
    v("military_service", "lead", "life before office"),
    v("combat", "lead", "life before office"),
    v("rebel", "lead", "life before office"),
    v(
        "willingness",
        "lwuf, theta 1",
        "willingness to use force estimated from life before office (Carter and Smith 2020)",
    ),
    v(
        "profiled",
        "psycl_year_opcode, the five years before",
        "whether words of the leader were scored",
    ),
    v(
        "profile_strategy",
        "psycl_year_opcode I-1, the five years before",
        "operational code, lagged",
    ),
    v(
        "profile_tactics",
        "psycl_year_opcode I-2, the five years before",
        "operational code, lagged",
    ),
    v(
        "profile_universe",
        "psycl_year_opcode P-1, the five years before",
        "operational code, lagged",
    ),
    v(
        "profile_control",
        "psycl_year_opcode P-4, the five years before",
        "operational code, lagged",
    ),
];

/// The variable of a name.
pub fn variable(name: &str) -> Option<&'static Variable> {
    VARIABLES.iter().find(|v| v.name == name)
}
