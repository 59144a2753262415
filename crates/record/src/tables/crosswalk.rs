//! From Gleditsch-Ward codes to Correlates of War codes and back.
//!
//! Most states carry the same number in both lists. The exceptions follow from comparing
//! the two lists (Gleditsch and Ward 1999; Correlates of War 2017): Germany after
//! unification, Yemen after unification, Serbia and Yugoslavia, and four island states.

use super::universe::System;

/// Day of German unification (1990-10-03).
const GERMANY: i32 = 7580;
/// Day of Yemeni unification (1990-05-22).
const YEMEN: i32 = 7446;

/// The Correlates of War code on a day.
pub fn gw_to_cow_on(code: i32, day: i32) -> i32 {
    match code {
        260 if day >= GERMANY => 255,
        678 if day >= YEMEN => 679,
        340 => 345,
        970 => 946,
        971 => 970,
        972 => 955,
        973 => 947,
        same => same,
    }
}

/// The Correlates of War code in a year; in the year of a unification the older state.
pub fn gw_to_cow(code: i32, year: i32) -> i32 {
    match code {
        260 if year > 1990 => 255,
        678 if year > 1990 => 679,
        other => gw_to_cow_on(other, i32::MIN),
    }
}

/// The Gleditsch-Ward code in a year.
pub fn cow_to_gw(code: i32, year: i32) -> i32 {
    match code {
        255 if year >= 1946 => 260,
        679 => 678,
        345 if !(1918..=2006).contains(&year) => 340,
        946 => 970,
        970 => 971,
        955 => 972,
        947 => 973,
        same => same,
    }
}

/// A code of one list in the terms of another.
pub fn translate(code: i32, from: System, to: System, year: i32) -> i32 {
    match (from, to) {
        (System::Cow, System::Gw) => cow_to_gw(code, year),
        (System::Gw, System::Cow) => gw_to_cow(code, year),
        _ => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column::day_number;

    #[test]
    fn unifications_fall_on_their_days() {
        assert_eq!(day_number(1990, 10, 3), Some(GERMANY));
        assert_eq!(day_number(1990, 5, 22), Some(YEMEN));
        assert_eq!(gw_to_cow_on(260, GERMANY - 1), 260);
        assert_eq!(gw_to_cow_on(260, GERMANY), 255);
        for (code, year) in [
            (255, 1914),
            (255, 2000),
            (679, 1999),
            (345, 1900),
            (970, 2001),
        ] {
            assert_eq!(
                gw_to_cow(cow_to_gw(code, year), year),
                code,
                "{code} {year}"
            );
        }
    }
}
