//! `record:YEAR`: the whole world of a year from the store, and what is fitted on the
//! years before.

use crate::snapshot::FADE;
use raison_core::world::{Border, Entry, Layer, Mark, Obligations, Seat, Tie, World, WorldState};
use raison_core::{Citation, Domain, Input, Inputs, Num, Provenance, Uncertain};
use raison_record::column::year_of;
use raison_record::{Outcome, Refusal, Store, Table};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Addresses of states by their Correlates of War codes.
pub type ByCode = HashMap<i32, usize>;

fn int(t: &Table, name: &str, row: usize) -> Option<i32> {
    t.get(name)?.int(row)
}

fn float(t: &Table, name: &str, row: usize) -> Option<f64> {
    t.get(name).map(|c| c.number(row)).filter(|x| x.is_finite())
}

/// Values of a state-year table, by code, in the year that a state enters (the year before
/// for those of the start): the nearest earlier year within ten where that year is missing,
/// the nearest later one within five where there is no earlier.
fn values(
    store: &Store,
    table: &str,
    columns: &[&str],
    when: &HashMap<i32, i32>,
) -> Outcome<HashMap<i32, Vec<f64>>> {
    let mut names = vec!["ccode", "year"];
    names.extend(columns);
    let t = store.read(table, Some(&names))?;
    let mut out: HashMap<i32, (i32, Vec<f64>)> = HashMap::new();
    for row in 0..t.rows() {
        let (Some(code), Some(y)) = (int(&t, "ccode", row), int(&t, "year", row)) else {
            continue;
        };
        let Some(year) = when.get(&code) else {
            continue;
        };
        // Later years count as further away than any earlier one.
        let away = if y <= *year { year - y } else { 10 + y - year };
        if y < year - 10 || y > year + 5 {
            continue;
        }
        let got: Option<Vec<f64>> = columns.iter().map(|c| float(&t, c, row)).collect();
        if let Some(got) = got
            && out.get(&code).is_none_or(|(last, _)| *last > away)
        {
            out.insert(code, (away, got));
        }
    }
    Ok(out.into_iter().map(|(c, (_, v))| (c, v)).collect())
}

/// A state of the record with its spells of membership.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Correlates of War code.
    pub code: i32,
    /// Abbreviation.
    pub short: String,
    /// Name.
    pub name: String,
    /// First and last year in which it is a member on the first day.
    pub spells: Vec<(i32, i32)>,
}

/// States that are members on the first day of any year from one to another.
///
/// # Errors
/// Where a table is missing from the store.
pub fn members(store: &Store, from: i32, to: i32) -> Outcome<Vec<Member>> {
    let t = store.read("cow_states", None)?;
    let mut out: BTreeMap<i32, Member> = BTreeMap::new();
    for row in 0..t.rows() {
        let (Some(code), Some(first), Some(last)) = (
            int(&t, "ccode", row),
            int(&t, "styear", row),
            int(&t, "endyear", row),
        ) else {
            continue;
        };
        if first + 1 > to || last < from {
            continue;
        }
        let text = |n: &str| t.get(n).and_then(|c| c.text(row)).unwrap_or("").to_owned();
        let known = out.entry(code).or_insert_with(|| Member {
            code,
            short: text("stateabb"),
            name: text("statenme"),
            spells: Vec::new(),
        });
        known.spells.push((first + 1, last));
    }
    Ok(out.into_values().collect())
}

/// Last year of the list of members.
const LAST: i32 = 2016;

impl Member {
    /// First year of membership, not before a year.
    fn since(&self, from: i32) -> i32 {
        let first = self.spells.iter().map(|s| s.0).min().unwrap_or(from);
        first.max(from)
    }

    /// Whether it is a member all the time from one year to another.
    fn stays(&self, from: i32, to: i32) -> bool {
        let last = to.min(LAST);
        self.spells.iter().any(|s| s.0 <= from && s.1 >= last)
    }
}

/// Region by the ranges of Correlates of War codes.
pub fn region(code: i32) -> &'static str {
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
    world_until(store, year, year)
}

/// The same with the states that enter or leave the system up to another year: their dates,
/// borders, and first capabilities, economies and regimes are taken from the record, not
/// simulated.
///
/// # Errors
/// As [`world`].
pub fn world_until(store: &Store, year: i32, to: i32) -> Outcome<World> {
    let all = members(store, year, to)?;
    let entered: HashMap<i32, i32> = all.iter().map(|m| (m.code, m.since(year))).collect();
    let before = |at_start: i32| -> HashMap<i32, i32> {
        let when = |(c, y): (&i32, &i32)| (*c, if *y > year { *y } else { at_start });
        entered.iter().map(when).collect()
    };
    let (now, last) = (before(year), before(year - 1));
    let cinc = values(store, "cow_nmc", &["cinc"], &last)?;
    let grown = growth(store, year - 1)?;
    let gdp = values(store, "cw_gdppop", &["pwtrgdp", "pwtpop"], &now)?;
    let polity = values(store, "cw_democracy", &["polity2"], &last)?;
    let majors = majors(store, year)?;
    let capitals = capitals(store, &now)?;
    let mut make = Maker {
        inputs: Inputs::default(),
    };
    let mut world = World {
        id: if to > year {
            format!("record:{year}-{to}")
        } else {
            format!("record:{year}")
        },
        title: format!("The states of {year}, from the record"),
        start: year as i16,
        gaps: vec![
            "Corridors, energy, payments, arms, technology, presence and named institutions have no table in the record and are left out.".to_owned(),
            "States without a capability score in the ten years before are left out.".to_owned(),
        ],
        ..World::default()
    };
    let mut by_code = ByCode::new();
    for member in all {
        let (code, name) = (member.code, member.name.clone());
        let short = member.short.clone();
        let Some(share) = cinc.get(&code) else {
            continue;
        };
        let short = unique(&world, &short, code);
        let at = |what: &str| format!("states.{short}.{what}");
        let known = gdp.get(&code);
        // Where there is no estimate, a small economy stands in, marked as assumed.
        let (g, p) = known.map_or((5.0, 1.0), |v| (v[0] / 1000.0, v[1]));
        let democracy = polity.get(&code).map(|v| v[0]);
        if to > year && !member.stays(year, to) {
            entries(&mut world, &member, year);
        }
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
                grown.get(&code).copied().unwrap_or(0.0),
                Domain {
                    low: -0.5,
                    high: 0.5,
                },
                "singer-bremer-stuckey-1972",
                !grown.contains_key(&code),
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
    world.borders = borders(store, &by_code, &entered)?;
    alliances(store, year - 1, &by_code, &mut world, &mut make)?;
    trade(store, year - 1, &by_code, &mut world, &mut make)?;
    before_start(store, year, &by_code, &mut world)?;
    world.inputs = make.inputs;
    Ok(world)
}

/// Years over which growth before the start is taken, and the fewest that have to be known.
const GROWN: i32 = 10;
const FEWEST: usize = 5;

/// Mean yearly log change of each state's share over the ten years to a year, each share
/// among those that have capabilities in both years. Years at war and the two after are left
/// out, as where it is estimated how much of such growth goes on.
fn growth(store: &Store, year: i32) -> Outcome<HashMap<i32, f64>> {
    let mut years: BTreeMap<i32, BTreeMap<i32, f64>> = BTreeMap::new();
    let t = store.read("cow_nmc", Some(&["ccode", "year", "cinc"]))?;
    for r in 0..t.rows() {
        let of = (
            int(&t, "year", r),
            int(&t, "ccode", r),
            float(&t, "cinc", r),
        );
        if let (Some(y), Some(code), Some(x)) = of
            && (year - GROWN..=year).contains(&y)
            && x > 0.0
        {
            years.entry(y).or_default().insert(code, x);
        }
    }
    let t = store.read("cow_war_inter", Some(&["ccode1", "year"]))?;
    let fought: BTreeSet<(i32, i32)> = (0..t.rows())
        .filter_map(|r| Some((int(&t, "ccode1", r)?, int(&t, "year", r)?)))
        .filter(|(_, y)| *y <= year)
        .collect();
    let quiet = |code: i32, y: i32| (0..3).all(|k| !fought.contains(&(code, y - k)));
    let mut sums: HashMap<i32, (f64, usize)> = HashMap::new();
    for (y, now) in &years {
        let Some(before) = years.get(&(y - 1)) else {
            continue;
        };
        let both = || {
            now.iter()
                .filter_map(|(c, x)| Some((*c, *x, *before.get(c)?)))
        };
        let (new, old) = both().fold((0.0, 0.0), |sum, (_, x, z)| (sum.0 + x, sum.1 + z));
        for (code, x, z) in both().filter(|b| quiet(b.0, *y)) {
            let sum = sums.entry(code).or_default();
            sum.0 += ((x / new) / (z / old)).ln();
            sum.1 += 1;
        }
    }
    let known = sums.into_iter().filter(|(_, (_, n))| *n >= FEWEST);
    Ok(known.map(|(c, (sum, n))| (c, sum / n as f64)).collect())
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

fn capitals(store: &Store, when: &HashMap<i32, i32>) -> Outcome<HashMap<i32, (f64, f64)>> {
    let t = store.read("cow_capitals", None)?;
    let mut out = HashMap::new();
    for row in 0..t.rows() {
        let day = |name: &str| t.get(name).and_then(|c| c.int(row)).map(year_of);
        let (Some(code), Some(from), Some(to)) =
            (int(&t, "ccode", row), day("stdate"), day("enddate"))
        else {
            continue;
        };
        let Some(year) = when.get(&code) else {
            continue;
        };
        if let (true, Some(lat), Some(lng)) = (
            from <= *year && *year <= to,
            float(&t, "lat", row),
            float(&t, "lng", row),
        ) {
            out.insert(code, (lat, lng));
        }
    }
    Ok(out)
}

/// Borders as they are when the later of the two is a member.
fn borders(store: &Store, by_code: &ByCode, entered: &HashMap<i32, i32>) -> Outcome<Vec<Border>> {
    let t = store.read("cow_contdir", None)?;
    let mut best: BTreeMap<(usize, usize), bool> = BTreeMap::new();
    for row in 0..t.rows() {
        let day = |name: &str| t.get(name).and_then(|c| c.int(row)).map(year_of);
        let (Some(kind), Some(from), Some(to)) =
            (int(&t, "conttype", row), day("stdate"), day("enddate"))
        else {
            continue;
        };
        let entry = |name| int(&t, name, row).and_then(|c| entered.get(&c).copied());
        let (Some(x), Some(y)) = (entry("ccode1"), entry("ccode2")) else {
            continue;
        };
        let year = x.max(y);
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

/// Peace years of pairs, their past disputes, and who began.
fn before_start(store: &Store, year: i32, by_code: &ByCode, world: &mut World) -> Outcome<()> {
    let since = relevant_since(store, year, by_code)?;
    let names = [
        "ccode1",
        "ccode2",
        "year",
        "gmlmidonset",
        "sidea1",
        "orig1",
        "orig2",
    ];
    let t = store.read("gml_mid_ddydisps", Some(&names))?;
    let mut last = since.clone();
    let mut past: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    world.conduct = vec![(0.0, 0.0); world.states.len()];
    for row in 0..t.rows() {
        let state = |name| int(&t, name, row).and_then(|c| by_code.get(&c).copied());
        let (Some(a), Some(b), Some(y)) = (state("ccode1"), state("ccode2"), int(&t, "year", row))
        else {
            continue;
        };
        if y >= year {
            continue;
        }
        let is = |n: &str| int(&t, n, row) == Some(1);
        let weight = FADE.powi(year - y);
        if a < b {
            let known = last.entry((a, b)).or_insert(y + 1);
            *known = (y + 1).max(*known);
            if is("gmlmidonset") {
                *past.entry((a, b)).or_default() += weight;
            }
        }
        if is("gmlmidonset") && is("sidea1") && is("orig1") && is("orig2") {
            world.conduct[a].0 += weight;
            world.conduct[b].1 += weight;
        }
    }
    world.fighting = fighting(store, year, by_code)?;
    let years = |y: i32| (year - y).clamp(0, 200) as u16;
    world.quiet = last
        .into_iter()
        .map(|((a, b), y)| (a, b, years(y)))
        .collect();
    world.past = past.into_iter().map(|((a, b), x)| (a, b, x)).collect();
    Ok(())
}

/// States at war in the year before.
fn fighting(store: &Store, year: i32, by_code: &ByCode) -> Outcome<Vec<usize>> {
    let t = store.read("cow_war_inter", Some(&["ccode1", "year"]))?;
    let mut out: Vec<usize> = (0..t.rows())
        .filter(|r| int(&t, "year", *r) == Some(year - 1))
        .filter_map(|r| by_code.get(&int(&t, "ccode1", r)?).copied())
        .collect();
    out.sort_unstable();
    out.dedup();
    Ok(out)
}

/// The year since which each relevant pair is one: both members, and neighbours or one a
/// major power.
fn relevant_since(
    store: &Store,
    year: i32,
    by_code: &ByCode,
) -> Outcome<BTreeMap<(usize, usize), i32>> {
    let all = members(store, year, year)?;
    let since: HashMap<usize, i32> = all
        .iter()
        .filter_map(|m| {
            let spell = m.spells.iter().find(|s| s.0 <= year && s.1 >= year)?;
            Some((*by_code.get(&m.code)?, spell.0 - 1))
        })
        .collect();
    let mut out: BTreeMap<(usize, usize), i32> = BTreeMap::new();
    let mut note = |a: usize, b: usize, from: i32| {
        let (Some(x), Some(y)) = (since.get(&a), since.get(&b)) else {
            return;
        };
        let from = from.max(*x).max(*y);
        let known = out.entry((a.min(b), a.max(b))).or_insert(from);
        *known = from.min(*known);
    };
    let t = store.read("cow_contdir", None)?;
    for row in 0..t.rows() {
        let day = |name: &str| t.get(name).and_then(|c| c.int(row)).map(year_of);
        let state = |name| int(&t, name, row).and_then(|c| by_code.get(&c).copied());
        if let (Some(a), Some(b), Some(from), Some(to)) = (
            state("ccode1"),
            state("ccode2"),
            day("stdate"),
            day("enddate"),
        ) && from < year
            && to >= year
            && int(&t, "conttype", row) != Some(0)
        {
            note(a, b, from);
        }
    }
    let t = store.read("cow_majors", None)?;
    for row in 0..t.rows() {
        let (Some(c), Some(from), Some(to)) = (
            int(&t, "ccode", row),
            int(&t, "styear", row),
            int(&t, "endyear", row),
        ) else {
            continue;
        };
        if let (Some(a), true) = (by_code.get(&c), from < year && to >= year) {
            by_code
                .values()
                .filter(|b| *b != a)
                .for_each(|b| note(*a, *b, from));
        }
    }
    Ok(out)
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
