//! The ties of a world's start as a table: how strong each is, how it is known, and from
//! where.

use crate::params::Params;
use crate::snapshot::Snapshot;
use crate::system::System;
use raison_core::world::{Corridor, Layer, Mark, Obligations, Tie};
use raison_core::{Draw, Input, Provenance};
use raison_record::column::WordsBuilder;
use raison_record::{Column, Table};
use std::collections::{BTreeSet, HashSet};

/// The word for rows that are borders.
pub const BORDER: &str = "border";

/// A row of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Layer, or [`BORDER`].
    pub layer: &'static str,
    /// Who depends, consumes or is obliged.
    pub from: usize,
    /// On whom.
    pub to: usize,
    /// Strength: central value, lowest and highest.
    pub weight: [f64; 3],
    /// What the weight counts.
    pub unit: &'static str,
    /// States that it passes through, or that a corridor crosses between its ends.
    pub through: Vec<usize>,
    /// What a pact obliges to.
    pub obligations: Obligations,
    /// How it is known.
    pub mark: Mark,
    /// Keys of works, or what stands for them.
    pub source: String,
    /// A corridor's or institutions' names.
    pub name: String,
}

/// Every tie of the start: those of the world, its corridors and borders, named
/// institutions that two states share, and between members of the system that no tie of
/// trade connects the flow that gravity gives.
pub fn rows(system: &System) -> Vec<Row> {
    let world = &system.world;
    let mut out: Vec<Row> = world.ties.iter().map(|t| stated(system, t)).collect();
    out.extend(gravity(system));
    out.extend(world.corridors.iter().filter_map(|c| corridor(system, c)));
    out.extend(named(system));
    out.extend(borders(system));
    out.sort_by_key(|r| place(r.layer));
    out
}

fn place(layer: &str) -> usize {
    Layer::of(layer).map_or(Layer::ALL.len(), |l| l as usize)
}

fn unit(layer: Layer) -> &'static str {
    match layer {
        Layer::Alliance => "pact",
        Layer::Trade => "million US dollars a year",
        Layer::Corridor => "million tons a year",
        Layer::Presence => "thousand troops",
        Layer::Institutions => "institutions",
        Layer::Energy | Layer::Payments | Layer::Arms | Layer::Technology => "share",
    }
}

fn row(layer: Layer, (from, to): (usize, usize), weight: [f64; 3], mark: Mark) -> Row {
    Row {
        layer: layer.word(),
        from,
        to,
        weight,
        unit: unit(layer),
        through: Vec::new(),
        obligations: Obligations::default(),
        mark,
        source: String::new(),
        name: String::new(),
    }
}

/// A tie that the world holds. One that the user sets is stated by the user.
fn stated(system: &System, t: &Tie) -> Row {
    let input = system.world.inputs.get(t.weight);
    let keys: Vec<&str> = t.sources.iter().map(|s| s.key.as_str()).collect();
    let set = input.provenance == Provenance::Set;
    Row {
        through: t.through.clone(),
        obligations: t.obligations,
        source: match keys.is_empty() || set {
            true => origin(input),
            false => keys.join("; "),
        },
        ..row(
            t.layer,
            (t.from, t.to),
            spread(input),
            if set { Mark::Stated } else { t.mark },
        )
    }
}

/// Where a number is from.
fn origin(input: &Input) -> String {
    match &input.provenance {
        Provenance::Source(works) => {
            let keys: Vec<&str> = works.iter().map(|s| s.key.as_str()).collect();
            keys.join("; ")
        }
        Provenance::Judgement(_) => "judgement".to_owned(),
        Provenance::Set => "set by the user".to_owned(),
        Provenance::Assumed(_) => "assumed".to_owned(),
        Provenance::Unstated => "neither source nor judgement".to_owned(),
    }
}

fn spread(input: &Input) -> [f64; 3] {
    let (low, high) = input.amount.ends();
    [input.amount.central(), low, high]
}

/// Flows of trade that no tie states, by gravity at central values.
fn gravity(system: &System) -> Vec<Row> {
    let values = system.world.inputs.central();
    let draw = Draw(&values);
    let start = Snapshot::start(system, draw, &Params::of(&system.world, draw));
    let trade = system.world.ties.iter().filter(|t| t.layer == Layer::Trade);
    let known: HashSet<(usize, usize)> = trade
        .map(|t| (t.from.min(t.to), t.from.max(t.to)))
        .collect();
    let n = system.n;
    let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
    pairs
        .filter(|(i, j)| start.active[*i] && start.active[*j] && !known.contains(&(*i, *j)))
        .map(|(i, j)| Row {
            source: "gravity".to_owned(),
            ..row(
                Layer::Trade,
                (i, j),
                [f64::from(start.trade[i * n + j]); 3],
                Mark::Estimated,
            )
        })
        .collect()
}

fn corridor(system: &System, c: &Corridor) -> Option<Row> {
    let (from, to) = (*c.through.first()?, *c.through.last()?);
    let input = system.world.inputs.get(c.capacity);
    let inner = c.through.len().saturating_sub(1);
    Some(Row {
        through: c.through.get(1..inner).unwrap_or_default().to_vec(),
        source: origin(input),
        name: c.name.clone(),
        ..row(Layer::Corridor, (from, to), spread(input), c.mark)
    })
}

/// Named institutions that two states share.
fn named(system: &System) -> Vec<Row> {
    let list = &system.world.institutions;
    let members: BTreeSet<usize> = list.iter().flat_map(|i| i.members.clone()).collect();
    let mut out = Vec::new();
    for a in &members {
        for b in members.range(a + 1..) {
            let both = list
                .iter()
                .filter(|i| i.members.contains(a) && i.members.contains(b));
            let names: Vec<&str> = both.map(|i| i.name.as_str()).collect();
            if names.is_empty() {
                continue;
            }
            let count = [names.len() as f64; 3];
            out.push(Row {
                name: names.join("; "),
                source: "members of the institutions".to_owned(),
                ..row(Layer::Institutions, (*a, *b), count, Mark::Stated)
            });
        }
    }
    out
}

fn borders(system: &System) -> impl Iterator<Item = Row> {
    let world = &system.world;
    let recorded = world.id.starts_with("record:");
    world.borders.iter().map(move |b| Row {
        layer: BORDER,
        unit: if b.land { "by land" } else { "over water" },
        source: if recorded { "stinnett-2002" } else { "" }.to_owned(),
        ..row(
            Layer::Alliance,
            (b.a, b.b),
            [1.0; 3],
            if recorded {
                Mark::Recorded
            } else {
                Mark::Stated
            },
        )
    })
}

/// The words for what a pact obliges to.
fn obliges(o: Obligations) -> String {
    let all = [
        (o.defence, "defence"),
        (o.offence, "offence"),
        (o.neutrality, "neutrality"),
        (o.nonaggression, "nonaggression"),
        (o.consultation, "consultation"),
    ];
    let words: Vec<&str> = all.iter().filter(|x| x.0).map(|x| x.1).collect();
    words.join(" ")
}

/// The rows as a table, with the distance of the two capitals in km.
pub fn table(system: &System) -> Table {
    let rows = rows(system);
    let words = |f: &dyn Fn(&Row) -> String| {
        let mut w = WordsBuilder::default();
        for r in &rows {
            let text = f(r);
            w.push((!text.is_empty()).then_some(text.as_str()));
        }
        w.finish()
    };
    let numbers = |f: &dyn Fn(&Row) -> f64| Column::Float(rows.iter().map(f).collect());
    let codes = |list: &[usize]| {
        let codes: Vec<&str> = list.iter().map(|i| system.code(*i)).collect();
        codes.join(" ")
    };
    let mut t = Table::default();
    t.set("layer", words(&|r| r.layer.to_owned()));
    t.set("from", words(&|r| system.code(r.from).to_owned()));
    t.set("to", words(&|r| system.code(r.to).to_owned()));
    t.set("weight", numbers(&|r| r.weight[0]));
    t.set("weight_low", numbers(&|r| r.weight[1]));
    t.set("weight_high", numbers(&|r| r.weight[2]));
    t.set("unit", words(&|r| r.unit.to_owned()));
    t.set("through", words(&|r| codes(&r.through)));
    t.set("obligations", words(&|r| obliges(r.obligations)));
    t.set("mark", words(&|r| r.mark.word().to_owned()));
    t.set("source", words(&|r| r.source.clone()));
    t.set("name", words(&|r| r.name.clone()));
    t.set("distance", numbers(&|r| system.km(r.from, r.to)));
    t
}

/// How many ties of a layer are recorded, stated and estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Layer, or [`BORDER`].
    pub layer: &'static str,
    /// Recorded, stated, estimated.
    pub marks: [usize; 3],
}

/// Counts of the layers that have any tie, in the order of layers, borders last.
pub fn counts(system: &System) -> Vec<Counted> {
    let mut out: Vec<Counted> = Vec::new();
    for r in rows(system) {
        let at = match out.iter().position(|c| c.layer == r.layer) {
            Some(at) => at,
            None => {
                let marks = [0; 3];
                out.push(Counted {
                    layer: r.layer,
                    marks,
                });
                out.len() - 1
            }
        };
        out[at].marks[r.mark as usize] += 1;
    }
    out
}
