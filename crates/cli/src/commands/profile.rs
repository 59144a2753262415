//! `raison profile`: leaders from their own words.

use crate::failure::{Failure, print_problems};
use crate::output::{self, deliver};
use clap::{Args, ValueEnum};
use raison::core::{Diagnostic, Norm, Severity, SourceMap};
use raison::report::Look;
use raison::report::profile::{self as report, FileRow, GameRow, ProfileView};
use raison::text::profile::{
    FEWEST_WORDS, Profile, Scheme, Scorer, TypeProbabilities, norm_of, types,
};
use raison::words::{self, About, Choices, Material, Speech};
use std::path::{Path, PathBuf};

/// Score leaders from their own words: operational code, traits, style, preferences
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct ProfileArgs {
    /// Speeches: text, Markdown, HTML or PDF files, or folders of them; all are one leader's
    #[arg(required_unless_present = "by", value_name = "FILE|FOLDER")]
    paths: Vec<PathBuf>,
    /// Score each sub-folder of this folder as one leader
    #[arg(long, value_name = "FOLDER", conflicts_with = "paths")]
    by: Option<PathBuf>,
    /// The leader's own state, by name or three-letter code
    #[arg(long = "self", value_name = "STATE")]
    own: String,
    /// The leader's name [default: the name of the file or folder]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Norm group to read scores against: a slug of the library or a file
    #[arg(long, value_name = "NAME|FILE", default_value = words::DEFAULT_NORM)]
    norm: String,
    /// The texts are interviews or press conferences: score the leader's turns only
    #[arg(long)]
    spontaneous: bool,
    /// Bootstrap draws for the intervals
    #[arg(long, default_value_t = 1000, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    draws: u32,
    /// Seed of the draws
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,
    /// Half width, in standard deviations of the norm group, of the band in which control
    /// over events counts as even
    #[arg(long, default_value_t = 1.0, value_name = "SD", value_parser = band)]
    band: f64,
    /// Show the style by the published thresholds of hand coding too (they do not fit
    /// machine scores)
    #[arg(long)]
    hand_coded: bool,
    /// Show every verb: sentence, subject, base form, rule, category or why it was not coded
    #[arg(long)]
    clauses: bool,
    /// Verbs and rules to read over the shipped lexicon
    #[arg(long, value_name = "FILE")]
    lexicon: Option<PathBuf>,
    /// Word lists of traits to read over the shipped ones
    #[arg(long, value_name = "FILE")]
    traits: Option<PathBuf>,
    /// Names of states to add to the shipped ones
    #[arg(long, value_name = "FILE")]
    names: Option<PathBuf>,
    /// Write the profile as a leader file for `raison analyze --leader`
    #[arg(long, value_name = "FILE", conflicts_with = "by")]
    leader_file: Option<PathBuf>,
    /// Day of the first words scored, for the leader file
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    from: Option<String>,
    /// Day of the last words scored, for the leader file: with it the profile counts as
    /// scored on words before the decision
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    to: Option<String>,
    /// With --by: write means and standard deviations of the leaders as a norm file
    #[arg(long, value_name = "FILE", requires = "by")]
    norm_file: Option<PathBuf>,
    /// Write the result to a file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// How to print the result
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  raison profile speeches/ --self \"United States\" --name \"John F. Kennedy\"
  raison profile speech.txt --self IRN --clauses
  raison profile speeches/ --self USA --format html --out kennedy.html
  raison profile speeches/ --self USA --to 1961-12-31 --leader-file kennedy.toml
  raison profile --by presidents/ --self USA --format json

Aggregation is by summing counts. Indices that are undefined are left empty.";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For reading.
    Text,
    /// For programs, at full precision.
    Json,
    /// One page with the texts and every verb marked.
    Html,
}

fn band(text: &str) -> Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| "this is no number".to_string())?;
    match value.is_finite() && (0.0..=5.0).contains(&value) {
        true => Ok(value),
        false => Err("the band lies between 0 and 5 standard deviations".to_string()),
    }
}

fn day(text: &str) -> Result<String, String> {
    let found = raison::text::dates::dates_in(text);
    match found.first().and_then(|d| d.iso()) {
        Some(iso) if iso == text && text.len() == 10 => Ok(iso),
        _ => Err("a day is written as 1961-12-31".to_string()),
    }
}

/// One leader before scoring.
struct Leader {
    name: String,
    files: Vec<PathBuf>,
}

/// One leader after it.
struct Scored {
    name: String,
    speeches: Vec<Speech>,
    profile: Profile,
    types: Option<TypeProbabilities>,
    games: Vec<GameRow>,
    warnings: Vec<String>,
}

/// Runs the verb.
pub fn run(args: ProfileArgs) -> Result<(), Failure> {
    let choices = Choices {
        own: &args.own,
        lexicon: args.lexicon.as_deref(),
        traits: args.traits.as_deref(),
        names: args.names.as_deref(),
    };
    let scheme = words::scheme(&choices).map_err(input)?;
    let norm = norm(&args)?;
    let scored: Vec<Scored> = leaders(&args)?
        .into_iter()
        .map(|leader| score(leader, &args, &scheme, norm.as_ref()))
        .collect();
    complain(&scored)?;
    write_files(&args, &scheme, &scored)?;
    let views: Vec<ProfileView<'_>> = scored
        .iter()
        .map(|s| view(s, &args, &scheme, norm.as_ref()))
        .collect();
    deliver(&render(&args, &views), args.out.as_deref())
}

fn input((problems, sources): (Vec<Diagnostic>, SourceMap)) -> Failure {
    Failure::Input { problems, sources }
}

/// Writing a norm group needs none; otherwise a missing default is no failure.
fn norm(args: &ProfileArgs) -> Result<Option<Norm>, Failure> {
    match words::norm(&args.norm) {
        Ok(norm) => Ok(Some(norm)),
        Err(_) if args.norm_file.is_some() => Ok(None),
        Err(found) => Err(input(found)),
    }
}

fn leaders(args: &ProfileArgs) -> Result<Vec<Leader>, Failure> {
    let (found, problems) = match &args.by {
        Some(folder) => words::folder_of_leaders(folder),
        None => {
            let (files, problems) = words::texts(&args.paths);
            let name = args
                .name
                .clone()
                .unwrap_or_else(|| default_name(&args.paths));
            (vec![(name, files)], problems)
        }
    };
    if problems.iter().any(Diagnostic::is_error) {
        return Err(input((problems, SourceMap::new())));
    }
    print_problems(&SourceMap::new(), &problems);
    let leader = |(name, files)| Leader { name, files };
    Ok(found.into_iter().map(leader).collect())
}

fn default_name(paths: &[PathBuf]) -> String {
    let first = paths.first();
    let name = first.and_then(|p| {
        if p.is_dir() {
            p.file_name()
        } else {
            p.file_stem()
        }
    });
    name.map_or("speaker".to_string(), |s| s.to_string_lossy().into_owned())
}

fn score(leader: Leader, args: &ProfileArgs, scheme: &Scheme, norm: Option<&Norm>) -> Scored {
    let material = Material {
        spontaneous: args.spontaneous,
        name: Some(leader.name.clone()),
        show: args.clauses || args.format == Format::Html,
    };
    let mut scorer = Scorer::new(scheme);
    let speeches: Vec<Speech> = leader
        .files
        .iter()
        .map(|path| Speech::score(path, &mut scorer, &material))
        .collect();
    let counts: Vec<_> = speeches.iter().map(|s| s.counts).collect();
    let profile = Profile::new(&counts, args.draws as usize, args.seed);
    let types = norm.and_then(|n| types(&profile, n, args.band));
    Scored {
        games: types.as_ref().map(words::games).unwrap_or_default(),
        warnings: warnings(&profile, args, scheme, norm),
        name: leader.name,
        speeches,
        profile,
        types,
    }
}

fn warnings(p: &Profile, args: &ProfileArgs, scheme: &Scheme, norm: Option<&Norm>) -> Vec<String> {
    let mut out = Vec::new();
    if p.total.words < FEWEST_WORDS {
        out.push(format!(
            "{} words were scored; below {FEWEST_WORDS} a profile is not reliable",
            p.total.words
        ));
    }
    if p.speeches == 1 && args.draws > 0 {
        out.push(
            "there is one speech only, so intervals show the clauses' chance, not how speeches differ".into(),
        );
    }
    if p.total.acts.total() == 0 && p.total.words > 0 {
        out.push("no verb could be coded, so no index is defined".into());
    }
    if let Some(n) = norm.filter(|n| n.coder != raison::text::profile::CODER) {
        out.push(format!(
            "the norm group was scored by {}, not by this coder: positions, style and types do not carry over",
            n.coder
        ));
    }
    let default = norm.is_some_and(|n| n.id == words::DEFAULT_NORM);
    if default && scheme.own != scheme.names.find("USA") {
        out.push(
            "the norm group are presidents of the United States; give one of your own with --norm"
                .into(),
        );
    }
    if !args.spontaneous {
        out.push("leadership traits were made for spontaneous words (Hermann 2003); prepared speeches may be another's (use --spontaneous for interviews)".into());
    }
    out
}

/// What is wrong with files goes to standard error; a leader without any words is a failure.
fn complain(scored: &[Scored]) -> Result<(), Failure> {
    let files = scored.iter().flat_map(|s| &s.speeches);
    let mut problems: Vec<Diagnostic> = files.flat_map(|s| s.problems.clone()).collect();
    let words: u64 = scored.iter().map(|s| s.profile.total.words).sum();
    if words == 0 {
        if problems.iter().all(|p| p.severity != Severity::Error) {
            problems.push(Diagnostic::error(
                raison::core::Code("R4010"),
                "the files hold no words",
            ));
        }
        return Err(input((problems, SourceMap::new())));
    }
    let lost = problems.iter().any(Diagnostic::is_error);
    print_problems(&SourceMap::new(), &problems);
    if lost {
        output::tell("note: the other files were scored\n");
    }
    Ok(())
}

fn write_files(args: &ProfileArgs, scheme: &Scheme, scored: &[Scored]) -> Result<(), Failure> {
    if let (Some(path), Some(one)) = (&args.leader_file, scored.first()) {
        let about = About {
            name: one.name.clone(),
            state: scheme
                .own
                .map_or(String::new(), |a| scheme.names.code_of(a).to_string()),
            basis: if args.to.is_some() {
                "lagged"
            } else {
                "pooled"
            }
            .into(),
            from: args.from.clone(),
            to: args.to.clone(),
            norm: norm_slug(&args.norm),
            draws: args.draws as usize,
            seed: args.seed,
        };
        output::write(path, words::leader_toml(&one.profile, &about).as_bytes())?;
    }
    if let Some(path) = &args.norm_file {
        let reliable = scored
            .iter()
            .filter(|s| s.profile.total.words >= FEWEST_WORDS);
        let profiles: Vec<&Profile> = reliable.map(|s| &s.profile).collect();
        let title = format!("{} leaders, scored by Raison", profiles.len());
        let norm = norm_of("norm", &title, &profiles);
        let note = format!(
            "means and standard deviations (n - 1) over the leaders with at least {FEWEST_WORDS} words; scored by {}",
            raison::ENGINE
        );
        output::write(path, words::norm_toml(&norm, &note).as_bytes())?;
    }
    Ok(())
}

fn norm_slug(name: &str) -> String {
    let stem = Path::new(name).file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

fn view<'a>(
    s: &'a Scored,
    args: &'a ProfileArgs,
    scheme: &'a Scheme,
    norm: Option<&'a Norm>,
) -> ProfileView<'a> {
    let file = |f: &'a Speech| FileRow {
        name: &f.name,
        counts: &f.counts,
        shown: f
            .shown
            .as_ref()
            .map(|t| (t.text.as_str(), t.trace.as_slice())),
    };
    ProfileView {
        engine: raison::ENGINE,
        name: &s.name,
        state: scheme.own.map_or("", |a| scheme.names.code_of(a)),
        state_name: scheme.own.map_or("", |a| scheme.names.name_of(a)),
        profile: &s.profile,
        norm,
        files: s.speeches.iter().map(file).collect(),
        types: s.types.as_ref(),
        games: &s.games,
        type_names: words::type_names(),
        draws: args.draws as usize,
        seed: args.seed,
        spontaneous: args.spontaneous,
        hand_coded: args.hand_coded,
        warnings: &s.warnings,
    }
}

fn render(args: &ProfileArgs, views: &[ProfileView<'_>]) -> String {
    let look = Look {
        width: 80,
        colour: args.out.is_none() && output::colour(),
    };
    let several = args.by.is_some();
    match args.format {
        Format::Json if several => format!("{:#}\n", report::leaders(views)),
        Format::Json => views
            .first()
            .map_or(String::new(), |v| format!("{:#}\n", report::json(v))),
        Format::Html => views.iter().map(report::html).collect(),
        Format::Text if several => report::ranking(views, look),
        Format::Text => views
            .first()
            .map_or(String::new(), |v| report::text(v, look)),
    }
}
