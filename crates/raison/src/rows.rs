//! Conditions on the rows of a table, in the predicate language.

use raison_core::predicate::{Program, Slot, Slots, Type, Vocabulary};
use raison_core::{Diagnostic, Problems, SourceMap, Span, predicate::Place};
use raison_record::column::{Column, RowFilter, RowView, Table};
use std::sync::Mutex;

/// A compiled condition over the columns of one table. Texts are texts, everything else
/// is a number; a row in which the condition reads a missing value is not kept.
pub struct RowCondition {
    program: Program,
    reads: Vec<(Slot, String, Type)>,
    slots: Mutex<Slots>,
}

impl RowCondition {
    /// Compiles `text` over the columns of `table`.
    ///
    /// # Errors
    /// Everything that is wrong with it, with places in `--where`.
    pub fn compile(
        text: &str,
        table: &Table,
    ) -> Result<RowCondition, (Vec<Diagnostic>, SourceMap)> {
        let vocabulary = vocabulary(table);
        let mut sources = SourceMap::new();
        let file = sources.add("--where", text);
        let place = Place::plain(Span::new(file, 0, text.len()));
        let mut problems = Problems::new();
        let program = raison_files::predicate::compile(text, &place, &vocabulary, &mut problems);
        let Some(program) = program else {
            return Err((problems.into_vec(), sources));
        };
        let reads = program
            .reads()
            .iter()
            .filter_map(|slot| {
                let variable = vocabulary.variable(*slot)?;
                Some((*slot, variable.name.to_string(), variable.kind))
            })
            .collect();
        let slots = Mutex::new(vocabulary.slots());
        Ok(RowCondition {
            program,
            reads,
            slots,
        })
    }
}

fn vocabulary(table: &Table) -> Vocabulary {
    let mut vocabulary = Vocabulary::new();
    for name in &table.names {
        let kind = match table.get(name).map(is_text) {
            Some(true) => Type::String,
            _ => Type::Double,
        };
        // A column whose name is no name of the language cannot be asked for.
        let _ = vocabulary.add(name, kind, "a column of the table");
    }
    vocabulary
}

fn is_text(column: &Column) -> bool {
    match column {
        Column::Text(_) => true,
        Column::Via { of, .. } => is_text(of),
        _ => false,
    }
}

impl RowFilter for RowCondition {
    fn keeps(&self, row: &dyn RowView) -> bool {
        let Ok(mut slots) = self.slots.lock() else {
            return false;
        };
        for (slot, name, kind) in &self.reads {
            match kind {
                Type::String => match row.text(name) {
                    Some(text) => slots.set_text(*slot, text),
                    None => slots.clear(*slot),
                },
                _ => slots.set_number(*slot, row.number(name).unwrap_or(f64::NAN)),
            }
        }
        self.program.eval(&slots).unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut t = Table::default();
        t.set("year", Column::Int(vec![1914, 1939, 1990]));
        t.set("x", Column::Float(vec![0.5, f64::NAN, 2.0]));
        t
    }

    #[test]
    fn conditions_are_predicates_and_missing_values_meet_none() {
        let kept = |text: &str| {
            let condition =
                RowCondition::compile(text, &table()).unwrap_or_else(|(p, _)| panic!("{p:?}"));
            table().filter(&condition).rows()
        };
        assert_eq!(kept("year >= 1939"), 2);
        assert_eq!(kept("year >= 1939 && x > 0"), 1);
        assert_eq!(kept("year < 1920 || x > 1"), 2);
        assert_eq!(kept("has(x) ? x > 1 : true"), 2);
    }

    #[test]
    fn unknown_columns_are_named_with_the_near_one() {
        let Err((problems, _)) = RowCondition::compile("yaer > 1900 && x", &table()) else {
            panic!("compiled");
        };
        assert_eq!(problems.len(), 2, "all at once: {problems:?}");
        assert!(
            format!("{:?}", problems[0].helps).contains("year"),
            "{problems:?}"
        );
    }
}
