//! The one table of a world's parameters: estimated on the record, or assumed.

/// A parameter of the simulated world.
#[derive(Clone, Copy, Debug)]
pub struct WorldParameter {
    /// Dotted name, as in `[parameters]` and `--set parameters.NAME=…`.
    pub name: &'static str,
    /// Default.
    pub value: f64,
    /// Smallest value.
    pub low: f64,
    /// Largest value.
    pub high: f64,
    /// Whether the default was estimated on the record; an assumption otherwise.
    pub estimated: bool,
    /// What it is, and where the value comes from.
    pub meaning: &'static str,
}

const fn p(
    name: &'static str,
    value: f64,
    (low, high): (f64, f64),
    estimated: bool,
    meaning: &'static str,
) -> WorldParameter {
    WorldParameter {
        name,
        value,
        low,
        high,
        estimated,
        meaning,
    }
}

const ANY: (f64, f64) = (-100.0, 100.0);
const UNIT: (f64, f64) = (0.0, 1.0);

/// Logit of dispute onset: estimated on 88,658 politically relevant dyad-years 1816–2010
/// (disputes GML 2.2.1, capabilities NMC 7.0, alliances ATOP 5.1, Polity5), terms after
/// Bremer 1992, cubic peace years after Carter & Signorino 2010.
const LOGIT: &str = "logit of dispute onset, politically relevant dyad-years 1816-2010 (Bremer 1992; Carter & Signorino 2010)";
/// Shares of answers in originators' dyads of the revised disputes, 1816–2010.
const LADDER: &str = "share among originators' dyads of the revised disputes 1816-2010 (Gibler, Miller & Little 2016)";

/// All parameters, in the order that [`index`] gives.
pub const PARAMETERS: &[WorldParameter] = &[
    p("dispute.constant", -2.983, ANY, true, LOGIT),
    p("dispute.land", 0.989, ANY, true, LOGIT),
    p("dispute.ratio", 0.936, ANY, true, LOGIT),
    p("dispute.major", 0.156, ANY, true, LOGIT),
    p("dispute.defence", -0.0847, ANY, true, LOGIT),
    p("dispute.democracies", -0.936, ANY, true, LOGIT),
    p(
        "dispute.peace1",
        -1.475,
        ANY,
        true,
        "peace years over 10: see dispute.constant",
    ),
    p("dispute.peace2", 0.256, ANY, true, "its square"),
    p("dispute.peace3", -0.0123, ANY, true, "its cube"),
    p("ladder.first.threat", 0.0375, UNIT, true, LADDER),
    p("ladder.first.display", 0.3003, UNIT, true, LADDER),
    p("ladder.first.force", 0.6124, UNIT, true, LADDER),
    p("ladder.first.war", 0.0498, UNIT, true, LADDER),
    p("ladder.threat.none", 0.872, UNIT, true, LADDER),
    p("ladder.threat.display", 0.093, UNIT, true, LADDER),
    p("ladder.threat.force", 0.0345, UNIT, true, LADDER),
    p(
        "ladder.threat.war",
        0.0005,
        UNIT,
        true,
        "none of 86 observed; half a case for each thousand assumed",
    ),
    p("ladder.display.none", 0.6192, UNIT, true, LADDER),
    p("ladder.display.display", 0.2413, UNIT, true, LADDER),
    p("ladder.display.force", 0.1381, UNIT, true, LADDER),
    p("ladder.display.war", 0.0014, UNIT, true, LADDER),
    p("ladder.force.none", 0.4925, UNIT, true, LADDER),
    p("ladder.force.display", 0.0984, UNIT, true, LADDER),
    p("ladder.force.force", 0.3999, UNIT, true, LADDER),
    p("ladder.force.war", 0.0092, UNIT, true, LADDER),
    p(
        "ladder.war.none",
        0.01,
        UNIT,
        false,
        "none of 114 observed by construction of the data; assumed",
    ),
    p(
        "ladder.war.display",
        0.01,
        UNIT,
        false,
        "as ladder.war.none",
    ),
    p("ladder.war.force", 0.052, UNIT, true, LADDER),
    p("ladder.war.war", 0.928, UNIT, true, LADDER),
    p(
        "lens.weight",
        1.0,
        (0.0, 5.0),
        false,
        "power to which the lens's answer tilts the shares of the record (logarithmic pool, Genest & Zidek 1986); 0 leaves the record's shares",
    ),
    p(
        "war.costs",
        0.15,
        UNIT,
        false,
        "share of capabilities that a year of war costs the loser of the year; the winner loses half",
    ),
    p(
        "war.aversion",
        1.0,
        (0.0, 20.0),
        false,
        "weight of the cost of war in the values that lenses compare",
    ),
    p(
        "war.decisiveness",
        1.0,
        (0.1, 5.0),
        false,
        "exponent of the ratio contest function (Hirshleifer 1989; Skaperdas 1996)",
    ),
    p(
        "war.end",
        0.4634,
        UNIT,
        true,
        "yearly chance that a war ends: inverse of the mean of 2.16 calendar years touched by 95 interstate wars (COW 4.0)",
    ),
    p(
        "war.size.exponent",
        1.525,
        (1.05, 4.0),
        true,
        "exponent of the density of battle deaths (Richardson 1948; Clauset 2018; 95 wars, COW 4.0)",
    ),
    p(
        "war.size.least",
        1000.0,
        (1.0, 1e7),
        true,
        "battle deaths from which the record calls it a war",
    ),
    p(
        "war.size.most",
        0.02,
        (1e-6, 1.0),
        false,
        "most battle deaths, as a share of the participants' population: above the share of the Second World War in this record",
    ),
    p(
        "war.join.defence",
        0.35,
        UNIT,
        false,
        "share of defence obligations that bring a state into war: between 0.27 (Sabrosky 1980) and 0.75 (Leeds, Long & Mitchell 2000), nearer to the former because not every obligation is invoked here",
    ),
    p(
        "war.join.other",
        0.01,
        UNIT,
        false,
        "the same of offensive pacts towards the first to fight; assumed",
    ),
    p(
        "war.join.neighbour",
        0.004,
        UNIT,
        false,
        "yearly chance that a neighbour of a fighter without obligation joins; assumed",
    ),
    p(
        "sanction.chance",
        0.12,
        UNIT,
        false,
        "chance that a dispute with force brings sanctions by a side with the larger economy, or by a major power against the first to use force; assumed",
    ),
    p(
        "sanction.trade",
        0.25,
        UNIT,
        false,
        "share of bilateral trade that survives sanctions; assumed",
    ),
    p(
        "sanction.payments",
        0.5,
        UNIT,
        false,
        "how far the loss of a payment hub cuts all trade, per unit of payments lost; assumed",
    ),
    p(
        "sanction.end",
        0.15,
        UNIT,
        false,
        "yearly chance that sanctions end; assumed",
    ),
    p(
        "growth.sd",
        0.04,
        (0.0, 0.5),
        true,
        "standard deviation of the yearly log change of capability shares, 1950-2010, tails of a twentieth cut (NMC 7.0: 0.035)",
    ),
    p(
        "gdp.mean",
        0.04,
        (-0.5, 0.5),
        true,
        "mean yearly log growth of GDP 1950-2010 (Fariss et al. 2022)",
    ),
    p("gdp.sd", 0.043, (0.0, 0.5), true, "its standard deviation"),
    p(
        "trade.constant",
        -7.629,
        ANY,
        true,
        "gravity: ordinary least squares on 42,851 positive flows 2005-2009, R2 0.64 (COW trade 4.0, Fariss et al. 2022; Tinbergen 1962)",
    ),
    p(
        "trade.gdp",
        0.8405,
        ANY,
        true,
        "gravity: elasticity to the product of GDPs (million)",
    ),
    p(
        "trade.distance",
        -1.0347,
        ANY,
        true,
        "gravity: elasticity to the distance of capitals in km",
    ),
    p(
        "trade.border",
        0.7762,
        ANY,
        true,
        "gravity: common land border",
    ),
    p(
        "trade.war",
        0.1,
        UNIT,
        false,
        "share of bilateral trade that survives war between the two; assumed",
    ),
    p(
        "alliance.form",
        0.0025,
        UNIT,
        false,
        "yearly chance of a new pact of a politically relevant pair, before similarity of regimes and common rivals; the record's rate over all pairs is 0.0069 (1950-2009), most of it by accession to regional pacts",
    ),
    p(
        "alliance.end",
        0.0038,
        UNIT,
        true,
        "yearly chance that a pact of a pair ends, 1950-2009 (ATOP 5.1; 0.122 in 1816-1949)",
    ),
    p(
        "exit.democracy",
        0.326,
        UNIT,
        true,
        "yearly hazard of a leader's exit, Polity 6 and above (Archigos 4.1)",
    ),
    p("exit.mixed", 0.281, UNIT, true, "the same between -5 and 5"),
    p(
        "exit.autocracy",
        0.093,
        UNIT,
        true,
        "the same, -6 and below",
    ),
    p(
        "exit.natural",
        0.017,
        UNIT,
        true,
        "yearly hazard of natural death in office in the seventh decade of life; it doubles with every decade (Archigos 4.1: 0.012, 0.017, 0.032, 0.060)",
    ),
    p(
        "strategy.step",
        0.05,
        UNIT,
        false,
        "share of a layer that one year's strategy can move; assumed",
    ),
    p(
        "strategy.success",
        0.5,
        UNIT,
        false,
        "chance that the other side of a strategic move agrees; assumed",
    ),
    p(
        "strategy.corridor.years",
        8.0,
        (1.0, 50.0),
        false,
        "years from the choice of a corridor to its opening; assumed",
    ),
    p(
        "strategy.arm",
        0.01,
        (0.0, 0.2),
        false,
        "yearly growth of capabilities that arming adds; assumed",
    ),
    p(
        "institution.accept",
        0.1,
        UNIT,
        false,
        "yearly chance that an institution admits a state that wants to join; assumed",
    ),
    p(
        "presence.decay",
        0.02,
        UNIT,
        false,
        "yearly share of outside presence that goes home; assumed",
    ),
];

/// Index of a parameter by name.
pub fn index(name: &str) -> Option<usize> {
    PARAMETERS.iter().position(|q| q.name == name)
}
