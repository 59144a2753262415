//! `record:YEAR`: the whole world of a year from the store.

mod growth;
mod institutions;
mod members;
mod past;
mod ties;

pub use members::{Member, members, region};

use raison_core::world::{Entry, Layer, Mark, Obligations, Seat, Tie, World, WorldState};
use raison_core::{Citation, Domain, Input, Inputs, Num, Provenance, Uncertain};
use raison_record::{Outcome, Refusal, Store, Table};
use std::collections::HashMap;

/// Addresses of states by their Correlates of War codes.
pub type ByCode = HashMap<i32, usize>;

/// Last year of the list of members.
const LAST: i32 = 2016;

fn int(t: &Table, name: &str, row: usize) -> Option<i32> {
    t.get(name)?.int(row)
}

fn float(t: &Table, name: &str, row: usize) -> Option<f64> {
    t.get(name).map(|c| c.number(row)).filter(|x| x.is_finite())
}

fn cite(key: &str) -> Citation {
    Citation {
        key: key.to_owned(),
        locator: String::new(),
    }
}

const POSITIVE: Domain = Domain {
    low: 1e-9,
    high: 1e12,
};
const POLITY: Domain = Domain {
    low: -10.0,
    high: 10.0,
};
const TREND: Domain = Domain {
    low: -0.5,
    high: 0.5,
};

/// A world in the making.
struct Maker {
    world: World,
    inputs: Inputs,
    by_code: ByCode,
    /// First year.
    year: i32,
    /// Last year in which states may enter.
    to: i32,
}

impl Maker {
    /// A number of the record; one that it lacks is marked as assumed.
    fn add(&mut self, path: String, value: f64, domain: Domain, key: Option<&str>) -> Num {
        let provenance = match key {
            Some(key) => Provenance::Source(vec![cite(key)]),
            None => Provenance::Assumed("not in the record; see docs/worlds.md".to_owned()),
        };
        self.inputs.add(Input {
            path,
            amount: Uncertain::Known(domain.clamp(value)),
            domain,
            provenance,
            span: None,
        })
    }

    /// A tie of the record.
    fn tie(
        &mut self,
        layer: Layer,
        (from, to): (usize, usize),
        (weight, domain): (f64, Domain),
        obligations: Obligations,
        key: &str,
    ) {
        let states = &self.world.states;
        let (a, b) = (&states[from].code, &states[to].code);
        let path = format!("ties.{}.{a}.{b}.weight", layer.word());
        let weight = self.add(path, weight, domain, Some(key));
        self.world.ties.push(Tie {
            layer,
            from,
            to,
            weight,
            through: Vec::new(),
            obligations,
            mark: Mark::Recorded,
            sources: vec![cite(key)],
            span: None,
        });
    }

    /// The state of a row.
    fn state(&self, t: &Table, name: &str, row: usize) -> Option<usize> {
        self.by_code.get(&int(t, name, row)?).copied()
    }
}

/// The world of a year: states with capabilities, GDP and regime, borders, pacts, trade,
/// counts of shared institutions. What the record has no table for (corridors, energy,
/// payments, arms, technology, presence, names of institutions) is left out.
///
/// # Errors
/// Where a table is missing from the store, or holds no state of that year.
pub fn world(store: &Store, year: i32) -> Outcome<World> {
    world_until(store, year, year)
}

/// The same with the states that enter or leave the system up to another year: their dates,
/// borders, shared institutions, and first capabilities, economies and regimes are taken
/// from the record, not simulated.
///
/// # Errors
/// As [`world`].
pub fn world_until(store: &Store, year: i32, to: i32) -> Outcome<World> {
    let all = members(store, year, to)?;
    let entered: HashMap<i32, i32> = all.iter().map(|m| (m.code, m.since(year))).collect();
    let (now, last) = (
        before(&entered, year, year),
        before(&entered, year, year - 1),
    );
    let facts = Facts::read(store, year, &now, &last)?;
    let mut make = Maker {
        world: blank(year, to),
        inputs: Inputs::default(),
        by_code: ByCode::new(),
        year,
        to,
    };
    all.iter()
        .for_each(|member| state(&mut make, &facts, member));
    if make.world.states.len() < 2 {
        return Err(Refusal::error(
            raison_core::Code("R6012"),
            format!("the record holds no two states with capabilities in {year}"),
            "take a year from 1817 to 2016",
        ));
    }
    make.world.borders = ties::borders(store, &make.by_code, &entered)?;
    ties::alliances(store, &mut make)?;
    ties::trade(store, &mut make)?;
    institutions::counts(store, &mut make, &all, &last)?;
    past::before_start(store, year, &make.by_code, &mut make.world)?;
    make.world.inputs = make.inputs;
    Ok(make.world)
}

/// The year that each state's numbers are taken from: one for those of the start, the year
/// of entry for those that come later.
fn before(entered: &HashMap<i32, i32>, year: i32, at_start: i32) -> HashMap<i32, i32> {
    let when = |(c, y): (&i32, &i32)| (*c, if *y > year { *y } else { at_start });
    entered.iter().map(when).collect()
}

fn blank(year: i32, to: i32) -> World {
    World {
        id: if to > year {
            format!("record:{year}-{to}")
        } else {
            format!("record:{year}")
        },
        title: format!("The states of {year}, from the record"),
        start: year as i16,
        gaps: vec![
            "Corridors, energy, payments, arms, technology, presence and the names of institutions have no table in the record and are left out; institutions that two states share are counted.".to_owned(),
            "States without a capability score in the ten years before are left out.".to_owned(),
        ],
        ..World::default()
    }
}

/// Numbers of states by code.
struct Facts {
    cinc: HashMap<i32, Vec<f64>>,
    gdp: HashMap<i32, Vec<f64>>,
    polity: HashMap<i32, Vec<f64>>,
    majors: Vec<i32>,
    capitals: HashMap<i32, (f64, f64)>,
    growth: HashMap<i32, f64>,
}

impl Facts {
    fn read(
        store: &Store,
        year: i32,
        now: &HashMap<i32, i32>,
        last: &HashMap<i32, i32>,
    ) -> Outcome<Facts> {
        Ok(Facts {
            cinc: members::values(store, "cow_nmc", &["cinc"], last)?,
            gdp: members::values(store, "cw_gdppop", &["pwtrgdp", "pwtpop"], now)?,
            polity: members::values(store, "cw_democracy", &["polity2"], last)?,
            majors: members::majors(store, year)?,
            capitals: members::capitals(store, now)?,
            growth: growth::growth(store, year - 1)?,
        })
    }
}

/// Adds a state, where the record has its capabilities.
fn state(make: &mut Maker, facts: &Facts, member: &Member) {
    let code = member.code;
    let Some(share) = facts.cinc.get(&code) else {
        return;
    };
    let short = unique(&make.world, &member.short, code);
    let at = |what: &str| format!("states.{short}.{what}");
    let known = facts.gdp.get(&code);
    // Where there is no estimate, a small economy stands in, marked as assumed.
    let (gdp, people) = known.map_or((5.0, 1.0), |v| (v[0] / 1000.0, v[1]));
    let polity = facts.polity.get(&code).map(|v| v[0]);
    let (economy, regime) = (
        known.map(|_| "fariss-2022"),
        polity.map(|_| "marshall-2020"),
    );
    if make.to > make.year && !member.stays(make.year, make.to) {
        entries(&mut make.world, member, make.year);
    }
    make.by_code.insert(code, make.world.states.len());
    let capabilities = Some("singer-bremer-stuckey-1972");
    let grown = facts.growth.get(&code).copied();
    let state = WorldState {
        name: member.name.clone(),
        region: region(code).to_owned(),
        share: make.add(at("share"), share[0], Domain::UNIT, capabilities),
        gdp: make.add(at("gdp"), gdp, POSITIVE, economy),
        population: make.add(at("population"), people, POSITIVE, economy),
        democracy: make.add(at("democracy"), polity.unwrap_or(0.0), POLITY, regime),
        growth: make.add(
            at("growth"),
            grown.unwrap_or(0.0),
            TREND,
            grown.and(capabilities),
        ),
        major: facts.majors.contains(&code),
        nuclear: members::nuclear(code, make.year),
        capital: facts.capitals.get(&code).copied().unwrap_or((0.0, 0.0)),
        seats: vec![Seat {
            name: String::new(),
            mind: None,
            born: None,
            until: None,
        }],
        span: None,
        code: short,
    };
    make.world.states.push(state);
}

/// A state's spells, those under way at the start or later.
fn entries(world: &mut World, member: &Member, year: i32) {
    let state = world.states.len();
    for (from, last) in member.spells.iter().filter(|s| s.1 >= year) {
        world.entries.push(Entry {
            state,
            from: *from as i16,
            until: (*last < LAST).then_some(*last as i16),
        });
    }
}

fn unique(world: &World, short: &str, code: i32) -> String {
    let plain = short.len() == 3 && short.bytes().all(|b| b.is_ascii_uppercase());
    if plain && world.state(short).is_none() {
        short.to_owned()
    } else {
        format!("C{code}")
    }
}
