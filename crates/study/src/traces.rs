//! What the records show of the process, beside what each lens expects and forbids.

use raison_core::{Finding, Lens, Mark, Provenance, Trace};

/// What a finding says of the lens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// Expected and found, or forbidden and absent.
    For,
    /// Expected and absent, or forbidden and found.
    Against,
    /// The records do not say.
    Silent,
}

/// One trace of one lens.
#[derive(Clone, Debug)]
pub struct TraceRow {
    /// What is looked for.
    pub trace: &'static Trace,
    /// What the records show.
    pub finding: Finding,
    /// What that says of the lens.
    pub says: Says,
    /// In a sentence.
    pub note: String,
    /// Where it is said.
    pub provenance: Provenance,
}

/// All traces of a lens with the marks of a case; unmarked ones are unknown.
pub fn rows(lens: &dyn Lens, marks: &[Mark]) -> Vec<TraceRow> {
    lens.about()
        .traces
        .iter()
        .map(|trace| {
            let mark = marks
                .iter()
                .find(|m| m.lens == lens.stem() && m.trace == trace.id);
            let finding = mark.map_or(Finding::Unknown, |m| m.finding);
            TraceRow {
                trace,
                finding,
                says: says(trace.expected, finding),
                note: mark.map(|m| m.note.clone()).unwrap_or_default(),
                provenance: mark.map_or(Provenance::Unstated, |m| m.provenance.clone()),
            }
        })
        .collect()
}

fn says(expected: bool, finding: Finding) -> Says {
    match (expected, finding) {
        (_, Finding::Unknown) => Says::Silent,
        (true, Finding::Found) | (false, Finding::Absent) => Says::For,
        (true, Finding::Absent) | (false, Finding::Found) => Says::Against,
    }
}
