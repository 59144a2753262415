//! `record:YEAR`: the whole world of a year from the store, and what is fitted on the
//! years before.

use raison_core::world::{Border, Layer, Mark, Obligations, Seat, Tie, World, WorldState};
use raison_core::{Citation, Domain, Input, Inputs, Num, Provenance, Uncertain};
use raison_record::column::year_of;
use raison_record::{Outcome, Refusal, Store, Table};
use std::collections::{BTreeMap, HashMap};

/// Addresses of states by their Correlates of War codes.
pub type ByCode = HashMap<i32, usize>;

fn int(t: &Table, name: &str, row: usize) -> Option<i32> {
    t.get(name)?.int(row)
}

fn float(t: &Table, name: &str, row: usize) -> Option<f64> {
    t.get(name).map(|c| c.number(row)).filter(|x| x.is_finite())
}

/// Values of a state-year table in one year, by code; the nearest earlier year within ten
/// where that year is missing.
fn values(
    store: &Store,
    table: &str,
    key: &str,
    columns: &[&str],
    year: i32,
) -> Outcome<HashMap<i32, (i32, Vec<f64>)>> {
    let mut names = vec![key, "year"];
    names.extend(columns);
    let t = store.read(table, Some(&names))?;
    let mut out: HashMap<i32, (i32, Vec<f64>)> = HashMap::new();
    for row in 0..t.rows() {
        let (Some(code), Some(y)) = (int(&t, key, row), int(&t, "year", row)) else {
            continue;
        };
        if y > year || y < year - 10 {
            continue;
        }
        let got: Option<Vec<f64>> = columns.iter().map(|c| float(&t, c, row)).collect();
        if let Some(got) = got
            && out.get(&code).is_none_or(|(last, _)| *last < y)
        {
            out.insert(code, (y, got));
        }
    }
    Ok(out)
}

/// Members of the state system on the first day of a year, with abbreviation and name.
pub fn members(store: &Store, year: i32) -> Outcome<Vec<(i32, String, String)>> {
    let t = store.read("cow_states", None)?;
    let mut out = BTreeMap::new();
    for row in 0..t.rows() {
        let (Some(code), Some(from), Some(to)) = (
            int(&t, "ccode", row),
            int(&t, "styear", row),
            int(&t, "endyear", row),
        ) else {
            continue;
        };
        if from < year && to >= year {
            let text = |n: &str| t.get(n).and_then(|c| c.text(row)).unwrap_or("").to_owned();
            out.insert(code, (code, text("stateabb"), text("statenme")));
        }
    }
    Ok(out.into_values().collect())
}

/// Region by the ranges of Correlates of War codes.
fn region(code: i32) -> &'static str {
    match code {
        ..200 => "americas",
        200..400 => "europe",
        400..600 => "africa",
        600..700 => "middle-east",
        700..900 => "asia",
        _ => "oceania",
    }
}

struct Maker {
    inputs: Inputs,
}

impl Maker {
    fn add(&mut self, path: String, value: f64, domain: Domain, key: &str, estimated: bool) -> Num {
        let provenance = if estimated {
            Provenance::Assumed("not in the record; see docs/worlds.md".to_owned())
        } else {
            Provenance::Source(vec![cite(key)])
        };
        self.inputs.add(Input {
            path,
            amount: Uncertain::Known(domain.clamp(value)),
            domain,
            provenance,
            span: None,
        })
    }
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

/// The world of a year: states with capabilities, GDP and regime, borders, pacts, trade.
/// What the record has no table for (corridors, energy, payments, arms, technology,
/// presence, named institutions) is left out.
///
/// # Errors
/// Where a table is missing from the store, or holds no state of that year.
pub fn world(store: &Store, year: i32) -> Outcome<World> {
    let all = members(store, year)?;
    let cinc = values(store, "cow_nmc", "ccode", &["cinc"], year - 1)?;
    let gdp = values(store, "cw_gdppop", "ccode", &["pwtrgdp", "pwtpop"], year)?;
    let polity = values(store, "cw_democracy", "ccode", &["polity2"], year - 1)?;
    let majors = majors(store, year)?;
    let capitals = capitals(store, year)?;
    let mut make = Maker {
        inputs: Inputs::default(),
    };
    let mut world = World {
        id: format!("record:{year}"),
        title: format!("The states of {year}, from the record"),
        start: year as i16,
        gaps: vec![
            "Corridors, energy, payments, arms, technology, presence and named institutions have no table in the record and are left out.".to_owned(),
            "States without a capability score in the ten years before are left out.".to_owned(),
        ],
        ..World::default()
    };
    let mut by_code = ByCode::new();
    for (code, short, name) in all {
        let Some((_, share)) = cinc.get(&code) else {
            continue;
        };
        let short = unique(&world, &short, code);
        let at = |what: &str| format!("states.{short}.{what}");
        let known = gdp.get(&code);
        // Where there is no estimate, a small economy stands in, marked as assumed.
        let (g, p) = known.map_or((5.0, 1.0), |(_, v)| (v[0] / 1000.0, v[1]));
        let democracy = polity.get(&code).map(|(_, v)| v[0]);
        by_code.insert(code, world.states.len());
        let state = WorldState {
            name,
            region: region(code).to_owned(),
            share: make.add(
                at("share"),
                share[0],
                Domain::UNIT,
                "singer-bremer-stuckey-1972",
                false,
            ),
            gdp: make.add(at("gdp"), g, POSITIVE, "fariss-2022", known.is_none()),
            population: make.add(
                at("population"),
                p,
                POSITIVE,
                "fariss-2022",
                known.is_none(),
            ),
            democracy: make.add(
                at("democracy"),
                democracy.unwrap_or(0.0),
                POLITY,
                "marshall-2020",
                democracy.is_none(),
            ),
            growth: make.add(
                at("growth"),
                0.0,
                Domain {
                    low: -0.5,
                    high: 0.5,
                },
                "",
                true,
            ),
            major: majors.contains(&code),
            nuclear: nuclear(code, year),
            capital: capitals.get(&code).copied().unwrap_or((0.0, 0.0)),
            seats: vec![Seat {
                name: String::new(),
                mind: None,
                born: None,
                until: None,
            }],
            span: None,
            code: short,
        };
        world.states.push(state);
    }
    if world.states.len() < 2 {
        return Err(Refusal::error(
            raison_core::Code("R6012"),
            format!("the record holds no two states with capabilities in {year}"),
            "take a year from 1817 to 2016",
        ));
    }
    world.borders = borders(store, year, &by_code)?;
    alliances(store, year - 1, &by_code, &mut world, &mut make)?;
    trade(store, year - 1, &by_code, &mut world, &mut make)?;
    world.quiet = quiet(store, year, &by_code)?;
    world.inputs = make.inputs;
    Ok(world)
}

fn unique(world: &World, short: &str, code: i32) -> String {
    let plain = short.len() == 3 && short.bytes().all(|b| b.is_ascii_uppercase());
    if plain && world.state(short).is_none() {
        short.to_owned()
    } else {
        format!("C{code}")
    }
}

/// Nuclear arms by year of the first test or, for Israel, of the common estimate: facts of
/// general knowledge.
fn nuclear(code: i32, year: i32) -> bool {
    const SINCE: [(i32, i32); 9] = [
        (2, 1945),
        (365, 1949),
        (200, 1952),
        (220, 1960),
        (710, 1964),
        (666, 1967),
        (750, 1974),
        (770, 1998),
        (731, 2006),
    ];
    SINCE.iter().any(|(c, y)| *c == code && year > *y)
}

fn majors(store: &Store, year: i32) -> Outcome<Vec<i32>> {
    let t = store.read("cow_majors", None)?;
    let within = |row: &usize| {
        int(&t, "styear", *row).is_some_and(|y| y < year)
            && int(&t, "endyear", *row).is_some_and(|y| y >= year)
    };
    Ok((0..t.rows())
        .filter(within)
        .filter_map(|r| int(&t, "ccode", r))
        .collect())
}

fn capitals(store: &Store, year: i32) -> Outcome<HashMap<i32, (f64, f64)>> {
    let t = store.read("cow_capitals", None)?;
    let mut out = HashMap::new();
    for row in 0..t.rows() {
        let day = |name: &str| t.get(name).and_then(|c| c.int(row)).map(year_of);
        let (Some(code), Some(from), Some(to)) =
            (int(&t, "ccode", row), day("stdate"), day("enddate"))
        else {
            continue;
        };
        if let (true, Some(lat), Some(lng)) = (
            from <= year && year <= to,
            float(&t, "lat", row),
            float(&t, "lng", row),
        ) {
            out.insert(code, (lat, lng));
        }
    }
    Ok(out)
}

fn borders(store: &Store, year: i32, by_code: &ByCode) -> Outcome<Vec<Border>> {
    let t = store.read("cow_contdir", None)?;
    let mut best: BTreeMap<(usize, usize), bool> = BTreeMap::new();
    for row in 0..t.rows() {
        let day = |name: &str| t.get(name).and_then(|c| c.int(row)).map(year_of);
        let (Some(kind), Some(from), Some(to)) =
            (int(&t, "conttype", row), day("stdate"), day("enddate"))
        else {
            continue;
        };
        if kind == 0 || from >= year.max(1817) || to < year {
            continue;
        }
        let state = |name| int(&t, name, row).and_then(|c| by_code.get(&c).copied());
        if let (Some(a), Some(b)) = (state("ccode1"), state("ccode2")) {
            *best.entry((a.min(b), a.max(b))).or_insert(false) |= kind == 1;
        }
    }
    Ok(best
        .into_iter()
        .map(|((a, b), land)| Border { a, b, land })
        .collect())
}

fn alliances(
    store: &Store,
    year: i32,
    by_code: &ByCode,
    world: &mut World,
    make: &mut Maker,
) -> Outcome<()> {
    let t = store.read("atop_alliance", None)?;
    for row in 0..t.rows() {
        if int(&t, "year", row) != Some(year) {
            continue;
        }
        let state = |name| int(&t, name, row).and_then(|c| by_code.get(&c).copied());
        let (Some(a), Some(b)) = (state("ccode1"), state("ccode2")) else {
            continue;
        };
        let yes = |name| int(&t, name, row) == Some(1);
        let obligations = Obligations {
            defence: yes("atop_defense"),
            offence: yes("atop_offense"),
            neutrality: yes("atop_neutral"),
            nonaggression: yes("atop_nonagg"),
            consultation: yes("atop_consul"),
        };
        if obligations.any() {
            tie(
                world,
                make,
                Layer::Alliance,
                (a, b),
                (1.0, Domain::UNIT),
                obligations,
                "leeds-2002",
            );
        }
    }
    Ok(())
}

/// Years since the last dispute of every pair that had one.
fn quiet(store: &Store, year: i32, by_code: &ByCode) -> Outcome<Vec<(usize, usize, u16)>> {
    let t = store.read("gml_mid_ddydisps", Some(&["ccode1", "ccode2", "year"]))?;
    let mut last: BTreeMap<(usize, usize), i32> = BTreeMap::new();
    for row in 0..t.rows() {
        let state = |name| int(&t, name, row).and_then(|c| by_code.get(&c).copied());
        let (Some(a), Some(b), Some(y)) = (state("ccode1"), state("ccode2"), int(&t, "year", row))
        else {
            continue;
        };
        if y < year && a < b {
            let known = last.entry((a, b)).or_insert(y);
            *known = y.max(*known);
        }
    }
    let years = |y: i32| (year - 1 - y).clamp(0, 200) as u16;
    Ok(last
        .into_iter()
        .map(|((a, b), y)| (a, b, years(y)))
        .collect())
}

fn trade(
    store: &Store,
    year: i32,
    by_code: &ByCode,
    world: &mut World,
    make: &mut Maker,
) -> Outcome<()> {
    let t = store.read(
        "cow_trade_ndy",
        Some(&["ccode1", "ccode2", "year", "smoothflow1", "smoothflow2"]),
    )?;
    for row in 0..t.rows() {
        if int(&t, "year", row) != Some(year) {
            continue;
        }
        let state = |name| int(&t, name, row).and_then(|c| by_code.get(&c).copied());
        let flow = |name| float(&t, name, row).filter(|x| *x > 0.0).unwrap_or(0.0);
        let both = flow("smoothflow1") + flow("smoothflow2");
        if let (Some(a), Some(b), true) = (state("ccode1"), state("ccode2"), both > 0.0) {
            tie(
                world,
                make,
                Layer::Trade,
                (a, b),
                (both, POSITIVE),
                Obligations::default(),
                "barbieri-2009",
            );
        }
    }
    Ok(())
}

fn tie(
    world: &mut World,
    make: &mut Maker,
    layer: Layer,
    (from, to): (usize, usize),
    (weight, domain): (f64, Domain),
    obligations: Obligations,
    key: &str,
) {
    let path = format!(
        "ties.{}.{}.{}.weight",
        layer.word(),
        world.states[from].code,
        world.states[to].code
    );
    let weight = make.add(path, weight, domain, key, false);
    world.ties.push(Tie {
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
