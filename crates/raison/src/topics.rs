//! What can be explained: lenses, indices, traits, terms, vocabularies and codes.

mod acts;
mod columns;

use crate::embedded::{page, pages};
use crate::registry;
use raison_core::vocabulary::{FEATURES, LAYERS, MEASURES, TAGS, Word};
use raison_core::{INDICES, Lens, TRAITS, facts};
use raison_files::suggest::did_you_mean;
use std::fmt::Write as _;

/// A topic with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// What it is called on the command line.
    pub id: String,
    /// Title.
    pub title: String,
    /// Other names that lead here.
    pub names: Vec<String>,
    /// What sort of topic it is.
    pub group: Group,
    /// Markdown.
    pub text: String,
}

/// The sorts of topics, in the order of display.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Theories of decision.
    Lenses,
    /// Operational-code indices.
    Indices,
    /// Leadership traits.
    Traits,
    /// Closed lists of words that files may use.
    Lists,
    /// Columns of simulated worlds.
    Columns,
    /// Acts and strategies of simulated worlds.
    Acts,
    /// Terms.
    Terms,
    /// Diagnostic codes.
    Codes,
}

/// All groups with their headings.
pub const GROUPS: [(Group, &str); 8] = [
    (Group::Lenses, "Lenses"),
    (Group::Indices, "Operational-code indices"),
    (Group::Traits, "Leadership traits"),
    (Group::Lists, "Lists of words that files may use"),
    (Group::Columns, "Columns of simulated worlds"),
    (Group::Acts, "Acts and strategies in simulated worlds"),
    (Group::Terms, "Terms"),
    (Group::Codes, "Diagnostic codes"),
];

/// Every topic, in order of group and id.
pub fn all() -> Vec<Topic> {
    let mut topics: Vec<Topic> = pages("topics").filter_map(written).collect();
    topics.extend(pages("codes").filter_map(code));
    topics.extend(LISTS.iter().map(|(id, title, names, list)| Topic {
        id: (*id).to_owned(),
        title: (*title).to_owned(),
        names: names.iter().map(|n| (*n).to_owned()).collect(),
        group: Group::Lists,
        text: list(),
    }));
    columns::add(&mut topics);
    acts::add(&mut topics);
    topics.sort_by(|a, b| (a.group, &a.id).cmp(&(b.group, &b.id)));
    topics
}

/// The topic of a name, with what the registry knows of a lens added to its page.
///
/// # Errors
/// A sentence that suggests a near name.
pub fn find(name: &str) -> Result<Topic, String> {
    let wanted = plain(name);
    let lens = registry::find(&wanted);
    let of_lens = lens.as_ref().map(|l| plain(stem(l.id())));
    let mut topics = all();
    let goes_by = |t: &Topic, wanted: &str| {
        plain(&t.id) == wanted || t.names.iter().any(|n| plain(n) == wanted)
    };
    let at = topics
        .iter()
        .position(|t| goes_by(t, &wanted))
        .or_else(|| topics.iter().position(|t| Some(plain(&t.id)) == of_lens))
        .or_else(|| {
            let one = wanted.strip_suffix('s')?;
            topics.iter().position(|t| goes_by(t, one))
        })
        .or_else(|| {
            // A column of the system goes by its bare name too, where no other topic does.
            let system = format!("system.{wanted}");
            topics.iter().position(|t| goes_by(t, &system))
        });
    let Some(at) = at else {
        return columns::parameter(&wanted).ok_or_else(|| unknown(name, &topics));
    };
    let mut topic = topics.swap_remove(at);
    let lens = lens.or_else(|| registry::find(&topic.id));
    if let Some(lens) = lens.filter(|_| topic.group == Group::Lenses) {
        topic.text.push_str(&facts_of(lens.as_ref()));
    }
    Ok(topic)
}

fn unknown(name: &str, topics: &[Topic]) -> String {
    let names: Vec<&str> = topics
        .iter()
        .flat_map(|t| {
            [t.id.as_str()]
                .into_iter()
                .chain(t.names.iter().map(String::as_str))
        })
        .chain(registry::names())
        .chain(columns::parameter_names())
        .collect();
    let near = did_you_mean(name, names.iter().copied());
    let near = near.map_or(String::new(), |n| format!("\nhelp: {n}"));
    format!("nothing is known of `{name}`{near}\nhelp: `raison explain` lists every topic")
}

/// Lower case, hyphens for blanks and underscores.
fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '_'], "-")
}

fn stem(id: &str) -> &str {
    id.split(':').next().unwrap_or(id)
}

/// A page of `topics/`: a title line, then perhaps a line `Names: a, b`, then the text.
fn written(id: &'static str) -> Option<Topic> {
    let text = page(&format!("topics/{id}.md"))?;
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let rest = rest.trim_start();
    let (names, rest) = match rest.strip_prefix("Names: ") {
        Some(more) => more.split_once('\n').unwrap_or((more, "")),
        None => ("", rest),
    };
    let names: Vec<String> = names
        .split(',')
        .map(|n| n.trim().to_owned())
        .filter(|n| !n.is_empty())
        .collect();
    let is = |list: &[&str]| list.contains(&id) || names.iter().any(|n| list.contains(&n.as_str()));
    let group = if registry::all().iter().any(|l| l.id() == id) {
        Group::Lenses
    } else if is(&INDICES) {
        Group::Indices
    } else if is(&TRAITS) {
        Group::Traits
    } else {
        Group::Terms
    };
    Some(Topic {
        id: id.to_owned(),
        title: first.trim_start_matches('#').trim().to_owned(),
        names,
        group,
        text: rest.trim().to_owned() + "\n",
    })
}

/// A page of `codes/`: a title line `# R0101: title`, then the text.
fn code(id: &'static str) -> Option<Topic> {
    let text = page(&format!("codes/{id}.md"))?;
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let title = first.trim_start_matches('#').trim();
    let title = title.strip_prefix(id).unwrap_or(title);
    Some(Topic {
        id: id.to_owned(),
        title: title.trim_start_matches(':').trim().to_owned(),
        names: Vec::new(),
        group: Group::Codes,
        text: rest.trim().to_owned() + "\n",
    })
}

/// What the registry knows of a lens: always as the program runs it.
fn facts_of(lens: &dyn Lens) -> String {
    let about = lens.about();
    let mut out = format!(
        "\n## As this version runs it\n\nClaim: {}\n\nAfter {}.\n",
        about.claim,
        about.citations.join("; ")
    );
    if !about.aliases.is_empty() {
        let _ = writeln!(out, "\nAlso `{}`.", about.aliases.join("`, `"));
    }
    let ids = registry::variants().into_iter().map(|l| l.id());
    let variants: Vec<&str> = ids.filter(|id| stem(id) == stem(lens.id())).collect();
    if !variants.is_empty() {
        let _ = writeln!(
            out,
            "\nVariants, run when asked for: `{}`.",
            variants.join("`, `")
        );
    }
    out.push_str("\n## Parameters\n\n");
    for p in lens.parameters() {
        let _ = writeln!(
            out,
            "- `{}` = {} ({} to {}): {}",
            p.id, p.value, p.low, p.high, p.meaning
        );
    }
    if !about.traces.is_empty() {
        out.push_str("\n## Process traces\n\n");
    }
    for t in about.traces {
        let word = if t.expected { "expects" } else { "forbids" };
        let _ = writeln!(out, "- {word} `{}`: {}", t.id, t.text);
    }
    out
}

type List = (
    &'static str,
    &'static str,
    &'static [&'static str],
    fn() -> String,
);

const LISTS: [List; 8] = [
    (
        "vocabulary",
        "Names that predicates may use",
        &[
            "predicate",
            "predicates",
            "condition",
            "conditions",
            "names",
        ],
        vocabulary,
    ),
    (
        "features",
        "Features of a situation",
        &["feature", "situation-feature", "situation-features"],
        || {
            words(
                "Each is a number from 0 to 1, stated under `[situation]` of a case (docs/file-formats.md). Predicates see them as `situation.NAME`; the lens memory compares episodes by them.",
                FEATURES,
            )
        },
    ),
    ("tags", "Tags of alternatives", &["tag"], || {
        words(
            "Stated under `tags` of an alternative. Predicates see them as `\"TAG\" in alternative.tags`.",
            TAGS,
        )
    }),
    (
        "measures",
        "Measures that effects and pillars name",
        &["measure"],
        || {
            words(
                "An alternative states its judged effect on a measure, -1 to 1; a pillar of a doctrine aims at one. A measure may be narrowed to a layer and a state: `dependence.energy.RUS`.",
                MEASURES,
            )
        },
    ),
    (
        "columns",
        "Columns of simulated worlds",
        &["column", "output"],
        columns::list,
    ),
    (
        "events",
        "Events of simulated worlds",
        &["event"],
        columns::events,
    ),
    (
        "world-parameters",
        "Parameters of worlds",
        &["world-parameter"],
        columns::parameters,
    ),
    (
        "layers",
        "Layers of ties that measures can be narrowed to",
        &["layer"],
        || {
            words(
                "As in `dependence.payments.USA`: the measure, the layer, the other state.",
                LAYERS,
            )
        },
    ),
];

fn words(intro: &str, list: &[Word]) -> String {
    let mut out = format!("{intro}\n\n");
    for (name, about) in list {
        let _ = writeln!(out, "- `{name}`: {about}");
    }
    out
}

fn vocabulary() -> String {
    let mut out = String::from(
        "The bars and releases of doctrines and the triggers of routines are predicates in the Common Expression Language (docs/predicates.md). They see these names:\n\n",
    );
    for v in facts::vocabulary().variables() {
        let _ = writeln!(out, "- `{}` ({}): {}", v.name, v.kind, v.about);
    }
    out.push_str(
        "\nExample: `\"yields\" in alternative.tags && situation.outside_pressure > 0.5`\n",
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_however_they_are_written() {
        for name in [
            "Prospect Theory",
            "bureaucratic",
            "p1",
            "I5th",
            "r0101",
            "features",
        ] {
            assert!(find(name).is_ok(), "{name}");
        }
        assert!(find("rationel").is_err_and(|e| e.contains("`rational`")));
    }

    #[test]
    fn no_name_leads_to_two_topics() {
        let topics = all();
        let mut seen = std::collections::HashMap::new();
        for t in &topics {
            for name in [&t.id].into_iter().chain(&t.names) {
                if let Some(other) = seen.insert(plain(name), &t.id) {
                    panic!("`{name}` leads to `{other}` and to `{}`", t.id);
                }
            }
        }
    }
}
