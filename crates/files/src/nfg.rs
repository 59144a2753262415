//! Gambit's `.nfg`: games in normal form, with payoffs or with outcomes.

use crate::gambit::{NO_PAYOFFS, NOT_A_GAME, Step, Stop, WRONG_COUNT, Word, Words, refused};
use raison_core::{Diagnostic, FileId, Problems, Span};
use raison_games::NormalForm;
use raison_games::normal_form::{MOST_PROFILES, Player};

/// Reads a game; `None` where a problem was reported.
pub fn read(file: FileId, text: &str, problems: &mut Problems) -> Option<NormalForm> {
    let mut words = Words::new(file, text, problems);
    if problems.has_errors() {
        return None;
    }
    game(&mut words, problems).ok()
}

fn game(words: &mut Words<'_>, problems: &mut Problems) -> Step<NormalForm> {
    let start = words.place();
    header(words, "NFG", "1", problems)?;
    let title = words.text("the title in quotes", problems)?;
    words.open(problems)?;
    let names = words.texts("a player's name in quotes, or `}`,", problems)?;
    let shape = words.place();
    let players = strategies(words, names, problems)?;
    // A comment may follow.
    let _ = words.opt_text();
    let whole = start.to(words.before());
    let profiles = players
        .iter()
        .fold(1usize, |n, p| n.saturating_mul(p.strategies.len()));
    if profiles > MOST_PROFILES {
        let text = format!("the game has more than {MOST_PROFILES} profiles");
        problems
            .push(Diagnostic::error(crate::codes::TOO_LARGE, text).at(shape, "by these numbers"));
        return Err(Stop);
    }
    let payoffs = if words.peek() == Some(&Word::Open) {
        by_outcomes(words, players.len(), profiles, problems)?
    } else {
        numbers(words, players.len() * profiles, "payoffs", problems)?
    };
    NormalForm::new(title, players, payoffs).map_err(|error| {
        problems.push(refused(&error, whole));
        Stop
    })
}

/// `NFG 1 R`, or `D` for decimals.
pub(crate) fn header(
    words: &mut Words<'_>,
    name: &str,
    version: &str,
    problems: &mut Problems,
) -> Step<()> {
    let at = words.place();
    let bare = |word: &str| Word::Bare(word.to_owned());
    let good = words.skip(&bare(name))
        && words.skip(&bare(version))
        && (words.skip(&bare("R")) || words.skip(&bare("D")));
    if good {
        return Ok(());
    }
    let other = if name == "NFG" { "EFG 2 R" } else { "NFG 1 R" };
    problems.push(
        Diagnostic::error(
            NOT_A_GAME,
            format!("the file does not begin with `{name} {version} R`"),
        )
        .at(at, "")
        .help(format!(
            "a tree begins with `EFG 2 R`, a table with `NFG 1 R`; name the file `.{}` if \
                 it begins with `{other}`",
            other[..3].to_lowercase()
        )),
    );
    Err(Stop)
}

/// `{ 2 2 }` or `{ { "a" "b" } { "c" "d" } }`.
fn strategies(
    words: &mut Words<'_>,
    names: Vec<String>,
    problems: &mut Problems,
) -> Step<Vec<Player>> {
    let at = words.place();
    words.open(problems)?;
    let mut lists: Vec<Vec<String>> = Vec::new();
    while !words.skip(&Word::Close) {
        if words.skip(&Word::Open) {
            lists.push(words.texts("a strategy's name in quotes, or `}`,", problems)?);
            continue;
        }
        let here = words.place();
        let count = words.count("a number of strategies or a list of names", problems)?;
        // Every strategy needs a payoff further on, so a text cannot claim more of them
        // than it has words left: names are not made for what cannot be.
        if count > words.left() {
            let text = format!("{count} strategies are more than the text has payoffs for");
            problems.push(Diagnostic::error(WRONG_COUNT, text).at(here, ""));
            return Err(Stop);
        }
        lists.push((1..=count).map(|k| k.to_string()).collect());
    }
    let span = at.to(words.before());
    if lists.len() != names.len() || names.is_empty() || lists.iter().any(Vec::is_empty) {
        let text = format!(
            "{} players are named, but strategies are given for {}; each needs at least one",
            names.len(),
            lists.iter().filter(|l| !l.is_empty()).count()
        );
        problems.push(Diagnostic::error(WRONG_COUNT, text).at(span, "here"));
        return Err(Stop);
    }
    let players = names.into_iter().zip(lists);
    Ok(players
        .map(|(name, strategies)| Player { name, strategies })
        .collect())
}

/// Exactly `count` numbers to the end of the text.
fn numbers(
    words: &mut Words<'_>,
    count: usize,
    what: &str,
    problems: &mut Problems,
) -> Step<Vec<f64>> {
    let start = words.place();
    let mut list = Vec::new();
    while !words.is_done() && list.len() <= count {
        list.push(words.number("a payoff", problems)?);
    }
    if list.len() == count {
        return Ok(list);
    }
    let found = if list.len() > count {
        "more".to_owned()
    } else {
        list.len().to_string()
    };
    problems.push(count_problem(what, count, &found, start.to(words.before())));
    Err(Stop)
}

fn count_problem(what: &str, wanted: usize, found: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        WRONG_COUNT,
        format!("{wanted} {what} are wanted, found {found}"),
    )
    .at(span, "here")
    .note("one payoff per player for every profile, the first player's strategy varying fastest")
}

/// `{ { "name" 1, 2 } … }` and then one outcome number per profile; 0 pays nothing.
fn by_outcomes(
    words: &mut Words<'_>,
    players: usize,
    profiles: usize,
    problems: &mut Problems,
) -> Step<Vec<f64>> {
    words.open(problems)?;
    let mut outcomes: Vec<Vec<f64>> = vec![vec![0.0; players]];
    while !words.skip(&Word::Close) {
        let start = words.place();
        words.open(problems)?;
        let _ = words.opt_text();
        let mut list = Vec::new();
        while !words.skip(&Word::Close) {
            list.push(words.number("a payoff or `}`", problems)?);
        }
        if list.len() != players {
            let span = start.to(words.before());
            problems.push(count_problem(
                "payoffs",
                players,
                &list.len().to_string(),
                span,
            ));
            return Err(Stop);
        }
        outcomes.push(list);
    }
    let start = words.place();
    let mut payoffs = Vec::new();
    let mut read = 0;
    while !words.is_done() && read <= profiles {
        let at = words.place();
        let number = words.count("the number of an outcome", problems)?;
        let Some(list) = outcomes.get(number) else {
            let text = format!("there is no outcome number {number}");
            let known = format!("outcomes here: 0 to {}", outcomes.len() - 1);
            problems.push(Diagnostic::error(NO_PAYOFFS, text).at(at, "").help(known));
            return Err(Stop);
        };
        payoffs.extend_from_slice(list);
        read += 1;
    }
    if read == profiles {
        return Ok(payoffs);
    }
    let found = if read > profiles {
        "more".to_owned()
    } else {
        read.to_string()
    };
    problems.push(count_problem(
        "outcome numbers",
        profiles,
        &found,
        start.to(words.before()),
    ));
    Err(Stop)
}
