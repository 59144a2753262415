//! `case.toml` into a checked case, part by part.

mod alternatives;
mod analogies;
mod decider;
mod game;
mod organizations;
mod players;
mod players_csv;
mod process;

pub use alternatives::{is_state, measure};
pub(crate) use decider::state;
pub use decider::{References, UNIT_KINDS};
pub(crate) use players::QUOTA;

use crate::table::{Context, Table};
use raison_core::{
    Case, Date, Domain, Inputs, Problems, Question, Situation, SourceMap, Uncertain,
};

/// Keys at the top of a case file.
const KEYS: &[&str] = &[
    "kind",
    "title",
    "question",
    "summary",
    "aftermath",
    "decided",
    "information_until",
    "status_quo",
    "coded_knowing_outcome",
    "decider",
    "opponent",
    "situation",
    "criteria",
    "alternatives",
    "rational",
    "organizations",
    "organizational",
    "dimensions",
    "players",
    "channel",
    "analogies",
    "observed",
    "traces",
    "game",
];

/// Reads a file that stands beside the case, by its plain file name: the name to show
/// and the bytes.
pub type Beside<'b> = dyn Fn(&str) -> Option<(String, Vec<u8>)> + 'b;

/// A case with the slugs of other files that it names.
pub struct Read {
    /// The case; leader and doctrine are not filled in yet.
    pub case: Case,
    /// What it refers to.
    pub references: References,
}

/// Reads a case. The result is whole as far as it could be read; it is not to be used
/// where `ctx` holds errors.
pub fn read(
    id: &str,
    top: &Table<'_>,
    sources: &mut SourceMap,
    beside: &Beside<'_>,
    ctx: &mut Context<'_>,
) -> Option<Read> {
    top.know(ctx, KEYS);
    let day = top.date("decided", "the day of the decision", ctx);
    let last = top.date(
        "information_until",
        "nothing later is read by any lens",
        ctx,
    );
    // Without a date the rest is still read, so that every problem is reported.
    let decided = day.or(last).unwrap_or(Date::MAX);
    let until = last.unwrap_or(decided);
    if until > decided {
        process::too_late(top, "information_until", "later than `decided`", ctx);
    }
    let criteria = alternatives::criteria(top, ctx);
    let dimensions = players::dimensions(top, ctx);
    let alternatives = alternatives::read(top, &criteria, &dimensions, ctx);
    let (decider, references) = decider::read(top, ctx);
    let opponent = decider::opponent(top, ctx);
    let features = decider::features(top, "situation", ctx);
    let organizations = organizations::read(top, &criteria, &alternatives, ctx);
    let players = players::read(top, &dimensions, sources, beside, ctx);
    let channel = players::channel(top, &players, ctx);
    let analogies = analogies::read(top, &alternatives, until, ctx);
    let game = game::read(top, &alternatives, ctx);
    let rational = top.table("rational", ctx);
    if let Some(table) = &rational {
        table.know(ctx, &["risk_aversion", "aspiration"]);
    }
    let risk = Domain {
        low: -10.0,
        high: 10.0,
    };
    let situation = Situation {
        id: id.to_owned(),
        title: top.text("title", "a short title", ctx),
        question: top.text("question", "the question in one sentence", ctx),
        decided,
        information_until: until,
        status_quo: process::alternative_of(top, "status_quo", &alternatives, ctx),
        risk_aversion: rational
            .as_ref()
            .and_then(|t| t.opt_num("risk_aversion", risk, ctx)),
        aspiration: rational
            .as_ref()
            .and_then(|t| t.opt_num("aspiration", Domain::UNIT, ctx)),
        deadline: organizations::deadline(top, ctx),
        alternatives,
        criteria,
        features,
        opponent: opponent.map(|(o, _)| o),
        organizations,
        dimensions,
        players,
        channel,
        analogies,
        game,
    };
    let observed = process::observed(top, &situation, ctx);
    let marks = process::marks(top, ctx);
    let case = Case {
        summary: top.opt_text("summary", ctx).unwrap_or_default(),
        aftermath: top.opt_text("aftermath", ctx).unwrap_or_default(),
        learned: None,
        coded_knowing_outcome: top.opt_bool("coded_knowing_outcome", ctx).unwrap_or(true),
        observed,
        marks,
        question: Question {
            situation,
            decider,
            inputs: Inputs::default(),
        },
    };
    Some(Read { case, references })
}

/// Range of a number of which nothing is known but its domain.
pub(crate) fn anything(domain: Domain) -> Uncertain {
    Uncertain::Range {
        low: domain.low,
        high: domain.high,
    }
}

/// Whether nothing was found wrong.
pub(crate) fn clean(problems: &Problems) -> bool {
    !problems.has_errors()
}
