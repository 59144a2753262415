//! What a study says against itself.

use super::run::{Fitted, Plan, Source, fit_all};
use super::splits::Part;
use raison_core::record::{CLASSES, Rows, UNKNOWN};
use std::collections::HashSet;
use std::sync::Arc;

/// An area under the curve above this is treated as a leak until shown otherwise: what the
/// other actors of the same crisis did would give about as much.
pub const CEILING: f64 = 0.82;

/// A score that is too good.
#[derive(Clone, Debug, PartialEq)]
pub struct Alarm {
    /// Lens.
    pub lens: &'static str,
    /// Protocol.
    pub split: &'static str,
    /// Area under the curve.
    pub auc: f64,
}

/// Whether training and test rows share a crisis.
pub(super) fn share_a_crisis(source: &Source<'_>, part: &Part) -> bool {
    let rows = source(&[], &|_, class| class);
    let crisis = |i: &usize| rows.rows[*i].crisis;
    let training: HashSet<i32> = part.training.iter().map(crisis).collect();
    part.test.iter().any(|i| training.contains(&crisis(i)))
}

/// Lenses, mixtures and baselines whose choices or fit change, if only by a bit, when every
/// held-back response is replaced by another.
pub(super) fn looked_at_test_rows(source: &Source<'_>, part: &Part, plan: &Plan) -> Vec<String> {
    let mut hidden = vec![false; source(&[], &|_, c| c).len()];
    part.test.iter().for_each(|i| hidden[*i] = true);
    let own = Arc::new(source(&hidden, &|_, class| class));
    let altered = Arc::new(source(&hidden, &|i, class| {
        let held = hidden.get(i).copied().unwrap_or(false);
        if held && class != UNKNOWN {
            (class + 1 + (i % 3) as u8) % CLASSES as u8
        } else {
            class
        }
    }));
    let (own, altered) = rayon::join(
        || chosen_values(&own, part, plan),
        || chosen_values(&altered, part, plan),
    );
    let pairs = own.iter().zip(&altered);
    let changed = pairs.filter(|(a, b)| a.1 != b.1);
    changed.map(|((lens, _), _)| (*lens).to_owned()).collect()
}

/// Every number that was chosen or fitted, bit for bit.
fn chosen_values(rows: &Arc<Rows>, part: &Part, plan: &Plan) -> Vec<(&'static str, Vec<u64>)> {
    let lenses = fit_all(rows, &part.training, &plan.lenses, &plan.mixtures, &|| {});
    let baselines = fit_all(rows, &part.training, &plan.baselines, &[], &|| {});
    let bits = |f: &Fitted| {
        let fitted = f.lens.parameters().into_iter().map(|p| p.value);
        let all = f.penalties.into_iter().chain([f.inner]).chain(fitted);
        (f.lens.id(), all.map(f64::to_bits).collect())
    };
    lenses.iter().chain(&baselines).map(bits).collect()
}
