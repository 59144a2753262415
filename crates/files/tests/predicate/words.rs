//! A small vocabulary and short ways to compile and run.

use raison_core::predicate::{EvalError, Place, Program, Slots, Type, Vocabulary};
use raison_core::{Diagnostic, FileId, Problems, Span};
use raison_files::predicate::compile;

/// The vocabulary of `docs/predicates.md`.
pub fn vocabulary() -> Vocabulary {
    use Type::{Bool, Double, String, Strings};
    let mut v = Vocabulary::new();
    let mut add = |name: &str, kind| v.add(name, kind, "for tests").unwrap();
    add("alternative.id", String);
    let conflict = add("alternative.conflict", Double);
    add("alternative.tags", Strings);
    add("alternative.reversible", Bool);
    let threat = add("situation.threat", Double);
    add("situation.surprise", Bool);
    add("situation.adversary", String);
    let state = add("decider.state", String);
    let unit = add("decider.unit", String);
    add("decider.allies", Strings);
    add("world.year", Double);
    add("world.powers", Double);
    add("effects.autonomy", Double);
    add("effects.trade-depth", Double);
    v.set_range(conflict, -10.0, 10.0);
    v.set_range(threat, 0.0, 1.0);
    v.set_words(unit, ["leader", "group", "coalition"]);
    let _ = state;
    v
}

/// Values for all names but `effects.trade-depth` and `situation.surprise`.
pub fn october(v: &Vocabulary) -> Slots {
    let mut s = v.slots();
    let slot = |name: &str| v.find(name).unwrap();
    s.set_text(slot("alternative.id"), "blockade");
    s.set_number(slot("alternative.conflict"), 4.0);
    s.set_texts(slot("alternative.tags"), ["naval", "force-short", "public"])
        .unwrap();
    s.set_bool(slot("alternative.reversible"), true);
    s.set_number(slot("situation.threat"), 0.8);
    s.set_text(slot("situation.adversary"), "USR");
    s.set_text(slot("decider.state"), "USA");
    s.set_text(slot("decider.unit"), "leader");
    s.set_texts(slot("decider.allies"), ["GBR", "FRN", "GFR"])
        .unwrap();
    s.set_number(slot("world.year"), 1962.0);
    s.set_number(slot("world.powers"), 5.0);
    s.set_number(slot("effects.autonomy"), -0.25);
    s
}

pub fn place(text: &str) -> Place {
    Place::plain(Span::new(FileId(0), 0, text.len()))
}

/// The program, if any, and everything said about the text.
pub fn load(text: &str, v: &Vocabulary) -> (Option<Program>, Vec<Diagnostic>) {
    let mut problems = Problems::new();
    let program = compile(text, &place(text), v, &mut problems);
    let errors = problems.has_errors();
    assert_eq!(program.is_none(), errors, "{text}: a program or an error");
    (program, problems.into_vec())
}

/// Compiles without errors and evaluates in October 1962.
pub fn eval(text: &str) -> Result<bool, EvalError> {
    let v = vocabulary();
    let (program, problems) = load(text, &v);
    let program = program.unwrap_or_else(|| panic!("{text}\n{}", render(text, &problems)));
    program.eval(&october(&v))
}

/// Diagnostics as plain text, for comparison.
pub fn render(text: &str, problems: &[Diagnostic]) -> String {
    let mut lines = Vec::new();
    for p in problems {
        let level = if p.is_error() { "error" } else { "warning" };
        lines.push(format!("{level}[{}]: {}", p.code.0, p.message));
        let labels = p.primary.iter().chain(&p.secondary);
        for label in labels {
            let (start, end) = (label.span.start as usize, label.span.end as usize);
            let shown = text.get(start..end).unwrap_or("?");
            lines.push(
                format!("  at `{shown}` {}", label.text)
                    .trim_end()
                    .to_owned(),
            );
        }
        lines.extend(p.notes.iter().map(|n| format!("  note: {n}")));
        lines.extend(p.helps.iter().map(|h| format!("  help: {h}")));
    }
    lines.join("\n")
}
