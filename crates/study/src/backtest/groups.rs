//! Kinds of situation.

use raison_core::record::Rows;

/// A kind of situation: how it is sorted, and the name of the sort.
pub const SORTS: [&str; 5] = ["regime", "threat", "decade", "mover", "trigger"];

/// The name of a row's kind.
pub fn kind(rows: &Rows, row: usize, sort: &str) -> &'static str {
    let get = |name: &str| {
        let column = rows.column(name);
        column
            .and_then(|c| rows.of(row).get(c))
            .copied()
            .unwrap_or(f64::NAN)
    };
    let first = |list: &[(&str, &'static str)], other| {
        list.iter()
            .find(|(name, _)| get(name) == 1.0)
            .map_or(other, |(_, word)| *word)
    };
    match sort {
        "regime" => first(
            &[("democracy", "democracy"), ("military_regime", "military")],
            "civil authoritarian",
        ),
        "threat" => first(
            &[
                ("threat_territory", "territory"),
                ("threat_grave", "damage or existence"),
                ("threat_influence", "influence"),
                ("threat_political", "regime"),
                ("threat_limited", "limited military"),
                ("threat_economic", "economy"),
            ],
            "other or not stated",
        ),
        "mover" => first(&[("first_mover", "nobody has moved")], "others have moved"),
        "trigger" => first(
            &[
                ("trigger_violent", "violent"),
                ("trigger_indirect", "indirect violent"),
            ],
            "not violent",
        ),
        _ => decade(rows.rows.get(row).map_or(0, |r| r.year)),
    }
}

fn decade(year: i32) -> &'static str {
    match year {
        ..1930 => "before 1930",
        1930..1940 => "1930s",
        1940..1950 => "1940s",
        1950..1960 => "1950s",
        1960..1970 => "1960s",
        1970..1980 => "1970s",
        1980..1990 => "1980s",
        1990..2000 => "1990s",
        _ => "from 2000",
    }
}
