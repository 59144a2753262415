//! Parameters of a world: the file may replace any of the table's defaults.

use super::codes;
use crate::suggest::did_you_mean;
use crate::table::{Context, Table};
use raison_core::world_parameters::PARAMETERS;
use raison_core::{Diagnostic, Domain, Input, Provenance, Uncertain};

/// Adds every parameter to the inputs, in the order of the table.
pub fn read(top: &Table<'_>, ctx: &mut Context<'_>) {
    defaults(ctx.inputs);
    let Some(t) = top.table("parameters", ctx) else {
        return;
    };
    for (key, at, v) in t.entries(ctx) {
        if ["source", "judgement", "note"].contains(&key) {
            continue;
        }
        match PARAMETERS.iter().find(|p| p.name == key) {
            Some(p) => {
                t.num_of(
                    key,
                    &v,
                    Domain {
                        low: p.low,
                        high: p.high,
                    },
                    ctx,
                );
            }
            None => ctx.report(
                Diagnostic::error(codes::UNKNOWN_PARAMETER, format!("no parameter `{key}`"))
                    .at(at, "")
                    .help_if(did_you_mean(key, PARAMETERS.iter().map(|p| p.name)))
                    .help("names with dots stand in quotes: `\"war.costs\" = 0.2`"),
            ),
        }
    }
}

/// Adds the table's defaults to inputs that lack them.
pub fn defaults(inputs: &mut raison_core::Inputs) {
    for p in PARAMETERS {
        let path = format!("parameters.{}", p.name);
        if inputs.find(&path).is_some() {
            continue;
        }
        let provenance = if p.estimated {
            Provenance::Judgement(format!("estimated: {}", p.meaning))
        } else {
            Provenance::Assumed(p.meaning.to_owned())
        };
        inputs.add(Input {
            path,
            amount: Uncertain::Known(p.value),
            domain: Domain {
                low: p.low,
                high: p.high,
            },
            provenance,
            span: None,
        });
    }
}
