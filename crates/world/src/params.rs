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

/// Index of a parameter that the table holds.
macro_rules! getters {
    ($($name:ident = $path:literal),* $(,)?) => {
        impl Params {
            $(#[doc = concat!("Parameter `", $path, "`.")]
            pub fn $name(&self) -> f64 { self.get($path) })*
        }
    };
}

getters! {
    lens_weight = "lens.weight",
    war_costs = "war.costs",
    war_aversion = "war.aversion",
    decisiveness = "war.decisiveness",
    war_end = "war.end",
    size_exponent = "war.size.exponent",
    size_least = "war.size.least",
    size_most = "war.size.most",
    join_defence = "war.join.defence",
    join_other = "war.join.other",
    join_neighbour = "war.join.neighbour",
    sanction_chance = "sanction.chance",
    sanction_trade = "sanction.trade",
    sanction_payments = "sanction.payments",
    sanction_end = "sanction.end",
    growth_sd = "growth.sd",
    gdp_mean = "gdp.mean",
    gdp_sd = "gdp.sd",
    trade_constant = "trade.constant",
    trade_gdp = "trade.gdp",
    trade_distance = "trade.distance",
    trade_border = "trade.border",
    trade_war = "trade.war",
    alliance_form = "alliance.form",
    alliance_end = "alliance.end",
    exit_democracy = "exit.democracy",
    exit_mixed = "exit.mixed",
    exit_autocracy = "exit.autocracy",
    exit_natural = "exit.natural",
    step = "strategy.step",
    agree = "strategy.success",
    corridor_years = "strategy.corridor.years",
    arm = "strategy.arm",
    admit = "institution.accept",
    presence_decay = "presence.decay",
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

    fn get(&self, name: &str) -> f64 {
        PARAMETERS
            .iter()
            .position(|p| p.name == name)
            .map_or(0.0, |i| self.all[i])
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
        let p = Params::of(&World::default(), Draw(&[]));
        assert_eq!(p.dispute[0], -2.983);
        assert_eq!(p.dispute[8], -0.0123);
        assert!((p.first[2] - 0.6124).abs() < 1e-3);
        assert!(
            (p.reply[2][0] - 0.4925).abs() < 1e-3,
            "reply to force: nothing"
        );
        assert!((p.reply[3][3] - 0.928).abs() < 1e-3, "reply to war: war");
        assert_eq!(p.war_end(), 0.4634);
    }
}
