//! `raison explain`: what a word means, with its source and a worked example.

use crate::failure::Failure;
use crate::markdown;
use crate::output::{Format, bold, print};
use clap::Args;
use raison::topics::{self, GROUPS, Topic};
use serde_json::{Value, json};

/// Explain a lens, an index, a trait, a term or a diagnostic code
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct ExplainArgs {
    /// What to explain; without it, every topic is listed
    topic: Vec<String>,
    /// How to print it
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  raison explain governmental    a lens: its theory, an example, its parameters
  raison explain I4b             an operational-code index, with its formula
  raison explain decision unit   a term
  raison explain R0203           a code, with a failing and a fixed example
  raison explain vocabulary      the names that predicates may use";

/// Runs the verb.
pub fn run(args: ExplainArgs) -> Result<(), Failure> {
    if args.topic.is_empty() {
        return print(&match args.format {
            Format::Text => contents(),
            Format::Json => document(&contents_json()),
        });
    }
    let topic = topics::find(&args.topic.join(" ")).map_err(Failure::Request)?;
    print(&match args.format {
        Format::Text => text(&topic),
        Format::Json => document(&topic_json(&topic)),
    })
}

/// Columns of a page.
const WIDTH: usize = 80;

fn document(value: &Value) -> String {
    format!("{value:#}\n")
}

fn text(topic: &Topic) -> String {
    let heading = format!("{}: {}", topic.id, topic.title);
    let heading = markdown::wrap(&heading, WIDTH).into_iter();
    let mut out: String = heading.map(|l| format!("{}\n", bold(&l))).collect();
    if !topic.names.is_empty() {
        let names = format!("Also: {}", topic.names.join(", "));
        out.push_str(&markdown::render(&names));
    }
    out.push('\n');
    out.push_str(&markdown::render(&topic.text));
    out
}

fn contents() -> String {
    let topics = topics::all();
    let mut out = String::from("`raison explain TOPIC` explains any of these:\n");
    for (group, heading) in GROUPS {
        out.push_str(&format!("\n{}\n", bold(heading)));
        let members: Vec<&Topic> = topics.iter().filter(|t| t.group == group).collect();
        let width = members.iter().map(|t| t.id.chars().count()).max();
        for t in members {
            let width = width.unwrap_or(0);
            let mut id = t.id.as_str();
            for line in markdown::wrap(&t.title, WIDTH.saturating_sub(width + 4)) {
                out.push_str(&format!("  {id:<width$}  {line}\n"));
                id = "";
            }
        }
    }
    out
}

fn contents_json() -> Value {
    let topics: Vec<Value> = topics::all()
        .iter()
        .map(|t| json!({ "id": t.id, "title": t.title, "names": t.names, "group": group(t) }))
        .collect();
    json!({ "schema": "raison.explain/1", "engine": raison::ENGINE, "topics": topics })
}

fn topic_json(t: &Topic) -> Value {
    json!({
        "schema": "raison.explain/1",
        "engine": raison::ENGINE,
        "id": t.id,
        "title": t.title,
        "names": t.names,
        "group": group(t),
        "text": t.text,
    })
}

fn group(t: &Topic) -> &'static str {
    let found = GROUPS.iter().find(|(g, _)| *g == t.group);
    found.map_or("", |(_, heading)| heading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_fits_80_columns() {
        let mut wide = String::new();
        for topic in topics::all() {
            let topic = topics::find(&topic.id).expect("a topic that is listed");
            for line in text(&topic).lines().filter(|l| l.chars().count() > 80) {
                wide += &format!("{}: {line}\n", topic.id);
            }
        }
        for line in contents().lines().filter(|l| l.chars().count() > 80) {
            wide += &format!("the list of topics: {line}\n");
        }
        assert!(wide.is_empty(), "{wide}");
    }
}
