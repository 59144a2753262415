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

/// Logit of dispute onset: estimated on some 88,000 politically relevant dyad-years 1816–2009
/// (disputes GML 2.2.1, capabilities NMC 7.0, alliances ATOP 5.1, Polity5), terms after
/// Bremer 1992, cubic peace years after Carter & Signorino 2010.
const LOGIT: &str = "logit of dispute onset between originators, politically relevant dyad-years 1816-2009 (Bremer 1992; Carter & Signorino 2010)";
/// Shares of answers in originators' dyads of the revised disputes, 1816–2009.
const LADDER: &str = "share among originators' dyads of the revised disputes 1816-2009 (Gibler, Miller & Little 2016)";

/// Truncated regression of log battle deaths (at least 1000) of 92 interstate wars.
const SIZE: &str = "battle deaths of a war of one calendar year, log: truncated regression on interstate wars 1823-2003 (COW 4.0; escalation: Cederman 2003)";
/// Coefficient of past disputes in the logit.
const HISTORY: &str = "weight of log(1 + past disputes of the pair, halved every ten years): see dispute.constant (Goertz & Diehl 1993; Crescenzi & Enterline 2001)";
/// Who begins.
const INITIATOR: &str = "who begins a dispute: paired comparison (Bradley & Terry 1952) of originators 1816-2009 (Gibler, Miller & Little 2016)";
/// Who joins.
const JOIN: &str = "logit of a third state's joining a dispute below war, by defence pact with one side, border with one side, major power; all members and all disputes between originators (Gibler, Miller & Little 2016; Siverson & Starr 1991 on opportunity and willingness)";
/// Who enters wars.
const ENTER: &str = "logit of a third state's entering a war within its first two calendar years, by defence pact in the year before with the target only, with the initiator only, with both, border with one side, major power, log of thousand km to the nearer capital; weak normal prior; 94 wars between originators and all other members, 1816-2009 (Gibler, Miller & Little 2016; ATOP 5.1)";
/// Regime transitions.
const REGIME: &str = "logit of leaving a class of regime by class and share of democracies among neighbours, state-years 1816-2009 (Polity5; Gleditsch & Ward 2006)";

/// Memberships in institutions.
const MEMBERSHIPS: &str = "memberships in institutions that a state gains in a year, net of those it leaves or that end: mean of state-years of the thirty years 1985-2014, counts only (COW IGO 3.0, Pevehouse et al. 2020)";

/// All parameters, in the order that [`index`] gives.
pub const PARAMETERS: &[WorldParameter] = &[
    p("dispute.constant", -4.667, ANY, true, LOGIT),
    p("dispute.land", 0.8814, ANY, true, LOGIT),
    p("dispute.ratio", 0.265, ANY, true, LOGIT),
    p("dispute.major", -0.1086, ANY, true, LOGIT),
    p("dispute.defence", -0.09323, ANY, true, LOGIT),
    p("dispute.democracies", -0.6729, ANY, true, LOGIT),
    p(
        "dispute.peace1",
        -0.5253,
        ANY,
        true,
        "peace years over 10: see dispute.constant",
    ),
    p("dispute.peace2", 0.09076, ANY, true, "its square"),
    p("dispute.peace3", -0.004045, ANY, true, "its cube"),
    p("ladder.first.threat", 0.03913, UNIT, true, LADDER),
    p("ladder.first.display", 0.3035, UNIT, true, LADDER),
    p("ladder.first.force", 0.6173, UNIT, true, LADDER),
    p("ladder.first.war", 0.04011, UNIT, true, LADDER),
    p("ladder.threat.none", 0.858, UNIT, true, LADDER),
    p("ladder.threat.display", 0.09659, UNIT, true, LADDER),
    p("ladder.threat.force", 0.03977, UNIT, true, LADDER),
    p(
        "ladder.threat.war",
        0.005682,
        UNIT,
        true,
        "none of 86 observed; half a case for each thousand assumed",
    ),
    p("ladder.display.none", 0.619, UNIT, true, LADDER),
    p("ladder.display.display", 0.2396, UNIT, true, LADDER),
    p("ladder.display.force", 0.1399, UNIT, true, LADDER),
    p("ladder.display.war", 0.001465, UNIT, true, LADDER),
    p("ladder.force.none", 0.4952, UNIT, true, LADDER),
    p("ladder.force.display", 0.09904, UNIT, true, LADDER),
    p("ladder.force.force", 0.4016, UNIT, true, LADDER),
    p("ladder.force.war", 0.004172, UNIT, true, LADDER),
    p(
        "ladder.war.none",
        0.005543,
        UNIT,
        false,
        "none of 114 observed by construction of the data; assumed",
    ),
    p(
        "ladder.war.display",
        0.005543,
        UNIT,
        false,
        "as ladder.war.none",
    ),
    p("ladder.war.force", 0.03972, UNIT, true, LADDER),
    p("ladder.war.war", 0.9492, UNIT, true, LADDER),
    p(
        "ladder.democracies",
        0.2346,
        (0.0, 5.0),
        true,
        "what the shares of war are multiplied by between two democracies: odds of a war, given a dispute between originators, against those of other pairs (Maoz & Russett 1993)",
    ),
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
    p("war.size.constant", 11.01, ANY, true, SIZE),
    p(
        "war.size.year",
        0.9132,
        (0.0, 10.0),
        true,
        "growth of log deaths with every further year of war (escalation): see war.size.constant",
    ),
    p(
        "war.size.scale",
        0.7098,
        (0.0, 5.0),
        true,
        "elasticity of deaths to the capabilities of the weaker side: see war.size.constant",
    ),
    p(
        "war.size.sd",
        1.745,
        (0.0, 10.0),
        true,
        "standard deviation of what these leave open: see war.size.constant",
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
        0.05658,
        (0.0, 0.5),
        true,
        "standard deviation of yearly log changes of capabilities that last, the trend apart: see growth.carry",
    ),
    p(
        "gdp.mean",
        0.03177,
        (-0.5, 0.5),
        true,
        "mean yearly log growth of GDP 1950-2010 (Fariss et al. 2022)",
    ),
    p(
        "gdp.sd",
        0.02625,
        (0.0, 0.5),
        true,
        "its standard deviation",
    ),
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
        0.7159,
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
        0.002969,
        UNIT,
        true,
        "yearly chance of a new pact of two between relevant states without one, half of it left to strategies (ATOP 5.1)",
    ),
    p(
        "alliance.alike",
        1.084,
        (0.01, 100.0),
        true,
        "how much likelier that is between states of one class of regime (Lai & Reiter 2000)",
    ),
    p(
        "alliance.balance",
        0.1067,
        UNIT,
        true,
        "chance that a search for an ally succeeds: the other half of the rate of new pacts of two",
    ),
    p(
        "alliance.defence",
        0.3526,
        UNIT,
        true,
        "share of new pacts that oblige to defend",
    ),
    p(
        "alliance.end",
        0.02883,
        UNIT,
        true,
        "yearly chance that a pact of two ends, outside of general wars (Leeds & Savun 2007 on why; ATOP 5.1)",
    ),
    p(
        "bloc.form",
        0.002422,
        UNIT,
        true,
        "yearly chance that a state founds a pact of four or more, outside of general wars (ATOP 5.1)",
    ),
    p(
        "bloc.join",
        0.01973,
        UNIT,
        true,
        "yearly chance that a state of the region joins such a pact",
    ),
    p(
        "bloc.leave",
        0.001274,
        UNIT,
        true,
        "yearly chance that a member leaves such a pact",
    ),
    p(
        "bloc.end",
        0.009285,
        UNIT,
        true,
        "yearly chance that such a pact ends for all, outside of general wars",
    ),
    p(
        "exit.democracy",
        0.2765,
        UNIT,
        true,
        "share of state-years in which a leader left, 1840-2009, Polity 6 and above the year before (Archigos 4.1)",
    ),
    p("exit.mixed", 0.229, UNIT, true, "the same between -5 and 5"),
    p(
        "exit.autocracy",
        0.08117,
        UNIT,
        true,
        "the same, -6 and below",
    ),
    p(
        "exit.natural",
        0.01502,
        UNIT,
        true,
        "yearly hazard of natural death in office in the seventh decade of life; it doubles with every decade (Archigos 4.1, fifties to eighties: 0.011, 0.017, 0.030, 0.051)",
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
    p("institution.rate", 0.6803, (-10.0, 10.0), true, MEMBERSHIPS),
    p(
        "institution.rate.new",
        2.332,
        (-10.0, 20.0),
        true,
        "the same in the first five years after a state enters the system",
    ),
    p(
        "institution.sd",
        1.68,
        (0.0, 10.0),
        true,
        "standard deviation around these two: see institution.rate",
    ),
    p(
        "institution.shared",
        0.3194,
        UNIT,
        true,
        "part of the other states with which a membership gained or lost is shared: least squares through 0 of a pair's change in shared institutions on the sum of the two states' changes in memberships, the same years (COW IGO 3.0)",
    ),
    p(
        "presence.decay",
        0.02,
        UNIT,
        false,
        "yearly share of outside presence that goes home; assumed",
    ),
    p(
        "presence.pact",
        5.0,
        (0.0, 1000.0),
        false,
        "thousand troops that a defence pact with a major power of another region brings; assumed",
    ),
    p("dispute.history", 1.711, ANY, true, HISTORY),
    p(
        "dispute.fighting",
        0.4235,
        ANY,
        true,
        "one of the two fought an interstate war in the year before: see dispute.constant (Siverson & Starr 1991)",
    ),
    p(
        "dispute.tension.memory",
        0.6695,
        (0.0, 0.999),
        true,
        "autoregression of the yearly level of disputes, on the log scale: see dispute.tension.sd",
    ),
    p(
        "dispute.tension.sd",
        0.3165,
        (0.0, 3.0),
        true,
        "innovation of that level (state-space model of counts: Durbin & Koopman 2012; Kalman filter on log ratios of observed to expected disputes)",
    ),
    p(
        "dispute.tension.start",
        0.0,
        (-5.0, 5.0),
        false,
        "that level at the start; 0 is the average, in worlds of the record the filtered level of the year before",
    ),
    p(
        "dispute.tension.start.sd",
        0.4261,
        (0.0, 3.0),
        false,
        "its standard deviation: that of the level in the long run",
    ),
    p("initiator.share", 0.09785, ANY, true, INITIATOR),
    p("initiator.major", 0.1557, ANY, true, INITIATOR),
    p("initiator.democracy", -0.2078, ANY, true, INITIATOR),
    p("initiator.conduct", 2.087, ANY, true, INITIATOR),
    p("regime.up.constant", -3.485, ANY, true, REGIME),
    p("regime.up.mixed", -0.621, ANY, true, REGIME),
    p("regime.up.neighbours", 1.318, ANY, true, REGIME),
    p(
        "regime.up.direct",
        0.06936,
        UNIT,
        true,
        "share of ways out of autocracy that end at once in democracy",
    ),
    p("regime.down.constant", -2.698, ANY, true, REGIME),
    p("regime.down.mixed", -0.6423, ANY, true, REGIME),
    p("regime.down.neighbours", -0.7781, ANY, true, REGIME),
    p(
        "regime.down.direct",
        0.3438,
        UNIT,
        true,
        "share of ends of democracy that end at once in autocracy",
    ),
    p(
        "regime.down.consolidated",
        0.001506,
        UNIT,
        true,
        "yearly chance that a consolidated democracy (Polity 9 or 10) ceases to be one, half a case added (Svolik 2008)",
    ),
    p(
        "regime.consolidate",
        0.02809,
        UNIT,
        true,
        "yearly chance that another democracy becomes consolidated",
    ),
    p(
        "major.floor",
        0.02883,
        UNIT,
        true,
        "share of capabilities that nine of ten major-power years reach (COW majors, NMC 7.0)",
    ),
    p(
        "major.enter",
        0.01843,
        UNIT,
        true,
        "yearly chance that a state above the floor becomes a major power",
    ),
    p(
        "major.exit",
        0.01364,
        UNIT,
        true,
        "yearly chance that a major power below the floor is one no longer",
    ),
    p(
        "major.defeat",
        0.3929,
        UNIT,
        true,
        "chance that a major power beaten by another is one no longer",
    ),
    p(
        "war.recovery",
        0.15,
        UNIT,
        false,
        "share of what a state has lost in war that it regains each year: nineteen twentieths in eighteen years (Organski & Kugler 1977)",
    ),
    p("join.constant", -7.901, ANY, true, JOIN),
    p("join.ally", 1.056, ANY, true, JOIN),
    p("join.neighbour", 1.815, ANY, true, JOIN),
    p("join.major", 2.536, ANY, true, JOIN),
    p(
        "join.loyal",
        0.9464,
        UNIT,
        true,
        "share of allies of one side who join on that side",
    ),
    p(
        "join.defender",
        0.4124,
        UNIT,
        true,
        "share of joiners without an ally in the dispute who join the side of the target",
    ),
    p("join.war.constant", -4.36, ANY, true, ENTER),
    p("join.war.target", 1.746, ANY, true, ENTER),
    p("join.war.initiator", 0.166, ANY, true, ENTER),
    p("join.war.both", 2.139, ANY, true, ENTER),
    p("join.war.neighbour", 0.7993, ANY, true, ENTER),
    p("join.war.major", 1.864, ANY, true, ENTER),
    p("join.war.distance", -0.698, ANY, true, ENTER),
    p(
        "join.war.loyal",
        0.9,
        UNIT,
        true,
        "share of entrants with a defence pact with the target only who fight on its side; one case of each kind added",
    ),
    p(
        "join.war.accomplice",
        0.6667,
        UNIT,
        true,
        "share of entrants with a defence pact with the initiator only who fight on its side; one case of each kind added",
    ),
    p(
        "join.war.defender",
        0.5128,
        UNIT,
        true,
        "share of all other entrants who fight on the side of the target; one case of each kind added",
    ),
    p(
        "growth.carry",
        0.1823,
        UNIT,
        true,
        "part of the growth of a share in the ten years before the start that is expected for the first year: from autocovariances of yearly log changes of shares above 0.005, years at war and the two after left out, a fortieth cut at each end, 1816-2009 (NMC 7.0)",
    ),
    p(
        "growth.memory",
        0.97,
        (0.0, 0.999),
        true,
        "part of a trend of capabilities that is left after a year: see growth.carry",
    ),
    p(
        "growth.trend.sd",
        0.009254,
        (0.0, 0.2),
        true,
        "standard deviation in the long run of trends of capabilities around what is expected: see growth.carry",
    ),
];

/// Index of a parameter by name.
pub fn index(name: &str) -> Option<usize> {
    PARAMETERS.iter().position(|q| q.name == name)
}
