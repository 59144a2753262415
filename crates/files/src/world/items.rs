//! States, leaders and institutions of a world.

use super::cells::{Beside, Item, rows};
use super::{Codes, codes};
use crate::library::Chosen;
use crate::table::{Context, Table};
use raison_core::world::{Institution, Seat, WorldState};
use raison_core::{Date, Diagnostic, Domain, SourceMap, Span};

const STATE: &[&str] = &[
    "code",
    "name",
    "region",
    "share",
    "gdp",
    "population",
    "democracy",
    "growth",
    "major",
    "nuclear",
    "lat",
    "lon",
];
const SEAT: &[&str] = &[
    "state", "name", "born", "profile", "doctrine", "personal", "until",
];
const INSTITUTION: &[&str] = &["id", "name", "members", "open"];

const POSITIVE: Domain = Domain {
    low: 1e-9,
    high: 1e12,
};
const POLITY: Domain = Domain {
    low: -10.0,
    high: 10.0,
};
const GROWTH: Domain = Domain {
    low: -0.5,
    high: 0.5,
};

/// A number in few digits: powers of ten where there would be many.
pub(super) fn short(x: f64) -> String {
    match x.abs() {
        a if a != 0.0 && !(1e-6..1e9).contains(&a) => format!("{x:e}"),
        _ => format!("{x}"),
    }
}

/// A share that is none.
pub(super) fn bad_share(x: f64, at: Span) -> Diagnostic {
    let problem = Diagnostic::error(codes::BAD_SHARE, format!("the share is {}", short(x)));
    let problem = problem.at(at, "not from 0 to 1");
    if x < 0.0 {
        return Diagnostic::error(
            codes::NEGATIVE,
            format!("a capability or share of {}", short(x)),
        )
        .at(at, "below 0")
        .help("shares of capabilities go from 0 to 1");
    }
    problem.help("write 12 per cent as 0.12")
}

/// A quantity that is not above zero.
pub(super) fn bad_quantity(x: f64, at: Span) -> Diagnostic {
    let problem = Diagnostic::error(codes::NEGATIVE, format!("a quantity of {}", short(x)));
    if x > 0.0 {
        let ends = format!("{} to {}", short(POSITIVE.low), short(POSITIVE.high));
        return problem
            .at(at, format!("not within {ends}"))
            .help("check the unit: docs/file-formats.md has that of every quantity");
    }
    problem
        .at(at, "has to be above 0")
        .help("leave the item out where there is nothing")
}

fn bad_score(x: f64, at: Span) -> Diagnostic {
    Diagnostic::error(
        crate::codes::OUT_OF_DOMAIN,
        format!("the score is {}", short(x)),
    )
    .at(at, "outside its scale")
    .help("democracy goes from -10 to 10 (Polity), growth from -0.5 to 0.5 a year")
}

pub(super) fn states(
    top: &Table<'_>,
    sources: &mut SourceMap,
    beside: &Beside<'_>,
    ctx: &mut Context<'_>,
) -> Vec<WorldState> {
    let mut out: Vec<WorldState> = Vec::new();
    for row in &rows(top, "states", STATE, sources, beside, ctx) {
        let bare = Item::new(row, String::new(), top, ctx);
        let Some((code, at)) = bare.needed("code", "three capital letters", ctx) else {
            continue;
        };
        if !crate::case::is_state(code) {
            ctx.report(
                Diagnostic::error(
                    crate::codes::UNKNOWN_WORD,
                    format!("`{code}` is no state code"),
                )
                .at(at, "")
                .help("a state has three capital letters, such as IRN"),
            );
        }
        if let Some(first) = out.iter().find(|s| s.code == code) {
            let mut d = Diagnostic::error(codes::SAME_STATE, format!("`{code}` stands twice"))
                .at(at, "again here");
            if let Some(span) = first.span {
                d = d.also(span, "first here");
            }
            ctx.report(d);
            continue;
        }
        out.push(state(code, row, top, ctx));
    }
    out
}

fn state(
    code: &str,
    row: &crate::csv_rows::Row,
    top: &Table<'_>,
    ctx: &mut Context<'_>,
) -> WorldState {
    let item = Item::new(row, format!("states.{code}."), top, ctx);
    WorldState {
        code: code.to_owned(),
        name: item.text("name").map_or(code, |t| t.0).to_owned(),
        region: item
            .needed("region", "its region", ctx)
            .map_or("", |t| t.0)
            .to_owned(),
        share: item.num("share", Domain::UNIT, None, &bad_share, ctx),
        gdp: item.num("gdp", POSITIVE, None, &bad_quantity, ctx),
        population: item.num("population", POSITIVE, None, &bad_quantity, ctx),
        democracy: item.num("democracy", POLITY, None, &bad_score, ctx),
        growth: item.num("growth", GROWTH, Some(0.0), &bad_score, ctx),
        major: item.yes("major", ctx),
        nuclear: item.yes("nuclear", ctx),
        capital: (
            item.plain("lat", ctx).unwrap_or(0.0),
            item.plain("lon", ctx).unwrap_or(0.0),
        ),
        seats: Vec::new(),
        span: Some(row.span),
    }
}

/// A seat with the slugs that it names.
pub(super) struct Seated {
    pub state: usize,
    pub seat: Seat,
    pub leader: Option<(Chosen, Option<Span>)>,
    pub doctrine: Option<(Chosen, Option<Span>)>,
    pub personal: bool,
}

impl Seated {
    /// A seat that nobody is named for.
    pub fn vacant(state: usize) -> Seated {
        Seated {
            state,
            seat: Seat {
                name: String::new(),
                mind: None,
                born: None,
                until: None,
            },
            leader: None,
            doctrine: None,
            personal: false,
        }
    }
}

pub(super) fn seats(
    top: &Table<'_>,
    states: &Codes<'_>,
    sources: &mut SourceMap,
    beside: &Beside<'_>,
    ctx: &mut Context<'_>,
) -> Vec<Seated> {
    let mut out = Vec::new();
    for row in &rows(top, "leaders", SEAT, sources, beside, ctx) {
        let item = Item::new(row, String::new(), top, ctx);
        let Some((code, at)) = item.needed("state", "whose leader", ctx) else {
            continue;
        };
        let Some(state) = states.find(code, at, ctx) else {
            continue;
        };
        let slug = |key| {
            item.text(key)
                .map(|(s, at)| (Chosen::Slug(s.to_owned()), Some(at)))
        };
        let born = item.plain("born", ctx).map(|y| y as i16);
        out.push(Seated {
            state,
            leader: slug("profile"),
            doctrine: slug("doctrine"),
            personal: item.yes("personal", ctx),
            seat: Seat {
                name: item.text("name").map_or("", |t| t.0).to_owned(),
                mind: None,
                born,
                until: until(&item, ctx),
            },
        });
    }
    out
}

fn until(item: &Item<'_>, ctx: &mut Context<'_>) -> Option<Date> {
    let (text, at) = item.text("until")?;
    let date = text.parse::<Date>().ok();
    if date.is_none() {
        ctx.report(
            Diagnostic::error(crate::codes::WRONG_TYPE, format!("`{text}` is no date"))
                .at(at, "")
                .help("write it as 1989-06-03"),
        );
    }
    date
}

pub(super) fn institutions(
    top: &Table<'_>,
    states: &Codes<'_>,
    sources: &mut SourceMap,
    beside: &Beside<'_>,
    ctx: &mut Context<'_>,
) -> Vec<Institution> {
    let mut out = Vec::new();
    for row in &rows(top, "institutions", INSTITUTION, sources, beside, ctx) {
        let item = Item::new(row, String::new(), top, ctx);
        let Some((id, _)) = item.needed("id", "a short name", ctx) else {
            continue;
        };
        let mut members: Vec<usize> = item
            .list("members")
            .into_iter()
            .filter_map(|(code, at)| states.find(code, at, ctx))
            .collect();
        members.sort_unstable();
        members.dedup();
        out.push(Institution {
            id: id.to_owned(),
            name: item.text("name").map_or(id, |t| t.0).to_owned(),
            members,
            open: item.yes("open", ctx),
        });
    }
    out
}
