//! Fans of one column: of both folders, or of their differences.

use super::CompareArgs;
use super::read::Series;
use raison::report::charts::{Axis, Chart, Mark};
use raison::study::world::scoring::quantile;
use std::collections::BTreeMap;

/// Bands of 90 % and 50 % and the median: of both folders, or of their differences.
pub fn chart(args: &CompareArgs, measure: &str, x: &Series, y: &Series) -> Chart {
    let name = |dir: &std::path::Path| {
        let name = dir.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    };
    let (base, other) = (name(&args.a), name(&args.b));
    let mut marks = Vec::new();
    if args.difference {
        marks.extend(fan(&minus(y, x), format!("{other} - {base}")));
    } else {
        marks.extend(fan(x, base.clone()));
        marks.extend(fan(y, other.clone()));
    }
    let who = match measure.starts_with("system.") {
        true => "the system",
        false => args.state.as_deref().unwrap_or("mean over states"),
    };
    let what = match args.difference {
        true => format!("{other} minus {base}, within runs"),
        false => format!("{base} and {other}"),
    };
    Chart {
        title: format!("{} of {who}: {what}", measure),
        x: Axis {
            label: "year".into(),
            ..Axis::default()
        },
        y: Axis {
            label: measure.to_owned(),
            ..Axis::default()
        },
        marks,
        source: format!(
            "{} simulated runs: median, central 50 % and 90 %; not a forecast",
            x.values().map(BTreeMap::len).max().unwrap_or(0)
        ),
    }
}

fn minus(y: &Series, x: &Series) -> Series {
    let mut out = Series::new();
    for (year, runs) in y {
        for (run, v) in runs {
            if let Some(base) = x.get(year).and_then(|r| r.get(run)) {
                out.entry(*year).or_default().insert(*run, v - base);
            }
        }
    }
    out
}

fn fan(series: &Series, name: String) -> [Mark; 3] {
    let sorted: Vec<(f64, Vec<f64>)> = series
        .iter()
        .map(|(year, runs)| {
            let mut v: Vec<f64> = runs.values().copied().collect();
            v.sort_by(f64::total_cmp);
            (f64::from(*year), v)
        })
        .collect();
    let band = |q: f64| Mark::Band {
        edges: sorted
            .iter()
            .map(|(t, v)| (*t, quantile(v, q), quantile(v, 1.0 - q)))
            .collect(),
    };
    let points = sorted.iter().map(|(t, v)| (*t, quantile(v, 0.5))).collect();
    [band(0.05), band(0.25), Mark::Line { points, name }]
}
