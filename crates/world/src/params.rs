//! The values of the parameters in one run.

use raison_core::Draw;
use raison_core::world::World;
use raison_core::world_parameters::PARAMETERS;

/// Parameter values, in groups.
#[derive(Clone, Debug, PartialEq)]
pub struct Params {
    /// Coefficients of the dispute logit: constant, land, ratio, major, defence,
    /// democracies, and three powers of peace years over ten.
    pub dispute: [f64; 9],
    /// Record's shares of the first act: threat, display, force, war.
    pub first: [f64; 4],
    /// Record's shares of the reply to each first act.
    pub reply: [[f64; 4]; 4],
    all: Vec<f64>,
}

/// Place of a parameter in the table, found while compiling.
const fn place(name: &str) -> usize {
    let name = name.as_bytes();
    let mut i = 0;
    while i < PARAMETERS.len() {
        let other = PARAMETERS[i].name.as_bytes();
        let mut k = 0;
        while k < name.len() && k < other.len() && name[k] == other[k] {
            k += 1;
        }
        if k == name.len() && k == other.len() {
            return i;
        }
        i += 1;
    }
    panic!("no such parameter")
}

macro_rules! getters {
    ($($name:ident = $path:literal),* $(,)?) => {
        impl Params {
            $(#[doc = concat!("Parameter `", $path, "`.")]
            pub fn $name(&self) -> f64 {
                const PLACE: usize = place($path);
                self.all.get(PLACE).copied().unwrap_or(0.0)
            })*
        }
    };
}

getters! {
    lens_weight = "lens.weight",
    war_costs = "war.costs",
    war_aversion = "war.aversion",
    decisiveness = "war.decisiveness",
    war_end = "war.end",
    size_constant = "war.size.constant",
    size_year = "war.size.year",
    size_scale = "war.size.scale",
    size_sd = "war.size.sd",
    size_least = "war.size.least",
    size_most = "war.size.most",
    join_constant = "join.constant",
    join_ally = "join.ally",
    join_neighbour = "join.neighbour",
    join_major = "join.major",
    join_loyal = "join.loyal",
    join_defender = "join.defender",
    enter_constant = "join.war.constant",
    enter_target = "join.war.target",
    enter_initiator = "join.war.initiator",
    enter_both = "join.war.both",
    enter_neighbour = "join.war.neighbour",
    enter_major = "join.war.major",
    enter_distance = "join.war.distance",
    enter_loyal = "join.war.loyal",
    enter_accomplice = "join.war.accomplice",
    enter_defender = "join.war.defender",
    sanction_chance = "sanction.chance",
    sanction_trade = "sanction.trade",
    sanction_payments = "sanction.payments",
    sanction_end = "sanction.end",
    growth_sd = "growth.sd",
    growth_carry = "growth.carry",
    growth_memory = "growth.memory",
    growth_trend_sd = "growth.trend.sd",
    gdp_mean = "gdp.mean",
    gdp_sd = "gdp.sd",
    trade_constant = "trade.constant",
    trade_gdp = "trade.gdp",
    trade_distance = "trade.distance",
    trade_border = "trade.border",
    trade_war = "trade.war",
    alliance_form = "alliance.form",
    alliance_alike = "alliance.alike",
    alliance_balance = "alliance.balance",
    alliance_defence = "alliance.defence",
    alliance_end = "alliance.end",
    bloc_form = "bloc.form",
    bloc_join = "bloc.join",
    bloc_leave = "bloc.leave",
    bloc_end = "bloc.end",
    history = "dispute.history",
    fighting = "dispute.fighting",
    tension_memory = "dispute.tension.memory",
    tension_sd = "dispute.tension.sd",
    tension_start = "dispute.tension.start",
    tension_start_sd = "dispute.tension.start.sd",
    initiator_share = "initiator.share",
    initiator_major = "initiator.major",
    initiator_democracy = "initiator.democracy",
    initiator_conduct = "initiator.conduct",
    up_constant = "regime.up.constant",
    up_mixed = "regime.up.mixed",
    up_neighbours = "regime.up.neighbours",
    up_direct = "regime.up.direct",
    down_constant = "regime.down.constant",
    down_mixed = "regime.down.mixed",
    down_neighbours = "regime.down.neighbours",
    down_direct = "regime.down.direct",
    down_consolidated = "regime.down.consolidated",
    consolidate = "regime.consolidate",
    ladder_democracies = "ladder.democracies",
    major_floor = "major.floor",
    major_enter = "major.enter",
    major_exit = "major.exit",
    major_defeat = "major.defeat",
    recovery = "war.recovery",
    exit_democracy = "exit.democracy",
    exit_mixed = "exit.mixed",
    exit_autocracy = "exit.autocracy",
    exit_natural = "exit.natural",
    step = "strategy.step",
    agree = "strategy.success",
    corridor_years = "strategy.corridor.years",
    arm = "strategy.arm",
    admit = "institution.accept",
    joining = "institution.rate",
    joining_new = "institution.rate.new",
    joining_sd = "institution.sd",
    shared = "institution.shared",
    presence_decay = "presence.decay",
    presence_pact = "presence.pact",
}

impl Params {
    /// The parameters of a world at one draw of its inputs; those that it does not hold
    /// have their defaults.
    pub fn of(world: &World, draw: Draw<'_>) -> Params {
        let all: Vec<f64> = PARAMETERS
            .iter()
            .map(|p| {
                let num = world.inputs.find(&format!("parameters.{}", p.name));
                draw.get_or(num, p.value)
            })
            .collect();
        let at = |name: &str| PARAMETERS.iter().position(|p| p.name == name).unwrap_or(0);
        let four = |from: usize| [all[from], all[from + 1], all[from + 2], all[from + 3]];
        let first = at("ladder.first.threat");
        Params {
            dispute: std::array::from_fn(|i| all[i]),
            first: normal(four(first)),
            reply: std::array::from_fn(|i| normal(four(first + 4 + 4 * i))),
            all,
        }
    }

    /// Every parameter at its default.
    pub fn defaults() -> Params {
        Params::of(&World::default(), Draw(&[]))
    }
}

fn normal(x: [f64; 4]) -> [f64; 4] {
    let sum: f64 = x.iter().sum();
    if sum > 0.0 {
        x.map(|v| v / sum)
    } else {
        [1.0, 0.0, 0.0, 0.0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_stand_where_the_table_has_them() {
        let p = Params::defaults();
        let value = |name: &str| PARAMETERS.iter().find(|q| q.name == name).map(|q| q.value);
        assert_eq!(Some(p.dispute[0]), value("dispute.constant"));
        assert_eq!(Some(p.dispute[8]), value("dispute.peace3"));
        assert_eq!(Some(p.war_end()), value("war.end"));
        let near = |x: f64, name: &str| (x - value(name).unwrap_or(9.0)).abs() < 2e-3;
        assert!(near(p.first[2], "ladder.first.force"));
        assert!(near(p.reply[2][0], "ladder.force.none"));
        assert!(near(p.reply[3][3], "ladder.war.war"));
        // Force is the commonest beginning, and half of it is left unanswered.
        assert!(p.first[2] > 0.5 && (0.4..0.6).contains(&p.reply[2][0]));
    }
}
