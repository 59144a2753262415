//! World files: states, ties and what else a simulated system starts from.
//!
//! Items (states, borders, ties, corridors …) stand in tables of the file or in a CSV
//! file beside it; both have the same columns.

mod cells;
pub mod codes;
mod items;
mod network;
mod parameters;
mod repeats;

pub use cells::Beside;
pub use parameters::defaults;

use crate::library::{Chosen, Kind, Loader, Parsed};
use crate::suggest::did_you_mean;
use crate::table::{Context, Table};
use items::Seated;
use raison_core::world::{Mind, Seat, World};
use raison_core::{Date, Diagnostic, Inputs, SourceMap, Span};
use std::collections::HashMap;

const KEYS: &[&str] = &[
    "kind",
    "title",
    "summary",
    "start",
    "gaps",
    "states",
    "borders",
    "history",
    "leaders",
    "institutions",
    "movements",
    "sponsorships",
    "ties",
    "corridors",
    "parameters",
];

/// Most states of a world.
pub const MOST_STATES: usize = 400;

/// Which leaders and doctrines to put into a world, where not its own: state code, kind,
/// what to put there.
pub type Swaps = [(String, Kind, Chosen)];

struct Read {
    world: World,
    seats: Vec<Seated>,
}

/// Codes of the states with their indices.
struct Codes<'w> {
    map: HashMap<&'w str, usize>,
}

impl Codes<'_> {
    fn find(&self, code: &str, at: Span, ctx: &mut Context<'_>) -> Option<usize> {
        let found = self.map.get(code).copied();
        if found.is_none() {
            let mut near: Vec<&str> = self.map.keys().copied().collect();
            near.sort_unstable();
            ctx.report(
                Diagnostic::error(
                    codes::UNKNOWN_STATE,
                    format!("`{code}` is no state of this world"),
                )
                .at(at, "named here")
                .help_if(did_you_mean(code, near))
                .help("add it to `states`, or take it out here"),
            );
        }
        found
    }
}

fn read(
    id: &str,
    top: &Table<'_>,
    sources: &mut SourceMap,
    beside: &Beside<'_>,
    ctx: &mut Context<'_>,
) -> Read {
    top.know(ctx, KEYS);
    let mut world = World {
        id: id.to_owned(),
        title: top.text("title", "a short title", ctx),
        summary: top.opt_text("summary", ctx).unwrap_or_default(),
        start: start(top, ctx),
        gaps: top.texts("gaps", ctx).into_iter().map(|(g, _)| g).collect(),
        ..World::default()
    };
    world.states = items::states(top, sources, beside, ctx);
    count(top, world.states.len(), ctx);
    whole(top, &world.states, ctx);
    let names: Vec<String> = world.states.iter().map(|s| s.code.clone()).collect();
    let codes = Codes {
        map: names
            .iter()
            .enumerate()
            .map(|(i, c)| (c.as_str(), i))
            .collect(),
    };
    let seats = items::seats(top, &codes, world.start, sources, beside, ctx);
    world.borders = network::borders(top, &codes, sources, beside, ctx);
    network::history(top, &codes, sources, beside, ctx, &mut world);
    world.ties = network::ties(top, &codes, sources, beside, ctx);
    world.corridors = network::corridors(top, &codes, world.start, sources, beside, ctx);
    gone(top, &world, &seats, ctx);
    world.institutions = items::institutions(top, &codes, sources, beside, ctx);
    world.movements = network::movements(top, &codes, sources, beside, ctx);
    parameters::read(top, ctx);
    Read { world, seats }
}

fn start(top: &Table<'_>, ctx: &mut Context<'_>) -> i16 {
    let Some(v) = top.raw("start", ctx) else {
        top.missing(ctx, "start", "the first year that is simulated");
        return 2000;
    };
    match crate::number::scalar(v.value) {
        Ok(x) if (1500.0..=2500.0).contains(&x) && x.fract() == 0.0 => x as i16,
        _ => {
            ctx.report(
                Diagnostic::error(codes::BAD_YEAR, "`start` is no year that can be simulated")
                    .at(v.span, "")
                    .help("write a year from 1500 to 2500, such as `start = 2010`"),
            );
            2000
        }
    }
}

fn count(top: &Table<'_>, states: usize, ctx: &mut Context<'_>) {
    if !(2..=MOST_STATES).contains(&states) {
        ctx.report(
            Diagnostic::error(codes::STATE_COUNT, format!("a world of {states} states"))
                .at(top.span, "")
                .help(format!("a world has from 2 to {MOST_STATES} states")),
        );
    }
}

/// Warns of shares that sum to more than the whole. They are divided by their sum, so the
/// world can be simulated; but shares of another whole were mixed, or one is mistyped.
fn whole(top: &Table<'_>, states: &[raison_core::world::WorldState], ctx: &mut Context<'_>) {
    let shares = states.iter().map(|s| ctx.inputs.get(s.share).amount);
    let sum: f64 = shares.map(|amount| amount.central()).sum();
    // Of shares that could not be read something else is told already.
    let read = |s: &raison_core::world::WorldState| ctx.inputs.get(s.share).span.is_some();
    if !states.is_empty() && states.iter().all(read) && sum <= 0.0 {
        ctx.report(
            Diagnostic::error(codes::BAD_SHARE, "no state has a share above 0")
                .at(top.span, "in this world")
                .help("write each state's share of the capabilities of all, such as `share = 0.2`"),
        );
    }
    if sum > 1.0 + 1e-4 {
        ctx.report(
            Diagnostic::warning(
                codes::SHARES_OF_ALL,
                format!("the shares of all states sum to {sum:.4}"),
            )
            .at(top.span, "in this world")
            .note("they are divided by their sum: no state has the share that is written")
            .help("write shares of one whole, such as all states of the year"),
        );
    }
}

/// Refuses leaders who have left before the world begins.
fn gone(top: &Table<'_>, world: &World, seats: &[Seated], ctx: &mut Context<'_>) {
    let early = seats.iter().filter_map(|s| Some((s, s.seat.until?)));
    for (seated, until) in early.filter(|(_, until)| until.year() < world.start) {
        let code = world
            .states
            .get(seated.state)
            .map_or("", |s| s.code.as_str());
        let who = match seated.seat.name.as_str() {
            "" => "a leader".to_owned(),
            name => format!("`{name}`"),
        };
        ctx.report(
            Diagnostic::error(
                crate::codes::OUT_OF_DOMAIN,
                format!(
                    "{who} of {code} leaves at {until}, before the world begins in {}",
                    world.start
                ),
            )
            .at(top.span, "in this world")
            .help("leave out who has gone by then, or correct `until`"),
        );
    }
}

impl Loader<'_> {
    /// Reads a world with its leaders and doctrines; `swaps` replace them.
    pub fn world(
        &mut self,
        id: &str,
        parsed: &Parsed,
        beside: &Beside<'_>,
        swaps: &Swaps,
    ) -> Option<World> {
        let mut inputs = Inputs::default();
        let read = self.walk(parsed, &mut inputs, "", |top, sources, ctx| {
            read(id, top, sources, beside, ctx)
        })?;
        let mut world = read.world;
        world.inputs = inputs;
        let mut minds = Minds::default();
        self.seat_all(&mut world, read.seats, swaps, &mut minds);
        for state in &mut world.states {
            if state.seats.is_empty() {
                state.seats.push(raison_core::world::Seat {
                    name: String::new(),
                    mind: None,
                    born: None,
                    until: None,
                });
            }
        }
        world.minds = minds.list;
        self.check_aims(&world);
        Some(world)
    }

    fn seat_all(
        &mut self,
        world: &mut World,
        mut seats: Vec<Seated>,
        swaps: &Swaps,
        minds: &mut Minds,
    ) {
        self.swap(world, &mut seats, swaps);
        for seated in seats {
            let mind = self.mind(&seated, minds);
            let seat = seat(&seated, mind, minds);
            if let Some(state) = world.states.get_mut(seated.state) {
                state.seats.push(seat);
            }
        }
    }

    /// Puts other leaders and doctrines into seats; a state without a seat gets one.
    fn swap(&mut self, world: &World, seats: &mut Vec<Seated>, swaps: &Swaps) {
        let codes: Vec<&str> = world.states.iter().map(|s| s.code.as_str()).collect();
        // Leaders first: a doctrine that is put in stays, whoever governs.
        let leaders = swaps.iter().filter(|s| s.1 == Kind::Leader);
        let rest = swaps.iter().filter(|s| s.1 != Kind::Leader);
        for (code, kind, chosen) in leaders.chain(rest) {
            let Some(state) = codes.iter().position(|c| c == code) else {
                let near = did_you_mean(code, codes.iter().copied());
                self.problems.push(
                    Diagnostic::error(
                        codes::UNKNOWN_STATE,
                        format!("`{code}` is no state of `{}`", world.id),
                    )
                    .help_if(near),
                );
                continue;
            };
            if !seats.iter().any(|s| s.state == state) {
                seats.push(Seated::vacant(state));
            }
            let mut own = seats.iter_mut().filter(|s| s.state == state);
            match kind {
                // One leader takes the place of one: of who governs at the start.
                Kind::Leader => {
                    if let Some(seat) = own.next() {
                        // A doctrine of the one who goes goes too.
                        if seat.personal {
                            seat.doctrine = None;
                            seat.personal = false;
                        }
                        seat.leader = Some((chosen.clone(), None));
                        seat.put = true;
                    }
                }
                // A doctrine is the state's: everyone who is named governs by it.
                _ => own.for_each(|seat| seat.doctrine = Some((chosen.clone(), None))),
            }
        }
    }

    /// Puts leaders and doctrines into a world that names none, such as one of the record.
    pub fn people(&mut self, world: &mut World, swaps: &Swaps) {
        let mut seats = Vec::new();
        let mut minds = Minds::default();
        self.swap(world, &mut seats, swaps);
        for seated in seats {
            let mind = self.mind(&seated, &mut minds);
            let state = world.states.get_mut(seated.state);
            if let Some(first) = state.and_then(|s| s.seats.first_mut()) {
                *first = seat(&seated, mind, &minds);
            }
        }
        world.minds = minds.list;
        self.check_aims(world);
    }

    fn mind(&mut self, seated: &Seated, minds: &mut Minds) -> Option<usize> {
        if seated.leader.is_none() && seated.doctrine.is_none() {
            return None;
        }
        let name = |c: &Option<(Chosen, Option<Span>)>| match c {
            Some((Chosen::Slug(s), _)) => s.clone(),
            Some((Chosen::Loose(_, name, _), _)) => name.clone(),
            None => String::new(),
        };
        let key = (
            name(&seated.leader),
            name(&seated.doctrine),
            seated.personal,
        );
        if let Some(at) = minds.keys.iter().position(|k| *k == key) {
            return Some(at);
        }
        let mut inputs = Inputs::default();
        let until: Option<Date> = None;
        let leader = seated
            .leader
            .as_ref()
            .and_then(|(chosen, at)| self.leader(chosen, *at, "leader.", until, &mut inputs));
        let doctrine = seated
            .doctrine
            .as_ref()
            .and_then(|(chosen, at)| self.doctrine(chosen, *at, "doctrine.", &mut inputs));
        minds.keys.push(key);
        minds.list.push(Mind {
            leader,
            doctrine,
            personal: seated.personal,
            inputs,
        });
        Some(minds.list.len() - 1)
    }

    /// Warns of pillars that aim at what no world measures, or at a state outside.
    fn check_aims(&mut self, world: &World) {
        for doctrine in world.minds.iter().filter_map(|m| m.doctrine.as_ref()) {
            for pillar in &doctrine.pillars {
                for aim in &pillar.aims {
                    let m = &aim.measure;
                    let outside = m.on.as_ref().filter(|on| world.state(on).is_none());
                    if let Some(on) = outside {
                        let text = format!(
                            "pillar `{}` of `{}` aims at `{m}`, but `{on}` is no state of this world",
                            pillar.id, doctrine.id
                        );
                        let mut d = Diagnostic::warning(codes::AIM_OUTSIDE, text)
                            .note("the aim moves nothing here");
                        if let Some(at) = pillar.span {
                            d = d.at(at, "this pillar");
                        }
                        self.problems.push(d);
                    }
                }
            }
        }
    }

    /// Reads a world of the shelf.
    pub fn shelf_world(&mut self, slug: &str, swaps: &Swaps) -> Option<World> {
        let shelf = self.shelf();
        let path = crate::library::path(Kind::World, slug);
        let Some((name, bytes)) = shelf.read(&path) else {
            self.unknown_slug(Kind::World, slug, None);
            return None;
        };
        let parsed = self.parse(&name, &bytes)?;
        let beside = |name: &str| shelf.read(&format!("worlds/{name}"));
        self.world(slug, &parsed, &beside, swaps)
    }
}

/// The seat with its mind; a leader who was put in has the name and the year of birth of
/// the profile, and no date at which the other one left.
fn seat(seated: &Seated, mind: Option<usize>, minds: &Minds) -> Seat {
    let mut seat = seated.seat.clone();
    seat.mind = mind;
    let leader = mind.and_then(|m| minds.list.get(m)?.leader.as_ref());
    if let (true, Some(leader)) = (seated.put, leader) {
        seat.name = leader.name.clone();
        seat.born = leader.born;
        seat.until = None;
    }
    seat
}

#[derive(Default)]
struct Minds {
    keys: Vec<(String, String, bool)>,
    list: Vec<Mind>,
}
