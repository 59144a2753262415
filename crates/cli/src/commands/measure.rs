//! `raison measure`: measures of the international system.

use super::fit::write_plot;
use super::recording::{StoreArgs, TableFormat, failure, notes, print};
use crate::failure::{Failure, print_problems};
use clap::Args;
use raison::record::measures::similarity::{Similarity, compare};
use raison::record::measures::{Measure, Series, measure, wars};
use raison::record::{Column, Kind, Table, read, write};
use raison::report::charts::{Axis, Chart, Mark};
use raison::report::tables::{Align, number, text};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Measures of the international system, over time.
///
/// Names: polarity, concentration, shares, openness, alliance-network, trade-network,
/// similarity, onsets, war-sizes. `similarity --data FILE` compares published portfolios.
#[derive(Args)]
pub struct MeasureArgs {
    /// Which measure.
    name: String,
    #[command(flatten)]
    store: StoreArgs,
    /// First year.
    #[arg(long, value_name = "YEAR")]
    from: Option<i32>,
    /// Last year.
    #[arg(long, value_name = "YEAR")]
    to: Option<i32>,
    /// For `similarity`: a table of portfolios. First column the state; a column whose name
    /// begins with `Cap` or `SysCap` holds weights; every other column a state compared.
    #[arg(long, value_name = "FILE.csv")]
    data: Option<PathBuf>,
    /// For `similarity --data`: the largest possible distance between two values
    /// [default: the distance between the smallest and largest value in the table].
    #[arg(long, value_name = "NUMBER")]
    range: Option<f64>,
    /// For `war-sizes`: the smallest size that follows the law [default: the best fitting].
    #[arg(long, value_name = "DEATHS")]
    xmin: Option<f64>,
    /// For `war-sizes`: resamples of the bootstrap.
    #[arg(long, value_name = "N", default_value = "1000")]
    resamples: usize,
    /// Seed of the bootstrap.
    #[arg(long, value_name = "N", default_value = "1")]
    seed: u64,
    /// Draw it.
    #[arg(long, value_name = "FILE.svg")]
    plot: Option<PathBuf>,
    /// How to write the result.
    #[arg(long, value_enum, default_value = "text")]
    format: TableFormat,
}

/// Runs the verb.
pub fn run(args: MeasureArgs) -> Result<(), Failure> {
    match (args.name.as_str(), &args.data) {
        ("similarity", Some(_)) => portfolios(&args),
        (_, Some(_)) => Err(Failure::Request(
            "`--data` is for `measure similarity`".into(),
        )),
        ("war-sizes", None) => war_sizes(&args),
        (name, None) => {
            let which = Measure::parse(name).map_err(failure)?;
            let store = args.store.open()?;
            let series = measure(&store, which, args.from, args.to).map_err(failure)?;
            notes(&series.table.notes);
            if let Some(plot) = &args.plot {
                write_plot(plot, &chart(&series))?;
            }
            show(&args, &series)
        }
    }
}

fn show(args: &MeasureArgs, series: &Series) -> Result<(), Failure> {
    match args.format {
        TableFormat::Csv => csv(&series.table),
        TableFormat::Json => {
            let value = json!({
                "measure": args.name,
                "title": series.title,
                "unit": series.label,
                "source": series.source,
                "rows": rows_json(&series.table),
            });
            print(&format!("{value:#}\n"))
        }
        TableFormat::Text => {
            let mut out = format!("{} ({})\n\n", series.title, series.label);
            out.push_str(&table_text(&series.table));
            out.push_str(&format!("\nsource: {}\n", series.source));
            print(&out)
        }
    }
}

fn csv(table: &Table) -> Result<(), Failure> {
    let mut out = Vec::new();
    write::csv(table, &mut out).map_err(failure)?;
    print(&String::from_utf8_lossy(&out))
}

fn rows_json(table: &Table) -> Vec<Value> {
    let cell = |c: &Column, row: usize| match c.kind() {
        Kind::Text => json!(c.text(row)),
        Kind::Float => json!(c.float(row)),
        _ => json!(c.int(row)),
    };
    (0..table.rows())
        .map(|row| {
            let cells = table.names.iter().zip(&table.columns);
            Value::Object(cells.map(|(n, c)| (n.clone(), cell(c, row))).collect())
        })
        .collect()
}

/// Columns that fit 80 characters; the others are named below.
fn table_text(table: &Table) -> String {
    let mut shown = Vec::new();
    let mut width = 0;
    for (i, name) in table.names.iter().enumerate() {
        width += name.len().max(6) + 2;
        if width <= 80 || i < 2 {
            shown.push(i);
        }
    }
    let head: Vec<(&str, Align)> = shown
        .iter()
        .map(|i| (table.names[*i].as_str(), Align::Right))
        .collect();
    let cell = |c: &Column, row: usize| match c.kind() {
        Kind::Float => c.float(row).map_or(String::new(), number),
        _ => write::cell_text(c, row),
    };
    let rows: Vec<Vec<String>> = (0..table.rows())
        .map(|r| shown.iter().map(|i| cell(&table.columns[*i], r)).collect())
        .collect();
    let mut out = text(&head, &rows);
    let left = table.names.len() - shown.len();
    if left > 0 {
        out.push_str(&format!(
            "and {left} more columns with --format csv or json\n"
        ));
    }
    out
}

fn chart(series: &Series) -> Chart {
    let year = series.table.get("year");
    let marks = series
        .drawn
        .iter()
        .filter_map(|(column, name)| {
            let values = series.table.get(column)?;
            let points = (0..values.len())
                .map(|r| (year.map_or(f64::NAN, |y| y.number(r)), values.number(r)))
                .collect();
            Some(Mark::Line {
                points,
                name: name.clone(),
            })
        })
        .collect();
    Chart {
        title: series.title.clone(),
        x: Axis {
            label: "year".to_owned(),
            ..Axis::default()
        },
        y: Axis {
            label: series.label.clone(),
            zero: series.zero,
            ..Axis::default()
        },
        marks,
        source: series.source.clone(),
    }
}

fn portfolios(args: &MeasureArgs) -> Result<(), Failure> {
    let Some(path) = &args.data else {
        return Ok(());
    };
    let read = read::read(path, None).map_err(failure)?;
    print_problems(&read.sources, &read.warnings);
    let table = &read.table;
    let is_weight = |name: &str| {
        let low = name.to_ascii_lowercase();
        low.starts_with("cap") || low.starts_with("syscap")
    };
    let weight = table
        .names
        .iter()
        .skip(1)
        .position(|n| is_weight(n))
        .map(|i| i + 1);
    let compared: Vec<usize> = (1..table.names.len())
        .filter(|i| Some(*i) != weight)
        .collect();
    let values = |i: usize| -> Vec<f64> {
        table
            .columns
            .get(i)
            .map_or(Vec::new(), |c| (0..c.len()).map(|r| c.number(r)).collect())
    };
    for i in compared.iter().copied().chain(weight) {
        if table.columns[i].kind() == Kind::Text {
            return Err(Failure::Request(format!(
                "column `{}` of `{}` holds texts; a portfolio is a column of numbers",
                table.names[i],
                path.display()
            )));
        }
    }
    if compared.len() < 2 {
        return Err(Failure::Request(format!(
            "`{}` has {} columns of portfolios; two are needed (the first column names the partners)",
            path.display(),
            compared.len()
        )));
    }
    let columns: Vec<Vec<f64>> = compared.iter().map(|i| values(*i)).collect();
    let known = columns.iter().flatten().copied().filter(|x| x.is_finite());
    let (low, high) = known.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| {
        (a.min(x), b.max(x))
    });
    let range = args.range.unwrap_or(high - low);
    if range.is_nan() || range <= 0.0 {
        return Err(Failure::Request(
            "the portfolios do not vary; give the largest distance with `--range`".into(),
        ));
    }
    let weights = weight.map(values);
    let mut pairs = Vec::new();
    for (i, a) in columns.iter().enumerate() {
        for (j, b) in columns.iter().enumerate().skip(i + 1) {
            let s = compare(a, b, weights.as_deref(), range);
            let name = |k: usize| table.names[compared[k]].clone();
            pairs.push((name(i), name(j), s));
        }
    }
    if weights.is_none() {
        eprintln!("note: no column of weights; the weighted scores are the unweighted ones");
    }
    show_pairs(args, &pairs, range)
}

fn show_pairs(
    args: &MeasureArgs,
    pairs: &[(String, String, Similarity)],
    range: f64,
) -> Result<(), Failure> {
    let cells = |s: &Similarity| {
        [
            s.s,
            s.s_weighted,
            s.s_squared,
            s.s_weighted_squared,
            s.kappa,
            s.pi,
            s.tau_b,
        ]
    };
    let names = [
        "s",
        "s_weighted",
        "s_squared",
        "s_weighted_squared",
        "kappa",
        "pi",
        "tau_b",
    ];
    match args.format {
        TableFormat::Json => {
            let list: Vec<Value> = pairs
                .iter()
                .map(|(a, b, s)| {
                    let mut row = json!({ "a": a, "b": b });
                    for (name, x) in names.iter().zip(cells(s)) {
                        row[*name] = json!(x);
                    }
                    row
                })
                .collect();
            print(&format!("{:#}\n", json!({ "pairs": list, "range": range })))
        }
        TableFormat::Csv => {
            let mut out = format!("a,b,{}\n", names.join(","));
            for (a, b, s) in pairs {
                let numbers: Vec<String> = cells(s).iter().map(ToString::to_string).collect();
                out.push_str(&format!("{a},{b},{}\n", numbers.join(",")));
            }
            print(&out)
        }
        TableFormat::Text => {
            let mut out = String::new();
            for (a, b, s) in pairs {
                out.push_str(&format!("{a} and {b}\n"));
                let words = [
                    "S, absolute distances",
                    "S, absolute distances, weighted",
                    "S, squared distances",
                    "S, squared distances, weighted",
                    "Cohen's kappa, squared distances",
                    "Scott's pi, squared distances",
                    "Kendall's tau-b",
                ];
                for (word, x) in words.iter().zip(cells(s)) {
                    let value = if x.is_finite() {
                        format!("{x:.4}")
                    } else {
                        "not defined".to_owned()
                    };
                    out.push_str(&format!("  {word:<34} {value:>8}\n"));
                }
            }
            out.push_str(&format!("largest distance {range}; S after Signorino and Ritter (1999),\nkappa and pi after Häge (2011)\n"));
            print(&out)
        }
    }
}

const WARS: &str = "Correlates of War Inter-State War 4.0";

fn war_sizes(args: &MeasureArgs) -> Result<(), Failure> {
    let store = args.store.open()?;
    let inside = |w: &wars::War| {
        args.from.is_none_or(|f| w.year >= f) && args.to.is_none_or(|t| w.year <= t)
    };
    let list: Vec<wars::War> = wars::interstate(&store)
        .map_err(failure)?
        .into_iter()
        .filter(inside)
        .collect();
    let sizes: Vec<f64> = list.iter().map(|w| w.deaths).collect();
    let found = match args.xmin {
        Some(xmin) => wars::power_law_from(&sizes, xmin),
        None => wars::power_law(&sizes),
    };
    let Some(law) = found else {
        return Err(Failure::Request(format!(
            "{} wars are too few for a power law",
            sizes.len()
        )));
    };
    if args.resamples > 1_000_000 {
        return Err(Failure::Request("at most a million resamples".into()));
    }
    let interval = wars::bootstrap(&sizes, args.resamples, args.seed);
    let (slope, r2) = wars::cumulative_line(&sizes);
    if args.to.is_none_or(|t| t > 2003) {
        eprintln!("note: the war data end in 2003");
    }
    if let Some(plot) = &args.plot {
        write_plot(plot, &war_chart(&sizes, &law))?;
    }
    let (low, high) = interval.unwrap_or((f64::NAN, f64::NAN));
    let last = list.iter().map(|w| w.year).max().unwrap_or(0);
    let first = list.iter().map(|w| w.year).min().unwrap_or(0);
    match args.format {
        TableFormat::Json => print(&format!(
            "{:#}\n",
            json!({
                "measure": "war-sizes",
                "wars": list.len(),
                "first": first,
                "last": last,
                "alpha": { "value": law.alpha, "interval": [low, high] },
                "xmin": law.xmin,
                "n": law.n,
                "distance": law.distance,
                "cumulative_slope": { "value": slope, "r2": r2 },
                "sizes": list.iter().map(|w| json!({ "war": w.number, "year": w.year, "deaths": w.deaths })).collect::<Vec<_>>(),
                "source": WARS,
            })
        )),
        TableFormat::Csv => {
            let mut out = String::from("war,year,deaths\n");
            for w in &list {
                out.push_str(&format!("{},{},{}\n", w.number, w.year, w.deaths));
            }
            print(&out)
        }
        TableFormat::Text => print(&format!(
            "Sizes of interstate wars, {first}-{last}: {} wars\n\n\
             exponent of the density (maximum likelihood)  {:.3}\n\
             \u{20}  90 % of {} resamples                        {low:.3} to {high:.3}\n\
             smallest size that follows the law            {:.0} deaths\n\
             wars of that size or larger                   {}\n\
             Kolmogorov-Smirnov distance                   {:.3}\n\
             slope of the cumulative distribution          {:.3} (exponent less one, sign turned)\n\
             line on logarithmic axes, biased              {slope:.3} (R2 {r2:.3})\n\n\
             source: {WARS}\n",
            list.len(),
            law.alpha,
            args.resamples,
            law.xmin,
            law.n,
            law.distance,
            1.0 - law.alpha,
        )),
    }
}

fn war_chart(sizes: &[f64], law: &wars::PowerLaw) -> Chart {
    let share = law.n as f64 / sizes.len() as f64;
    let largest = sizes.iter().copied().fold(law.xmin, f64::max);
    let fitted = (0..=50)
        .map(|i| law.xmin * (largest / law.xmin).powf(f64::from(i) / 50.0))
        .map(|x| (x, share * (x / law.xmin).powf(1.0 - law.alpha)))
        .collect();
    Chart {
        title: "Sizes of interstate wars".to_owned(),
        x: Axis {
            label: "battle deaths (log scale)".to_owned(),
            log: true,
            ..Axis::default()
        },
        y: Axis {
            label: "share of wars as large or larger (log scale)".to_owned(),
            log: true,
            ..Axis::default()
        },
        marks: vec![
            Mark::Dots {
                points: wars::cumulative(sizes),
                name: String::new(),
            },
            Mark::Line {
                points: fitted,
                name: format!("exponent {:.2}", law.alpha),
            },
        ],
        source: WARS.to_owned(),
    }
}
