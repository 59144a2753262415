//! What a study says against itself.

use super::run::Source;
use super::splits::Part;
use raison_core::record::{CLASSES, RecordLens, UNKNOWN};
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

/// Whether a fit with all its choices stays the same, bit for bit, when every held-back
/// response is replaced by another.
pub(super) fn looked_at_test_rows(
    source: &Source<'_>,
    part: &Part,
    lenses: &[Box<dyn RecordLens>],
) -> Option<&'static str> {
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
    lenses.iter().find_map(|lens| {
        let numbers = |rows| {
            let choice = super::choose::choose(lens.as_ref(), rows, &part.training, false);
            let fitted = lens.fit(rows, &part.training, choice.penalties);
            let values = fitted.parameters().into_iter().map(|p| p.value.to_bits());
            (
                choice.penalties.map(f64::to_bits),
                values.collect::<Vec<u64>>(),
            )
        };
        (numbers(&own) != numbers(&altered)).then(|| lens.id())
    })
}
