//! Parameters from the years before the start.

mod disputes;
pub mod entrants;
mod exits;
mod facts;
mod growth;
pub mod initiators;
mod institutions;
mod joiners;
mod minimise;
mod pacts;
mod ranks;
mod regimes;
mod ridge;
mod trade;
mod wars;

pub use facts::Facts;
use raison_record::stats::dangerous_dyads;
use raison_record::{Outcome, Store, Table};

/// What was fitted, and on what.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// Parameter names with their values.
    pub parameters: Vec<(String, f64)>,
    /// Dyad-years of the dispute logit, and disputes in them.
    pub dyads: (usize, usize),
    /// Wars behind durations and sizes.
    pub wars: usize,
    /// Disputes behind the comparison of who begins.
    pub initiators: usize,
}

/// Names and values.
type Values = Vec<(String, f64)>;

fn put(out: &mut Values, name: &str, value: f64) {
    if value.is_finite() {
        out.push((name.to_owned(), value));
    }
}

fn int(t: &Table, name: &str, row: usize) -> Option<i32> {
    t.get(name)?.int(row)
}

/// Fits on years before `from`: disputes and their yearly level, who begins, the response
/// ladder, how long wars last and how large they are, pacts of two and of several, regimes,
/// major powers, growth, memberships in institutions, trade, terms of leaders.
///
/// # Errors
/// Where the store lacks a table, or a logit has no fit.
pub fn fitted(store: &Store, from: i32) -> Outcome<Fitted> {
    let facts = Facts::read(store)?;
    let dyads = dangerous_dyads::data(store)?;
    let mut out = Values::new();
    let begun = initiators::cases(store)?
        .into_iter()
        .map(|(a, b, y)| (a.min(b), a.max(b), y))
        .collect();
    let used = disputes::logit(&dyads, &begun, &facts, from, &mut out)?;
    joiners::fit(store, &facts, from, &mut out)?;
    entrants::fit(store, &facts, from, &mut out)?;
    disputes::ladder(store, &facts, from, &mut out)?;
    let initiators = initiators::fit(store, &facts, from, &mut out)?;
    let wars = wars::fit(store, &facts, from, &mut out)?;
    pacts::fit(store, &facts, from, &mut out)?;
    regimes::fit(&facts, from, &mut out)?;
    ranks::fit(&facts, from, &mut out);
    growth::fit(store, &facts, from, &mut out)?;
    institutions::fit(store, &facts, from, &mut out)?;
    trade::fit(store, &facts, from, &mut out)?;
    exits::fit(store, &facts, from, &mut out)?;
    Ok(Fitted {
        parameters: out,
        dyads: used,
        wars,
        initiators,
    })
}
