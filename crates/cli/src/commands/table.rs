//! `raison table`: research tables from the store.

use super::recording::{StoreArgs, failure, notes, print};
use crate::failure::Failure;
use clap::{Args, ValueEnum};
use raison::record::tables::attributes::Attribute;
use raison::record::tables::leaders::{Standard, leader_years};
use raison::record::tables::universe::System;
use raison::record::tables::whittle::{Disputes, Rule, whittle};
use raison::record::tables::{self, Choices, Request, Unit};
use raison::record::{Table, filter, write};
use raison::rows::RowCondition;
use std::path::PathBuf;

/// What one row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum UnitArg {
    /// A state in a year.
    StateYears,
    /// Two states in a year.
    DyadYears,
    /// A leader in a year.
    LeaderYears,
    /// A dispute between two states in a year.
    DyadDisputes,
}

/// Which list of states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SystemArg {
    /// Correlates of War.
    Cow,
    /// Gleditsch and Ward.
    Gw,
    /// For leader-years: as in Archigos, cut to no list.
    None,
}

/// Research tables: state-years, dyad-years, leader-years, disputes.
///
/// Columns have the names and values of the R package that the field uses. Attributes:
/// mids-cow, mids-gml (and -full), capabilities, majors, contiguity, capital-distance,
/// minimum-distance, democracy, alliances, trade, igos, rivalries, gdp-population,
/// leaders, leader-attributes, willingness-to-use-force, ideal-points, civil-wars,
/// similarity, spells, spell-terms, politically-relevant.
#[derive(Args)]
pub struct TableArgs {
    /// What one row is.
    #[arg(value_enum)]
    unit: UnitArg,
    #[command(flatten)]
    store: StoreArgs,
    /// List of states.
    #[arg(long, value_enum, default_value = "cow")]
    system: SystemArg,
    /// Both orders of each pair (the default).
    #[arg(long, conflicts_with = "undirected")]
    directed: bool,
    /// Each pair once, the lower code first.
    #[arg(long)]
    undirected: bool,
    /// First year [default: 1816].
    #[arg(long, value_name = "YEAR")]
    from: Option<i32>,
    /// Last year [default: the last of the list]; later years carry its last members.
    #[arg(long, value_name = "YEAR")]
    to: Option<i32>,
    /// Up to the latest year that the data follow the lists.
    #[arg(long)]
    latest: bool,
    /// Attributes, separated by commas.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    with: Vec<String>,
    /// Keep rows that meet a condition (docs/predicates.md) over the columns:
    /// `year >= 1946 && conttype == 1`; a missing value meets none.
    #[arg(long = "where", value_name = "CONDITION")]
    condition: Option<String>,
    /// Rules for several disputes in one dyad-year, in order: onsets, fatality, hostility,
    /// duration, longest-duration, reciprocation, start-month, first.
    #[arg(long, value_name = "RULES", value_delimiter = ',')]
    whittle: Vec<String>,
    /// Values as the R package returns them, known faults and special codes included.
    #[arg(long)]
    as_upstream: bool,
    /// Contiguity at the end of the year, not at its beginning.
    #[arg(long)]
    last_contiguity: bool,
    /// Capitals at the end of the year, not at its beginning.
    #[arg(long)]
    last_capital: bool,
    /// File to write: `.parquet`, `.csv` or `.dta`.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Runs the verb.
pub fn run(args: TableArgs) -> Result<(), Failure> {
    if let Some(out) = &args.out {
        write::format_of(out).map_err(failure)?;
    }
    let mut table = build(&args)?;
    if let Some(text) = &args.condition {
        let condition = RowCondition::compile(text, &table)
            .map_err(|(problems, sources)| Failure::Input { problems, sources })?;
        table = table.filter(&condition);
    }
    notes(&table.notes);
    let Some(out) = &args.out else {
        return preview(&table);
    };
    write::to_file(&table, out, &tables::citations(&table)).map_err(failure)?;
    eprintln!(
        "wrote {} rows, {} columns to {}",
        table.rows(),
        table.columns.len(),
        out.display()
    );
    let name = out.display().to_string();
    if name.ends_with(".parquet") {
        eprintln!("cite: raison data cite {name}");
    } else {
        eprintln!("cite: {}.bib", name);
        let bib = PathBuf::from(format!("{name}.bib"));
        write::text_file(&bib, &tables::citations(&table)).map_err(failure)?;
    }
    Ok(())
}

fn build(args: &TableArgs) -> Result<Table, Failure> {
    let store = args.store.open()?;
    let with: Vec<Attribute> = args
        .with
        .iter()
        .map(|n| Attribute::parse(n.trim()))
        .collect::<Result<_, _>>()
        .map_err(failure)?;
    let rules: Vec<Rule> = args
        .whittle
        .iter()
        .map(|n| Rule::parse(n.trim()))
        .collect::<Result<_, _>>()
        .map_err(failure)?;
    let system = match args.system {
        SystemArg::Cow => System::Cow,
        SystemArg::Gw => System::Gw,
        SystemArg::None if args.unit == UnitArg::LeaderYears => System::Gw,
        SystemArg::None => {
            return Err(Failure::Request(
                "`--system none` is for leader-years".into(),
            ));
        }
    };
    let unit = match args.unit {
        UnitArg::StateYears => Unit::StateYears,
        UnitArg::DyadYears => Unit::DyadYears {
            directed: !args.undirected,
        },
        UnitArg::LeaderYears => {
            let standard = match args.system {
                SystemArg::None => Standard::None,
                _ => Standard::List(system),
            };
            return leader_years(
                &store,
                standard,
                args.from,
                args.to,
                &with,
                args.as_upstream,
            )
            .map_err(failure);
        }
        UnitArg::DyadDisputes => {
            let which =
                if with.contains(&Attribute::MidsCow) || with.contains(&Attribute::MidsCowFull) {
                    Disputes::Cow
                } else {
                    Disputes::Gml
                };
            let raw = which.load(&store, args.as_upstream).map_err(failure)?;
            let mut table = whittle(&raw, which.onset(), &rules);
            if args.undirected {
                table = table.filter(&filter::lower_code_first());
            }
            return Ok(table.filter(&filter::between(args.from, args.to)));
        }
    };
    let request = Request {
        unit,
        system,
        from: args.from,
        to: args.to,
        latest: args.latest,
        with,
        choices: Choices {
            as_upstream: args.as_upstream,
            last_contiguity: args.last_contiguity,
            last_capital: args.last_capital,
            whittle: rules,
        },
    };
    tables::build(&store, &request).map_err(failure)
}

/// Without a file: the first rows, and what there is.
fn preview(table: &Table) -> Result<(), Failure> {
    let head: Vec<u32> = (0..table.rows().min(10) as u32).collect();
    let mut out = Vec::new();
    write::csv(&table.take(&head), &mut out).map_err(failure)?;
    print(&String::from_utf8_lossy(&out))?;
    eprintln!(
        "{} rows, {} columns; the first {} are shown, `--out FILE` writes all",
        table.rows(),
        table.columns.len(),
        head.len()
    );
    Ok(())
}
