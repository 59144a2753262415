//! The names of the columns of the yearly output, with what they are.

/// Columns of a state in a year. Those from [`COSTLY`] on are taken every fifth year only.
pub const STATE: &[(&str, &str)] = &[
    ("share", "share of the system's capabilities (sums to 1)"),
    ("gdp", "GDP, thousand million international dollars of 2011"),
    (
        "openness",
        "trade over GDP, in different dollars: for states of one year only",
    ),
    (
        "dependence.trade",
        "trade with the largest partner over GDP",
    ),
    (
        "diversification.trade",
        "1 - Herfindahl index of trade partners (Herfindahl 1950)",
    ),
    (
        "dependence.energy",
        "share of energy that one other state can close, directly or as a hub",
    ),
    (
        "dependence.payments",
        "share of external payments that one other state can close",
    ),
    (
        "dependence.arms",
        "share of arms that one other state can close",
    ),
    (
        "dependence.technology",
        "share of technology that one other state can close",
    ),
    (
        "direct_dependence.energy",
        "largest share of energy from one partner, hubs left out",
    ),
    (
        "direct_dependence.payments",
        "largest share of external payments with one partner, hubs left out",
    ),
    (
        "direct_dependence.arms",
        "largest share of arms from one partner, hubs left out",
    ),
    (
        "direct_dependence.technology",
        "largest share of technology from one partner, hubs left out",
    ),
    (
        "diversification.energy",
        "1 - Herfindahl index of energy suppliers",
    ),
    (
        "diversification.payments",
        "1 - Herfindahl index of partners in payments",
    ),
    (
        "diversification.arms",
        "1 - Herfindahl index of arms suppliers",
    ),
    (
        "diversification.technology",
        "1 - Herfindahl index of partners in technology",
    ),
    (
        "autonomy",
        "1 - mean of the four dependences in shared layers, of those that the world codes",
    ),
    ("autonomy.energy", "1 - dependence.energy"),
    ("autonomy.payments", "1 - dependence.payments"),
    ("autonomy.arms", "1 - dependence.arms"),
    ("autonomy.technology", "1 - dependence.technology"),
    (
        "ideological_support",
        "what it can count on of movements abroad for reasons of ideas, summed over movements",
    ),
    (
        "practical_support",
        "what it can count on of movements abroad for practical reasons, summed over movements",
    ),
    (
        "depth",
        "alignment of neighbours weighted by capability over distance, -1 to 1",
    ),
    (
        "outside_presence",
        "thousand troops of powers from outside in the state's region",
    ),
    (
        "deterrence_alone",
        "chance not to lose against the main threat, plus its cost",
    ),
    (
        "deterrence",
        "the same with half of what defence allies have that are not allied to that threat too",
    ),
    (
        "bargaining",
        "width of the range of settlements that it and its main threat prefer to war (Fearon 1995)",
    ),
    ("democracy", "Polity score, -10 to 10"),
    ("major", "1 for a major power"),
    (
        "institutions",
        "institutions shared with another member of the system, mean (Russett & Oneal 2001)",
    ),
    (
        "partnership",
        "states linked in two layers or more, short of a defence pact, over ten",
    ),
    (
        "hegemony",
        "distance of the state's share of capabilities from the largest",
    ),
    (
        "polarity",
        "effective number of poles among major powers (1 / sum of squares)",
    ),
    (
        "disputes",
        "disputes with other states in the year, joiners too",
    ),
    ("force", "disputes of the year in which force was used"),
    ("wars", "wars fought in the year"),
    ("sanctioned", "states that sanction it"),
    (
        "centrality.trade",
        "eigenvector centrality in trade (Bonacich 1972), largest 1",
    ),
    (
        "centrality.energy",
        "the same in the network of energy, hubs among the partners",
    ),
    ("centrality.payments", "the same in the network of payments"),
    ("centrality.arms", "the same in the network of arms supply"),
    (
        "centrality.technology",
        "the same in the network of technology",
    ),
    (
        "centrality.corridor",
        "the same in the network of corridors, by capacity",
    ),
    (
        "reach.corridor",
        "largest flow over corridors to each other state, summed, million tons (Ford & Fulkerson 1956)",
    ),
    (
        "redundancy.corridor",
        "edge-disjoint routes to another state, mean (Menger 1927)",
    ),
    (
        "dependence.corridor",
        "share of that flow that one other state can close",
    ),
];

/// The first of the columns that are taken every fifth year.
pub const COSTLY: usize = place("centrality.trade");

const fn place(name: &str) -> usize {
    let mut i = 0;
    while i < STATE.len() {
        if same(STATE[i].0.as_bytes(), name.as_bytes()) {
            return i;
        }
        i += 1;
    }
    panic!("no such column")
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

/// Columns of texts of a state in a year: which state could close most of a layer. The last
/// is told when the network measures are.
pub const HUBS: &[(&str, &str)] = &[
    ("hub.energy", "who can close most of its energy"),
    ("hub.payments", "who can close most of its payments"),
    ("hub.arms", "who can close most of its arms"),
    ("hub.technology", "who can close most of its technology"),
    (
        "hub.corridor",
        "who can close most of its reach over corridors",
    ),
];

/// Columns of texts of the system in a year: who leads a layer.
pub const LEADING: &[(&str, &str)] = &[
    ("leading.share", "who has the largest share of capabilities"),
    ("leading.trade", "who trades most"),
    ("leading.energy", "who can close most of all energy"),
    ("leading.payments", "who can close most of all payments"),
    ("leading.arms", "who can close most of all arms"),
    ("leading.technology", "who can close most of all technology"),
    ("leading.corridor", "whose corridors can carry most"),
];

/// Nobody, among the places of texts.
pub const NOBODY: u16 = u16::MAX;

/// Columns of the system in a year.
pub const SYSTEM: &[(&str, &str)] = &[
    (
        "concentration",
        "Ray-Singer concentration of capabilities, all states (Ray & Singer 1973)",
    ),
    (
        "poles",
        "effective number of poles, all states (Laakso & Taagepera 1979)",
    ),
    ("poles_majors", "the same among major powers"),
    ("alliance_density", "share of pairs with any pact"),
    (
        "hegemony.trade",
        "share of all trade that the state that trades most is part of",
    ),
    (
        "hegemony.energy",
        "largest share of all energy that one state can close",
    ),
    (
        "hegemony.payments",
        "largest share of all payments that one state can close",
    ),
    (
        "hegemony.arms",
        "largest share of all arms that one state can close",
    ),
    (
        "hegemony.technology",
        "largest share of all technology that one state can close",
    ),
    (
        "hegemony.corridor",
        "largest share of the capacity of all corridors that ends in one state",
    ),
    (
        "concentration.trade",
        "Herfindahl index of trade over states",
    ),
    (
        "concentration.energy",
        "Herfindahl index of what each state can close of all energy",
    ),
    (
        "concentration.payments",
        "Herfindahl index of what each state can close of all payments",
    ),
    (
        "concentration.arms",
        "Herfindahl index of what each state can close of all arms",
    ),
    (
        "concentration.technology",
        "Herfindahl index of what each state can close of all technology",
    ),
    (
        "concentration.corridor",
        "Herfindahl index of the capacity of corridors over states",
    ),
    (
        "disputes",
        "disputes of the year between politically relevant pairs, joiners too",
    ),
    ("force", "of these, with force or war"),
    ("war_onsets", "wars that began"),
    ("deaths", "battle deaths of wars that ended"),
];

/// Whether a column counts what happened in its year, so that years are summed, and is no
/// level; columns of the system are named with `system.`.
pub fn counts(name: &str) -> bool {
    const COUNTS: [&str; 7] = [
        "disputes",
        "force",
        "wars",
        "system.disputes",
        "system.force",
        "system.war_onsets",
        "system.deaths",
    ];
    COUNTS.contains(&name)
}
