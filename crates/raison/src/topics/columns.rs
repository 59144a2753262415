//! Columns and parameters of simulated worlds as topics.

use super::{Group, Topic, plain};
use crate::embedded::page;
use raison_core::world_parameters::PARAMETERS;
use std::fmt::Write as _;

/// Name and one line of every column; those of the system begin with `system.`.
#[cfg(feature = "world")]
fn names() -> Vec<(String, &'static str)> {
    use raison_world::measures::columns::{HUBS, LEADING, STATE, SYSTEM};
    let states = STATE.iter().chain(HUBS);
    let states = states.map(|(n, about)| ((*n).to_owned(), *about));
    let system = SYSTEM
        .iter()
        .chain(LEADING)
        .map(|(n, about)| (format!("system.{n}"), *about));
    states.chain(system).collect()
}

#[cfg(not(feature = "world"))]
fn names() -> Vec<(String, &'static str)> {
    Vec::new()
}

/// The sections of the page on columns: name and text.
fn sections() -> Vec<(&'static str, &'static str)> {
    let text = page("worlds/columns.md").unwrap_or("");
    let parts = text.split("\n## ").skip(1);
    parts.filter_map(|part| part.split_once('\n')).collect()
}

/// Adds a topic for every column. Where a term has the same id (`depth`:
/// strategic-depth), the column is explained under it; where the name is only another name of a term, it leads to the column, and the
/// term's page follows.
pub(super) fn add(topics: &mut Vec<Topic>) {
    let sections = sections();
    for (name, about) in names() {
        let section = sections.iter().find(|(n, _)| *n == name);
        let text = section.map_or(about, |(_, text)| text.trim());
        let wanted = plain(&name);
        let goes_by = |t: &Topic| t.names.iter().any(|n| plain(n) == wanted);
        let same = |t: &Topic| {
            let id = plain(&t.id);
            id == wanted || (goes_by(t) && id.ends_with(&format!("-{wanted}")))
        };
        let mut terms = topics.iter_mut().filter(|t| t.group == Group::Terms);
        if let Some(term) = terms.find(|t| same(t)) {
            let _ = write!(term.text, "\n## The column `{name}`\n\n{text}\n");
            continue;
        }
        let mut text = format!("{text}\n");
        if let Some(term) = topics.iter_mut().find(|t| goes_by(t)) {
            term.names.retain(|n| plain(n) != wanted);
            let _ = write!(
                text,
                "\n## The term `{}`: {}\n\n{}",
                term.id, term.title, term.text
            );
        }
        topics.push(Topic {
            id: name,
            title: first_up(about),
            names: Vec::new(),
            group: Group::Columns,
            text,
        });
    }
}

fn first_up(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// All columns, one line each.
pub(super) fn list() -> String {
    let mut out = String::from(
        "`raison simulate` writes one row for each run, year and state (`*-states.parquet`) and one for each run and year (`*-system.parquet`). `raison explain NAME` has formula and sources.\n\n",
    );
    for (name, about) in names() {
        let _ = writeln!(out, "- `{name}`: {about}");
    }
    out.push_str(
        "\nBeside them stand `run`, `year`, `state` (its code) and `failed` (1 in the one row of a run that came to no end). `*-events.parquet` holds what happened: `raison explain events`.\n",
    );
    out
}

/// The columns and kinds of events.
pub(super) fn events() -> String {
    page("worlds/events.md")
        .and_then(|text| text.split_once('\n'))
        .map_or(String::new(), |(_, rest)| format!("{}\n", rest.trim()))
}

/// Names of parameters.
pub(super) fn parameter_names() -> Vec<&'static str> {
    PARAMETERS.iter().map(|p| p.name).collect()
}

/// The topic of one parameter: with or without `parameters.` before its name.
pub(super) fn parameter(wanted: &str) -> Option<Topic> {
    let name = wanted.strip_prefix("parameters.").unwrap_or(wanted);
    let p = PARAMETERS.iter().find(|p| plain(p.name) == name)?;
    let standing = match p.estimated {
        true => "It is estimated on the record",
        false => "It is an assumption",
    };
    Some(Topic {
        id: p.name.to_owned(),
        title: "a parameter of simulated worlds".to_owned(),
        names: vec![format!("parameters.{}", p.name)],
        group: Group::Columns,
        text: format!(
            "{}.\n\nDefault {}, from {} to {}. {standing}.\n\n`--set parameters.{}=VALUE` sets it, \
             and so does `\"{}\" = VALUE` under `[parameters]` of a world; a range `[LOW, HIGH]` is \
             drawn once in each run. `raison explain world-parameters` lists all.\n",
            first_up(p.meaning).trim_end_matches('.'),
            p.value,
            p.low,
            p.high,
            p.name,
            p.name,
        ),
    })
}

/// All parameters, with default and standing.
pub(super) fn parameters() -> String {
    let mut out = String::from(
        "A world file replaces defaults under `[parameters]`, the command line with `--set parameters.NAME=VALUE`. Estimated ones are fitted on the record, the others are assumptions.\n\n",
    );
    for p in PARAMETERS {
        let standing = if p.estimated { "estimated" } else { "assumed" };
        let _ = writeln!(
            out,
            "- `{}` = {} ({standing}; {} to {}): {}",
            p.name, p.value, p.low, p.high, p.meaning
        );
    }
    out
}

#[cfg(all(test, feature = "world"))]
mod tests {
    use super::*;
    use crate::topics::find;

    #[test]
    fn every_column_has_a_topic_with_formula_and_source() {
        let sections = sections();
        for (name, about) in names() {
            assert!(!about.is_empty(), "{name}");
            let topic = find(&name).unwrap_or_else(|e| panic!("{e}"));
            assert!(!topic.text.trim().is_empty(), "{name}");
            // A column is explained in a section, or at least in a line.
            match sections.iter().find(|(n, _)| *n == name) {
                Some((_, text)) => {
                    assert!(text.contains("\nSources: "), "{name} has a source");
                    assert!(topic.text.contains(text.trim()), "{name}");
                }
                None => assert!(topic.text.contains(about), "{name}"),
            }
        }
        for (name, _) in &sections {
            assert!(
                names().iter().any(|(n, _)| n == name),
                "`{name}` is no column"
            );
        }
    }

    #[test]
    fn what_a_story_and_a_manifest_name_is_explained() {
        for p in PARAMETERS {
            for name in [p.name.to_owned(), format!("parameters.{}", p.name)] {
                let topic = find(&name).unwrap_or_else(|e| panic!("{e}"));
                assert!(
                    topic.text.contains(&format!("{}", p.value)),
                    "{name}: {}",
                    topic.text
                );
            }
        }
        for name in ["war_onsets", "hegemony.trade", "poles_majors", "events"] {
            assert!(find(name).is_ok(), "{name}");
        }
        use raison_world::mind::{JOIN, LADDER_FIRST, LADDER_REPLY, STRATEGIES};
        let all = STRATEGIES
            .iter()
            .chain(&LADDER_FIRST)
            .chain(&LADDER_REPLY)
            .chain(&JOIN);
        for (id, title, ..) in all {
            let topic = find(id).unwrap_or_else(|e| panic!("{e}"));
            assert!(topic.text.contains(title), "{id}: {}", topic.text);
        }
        let ids =
            |list: &[raison_world::mind::Choice]| list.iter().map(|c| c.0).collect::<Vec<_>>();
        let strategies = ids(&STRATEGIES);
        let acts = [ids(&LADDER_FIRST), ids(&LADDER_REPLY), ids(&JOIN)].concat();
        assert!(
            strategies.iter().all(|s| !acts.contains(s)),
            "one word for one thing"
        );
        assert!(find("war.cost").is_err_and(|e| e.contains("`war.costs`")));
    }

    #[test]
    fn the_terms_of_worlds_are_explained() {
        for term in [
            "hub",
            "corridor",
            "autonomy",
            "dependence",
            "redundancy",
            "chokepoint",
            "strategic depth",
            "outside presence",
            "deterrence",
            "hegemony",
            "partnership",
            "embeddedness",
            "world",
            "branch",
        ] {
            let topic = find(term).unwrap_or_else(|e| panic!("{e}"));
            assert!(topic.text.contains("## Example"), "{term}");
            assert!(topic.text.contains("Sources: "), "{term}");
        }
    }
}
