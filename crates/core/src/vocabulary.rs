//! The closed lists of words that files may use: situation features, tags of
//! alternatives, measures and layers. `docs/file-formats.md` prints the same lists.

/// A word and what it means.
pub type Word = (&'static str, &'static str);

/// Features of a situation, each a number from 0 to 1.
pub const FEATURES: &[Word] = &[
    (
        "threat_survival",
        "how far the survival of the state or its regime is at stake",
    ),
    (
        "threat_military",
        "danger of violence against the state or its forces",
    ),
    ("threat_territory", "danger to territory"),
    ("threat_economic", "danger to the economy"),
    ("threat_status", "danger to influence or standing"),
    (
        "interest_at_stake",
        "gravity of the national interest named by the decider",
    ),
    ("time_pressure", "0 none, 1 days or hours"),
    ("surprise", "how unexpected the problem was"),
    (
        "power_ratio",
        "own share of own plus adversary's capabilities",
    ),
    (
        "adversary_great_power",
        "the adversary is a great power (0 or 1)",
    ),
    (
        "adversary_nuclear",
        "the adversary has nuclear arms (0 or 1)",
    ),
    ("own_nuclear", "the decider has nuclear arms (0 or 1)"),
    ("contiguous", "the adversary is a neighbour (0 or 1)"),
    ("allied_support", "support by allies"),
    (
        "institutional_support",
        "backing in law or by international institutions",
    ),
    (
        "domestic_opposition",
        "opposition at home to the use of force",
    ),
    (
        "office_at_risk",
        "danger that the leader loses office over this",
    ),
    (
        "outside_pressure",
        "sanctions, demands or ultimata by stronger outside powers",
    ),
    (
        "ideological_conflict",
        "how far ideas of legitimate order are opposed",
    ),
];

/// Index of a feature in [`FEATURES`].
pub fn feature(name: &str) -> Option<usize> {
    FEATURES.iter().position(|(n, _)| *n == name)
}

/// Tags of alternatives.
pub const TAGS: &[Word] = &[
    ("no-action", "nothing is done"),
    ("delay", "the choice is put off"),
    ("diplomacy", "diplomatic representation"),
    ("negotiation", "talks with the other side"),
    ("concession", "something is given up"),
    ("appeal", "an appeal to others"),
    (
        "multilateral",
        "through an institution or a group of states",
    ),
    ("unilateral", "alone"),
    ("secret", "not announced"),
    ("public-demand", "a demand made in public"),
    ("ultimatum", "a demand with a deadline and a threat"),
    ("economic-sanction", "economic punishment"),
    ("economic-inducement", "economic reward"),
    ("agreement", "a binding agreement"),
    ("alliance", "an alliance is made or called upon"),
    ("withdrawal", "forces or claims are withdrawn"),
    ("legislature", "the legislature is asked"),
    ("covert-action", "hidden action"),
    ("support-of-allies", "help to allied states"),
    ("support-of-movements", "help to non-state movements"),
    ("mobilisation", "forces are made ready"),
    ("show-of-force", "forces are shown"),
    ("blockade", "a blockade or quarantine"),
    ("limited-force", "force with limited aims"),
    ("major-force", "force on a large scale"),
    ("war", "war is begun or entered"),
    ("invasion", "land is entered and held"),
    ("surprise", "without warning"),
    (
        "yields",
        "does what an outside power demands under pressure",
    ),
    ("pleads", "asks an outside power for leniency"),
];

/// Measures that effects and pillars may name.
pub const MEASURES: &[Word] = &[
    ("autonomy", "freedom to decide without outside constraint"),
    ("dependence", "reliance on others in a layer of ties"),
    ("deterrence", "others' expected cost of attacking"),
    ("depth", "alignment of the neighbourhood, strategic depth"),
    ("diversification", "spread of ties over many partners"),
    ("institutions", "embeddedness in institutions"),
    ("outside_presence", "outside forces in the region"),
    ("hegemony", "concentration of a layer on a leading state"),
    ("partnership", "bilateral ties short of alliance"),
    ("polarity", "number of poles in the system"),
    ("survival", "safety of the state or regime"),
    ("security", "safety from attack"),
    ("economy", "economic welfare"),
    ("technology", "access to technology"),
    ("prestige", "standing in others' eyes"),
    ("credibility", "belief of others in one's word"),
    ("domestic_support", "support at home"),
    ("alliance_cohesion", "unity with allies"),
    ("territory", "control of territory"),
    ("ideology", "advance of the state's ideas of order"),
    ("peace", "absence of war"),
    ("legality", "accordance with international law"),
    (
        "bargaining",
        "settlements that both sides prefer to war (Fearon 1995)",
    ),
];

/// Layers of ties.
pub const LAYERS: &[Word] = &[
    ("alliance", "alliance obligations"),
    ("trade", "trade in goods"),
    ("energy", "energy supply"),
    ("corridor", "transport corridors"),
    ("payments", "payment systems"),
    ("arms", "arms supply"),
    ("technology", "technology"),
    ("presence", "outside military presence"),
    (
        "institutions",
        "institutions that two states share, counted",
    ),
];

/// Whether a list holds a name.
pub fn holds(list: &[Word], name: &str) -> bool {
    list.iter().any(|(n, _)| *n == name)
}
