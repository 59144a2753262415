//! Days that are only roughly known.

use crate::column::day_number;

/// Which end of a rough date is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The first day that it can mean.
    First,
    /// The last day that it can mean.
    Last,
}

/// The day number of a date whose day may be rough: 66, 77, 88 stand for the early,
/// middle and late part of the month; a missing day or month for the whole of it.
pub fn rough(year: Option<i32>, month: Option<i32>, day: Option<i32>, end: End) -> Option<i32> {
    let year = year?;
    let month = month.filter(|m| (1..=12).contains(m));
    let Some(month) = month else {
        return match end {
            End::First => day_number(year, 1, 1),
            End::Last => day_number(year, 12, 31),
        };
    };
    let month = month as u32;
    let last = (28..=31)
        .rev()
        .find_map(|d| day_number(year, month, d).map(|_| d));
    let last = last.unwrap_or(28);
    let (from, to) = match day {
        Some(66) => (1, 10),
        Some(77) => (11, 20),
        Some(88) => (21, last),
        Some(d) if d >= 1 && d as u32 <= last => (d as u32, d as u32),
        _ => (1, last),
    };
    day_number(year, month, if end == End::First { from } else { to })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rough_days_have_two_ends() {
        let day = |d, end| rough(Some(1962), Some(2), d, end);
        assert_eq!(day(Some(88), End::Last), day_number(1962, 2, 28));
        assert_eq!(day(Some(66), End::First), day_number(1962, 2, 1));
        assert_eq!(day(None, End::Last), day_number(1962, 2, 28));
        assert_eq!(day(Some(16), End::First), day(Some(16), End::Last));
        assert_eq!(
            rough(Some(1962), None, None, End::Last),
            day_number(1962, 12, 31)
        );
        assert_eq!(rough(None, Some(1), Some(1), End::First), None);
    }
}
