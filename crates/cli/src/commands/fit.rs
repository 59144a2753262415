//! `raison fit`: a binary logit from a formula.

use super::recording::{Format, failure, print};
use crate::failure::{Failure, print_problems};
use clap::Args;
use raison::record::stats::formula::Formula;
use raison::record::stats::logit::{Fit, Sample, fit};
use raison::record::stats::margins::{self, Effect};
use raison::record::{Table, keys, read};
use raison::report::charts::{Axis, Chart, Mark, svg};
use raison::report::tables::{Align, number, text};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// A binary logit from a formula.
///
/// `onset ~ a + b` explains column `onset` (0 or 1); `I(a^2)`, `log(a)`, `a:b`, `a * b` and
/// `- 1` mean what they mean in R. Rows with missing values are left out.
#[derive(Args)]
pub struct FitArgs {
    /// The formula.
    formula: String,
    /// Data: `.csv`, `.csv.gz`, `.parquet` or `.dta`.
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// Standard errors clustered by the values of these columns together.
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    cluster: Vec<String>,
    /// Average marginal effects, too.
    #[arg(long)]
    margins: bool,
    /// Draw the coefficients.
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
    /// How to write the result.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Runs the verb.
pub fn run(args: FitArgs) -> Result<(), Failure> {
    let formula = Formula::parse(&args.formula).map_err(failure)?;
    let read = read::read(&args.data, None).map_err(failure)?;
    print_problems(&read.sources, &read.warnings);
    let clusters = match args.cluster.is_empty() {
        true => None,
        false => Some(clusters(&read.table, &args.cluster)?),
    };
    let sample = Sample::new(formula, &read.table).map_err(failure)?;
    let fitted = fit(&sample, clusters.as_deref()).map_err(failure)?;
    let effects = match args.margins {
        true => Some(margins::average(&sample, &fitted)),
        false => None,
    };
    if let Some(plot) = &args.plot {
        let source = format!("{}; logit, n = {}", args.data.display(), fitted.n);
        write_plot(
            plot,
            &coefficient_plot(&fitted, &args.formula, &source, &[]),
        )?;
    }
    match args.format {
        Format::Json => print(&format!("{:#}\n", document(&fitted, effects.as_deref()))),
        Format::Text => print(&report(&fitted, effects.as_deref(), &[])),
    }
}

fn clusters(table: &Table, names: &[String]) -> Result<Vec<u32>, Failure> {
    for name in names {
        if table.get(name).is_none() {
            let near = raison::record::pack::nearest(name, table.names.iter().map(String::as_str));
            return Err(Failure::Request(match near {
                Some(near) => format!("the data have no column `{name}`; did you mean `{near}`?"),
                None => format!("the data have no column `{name}`"),
            }));
        }
    }
    Ok(keys::groups(table, names))
}

/// The result for programs.
pub fn document(fit: &Fit, effects: Option<&[Effect]>) -> Value {
    let coefficients: Vec<Value> = fit
        .coefficients
        .iter()
        .map(|c| json!({ "term": c.term, "estimate": c.estimate, "se": c.se, "z": c.z(), "p": c.p() }))
        .collect();
    let mut value = json!({
        "coefficients": coefficients,
        "n": fit.n,
        "dropped": fit.dropped,
        "events": fit.events,
        "deviance": fit.deviance,
        "null_deviance": fit.null_deviance,
        "aic": fit.aic,
        "log_likelihood": fit.log_likelihood,
        "clusters": fit.clusters,
    });
    if let Some(effects) = effects {
        value["marginal_effects"] = effects
            .iter()
            .map(|e| json!({ "variable": e.variable, "effect": e.effect, "se": e.se, "discrete": e.discrete }))
            .collect();
    }
    value
}

/// The result for people.
pub fn report(fit: &Fit, effects: Option<&[Effect]>, labels: &[(&str, &str)]) -> String {
    let errors = if fit.clusters.is_some() {
        "clustered se"
    } else {
        "se"
    };
    let head = [
        ("term", Align::Left),
        ("estimate", Align::Right),
        (errors, Align::Right),
        ("z", Align::Right),
        ("p", Align::Right),
    ];
    let rows: Vec<Vec<String>> = fit
        .coefficients
        .iter()
        .map(|c| {
            vec![
                name_of(&c.term, labels),
                number(c.estimate),
                number(c.se),
                format!("{:.2}", c.z()),
                p_value(c.p()),
            ]
        })
        .collect();
    let mut out = text(&head, &rows);
    out.push_str(&format!(
        "\n{} rows ({} left out for missing values), {} events\n",
        fit.n, fit.dropped, fit.events
    ));
    if let Some(clusters) = fit.clusters {
        out.push_str(&format!("{clusters} clusters\n"));
    }
    out.push_str(&format!(
        "deviance {:.2} (null {:.2}), AIC {:.2}, log likelihood {:.2}\n",
        fit.deviance, fit.null_deviance, fit.aic, fit.log_likelihood
    ));
    if let Some(effects) = effects {
        out.push_str("\naverage marginal effects on the probability\n");
        out.push_str(&effect_table(effects, labels));
    }
    out
}

fn effect_table(effects: &[Effect], labels: &[(&str, &str)]) -> String {
    let head = [
        ("variable", Align::Left),
        ("effect", Align::Right),
        ("se", Align::Right),
        ("change", Align::Left),
    ];
    let rows: Vec<Vec<String>> = effects
        .iter()
        .map(|e| {
            let change = if e.discrete { "0 to 1" } else { "per unit" };
            vec![
                name_of(&e.variable, labels),
                number(e.effect),
                number(e.se),
                change.to_owned(),
            ]
        })
        .collect();
    text(&head, &rows)
}

fn name_of(term: &str, labels: &[(&str, &str)]) -> String {
    labels
        .iter()
        .find(|(t, _)| *t == term)
        .map_or(term, |(_, l)| l)
        .to_owned()
}

fn p_value(p: f64) -> String {
    if p < 0.001 {
        "<0.001".to_owned()
    } else {
        format!("{p:.3}")
    }
}

/// Estimates over their standard errors' scale: each divided by its own standard error, so
/// that terms in different units share one axis.
pub fn coefficient_plot(fit: &Fit, title: &str, source: &str, labels: &[(&str, &str)]) -> Chart {
    let shown: Vec<_> = fit
        .coefficients
        .iter()
        .filter(|c| c.term != "(Intercept)")
        .collect();
    let mut marks = vec![Mark::Across { x: 0.0 }];
    marks.extend(shown.iter().enumerate().map(|(i, c)| {
        let z = c.z();
        Mark::Interval {
            values: (z - 1.96, z, z + 1.96),
            at: i as f64,
        }
    }));
    let errors = if fit.clusters.is_some() {
        "clustered standard errors"
    } else {
        "standard errors"
    };
    Chart {
        title: title.to_owned(),
        x: Axis {
            label: format!("estimate in {errors}, with 95 % interval"),
            ..Axis::default()
        },
        y: Axis {
            categories: shown.iter().map(|c| name_of(&c.term, labels)).collect(),
            ..Axis::default()
        },
        marks,
        source: source.to_owned(),
    }
}

/// Writes a chart.
pub fn write_plot(path: &Path, chart: &Chart) -> Result<(), Failure> {
    raison::record::write::text_file(path, &svg(chart)).map_err(failure)?;
    eprintln!("wrote {}", path.display());
    Ok(())
}
