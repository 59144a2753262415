//! Acts in disputes and strategies of a year as topics.

use super::Topic;
#[cfg(feature = "world")]
use super::{Group, plain};

/// Where what is chosen is chosen, and from among what.
#[cfg(feature = "world")]
fn lists() -> [(&'static str, &'static [raison_world::mind::Choice]); 4] {
    use raison_world::mind::{JOIN, LADDER_FIRST, LADDER_REPLY, STRATEGIES};
    [
        (
            "A strategy, which each state chooses once a year",
            &STRATEGIES,
        ),
        ("A way to begin a dispute", &LADDER_FIRST),
        ("A way to answer in a dispute", &LADDER_REPLY),
        ("What a third state can do in a war", &JOIN),
    ]
}

/// Adds a topic for everything that a state can choose; where there is a topic of that
/// name, its page says it too.
#[cfg(feature = "world")]
pub(super) fn add(topics: &mut Vec<Topic>) {
    for (what, list) in lists() {
        for choice in list {
            let (id, title, ..) = *choice;
            let text = section(what, choice);
            let goes_by = |t: &Topic| {
                let mut names = t.names.iter();
                plain(&t.id) == plain(id) || names.any(|n| plain(n) == plain(id))
            };
            match topics.iter_mut().find(|t| goes_by(t)) {
                Some(topic) if topic.group == Group::Acts && topic.title == title => {
                    let first = text.split_once('\n').map_or("", |t| t.0);
                    topic.text = format!("{first}\n\n{}", topic.text);
                }
                Some(topic) => topic.text.push_str(&format!(
                    "\n## `{id}` in simulated worlds: {title}\n\n{text}"
                )),
                None => topics.push(Topic {
                    id: id.to_owned(),
                    title: title.to_owned(),
                    names: Vec::new(),
                    group: Group::Acts,
                    text,
                }),
            }
        }
    }
}

#[cfg(not(feature = "world"))]
pub(super) fn add(_: &mut Vec<Topic>) {}

/// What it is, where it lies on the scale, and what it is taken to do.
#[cfg(feature = "world")]
fn section(
    what: &str,
    (id, title, conflict, tags, effects): &raison_world::mind::Choice,
) -> String {
    let mut out = format!(
        "{what}: to {title}.\n\nOn the scale of conflict (-3) and cooperation (3) it lies at {conflict}. \
         Tags that doctrines' principles see: {}.\n\n",
        tags.iter()
            .map(|t| format!("`{t}`"))
            .collect::<Vec<_>>()
            .join(", ")
    );
    match effects.is_empty() {
        true => out.push_str("It is taken to move no measure.\n"),
        false => out.push_str("What it is taken to do to measures, -1 to 1, the same for every state (assumptions):\n\n"),
    }
    for (measure, change) in *effects {
        out.push_str(&format!("- `{measure}` {change:+}\n"));
    }
    out.push_str(&format!(
        "\nIn the story of a run (`raison replay`) and in the column `what` of events it is `{id}`. \
         The rules that follow from it stand in docs/worlds.md.\n"
    ));
    out
}
