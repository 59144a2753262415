//! Peace years: how long since the last event (Beck, Katz and Tucker 1998).

use crate::column::{Column, MISSING};

/// Rows since the last event, before each row: 0 in the first row of a unit and in the row after an
/// event. Rows without information on the event are left out of the count and missing.
///
/// `starts` holds the first row of each unit and one past the last row of all.
pub fn since_event(ongoing: impl Fn(usize) -> i32, starts: &[u32]) -> Column {
    let rows = starts.last().map_or(0, |r| *r as usize);
    let mut out = vec![MISSING; rows];
    for unit in starts.windows(2) {
        let [first, end] = unit else { continue };
        let mut spell = 0;
        for row in *first as usize..*end as usize {
            let event = ongoing(row);
            if event == MISSING {
                continue;
            }
            if let Some(slot) = out.get_mut(row) {
                *slot = spell;
            }
            spell = if event == 1 { 0 } else { spell + 1 };
        }
    }
    Column::Int(out)
}

/// Square and cube of a spell, for a cubic in time (Carter and Signorino 2010).
pub fn powers(spell: &Column) -> (Column, Column) {
    let power = |n: i32| Column::Float((0..spell.len()).map(|r| spell.number(r).powi(n)).collect());
    (power(2), power(3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_restarts_after_an_event_and_skips_gaps_of_information() {
        let events = [0, 0, 1, 1, 0, 0, MISSING, 0, 1, 0];
        let column = since_event(|r| events[r], &[0, 8, 10]);
        let Column::Int(v) = column else { panic!() };
        assert_eq!(v, [0, 1, 2, 0, 0, 1, MISSING, 2, 0, 0]);
    }
}
